// Marks the section in view in the bar of the page, and keeps its mark visible. Classic and deferred.
(function () {
  "use strict";
  var doc = document;
  var bar = /** @type {HTMLElement | null} */ (doc.querySelector(".section-bar"));
  if (!bar) return;
  var nav = bar;
  /** @type {{link: HTMLAnchorElement, target: Element}[]} */
  var entries = [];
  nav.querySelectorAll("a").forEach((link) => {
    var target = doc.getElementById(link.hash.slice(1));
    if (target) entries.push({ link: link, target: target });
  });
  /** @type {HTMLAnchorElement | null} */
  var current = null;
  var waits = false;

  function spy() {
    waits = false;
    var line = (parseFloat(getComputedStyle(doc.documentElement).scrollPaddingTop) || 0) + 24;
    var found = entries[0];
    entries.forEach((entry) => { if (entry.target.getBoundingClientRect().top <= line) found = entry; });
    if (scrollY > 0 && innerHeight + scrollY >= doc.documentElement.scrollHeight - 2) found = entries[entries.length - 1];
    if (!found || found.link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = found.link;
    current.setAttribute("aria-current", "true");
    var box = nav.getBoundingClientRect(), mark = current.getBoundingClientRect();
    if (mark.left < box.left || mark.right > box.right) nav.scrollLeft += mark.left - box.left - box.width / 3;
  }

  function look() {
    if (waits) return;
    waits = true;
    requestAnimationFrame(spy);
  }
  addEventListener("scroll", look, { passive: true });
  addEventListener("resize", look, { passive: true });
  spy();
})();
