// Goes through the map by keys: over what is in a box, into it and out of it, and says what is there. Loaded
// when the map has the focus for the first time.
(function () {
  "use strict";
  var t = catalogTexts.t, number = catalogTexts.number;

  /** @param {any} model @param {any} painter @param {any} view @param {HTMLElement} stage
   * @param {{focus: (node: number) => void, said: (text: string) => void, place: () => number}} hooks */
  window.catalogMap.keys = function (model, painter, view, stage, hooks) {
    var state = view.state, shown = state.shown;

    /** What a reader that cannot see is told of a node. @param {number} node */
    function told(node) {
      var above = model.parent[node], place = 0, among = 0, inside = 0;
      for (var child = above + 1; child < model.end[above]; child = model.end[child]) {
        if (!shown.nodes[child]) continue;
        among++;
        if (child <= node) place++;
      }
      for (child = node + 1; child < model.end[node]; child++) if (model.isEntity(child)) inside++;
      var words = [model.title(node)];
      if (model.isEntity(node)) words.push(model.kindOf(node).label);
      if (inside) words.push(t("{n} inside", { n: number(inside) }));
      return words.concat(t("{n} of {total}", { n: number(place), total: number(among) })).join(", ");
    }

    /** What can be gone through in a box. @param {number} box */
    function inside(box) {
      var found = [];
      for (var child = box + 1; child < model.end[box]; child = model.end[child]) if (shown.nodes[child]) found.push(child);
      return found;
    }
    /** @param {number} node */
    function bring(node) {
      var camera = view.camera(), size = painter.size(), k = Math.max(camera.k, Math.min(1, 110 / model.w[node]));
      var x = (model.x[node] - camera.x) * camera.k, y = (model.y[node] - camera.y) * camera.k;
      var isIn = x >= 0 && y >= 0 && x + model.w[node] * k <= size.width && y + model.h[node] * k <= size.height;
      if (isIn && k === camera.k) return;
      k = Math.min(k, view.around(node).k);
      view.go({ x: model.x[node] + model.w[node] / 2 - size.width / k / 2, y: model.y[node] + model.h[node] / 2 - size.height / k / 2, k: k });
    }
    /** Puts the cursor on a node, and says its name. @param {number} node */
    function pointTo(node) {
      state.cursor = node;
      bring(node);
      view.redraw();
      model.loadNames(node, node + 1).then(() => { if (state.cursor === node) hooks.said(told(node)); view.redraw(); }, () => { });
    }
    /** Goes to the next in the box, around its end. @param {boolean} back */
    function turn(back) {
      if (state.byHand && state.cursor < 0) state.here = hooks.place();
      state.byHand = false;
      var all = inside(state.here), now = all.indexOf(state.cursor), next = now < 0 && back ? all.length - 1 : now + (back ? -1 : 1);
      if (all.length) pointTo(all[(next + all.length) % all.length]);
    }
    /** Goes into what the cursor is on. */
    function enter() {
      var node = state.cursor;
      if (node <= 0) { turn(false); return; }
      if (!model.isBox(node)) { hooks.focus(node); return; }
      state.here = node;
      view.show(node);
      state.cursor = -1;
      turn(false);
    }
    /** Goes out of a box. */
    function leave() {
      if (!state.here) { state.cursor = -1; view.choose(-1); view.redraw(); return; }
      var from = state.here;
      state.here = model.parent[state.here];
      view.show(state.here);
      pointTo(from);
    }
    /** @type {Record<string, () => void>} */
    var KEYS = {
      ArrowLeft: () => view.pan(-view.PAN, 0), ArrowRight: () => view.pan(view.PAN, 0), ArrowUp: () => view.pan(0, -view.PAN), ArrowDown: () => view.pan(0, view.PAN),
      "+": () => view.zoom(view.ZOOM), "=": () => view.zoom(view.ZOOM), "-": () => view.zoom(1 / view.ZOOM), "0": () => view.show(0), Enter: enter, Escape: leave,
      n: () => turn(false), p: () => turn(true), " ": () => view.choose(state.cursor), f: () => { if (model.isEntity(state.cursor)) hooks.focus(state.cursor); },
    };
    stage.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      // Tab leaves the map, as it leaves anything else.
      var act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });
  };
})();
