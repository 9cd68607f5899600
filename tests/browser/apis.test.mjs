// References of APIs: what the filter adds, and that everything is there without a script and on paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { launch, visit } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { buildFrom } from "./lib/site.mjs";

const operation = (id, tag, rest = "") =>
  `{operationId: ${id}, summary: ${id} it, tags: [${tag}], ${rest}responses: {'200': {description: Good, content: {application/json: {schema: {$ref: '#/components/schemas/Boat'}}}}, '404': {description: No such boat}}}`;
const FILES = {
  "catalog-info.yaml": [
    "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: boats}\nspec: {type: openapi, lifecycle: production, owner: team, definition: {$text: boats.yaml}}\n",
    "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team}\nspec: {type: team, children: []}\n",
  ].join("---\n"),
  "boats.yaml": `openapi: 3.1.0
info: {title: Boats, version: '1'}
servers: [{url: 'https://boats.example'}]
tags: [{name: fleet}, {name: crew}]
paths:
  /boats: {get: ${operation("listBoats", "fleet")}, post: ${operation("addBoat", "fleet")}}
  /boats/{id}: {parameters: [{name: id, in: path, required: true, schema: {type: string}}], delete: ${operation("sinkBoat", "fleet", "deprecated: true, ")}}
  /crew: {get: ${operation("listCrew", "crew")}}
  /crew/roles: {get: ${operation("listRoles", "crew", "deprecated: true, ")}}
  /harbours: {get: ${operation("listHarbours", "crew")}, put: ${operation("setHarbours", "fleet")}}
components: {schemas: {Boat: {type: object, properties: {name: {type: string, example: Tern}, mate: {$ref: '#/components/schemas/Person'}}}, Person: {type: object, properties: {rank: {type: string}}}}}
`,
};
const PAGE = "catalog/default/api/boats/index.html";
let browser, built, host;

before(async () => {
  browser = await launch();
  built = await buildFrom(FILES);
  host = await serve(built.folder);
});

after(async () => {
  await host?.close();
  await browser?.close();
  await built?.remove();
});

// Opens the reference; nothing may go wrong in it.
const open = async (url, look, options = {}) =>
  assert.deepEqual(await visit(browser, url, look, { viewport: { width: 1440, height: 900 }, ...options }), []);

const rows = (page) => page.locator("#operations .api-list > li:visible .api-list-title").allInnerTexts();

test("operations are filtered by text, tag, method and deprecation", () =>
  open(host.url + PAGE, async (page) => {
    const bar = page.locator(".api-filter");
    const text = bar.locator("input[type=search]");
    const all = await rows(page);
    assert.equal(all.length, 7);
    await text.fill("CREW list");
    assert.deepEqual(await rows(page), ["listCrew it", "listRoles it"]);
    assert.equal(await bar.locator("[role=status]").innerText(), "2 of 7");
    await bar.getByLabel("Deprecation").selectOption("no");
    assert.deepEqual(await rows(page), ["listCrew it"]);
    await text.fill("");
    await bar.getByLabel("Deprecation").selectOption("yes");
    assert.deepEqual(await rows(page), ["sinkBoat it", "listRoles it"]);
    await bar.getByLabel("Deprecation").selectOption("");
    const [group, verb] = [bar.locator("select").nth(0), bar.locator("select").nth(1)];
    await group.selectOption("fleet");
    await verb.selectOption("POST");
    assert.deepEqual(await rows(page), ["addBoat it"]);
    await group.selectOption("");
    await verb.selectOption("");
    assert.deepEqual(await rows(page), all);
  }));

test("an operation has a link of its own", () =>
  open(host.url + PAGE, async (page) => {
    const head = page.locator("#listCrew .api-op-head");
    await head.hover();
    await head.locator(".api-anchor").click();
    assert.equal(new URL(page.url()).hash, "#listCrew");
    await page.waitForFunction(() => {
      const { top } = document.getElementById("listCrew").getBoundingClientRect();
      return top >= 0 && top < innerHeight / 2;
    });
  }));

test("without a script, from a file, everything can be opened", () =>
  open(pathToFileURL(`${built.folder}/${PAGE}`).href, async (page) => {
    assert.equal(await page.locator(".api-filter").count(), 0);
    assert.equal((await rows(page)).length, 7);
    const operation = page.locator("#addBoat");
    const missing = operation.locator("details", { hasText: "404" });
    assert.equal(await missing.getAttribute("open"), null);
    await missing.locator("summary").click();
    assert.notEqual(await missing.getAttribute("open"), null);
    const rank = operation.getByText("rank", { exact: true });
    assert.ok(!(await rank.isVisible()));
    await operation.locator("summary", { hasText: "1 field" }).click();
    assert.ok(await rank.isVisible());
    const shown = () => operation.locator(".api-panel", { hasText: "Call it" }).locator(".tab-panel:visible").innerText();
    assert.match(await shown(), /curl/);
    await operation.locator("label", { hasText: "Python" }).click();
    assert.match(await shown(), /requests\.post/);
  }, { javaScriptEnabled: false }));

test("on paper there is the reference alone", () =>
  open(host.url + PAGE, async (page) => {
    const asides = [".docs-nav", ".api-filter", ".top-nav"];
    for (const aside of asides) assert.ok(await page.locator(aside).first().isVisible(), aside);
    await page.emulateMedia({ media: "print" });
    for (const aside of asides) {
      assert.ok(!(await page.locator(aside).first().isVisible()), aside);
    }
    for (const part of ["h1", "#addBoat .api-target", "#addBoat .api-field", "#addBoat .api-panel"]) {
      assert.ok(await page.locator(part).first().isVisible(), part);
    }
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.length > 10_000, `${pdf.length} bytes`);
  }));
