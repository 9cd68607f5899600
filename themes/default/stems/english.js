// The stems of English words, by Snowball's rules as `rust-stemmers` has them.
(function () {
  "use strict";
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

  window.catalogStem = (word) => {
    var plain = window.catalogWords.fold(word);
    return /^[a-z]+$/.test(plain) ? english(plain) : plain;
  };
})();
