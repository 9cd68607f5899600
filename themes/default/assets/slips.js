// How far one word is from another by slips of the fingers: for the search, and for the names on the map.
(function () {
  "use strict";

  /** How many letters are missing, too many, wrong or swapped, up to a number. @param {string} a @param {string} b @param {number} most */
  function count(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    /** @type {number[]} */
    var before = [], row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (var i = 1; i <= a.length; i++) {
      var next = [i], least = i;
      for (var j = 1; j <= b.length; j++) {
        var cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        next.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = row;
      row = next;
    }
    return row[b.length];
  }

  /** How far what is typed is from a name, or from its start: a long word may have two slips, a short one none. Infinity if it is another. @param {string} word @param {string} name */
  function far(word, name) {
    var most = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
    if (!most) return word === name ? 0 : Infinity;
    var least = Math.min(count(word, name, most), count(word, name.slice(0, word.length), most) + 0.5);
    return least <= most ? least : Infinity;
  }

  window.catalogSlips = { count: count, far: far };
})();
