// The lines of the map for what can be seen: from far away between domains and systems, each with how many
// relations it stands for, and nearer single ones.
(function () {
  "use strict";

  // What is smaller on the screen has no lines of its own.
  var LEAF = 13, BOX_WIDTH = 52, BOX_HEIGHT = 22;
  // Most lines that are drawn; those that stand for most.
  var MOST = 1500;

  /** @typedef {{from: Int32Array, to: Int32Array, weight: Int32Array, seen: Int32Array, step: number}} Lines */

  /** @param {any} model @param {{kinds: Uint8Array, relations: Uint8Array, version: number}} shown */
  window.catalogMap.linesOf = function (model, shown) {
    /** Lines from box to box, until the relations are loaded. */
    var far = model.lines.map((/** @type {any} */ read) => {
      /** @type {number[]} */
      var flat = [];
      for (var from = 0; read.more();) {
        from += read.next();
        flat.push(from, from + read.signed(), read.next());
      }
      return flat;
    });
    /** Lines by scale, while the same is shown. @type {Map<number, Lines>} */
    var made = new Map();
    var key = "";

    // Boxes of one kind and depth are of one size as far as lines go: that of the middle one.
    var sort = new Int32Array(model.total), sorts = model.kinds.length + 1;
    /** @type {Map<number, number[]>} */
    var sizes = new Map();
    model.boxes.forEach((/** @type {number} */ node) => {
      sort[node] = model.depth[node] * sorts + model.kind[node];
      if (!sizes.has(sort[node])) sizes.set(sort[node], []);
      /** @type {number[]} */ (sizes.get(sort[node])).push(Math.min(model.w[node] / BOX_WIDTH, model.h[node] / BOX_HEIGHT));
    });
    var middles = new Map(Array.from(sizes, ([key, all]) => [key, all.sort((a, b) => a - b)[all.length >> 1]]));

    /** What stands for each node at a scale: itself, or the nearest box that is large enough.
     * @param {number} scale */
    function cut(scale) {
      var seen = new Int32Array(model.total);
      for (var node = 1; node < model.total; node++) {
        var above = model.parent[node];
        if (seen[above] !== above) { seen[node] = seen[above]; continue; }
        var fits = model.boxOf[node] < 0 ? model.leaf * scale >= LEAF
          : Number(middles.get(sort[node])) * scale >= 1;
        seen[node] = fits ? node : above;
      }
      return seen;
    }

    /** @param {Int32Array} seen @param {number} step @returns {Lines} */
    function gathered(seen, step) {
      /** @type {Map<number, number>} */
      var sums = new Map();
      /** @param {number} from @param {number} to @param {number} weight */
      function add(from, to, weight) {
        var a = seen[from], b = seen[to];
        // What is inside of the other has no line to it.
        if (a === b || (a <= b ? model.end[a] > b : model.end[b] > a)) return;
        var pair = a * model.total + b;
        sums.set(pair, (sums.get(pair) || 0) + weight);
      }
      var edges = model.edges();
      if (edges) {
        for (var at = 0; at < edges.count; at++) {
          if (!shown.relations[edges.relation[at]]) continue;
          var from = edges.from[at], to = edges.to[at];
          if (!shown.kinds[model.kind[from]] || !shown.kinds[model.kind[to]]) continue;
          add(from, to, 1);
        }
      } else {
        var flat = far[seen.some((one, node) => one === node && model.depth[node] === 2) ? 1 : 0];
        for (at = 0; at < flat.length; at += 3) add(flat[at], flat[at + 1], flat[at + 2]);
      }
      var pairs = Array.from(sums);
      pairs.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      return { from: Int32Array.from(pairs, (pair) => Math.floor(pair[0] / model.total)),
        to: Int32Array.from(pairs, (pair) => pair[0] % model.total), weight: Int32Array.from(pairs, (pair) => pair[1]),
        seen: seen, step: step };
    }

    /** The lines at a scale. They are made anew only when it, or what is shown, has changed enough.
     * @param {number} scale @returns {Lines} */
    function at(scale) {
      var step = Math.floor(Math.log(scale) / Math.log(1.2)), now = [shown.version, model.edges() !== null].join();
      if (now !== key) { made.clear(); key = now; }
      var set = made.get(step) || gathered(cut(Math.pow(1.2, step)), step);
      made.set(step, set);
      return set;
    }

    return { at: at, MOST: MOST };
  };
})();
