// Which records have a word of a query: in full, by its start, by its stem, with slips of the fingers, with
// letters left out. Knows nothing of queries as a whole; `search-query.js` does.
(function () {
  "use strict";
  var MOST_WORDS = 12, MOST_LIKE = 20, WHOLE = 15, NAME = 12;
  /** What a weight says, from 0 to 1. */
  var POINTS = [0, 0.1, 0.14, 0.18, 0.22, 0.26, 0.3, 0.42, 0.34, 0.55, 0.5, 0, 0.8, 0, 0, 1];
  var words = window.catalogWords, files = window.catalogFiles, index = files.index, between = files.between, slips = window.catalogSlips;

  /** @returns {CatalogFound} */
  function nothing() { return { points: new Map(), count: 0, isNear: false, like: [] }; }

  /** Takes the records of a word, where they say more than is known. @param {CatalogFound} found @param {string} postings @param {(weight: number) => number} points */
  function take(found, postings, points) {
    var record = 0, count = 0;
    files.numbers(postings, (value) => {
      record += Math.floor(value / 16);
      count++;
      var says = points(value % 16);
      if (says > (found.points.get(record) || 0)) found.points.set(record, says);
    });
    found.count = Math.max(found.count, postings[0] === "~" ? index().total / 2 : count);
  }

  /** By the start of a word. @param {CatalogFound} found @param {CatalogShards} tier @param {string} word */
  function begins(found, tier, word) {
    return between(tier, word, word + "*").then((near) => {
      var head = near.some((entry) => entry[0] === word + "*");
      return head ? near : between(tier, word, word + "\uffff");
    }).then((entries) => {
      entries.forEach((entry) => {
        var isExact = entry[0] === word, share = isExact ? 1 : 0.55 + 0.35 * word.length / Math.max(entry[0].length, word.length);
        take(found, entry[1], (weight) => share * POINTS[weight === WHOLE && !isExact ? NAME : weight]);
      });
    });
  }

  /** The first letters of the names among which slips are looked for: none where there are few names, so that the first may be wrong as well. @param {string} word */
  function start(word) {
    var tier = index().names;
    return ["", word[0]].find((letters) => files.isRead(tier, letters, letters + "\uffff")) ?? word.slice(0, 2);
  }

  /** By a word with slips, and by letters left out. @param {CatalogFound} found @param {string} word */
  function mistyped(found, word) {
    var letters = start(word);
    if (word.length < 3) return Promise.resolve();
    return between(index().names, letters, letters + "\uffff").then((entries) => {
      entries.forEach((entry) => {
        var far = slips.far(word, entry[0]);
        if (far === Infinity) return;
        found.like.push(entry[0]);
        take(found, entry[1], (weight) => POINTS[Math.min(weight, NAME)] * (0.8 - 0.2 * far));
      });
      if (!found.points.size) entries.forEach((entry) => {
        var pieces = leftOut(word, entry[0]);
        if (!pieces) return;
        found.like.push(entry[0]);
        take(found, entry[1], (weight) => weight === WHOLE ? 0.5 / pieces : 0);
      });
      found.like.length = Math.min(found.like.length, MOST_LIKE);
      found.isNear = found.points.size > 0;
    });
  }

  /** How many pieces of a name make the word up; 0 if none do, or they are too little of it. @param {string} word @param {string} name */
  function leftOut(word, name) {
    var at = -1, pieces = 0;
    if (word[0] !== name[0] || word.length * 2.5 < name.length) return 0;
    for (var letter of word) {
      var next = name.indexOf(letter, at + 1);
      if (next < 0) return 0;
      if (next > at + 1 || !pieces) pieces++;
      at = next;
    }
    return pieces;
  }

  /** @param {string} word @param {boolean} isLast @returns {Promise<CatalogFound>} */
  function matches(word, isLast) {
    var found = nothing(), all = index(), stem = words.stem(word), name = words.fold(word);
    // Without the stems of a language, the start of a word stands for its forms.
    var texts = (isLast || !all.language) && word.length > 2 ? begins(found, all.texts, stem) :
      between(all.texts, stem, stem).then((entries) => { entries.forEach((entry) => take(found, entry[1], (weight) => POINTS[weight])); });
    return Promise.all([begins(found, all.names, name), texts])
      .then(() => found.points.size ? undefined : mistyped(found, name)).then(() => found);
  }

  /** A record has an identifier as one word, or all of its parts. @param {CatalogRun} run @param {boolean} isLast @returns {Promise<CatalogFound>} */
  function ofRun(run, isLast) {
    var parts = run.parts.slice(0, MOST_WORDS);
    return Promise.all((run.whole ? [run.whole] : []).concat(parts).map((word) => matches(word, isLast))).then((all) => {
      if (all.length === 1) return all[0];
      var found = run.whole ? all[0] : nothing(), rest = run.whole ? all.slice(1) : all;
      rest[0].points.forEach((points, record) => {
        var least = rest.reduce((least, one) => Math.min(least, one.points.get(record) || 0), points);
        if (least > (found.points.get(record) || 0)) found.points.set(record, least);
      });
      found.count = found.points.size;
      found.like = all.flatMap((one) => one.like);
      found.isNear = all.every((one) => one.isNear || !one.count);
      return found;
    });
  }

  window.catalogMatch = { nothing: nothing, take: take, begins: begins, ofRun: ofRun };
})();
