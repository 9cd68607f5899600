// The search: typed into any page, from a host and from a file, by the keyboard alone; what is kept in the
// browser; bad queries and missing files; and what is left without the script.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";

import { launch, visit } from "./lib/browser.mjs";
import { inaccessible } from "./lib/checks.mjs";
import { active, answered, ask, opened, options } from "./lib/find.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample, buildFrom } from "./lib/site.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));
// A field of several schemas of one API of the example.
const FIELD = "accountId";
const SERVICE = "catalog/default/component/booking-service.html";
const QUIET = { reducedMotion: "reduce" };
let browser, built, host, catalog;

before(async () => {
  browser = await launch();
  built = await buildExample();
  host = await serve(built.folder);
  catalog = JSON.parse(await readFile(`${built.folder}/catalog.json`, "utf8"));
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

// What the scripts of a site make of words.
async function scriptsOf(site) {
  const window = {};
  const assets = await readdir(join(site.folder, "assets"));
  for (const name of ["search-words", "search-stems"]) {
    const file = assets.find((one) => one.startsWith(`${name}.`));
    vm.runInNewContext(await readFile(join(site.folder, "assets", file), "utf8"), { window });
  }
  return window.catalogWords;
}
const table = async (name) => (await readFile(join(repository, "tests/search", name), "utf8")).split("\n").slice(0, -1);

const KASSE = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: kasse, description: DESCRIPTION}\n" +
  "spec: {type: service, lifecycle: production, owner: team}\n";
const inLanguage = (tag, description) => buildFrom({
  "catalog-config.yaml": "site: {theme: theme}\n",
  "theme/strings.yaml": `language: ${tag}\n`,
  "catalog-info.yaml": KASSE.replace("DESCRIPTION", description),
});

describe("words", () => {
  test("are those that the index is made of", async () => {
    const { words, stem, whole } = await scriptsOf(built);
    const lines = await table("words.tsv");
    assert.ok(lines.length > 500);
    for (const line of lines) {
      const text = line.split("\t")[0];
      assert.equal([text, words(text).map(stem).join(" "), whole(text)].join("\t"), line);
    }
  });

  test("have the same stems in every language that has some", async () => {
    const rows = (await table("stems.tsv")).map((line) => line.split("\t"));
    const tags = [...new Set(rows.map(([tag]) => tag))];
    assert.equal(tags.length, 14);
    for (const tag of tags) {
      const site = await inLanguage(tag, "-");
      try {
        const { stem } = await scriptsOf(site);
        for (const [, word, expected] of rows.filter(([one]) => one === tag)) assert.equal(stem(word), expected, `${tag}: ${word}`);
      } finally {
        await site.remove();
      }
    }
  });
});

describe("the box of every page", () => {
  // Each from another page, to a page that is known.
  const found = [
    ["by a slip of the fingers", "index.html", "bookng servce", `/${SERVICE}`],
    ["by its owner", SERVICE, "owner:routing kind:component planner", "/catalog/default/component/route-planner.html"],
    ["by an operation of its API", "reports/index.html", "POST /bookings", "/catalog/default/api/booking/index.html#createBooking"],
    ["by a sentence of its docs", "about.html", "a new idempotency key", "/docs/default/component/booking-service/integrate/errors.html#retrying"],
  ];

  for (const [how, from, query, to] of found) {
    test(`finds ${how}, with the keyboard alone, from a host and from a file`, async () => {
      for (const [place, base] of places()) {
        const problems = await visit(browser, base + from, async (page) => {
          await ask(page, query, query.length % 2 ? "/" : "Control+k");
          assert.ok(await active(page), "the first is chosen");
          assert.ok((await opened(page)).endsWith(to), `${place}: ${page.url()}`);
        }, QUIET);
        assert.deepEqual(problems, [], place);
      }
    });
  }

  test("is a combobox: arrows choose, Escape closes and leaves the words", async () => {
    const problems = await visit(browser, `${host.url}${SERVICE}`, async (page) => {
      await ask(page, "booking");
      const state = () => page.evaluate(() => {
        const box = document.activeElement;
        return [box.getAttribute("role"), box.getAttribute("aria-expanded"), box.value];
      });
      assert.deepEqual(await state(), ["combobox", "true", "booking"]);
      const all = await options(page);
      assert.ok(all.length > 3, String(all.length));
      assert.equal(await active(page), all[0]);
      await page.keyboard.press("ArrowDown");
      assert.equal(await active(page), all[1]);
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      assert.equal(await active(page), undefined);
      await page.keyboard.press("ArrowUp");
      assert.equal(await active(page), all.at(-1));
      assert.match(all.at(-1), /All results for “booking”/);
      for (const scheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme: scheme });
        assert.equal((await inaccessible(page)).join("\n"), "", scheme);
      }
      await page.keyboard.press("Escape");
      assert.deepEqual(await state(), ["combobox", "false", "booking"]);
      await page.keyboard.press("ArrowDown");
      await answered(page, "booking");
      await page.keyboard.press("ArrowUp");
      assert.ok((await opened(page)).includes("search.html?q=booking"), page.url());
      await page.waitForSelector(".hits li mark");
    }, QUIET);
    assert.deepEqual(problems, []);
  });

  test("offers the values of a facet, and takes them together with words", async () => {
    const problems = await visit(browser, `${host.url}index.html`, async (page) => {
      await ask(page, "owner:pay");
      const all = await options(page);
      assert.match(all[0], /^owner:payments/);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.keyboard.type("ledger");
      await answered(page, "owner:payments ledger");
      assert.equal(await page.inputValue(":focus"), "owner:payments ledger");
      const owned = await options(page);
      assert.ok(owned.some((text) => text.includes("Ledger database")), owned.join("\n"));
      assert.ok(owned.every((text) => /Payments|All results/.test(text)), owned.join("\n"));
      // What a group below owns counts for those above; values of one facet are added up, facets narrow.
      const count = (query) => page.evaluate(async (query) => (await window.catalogIndex.search(query)).hits.length, query);
      const [below, above, both, none] = [await count("owner:payments kind:component"), await count("owner:commerce kind:component"),
        await count("owner:payments owner:booking kind:component"), await count("owner:payments kind:template")];
      assert.ok(below > 0 && above > below && both === above && none === 0, [below, above, both, none].join());
      // A facet alone has its values, those of most entities first; a value that nothing has is said.
      const status = () => page.textContent(".find:not([hidden]) .find-status");
      await page.keyboard.press("Control+A");
      await page.keyboard.type("kind:");
      await page.waitForFunction(() => document.querySelector(".find:not([hidden]) [role=option]")?.textContent.startsWith("kind:"));
      const kinds = (await options(page)).map((text) => Number(/\d+$/.exec(text)[0]));
      assert.ok(kinds.length > 2 && kinds.every((one, at) => !at || one <= kinds[at - 1]), kinds.join());
      assert.equal(await status(), "");
      await page.keyboard.type("nothing ledger");
      await page.waitForFunction(() => document.querySelector(".find:not([hidden]) .find-status").textContent.startsWith("Nothing has"));
      assert.equal(await status(), "Nothing has “kind:nothing”.");
    }, QUIET);
    assert.deepEqual(problems, []);
  });

  test("marks the words of the query in what is found, by their stems", async () => {
    const problems = await visit(browser, `${host.url}index.html`, async (page) => {
      await ask(page, "holds leaking");
      const marks = await page.$$eval(".find [aria-selected=true] mark", (all) => all.map((one) => one.textContent.toLowerCase()));
      assert.ok(marks.includes("holdsleaking") || marks.includes("holds"), marks.join());
      await page.keyboard.press("Control+A");
      await page.keyboard.type("ledger payments");
      await answered(page, "ledger payments");
      assert.equal(await page.textContent(".find-around mark"), "Payments", "whose it is, too");
    }, QUIET);
    assert.deepEqual(problems, []);
  });

  test("shows pages with a star and those seen last, and what is nearest to the reader's team first", async () => {
    for (const [place, base] of places()) {
      const problems = await visit(browser, `${base}catalog/default/group/payments.html`, async (page) => {
        await page.getByRole("button", { name: "My team" }).click();
        await page.waitForLoadState("networkidle");
        await page.goto(`${base}catalog/default/resource/parcel-lake.html`);
        await page.getByRole("button", { name: "Star" }).click();
        await page.waitForLoadState("networkidle");
        await page.goto(`${base}${SERVICE}`);
        await page.waitForLoadState("networkidle");
        await page.goto(`${base}index.html`);
        await page.waitForLoadState("networkidle");
        await page.keyboard.press("/");
        await page.waitForSelector(".find:not([hidden]) [role=option]");
        const groups = await page.$$eval(".find:not([hidden]) [role=group]", (all) => all.map((one) => one.innerText.split("\n").filter(Boolean)));
        assert.deepEqual(groups.slice(0, 2).map((group) => group.filter((text) => !/^(Component|Resource|Group)$/.test(text))),
          [["Starred", "Parcel lake"], ["Recent", "Booking service", "Payments"]], `${place}: ${JSON.stringify(groups)}`);
        const ownerOf = async (team) => page.evaluate(async (team) => {
          const { hits } = await window.catalogIndex.search("database", team);
          return hits.filter((hit) => hit.row).map((hit) => hit.row.owner);
        }, team);
        const kept = await page.evaluate(() => window.catalogKept.read().team);
        assert.equal(kept[0], "payments", place);
        const [near, far] = [await ownerOf(kept), await ownerOf(["booking"])];
        assert.equal(near[0], "Payments", near.join());
        assert.equal(far[0], "Booking", far.join());
      }, QUIET);
      assert.deepEqual(problems, [], place);
    }
  });

  test("what is kept can be forgotten, and the key can be given back", async () => {
    const problems = await visit(browser, `${host.url}${SERVICE}`, async (page) => {
      await page.waitForLoadState("networkidle");
      await page.goto(`${host.url}search.html`);
      await page.getByText("Kept in this browser").click();
      await page.getByRole("button", { name: "Forget pages" }).click();
      await page.getByLabel(/The key \/ leads/).uncheck();
      assert.deepEqual(await page.evaluate(() => window.catalogKept.read()), { recent: [], starred: [], team: [], teamTitle: "", slash: false });
      await page.waitForLoadState("networkidle");
      await page.goto(`${host.url}index.html`);
      await page.waitForLoadState("networkidle");
      await page.keyboard.press("/");
      assert.ok(await page.evaluate(() => document.activeElement === document.body));
      await page.keyboard.press("Control+k");
      assert.equal(await page.evaluate(() => document.activeElement.name), "q");
    }, QUIET);
    assert.deepEqual(problems, []);
  });
});

test("a service found by a slip is put in the middle of the map, walked from, and come back to", async () => {
  for (const [place, base] of places()) {
    const problems = await visit(browser, `${base}index.html`, async (page) => {
      const focused = (name) => page.waitForFunction((name) => document.querySelector(".map-subject")?.innerText.includes(name) &&
        !document.querySelector(".map-columns").hidden, name);
      const follow = async (link) => {
        await link.focus();
        await page.keyboard.press("Enter");
      };
      await ask(page, "evnt gatway");
      assert.ok((await opened(page)).endsWith("/component/event-gateway.html"), place);
      await page.waitForLoadState("networkidle");
      await follow(page.getByRole("link", { name: "On the map" }));
      await focused("Event gateway");
      await follow(page.locator(".map-columns a", { hasText: "Event bus" }));
      await focused("Event bus");
      await follow(page.locator(".map-columns a", { hasText: "Shore cluster" }));
      await focused("Shore cluster");
      await page.goBack();
      await focused("Event bus");
      await page.goBack();
      await focused("Event gateway");
      await page.waitForLoadState("networkidle");
      await page.goBack();
      await page.waitForSelector(".entity-head");
    }, QUIET);
    assert.deepEqual(problems, [], place);
  }
});

test("what Pagefind is to read is marked", async () => {
  const read = (path) => readFile(join(built.folder, path), "utf8");
  for (const [path, kind] of [[SERVICE, 'data-pagefind-filter="kind">Component<'], ["docs/default/component/booking-service/index.html", '"kind:docs"'],
    ["catalog/default/api/booking/index.html", '"kind:API reference"']]) {
    const text = await read(path);
    assert.equal(text.split("data-pagefind-body").length, 2, path);
    assert.ok(text.includes(kind), path);
  }
  assert.ok(!(await read("lists/component.html")).includes("data-pagefind-body"));
});

describe("the page of the search", () => {
  // Types a query and gives the first result.
  async function first(page, query) {
    await page.fill("[data-search]", query);
    await page.waitForFunction((query) => document.querySelector(".search-status").textContent.includes(`“${query}”`), query);
    return page.$eval(".hits li", (hit) => ({
      title: hit.querySelector(".hit-title").textContent,
      kind: hit.querySelector(".hit-kind").textContent,
      href: hit.querySelector(".hit-title").href,
    }));
  }

  test("finds an entity by its title, first of all, and a field where it stands", async () => {
    const entity = catalog.entities.find(({ kind, metadata }) => kind === "Component" && metadata.title);
    for (const [place, base] of places()) {
      const problems = await visit(browser, `${base}search.html`, async (page) => {
        const found = await first(page, entity.metadata.title);
        assert.equal(found.title, entity.metadata.title, place);
        assert.ok(found.href.endsWith(`/component/${entity.metadata.name}.html`), found.href);
        await page.goto(`${base}search.html?kind=field`);
        const field = await first(page, FIELD);
        assert.deepEqual([field.kind, field.title], ["Field", FIELD], place);
        await page.goto(field.href);
        const anchor = decodeURIComponent(new URL(field.href).hash.slice(1));
        assert.ok(await page.$(`[id="${anchor}"]`), `${field.href} has no such anchor`);
        assert.ok((await page.textContent("main")).includes(FIELD), place);
      });
      assert.deepEqual(problems, [], place);
    }
  });

  test("arrows lead through the results, and results of one kind can be asked for", async () => {
    const problems = await visit(browser, `${host.url}search.html?q=booking`, async (page) => {
      await page.waitForSelector(".hits li mark");
      await page.focus("[data-search]");
      await page.keyboard.press("ArrowDown");
      const href = await page.evaluate(() => document.activeElement.href);
      assert.equal(href, await page.$eval(".hit-title", (link) => link.href));
      await page.keyboard.press("ArrowUp");
      assert.ok(await page.evaluate(() => document.activeElement.matches("[data-search]")));
      await page.getByRole("button", { name: /^Operations/ }).click();
      await page.waitForFunction(() => [...document.querySelectorAll(".hit-kind")].every((kind) => kind.textContent === "Operation"));
      assert.match(page.url(), /kind=operation/);
    });
    assert.deepEqual(problems, []);
  });

  test("says when there is nothing", async () => {
    const problems = await visit(browser, `${host.url}search.html?q=qqzzxxyy`, async (page) => {
      await page.waitForFunction(() => /Nothing was found/.test(document.querySelector("main [role=status]").textContent));
      assert.ok(await page.isVisible(".search-lists"));
    });
    assert.deepEqual(problems, []);
  });

  test("without the script there are the lists, and a word on it", async () => {
    const look = async (page) => {
      assert.ok(await page.isVisible(".search-note"));
      for (const list of ["component", "owners", "tags"]) assert.ok(await page.isVisible(`.search-lists a[href='lists/${list}.html']`), list);
      assert.ok(!(await page.isVisible(".search-kept")));
    };
    const problems = await visit(browser, `${host.url}search.html?q=x`, look, { javaScriptEnabled: false });
    assert.deepEqual(problems, []);
  });
});

describe("bad queries and files", () => {
  test("a query may be long, of signs alone, or in any script", async () => {
    const problems = await visit(browser, `${host.url}search.html`, async (page) => {
      const asked = ["?!:;.,-()[]{}*+|\\^$\"'<>&/", "owner:", ":::", "kind:nothing", "*", "~", "支払いと決済", "การชำระเงิน", "مدفوعات", "оплата", "💸💸",
        "\u202e\u0000\ufffd", "__proto__ constructor toString", "a".repeat(10_000), "booking ".repeat(1_250)];
      for (const query of asked) {
        const found = await page.evaluate(async (query) => {
          await window.catalogIndex.open();
          const before = performance.now();
          const result = await window.catalogIndex.search(query);
          return { hits: result.hits.length, isBroken: result.isBroken, ms: performance.now() - before };
        }, query);
        assert.equal(found.isBroken, false, query.slice(0, 30));
      }
      await page.fill("[data-search]", "?!");
      await page.waitForFunction(() => /Nothing was found/.test(document.querySelector("main [role=status]").textContent));
    });
    assert.deepEqual(problems, []);
  });

  test("names with markup are text, names in any script are found", async () => {
    const entity = (name, title, description) => `---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\n  title: ${JSON.stringify(title)}\n  description: ${JSON.stringify(description)}\nspec: {type: service, lifecycle: production, owner: team}\n`;
    const site = await buildFrom({
      "catalog-info.yaml": "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team}\nspec: {type: team, children: []}\n" +
        entity("markup", "<img src=x onerror=alert(1)> service", "A <b>bold</b> claim") +
        entity("shiharai", "支払いサービス", "決済を処理します") + entity("dafe", "خدمة الدفع", "تعالج المدفوعات"),
    });
    try {
      const problems = await visit(browser, `${pathToFileURL(site.folder)}/index.html`, async (page) => {
        for (const [query, title] of [["onerror", "<img src=x onerror=alert(1)> service"], ["支払い", "支払いサービス"], ["処理", "支払いサービス"], ["الدفع", "خدمة الدفع"]]) {
          await page.keyboard.press("Control+k");
          await page.keyboard.insertText(query);
          await answered(page, query);
          assert.equal(await page.textContent(".find:not([hidden]) [aria-selected=true] .find-title"), title);
          assert.equal(await page.$(".find img"), null);
          assert.equal(await page.textContent(".find:not([hidden]) [aria-selected=true] mark"), query);
        }
      }, QUIET);
      assert.deepEqual(problems, []);
    } finally {
      await site.remove();
    }
  });

  // A site in a language, and what its description is to be found by, with what is marked.
  const languages = [
    ["de", "Nimmt Zahlungen entgegen und druckt Belege mit Größen", [["zahlung beleg", "Zahlung Beleg"], ["belegen größe", "Belege Größe"], ["grossen", "Größen"]]],
    ["es", "Configuración de los pedidos cancelados", [["configuraciones pedida", "Configuración pedidos"], ["configuracion", "Configuración"]]],
    ["ru", "Принимает заказы и платежи", [["заказами платежей", "заказы платежи"]]],
    ["pl", "Przyjmuje zamówienia i płatności", [["zamowieni platnosc", "zamówieni płatnośc"]]],
  ];
  for (const [tag, description, queries] of languages) {
    test(`forms of words are found in ${tag}, with their accents or without`, async () => {
      const site = await inLanguage(tag, description);
      try {
        for (const [query, marked] of queries) {
          const problems = await visit(browser, `${pathToFileURL(site.folder)}/index.html`, async (page) => {
            await page.waitForLoadState("networkidle");
            await page.keyboard.press("/");
            await page.keyboard.type(query);
            await answered(page, query);
            assert.equal(await page.textContent("main .find [aria-selected=true] .find-title"), "kasse", query);
            assert.equal((await page.$$eval("main .find [aria-selected=true] mark", (all) => all.map((one) => one.textContent))).join(" "), marked, query);
          }, QUIET);
          assert.deepEqual(problems, []);
        }
      } finally {
        await site.remove();
      }
    });
  }

  test("a file of the index that is missing is said, the rest is found", async () => {
    const folder = await mkdtemp(join(tmpdir(), "catalog-broken-"));
    const told = (problem) => !/failed: .*search|console: .*(404|ERR_FILE_NOT_FOUND|Failed to load resource)|status 404: .*search/.test(problem);
    try {
      await cp(built.folder, folder, { recursive: true });
      const files = await Promise.all((await readdir(join(folder, "search"))).map(async (name) => [name, await readFile(join(folder, "search", name), "utf8")]));
      // The records of operations, say, of an older build.
      const [operations] = files.find(([, text]) => text.startsWith("catalogSearch.records(") && text.includes("#createBooking"));
      await rm(join(folder, "search", operations));
      const problems = await visit(browser, `${pathToFileURL(folder)}/index.html`, async (page) => {
        await ask(page, "create booking");
        assert.match(await page.textContent(".find:not([hidden]) .find-status"), /missing or old/);
        assert.ok((await options(page)).some((text) => text.includes("Booking")), (await options(page)).join("\n"));
      }, QUIET);
      assert.deepEqual(problems.filter(told), []);
      await writeFile(join(folder, "search.js"), 'catalogSearch.directory({"version":1});');
      const old = await visit(browser, `${pathToFileURL(folder)}/search.html?q=booking`, async (page) => {
        await page.waitForFunction(() => /could not be loaded/.test(document.querySelector("main [role=status]").textContent));
        assert.ok(await page.isVisible(".search-lists"));
      });
      assert.deepEqual(old.filter(told), []);
      const none = await visit(browser, `${pathToFileURL(folder)}/index.html`, async (page) => {
        await page.waitForLoadState("networkidle");
        await page.keyboard.press("/");
        await page.keyboard.type("booking");
        await page.waitForFunction(() => /could not be loaded/.test(document.querySelector("main .find-status").textContent));
        await page.keyboard.press("Enter");
        await page.waitForURL(/search\.html\?q=booking/);
        await page.waitForSelector(".search-lists a");
        await page.waitForFunction(() => /could not be loaded/.test(document.querySelector("main [role=status]").textContent));
      }, QUIET);
      assert.deepEqual(none.filter(told), []);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
