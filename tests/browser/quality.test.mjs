// What a page costs those who open it, and what Lighthouse thinks of it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
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
const MAIN = ["home", "list of a kind", "entity: Component", "docs: longest page", "api: reference"];

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

describe("one page of each type", () => {
  test("weighs little", async () => {
    const problems = [];
    for (const [type, path] of types) {
      const weight = { html: 0, css: 0, js: 0 };
      await visit(browser, host.url + path, async (page) => {
        const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
        for (const url of [host.url + path, ...loaded]) {
          const name = new URL(url).pathname.slice(1);
          const kind = name.endsWith(".html") ? "html" : name.split(".").pop();
          if (kind in weight) weight[kind] += weigh(await readFile(join(built.folder, decodeURIComponent(name))));
        }
      });
      const limits = { ...WEIGHTS, html: LONG[type] ?? WEIGHTS.html };
      for (const [kind, most] of Object.entries(limits)) {
        if (weight[kind] > most) problems.push(`[${type}] ${path}: ${weight[kind]} bytes of ${kind}, more than ${most}`);
        if (kind !== "js" && weight[kind] === 0) problems.push(`[${type}] ${path}: no ${kind} was seen`);
      }
    }
    assert.deepEqual(problems, []);
  });

  test("does not shift while it loads", async () => {
    const problems = [];
    for (const [type, path] of types) {
      const wrong = await visit(browser, host.url + path, async (page) => {
        const shift = await page.evaluate(
          () =>
            new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => done(sum), 300);
            }),
        );
        return shift > 0 ? [`layout shift of ${shift}`] : [];
      });
      problems.push(...wrong.map((problem) => `[${type}] ${path}: ${problem}`));
    }
    assert.deepEqual(problems, []);
  });
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
