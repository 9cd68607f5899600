//! The map: what its files say, read back, is what the catalog says, also of what is hard to draw.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value as Json;

use crate::support::{run, write};

/// Reads numbers from a text, as `map-data.js` does.
struct Reader<'a>(std::str::Bytes<'a>);

impl Reader<'_> {
    fn next(&mut self) -> Option<i64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let digit = i64::from(match self.0.next()? {
                byte @ b'A'..=b'Z' => byte - b'A',
                byte @ b'a'..=b'z' => byte - b'a' + 26,
                byte @ b'0'..=b'9' => byte - b'0' + 52,
                b'-' => 62,
                byte => {
                    assert_eq!(byte, b'_');
                    63
                }
            });
            number |= (digit & 31) << shift;
            if digit & 32 == 0 {
                return Some(number);
            }
            shift += 5;
        }
    }

    fn number(&mut self) -> i64 {
        self.next().unwrap()
    }

    fn signed(&mut self) -> i64 {
        let folded = self.number();
        if folded % 2 == 1 { -(folded + 1) / 2 } else { folded / 2 }
    }
}

fn runs(text: &str) -> Vec<i64> {
    let mut reader = Reader(text.bytes());
    let mut out = Vec::new();
    while let Some(value) = reader.next() {
        let length = reader.number();
        out.extend((0..length).map(|_| value));
    }
    out
}

/// The map as its files say it.
struct Map {
    /// References, empty for boxes that were made.
    nodes: Vec<String>,
    parents: Vec<usize>,
    /// x, y, width and height.
    places: Vec<[i64; 4]>,
    edges: BTreeSet<(String, String, String)>,
    /// Lines of both levels: titles or references of their ends, and how many.
    lines: [Vec<(usize, usize, i64)>; 2],
    head: Json,
}

/// What a file calls, and with what.
fn calls(site: &Path, name: &str) -> Vec<(String, Json)> {
    let text = std::fs::read_to_string(site.join("map").join(format!("{name}.js"))).unwrap();
    let call = |line: &str| {
        let rest = line.strip_prefix("catalogMap.").unwrap().strip_suffix(");").unwrap();
        let (call, rest) = rest.split_once('(').unwrap();
        (call.to_owned(), serde_json::from_str(rest.split_once(',').unwrap().1).unwrap())
    };
    text.lines().map(call).collect()
}

fn words(head: &Json, key: &str) -> Vec<String> {
    head[key].as_str().unwrap().split_whitespace().map(str::to_owned).collect()
}

impl Map {
    fn of(site: &Path) -> Self {
        let page = std::fs::read_to_string(site.join("map.html")).unwrap();
        let first = page.split("data-map=\"map/").nth(1).unwrap().split(".js\"").next().unwrap();
        let mut files = calls(site, first);
        let (call, head) = files.pop().unwrap();
        assert_eq!(call, "head");
        for file in words(&head, "names").iter().chain(&words(&head, "edges")) {
            files.extend(calls(site, file));
        }
        let mut map = Self {
            nodes: Vec::new(),
            parents: Vec::new(),
            places: Vec::new(),
            edges: BTreeSet::new(),
            lines: [Vec::new(), Vec::new()],
            head,
        };
        let of = |what: &str| {
            files.iter().filter(|(call, _)| call == what).map(|(_, data)| data.clone()).collect::<Vec<_>>()
        };
        map.names(&of("names"));
        map.boxes();
        map.edges(&of("edges"));
        for level in 0..2 {
            let text = map.head["lines"][level].as_str().unwrap().to_owned();
            let mut reader = Reader(text.bytes());
            let mut from = 0;
            while let Some(more) = reader.next() {
                from += more;
                let to = from + reader.signed();
                let count = reader.number();
                map.lines[level].push((usize::try_from(from).unwrap(), usize::try_from(to).unwrap(), count));
            }
        }
        map
    }

    fn names(&mut self, files: &[Json]) {
        let kinds = runs(self.head["of_kind"].as_str().unwrap());
        for names in files {
            let spaces = runs(names["namespaces"].as_str().unwrap());
            for (name, space) in names["names"].as_array().unwrap().iter().zip(spaces) {
                let kind = usize::try_from(kinds[self.nodes.len()]).unwrap();
                let reference = (kind > 0).then(|| {
                    let kind = self.head["kinds"][kind - 1]["name"].as_str().unwrap();
                    let space = self.head["namespaces"][usize::try_from(space).unwrap()].as_str().unwrap();
                    format!("{kind}:{space}/{}", name.as_str().unwrap()).to_lowercase()
                });
                self.nodes.push(reference.unwrap_or_default());
            }
        }
        assert_eq!(self.nodes.len() as u64, self.head["total"].as_u64().unwrap());
        assert_eq!(kinds.len(), self.nodes.len());
    }

    fn boxes(&mut self) {
        let text = self.head["boxes"].as_str().unwrap().to_owned();
        let mut reader = Reader(text.bytes());
        let total = self.nodes.len();
        (self.parents, self.places) = (vec![0; total], vec![[0; 4]; total]);
        let gap = self.head["leaf_gap"].as_i64().unwrap();
        let leaf = self.head["leaf_height"].as_i64().unwrap();
        let mut at = 0;
        let mut open: Vec<(usize, usize)> = Vec::new();
        while let Some(more) = reader.next() {
            at += usize::try_from(more).unwrap();
            let end = at + usize::try_from(reader.number()).unwrap();
            open.retain(|&(_, end)| end > at);
            let parent = open.last().map_or(0, |&(node, _)| node);
            let [x, y, ..] = self.places[parent];
            let numbers: Vec<i64> = (0..9).map(|_| reader.number()).collect();
            self.parents[at] = parent;
            self.places[at] = [x + numbers[0], y + numbers[1], numbers[2], numbers[3]];
            for (place, node) in (at + 1..end).enumerate() {
                let (row, column) = (place as i64 / numbers[7], place as i64 % numbers[7]);
                let [x, y, ..] = self.places[at];
                self.parents[node] = at;
                self.places[node] = [
                    x + numbers[5] + column * (numbers[8] + gap),
                    y + numbers[6] + row * (leaf + gap),
                    numbers[8],
                    leaf,
                ];
            }
            open.push((at, end));
        }
    }

    fn edges(&mut self, files: &[Json]) {
        let relation = |number: i64| self.head["relations"][usize::try_from(number).unwrap()]["name"].as_str().unwrap();
        let mut edges = BTreeSet::new();
        let per_file = self.head["per_edges"].as_i64().unwrap();
        for (file, text) in files.iter().enumerate() {
            let mut reader = Reader(text.as_str().unwrap().bytes());
            let mut from = file as i64 * per_file;
            while let Some(more) = reader.next() {
                from += more;
                for _ in 0..reader.number() {
                    let relation = relation(reader.number());
                    let to = from + reader.signed();
                    let name = |at: i64| self.nodes[usize::try_from(at).unwrap()].clone();
                    edges.insert((name(from), relation.to_owned(), name(to)));
                }
            }
        }
        let mut reader = Reader(self.head["loose"].as_str().unwrap().bytes());
        let mut loose = BTreeSet::new();
        let mut last = 0;
        while let Some(more) = reader.next() {
            last += more;
            loose.insert(usize::try_from(last).unwrap());
        }
        for at in 1..self.nodes.len() {
            let (own, parent) = (&self.nodes[at], &self.nodes[self.parents[at]]);
            if !own.is_empty() && !parent.is_empty() && !loose.contains(&at) {
                let kinds = self.head["kinds"].as_array().unwrap();
                let kind = kinds.iter().find(|kind| own.starts_with(&format!("{}:", kind["name"].as_str().unwrap())));
                edges.insert((
                    own.clone(),
                    relation(kind.unwrap()["nests"].as_i64().unwrap()).to_owned(),
                    parent.clone(),
                ));
            }
        }
        self.edges = edges;
    }

    /// Boxes that overlap beside each other, and what is not in its box.
    fn misplaced(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 1..self.nodes.len() {
            let ([x, y, w, h], [px, py, pw, ph]) = (self.places[at], self.places[self.parents[at]]);
            if x < px || y < py || x + w > px + pw || y + h > py + ph {
                wrong.push(format!("{} is not in {}", self.nodes[at], self.nodes[self.parents[at]]));
            }
            children.entry(self.parents[at]).or_default().push(at);
        }
        for mut inside in children.into_values() {
            inside.sort_by_key(|&at| self.places[at][0]);
            for (number, &one) in inside.iter().enumerate() {
                let [x, y, w, h] = self.places[one];
                for &other in inside[number + 1..].iter().take_while(|&&other| self.places[other][0] < x + w) {
                    let [_, other_y, _, other_h] = self.places[other];
                    if y < other_y + other_h && other_y < y + h {
                        wrong.push(format!("{} overlaps {}", self.nodes[one], self.nodes[other]));
                    }
                }
            }
        }
        wrong
    }
}

/// All relations of the published catalog, in their forward direction.
fn published(site: &Path, head: &Json) -> BTreeSet<(String, String, String)> {
    let catalog: Json = serde_json::from_str(&std::fs::read_to_string(site.join("catalog.json")).unwrap()).unwrap();
    let forward: Vec<&str> =
        head["relations"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    let mut all = BTreeSet::new();
    for entity in catalog["entities"].as_array().unwrap() {
        let metadata = &entity["metadata"];
        let own = format!(
            "{}:{}/{}",
            entity["kind"].as_str().unwrap(),
            metadata["namespace"].as_str().unwrap_or("default"),
            metadata["name"].as_str().unwrap()
        )
        .to_lowercase();
        for relation in entity["relations"].as_array().unwrap() {
            let name = relation["type"].as_str().unwrap();
            if forward.contains(&name) {
                all.insert((own.clone(), name.to_owned(), relation["targetRef"].as_str().unwrap().to_owned()));
            }
        }
    }
    all
}

struct Built {
    _work: tempfile::TempDir,
    site: std::path::PathBuf,
}

fn build(files: &[(&str, String)]) -> Built {
    let work = tempfile::tempdir().unwrap();
    let (input, site) = (work.path().join("in"), work.path().join("out"));
    write(&input, files);
    let ran = run(work.path(), &["build", input.to_str().unwrap(), "-o", site.to_str().unwrap(), "-q"]);
    assert!(ran.code <= 1, "{}", ran.stderr);
    Built { _work: work, site }
}

fn add(out: &mut String, kind: &str, name: &str, rest: &str) {
    let _ = write!(
        out,
        "---\napiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata:\n  name: {name}\n  title: {:?}\nspec:\n  type: x\n  lifecycle: production\n  owner: team\n{rest}",
        format!("<b>{name}</b> & \"more\"")
    );
}

/// Domains in domains, systems in and out of them, parts in parts, circles, people in groups, and what is
/// not there.
fn organisation() -> String {
    let mut out = String::new();
    for at in 0..4 {
        let above = if at > 0 { "  subdomainOf: d0\n" } else { "" };
        add(&mut out, "Domain", &format!("d{at}"), above);
    }
    for at in 0..12 {
        let domain = if at < 9 { format!("  domain: d{}\n", at % 4) } else { String::new() };
        add(&mut out, "System", &format!("s{at}"), &domain);
    }
    for at in 0..150 {
        let mut rest =
            format!("  dependsOn: [component:c{}, resource:r{}, component:nowhere]\n", (at * 7 + 1) % 150, at % 9);
        if at % 5 > 0 {
            let _ = writeln!(rest, "  system: s{}", at % 12);
        }
        if at % 11 == 0 {
            // A circle of five, and chains.
            let _ = writeln!(rest, "  subcomponentOf: c{}", if at % 55 == 0 { at + 44 } else { at - 11 });
        }
        let _ = writeln!(rest, "  providesApis: [a{}]\n  consumesApis: [a{}]", at % 20, (at + 3) % 20);
        add(&mut out, "Component", &format!("c{at}"), &rest);
    }
    for at in 0..20 {
        add(&mut out, "API", &format!("a{at}"), "  definition: x\n");
    }
    for at in 0..9 {
        add(&mut out, "Resource", &format!("r{at}"), &format!("  system: s{}\n", at % 3));
    }
    for (name, parent) in
        [("team", ""), ("inner", "  parent: team\n"), ("circle", "  parent: round\n"), ("round", "  parent: circle\n")]
    {
        add(&mut out, "Group", name, &format!("{parent}  children: []\n"));
    }
    add(&mut out, "User", "ann", "  memberOf: [inner, team]\n");
    // Deeper than boxes nest.
    for at in 0..20 {
        let above = if at > 0 { format!("  subcomponentOf: deep{}\n", at - 1) } else { String::new() };
        add(&mut out, "Component", &format!("deep{at}"), &above);
    }
    out
}

#[test]
fn the_files_say_what_the_catalog_says() {
    let built = build(&[("catalog-info.yaml", organisation())]);
    let map = Map::of(&built.site);
    assert_eq!(map.misplaced(), [""; 0]);
    let published = published(&built.site, &map.head);
    let difference: Vec<_> = map.edges.symmetric_difference(&published).collect();
    assert!(difference.is_empty(), "{difference:?}");
    let named: Vec<&String> = map.nodes.iter().filter(|node| !node.is_empty()).collect();
    assert_eq!(named.len(), named.iter().collect::<BTreeSet<_>>().len(), "each once");
    // Sub-domains in domains, parts in parts, people in their group.
    let parent = |name: &str| {
        let at = map.nodes.iter().position(|node| node == name).unwrap();
        map.nodes[map.parents[at]].as_str()
    };
    for (child, expected) in [
        ("domain:default/d1", "domain:default/d0"),
        ("system:default/s1", "domain:default/d1"),
        ("component:default/c1", "system:default/s1"),
        ("component:default/deep1", "component:default/deep0"),
        ("user:default/ann", "group:default/inner"),
        ("component:default/nowhere", ""),
    ] {
        assert_eq!(parent(child), expected, "{child}");
    }
    // Every drawn relation between two outermost boxes is counted in their line.
    let drawn: BTreeSet<&str> = map.head["relations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["drawn"].as_bool().unwrap())
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    let top = |name: &str| {
        let mut at = map.nodes.iter().position(|node| node == name).unwrap();
        while map.parents[at] != 0 {
            at = map.parents[at];
        }
        at
    };
    let crossing = map.edges.iter().filter(|(_, relation, _)| drawn.contains(relation.as_str()));
    let crossing = crossing.filter(|(from, _, to)| top(from) != top(to)).count();
    assert_eq!(usize::try_from(map.lines[0].iter().map(|(_, _, count)| count).sum::<i64>()).unwrap(), crossing);
    assert!(map.lines[1].len() > map.lines[0].len());
}

#[test]
fn the_same_input_has_the_same_map() {
    let first = build(&[("catalog-info.yaml", organisation())]);
    let second = build(&[("catalog-info.yaml", organisation())]);
    let files = |built: &Built| -> BTreeMap<String, Vec<u8>> {
        let names = std::fs::read_dir(built.site.join("map")).unwrap();
        names
            .map(|entry| {
                let path = entry.unwrap().path();
                (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())
            })
            .collect()
    };
    assert_eq!(files(&first), files(&second));
}

#[test]
fn a_map_of_nothing_and_of_one() {
    let page = |built: &Built| std::fs::read_to_string(built.site.join("map.html")).unwrap();
    let nothing = build(&[("catalog-config.yaml", "organization: Nobody\n".to_owned())]);
    assert!(page(&nothing).contains("Nothing to draw yet") && !page(&nothing).contains("<canvas"));
    let mut one = String::new();
    add(&mut one, "Component", "alone", "");
    let one = build(&[("catalog-info.yaml", one)]);
    let map = Map::of(&one.site);
    // Its owner is not there.
    assert_eq!(map.nodes, ["", "component:default/alone", "", "group:default/team"]);
    assert_eq!(map.misplaced(), [""; 0]);
    assert!(page(&one).contains("&lt;b&gt;alone&lt;/b&gt; &amp; &quot;more&quot;") && !page(&one).contains("<b>alone"));
}

#[test]
fn one_with_hundreds_around_it_and_fifty_circles() {
    let mut out = String::new();
    add(&mut out, "Component", "hub", "");
    for at in 0..400 {
        add(&mut out, "Component", &format!("n{at}"), "  dependsOn: [component:hub]\n");
    }
    for at in 0..50 {
        add(
            &mut out,
            "Component",
            &format!("a{at}"),
            &format!("  dependsOn: [component:b{at}]\n  subcomponentOf: b{at}\n"),
        );
        add(
            &mut out,
            "Component",
            &format!("b{at}"),
            &format!("  dependsOn: [component:a{at}]\n  subcomponentOf: a{at}\n"),
        );
    }
    let built = build(&[("catalog-info.yaml", out)]);
    let map = Map::of(&built.site);
    assert_eq!(map.misplaced(), [""; 0]);
    let published = published(&built.site, &map.head);
    assert_eq!(map.edges.symmetric_difference(&published).count(), 0);
    let page = std::fs::metadata(built.site.join("map.html")).unwrap().len();
    assert!(page < 40_000, "{page} bytes");
}
