//! An organisation that is made up, as large as is asked for: departments, teams and people, domains and
//! systems, services with APIs and what they need, with tags, descriptions and namespaces of uneven use.
//! The same on each run. Tests use it as well.

use std::fmt::Write as _;

/// Entities of one repository.
const PER_REPOSITORY: usize = 40;
/// Of a hundred entities so many are groups, people, systems, APIs and resources; the others are components.
const SHARES: [usize; 5] = [2, 8, 2, 12, 10];

const PLACES: &str = "billing ledger payments catalog orders shipping search identity pricing stock fraud loyalty \
    media routing mobile gateway reports returns support insights carrier checkout content customer delivery \
    discount events export forecast image import inbox invoice label locker market message notify offer partner";
const PARTS: &str = "api worker gateway store index stream export sync proxy console client scheduler cache bridge \
    importer collector planner resolver engine hub";
const WORDS: &str = "keeps sends reads writes checks prices events orders customers of for the from every each with \
    shipments invoices carriers partners before after when they and stock reports messages results requests to \
    warehouse changes accounts searches pictures slowly once again daily";
const TAGS: usize = 300;

/// Numbers that look like chance.
#[derive(Debug)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }

    /// The same, small numbers more often.
    fn uneven(&mut self, limit: usize) -> usize {
        let first = self.below(limit);
        self.below(first + 1)
    }

    fn word(&mut self, words: &'static str) -> &'static str {
        word_of(words, self.below(1 << 20))
    }
}

/// How many there are of each kind.
struct Counts {
    groups: usize,
    domains: usize,
    systems: usize,
    apis: usize,
}

/// Repositories by name with the text of their descriptor: so many entities, a hundred at least.
pub(crate) fn organisation(entities: usize) -> Vec<(String, String)> {
    let of = |share: usize| (entities * share / 100).max(1);
    let [groups, users, systems, apis, resources] = SHARES.map(of);
    let counts = Counts { groups, domains: (systems / 10).max(1), systems, apis };
    let mut chance = Chance(0x9e37_79b9);
    let mut all: Vec<String> = Vec::with_capacity(entities);
    all.extend((0..groups).map(|number| group(number, &mut chance)));
    all.extend((0..users).map(|number| user(number, &counts, &mut chance)));
    all.extend((0..counts.domains).map(|number| domain(number, &counts)));
    all.extend((0..systems).map(|number| system(number, &counts, &mut chance)));
    all.extend((0..apis).map(|number| api(number, &counts, &mut chance)));
    all.extend((0..resources).map(|number| resource(number, &counts, &mut chance)));
    let components = entities.saturating_sub(all.len());
    all.extend((0..components).map(|number| component(number, &counts, &mut chance)));
    let repositories = all.chunks(PER_REPOSITORY).enumerate();
    repositories.map(|(at, part)| (format!("r{:02}/r{at:05}", at % 100), part.concat())).collect()
}

fn head(kind: &str, name: &str, rest: &str) -> String {
    format!("---\napiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata:\n  name: {name}\n{rest}")
}

/// The first is over all; each has up to eight below.
fn group(number: usize, chance: &mut Chance) -> String {
    let kind = if number < 9 { "department" } else { "team" };
    let title = format!("{} {}", capital(chance.word(PLACES)), number);
    let parent = if number == 0 { String::new() } else { format!("  parent: group-{}\n", (number - 1) / 8) };
    head(
        "Group",
        &format!("group-{number}"),
        &format!(
            "  title: {title}\n  description: {}\nspec:\n  type: {kind}\n{parent}  children: []\n",
            sentence(chance)
        ),
    )
}

fn user(number: usize, counts: &Counts, chance: &mut Chance) -> String {
    head(
        "User",
        &format!("person-{number}"),
        &format!(
            "spec:\n  profile:\n    displayName: {} {}\n  memberOf: [group-{}]\n",
            capital(chance.word(PLACES)),
            capital(chance.word(WORDS)),
            number % counts.groups
        ),
    )
}

fn domain(number: usize, counts: &Counts) -> String {
    head(
        "Domain",
        &format!("domain-{number}"),
        &format!("  description: Part {number} of the business.\nspec:\n  owner: group-{}\n", number % counts.groups),
    )
}

fn system(number: usize, counts: &Counts, chance: &mut Chance) -> String {
    head(
        "System",
        &system_name(number),
        &format!(
            "  description: {}\n{}spec:\n  owner: group-{}\n  domain: domain-{}\n",
            sentence(chance),
            tags(chance),
            number % counts.groups,
            number % counts.domains
        ),
    )
}

fn system_name(number: usize) -> String {
    format!("system-{number}")
}

fn api(number: usize, counts: &Counts, chance: &mut Chance) -> String {
    let system = number % counts.systems;
    head(
        "API",
        &api_name(number),
        &format!(
            "  description: {}\n{}spec:\n  type: other\n  lifecycle: production\n  owner: group-{}\n  system: {}\n  definition: Ask the team for it.\n",
            sentence(chance),
            tags(chance),
            system % counts.groups,
            system_name(system)
        ),
    )
}

fn api_name(number: usize) -> String {
    format!("{}-api-{number}", word_of(PLACES, number))
}

fn resource(number: usize, counts: &Counts, chance: &mut Chance) -> String {
    let system = number % counts.systems;
    let kind = ["database", "bucket", "topic", "cache"][chance.below(4)];
    head(
        "Resource",
        &format!("store-{number}"),
        &format!(
            "  description: {}\n{}spec:\n  type: {kind}\n  owner: group-{}\n  system: {}\n",
            sentence(chance),
            tags(chance),
            system % counts.groups,
            system_name(system)
        ),
    )
}

/// A service of a system: most of what it needs is near, some of it is anywhere.
fn component(number: usize, counts: &Counts, chance: &mut Chance) -> String {
    let system = number % counts.systems;
    let namespace = namespace(number).map_or_else(String::new, |name| format!("  namespace: {name}\n"));
    let kind = ["service", "service", "service", "library", "website", "job"][chance.below(6)];
    let lifecycle = ["production", "production", "production", "experimental", "deprecated"][chance.below(5)];
    let mut text = head(
        "Component",
        &component_name(number),
        &format!(
            "{namespace}  description: {}\n{}spec:\n  type: {kind}\n  lifecycle: {lifecycle}\n  owner: group:default/group-{}\n  system: default/{}\n",
            sentence(chance),
            tags(chance),
            system % counts.groups,
            system_name(system)
        ),
    );
    if number < counts.apis {
        let _ = writeln!(text, "  providesApis: [default/{}]", api_name(number));
    }
    let mut needs: Vec<String> = (0..chance.below(4)).filter_map(|_| need(number, counts, chance)).collect();
    needs.sort_unstable();
    needs.dedup();
    if !needs.is_empty() {
        let _ = writeln!(text, "  dependsOn: [{}]", needs.join(", "));
    }
    text
}

/// A store of the own system, or an earlier component.
fn need(number: usize, counts: &Counts, chance: &mut Chance) -> Option<String> {
    let system = number % counts.systems;
    if chance.below(3) == 0 {
        return Some(format!("resource:default/store-{system}"));
    }
    let near = number.checked_sub(counts.systems * (1 + chance.below(3)));
    let other =
        if chance.below(3) == 0 { Some(chance.uneven(number)) } else { near }.filter(|other| *other < number)?;
    Some(format!("component:{}/{}", namespace(other).unwrap_or("default"), component_name(other)))
}

fn component_name(number: usize) -> String {
    format!("{}-{}-{number}", word_of(PLACES, number / 3), word_of(PARTS, number / 7))
}

fn namespace(number: usize) -> Option<&'static str> {
    let names = ["edge", "data", "mobile"];
    number.is_multiple_of(5).then(|| names[number / 5 % names.len()])
}

fn word_of(words: &'static str, number: usize) -> &'static str {
    let all: Vec<&str> = words.split_ascii_whitespace().collect();
    all[number % all.len()]
}

fn tags(chance: &mut Chance) -> String {
    let mut tags: Vec<String> = (0..chance.below(5)).map(|_| format!("tag-{}", chance.uneven(TAGS))).collect();
    tags.sort_unstable();
    tags.dedup();
    if tags.is_empty() { String::new() } else { format!("  tags: [{}]\n", tags.join(", ")) }
}

fn sentence(chance: &mut Chance) -> String {
    let words: Vec<&str> = (0..7 + chance.below(9)).map(|_| chance.word(WORDS)).collect();
    format!("{}.", capital(&words.join(" ")))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
