//! Query blocks of pages: a fence of the language `catalog`, whose YAML says which entities are listed.
//! The block is taken out of the text before Markdown is read, byte for byte, so that the places of
//! everything else stay.

use crate::base::{FileId, Span, suggest};
use crate::diagnostics::{Diagnostic, PAGE_QUERY, did_you_mean};
use crate::graph::Graph;
use crate::model::{Catalog, Context, Entity, EntityId, EntityRef, RelationId};
use crate::yaml::shape::{self, MisfitKind, Object, Shape, optional};
use crate::yaml::{self, Limits, Node};

/// Most rows of a block.
pub(super) const MAX_ROWS: usize = 200;

/// The columns that a block may ask for, beside the name.
const COLUMNS: &[&str] = &["kind", "type", "lifecycle", "owner", "system", "tags"];

/// What rows may be sorted by; a minus before it turns the order.
const ORDERS: &[&str] = &[
    "title",
    "name",
    "kind",
    "type",
    "lifecycle",
    "owner",
    "-title",
    "-name",
    "-kind",
    "-type",
    "-lifecycle",
    "-owner",
];

const TEXT: Shape = Shape::NonEmptyText;
const TEXTS: Shape = Shape::OneOrMany(&TEXT);

static QUERY: Object = Object {
    fields: &[
        optional("title", TEXT, "What the table is called."),
        optional("kind", TEXTS, "Kinds, in any case."),
        optional("type", TEXTS, "Values of `spec.type`."),
        optional("lifecycle", TEXTS, "Lifecycles."),
        optional("owner", TEXTS, "Owners, by name or reference."),
        optional("system", TEXTS, "Systems, by name or reference."),
        optional("domain", TEXTS, "Domains, by name or reference."),
        optional("namespace", TEXTS, "Namespaces."),
        optional("tag", TEXTS, "Tags; an entity has to have one of them."),
        optional("sort", Shape::OneOf(ORDERS), "What the rows are sorted by."),
        optional("columns", Shape::List(&Shape::OneOf(COLUMNS)), "The columns after the name."),
        optional("limit", Shape::Any, "Most rows."),
        optional("empty", TEXT, "What is said when nothing fits."),
    ],
    rest: None,
};

/// A list of entities as a page asks for it.
#[derive(Debug, Default, Clone)]
pub struct Query {
    /// What it is called, where that is said.
    pub title: Option<String>,
    /// The entities that are shown, in order.
    pub shown: Vec<EntityId>,
    /// How many there are in all.
    pub total: usize,
    /// The columns that are asked for.
    pub columns: Option<Vec<&'static str>>,
    /// What is said when there is none.
    pub empty: Option<String>,
}

/// Marks of blocks in the text: letters that no author uses.
pub(super) const OPEN: char = '\u{f4c8}';
pub(super) const CLOSE: char = '\u{f4c9}';

/// Takes the blocks out of a text: a mark with its number stands for each, then empty lines, so that
/// no byte after it moves. Gives the text, and where the YAML of each block is.
pub(super) fn taken_out(text: &str) -> (String, Vec<Span>) {
    let mut out = String::with_capacity(text.len());
    let mut blocks = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    let mut block: Option<(usize, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_end();
        let ticks = fence_of(trimmed);
        let start = at;
        at += line.len();
        match (fence, ticks) {
            (None, Some((sign, length, "catalog"))) => {
                fence = Some((sign, length));
                block = Some((start, at));
                continue;
            }
            (None, Some((sign, length, _))) => fence = Some((sign, length)),
            (Some((sign, length)), Some((other, long, ""))) if sign == other && long >= length => {
                fence = None;
                if let Some((begin, inner)) = block.take() {
                    let mark = format!("{OPEN}{}{CLOSE}", blocks.len());
                    blocks.push(span(inner, start));
                    out.push_str(&mark);
                    out.extend(std::iter::repeat_n('\n', (at - begin).saturating_sub(mark.len())));
                    continue;
                }
            }
            _ => {}
        }
        if block.is_none() {
            out.push_str(line);
        }
    }
    // A block that nobody closed goes to the end of the text.
    if let Some((begin, inner)) = block {
        let mark = format!("{OPEN}{}{CLOSE}", blocks.len());
        blocks.push(span(inner, text.len()));
        out.push_str(&mark);
        out.extend(std::iter::repeat_n('\n', (text.len() - begin).saturating_sub(mark.len())));
    }
    (out, blocks)
}

fn span(start: usize, end: usize) -> Span {
    let of = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { start: of(start), end: of(end.max(start)) }
}

/// The sign of a fence, how many there are, and its first word.
fn fence_of(line: &str) -> Option<(char, usize, &str)> {
    let inner = line.trim_start_matches(' ');
    let sign = inner.chars().next().filter(|sign| matches!(sign, '`' | '~') && line.len() - inner.len() < 4)?;
    let rest = inner.trim_start_matches(sign);
    let length = inner.len() - rest.len();
    (length >= 3).then(|| (sign, length, rest.split_whitespace().next().unwrap_or("")))
}

/// What the blocks of a page are read with.
pub(super) struct Reader<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) graph: &'a Graph,
    pub(super) file: FileId,
    pub(super) findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn report(&mut self, span: Span, message: String, help: Option<String>) {
        self.findings.push(Diagnostic::new(&PAGE_QUERY, message).at(self.file, span).maybe_help(help));
    }

    /// Reads a block and looks its entities up. Nothing when it cannot be understood.
    pub(super) fn read(&mut self, text: &str, at: Span) -> Option<Query> {
        let by = at.start as usize;
        let root = match yaml::parse_value(text.get(at.range())?, Limits::default()) {
            Ok(root) => root.shifted(by),
            Err(problem) => {
                let reason = match problem.kind {
                    yaml::ProblemKind::Syntax(reason) | yaml::ProblemKind::Limit(reason) => reason,
                    yaml::ProblemKind::DuplicateKey { key, .. } => format!("the key `{key}` stands twice"),
                };
                let span = span(problem.span.start as usize + by, problem.span.end as usize + by);
                self.report(span, format!("the query cannot be read: {reason}"), None);
                return None;
            }
        };
        if root.is_null() {
            let help = "say what it lists, as `kind: component`".to_owned();
            self.report(at, "the query asks for nothing".to_owned(), Some(help));
            return None;
        }
        let before = self.findings.len();
        self.shape(&root);
        let filter = self.filter(&root);
        let limit = self.limit(&root);
        if self.findings.len() > before {
            return None;
        }
        let mut found: Vec<EntityId> = self
            .catalog
            .entities
            .iter()
            .filter(|entity| filter.fits(self.graph, self.catalog, entity))
            .map(|entity| entity.id)
            .collect();
        self.sort(&mut found, root.get("sort").and_then(Node::as_str).unwrap_or("title"));
        let total = found.len();
        found.truncate(limit);
        let text = |key: &str| root.get(key).and_then(Node::as_str).map(str::to_owned);
        let columns = root.get("columns").map(|list| {
            let asked = list.items().iter().filter_map(Node::as_str);
            asked.filter_map(|name| COLUMNS.iter().copied().find(|known| *known == name)).collect()
        });
        Some(Query { title: text("title"), shown: found, total, columns, empty: text("empty") })
    }

    fn shape(&mut self, root: &Node) {
        for misfit in shape::check(root, &Shape::Object(&QUERY), "", &[]) {
            let at = misfit.pointer.trim_start_matches('/').replace('/', ".");
            let (message, help) = match misfit.kind {
                MisfitKind::Unknown { key, nearest, .. } => {
                    let names: Vec<&str> = QUERY.fields.iter().map(|field| field.name).collect();
                    let help = nearest.map(|nearest| format!("did you mean `{nearest}`?"));
                    let help = help.unwrap_or_else(|| format!("a query has {}", suggest::all_of(&names)));
                    (format!("a query has no `{key}`"), Some(help))
                }
                MisfitKind::WrongType { expected, found } if at.is_empty() => (
                    format!("a query must be {expected}, but is {found}"),
                    Some("write it as `kind: component`".to_owned()),
                ),
                MisfitKind::WrongType { expected, found } => {
                    (format!("`{at}` must be {expected}, but is {found}"), None)
                }
                MisfitKind::NotOneOf { allowed, found } => {
                    let help = did_you_mean(&found, allowed.iter().copied())
                        .unwrap_or_else(|| format!("it is one of {}", suggest::either(allowed)));
                    (format!("`{found}` is no value of `{at}`"), Some(help))
                }
                MisfitKind::Missing { .. } | MisfitKind::Empty => (format!("`{at}` must not be empty"), None),
            };
            self.report(misfit.span, message, help);
        }
    }

    fn limit(&mut self, root: &Node) -> usize {
        let Some(node) = root.get("limit") else { return MAX_ROWS };
        let number = node.scalar_text().and_then(|text| text.parse::<usize>().ok());
        match number.filter(|number| (1..=MAX_ROWS).contains(number)) {
            Some(number) => number,
            None => {
                self.report(node.span, format!("`limit` is a number from 1 to {MAX_ROWS}"), None);
                MAX_ROWS
            }
        }
    }

    fn filter(&mut self, root: &Node) -> Filter {
        let mut kinds = Vec::new();
        for (text, span) in texts(root.get("kind")) {
            match self.catalog.kinds.find(&text) {
                Some(kind) => kinds.push(self.catalog.kinds.get(kind).name.to_lowercase()),
                None => {
                    let help = self.catalog.kinds.nearest(&text).map(|nearest| format!("did you mean `{nearest}`?"));
                    self.report(span, format!("there is no kind `{text}`"), help);
                }
            }
        }
        let words = |key: &str| texts(root.get(key)).into_iter().map(|(text, _)| text.to_lowercase()).collect();
        Filter {
            kinds,
            types: words("type"),
            lifecycles: words("lifecycle"),
            namespaces: words("namespace"),
            tags: words("tag"),
            owners: self.references(root, "owner", &["group", "user"]),
            systems: self.references(root, "system", &["system"]),
            domains: self.references(root, "domain", &["domain"]),
        }
    }

    /// The keys of the entities that a key of the query names, by reference or by name alone.
    fn references(&mut self, root: &Node, key: &str, kinds: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        for (text, span) in texts(root.get(key)) {
            let parsed = |kind: &&str| {
                EntityRef::parse(&text, Context { kind: Some(kind), ..Context::default() }).ok().map(|one| one.key())
            };
            let mut keys: Vec<String> = kinds.iter().filter_map(parsed).collect();
            keys.dedup();
            match keys.iter().find(|key| self.catalog.index.contains_key(*key)) {
                Some(known) => found.push(known.clone()),
                None => {
                    let of_kind = |entity: &&Entity| kinds.contains(&entity.reference.kind.to_lowercase().as_str());
                    let names =
                        self.catalog.entities.iter().filter(of_kind).map(|entity| entity.reference.name.as_str());
                    let help = did_you_mean(text.rsplit(['/', ':']).next().unwrap_or(&text), names);
                    self.report(span, format!("there is no {} `{text}` in the catalog", suggest::either(kinds)), help);
                }
            }
        }
        found
    }

    fn sort(&self, found: &mut [EntityId], order: &str) {
        let (by, turned) = order.strip_prefix('-').map_or((order, false), |by| (by, true));
        let value = |id: EntityId| {
            let entity = self.catalog.entity(id);
            match by {
                "name" => entity.reference.name.to_lowercase(),
                "kind" => entity.reference.kind.to_lowercase(),
                "type" => entity.spec_type().unwrap_or_default().to_lowercase(),
                "lifecycle" => entity.lifecycle().unwrap_or_default().to_lowercase(),
                "owner" => self.graph.owner(id).map(|owner| self.graph.target_key(owner)).unwrap_or_default(),
                _ => entity.title().to_lowercase(),
            }
        };
        found.sort_by_cached_key(|&id| (value(id), self.catalog.entity(id).title().to_lowercase(), id));
        if turned {
            found.reverse();
        }
    }
}

/// What entities have to have. An empty list asks for nothing.
struct Filter {
    kinds: Vec<String>,
    types: Vec<String>,
    lifecycles: Vec<String>,
    namespaces: Vec<String>,
    tags: Vec<String>,
    owners: Vec<String>,
    systems: Vec<String>,
    domains: Vec<String>,
}

impl Filter {
    fn fits(&self, graph: &Graph, catalog: &Catalog, entity: &Entity) -> bool {
        let is_one = |list: &[String], value: Option<&str>| {
            list.is_empty() || value.is_some_and(|value| list.contains(&value.to_lowercase()))
        };
        is_one(&self.kinds, Some(&entity.reference.kind))
            && is_one(&self.types, entity.spec_type())
            && is_one(&self.lifecycles, entity.lifecycle())
            && is_one(&self.namespaces, Some(&entity.reference.namespace))
            && (self.tags.is_empty() || entity.tags().any(|tag| self.tags.contains(&tag.to_lowercase())))
            && leads(graph, entity.id, RelationId::OWNED_BY, &self.owners)
            && leads(graph, entity.id, RelationId::PART_OF, &self.systems)
            && (self.domains.is_empty()
                || graph
                    .domain(catalog, entity.id)
                    .is_some_and(|domain| self.domains.contains(&graph.target_key(domain))))
    }
}

/// Whether a relation of an entity leads to one of these; yes when there are none.
fn leads(graph: &Graph, id: EntityId, relation: RelationId, keys: &[String]) -> bool {
    keys.is_empty()
        || graph
            .relations(id)
            .iter()
            .any(|one| one.relation == relation && keys.contains(&graph.target_key(&one.target)))
}

/// One text or several, with their places.
fn texts(node: Option<&Node>) -> Vec<(String, Span)> {
    let Some(node) = node else { return Vec::new() };
    let items = if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() };
    items.iter().filter_map(|item| Some((item.as_str()?.to_owned(), item.span))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_taken_out_and_nothing_moves() {
        let text = "# A\n\n```catalog\nkind: api\n```\n\nBetween\n\n````md\n```catalog\nkind: no\n```\n````\n\n~~~ catalog\ntag: x\n~~~\nEnd";
        let (out, blocks) = taken_out(text);
        assert_eq!(out.len(), text.len());
        let inner: Vec<&str> = blocks.iter().map(|span| &text[span.range()]).collect();
        assert_eq!(inner, ["kind: api\n", "tag: x\n"]);
        assert_eq!(out.find("Between"), text.find("Between"));
        assert!(out.contains("kind: no"), "a block inside of another one is shown");
        assert!(out.ends_with("End"));
        let open = "```catalog\nkind: api";
        assert_eq!(taken_out(open).1.len(), 1);
    }
}
