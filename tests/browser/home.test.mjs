// Home as somebody sees it who has never been here, and the list of changes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import axe from "axe-core";

import { launch, visit } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample, buildFromCommits } from "./lib/site.mjs";

const SERVICE = "Route planner";

const entity = (kind, name, spec) =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: {${spec}}\n`;
const COMMITS = [
  {
    repository: "team",
    day: "2026-05-01",
    author: "Ada",
    subject: "Found the team",
    files: { "catalog-info.yaml": entity("Group", "team", "type: team, children: []") },
  },
  {
    repository: "shop",
    day: "2026-05-02",
    author: "Ada",
    subject: "Describe the shop",
    files: { "catalog-info.yaml": entity("Component", "shop", "type: service, lifecycle: production, owner: team") },
  },
];

let browser, example, clones, host;

before(async () => {
  browser = await launch();
  example = await buildExample();
  clones = await buildFromCommits("site: {url: 'https://catalog.example/'}\n", COMMITS);
  host = await serve(example.folder);
});

after(async () => {
  await host?.close();
  await browser?.close();
  await Promise.all([example?.remove(), clones?.remove()]);
});

// A page that is left while it fades in says so as an exception; who wants no motion sees none.
const look = (url, steps, options) => visit(browser, url, steps, { reducedMotion: "reduce", ...options });

const main = (page) => page.locator("main");

// Follows a link of the main part, and counts it.
async function click(page, link) {
  const to = await link.evaluate((link) => link.href);
  await link.click();
  await page.waitForURL(to, { waitUntil: "load" });
}

describe("home", () => {
  test("leads to owner, dependents, docs and API of a service within three clicks", async () => {
    let service;
    const problems = await look(host.url, async (page) => {
      // One: the search, which is the first thing in the main part that takes the focus.
      await page.locator("main [name=q]").fill(SERVICE);
      // Two: the service, which is the first of the answers.
      await page.locator("main [role=option][aria-selected=true]").filter({ hasText: SERVICE }).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/component\/route-planner\.html/);
      service = page.url();
      const text = await main(page).innerText();
      assert.match(text, /Routing/, "its owner is on its page");
      assert.match(text, /Dependency of|Depended|depend/i, "so is what depends on it");
      // Three: its docs.
      await click(page, main(page).locator("a[href*='docs/default/component/route-planner/']").first());
      assert.match(page.url(), /docs\/default\/component\/route-planner\//);
    });
    assert.deepEqual(problems, []);
    // Or the operations of its API.
    const more = await look(service, async (page) => {
      await click(page, main(page).locator("a[href*='/api/route-planner']").first());
      assert.match(await main(page).innerText(), /Route planner API/);
    });
    assert.deepEqual(more, []);
  });

  test("leads there without a script too", async () => {
    const problems = await look(
      `${pathToFileURL(example.folder)}/index.html`,
      async (page) => {
        await click(page, page.locator(".hero-kinds a", { hasText: "Components" }));
        await click(page, main(page).getByRole("link", { name: SERVICE, exact: true }).first());
        assert.match(await main(page).innerText(), /Routing/);
      },
      { javaScriptEnabled: false },
    );
    assert.deepEqual(problems, []);
  });

  test("answers each of its questions with a page", async () => {
    const questions = { "Who owns it": /Organisation/, "What breaks": /Largest impact/, "docs": /Documentation/, "call it": /APIs/ };
    for (const [question, heading] of Object.entries(questions)) {
      const problems = await look(host.url, async (page) => {
        await page.waitForLoadState("networkidle");
        await click(page, page.locator(".questions a", { hasText: question }));
        assert.match(await page.locator("h1").innerText(), heading);
      });
      assert.deepEqual(problems, []);
    }
  });

  test("is walked through with the keyboard in the order of what is seen", async () => {
    const problems = await look(host.url, async (page) => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const seen = [];
      for (let count = 0; count < 8; count++) {
        await page.keyboard.press("Tab");
        seen.push(await page.evaluate(() => document.activeElement.closest("main") && document.activeElement.tagName));
      }
      assert.deepEqual(seen.slice(0, 3), ["INPUT", "BUTTON", "A"]);
      assert.ok(seen.every((tag) => tag), `the focus left the main part: ${seen}`);
    });
    assert.deepEqual(problems, []);
  });

  test("a page that is not there has a search that leads somewhere", async () => {
    const steps = async (page) => {
      await page.locator("main [name=q]").fill(SERVICE);
      await page.locator("main [role=option][aria-selected=true]").filter({ hasText: SERVICE }).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/component\/route-planner\.html/);
    };
    const problems = await look(`${host.url}no/such/page`, steps, { expectedStatus: 404 });
    // The page that it leads to is there, unlike the one that was asked for.
    assert.deepEqual(problems.filter((problem) => !/^status 200: .*route-planner\.html/.test(problem)), []);
  });
});

describe("changes", () => {
  for (const colorScheme of ["light", "dark"]) {
    test(`are listed by day and without barriers in ${colorScheme}`, async () => {
      const url = `${pathToFileURL(clones.folder)}/changes.html`;
      const problems = await visit(
        browser,
        url,
        async (page) => {
          assert.deepEqual(await page.locator("h2").allInnerTexts(), ["2 May 2026", "1 May 2026"]);
          assert.match(await page.locator(".change").first().innerText(), /Describe the shop[^]*Ada[^]*shop/);
          assert.equal(await page.locator("link[type='application/atom+xml']").getAttribute("href"), "changes.atom");
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          await page.setViewportSize({ width: 320, height: 700 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          return [...violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), ...(wide ? ["wider than the screen"] : [])];
        },
        { colorScheme },
      );
      assert.deepEqual(problems, []);
    });
  }

  test("the newest are on home, and each leads to what it touched", async () => {
    const problems = await look(`${pathToFileURL(clones.folder)}/index.html`, async (page) => {
      const first = page.locator(".changes .change").first();
      assert.match(await first.innerText(), /Describe the shop/);
      await click(page, first.locator("a.entity"));
      assert.equal(await page.locator("h1").innerText(), "shop");
    });
    assert.deepEqual(problems, []);
  });
});
