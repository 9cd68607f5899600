// Where one is on the map, and how one gets elsewhere. It is a camera: the point of the map at the corner of the
// screen, and the scale. `map-input.js` moves it by hand, `map-keys.js` by keys.
(function () {
  "use strict";

  // The largest scale; of a press of a button or key, how much larger, and how far on.
  var LARGEST = 2.2, ZOOM = 1.5, PAN = 90, EDGE = 20, TIME = 200, NARROW = 600;

  /** @typedef {{x: number, y: number, k: number}} Camera */

  /** @param {any} model @param {any} painter @param {any} lines @param {HTMLElement} stage @param {{nodes: Uint8Array, kinds: Uint8Array}} shown
   * @param {{moved: () => void, chosen: (node: number) => void, keys: () => void, hands: (early: () => PointerEvent[]) => void}} hooks */
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

    // ---- Hands

    /** What is seen under a point: the leaf, or the box that stands for it from so far away.
     * @param {{x: number, y: number}} point */
    function seen(point) { return lines.at(camera.k).seen[painter.hit(camera, point.x, point.y, state)]; }

    // Two fingers are the map's always.
    ["touchstart", "touchmove"].forEach((name) => stage.addEventListener(name, (event) => {
      if (/** @type {TouchEvent} */ (event).touches.length > 1 && event.cancelable) event.preventDefault();
    }, { passive: false }));
    // How a hand moves it is loaded when one comes, and is told what it has done until then.
    /** @type {PointerEvent[]} */
    var early = [];
    var waiting = new AbortController(), isComing = false;
    ["pointerover", "pointerdown", "pointerup", "pointercancel"].forEach((name) => stage.addEventListener(name, (event) => {
      early.push(/** @type {PointerEvent} */ (event));
      if (!isComing) hooks.hands(() => { waiting.abort(); return early; });
      isComing = true;
    }, { signal: waiting.signal }));

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
    return { state: state, around: around, go: go, redraw: redraw, zoom: zoom, pan: pan, show: show, choose: choose, put: put, at: at, seen: seen, scaled: scaled, settle: settle, smallest: smallest,
      camera: () => camera, isWhole: () => camera.k <= smallest() * 1.01, ZOOM: ZOOM, PAN: PAN,
      chosen: () => state.chosen };
  };
})();
