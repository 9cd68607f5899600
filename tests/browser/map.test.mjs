// The map of everything: driven by mouse, by touch and by keyboard alone with ten thousand entities, which are
// built as any others are; one entity and what is around it, paths, filters, the table, and what is broken or
// hard to draw.
import assert from "node:assert/strict";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { launch, visit } from "./lib/browser.mjs";
import { inaccessible, none, tooWide } from "./lib/checks.mjs";
import { HUB, TITLES, alone, organisation } from "./lib/map.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample, buildFrom } from "./lib/site.mjs";

const STILL = { reducedMotion: "reduce" };
let browser, example, host, large;

const mapOf = (folder) => pathToFileURL(join(folder, "map.html")).href;
const catalogOf = async (folder) => JSON.parse(await readFile(join(folder, "catalog.json"), "utf8")).entities;
const refOf = ({ kind, metadata }) => `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase();
const titleOf = ({ metadata }) => metadata.title ?? metadata.name;
const targets = (entity, relation) => entity.relations.filter(({ type }) => type === relation).map(({ targetRef }) => targetRef);
const spelled = (number) => number.toLocaleString("en");

// What the catalog of a site says, for what the map should.
async function described(folder) {
  const entities = await catalogOf(folder);
  const byRef = new Map(entities.map((entity) => [refOf(entity), entity]));
  const of = (kind) => entities.filter((entity) => entity.kind === kind);
  const inside = (entity) => targets(entity, "hasPart").map((ref) => byRef.get(ref));
  const sorted = (list) => list.map((entity) => [titleOf(entity).toLowerCase(), entity]).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entity]) => entity);
  return { entities, byRef, of, inside, sorted };
}

before(async () => {
  // The large one takes the longest by far; what is asked of the example does not wait for it.
  const building = buildFrom(organisation()).then(async (site) => ({ ...site, ...await described(site.folder) }));
  building.catch(() => {});
  [browser, example] = await Promise.all([launch(), buildExample()]);
  host = await serve(example.folder);
  large = building;
});

after(async () => {
  await host?.close();
  await browser?.close();
  await example?.remove();
  await (await large)?.remove();
});

const look = async (url, what, options) => assert.deepEqual(await visit(browser, url, what, { ...STILL, ...options }), []);
const onExample = (hash, what, options) => look(`${host.url}map.html${hash}`, what, options);
const onLarge = async (hash, what, options) => {
  const site = await large;
  await look(mapOf(site.folder) + hash, (page) => what(page, site), options);
};

// What was drawn last, once the relations are loaded.
const drawn = async (page) => {
  await page.waitForFunction(() => window.catalogMap?.drawn && document.querySelector("[data-rows='edges'] .count, .map-way li"));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
  return page.evaluate(() => window.catalogMap.drawn);
};
const camera = async (page) => {
  const { x, y, k } = await drawn(page);
  return [x, y, k];
};
const middle = async (page) => {
  const box = await page.locator(".map-stage").boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
};
const subject = (page) => page.locator(".map-subject").innerText();
const settled = (page, name) => page.waitForFunction((name) => document.querySelector(".map-subject")?.innerText.includes(name) && !document.querySelector(".map-columns").hidden, name);

for (const how of ["host", "file"]) {
  test(`an entity found by its name, walked from, and come back to, from a ${how}`, async () => {
    const url = how === "host" ? `${host.url}map.html` : pathToFileURL(join(example.folder, "map.html")).href;
    await look(url, async (page) => {
      const box = page.getByRole("combobox", { name: "Find an entity on the map" });
      await box.focus();
      await page.keyboard.type("gatew", { delay: 20 });
      await page.getByRole("option", { name: /Event gateway/ }).waitFor();
      assert.equal(await box.getAttribute("aria-expanded"), "true");
      assert.equal(await page.locator(`#${await box.getAttribute("aria-activedescendant")}`).getAttribute("aria-selected"), "true");
      await page.keyboard.press("Enter");
      await settled(page, "Event gateway");
      await page.locator(".map-columns a", { hasText: "Event bus" }).click();
      await settled(page, "Event bus");
      await page.locator(".map-columns a", { hasText: "Shore cluster" }).click();
      await settled(page, "Shore cluster");
      await page.goBack();
      await settled(page, "Event bus");
      await page.goBack();
      await settled(page, "Event gateway");
      await page.goBack();
      await page.waitForFunction(() => document.querySelector(".map-columns").hidden);
      assert.ok(!(await page.locator(".map-columns").isVisible()) && (await page.locator(".map-stage").isVisible()));
    });
  });
}

test("names are found with slips, the best of them first, and not by the namespace that all share", () =>
  onExample("", async (page) => {
    const box = page.getByRole("combobox", { name: "Find an entity on the map" });
    const options = page.locator("#map-find [role=option] > span");
    const first = async (text, names) => {
      await box.fill(text);
      await page.waitForFunction(([selector, name]) => document.querySelector(selector)?.textContent === name, ["#map-find [role=option] > span", names[0]]);
      assert.deepEqual((await options.allInnerTexts()).slice(0, names.length), names, text);
    };
    await box.focus();
    await first("boking servce", ["Booking service"]);
    await first("service booking", ["Booking service"]);
    await first("event", ["Event bus", "Event gateway"]);
    await first("component:default/event", ["Event gateway"]);
    await box.fill("default");
    await page.getByText("Nothing has this name.").waitFor();
  }));

test("what is pointed at is named in full, by mouse and by keys", () =>
  onExample("", async (page) => {
    const { names } = await drawn(page);
    assert.ok(names > 50);
    const box = await page.locator(".map-stage").boundingBox();
    // Somewhere among the boxes is a name that is cut.
    const seen = new Set();
    for (let at = 0; at < 30; at += 1) {
      await page.mouse.move(box.x + 50 + at * 14, box.y + box.height * 0.3);
      seen.add((await drawn(page)).told);
    }
    assert.ok(seen.has("Identity service") || seen.size > 2, [...seen].join());
    await page.mouse.move(1, 1);
    assert.equal((await drawn(page)).told, "");
    await page.locator(".map-stage").focus();
    const said = () => page.locator("#map-said").innerText();
    for (let tries = 0; tries < 50 && !(await said()); tries += 1) { await page.keyboard.press("n"); await page.waitForTimeout(20); }
    const told = new Set();
    for (let at = 0; at < 8; at += 1) {
      const before = await said();
      await page.keyboard.press("n");
      await page.waitForFunction((before) => document.querySelector("#map-said").innerText !== before, before);
      const name = (await drawn(page)).told;
      if (name) assert.ok((await said()).startsWith(`${name}, `), `${name}: ${await said()}`);
      told.add(name);
    }
    assert.ok(told.size > 1, [...told].join());
  }));

test("the page of an entity leads to its place, and from there to a page", () =>
  look(`${host.url}catalog/default/component/event-gateway.html`, async (page) => {
    await page.waitForLoadState("networkidle");
    await page.getByRole("link", { name: "On the map" }).click();
    await settled(page, "Event gateway");
    const nodes = async () => (await page.locator(".map-columns .g-node").count());
    const one = await nodes();
    const uses = page.getByRole("group", { name: "Uses", exact: true });
    await uses.getByRole("button", { name: "One step more" }).click();
    assert.match(page.url(), /#focus=component:default\/event-gateway&up=1&down=2$/);
    assert.ok((await nodes()) > one);
    await page.getByRole("group", { name: "Used by" }).getByRole("button", { name: "One step less" }).click();
    assert.match(page.url(), /up=0&down=2$/);
    assert.ok(await page.getByRole("group", { name: "Used by" }).getByRole("button", { name: "One step less" }).isDisabled());
    for (let at = 0; at < 3; at += 1) await uses.getByRole("button", { name: "One step more" }).click();
    assert.ok(await uses.getByRole("button", { name: "One step more" }).isDisabled());
    await page.locator(".map-subject a").click();
    await page.waitForURL("**/catalog/default/component/event-gateway.html");
    await page.waitForLoadState("networkidle");
  }));

test("a system stands for what is in it: among systems, with the relations of its parts", () =>
  onExample("#focus=system:default/tideline&up=1&down=1", async (page) => {
    await settled(page, "Tideline platform");
    const names = await page.locator(".map-columns .g-name").allTextContents();
    assert.ok(names.includes("Depot operations") && names.length > 3, names.join());
    assert.ok(!names.includes("Event gateway"));
    await page.locator(".map-data").scrollIntoViewIfNeeded();
    await page.locator(".map-rows tbody tr").first().waitFor();
    await page.getByRole("button", { name: /^Relations/ }).click();
    await page.locator(".map-rows tbody tr", { hasText: "Event gateway" }).first().waitFor();
    await page.evaluate(() => { location.hash = "#path=domain:default/customer-journey&to=system:default/tideline"; });
    await page.waitForFunction(() => /Customer journey uses Tideline platform over 1 step\./.test(document.querySelector(".map-status").innerText));
  }));

// Names by the column that they stand in, from left to right.
const columnsOf = (page) => page.locator(".map-columns .g-node").evaluateAll((all) => {
  const columns = new Map();
  for (const one of all) {
    const x = Number(one.querySelector("rect").getAttribute("x"));
    columns.set(x, [...(columns.get(x) ?? []), one.querySelector(".g-name").textContent]);
  }
  return [...columns].sort(([a], [b]) => a - b).map(([, names]) => names);
});

test("what one provides stands where its page has it, and who provides an API leads to it", () =>
  onExample("#focus=component:default/booking-service&up=1&down=1", async (page) => {
    await settled(page, "Booking service");
    const [users, own, used] = await columnsOf(page);
    assert.deepEqual(own, ["Booking service"]);
    assert.ok(used.includes("Booking API") && !users.includes("Booking API"), `${users} / ${used}`);
    const headings = await page.locator(".map-columns .g-group").allTextContents();
    assert.ok(headings.some((text) => /^Provides.* · 1$/.test(text)) && headings.some((text) => /^Depends on · \d/.test(text)), headings.join());
    // The same as on its page.
    await page.locator(".map-subject a").click();
    await page.waitForURL("**/component/booking-service.html");
    const places = await page.locator("svg.graph").first().locator(".g-node").evaluateAll((all) => all.map((one) => [one.querySelector(".g-name").textContent, Number(one.querySelector("rect").getAttribute("x"))]));
    const x = new Map(places);
    for (const name of users) assert.ok(x.get(name) < x.get("Booking service"), name);
    for (const name of used) assert.ok(x.get(name) > x.get("Booking service"), name);
    await page.waitForLoadState("networkidle");
    // Who consumes it stands on who provides it: a way goes through, and both lines lead to the API.
    await page.goto(`${host.url}map.html#focus=api:default/booking&up=1&down=1`);
    await settled(page, "Booking API");
    const around = await columnsOf(page);
    assert.deepEqual(around.at(-1), ["Booking service"]);
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => { location.hash = "#focus=component:default/booking-service&up=2&down=1"; });
    await settled(page, "Booking service");
    for (const name of around[0]) assert.ok((await columnsOf(page))[0].includes(name) || users.includes(name), name);
  }));

test("paths between two, in both directions, and none", () =>
  onExample("#path=component:default/booking-service&to=resource:default/event-bus", async (page) => {
    await settled(page, "Event bus");
    const status = page.locator(".map-status");
    assert.match(await status.innerText(), /Booking service uses Event bus over \d steps?\. No path leads from Event bus to Booking service\./);
    assert.ok((await page.locator(".map-columns .g-edge").count()) > 0);
    assert.equal(await page.locator(".map-columns .is-self").count(), 2);
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => { location.hash = "#path=component:default/no-such&to=resource:default/event-bus"; });
    await page.waitForFunction(() => /is not on the map/.test(document.querySelector(".map-status").innerText));
    await page.evaluate(() => { location.hash = "#focus=component:default/booking-service"; });
    await settled(page, "Booking service");
    const to = page.getByRole("combobox", { name: "Find the paths to another entity" });
    await to.focus();
    await page.keyboard.type("event b", { delay: 20 });
    await page.getByRole("option", { name: /Event bus/ }).waitFor();
    await page.keyboard.press("Enter");
    await settled(page, "Event bus");
    await page.goBack();
    await settled(page, "Booking service");
  }));

const rows = (page) => page.locator("[data-rows='nodes'] .count").innerText().then((text) => Number(text.replace(/,/g, "")));

test("kinds and relations are filtered, the table follows, and the address says it", () =>
  onExample("", async (page) => {
    await page.locator(".map-data").scrollIntoViewIfNeeded();
    await page.locator(".map-rows tbody tr").first().waitFor();
    const all = await rows(page);
    await page.locator("summary", { hasText: "Kinds" }).click();
    const users = page.getByRole("checkbox", { name: /^Users/ });
    const count = Number((await users.locator("..").locator(".count").innerText()).replace(/,/g, ""));
    await users.uncheck();
    await page.waitForFunction((left) => document.querySelector("[data-rows='nodes'] .count").textContent === String(left), all - count);
    assert.match(page.url(), /hide=user/);
    await page.keyboard.press("Escape");
    await page.locator("summary", { hasText: "Relations" }).click();
    await page.getByRole("checkbox", { name: /^Owned by/ }).check();
    assert.match(page.url(), /relations=.*ownedBy/);
    await page.waitForLoadState("networkidle");
    await page.reload();
    await page.locator(".map-data").scrollIntoViewIfNeeded();
    await page.waitForFunction((left) => document.querySelector("[data-rows='nodes'] .count").textContent === String(left), all - count);
    await page.getByRole("button", { name: /^Relations/ }).click();
    await page.locator(".map-rows tbody tr", { hasText: "Owned by" }).first().waitFor();
  }));

test("the table says what the catalog says, in pages, and as a file", () =>
  onExample("", async (page) => {
    const entities = await catalogOf(example.folder);
    await page.evaluate(() => { location.hash = "#relations=ownedBy.partOf.providesApi.consumesApi.dependsOn.childOf.memberOf"; });
    await page.locator(".map-data").scrollIntoViewIfNeeded();
    await page.locator(".map-rows tbody tr").first().waitFor();
    await page.getByRole("button", { name: /^Relations/ }).click();
    await page.getByRole("columnheader", { name: "From" }).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "As CSV" }).click();
    const text = await readFile(await (await download).path(), "utf8");
    const said = new Set(text.trim().split("\r\n").slice(1));
    const expected = entities.flatMap((entity) => entity.relations
      .filter(({ type }) => ["ownedBy", "partOf", "providesApi", "consumesApi", "dependsOn", "childOf", "memberOf"].includes(type))
      .map(({ type, targetRef }) => [refOf(entity), type, targetRef].join(",")));
    assert.ok(expected.length > 100);
    assert.deepEqual([...said].sort(), [...new Set(expected)].sort());
    // Names lead to pages that are there.
    await page.getByRole("button", { name: /^Entities/ }).click();
    const hrefs = await page.locator(".map-rows tbody td:first-child a").evaluateAll((links) => links.map((link) => link.href));
    assert.ok(hrefs.length > 50);
    return (await Promise.all(hrefs.map(async (href) => ((await fetch(href)).status === 200 ? [] : [href])))).flat();
  }));

test("without scripts the page says what is in what", () =>
  onExample("", async (page) => {
    assert.ok(!(await page.locator(".map-work").isVisible()) && !(await page.locator(".map-data").isVisible()));
    assert.ok((await page.locator(".map-list .rows a").count()) > 10);
    await page.getByRole("link", { name: "Tideline platform" }).first().click();
    await page.waitForURL("**/system/tideline.html");
  }, { javaScriptEnabled: false }));

for (const colorScheme of ["light", "dark"]) {
  test(`nothing is in the way of anybody, in ${colorScheme}`, () =>
    onExample("", async (page) => {
      const problems = [];
      const check = async (what) => problems.push(...(await inaccessible(page)).map((one) => `${what}: ${one}`));
      await page.locator(".map-data").scrollIntoViewIfNeeded();
      await page.locator(".map-rows tbody tr").first().waitFor();
      await check("map");
      // Something is on the canvas, in colours of the scheme.
      const ink = await page.evaluate(() => {
        const canvas = document.querySelector("canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return { colours: new Set(new Uint32Array(data.buffer)).size, corner: data[0] };
      });
      assert.ok(ink.colours > 50 && (colorScheme === "light" ? ink.corner > 240 : ink.corner < 40), JSON.stringify(ink));
      await page.locator("summary", { hasText: "Relations" }).click();
      await page.getByRole("combobox").first().fill("b");
      await page.getByRole("option").first().waitFor();
      await check("menus");
      await page.evaluate(() => { location.hash = "#focus=component:default/event-gateway&up=2&down=2"; });
      await settled(page, "Event gateway");
      await check("focus");
      none(problems);
    }, { colorScheme }));
}

test("nothing is too small to hit, and nothing too wide for a narrow screen", () =>
  onExample("", async (page) => {
    await drawn(page);
    const small = await page.locator(".map-work :is(button, summary, input, a):visible").evaluateAll((all) =>
      all.map((one) => [one.getAttribute("aria-label") ?? one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name));
    assert.deepEqual(small, []);
    assert.deepEqual(await tooWide(page), []);
    await page.evaluate(() => { location.hash = "#focus=component:default/event-gateway&up=1&down=1"; });
    await settled(page, "Event gateway");
    assert.deepEqual(await tooWide(page), []);
    await page.emulateMedia({ forcedColors: "active" });
    await page.locator("#map-close").click();
    await drawn(page);
  }, { viewport: { width: 320, height: 700 } }));

test("ten thousand nodes by mouse: wheel, drag, double click, and buttons alone", () =>
  onLarge("", async (page, { entities, of }) => {
    assert.ok(entities.length >= 10_000, `${entities.length}`);
    const whole = await drawn(page);
    // Departments are boxes of their teams, and all of them are in one.
    const departments = of("Group").filter((group) => targets(group, "parentOf").length);
    assert.equal(whole.boxes, of("Domain").length + of("System").length + departments.length + 1);
    // From far away lines stand for many, and nothing is drawn twice.
    assert.ok(whole.leaves <= entities.length - whole.boxes + 1 && whole.lines <= 1500 && whole.names < 450, JSON.stringify(whole));
    const start = await camera(page);
    const [x, y] = await middle(page);
    await page.mouse.move(x + 60, y + 30);
    await page.waitForFunction(() => window.catalogMap.input);
    // A wheel over it scrolls the page, and it is said how it does not.
    await page.mouse.wheel(0, 150);
    await page.waitForFunction(() => scrollY > 0);
    await page.getByText("Ctrl + wheel zooms, or click into the map first.").waitFor();
    await page.mouse.wheel(0, -300);
    await page.waitForFunction(() => scrollY === 0);
    assert.deepEqual(await camera(page), start);
    // With Ctrl it zooms, and after a click without.
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -180);
    await page.keyboard.up("Control");
    const [, , meant] = await camera(page);
    assert.ok(meant > start[2], `${meant}`);
    await page.mouse.click(x + 60, y + 30);
    for (let at = 0; at < 7; at += 1) await page.mouse.wheel(0, -180);
    const [left, top, scale] = await camera(page);
    assert.equal(await page.evaluate(() => scrollY), 0);
    assert.ok(scale > 0.5, `${scale}`);
    const near = await drawn(page);
    assert.ok(near.leaves < 400 && near.names > 20 && near.lines < 1500, `only what is in view: ${JSON.stringify(near)}`);
    // Each of them uses something.
    assert.ok(near.lines >= near.leaves / 2, JSON.stringify(near));
    await page.mouse.down();
    await page.mouse.move(x + 160, y + 90, { steps: 4 });
    await page.mouse.up();
    const [moved, lower, same] = await camera(page);
    assert.ok(moved < left && lower < top && same === scale, `${[moved, lower, same]}`);
    await page.mouse.dblclick(x, y);
    assert.ok((await camera(page))[2] !== scale);
    // Who sends the address on sends the place.
    await page.waitForFunction(() => location.hash.includes("at="));
    const there = await camera(page);
    await page.waitForTimeout(300);
    await page.waitForLoadState("networkidle");
    await page.reload();
    assert.ok(Math.abs((await camera(page))[0] - there[0]) < 2);
    // Whatever is dragged can be pressed.
    await page.getByRole("button", { name: "Show everything" }).click();
    assert.deepEqual(await camera(page), start);
    for (const name of ["Zoom in", "Zoom in", "Zoom in", "Move right", "Move down"]) await page.getByRole("button", { name, exact: true }).click();
    const by = await camera(page);
    await page.getByRole("button", { name: "Move left" }).click();
    assert.ok((await camera(page))[0] < by[0]);
    await page.getByRole("button", { name: "Zoom out" }).click();
    assert.ok((await camera(page))[2] < by[2]);
    // At the whole the wheel scrolls the page.
    await page.getByRole("button", { name: "Show everything" }).click();
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, 200);
    await page.waitForFunction(() => scrollY > 0);
  }));

test("by touch: one finger scrolls the page, two zoom, a tap chooses, and after it one finger moves", () =>
  onLarge("", async (page) => {
    const start = (await drawn(page)).k;
    const [x, y] = await middle(page);
    assert.match(await page.locator(".map-touch").innerText(), /^Two fingers/);
    assert.ok(!(await page.locator("#map-keys").isVisible()));
    const client = await page.context().newCDPSession(page);
    const touch = (type, ...points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    await touch("touchStart", [x - 20, y], [x + 20, y]);
    for (let at = 1; at <= 10; at += 1) await touch("touchMove", [x - 20 - at * 12, y], [x + 20 + at * 12, y]);
    await touch("touchEnd");
    const [left, , scale] = await camera(page);
    assert.ok(scale > start, `${scale}`);
    const swipe = async () => {
      await touch("touchStart", [x, y]);
      for (let at = 1; at <= 10; at += 1) await touch("touchMove", [x, y - at * 20]);
      // Held for a moment, so that the page does not run on.
      await page.waitForTimeout(200);
      await touch("touchMove", [x, y - 201]);
      await touch("touchEnd");
    };
    const toTop = async () => {
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitForTimeout(300);
      assert.equal(await page.evaluate(() => scrollY), 0);
    };
    const before = await camera(page);
    await swipe();
    await page.waitForFunction(() => scrollY > 100);
    assert.deepEqual(await camera(page), before);
    await toTop();
    await page.touchscreen.tap(x, y);
    await page.waitForFunction(() => document.activeElement.matches(".map-stage"));
    const [, above] = await camera(page);
    await swipe();
    const [, moved, same] = await camera(page);
    assert.ok(moved > above && same === scale, `${moved} ${above}`);
    assert.equal(await page.evaluate(() => scrollY), 0);
    // A tap beside the map gives the finger back to the page.
    await page.locator("h1").tap();
    await swipe();
    await page.waitForFunction(() => scrollY > 100);
    await toTop();
    for (let at = 0; at < 12 && !(await page.locator(".map-card").isVisible()); at += 1) {
      await page.touchscreen.tap(x - 60 + at * 11, y - 40 + at * 9);
      await drawn(page);
    }
    await page.locator(".map-card h3").waitFor();
    await page.locator(".map-card").getByRole("link", { name: "Focus" }).tap();
    await page.locator(".map-columns svg").waitFor();
  }, { hasTouch: true, viewport: { width: 390, height: 844 } }));

test("by keyboard alone: into a domain and a system, one in focus, two steps on, and back", () =>
  onLarge("", async (page, { of, inside, sorted }) => {
    const [domain, second] = sorted(of("Domain")), [system] = sorted(inside(second));
    const systems = inside(domain), parts = inside(system);
    const [part, start] = sorted(parts.filter(({ kind }) => kind === "Component")).map(titleOf);
    await drawn(page);
    const said = () => page.locator("#map-said").innerText();
    const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); await page.waitForTimeout(60); };
    for (let at = 0; at < 40 && !(await page.evaluate(() => document.activeElement.matches(".map-stage"))); at += 1) await press("Tab");
    const before = await camera(page);
    await press("+", "+", "+");
    const large = await camera(page);
    await press("ArrowRight", "ArrowDown");
    const moved = await camera(page);
    assert.ok(large[2] > before[2] && moved[0] > large[0] && moved[1] > large[1], JSON.stringify([before, large, moved]));
    await press("ArrowLeft", "ArrowUp", "-");
    assert.ok((await camera(page))[2] < large[2]);
    await press("0", "n");
    // Domains, and the box of the teams.
    assert.equal(await said(), `${titleOf(domain)}, Domain, ${systems.length + systems.flatMap(inside).length} inside, 1 of ${of("Domain").length + 1}`);
    await press("n", "p", "N", "Enter");
    const ofSystem = `${titleOf(system)}, System, ${parts.length} inside, 1 of ${inside(second).length}`;
    assert.equal(await said(), ofSystem);
    await press("Enter");
    assert.equal(await said(), `${part}, Component, 1 of ${parts.length}`);
    await press("Escape");
    assert.equal(await said(), ofSystem);
    await press("Enter", "n");
    const there = await camera(page);
    await press("Enter");
    await settled(page, start);
    const url = page.url();
    // Along the drawing by its links.
    for (let step = 0; step < 2; step += 1) {
      const from = await subject(page);
      for (let at = 0; at < 60 && !(await page.evaluate(() => document.activeElement.matches("a.g-node:not(.is-self)"))); at += 1) await press("Tab");
      await press("Enter");
      await page.waitForFunction((from) => document.querySelector(".map-subject").innerText !== from, from);
    }
    await page.goBack();
    await page.goBack();
    await settled(page, start);
    assert.equal(page.url(), url);
    await page.goBack();
    await page.locator(".map-stage").waitFor();
    // It is drawn there with the next frame.
    const isThere = async () => Math.abs((await camera(page))[0] - there[0]) < 2;
    for (let tries = 0; tries < 50 && !(await isThere()); tries += 1) await page.waitForTimeout(50);
    assert.ok(await isThere(), "the map is where it was");
    // It is one stop on the way through the page, also with the cursor on a box; and a circle goes around.
    const isHere = () => page.evaluate(() => document.activeElement.matches(".map-stage"));
    await page.locator(".map-stage").focus();
    await press("0", "p");
    assert.match(await said(), new RegExp(`${of("Domain").length + 1} of ${of("Domain").length + 1}$`));
    await press("n");
    assert.match(await said(), /, 1 of \d+$/);
    await press("Shift+Tab");
    assert.ok(!(await isHere()));
    await press("Tab");
    assert.ok(await isHere());
    await press("Tab");
    assert.ok(!(await isHere()));
  }));

test("a long table has pages", () =>
  onLarge("", async (page, { entities }) => {
    await page.locator(".map-data").scrollIntoViewIfNeeded();
    await page.waitForFunction((count) => document.querySelector("[data-rows='nodes'] .count").textContent === count, spelled(entities.length));
    assert.equal(await page.locator(".map-rows tbody tr").count(), 200);
    const first = await page.locator(".map-rows tbody tr").first().innerText();
    await page.getByRole("button", { name: "Next" }).click();
    await page.waitForFunction((said) => document.querySelector(".map-pages span").textContent === said, `Page 2 of ${Math.ceil(entities.length / 200)}`);
    assert.notEqual(await page.locator(".map-rows tbody tr").first().innerText(), first);
  }));

test("one that thousands use is drawn in part and listed in whole, and titles are only titles", () =>
  onLarge(`#focus=${HUB}&up=1&down=1`, async (page, { entities, byRef }) => {
    const uses = ["dependsOn", "consumesApi", "providesApi"];
    const users = entities.filter((entity) => targets(entity, "dependsOn").includes(HUB));
    const used = uses.slice(0, 2).flatMap((relation) => targets(byRef.get(HUB), relation));
    assert.ok(users.length > 5000, `${users.length}`);
    await settled(page, TITLES[0]);
    assert.equal(await page.locator("main img").count(), 0);
    assert.ok((await page.locator(".map-columns .g-node").count()) <= 16);
    await page.locator(".map-columns .g-more").click();
    await page.waitForFunction(() => document.activeElement?.id === "map-table");
    assert.equal(await rows(page), new Set([HUB, ...users.map(refOf), ...used]).size);
    await page.getByRole("combobox", { name: "Find an entity on the map" }).fill("نظام");
    await page.getByRole("option", { name: TITLES[1] }).first().click();
    await settled(page, TITLES[1]);
  }));

for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 800 }]) {
  test(`a title without an end leaves room for what it is the title of, at ${viewport.width} px`, () =>
    onLarge("", async (page, { entities }) => {
      for (const entity of entities.filter(({ kind, metadata }) => kind !== "Domain" && metadata.title?.length > 200)) {
        await page.evaluate((ref) => { location.hash = `#focus=${ref}`; }, refOf(entity));
        await settled(page, titleOf(entity).slice(0, 100));
        const { height } = await page.locator(".map-focus").boundingBox();
        assert.ok(height < viewport.height / 3, `${refOf(entity)}: ${height}`);
        assert.deepEqual(await tooWide(page), []);
      }
      // The words beside it in the table are not broken.
      await page.locator(".map-data").scrollIntoViewIfNeeded();
      await page.locator(".map-rows tbody tr").first().waitFor();
      const lines = await page.locator(".map-rows td:nth-child(2)").evaluateAll((all) => all.map((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return range.getClientRects().length;
      }));
      assert.ok(lines.length > 1 && lines.every((count) => count === 1), lines.join());
      assert.deepEqual(await tooWide(page), []);
    }, { viewport }));
}

test("circles end: what is in one stands on both sides, and a way leads back", () =>
  onLarge("", async (page, { entities, byRef }) => {
    const circles = entities.flatMap((entity) => targets(entity, "dependsOn").filter((ref) => targets(byRef.get(ref), "dependsOn").includes(refOf(entity))).map((ref) => [refOf(entity), ref]));
    assert.ok(circles.length >= 100, `${circles.length / 2}`);
    const [from, to] = circles[0];
    await page.evaluate((ref) => { location.hash = `#focus=${ref}&up=5&down=5`; }, from);
    await settled(page, titleOf(byRef.get(from)));
    assert.deepEqual(await tooWide(page), []);
    const places = await page.locator(".map-columns .g-node").evaluateAll((all) => all.map((one) => {
      const box = one.querySelector("rect");
      return [one.querySelector("title")?.textContent, `${box.getAttribute("x")} ${box.getAttribute("y")}`];
    }));
    assert.equal(places.filter(([ref]) => ref === to).length, 2);
    assert.equal(new Set(places.map(([, place]) => place)).size, places.length);
    // Lines end within the drawing.
    const width = Number(await page.locator(".map-columns svg").getAttribute("width"));
    const ends = await page.locator(".map-columns .g-edge").evaluateAll((all) => all.map((one) => { const box = one.getBBox(); return box.x + box.width; }));
    assert.ok(Math.max(...ends) < width - 1, `${Math.max(...ends)} of ${width}`);
    await page.evaluate(([from, to]) => { location.hash = `#path=${from}&to=${to}`; }, [from, to]);
    const [one, other] = [from, to].map((ref) => titleOf(byRef.get(ref)));
    await page.waitForFunction((said) => document.querySelector(".map-status").innerText === said, `${one} uses ${other} over 1 step. ${other} uses ${one} over 1 step.`);
  }));

test("a map of one, and of nothing", async () => {
  const one = await buildFrom(alone());
  await look(mapOf(one.folder), async (page) => {
    assert.equal((await drawn(page)).boxes, 1);
    await page.evaluate(() => { location.hash = "#focus=group:default/alone"; });
    await settled(page, "alone");
    assert.equal(await page.locator(".map-columns .g-node").count(), 1);
    assert.match(await page.locator(".map-status").innerText(), /^0 on the left lead to it; it leads to 0 on the right/);
  });
  await one.remove();
  const nothing = await buildFrom({ "README.md": "Nothing is described here.\n" });
  await look(mapOf(nothing.folder), async (page) => {
    await page.getByText("The map shows what the catalog has. It has nothing.").waitFor();
    assert.equal(await page.locator("canvas, .map-data").count(), 0);
    none(await inaccessible(page));
  });
  await nothing.remove();
});

test("what is missing of the data is said, and the rest works", async () => {
  const { folder, of } = await large;
  const head = await readFile(join(folder, "map.html"), "utf8").then((html) => html.match(/data-map="map\/([^"]+)"/)[1]);
  const { names, edges } = JSON.parse((await readFile(join(folder, "map", head), "utf8")).match(/catalogMap\.head\(0,(.*)\);/s)[1]);
  const failing = async (file, what) => {
    const copy = join(folder, "..", `without-${file}`);
    for (const name of ["map.html", "assets", "map"]) await cp(join(folder, name), join(copy, name), { recursive: true });
    await rm(join(copy, "map", file));
    const found = await visit(browser, mapOf(copy), what, STILL);
    assert.deepEqual(found.filter((one) => !one.includes("ERR_FILE_NOT_FOUND")), []);
    assert.ok(found.some((one) => one.includes(file)), found.join("\n"));
  };
  const alert = (page) => page.getByRole("alert").first().innerText();
  await failing(head, async (page) => {
    assert.match(await alert(page), /cannot be drawn/);
    assert.ok(await page.locator(".map-list a").first().isVisible());
    assert.ok(!(await page.locator(".map-frame").isVisible()));
  });
  await failing(`${edges}.js`, async (page) => {
    assert.match(await alert(page), /Relations could not be loaded/);
    assert.ok((await drawn(page)).boxes > of("System").length);
  });
  await failing(`${names.split(" ")[1]}.js`, async (page) => {
    assert.match(await alert(page), /Some names could not be loaded/);
    assert.ok((await drawn(page)).lines > 0);
  });
});
