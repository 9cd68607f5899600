// A made organisation as data of the map, as `src/site/map/data.rs` writes them: a build of ten thousand
// entities would take longer than the test. That the script reads what the program writes is shown on
// example-org.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export function coded(numbers) {
  let out = "";
  for (let number of numbers) {
    do {
      const more = Math.floor(number / 32);
      out += DIGITS[(number % 32) + (more ? 32 : 0)];
      number = more;
    } while (number);
  }
  return out;
}

const signed = (number) => (number < 0 ? -number * 2 - 1 : number * 2);
const runs = (values) => {
  const out = [];
  for (const value of values) {
    if (out.length && out.at(-2) === value) out[out.length - 1] += 1;
    else out.push(value, 1);
  }
  return coded(out);
};

const KINDS = ["component", "api", "resource", "system", "domain"];
const RELATIONS = ["ownedBy", "partOf", "providesApi", "consumesApi", "dependsOn"];
const [LEAF, HEIGHT, GAP, HEADER] = [172, 44, 8, 40];

// Domains of systems of entities, in grids. `name(kind, number)` names an entity, `edges(find)` gives
// relations as `[from, relation, to]` of names.
export function organisation({ domains, systems, parts, name, edges }) {
  const nodes = [{ kind: 0, name: "Everything", depth: 0 }];
  const columns = 5;
  const rows = Math.ceil(parts / columns);
  const system = { width: columns * (LEAF + GAP) + 20, height: HEADER + rows * (HEIGHT + GAP) + 10 };
  const across = Math.ceil(Math.sqrt(systems));
  const domain = { width: across * (system.width + 20) + 20, height: HEADER * 2 + Math.ceil(systems / across) * (system.height + 20) };
  const wide = Math.ceil(Math.sqrt(domains));
  const whole = { width: wide * (domain.width + 40) + 40, height: Math.ceil(domains / wide) * (domain.height + 40) + 40 };
  const boxes = [];
  let [last, count] = [0, 0];
  const box = (at, size, x, y, place, header, grid) => {
    boxes.push(at - last, size, x, y, place.width, place.height, header, ...grid);
    last = at;
  };
  const perDomain = 1 + systems * (1 + parts);
  box(0, 1 + domains * perDomain, 0, 0, whole, 0, [0, 0, 1, LEAF]);
  for (let d = 0; d < domains; d += 1) {
    box(nodes.length, perDomain, 40 + (d % wide) * (domain.width + 40), 40 + Math.floor(d / wide) * (domain.height + 40), domain, HEADER * 2, [0, 0, 1, LEAF]);
    nodes.push({ kind: 5, name: name("domain", d) });
    for (let s = 0; s < systems; s += 1) {
      box(nodes.length, 1 + parts, 20 + (s % across) * (system.width + 20), HEADER * 2 + Math.floor(s / across) * (system.height + 20), system, HEADER, [10, HEADER, columns, LEAF]);
      nodes.push({ kind: 4, name: name("system", d * systems + s) });
      for (let part = 0; part < parts; part += 1) {
        const kind = part % 10 === 9 ? 2 : part % 10 === 8 ? 3 : 1;
        nodes.push({ kind, name: name(KINDS[kind - 1], count) });
        count += 1;
      }
    }
  }
  const places = new Map(nodes.map((node, at) => [node.name, at]));
  const all = edges((kind, number) => name(kind, number)).map(([from, relation, to]) => [places.get(from), RELATIONS.indexOf(relation), places.get(to)]);
  all.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return { nodes, boxes, whole, edges: all, perDomain };
}

const PER_NAMES = 2048;

// Puts the data of an organisation into a built site. `break` is a name of a file that is left out.
export async function put(site, { nodes, boxes, whole, edges, perDomain }, broken = "") {
  await rm(join(site, "map"), { recursive: true, force: true });
  await mkdir(join(site, "map"));
  const write = async (name, call, at, value) => {
    if (name !== broken) await writeFile(join(site, "map", `${name}.js`), `catalogMap.${call}(${at},${JSON.stringify(value)});\n`);
    return name;
  };
  const names = [];
  for (let from = 0; from < nodes.length; from += PER_NAMES) {
    const part = nodes.slice(from, from + PER_NAMES);
    const data = { namespaces: runs(part.map(() => 0)), names: part.map((node) => (node.kind ? node.name : "")), titles: part.map(() => ""), paths: {} };
    names.push(await write(`n${names.length}`, "names", names.length, data));
  }
  const flat = [];
  let last = 0;
  for (let at = 0; at < edges.length;) {
    let end = at;
    while (end < edges.length && edges[end][0] === edges[at][0]) end += 1;
    const run = edges.slice(at, end);
    flat.push(run[0][0] - last, run.length, ...run.flatMap(([from, relation, to]) => [relation, signed(to - from)]));
    last = run[0][0];
    at = end;
  }
  await write("e0", "edges", 0, coded(flat));
  const top = (node) => (node ? 1 + Math.floor((node - 1) / perDomain) * perDomain : 0);
  const sums = new Map();
  for (const [from, , to] of edges) {
    if (top(from) !== top(to)) sums.set(`${top(from)} ${top(to)}`, (sums.get(`${top(from)} ${top(to)}`) ?? 0) + 1);
  }
  const pairs = [...sums].map(([pair, count]) => [...pair.split(" ").map(Number), count]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const lines = coded(pairs.flatMap(([from, to, count], at) => [from - (pairs[at - 1]?.[0] ?? 0), signed(to - from), count]));
  const counts = (list, of) => list.map((item, at) => of(item, at));
  const head = {
    version: 1, total: nodes.length, entities: nodes.length - 1, width: whole.width, height: whole.height, leaf_height: HEIGHT, leaf_gap: GAP,
    kinds: counts(KINDS, (kind, at) => ({ name: kind, label: kind, plural: `${kind}s`, count: nodes.filter((node) => node.kind === at + 1).length, nests: 1 })),
    of_kind: runs(nodes.map((node) => node.kind)),
    relations: counts(RELATIONS, (relation, at) => ({ name: relation, label: relation, back: relation, count: edges.filter((edge) => edge[1] === at).length, drawn: at > 1, turned: at === 2 })),
    missing: [0, 0], loose: "", boxes: coded(boxes),
    titles: nodes.filter((node) => node.kind === 0 || node.kind > 3).map((node) => node.name),
    lines: [lines, lines], namespaces: ["default"], per_names: PER_NAMES, names: names.join(" "), per_edges: nodes.length, edges: "e0",
  };
  await write("head", "head", 0, head);
  const page = join(site, "map.html");
  await writeFile(page, (await readFile(page, "utf8")).replace(/data-map="[^"]*"/, 'data-map="map/head.js"'));
}
