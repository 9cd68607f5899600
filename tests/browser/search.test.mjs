// The search: typed into the page, from a host and from a file, and what is left without the script.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import { launch, visit } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample } from "./lib/site.mjs";

// A field of several schemas of one API of the example.
const FIELD = "accountId";
let browser, built, host, catalog;

before(async () => {
  browser = await launch();
  built = await buildExample();
  host = await serve(built.folder);
  catalog = JSON.parse(await readFile(`${built.folder}/catalog.json`, "utf8"));
});

after(async () => {
  await host?.close();
  await browser?.close();
  await built?.remove();
});

const places = () => [
  ["a host", host.url],
  ["a file", `${pathToFileURL(built.folder)}/`],
];

// Types a query and gives the first result.
async function first(page, query) {
  await page.fill("[data-search]", query);
  await page.waitForFunction(
    (query) => document.querySelector(".search-status").textContent.includes(`“${query}”`),
    query,
  );
  return page.$eval(".hits li", (hit) => ({
    title: hit.querySelector(".hit-title").textContent,
    kind: hit.querySelector(".hit-kind").textContent,
    href: hit.querySelector(".hit-title").href,
  }));
}

// The first operation of the example, as the list of all operations has it.
async function inside(page, base) {
  await page.goto(`${base}lists/api-operations.html`);
  return page.$eval("main li:has(.api-list-target) a[href*='#']", (link) => ({
    target: `${link.querySelector(".verb").textContent} ${link.querySelector(".api-list-target").textContent}`,
    href: link.href,
  }));
}

describe("search", () => {
  test("finds an entity by its title and an operation by its path, first of all", async () => {
    const entity = catalog.entities.find(({ kind, metadata }) => kind === "Component" && metadata.title);
    for (const [place, base] of places()) {
      const problems = await visit(browser, `${base}search.html`, async (page) => {
        const found = await first(page, entity.metadata.title);
        assert.equal(found.title, entity.metadata.title, place);
        assert.ok(found.href.endsWith(`/component/${entity.metadata.name}.html`), found.href);
        const known = await inside(page, base);
        await page.goto(`${base}search.html`);
        const operation = await first(page, known.target);
        assert.equal(operation.kind, "Operation", place);
        assert.equal(operation.href, known.href, place);
      });
      assert.deepEqual(problems, [], place);
    }
  });

  test("finds a field by its name, and leads to where it stands", async () => {
    for (const [place, base] of places()) {
      const problems = await visit(browser, `${base}search.html?kind=field`, async (page) => {
        const found = await first(page, FIELD);
        assert.equal(found.kind, "Field", place);
        assert.equal(found.title, FIELD, place);
        await page.goto(found.href);
        const anchor = decodeURIComponent(new URL(found.href).hash.slice(1));
        assert.ok(await page.$(`[id="${anchor}"]`), `${found.href} has no such anchor`);
        assert.ok((await page.textContent("main")).includes(FIELD), place);
      });
      assert.deepEqual(problems, [], place);
    }
  });

  test("the box of every page leads there, arrows lead through the results", async () => {
    for (const [place, base] of places()) {
      const problems = await visit(browser, `${base}index.html`, async (page) => {
        // What the first page still loads is not broken off by leaving it.
        await page.waitForLoadState("networkidle");
        await page.keyboard.press("Control+k");
        await page.keyboard.type("payments");
        await page.keyboard.press("Enter");
        await page.waitForSelector(".hits li mark");
        assert.ok(page.url().includes("search.html?q=payments"), page.url());
        await page.focus("[data-search]");
        await page.keyboard.press("ArrowDown");
        const href = await page.evaluate(() => document.activeElement.href);
        assert.equal(href, await page.$eval(".hit-title", (link) => link.href), place);
        await page.keyboard.press("ArrowUp");
        assert.ok(await page.evaluate(() => document.activeElement.matches("[data-search]")), place);
        // One page fades into the next; a test is too quick for it.
      }, { reducedMotion: "reduce" });
      assert.deepEqual(problems, [], place);
    }
  });

  test("says when there is nothing", async () => {
    const problems = await visit(browser, `${host.url}search.html?q=qqzzxxyy`, async (page) => {
      await page.waitForFunction(() => /Nothing was found/.test(document.querySelector("[role=status]").textContent));
      assert.ok(await page.isVisible(".search-lists"));
    });
    assert.deepEqual(problems, []);
  });

  test("without the script there are the lists, and a word on it", async () => {
    const look = async (page) => {
      assert.ok(await page.isVisible(".search-note"));
      assert.ok(await page.isVisible(".search-lists a[href='lists/component.html']"));
    };
    const problems = await visit(browser, `${host.url}search.html?q=x`, look, { javaScriptEnabled: false });
    assert.deepEqual(problems, []);
  });
});
