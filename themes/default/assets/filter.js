// Lists of operations can be filtered by text, group, verb and deprecation. Only pages with such a
// list load this. Classic and deferred, so that it runs from a file too; nothing is loaded.
(function () {
  "use strict";
  var doc = document, t = catalogTexts.t;

  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
  function all(selector, within) { return Array.from((within || doc).querySelectorAll(selector)); }
  /** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {object} properties */
  function make(name, properties) { return Object.assign(doc.createElement(name), properties); }

  all("[data-filter]").forEach((list) => {
    var rows = all("li", list).map((li) => {
      var verb = li.querySelector(".verb");
      return { li: li, text: (li.textContent || "").toLowerCase(), group: li.dataset.group || "",
        verb: verb && verb.textContent || "", old: !!li.querySelector(".is-deprecated") };
    });
    if (rows.length < 6) return;
    var bar = make("form", { className: "api-filter" });
    bar.setAttribute("role", "search");
    bar.setAttribute("aria-label", t("Filter operations"));
    var text = make("input", { type: "search", placeholder: t("Filter operations") });
    text.setAttribute("aria-label", t("Text"));
    bar.append(text);

    /** @param {string} name @param {"group" | "verb"} key */
    function pick(name, key) {
      var values = Array.from(new Set(rows.map((row) => row[key]))).filter(Boolean);
      if (values.length < 2) return null;
      var select = make("select", {});
      select.setAttribute("aria-label", name);
      select.append(make("option", { value: "", textContent: t("{name}: all", { name: name }) }));
      values.forEach((value) => { select.append(make("option", { value: value, textContent: value })); });
      bar.append(select);
      return select;
    }
    var group = pick(t("Group"), "group"), verb = pick(t("Method"), "verb");
    /** @type {HTMLSelectElement | undefined} */
    var old;
    if (rows.some((row) => row.old)) {
      var choice = old = make("select", {});
      choice.setAttribute("aria-label", t("Deprecation"));
      [["", t("Deprecated or not")], ["no", t("Not deprecated")], ["yes", t("Deprecated")]].forEach((one) => {
        choice.append(make("option", { value: one[0], textContent: one[1] }));
      });
      bar.append(choice);
    }
    var count = make("span", { className: "muted" });
    count.setAttribute("role", "status");
    bar.append(count);

    function apply() {
      var words = text.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      rows.forEach((row) => {
        var fits = words.every((word) => row.text.indexOf(word) >= 0) &&
          (!group || !group.value || row.group === group.value) && (!verb || !verb.value || row.verb === verb.value) &&
          (!old || !old.value || (old.value === "yes") === row.old);
        row.li.hidden = !fits;
        if (fits) shown++;
      });
      count.textContent = shown === rows.length ? "" : t("{n} of {total}", { n: shown, total: rows.length });
    }
    bar.addEventListener("input", apply);
    bar.addEventListener("submit", (event) => { event.preventDefault(); });
    list.before(bar);
  });
})();
