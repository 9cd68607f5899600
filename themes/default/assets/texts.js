// The words of the other scripts in the language of the site. A site in another language than
// English has its translations written before this, as `catalogStrings`.
(function () {
  "use strict";
  /** @type {CatalogStrings} */
  var strings = window.catalogStrings || { language: "en", thousands: ",", texts: {}, plurals: {} };
  /** @type {Intl.PluralRules | null} */
  var rules = null;
  try { rules = new Intl.PluralRules(strings.language); } catch (_) { }

  /** @param {Record<string, unknown>} map @param {string} key */
  function has(map, key) { return Object.prototype.hasOwnProperty.call(map, key); }

  /**
   * A text with each `{name}` filled in.
   * @param {string} english
   * @param {Record<string, string | number>} [values]
   * @returns {string}
   */
  function t(english, values) {
    var text = has(strings.texts, english) ? strings.texts[english] : english;
    return values ? text.replace(/\{([a-z_]+)\}/g, (whole, name) => {
      return has(values, name) ? String(values[name]) : whole;
    }) : text;
  }

  /** A number as people write it. @param {number} count @returns {string} */
  function number(count) { return String(count).replace(/\B(?=(\d{3})+$)/g, strings.thousands); }

  /**
   * A number and the word for so many.
   * @param {number} count
   * @param {string} one
   * @param {string} many
   * @returns {string}
   */
  function counted(count, one, many) {
    var word = count === 1 ? one : many;
    if (has(strings.plurals, one)) {
      var forms = strings.plurals[one];
      word = (rules && forms[rules.select(count)]) || forms.other || word;
    }
    return word.indexOf("{n}") < 0 ? number(count) + " " + word : word.replace("{n}", number(count));
  }

  window.catalogTexts = { t: t, number: number, counted: counted };
})();
