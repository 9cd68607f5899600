// A developer's way through the site: find a service in a list, see who owns it, follow what it
// depends on, read its docs, look up an operation of its API, and share a filtered list. Once with
// the keyboard alone, once on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, visit } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample } from "./lib/site.mjs";

let browser, built, host;

before(async () => {
  browser = await launch();
  built = await buildExample();
  host = await serve(built.folder);
});

after(async () => {
  await host?.close();
  await browser?.close();
  await built?.remove();
});

// Presses Tab until the focus is on what begins with these words: at most as often as a walk over a
// whole page takes.
async function tabTo(page, wanted, most = 250) {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate((wanted) => {
      const element = document.activeElement;
      if (!element || element === document.body) return false;
      const label = element.labels?.[0] ?? element;
      const words = (element.getAttribute("aria-label") ?? label.innerText ?? "").trim();
      if (!words.startsWith(wanted)) return false;
      // What has the focus can be seen, and is not below a bar.
      const box = element.getBoundingClientRect();
      const on = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
      return element.contains(on) || on?.contains(element) ? true : `hidden: ${words}`;
    }, wanted);
    if (found === true) return;
    if (found) throw new Error(found);
  }
  throw new Error(`the focus never came to "${wanted}"`);
}

// What a page still loads is not broken off by leaving it.
async function through(page, act) {
  await page.waitForLoadState("networkidle");
  await Promise.all([page.waitForEvent("load"), act()]);
}

async function back(page) {
  await page.waitForLoadState("networkidle");
  await page.goBack();
}

// Two ways of going through the link with these words.
async function byKeys(page, words) {
  await tabTo(page, words);
  await through(page, () => page.keyboard.press("Enter"));
}

async function byTouch(page, words) {
  const link = page.locator("a:visible").filter({ hasText: words }).first();
  await link.scrollIntoViewIfNeeded();
  await through(page, () => link.tap());
}

// What is asked on the way.
async function walk(page, go) {
  const heading = () => page.locator("h1").first().innerText();
  await go(page, "Components");
  assert.match(await heading(), /^Components/);
  await go(page, "Booking service");
  assert.match(await heading(), /Booking service/);
  assert.match(await page.locator(".header-facts").innerText(), /Owner\s+Booking/);
  const service = page.url();

  await go(page, "Event gateway");
  assert.match(await heading(), /Event gateway/);
  await back(page);
  assert.equal(page.url(), service);

  await go(page, "Documentation");
  assert.match(page.url(), /\/docs\/default\/component\/booking-service\//);
  assert.ok((await page.locator("article").innerText()).length > 200);
  await back(page);

  await go(page, "Booking API");
  await go(page, "API reference");
  assert.match(page.url(), /\/api\/booking\//);
  assert.match(await page.locator("main").innerText(), /List bookings/);
}

// A list that was filtered is the same for those whom its address is sent to.
async function isSameForOthers(page) {
  await page.waitForFunction(() => location.search.includes("experimental"));
  const status = await page.locator("main [role=status]").first().innerText();
  const problems = await visit(browser, page.url(), async (other) => {
    await other.waitForFunction(
      (status) => document.querySelector("main [role=status]")?.innerText === status && status !== "",
      status,
    );
  });
  assert.deepEqual(problems, []);
}

test("with the keyboard alone", async () => {
  const problems = await visit(browser, host.url + "index.html", async (page) => {
    await walk(page, byKeys);
    await page.waitForLoadState("networkidle");
    await page.goto(host.url + "lists/component.html");
    await page.waitForSelector(".list-controls:not([hidden])");
    await tabTo(page, "experimental");
    await page.keyboard.press("Space");
    await isSameForOthers(page);
  }, { reducedMotion: "reduce" });
  assert.deepEqual(problems, []);
});

test("on a phone", async () => {
  const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" };
  const problems = await visit(
    browser,
    host.url + "index.html",
    async (page) => {
      await walk(page, byTouch);
      await page.waitForLoadState("networkidle");
      await page.goto(host.url + "lists/component.html");
      await page.locator(".list-open").tap();
      await page.locator("#list-rail label").filter({ hasText: "experimental" }).first().tap();
      await isSameForOthers(page);
    },
    phone,
  );
  assert.deepEqual(problems, []);
});
