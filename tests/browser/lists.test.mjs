// Lists: filtered, sorted, shared, downloaded; long ones with few rows in the page; from a host and from
// a file; and what is left without the script or without its data. Bounds are counts, never times.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile, readdir, rm } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import { launch, visit } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample, buildFrom } from "./lib/site.mjs";

let browser, built, host, catalog;

before(async () => {
  browser = await launch();
  built = await buildExample();
  host = await serve(built.folder);
  catalog = JSON.parse(await readFile(`${built.folder}/catalog.json`, "utf8")).entities;
});

after(async () => {
  await host?.close();
  await browser?.close();
  await built?.remove();
});

const places = () => [
  ["a host", host.url],
  ["a file", `${pathToFileURL(built.folder)}/`],
];
const ready = (page) => page.waitForSelector(".filters-form", { state: "attached" });
const titles = (page) => page.$$eval(".list tbody td:first-child > a:first-child", (links) => links.map((link) => link.textContent));
const option = (name, value) => `.choices input[name="${name}"][value="${value}"]`;
const title = (entity) => entity.metadata.title ?? entity.spec?.profile?.displayName ?? entity.metadata.name;
const ownerOf = (entity) => entity.relations.find(({ type }) => type === "ownedBy")?.targetRef;
const parentOf = (ref) => {
  const group = catalog.find(({ kind, metadata }) => `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase() === ref);
  return group?.relations.find(({ type }) => type === "childOf")?.targetRef;
};
// Whether a group owns an entity, itself or through the groups below it.
const owns = (group, entity) => {
  for (let at = ownerOf(entity); at; at = parentOf(at)) if (at === group) return true;
  return false;
};
const components = () => catalog.filter(({ kind }) => kind === "Component");
// The group that owns components through others alone.
const department = () =>
  catalog
    .filter(({ kind }) => kind === "Group")
    .map(({ metadata }) => `group:${metadata.namespace}/${metadata.name}`)
    .find((group) => !catalog.some((entity) => ownerOf(entity) === group && entity.kind === "Component") &&
      components().some((entity) => owns(group, entity)));
const good = async (url, look, options) => assert.deepEqual(await visit(browser, url, look, options), []);
// What a button gives to be saved.
const saved = async (page, format) => {
  await page.click("[data-menu=download] summary");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(`[data-download=${format}]`)]);
  return readFile(await file.path(), "utf8");
};

describe("filters", () => {
  test("several values of a facet are alternatives, facets go together, and counts say what is left", async () => {
    for (const [place, base] of places()) {
      await good(`${base}lists/component.html`, async (page) => {
        await ready(page);
        await page.check(option("type", "service"));
        await page.check(option("type", "library"));
        await page.check(option("lifecycle", "production"));
        const fits = ({ spec }) => ["service", "library"].includes(spec.type) && spec.lifecycle === "production";
        const wanted = components().filter(fits);
        assert.deepEqual((await titles(page)).sort(), wanted.map(title).sort(), place);
        assert.equal(await page.textContent(".list-count"), `${wanted.length} of ${components().length} entities`);
        await page.click(".choices-more");
        // The count of a value ignores what is chosen of its own facet, and nothing else.
        const websites = components().filter(({ spec }) => spec.type === "website" && spec.lifecycle === "production");
        assert.equal(await page.textContent(`li:has(input[name=type][value=website]) .count`), String(websites.length));
        const chips = await page.$$eval(".chip", (chips) => chips.map((chip) => chip.textContent));
        assert.deepEqual(chips, ["Type service", "Type library", "Lifecycle production"]);
        await page.click(".chip:has-text('library')");
        assert.deepEqual((await titles(page)).sort(), wanted.filter(({ spec }) => spec.type === "service").map(title).sort());
        await page.click(".chip-clear");
        assert.equal((await titles(page)).length, components().length);
      });
    }
  });

  test("a group has what the groups below it own", async () => {
    const group = department();
    assert.ok(group, "the example has no group that owns through others");
    await good(`${host.url}lists/component.html?owner=${group.replace("default/", "")}`, async (page) => {
      await ready(page);
      const wanted = components().filter((entity) => owns(group, entity)).map(title);
      assert.deepEqual((await titles(page)).sort(), wanted.sort());
    });
  });

  test("text is looked for in names, titles and tags", async () => {
    await good(`${host.url}lists/all.html`, async (page) => {
      await ready(page);
      await page.fill(".list-search input", "RUST kit");
      await page.waitForFunction(() => document.querySelector(".list-count").textContent.includes(" of "));
      for (const name of await titles(page)) {
        const entity = catalog.find((one) => title(one) === name);
        const words = [name, entity.metadata.name, ...(entity.metadata.tags ?? [])].join(" ").toLowerCase();
        assert.ok(words.includes("rust") && words.includes("kit"), words);
      }
      assert.equal(new URL(page.url()).searchParams.get("q"), "RUST kit");
    });
  });

  test("nothing that fits is said, with a way out", async () => {
    await good(`${host.url}lists/component.html?type=no-such-type&q=zzz`, async (page) => {
      await ready(page);
      assert.ok(await page.isVisible(".list-none"));
      assert.ok(await page.isHidden(".list-frame"));
      await page.click(".list-none [data-clear]");
      assert.equal((await titles(page)).length, components().length);
      assert.equal(new URL(page.url()).search, "");
    });
  });

  test("a tag in a row filters by it, and a long facet can be searched", async () => {
    await good(`${host.url}lists/all.html?columns=tags`, async (page) => {
      await ready(page);
      const tag = await page.textContent(".list tbody .tag");
      await page.click(".list tbody .tag");
      const wanted = catalog.filter(({ metadata }) => metadata.tags?.includes(tag)).map(title);
      assert.deepEqual((await titles(page)).sort(), wanted.sort());
      await page.click(".chip-clear");
      const tags = page.locator(".choices", { has: page.locator("summary", { hasText: "Tag" }) });
      if (!(await tags.evaluate((box) => box.open))) await tags.locator("summary").click();
      assert.equal(await tags.locator("li").count(), 6);
      await tags.locator(".choices-find").fill("post");
      assert.deepEqual(await tags.locator("li span:not(.count)").allTextContents(), ["postgresql"]);
    });
  });
});

describe("the address", () => {
  test("has what is shown, and shows it to whom it is sent", async () => {
    let shared, wanted;
    await good(`${host.url}lists/component.html`, async (page) => {
      await ready(page);
      await page.check(option("lifecycle", "production"));
      await page.click(".list .col-owner button");
      await page.click(".list .col-owner button");
      await page.click("[data-menu=view] summary");
      await page.check(".menu-columns input[value=domain]");
      shared = page.url();
      wanted = await titles(page);
      assert.equal(await page.getAttribute(".list th.col-owner", "aria-sort"), "descending");
    });
    await good(shared, async (page) => {
      await ready(page);
      assert.deepEqual(await titles(page), wanted);
      assert.equal(await page.getAttribute(".list th.col-owner", "aria-sort"), "descending");
      assert.ok(await page.isVisible(".list th.col-domain"));
      assert.ok(await page.isChecked(option("lifecycle", "production")));
    });
  });

  test("going back takes the last filter away", async () => {
    await good(`${host.url}lists/component.html`, async (page) => {
      await ready(page);
      await page.check(option("type", "service"));
      const services = await titles(page);
      await page.check(option("lifecycle", "deprecated"));
      assert.notDeepEqual(await titles(page), services);
      await page.goBack();
      assert.deepEqual(await titles(page), services);
      assert.ok(!(await page.isChecked(option("lifecycle", "deprecated"))));
      await page.goForward();
      assert.ok(await page.isChecked(option("lifecycle", "deprecated")));
    });
  });

  test("columns are remembered", async () => {
    await good(`${host.url}lists/component.html`, async (page) => {
      await ready(page);
      await page.click("[data-menu=view] summary");
      await page.check(".menu-columns input[value=namespace]");
      await page.waitForLoadState("networkidle");
      await page.goto(`${host.url}lists/component.html`);
      await ready(page);
      await page.locator(".list th.col-namespace").waitFor();
    });
  });
});

describe("sorting", () => {
  test("by each column, both ways, with nothing last", async () => {
    await good(`${host.url}lists/all.html`, async (page) => {
      await ready(page);
      const column = (name) => page.$$eval(`.list tbody .col-${name}`, (cells) => cells.map((cell) => cell.textContent));
      for (const name of ["type", "lifecycle", "owner", "system"]) {
        await page.click(`.list .col-${name} button`);
        const up = await column(name);
        const filled = up.filter(Boolean);
        assert.deepEqual(up.slice(0, filled.length), filled, `${name}: an empty one is not last`);
        assert.deepEqual(filled, [...filled].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0)));
        await page.click(`.list .col-${name} button`);
        assert.deepEqual((await column(name)).slice(0, filled.length), [...filled].reverse());
        assert.equal(await page.evaluate(() => document.activeElement.closest("th").className), `col-${name}`);
      }
      await page.click(".list .col-system button");
      assert.equal(new URL(page.url()).search, "");
    });
  });
});

// Every facet that example-org tells little of, in one list of three.
describe("facets and cells of a list made for them", () => {
  let own;
  before(async () => {
    const component = (name, namespace, title, system, more = "") => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: ${name}, namespace: ${namespace}, title: "${title}"${more}}
spec: {type: service, lifecycle: production, owner: default/team, system: default/${system}}
---
`;
    const whole = (kind, name, spec) => `apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata: {name: ${name}}
spec: {owner: team${spec}}
---
`;
    own = await buildFrom({
      "catalog-info.yaml": component("a", "default", "=1+1", "quay", ', annotations: {backstage.io/techdocs-ref: "dir:."}') +
        component("b", "sales", "+2", "quay") + component("c", "sales", "-3", "yard", ", tags: [Not_A_Tag!]") +
        component("d", "sales", "@four", "yard") + whole("System", "quay", ", domain: sea") + whole("System", "yard", ", domain: land") +
        whole("Domain", "sea", "") + whole("Domain", "land", "") +
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team}\nspec: {type: team, children: []}\n",
      "mkdocs.yml": "site_name: A\n",
      "docs/index.md": "# A\n",
    });
  });
  after(() => own?.remove());
  const list = () => `${pathToFileURL(own.folder)}/lists/component.html`;

  test("namespace, documentation, findings, system and domain filter", async () => {
    for (const [facet, value, expected] of [
      ["namespace", "default", ["=1+1"]],
      ["namespace", "sales", ["+2", "-3", "@four"]],
      ["docs", "yes", ["=1+1"]],
      ["docs", "no", ["+2", "-3", "@four"]],
      ["findings", "none", ["+2", "=1+1", "@four"]],
      ["system", "system:quay", ["+2", "=1+1"]],
      ["domain", "domain:land", ["-3", "@four"]],
    ]) {
      await good(list(), async (page) => {
        await ready(page);
        await page.$$eval(".filters-form details", (all) => all.forEach((one) => { one.open = true; }));
        await page.check(option(facet, value));
        const found = (await titles(page)).sort();
        assert.deepEqual(found, expected.sort(), `${facet}: ${value}`);
        assert.ok(page.url().includes(`${facet}=`), page.url());
      });
    }
  });

  test("a cell that begins like a formula is a text in a spreadsheet", async () => {
    await good(list(), async (page) => {
      await ready(page);
      const csv = await saved(page, "csv");
      for (const title of ["=1+1", "+2", "-3", "@four"]) {
        assert.ok(csv.includes(`,'${title},`) && !csv.includes(`,${title},`), csv);
      }
    });
  });
});

describe("download", () => {
  test("as JSON and as CSV, of the result alone and whole", async () => {
    for (const [place, base] of places()) {
      await good(`${base}lists/component.html`, async (page) => {
        await ready(page);
        await page.check(option("type", "library"));
        const wanted = components().filter(({ spec }) => spec.type === "library");
        const json = JSON.parse(await saved(page, "json"));
        assert.deepEqual(json.map(({ name }) => name).sort(), wanted.map(({ metadata }) => metadata.name).sort(), place);
        for (const row of json) {
          const { metadata, spec } = wanted.find((entity) => entity.metadata.name === row.name);
          assert.equal(row.ref, `component:${metadata.namespace}/${metadata.name}`);
          assert.deepEqual(row.tags, metadata.tags ?? []);
          assert.equal(row.lifecycle, spec.lifecycle);
          assert.ok(row.description.length > 0);
          assert.ok(row.url.endsWith(`/component/${row.name}.html`));
        }
        const lines = (await saved(page, "csv")).trim().split("\r\n");
        assert.equal(lines[0].split(",")[0], "ref");
        assert.equal(lines.length, wanted.length + 1);
        assert.equal(await page.textContent(".list-count"), `${wanted.length} of ${components().length} entities`);
      });
    }
  });
});

describe("by keyboard and on a phone", () => {
  test("everything is reached by keys", async () => {
    await good(`${host.url}lists/component.html`, async (page) => {
      await ready(page);
      await page.focus(".choices summary");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      assert.equal(await page.locator(".chip").count(), 1);
      assert.ok(await page.evaluate(() => document.activeElement.matches(".choice input:checked")), "the focus is lost");
      await page.focus(".chip");
      await page.keyboard.press("Enter");
      assert.equal(await page.locator(".chip").count(), 0);
      assert.ok(await page.evaluate(() => document.activeElement.matches(".list-search input")), "the focus is lost");
      await page.focus("[data-menu=view] summary");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.matches(".menu-sort select")));
      await page.keyboard.press("Escape");
      assert.ok(await page.evaluate(() => document.activeElement.matches("[data-menu=view] summary")));
      await page.focus(".list .col-name button");
      await page.keyboard.press("Enter");
      await page.focus(".list tbody a");
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.evaluate(() => document.activeElement.closest("tr").getAttribute("aria-rowindex")), "3");
      await page.keyboard.press("End");
      const last = await page.evaluate(() => document.activeElement.closest("tr").getAttribute("aria-rowindex"));
      assert.equal(last, await page.getAttribute(".list", "aria-rowcount"));
    });
  });

  test("on a phone filters are a drawer", async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };
    await good(
      `${host.url}lists/component.html`,
      async (page) => {
        await ready(page);
        assert.ok(await page.isHidden(".list-rail"));
        await page.click(".list-open");
        await page.check(option("type", "library"));
        await page.click(".list-close button");
        assert.ok(await page.isHidden(".list-rail"));
        assert.equal((await titles(page)).length, components().filter(({ spec }) => spec.type === "library").length);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "is too wide");
      },
      phone,
    );
  });
});

describe("the script and its data", () => {
  test("nothing moves when the script takes over", async () => {
    for (const path of ["lists/all.html", "lists/component.html", "lists/user.html"]) {
      for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 800 }]) {
        await good(`${host.url}${path}`, async (page) => {
          await ready(page);
          await page.waitForTimeout(150);
          const moved = await page.evaluate(() => new Promise((done) => {
            new PerformanceObserver((list) => { done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)); })
              .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => { done(0); }, 100);
          }));
          assert.equal(moved, 0, `${path} at ${viewport.width}`);
        }, { viewport });
      }
    }
  });

  test("without its data the list stays, and says so", async () => {
    const other = await buildExample();
    try {
      const data = `${other.folder}/lists/data`;
      for (const file of await readdir(data)) {
        if ((await readFile(`${data}/${file}`, "utf8")).startsWith("catalogList.rows")) await rm(`${data}/${file}`);
      }
      const at = `${pathToFileURL(other.folder)}/lists/component.html?type=service`;
      const problems = await visit(browser, at, async (page) => {
        await page.waitForSelector(".list-fault");
        assert.equal((await titles(page)).length, components().length);
        assert.ok(await page.isVisible(".list-ways a[href='api.html']"));
        assert.equal(await page.locator(".list-controls").count(), 0);
      });
      assert.ok(problems.length > 0 && problems.every((problem) => /failed:|ERR_FILE_NOT_FOUND/.test(problem)), problems.join("\n"));
    } finally {
      await other.remove();
    }
  });

  test("without JavaScript values lead to lists, and tags to theirs", async () => {
    await good(
      `${host.url}lists/component.html`,
      async (page) => {
        assert.equal((await titles(page)).length, components().length);
        assert.ok(await page.isHidden(".list-controls"));
        const group = department();
        await page.waitForLoadState("networkidle");
        await page.click(`.list-ways a[href="owner/${group.replace("group:", "").replace("/", "/group/")}.html"]`);
        const wanted = catalog.filter((entity) => owns(group, entity)).map(title);
        assert.deepEqual((await titles(page)).sort(), wanted.sort());
        await page.waitForLoadState("networkidle");
        await page.goto(`${host.url}lists/component.html`);
        await page.waitForLoadState("networkidle");
        const tag = await page.locator(".list tbody a.tag").first().evaluate((link) => link.lastChild.textContent);
        await page.click(".list tbody a.tag");
        if (page.url().includes("/tag/")) {
          const tagged = catalog.filter(({ metadata }) => metadata.tags?.includes(tag)).map(title);
          assert.deepEqual((await titles(page)).sort(), tagged.sort());
        } else {
          assert.ok(await page.isVisible(`li:target:has-text("${tag}")`));
        }
      },
      { javaScriptEnabled: false, reducedMotion: "reduce" },
    );
  });
});

describe("a large organisation", () => {
  // In a debug build; files of data have 4,096 rows, so that there are several.
  const MANY = 9_000;
  let large, server;

  before(async () => {
    const files = {};
    const groups = Array.from({ length: 60 }, (_, at) =>
      `apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-${at}}\nspec: {type: team, children: []${at ? `, parent: team-${Math.floor((at - 1) / 4)}` : ""}}\n`);
    files["groups/catalog-info.yaml"] = groups.join("---\n");
    for (let part = 0; part * 500 < MANY; part++) {
      files[`part-${part}/catalog-info.yaml`] = Array.from({ length: 500 }, (_, at) => {
        const n = part * 500 + at;
        return `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: c-${String(n).padStart(6, "0")}, description: "Number ${n}.", tags: [all, t-${n % 700}]}\nspec: {type: ${["service", "library", "website"][n % 3]}, lifecycle: production, owner: team-${n % 60}}\n`;
      }).join("---\n");
    }
    large = await buildFrom(files);
    server = await serve(large.folder);
  }, { timeout: 300_000 });

  after(async () => {
    await server?.close();
    await large?.remove();
  });

  test("is filtered and scrolled with few rows in the page and few requests", async () => {
    await good(`${server.url}lists/component.html`, async (page) => {
      await ready(page);
      const requests = [];
      page.on("request", (request) => requests.push(request.url()));
      const rows = () => page.locator(".list tbody tr:not(.space)").count();
      assert.equal(await page.getAttribute(".list", "aria-rowcount"), String(MANY + 1));
      assert.ok((await rows()) < 60, `${await rows()} rows are in the page`);
      await page.check(option("type", "library"));
      assert.equal(await page.textContent(".list-count"), "3,000 of 9,000 entities");
      assert.ok((await rows()) < 60);
      await page.check(option("owner", "group:team-1"));
      const below = (at) => { for (let up = at; up > 0; up = Math.floor((up - 1) / 4)) if (up === 1) return true; return false; };
      const wanted = Array.from({ length: MANY }, (_, n) => n).filter((n) => n % 3 === 1 && below(n % 60)).length;
      assert.equal(await page.textContent(".list-count"), `${wanted.toLocaleString("en")} of 9,000 entities`);
      await page.click(".chip-clear");
      for (const part of [0.25, 0.5, 1]) {
        await page.evaluate((part) => scrollTo(0, document.documentElement.scrollHeight * part), part);
        await page.waitForFunction(() => [...document.querySelectorAll(".list tbody tr:not(.space)")].some((row) => {
          const box = row.getBoundingClientRect();
          return box.top < innerHeight && box.bottom > 0 && row.querySelector("p").textContent;
        }));
        assert.ok((await rows()) < 60, `${await rows()} rows are in the page`);
      }
      assert.equal((await titles(page)).at(-1), `c-00${MANY - 1}`);
      // What is scrolled past is not loaded; a file of descriptions has 512.
      assert.ok(requests.length <= 12, `${requests.length} requests`);
      await page.focus(".list tbody tr:not(.space):last-child a");
      await page.keyboard.press("Home");
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "c-000000");
      await page.keyboard.press("ArrowDown");
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "c-000001");
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await page.waitForFunction((last) => [...document.querySelectorAll(".list td > a")].some((link) => link.textContent === last), `c-00${MANY - 1}`);
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "c-000001", "the focus is lost");
    });
  });

  test("pages after the first stay until something is asked for", async () => {
    await good(`${server.url}lists/component-3.html`, async (page) => {
      await ready(page);
      assert.equal((await titles(page))[0], "c-000400");
      assert.ok(await page.isVisible(".pages"));
      await page.fill(".list-search input", "000007");
      await page.waitForSelector(".chip");
      assert.deepEqual(await titles(page), ["c-000007"]);
      assert.ok(await page.isHidden(".pages"));
    });
  });
});
