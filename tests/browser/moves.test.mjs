// Old addresses: what the settings say has moved, and the places that a Backstage has.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import { launch, visit } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample } from "./lib/site.mjs";

let browser, built, hosts;

before(async () => {
  browser = await launch();
  const bases = ["/", "/below/"];
  built = await Promise.all(bases.map((base) => buildExample(base === "/" ? undefined : `http://localhost${base}`)));
  hosts = await Promise.all(built.map(({ folder }, at) => serve(folder, bases[at])));
});

after(async () => {
  await Promise.all((hosts ?? []).map((host) => host.close()));
  await browser?.close();
  await Promise.all((built ?? []).map((site) => site.remove()));
});

// Where one is in the end, from the root of the site.
async function end(from, base, to, javascript = true) {
  const context = await browser.newContext({ javaScriptEnabled: javascript });
  try {
    const page = await context.newPage();
    await page.goto(base + from);
    await page.waitForURL((url) => url.href === base + to, { timeout: 5000 }).catch(() => undefined);
    return page.url().slice(base.length);
  } finally {
    await context.close();
  }
}

const MOVED = {
  "catalog/default/component/tide-gateway.html": "catalog/default/component/event-gateway.html",
  "docs/default/component/tide-gateway/offline.html": "docs/default/component/event-gateway/offline.html",
  "docs/default/component/event-gateway/topics.html": "docs/default/component/event-gateway/events.html",
  "api-docs.html": "lists/api.html",
  "catalog.html": "lists/all.html",
  "catalog-graph.html": "map.html",
  "create.html": "lists/template.html",
  "docs.html": "docs/index.html",
  "create/templates/default/service.html": "catalog/default/template/service.html",
};

// Only a script can do this where the host knows no rules.
const LOST = {
  "catalog/default/component/event-gateway/dependencies": "catalog/default/component/event-gateway.html",
  "catalog/Default/Component/Event-Gateway": "catalog/default/component/event-gateway.html",
  "catalog/default/Component/event-gateway/docs/offline": "docs/default/component/event-gateway/offline.html",
  "docs/default/Component/event-gateway/": "docs/default/component/event-gateway/index.html",
  "docs/default/component/event-gateway/nothing": "docs/default/component/event-gateway/index.html",
  "create/templates/service": "catalog/default/template/service.html",
  "catalog/": "lists/all.html",
  "catalog/default/component/%65vent%2Dgateway/ci-cd": "catalog/default/component/event-gateway.html",
};

describe("old addresses", () => {
  test("lead on without a script, from a host and from a file", async () => {
    for (const [from, to] of Object.entries(MOVED)) {
      assert.equal(await end(from, hosts[0].url, to, false), to, from);
      assert.equal(await end(from, `${pathToFileURL(built[0].folder)}/`, to, false), to, from);
    }
  });

  test("are known as moved to machines", async () => {
    for (const from of Object.keys(MOVED)) {
      const text = await readFile(`${built[1].folder}/${from}`, "utf8");
      assert.match(text, /<meta name="robots" content="noindex">/, from);
      assert.match(text, /<link rel="canonical" href="http:\/\/localhost\/below\//, from);
    }
  });

  test("of a Backstage are found by the page for what is not there", async () => {
    for (const host of hosts) {
      for (const [from, to] of Object.entries(LOST)) assert.equal(await end(from, host.url, to), to, from);
    }
  });

  test("that mean nothing stay where they are", async () => {
    for (const from of ["nothing", "catalog/default/component/nobody/docs", "docs/%2e%2e/a"]) {
      const problems = await visit(browser, hosts[0].url + from, async (page) => {
        await page.waitForTimeout(300);
        assert.match(await page.title(), /^Not found/, from);
      }, { expectedStatus: 404 });
      // What was looked for in vain is told by the browser itself.
      assert.deepEqual(problems.filter((problem) => !/404|nobody/.test(problem)), [], from);
    }
  });
});
