// What the map shows as a table: its entities, or its relations, in pages.
(function () {
  "use strict";
  var t = catalogTexts.t, number = catalogTexts.number, PAGE = 200;

  /** @typedef {{nodes: number[], edges: number[], steps: Map<number, string> | null}} Shown */

  /** @param {HTMLElement} root @param {any} model @param {{kinds: Uint8Array, relations: Uint8Array}} visible
   * @param {() => any} graph @param {(node: number) => string} focus */
  window.catalogMap.table = function (root, model, visible, graph, focus) {
    var make = window.catalogMap.make, named = window.catalogMap.named;
    /** @type {Shown} */
    var shown = { nodes: [], edges: [], steps: null };
    var rows = "nodes", page = 0, run = 0;
    /** @param {string} selector */
    function all(selector) { return /** @type {HTMLElement[]} */ (Array.from(root.querySelectorAll(selector))); }
    var head = all("thead")[0], body = all("tbody")[0], pages = all(".map-pages")[0];

    /** The nearest box of a kind around a node. @param {number} node @param {string} kind */
    function above(node, kind) {
      for (var at = model.parent[node]; at > 0; at = model.parent[at]) {
        if (model.isEntity(at) && model.kindOf(at).name === kind) return at;
      }
      return -1;
    }
    /** @param {number} node */
    function link(node) {
      if (node < 0) return "";
      var path = model.path(node), properties = { className: "entity" + (path ? "" : " missing") };
      return path ? make("a", Object.assign(properties, { href: path }), named(model, node)) : make("span", properties, named(model, node));
    }
    /** @param {number} node */
    function owner(node) { return graph() ? graph().owner(node) : -1; }

    /** A row as cells, from what a row is. */
    var ROWS = {
      /** @param {number} node */
      nodes: (node) => [link(node), model.kindOf(node).label, link(owner(node)), link(above(node, "system"))]
        .concat(shown.steps ? [shown.steps.get(node) || ""] : [])
        .concat([make("a", { href: focus(node), ariaLabel: t("Focus on {name}", { name: model.title(node) }) }, [t("Focus")])]),
      /** @param {number} edge */
      edges: (edge) => {
        var edges = model.edges();
        return [link(edges.from[edge]), model.relations[edges.relation[edge]].label, link(edges.to[edge])];
      },
    };
    function names() {
      if (rows === "edges") return [t("From"), t("Relation"), t("To")];
      return [t("Name"), t("Kind"), t("Owner"), t("System")].concat(shown.steps ? [t("Steps")] : []).concat([t("On the map")]);
    }
    function list() { return rows === "nodes" ? shown.nodes : shown.edges; }
    /** The nodes that rows name. @param {number[]} part */
    function named_in(part) {
      var edges = model.edges();
      if (rows === "nodes") return part.flatMap((node) => [node, owner(node), above(node, "system")]).filter((node) => node >= 0);
      return part.flatMap((edge) => [edges.from[edge], edges.to[edge]]);
    }
    /** @param {number[]} part */
    function loaded(part) { return Promise.all(named_in(part).filter((node) => !model.isLoaded(node)).map((node) => model.loadNames(node, node + 1))); }

    function fill() {
      var own = ++run, part = list().slice(page * PAGE, page * PAGE + PAGE), total = Math.ceil(list().length / PAGE);
      all("[data-rows]").forEach((button) => {
        var count = button.dataset.rows === "nodes" ? shown.nodes.length : shown.edges.length;
        button.setAttribute("aria-pressed", String(button.dataset.rows === rows));
        all("[data-rows='" + button.dataset.rows + "'] .count")[0].textContent = number(count);
      });
      loaded(part).then(() => {
        if (own !== run) return;
        head.replaceChildren(make("tr", {}, names().map((name) => make("th", { scope: "col" }, [name]))));
        body.replaceChildren(...part.map((item) => make("tr", {}, ROWS[/** @type {"nodes" | "edges"} */ (rows)](item).map((cell) => make("td", {}, [cell])))));
        if (!part.length) body.replaceChildren(make("tr", {}, [make("td", { colSpan: names().length, className: "muted" }, [t("Nothing is shown.")])]));
        pages.hidden = total < 2;
        all(".map-pages span")[0].textContent = t("Page {page} of {pages}", { page: number(page + 1), pages: number(Math.max(1, total)) });
        all("[data-page]").forEach((button) => {
          /** @type {HTMLButtonElement} */ (button).disabled = button.dataset.page === "1" ? page + 1 >= total : page === 0;
        });
      }, () => { });
    }
    root.addEventListener("click", (event) => {
      var button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (!button) return;
      if (button.dataset.rows) { rows = button.dataset.rows; page = 0; }
      else if (button.dataset.page) page += Number(button.dataset.page);
      else { download(); return; }
      fill();
    });

    function download() {
      var wanted = list().slice();
      loaded(wanted).then(() => {
        /** @param {number} node */
        function ref(node) { return node < 0 ? null : model.ref(node); }
        var edges = model.edges();
        var records = rows === "nodes" ? wanted.map((node) => ({ ref: ref(node), kind: model.kindOf(node).name, title: model.title(node), owner: ref(owner(node)), system: ref(above(node, "system")) }))
          : wanted.map((edge) => ({ from: ref(edges.from[edge]), relation: model.relations[edges.relation[edge]].name, to: ref(edges.to[edge]) }));
        window.catalogFile.csv("map-" + rows + ".csv", records);
      }, () => { });
    }

    /** All that is shown. @returns {Shown} */
    function whole() {
      var edges = model.edges(), nodes = [], kept = [];
      for (var node = 1; node < model.total; node++) if (model.isEntity(node) && visible.kinds[model.kind[node]]) nodes.push(node);
      for (var at = 0; edges && at < edges.count; at++) {
        if (visible.relations[edges.relation[at]] && visible.kinds[model.kind[edges.from[at]]] && visible.kinds[model.kind[edges.to[at]]]) kept.push(at);
      }
      return { nodes: nodes, edges: kept, steps: null };
    }

    return { set: (/** @type {Shown | null} */ now) => { shown = now || whole(); page = 0; fill(); }, show: () => { all("h2")[0].focus(); all("h2")[0].scrollIntoView(); } };
  };
})();
