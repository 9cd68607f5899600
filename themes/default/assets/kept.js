// What a reader keeps in the browser, and nowhere else: pages with a star, pages seen last, the reader's
// team, whether `/` leads to the search. By site, because all files of a computer share one store.
(function () {
  "use strict";
  var doc = document, body = doc.body, script = /** @type {HTMLScriptElement | null} */ (doc.currentScript);
  if (!script) return;
  var root = script.src.replace(/assets\/[^/]*$/, ""), KEY = "catalog:" + root, MOST = 8, MOST_STARS = 100;
  var t = catalogTexts.t;

  /** @returns {CatalogKept} */
  function read() {
    var kept = {};
    try { kept = JSON.parse(localStorage.getItem(KEY) || "{}") || {}; } catch (_) { }
    /** @type {any} */
    var known = kept;
    /** @param {any} list */
    var pages = (list) => Array.isArray(list) ? list.filter((page) => page && typeof page.path === "string" && typeof page.title === "string") : [];
    var team = Array.isArray(known.team) ? known.team.filter((/** @type {any} */ one) => typeof one === "string") : [];
    return { recent: pages(known.recent), starred: pages(known.starred), team: team, teamTitle: String(known.teamTitle || ""), slash: known.slash !== false };
  }
  /** @param {Partial<CatalogKept>} change */
  function write(change) {
    try { localStorage.setItem(KEY, JSON.stringify(Object.assign(read(), change))); } catch (_) { }
  }
  window.catalogKept = { root: root, read: read, write: write };

  var here = location.href.split(/[?#]/)[0], title = doc.querySelector("main h1"), label = body.dataset.kept;
  if (!label || !title || !here.startsWith(root)) return;
  var page = { title: (title.textContent || "").trim(), label: label, path: here.slice(root.length) };
  /** @param {CatalogPage} one */
  function isOther(one) { return one.path !== page.path; }
  write({ recent: [page].concat(read().recent.filter(isOther)).slice(0, MOST) });

  /** A button that is pressed or not. @param {string} name @param {string} symbol @param {() => boolean} is @param {(on: boolean) => void} set */
  function toggle(name, symbol, is, set) {
    var button = doc.createElement("button"), icon = doc.createElement("span");
    button.type = "button";
    button.className = "button keep";
    icon.setAttribute("aria-hidden", "true");
    icon.className = "keep-" + symbol;
    button.append(icon, name);
    button.setAttribute("aria-pressed", String(is()));
    button.addEventListener("click", () => {
      set(!is());
      button.setAttribute("aria-pressed", String(is()));
    });
    return button;
  }

  var bar = doc.querySelector("[data-keep]");
  if (!bar) return;
  bar.append(toggle(t("Star"), "star", () => !read().starred.every(isOther), (on) => {
    var rest = read().starred.filter(isOther);
    write({ starred: on ? [page].concat(rest).slice(0, MOST_STARS) : rest });
  }));
  var team = (body.dataset.team || "").split(" ").filter(Boolean);
  if (team.length) bar.append(toggle(t("My team"), "team", () => read().team[0] === team[0], (on) => {
    write(on ? { team: team, teamTitle: page.title } : { team: [], teamTitle: "" });
  }));
})();
