// A part of the map: one entity and what is some steps around it, or the ways between two. Loaded when it is
// asked for.
(function () {
  "use strict";
  var t = catalogTexts.t, number = catalogTexts.number, counted = catalogTexts.counted, MOST_STEPS = 5;

  /** @typedef {{title: string, nodes: number[], groups?: Map<number, string>}} Column */

  /** @param {HTMLElement} page @param {any} model @param {any} painter @param {any} graph
   * @param {{focusOn: (node: number) => string, table: (rows: any) => void, more: () => void, part: () => void,
   *   whole: () => void, stepped: (changes: object) => void, say: (text: string) => void}} hooks */
  window.catalogMap.part = function (page, model, painter, graph, hooks) {
    var make = window.catalogMap.make, named = window.catalogMap.named;
    /** @param {string} selector @returns {HTMLElement} */
    function one(selector) { return /** @type {HTMLElement} */ (page.querySelector(selector)); }
    var frame = one(".map-columns"), steps = /** @type {HTMLElement[]} */ (Array.from(page.querySelectorAll(".map-step")));
    /** @type {any} */
    var now = null;
    steps.forEach((step) => step.addEventListener("click", (event) => {
      var button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button) hooks.stepped(step.dataset.side === "up" ? { up: now.up + Number(button.dataset.step) } : { down: now.down + Number(button.dataset.step) });
    }));

    /** @param {number} node */
    function titled(node) { return make("a", { className: "entity", href: model.path(node) || hooks.focusOn(node) }, named(model, node)); }

    /** @param {Column[]} list @param {number} middle @param {number[]} own @param {string} label @param {Map<number, string> | null} distances */
    function drawn(list, middle, own, label, distances) {
      var nodes = new Set(list.flatMap((column) => column.nodes)), lines = graph.between(nodes), isFocus = own.length === 1;
      if (isFocus && !model.isBox(own[0])) [-1, 1].forEach((side) => { if (list[middle + side]) list[middle + side].groups = grouped(list[middle + side].nodes, own[0], side > 0, lines.edges); });
      frame.replaceChildren(window.catalogMap.steps(model, painter, { columns: list, middle: middle, own: new Set(own), label: label,
        pairs: lines.pairs, more: hooks.more,
        href: (/** @type {number} */ node) => own[0] === node && isFocus ? model.path(node) || hooks.focusOn(node) : hooks.focusOn(node) }));
      hooks.table({ nodes: Array.from(nodes), edges: lines.edges, steps: distances });
      var self = frame.querySelector(".is-self rect");
      if (self) frame.scrollTo({ left: Number(self.getAttribute("x")) + 104 - frame.clientWidth / 2, top: Number(self.getAttribute("y")) + 22 - frame.clientHeight / 2 });
    }

    /** The names of the relations of one with what is beside it. @param {number[]} nodes @param {number} own @param {boolean} right
     * @param {number[]} all */
    function grouped(nodes, own, right, all) {
      var edges = model.edges(), inside = new Set(nodes), names = new Map(), counts = new Map();
      all.slice().sort((a, b) => edges.relation[a] - edges.relation[b]).forEach((edge) => {
        var relation = model.relations[edges.relation[edge]], isFrom = edges.from[edge] === own, other = isFrom ? edges.to[edge] : edges.from[edge];
        if ((!isFrom && edges.to[edge] !== own) || !inside.has(other) || names.has(other) || right !== (isFrom || relation.turned)) return;
        var name = isFrom ? relation.label : relation.back;
        names.set(other, name);
        counts.set(name, (counts.get(name) || 0) + 1);
      });
      names.forEach((name, node) => { names.set(node, name + " · " + number(counts.get(name))); });
      return names.size === nodes.length ? names : undefined;
    }

    /** One and what is around it. @param {number} node @param {any} address */
    function around(node, address) {
      var distances = new Map([[node, "0"]]);
      var up = graph.steps(node, false, address.up), down = graph.steps(node, true, address.down);
      /** @param {number[][]} layers @param {string} sign @param {string} first @returns {Column[]} */
      function side(layers, sign, first) {
        return layers.map((nodes, at) => {
          nodes.forEach((one) => distances.set(one, (distances.has(one) ? distances.get(one) + ", " : "") + sign + (at + 1)));
          return { title: (at ? counted(at + 1, "step", "steps") : first) + " · " + number(nodes.length), nodes: nodes };
        }).filter((column) => column.nodes.length);
      }
      var left = side(up, "−", t("Used by")).reverse(), right = side(down, "+", t("Uses"));
      var counts = [up, down].map((layers) => layers.reduce((/** @type {number} */ sum, /** @type {number[]} */ layer) => sum + layer.length, 0));
      one(".map-subject").replaceChildren(titled(node));
      one("#map-to").hidden = false;
      steps.forEach((step) => {
        var most = step.dataset.side === "up" ? address.up : address.down;
        step.hidden = false;
        /** @type {HTMLElement} */ (step.querySelector("output")).textContent = String(most);
        step.querySelectorAll("button").forEach((button) => { button.disabled = button.dataset.step === "1" ? most >= MOST_STEPS : most <= 0; });
      });
      var label = t("What uses {title}, and what it uses", { title: model.title(node) });
      drawn(left.concat({ title: "", nodes: [node] }, right), left.length, [node], label, distances);
      hooks.say(t("{up} on the left lead to it; it leads to {down} on the right.", { up: number(counts[0]), down: number(counts[1]) }));
    }

    /** The ways between two, in the direction in which there is one. @param {number} from @param {number} to */
    function between(from, to) {
      var down = graph.paths(from, to), up = graph.paths(to, from), way = down || up;
      one(".map-subject").replaceChildren(titled(from), " → ", titled(to));
      one("#map-to").hidden = true;
      steps.forEach((step) => { step.hidden = true; });
      /** @type {Column[]} */
      var list = way ? way.map((/** @type {number[]} */ nodes, /** @type {number} */ at) => ({ title: at ? counted(at, "step", "steps") : "", nodes: nodes }))
        : [{ title: "", nodes: [from] }, { title: "", nodes: [to] }];
      var names = { from: model.title(from), to: model.title(to) };
      drawn(list, 0, [from, to], t("Paths between {from} and {to}", names), null);
      /** @param {number[][] | null} way @param {Record<string, string>} names */
      function told(way, names) {
        if (!way) return t("No path leads from {from} to {to}.", names);
        return t("{from} uses {to} over {steps}.", Object.assign({ steps: counted(way.length - 1, "step", "steps") }, names));
      }
      hooks.say(told(down, names) + " " + told(up, { from: names.to, to: names.from }));
    }

    /** @type {Map<string, number> | null} */
    var byRef = null;
    /** The node that a reference names, once all names are loaded. @param {string} wanted */
    function find(wanted) {
      if (!byRef) {
        byRef = new Map();
        for (var node = 0; node < model.total; node++) if (model.isEntity(node)) byRef.set(model.ref(node), node);
      }
      var whole = wanted.toLowerCase();
      if (whole.indexOf("/") < 0) whole = whole.replace(":", ":default/");
      var found = byRef.get(whole);
      return found === undefined ? -1 : found;
    }

    /** What an address asks for. @param {any} address */
    function show(address) {
      var wanted = [address.focus || address.path].concat(address.focus ? [] : [address.to]), nodes = wanted.map(find);
      var lost = wanted[nodes.indexOf(-1)];
      if (lost !== undefined) {
        hooks.whole();
        hooks.say(t("{name} is not on the map.", { name: lost }));
        return;
      }
      hooks.part();
      now = address;
      if (address.focus) around(nodes[0], address);
      else between(nodes[0], nodes[1]);
    }

    return { show: show };
  };
})();
