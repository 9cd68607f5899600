// What pages can do beyond being read. Classic and deferred: it runs from a file too.
(function () {
  "use strict";
  var doc = document, t = catalogTexts.t;

  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
  function all(selector, within) { return Array.from((within || doc).querySelectorAll(selector)); }
  /** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {object} properties */
  function make(name, properties) { return Object.assign(doc.createElement(name), properties); }

  var status = doc.body.appendChild(make("p", { className: "visually-hidden" }));
  status.setAttribute("role", "status");

  // Without TLS there is no clipboard.
  /** @param {string} text @returns {Promise<void>} */
  function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    var area = doc.body.appendChild(make("textarea", { value: text, className: "visually-hidden" }));
    area.select();
    var done = doc.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject();
  }

  all(".prose pre.hl, .api-panel pre.hl").forEach((pre) => {
    var frame = pre.parentElement;
    if (!frame) return;
    if (!frame.matches(".code, .diagram, .example")) {
      frame = make("div", { className: "code" });
      pre.replaceWith(frame);
      frame.append(pre);
    }
    var title = frame.querySelector("figcaption");
    var button = make("button", { type: "button", className: "copy", textContent: t("Copy") });
    button.setAttribute("aria-label", title ? t("Copy code: {title}", { title: title.textContent || "" }) : t("Copy code"));
    button.addEventListener("click", () => {
      /** @param {string} word */
      function say(word) {
        button.textContent = word;
        status.textContent = "";
        setTimeout(() => { status.textContent = word; }, 50);
        setTimeout(() => { button.textContent = t("Copy"); }, 2000);
      }
      copy(pre.textContent || "").then(() => say(t("Copied")), () => {
        var selection = getSelection();
        if (selection) selection.selectAllChildren(pre);
        say(t("Selected"));
      });
    });
    frame.classList.add("has-copy");
    frame.append(button);
  });

  // Ctrl+K leads to the search.
  /** @type {HTMLInputElement | null} */
  var box = doc.querySelector("[data-search]");
  addEventListener("keydown", (event) => {
    if (!box || event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // Marks the heading in view.
  var toc = doc.getElementById("docs-toc");
  /** @typedef {{ link: HTMLElement, heading: HTMLElement }} Entry */
  /** @type {Entry[]} */
  var entries = [];
  if (toc) all("a[href^='#']", toc).forEach((link) => {
    var heading = doc.getElementById(decodeURIComponent((link.getAttribute("href") || "").slice(1)));
    if (heading) entries.push({ link, heading });
  });
  var waits = false;
  /** @type {Entry | undefined} */
  var current;

  function spy() {
    waits = false;
    var line = (parseFloat(getComputedStyle(doc.documentElement).scrollPaddingTop) || 0) + 24;
    var below = entries.findIndex((entry) => entry.heading.getBoundingClientRect().top > line);
    var found = entries[(below < 0 ? entries.length : below) - 1];
    if (scrollY > 0 && innerHeight + scrollY >= doc.documentElement.scrollHeight - 2) found = entries[entries.length - 1];
    if (found === current) return;
    if (current) current.link.removeAttribute("aria-current");
    current = found;
    if (!found || !toc) return;
    found.link.setAttribute("aria-current", "true");
    show(toc, found.link);
  }

  /** @param {HTMLElement} box @param {HTMLElement} inside */
  function show(box, inside) {
    var a = box.getBoundingClientRect(), b = inside.getBoundingClientRect();
    if (b.top < a.top || b.bottom > a.bottom) box.scrollTop += b.top - a.top - box.clientHeight / 2;
  }

  if (toc && entries.length) {
    var drawer = toc;
    var look = () => { if (!waits) { waits = true; requestAnimationFrame(spy); } };
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look, { passive: true });
    spy();
    drawer.addEventListener("click", (event) => {
      var inLink = event.target instanceof Element && event.target.closest("a");
      if (inLink && drawer.matches(":popover-open")) drawer.hidePopover();
    });
  }
  all(".docs-nav").forEach((box) => {
    var here = all("li [aria-current]", box)[0];
    if (here) show(box, here);
  });

  // Tabs with one label are chosen together, on later pages too.
  var KEY = "catalog-tabs";
  /** @type {string[]} */
  var chosen = [];
  try { chosen = JSON.parse(localStorage.getItem(KEY) || "[]"); } catch (_) { }
  if (!Array.isArray(chosen)) chosen = [];

  /** @param {Element} input */
  function label(input) {
    var first = input instanceof HTMLInputElement && input.labels && input.labels[0];
    return first ? (first.textContent || "").trim() : "";
  }

  /** @param {string} wanted */
  function choose(wanted) {
    all(".tabs > input").forEach((input) => {
      if (input instanceof HTMLInputElement && label(input) === wanted) input.checked = true;
    });
  }

  if (doc.querySelector(".tabs")) {
    chosen.slice().reverse().forEach(choose);
    doc.addEventListener("change", (event) => {
      var input = event.target;
      if (!(input instanceof HTMLElement && input.matches(".tabs > input"))) return;
      var wanted = label(input), box = input.parentElement || input;
      var top = box.getBoundingClientRect().top;
      choose(wanted);
      scrollBy(0, box.getBoundingClientRect().top - top);
      chosen = [wanted].concat(chosen.filter((one) => one !== wanted)).slice(0, 20);
      try { localStorage.setItem(KEY, JSON.stringify(chosen)); } catch (_) { }
    });
  }

  // Images shown smaller than they are can be enlarged.
  /** @param {HTMLImageElement} image */
  function enlarge(image) {
    var close = make("button", { type: "button", className: "button", textContent: t("Close") });
    var dialog = make("dialog", { className: "zoomed" });
    dialog.setAttribute("aria-label", image.alt || t("Image"));
    dialog.append(make("img", { src: image.currentSrc || image.src, alt: image.alt }), close);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    doc.body.append(dialog);
    dialog.showModal();
  }

  /** @param {HTMLImageElement} image */
  function zoomable(image) {
    if (image.closest("a, button") || image.naturalWidth < image.clientWidth * 1.2 || !image.clientWidth) return;
    var button = make("button", { type: "button", className: "zoom" });
    button.setAttribute("aria-label", image.alt ? t("Enlarge: {name}", { name: image.alt }) : t("Enlarge image"));
    button.addEventListener("click", () => enlarge(image));
    image.replaceWith(button);
    button.append(image);
  }

  all(".prose img").forEach((image) => {
    if (!(image instanceof HTMLImageElement)) return;
    if (image.complete) zoomable(image);
    else image.addEventListener("load", () => zoomable(image), { once: true });
  });
})();
