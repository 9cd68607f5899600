// Gives what a page shows away as a file.
(function () {
  "use strict";

  /** @param {any} value */
  function quoted(value) {
    var words = value === null ? "" : Array.isArray(value) ? value.join(" ") : String(value);
    // A cell that a spreadsheet would take for a formula is a text.
    if (/^[=+\-@\t\r]/.test(words)) words = "'" + words;
    return /[",\r\n]/.test(words) ? "\"" + words.replace(/"/g, "\"\"") + "\"" : words;
  }

  /** @param {string} name @param {string} type @param {string} data */
  function save(name, type, data) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type: type }));
    link.download = name;
    link.click();
    setTimeout(() => { URL.revokeObjectURL(link.href); }, 10000);
  }

  /** Records as lines, under the keys of the first. @param {string} name @param {Record<string, any>[]} records */
  function csv(name, records) {
    var keys = Object.keys(records[0] || {});
    var lines = records.map((record) => keys.map((key) => quoted(record[key])).join(","));
    save(name, "text/csv;charset=utf-8", [keys.join(",")].concat(lines).join("\r\n") + "\r\n");
  }

  window.catalogFile = { csv: csv, save: save };
})();
