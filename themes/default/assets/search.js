// The page of the search: all results of a query, by kind, with more of each than the box has room for.
(function () {
  "use strict";
  var doc = document, host = doc.querySelector(".search-page"), texts = catalogTexts, t = texts.t, keeps = window.catalogKept;
  if (!(host instanceof HTMLElement) || !keeps) return;
  var page = host, kept = keeps, AT_ONCE = 30, DELAY = 120;
  /** What the template promises. @template {HTMLElement} E @param {string} selector @returns {E} */
  function part(selector) {
    /** @type {E | null} */
    var element = page.querySelector(selector);
    if (!element) throw new Error(selector);
    return element;
  }
  /** @type {HTMLFormElement} */
  var form = part("form");
  /** @type {HTMLInputElement} */
  var input = part("form input");
  var status = part(".search-status"), list = part(".hits"), kinds = part(".search-kinds");
  var more = part(".search-more"), lists = part(".search-lists"), settings = part(".search-kept");

  // The index has the names of kinds in English.
  /** @type {Record<string, string>} */
  var KINDS = {
    entity: t("Entities"), operation: t("Operations"), schema: t("Schemas"), channel: t("Channels and messages"),
    page: t("Documentation"), field: t("Fields"),
  };

  /** @type {CatalogResult | null} */
  var current = null;
  var shown = 0, wanted = "", run = 0, timer = 0;

  function ofKind() {
    var hits = current ? current.hits : [], kind = window.catalogIndex.kinds().findIndex((kind) => kind.id === wanted);
    return kind < 0 ? hits : hits.filter((hit) => hit.kind === kind);
  }

  /** @param {CatalogResult} result */
  function chips(result) {
    var known = window.catalogIndex.kinds(), counts = known.map(() => 0);
    result.hits.forEach((hit) => { counts[hit.kind]++; });
    /** @type {[string, string, number][]} */
    var all = [["", t("All"), result.hits.length]];
    known.forEach((kind, at) => { if (counts[at] || kind.id === wanted) all.push([kind.id, KINDS[kind.id] || kind.title, counts[at]]); });
    kinds.replaceChildren();
    kinds.hidden = all.length < 3 && !wanted;
    all.forEach((one) => {
      var button = doc.createElement("button"), count = doc.createElement("span");
      button.type = "button";
      count.className = "count";
      count.textContent = texts.number(one[2]);
      button.append(one[1], " ", count);
      button.setAttribute("aria-pressed", String(one[0] === wanted));
      button.addEventListener("click", () => {
        wanted = one[0];
        remember();
        display().then(() => /** @type {HTMLElement} */ (kinds.querySelector("[aria-pressed=true]")).focus());
      });
      kinds.append(button);
    });
  }

  function remember() {
    var query = new URLSearchParams();
    if (input.value.trim()) query.set("q", input.value.trim());
    if (wanted) query.set("kind", wanted);
    // Some browsers forbid it for files.
    try { history.replaceState(null, "", "?" + query.toString()); } catch (_) { }
  }

  /** @param {number} mine @returns {Promise<HTMLElement[] | null>} */
  function next(mine) {
    var hits = ofKind().slice(shown, shown + AT_ONCE), marks = current && current.marks;
    // Before they are loaded, so that who asks twice has each once.
    shown += hits.length;
    more.hidden = shown >= ofKind().length;
    return window.catalogIndex.rows(hits).then((rows) => {
      if (mine !== run || !marks) return null;
      var known = marks;
      return rows.map((hit) => window.catalogShow.item(hit, known));
    });
  }

  function display() {
    var mine = ++run, text = input.value.trim();
    shown = 0;
    return next(mine).then((items) => {
      if (!items || !current) return;
      chips(current);
      list.replaceChildren.apply(list, items);
      list.hidden = !items.length;
      lists.hidden = items.length > 0;
      if (window.catalogIndex.isBroken()) current.isBroken = true;
      status.textContent = text ? window.catalogShow.said(current, text, ofKind().length) : "";
    });
  }

  function start() {
    var mine = ++run;
    return window.catalogIndex.open()
      .then(() => window.catalogIndex.search(input.value, kept.read().team))
      .then((found) => {
        if (mine !== run) return;
        current = found;
        return display();
      }).catch(() => { status.textContent = t("The search index could not be loaded. The lists below lead to everything."); });
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { remember(); start(); }, DELAY);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    remember();
    start().then(() => {
      /** @type {HTMLElement | null} */
      var first = list.querySelector(".hit-title");
      if (first && doc.activeElement === input) first.focus();
    });
  });
  more.addEventListener("click", () => {
    next(run).then((items) => {
      if (!items) return;
      list.append.apply(list, items);
      var first = items[0] && items[0].querySelector("a");
      if (first) first.focus();
    });
  });
  page.addEventListener("keydown", (event) => {
    var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    /** @type {HTMLElement[]} */
    var stops = [input, ...list.querySelectorAll("a")];
    var at = stops.findIndex((stop) => stop === doc.activeElement), to = stops[at + step];
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
    if (to === input) input.select();
  });

  // What the browser keeps, and how to have it forget.
  function showKept() {
    var known = kept.read(), team = part(".search-team"), slash = /** @type {HTMLInputElement} */ (part(".search-slash"));
    part("[data-forget=team]").hidden = !known.team.length;
    team.textContent = known.team.length ? t("Results of {team} and of teams near it come first.", { team: known.teamTitle }) :
      t("Choose your team on its page, and what it owns comes first.");
    part("[data-forget=pages]").hidden = !known.recent.length && !known.starred.length;
    slash.checked = known.slash;
  }
  settings.addEventListener("click", (event) => {
    var what = event.target instanceof HTMLElement && event.target.dataset.forget;
    if (!what) return;
    kept.write(what === "team" ? { team: [], teamTitle: "" } : { recent: [], starred: [] });
    showKept();
    start();
    input.focus();
  });
  part(".search-slash").addEventListener("change", (event) => {
    kept.write({ slash: event.target instanceof HTMLInputElement && event.target.checked });
  });
  showKept();

  var asked = new URLSearchParams(location.search);
  input.value = asked.get("q") || "";
  wanted = asked.get("kind") || "";
  input.focus();
  if (input.value.trim()) start();
})();
