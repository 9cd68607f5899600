// What the map shows, as the address says it after its `#`.
(function () {
  "use strict";

  /** @typedef {{focus: string, up: number, down: number, path: string, to: string, hide: string[], relations: string[] | null,
   *   at: number[] | null}} Address */
  /** @returns {Address} */
  function read() {
    /** @type {Record<string, string>} */
    var said = {};
    location.hash.slice(1).split("&").forEach((part) => {
      var at = part.indexOf("=");
      try { if (at > 0) said[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (_) { }
    });
    /** @param {string | undefined} text */
    function steps(text) { return text && /^[0-5]$/.test(text) ? Number(text) : 1; }
    var at = (said.at || "").split(",").map(Number);
    return { focus: said.focus || "", up: steps(said.up), down: steps(said.down), path: said.path || "", to: said.to || "",
      hide: said.hide ? said.hide.split(".") : [], relations: said.relations === undefined ? null : said.relations.split("."),
      at: at.length === 3 && at.every(isFinite) && at[2] > 0 ? at : null };
  }
  /** @param {Address} now */
  function hash(now) {
    /** @type {string[]} */
    var parts = [];
    /** @param {string} ref */
    function safe(ref) { return encodeURIComponent(ref).replace(/%3A/g, ":").replace(/%2F/g, "/"); }
    if (now.focus) parts.push("focus=" + safe(now.focus), "up=" + now.up, "down=" + now.down);
    else if (now.path) parts.push("path=" + safe(now.path), "to=" + safe(now.to));
    else if (now.at) parts.push("at=" + now.at.join(","));
    if (now.hide.length) parts.push("hide=" + now.hide.map(encodeURIComponent).join("."));
    if (now.relations) parts.push("relations=" + now.relations.map(encodeURIComponent).join("."));
    return "#" + parts.join("&");
  }
  window.catalogMap.state = () => ({ read: read, hash: hash });
})();
