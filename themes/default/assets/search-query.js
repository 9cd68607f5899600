// What a query finds in the index of the search, the best first. Knows nothing of the page;
// `search-show.js` shows what is found.
(function () {
  "use strict";
  var MOST_WORDS = 12, MOST_LETTERS = 2000, WHOLE = 15, WEIGHED = 8;
  /** @type {Record<string, number>} */
  var KINDS = { entity: 1, operation: 0.95, page: 0.95, schema: 0.85, channel: 0.85, field: 0.75 };
  var FACETS = ["kind", "owner", "system", "domain", "type", "lifecycle", "tag", "namespace"];
  var words = window.catalogWords, match = window.catalogMatch, files = window.catalogFiles, index = files.index, between = files.between;

  /** A query: the words that tell what it is about, all of it as one word, and these alone.
   * @typedef {{runs: CatalogRun[], whole: string, told: string, filters: {facet: string, value: string}[]}} Query */

  /** A facet by its name, or as one says it of several; empty if there is none. @param {string} name */
  function facetOf(name) { return FACETS.find((facet) => [facet, facet + "s"].indexOf(name.toLowerCase()) >= 0) || ""; }
  /** A value as the index has it; it may be typed as a reference. @param {string} text */
  function valueOf(text) { return text.toLowerCase().replace(/^[a-z]+:/, "").replace(/^default\//, ""); }

  /** @param {string} text @returns {Query} */
  function parse(text) {
    /** @type {{facet: string, value: string}[]} */
    var filters = [];
    var rest = text.slice(0, MOST_LETTERS).split(/\s+/).filter((word) => {
      var colon = word.indexOf(":"), facet = facetOf(word.slice(0, colon)), value = valueOf(word.slice(colon + 1));
      if (!facet) return true;
      // Without a value it is about to be chosen.
      if (value) filters.push({ facet: facet, value: value.replace(/[\s,"\\<>]/g, "-") });
      return false;
    }).join(" ");
    var runs = words.runs(rest, true), telling = runs.filter((run) => run.parts.length > 1 || !words.isStop(run.parts[0]));
    if (!telling.length) telling = runs;
    var told = telling.map((run) => words.whole(run.signs || run.whole || run.parts[0])).join("");
    return { runs: telling.slice(0, MOST_WORDS), whole: words.whole(rest), told: told, filters: filters };
  }

  /** The values of a facet that begin so. @param {string} facet @param {string} start */
  function values(facet, start) {
    var from = facet + ":" + start.toLowerCase();
    return between(index().facets, from, from + "\uffff").then((entries) => entries.map((entry) => ({ value: entry[0], records: files.members(entry[1]) })));
  }
  /** What a word that begins a facet can go on to, those of most records first; where nothing begins so, what is written nearly so. @param {string} word */
  function completions(word) {
    var colon = word.indexOf(":"), facet = facetOf(word.slice(0, Math.max(0, colon))), value = valueOf(word.slice(colon + 1)), whole = facet + ":" + value;
    if (!facet) return Promise.resolve([]);
    return values(facet, value).then((found) => {
      if (found.length || value.length < 3) return found.filter((one) => one.value !== whole);
      return values(facet, "").then((all) => all.filter((one) => window.catalogSlips.count(whole, one.value, 2) <= 2));
    }).then((found) => found.sort((a, b) => b.records.length - a.records.length));
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

  /** How much a run of a query tells records apart: nothing when none has it. @param {CatalogFound} found */
  function rarity(found) {
    return found.count ? Math.max(0.2, Math.log(1 + (index().total - found.count + 0.5) / (found.count + 0.5))) : 0;
  }

  /** The records that are called as a query says, with or without the words that say little. @param {Query} query */
  function called(query) {
    var found = match.nothing(), all = index(), names = Array.from(new Set([query.whole, query.told])).filter(Boolean);
    return Promise.all(names.flatMap((name) => [
      match.begins(found, all.names, name),
      between(all.texts, name, name).then((entries) => entries.forEach((entry) => {
        match.take(found, entry[1], (weight) => weight === WHOLE ? 0.9 : 0);
      })),
    ])).then(() => found.points);
  }

  /**
   * How well a record fits: by how much each run says of it, the rare ones more, and how much of the query it has.
   * @param {number} record
   * @param {CatalogFound[]} each
   * @param {number[]} rare
   * @param {number} whole how much of its name the query is
   */
  function rate(record, each, rare, whole) {
    var score = 0, covers = each.length ? 0 : 1, sum = rare.reduce((a, b) => a + b, 0) || 1, kind = kindOf(record);
    each.forEach((one, at) => {
      var points = one.points.get(record) || 0, share = rare[at] / sum;
      score += points * share;
      if (points) covers += share;
    });
    // What is called so; docs are often called as what they are about.
    if (whole) { score += whole < 0.9 ? 0.3 * whole : index().kinds[kind].id === "entity" ? 1.3 : 1; covers = 1; }
    return { hit: { record: record, kind: kind, score: score * covers * covers * (KINDS[index().kinds[kind].id] || 1) }, covers: covers };
  }

  /**
   * What a query finds, the best first.
   * @param {string} text
   * @param {string[]} [team] the reader's, and those above it
   * @returns {Promise<CatalogResult>}
   */
  function search(text, team) {
    var query = parse(text), last = query.runs.length - 1;
    files.begin();
    return Promise.all([
      filtered(query.filters), nearness(team || []), called(query), Promise.all(query.runs.map((run, at) => match.ofRun(run, at === last))),
    ]).then((found) => {
      var among = found[0].records, near = found[1], wholes = found[2], each = found[3], rare = each.map(rarity);
      var records = each.length ? new Set([wholes].concat(each.map((one) => one.points)).flatMap((points) => Array.from(points.keys()))) : new Set(among || []);
      var rated = Array.from(records).filter((record) => !among || among.has(record)).map((record) => {
        var one = rate(record, each, rare, wholes.get(record) || 0);
        one.hit.score *= near.get(record) || 1;
        return one;
      });
      var covers = Math.max(0, ...rated.map((one) => one.covers)), top = Math.max(0, ...rated.map((one) => one.hit.score));
      // What has much less of the query is left out, unless its own name says nearly as much.
      var hits = rated.filter((one) => one.covers >= 0.75 * covers || one.hit.score >= 0.5 * top).map((one) => one.hit);
      hits.sort((a, b) => b.score - a.score || a.record - b.record);
      var marks = { runs: query.runs.map((run, at) => Object.assign({ like: each[at].like }, run)), rare: rare }, isPart = covers < 0.999 || each.some((one) => !one.count);
      var isNear = !wholes.size && each.length > 0 && each.every((one) => one.isNear);
      return weighed(hits, marks).then((hits) => ({ hits: hits, isPart: isPart, isNear: isNear, isBroken: files.isBroken(), unknown: found[0].unknown, marks: marks }));
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
    open: files.open, search: search, rows: files.rows, completions: completions,
    kinds: () => index().kinds, isBroken: files.isBroken,
  };
})();
