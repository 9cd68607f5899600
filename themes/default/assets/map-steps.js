// A part of the map as columns, each a step from the other: who uses it on the left, what it uses and provides
// on the right. Lines lead from the one that states a relation. Nodes are links. It looks as `src/site/drawing` draws, and `41-drawing.css` is its style too.
(function () {
  "use strict";
  var t = catalogTexts.t, SVG = "http://www.w3.org/2000/svg";
  var WIDTH = 208, HEIGHT = 44, ROW = 54, GAP = 84, MARGIN = 24, HEADING = 26, LEAST = 6, MOST = 14, ABOVE = 360;

  /** @param {string} name @param {Record<string, string | number>} attributes @param {(Node | string)[]} [content] */
  function draw(name, attributes, content) {
    var element = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach((key) => { element.setAttribute(key, String(attributes[key])); });
    element.append(...(content || []));
    return element;
  }

  /** @typedef {{title: string, nodes: number[], hidden: number, groups?: Map<number, string>}} Column */
  /** @typedef {{x: number, y: number, column: number}} Place */

  /** Columns with no more nodes than can be read, those together that lead to the same.
   * @param {{title: string, nodes: number[], groups?: Map<number, string>}[]} columns @param {number} middle @param {Set<number>} own
   * @param {[number, number, boolean][]} pairs @returns {Column[]} */
  function arranged(columns, middle, own, pairs) {
    // Of many as many as are seen at once, on a screen on which there is something above them.
    var most = Math.max(LEAST, Math.min(MOST, Math.floor((innerHeight - ABOVE) / ROW)));
    var cut = columns.map(({ title, nodes, groups }) => {
      var sorted = nodes.slice().sort((a, b) => Number(own.has(b)) - Number(own.has(a)) || a - b);
      var shown = sorted.length > MOST ? most - 1 : sorted.length;
      return { title: title, nodes: sorted.slice(0, shown).sort((a, b) => a - b), hidden: sorted.length - shown, groups: groups };
    });
    /** @param {number} at @param {number} inner */
    function settle(at, inner) {
      /** @type {Map<number, number[]>} */
      var places = new Map();
      var inside = new Map(cut[inner].nodes.map((node, place) => [node, place]));
      pairs.forEach(([user, used]) => {
        [[user, used], [used, user]].forEach(([node, other]) => {
          var place = inside.get(other);
          if (place !== undefined) places.set(node, (places.get(node) || []).concat(place));
        });
      });
      var key = new Map(cut[at].nodes.map((node) => {
        var all = places.get(node) || [0];
        return [node, all.reduce((sum, one) => sum + one, 0) / all.length];
      }));
      var groups = cut[at].groups, order = groups ? Array.from(new Set(groups.values())) : [];
      /** @param {number} node */
      function group(node) { return groups ? order.indexOf(String(groups.get(node))) : 0; }
      cut[at].nodes.sort((a, b) => group(a) - group(b) || Number(key.get(a)) - Number(key.get(b)) || a - b);
    }
    for (var at = middle + 1; at < cut.length; at++) settle(at, at - 1);
    for (at = middle - 1; at >= 0; at--) settle(at, at + 1);
    return cut;
  }

  /** A line from one that uses to one that is used; from who provides it, straight to the left too.
   * @param {Place} from @param {Place} to @param {boolean} isOffer */
  function path(from, to, isOffer) {
    var y1 = from.y + HEIGHT / 2, y2 = to.y + HEIGHT / 2, x1 = from.x + WIDTH, x2 = to.x - 1;
    if (from.column < to.column) {
      var middle = (x1 + x2) / 2;
      return ["M", x1, y1, "C", middle, y1, middle, y2, x2, y2].join(" ");
    }
    if (isOffer && from.column > to.column) {
      var left = to.x + WIDTH + 1, between = (from.x + left) / 2;
      return ["M", from.x, y1, "C", between, y1, between, y2, left, y2].join(" ");
    }
    // To one beside it, or back: around, on the side where it ends.
    x2 = to.x + WIDTH + 1;
    var out = Math.max(x1, x2) + GAP / 3;
    return ["M", x1, y1, "C", out, y1, out, y2, x2, y2].join(" ");
  }

  /** @param {any} model @param {any} painter
   * @param {{columns: {title: string, nodes: number[], groups?: Map<number, string>}[], middle: number, own: Set<number>, pairs: [number, number, boolean][],
   *   label: string, href: (node: number) => string, more: () => void}} what */
  window.catalogMap.steps = function (model, painter, what) {
    var columns = arranged(what.columns, what.middle, what.own, what.pairs);
    /** @param {Column} column */
    function tall(column) { return (column.nodes.length + (column.hidden ? 1 : 0)) * ROW + (new Set(column.groups && column.nodes.map((node) => column.groups?.get(node))).size || 1) * HEADING; }
    var tallest = Math.max(ROW + HEADING, ...columns.map(tall));
    var height = MARGIN * 2 + tallest - (ROW - HEIGHT), width = MARGIN * 2 + columns.length * (WIDTH + GAP) - GAP;
    /** Where each stands; what is in a circle stands on both sides. @type {Map<number, Place[]>} */
    var places = new Map();
    /** @type {Map<number, Element[]>} */
    var lines = new Map();
    /** Headings, with where they stand. @type {[string, number, number][]} */
    var headings = [];
    var ends = columns.map((column, at) => {
      var x = MARGIN + at * (WIDTH + GAP), y = MARGIN + (tallest - tall(column)) / 2, last = "";
      column.nodes.forEach((node, row) => {
        var title = column.groups ? String(column.groups.get(node)) : column.title;
        if (!row || title !== last) { y += HEADING; headings.push([title, x + 1, y - 10]); }
        last = title;
        places.set(node, (places.get(node) || []).concat({ x: x, y: y, column: at }));
        y += ROW;
      });
      return y;
    });
    var svg = draw("svg", { "class": "graph", viewBox: [0, 0, width, height].join(" "), width: width, height: height, role: "group", "aria-label": what.label });
    svg.append(draw("defs", {}, [draw("marker", { id: "map-arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" },
      [draw("path", { "class": "g-arrow", d: "M0 0.5L7.5 4 0 7.5z" })])]));
    new Map(what.pairs.map(([user, used, isOffer]) => [user * model.total + used, isOffer])).forEach((isOffer, pair) => {
      var user = Math.floor(pair / model.total), used = pair % model.total, froms = places.get(user) || [], tos = places.get(used) || [];
      var ways = froms.flatMap((from) => tos.map((to) => ({ from: from, to: to })));
      var ahead = ways.filter(({ from, to }) => to.column - from.column === 1 || (isOffer && from.column - to.column === 1));
      (ahead.length ? ahead : ways.slice(0, 1)).forEach(({ from, to }) => {
        var line = draw("path", { "class": ahead.length ? "g-edge" : "g-edge is-aside", "marker-end": "url(#map-arrow)", d: path(from, to, isOffer) });
        [user, used].forEach((node) => { lines.set(node, (lines.get(node) || []).concat(line)); });
        svg.append(line);
      });
    });
    // The lines of a node stand out while it is pointed at.
    /** @param {Event} event @param {boolean} is */
    function light(event, is) {
      var card = /** @type {Element} */ (event.target).closest("[data-node]");
      if (card) (lines.get(Number(card.getAttribute("data-node"))) || []).forEach((line) => { line.classList.toggle("is-lit", is); });
    }
    ["pointerover", "focusin"].forEach((name) => svg.addEventListener(name, (event) => light(event, true)));
    ["pointerout", "focusout"].forEach((name) => svg.addEventListener(name, (event) => light(event, false)));
    columns.forEach((column, at) => {
      column.nodes.forEach((node) => (places.get(node) || []).forEach((place) => { if (place.column === at) svg.append(card(node, place.x, place.y)); }));
      if (column.hidden) svg.append(rest(column.hidden, MARGIN + at * (WIDTH + GAP), ends[at]));
    });
    headings.forEach(([title, x, y]) => svg.append(draw("text", { "class": "g-group", x: x, y: y }, [title])));

    /** @param {number} node @param {number} x @param {number} y */
    function card(node, x, y) {
      var own = what.own.has(node), kind = model.kindOf(node), looks = ["g-node", "k-" + kind.name.replace(/[^a-z0-9]/g, "")];
      if (own) looks.push("is-self");
      if (model.isMissing(node)) looks.push("is-missing");
      return draw("a", { "class": looks.join(" "), href: what.href(node), "data-node": node }, [
        draw("title", {}, [model.ref(node)]),
        draw("rect", { x: x + 0.5, y: y + 0.5, width: WIDTH - 1, height: HEIGHT - 1, rx: 7 }),
        draw("circle", { "class": "g-dot", cx: x + 15, cy: y + 16, r: 3.5 }),
        draw("text", { "class": "g-kind", x: x + 24, y: y + 20 }, [painter.fitted(kind.label, WIDTH - 36, 11, 400)]),
        draw("text", { "class": "g-name", x: x + 12, y: y + 35 }, [painter.fitted(model.title(node), WIDTH - 22, 13, 500)]),
      ]);
    }
    /** What stands for those that are not drawn. @param {number} count @param {number} x @param {number} y */
    function rest(count, x, y) {
      var link = draw("a", { "class": "g-node g-more", href: "#map-table" }, [
        draw("rect", { x: x + 0.5, y: y + 0.5, width: WIDTH - 1, height: HEIGHT - 1, rx: 7 }),
        draw("text", { "class": "g-name", x: x + 12, y: y + 27 }, [t("+ {n} more", { n: catalogTexts.number(count) })]),
      ]);
      link.addEventListener("click", (event) => { event.preventDefault(); what.more(); });
      return link;
    }
    return svg;
  };
})();
