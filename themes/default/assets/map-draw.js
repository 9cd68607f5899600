// Draws the map on a canvas: what is in view and large enough, and nothing else. Boxes are gone through from
// the outside in, and of a grid of leaves only the rows and columns in view.
(function () {
  "use strict";

  // What is smaller on the screen, in pixels, is not drawn, or without its name.
  var LEAST = 3, BAR = 2, CARD = 10, NAME = 15, TWO_LINES = 30, HEADER = 11.5, NUMBERS = 24;

  /** @typedef {{x: number, y: number, k: number}} Camera */
  /** @typedef {{hover: number, chosen: number, cursor: number, shown: {nodes: Uint8Array}}} State */

  /** @param {any} model @param {HTMLCanvasElement} canvas @param {any} lines */
  window.catalogMap.painter = function (model, canvas, lines) {
    var pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    /** @type {Record<string, string>} */
    var ink = {};
    var by = window.catalogMap.pen(model, pen, ink);
    /** @type {string[]} */
    var kinds = [];
    var width = 0, height = 0, ratio = 1;
    var count = model.boxes.length, leaves = new Int32Array(count), next = new Int32Array(count);
    for (var box = count - 1; box >= 0; box--) {
      var node = model.boxes[box], end = model.end[node], first = box + 1;
      leaves[box] = (first < count && model.boxes[first] < end ? model.boxes[first] : end) - node - 1;
      while (first < count && model.boxes[first] < end) first = next[first];
      next[box] = first;
    }

    /** Takes the colours of the page, which are others in another scheme. @param {HTMLElement} inks */
    function colours(inks) {
      inks.replaceChildren();
      /** @param {string} name */
      function colour(name) {
        var probe = document.createElement("i");
        probe.className = name;
        inks.append(probe);
        return getComputedStyle(probe).color;
      }
      ["surface", "line", "control", "text", "text-3", "accent"].forEach((name) => { ink[name] = colour("ink-" + name); });
      kinds = [colour("ink-kind")].concat(model.kinds.map((/** @type {any} */ kind) => colour("ink-kind k-" + kind.name.replace(/[^a-z0-9]/g, ""))));
      ink.family = getComputedStyle(canvas).fontFamily;
    }

    function resize() {
      var box = canvas.getBoundingClientRect();
      ratio = Math.min(devicePixelRatio || 1, 3);
      width = box.width;
      height = box.height;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }

    /** Draws it all, and says how much that was. @param {Camera} camera @param {State} state */
    function draw(camera, state) {
      var k = camera.k, drawn = { boxes: 0, leaves: 0, names: 0, lines: 0, unnamed: 0, told: "" };
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.globalAlpha = 1;
      pen.textBaseline = "middle";
      pen.fillStyle = ink.surface;
      pen.fillRect(0, 0, width, height);
      var cards = [], heads = [], bars = kinds.map(() => /** @type {number[]} */ ([]));
      var set = lines.at(k), leaf = model.leaf * k, pitch = model.leaf + model.gap, inside = -1;
      for (var box = 0; box < count;) {
        var node = model.boxes[box], x = (model.x[node] - camera.x) * k, y = (model.y[node] - camera.y) * k;
        var w = model.w[node] * k, h = model.h[node] * k;
        var isHidden = x > width || y > height || x + w < 0 || y + h < 0 || w < LEAST || h < LEAST ||
          !state.shown.nodes[node];
        if (isHidden) { box = next[box]; continue; }
        if (node) {
          drawn.boxes++;
          by.rounded(x, y, w, h, Math.min(10, 10 * k + 2));
          pen.globalAlpha = 0.04;
          pen.fillStyle = kinds[model.kind[node]];
          pen.fill();
          pen.globalAlpha = w > 24 ? 0.36 : 0.25;
          pen.lineWidth = 1;
          pen.strokeStyle = kinds[model.kind[node]];
          pen.stroke();
          pen.globalAlpha = 1;
          if (model.header[box] * k >= HEADER) heads.push(box);
          else if (node >= inside && w >= 40 && set.seen[node] === node) { heads.push(box); inside = model.end[node]; }
        }
        if (leaf >= BAR && leaves[box]) {
          var gx = model.grid[box * 4], gy = model.grid[box * 4 + 1], columns = model.grid[box * 4 + 2], size = model.grid[box * 4 + 3];
          var across = size + model.gap, top = Math.max(0, Math.floor((camera.y - gy) / pitch));
          var bottom = Math.min(Math.ceil(leaves[box] / columns), Math.ceil((camera.y + height / k - gy) / pitch));
          var start = Math.max(0, Math.floor((camera.x - gx) / across));
          var stop = Math.min(columns, Math.ceil((camera.x + width / k - gx) / across));
          for (var row = top; row < bottom; row++) {
            for (var column = start; column < stop && row * columns + column < leaves[box]; column++) {
              var at = node + 1 + row * columns + column;
              if (!state.shown.nodes[at]) continue;
              if (leaf >= CARD) cards.push(at);
              else bars[model.kind[at]].push((gx + column * across - camera.x) * k, (gy + row * pitch - camera.y) * k, size * k);
              drawn.leaves++;
            }
          }
        }
        box++;
      }
      bars.forEach((list, kind) => {
        if (!list.length) return;
        pen.fillStyle = kinds[kind];
        pen.globalAlpha = leaf < 4 ? 0.26 : 0.2;
        pen.beginPath();
        for (var at = 0; at < list.length; at += 3) pen.rect(list[at], list[at + 1], list[at + 2], leaf);
        pen.fill();
      });
      pen.globalAlpha = 1;
      // Chosen by the pointer or the keys, or what stands for it from so far away.
      var subject = state.hover > 0 ? state.hover : state.chosen;
      var about = subject > 0 ? set.seen[subject] : 0;
      pen.strokeStyle = ink.control;
      /** @type {[number, number[]][]} */
      var curves = [];
      // The heaviest come first; of all those only a part is in view.
      for (at = 0; at < set.from.length && curves.length < lines.MOST; at++) {
        if (!by.touches(camera, set.from[at], width, height) && !by.touches(camera, set.to[at], width, height)) continue;
        var c = by.curve(camera, set.from[at], set.to[at]);
        if (by.inView(c, width, height)) curves.push([at, c]);
      }
      var among = drawn.lines = curves.length;
      for (var [line, curve] of curves) {
        pen.lineWidth = by.thickness(set.weight[line]);
        pen.globalAlpha = (among < 60 ? 0.5 : among < 200 ? 0.3 : among < 600 ? 0.2 : 0.13) * (about ? 0.4 : 1) * (0.45 + 0.55 * set.weight[line] / set.weight[0]);
        by.stroke(curve);
      }
      pen.globalAlpha = 1;
      for (at of cards) card(camera, at, drawn);
      /** @type {number[][]} */
      var taken = [];
      for (box of heads) header(camera, box, drawn, taken);
      if (about) spotlight(camera, set, about, drawn);
      outline(camera, subject, 1.5);
      outline(camera, state.chosen, 2);
      outline(camera, state.cursor, 3);
      drawn.told = tip(camera, state.cursor > 0 ? state.cursor : state.hover);
      return drawn;
    }

    /** The whole name of what is pointed at, beside it, where it may be cut. @param {Camera} camera @param {number} node */
    function tip(camera, node) {
      var k = camera.k, size = 13, name = node > 0 ? model.title(node) : "", full = by.width(name, size, 500);
      if (!name || full * 1.35 + 40 < model.w[node] * k) return "";
      var wide = Math.min(full + 20, width - 16), x = (model.x[node] - camera.x) * k, y = (model.y[node] - camera.y) * k;
      var below = y + model.h[node] * k + 5, top = below + 28 < height ? below : Math.max(8, y - 33);
      x = Math.max(8, Math.min(width - wide - 8, x));
      by.rounded(x, top, wide, 28, 6);
      pen.fillStyle = ink.text;
      pen.fill();
      by.write(name, x + 10, top + 14.5, wide - 19, size, 500, ink.surface);
      return name;
    }

    /** @param {Camera} camera @param {number} at @param {any} drawn */
    function card(camera, at, drawn) {
      var k = camera.k, x = (model.x[at] - camera.x) * k, y = (model.y[at] - camera.y) * k, w = model.w[at] * k, h = model.h[at] * k;
      by.rounded(x, y, w, h, Math.min(7, 7 * k + 1));
      pen.fillStyle = ink.surface;
      pen.fill();
      pen.lineWidth = 1;
      pen.strokeStyle = ink.line;
      if (model.isMissing(at)) pen.setLineDash([4, 3]);
      pen.stroke();
      pen.setLineDash([]);
      var dot = Math.min(4, Math.max(1.5, 3.5 * k)), pad = Math.max(4, Math.min(16, 11 * k)), colour = kinds[model.kind[at]];
      pen.fillStyle = colour;
      pen.beginPath();
      var isTall = h >= TWO_LINES;
      pen.arc(x + pad + dot, y + (isTall ? h * 0.32 : h / 2), dot, 0, 7);
      pen.fill();
      if (h < NAME) return;
      var name = model.title(at), room = w - pad * 2;
      if (!name) { drawn.unnamed = Math.max(drawn.unnamed, at); return; }
      drawn.names++;
      if (isTall) {
        by.write(model.kindOf(at).label, x + pad + dot * 2 + 5, y + h * 0.32, room - dot * 2 - 5, Math.min(14, 11 * k), 400, ink["text-3"]);
        by.write(name, x + pad, y + h * 0.68, room, Math.min(17, 13 * k), 500, ink.text);
      } else by.write(name, x + pad + dot * 2 + 4, y + h / 2 + 0.5, room - dot * 2 - 4 + pad / 2, Math.max(9.5, Math.min(13, 14 * k)), 500, ink.text);
    }

    /** The name of a box: in its header, or over what is in it when that is too small to read.
     * @param {Camera} camera @param {number} box @param {any} drawn @param {number[][]} taken Where names stand over the
     * boxes that they are of: from the left to the right, and down to where. */
    function header(camera, box, drawn, taken) {
      var k = camera.k, node = model.boxes[box], x = (model.x[node] - camera.x) * k, y = (model.y[node] - camera.y) * k;
      var w = model.w[node] * k, room = model.header[box] * k, isOver = room < HEADER;
      var size = isOver ? 11 : Math.max(10.5, Math.min(16, room * 0.42)), middle = isOver ? y + 10 : y + room / 2;
      var dot = size * 0.3, pad = isOver ? 6 : Math.max(6, Math.min(16, 12 * k + 4));
      // A name stays in view while some of its box is, below the names of the boxes around it.
      var left = Math.max(x, Math.min(0, x + w - 120)) + pad, end = Math.min(x + w, width) - pad;
      if (end - left < size) return;
      var name = model.title(node), bottom = y + model.h[node] * k - size, isStuck = !isOver && middle < size;
      var right = left + Math.min(by.width(name, size, 600) + size * 1.4, end - left) + 6;
      if (isStuck) middle = Math.min(size + 2, bottom);
      for (var [from, to, down] of taken) {
        if (from >= right || to <= left - 6 || middle - size >= down) continue;
        middle = down + size;
        if (isOver || middle > bottom) return;
        isStuck = true;
      }
      drawn.names++;
      if (isStuck) {
        taken.push([left - 6, right, middle + size]);
        pen.fillStyle = ink.surface;
        by.rounded(left - 6, middle - size, right - left + 6, size * 2, 6);
        pen.globalAlpha = 0.94;
        pen.fill();
        pen.globalAlpha = 1;
      }
      pen.fillStyle = kinds[model.kind[node]];
      if (end - left > 40) {
        pen.beginPath();
        pen.arc(left + dot, middle, dot, 0, 7);
        pen.fill();
        left += dot * 2 + size * 0.4;
      }
      by.write(name, left, middle + 0.5, end - left, size, 600, ink.text, isOver);
    }

    /** The lines of one node over all others. @param {Camera} camera @param {any} set @param {number} about @param {any} drawn */
    function spotlight(camera, set, about, drawn) {
      pen.strokeStyle = pen.fillStyle = ink.accent;
      pen.globalAlpha = 0.8;
      /** @type {[number, number, number][]} */
      var numbers = [];
      for (var at = 0; at < set.from.length && numbers.length < 400; at++) {
        if (set.from[at] !== about && set.to[at] !== about) continue;
        var c = by.curve(camera, set.from[at], set.to[at]);
        pen.lineWidth = by.thickness(set.weight[at]) * 0.8;
        by.stroke(c);
        by.head(c, 5 + by.thickness(set.weight[at]) * 1.4);
        drawn.lines++;
        numbers.push([(c[0] + 3 * c[2] + 3 * c[4] + c[6]) / 8, (c[1] + 3 * c[3] + 3 * c[5] + c[7]) / 8, set.weight[at]]);
      }
      pen.globalAlpha = 1;
      pen.textAlign = "center";
      numbers.slice(0, NUMBERS).forEach(([x, y, weight]) => { if (weight > 1) by.write(String(weight), x, y, 60, 11, 600, ink.accent, true); });
      pen.textAlign = "start";
    }

    /** @param {Camera} camera @param {number} node @param {number} thick */
    function outline(camera, node, thick) {
      if (node <= 0) return;
      var k = camera.k;
      by.rounded((model.x[node] - camera.x) * k - thick / 2, (model.y[node] - camera.y) * k - thick / 2, model.w[node] * k + thick, model.h[node] * k + thick, 8);
      pen.lineWidth = thick;
      pen.strokeStyle = ink.accent;
      pen.stroke();
    }

    /** What is under a point. @param {Camera} camera @param {number} px @param {number} py @param {State} state */
    function hit(camera, px, py, state) {
      var x = camera.x + px / camera.k, y = camera.y + py / camera.k, found = 0;
      for (var box = 0; box < count;) {
        var node = model.boxes[box];
        var isIn = x >= model.x[node] && y >= model.y[node] && x < model.x[node] + model.w[node] && y < model.y[node] + model.h[node];
        if (!isIn || (node && model.w[node] * camera.k < 12) || !state.shown.nodes[node]) { box = next[box]; continue; }
        found = node;
        box++;
      }
      var own = model.boxOf[found];
      if (model.leaf * camera.k < 8) return found;
      var column = Math.floor((x - model.grid[own * 4]) / (model.grid[own * 4 + 3] + model.gap));
      var row = Math.floor((y - model.grid[own * 4 + 1]) / (model.leaf + model.gap)), place = row * model.grid[own * 4 + 2] + column;
      var leaf = found + 1 + place;
      var isLeaf = row >= 0 && column >= 0 && column < model.grid[own * 4 + 2] && place < leaves[own] &&
        x < model.x[leaf] + model.w[leaf] && y < model.y[leaf] + model.h[leaf] && state.shown.nodes[leaf] === 1;
      return isLeaf ? leaf : found;
    }

    return { draw: draw, hit: hit, fitted: by.fitted, resize: resize, colours: colours, size: () => ({ width: width, height: height }) };
  };
})();
