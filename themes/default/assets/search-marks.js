// Where a text has the words of a query: to mark them, to cut a snippet around them, and to see how near
// to each other they stand.
(function () {
  "use strict";
  var NEAR = 24, words = window.catalogWords;

  /** A run of a text, with the word of the query that it has, -1 without, and how much of it that is.
   * @typedef {{from: number, to: number, word: number, marked: number}} Place */

  /** Whether a run of a text has a run of a query: how many of its letters, 0 if not. @param {string} text @param {CatalogRun} asked */
  function letters(text, asked) {
    var own = words.runs(text), most = 0;
    own.forEach((run) => {
      var all = run.whole ? run.parts.concat(run.whole) : run.parts;
      var has = (/** @type {string} */ word) => {
        var stem = words.stem(word), start = words.fold(word), best = 0;
        all.forEach((one) => {
          if (words.fold(one).startsWith(start)) best = Math.max(best, one === run.parts[0] || one === run.whole ? word.length : text.length);
          else if (words.stem(one) === stem) best = text.length;
        });
        return best;
      };
      var full = asked.whole ? has(asked.whole) : 0, least = Math.min.apply(null, asked.parts.map(has));
      most = Math.max(most, full, ...(asked.like || []).map(has), least > 0 ? Math.max.apply(null, asked.parts.map(has)) : 0);
    });
    return Math.min(most, text.length);
  }

  /** @param {string} text @param {CatalogMarks} marks @returns {Place[]} */
  function places(text, marks) {
    /** @type {Record<string, {word: number, marked: number}>} */
    var known = Object.create(null);
    var found = [];
    for (var match of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}_]+/gu)) {
      var run = match[0], from = match.index || 0;
      if (!known[run]) {
        known[run] = { word: -1, marked: 0 };
        marks.runs.forEach((asked, at) => {
          var marked = letters(run, asked);
          if (marked > known[run].marked) known[run] = { word: at, marked: marked };
        });
      }
      var signs = marks.runs.findIndex((asked) => asked.signs && run.indexOf(asked.signs) >= 0), start = from;
      // Without spaces a run is a sentence.
      if (signs >= 0) start += run.indexOf(marks.runs[signs].signs);
      found.push(signs >= 0 ? { from: start, to: from + run.length, word: signs, marked: marks.runs[signs].signs.length } :
        { from: from, to: from + run.length, word: known[run].word, marked: known[run].marked });
    }
    return found;
  }

  /** The stretch of a text that has most of the query, and how much of it: from 0 to 1. @param {Place[]} all @param {CatalogMarks} marks */
  function densest(all, marks) {
    var best = { share: 0, at: 0, span: 0 }, sum = marks.rare.reduce((a, b) => a + b, 0) || 1;
    all.forEach((place, at) => {
      if (place.word < 0) return;
      /** @type {Set<number>} */
      var seen = new Set();
      var share = 0, end = at;
      for (var next = at; next < all.length && next < at + NEAR; next++) {
        var word = all[next].word;
        if (word < 0 || seen.has(word)) continue;
        seen.add(word);
        share += marks.rare[word] / sum;
        end = next;
      }
      // Of the same words, those that stand closer.
      var span = end - at;
      share -= 0.1 * (span + 1 - seen.size) / NEAR;
      if (share > best.share + 1e-9) best = { share: share, at: at, span: span };
    });
    return best;
  }

  /** @param {string} text @param {CatalogMarks} marks */
  function share(text, marks) { return densest(places(text, marks), marks).share; }

  /**
   * A text in pieces, those of the query marked; of a long one, the stretch that has most of it.
   * @param {string} text
   * @param {CatalogMarks} marks
   * @param {number} [most] longest text that is shown
   * @returns {{text: string, isMarked: boolean}[]}
   */
  function cut(text, marks, most) {
    var all = places(text, marks), from = 0, to = text.length;
    if (most && text.length > most) {
      var best = densest(all, marks), start = all[best.at] ? all[best.at].from : 0;
      from = start < most / 2 ? 0 : text.lastIndexOf(" ", start - Math.round(most / 3)) + 1;
      to = Math.min(text.length, from + most);
      if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 1);
    }
    var pieces = [], at = from;
    if (from) pieces.push({ text: "… ", isMarked: false });
    all.filter((place) => place.word >= 0 && place.from >= from && place.to <= to).forEach((place) => {
      if (place.from > at) pieces.push({ text: text.slice(at, place.from), isMarked: false });
      at = place.from + place.marked;
      pieces.push({ text: text.slice(place.from, at), isMarked: true });
    });
    if (to > at) pieces.push({ text: text.slice(at, to), isMarked: false });
    if (to < text.length) pieces.push({ text: " …", isMarked: false });
    return pieces;
  }

  window.catalogMarks = { window: share, cut: cut };
})();
