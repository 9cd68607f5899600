// Makes of a list of entities one that can be filtered and sorted. What fits is found by `list-data.js`;
// this part shows it: facets beside the list, filters above it, and of long results only the rows in view.
// What is shown stands in the address, so that it can be shared and gone back to. Until the data is there,
// and where it is not, the list stays as it was written.
(function () {
  "use strict";
  var doc = document;
  var page = /** @type {HTMLElement | null} */ (doc.querySelector("[data-list]"));
  var table = /** @type {HTMLTableElement | null} */ (page && page.querySelector(".list"));
  var source = window.catalogList;
  if (!page || !table || !source) return;

  /** @typedef {{name: string, keys: string[], labels: string[]}} Facet */
  /** @typedef {{q: string, chosen: Record<string, string[]>, sort: string, columns: string[] | null}} State */

  /** @template {HTMLElement} T @param {string} selector @returns {T} */
  function one(selector) { return /** @type {T} */ (/** @type {HTMLElement} */ (page).querySelector(selector)); }
  /** @param {string} name @param {Record<string, any>} [properties] @param {(Node | string)[]} [inside] */
  function make(name, properties, inside) {
    var element = /** @type {any} */ (doc.createElement(name));
    Object.entries(properties || {}).forEach((entry) => {
      if (entry[0].includes("-") || entry[0] === "role" || entry[0] === "scope") element.setAttribute(entry[0], entry[1]);
      else element[entry[0]] = entry[1];
    });
    element.append(...(inside || []));
    return element;
  }

  var root = page.dataset.list || "", body = table.tBodies[0], frame = one(".list-frame");
  var controls = one(".list-controls"), none = one(".list-none"), rail = one(".list-rail"), ways = one(".list-ways");
  var input = /** @type {HTMLInputElement} */ (one(".list-search input"));
  var count = one(".list-count"), chips = one(".list-chips"), pager = /** @type {HTMLElement | null} */ (page.querySelector(".pages"));
  var rest = /** @type {HTMLElement | null} */ (page.querySelector(".list-rest"));
  var written = count.textContent || "", first = Number(page.dataset.from);
  var own = (page.dataset.columns || "").split(" ").filter(Boolean);
  var COLUMNS = ["kind", "type", "lifecycle", "owner", "system", "domain", "namespace", "tags", "findings", "docs"];
  var UNSORTED = ["tags"], SHOWN = 6, MOST = 100, SEARCHED = 12, OPEN = 4, ALL = 200, AROUND = 12;
  var KEY = "catalog-columns:" + (page.dataset.column === "kind" ? page.dataset.value : page.dataset.column);

  // ---- Words and icons

  var t = window.catalogTexts.t, number = window.catalogTexts.number, counted = window.catalogTexts.counted;
  /** @type {Record<string, string>} */
  var NAMES = { name: t("Name"), kind: t("Kind"), type: t("Type"), lifecycle: t("Lifecycle"), owner: t("Owner"), system: t("System"),
    domain: t("Domain"), tag: t("Tag"), tags: t("Tags"), namespace: t("Namespace"), docs: t("Docs"), findings: t("Findings") };
  /** @type {Record<string, string>} */
  var VALUES = { yes: t("With docs"), no: t("Without docs"), errors: t("Errors"), warnings: t("Warnings"), clean: t("No findings") };
  var SVG = "http://www.w3.org/2000/svg";
  /** An icon of which the page has the shape. @param {string} name @param {string} [look] */
  function icon(name, look) {
    var svg = doc.createElementNS(SVG, "svg"), use = doc.createElementNS(SVG, "use");
    svg.setAttribute("class", "icon" + (look ? " " + look : ""));
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#i-" + name);
    svg.append(use);
    return svg;
  }

  // ---- The state and the address

  /** @type {any} */
  var model = null;
  /** @type {State} */
  var state = { q: "", chosen: {}, sort: "", columns: null };
  var FACETS = ["kind", "type", "lifecycle", "owner", "domain", "system", "tag", "namespace", "docs", "findings"];

  /** @returns {string[] | null} */
  function remembered() {
    try { return known((localStorage.getItem(KEY) || "").split(" ").filter(Boolean)); } catch (_) { return null; }
  }
  /** @param {string[]} names */
  function known(names) {
    var columns = names.filter((name) => COLUMNS.includes(name));
    return columns.length ? columns : null;
  }

  /** Whether all rows of the list have one value. @param {string} name */
  function fixed(name) { return name === /** @type {HTMLElement} */ (page).dataset.column && ["kind", "system", "namespace"].includes(name); }

  function read() {
    var asked = new URLSearchParams(location.search);
    var columns = asked.get("columns");
    state = { q: (asked.get("q") || "").slice(0, 200), chosen: {}, sort: asked.get("sort") || "",
      columns: columns === null ? remembered() : known(columns.split(",")) };
    FACETS.forEach((name) => {
      var values = Array.from(new Set(asked.getAll(name)));
      if (values.length && !fixed(name)) state.chosen[name] = values;
    });
  }

  function address() {
    var asked = new URLSearchParams();
    if (state.q.trim()) asked.set("q", state.q.trim());
    FACETS.forEach((name) => { (state.chosen[name] || []).forEach((value) => { asked.append(name, value); }); });
    if (state.sort) asked.set("sort", state.sort);
    if (state.columns && state.columns.join() !== own.join()) asked.set("columns", state.columns.join(","));
    var query = asked.toString().replace(/%3A/g, ":").replace(/%2C/g, ",");
    return location.pathname + (query ? "?" + query : "");
  }

  /** @param {boolean} [quietly] */
  function remember(quietly) {
    // Some browsers forbid it for files.
    try { history[quietly ? "replaceState" : "pushState"](null, "", address()); } catch (_) { }
  }

  function columns() { return state.columns || own; }
  function filtered() { return !!state.q.trim() || Object.values(state.chosen).some((values) => values.length > 0); }
  // Whether the list is other than it was written.
  function changed() { return filtered() || !!state.sort || columns().join() !== own.join(); }

  /** @param {string} name @param {string} value @param {boolean} on */
  function choose(name, value, on) {
    var values = (state.chosen[name] || []).filter((one) => one !== value);
    if (on) values.push(value);
    state.chosen[name] = values;
    remember();
    update();
  }
  function clear() {
    state.q = input.value = "";
    state.chosen = {};
    remember();
    update();
    input.focus();
  }

  // ---- The result

  /** @type {number[]} */
  var rows = [];
  /** @type {Map<any, Int32Array>} */
  var counts = new Map();
  var taken = false;

  /** @param {Facet} facet @param {string} key */
  function valueOf(facet, key) { return facet.keys.indexOf(key); }
  /** @param {Facet} facet @param {number} value */
  function label(facet, value) {
    return value === 0 ? t("None") : facet.name === "docs" || facet.name === "findings" ? VALUES[facet.labels[value]] : facet.labels[value];
  }

  function scope() {
    var name = /** @type {HTMLElement} */ (page).dataset.column || "", value = /** @type {HTMLElement} */ (page).dataset.value || "";
    /** @type {Record<string, number[]>} */
    var chosen = {};
    if (name) chosen[name] = [valueOf(model.facet[name], value.replace(":default/", ":"))];
    return { words: [], chosen: chosen };
  }

  function update() {
    if (!model) return;
    /** @type {Record<string, number[]>} */
    var chosen = {};
    Object.keys(state.chosen).forEach((name) => {
      chosen[name] = state.chosen[name].map((key) => valueOf(model.facet[name], key)).filter((value) => value >= 0);
      // A value that is gone from the catalog fits nothing.
      if (state.chosen[name].length && !chosen[name].length) chosen[name] = [-1];
    });
    var found = model.filter(scope(), { words: state.q.toLowerCase().split(/\s+/).filter(Boolean), chosen: chosen });
    counts = found.counts;
    var down = state.sort[0] === "-";
    rows = state.sort ? model.sort(found.rows, state.sort.replace("-", ""), down) : found.rows;
    showFacets();
    showChips();
    // Pages after the first stay what they are until something is asked for.
    if (taken || changed() || (pager && first === 1)) take();
    if (!taken || (!changed() && !pager)) count.textContent = written;
    else if (filtered()) count.textContent = t("{n} of {total}", { n: number(rows.length), total: counted(found.total, "entity", "entities") });
    else count.textContent = counted(rows.length, "entity", "entities");
  }

  // ---- Facets

  /** @type {Record<string, {open: boolean, all: boolean, find: string}>} */
  var views = {};
  var form = make("form", { className: "filters-form", "aria-label": t("Filters") });
  form.addEventListener("submit", (/** @type {Event} */ event) => { event.preventDefault(); });
  /** @type {Record<string, HTMLElement>} */
  var boxes = {};
  // Facets of which the whole list has several values.
  /** @type {Set<string>} */
  var useful = new Set();

  /** Values that rows have, those that are chosen first. @param {Facet} facet @param {string[]} chosen */
  function options(facet, chosen) {
    var sums = /** @type {Int32Array} */ (counts.get(facet));
    /** @type {number[]} */
    var values = [];
    for (var value = 0; value < facet.keys.length; value++) {
      if (sums[value] > 0 || chosen.includes(facet.keys[value])) values.push(value);
    }
    return values.sort((a, b) => sums[b] - sums[a] || (a && b ? a - b : b - a));
  }

  /** @param {Facet} facet */
  function fill(facet) {
    var view = views[facet.name], box = boxes[facet.name], chosen = state.chosen[facet.name] || [];
    var values = options(facet, chosen), sums = /** @type {Int32Array} */ (counts.get(facet));
    var find = view.find.toLowerCase();
    var fitting = find ? values.filter((value) => label(facet, value).toLowerCase().includes(find)) : values;
    // What is chosen is never hidden.
    var most = find || view.all ? MOST : SHOWN;
    var shown = fitting.filter((value, at) => at < most || chosen.includes(facet.keys[value]));
    var list = /** @type {HTMLElement} */ (box.querySelector("ul"));
    list.replaceChildren(...shown.map((value) => {
      var name = facet.name, key = facet.keys[value];
      var check = make("input", { type: "checkbox", checked: chosen.includes(key), name: name, value: key });
      return make("li", {}, [make("label", { className: "choice", title: label(facet, value) }, [check,
        make("span", { className: value ? "" : "none" }, [label(facet, value)]), make("span", { className: "count" }, [number(sums[value])])])]);
    }));
    var more = /** @type {HTMLButtonElement} */ (box.querySelector(".choices-more"));
    more.hidden = !!find || values.length <= SHOWN;
    more.textContent = view.all ? t("Show less") : t("Show all {n}", { n: number(values.length) });
    more.setAttribute("aria-expanded", String(view.all));
    var note = /** @type {HTMLElement} */ (box.querySelector(".choices-note"));
    note.hidden = fitting.length ? fitting.length <= MOST || most < MOST : !find;
    note.textContent = fitting.length ? t("{n} more: narrow it by a word", { n: number(fitting.length - shown.length) }) : t("Nothing has this word.");
    var field = /** @type {HTMLElement} */ (box.querySelector(".choices-find"));
    field.hidden = !view.find && values.length <= SEARCHED;
    var badge = /** @type {HTMLElement} */ (box.querySelector("summary .count"));
    badge.hidden = !chosen.length;
    badge.textContent = String(chosen.length);
  }

  /** @param {Facet} facet @param {number} at */
  function build(facet, at) {
    /** @type {{open: boolean, all: boolean, find: string}} */
    var view = views[facet.name] = { open: at < OPEN || !!(state.chosen[facet.name] || []).length, all: false, find: "" };
    var find = make("input", { type: "search", className: "choices-find", autocomplete: "off", spellcheck: false,
      placeholder: t("Find in {name}", { name: NAMES[facet.name] }), "aria-label": t("Find in {name}", { name: NAMES[facet.name] }) });
    find.addEventListener("input", () => { view.find = find.value.trim(); fill(facet); });
    var more = make("button", { type: "button", className: "choices-more" });
    more.addEventListener("click", () => { view.all = !view.all; fill(facet); });
    var list = make("ul");
    list.addEventListener("change", (/** @type {any} */ event) => {
      var value = event.target.value;
      choose(facet.name, value, event.target.checked);
      var again = Array.from(/** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll("input"))).find((box) => box.value === value);
      if (again) again.focus();
    });
    boxes[facet.name] = make("details", { className: "choices", open: view.open }, [
      make("summary", {}, [make("span", {}, [NAMES[facet.name]]), make("span", { className: "count", hidden: true })]),
      find, make("div", { role: "group", "aria-label": NAMES[facet.name] }, [list]), more, make("p", { className: "choices-note", hidden: true })]);
    return boxes[facet.name];
  }

  function showFacets() {
    model.facets.forEach((/** @type {Facet} */ facet) => { if (boxes[facet.name]) fill(facet); });
  }

  function enhanceRail() {
    var facets = model.facets.filter((/** @type {Facet} */ facet) => !fixed(facet.name));
    var whole = model.filter(scope(), { words: [], chosen: {} }).counts;
    facets.forEach((/** @type {Facet} */ facet) => {
      if (whole.get(facet).filter((/** @type {number} */ sum) => sum > 0).length > 1) useful.add(facet.name);
    });
    form.append(...facets.filter((/** @type {Facet} */ facet) => useful.has(facet.name) || state.chosen[facet.name]).map(build));
    ways.querySelectorAll("[data-way]").forEach((way) => { way.remove(); });
    if (!fixed("kind")) ways.querySelectorAll("[data-kinds]").forEach((way) => { way.remove(); });
    ways.hidden = !ways.children.length;
    rail.append(form);
  }

  // ---- What is filtered by

  function showChips() {
    /** @type {HTMLElement[]} */
    var items = [];
    /** @param {string} name @param {string} value @param {() => void} remove */
    function chip(name, value, remove) {
      var at = items.length;
      var button = make("button", { type: "button", className: "chip", "aria-label": t("Remove the filter {name}", { name: name + ": " + value }) },
        [make("span", {}, [make("b", {}, [name + " "]), value]), icon("close")]);
      button.addEventListener("click", () => {
        remove();
        var left = /** @type {NodeListOf<HTMLElement>} */ (chips.querySelectorAll("button"));
        (left[Math.min(at, left.length - 1)] || input).focus();
      });
      items.push(button);
    }
    if (state.q.trim()) chip(t("Text"), state.q.trim(), () => { state.q = input.value = ""; remember(); update(); });
    FACETS.forEach((name) => {
      (state.chosen[name] || []).forEach((key) => {
        var value = valueOf(model.facet[name], key);
        chip(NAMES[name], value < 0 ? key : label(model.facet[name], value), () => { choose(name, key, false); });
      });
    });
    if (items.length) {
      var all = make("button", { type: "button", className: "chip-clear" }, [t("Clear all")]);
      all.addEventListener("click", clear);
      items.push(all);
    }
    chips.replaceChildren(...items);
    chips.hidden = !items.length;
  }

  // ---- Rows

  /** @param {any} target */
  function entity(target) {
    if (target.path === null) {
      return make("span", { className: "entity missing", title: t("{name} is not in this catalog", { name: target.ref }) }, [make("span", {}, [target.title])]);
    }
    return make("a", { href: root + target.path }, [make("bdi", {}, [target.title])]);
  }

  /** @param {string} word */
  function lifecycle(word) {
    var known = ["production", "experimental", "deprecated"].includes(word) ? " is-" + word : "";
    return make("span", { className: "badge" + known }, [word]);
  }

  /** @param {number} value */
  function tag(value) {
    var key = model.values.tags[value - 1];
    var link = make("a", { className: "tag", href: root + "lists/all.html?tag=" + encodeURIComponent(key) }, [model.tagLabel(value)]);
    link.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      choose("tag", key, true);
    });
    return link;
  }

  /** @param {number} row @param {string} column @returns {(Node | string)[]} */
  function cell(row, column) {
    if (column === "kind") return [model.kindLabel(row)];
    if (column === "namespace") return [model.namespace(row)];
    if (column === "type") return [model.facet.type.labels[model.value("type", row)]].filter(() => model.value("type", row) > 0);
    if (column === "lifecycle") {
      var value = model.value("lifecycle", row);
      return value ? [lifecycle(model.facet.lifecycle.labels[value])] : [];
    }
    if (column === "owner" || column === "system" || column === "domain") {
      var target = model.target(column, row);
      return target ? [entity(target)] : [];
    }
    if (column === "tags") {
      var tags = model.tagsOf(row);
      if (!tags.length) return [];
      return [tag(tags[0])].concat(tags.length > 1 ? [" +" + (tags.length - 1)] : []);
    }
    if (column === "docs") return model.docs(row) ? [icon("docs"), make("span", { className: "visually-hidden" }, [VALUES.yes])] : [];
    var found = model.findings(row), all = found.errors + found.warnings;
    return all ? [make("a", { href: root + model.path(row) + "#findings" }, [number(all)])] : [];
  }

  /** @param {number} row @param {number} at */
  function rowOf(row, at) {
    var kind = model.kind(row).toLowerCase();
    var name = make("td", {}, [make("a", { href: root + model.path(row) }, [icon(kind, "k-" + kind), make("bdi", {}, [model.title(row)])])]);
    var found = model.findings(row), all = found.errors + found.warnings;
    if (all) {
      var tone = found.errors ? "error" : "warning";
      name.append(make("a", { className: "row-findings is-" + tone, href: root + model.path(row) + "#findings" }, [icon(tone),
        make("span", { className: "visually-hidden" }, [counted(all, "finding", "findings")])]));
    }
    name.append(make("p", {}, [model.text(row) || ""]));
    return make("tr", { "aria-rowindex": at + 2 }, [name].concat(columns().map((column) => make("td", {}, cell(row, column)))));
  }

  /** The rows that are in the page, by their place. @type {Map<number, HTMLElement>} */
  var inPage = new Map();
  var height = 54;

  /** What is in view, as places from and to. */
  function view() {
    if (rows.length <= ALL) return [0, rows.length];
    var top = -body.getBoundingClientRect().top, screen = innerHeight;
    var from = Math.max(0, Math.floor(top / height) - AROUND);
    return [Math.min(from, rows.length - 1), Math.min(rows.length, Math.ceil((top + screen) / height) + AROUND)];
  }

  /** @param {number} many */
  function space(many) {
    var cell = make("td", { colSpan: columns().length + 1 });
    cell.style.height = many * height + "px";
    return make("tr", { className: "space", "aria-hidden": "true" }, [cell]);
  }

  function draw() {
    if (!taken) return;
    var range = view(), wanted = [];
    for (var at = range[0]; at < range[1]; at++) wanted.push(at);
    // The row that has the focus stays, wherever it is.
    var active = doc.activeElement && body.contains(doc.activeElement) ? doc.activeElement.closest("tr") : null;
    inPage.forEach((row, at) => { if (row === active && (at < range[0] || at >= range[1])) wanted.push(at); });
    wanted.sort((a, b) => a - b);
    var keep = new Set(wanted), fresh = wanted.filter((at) => !inPage.has(at));
    inPage.forEach((row, at) => { if (!keep.has(at)) { row.remove(); inPage.delete(at); } });
    body.querySelectorAll(".space").forEach((one) => { one.remove(); });
    fresh.forEach((at) => { inPage.set(at, rowOf(rows[at], at)); });
    // Rows that are there already are not moved: moving takes the focus.
    var next = body.firstElementChild, last = 0;
    wanted.forEach((at) => {
      var row = /** @type {HTMLElement} */ (inPage.get(at));
      if (at > last) body.insertBefore(space(at - last), next);
      if (row === next) next = row.nextElementSibling;
      else body.insertBefore(row, next);
      last = at + 1;
    });
    if (last < rows.length) body.append(space(rows.length - last));
    describe();
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  var settled;
  // Descriptions come when scrolling rests.
  function describe() {
    clearTimeout(settled);
    settled = setTimeout(() => {
      var places = Array.from(inPage.keys());
      model.loadTexts(places.map((at) => rows[at])).then(() => {
        inPage.forEach((row, at) => {
          var text = row.querySelector("p");
          if (text && !text.textContent) text.textContent = model.text(rows[at]) || "";
        });
      }, () => { });
    }, 80);
  }

  function heads() {
    var row = /** @type {HTMLTableElement} */ (table).tHead;
    if (!row) return;
    var line = row.rows[0];
    line.replaceChildren(...["name"].concat(columns()).map((column) => {
      var name = NAMES[column], head = make("th", { scope: "col", className: "col-" + column });
      if (UNSORTED.includes(column)) { head.append(name); return head; }
      var now = state.sort.replace("-", "") === column ? (state.sort[0] === "-" ? "descending" : "ascending") : "";
      if (now) head.setAttribute("aria-sort", now);
      var button = make("button", { type: "button" }, [name]);
      button.addEventListener("click", () => {
        state.sort = now === "ascending" ? "-" + column : now ? "" : column;
        remember();
        update();
        var again = /** @type {HTMLElement | null} */ (line.querySelector(".col-" + column + " button"));
        if (again) again.focus();
      });
      head.append(button);
      return head;
    }));
    line.setAttribute("aria-rowindex", "1");
  }

  /** Shows the result in the place of the rows that were written. */
  function take() {
    taken = true;
    heads();
    inPage.clear();
    body.replaceChildren();
    /** @type {HTMLTableElement} */ (table).setAttribute("aria-rowcount", String(rows.length + 1));
    none.hidden = rows.length > 0;
    frame.hidden = !rows.length;
    if (pager) pager.hidden = true;
    if (rest) rest.hidden = true;
    measure();
    draw();
    if (body.getBoundingClientRect().top < 0 && rows.length <= ALL && frame.getBoundingClientRect().bottom < 0) frame.scrollIntoView();
  }

  function measure() {
    if (!rows.length) return;
    var row = rowOf(rows[0], 0);
    body.append(row);
    height = row.getBoundingClientRect().height || height;
    row.remove();
  }

  // From row to row by the arrows.
  body.addEventListener("keydown", (event) => {
    var row = /** @type {HTMLElement} */ (event.target).closest("tr");
    var step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (!row || !step || !taken || event.altKey || event.ctrlKey || event.metaKey) return;
    var at = Number(row.getAttribute("aria-rowindex")) - 2, to = Math.max(0, Math.min(rows.length - 1, at + step));
    event.preventDefault();
    var next = inPage.get(to);
    if (!next) {
      scrollTo(0, scrollY + body.getBoundingClientRect().top + to * height - innerHeight / 2);
      draw();
      next = inPage.get(to);
    }
    if (next) /** @type {HTMLElement} */ (next.querySelector("a")).focus();
  });
  var waits = false;
  function scrolled() {
    if (waits || rows.length <= ALL) return;
    waits = true;
    requestAnimationFrame(() => { waits = false; draw(); });
  }

  // ---- View and download

  function showView() {
    var select = /** @type {HTMLSelectElement} */ (one(".menu-sort select")), box = one(".menu-columns");
    var sorts = ["name"].concat(COLUMNS.filter((column) => !UNSORTED.includes(column)));
    select.replaceChildren(make("option", { value: "" }, [t("As listed")]), ...sorts.flatMap((column) => {
      var name = NAMES[column];
      return [make("option", { value: column }, [name]), make("option", { value: "-" + column }, [t("{name}, descending", { name: name })])];
    }));
    select.value = state.sort;
    select.onchange = () => { state.sort = select.value; remember(); update(); };
    box.replaceChildren(...COLUMNS.map((column) => {
      var check = make("input", { type: "checkbox", checked: columns().includes(column), value: column });
      check.addEventListener("change", () => {
        state.columns = COLUMNS.filter((one) => one === column ? check.checked : columns().includes(one));
        if (!state.columns.length) { state.columns = [column]; check.checked = true; }
        try { localStorage.setItem(KEY, state.columns.join(" ")); } catch (_) { }
        remember(true);
        update();
      });
      return make("label", { className: "choice" }, [check, make("span", {}, [NAMES[column]])]);
    }));
  }

  /** @param {string} format */
  function download(format) {
    var wanted = rows.slice(), name = (location.pathname.split("/").pop() || "list").replace(/\.html$/, "");
    count.textContent = t("The file is being prepared.");
    model.loadTexts(wanted).catch(() => { }).then(() => {
      var records = wanted.map(model.record);
      records.forEach((record) => { record.url = new URL(root + record.path, location.href).href; delete record.path; });
      if (format === "json") window.catalogFile.save(name + ".json", "application/json", JSON.stringify(records, null, 1) + "\n");
      else window.catalogFile.csv(name + ".csv", records);
      update();
    });
  }

  var menus = /** @type {NodeListOf<HTMLDetailsElement>} */ (page.querySelectorAll(".menu"));
  doc.addEventListener("click", (event) => {
    menus.forEach((menu) => { if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false; });
  });
  menus.forEach((menu) => {
    menu.addEventListener("toggle", () => { if (menu.open && menu.dataset.menu === "view") showView(); });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      /** @type {HTMLElement} */ (menu.querySelector("summary")).focus();
    });
  });

  // ---- Beginning

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  var typing;
  function begin() {
    enhanceRail();
    heads();
    update();
    frame.classList.remove("is-waiting");
    input.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => { state.q = input.value; remember(true); update(); }, 120);
    });
    page?.addEventListener("click", (event) => {
      var button = /** @type {HTMLElement} */ (event.target).closest("button");
      if (button && button.dataset.download) { download(button.dataset.download); menus.forEach((menu) => { menu.open = false; }); }
      if (button && "clear" in button.dataset) clear();
    });
    addEventListener("scroll", scrolled, { passive: true });
    addEventListener("resize", () => { if (taken) { measure(); draw(); } }, { passive: true });
    addEventListener("popstate", () => { read(); input.value = state.q; update(); });
  }

  read();
  input.value = state.q;
  controls.hidden = false;
  if (changed()) frame.classList.add("is-waiting");
  source.open(page.dataset.head, page.dataset.folder, page.dataset.column === "kind" ? page.dataset.value : "").then((/** @type {any} */ loaded) => { model = loaded; begin(); }, () => {
    frame.classList.remove("is-waiting");
    controls.remove();
    count.textContent = written;
    frame.before(make("p", { className: "list-fault", role: "status" }, [t("Filtering is not possible, because a file of its data could not be loaded. The list itself is whole.")]));
  });
})();
