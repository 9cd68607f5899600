// What filters and sorts the lists, on twenty thousand rows and without a page: only the files that a list
// needs are loaded, and what is found is what a plain loop finds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";

const MANY = 20_000, PER_CHUNK = 4096;
const KINDS = ["API", "Component"], TYPES = ["library", "service", "website"], OWNERS = 40;
// The first quarter is APIs; every third row has a tag, and names go down while rows go up.
const kind = (row) => (row < MANY / 4 ? 1 : 2), type = (row) => row % 4, owner = (row) => (row % OWNERS) + 1;
const name = (row) => `n-${String(MANY - row).padStart(6, "0")}`, tagged = (row) => row % 3 === 0;
const all = Array.from({ length: MANY }, (_, row) => row);

// The script with the files of an organisation, as `src/site/lists/data.rs` writes them.
async function opened(scope) {
  const files = new Map(), loaded = [];
  const starts = all.filter((row) => row % PER_CHUNK === 0);
  starts.forEach((from, at) => {
    const rows = all.slice(from, from + PER_CHUNK), none = rows.map(() => 0);
    files.set(`data/rows${at}.js`, ["rows", at, { kinds: rows.map(kind), namespaces: rows.map(() => 1), types: rows.map(type),
      lifecycles: none, owners: rows.map(owner), systems: none, domains: none, tags: rows.flatMap((row) => (tagged(row) ? [1, 1] : [0])),
      docs: none, errors: none, warnings: none, names: rows.map(name), titles: rows.map(() => ""), paths: {} }]);
  });
  const empty = { refs: [], titles: [], paths: [], above: [] };
  const groups = Array.from({ length: OWNERS }, (_, at) => at);
  files.set("data/head.js", ["head", 0, { version: 1, total: MANY, per_chunk: PER_CHUNK, chunks: starts.map((_, at) => `rows${at}`).join(" "),
    kinds_of: starts.map((from) => [...new Set(all.slice(from, from + PER_CHUNK).map(kind))]), per_text: 512, texts: "",
    values: { kinds: KINDS, plurals: ["APIs", "Components"], namespaces: ["default"], types: TYPES, lifecycles: [], tags: ["even"], tag_labels: {},
      owners: { refs: groups.map((at) => `group:default/g${at}`), titles: groups.map(() => ""), paths: groups.map(() => ""),
        above: groups.map((at) => (at ? [Math.floor((at - 1) / 4) + 1] : [])) }, systems: empty, domains: empty } }]);
  const window = { catalogLoad: async (path) => {
    loaded.push(path);
    const [call, at, value] = files.get(path);
    window.catalogList[call](at, value);
  } };
  const source = await readFile(new URL("../../themes/default/assets/list-data.js", import.meta.url), "utf8");
  runInNewContext(source, { window, Promise, Error });
  return { model: await window.catalogList.open("data/head.js", "data/", scope), loaded };
}
// Arrays of the other context are of another class.
const plain = (list) => Array.from(list);

test("twenty thousand rows are filtered, counted and sorted", async () => {
  const { model, loaded } = await opened("");
  assert.equal(loaded.length, 1 + Math.ceil(MANY / PER_CHUNK));
  const nothing = { words: [], chosen: {} };
  assert.equal(model.filter(nothing, nothing).rows.length, MANY);
  const chosen = { type: [2], owner: [2], tag: [1] };
  const below = (at) => { for (let up = at - 1; up > 0; up = Math.floor((up - 1) / 4)) if (up === 1) return true; return false; };
  const wanted = all.filter((row) => type(row) === 2 && below(owner(row)) && tagged(row));
  const found = model.filter(nothing, { words: [], chosen });
  assert.ok(wanted.length > 100);
  assert.deepEqual(plain(found.rows), wanted);
  const alternatives = all.filter((row) => type(row) === 1 && below(owner(row)) && tagged(row)).length;
  assert.equal(found.counts.get(model.facet.type)[1], alternatives);
  assert.deepEqual(plain(model.filter(nothing, { words: ["n-000007"], chosen: {} }).rows), [MANY - 7]);
  assert.deepEqual(plain(model.sort(found.rows, "name", false)), wanted.toReversed());
  const sorted = plain(model.sort(all, "type", true));
  assert.deepEqual(sorted.map(type).filter((one, at, list) => one !== list[at - 1]), [3, 2, 1, 0]);
});

test("a list of a kind loads the files that have this kind", async () => {
  const { model, loaded } = await opened("api");
  assert.deepEqual(loaded, ["data/head.js", "data/rows0.js", "data/rows1.js"]);
  const scope = { words: [], chosen: { kind: [1] } };
  const found = model.filter(scope, { words: [], chosen: {} });
  assert.deepEqual([found.rows.length, found.total], [MANY / 4, MANY / 4]);
  assert.deepEqual(plain(model.sort(found.rows, "name", false)), plain(found.rows).toReversed());
  assert.deepEqual(plain(model.tagsOf(PER_CHUNK + 2)), tagged(PER_CHUNK + 2) ? [1] : []);
  assert.equal(model.record(4_999).name, name(4_999));
});
