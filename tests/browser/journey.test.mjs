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

// What those ask who see the catalog for the first time, each with a way of links from the home page and
// what must be in view then. `where` is what they read then.
const QUESTIONS = [
  { asked: "who owns it", ways: [["Components", "Booking service"], ["Booking and billing", "Booking service"]],
    where: ".header-facts", says: /Owner\s+Booking/ },
  { asked: "what breaks if it goes", ways: [["Components", "Booking service", "What breaks"], ["What breaks if it goes?", "Event gateway", "What breaks"]],
    where: ".impact", says: /What breaks if it goes\s+\d+ entities depend on/ },
  { asked: "where are its docs", ways: [["Components", "Booking service", "Documentation"], ["Where are its docs?", "Booking"]],
    where: "h1", says: /^Booking$/ },
  { asked: "how do I call its API", ways: [["Components", "Booking service", "API reference"], ["How do I call it?", "Booking API", "API reference"]],
    where: "main", says: /\/bookings/ },
];

for (const [name, width, height] of [["a desk", 1280, 900], ["a phone", 390, 844]]) {
  for (const { asked, ways, where, says } of QUESTIONS) {
    test(`${asked}: within three clicks at ${name}`, async () => {
      for (const way of ways) {
        assert.ok(way.length <= 3);
        const problems = await visit(browser, host.url + "index.html", async (page) => {
          for (const words of way) {
            await page.waitForLoadState("networkidle");
            const link = page.locator("main a:visible, header a:visible").filter({ hasText: new RegExp(`(^|\\s)${words.replace(/[?]/g, "\\?")}\\s*\\d*\\s*$`) }).first();
            await link.click();
            await page.waitForLoadState("load");
          }
          await page.waitForLoadState("networkidle");
          const answer = page.locator(where).first();
          assert.match(await answer.innerText(), says, way.join(" > "));
          const { top } = await answer.evaluate((element) => element.getBoundingClientRect());
          assert.ok(top >= 0 && top < height * 0.75, `${way.join(" > ")}: the answer is ${top} px down`);
        }, { viewport: { width, height }, reducedMotion: "reduce" });
        assert.deepEqual(problems, []);
      }
    });
  }
}

test("who knows the name types it, and the first result is the entity", async () => {
  const problems = await visit(browser, host.url + "index.html", async (page) => {
    await page.waitForLoadState("networkidle");
    await page.locator("main input[name=q]").fill("notifier");
    await page.locator("main [role=option][aria-selected=true]").filter({ hasText: /^Notifier/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/component\/notifier\.html/);
    assert.match(await page.locator(".header-facts").innerText(), /Owner\s+Tracking/);
  }, { reducedMotion: "reduce" });
  assert.deepEqual(problems, []);
});
