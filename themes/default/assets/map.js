// The page of the map: what is shown, which the address says after its `#`, and what of it stands where.
(function () {
  "use strict";
  var t = catalogTexts.t, number = catalogTexts.number, doc = document;
  var ALL = 60000, SCHEMES = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];
  var page = /** @type {HTMLElement} */ (doc.querySelector(".map-page"));

  /** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {object} properties @param {(Node | string)[]} [content] */
  function make(name, properties, content) {
    var element = Object.assign(document.createElement(name), properties);
    element.append(...(content || []));
    return element;
  }

  /** A name with the sign of its kind. @param {any} model @param {number} node */
  function named(model, node) {
    return [make("i", { className: "map-dot k-" + model.kindOf(node).name.replace(/[^a-z0-9]/g, "") }), make("span", { dir: "auto" }, [model.title(node)])];
  }

  /** @param {string} selector @returns {HTMLElement} */
  function one(selector) { return /** @type {HTMLElement} */ (page.querySelector(selector)); }
  Object.assign(window.catalogMap, { make: make, named: named });
  /** Loads scripts that are needed only now, one after the other. @param {string} name @returns {Promise<void>} */
  function later(name) {
    return (page.dataset[name] || "").split(" ").filter(Boolean).reduce((before, path) => before.then(() => window.catalogMap.load(path)), Promise.resolve());
  }
  var stage = one(".map-stage"), status = one(".map-status"), card = one(".map-card"), bar = one(".map-focus"), columns = one(".map-columns");

  var state = window.catalogMap.state(), address = state.read();
  /** @param {object} changes @returns {string} */
  function hash(changes) { return state.hash(Object.assign({}, address, changes)); }
  /** Changes the address without a step in the history. @param {object} changes */
  function replace(changes) {
    var to = hash(changes);
    address = Object.assign({}, address, changes);
    try { history.replaceState(null, "", to); } catch (_) { }
  }

  /** @param {any} model */
  function begin(model) {
    var shown = { kinds: new Uint8Array(model.kinds.length + 1), relations: new Uint8Array(model.relations.length), nodes: new Uint8Array(model.total), version: 0 };
    var lines = window.catalogMap.linesOf(model, shown), inks = doc.createElement("div");
    var canvas = /** @type {HTMLCanvasElement} */ (stage.querySelector("canvas")), painter = window.catalogMap.painter(model, canvas, lines);
    /** @type {any} */
    var graph = null;
    /** @type {any} */
    var table = null;
    /** @type {any} */
    var parts = null, isLame = false;
    /** @type {any} */
    var rows = { nodes: [], edges: [], steps: null };
    inks.className = "map-inks";
    inks.hidden = true;
    page.append(inks);
    painter.colours(inks);
    page.classList.add("is-drawn");

    /** @param {number} node @param {number} [up] @param {number} [down] */
    function focusOn(node, up, down) {
      return hash({ focus: model.ref(node), up: up === undefined ? address.up : up, down: down === undefined ? address.down : down, path: "", to: "" });
    }
    /** What a reader that cannot see is told of a node. @param {number} node */
    function told(node) {
      var above = model.parent[node], place = 0, among = 0, inside = 0;
      for (var child = above + 1; child < model.end[above]; child = model.end[child]) {
        if (!shown.nodes[child]) continue;
        among++;
        if (child <= node) place++;
      }
      for (child = node + 1; child < model.end[node]; child++) if (model.isEntity(child)) inside++;
      var words = [model.title(node)];
      if (model.isEntity(node)) words.push(model.kindOf(node).label);
      if (inside) words.push(t("{n} inside", { n: number(inside) }));
      return words.concat(t("{n} of {total}", { n: number(place), total: number(among) })).join(", ");
    }
    var saving = 0;
    var view = window.catalogMap.view(model, painter, lines, stage, shown, {
      moved: () => {
        clearTimeout(saving);
        saving = setTimeout(() => {
          way();
          if (address.focus || address.path) return;
          var camera = view.camera();
          replace({ at: view.isWhole() ? null : [Math.round(camera.x), Math.round(camera.y), Number(camera.k.toPrecision(3))] });
        }, 150);
      },
      chosen: (/** @type {number} */ node) => { model.loadNames(Math.max(0, node), node + 1).then(() => choose(node), () => { }); },
      focus: (/** @type {number} */ node) => { location.hash = focusOn(node); },
      said: (/** @type {string} */ text) => { one("#map-said").textContent = text; },
      told: told,
    });
    // The table is made when it comes into view.
    function tabled() {
      return later("table").then(() => {
        if (table) return;
        table = window.catalogMap.table(one(".map-data"), model, () => graph, focusOn);
        table.set(rows);
        if (!graph) related().then(again, () => { });
      });
    }
    new IntersectionObserver((seen, own) => {
      if (seen.some((entry) => entry.isIntersecting)) { own.disconnect(); tabled().catch(() => { }); }
    }).observe(one(".map-data"));
    /** @param {any} now */
    function list(now) {
      rows = now;
      if (table) table.set(now);
    }

    /** The boxes around the middle of the view. */
    function way() {
      /** @type {number[]} */
      var boxes = [];
      for (var box = view.place(); box; box = model.parent[box]) boxes.unshift(box);
      one(".map-way ol").replaceChildren(...[0].concat(boxes).map((node) => {
        var button = make("button", { type: "button" }, [node ? model.title(node) : t("Everything")]);
        button.addEventListener("click", () => view.show(node));
        return make("li", {}, [button]);
      }));
    }

    /** What is chosen on the map. @param {number} node */
    function choose(node) {
      card.hidden = node <= 0;
      if (node <= 0) return;
      var isEntity = model.isEntity(node), path = model.path(node), facts = [];
      var name = isEntity ? named(model, node) : [model.title(node)], actions = [];
      if (isEntity) facts.push(model.kindOf(node).label);
      if (model.isMissing(node)) facts.push(t("not in this catalog"));
      if (model.isBox(node)) facts.push(t("{n} inside", { n: number(inside(node)) }));
      if (graph) facts.push(t("used by {n}", { n: number(graph.crossing(node, false)) }), t("uses {n}", { n: number(graph.crossing(node, true)) }));
      if (isEntity) actions.push(make("a", { className: "button is-primary", href: focusOn(node) }, [t("Focus")]));
      if (model.isBox(node)) {
        var open = make("button", { type: "button", className: "button" }, [t("Zoom in")]);
        open.addEventListener("click", () => { view.show(node); stage.focus({ preventScroll: true }); });
        actions.push(open);
      }
      if (path) actions.push(make("a", { className: "button", href: path }, [t("Open the page")]));
      card.replaceChildren(make("h3", {}, name), make("p", { className: "muted" }, [facts.join(" · ")]), make("p", { className: "map-actions" }, actions));
    }
    /** @param {number} node */
    function inside(node) {
      var count = 0;
      for (var at = node + 1; at < model.end[node]; at++) if (model.isEntity(at)) count++;
      return count;
    }

    // ---- What is shown

    /** Takes kinds and relations from the address. */
    function filter() {
      var kinds = model.kinds.map((/** @type {any} */ kind) => address.hide.indexOf(kind.name) < 0);
      shown.kinds.fill(1);
      kinds.forEach((/** @type {boolean} */ is, /** @type {number} */ at) => { shown.kinds[at + 1] = Number(is); });
      model.relations.forEach((/** @type {any} */ relation, /** @type {number} */ at) => {
        shown.relations[at] = Number(address.relations ? address.relations.indexOf(relation.name) >= 0 : relation.drawn);
      });
      shown.nodes.fill(0);
      for (var node = model.total - 1; node > 0; node--) {
        if (model.isEntity(node) && shown.kinds[model.kind[node]]) shown.nodes[node] = 1;
        // A box stands while something in it does.
        if (shown.nodes[node]) shown.nodes[model.parent[node]] = 1;
      }
      shown.nodes[0] = 1;
      shown.version++;
    }
    /** @param {string} into @param {any[]} list @param {(item: any, at: number) => [string, string]} look @param {(at: number) => boolean} isOn
     * @param {() => void} changed */
    function checks(into, list, look, isOn, changed) {
      var box = one(into);
      list.forEach((item, at) => {
        if (!item.count) return;
        var [label, sign] = look(item, at), check = make("input", { type: "checkbox", checked: isOn(at), value: item.name });
        check.addEventListener("change", changed);
        box.append(make("label", { className: "choice" }, /** @type {Node[]} */ ([check]).concat(sign ? [make("i", { className: sign })] : [], [make("span", {}, [label]), make("span", { className: "count" }, [number(item.count)])])));
      });
    }
    /** @param {string} into @param {boolean} checked */
    function values(into, checked) {
      return Array.from(page.querySelectorAll(into + " input")).map((input) => /** @type {HTMLInputElement} */ (input))
        .filter((input) => input.checked === checked).map((input) => input.value);
    }
    function chosen() {
      var usual = model.relations.filter((/** @type {any} */ relation) => relation.drawn && relation.count).map((/** @type {any} */ relation) => relation.name);
      var relations = values("#map-relations", true);
      replace({ hide: values("#map-kinds", false), relations: relations.join() === usual.join() ? null : relations });
      filter();
      show();
    }
    filter();
    checks("#map-kinds", model.kinds, (kind) => [kind.plural, "map-dot k-" + kind.name.replace(/[^a-z0-9]/g, "")], (at) => shown.kinds[at + 1] === 1, chosen);
    checks("#map-relations", model.relations, (relation) => [relation.label, ""], (at) => shown.relations[at] === 1, chosen);

    // ---- The whole, one and what is around it, or the ways between two

    /** Relations, and what can be asked of them. @returns {Promise<any>} */
    function related() {
      return Promise.all([model.loadEdges(), later("graph")]).then(() => {
        if (!graph) graph = window.catalogMap.graph(model, model.edges(), shown);
      }, (error) => {
        if (!isLame) fault(t("Relations could not be loaded. The rest of the map is whole."));
        isLame = true;
        throw error;
      });
    }
    function ready() { return Promise.all([related(), model.loadNames(0, model.total)]); }
    /** @param {boolean} isPart */
    function part(isPart) {
      bar.hidden = columns.hidden = !isPart;
      one(".map-frame").hidden = one("#map-keys").hidden = isPart;
      page.classList.toggle("is-part", isPart);
    }

    function show() {
      if (!address.focus && !address.path) { whole(); return; }
      Promise.all([ready(), later("steps")]).then(() => {
        if (!parts) parts = window.catalogMap.part(page, model, painter, graph, { focusOn: focusOn, address: () => address, table: list,
          more: () => tabled().then(() => table.show()), say: (/** @type {string} */ text) => { status.textContent = text; } });
        var wanted = [address.focus || address.path].concat(address.focus ? [] : [address.to]), nodes = wanted.map(model.find);
        var lost = wanted[nodes.indexOf(-1)];
        if (lost !== undefined) { whole(); status.textContent = t("{name} is not on the map.", { name: lost }); }
        else {
          part(true);
          if (address.focus) parts.around(nodes[0]);
          else parts.between(nodes[0], nodes[1]);
        }
      }, whole);
    }
    /** Shows the whole once more, now with relations. */
    function again() { if (!address.focus && !address.path) whole(); }
    function whole() {
      part(false);
      status.textContent = "";
      view.redraw();
      way();
      var edges = model.edges(), nodes = [], kept = [];
      for (var node = 1; node < model.total; node++) if (model.isEntity(node) && shown.kinds[model.kind[node]]) nodes.push(node);
      for (var at = 0; edges && at < edges.count; at++) {
        if (shown.relations[edges.relation[at]] && shown.kinds[model.kind[edges.from[at]]] && shown.kinds[model.kind[edges.to[at]]]) kept.push(at);
      }
      list({ nodes: nodes, edges: kept, steps: null });
    }
    // ---- What can be pressed

    /** @param {string} selector @param {(node: number) => void} picked */
    function chooser(selector, picked) {
      var input = one(selector + " input"), list = one(selector + " ul"), roles = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
      Object.entries(roles).forEach(([name, value]) => input.setAttribute(name, value));
      list.setAttribute("role", "listbox");
      one(selector).addEventListener("focusin", () => {
        Promise.all([later("choose"), model.loadNames(0, model.total)]).then(() => window.catalogMap.chooser(one(selector), model, picked), () => { });
      }, { once: true });
    }
    chooser("#map-find", (node) => { location.hash = focusOn(node); });
    chooser("#map-to", (node) => { location.hash = hash({ focus: "", path: address.focus, to: model.ref(node) }); });
    one("#map-close").addEventListener("click", (event) => {
      event.preventDefault();
      location.hash = hash({ focus: "", path: "", to: "" }) || "#";
    });
    page.addEventListener("click", (event) => {
      var button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (!button) return;
      var { zoom, pan, step } = button.dataset;
      if (zoom) { if (zoom === "fit") view.show(0); else view.zoom(zoom === "in" ? view.ZOOM : 1 / view.ZOOM); }
      if (pan) view.pan(pan === "left" ? -view.PAN : pan === "right" ? view.PAN : 0, pan === "up" ? -view.PAN : pan === "down" ? view.PAN : 0);
      if (step) {
        var side = /** @type {HTMLElement} */ (button.closest(".map-step")).dataset.side === "up" ? "up" : "down";
        replace({ [side]: address[side] + Number(step) });
        show();
      }
    });
    var menus = /** @type {NodeListOf<HTMLDetailsElement>} */ (page.querySelectorAll(".map-menu"));
    doc.addEventListener("click", (event) => { menus.forEach((menu) => { if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false; }); });
    menus.forEach((menu) => menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      /** @type {HTMLElement} */ (menu.querySelector("summary")).focus();
    }));
    addEventListener("hashchange", () => {
      address = state.read();
      filter();
      if (!address.focus && !address.path && address.at) view.put({ x: address.at[0], y: address.at[1], k: address.at[2] });
      show();
    });
    SCHEMES.forEach((query) => matchMedia(query).addEventListener("change", () => { painter.colours(inks); view.redraw(); }));

    if (address.at) view.put({ x: address.at[0], y: address.at[1], k: address.at[2] });
    show();
    // The rest comes after the first look; of a very large organisation when it is asked for.
    if (model.total <= ALL) ready().then(again, () => { });
  }

  /** @param {string} text */
  function fault(text) { one(".map-tools").after(make("p", { className: "map-fault", role: "alert" }, [text])); }

  window.catalogMap.open(page.dataset.map, page.dataset.folder).then(begin, () => {
    page.classList.add("is-lost");
    fault(t("The map cannot be drawn, because a file of its data could not be loaded. The list says what is in what."));
  });
})();
