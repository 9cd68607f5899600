// Lighthouse in the Chromium of these tests.
import { createServer } from "node:net";

import lighthouse from "lighthouse";

import { launch } from "./browser.mjs";

const freePort = () =>
  new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

// Runs audits of these categories on each URL, and hands each result to `look`.
export async function audit(urls, categories, look) {
  const port = await freePort();
  const browser = await launch([`--remote-debugging-port=${port}`]);
  try {
    for (const url of urls) {
      const run = await lighthouse(url, { port, onlyCategories: categories, output: "json", logLevel: "error" });
      if (!run) throw new Error(`no result for ${url}`);
      if (run.lhr.runtimeError) throw new Error(`${url}: ${run.lhr.runtimeError.message}`);
      await look(url, run.lhr);
    }
  } finally {
    await browser.close();
  }
}

// The audits of a category that cost points, in words.
export function losses(result, category) {
  const wrong = [];
  for (const { id, weight } of result.categories[category].auditRefs) {
    const audit = result.audits[id];
    if (weight === 0 || audit.score === null || audit.score >= 0.9) continue;
    const items = (audit.details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? JSON.stringify(item));
    wrong.push(`${category}: ${id}: ${audit.title} ${items.join(" ").slice(0, 400)}`);
  }
  return wrong;
}
