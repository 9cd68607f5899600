// What a word is: texts as the words that they are found by, as `src/search/words.rs` has it, and words by
// their stems, where `search-stems.js` has the rules of the language. `tests/search/words.tsv` and
// `stems.tsv` hold both sides to the same.
(function () {
  "use strict";
  var MAX_WORD = 48, SHORTEST = 3;
  var SIGN = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u{20000}-\u{3ffff}]/u;
  var UPPER = /\p{Uppercase}/u, LOWER = /\p{Lowercase}/u;
  var ACCENT = /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/g;
  /** @type {Record<string, string>} */
  var LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ς": "σ" };

  /** The same letters however they are encoded. @param {string} text */
  function plain(text) { return text.normalize("NFKC"); }
  /** A word without accents, as who has no such keys types it. @param {string} word */
  function fold(word) {
    if (/^[\0-\x7f]*$/.test(word)) return word;
    return word.normalize("NFD").replace(ACCENT, "").replace(/[ßæœøđðþłıς]/g, (letter) => LETTERS[letter]).normalize("NFC");
  }
  /** @param {string} text */
  function lower(text) {
    return Array.from(Array.from(text.replace(/_/g, "")).map((c) => c.toLowerCase()).join("")).slice(0, MAX_WORD).join("");
  }
  /** A name as one word. @param {string} text */
  function whole(text) { return fold(lower(plain(text).replace(/[^\p{Alphabetic}\p{N}]/gu, ""))); }

  /** The parts of an identifier. @param {string} run */
  function parts(run) {
    var letters = Array.from(run), found = [""];
    letters.forEach((c, at) => {
      var before = letters[at - 1], next = letters[at + 1];
      if (before && (c === "_" || before === "_" ||
        (UPPER.test(c) && (!UPPER.test(before) || (next && LOWER.test(next)))))) found.push("");
      found[found.length - 1] += c;
    });
    return found.filter((part) => /[\p{Alphabetic}\p{N}]/u.test(part.replace(ACCENT, "")));
  }

  /** Cuts a run where scripts with and without spaces meet. @param {string} run */
  function byScript(run) {
    /** @type {{signs: boolean, text: string}[]} */
    var found = [];
    Array.from(run).forEach((c) => {
      var signs = SIGN.test(c), last = found[found.length - 1];
      if (last && last.signs === signs) last.text += c; else found.push({ signs: signs, text: c });
    });
    return found;
  }

  /**
   * The words of a text. Of a query, signs without spaces are found by their pairs alone.
   * @param {string} text
   * @param {boolean} [asked]
   * @returns {CatalogRun[]}
   */
  function runs(text, asked) {
    /** @type {CatalogRun[]} */
    var found = [];
    (plain(text).match(/[\p{Alphabetic}\p{N}\p{M}_]+/gu) || []).forEach((run) => {
      byScript(run).forEach((piece) => {
        if (piece.signs) {
          var signs = Array.from(piece.text), pairs = signs.map((sign, at) => sign + (signs[at + 1] || ""));
          if (asked && pairs.length > 1) pairs.pop();
          found.push({ parts: pairs, whole: "", signs: piece.text });
          return;
        }
        var all = parts(piece.text);
        if (all.length) found.push({ parts: all.map(lower), whole: all.length > 1 ? lower(piece.text) : "", signs: "" });
      });
    });
    return found;
  }
  /** @param {string} text */
  function words(text) { return runs(text).flatMap((run) => run.whole ? run.parts.concat(run.whole) : run.parts); }

  /** A word by what is common to its forms. @param {string} word */
  function stem(word) {
    var rules = window.catalogStem, isWord = /^\p{Alphabetic}+$/u.test(word) && Array.from(word).length >= SHORTEST;
    return fold(rules && isWord ? rules(word) : word);
  }

  /** @type {Set<string> | undefined} */
  var stops;
  /** Whether a word says little of what somebody looks for. @param {string} word */
  function isStop(word) {
    stops = stops || new Set((window.catalogStops || "").split(" ").map(fold));
    return stops.has(fold(word));
  }

  window.catalogWords = { isStop: isStop, runs: runs, words: words, whole: whole, fold: fold, stem: stem };
})();
