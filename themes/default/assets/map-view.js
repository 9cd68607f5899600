// Moves over the map: by wheel, pointer and fingers, by keys and by buttons. Where one is, is a camera: the
// point of the map at the corner of the screen, and the scale.
(function () {
  "use strict";

  // The largest scale; of a press of a button or key, how much larger, and how far on.
  var LARGEST = 2.2, ZOOM = 1.5, PAN = 90, EDGE = 20, TIME = 200, NARROW = 600;
  // A pointer that moves less has not been dragged.
  var STILL = 5;

  /** @typedef {{x: number, y: number, k: number}} Camera */

  /** @param {any} model @param {any} painter @param {any} lines @param {HTMLElement} stage @param {{nodes: Uint8Array, kinds: Uint8Array}} shown
   * @param {{moved: () => void, chosen: (node: number) => void, keys: () => void}} hooks */
  window.catalogMap.view = function (model, painter, lines, stage, shown, hooks) {
    /** @type {Camera} */
    var camera = { x: 0, y: 0, k: 1 };
    // `here` is the box that keys go through; moved `byHand`, it is where the view is.
    var state = { hover: -1, chosen: -1, cursor: -1, shown: shown, here: 0, byHand: false };
    var waits = false, still = matchMedia("(prefers-reduced-motion: reduce)");
    var running = 0;

    function redraw() {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => {
        waits = false;
        if (!painter.size().width) return;
        var drawn = painter.draw(camera, state);
        window.catalogMap.drawn = Object.assign(drawn, camera);
        if (drawn.unnamed) load();
      });
    }
    /** Loads the names in view. */
    function load() {
      var nodes = [camera.x, camera.x + painter.size().width / camera.k].flatMap((x) =>
        [camera.y, camera.y + painter.size().height / camera.k].map((y) => at(x, y)));
      nodes.push(window.catalogMap.drawn.unnamed);
      nodes.forEach((node) => { if (!model.isLoaded(node)) model.loadNames(node, node + 1).then(redraw, () => { }); });
    }
    /** @param {number} x @param {number} y */
    function at(x, y) { return painter.hit({ x: x, y: y, k: 1 }, 0, 0, state); }

    /** The camera that shows a node whole. @param {number} node @returns {Camera} */
    function around(node) {
      var size = painter.size(), w = model.w[node], h = model.h[node];
      var k = Math.min((size.width - EDGE * 2) / w, (size.height - EDGE * 2) / h, node ? 1.2 : 1);
      return { x: model.x[node] + w / 2 - size.width / k / 2, y: model.y[node] + h / 2 - size.height / k / 2, k: k };
    }
    function smallest() { return around(0).k; }
    /** The first look: the whole, or on a narrow screen as much of it as fits the height. */
    function first() {
      var size = painter.size(), k = Math.min(0.5, (size.height - EDGE * 2) / model.height);
      return size.width >= NARROW || k < smallest() ? around(0) : { x: -EDGE / k, y: (model.height - size.height / k) / 2, k: k };
    }
    /** Keeps some of the map in view. @param {Camera} to */
    function kept(to) {
      var size = painter.size(), k = Math.max(smallest(), Math.min(LARGEST, to.k));
      var w = size.width / k, h = size.height / k;
      /** @param {number} value @param {number} room @param {number} whole */
      function clamp(value, room, whole) {
        return room >= whole ? (whole - room) / 2 : Math.max(-room / 3, Math.min(whole - room * 2 / 3, value));
      }
      return { x: clamp(to.x, w, model.width), y: clamp(to.y, h, model.height), k: k };
    }
    /** @param {Camera} to */
    function put(to) {
      camera = kept(to);
      redraw();
      hooks.moved();
    }
    /** Goes to a place, on a way that can be followed. @param {Camera} to */
    function go(to) {
      var from = camera, goal = kept(to), own = ++running, start = performance.now();
      if (still.matches) { put(goal); return; }
      /** @param {number} now */
      function step(now) {
        if (own !== running) return;
        var t = Math.min(1, Math.max(0, (now - start) / TIME)), part = 1 - Math.pow(1 - t, 3);
        var k = from.k * Math.pow(goal.k / from.k, part), size = painter.size();
        /** @param {"x" | "y"} axis @param {number} room */
        function middle(axis, room) {
          var a = from[axis] + room / from.k / 2, b = goal[axis] + room / goal.k / 2;
          return a + (b - a) * part - room / k / 2;
        }
        camera = t < 1 ? { x: middle("x", size.width), y: middle("y", size.height), k: k } : goal;
        redraw();
        if (t < 1) requestAnimationFrame(step);
        else hooks.moved();
      }
      requestAnimationFrame(step);
    }
    /** @param {number} px @param {number} py @param {number} factor @returns {Camera} */
    function scaled(px, py, factor) {
      var k = Math.max(smallest(), Math.min(LARGEST, camera.k * factor));
      return { x: camera.x + px / camera.k - px / k, y: camera.y + py / camera.k - py / k, k: k };
    }
    /** @param {number} factor */
    function zoom(factor) {
      var size = painter.size();
      settle();
      go(scaled(size.width / 2, size.height / 2, factor));
    }
    /** @param {number} dx @param {number} dy */
    function pan(dx, dy) {
      settle();
      go({ x: camera.x + dx / camera.k, y: camera.y + dy / camera.k, k: camera.k });
    }
    function settle() { running++; state.byHand = true; }
    /** @param {number} node */
    function show(node) {
      settle();
      state.byHand = false;
      state.here = model.isBox(node) ? node : model.parent[node];
      go(around(node));
    }
    function resized() {
      // Hidden behind one in focus, it stays where it is.
      if (!stage.clientWidth) return;
      var isWhole = camera.k <= smallest() * 1.01;
      painter.resize();
      camera = kept(isWhole ? around(0) : camera);
      redraw();
    }

    // ---- Pointers and fingers

    /** What is seen under a point: the leaf, or the box that stands for it from so far away.
     * @param {{x: number, y: number}} point */
    function seen(point) { return lines.at(camera.k).seen[painter.hit(camera, point.x, point.y, state)]; }

    /** @type {Map<number, {x: number, y: number}>} */
    var pointers = new Map();
    var travelled = 0;
    /** @param {MouseEvent} event */
    function point(event) {
      var box = stage.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    }
    stage.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      if (!pointers.size) travelled = 0;
      pointers.set(event.pointerId, point(event));
      stage.setPointerCapture(event.pointerId);
      settle();
    });
    stage.addEventListener("pointermove", (event) => {
      var now = point(event), before = pointers.get(event.pointerId);
      if (!before) {
        var over = seen(now);
        if (over !== state.hover) { state.hover = over; stage.classList.toggle("is-over", over > 0); redraw(); }
        return;
      }
      var dx = now.x - before.x, dy = now.y - before.y;
      travelled += Math.abs(dx) + Math.abs(dy);
      if (pointers.size === 1) {
        if (travelled > STILL) put({ x: camera.x - dx / camera.k, y: camera.y - dy / camera.k, k: camera.k });
      } else {
        var other = Array.from(pointers).filter(([id]) => id !== event.pointerId)[0][1];
        var factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
        var to = scaled((before.x + other.x) / 2, (before.y + other.y) / 2, factor);
        put({ x: to.x - dx / 2 / to.k, y: to.y - dy / 2 / to.k, k: to.k });
      }
      pointers.set(event.pointerId, now);
    });
    /** @param {PointerEvent} event */
    function lift(event) {
      if (!pointers.delete(event.pointerId)) return;
      var now = point(event);
      if (event.type === "pointerup" && !pointers.size && travelled <= STILL) {
        state.cursor = -1;
        choose(seen(now));
      }
    }
    stage.addEventListener("pointerup", lift);
    stage.addEventListener("pointercancel", lift);
    stage.addEventListener("pointerleave", () => { state.hover = -1; redraw(); });
    stage.addEventListener("dblclick", (event) => {
      var now = point(event), over = seen(now);
      if (model.isBox(over) && over && around(over).k > camera.k * 1.1) show(over);
      else { settle(); go(scaled(now.x, now.y, 2)); }
    });
    stage.addEventListener("wheel", (event) => {
      var now = point(event), scale = event.deltaMode === 1 ? 30 : 1, isZoom = event.ctrlKey || Math.abs(event.deltaY) >= Math.abs(event.deltaX);
      // Seen whole it lets the page be scrolled.
      if (isZoom && event.deltaY > 0 && camera.k <= smallest() * 1.001) return;
      event.preventDefault();
      settle();
      if (isZoom) put(scaled(now.x, now.y, Math.exp(-Math.max(-200, Math.min(200, event.deltaY * scale)) * (event.ctrlKey ? 0.01 : 0.0022))));
      else put({ x: camera.x + event.deltaX * scale / camera.k, y: camera.y, k: camera.k });
    }, { passive: false });

    /** @param {number} node */
    function choose(node) {
      state.chosen = node > 0 ? node : -1;
      hooks.chosen(state.chosen);
      redraw();
    }
    // Keys are for who comes here with keys.
    stage.addEventListener("focus", () => { hooks.keys(); }, { once: true });
    new ResizeObserver(resized).observe(stage);
    painter.resize();
    camera = first();
    return { state: state, around: around, go: go, redraw: redraw, zoom: zoom, pan: pan, show: show, choose: choose, put: put, at: at,
      camera: () => camera, isWhole: () => camera.k <= smallest() * 1.01, ZOOM: ZOOM, PAN: PAN,
      chosen: () => state.chosen };
  };
})();
