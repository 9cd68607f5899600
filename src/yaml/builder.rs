//! Events of the parser to the tree of one document, within limits.

use std::ops::Range;

use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Span as ParserSpan, Tag};

use crate::base::Span;

use super::chars::CharIndex;
use super::parse::{Document, Limits, Problem, ProblemKind};
use super::places;
use super::scalar::{self, Schema};
use super::tree::{Entry, Node, Value};

/// A list or map that is not closed yet.
struct Open {
    span: Span,
    anchor: usize,
    items: Vec<Node>,
    entries: Vec<Entry>,
    is_map: bool,
    key: Option<(Box<str>, Span, Option<Identity>)>,
    seen: FxHashMap<Identity, Span>,
    aliases: Vec<usize>,
    tag: Option<String>,
}

/// When two keys are one: type and text. Lists and maps are each their own.
type Identity = (std::mem::Discriminant<Value>, Box<str>);

/// What an anchor stands for, and how often it was used.
struct Anchor {
    node: Node,
    size: usize,
    inner: Vec<usize>,
    uses: usize,
    weight: usize,
}

/// A tree in the making.
pub(super) struct Builder<'a> {
    text: &'a str,
    offset: usize,
    schema: Schema,
    limits: Limits,
    index: CharIndex<'a>,
    stack: Vec<Open>,
    anchors: FxHashMap<usize, Anchor>,
    pub(super) problems: Vec<Problem>,
    tags: Vec<(Span, String)>,
    nodes: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &'a str, offset: usize, schema: Schema, limits: Limits) -> Self {
        Self {
            text,
            offset,
            schema,
            limits,
            index: CharIndex::new(text),
            stack: Vec::new(),
            anchors: FxHashMap::default(),
            problems: Vec::new(),
            tags: Vec::new(),
            nodes: 0,
        }
    }

    pub(super) fn finish(self, root: Option<Node>) -> Document {
        let span = Span::new(self.offset, self.offset + self.text.len());
        Document { span, root, problems: self.problems, tags: self.tags }
    }

    pub(super) fn run(&mut self) -> Result<Node, Problem> {
        let mut parser = Parser::new_from_str(self.text);
        let mut root = None;
        while let Some(next) = parser.next_event() {
            let (event, at) = next.map_err(|error| self.syntax(error.marker().index(), error.info()))?;
            let done = match event {
                Event::StreamEnd => break,
                Event::Scalar(text, style, anchor, tag) => {
                    let node = self.scalar(&text, style, at, anchor, tag.as_deref());
                    Some((node, anchor, Vec::new()))
                }
                Event::Alias(id) => Some((self.alias(id, at)?, 0, vec![id])),
                Event::SequenceStart(anchor, tag) => {
                    self.open(at, anchor, false, tag.as_deref())?;
                    None
                }
                Event::MappingStart(anchor, tag) => {
                    self.open(at, anchor, true, tag.as_deref())?;
                    None
                }
                Event::SequenceEnd | Event::MappingEnd => Some(self.close(at)),
                _ => None,
            };
            if let Some((node, anchor, aliases)) = done {
                self.count(1, node.span)?;
                self.remember(anchor, &node, &aliases);
                match self.stack.last_mut() {
                    Some(parent) => {
                        parent.aliases.extend(aliases);
                        self.place(node);
                    }
                    None => root = Some(node),
                }
            }
        }
        Ok(root.unwrap_or(Node { span: Span::new(self.offset, self.offset), value: Value::Null }))
    }

    fn without_properties(&self, span: Span, end: usize) -> Span {
        let start = places::after_properties(self.text, span.start as usize - self.offset, end - self.offset);
        Span::new(self.offset + start, span.end as usize)
    }

    /// A place of the file as one of this text.
    fn inside(&self, span: Span) -> Range<usize> {
        span.start as usize - self.offset..span.end as usize - self.offset
    }

    /// A place of this text as one of the file.
    fn shifted(&self, place: Range<usize>) -> Span {
        Span::new(self.offset + place.start, self.offset + place.end)
    }

    fn span(&mut self, at: ParserSpan) -> Span {
        let start = self.index.byte(at.start.index());
        let end = self.index.byte(at.end.index()).max(start);
        Span::new(self.offset + start, self.offset + end)
    }

    fn syntax(&mut self, marker: usize, info: &str) -> Problem {
        let mut start = self.index.byte(marker);
        if info.contains("tab") && self.text[..start].ends_with('\t') {
            start -= 1;
        }
        let rest = self.text[start..].chars().next();
        let (start, length) = match rest {
            Some(character) if character != '\n' => (start, character.len_utf8()),
            // At the end of a line or of the text: point at the last thing before it.
            _ => {
                let before = self.text[..start].trim_end();
                before.chars().next_back().map_or((start, 0), |last| (before.len() - last.len_utf8(), last.len_utf8()))
            }
        };
        let kind = if info.contains("recursion limit") {
            // Its own limit, 255 brackets, may be seen before ours.
            ProblemKind::Limit(too_deep(self.limits.depth))
        } else {
            ProblemKind::Syntax(info.to_owned())
        };
        Problem::new(kind, Span::new(self.offset + start, self.offset + start + length))
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, at: ParserSpan, anchor: usize, tag: Option<&Tag>) -> Node {
        let mut span = self.span(at);
        let has_properties = anchor > 0 || tag.is_some();
        if has_properties {
            span = self.without_properties(span, span.end as usize);
        }
        let plain = style == ScalarStyle::Plain;
        let value = match tag {
            None if plain => scalar::resolve(text, self.schema),
            None => Value::Text(text.into()),
            Some(tag) => match core_tag(tag) {
                Some(name) => scalar::resolve_tagged(name, text).unwrap_or_else(|| Value::Text(text.into())),
                None => {
                    self.tags.push((span, format!("{}{}", tag.handle, tag.suffix)));
                    if plain && text.is_empty() { Value::Null } else { Value::Text(text.into()) }
                }
            },
        };
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            span = self.shifted(places::block(self.text, self.inside(span), has_properties));
        }
        if matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
            span = self.shifted(places::quoted(self.text, self.inside(span)));
        }
        Node { span, value }
    }

    fn open(&mut self, at: ParserSpan, anchor: usize, is_map: bool, tag: Option<&Tag>) -> Result<(), Problem> {
        let span = self.span(at);
        let span = if anchor > 0 || tag.is_some() {
            self.without_properties(span, self.offset + self.text.len())
        } else {
            span
        };
        if self.stack.len() >= self.limits.depth {
            let kind = ProblemKind::Limit(too_deep(self.limits.depth));
            return Err(Problem::new(kind, Span::new(span.start as usize, span.start as usize + 1)));
        }
        self.stack.push(Open {
            span,
            anchor,
            items: Vec::new(),
            entries: Vec::new(),
            is_map,
            key: None,
            seen: FxHashMap::default(),
            aliases: Vec::new(),
            tag: tag.filter(|tag| core_tag(tag).is_none()).map(|tag| format!("{}{}", tag.handle, tag.suffix)),
        });
        Ok(())
    }

    fn close(&mut self, at: ParserSpan) -> (Node, usize, Vec<usize>) {
        let end = self.span(at).end;
        let open = self.stack.pop().unwrap_or_else(|| unreachable!("the parser balances its events"));
        let last = open
            .items
            .last()
            .map(|item| item.span.end)
            .into_iter()
            .chain(open.entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end)))
            .max();
        let flow = self
            .text
            .as_bytes()
            .get(open.span.start as usize - self.offset)
            .is_some_and(|byte| matches!(byte, b'[' | b'{'));
        // Block collections run to the next token; they end where their last child does.
        let end = if flow { end } else { last.unwrap_or(open.span.end) };
        let span = Span::new(open.span.start as usize, end as usize);
        if let Some(tag) = open.tag {
            self.tags.push((span, tag));
        }
        let value = if open.is_map { Value::Map(open.entries) } else { Value::List(open.items) };
        (Node { span, value }, open.anchor, open.aliases)
    }

    fn alias(&mut self, id: usize, at: ParserSpan) -> Result<Node, Problem> {
        let span = self.span(at);
        let limit = |text: String| Problem::new(ProblemKind::Limit(text), span);
        let weight_of_inner = match self.anchors.get(&id) {
            Some(anchor) if anchor.weight == 0 => anchor
                .inner
                .iter()
                .filter_map(|inner| self.anchors.get(inner))
                .map(|inner| inner.uses * inner.weight)
                .max()
                .unwrap_or(1),
            Some(anchor) => anchor.weight,
            None => {
                let kind = ProblemKind::Syntax("an alias inside of the value that it stands for".to_owned());
                return Err(Problem::new(kind, span));
            }
        };
        let Some(anchor) = self.anchors.get_mut(&id) else { unreachable!("looked up above") };
        anchor.uses += 1;
        anchor.weight = weight_of_inner;
        if anchor.uses * anchor.weight > self.limits.aliases {
            return Err(limit("too many aliases: this looks like an attempt to use up the reader's memory".to_owned()));
        }
        let (mut node, size) = (anchor.node.clone(), anchor.size);
        self.count(size, span)?;
        // What is in a list, a map or a long text keeps its places: a finding in it points at where it
        // is written. A word may be right there and wrong here.
        if node.scalar_text().is_some_and(|text| !text.contains('\n')) {
            node.span = span;
        }
        Ok(node)
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Problem> {
        self.nodes += nodes;
        if self.nodes > self.limits.nodes {
            let kind = ProblemKind::Limit(format!("a document may hold {} values", self.limits.nodes));
            return Err(Problem::new(kind, span));
        }
        Ok(())
    }

    fn remember(&mut self, anchor: usize, node: &Node, aliases: &[usize]) {
        if anchor > 0 {
            let kept = Anchor { node: node.clone(), size: node.count(), inner: aliases.to_vec(), uses: 0, weight: 0 };
            self.anchors.insert(anchor, kept);
        }
    }

    fn place(&mut self, mut node: Node) {
        let at_root = self.stack.len() == 1;
        let Some(parent) = self.stack.last_mut() else { return };
        if !parent.is_map {
            if node.span.is_empty() {
                let at = node.span.start as usize - self.offset;
                node.span = places::dash_before(self.text, at)
                    .map_or(node.span, |dash| Span::new(self.offset + dash.start, self.offset + dash.end));
            }
            parent.items.push(node);
            return;
        }
        let Some((key, key_span, identity)) = parent.key.take() else {
            let identity = node.scalar_text().map(|text| (std::mem::discriminant(&node.value), text.into()));
            parent.key = Some((key_text(&node).into(), node.span, identity));
            return;
        };
        if let Some(identity) = identity {
            if let Some(&first) = parent.seen.get(&identity) {
                let kind = ProblemKind::DuplicateKey { key: key.to_string(), first, at_root };
                self.problems.push(Problem::new(kind, key_span));
            } else {
                parent.seen.insert(identity, key_span);
            }
        }
        parent.entries.push(Entry { key, key_span, value: node });
    }
}

/// The name of a tag of the core schema.
fn core_tag(tag: &Tag) -> Option<&str> {
    (tag.handle == "tag:yaml.org,2002:" || tag.handle == "!!")
        .then_some(tag.suffix.as_str())
        .filter(|name| matches!(*name, "str" | "int" | "float" | "bool" | "null" | "map" | "seq"))
}

/// A key as text. Lists and maps as keys are printed in flow style, as Backstage's reader does.
fn key_text(node: &Node) -> String {
    match &node.value {
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(key_text).collect();
            format!("[ {} ]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| match entry.value.value {
                    Value::Null => entry.key.to_string(),
                    _ => format!("{}: {}", entry.key, key_text(&entry.value)),
                })
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        _ => node.scalar_text().unwrap_or_default(),
    }
}

fn too_deep(most: usize) -> String {
    format!("lists and maps may nest {most} deep at most")
}
