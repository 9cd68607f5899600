//! Links within a definition, as authors write them for the tools that show definitions: to an
//! operation, a tag, a schema or a heading of the description. They lead to that part here, on whatever
//! page it stands. What leads to nothing stays a text.

use std::borrow::Cow;
use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::api::Reference;

use super::slots::mark;
use super::texts::Texts;

/// Most headings of a description that have an address.
const MOST_HEADINGS: usize = 300;

/// The parts of a definition by the ways in which a link may name them.
#[derive(Debug, Default)]
pub(super) struct InnerLinks(FxHashMap<String, String>);

impl InnerLinks {
    pub(super) fn of(reference: &Reference, headings: &[Heading]) -> Self {
        let mut links = Self::default();
        for operation in &reference.operations {
            if let Some(name) = &operation.name {
                links.add(&format!("operation/{name}"), &operation.anchor);
            }
            let target = format!("paths/{}/{}", operation.target.replace('/', "~1"), operation.verb);
            links.add(&target, &operation.anchor);
        }
        for group in &reference.groups {
            links.add(&format!("tag/{}", group.name), &group.anchor);
        }
        for schema in &reference.schemas {
            for place in ["components/schemas", "definitions", "schema", "model"] {
                links.add(&format!("{place}/{}", schema.name), &schema.anchor);
            }
        }
        for heading in headings {
            links.add(&format!("section/{}", heading.title), &heading.id);
        }
        links
    }

    fn add(&mut self, name: &str, anchor: &str) {
        self.0.entry(key(name)).or_insert_with(|| anchor.to_owned());
    }

    /// The mark of the part that a fragment names.
    pub(super) fn find(&self, fragment: &str) -> Option<String> {
        let decoded = crate::base::paths::percent_decoded(fragment);
        let name = decoded.trim_start_matches('/');
        // An operation or a heading may be named by the way to it, below its tag or its chapter.
        let below = ["operation/", "paths/"].iter().find_map(|part| name.find(part).map(|at| &name[at..]));
        let last =
            name.rsplit_once('/').filter(|_| name.starts_with("section/")).map(|(_, last)| format!("section/{last}"));
        let found = [Some(name), below, last.as_deref()].into_iter().flatten().find_map(|name| self.0.get(&key(name)));
        found.map(|anchor| mark(anchor))
    }
}

/// A name as links are compared: letters and digits, whatever stands for blanks between them.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '/' | '~')).flat_map(char::to_lowercase).collect()
}

/// The description of a definition as the first page shows it.
#[derive(Debug, Default)]
pub(super) struct Intro {
    pub(super) html: Option<String>,
    pub(super) headings: Vec<Heading>,
}

impl Intro {
    pub(super) fn of(texts: &Texts<'_>, reference: &Reference) -> Self {
        let text = reference.description.as_deref().map(beginning);
        let Some(html) = texts.html(text.as_deref()) else { return Self::default() };
        let (html, headings) = with_ids(&html);
        Self { html: Some(html), headings }
    }
}

/// Most bytes of a description on a page that lists operations as well.
const MOST_INTRO: usize = 120 * 1024;

/// As many paragraphs as a page bears.
fn beginning(text: &str) -> Cow<'_, str> {
    if text.len() <= MOST_INTRO {
        return text.into();
    }
    let shown = &text[..text.floor_char_boundary(MOST_INTRO)];
    let shown = shown.rsplit_once("\n\n").map_or(shown, |(paragraphs, _)| paragraphs);
    format!("{shown}\n\nThis is the beginning; the definition has all of it.\n").into()
}

/// A heading of the description of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// Its address.
    pub(super) id: String,
    pub(super) title: String,
    /// Whether it is one of the highest that Markdown has.
    pub(super) is_top: bool,
}

/// Gives the headings of a description their addresses.
pub(super) fn with_ids(html: &str) -> (String, Vec<Heading>) {
    let (mut out, mut headings) = (String::with_capacity(html.len()), Vec::<Heading>::new());
    let mut rest = html;
    while let Some(at) = rest.find("<h").filter(|_| headings.len() < MOST_HEADINGS) {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let level = tag.as_bytes().get(2).copied().unwrap_or(b' ');
        let close = format!("</h{}>", level as char);
        let inner = tag.strip_prefix(&format!("<h{}>", level as char)).filter(|_| level.is_ascii_digit());
        let Some((inner, _)) = inner.and_then(|inner| inner.split_once(&close)) else {
            out.push_str("<h");
            rest = &tag[2..];
            continue;
        };
        let title = text(inner);
        let id = unique(&title, &headings);
        let _ = write!(out, "<h{} id=\"{}\">{inner}{close}", level as char, crate::markdown::escape(&id));
        headings.push(Heading { id, title, is_top: level == b'3' });
        rest = &tag[4 + inner.len() + close.len()..];
    }
    out.push_str(rest);
    (out, headings)
}

/// The words of a heading.
fn text(html: &str) -> String {
    let mut words = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => words.push(c),
            _ => {}
        }
    }
    ["&lt;", "&gt;", "&quot;", "&#39;", "&amp;"]
        .iter()
        .zip(["<", ">", "\"", "'", "&"])
        .fold(words, |words, (entity, character)| words.replace(entity, character))
}

fn unique(title: &str, taken: &[Heading]) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = format!("about-{}", words.collect::<Vec<_>>().join("-").to_lowercase());
    let is_free = |id: &String| taken.iter().all(|heading| heading.id != *id);
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.clone()).chain(numbered).find(is_free).unwrap_or(slug)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::model::{Group, Operation, Schema};

    #[test]
    fn headings_get_addresses_of_their_own() {
        let (html, headings) = with_ids("<h3>A &amp; <em>b</em></h3>\n<p>x</p><h4>Keys</h4><hr><h3>Keys</h3><h5");
        assert_eq!(
            html,
            "<h3 id=\"about-a-b\">A &amp; <em>b</em></h3>\n<p>x</p><h4 id=\"about-keys\">Keys</h4><hr><h3 id=\"about-keys-2\">Keys</h3><h5"
        );
        let shown: Vec<_> = headings.iter().map(|heading| (heading.title.as_str(), heading.is_top)).collect();
        assert_eq!(shown, [("A & b", true), ("Keys", false), ("Keys", true)]);
    }

    #[test]
    fn parts_are_found_by_the_names_that_tools_give_them() {
        let operation = Operation {
            name: Some("get_Pet".to_owned()),
            verb: "GET".to_owned(),
            target: "/pets/{id}".to_owned(),
            anchor: "get_Pet".to_owned(),
            ..Operation::default()
        };
        let group = Group { name: "Small pets".to_owned(), anchor: "group-small-pets".to_owned(), ..Group::default() };
        let schema = Schema { name: "Pet".to_owned(), anchor: "schema-Pet".to_owned(), ..Schema::default() };
        let reference = Reference {
            operations: vec![operation],
            groups: vec![group],
            schemas: vec![schema],
            ..Reference::default()
        };
        let heading = Heading { id: "about-rate-limits".to_owned(), title: "Rate limits".to_owned(), is_top: true };
        let links = InnerLinks::of(&reference, &[heading]);
        for (fragment, anchor) in [
            ("operation/get_Pet", "get_Pet"),
            ("tag/Small-pets/operation/get_Pet", "get_Pet"),
            ("tag/Small-pets/paths/~1pets~1%7Bid%7D/get", "get_Pet"),
            ("tag/Small-pets", "group-small-pets"),
            ("tag/Small%20pets", "group-small-pets"),
            ("/components/schemas/Pet", "schema-Pet"),
            ("section/Rate-limits", "about-rate-limits"),
            ("section/Usage/Rate-limits", "about-rate-limits"),
        ] {
            assert_eq!(links.find(fragment), Some(mark(anchor)), "{fragment}");
        }
        assert_eq!([links.find("tag/Other"), links.find("section/"), links.find("")], [None, None, None]);
    }
}
