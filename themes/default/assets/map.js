// The page of the map: what is shown, which the address says after its `#`, and what of it stands where.
(function () {
  "use strict";
  var t = catalogTexts.t, doc = document;
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
    return (page.dataset[name] || "").split(" ").filter(Boolean).reduce((before, path) => before.then(() => window.catalogLoad(path)), Promise.resolve());
  }
  var stage = one(".map-stage"), status = one(".map-status"), card = one(".map-card"), bar = one(".map-focus"), columns = one(".map-columns");

  // ---- The address, which says what the map shows

  /** @typedef {{focus: string, up: number, down: number, path: string, to: string, hide: string[], relations: string[] | null,
   *   at: number[] | null}} Address */
  /** @returns {Address} */
  function read() {
    /** @type {Record<string, string>} */
    var said = {};
    location.hash.slice(1).split("&").forEach((part) => {
      var at = part.indexOf("=");
      try { if (at > 0) said[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (_) { }
    });
    /** @param {string | undefined} text */
    function steps(text) { return text && /^[0-5]$/.test(text) ? Number(text) : 1; }
    var at = (said.at || "").split(",").map(Number);
    return { focus: said.focus || "", up: steps(said.up), down: steps(said.down), path: said.path || "", to: said.to || "",
      hide: said.hide ? said.hide.split(".") : [], relations: said.relations === undefined ? null : said.relations.split("."),
      at: at.length === 3 && at.every(isFinite) && at[2] > 0 ? at : null };
  }
  /** @param {Partial<Address>} changes */
  function hash(changes) {
    var now = Object.assign({}, address, changes);
    /** @type {string[]} */
    var parts = [];
    /** @param {string} ref */
    function safe(ref) { return encodeURIComponent(ref).replace(/%3A/g, ":").replace(/%2F/g, "/"); }
    if (now.focus) parts.push("focus=" + safe(now.focus), "up=" + now.up, "down=" + now.down);
    else if (now.path) parts.push("path=" + safe(now.path), "to=" + safe(now.to));
    else if (now.at) parts.push("at=" + now.at.join(","));
    if (now.hide.length) parts.push("hide=" + now.hide.map(encodeURIComponent).join("."));
    if (now.relations) parts.push("relations=" + now.relations.map(encodeURIComponent).join("."));
    return "#" + parts.join("&");
  }
  var address = read();
  /** Changes the address without a step in the history. @param {Partial<Address>} changes */
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
    var parts = null;
    /** @type {any} */
    var extra = null;
    /** @type {any} */
    var rows = null;
    inks.className = "map-inks";
    inks.hidden = true;
    page.append(inks);
    painter.colours(inks);
    page.classList.add("is-drawn");

    /** @param {number} node @param {number} [up] @param {number} [down] */
    function focusOn(node, up, down) {
      return hash({ focus: model.ref(node), up: up === undefined ? address.up : up, down: down === undefined ? address.down : down, path: "", to: "" });
    }
    var saving = 0;
    var view = window.catalogMap.view(model, painter, lines, stage, shown, {
      moved: () => {
        clearTimeout(saving);
        saving = setTimeout(() => {
          more().then((more) => more.way(), () => { });
          if (address.focus || address.path) return;
          var camera = view.camera();
          replace({ at: view.isWhole() ? null : [Math.round(camera.x), Math.round(camera.y), Number(camera.k.toPrecision(3))] });
        }, 150);
      },
      chosen: (/** @type {number} */ node) => { if (node > 0) Promise.all([more(), related().catch(() => { })]).then(([more]) => more.card(node, graph), () => { });
        else card.hidden = true;
      },
      hands: (/** @type {() => PointerEvent[]} */ early) => {
        later("input").then(() => window.catalogMap.input(model, view, stage, () => { more().then((more) => more.idle(), () => { }); }, early()), () => { });
      },
      keys: () => {
        Promise.all([more(), later("keys")]).then(([more]) => window.catalogMap.keys(model, painter, view, stage, {
          place: more.place,
          focus: (/** @type {number} */ node) => { location.hash = focusOn(node); },
          said: (/** @type {string} */ text) => { one("#map-said").textContent = text; },
        }), () => { });
      },
    });
    /** The card, the menus and the way to where one is. @returns {Promise<any>} */
    function more() {
      return later("more").then(() => {
        if (!extra) extra = window.catalogMap.more(page, model, painter, { view: view, shown: shown, focusOn: focusOn, changed: (/** @type {Partial<Address>} */ changes) => { replace(changes); filter(); show(); } });
        return extra;
      });
    }
    // The table is made when it comes into view.
    function tabled() {
      return later("table").then(() => {
        if (table) return;
        table = window.catalogMap.table(one(".map-data"), model, shown, () => graph, focusOn);
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
    filter();

    // ---- The whole, one and what is around it, or the ways between two

    /** Relations, and what can be asked of them. @returns {Promise<any>} */
    function related() {
      return Promise.all([model.loadEdges(), later("graph")]).then(() => {
        if (!graph) graph = window.catalogMap.graph(model, model.edges(), shown);
      }, (error) => {
        fault(t("Relations could not be loaded. The rest of the map is whole."));
        throw error;
      });
    }
    /** All names. @returns {Promise<any>} */
    function called() {
      return model.loadNames(0, model.total).catch((/** @type {Error} */ error) => {
        fault(t("Some names could not be loaded. The rest of the map is whole."));
        throw error;
      });
    }
    function ready() { return Promise.all([related(), called()]); }
    /** @param {boolean} isPart */
    function part(isPart) {
      bar.hidden = columns.hidden = !isPart;
      one(".map-frame").hidden = one("#map-keys").hidden = isPart;
      page.classList.toggle("is-part", isPart);
    }

    function show() {
      if (!address.focus && !address.path) { whole(); return; }
      Promise.all([ready(), later("steps")]).then(() => {
        if (!parts) parts = window.catalogMap.part(page, model, painter, graph, { focusOn: focusOn, table: list, whole: whole, part: () => part(true), stepped: (/** @type {Partial<Address>} */ changes) => { replace(changes); show(); },
          more: () => tabled().then(() => table.show()), say: (/** @type {string} */ text) => { status.textContent = text; } });
        parts.show(address);
      }, whole);
    }
    /** Shows the whole once more, now with relations. */
    function again() { if (!address.focus && !address.path) whole(); }
    function whole() {
      part(false);
      status.textContent = "";
      view.redraw();
      list(null);
    }

    // ---- What can be pressed

    /** @param {string} selector @param {(node: number) => void} picked */
    function chooser(selector, picked) {
      // Without scripts it is no such thing.
      Object.assign(one(selector + " ul"), { role: "listbox", ariaLabel: one(selector + " label").textContent });
      one(selector).addEventListener("focusin", () => {
        Promise.all([later("choose"), called()]).then(() => window.catalogMap.chooser(one(selector), model, picked), () => { });
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
      var { zoom, pan } = button.dataset;
      if (zoom) { if (zoom === "fit") view.show(0); else view.zoom(zoom === "in" ? view.ZOOM : 1 / view.ZOOM); }
      if (pan) view.pan(pan === "left" ? -view.PAN : pan === "right" ? view.PAN : 0, pan === "up" ? -view.PAN : pan === "down" ? view.PAN : 0);
    });
    var menus = /** @type {NodeListOf<HTMLDetailsElement>} */ (page.querySelectorAll(".map-menu"));
    menus.forEach((menu) => menu.addEventListener("toggle", () => { more().then((more) => more.menus(), () => { }); }, { once: true }));
    addEventListener("hashchange", () => {
      address = read();
      filter();
      if (!address.focus && !address.path && address.at) view.put({ x: address.at[0], y: address.at[1], k: address.at[2] });
      show();
    });
    SCHEMES.forEach((query) => matchMedia(query).addEventListener("change", () => { painter.colours(inks); view.redraw(); }));

    if (address.at) view.put({ x: address.at[0], y: address.at[1], k: address.at[2] });
    show();
    // The rest comes after the first look; of a very large organisation when it is asked for.
    if (model.total > ALL) return;
    model.loadEdges().then(again, () => related().catch(() => { }));
    called().then(again, () => { });
  }

  /** Says once what is missing. @param {string} text */
  function fault(text) {
    if (page.innerText.indexOf(text) < 0) one(".map-tools").after(make("p", { className: "map-fault", role: "alert" }, [text]));
  }

  window.catalogMap.open(page.dataset.map, page.dataset.folder).then(begin, () => {
    page.classList.add("is-lost");
    fault(t("The map cannot be drawn, because a file of its data could not be loaded. The list says what is in what."));
  });
})();
