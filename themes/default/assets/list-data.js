// The data of lists: small classic scripts that call `catalogList`, because nothing else can be loaded by
// a page that was opened from a file. `src/site/lists/data.rs` writes them. This part loads, filters,
// counts and sorts, and knows nothing of the page; `list.js` shows what it finds.
(function () {
  "use strict";

  /** @typedef {{refs: string[], titles: string[], paths: (string | null)[], above: number[][]}} Named */
  /** @typedef {{kinds: string[], labels: string[], plurals: string[], namespaces: string[], types: string[], lifecycles: string[],
   *   owners: Named, systems: Named, domains: Named, tags: string[], tag_labels: Record<string, string>}} Values */
  /** @typedef {{version: number, total: number, per_chunk: number, chunks: string, kinds_of: number[][],
   *   per_text: number, texts: string,
   *   values: Values}} Head */
  /** @typedef {{kinds: number[], namespaces: number[], types: number[], lifecycles: number[], owners: number[],
   *   systems: number[], domains: number[], tags: number[], docs: number[], errors: number[], warnings: number[],
   *   names: string[], titles: string[], paths: Record<string, string>}} Chunk */
  /** A facet: the values of rows, numbered from 1; 0 is none. Of the value of a row, `closure` has all that
   * it counts for.
   * @typedef {{name: string, keys: string[], labels: string[], column: Int32Array | null,
   *   closure: (number[] | null)[] | null, each: ((row: number) => number[]) | null}} Facet */
  /** @typedef {{words: string[], chosen: Record<string, number[]>}} Wanted */

  /** @type {Head | null} */
  var head = null;
  /** Those that are loaded, by their place. @type {Chunk[]} */
  var chunks = [];
  /** @type {string[][]} */
  var texts = [];

  var load = window.catalogLoad;

  /** One column of all rows. @param {Head} head @param {(chunk: Chunk) => number[]} of */
  function joined(head, of) {
    var column = new Int32Array(head.total);
    chunks.forEach((chunk, at) => { column.set(of(chunk), at * head.per_chunk); });
    return column;
  }

  /** A word that a link may hold for a reference. @param {string} ref */
  function short(ref) { return ref.toLowerCase().replace(":default/", ":"); }
  /** @param {string} ref */
  function nameOf(ref) { return ref.slice(ref.indexOf("/") + 1); }

  /** What each value counts for: itself and what is above it. @param {number[][]} above */
  function closures(above) {
    return [null].concat(/** @type {any} */ (above.map((_, at) => {
      var all = [at + 1];
      for (var i = 0; i < all.length && i < 64; i++) {
        above[all[i] - 1].forEach((upper) => { if (all.indexOf(upper) < 0) all.push(upper); });
      }
      return all;
    })));
  }

  /** @param {Head} head @param {string} folder */
  function model(head, folder) {
    var values = head.values, total = head.total;
    var kinds = joined(head, (chunk) => chunk.kinds), namespaces = joined(head, (chunk) => chunk.namespaces);
    var errors = joined(head, (chunk) => chunk.errors), warnings = joined(head, (chunk) => chunk.warnings);
    var docs = joined(head, (chunk) => chunk.docs).map((has) => has ? 1 : 2);
    /** @type {number[]} */
    var tags = [];
    var starts = new Int32Array(total + 1);
    chunks.forEach((chunk, at) => {
      var row = at * head.per_chunk;
      starts[row] = tags.length;
      for (var from = 0; from < chunk.tags.length; from += chunk.tags[from] + 1) {
        for (var i = 1; i <= chunk.tags[from]; i++) tags.push(chunk.tags[from + i]);
        starts[++row] = tags.length;
      }
    });

    /** @param {number} row */
    function chunkOf(row) { return chunks[Math.floor(row / head.per_chunk)]; }
    /** @param {number} row */
    function name(row) { return chunkOf(row).names[row % head.per_chunk]; }
    /** @param {number} row */
    function title(row) { return chunkOf(row).titles[row % head.per_chunk] || name(row); }
    /** @param {string} kind @param {string} namespace @param {string} name */
    function page(kind, namespace, name) { return ("catalog/" + namespace + "/" + kind + "/" + name + ".html").toLowerCase(); }
    /** The page of a row, from the root of the site. @param {number} row */
    function path(row) {
      return chunkOf(row).paths[row % head.per_chunk] ||
        page(values.kinds[kinds[row] - 1], values.namespaces[namespaces[row] - 1], name(row));
    }

    /** Something that rows name: an owner, a system. @param {Named} named @param {number} value */
    function target(named, value) {
      if (!value) return null;
      var ref = named.refs[value - 1], path = named.paths[value - 1];
      var parts = /^([^:]*):([^/]*)\/(.*)$/s.exec(ref) || ["", "", "", ref];
      return { ref: ref.toLowerCase(), kind: parts[1], title: named.titles[value - 1] || nameOf(ref),
        path: path === "" ? page(parts[1], parts[2], parts[3]) : path };
    }

    /** @param {number} row */
    function tagsOf(row) { return tags.slice(starts[row], starts[row + 1]); }
    /** @param {number} value */
    function tagLabel(value) { return values.tag_labels[value] || values.tags[value - 1]; }

    /** @param {string} name @param {string[]} keys @param {string[]} labels @param {Int32Array | null} column
     * @param {(number[] | null)[] | null} [closure] @param {(row: number) => number[]} [each] @returns {Facet} */
    function facet(name, keys, labels, column, closure, each) {
      return { name: name, keys: [""].concat(keys), labels: ["none"].concat(labels), column: column,
        closure: closure || null, each: each || null };
    }
    /** @param {string} name @param {Named} named @param {(chunk: Chunk) => number[]} of @param {boolean} deep */
    function entities(name, named, of, deep) {
      var labels = named.titles.map((title, at) => title || nameOf(named.refs[at]));
      return facet(name, named.refs.map(short), labels, joined(head, of), deep ? closures(named.above) : null);
    }
    var facets = [
      facet("kind", values.kinds.map((kind) => kind.toLowerCase()), values.plurals, kinds),
      facet("type", values.types, values.types, joined(head, (chunk) => chunk.types)),
      facet("lifecycle", values.lifecycles, values.lifecycles, joined(head, (chunk) => chunk.lifecycles)),
      entities("owner", values.owners, (chunk) => chunk.owners, true),
      entities("domain", values.domains, (chunk) => chunk.domains, true),
      entities("system", values.systems, (chunk) => chunk.systems, false),
      facet("tag", values.tags, values.tags.map((_, at) => tagLabel(at + 1)), null, null, (row) => {
        var all = tagsOf(row);
        return all.length ? all : [0];
      }),
      facet("namespace", values.namespaces, values.namespaces, namespaces),
      facet("docs", ["yes", "no"], ["yes", "no"], docs),
      facet("findings", ["errors", "warnings", "none"], ["errors", "warnings", "clean"], null, null, (row) => {
        return errors[row] ? (warnings[row] ? [1, 2] : [1]) : warnings[row] ? [2] : [3];
      }),
    ];
    /** @type {Record<string, Facet>} */
    var byName = {};
    facets.forEach((facet) => { byName[facet.name] = facet; });

    /** @type {string[] | null} */
    var lower = null;
    /** What a row is found by. @param {number} row */
    function words(row) {
      if (!lower) lower = new Array(total);
      if (lower[row] === undefined) {
        lower[row] = (name(row) + " " + title(row) + " " + tagsOf(row).map(tagLabel).join(" ")).toLowerCase();
      }
      return lower[row];
    }

    /** Whether a row has one of the chosen values. @param {Facet} facet @param {number[]} chosen
     * @returns {(row: number) => boolean} */
    function having(facet, chosen) {
      var fits = new Uint8Array(facet.keys.length);
      chosen.forEach((value) => { fits[value] = 1; });
      if (facet.each) {
        var each = facet.each;
        return (row) => each(row).some((value) => fits[value] === 1);
      }
      if (facet.closure) facet.closure.forEach((all, value) => {
        if (all && all.some((upper) => chosen.indexOf(upper) >= 0)) fits[value] = 1;
      });
      var column = /** @type {Int32Array} */ (facet.column);
      return (row) => fits[column[row]] === 1;
    }

    /** The rows that fit, and of each facet how many rows each value would leave: a value is counted over
     * the rows that fit all other facets.
     * @param {Wanted} scope @param {Wanted} wanted */
    function filter(scope, wanted) {
      /** @param {Record<string, number[]>} chosen */
      function tests(chosen) {
        return Object.keys(chosen).filter((name) => chosen[name].length)
          .map((name) => ({ facet: byName[name], fits: having(byName[name], chosen[name]) }));
      }
      var inside = tests(scope.chosen), active = tests(wanted.chosen);
      inside.push({ facet: byName.kind, fits: (row) => kinds[row] > 0 });
      /** @type {Map<Facet, Int32Array>} */
      var counts = new Map();
      facets.forEach((facet) => { counts.set(facet, new Int32Array(facet.keys.length)); });
      /** @param {Facet} facet @param {number} row */
      function count(facet, row) {
        var sums = /** @type {Int32Array} */ (counts.get(facet));
        if (facet.each) { facet.each(row).forEach((value) => { sums[value]++; }); return; }
        var value = /** @type {Int32Array} */ (facet.column)[row], all = facet.closure && facet.closure[value];
        if (all) all.forEach((upper) => { sums[upper]++; });
        else sums[value]++;
      }
      /** @type {number[]} */
      var rows = [];
      var whole = 0;
      for (var row = 0; row < total; row++) {
        if (!inside.every((test) => test.fits(row))) continue;
        whole++;
        if (wanted.words.length && !wanted.words.every((word) => words(row).indexOf(word) >= 0)) continue;
        var failed = null, fails = 0;
        for (var at = 0; at < active.length && fails < 2; at++) {
          if (!active[at].fits(row)) { fails++; failed = active[at].facet; }
        }
        if (!fails) {
          rows.push(row);
          facets.forEach((facet) => { count(facet, row); });
        } else if (fails === 1 && failed) count(failed, row);
      }
      return { rows: rows, total: whole, counts: counts };
    }

    /** @type {Int32Array | null} */
    var names = null;
    /** The place of each row by its title. */
    function ranks() {
      if (names) return names;
      /** @type {string[]} */
      var keys = [];
      for (var row = 0; row < total; row++) keys.push(kinds[row] ? title(row).toLowerCase() : "");
      var order = keys.map((_, row) => row);
      order.sort((a, b) => keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b);
      names = new Int32Array(total);
      order.forEach((row, rank) => { /** @type {Int32Array} */ (names)[row] = rank + 1; });
      return names;
    }

    /** Sorts rows by a column; what has nothing there comes last.
     * @param {number[]} rows @param {string} column @param {boolean} down */
    function sort(rows, column, down) {
      /** @type {ArrayLike<number>} */
      var keys;
      if (column === "name") keys = ranks();
      else if (column === "findings") keys = errors.map((count, row) => count * 100000 + warnings[row]);
      else if (byName[column] && byName[column].column) keys = /** @type {Int32Array} */ (byName[column].column);
      else return rows;
      var way = down ? -1 : 1;
      return rows.slice().sort((a, b) => {
        var first = keys[a], second = keys[b];
        if (first === second) return a - b;
        if (!first || !second) return first ? -1 : 1;
        return (first - second) * way;
      });
    }

    /** The description of a row, when it is loaded. @param {number} row */
    function text(row) {
      var part = texts[Math.floor(row / head.per_text)];
      return part ? part[row % head.per_text] : undefined;
    }
    /** Loads the descriptions of rows. @param {number[]} rows */
    function loadTexts(rows) {
      var files = head.texts.split(" "), wanted = new Set(rows.map((row) => Math.floor(row / head.per_text)));
      return Promise.all(Array.from(wanted).filter((at) => !texts[at]).map((at) => load(folder + files[at] + ".js")));
    }

    /** All of a row, for programs. @param {number} row */
    function record(row) {
      /** @param {string} name */
      function value(name) { return /** @type {Int32Array} */ (byName[name].column)[row]; }
      /** @param {string[]} words @param {number} value */
      function word(words, value) { return value ? words[value - 1] : null; }
      /** @param {Named} named @param {number} value */
      function ref(named, value) { return value ? named.refs[value - 1].toLowerCase() : null; }
      var kind = values.kinds[kinds[row] - 1], namespace = values.namespaces[namespaces[row] - 1];
      return { ref: (kind + ":" + namespace + "/" + name(row)).toLowerCase(), kind: kind, namespace: namespace,
        name: name(row), title: title(row), description: text(row) || null,
        type: word(values.types, value("type")), lifecycle: word(values.lifecycles, value("lifecycle")),
        owner: ref(values.owners, value("owner")), system: ref(values.systems, value("system")),
        domain: ref(values.domains, value("domain")), tags: tagsOf(row).map(tagLabel), docs: docs[row] === 1,
        errors: errors[row], warnings: warnings[row], path: path(row) };
    }

    return { total: total, facets: facets, facet: byName, values: values, filter: filter, sort: sort, record: record,
      text: text, loadTexts: loadTexts, title: title, path: path, tagsOf: tagsOf, tagLabel: tagLabel,
      kind: (/** @type {number} */ row) => values.kinds[kinds[row] - 1],
      kindLabel: (/** @type {number} */ row) => values.labels[kinds[row] - 1],
      namespace: (/** @type {number} */ row) => values.namespaces[namespaces[row] - 1],
      findings: (/** @type {number} */ row) => ({ errors: errors[row], warnings: warnings[row] }),
      docs: (/** @type {number} */ row) => docs[row] === 1,
      value: (/** @type {string} */ name, /** @type {number} */ row) => /** @type {Int32Array} */ (byName[name].column)[row],
      target: (/** @type {"owner" | "system" | "domain"} */ name, /** @type {number} */ row) => {
        var named = name === "owner" ? values.owners : name === "system" ? values.systems : values.domains;
        return target(named, /** @type {Int32Array} */ (byName[name].column)[row]);
      } };
  }

  /** Loads all that filters and sorts, of all entities or of those of a kind.
   * @param {string} first @param {string} folder @param {string} [kind] */
  function open(first, folder, kind) {
    return load(first).then(() => {
      if (!head || head.version !== 1) throw new Error(first);
      var kinds = head.kinds_of, wanted = head.values.kinds.map((name) => name.toLowerCase()).indexOf(kind || "") + 1;
      var names = head.chunks.split(" ").filter((name, at) => name && (!wanted || kinds[at].indexOf(wanted) >= 0));
      return Promise.all(names.map((name) => load(folder + name + ".js")));
    }).then(() => model(/** @type {Head} */ (head), folder));
  }

  /** @type {any} */ (window).catalogList = {
    head: (/** @type {number} */ _, /** @type {Head} */ data) => { head = data; },
    rows: (/** @type {number} */ at, /** @type {Chunk} */ data) => { chunks[at] = data; },
    texts: (/** @type {number} */ at, /** @type {string[]} */ data) => { texts[at] = data; },
    open: open,
  };
})();
