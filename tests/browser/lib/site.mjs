// Builds sites, and picks one page of each type from what they say of themselves.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const binary = process.env.CATALOG_BIN ?? join(repository, "target/debug/catalog");

const build = (input, output) =>
  run(binary, ["build", input, "--out-dir", output, "--quiet"], { timeout: 120_000, maxBuffer: 16 * 1024 * 1024 });

// The site of a folder, whatever is to be said of it.
export const buildFolder = (input, output) => build(input, output).catch((error) => {
  if (error.code !== 1) throw error;
});

// The site of example-org. With `url`, as its settings would have it under `site.url`; with more files
// of its input, by their paths.
export async function buildExample(url, more = {}) {
  const folder = await mkdtemp(join(tmpdir(), "catalog-site-"));
  const output = join(folder, "site");
  let input = join(repository, "example-org");
  if (url || Object.keys(more).length) {
    input = join(folder, "example-org");
    await cp(join(repository, "example-org"), input, { recursive: true });
  }
  for (const [path, text] of Object.entries(more)) await writeFile(join(input, path), text);
  if (url) {
    const settings = join(input, "catalog-config.yaml");
    const text = await readFile(settings, "utf8");
    const changed = text.replace(/^site:\n/m, `site:\n  url: ${url}\n`);
    if (changed === text) throw new Error("the settings of example-org have no `site:`");
    await writeFile(settings, changed);
  }
  await build(input, output);
  return { folder: output, remove: () => rm(folder, { recursive: true, force: true }) };
}

// The site of one repository with these files, by their paths.
export async function buildFrom(files) {
  const folder = await mkdtemp(join(tmpdir(), "catalog-site-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, "input", path)), { recursive: true });
    await writeFile(join(folder, "input", path), text);
  }
  const output = join(folder, "site");
  await build(join(folder, "input"), output);
  return { folder: output, remove: () => rm(folder, { recursive: true, force: true }) };
}

// The site of clones below `repos`, after these commits: `{repository, day, author, subject, files}`,
// with `day` a date. `settings` are lines of the workspace's own.
export async function buildFromCommits(settings, commits) {
  const folder = await mkdtemp(join(tmpdir(), "catalog-site-"));
  await mkdir(join(folder, "input"), { recursive: true });
  await writeFile(join(folder, "input", "catalog-config.yaml"), `sources: [{path: repos/*}]\n${settings}`);
  for (const { repository, day, author, subject, files } of commits) {
    const clone = join(folder, "input/repos", repository);
    const isNew = await mkdir(clone, { recursive: true });
    const date = `${day}T12:00:00Z`;
    const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
    for (const who of ["AUTHOR", "COMMITTER"]) {
      Object.assign(env, { [`GIT_${who}_NAME`]: author, [`GIT_${who}_EMAIL`]: "a@example.org", [`GIT_${who}_DATE`]: date });
    }
    const git = (...words) => run("git", words, { cwd: clone, env });
    if (isNew) await git("init", "-q", "-b", "main");
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(clone, path)), { recursive: true });
      await writeFile(join(clone, path), text);
    }
    await git("add", "-A");
    await git("commit", "-qm", subject);
  }
  const output = join(folder, "site");
  await build(join(folder, "input"), output);
  return { folder: output, remove: () => rm(folder, { recursive: true, force: true }) };
}

// One page of each type, by name. Kinds are read from the catalog; of each the entity with the
// most relations is taken, because its page has the most on it.
export async function pageTypes(folder, files) {
  const { entities } = JSON.parse(await readFile(join(folder, "catalog.json"), "utf8"));
  const types = new Map([
    ["home", "index.html"],
    ["list of all", "lists/all.html"],
    ["list of a kind", "lists/component.html"],
    ["index of owners", "lists/owners.html"],
    ["index of tags", "lists/tags.html"],
    ["tree of groups", "lists/organisation.html"],
    ["list of docs", "docs/index.html"],
    ["list of docs by owner", "docs/owners.html"],
    ["changes", "changes.html"],
    ["reports", "reports/index.html"],
    ["report", "reports/ownership-owners.html"],
    ["report of the largest impact", "reports/impact.html"],
    ["report without rows", "reports/cycles.html"],
    ["findings", "reports/findings.html"],
    ["rules", "reports/rules/index.html"],
    ["rule", "reports/rules/dangling-reference.html"],
    ["about", "about.html"],
    ["page of the theme", "pages/start.html"],
    ["search", "search.html"],
    ["map", "map.html"],
    ["list of operations", "lists/api-operations.html"],
    ["list of schemas", "lists/api-schemas.html"],
  ]);
  const richest = new Map();
  for (const entity of entities) {
    const best = richest.get(entity.kind);
    if (!best || entity.relations.length > best.relations.length) richest.set(entity.kind, entity);
  }
  for (const { kind, metadata } of richest.values()) {
    const path = ["catalog", metadata.namespace, kind, metadata.name].join("/").toLowerCase();
    types.set(`entity: ${kind}`, `${path}.html`);
  }
  const references = [...files].filter((file) => /^catalog\/[^/]+\/api\/[^/]+\/index\.html$/.test(file)).sort();
  if (references.length) types.set("api: reference", references[0]);
  for (const shelf of ["owner", "system", "domain", "tag"]) {
    const list = [...files].find((file) => file.startsWith(`lists/${shelf}/`));
    if (list) types.set(`list of a ${shelf}`, list);
  }
  const docs = [...files].filter((file) => /^docs\/[^/]+\/[^/]+\/[^/]+\/.*\.html$/.test(file));
  const home = docs.find((file) => file.endsWith("/index.html"));
  if (home) types.set("docs: home", home);
  const decisions = docs.find((file) => file.endsWith("/_decisions.html"));
  if (decisions) types.set("docs: decisions", decisions);
  const print = docs.find((file) => file.endsWith("/_print.html"));
  if (print) types.set("docs: print", print);
  const record = docs.find((file) => /\/adrs?\//.test(file));
  if (record) types.set("docs: decision record", record);
  let largest = null;
  for (const file of docs) {
    const { length } = await readFile(join(folder, file));
    if (!largest || length > largest.length) largest = { file, length };
  }
  if (largest) types.set("docs: longest page", largest.file);
  return types;
}
