// The page for what is not there: addresses of a Backstage lead to the pages of this site, also where
// the host knows no rules. How a name becomes a path says `src/routes.rs`.
(function () {
  "use strict";
  var main = /** @type {HTMLElement | null} */ (document.querySelector("[data-lost]"));
  if (!main || !/^https?:$/.test(location.protocol)) return;
  var root = main.dataset.lost || "/", DEVICE = /^(con|prn|aux|nul|index|404|com\d|lpt\d)(?=\.|$)/;

  /**
   * One part of a path as it is in this site.
   * @param {string} text
   */
  function segment(text) {
    var out = Array.from(text.toLowerCase(), (c) => {
      if (/[a-z0-9._-]/.test(c)) return c;
      return Array.from(new TextEncoder().encode(c), (byte) => "~" + byte.toString(16).padStart(2, "0")).join("");
    }).join("");
    if (out === "" || out.endsWith(".")) out += "~";
    return out.replace(DEVICE, "$1~");
  }

  /**
   * Where in this site may be what a path of a Backstage means, the likeliest first.
   * @param {string} path from the root of the site, decoded
   * @returns {string[]}
   */
  function places(path) {
    var parts = path.split("/").filter(Boolean).map((part) => part.replace(/\.html$/i, ""));
    var area = (parts[0] || "").toLowerCase(), rest = parts.slice(1);
    if (area === "api-docs") return ["lists/api.html"];
    if (area === "catalog-graph") return ["map.html"];
    if (area === "catalog" && rest.length === 0) return ["lists/all.html"];
    if (area === "create") {
      if (rest.length < 2 || rest[0].toLowerCase() !== "templates") return ["lists/template.html", "lists/all.html"];
      var name = /** @type {string} */ (rest[rest.length - 1]);
      return ["catalog/" + segment(rest.length > 2 ? rest[1] : "default") + "/template/" + segment(name) + ".html"];
    }
    if (area !== "catalog" && area !== "docs") return [];
    if (rest.length < 3) return area === "docs" ? ["docs/index.html"] : ["lists/all.html"];
    var entity = rest.slice(0, 3).map(segment).join("/"), more = rest.slice(3);
    var page = "catalog/" + entity + ".html", found = [];
    if (area === "docs" || (more[0] || "").toLowerCase() === "docs") {
      var below = (area === "docs" ? more : more.slice(1)).join("/");
      if (below) found.push("docs/" + entity + "/" + below + ".html", "docs/" + entity + "/" + below + "/index.html");
      found.push("docs/" + entity + "/index.html");
    }
    return found.concat(page);
  }

  /** @param {string} place */
  function address(place) { return root + place.split("/").map(encodeURIComponent).join("/"); }

  /**
   * Goes to the first place that is there.
   * @param {string[]} left
   */
  function go(left) {
    if (left.length === 0) return;
    var to = address(/** @type {string} */ (left[0]));
    if (to === location.pathname) { go(left.slice(1)); return; }
    fetch(to, { method: "HEAD" }).then((answer) => {
      // A host that says yes to everything would lead in a circle.
      if (answer.ok && new URL(answer.url).pathname !== location.pathname) location.replace(to + location.hash);
      else go(left.slice(1));
    }, () => undefined);
  }

  var path = location.pathname;
  if (!path.startsWith(root)) return;
  try { path = decodeURIComponent(path.slice(root.length)); } catch { return; }
  go(places(path));
})();
