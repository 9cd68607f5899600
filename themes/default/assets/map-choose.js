// A box in which one of all entities is chosen by its name.
(function () {
  "use strict";
  var t = catalogTexts.t, MOST = 12, make = window.catalogMap.make, named = window.catalogMap.named;

  /** The best names for a text: those that begin with it, have a word that does, have it anywhere.
   * @param {any} model @param {string} text @returns {number[]} */
  function found(model, text) {
    var wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    /** @type {number[][]} */
    var ranks = [[], [], [], []];
    for (var node = 1; node < model.total && ranks[0].length < MOST; node++) {
      if (!model.isEntity(node)) continue;
      var name = model.title(node).toLowerCase(), at = name.indexOf(wanted), rank = 3;
      if (at < 0 && model.ref(node).indexOf(wanted) < 0) continue;
      if (at === 0) rank = name.length === wanted.length ? 0 : 1;
      else if (at > 0) rank = /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 2 : 3;
      if (ranks[rank].length < MOST) ranks[rank].push(node);
    }
    return ranks.flat().slice(0, MOST);
  }

  /** @param {HTMLElement} root @param {any} model @param {(node: number) => void} picked */
  function chooser(root, model, picked) {
    var input = /** @type {HTMLInputElement} */ (root.querySelector("input"));
    var list = /** @type {HTMLElement} */ (root.querySelector("ul"));
    /** @type {number[]} */
    var nodes = [];
    var active = -1;

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    /** @param {number} at */
    function mark(at) {
      active = at;
      Array.from(list.children).forEach((option, place) => {
        option.setAttribute("aria-selected", String(place === at));
        if (place === at) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
      });
    }
    /** @param {number} at */
    function pick(at) {
      var node = nodes[at];
      close();
      input.value = "";
      if (node !== undefined) picked(node);
    }
    function fill() {
      nodes = found(model, input.value);
      list.replaceChildren(...nodes.map((node, at) => {
        var option = make("li", { id: list.id + "-" + at }, named(model, node).concat([make("small", {}, [model.ref(node)])]));
        option.setAttribute("role", "option");
        option.addEventListener("click", () => pick(at));
        return option;
      }));
      if (input.value.trim() && !nodes.length) {
        var none = make("li", {}, [t("Nothing has this name.")]);
        none.setAttribute("role", "option");
        none.setAttribute("aria-disabled", "true");
        list.append(none);
      }
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      if (nodes.length) mark(0);
      else { active = -1; input.removeAttribute("aria-activedescendant"); }
    }
    input.addEventListener("input", () => { model.loadNames(0, model.total).then(fill, fill); });
    // What was typed before this was loaded.
    if (input.value && document.activeElement === input) fill();
    input.addEventListener("blur", close);
    // A press on an option must not take the focus from the box before the click.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { if (!list.hidden) { event.preventDefault(); close(); } else input.value = ""; return; }
      if (event.key === "Enter") { event.preventDefault(); if (active >= 0) pick(active); return; }
      if (list.hidden || !nodes.length || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      mark((active + (event.key === "ArrowDown" ? 1 : nodes.length - 1)) % nodes.length);
    });
  }

  window.catalogMap.chooser = chooser;
})();
