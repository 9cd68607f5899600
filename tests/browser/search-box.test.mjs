// The search box as it is typed in: fast, in questions, with references, and for what is not there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { launch, visit } from "./lib/browser.mjs";
import { active, answered, ask, opened, options } from "./lib/find.mjs";
import { buildExample } from "./lib/site.mjs";

let browser, built, base;

before(async () => {
  [browser, built] = await Promise.all([launch(), buildExample()]);
  base = `${pathToFileURL(built.folder)}/`;
});

after(async () => {
  await browser?.close();
  await built?.remove();
});

const look = async (path, what) => assert.deepEqual(await visit(browser, base + path, what, { reducedMotion: "reduce" }), []);

test("Enter takes what answers the words that stand there, however fast they came", () =>
  look("about.html", async (page) => {
    await ask(page, "booking");
    assert.ok(!(await active(page)).includes("Booking database"));
    await page.keyboard.type(" database");
    assert.ok((await opened(page)).endsWith("/catalog/default/resource/booking-db.html"), page.url());
    await page.waitForLoadState("networkidle");
    // Before the first answer, too.
    await page.keyboard.press("/");
    await page.keyboard.type("event gateway");
    assert.ok((await opened(page)).endsWith("/catalog/default/component/event-gateway.html"), page.url());
    await page.waitForLoadState("networkidle");
  }));

test("who leaves the box is not followed by an answer", () =>
  look("about.html", async (page) => {
    const isOpen = () => page.evaluate(() => document.querySelectorAll(".find:not([hidden])").length);
    for (const key of ["Escape", "Tab"]) {
      await ask(page, "boo", "Control+k");
      await page.keyboard.type("k");
      await page.keyboard.press(key);
      await page.waitForTimeout(400);
      assert.equal(await isOpen(), 0, key);
    }
  }));

// What is asked, and the page that answers first.
const QUESTIONS = [
  ["who owns the booking service", "component/booking-service"],
  ["What depends on the event gateway?", "component/event-gateway"],
  ["where is the locker controller", "component/locker-controller"],
  ["vooking service", "component/booking-service"],
  ["component:default/booking-service", "component/booking-service"],
  ["payments team", "group/payments"],
];

test("a question is answered by what it is about", () =>
  look("search.html", async (page) => {
    await page.waitForLoadState("networkidle");
    for (const [query, path] of QUESTIONS) {
      const [href, isPart] = await page.evaluate(async (query) => {
        await window.catalogIndex.open();
        const { hits, isPart } = await window.catalogIndex.search(query);
        return [window.catalogShow.href(hits[0]), isPart];
      }, query);
      assert.ok(href.endsWith(`/catalog/default/${path}.html`), `${query}: ${href}`);
      assert.ok(!isPart, query);
    }
  }));

test("words that say little are not marked", () =>
  look("about.html", async (page) => {
    await ask(page, "who owns the booking database");
    const marks = await page.$$eval(".find [aria-selected=true] mark", (all) => all.map((one) => one.textContent.toLowerCase()));
    assert.deepEqual([...new Set(marks)].sort(), ["booking", "database"]);
  }));

test("what nothing has is said, with what is called like it", () =>
  look("about.html", async (page) => {
    const said = () => page.textContent(".find:not([hidden]) .find-status");
    await ask(page, "bookng servce");
    assert.match(await said(), /^Nothing has “bookng servce”; \d+ results with similar names\.$/);
    assert.ok((await options(page))[0].startsWith("Booking service"));
    assert.deepEqual(await page.$$eval(".find [aria-selected=true] .find-title mark", (all) => all.map((one) => one.textContent)), ["Booking", "service"]);
    for (const query of ["golang", "cobol", "copilot"]) {
      await page.keyboard.press("Control+A");
      await page.keyboard.type(query);
      await answered(page, query);
      assert.equal(await said(), `Nothing was found for “${query}”.`);
    }
    await page.keyboard.press("Control+A");
    await page.keyboard.type("booking qqzzxxyy");
    await page.waitForFunction(() => /none has all of the words/.test(document.querySelector(".find:not([hidden]) .find-status").textContent));
  }));

test("facets take references, and say what was meant", () =>
  look("about.html", async (page) => {
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("/");
    await page.keyboard.type("owner:paymnts");
    await page.waitForFunction(() => document.querySelector(".find:not([hidden]) [role=option]")?.textContent.startsWith("owner:payments"));
    const counts = await page.evaluate(async () => {
      const all = [];
      for (const query of ["owner:payments", "owner:group:payments", "owner:group:default/payments", "owners:payments"]) {
        all.push((await window.catalogIndex.search(query)).hits.length);
      }
      return all;
    });
    assert.ok(counts[0] > 0 && counts.every((one) => one === counts[0]), counts.join());
  }));

test("more results come once, however often one asks", () =>
  look("search.html?q=service", async (page) => {
    await page.waitForSelector(".hits li");
    const first = await page.locator(".hits > li").count();
    await page.evaluate(() => {
      const more = document.querySelector(".search-more");
      more.click();
      more.click();
    });
    await page.waitForFunction((first) => document.querySelectorAll(".hits > li").length > first, first);
    await page.waitForLoadState("networkidle");
    const links = await page.$$eval(".hits .hit-title", (all) => all.map((one) => one.href));
    assert.equal(new Set(links).size, links.length);
  }));
