// What a query finds in the index of the search, the best first. Knows nothing of the page;
// `search-show.js` shows what is found.
(function () {
  "use strict";
  var MOST_WORDS = 12, MOST_LETTERS = 2000, WHOLE = 15, NAME = 12, WEIGHED = 8;
  /** What a weight says, from 0 to 1. */
  var POINTS = [0, 0.1, 0.14, 0.18, 0.22, 0.26, 0.3, 0.42, 0.34, 0.55, 0.5, 0, 0.8, 0, 0, 1];
  /** @type {Record<string, number>} */
  var KINDS = { entity: 1, operation: 0.95, page: 0.95, schema: 0.85, channel: 0.85, field: 0.75 };
  var FACETS = ["kind", "owner", "system", "domain", "type", "lifecycle", "tag", "namespace"];
  var words = window.catalogWords, files = window.catalogFiles, index = files.index, between = files.between;

  /** The records that have a word, with what it says of each, and how many have it. @typedef {{points: Map<number, number>, count: number}} Found */
  /** @typedef {{runs: CatalogRun[], whole: string, filters: {facet: string, value: string}[]}} Query */

  /** Takes the records of a word, where they say more than is known. @param {Found} found @param {string} postings @param {(weight: number) => number} points */
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

  /** By the start of a word. @param {Found} found @param {CatalogShards} tier @param {string} word */
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

  /** How many letters are missing, too many, wrong or swapped, up to a number. @param {string} a @param {string} b @param {number} most */
  function slips(a, b, most) {
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

  /** By a word with slips, and by letters left out. @param {Found} found @param {string} word */
  function mistyped(found, word) {
    var most = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
    if (word.length < 3) return Promise.resolve();
    return between(index().names, word[0], word[0] + "\uffff").then((entries) => {
      entries.forEach((entry) => {
        var far = most ? Math.min(slips(word, entry[0], most), slips(word, entry[0].slice(0, word.length), most) + 0.5) : 9;
        if (far <= most) take(found, entry[1], (weight) => POINTS[Math.min(weight, NAME)] * (0.8 - 0.2 * far));
      });
      if (!found.points.size) entries.forEach((entry) => {
        var gaps = leftOut(word, entry[0]);
        if (gaps) take(found, entry[1], (weight) => weight === WHOLE ? 0.5 / gaps : 0);
      });
    });
  }

  /** How many pieces of a name make the word up; 0 if none do. @param {string} word @param {string} name */
  function leftOut(word, name) {
    var at = -1, gaps = 1;
    for (var letter of word) {
      var next = name.indexOf(letter, at + 1);
      if (next < 0) return 0;
      if (next > at + 1) gaps++;
      at = next;
    }
    return gaps;
  }

  /** @param {string} word @param {boolean} isLast @returns {Promise<Found>} */
  function matches(word, isLast) {
    /** @type {Found} */
    var found = { points: new Map(), count: 0 };
    var all = index(), stem = words.stem(word), name = words.fold(word);
    // Without the stems of a language, the start of a word stands for its forms.
    var texts = (isLast || !all.language) && word.length > 2 ? begins(found, all.texts, stem) :
      between(all.texts, stem, stem).then((entries) => { entries.forEach((entry) => take(found, entry[1], (weight) => POINTS[weight])); });
    return Promise.all([begins(found, all.names, name), texts])
      .then(() => found.points.size ? undefined : mistyped(found, name)).then(() => found);
  }

  /** A record has an identifier as one word, or all of its parts. @param {CatalogRun} run @param {boolean} isLast @returns {Promise<Found>} */
  function ofRun(run, isLast) {
    var parts = run.parts.slice(0, MOST_WORDS);
    return Promise.all((run.whole ? [run.whole] : []).concat(parts).map((word) => matches(word, isLast))).then((all) => {
      if (all.length === 1) return all[0];
      var found = run.whole ? all[0] : { points: new Map(), count: 0 }, rest = run.whole ? all.slice(1) : all;
      rest[0].points.forEach((points, record) => {
        var least = rest.reduce((least, one) => Math.min(least, one.points.get(record) || 0), points);
        if (least > (found.points.get(record) || 0)) found.points.set(record, least);
      });
      found.count = found.points.size;
      return found;
    });
  }

  // ---- Queries

  /** @param {string} text @returns {Query} */
  function parse(text) {
    /** @type {{facet: string, value: string}[]} */
    var filters = [];
    var rest = text.slice(0, MOST_LETTERS).split(/\s+/).filter((word) => {
      var colon = word.indexOf(":"), facet = word.slice(0, colon).toLowerCase(), value = word.slice(colon + 1).toLowerCase();
      if (FACETS.indexOf(facet) < 0) return true;
      // Without a value it is about to be chosen.
      if (value) filters.push({ facet: facet, value: value.replace(/[\s,"\\<>]/g, "-") });
      return false;
    }).join(" ");
    return { runs: words.runs(rest, true).slice(0, MOST_WORDS), whole: words.whole(rest), filters: filters };
  }

  /** The values of a facet that begin so. @param {string} facet @param {string} start */
  function values(facet, start) {
    var from = facet + ":" + start.toLowerCase();
    return between(index().facets, from, from + "\uffff").then((entries) => entries.map((entry) => ({ value: entry[0], records: files.members(entry[1]) })));
  }
  /** The records that all facets let through, nothing when there are none to ask; and a facet that has no such value. @param {Query["filters"]} filters @returns {Promise<{records: Set<number> | null, unknown: string}>} */
  function filtered(filters) {
    var unknown = "";
    if (!filters.length) return Promise.resolve({ records: null, unknown: unknown });
    var facets = Array.from(new Set(filters.map((one) => one.facet)));
    return Promise.all(facets.map((facet) => Promise.all(filters.filter((one) => one.facet === facet).map((one) => {
      return values(facet, one.value).then((found) => {
        var exact = found.filter((value) => value.value === facet + ":" + one.value);
        if (!found.length) unknown = facet + ":" + one.value;
        return (exact.length ? exact : found).flatMap((value) => value.records);
      });
    })).then((all) => new Set(all.flat())))).then((sets) => {
      return { records: new Set(Array.from(sets[0]).filter((record) => sets.every((set) => set.has(record)))), unknown: unknown };
    });
  }

  /** How near the owners of records are to a team, by its own name and those above it. @param {string[]} team */
  function nearness(team) {
    /** @type {Map<number, number>} */
    var near = new Map();
    return Promise.all(team.slice(0, 3).map((name) => values("owner", name).then((found) => found.filter((value) => value.value === "owner:" + name))))
      .then((all) => {
        all.forEach((found, step) => found.forEach((value) => value.records.forEach((record) => {
          if (!near.has(record)) near.set(record, 1 + 0.2 / (step + 1));
        })));
        return near;
      });
  }

  /** @param {number} record */
  function kindOf(record) {
    var all = index().kinds, at = all.length - 1;
    while (at > 0 && all[at].from > record) at--;
    return at;
  }

  /** @param {Found} found */
  function rarity(found) { return Math.max(0.2, Math.log(1 + (index().total - found.count + 0.5) / (found.count + 0.5))); }

  /**
   * What a query finds, the best first: by how much its words say of each record, the rare ones more.
   * @param {string} text
   * @param {string[]} [team] the reader's, and those above it
   * @returns {Promise<CatalogResult>}
   */
  function search(text, team) {
    var query = parse(text), all = index();
    files.begin();
    var wholes = { points: new Map(), count: 0 };
    return Promise.all([
      filtered(query.filters), nearness(team || []), query.whole ? begins(wholes, all.names, query.whole) : undefined,
      query.whole ? between(all.texts, query.whole, query.whole).then((entries) => entries.forEach((entry) => {
        take(wholes, entry[1], (weight) => weight === WHOLE ? 0.9 : 0);
      })) : undefined,
      Promise.all(query.runs.map((run, at) => ofRun(run, at === query.runs.length - 1))),
    ]).then((found) => {
      var among = found[0].records, near = found[1], each = found[4], rare = each.map(rarity), sum = rare.reduce((a, b) => a + b, 0);
      /** @type {Set<number>} */
      var records = each.length ? new Set(each.flatMap((one) => Array.from(one.points.keys()))) : new Set(among || []);
      wholes.points.forEach((_, record) => { if (each.length) records.add(record); });
      var best = 0;
      /** @type {{hit: CatalogHit, covers: number}[]} */
      var rated = [];
      records.forEach((record) => {
        if (among && !among.has(record)) return;
        var score = 0, covers = each.length ? 0 : 1;
        each.forEach((one, at) => {
          var points = one.points.get(record) || 0, share = rare[at] / sum;
          score += points * share;
          if (points) covers += share;
        });
        var whole = wholes.points.get(record) || 0;
        var kind = kindOf(record), isEntity = all.kinds[kind].id === "entity";
        // What is called so; docs are often called as what they are about.
        if (whole) { score += whole < 0.9 ? 0.3 * whole : isEntity ? 1.3 : 1; covers = 1; }
        score *= covers * covers;
        best = Math.max(best, covers);
        score *= (KINDS[all.kinds[kind].id] || 1) * (near.get(record) || 1);
        rated.push({ hit: { record: record, kind: kind, score: score }, covers: covers });
      });
      var hits = rated.filter((one) => one.covers >= 0.75 * best).map((one) => one.hit);
      hits.sort((a, b) => b.score - a.score || a.record - b.record);
      var marks = { runs: query.runs, rare: rare };
      return weighed(hits, marks).then((hits) => ({ hits: hits, isPart: best < 0.999, isBroken: files.isBroken(), unknown: found[0].unknown, marks: marks }));
    });
  }

  /** The first hits once more, by how near to each other their texts have the words. @param {CatalogHit[]} hits @param {CatalogMarks} marks */
  function weighed(hits, marks) {
    var first = hits.slice(0, WEIGHED);
    return files.rows(first).then(() => {
      first.forEach((hit) => {
        if (!hit.row || !marks.runs.length) return;
        var title = window.catalogMarks.window(hit.row.title, marks), text = { share: 0, section: -1 };
        hit.row.sections.forEach((section, at) => {
          var share = window.catalogMarks.window(section[0] + " \n" + section[2], marks);
          if (share > text.share) text = { share: share, section: at };
        });
        hit.score += 0.15 * title + 0.3 * Math.max(text.share, title * 0.5);
        // Of names that fit as well, the shorter.
        hit.score -= 0.0004 * hit.row.title.length;
        if (title < 0.999 && text.section >= 0) hit.section = text.section;
      });
      first.sort((a, b) => b.score - a.score || a.record - b.record);
      return first.concat(hits.slice(WEIGHED));
    });
  }

  window.catalogIndex = {
    open: files.open, search: search, rows: files.rows, values: values, facets: FACETS,
    kinds: () => index().kinds, isBroken: files.isBroken,
  };
})();
