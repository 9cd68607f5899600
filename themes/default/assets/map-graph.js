// What can be asked of the relations of the map: who uses what, over how many steps, and by which ways.
// What is asked is limited to the kinds and relations that are shown.
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

    /** What is one step away from a node. @param {number} node @param {boolean} down
     * @param {(other: number, edge: number) => void} each */
    function neighbours(node, down, each) {
      var side = down ? sides.down : sides.up;
      for (var at = side.starts[node]; at < side.starts[node + 1]; at++) {
        var edge = side.order[at], other = user(edge, !down);
        if (shown.relations[edges.relation[edge]] && other !== node && isShown(other)) each(other, edge);
      }
    }

    /** What is up to some steps away, by steps; each node where it is nearest.
     * @param {number} start @param {boolean} down @param {number} most @returns {number[][]} */
    function steps(start, down, most) {
      var seen = new Set([start]), layers = [[start]];
      for (var step = 1; step <= most; step++) {
        /** @type {number[]} */
        var layer = [];
        layers[step - 1].forEach((node) => neighbours(node, down, (other) => {
          if (!seen.has(other)) { seen.add(other); layer.push(other); }
        }));
        if (!layer.length) break;
        layers.push(layer);
      }
      return layers.slice(1);
    }

    /** All shortest ways from one node down to another, by steps; nothing where there is none.
     * @param {number} from @param {number} to @returns {number[][] | null} */
    function paths(from, to) {
      var distance = new Map([[from, 0]]), layer = [from];
      while (layer.length && !distance.has(to)) {
        /** @type {number[]} */
        var next = [];
        layer.forEach((node) => neighbours(node, true, (other) => {
          if (!distance.has(other)) { distance.set(other, /** @type {number} */ (distance.get(node)) + 1); next.push(other); }
        }));
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
        }));
        layers.unshift(Array.from(before));
      }
      return layers;
    }

    /** The shown edges between nodes. @param {Set<number>} nodes @returns {number[]} */
    function between(nodes) {
      /** @type {number[]} */
      var found = [];
      nodes.forEach((node) => neighbours(node, true, (other, edge) => { if (nodes.has(other)) found.push(edge); }));
      return found;
    }

    /** How many relations lead out of a node and what is in it, or into them. @param {number} node @param {boolean} down */
    function crossing(node, down) {
      var count = 0;
      for (var at = node; at < model.end[node]; at++) neighbours(at, down, (other) => { if (other < node || other >= model.end[node]) count++; });
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

    return { steps: steps, paths: paths, between: between, crossing: crossing, owner: owner, isShown: isShown,
      user: (/** @type {number} */ edge) => user(edge, true), used: (/** @type {number} */ edge) => user(edge, false) };
  };
})();
