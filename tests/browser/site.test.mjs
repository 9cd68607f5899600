// The built site of example-org, as browsers, screen readers, validators and static hosts see it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { launch, visit } from "./lib/browser.mjs";
import { inaccessible, invalidHtml, none, tooWide } from "./lib/checks.mjs";
import { linkProblems, readPages } from "./lib/pages.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample, pageTypes } from "./lib/site.mjs";

const NARROW = [320, 390];
let browser, built, site, host, types;

before(async () => {
  browser = await launch();
  built = await buildExample();
  site = await readPages(browser, built.folder);
  host = await serve(built.folder);
  types = await pageTypes(built.folder, site.files);
});

after(async () => {
  await host?.close();
  await browser?.close();
  await built?.remove();
});

// Looks at one page of each type; `look` returns problems.
async function eachType(look) {
  const problems = [];
  for (const [type, path] of types) {
    for (const problem of await look(path, type)) problems.push(`[${type}] ${path}: ${problem}`);
  }
  none(problems);
}

describe("all pages", () => {
  test("there is a page of each type", () => {
    none([...types].filter(([, path]) => !site.files.has(path)).map(([type, path]) => `[${type}] ${path} is not there`));
    for (const type of ["docs: home", "docs: longest page", "entity: API", "entity: Group", "entity: System"]) {
      assert.ok(types.has(type), `there is no page of the type "${type}"`);
    }
  });

  test("every link and anchor leads somewhere", () => none(linkProblems(site)));

  test("one h1, one main, a language, a title of its own, no id twice, no inline script", () => {
    const problems = [];
    const titles = new Map();
    for (const [path, page] of site.pages) {
      const wrong = (what) => problems.push(`${path}: ${what}`);
      if (page.headings !== 1) wrong(`${page.headings} h1`);
      if (page.mains !== 1) wrong(`${page.mains} main`);
      if (!page.language) wrong("no language");
      if (!page.title.trim()) wrong("no title");
      if (page.duplicates.length) wrong(`ids twice: ${page.duplicates.join(", ")}`);
      if (page.inlineScripts) wrong("inline script");
      if (page.handlers.length) wrong(`attributes that run code: ${page.handlers.join(", ")}`);
      if (titles.has(page.title)) wrong(`has the title of ${titles.get(page.title)}: ${page.title}`);
      titles.set(page.title, path);
    }
    none(problems);
  });

  test("the HTML is valid", async () => none(await invalidHtml(site.pages)));
});

describe("one page of each type", () => {
  test("opens without errors from a host", () => eachType((path) => visit(browser, host.url + path)));

  test("opens without errors below a sub-path", async () => {
    const below = await serve(built.folder, "/x/y/");
    try {
      await eachType((path) => visit(browser, below.url + path));
    } finally {
      await below.close();
    }
  });

  test("opens without errors from a file", () =>
    eachType((path) => visit(browser, pathToFileURL(`${built.folder}/${path}`).href)));

  test("says the same without JavaScript", () =>
    eachType(async (path) => {
      const words = async (javaScriptEnabled) => {
        let text = "";
        const read = async (page) => { text = await page.locator("main").innerText(); };
        const problems = await visit(browser, host.url + path, read, { javaScriptEnabled });
        return { text, problems };
      };
      const [without, having] = [await words(false), await words(true)];
      const problems = [...without.problems];
      if (without.text.trim().length < 40) problems.push("hardly says anything");
      if (without.text.length < having.text.length * 0.9) problems.push("says less");
      return problems;
    }));

  for (const width of NARROW) {
    test(`is not wider than a screen of ${width} px`, () =>
      eachType((path) =>
        visit(browser, host.url + path, tooWide, {
          viewport: { width, height: 700 },
        }),
      ));
  }

  for (const colorScheme of ["light", "dark"]) {
    test(`can be used by everyone: ${colorScheme}`, () =>
      eachType((path) =>
        visit(browser, host.url + path, inaccessible, { colorScheme, reducedMotion: "reduce" }),
      ));
  }
});

describe("the page for what is not there", () => {
  const styled = async (page) => {
    const { rules: count, overflow, current } = await page.evaluate(() => ({
      current: document.querySelectorAll(".top [aria-current]").length,
      rules: [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0),
      overflow: document.documentElement.scrollWidth > window.innerWidth,
    }));
    const problems = [];
    if (count === 0) problems.push("has no style");
    if (overflow) problems.push("is too wide");
    if (current) problems.push("says that it is another page");
    return problems;
  };
  const at = async (base) => {
    const problems = [];
    for (const path of ["nope", "catalog/default/component/nope.html", "a/b/c/d/e/f"]) {
      const found = await visit(browser, base + path, styled, { expectedStatus: 404 });
      problems.push(...found.map((problem) => `${path}: ${problem}`));
    }
    return problems;
  };

  test("works at any depth of a host", async () => none(await at(host.url)));

  test("works at any depth below the path that the settings name", async () => {
    const other = await buildExample("https://catalog.example/x/y/");
    const below = await serve(other.folder, "/x/y/");
    try {
      const problems = await at(below.url);
      problems.push(...linkProblems(await readPages(browser, other.folder), "/x/y/"));
      none(problems);
    } finally {
      await below.close();
      await other.remove();
    }
  });
});
