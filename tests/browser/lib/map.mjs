// Descriptors of an organisation that is hard to draw: ten thousand entities in domains and systems, one that
// two of three components use, circles, and titles that are no names. A folder of repositories, one for each
// domain, as `buildFrom` builds it. The same each time, and no entity refers to what is not there.

const [DOMAINS, SYSTEMS, TEAMS, CIRCLES] = [20, 20, 4, 60];
// Systems have this many parts, and up to as many more.
const [LEAST_PARTS, MORE_PARTS] = [16, 17];

// What is written in the place of a title: markup, other scripts, quotes, and what has no end.
export const TITLES = [
  "<img src=x onerror=alert(1)>",
  "نظام الدفع",
  "配送状況を追跡するサービス",
  "x".repeat(3000),
  "a\"b'c&amp;</script>",
  `Keeps what is known of ${"each parcel, its sender and its receiver, ".repeat(70)}once`,
];
// The component that most others use has the first title.
export const HUB = "component:default/component-00-00-00";

const two = (number) => String(number).padStart(2, "0");
const name = (kind, ...numbers) => [kind, ...numbers.map(two)].join("-");
const kindOf = (part) => (part % 10 === 9 ? "Resource" : part % 10 === 8 ? "API" : "Component");
const listed = (names) => `[${names.join(", ")}]`;

function descriptor(kind, name, title, spec) {
  const lines = Object.entries(spec).filter(([, value]) => value).map(([key, value]) => `  ${key}: ${value}\n`);
  const titled = title ? `  title: ${JSON.stringify(title)}\n` : "";
  return `---\napiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${titled}spec:\n${lines.join("")}`;
}

// All parts of all systems, those of one after those of the other.
function parts() {
  const all = [];
  for (let domain = 0; domain < DOMAINS; domain += 1) {
    for (let system = 0; system < SYSTEMS; system += 1) {
      const count = LEAST_PARTS + (domain * 7 + system * 5) % MORE_PARTS;
      for (let part = 0; part < count; part += 1) {
        const kind = kindOf(part);
        all.push({ domain, system, part, kind, name: name(kind.toLowerCase(), domain, system, part), uses: [] });
      }
    }
  }
  return all;
}

// The components of a system are a tree of uses; each uses the last one of another system, and two of three use
// the hub. Some use the one above them, which uses them. The hub uses no component, so that the circles are
// many and not one.
function connect(components) {
  const systems = Array.from({ length: DOMAINS * SYSTEMS }, () => []);
  for (const component of components) systems[component.domain * SYSTEMS + component.system].push(component);
  const apart = Math.floor(components.length / CIRCLES);
  let count = 0;
  systems.forEach((own, number) => own.forEach((component, at) => {
    const away = systems[(number + [17, 41, 97][at % 3]) % systems.length];
    const others = [own[2 * at + 1], own[2 * at + 2], at + 1 < own.length ? away.at(-1) : undefined];
    count += 1;
    if (count % apart === 0) others.push(own[(at - 1) >> 1]);
    if (count > 1) component.uses.push(...others.filter(Boolean).map((other) => `component:${other.name}`));
    if (count > 1 && count % 3) component.uses.push(HUB);
  }));
}

// The files of a workspace, by their paths.
export function organisation() {
  const files = { "catalog-config.yaml": "sources: [{path: repos/*}]\nsite: {twins: packed}\n" };
  const all = parts();
  const [apis, components] = ["API", "Component"].map((kind) => all.filter((one) => one.kind === kind));
  connect(components);
  const written = Array.from({ length: DOMAINS }, (_, domain) => {
    const department = name("department", domain);
    const teams = Array.from({ length: TEAMS }, (_, team) => name("team", domain, team));
    return [
      descriptor("Domain", name("domain", domain), domain > 15 ? TITLES[domain - 15] : "", { owner: department }),
      descriptor("Group", department, "", { type: "department", children: listed(teams) }),
      ...teams.map((team) => descriptor("Group", team, "", { type: "team", parent: department, children: "[]" })),
      ...Array.from({ length: SYSTEMS }, (_, system) => descriptor("System", name("system", domain, system),
        domain === 1 && system < TITLES.length ? TITLES[system] : "", { owner: teams[system % TEAMS], domain: name("domain", domain) })),
    ];
  });
  all.forEach(({ domain, system, part, kind, name: own, uses }, at) => {
    const spec = { type: "service", lifecycle: "production", owner: name("team", domain, part % TEAMS), system: name("system", domain, system) };
    if (kind === "Resource") Object.assign(spec, { type: "database", lifecycle: "" });
    if (kind === "API") Object.assign(spec, { type: "text", definition: "one call" });
    if (kind === "Component") {
      const next = all[at + 1];
      if (next?.kind === "API") spec.providesApis = listed([next.name]);
      if (next?.kind === "Resource" || all[at + 2]?.kind === "Resource") uses.push(`resource:${(next.kind === "Resource" ? next : all[at + 2]).name}`);
      if (at % 5 === 0) spec.consumesApis = listed([apis[at * 3 % apis.length].name]);
      spec.dependsOn = listed(uses);
    }
    const title = domain === 0 && system === 0 ? TITLES[part] : "";
    written[domain].push(descriptor(kind, own, title, spec));
  });
  written.forEach((descriptors, domain) => { files[`repos/${name("domain", domain)}/catalog-info.yaml`] = descriptors.join(""); });
  return files;
}

// One entity that has relations to nothing.
export const alone = () => ({ "catalog-info.yaml": descriptor("Group", "alone", "", { type: "team", children: "[]" }) });
