// How results of the search look, in the box and on its page.
(function () {
  "use strict";
  var doc = document, texts = catalogTexts, t = texts.t, MOST_SECTIONS = 3, SNIPPET = 220;

  /** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {string} [className] @param {string} [text] */
  function make(name, className, text) {
    var element = doc.createElement(name);
    if (className) element.className = className;
    if (text) element.append(text);
    return element;
  }

  /** A text with the words of the query marked. @template {HTMLElement} E @param {E} element @param {string} text @param {CatalogMarks} marks @param {number} [most] @returns {E} */
  function marked(element, text, marks, most) {
    window.catalogMarks.cut(text, marks, most).forEach((piece) => {
      element.append(piece.isMarked ? make("mark", "", piece.text) : piece.text);
    });
    return element;
  }

  /** @param {CatalogHit} hit */
  function section(hit) { return hit.row && hit.section !== undefined ? hit.row.sections[hit.section] : undefined; }
  /** @param {string} href @param {string} anchor */
  function to(href, anchor) { return anchor ? href.split("#")[0] + "#" + encodeURIComponent(anchor) : href; }
  /** Where a hit leads: to the section that has the words. @param {CatalogHit} hit */
  function href(hit) {
    var found = section(hit);
    return hit.row ? to(hit.row.href, found ? found[1] : "") : "";
  }
  /** What it belongs to. @param {CatalogRow} row */
  function around(row) { return [row.context, row.owner].filter((part, at, all) => part && all.indexOf(part) === at).join(" · "); }
  /** The text that says why. @param {CatalogHit} hit */
  function text(hit) {
    if (!hit.row) return "";
    var found = section(hit) || hit.row.sections.find((one) => one[2]);
    return hit.row.text && hit.section === undefined ? hit.row.text : found ? found[2] : hit.row.text;
  }

  /** @param {HTMLElement} element @param {CatalogHit} hit @param {CatalogMarks} marks @param {number} most */
  function option(element, hit, marks, most) {
    var row = hit.row, found = section(hit);
    if (!row) return;
    var head = make("span", "find-head"), title = marked(make("span", "find-title"), row.title, marks);
    title.dir = "auto";
    if (found && found[0]) title.append(" › ", marked(make("span"), found[0], marks));
    head.append(title, make("span", "find-label", row.label));
    element.append(head);
    if (around(row)) element.append(marked(make("span", "find-around"), around(row), marks));
    var says = text(hit);
    if (says) {
      var snippet = marked(make("span", "find-text"), says, marks, most);
      snippet.dir = "auto";
      element.append(snippet);
    }
  }

  /** @param {HTMLElement} element @param {string} title @param {string} label */
  function plain(element, title, label) {
    var head = make("span", "find-head"), name = make("span", "find-title", title);
    name.dir = "auto";
    head.append(name);
    if (label) head.append(make("span", "find-label", label));
    element.append(head);
  }

  /** @param {CatalogHit} hit @param {CatalogMarks} marks */
  function item(hit, marks) {
    var row = hit.row, element = make("li", "hit"), head = make("p", "hit-head");
    if (!row) return element;
    var link = marked(make("a", "hit-title"), row.title, marks);
    link.href = row.href;
    link.dir = "auto";
    head.append(link, make("span", "hit-kind", row.label));
    element.append(head);
    var says = text(hit), owner = row.owner && t("owner: {name}", { name: row.owner });
    var where = [row.context, owner].filter(Boolean).join(" · ");
    if (where) element.append(marked(make("p", "hit-around"), where, marks));
    if (says) {
      var snippet = marked(make("p", "hit-text"), says, marks, SNIPPET);
      snippet.dir = "auto";
      element.append(snippet);
    }
    var chosen = section(hit);
    var sections = row.sections.filter((one) => one[1] && (one === chosen || window.catalogMarks.window(one[0], marks) > 0.3)).slice(0, MOST_SECTIONS);
    if (sections.length) {
      var inner = make("ul", "hit-sections");
      sections.forEach((one) => {
        var entry = make("li"), link = marked(make("a"), one[0], marks);
        link.href = to(row ? row.href : "", one[1]);
        entry.append(link);
        inner.append(entry);
      });
      element.append(inner);
    }
    return element;
  }

  /** @param {CatalogResult} result @param {string} query @param {number} [count] */
  function said(result, query, count) {
    var number = count === undefined ? result.hits.length : count, short = query.length > 60 ? query.slice(0, 60) + "…" : query;
    var results = texts.counted(number, "result", "results");
    var says = result.unknown ? t("Nothing has “{text}”.", { text: result.unknown }) : !number ? t("Nothing was found for “{text}”.", { text: short }) :
      result.isNear ? t("Nothing has “{text}”; {results} with similar names.", { text: short, results: results }) : result.isPart ? t("{results}: none has all of the words, these have some.", { results: results }) :
        t("{results} for “{text}”.", { results: results, text: short });
    return result.isBroken ? says + " " + t("A part of the index is missing or old; load the page again.") : says;
  }

  window.catalogShow = { option: option, plain: plain, item: item, href: href, said: said };
})();
