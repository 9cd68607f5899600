// The data of the map: small classic scripts that call `catalogMap`, because nothing else can be loaded by
// a page that was opened from a file. `src/site/map/data.rs` writes them. This part loads and decodes, and
// knows nothing of the page.
(function () {
  "use strict";

  /** @typedef {{name: string, label: string, plural: string, count: number, nests: number}} Kind */
  /** @typedef {{name: string, label: string, back: string, count: number, drawn: boolean, turned: boolean}} Relation */
  /** @typedef {{version: number, total: number, entities: number, width: number, height: number,
   *   leaf_height: number, leaf_gap: number, kinds: Kind[], of_kind: string, relations: Relation[],
   *   missing: number[], loose: string, boxes: string, titles: string[], lines: string[],
   *   namespaces: string[], per_names: number, names: string, per_edges: number, edges: string}} Head */
  /** @typedef {{names: string[], titles: string[], namespaces: string, paths: Record<string, string>}} Names */

  /** @type {Head | null} */
  var head = null;
  /** @type {Names[]} */
  var names = [];
  /** @type {Int32Array[]} */
  var spaces = [];
  /** @type {string[]} */
  var edges = [];

  var load = window.catalogLoad;

  var DIGITS = new Int8Array(128).fill(-1);
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").forEach((digit, at) => {
    DIGITS[digit.charCodeAt(0)] = at;
  });

  /** Reads numbers from a text: `src/site/map/code.rs`. @param {string} text */
  function reader(text) {
    var at = 0;
    function next() {
      for (var number = 0, scale = 1; ; scale *= 32) {
        var digit = DIGITS[text.charCodeAt(at++)];
        number += (digit & 31) * scale;
        if (!(digit & 32)) return number;
      }
    }
    function signed() {
      var folded = next();
      return folded % 2 ? -(folded + 1) / 2 : folded / 2;
    }
    return { next: next, signed: signed, more: () => at < text.length };
  }

  /** @param {string} text @param {Int32Array} into */
  function runs(text, into) {
    for (var read = reader(text), at = 0; read.more();) {
      var value = read.next(), end = at + read.next();
      into.fill(value, at, end);
      at = end;
    }
    return into;
  }

  /** Everything as arrays by node. Nodes stand in preorder: what is in a box follows it, leaves first.
   * @param {Head} head @param {string} folder */
  function model(head, folder) {
    var total = head.total, count = head.titles.length;
    var kind = runs(head.of_kind, new Int32Array(total));
    var parent = new Int32Array(total), end = new Int32Array(total), depth = new Int32Array(total);
    var boxOf = new Int32Array(total).fill(-1);
    var x = new Int32Array(total), y = new Int32Array(total), width = new Int32Array(total), height = new Int32Array(total);
    /** Nodes of boxes; their headers; x, y, columns and width of their grids. */
    var boxes = new Int32Array(count), header = new Int32Array(count), grid = new Int32Array(count * 4);
    var read = reader(head.boxes);
    for (var box = 0, at = 0; box < count; box++) {
      at += read.next();
      boxes[box] = at;
      boxOf[at] = box;
      end[at] = at + read.next();
      for (var into of [x, y, width, height]) into[at] = read.next();
      header[box] = read.next();
      for (var i = 0; i < 4; i++) grid[box * 4 + i] = read.next();
    }
    /** @type {number[]} */
    var open = [];
    for (at = 0; at < total; at++) {
      while (open.length && end[open[open.length - 1]] <= at) open.pop();
      var above = open.length ? open[open.length - 1] : 0, own = boxOf[at];
      parent[at] = above;
      depth[at] = open.length;
      if (own >= 0) {
        if (at) { x[at] += x[above]; y[at] += y[above]; }
        grid[own * 4] += x[at];
        grid[own * 4 + 1] += y[at];
        if (end[at] > at) open.push(at);
        continue;
      }
      end[at] = at + 1;
      var place = at - above - 1, of = boxOf[above] * 4, columns = grid[of + 2], column = place % columns;
      width[at] = grid[of + 3];
      height[at] = head.leaf_height;
      x[at] = grid[of] + column * (width[at] + head.leaf_gap);
      y[at] = grid[of + 1] + (place - column) / columns * (head.leaf_height + head.leaf_gap);
    }

    /** @param {number} node */
    function isMissing(node) { return node >= head.missing[0] && node < head.missing[1]; }
    /** Whether a node is a name and not a box made for others. @param {number} node */
    function isEntity(node) { return kind[node] > 0; }
    /** @param {number} node */
    function isLoaded(node) { return names[Math.floor(node / head.per_names)] !== undefined; }
    /** @param {number} node */
    function written(node) {
      var chunk = names[Math.floor(node / head.per_names)];
      return chunk ? chunk.names[node % head.per_names] : "";
    }
    /** What a node is called; nothing while its name is not loaded. @param {number} node */
    function title(node) {
      if (boxOf[node] >= 0) return head.titles[boxOf[node]];
      var chunk = names[Math.floor(node / head.per_names)];
      return chunk ? chunk.titles[node % head.per_names] || chunk.names[node % head.per_names] : "";
    }
    /** @param {number} node */
    function space(node) {
      return head.namespaces[spaces[Math.floor(node / head.per_names)][node % head.per_names]];
    }
    /** @param {number} node */
    function ref(node) { return isEntity(node) ? (kindOf(node).name + ":" + space(node) + "/" + written(node)).toLowerCase() : ""; }
    /** @param {number} node */
    function kindOf(node) { return head.kinds[kind[node] - 1]; }
    /** The page of a node, from the root of the site; nothing of what is not in view. @param {number} node */
    function path(node) {
      if (!isEntity(node) || isMissing(node)) return "";
      return names[Math.floor(node / head.per_names)].paths[node % head.per_names] ||
        ("catalog/" + space(node) + "/" + kindOf(node).name + "/" + written(node) + ".html").toLowerCase();
    }

    /** Loads the names of nodes. @param {number} from @param {number} to */
    function loadNames(from, to) {
      var files = head.names.split(" "), wanted = [];
      for (var at = Math.floor(from / head.per_names); at * head.per_names < Math.min(to, total); at++) {
        if (!names[at]) wanted.push(load(folder + files[at] + ".js"));
      }
      return Promise.all(wanted);
    }

    /** Relations: where each begins and ends, and which it is. @type {{from: Int32Array, to: Int32Array,
     * relation: Int32Array, count: number} | null} */
    var all = null;
    /** All relations, those among them that only the boxes say. */
    function decoded() {
      var loose = new Set(), last = 0;
      for (var read = reader(head.loose); read.more();) loose.add(last += read.next());
      /** @type {number[]} */
      var from = [], to = [], relation = [];
      edges.forEach((text, file) => {
        var read = reader(text), at = file * head.per_edges;
        while (read.more()) {
          at += read.next();
          for (var left = read.next(); left > 0; left--) {
            from.push(at);
            relation.push(read.next());
            to.push(at + read.signed());
          }
        }
      });
      for (var node = 1; node < total; node++) {
        if (!isEntity(node) || isMissing(node) || !isEntity(parent[node]) || loose.has(node)) continue;
        from.push(node);
        relation.push(kindOf(node).nests);
        to.push(parent[node]);
      }
      return { from: Int32Array.from(from), to: Int32Array.from(to), relation: Int32Array.from(relation), count: from.length };
    }
    function loadEdges() {
      // Of a small organisation they are in the first file, as names are.
      var files = head.edges.split(" ").filter((file) => file !== "");
      return Promise.all(files.map((file) => load(folder + file + ".js"))).then(() => {
        if (!all) all = decoded();
        return all;
      });
    }

    return { total: total, entities: head.entities, kinds: head.kinds, relations: head.relations, width: head.width,
      height: head.height, gap: head.leaf_gap, leaf: head.leaf_height, lines: head.lines.map(reader), kind: kind,
      parent: parent, end: end, depth: depth, boxOf: boxOf, boxes: boxes, header: header, grid: grid, x: x, y: y,
      w: width, h: height, isMissing: isMissing, isEntity: isEntity, isLoaded: isLoaded, title: title, ref: ref,
      kindOf: kindOf, path: path, loadNames: loadNames, loadEdges: loadEdges, edges: () => all,
      isBox: (/** @type {number} */ node) => end[node] > node + 1 };
  }

  window.catalogMap = {
    head: (/** @type {number} */ _, /** @type {Head} */ data) => { head = data; },
    names: (/** @type {number} */ at, /** @type {Names} */ data) => {
      spaces[at] = runs(data.namespaces, new Int32Array(data.names.length));
      names[at] = data;
    },
    edges: (/** @type {number} */ at, /** @type {string} */ data) => { edges[at] = data; },
    /** Loads what the first look needs. @param {string} first @param {string} folder */
    open: (first, folder) => load(first).then(() => {
      if (!head || head.version !== 1) throw new Error("The data are of another version.");
      return model(head, folder);
    }),
  };
})();
