// The queries of `tests/search/ranking.yaml`, and the site of public catalogs that some of them are over.
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { buildFolder } from "./site.mjs";

const tests = fileURLToPath(new URL("../../search/", import.meta.url));

// By what they are over, queries and pages. Reads the YAML that the list is written in, and no other.
export async function ranking() {
  const lists = {};
  let over = "";
  for (const line of (await readFile(join(tests, "ranking.yaml"), "utf8")).split("\n")) {
    over = line.match(/^- over: (.+)/)?.[1] ?? over;
    const [, query, page] = line.match(/^ {4}("[^"]+"|[^#"][^:]*): "?([^"]+)"?$/) ?? [];
    if (query) (lists[over] ??= []).push({ query: query.replaceAll('"', ""), page });
  }
  return lists;
}

// The public catalogs are no part of the project: nothing without `CATALOG_CORPORA`.
export async function corporaSite() {
  const corpora = process.env.CATALOG_CORPORA;
  if (!corpora) return null;
  const folder = await mkdtemp(join(tmpdir(), "catalog-corpora-"));
  await cp(corpora, join(folder, "input"), { recursive: true });
  await cp(join(tests, "corpora"), join(folder, "input"), { recursive: true });
  await buildFolder(join(folder, "input"), join(folder, "site"));
  return { folder: join(folder, "site"), remove: () => rm(folder, { recursive: true, force: true }) };
}
