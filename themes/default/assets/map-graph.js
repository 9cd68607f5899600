// What can be asked of the relations of the map: who uses what, over how many steps, and by which ways.
// What is asked is limited to the kinds and relations that are shown.
//
// A line always leads from the one that states a relation: who provides an API leads to it, as who consumes it
// does. No API uses its provider. Ways are another matter: who consumes an API stands on who provides it, so
// that a way goes through the API, against the line of the one that offers it.
(function () {
  "use strict";

  /** @param {any} model @param {{from: Int32Array, to: Int32Array, relation: Int32Array, count: number}} edges
   * @param {{kinds: Uint8Array, relations: Uint8Array}} shown */
  window.catalogMap.graph = function (model, edges, shown) {
    /** Edges by the node at one of their ends. @param {boolean} down */
    function sorted(down) {
      var starts = new Int32Array(model.total + 1), order = new Int32Array(edges.count);
      for (var at = 0; at < edges.count; at++) starts[user(at, down) + 1]++;
      for (var node = 0; node < model.total; node++) starts[node + 1] += starts[node];
      var next = starts.slice();
      for (at = 0; at < edges.count; at++) order[next[user(at, down)]++] = at;
      return { starts: starts, order: order };
    }
    /** The end of an edge that uses the other; with `down` unset the one that is used.
     * @param {number} edge @param {boolean} down */
    function user(edge, down) {
      return model.relations[edges.relation[edge]].turned === down ? edges.to[edge] : edges.from[edge];
    }
    var sides = { down: sorted(true), up: sorted(false) };

    /** @param {number} node */
    function isShown(node) { return !model.kind[node] || shown.kinds[model.kind[node]] === 1; }

    /** What is one step away from a node and from what is in it. @param {number} node @param {boolean} down
     * @param {(other: number, edge: number) => void} each @param {(other: number) => number} [lift] */
    function neighbours(node, down, each, lift) {
      var side = down ? sides.down : sides.up, last = model.end[node];
      for (var at = side.starts[node]; at < side.starts[last]; at++) {
        var edge = side.order[at], other = user(edge, !down);
        if (!shown.relations[edges.relation[edge]] || (other >= node && other < last) || !isShown(other)) continue;
        each(lift ? lift(other) : other, edge);
      }
    }
    /** @param {number} edge */
    function isOffer(edge) { return model.relations[edges.relation[edge]].turned; }
    /** The nearest around a node, or itself, for which something holds; else itself.
     * @param {number} node @param {(node: number) => boolean} holds */
    function nearest(node, holds) {
      for (var at = node; at > 0; at = model.parent[at]) if (holds(at)) return at;
      return node;
    }

    /** What is up to some steps away, by steps; each node where it is nearest. Around a system there are
     * systems, around a domain domains. What one provides, and who provides it, is on the side of what it uses, as
     * on its page; who uses what it provides is two steps up all the same.
     * @param {number} start @param {boolean} down @param {number} most @returns {number[][]} */
    function steps(start, down, most) {
      var kind = model.kind[start], lift = model.isBox(start) ? (/** @type {number} */ node) => nearest(node, (at) => model.kind[at] === kind) : undefined;
      var seen = new Set([start]), layers = [[start]], offers = new Set();
      for (var step = 1; step <= most; step++) {
        /** @type {number[]} */
        var layer = [];
        /** @param {number} other */
        var add = (other) => { if (!seen.has(other)) { seen.add(other); layer.push(other); } };
        (step === 2 ? layers[1].concat(Array.from(offers)) : layers[step - 1]).forEach((node) => neighbours(node, down, (other, edge) => {
          if (node !== start || down || !isOffer(edge)) add(other);
          else offers.add(other);
        }, lift));
        if (step === 1 && down) neighbours(start, false, (other, edge) => { if (isOffer(edge)) add(other); }, lift);
        if (!layer.length && !(step === 1 && offers.size)) break;
        layers.push(layer);
      }
      return layers.slice(1);
    }

    /** All shortest ways from one node down to another, by steps; nothing where there is none.
     * @param {number} from @param {number} to @returns {number[][] | null} */
    function paths(from, to) {
      /** @param {number} node */
      function lift(node) { return nearest(node, (at) => at === from || at === to); }
      var distance = new Map([[from, 0]]), layer = [from];
      while (layer.length && !distance.has(to)) {
        /** @type {number[]} */
        var next = [];
        layer.forEach((node) => neighbours(node, true, (other) => {
          if (!distance.has(other)) { distance.set(other, /** @type {number} */ (distance.get(node)) + 1); next.push(other); }
        }, lift));
        layer = next;
      }
      var last = distance.get(to);
      if (last === undefined) return null;
      /** @type {number[][]} */
      var layers = [[to]];
      for (var step = last - 1; step >= 0; step--) {
        var before = new Set();
        layers[0].forEach((node) => neighbours(node, false, (other) => {
          if (distance.get(other) === step) before.add(other);
        }, lift));
        layers.unshift(Array.from(before));
      }
      return layers;
    }

    /** The shown edges between nodes and what is in them, and which of the nodes each leads from and to.
     * @param {Set<number>} nodes */
    function between(nodes) {
      /** @type {number[]} */
      var found = [];
      /** @type {[number, number, boolean][]} */
      var pairs = [];
      /** @param {number} node */
      function own(node) { return nearest(node, (at) => nodes.has(at)); }
      nodes.forEach((node) => neighbours(node, true, (other, edge) => {
        var used = own(other);
        if (!nodes.has(used) || used === node || own(user(edge, true)) !== node) return;
        found.push(edge);
        pairs.push(isOffer(edge) ? [used, node, true] : [node, used, false]);
      }));
      return { edges: found, pairs: pairs };
    }

    /** How many relations lead out of a node and what is in it, or into them: those by which one uses another, or
     * those by which one provides it. @param {number} node @param {boolean} out @param {boolean} offers */
    function crossing(node, out, offers) {
      var count = 0;
      neighbours(node, out !== offers, (_, edge) => { if (isOffer(edge) === offers) count++; });
      return count;
    }

    /** Who owns a node: -1 where nobody does. @param {number} node */
    function owner(node) {
      for (var at = sides.down.starts[node]; at < sides.down.starts[node + 1]; at++) {
        var edge = sides.down.order[at];
        if (edges.from[edge] === node && model.relations[edges.relation[edge]].name === "ownedBy") return edges.to[edge];
      }
      return -1;
    }

    return { steps: steps, paths: paths, between: between, crossing: crossing, owner: owner };
  };
})();
