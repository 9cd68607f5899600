// Prints what a query costs in a browser, and how well it ranks, beside Pagefind on the same pages:
// `cargo bench --bench search` runs it. Nothing here fails on a slow machine.
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { launch } from "./browser.mjs";
import { corporaSite, ranking } from "./ranking.mjs";
import { serve } from "./server.mjs";
import { buildExample } from "./site.mjs";

const [made] = process.argv.slice(2);
const PAGEFIND = "pagefind@1.6.0";
const RUNS = 20;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// A page without a policy, because Pagefind is WebAssembly.
const blank = (folder) => writeFile(join(folder, "blank.html"), "<!DOCTYPE html><title>blank</title>");

// What a page moves, compressed as hosts do it.
function counted(page) {
  const moved = { bytes: 0, files: 0, waits: [] };
  page.on("response", (response) => {
    moved.waits.push(response.body().then((body) => {
      moved.bytes += Math.min(body.length, gzipSync(body).length);
      moved.files += 1;
    }, () => {}));
  });
  moved.take = async () => {
    await Promise.all(moved.waits);
    const taken = { bytes: moved.bytes, files: moved.files };
    Object.assign(moved, { bytes: 0, files: 0, waits: [] });
    return taken;
  };
  return moved;
}

const ours = {
  name: "catalog",
  page: "search.html",
  ready: (page) => page.evaluate(() => window.catalogIndex.open()),
  ask: (page, query) => page.evaluate(async (query) => {
    const before = performance.now();
    const { hits } = await window.catalogIndex.search(query);
    const first = hits.filter((hit) => hit.row).slice(0, 8).map((hit) => window.catalogShow.href(hit).replace(window.catalogKept.root, ""));
    return { first, ms: performance.now() - before };
  }, query),
};

const theirs = {
  name: "pagefind",
  page: "blank.html",
  ready: (page) => page.evaluate(async () => {
    window.pagefind = await import(new URL("pagefind/pagefind.js", location.href).href);
    await window.pagefind.init();
  }),
  ask: (page, query) => page.evaluate(async (query) => {
    const before = performance.now();
    const { results } = await window.pagefind.search(query);
    const first = await Promise.all(results.slice(0, 8).map((result) => result.data()));
    return { first: first.map((one) => one.url.replace(/^\//, "")), ms: performance.now() - before };
  }, query),
};

// Words of the pages: in many, in some, in few; one, two and three at once.
async function queries(folder) {
  const page = await readFile(join(folder, "docs/default/component/svc-7/page-7.html"), "utf8");
  const words = [...new Set(page.replace(/<[^>]*>/g, " ").match(/\b[a-z]{6,}\b/g))].slice(40);
  return [words[3], `${words[10]} ${words[20]}`, `${words[30]} ${words[31]} ${words[32]}`, `${words[5]} ${words[6].slice(0, 4)}`, words[50]];
}

async function cost(browser, host, engine, asked) {
  const rows = [];
  for (const query of asked) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const moved = counted(page);
    await page.goto(host.url + engine.page, { waitUntil: "networkidle" });
    await moved.take();
    await engine.ready(page);
    const first = await engine.ask(page, query);
    const { bytes, files } = await moved.take();
    const times = [];
    for (let run = 0; run < RUNS; run++) times.push((await engine.ask(page, query)).ms);
    rows.push({ query, bytes, files, first: first.ms, again: median(times) });
    await context.close();
  }
  console.log(`${engine.name}: a first query moves ${rows.map((row) => Math.round(row.bytes / 1000)).join(", ")} kB in ${rows.map((row) => row.files).join(", ")} files (goal 150 kB); ` +
    `answers after that in ${rows.map((row) => row.again.toFixed(1)).join(", ")} ms (goal 50)`);
}

async function rank(browser, folder, engine, queries) {
  const host = await serve(folder);
  const page = await browser.newPage();
  await page.goto(host.url + engine.page);
  await engine.ready(page);
  let right = 0;
  for (const { query, page: wanted } of queries) {
    const { first } = await engine.ask(page, query);
    if (first[0]?.split("#")[0] === wanted.split("#")[0]) right += 1;
  }
  await page.close();
  await host.close();
  return right;
}

// Runs Pagefind's program on a site: CPU seconds and the most memory it had.
async function indexed(program, folder) {
  const child = spawn(program, ["--site", folder], { stdio: "ignore" });
  let [peak, ticks] = [0, 0];
  const look = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    const times = (await readFile(`/proc/${child.pid}/stat`, "utf8").catch(() => "")).split(") ").at(-1).split(" ");
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    ticks = Math.max(ticks, Number(times[11]) + Number(times[12]) || 0);
  }, 20);
  const code = await new Promise((done) => child.on("exit", done));
  clearInterval(look);
  if (code !== 0) throw new Error(`pagefind ended with ${code}`);
  return { cpu: ticks / 100, peak: Math.round(peak) };
}

async function size(folder) {
  let bytes = 0, files = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    bytes += (await stat(join(entry.parentPath ?? entry.path, entry.name))).size;
    files += 1;
  }
  return { bytes, files };
}

const tools = await mkdtemp(join(tmpdir(), "catalog-pagefind-"));
const example = await buildExample();
const corpora = await corporaSite();
const browser = await launch();
try {
  const asked = await queries(made);
  await blank(made);
  const host = await serve(made);
  await cost(browser, host, ours, asked);
  execFileSync("npm", ["install", "--prefix", tools, "--no-audit", "--no-fund", "--silent", PAGEFIND], { stdio: "inherit" });
  const platform = (await readdir(join(tools, "node_modules/@pagefind"))).find((name) => name.includes(process.platform));
  const program = join(tools, "node_modules/@pagefind", platform, "bin", "pagefind_extended");
  const { cpu, peak } = await indexed(program, made);
  const bundle = await size(join(made, "pagefind"));
  console.log(`pagefind on ${cpus().length} cores: ${cpu.toFixed(2)} CPU s, ${peak} MiB, ${bundle.bytes} bytes, ${bundle.files} files`);
  await cost(browser, host, theirs, asked);
  await host.close();
  const lists = await ranking();
  for (const [over, folder] of [["example-org", example.folder], ["corpora", corpora?.folder]]) {
    if (!folder) continue;
    await blank(folder);
    await indexed(program, folder);
    const [us, them] = [await rank(browser, folder, ours, lists[over]), await rank(browser, folder, theirs, lists[over])];
    console.log(`ranking over ${over}: catalog ${us}, pagefind ${them} of ${lists[over].length} with the right page first`);
  }
} finally {
  await browser.close();
  await example.remove();
  await corpora?.remove();
  await rm(tools, { recursive: true, force: true });
}
