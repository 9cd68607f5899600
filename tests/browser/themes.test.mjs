// Themes in a browser: a site in another language and from right to left, texts that nobody marked, and
// colours of one's own.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import axe from "axe-core";

import { launch, visit } from "./lib/browser.mjs";
import { squareFont } from "./lib/font.mjs";
import { filesOf } from "./lib/pages.mjs";
import { serve } from "./lib/server.mjs";
import { buildExample, buildFrom, pageTypes } from "./lib/site.mjs";

const defaults = join(dirname(fileURLToPath(import.meta.url)), "../../themes/default");
const url = (built, path) => pathToFileURL(`${built.folder}/${path}`).href;
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

// The strings of the default theme with each text said by `say`.
async function strings(head, say) {
  const text = await readFile(join(defaults, "strings.yaml"), "utf8");
  const lines = text.split("\n").filter((line) => !/^(#|language|direction)/.test(line)).map((line) => {
    const one = /^ {2}("(?:[^"\\]|\\.)*"): ""$/.exec(line);
    if (one) return `  ${one[1]}: ${JSON.stringify(say(JSON.parse(one[1])))}`;
    const forms = /^ {2}("(?:[^"\\]|\\.)*"): \{one: (".*"), other: (".*")\}$/.exec(line);
    if (!forms) return line;
    const [many, single] = [JSON.parse(forms[3]), JSON.parse(forms[2])].map((word) => JSON.stringify(say(word)));
    const all = head.forms.map((form) => `${form}: ${form === "one" ? single : many}`);
    return `  ${forms[1]}: {${all.join(", ")}}`;
  });
  return `language: ${head.language}\ndirection: ${head.direction}\n${lines.join("\n")}`;
}

// Letters of Arabic in the place of Latin ones; `{names}` stay.
const arabic = (text) => text.split(/(\{[a-z_]+\})/).map((part, at) =>
  at % 2 ? part : part.replace(/[A-Za-z]/g, (c) => String.fromCharCode(0x628 + (c.toLowerCase().charCodeAt(0) - 97)))).join("");

describe("from right to left", () => {
  let built, types;
  before(async () => {
    const text = await strings({ language: "ar", direction: "rtl", forms: ["zero", "one", "two", "few", "many", "other"] }, arabic);
    built = await buildExample(undefined, { "theme/strings.yaml": text });
    types = await pageTypes(built.folder, new Set(await filesOf(built.folder)));
  });
  after(() => built?.remove());

  test("every type of page turns, and nothing runs out of it", async () => {
    const problems = [];
    for (const [type, path] of types) {
      for (const width of [1280, 390, 320]) {
        const look = async (page) => {
          const seen = await page.evaluate(() => {
            const box = (selector) => {
              const element = document.querySelector(selector);
              const { left, right, width } = element ? element.getBoundingClientRect() : { left: 0, right: 0, width: 0 };
              return { left, right, width };
            };
            const html = document.documentElement;
            return {
              direction: getComputedStyle(document.body).direction, over: html.scrollWidth - html.clientWidth,
              brand: box(".brand"), nav: box(".docs-nav"), main: box("main"),
              // What a sidebar or a box may hide, a page may not.
              outside: html.scrollLeft,
            };
          });
          if (seen.direction !== "rtl") problems.push(`[${type}] ${path} runs ${seen.direction}`);
          if (seen.over > 0) problems.push(`[${type}] ${path} is ${seen.over} px too wide at ${width}`);
          if (width === 1280 && seen.brand.right < 640) problems.push(`[${type}] ${path}: the name stands on the left`);
          if (width === 1280 && seen.nav.width && seen.nav.left < seen.main.left) problems.push(`[${type}] ${path}: the sidebar stands on the left`);
        };
        problems.push(...await visit(browser, url(built, path), look, { viewport: { width, height: 800 } }));
      }
    }
    assert.deepEqual(problems, []);
  });

  test("scripts say their words in the language, and screen readers can use it", async () => {
    const look = async (page) => {
      const button = page.locator("button.copy").first();
      assert.equal(await button.textContent(), arabic("Copy"));
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
      return violations.map((violation) => `${violation.id}: ${violation.nodes[0].html.slice(0, 200)}`);
    };
    assert.deepEqual(await visit(browser, url(built, types.get("docs: longest page")), look), []);
    const search = async (page) => {
      await page.locator("input[name=q]").first().fill("booking");
      const status = page.locator(".search-status");
      await status.filter({ hasText: "booking" }).waitFor();
      const [, one] = arabic("{results} for “{text}”.").split("{results}");
      assert.ok((await status.textContent()).includes(one.split("{text}")[0].trim()), await status.textContent());
    };
    assert.deepEqual(await visit(browser, url(built, "search.html"), search), []);
  });
});

// What people wrote is in Cyrillic here, and every text of the theme stands in brackets: Latin words
// outside of them were marked by nobody.
test("no text of the theme is left out of the translation", async () => {
  const descriptor = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: x1, title: Магазин, description: Продаёт вещи., tags: [тег], annotations: {backstage.io/techdocs-ref: "dir:."}, links: [{url: "https://x.example", title: Ссылка}]}
spec: {type: тип, lifecycle: цикл, owner: g1, system: s1, dependsOn: ["component:x2", "component:x9"], providesApis: [a1]}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: x2, title: Склад}
spec: {type: тип, lifecycle: цикл, owner: u1, consumesApis: [a1]}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: a1, title: Интерфейс}
spec:
  type: openapi
  lifecycle: цикл
  owner: g1
  definition: |
    openapi: 3.0.0
    info: {title: Интерфейс, version: "1"}
    paths:
      /вещи: {get: {operationId: вещи, tags: [Вещи], summary: Вещи, responses: {"200": {description: Да}}}}
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: {name: s1, title: Система}
spec: {owner: g1, domain: d1}
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: {name: d1, title: Область}
spec: {owner: g1}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: g1, title: Команда}
spec: {type: команда, profile: {displayName: Команда, email: к@пример.рф}, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: u1}
spec: {profile: {displayName: Человек}, memberOf: [g1]}
`;
  const text = await strings({ language: "ru", direction: "ltr", forms: ["one", "few", "many", "other"] }, (word) => `⟦${word}⟧`);
  const built = await buildFrom({
    "catalog-info.yaml": descriptor,
    "catalog-config.yaml": "organization: Фирма\nname: репо\nsite: {theme: вид}\nrules: {dangling-reference: off}\n",
    "mkdocs.yml": "site_name: Документы\n",
    "docs/index.md": "# Документы\n\nТекст.\n\n## Раздел\n\nТекст.\n",
    "docs/b.md": "# Второй\n\nТекст.\n",
    "вид/strings.yaml": text,
    "вид/pages/own.md": "---\nnav: true\n---\n# Своя\n\n```catalog\nkind: component\n```\n",
  });
  try {
    const found = new Map();
    const pages = [...await filesOf(built.folder)].filter((file) => file.endsWith(".html"));
    assert.ok(pages.length > 4, `${pages.length} pages`);
    const names = new Set([...NAMES, ...pages.map((path) => /^reports\/rules\/(.*)\.html$/.exec(path)?.[1])]);
    // One page after the other in one tab: there is one for each rule.
    const page = await browser.newPage({ reducedMotion: "reduce" });
    for (const path of pages) {
      const html = await readFile(join(built.folder, path), "utf8");
      const leads = /<meta http-equiv="refresh"[^>]*>/;
      // A page that leads on is read where it is.
      if (leads.test(html)) await page.setContent(html.replace(leads, ""));
      else await page.goto(url(built, path));
      // What scripts make of their data is said as well.
      if (/^(lists|search|index)/.test(path)) await page.waitForLoadState("networkidle");
      const said = await page.evaluate(() => {
        const out = [];
        // Code, names of files and what the compiler says are no words of the theme.
        const skipped = "code, pre, .mono, [lang=en], .prose, svg, .top-nav, noscript, .source-line, .place, .code-link, .rule-code, .foot p";
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          if (!walker.currentNode.parentElement.closest(skipped)) out.push(walker.currentNode.data);
        }
        document.querySelectorAll("[aria-label], [placeholder], [title], img[alt]").forEach((element) => {
          if (element.closest(skipped)) return;
          ["aria-label", "placeholder", "title", "alt"].forEach((name) => out.push(element.getAttribute(name) || ""));
        });
        return out.concat(document.title);
      });
      for (const one of said) {
        const rest = one.replace(/⟦[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧/g, " ").replace(/catalog-\S+|[\w.-]+\.(md|html|json|yaml)|https?:\S+|[a-z]+:[a-z0-9/-]+/g, " ");
        const words = rest.match(/[A-Za-z]{3,}/g);
        if (words && !names.has(rest.trim())) found.set(rest.trim().replace(/\s+/g, " ").slice(0, 80), path);
      }
    }
    await page.close();
    assert.deepEqual([...found].map(([said, path]) => `${said} (${path})`), []);
  } finally {
    await built.remove();
  }
});

// Names that are the same in every language.
const NAMES = new Set(["catalog", "JSON", "Markdown", "OpenAPI 3.0.0", "openapi", "GET", "curl", "JavaScript", "Python", "x.example", "dir:.", "backstage.io/techdocs-ref"]);

test("colours of the settings are those of the page, in both schemes", async () => {
  const descriptor = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team}\nspec: {type: team, children: []}\n";
  const settings = "site:\n  theme:\n    colors: {accent: {light: '#0b6e4f', dark: '#7fd4b5'}}\n";
  const built = await buildFrom({ "catalog-info.yaml": descriptor, "catalog-config.yaml": settings });
  try {
    for (const [colorScheme, color] of [["light", "rgb(11, 110, 79)"], ["dark", "rgb(127, 212, 181)"]]) {
      const look = async (page) => {
        assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".skip")).backgroundColor), color);
      };
      assert.deepEqual(await visit(browser, url(built, "index.html"), look, { colorScheme }), []);
    }
  } finally {
    await built.remove();
  }
});

test("a font of the theme is loaded and used", async () => {
  const built = await buildFrom({
    "catalog-config.yaml": "site:\n  theme: {folder: look, fonts: {body: {family: Square, files: [{file: square.woff2}]}}}\n",
    "look/square.woff2": squareFont(),
    "catalog-info.yaml": "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team, title: AAAA}\nspec: {type: team, children: []}\n",
  });
  const server = await serve(built.folder);
  try {
    const look = async (page) => {
      const seen = await page.evaluate(async () => {
        await document.fonts.ready;
        const range = document.createRange();
        range.selectNodeContents(document.querySelector("h1"));
        return {
          faces: [...document.fonts].map((face) => `${face.family.replaceAll('"', "")} ${face.status}`),
          isThere: document.fonts.check("16px Square"),
          wide: range.getBoundingClientRect().width / parseFloat(getComputedStyle(document.querySelector("h1")).fontSize),
        };
      });
      assert.deepEqual(seen.faces, ["Square loaded"]);
      assert.ok(seen.isThere);
      // Four letters of three em each; headings stand a little closer.
      assert.ok(seen.wide > 11.5, `${seen.wide} em`);
    };
    const path = "catalog/default/group/team.html";
    assert.deepEqual(await visit(browser, `${server.url}${path}`, look), []);
    assert.deepEqual(await visit(browser, url(built, path), look), []);
  } finally {
    server.close();
    await built.remove();
  }
});
