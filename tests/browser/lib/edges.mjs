// The site of what a page must bear: the entities of `edges/`, and one with 300 relations.
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { buildFrom } from "./site.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../edges");
const RELATIONS = 300;

const component = (name, spec) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}, description: One of many.}\n` +
  `spec: {type: service, lifecycle: production, owner: people, ${spec}}\n`;

export async function buildEdges() {
  const files = {};
  for (const name of await readdir(folder)) files[name] = await readFile(join(folder, name), "utf8");
  const numbers = [...Array(RELATIONS).keys()];
  const needed = numbers.map((number) => `"component:needed-${number}"`).join(",\n    ");
  files["many.yaml"] = [
    component("hub", `dependsOn: [\n    ${needed}]`),
    ...numbers.map((number) => component(`needed-${number}`, "dependsOn: []")),
    // A chain, so that most depend on the hub through others.
    ...numbers.map((number) => component(`user-${number}`, `dependsOn: ["component:${number % 3 ? `user-${number - 1}` : "hub"}"]`)),
  ].join("---\n");
  return buildFrom(files);
}
