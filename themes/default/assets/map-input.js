// Moves over the map by hand: by wheel, pointer and fingers. Loaded when a hand comes to it.
(function () {
  "use strict";

  // A pointer that moves less has not been dragged; a wheel that turns more is one.
  var STILL = 5, PINCH = 40;

  /** @param {any} model @param {any} view @param {HTMLElement} stage @param {() => void} idle @param {PointerEvent[]} early */
  window.catalogMap.input = function (model, view, stage, idle, early) {
    var state = view.state;
    // The wheel and one finger scroll the page until the map, or a button of it, was clicked, tapped or come to by
    // keys: `10-map.css` says the same of fingers. What is pressed outside of it gives them back.
    var frame = /** @type {HTMLElement} */ (stage.parentElement);
    document.addEventListener("pointerdown", (event) => {
      var focused = /** @type {HTMLElement} */ (document.activeElement);
      if (frame.contains(focused) && !frame.contains(/** @type {Node} */ (event.target))) focused.blur();
    });

    /** @type {Map<number, {x: number, y: number}>} */
    var pointers = new Map();
    var travelled = 0, from = { x: 0, y: 0 };
    function isActive() { return frame.matches(":focus-within"); }
    /** @param {MouseEvent} event */
    function point(event) {
      var box = stage.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    }
    /** @param {PointerEvent} event */
    function press(event) {
      if (event.button) return;
      if (!pointers.size) { travelled = 0; from = point(event); }
      pointers.set(event.pointerId, point(event));
      // One that is gone again cannot be held.
      try { stage.setPointerCapture(event.pointerId); } catch (_) { }
      view.settle();
    }
    stage.addEventListener("pointerdown", press);
    stage.addEventListener("pointermove", (event) => {
      var now = point(event), before = pointers.get(event.pointerId);
      if (!before) {
        var over = view.seen(now);
        if (over !== state.hover) { state.hover = over; stage.classList.toggle("is-over", over > 0); view.redraw(); }
        return;
      }
      var dx = now.x - before.x, dy = now.y - before.y;
      travelled += Math.abs(dx) + Math.abs(dy);
      if (pointers.size === 1) {
        // Up and down is the page's, and it takes a move to know.
        var isMine = event.pointerType !== "touch" || isActive() || Math.abs(now.x - from.x) > Math.abs(now.y - from.y);
        if (travelled > STILL && isMine) view.put({ x: view.camera().x - dx / view.camera().k, y: view.camera().y - dy / view.camera().k, k: view.camera().k });
      } else {
        var other = Array.from(pointers).filter(([id]) => id !== event.pointerId)[0][1];
        var factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
        var to = view.scaled((before.x + other.x) / 2, (before.y + other.y) / 2, factor);
        view.put({ x: to.x - dx / 2 / to.k, y: to.y - dy / 2 / to.k, k: to.k });
      }
      pointers.set(event.pointerId, now);
    });
    /** @param {PointerEvent} event */
    function lift(event) {
      if (!pointers.delete(event.pointerId)) return;
      var now = point(event);
      if (event.type === "pointerup" && !pointers.size && travelled <= STILL) {
        state.cursor = -1;
        view.choose(view.seen(now));
      }
    }
    stage.addEventListener("pointerup", lift);
    stage.addEventListener("pointercancel", lift);
    stage.addEventListener("pointerleave", () => { state.hover = -1; view.redraw(); });
    // Where a tap gives no focus.
    stage.addEventListener("click", () => { if (!isActive()) stage.focus({ preventScroll: true }); });
    stage.addEventListener("dblclick", (event) => {
      var now = point(event), over = view.seen(now);
      if (model.isBox(over) && over && view.around(over).k > view.camera().k * 1.1) view.show(over);
      else { view.settle(); view.go(view.scaled(now.x, now.y, 2)); }
    });
    stage.addEventListener("wheel", (event) => {
      // Fingers that pinch on a trackpad come as a wheel with Ctrl, in small steps.
      var isMeant = event.ctrlKey || event.metaKey, isPinch = event.ctrlKey && Math.abs(event.deltaY) < PINCH;
      if (!isMeant && !isActive()) { idle(); return; }
      var now = point(event), scale = event.deltaMode === 1 ? 30 : 1, isZoom = isMeant || Math.abs(event.deltaY) >= Math.abs(event.deltaX);
      // Seen whole it lets the page be scrolled.
      if (isZoom && !isMeant && event.deltaY > 0 && view.camera().k <= view.smallest() * 1.001) return;
      event.preventDefault();
      view.settle();
      if (isZoom) view.put(view.scaled(now.x, now.y, Math.exp(-Math.max(-200, Math.min(200, event.deltaY * scale)) * (isPinch ? 0.01 : 0.0022))));
      else view.put({ x: view.camera().x + event.deltaX * scale / view.camera().k, y: view.camera().y, k: view.camera().k });
    }, { passive: false });
    early.forEach((event) => { if (event.type === "pointerdown") press(event); else lift(event); });
  };
})();
