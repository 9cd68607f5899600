// The page that searches. The index is small classic scripts that call `catalogSearch`, loaded when a
// query needs them: nothing else can be loaded by a page that was opened from a file. What a word is
// says `src/search/words.rs`, how postings are written `src/search/terms.rs`.
(function () {
  "use strict";
  var doc = document, host = doc.querySelector(".search-page"), texts = catalogTexts, t = texts.t;
  if (!(host instanceof HTMLElement)) return;
  var page = host;
  /** What the template promises. @template {HTMLElement} E @param {string} selector @returns {E} */
  function part(selector) {
    /** @type {E | null} */
    var element = page.querySelector(selector);
    if (!element) throw new Error(selector);
    return element;
  }
  /** @type {HTMLFormElement} */
  var form = part("form");
  /** @type {HTMLInputElement} */
  var input = part("form input");
  var status = part(".search-status"), list = part(".hits"), kinds = part(".search-kinds");
  var more = part(".search-more"), lists = part(".search-lists");
  var MAX_WORD = 48, MAX_WORDS = 8, AT_ONCE = 30, MOST_FILES = 6, NAME = 6, AROUND = 3, WHOLE = 7;

  // The index has the names of kinds in English.
  /** @type {Record<string, string>} */
  var KINDS = {
    entity: t("Entities"), operation: t("Operations"), schema: t("Schemas"), channel: t("Channels and messages"),
    page: t("Documentation"), field: t("Fields"),
  };

  // ---- The index

  /** @typedef {{ id: string, title: string, from: number }} Kind */
  /** @typedef {{ terms: string[], term_files: string[], records: number[], record_files: string[], kinds: Kind[] }} Directory */
  /** @typedef {[group: number, title: string, href: string, text?: string, headings?: [string, string][]]} Stored */
  /** @typedef {{ groups: [string, string, string, string][], rows: Stored[] }} Chunk */
  /** @typedef {{ whole: string, parts: string[] }} Word */
  /** @typedef {{ open: boolean, scores: Map<number, number> }} Scores */
  /** @typedef {{ record: number, tier: number, kind: number, score: number }} Hit */
  /** @typedef {{ hits: Hit[], some: boolean, words: Word[] }} Result */
  /** @typedef {{ label: string, context: string, owner: string, title: string, href: string, text: string, headings: [string, string][] }} Row */

  /** @type {Directory | undefined} */
  var directory;
  /** @type {Record<string, { words: string[], postings: string[] }>} */
  var shards = {};
  /** @type {Record<number, Chunk>} */
  var chunks = {};
  /** @type {Record<string, Promise<void>>} */
  var loads = {};
  function index() {
    if (!directory) throw new Error("no directory");
    return directory;
  }
  window.catalogSearch = {
    directory: (data) => {
      directory = data;
      data.terms = data.terms ? data.terms.split(" ") : [];
      data.term_files = data.term_files.split(" ");
      data.record_files = data.record_files.split(" ");
      var at = 0;
      data.records = data.records.map((/** @type {number} */ step) => at += step);
    },
    terms: (first, text) => {
      /** @type {{ words: string[], postings: string[] }} */
      var shard = { words: [], postings: [] };
      text.split(",").forEach((entry) => {
        var space = entry.indexOf(" ");
        shard.words.push(entry.slice(0, space));
        shard.postings.push(entry.slice(space + 1));
      });
      shards[first] = shard;
    },
    records: (first, data) => { chunks[first] = data; },
  };

  /** @param {string} path */
  function load(path) {
    if (!loads[path]) {
      loads[path] = new Promise((/** @type {(nothing: void) => void} */ done, fail) => {
        var script = doc.createElement("script");
        script.src = path;
        script.onload = () => { done(); };
        script.onerror = () => { delete loads[path]; fail(new Error(path)); };
        doc.head.append(script);
      });
    }
    return loads[path];
  }
  /** @param {string} name */
  function file(name) { return page.dataset.folder + name + ".js"; }

  // The last of sorted values that does not come after one.
  /** @template {string | number} V @param {V[]} values @param {V} value */
  function last(values, value) {
    var low = 0, high = values.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (values[middle] <= value) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  // The entries of all words from one to another.
  /** @param {string} from @param {string} to @returns {Promise<[word: string, postings: string][]>} */
  function between(from, to) {
    var directory = index();
    var first = Math.max(0, last(directory.terms, from)), end = Math.max(0, last(directory.terms, to));
    end = Math.min(end, first + MOST_FILES - 1);
    /** @type {number[]} */
    var wanted = [];
    for (var at = first; at <= end && at < directory.terms.length; at++) wanted.push(at);
    return Promise.all(wanted.map((at) => load(file(directory.term_files[at])))).then(() => {
      /** @type {[string, string][]} */
      var found = [];
      wanted.forEach((at) => {
        var shard = shards[directory.terms[at]];
        var index = Math.max(0, last(shard.words, from));
        for (; index < shard.words.length && shard.words[index] <= to; index++) {
          if (shard.words[index] >= from) found.push([shard.words[index], shard.postings[index]]);
        }
      });
      return found;
    });
  }

  /** @type {Record<string, number>} */
  var DIGITS = {};
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split("").forEach((digit, at) => {
    DIGITS[digit] = at;
  });

  /** @param {string} text @param {(record: number, weight: number) => void} each */
  function decode(text, each) {
    var record = 0, value = 0, scale = 1;
    for (var at = text[0] === "~" ? 1 : 0; at < text.length; at++) {
      var digit = DIGITS[text[at]];
      value += (digit & 31) * scale;
      scale *= 32;
      if (digit < 32) {
        record += Math.floor(value / 8);
        each(record, value % 8);
        value = 0;
        scale = 1;
      }
    }
  }

  // Records with words that begin so: how much each says, and whether some were left out.
  /** @param {string} word @returns {Promise<Scores>} */
  function matches(word) {
    return between(word, word + "*").then((near) => {
      var head = near.some((entry) => entry[0] === word + "*");
      return head ? near : between(word, word + "\uffff");
    }).then((entries) => {
      var found = { open: false, scores: new Map() };
      entries.forEach((entry) => {
        var exact = entry[0] === word;
        if (entry[1][0] === "~") found.open = true;
        var nearness = exact ? 15 : Math.round(12 * word.length / Math.max(entry[0].length, word.length + 1));
        decode(entry[1], (record, weight) => {
          // The start of a whole name is a part of it.
          var score = (weight === WHOLE && !exact ? NAME : weight) * 16 + nearness;
          if (score > (found.scores.get(record) || 0)) found.scores.set(record, score);
        });
      });
      return found;
    });
  }

  // ---- Words

  /** @param {string} text */
  function plain(text) { return text.normalize("NFKD").replace(/\p{M}/gu, ""); }
  /** @param {string} text */
  function lower(text) {
    return Array.from(text).map((c) => c.toLowerCase()).join("").replace(/_/g, "").slice(0, MAX_WORD);
  }
  /** @param {string} text */
  function whole(text) { return lower(plain(text).replace(/[^\p{Alphabetic}\p{N}]/gu, "")); }

  /** @param {string} run */
  function parts(run) {
    var SIGN = /[\u3040-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}]/u, UPPER = /\p{Uppercase}/u, LOWER = /\p{Lowercase}/u;
    var letters = Array.from(run), found = [""];
    letters.forEach((c, at) => {
      var before = letters[at - 1], next = letters[at + 1];
      if (before && (c === "_" || before === "_" || SIGN.test(c) || SIGN.test(before) ||
        (UPPER.test(c) && (!UPPER.test(before) || (next && LOWER.test(next)))))) found.push("");
      found[found.length - 1] += c;
    });
    return found.map(lower).filter(Boolean);
  }

  /** @param {string} text @returns {Word[]} */
  function query(text) {
    var runs = plain(text).match(/[\p{Alphabetic}\p{N}_]+/gu) || [];
    return runs.map((run) => { return { whole: lower(run), parts: parts(run) }; })
      .filter((word) => word.whole).slice(0, MAX_WORDS);
  }

  // ---- Searching

  // A record has an identifier as one word, or all parts of it.
  /** @param {Word} word @returns {Promise<Scores>} */
  function found(word) {
    var all = word.parts.slice(0, MAX_WORDS);
    if (all.length < 2) return matches(word.whole);
    return Promise.all([matches(word.whole)].concat(all.map(matches))).then((results) => {
      var result = results[0], rest = results.slice(1);
      result.open = results.some((one) => one.open);
      rest[0].scores.forEach((score, record) => {
        var least = rest.reduce((least, one) => Math.min(least, one.scores.get(record) || 0), score);
        if (least > (result.scores.get(record) || 0)) result.scores.set(record, least);
      });
      return result;
    });
  }

  /** @param {number} record */
  function kindOf(record) {
    var all = index().kinds, at = all.length - 1;
    while (at > 0 && all[at].from > record) at--;
    return at;
  }

  /** @param {string} text @returns {Promise<Result>} */
  function search(text) {
    var words = query(text), name = whole(text);
    if (!words.length) return Promise.resolve({ hits: [], some: false, words: [] });
    return Promise.all([matches(name)].concat(words.map(found))).then((results) => {
      var names = results[0].scores, each = results.slice(1);
      // What is in too many records is not demanded, unless there is nothing else.
      var closed = each.filter((one) => !one.open);
      var needed = closed.length ? closed : each, some = false;
      var records = Array.from(needed[0].scores.keys())
        .filter((record) => { return needed.every((one) => one.scores.has(record)); });
      /** @type {number[]} */
      var exact = [];
      names.forEach((score, record) => { if (score >= WHOLE * 16) exact.push(record); });
      if (!records.length && !exact.length) {
        some = each.length > 1;
        each.forEach((one) => { records = records.concat(Array.from(one.scores.keys())); });
      }
      var hits = Array.from(new Set(records.concat(exact))).map((record) => {
        var least = 1000, sum = 0;
        each.forEach((one) => {
          var score = one.scores.get(record) || 0;
          least = Math.min(least, score);
          sum += score;
        });
        var full = names.get(record) || 0;
        var tier = full >= WHOLE * 16 ? 3 : least >= NAME * 16 ? 2 : least >= AROUND * 16 ? 1 : 0;
        if (full >= NAME * 16) sum += full;
        return { record: record, tier: tier, kind: kindOf(record), score: sum };
      });
      hits.sort((a, b) => {
        if (some) return b.score - a.score || a.record - b.record;
        return b.tier - a.tier || a.kind - b.kind || b.score - a.score || a.record - b.record;
      });
      return { hits: hits, some: some, words: words };
    });
  }

  /** @param {Hit} hit @returns {Promise<Row>} */
  function row(hit) {
    var directory = index(), at = last(directory.records, hit.record), first = directory.records[at];
    return load(file(directory.record_files[at])).then(() => {
      var data = chunks[first], row = data.rows[hit.record - first], group = data.groups[row[0]];
      return { label: group[0], context: group[1], owner: group[2], title: row[1],
        href: group[3] + row[2], text: row[3] || "", headings: row[4] || [] };
    });
  }

  // ---- Showing

  /** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {string} [className] @param {string} [text] */
  function make(name, className, text) {
    var element = doc.createElement(name);
    if (className) element.className = className;
    if (text) element.append(text);
    return element;
  }

  // A pattern of small and capital letters alike.
  /** @param {string} word */
  function either(word) {
    return Array.from(word).map((c) => {
      var capital = c.toUpperCase();
      return capital === c || Array.from(capital).length > 1 ? c : "[" + c + capital + "]";
    }).join("");
  }

  // A text with the words that were looked for marked.
  /** @template {HTMLElement} E @param {E} element @param {string} text @param {Word[]} words @returns {E} */
  function marked(element, text, words) {
    /** @type {string[]} */
    var all = [];
    words.forEach((word) => { all.push(word.whole); all = all.concat(word.parts); });
    all.sort((a, b) => b.length - a.length);
    if (!all.length) { element.append(text); return element; }
    // At the start of a word, or of a part of an identifier.
    var pattern = new RegExp("(?<![\\p{Alphabetic}\\p{N}])(?:" + all.map(either).join("|") +
      ")|(?<=\\p{Lowercase})(?:" + all.map((word) => {
        return word[0].toUpperCase() + either(word.slice(1));
      }).join("|") + ")", "gu");
    var from = 0;
    for (var hit of text.matchAll(pattern)) {
      element.append(text.slice(from, hit.index), make("mark", "", hit[0]));
      from = hit.index + hit[0].length;
    }
    element.append(text.slice(from));
    return element;
  }

  /** @param {Row} row @param {Word[]} words */
  function show(row, words) {
    var item = make("li", "hit"), head = make("p", "hit-head");
    var link = marked(make("a", "hit-title"), row.title, words);
    link.href = row.href;
    head.append(link, make("span", "hit-kind", row.label));
    item.append(head);
    var around = [row.context, row.owner && t("owner: {name}", { name: row.owner })].filter(Boolean).join(" · ");
    if (around) item.append(make("p", "hit-around", around));
    if (row.text) item.append(marked(make("p", "hit-text"), row.text, words));
    var sections = row.headings.filter((heading) => {
      var known = query(heading[0]).map((word) => [word.whole].concat(word.parts)).flat();
      return words.some((word) => { return known.some((one) => one.startsWith(word.whole)); });
    }).slice(0, 3);
    if (sections.length) {
      var inner = make("ul", "hit-sections");
      sections.forEach((heading) => {
        var entry = make("li"), to = marked(make("a"), heading[0], words);
        to.href = row.href + "#" + encodeURIComponent(heading[1]);
        entry.append(to);
        inner.append(entry);
      });
      item.append(inner);
    }
    return item;
  }

  /** @type {Result} */
  var current = { hits: [], words: [], some: false };
  var shown = 0, wanted = "", run = 0;

  function ofKind() {
    var kind = directory ? directory.kinds.findIndex((kind) => kind.id === wanted) : -1;
    return kind < 0 ? current.hits : current.hits.filter((hit) => hit.kind === kind);
  }

  function chips() {
    var directory = index(), counts = directory.kinds.map(() => 0);
    current.hits.forEach((hit) => { counts[hit.kind]++; });
    kinds.replaceChildren();
    /** @type {[string, string, number][]} */
    var every = [["", t("All"), current.hits.length]];
    var all = every.concat(directory.kinds.map((kind, at) => {
      return /** @type {[string, string, number]} */ ([kind.id, KINDS[kind.id] || kind.title, counts[at]]);
    }).filter((one) => one[2] || one[0] === wanted));
    kinds.hidden = all.length < 3 && !wanted;
    all.forEach((one) => {
      var button = make("button", "", one[1]);
      button.type = "button";
      button.append(" ", make("span", "count", texts.number(one[2])));
      button.setAttribute("aria-pressed", String(one[0] === wanted));
      button.addEventListener("click", () => {
        wanted = one[0];
        remember();
        result().then(() => /** @type {HTMLElement} */ (kinds.querySelector("[aria-pressed=true]")).focus());
      });
      kinds.append(button);
    });
  }

  function remember() {
    var query = new URLSearchParams();
    if (input.value.trim()) query.set("q", input.value.trim());
    if (wanted) query.set("kind", wanted);
    // Some browsers forbid it for files.
    try { history.replaceState(null, "", "?" + query.toString()); } catch (_) { }
  }

  /** @param {number} mine @returns {Promise<HTMLElement[] | null>} */
  function next(mine) {
    var hits = ofKind().slice(shown, shown + AT_ONCE);
    return Promise.all(hits.map(row)).then((rows) => {
      if (mine !== run) return null;
      shown += rows.length;
      more.hidden = shown >= ofKind().length;
      return rows.map((row) => show(row, current.words));
    });
  }

  function result() {
    var mine = ++run;
    shown = 0;
    return next(mine).then((items) => {
      if (!items) return;
      chips();
      list.replaceChildren.apply(list, items);
      list.hidden = !items.length;
      lists.hidden = current.words.length > 0 && items.length > 0;
      var count = ofKind().length, text = input.value.trim();
      if (!current.words.length) status.textContent = "";
      else if (!count) status.textContent = t("Nothing was found for “{text}”.", { text: text });
      else {
        var results = texts.counted(count, "result", "results");
        status.textContent = current.some ? t("{results}: none has all of the words, these have some.", { results: results }) :
          t("{results} for “{text}”.", { results: results, text: text });
      }
    });
  }

  function failed() { status.textContent = t("The search index could not be loaded. The lists below lead to everything."); }

  function start() {
    var mine = ++run;
    return (directory ? Promise.resolve() : load(page.dataset.index || ""))
      .then(() => search(input.value))
      .then((found) => {
        if (mine !== run) return;
        current = found;
        return result();
      }).catch(failed);
  }

  var timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { remember(); start(); }, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    remember();
    start().then(() => {
      /** @type {HTMLElement | null} */
      var first = list.querySelector(".hit-title");
      if (first && doc.activeElement === input) first.focus();
    });
  });
  more.addEventListener("click", () => {
    next(run).then((items) => {
      if (!items) return;
      list.append.apply(list, items);
      var first = items[0] && items[0].querySelector("a");
      if (first) first.focus();
    });
  });
  page.addEventListener("keydown", (event) => {
    var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    /** @type {HTMLElement[]} */
    var stops = [input, ...list.querySelectorAll("a")];
    var at = stops.findIndex((stop) => stop === doc.activeElement), to = stops[at + step];
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
    if (to === input) input.select();
  });

  var asked = new URLSearchParams(location.search);
  input.value = asked.get("q") || "";
  wanted = asked.get("kind") || "";
  input.focus();
  if (input.value.trim()) start();
})();
