// The theme's scripts as the compiler of TypeScript reads them, and what they weigh.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const scripts = join(here, "../../themes/default/assets");
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

// What the compiler says of a project; nothing when all is well.
async function complaints(project) {
  try {
    await promisify(execFile)(process.execPath, [compiler, "--project", project], { timeout: 120_000 });
    return "";
  } catch (error) {
    return error.stdout || String(error);
  }
}

test("scripts are typed, and the types fit", async () => {
  assert.equal(await complaints(join(here, "tsconfig.json")), "");
});

test("the compiler would find a mistake", async () => {
  const folder = await mkdtemp(join(tmpdir(), "catalog-types-"));
  try {
    await writeFile(join(folder, "wrong.js"), "/** @param {string} a */\nfunction f(a) { return a.lenght; }\nf('');\n");
    const project = join(folder, "tsconfig.json");
    await writeFile(project, JSON.stringify({ extends: join(here, "tsconfig.json"), include: ["wrong.js"] }));
    assert.match(await complaints(project), /lenght/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

// The place of a card is known only when it is shown. The policy allows it by the object model, and
// the test of cards shows that it does.
// And a page that a host shows for what is not there is never opened from a file: it may ask the host.
const MEANT = { "cards.js": [".style."], "list.js": [".style."], "lost.js": ["fetch("] };

test("scripts are classic, strict, and load nothing by other ways than scripts", async () => {
  const names = (await readdir(scripts)).filter((name) => name.endsWith(".js"));
  assert.ok(names.length > 2, names.join(", "));
  for (const name of names) {
    const text = await readFile(join(scripts, name), "utf8");
    assert.match(text, /^\(function \(\) \{\n {2}"use strict";\n/m, `${name} is one strict function`);
    for (const word of ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(", "XMLHttpRequest", "import(", ".style."]) {
      if (MEANT[name]?.includes(word)) continue;
      assert.ok(!text.includes(word), `${name} has ${word}`);
    }
  }
});
