// A box in which one of all entities is chosen by its name.
(function () {
  "use strict";
  var t = catalogTexts.t, MOST = 12, make = window.catalogMap.make, named = window.catalogMap.named;

  /** What is typed for a text: without capitals and accents. @param {string} text */
  function plain(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(); }
  /** @param {string} text */
  function words(text) { return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean); }

  /** How far words are from those of a name by slips. @param {string[]} wanted @param {string[]} own */
  function far(wanted, own) {
    return wanted.reduce((sum, word) => sum + Math.min(...own.map((one) => window.catalogSlips.far(word, one))), 0);
  }

  /** @typedef {{title: string, name: string, ref: string}} Called */
  /** @param {any} model */
  function finder(model) {
    /** @type {Called[]} */
    var names = [];
    /** @param {number} node */
    function called(node) {
      var ref = model.ref(node);
      if (!names[node]) names[node] = { title: plain(model.title(node)), name: ref.slice(ref.indexOf("/") + 1), ref: ref };
      return names[node];
    }
    /** How well a text names something, the best first: it is the title or the name, the start of it, the starts of
     * words, a part. -1 if it does not. The kind and the namespace, which many share, only count where they are
     * written as in a reference. @param {string} wanted @param {string[]} parts @param {Called} own */
    function rank(wanted, parts, own) {
      if (own.title === wanted || own.name === wanted || own.ref === wanted) return 0;
      if (own.title.startsWith(wanted)) return 1;
      if (own.name.startsWith(wanted)) return 2;
      var all = words(own.title + " " + own.name);
      if (parts.length && parts.every((part) => all.some((one) => one.startsWith(part)))) return 3;
      if (own.title.includes(wanted)) return 4;
      if (own.name.includes(wanted) || (/[:/]/.test(wanted) && own.ref.includes(wanted))) return 5;
      return -1;
    }
    /** The best for a text; those with slips only where there is nothing without. @param {string} text @returns {number[]} */
    return (text) => {
      var wanted = plain(text.trim()), parts = words(wanted);
      /** @type {[number, number, number][]} */
      var found = [];
      /** @param {(own: Called) => number} judge */
      function gather(judge) {
        for (var node = 1; node < model.total; node++) {
          if (!model.isEntity(node)) continue;
          var own = called(node), at = judge(own);
          if (at >= 0) found.push([at, own.title.length, node]);
        }
      }
      if (wanted) gather((own) => rank(wanted, parts, own));
      if (parts.length && !found.length) gather((own) => { var at = far(parts, words(own.title + " " + own.name)); return at < Infinity ? at : -1; });
      return found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]).slice(0, MOST).map((one) => one[2]);
    };
  }

  /** @param {HTMLElement} root @param {any} model @param {(node: number) => void} picked */
  function chooser(root, model, picked) {
    var input = /** @type {HTMLInputElement} */ (root.querySelector("input"));
    var list = /** @type {HTMLElement} */ (root.querySelector("ul"));
    /** @type {number[]} */
    var nodes = [];
    var active = -1, found = finder(model);

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
      nodes = found(input.value);
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
