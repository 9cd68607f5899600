// What pages can do beyond being read. Classic and deferred: it runs from a file too.
(function () {
  "use strict";
  var doc = document;

  function all(selector, within) { return Array.from((within || doc).querySelectorAll(selector)); }
  function make(name, properties) { return Object.assign(doc.createElement(name), properties); }

  var status = doc.body.appendChild(make("p", { className: "visually-hidden" }));
  status.setAttribute("role", "status");

  // Without TLS there is no clipboard.
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
    if (!frame.matches(".code, .diagram, .example")) {
      frame = make("div", { className: "code" });
      pre.replaceWith(frame);
      frame.append(pre);
    }
    var title = frame.querySelector("figcaption");
    var button = make("button", { type: "button", className: "copy", textContent: "Copy" });
    button.setAttribute("aria-label", "Copy code" + (title ? ": " + title.textContent : ""));
    button.addEventListener("click", () => {
      function say(word) {
        button.textContent = word;
        status.textContent = "";
        setTimeout(() => { status.textContent = word; }, 50);
        setTimeout(() => { button.textContent = "Copy"; }, 2000);
      }
      copy(pre.textContent).then(() => say("Copied"), () => {
        getSelection().selectAllChildren(pre);
        say("Selected");
      });
    });
    frame.classList.add("has-copy");
    frame.append(button);
  });

  // Ctrl+K leads to the search.
  var box = doc.querySelector("[data-search]");
  if (box) addEventListener("keydown", (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // Marks the heading in view.
  var toc = doc.getElementById("docs-toc");
  var entries = toc ? all("a[href^='#']", toc).map((link) => {
    return { link, heading: doc.getElementById(decodeURIComponent(link.hash.slice(1))) };
  }).filter((entry) => entry.heading) : [];
  var current = null, waits = false;

  function spy() {
    waits = false;
    var line = (parseFloat(getComputedStyle(doc.documentElement).scrollPaddingTop) || 0) + 24;
    var found = null;
    entries.some((entry) => {
      if (entry.heading.getBoundingClientRect().top > line) return true;
      found = entry;
    });
    if (scrollY > 0 && innerHeight + scrollY >= doc.documentElement.scrollHeight - 2) found = entries[entries.length - 1];
    if (found === current) return;
    if (current) current.link.removeAttribute("aria-current");
    current = found;
    if (!found) return;
    found.link.setAttribute("aria-current", "true");
    show(toc, found.link);
  }

  function show(box, inside) {
    var a = box.getBoundingClientRect(), b = inside.getBoundingClientRect();
    if (b.top < a.top || b.bottom > a.bottom) box.scrollTop += b.top - a.top - box.clientHeight / 2;
  }

  if (entries.length) {
    var look = () => { if (!waits) { waits = true; requestAnimationFrame(spy); } };
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look, { passive: true });
    spy();
    toc.addEventListener("click", (event) => {
      if (event.target.closest("a") && toc.matches(":popover-open")) toc.hidePopover();
    });
  }
  all(".docs-nav").forEach((box) => {
    var here = box.querySelector("li [aria-current]");
    if (here) show(box, here);
  });

  // Tabs with one label are chosen together, on later pages too.
  var KEY = "catalog-tabs", chosen = [];
  try { chosen = JSON.parse(localStorage.getItem(KEY)) || []; } catch (_) { }
  if (!Array.isArray(chosen)) chosen = [];

  function label(input) { return input.labels.length ? input.labels[0].textContent.trim() : ""; }

  function choose(wanted) {
    all(".tabs > input").forEach((input) => { if (label(input) === wanted) input.checked = true; });
  }

  if (doc.querySelector(".tabs")) {
    chosen.slice().reverse().forEach(choose);
    doc.addEventListener("change", (event) => {
      if (!event.target.matches(".tabs > input")) return;
      var wanted = label(event.target), box = event.target.parentElement;
      var top = box.getBoundingClientRect().top;
      choose(wanted);
      scrollBy(0, box.getBoundingClientRect().top - top);
      chosen = [wanted].concat(chosen.filter((one) => one !== wanted)).slice(0, 20);
      try { localStorage.setItem(KEY, JSON.stringify(chosen)); } catch (_) { }
    });
  }

  // Images shown smaller than they are can be enlarged.
  function enlarge(image) {
    var close = make("button", { type: "button", className: "button", textContent: "Close" });
    var dialog = make("dialog", { className: "zoomed" });
    dialog.setAttribute("aria-label", image.alt || "Image");
    dialog.append(make("img", { src: image.currentSrc || image.src, alt: image.alt }), close);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    doc.body.append(dialog);
    dialog.showModal();
  }

  function zoomable(image) {
    if (image.closest("a, button") || image.naturalWidth < image.clientWidth * 1.2 || !image.clientWidth) return;
    var button = make("button", { type: "button", className: "zoom" });
    button.setAttribute("aria-label", "Enlarge" + (image.alt ? ": " + image.alt : " image"));
    button.addEventListener("click", () => enlarge(image));
    image.replaceWith(button);
    button.append(image);
  }

  all(".prose img").forEach((image) => {
    if (image.complete) zoomable(image);
    else image.addEventListener("load", () => zoomable(image), { once: true });
  });
})();
