// The page of an entity: its bar of sections, hover cards, and what it must bear.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { launch, visit } from "./lib/browser.mjs";
import { inaccessible, invalidHtml, none, tooWide } from "./lib/checks.mjs";
import { buildEdges } from "./lib/edges.mjs";
import { linkProblems, readPages } from "./lib/pages.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample } from "./lib/site.mjs";

const KILO = 1000;
let browser, edges, edgeSite, edgeHost, example, host, pages;

before(async () => {
  browser = await launch();
  edges = await buildEdges();
  edgeSite = await readPages(browser, edges.folder);
  edgeHost = await serve(edges.folder);
  example = await buildExample();
  host = await serve(example.folder);
  // One of those that are only many.
  pages = [...edgeSite.pages.keys()].filter((path) => path.startsWith("catalog/") && !/(needed|user)-(?!7\.)/.test(path));
});

after(async () => {
  await host?.close();
  await edgeHost?.close();
  await browser?.close();
  await edges?.remove();
  await example?.remove();
});

async function eachEdge(look, options) {
  const problems = [];
  for (const path of pages) {
    for (const problem of await visit(browser, edgeHost.url + path, look, options)) problems.push(`${path}: ${problem}`);
  }
  none(problems);
}

describe("what a page must bear", () => {
  test("is all there", () => {
    for (const name of ["nobody", "arabic", "japanese", "hub"]) assert.ok(pages.includes(`catalog/default/component/${name}.html`));
    assert.ok(pages.length > 11, pages.join(", "));
  });

  test("its HTML is valid, and its links lead somewhere", async () => {
    const shown = pages.map((path) => [path, edgeSite.pages.get(path)]);
    none([...(await invalidHtml(shown)), ...linkProblems(edgeSite)]);
  });

  for (const width of [320, 390, 1280]) {
    test(`is not wider than a screen of ${width} px`, () => eachEdge(tooWide, { viewport: { width, height: 800 } }));
  }

  for (const colorScheme of ["light", "dark"]) {
    test(`can be used by everyone: ${colorScheme}`, () => eachEdge(inaccessible, { colorScheme, reducedMotion: "reduce" }));
  }

  test("no page weighs more than 30 kB", async () => {
    none(
      pages.flatMap((path) => {
        const weight = gzipSync(edgeSite.pages.get(path).text).length / KILO;
        return weight > 30 ? [`${path} weighs ${weight.toFixed(1)} kB`] : [];
      }),
    );
  });

  test("no markup of an author is markup, and none of its values becomes a link elsewhere", async () => {
    const { text, inlineScripts, handlers, links } = edgeSite.pages.get("catalog/default/api/markup.html");
    assert.equal(inlineScripts, 0);
    assert.deepEqual(handlers, []);
    assert.ok(text.includes("&lt;script&gt;alert"));
    assert.ok(!links.some((link) => /evil|javascript:|alert/.test(link ?? "")), links.join(" "));
  });

  test("what breaks if the hub goes is counted, and cut", async () => {
    const problems = await visit(browser, `${edgeHost.url}catalog/default/component/hub.html`, async (page) => {
      const text = await page.locator(".impact").innerText();
      assert.match(text, /300 entities depend on hub: 100 directly, 200 through others/);
      assert.match(text, /catalog impact component:default\/hub/);
      assert.equal(await page.locator(".impact tbody tr:visible").count(), 8);
      assert.equal(await page.locator(".impact tbody tr").count(), 40);
    });
    none(problems);
  });

  test("Arabic reads from the right", async () => {
    const problems = await visit(browser, `${edgeHost.url}catalog/default/component/arabic.html`, async (page) => {
      const direction = (selector) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).direction);
      assert.equal(await direction("h1"), "rtl");
      assert.equal(await direction(".prose"), "rtl");
      assert.equal(await direction("pre.hl"), "ltr");
    });
    none(problems);
  });
});

describe("the page of an entity", () => {
  const page = (look, options) => async () => {
    none(await visit(browser, `${host.url}catalog/default/component/event-gateway.html`, look, options));
  };

  test("the bar leads to sections that are not hidden below it, and marks them", page(async (tab) => {
    const links = tab.locator(".section-bar a");
    const names = await links.allInnerTexts();
    for (const name of ["Overview", "Dependencies", "Docs", "Descriptor", "JSON"]) assert.ok(names.join().includes(name), names.join());
    for (const name of ["Dependencies", "Descriptor"]) {
      await links.filter({ hasText: name }).click();
      await tab.waitForFunction((text) => document.querySelector(".section-bar [aria-current]")?.textContent.includes(text), name);
      const { bottom, top } = await tab.evaluate((id) => ({
        bottom: document.querySelector(".section-bar").getBoundingClientRect().bottom,
        top: document.getElementById(id).getBoundingClientRect().top,
      }), name.toLowerCase());
      assert.ok(top >= bottom, `${name} is hidden`);
    }
  }));

  test("the descriptor has links on its references, and the lines of the file", page(async (tab) => {
    const source = tab.locator("pre.is-numbered");
    assert.ok((await source.locator("a.ref").count()) > 1);
    await source.locator("a.ref").first().click();
    await tab.waitForURL(/catalog\/default\/(group|system|resource|api|component)\//);
  }, { reducedMotion: "reduce" }));

  test("annotations become named links", page(async (tab) => {
    const tools = tab.locator("section[aria-labelledby=tools]");
    const link = tools.getByRole("link", { name: /Sentry/ });
    assert.match(await link.getAttribute("href"), /^https:\/\//);
  }));

  // From the home page, by clicks alone.
  const way = async (tab, ...links) => {
    for (const [at, end] of links.entries()) {
      await tab.locator(`${at ? "main " : ""}a[href$="${end}"]`).first().click();
      await tab.waitForURL(`**/${end}`);
    }
  };

  test("three clicks from home say whose it is, what breaks if it goes, and how it works", async () => {
    none(await visit(browser, `${host.url}index.html`, async (tab) => {
      await way(tab, "lists/component.html", "component/event-gateway.html");
      assert.match(await tab.locator(".header-facts").innerText(), /Owner\s+Cloud/);
      assert.match(await tab.locator(".impact").innerText(), /20 entities depend on Event gateway[\s\S]*Depots/);
      await tab.getByRole("link", { name: "Documentation" }).first().click();
      await tab.waitForURL(/\/docs\//);
    }, { reducedMotion: "reduce" }));
  });

  test("three clicks from home say how an API is called", async () => {
    none(await visit(browser, `${host.url}index.html`, async (tab) => {
      await way(tab, "lists/api.html", "api/booking.html");
      await tab.getByRole("link", { name: "API reference" }).click();
      await tab.waitForURL("**/api/booking/index.html");
    }, { reducedMotion: "reduce" }));
  });
});

describe("hover cards", () => {
  const path = "catalog/default/component/event-gateway.html";
  const card = (tab) => tab.locator("#hover-card");
  // A page that still scrolls shows none.
  const rest = async (tab) => {
    const link = tab.locator(".impact-rows a.entity").first();
    await link.scrollIntoViewIfNeeded();
    await tab.waitForTimeout(200);
    await link.hover();
  };

  for (const from of ["a host", "a file"]) {
    test(`show what a link leads to, from ${from}`, async () => {
      const url = from === "a file" ? pathToFileURL(`${example.folder}/${path}`).href : host.url + path;
      none(await visit(browser, url, async (tab) => {
        await rest(tab);
        await card(tab).waitFor();
        assert.match(await card(tab).innerText(), /Component[\s\S]*Billing service/);
        assert.match(await card(tab).innerText(), /Owner/);
        assert.equal(await tab.locator("[aria-describedby=hover-card]").count(), 1);
        // The pointer may go to the card.
        await card(tab).hover();
        await tab.waitForTimeout(300);
        assert.ok(await card(tab).isVisible());
        await tab.keyboard.press("Escape");
        assert.ok(!(await card(tab).isVisible()));
      }));
    });
  }

  test("come by keyboard, go with the focus and never cover it", async () => {
    none(await visit(browser, host.url + path, async (tab) => {
      await tab.locator(".header-facts a").first().focus();
      await tab.keyboard.press("Tab");
      await tab.keyboard.press("Shift+Tab");
      await card(tab).waitFor();
      const covers = await tab.evaluate(() => {
        const a = document.activeElement.getBoundingClientRect();
        const b = document.getElementById("hover-card").getBoundingClientRect();
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      });
      assert.ok(!covers);
      await tab.keyboard.press("Tab");
      await card(tab).waitFor({ state: "hidden" });
    }));
  });

  test("move nothing, and load nothing before they are wanted", async () => {
    none(await visit(browser, host.url + path, async (tab) => {
      const scripts = () => tab.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\/cards\/\d/.test(name)).length);
      assert.equal(await scripts(), 0);
      const height = await tab.evaluate(() => document.documentElement.scrollHeight);
      await rest(tab);
      await card(tab).waitFor();
      assert.equal(await scripts(), 1);
      assert.equal(await tab.evaluate(() => document.documentElement.scrollHeight), height);
    }));
  });

  test("stand in the file that the script looks in", async () => {
    // The cases of src/site/cards.rs.
    const cases = [
      ["catalog/default/component/a.html", 1, 0],
      ["catalog/default/component/a.html", 8, 5],
      ["catalog/default/component/payments-api.html", 64, 40],
      ["catalog/team~20x/api/~e6~97~a5.html", 1024, 1006],
    ];
    const source = await readFile(new URL("../../themes/default/assets/cards.js", import.meta.url), "utf8");
    const body = source.match(/function fileOf\(path\) \{[\s\S]*?\n  \}/)[0];
    for (const [path, count, expected] of cases) {
      assert.equal(new Function("count", `${body}; return fileOf(${JSON.stringify(path)});`)(count), expected, path);
    }
  });
});
