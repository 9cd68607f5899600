// Loads scripts and style sheets for the others, each once: nothing else can be loaded by a page that was
// opened from a file.
(function () {
  "use strict";
  /** @type {Record<string, Promise<void>>} */
  var loads = {};
  window.catalogLoad = (path) => {
    if (!loads[path]) loads[path] = new Promise((done, fail) => {
      var made = path.endsWith(".css") ? Object.assign(document.createElement("link"), { rel: "stylesheet", href: path }) :
        Object.assign(document.createElement("script"), { src: path });
      made.onload = () => { done(); };
      made.onerror = () => { delete loads[path]; made.remove(); fail(new Error(path)); };
      document.head.append(made);
    });
    return loads[path];
  };
})();
