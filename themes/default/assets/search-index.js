// The files of the search index: small classic scripts that call `catalogSearch`, loaded when a query
// needs them, because nothing else can be loaded by a page that was opened from a file. `src/search`
// writes them. Knows nothing of queries; `search-query.js` asks.
(function () {
  "use strict";
  var VERSION = 3, MOST_FILES = 6;
  var own = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!own) return;
  var root = own.src.replace(/assets\/[^/]*$/, "");

  /** @typedef {[heading: string, anchor: string, text: string]} Section */
  /** @typedef {{groups: string[][], rows: [group: number, title: string, href: string, text?: string, sections?: Section[]][]}} Chunk */

  /** @type {CatalogDirectory | undefined} */
  var directory;
  /** @type {Record<string, {words: string[], postings: string[]}>} */
  var shards = {};
  /** @type {Record<number, Chunk>} */
  var chunks = {};
  var isBroken = false;

  /** @param {string} text */
  function list(text) { return text ? text.split(" ") : []; }
  window.catalogSearch = {
    directory: (data) => {
      var at = 0;
      if (data.version !== VERSION) return;
      [data.records, data.names, data.texts, data.facets].forEach((shards) => {
        shards.starts = list(shards.starts);
        shards.files = list(shards.files);
      });
      data.records.starts = data.records.starts.map((/** @type {string} */ step) => at += Number(step));
      directory = data;
    },
    terms: (name, text) => {
      /** @type {{words: string[], postings: string[]}} */
      var shard = { words: [], postings: [] };
      text.split(",").forEach((entry) => {
        var space = entry.indexOf(" ");
        shard.words.push(entry.slice(0, space));
        shard.postings.push(entry.slice(space + 1));
      });
      shards[name] = shard;
    },
    records: (first, data) => { chunks[first] = data; },
  };

  var load = window.catalogLoad;
  /** A file of the index. What is missing is said with the result; the rest is found. @param {string} name */
  function part(name) { return load(root + "search/" + name + ".js").catch(() => { isBroken = true; }); }

  function index() {
    if (!directory) throw new Error("no directory");
    return directory;
  }
  function open() { return (directory ? Promise.resolve() : load(root + "search.js")).then(() => { index(); }); }

  // ---- Words

  /** The last of sorted values that does not come after one. @template {string | number} V @param {V[]} values @param {V} value */
  function last(values, value) {
    var low = 0, high = values.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (values[middle] <= value) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  /** The first and the last file with entries from one to another. @param {CatalogShards} tier @param {string} from @param {string} to */
  function span(tier, from, to) { return [Math.max(0, last(tier.starts, from)), Math.max(0, last(tier.starts, to))]; }
  /** Whether all entries from one to another are read. @param {CatalogShards} tier @param {string} from @param {string} to */
  function isRead(tier, from, to) {
    var files = span(tier, from, to);
    return files[1] - files[0] < MOST_FILES;
  }

  /** The entries from one to another. @param {CatalogShards} tier @param {string} from @param {string} to @returns {Promise<string[][]>} */
  function between(tier, from, to) {
    if (!tier.files.length) return Promise.resolve([]);
    var files = span(tier, from, to), names = tier.files.slice(files[0], Math.min(files[1] + 1, files[0] + MOST_FILES));
    return Promise.all(names.map(part)).then(() => {
      /** @type {string[][]} */
      var found = [];
      names.forEach((name) => {
        var shard = shards[name];
        if (!shard) return;
        for (var at = Math.max(0, last(shard.words, from)); at < shard.words.length && shard.words[at] <= to; at++) {
          if (shard.words[at] >= from) found.push([shard.words[at], shard.postings[at]]);
        }
      });
      return found;
    });
  }

  /** @type {Record<string, number>} */
  var DIGITS = {};
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split("").forEach((digit, at) => { DIGITS[digit] = at; });
  /** @param {string} text @param {(value: number) => void} each */
  function numbers(text, each) {
    var value = 0, scale = 1;
    for (var at = text[0] === "~" ? 1 : 0; at < text.length; at++) {
      var digit = DIGITS[text[at]];
      value += (digit & 31) * scale;
      scale *= 32;
      if (digit < 32) { each(value); value = 0; scale = 1; }
    }
  }

  /** @param {string} runs */
  function members(runs) {
    /** @type {number[]} */
    var found = [], end = 0, first = -1;
    numbers(runs, (value) => {
      if (first < 0) { first = end + value; return; }
      for (end = first; end < first + value; end++) found.push(end);
      found.push(end);
      first = -1;
    });
    return found;
  }

  /** Loads what is shown of hits. Those whose file is missing stay without. @param {CatalogHit[]} hits @returns {Promise<CatalogHit[]>} */
  function rows(hits) {
    var records = index().records;
    return Promise.all(hits.map((hit) => {
      var at = last(records.starts, hit.record), first = records.starts[at];
      return (hit.row ? Promise.resolve() : part(records.files[at])).then(() => {
        var row = chunks[first] && chunks[first].rows[hit.record - first];
        if (hit.row || !row) return hit;
        var group = chunks[first].groups[row[0]];
        hit.row = { label: group[0], context: group[1], owner: group[2], title: row[1], href: root + group[3] + row[2], text: row[3] || "", sections: row[4] || [] };
        return hit;
      });
    })).then((all) => all.filter((hit) => hit.row));
  }

  window.catalogFiles = {
    open: open, index: index, between: between, isRead: isRead, numbers: numbers, members: members, rows: rows,
    isBroken: () => isBroken, begin: () => { isBroken = false; },
  };
})();
