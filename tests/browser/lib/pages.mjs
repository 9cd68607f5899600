// Every page of a folder as the browser's own parser reads it, and where its links lead. Works
// on files, so that it sees all pages and not only those that something leads to.
import { readdir, readFile } from "node:fs/promises";
import { posix } from "node:path";

const MOST_PAGES = 20_000;

// The files of a folder by path, with forward slashes, in order.
export async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const prefix = folder.replaceAll("\\", "/").replace(/\/$/, "");
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.replaceAll("\\", "/").slice(prefix.length + 1))
    .sort();
}

// Reads all pages: per path its ids, links, headings and more.
export async function readPages(browser, folder) {
  const files = await filesOf(folder);
  const paths = files.filter((file) => file.endsWith(".html"));
  if (paths.length > MOST_PAGES) throw new Error(`${paths.length} pages are more than are checked`);
  const context = await browser.newContext();
  const tab = await context.newPage();
  const pages = new Map();
  for (const path of paths) {
    const text = await readFile(`${folder}/${path}`, "utf8");
    pages.set(path, { text, ...(await tab.evaluate(parse, text)) });
  }
  await context.close();
  return { files: new Set(files), pages };
}

// Runs in the browser.
function parse(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const values = (selector, name) => [...page.querySelectorAll(selector)].map((element) => element.getAttribute(name));
  const ids = values("[id]", "id");
  const srcsets = values("[srcset]", "srcset").flatMap((set) => set.split(",").map((part) => part.trim().split(/\s+/)[0]));
  return {
    ids,
    names: values("a[name]", "name"),
    duplicates: ids.filter((id, at) => ids.indexOf(id) !== at),
    links: [...values("[href]", "href"), ...values("[src]", "src"), ...values("[data]", "data"), ...srcsets],
    headings: page.querySelectorAll("h1").length,
    mains: page.querySelectorAll("main").length,
    language: page.documentElement.lang,
    title: page.title,
    // Scripts of the site stand in files of their own, so that a strict policy can be set.
    inlineScripts: [...page.querySelectorAll("script:not([src])")].filter(
      (script) => !/json/.test(script.type),
    ).length,
    handlers: [...page.querySelectorAll("*")].flatMap((element) =>
      element.getAttributeNames().filter((name) => name.startsWith("on")),
    ),
  };
}

// What is wrong with the links of all pages. `base` is the path that the site is made for: only
// the page for what is not there may name it, because it is shown at any depth.
export function linkProblems({ files, pages }, base = "/") {
  const problems = [];
  for (const [path, page] of pages) {
    const wrong = (link, why) => problems.push(`${path}: ${JSON.stringify(link)} ${why}`);
    for (const link of page.links) {
      if (link === null || /^(https?|mailto|tel|data|vscode|ssh|git|irc|xmpp|slack|ftp):/i.test(link)) continue;
      if (/^[a-z][a-z0-9+.-]*:/i.test(link)) {
        wrong(link, "has a scheme that pages should not have");
        continue;
      }
      if (link.startsWith("//")) {
        wrong(link, "leads to another host");
        continue;
      }
      let target, anchor;
      try {
        const [before, after] = link.split("#", 2);
        const clean = decodeURIComponent(before.split("?")[0]);
        anchor = after === undefined ? undefined : decodeURIComponent(after);
        if (clean.startsWith("/")) {
          if (path !== "404.html" || !clean.startsWith(base)) {
            wrong(link, "is not relative");
            continue;
          }
          target = clean.slice(base.length);
        } else {
          target = clean === "" ? path : posix.normalize(posix.join(posix.dirname(path), clean));
        }
      } catch {
        wrong(link, "cannot be decoded");
        continue;
      }
      if (target.startsWith("../")) {
        wrong(link, "leads out of the site");
      } else if (!files.has(target)) {
        // From file:// nothing turns a folder into its index.
        const folder = files.has(posix.join(target, "index.html"));
        wrong(link, folder ? "names a folder and not its index.html" : "leads nowhere");
      } else if (target === "map.html" && anchor?.includes("=")) {
        // What the map shows, and no place on its page.
        if (!/^focus=[a-z]+:[^/]+\/.+$/i.test(anchor)) wrong(link, "is no state of the map");
      } else if (anchor && anchor !== "top" && pages.has(target)) {
        const there = pages.get(target);
        if (!there.ids.includes(anchor) && !there.names.includes(anchor)) wrong(link, "has no such anchor there");
      }
    }
  }
  return problems;
}
