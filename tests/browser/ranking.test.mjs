// Is the right page first? `tests/search/ranking.yaml` says which it is; the same index that readers have
// answers, in a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { launch, visit } from "./lib/browser.mjs";
import { corporaSite, ranking } from "./lib/ranking.mjs";
import { buildExample } from "./lib/site.mjs";

const LEAST = 0.9;
let browser, lists;

before(async () => {
  browser = await launch();
  lists = await ranking();
});

after(() => browser?.close());

// The queries whose page is not first, with what is.
async function missed(folder, queries) {
  const found = [];
  const problems = await visit(browser, `${pathToFileURL(folder)}/search.html`, async (page) => {
    for (const { query, page: wanted } of queries) {
      const first = await page.evaluate(async (query) => {
        await window.catalogIndex.open();
        const { hits } = await window.catalogIndex.search(query);
        return hits.slice(0, 3).map((hit) => window.catalogShow.href(hit).replace(window.catalogKept.root, ""));
      }, query);
      const isRight = wanted.includes("#") ? first[0] === wanted : first[0]?.split("#")[0] === wanted;
      if (!isRight) found.push({ query, wanted, first });
    }
  });
  assert.deepEqual(problems, []);
  return found;
}

async function judge(site, over, context) {
  try {
    const wrong = await missed(site.folder, lists[over]);
    const [right, all] = [lists[over].length - wrong.length, lists[over].length];
    context.diagnostic(`${over}: ${right} of ${all}`);
    assert.ok(right >= LEAST * all, `${right} of ${all}: ${JSON.stringify(wrong, null, 1)}`);
  } finally {
    await site.remove();
  }
}

test("there are fifty queries", () => {
  assert.equal(Object.values(lists).flat().length, 50);
});

test("queries over the example find the right page first", async (context) => judge(await buildExample(), "example-org", context));

const skip = process.env.CATALOG_CORPORA ? false : "CATALOG_CORPORA names no public catalogs";
test("queries over public catalogs find the right page first", { skip }, async (context) => judge(await corporaSite(), "corpora", context));
