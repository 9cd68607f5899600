// The search box of every page: a combobox whose list answers as one types. What it needs is loaded when
// it is first focused. Without it the box leads to the page of the search.
(function () {
  "use strict";
  var doc = document, texts = catalogTexts, t = texts.t, keeps = window.catalogKept;
  var files = (doc.body.dataset.find || "").split(" ").filter(Boolean);
  if (!keeps || !files.length) return;
  var kept = keeps, root = kept.root, DELAY = 80, MOST = 8, MOST_VALUES = 5, KEPT = 5, SNIPPET = 130;

  /** @type {Promise<void> | null} */
  var ready = null;
  function load() {
    if (ready) return ready;
    ready = files.reduce((before, path) => before.then(() => window.catalogLoad(root + path)), Promise.resolve())
      .then(() => window.catalogIndex.open());
    ready.catch(() => { ready = null; });
    return ready;
  }

  /** What can be chosen: a page, or a text to search on with.
   * @typedef {{href?: string, fill?: string, hit?: CatalogHit, title: string, label: string}} Choice */

  /** @param {HTMLFormElement} form @param {HTMLInputElement} input @param {number} number */
  function box(form, input, number) {
    var panel = doc.createElement("div"), list = doc.createElement("div"), status = doc.createElement("p"), foot = doc.createElement("p");
    /** @type {Choice[]} */
    var choices = [];
    var active = -1, run = 0, timer = 0, answered = "", id = "find-" + number;
    panel.className = "find";
    panel.hidden = true;
    list.id = id;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", t("Results"));
    list.className = "find-list";
    status.className = "find-status";
    status.setAttribute("role", "status");
    foot.className = "find-foot";
    panel.append(status, list, foot);
    form.append(panel);
    form.classList.add("has-find");
    // The only sort of input that may be a combobox.
    input.type = "text";
    input.inputMode = "search";
    input.enterKeyHint = "search";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", id);

    function close() {
      // What is still to come would open it again.
      clearTimeout(timer);
      timer = 0;
      run++;
      panel.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }
    /** @param {number} at */
    function choose(at) {
      active = at;
      list.querySelectorAll("[role=option]").forEach((option, index) => {
        option.setAttribute("aria-selected", String(index === at));
        if (index === at) option.scrollIntoView({ block: "nearest" });
      });
      if (at < 0) input.removeAttribute("aria-activedescendant"); else input.setAttribute("aria-activedescendant", id + "-" + at);
    }
    /** @param {Choice} choice @param {boolean} isAside */
    function take(choice, isAside) {
      if (choice.fill !== undefined) {
        input.value = choice.fill;
        answer();
      } else if (isAside) open(choice.href, "_blank", "noopener");
      else location.href = choice.href || "";
    }

    /** @param {Choice} choice @param {CatalogMarks} [marks] */
    function option(choice, marks) {
      var at = choices.push(choice) - 1, element = doc.createElement("div");
      element.id = id + "-" + at;
      element.setAttribute("role", "option");
      element.setAttribute("aria-selected", "false");
      element.className = "find-option";
      if (choice.hit && marks) window.catalogShow.option(element, choice.hit, marks, SNIPPET);
      else window.catalogShow.plain(element, choice.title, choice.label);
      element.addEventListener("click", (event) => { take(choice, event.ctrlKey || event.metaKey); });
      element.addEventListener("pointermove", () => { if (active !== at) choose(at); });
      return element;
    }
    /** @param {string} title @param {Choice[]} all */
    function group(title, all) {
      if (!all.length) return;
      var element = doc.createElement("div"), head = doc.createElement("p");
      head.id = id + "-" + title.replace(/\W/g, "");
      head.className = "find-group";
      head.textContent = title;
      element.setAttribute("role", "group");
      element.setAttribute("aria-labelledby", head.id);
      element.append(head);
      all.forEach((choice) => element.append(option(choice)));
      list.append(element);
    }

    function clear() {
      choices = [];
      list.replaceChildren();
      choose(-1);
    }
    /** @param {CatalogPage} page @returns {Choice} */
    function ofPage(page) { return { href: root + page.path, title: page.title, label: page.label }; }

    /** What there is before anything is typed. */
    function beginning() {
      var known = kept.read(), here = location.href.split(/[?#]/)[0];
      var recent = known.recent.filter((page) => root + page.path !== here && !known.starred.some((star) => star.path === page.path));
      clear();
      group(t("Starred"), known.starred.slice(0, KEPT).map(ofPage));
      group(t("Recent"), recent.slice(0, KEPT).map(ofPage));
      group(t("Narrow it down"), ["kind:", "owner:", "system:", "tag:"].map((facet) => ({ fill: facet, title: facet, label: "" })));
      status.textContent = "";
    }

    /** Values of the facet that is being typed. @param {string} text */
    function completions(text) {
      var word = (/\S*$/.exec(text) || [""])[0];
      return window.catalogIndex.completions(word).then((found) => found.slice(0, MOST_VALUES).map((one) => ({
        fill: text.slice(0, text.length - word.length) + one.value + " ", title: one.value, label: texts.number(one.records.length),
      })));
    }

    function answer() {
      var mine = ++run, text = input.value.trim();
      clearTimeout(timer);
      timer = 0;
      panel.hidden = false;
      input.setAttribute("aria-expanded", "true");
      return load().then(() => {
        if (mine !== run) return;
        if (!text) {
          answered = text;
          return beginning();
        }
        return Promise.all([completions(input.value.replace(/^\s+/, "")), window.catalogIndex.search(text, kept.read().team)]).then((found) => {
          if (mine !== run) return;
          show(text, found[0], found[1]);
        });
      }).catch(() => {
        if (mine !== run) return;
        clear();
        // Without a choice, Enter sends the form.
        status.textContent = t("The search index could not be loaded. Enter leads to the lists of everything.");
      });
    }

    /** @param {string} text @param {Choice[]} values @param {CatalogResult} result */
    function show(text, values, result) {
      var hits = result.hits.filter((hit) => hit.row).slice(0, MOST), count = result.hits.length;
      clear();
      answered = text;
      group(t("Narrow it down"), values);
      hits.forEach((hit) => list.append(option({ href: window.catalogShow.href(hit), hit: hit, title: "", label: "" }, result.marks)));
      if (count > hits.length) {
        list.append(option({ href: form.action.split("?")[0] + "?q=" + encodeURIComponent(text), title: t("All results for “{text}”", { text: text }), label: texts.number(count) }));
      }
      // Of a facet without a value, what can be chosen says enough.
      status.textContent = values.length && !hits.length ? "" : window.catalogShow.said(result, text);
      if (hits.length && !values.length) choose(0);
    }

    input.addEventListener("click", () => { if (panel.hidden) answer(); });
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(answer, DELAY);
    });
    /** Takes what answers the words that stand there, and not those before. @param {boolean} isAside */
    function enter(isAside) {
      var text = input.value.trim();
      return (answered === text ? Promise.resolve() : answer()).then(() => {
        if (input.value.trim() !== text) return;
        if (answered === text && choices[active]) take(choices[active], isAside); else form.requestSubmit();
      });
    }
    input.addEventListener("keydown", (event) => {
      var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (event.isComposing) return;
      if (step && !event.altKey) {
        event.preventDefault();
        if (panel.hidden) { answer(); return; }
        var to = active + step;
        choose(to < -1 ? choices.length - 1 : to >= choices.length ? -1 : to);
      } else if (event.key === "Enter" && (!panel.hidden || timer)) {
        event.preventDefault();
        enter(event.ctrlKey || event.metaKey);
      } else if (event.key === "Escape" && (!panel.hidden || timer)) {
        event.preventDefault();
        close();
      }
    });
    // A choice by pointer leaves the focus in the box.
    panel.addEventListener("pointerdown", (event) => { event.preventDefault(); });
    panel.addEventListener("mousedown", (event) => { event.preventDefault(); });
    input.addEventListener("blur", close);
    foot.textContent = t("Arrows choose, Enter opens, Escape closes");
    return () => {
      input.focus();
      input.select();
      return answer();
    };
  }

  /** @type {{open: () => void, isOfPage: boolean}[]} */
  var boxes = [];
  doc.querySelectorAll("form[role=search]").forEach((form) => {
    var input = form.querySelector("input[name=q]");
    if (!(form instanceof HTMLFormElement) || !(input instanceof HTMLInputElement) || form.closest(".search-page")) return;
    boxes.push({ open: box(form, input, boxes.length), isOfPage: !!form.closest("main") });
  });

  /** @param {EventTarget | null} target */
  function isTyping(target) {
    return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
  }
  addEventListener("keydown", (event) => {
    var isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) && kept.read().slash;
    if (!isSlash && !(event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey)) return;
    event.preventDefault();
    /** @type {HTMLInputElement | null} */
    var own = doc.querySelector(".search-page input[name=q]");
    if (own) { own.focus(); own.select(); return; }
    // Where the page has a box of its own, that one.
    var best = boxes.find((one) => one.isOfPage) || boxes[0];
    if (best) best.open();
  });
})();
