// What a page costs those who open it, and what Lighthouse thinks of it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { launch, visit } from "./lib/browser.mjs";
import { audit, losses } from "./lib/lighthouse.mjs";
import { readPages } from "./lib/pages.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample, pageTypes } from "./lib/site.mjs";

// Compressed bytes that one visit may move, by what they are.
const WEIGHTS = { html: 30_000, css: 20_000, js: 25_000 };
// Pages that are a whole book by their nature.
const LONG = { "docs: print": 300_000, "docs: longest page": 100_000, "api: reference": 60_000 };
// The pages that most people open.
const MAIN = ["home", "list of a kind", "entity: Component", "docs: home", "api: reference"];

let built, browser, host, types;

before(async () => {
  browser = await launch();
  built = await buildExample();
  host = await serve(built.folder);
  types = await pageTypes(built.folder, (await readPages(browser, built.folder)).files);
});

after(async () => {
  await host?.close();
  await browser?.close();
  await built?.remove();
});

const weigh = (bytes) => gzipSync(bytes, { level: 6 }).length;

// What a page moved, and how far its parts shifted while it loaded.
async function cost(page) {
  return page.evaluate(
    () =>
      new Promise((done) => {
        let shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
        setTimeout(() => done({ shift, loaded }), 200);
      }),
  );
}

async function weights(urls) {
  const weight = { html: 0, css: 0, js: 0 };
  for (const url of urls) {
    const name = decodeURIComponent(new URL(url).pathname.slice(1));
    const kind = name.split(".").pop();
    if (kind in weight) weight[kind] += weigh(await readFile(join(built.folder, name)));
  }
  return weight;
}

test("a page of each type weighs little, and nothing shifts while it loads", async () => {
  const problems = [];
  for (const [type, path] of types) {
    const wrong = await visit(browser, host.url + path, async (page) => {
      const { shift, loaded } = await cost(page);
      const weight = await weights([host.url + path, ...loaded]);
      const limits = { ...WEIGHTS, html: LONG[type] ?? WEIGHTS.html };
      const found = shift > 0 ? [`a layout shift of ${shift}`] : [];
      for (const [kind, most] of Object.entries(limits)) {
        if (weight[kind] > most) found.push(`${weight[kind]} bytes of ${kind}, more than ${most}`);
        if (weight[kind] === 0) found.push(`no ${kind} was seen`);
      }
      return found;
    });
    problems.push(...wrong.map((problem) => `[${type}] ${path}: ${problem}`));
  }
  assert.deepEqual(problems, []);
});

test("Lighthouse gives full points for accessibility, best practices and SEO", async () => {
  const problems = [];
  const urls = MAIN.map((type) => {
    assert.ok(types.has(type), `there is no page of the type "${type}": ${[...types.keys()].join(", ")}`);
    return host.url + types.get(type);
  });
  const categories = ["accessibility", "best-practices", "seo"];
  await audit(urls, categories, (url, result) => {
    for (const category of categories) {
      const { score } = result.categories[category];
      if (score !== 1) problems.push(`${url}: ${category} ${score}`, ...losses(result, category));
    }
  });
  assert.deepEqual(problems, []);
});
