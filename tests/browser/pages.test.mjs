// The link checker itself: what it must find, and what it must not.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, visit } from "./lib/browser.mjs";
import { linkProblems, readPages } from "./lib/pages.mjs";
import { serve } from "./lib/server.mjs";

// Without an icon of its own, the browser asks the host for one, at a time of its choice.
const page = (body) => `<!DOCTYPE html><html lang="en"><head><title>t</title><link rel="icon" href="data:,"></head><body><main><h1>t</h1>${body}</main></body></html>`;
let browser, folder;

before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "catalog-pages-"));
  await mkdir(join(folder, "a/b"), { recursive: true });
  const good = '<a href="a/b/c.html#x&amp;y">1</a><a href="#here" id="here">2</a><a href="https://x.example/">3</a><a href="d%20e.txt">4</a>';
  await writeFile(join(folder, "index.html"), page(good));
  await writeFile(join(folder, "d e.txt"), "");
  await writeFile(join(folder, "404.html"), page('<a href="/index.html">home</a>'));
  const bad = [
    '<p id="x&amp;y"></p><p id="twice"></p><p id="twice"></p>',
    '<a href="../../index.html#nope">anchor</a><a href="none.html">file</a><a href="../..">folder</a>',
    '<a href="/index.html">absolute</a><a href="../../../out.html">outside</a>',
    '<img src="none.png" alt=""><a href="javascript:void(0)" onclick="x()">scheme</a><a href="//x.example">host</a>',
  ];
  await writeFile(join(folder, "a/b/c.html"), page(bad.join("\n")));
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

test("every broken link is found and no other", async () => {
  const site = await readPages(browser, folder);
  assert.deepEqual(linkProblems(site).map((problem) => problem.replace("a/b/c.html: ", "")), [
    '"../../index.html#nope" has no such anchor there',
    '"none.html" leads nowhere',
    '"../.." names a folder and not its index.html',
    '"/index.html" is not relative',
    '"../../../out.html" leads out of the site',
    '"javascript:void(0)" has a scheme that pages should not have',
    '"//x.example" leads to another host',
    '"none.png" leads nowhere',
  ]);
  const { duplicates, handlers } = site.pages.get("a/b/c.html");
  assert.deepEqual({ duplicates, handlers }, { duplicates: ["twice"], handlers: ["onclick"] });
  assert.equal(linkProblems(site, "/x/").filter((problem) => problem.startsWith("404.html")).length, 1);
});

test("what goes wrong in a page is written down", async () => {
  const host = await serve(folder, "/x/y/");
  try {
    assert.deepEqual(await visit(browser, `${host.url}index.html`, async () => {}), []);
    const problems = await visit(browser, `${host.url}a/b/c.html`);
    assert.ok(problems.some((problem) => problem.startsWith("status 404")), problems.join("\n"));
    assert.deepEqual(await visit(browser, `${host.url}no/such/page`, async () => {}, { expectedStatus: 404 }), []);
  } finally {
    await host.close();
  }
});
