// What a word is: texts as the words that they are found by, as `src/search/words.rs` has it, and words by
// their English stem (the Snowball algorithm). `tests/search/words.tsv` holds both sides to the same.
(function () {
  "use strict";
  var MAX_WORD = 48, SHORTEST = 3;
  var SIGN = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u{20000}-\u{3ffff}]/u;
  var UPPER = /\p{Uppercase}/u, LOWER = /\p{Lowercase}/u;

  /** @param {string} text */
  function plain(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC"); }
  /** @param {string} text */
  function lower(text) {
    return Array.from(Array.from(text.replace(/_/g, "")).map((c) => c.toLowerCase()).join("")).slice(0, MAX_WORD).join("");
  }
  /** A name as one word. @param {string} text */
  function whole(text) { return lower(plain(text).replace(/[^\p{Alphabetic}\p{N}]/gu, "")); }

  /** The parts of an identifier. @param {string} run */
  function parts(run) {
    var letters = Array.from(run), found = [""];
    letters.forEach((c, at) => {
      var before = letters[at - 1], next = letters[at + 1];
      if (before && (c === "_" || before === "_" ||
        (UPPER.test(c) && (!UPPER.test(before) || (next && LOWER.test(next)))))) found.push("");
      found[found.length - 1] += c;
    });
    return found.filter((part) => /[^_]/.test(part));
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
    (plain(text).match(/[\p{Alphabetic}\p{N}_]+/gu) || []).forEach((run) => {
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

  // ---- Stems

  var VOWEL = /[aeiouy]/, KEPT = /^(?:sky|news|howe|atlas|cosmos|bias|andes)$/;
  /** @type {Record<string, string>} */
  var ODD = {
    skis: "ski", skies: "sky", dying: "die", lying: "lie", tying: "tie", idly: "idl", gently: "gentl",
    ugly: "ugli", early: "earli", only: "onli", singly: "singl",
  };
  /** Endings, the longest of those that fit first, and what they become. @type {[string, string][]} */
  var SECOND = [["ization", "ize"], ["ational", "ate"], ["fulness", "ful"], ["ousness", "ous"], ["iveness", "ive"],
    ["tional", "tion"], ["biliti", "ble"], ["lessli", "less"], ["entli", "ent"], ["ation", "ate"], ["alism", "al"],
    ["aliti", "al"], ["ousli", "ous"], ["iviti", "ive"], ["fulli", "ful"], ["enci", "ence"], ["anci", "ance"],
    ["abli", "able"], ["izer", "ize"], ["ator", "ate"], ["alli", "al"], ["bli", "ble"], ["ogi", "og"], ["li", ""]];
  /** @type {[string, string][]} */
  var THIRD = [["ational", "ate"], ["tional", "tion"], ["alize", "al"], ["icate", "ic"], ["iciti", "ic"],
    ["ative", ""], ["ical", "ic"], ["ness", ""], ["ful", ""]];
  var FOURTH = ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "ion", "al", "er", "ic"];
  var SHORT = /(?:^[aeiouy][^aeiouy]|[^aeiouy][aeiouy][^aeiouywxY])$/;

  /** The start of the region after the first consonant that follows a vowel. @param {string} word @param {number} from */
  function region(word, from) {
    var match = /[aeiouy][^aeiouy]/.exec(word.slice(from));
    return match ? from + match.index + 2 : word.length;
  }

  /** @param {string} word */
  function first(word) {
    if (/sses$/.test(word)) return word.slice(0, -2);
    if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
    if (/[^us]s$/.test(word) && VOWEL.test(word.slice(0, -2))) return word.slice(0, -1);
    return word;
  }

  /** @param {string} word @param {number} r1 */
  function tense(word, r1) {
    var e = /eed(?:ly)?$/.exec(word);
    if (e) return e.index >= r1 ? word.slice(0, e.index + 2) : word;
    var ending = /(?:ed|ing)(?:ly)?$/.exec(word);
    if (!ending || !VOWEL.test(word.slice(0, ending.index))) return word;
    word = word.slice(0, ending.index);
    if (/(?:at|bl|iz)$/.test(word)) return word + "e";
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) return word.slice(0, -1);
    return r1 >= word.length && SHORT.test(word) ? word + "e" : word;
  }

  /** @param {string} word @param {[string, string][]} endings @param {(ending: string, at: number) => boolean} fits */
  function replaced(word, endings, fits) {
    for (var ending of endings) {
      if (!word.endsWith(ending[0])) continue;
      var at = word.length - ending[0].length;
      return fits(ending[0], at) ? word.slice(0, at) + ending[1] : word;
    }
    return word;
  }

  /** @param {string} word */
  function english(word) {
    if (Object.prototype.hasOwnProperty.call(ODD, word)) return ODD[word];
    if (KEPT.test(word)) return word;
    word = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    var start = /^(?:gener|commun|arsen)/.exec(word), r1 = start ? start[0].length : region(word, 0), r2 = region(word, r1);
    word = first(word);
    if (/^(?:inn|out|cann|herr|earr)ing$|^(?:proc|exc|succ)eed$/.test(word)) return word;
    word = tense(word, r1).replace(/(.[^aeiouy])[yY]$/, "$1i");
    word = replaced(word, SECOND, (ending, at) => {
      if (at < r1) return false;
      return ending === "ogi" ? word[at - 1] === "l" : ending === "li" ? /[cdeghkmnrt]/.test(word[at - 1]) : true;
    });
    word = replaced(word, THIRD, (ending, at) => at >= (ending === "ative" ? r2 : r1));
    word = replaced(word, FOURTH.map((ending) => /** @type {[string, string]} */([ending, ""])), (ending, at) => {
      return at >= r2 && (ending !== "ion" || /[st]/.test(word[at - 1]));
    });
    var end = word.length - 1;
    if (word[end] === "e" ? end >= r2 || (end >= r1 && !SHORT.test(word.slice(0, end))) :
      word[end] === "l" && end >= r2 && word[end - 1] === "l") word = word.slice(0, end);
    return word.toLowerCase();
  }

  /** The stem of a word in a language whose rules are known. @param {string} word @param {string} language */
  function stem(word, language) {
    return language === "en" && word.length >= SHORTEST && /^[a-z]+$/.test(word) ? english(word) : word;
  }

  window.catalogWords = { runs: runs, words: words, whole: whole, stem: stem };
})();
