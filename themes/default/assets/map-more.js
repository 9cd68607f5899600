// What is chosen on the map, on a card, and the menus of what is shown. Loaded when they are asked for.
(function () {
  "use strict";
  var t = catalogTexts.t, number = catalogTexts.number, SAID = 2000;

  /** @param {HTMLElement} page @param {any} model @param {any} painter @param {{view: any, shown: {kinds: Uint8Array, relations: Uint8Array},
   *   focusOn: (node: number) => string, changed: (changes: object) => void}} hooks */
  window.catalogMap.more = function (page, model, painter, hooks) {
    var make = window.catalogMap.make, named = window.catalogMap.named, view = hooks.view, shown = hooks.shown;
    /** @param {string} selector @returns {HTMLElement} */
    function one(selector) { return /** @type {HTMLElement} */ (page.querySelector(selector)); }
    var card = one(".map-card"), isMade = false, saying = 0, told = "";

    /** What is chosen on the map. @param {number} node @param {any} graph */
    function show(node, graph) {
      if (view.chosen() !== node) return;
      card.hidden = false;
      var isEntity = model.isEntity(node), path = model.path(node), facts = [];
      var name = isEntity ? named(model, node) : [make("span", { dir: "auto" }, [model.title(node)])], actions = [];
      if (isEntity) facts.push(model.kindOf(node).label);
      if (model.isMissing(node)) facts.push(t("not in this catalog"));
      if (model.isBox(node)) facts.push(t("{n} inside", { n: number(inside(node)) }));
      if (graph) {
        var by = graph.crossing(node, false, true), offers = graph.crossing(node, true, true);
        facts.push(t("used by {n}", { n: number(graph.crossing(node, false, false)) }), t("uses {n}", { n: number(graph.crossing(node, true, false)) }));
        if (offers) facts.push(t("provides {n}", { n: number(offers) }));
        if (by) facts.push(t("provided by {n}", { n: number(by) }));
      }
      if (isEntity) actions.push(make("a", { className: "button is-primary", href: hooks.focusOn(node) }, [t("Focus")]));
      if (model.isBox(node)) {
        var open = make("button", { type: "button", className: "button" }, [t("Zoom in")]);
        open.addEventListener("click", () => { view.show(node); one(".map-stage").focus({ preventScroll: true }); });
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
      hooks.changed({ hide: values("#map-kinds", false), relations: relations.join() === usual.join() ? null : relations });
    }

    function menus() {
      if (isMade) return;
      isMade = true;
      var menus = /** @type {NodeListOf<HTMLDetailsElement>} */ (page.querySelectorAll(".map-menu"));
      document.addEventListener("click", (event) => { menus.forEach((menu) => { if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false; }); });
      menus.forEach((menu) => menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !menu.open) return;
        menu.open = false;
        /** @type {HTMLElement} */ (menu.querySelector("summary")).focus();
      }));
      checks("#map-kinds", model.kinds, (kind) => [kind.plural, "map-dot k-" + kind.name.replace(/[^a-z0-9]/g, "")], (at) => shown.kinds[at + 1] === 1, chosen);
      checks("#map-relations", model.relations, (relation) => [relation.label, ""], (at) => shown.relations[at] === 1, chosen);
    }
    /** The deepest box that fills the view, around its middle. */
    function place() {
      var camera = view.camera(), size = painter.size(), box = view.at(camera.x + size.width / camera.k / 2, camera.y + size.height / camera.k / 2);
      if (!model.isBox(box)) box = model.parent[box];
      while (box && model.w[box] * camera.k < size.width * 0.55 && model.h[box] * camera.k < size.height * 0.55) box = model.parent[box];
      return box;
    }
    /** The boxes around the middle of the view. */
    function way() {
      /** @type {number[]} */
      var boxes = [];
      for (var box = place(); box; box = model.parent[box]) boxes.unshift(box);
      if (boxes.join() === told) return;
      told = boxes.join();
      var list = one(".map-way ol"), held = Array.from(list.querySelectorAll("button")).indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
      list.replaceChildren(...[0].concat(boxes).map((node) => {
        var button = make("button", { type: "button" }, [node ? model.title(node) : t("Everything")]);
        button.addEventListener("click", () => view.show(node));
        return make("li", {}, [button]);
      }));
      if (held >= 0) list.querySelectorAll("button")[Math.min(held, boxes.length)].focus({ preventScroll: true });
    }

    /** Says for a moment how to make the wheel the map's. */
    function idle() {
      var hint = one(".map-wheel");
      hint.textContent = t("{key} + wheel zooms, or click into the map first.", { key: /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl" });
      hint.classList.add("is-said");
      clearTimeout(saying);
      saying = setTimeout(() => hint.classList.remove("is-said"), SAID);
    }

    return { card: show, menus: menus, way: way, place: place, idle: idle };
  };
})();
