// What the script adds to pages of documentation, and that nothing is lost without it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { launch } from "./lib/browser.mjs";
import { serve } from "./lib/server.mjs";
import { buildFrom } from "./lib/site.mjs";

const text = "Words that fill the page.\n\n".repeat(30);
const tabs = (first, second) => `=== "${first}"\n\n    With ${first}.\n\n=== "${second}"\n\n    With ${second}.\n\n`;
const picture = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width / 4}" viewBox="0 0 8 2"><rect width="8" height="2"/></svg>`;
const FILES = {
  "catalog-info.yaml":
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\n  annotations: {backstage.io/techdocs-ref: 'dir:.'}\nspec: {type: service, lifecycle: production, owner: team}\n",
  "mkdocs.yml": "site_name: Shop\nnav:\n  - Start: index.md\n  - More: more.md\n",
  "docs/index.md": [
    "# Shop\n\n",
    '```yaml title="shop.yaml" linenums="1" hl_lines="2"\na: 1\nb: 2\n```\n\n',
    "```\nplain\n```\n\n",
    `## Tabs\n\n${tabs("npm", "pnpm")}Then\n\n${tabs("npm", "pnpm")}And\n\n${tabs("Go", "Rust")}`,
    "![Large](large.svg)\n\n![Small](small.svg)\n\n",
    `## Middle\n\n${text}### Inside\n\n${text}## End\n\nLast.\n`,
  ].join(""),
  "docs/more.md": `# More\n\n${tabs("npm", "pnpm")}[back](index.md#middle)\n\n??? note "Folded"\n    Unseen.\n`,
  "docs/large.svg": picture(4000),
  "docs/small.svg": picture(80),
};
const OWNER = "A group whose name is longer than any line of a telephone has room for, and then some";
FILES["catalog-info.yaml"] += `---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team, title: "${OWNER}"}\nspec: {type: team, children: []}\n`;
FILES["docs/hidden.md"] = "---\nhide: [navigation]\n---\n# Hidden\n\n!!! note \"A **bold** title\"\n    Text.\n";
const FOLDER = "docs/default/component/shop";
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

// Opens a page in a context of its own; nothing may go wrong in it.
async function open(path, look, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 800 }, ...options });
  const wrong = [];
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    await page.goto(path.includes("://") ? path : `${host.url}${FOLDER}/${path}`);
    await look(page, context);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}

test("code is copied without its line numbers, and that is said", () =>
  open("index.html", async (page) => {
    const [first, second] = await page.locator(".copy").all();
    assert.equal(await first.getAttribute("aria-label"), "Copy code: shop.yaml");
    await first.click();
    await page.locator("[role=status]", { hasText: "Copied" }).waitFor({ state: "attached" });
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "a: 1\nb: 2\n");
    await second.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) === "plain\n");
    const { width, height } = await first.boundingBox();
    assert.ok(width >= 24 && height >= 24, `${width} × ${height}`);
  }, { permissions: ["clipboard-read", "clipboard-write"] }));

test("without a clipboard the older way copies", () =>
  open("index.html", async (page) => {
    await page.evaluate(() => { Object.defineProperty(navigator, "clipboard", { value: undefined }); });
    await page.locator(".copy").first().click();
    await page.locator("[role=status]", { hasText: /Copied|Selected/ }).waitFor({ state: "attached" });
  }));

test("the heading in view is marked", () =>
  open("index.html", async (page) => {
    const marked = () => page.locator("#docs-toc [aria-current]").allInnerTexts();
    assert.deepEqual(await marked(), []);
    for (const [id, title] of [["middle", "Middle"], ["inside", "Inside"], ["tabs", "Tabs"]]) {
      await page.evaluate((id) => document.getElementById(id).scrollIntoView(), id);
      await page.waitForFunction((title) => document.querySelector("#docs-toc [aria-current]")?.textContent === title, title);
      assert.deepEqual(await marked(), [title]);
    }
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.waitForFunction(() => document.querySelector("#docs-toc [aria-current]")?.textContent === "End");
  }));

test("tabs of one name go together and are remembered", () =>
  open("index.html", async (page) => {
    const shown = () => page.locator(".tab-panel:visible").allInnerTexts();
    assert.deepEqual(await shown(), ["With npm.", "With npm.", "With Go."]);
    const third = page.locator(".tabs > label", { hasText: "pnpm" }).nth(1);
    await third.scrollIntoViewIfNeeded();
    const before = (await third.boundingBox()).y;
    await third.click();
    assert.deepEqual(await shown(), ["With pnpm.", "With pnpm.", "With Go."]);
    assert.ok(Math.abs((await third.boundingBox()).y - before) < 1, "what was clicked stays where it is");
    await page.goto(`${host.url}${FOLDER}/more.html`);
    assert.deepEqual(await shown(), ["With pnpm."]);
    // What others left in the storage of the origin does no harm.
    await page.evaluate(() => localStorage.setItem("catalog-tabs", '{"a":1}'));
    await page.reload();
    assert.deepEqual(await shown(), ["With npm."]);
  }));

test("large images can be enlarged with the keyboard, small ones not", () =>
  open("index.html", async (page) => {
    const button = page.locator(".zoom");
    await page.locator("img").first().scrollIntoViewIfNeeded();
    await button.waitFor();
    assert.equal(await button.count(), 1);
    assert.equal(await button.getAttribute("aria-label"), "Enlarge: Large");
    await button.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Large" });
    await dialog.waitFor();
    const [inside, around] = [await dialog.locator("img").boundingBox(), page.viewportSize()];
    assert.ok(inside.width > 1200 && inside.width <= around.width && inside.height <= around.height);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.ok(await button.evaluate((element) => element === document.activeElement), "focus comes back");
    await button.click();
    await page.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "detached" });
  }));

test("the drawer with the headings closes when one is chosen", () =>
  open("index.html", async (page) => {
    await page.getByRole("button", { name: "On this page" }).click();
    await page.locator("#docs-toc").getByRole("link", { name: "Middle" }).click();
    await page.locator("#docs-toc").waitFor({ state: "hidden" });
  }, { viewport: { width: 390, height: 700 } }));

test("owner and lifecycle are in view wherever one is on the page, on one line", async () => {
  for (const [width, height] of [[1440, 800], [1000, 800], [768, 900], [375, 740]]) {
    await open("index.html", async (page) => {
      const facts = page.locator(".sub-facts");
      for (const to of [0, 600, 100_000]) {
        await page.evaluate((to) => scrollTo(0, to), to);
        for (const text of [OWNER, "production"]) {
          const { x, y, width: wide, height: high } = await facts.getByText(text, { exact: true }).boundingBox();
          assert.ok(y >= 0 && y + high <= 200 && x >= 0 && x + wide <= width, `${text} at ${x}, ${y} of ${width} px`);
          assert.ok(high <= 26, `"${text}" has ${high} px at ${width}`);
        }
      }
      // What a link leads to stands below the bar.
      await page.evaluate(() => { location.hash = "#middle"; });
      const bar = await page.locator(".sub").boundingBox();
      const heading = await page.locator("#middle").boundingBox();
      assert.ok(heading.y >= bar.y + bar.height, `${heading.y} under ${bar.y + bar.height} at ${width}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
    }, { viewport: { width, height } });
  }
});

test("a page that hides its navigation has it in a drawer", () =>
  open("hidden.html", async (page) => {
    assert.ok(!(await page.locator("#docs-nav").isVisible()));
    await page.getByRole("button", { name: "Contents" }).click();
    await page.locator("#docs-nav").getByRole("link", { name: "More" }).click();
    // What is seen depends on the style sheet: it has to be there.
    await page.waitForURL(/more\.html$/, { waitUntil: "load" });
    assert.ok(!(await page.getByRole("button", { name: "Contents" }).isVisible()), "it is beside the page here");
  }, { reducedMotion: "reduce" }));

test("markup in the title of an admonition stands in the line", () =>
  open("hidden.html", async (page) => {
    const gap = await page.locator(".admonition-title").evaluate((title) => {
      const bold = title.querySelector("strong").getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(title.firstChild);
      return bold.left - range.getBoundingClientRect().right;
    });
    assert.ok(Math.abs(gap) < 1, `${gap} px before the bold word`);
  }));

test("all pages are on one for print, and nothing of them is hidden there", () =>
  open("_print.html", async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("article").count(), 3);
    const words = await page.locator("main").innerText();
    for (const wanted of ["With npm.", "With pnpm.", "With Rust.", "Unseen.", "Last."]) {
      assert.ok(words.includes(wanted), `"${wanted}" is not printed`);
    }
    assert.equal(await page.locator("header.top, .copy, .anchor").filter({ visible: true }).count(), 0);
    const href = await page.getByRole("link", { name: "back" }).getAttribute("href");
    assert.equal(await page.locator(href).count(), 1, href);
  }));

test("a page runs from a file under its own policy", () =>
  open(pathToFileURL(`${built.folder}/${FOLDER}/index.html`).href, async (page) => {
    assert.equal(await page.locator(".copy").count(), 2);
    assert.ok(await page.evaluate(() => document.styleSheets[0].cssRules !== null && getComputedStyle(document.body).margin === "0px"));
    const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
    assert.ok(policy.startsWith("default-src 'none'") && !policy.includes("unsafe"), policy);
  }));

test("no script that stands in a page runs", () =>
  open("index.html", async (page) => {
    await page.evaluate(() => {
      const image = document.createElement("img");
      image.setAttribute("onerror", "window.ran = true");
      image.src = "data:,";
      document.body.append(image);
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
    });
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate(() => window.ran), undefined);
  }).then(() => assert.fail("the policy says nothing"), (error) => assert.match(String(error.actual ?? error), /Content Security Policy/)));

test("without JavaScript there is everything but what it adds", () =>
  open("index.html", async (page) => {
    assert.equal(await page.locator(".copy, .zoom").count(), 0);
    await page.locator(".tabs > label", { hasText: "pnpm" }).first().click();
    assert.ok(await page.getByText("With pnpm.").first().isVisible());
    await page.locator("#docs-toc").getByRole("link", { name: "End" }).click();
    assert.match(page.url(), /#end$/);
    assert.equal(await page.locator("#docs-nav [aria-current]").first().innerText(), "Shop");
  }, { javaScriptEnabled: false }));
