// Drawings: systems, domains and the organisation. Nodes are links with names, the lists say what the
// lines say, and everything is reached without dragging, in both schemes, on a narrow screen and on paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, visit } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample, buildFrom } from "./lib/site.mjs";

const SYSTEM = "catalog/default/system/tideline.html";
const DOMAIN = "catalog/default/domain/carriage-network.html";
const TEAM = "catalog/default/group/delivery.html";
const CHART = "lists/organisation.html";
const COMPONENT = "catalog/default/component/event-gateway.html";
let browser, example, host, hard, hardHost;

// What is hard to draw: names in other scripts and beyond all room, many parts, many neighbours, circles,
// and 300 groups.
function hardFiles() {
  const documents = [];
  const add = (kind, name, spec, more = {}) =>
    documents.push(JSON.stringify({ apiVersion: "backstage.io/v1alpha1", kind, metadata: { name, ...more }, spec }));
  add("Group", "all", { type: "department", children: [] });
  for (let at = 0; at < 300; at += 1) add("Group", `g${at}`, { type: "team", parent: at < 20 ? "all" : `g${at % 20}`, children: [] });
  add("System", "large", { owner: "all" }, { title: "نظام كبير" });
  const service = (system, uses) => ({ type: "service", lifecycle: "production", owner: "all", system, dependsOn: uses });
  for (let at = 0; at < 90; at += 1) {
    const uses = [`component:c${(at * 7 + 1) % 90}`, `component:c${(at * 3 + 2) % 90}`];
    const title = at % 3 ? `配送状況を追跡するためのとても長い名前のサービス ${at}` : `a-service-with-a-name-that-no-box-has-room-for-${at}`;
    add("Component", `c${at}`, service("large", uses), { title });
  }
  for (let at = 0; at < 30; at += 1) {
    add("System", `s${at}`, { owner: "all" });
    add("Component", `u${at}`, service(`s${at}`, [`component:c${at}`, `component:c${at + 1}`]));
  }
  return { "catalog-info.yaml": documents.join("\n---\n") };
}

before(async () => {
  [browser, example, hard] = await Promise.all([launch(), buildExample(), buildFrom(hardFiles())]);
  [host, hardHost] = await Promise.all([serve(example.folder), serve(hard.folder)]);
});

after(async () => {
  await Promise.all([host?.close(), hardHost?.close(), browser?.close(), example?.remove(), hard?.remove()]);
});

const open = async (path, look, options) => assert.deepEqual(await visit(browser, host.url + path, look, options), []);
const openHard = async (path, look, options) => assert.deepEqual(await visit(browser, hardHost.url + path, look, options), []);

// Every node that leads somewhere: its name and its box.
const nodes = (page) =>
  page.locator("a.g-node:visible").evaluateAll((links) =>
    links.map((link) => {
      const box = link.querySelector("rect").getBoundingClientRect();
      return { name: link.querySelector(".g-name").textContent, href: link.getAttribute("href"), width: box.width, height: box.height };
    }));

for (const path of [SYSTEM, DOMAIN, TEAM, CHART, COMPONENT]) {
  test(`${path}: nodes are links with names, large enough to hit, and lead somewhere`, () =>
    open(path, async (page) => {
      const all = await nodes(page);
      assert.ok(all.length > 2, `${all.length} nodes`);
      const wrong = all.filter((node) => !node.name.trim() || node.width < 24 || node.height < 24);
      for (const { href } of all.filter((node) => !node.href.startsWith("#"))) {
        const { status } = await fetch(new URL(href, page.url()));
        if (status !== 200) wrong.push(`${href}: ${status}`);
      }
      return wrong;
    }));
}

test("the drawing is a named group that keys can scroll, and its nodes are next", () =>
  open(SYSTEM, async (page) => {
    const frame = page.getByRole("group", { name: "Drawing of Tideline platform" });
    await frame.focus();
    const { scroll, room } = await frame.evaluate((element) => ({ scroll: element.scrollWidth, room: element.clientWidth }));
    if (scroll > room) {
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction((element) => element.scrollLeft > 0, await frame.elementHandle());
    }
    const seen = [];
    for (let at = 0; at < (await page.locator(".graph a.g-node").count()); at += 1) {
      await page.keyboard.press("Tab");
      seen.push(await page.evaluate(() => {
        const node = document.activeElement.getBoundingClientRect();
        const frame = document.activeElement.closest(".graph-frame")?.getBoundingClientRect();
        // What shows a part of itself is not moved by the browser.
        const across = Math.min(node.right, frame?.right ?? 0) - Math.max(node.left, frame?.left ?? 0);
        const seen = across > 8 && node.bottom > 8 && node.top < innerHeight - 8;
        return seen ? "" : `${document.activeElement.textContent}: ${JSON.stringify([node, frame, innerHeight])}`;
      }));
    }
    assert.ok(seen.length > 10);
    assert.deepEqual(seen.filter(Boolean), [], "in view when they have the focus");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.href.endsWith(SYSTEM));
  }, { viewport: { width: 700, height: 600 }, reducedMotion: "reduce" }));

// What the lists say, as pairs of names.
const told = (page, selector) =>
  page.locator(selector).evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll(".entity")].map((one) => one.textContent.trim())));

test("the lists say what the lines say", () =>
  open(SYSTEM, async (page) => {
    await page.locator(".as-list > summary").click();
    const inside = (await told(page, ".uses-list li")).flatMap(([from, ...to]) => to.map((one) => `${from} → ${one}`));
    const neighbours = (await told(page, ".crossings .col-who")).flat();
    assert.ok(inside.includes("Event gateway → Event bus"), inside.join("\n"));
    // A line for each pair inside, and at least one for each neighbour.
    const lines = await page.locator("section:has(#inside) .g-edge").count();
    assert.ok(lines >= inside.length + neighbours.length, `${lines} lines`);
    const drawn = await page.locator("section:has(#inside) .g-node .g-name").allTextContents();
    const missing = [...new Set([...inside.flatMap((pair) => pair.split(" → ")), ...neighbours])].filter((name) => !drawn.includes(name) && name.length < 20);
    assert.deepEqual(missing, []);
    assert.match(await page.locator("#parts-desc").textContent(), /\d+ parts with \d+ relations between them/);
  }));

test("what is too much to draw is counted, and listed", () =>
  openHard("catalog/default/system/large.html", async (page) => {
    const all = await nodes(page);
    assert.ok(all.length <= 40 + 1 + 12 + 12, `${all.length} nodes`);
    assert.ok(all.some(({ name, href }) => name === "+ 50 components" && href === "#parts-component"), JSON.stringify(all.at(-1)));
    assert.ok(all.some(({ name, href }) => name === "+ 19 more" && href === "#used-by"));
    assert.equal(await page.locator("#used-by .count").textContent(), "30");
    // Names end within their boxes.
    const out = await page.locator(".g-node").evaluateAll((list) =>
      list.flatMap((node) => {
        const box = node.querySelector("rect").getBoundingClientRect();
        return [...node.querySelectorAll("text")].filter((text) => text.getBoundingClientRect().right > box.right).map((text) => text.textContent);
      }));
    assert.deepEqual(out, []);
  }));

test("a large organisation is drawn in part and listed in whole", () =>
  openHard(CHART, async (page) => {
    assert.ok((await page.locator(".graph .g-node:not(.g-more)").count()) <= 60);
    assert.ok((await page.locator(".graph .g-more").count()) > 0);
    // Whole levels as long as there is room; how many are deeper is said, and a list has them all.
    const [rows, head] = [await page.locator(".tree-row").count(), page.locator(".section-head:has(#list) p")];
    const [, more] = /^(\d+) more/.exec(await head.textContent());
    assert.equal(rows + Number(more), 301);
    assert.equal(await head.getByRole("link", { name: "All groups" }).count(), 1);
    assert.match(await page.locator(".section-head:has(#chart) p").textContent(), /^\d+ groups are not in the chart/);
  }));

// The contrast of two colours as browsers give them.
function contrast(one, other) {
  const light = (text) => {
    const [r, g, b] = text.match(/[\d.]+/g).map(Number).map((value) => value / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

for (const colorScheme of ["light", "dark"]) {
  test(`lines stand out in ${colorScheme}`, () =>
    open(SYSTEM, async (page) => {
      const { line, head, ground } = await page.evaluate(() => {
        const style = (selector) => getComputedStyle(document.querySelector(selector));
        return { line: style(".g-edge").stroke, head: style(".g-arrow").fill, ground: style(".graph-frame").backgroundColor };
      });
      assert.ok(contrast(line, ground) >= 3, `${line} on ${ground}: ${contrast(line, ground)}`);
      assert.ok(contrast(head, ground) >= 3);
    }, { colorScheme }));
}

test("at 320 px the drawing scrolls and the page does not", () =>
  open(SYSTEM, async (page) => {
    const frame = page.locator(".graph-frame");
    assert.ok(await frame.evaluate((element) => element.scrollWidth > element.clientWidth && element.tabIndex === 0));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }, { viewport: { width: 320, height: 700 } }));

test("on paper the drawing is whole", () =>
  open(SYSTEM, async (page) => {
    await page.emulateMedia({ media: "print" });
    const [frame, graph] = await page.evaluate(() => [".graph-frame", ".graph"].map((one) => document.querySelector(one).getBoundingClientRect().right));
    assert.ok(graph <= frame + 1 && graph <= 720, `${graph} of ${frame}`);
  }, { viewport: { width: 720, height: 1000 } }));
