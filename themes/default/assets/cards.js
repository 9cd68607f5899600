// Shows what a link to an entity leads to, when the pointer rests on it or the keyboard is there.
// Cards stand in small scripts, loaded once and when they are first wanted, so that this works from
// files too. Nothing is lost without it. Classic and deferred.
(function () {
  "use strict";
  var doc = document;
  var script = /** @type {HTMLScriptElement | null} */ (doc.currentScript);
  var count = Number(doc.body.dataset.cards);
  if (!script || !count) return;
  var root = script.src.replace(/assets\/[^/]*$/, "");
  var ENTITY = /^catalog\/[^/]+\/[^/]+\/[^/]+\.html$/;
  var SHOW = 350, HIDE = 150, GAP = 8;

  /** @type {Record<number, Promise<Record<string, string>>>} */
  var files = {};
  /** @type {Record<number, (cards: Record<string, string>) => void>} */
  var waiting = {};
  window.catalogCards = (number, cards) => { if (waiting[number]) waiting[number](cards); };

  // FNV-1a, as src/site/cards.rs has it. Paths have only ASCII.
  /** @param {string} path */
  function fileOf(path) {
    var hash = 0x811c9dc5;
    for (var at = 0; at < path.length; at++) hash = Math.imul(hash ^ path.charCodeAt(at), 0x01000193);
    return (hash >>> 0) % count;
  }

  /** @param {number} number */
  function load(number) {
    if (!files[number]) files[number] = new Promise((resolve) => {
      waiting[number] = resolve;
      var file = doc.createElement("script");
      file.src = root + "cards/" + number + ".js";
      file.onerror = () => resolve({});
      doc.head.append(file);
    });
    return files[number];
  }

  // The path of the page that a link leads to, where it is that of another entity.
  /** @param {Element} link */
  function pathOf(link) {
    var url = new URL(link.getAttribute("href") || "", doc.baseURI);
    url.hash = "";
    if (!url.href.startsWith(root) || url.href === location.href.split("#")[0]) return "";
    var path = "";
    try { path = decodeURI(url.href.slice(root.length)); } catch (_) { }
    return ENTITY.test(path) ? path : "";
  }

  /** @type {HTMLElement | null} */
  var box = null;
  /** @type {Element | null} */
  var over = null;
  var timer = 0;

  function hide() {
    clearTimeout(timer);
    if (over && box && !box.hidden) over.removeAttribute("aria-describedby");
    if (box) box.hidden = true;
    over = null;
  }

  /** @param {DOMRect} a @param {{left: number, right: number, top: number, bottom: number}} b */
  function meets(a, b) { return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom; }

  // Below the link or above it, where there is room and nothing that has the focus.
  /** @param {Element} link @param {HTMLElement} card */
  function place(link, card) {
    var at = link.getClientRects()[0], width = card.offsetWidth, height = card.offsetHeight;
    if (!at) return false;
    var edge = doc.documentElement.clientWidth;
    var start = getComputedStyle(link).direction === "rtl" ? at.right - width : at.left;
    var left = Math.max(GAP, Math.min(start, edge - width - GAP));
    var focus = doc.activeElement && doc.activeElement !== doc.body ? doc.activeElement.getBoundingClientRect() : null;
    return [link.getBoundingClientRect().bottom + GAP, at.top - height - GAP].some((top) => {
      var there = { left: left, right: left + width, top: top, bottom: top + height };
      if (top < GAP || there.bottom > innerHeight - GAP || (focus && meets(focus, there))) return false;
      card.style.left = left + "px";
      card.style.top = top + "px";
      return true;
    });
  }

  /** @param {Element} link @param {string} html */
  function show(link, html) {
    var card = box;
    if (!card) {
      card = box = doc.createElement("div");
      card.id = "hover-card";
      card.className = "hover-card";
      card.setAttribute("role", "tooltip");
      card.addEventListener("pointerenter", () => clearTimeout(timer));
      card.addEventListener("pointerleave", later);
      doc.body.append(card);
    }
    card.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    card.hidden = false;
    if (place(link, card)) link.setAttribute("aria-describedby", card.id);
    else hide();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(hide, HIDE);
  }

  /** @param {EventTarget | null} target */
  function linkAt(target) {
    var link = target instanceof Element ? target.closest("main a[href]") : null;
    return link && pathOf(link) ? link : null;
  }

  /** @param {Element} link */
  function soon(link) {
    if (over === link) { clearTimeout(timer); return; }
    hide();
    over = link;
    var path = pathOf(link);
    timer = setTimeout(() => {
      load(fileOf(path)).then((cards) => { if (over === link && cards[path]) show(link, cards[path]); });
    }, SHOW);
  }

  doc.addEventListener("pointerover", (event) => {
    var link = event.pointerType === "mouse" ? linkAt(event.target) : null;
    if (link) soon(link);
  });
  doc.addEventListener("pointerout", (event) => {
    if (over && over.contains(/** @type {Node} */ (event.target)) && !over.contains(/** @type {Node | null} */ (event.relatedTarget))) later();
  });
  doc.addEventListener("focusin", (event) => {
    var link = linkAt(event.target);
    if (link && link.matches(":focus-visible")) soon(link);
    else hide();
  });
  doc.addEventListener("focusout", hide);
  doc.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide, { passive: true, capture: true });
})();
