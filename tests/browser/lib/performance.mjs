// Prints how fast pages are by Lighthouse, as on a phone with a slow line: `cargo bench --bench pages`
// runs it. The median of three runs; nothing here fails on a slow machine.
import { audit } from "./lighthouse.mjs";
import { launch } from "./browser.mjs";
import { readPages } from "./pages.mjs";
import { serve } from "./server.mjs";
import { buildExample, pageTypes } from "./site.mjs";

const PAGES = ["home", "list of a kind", "entity: Component", "docs: home", "api: reference"];
const FIGURES = [
  ["first-contentful-paint", "first paint ms"],
  ["largest-contentful-paint", "largest ms"],
  ["total-blocking-time", "blocked ms"],
  ["cumulative-layout-shift", "shift"],
  ["total-byte-weight", "bytes"],
];
const RUNS = 3;

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const built = await buildExample();
const browser = await launch();
const { files } = await readPages(browser, built.folder);
await browser.close();
const host = await serve(built.folder);
try {
  const types = await pageTypes(built.folder, files);
  console.log(["score", ...FIGURES.map(([, title]) => title), "page"].join("\t"));
  for (const type of PAGES) {
    const results = [];
    await audit(Array(RUNS).fill(host.url + types.get(type)), ["performance"], (_, result) => results.push(result));
    const score = median(results.map((result) => result.categories.performance.score * 100));
    const figures = FIGURES.map(([id]) => median(results.map((result) => result.audits[id].numericValue)));
    console.log([Math.round(score), ...figures.map((value) => Math.round(value * 100) / 100), type].join("\t"));
  }
} finally {
  await host.close();
  await built.remove();
}
