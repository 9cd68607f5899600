// What the drawing of the map is made of: names that are cut to their room, and lines from side to side.
(function () {
  "use strict";
  var TEXTS = 20000;

  /** @typedef {{x: number, y: number, k: number}} Camera */

  /** @param {any} model @param {CanvasRenderingContext2D} pen @param {Record<string, string>} ink */
  window.catalogMap.pen = function (model, pen, ink) {
    /** @type {Map<string, number>} */
    var widths = new Map();
    /** How wide a text is. @param {string} text @param {number} size @param {number} weight */
    function width(text, size, weight) {
      var key = weight + text, whole = widths.get(key);
      if (whole === undefined) {
        if (widths.size > TEXTS) widths.clear();
        pen.font = weight + " 20px " + ink.family;
        whole = pen.measureText(text.slice(0, 200)).width / 20;
        widths.set(key, whole);
      }
      return whole * size;
    }
    /** As much of a text as is no wider. @param {string} text @param {number} room @param {number} size @param {number} weight */
    function fitted(text, room, size, weight) {
      var whole = width(text, size, weight);
      if (whole <= room) return text.slice(0, 200);
      var signs = Array.from(text.slice(0, 200));
      var keep = Math.floor(signs.length * (room - size * 0.8) / whole * 0.97);
      return keep > 1 ? signs.slice(0, keep).join("") + "…" : "";
    }
    /** @param {string} text @param {number} x @param {number} y @param {number} room @param {number} size
     * @param {number} weight @param {string} colour @param {boolean} [halo] */
    function write(text, x, y, room, size, weight, colour, halo) {
      var part = fitted(text, room, size, weight);
      if (!part) return false;
      pen.font = weight + " " + size + "px " + ink.family;
      if (halo) {
        pen.strokeStyle = ink.surface;
        pen.lineWidth = 4;
        pen.lineJoin = "round";
        pen.strokeText(part, x, y);
      }
      pen.fillStyle = colour;
      pen.fillText(part, x, y);
      return true;
    }
    /** @param {number} x @param {number} y @param {number} w @param {number} h @param {number} r */
    function rounded(x, y, w, h, r) {
      pen.beginPath();
      pen.roundRect(x, y, w, h, Math.min(r, w / 2, h / 2));
    }

    /** A line between two nodes: a curve from side to side. @param {Camera} camera @param {number} from @param {number} to */
    function curve(camera, from, to) {
      var k = camera.k;
      var ax = (model.x[from] - camera.x) * k, ay = (model.y[from] - camera.y) * k, aw = model.w[from] * k, ah = model.h[from] * k;
      var bx = (model.x[to] - camera.x) * k, by = (model.y[to] - camera.y) * k, bw = model.w[to] * k, bh = model.h[to] * k;
      // Between boxes an arch from middle to middle, to its left, so that the way back is another.
      if (model.isBox(from) && model.isBox(to)) {
        var fx = ax + aw / 2, fy = ay + ah / 2, tx = bx + bw / 2, ty = by + bh / 2, bend = 0.16;
        var ox = (ty - fy) * bend, oy = (fx - tx) * bend;
        return [fx, fy, fx + (tx - fx) / 3 + ox, fy + (ty - fy) / 3 + oy, fx + (tx - fx) * 2 / 3 + ox, fy + (ty - fy) * 2 / 3 + oy, tx, ty];
      }
      var right = bx - ax - aw, left = ax - bx - bw;
      var x1 = ax + aw / 2, y1 = ay + ah / 2, x2 = bx + bw / 2, y2 = by + bh / 2;
      if (right >= 0 || left >= 0) {
        x1 = right >= 0 ? ax + aw : ax;
        x2 = right >= 0 ? bx : bx + bw;
        var cx = (x1 + x2) / 2;
        return [x1, y1, cx, y1, cx, y2, x2, y2];
      }
      y1 = by > ay ? ay + ah : ay;
      y2 = by > ay ? by : by + bh;
      var cy = (y1 + y2) / 2;
      return [x1, y1, x1, cy, x2, cy, x2, y2];
    }
    /** Whether some of a node is in view. @param {Camera} camera @param {number} node @param {number} width @param {number} height */
    function touches(camera, node, width, height) {
      var x = (model.x[node] - camera.x) * camera.k, y = (model.y[node] - camera.y) * camera.k;
      return x <= width && y <= height && x + model.w[node] * camera.k >= 0 && y + model.h[node] * camera.k >= 0;
    }
    /** Whether a line begins or ends in view: what only passes says nothing there.
     * @param {number[]} c @param {number} width @param {number} height */
    function inView(c, width, height) {
      return (c[0] >= 0 && c[0] <= width && c[1] >= 0 && c[1] <= height) || (c[6] >= 0 && c[6] <= width && c[7] >= 0 && c[7] <= height);
    }
    /** @param {number} weight */
    function thickness(weight) { return Math.min(5, 1 + Math.log2(weight) * 0.5); }
    /** @param {number[]} c */
    function stroke(c) {
      pen.beginPath();
      pen.moveTo(c[0], c[1]);
      pen.bezierCurveTo(c[2], c[3], c[4], c[5], c[6], c[7]);
      pen.stroke();
    }
    /** The head of a line. @param {number[]} c @param {number} size */
    function head(c, size) {
      var turn = Math.atan2(c[7] - c[5], c[6] - c[4]);
      pen.beginPath();
      pen.moveTo(c[6], c[7]);
      pen.lineTo(c[6] - size * Math.cos(turn - 0.45), c[7] - size * Math.sin(turn - 0.45));
      pen.lineTo(c[6] - size * Math.cos(turn + 0.45), c[7] - size * Math.sin(turn + 0.45));
      pen.fill();
    }

    return { width: width, fitted: fitted, write: write, rounded: rounded, curve: curve, touches: touches, inView: inView, thickness: thickness, stroke: stroke, head: head };
  };
})();
