//! Events of the parser to trees. Never fails: what is wrong becomes a [`Problem`], and the
//! limits keep hostile input from costing more than it weighs.

use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Span as ParserSpan, Tag};

use crate::base::Span;

use super::scalar::{self, Schema};
use super::split;
use super::tree::{Entry, Node, Value};

/// Bounds on what a stream may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Documents in one stream.
    pub documents: usize,
    /// How deep lists and maps may nest.
    pub depth: usize,
    /// Nodes of one document after aliases are resolved.
    pub nodes: usize,
    /// How often an anchor may be used, uses inside of it multiplied in (the rule of the reader
    /// that Backstage uses).
    pub aliases: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { documents: 20_000, depth: 128, nodes: 2_000_000, aliases: 100 }
    }
}

/// One document of a stream.
#[derive(Debug)]
pub struct Document {
    /// The bytes it covers.
    pub span: Span,
    /// Its tree; `None` when it could not be read. An empty document is null.
    pub root: Option<Node>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Tags other than those of the core schema, by the span of their node, in order.
    pub tags: Vec<(Span, String)>,
}

/// Something wrong in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Where it is.
    pub span: Span,
}

/// What can be wrong in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// It does not follow the grammar; the parser's reason.
    Syntax(String),
    /// A key stands twice in one map.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stood first.
        first: Span,
        /// Whether the map is the root of the document.
        at_root: bool,
    },
    /// A limit was passed; what for, and the rest was not read.
    Limit(String),
}

/// Reads a stream of documents.
pub fn parse(text: &str, limits: Limits) -> Vec<Document> {
    let ranges = split::documents(text);
    let mut documents = Vec::with_capacity(ranges.len().min(limits.documents));
    let mut schema = Schema::Core;
    for (index, range) in ranges.into_iter().enumerate() {
        if index == limits.documents {
            let kind =
                ProblemKind::Limit(format!("a file may hold {} documents; the rest is not read", limits.documents));
            let span = Span::new(range.start, range.start + 3);
            documents.push(Document { span, root: None, problems: vec![Problem { kind, span }], tags: Vec::new() });
            break;
        }
        let part = &text[range.clone()];
        schema = asked_for(part).unwrap_or(schema);
        documents.push(document(part, range.start, schema, limits));
    }
    documents
}

/// The schema that the directives of a document ask for. It holds for the documents after it too,
/// until one asks for another.
fn asked_for(document: &str) -> Option<Schema> {
    let directives = document.lines().take_while(|line| line.starts_with(['%', '#']) || line.trim().is_empty());
    let version = directives.filter_map(|line| line.strip_prefix("%YAML")).last()?;
    Some(if version.trim_start().starts_with("1.1") { Schema::Yaml11 } else { Schema::Core })
}

/// Reads a text that holds one value, as `$yaml` and `$json` want it: the tree, or the reason why
/// there is none.
pub fn parse_value(text: &str, limits: Limits) -> Result<Node, Problem> {
    let mut documents = parse(text, limits);
    if documents.len() > 1 {
        let kind = ProblemKind::Syntax(format!("expected exactly one document, found {}", documents.len()));
        return Err(Problem {
            kind,
            span: Span::new(documents[1].span.start as usize, documents[1].span.start as usize + 3),
        });
    }
    let Some(document) = documents.pop() else {
        return Ok(Node { span: Span::default(), value: Value::Null });
    };
    match (document.root, document.problems.into_iter().next()) {
        (Some(root), None) => Ok(root),
        (_, Some(problem)) => Err(problem),
        (None, None) => Ok(Node { span: Span::default(), value: Value::Null }),
    }
}

/// How many bytes are read again for tabs that the parser stumbles over.
const MOST_READ_AGAIN: usize = 8 * 1024 * 1024;

fn document(text: &str, offset: usize, schema: Schema, limits: Limits) -> Document {
    let mut document = read(text, offset, schema, limits);
    let mut patched = String::new();
    let mut read_again = 0;
    // The parser refuses a tab between a colon and its value, which YAML allows. One such place is
    // found at a time, because a tab may as well be part of a text.
    while let Some(tabs) = tabs_after_colon(&document, text, offset) {
        read_again += text.len();
        if read_again > MOST_READ_AGAIN {
            break;
        }
        if patched.is_empty() {
            text.clone_into(&mut patched);
        }
        patched.replace_range(tabs.clone(), &" ".repeat(tabs.len()));
        document = read(&patched, offset, schema, limits);
    }
    document
}

/// The tabs that kept a document from being read.
fn tabs_after_colon(document: &Document, text: &str, offset: usize) -> Option<std::ops::Range<usize>> {
    let problem = document.problems.last().filter(|_| document.root.is_none())?;
    let ProblemKind::Syntax(reason) = &problem.kind else { return None };
    if !reason.starts_with("':' must be followed") {
        return None;
    }
    let end = (problem.span.start as usize).checked_sub(offset)?;
    let before = text.get(..end)?;
    let start = before.trim_end_matches('\t').len();
    (start < end).then_some(start..end)
}

fn read(text: &str, offset: usize, schema: Schema, limits: Limits) -> Document {
    let mut builder = Builder::new(text, offset, schema, limits);
    // The parser takes a NUL byte for the end of its input and would drop what follows.
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let problem = ProblemKind::Syntax("a NUL byte is not allowed".to_owned());
        builder.problems.push(Problem { kind: problem, span: Span::new(offset + at, offset + at + 1) });
        return builder.finish(None);
    }
    let outcome = builder.run();
    let root = match outcome {
        Ok(root) => Some(root),
        Err(problem) => {
            builder.problems.push(problem);
            None
        }
    };
    builder.finish(root)
}

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

struct Builder<'a> {
    text: &'a str,
    offset: usize,
    schema: Schema,
    limits: Limits,
    index: CharIndex<'a>,
    stack: Vec<Open>,
    anchors: FxHashMap<usize, Anchor>,
    problems: Vec<Problem>,
    tags: Vec<(Span, String)>,
    nodes: usize,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, offset: usize, schema: Schema, limits: Limits) -> Self {
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

    fn finish(self, root: Option<Node>) -> Document {
        let span = Span::new(self.offset, self.offset + self.text.len());
        Document { span, root, problems: self.problems, tags: self.tags }
    }

    fn run(&mut self) -> Result<Node, Problem> {
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
        let start = after_properties(self.text, span.start as usize - self.offset, end - self.offset);
        Span::new(self.offset + start, span.end as usize)
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
            ProblemKind::Limit("lists and maps may nest 128 deep at most".to_owned())
        } else {
            ProblemKind::Syntax(info.to_owned())
        };
        Problem { kind, span: Span::new(self.offset + start, self.offset + start + length) }
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
        // Block scalars begin on the line after their header: the span is that of the text alone,
        // without the line ends and the indentation after it.
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            span = self.block(span, has_properties);
        }
        // The parser goes on to the end of the line when a comment follows the quotes.
        if matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
            span = self.quoted(span);
        }
        Node { span, value }
    }

    fn quoted(&self, span: Span) -> Span {
        let start = span.start as usize - self.offset;
        let text = self.text.get(start..span.end as usize - self.offset).unwrap_or("");
        let mut quote = None;
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            match quote {
                None => quote = Some(character),
                Some('"') if character == '\\' => drop(characters.next()),
                Some('\'') if character == '\'' && characters.next_if(|(_, next)| *next == '\'').is_some() => {}
                Some(quote) if character == quote => {
                    return Span::new(span.start as usize, span.start as usize + at + 1);
                }
                Some(_) => {}
            }
        }
        span
    }

    fn block(&self, span: Span, has_header: bool) -> Span {
        let (start, end) = (span.start as usize - self.offset, span.end as usize - self.offset);
        let text = self.text[start..end].trim_end();
        // With an anchor or a tag before it the header is still there.
        let header = if has_header { text.find('\n').unwrap_or(text.len()) } else { 0 };
        let begin = text.len() - text[header..].trim_start().len();
        Span::new(span.start as usize + begin, span.start as usize + text.len())
    }

    fn open(&mut self, at: ParserSpan, anchor: usize, is_map: bool, tag: Option<&Tag>) -> Result<(), Problem> {
        let span = self.span(at);
        let span = if anchor > 0 || tag.is_some() {
            self.without_properties(span, self.offset + self.text.len())
        } else {
            span
        };
        if self.stack.len() >= self.limits.depth {
            let kind = ProblemKind::Limit(format!("lists and maps may nest {} deep at most", self.limits.depth));
            return Err(Problem { kind, span: Span::new(span.start as usize, span.start as usize + 1) });
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
        let limit = |text: String| Problem { kind: ProblemKind::Limit(text), span };
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
                return Err(Problem { kind, span });
            }
        };
        let Some(anchor) = self.anchors.get_mut(&id) else { unreachable!("looked up above") };
        anchor.uses += 1;
        anchor.weight = weight_of_inner;
        if anchor.uses * anchor.weight > self.limits.aliases {
            return Err(limit("too many aliases: this looks like an attempt to use up the reader's memory".to_owned()));
        }
        let (node, size) = (anchor.node.clone(), anchor.size);
        self.count(size, span)?;
        // The value keeps its places: a finding in it points at where it is written.
        Ok(node)
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Problem> {
        self.nodes += nodes;
        if self.nodes > self.limits.nodes {
            let kind = ProblemKind::Limit(format!("a document may hold {} values", self.limits.nodes));
            return Err(Problem { kind, span });
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
                node.span = dash_before(self.text, self.offset, node.span);
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
                self.problems.push(Problem { kind, span: key_span });
            } else {
                parent.seen.insert(identity, key_span);
            }
        }
        parent.entries.push(Entry { key, key_span, value: node });
    }
}

/// The dash of an item that holds nothing; the span itself where there is none.
fn dash_before(text: &str, offset: usize, span: Span) -> Span {
    let before = text.get(..span.start as usize - offset).unwrap_or("").trim_end();
    if before.ends_with('-') { Span::new(offset + before.len() - 1, offset + before.len()) } else { span }
}

/// Where a value begins behind its anchor and its tag.
fn after_properties(text: &str, start: usize, end: usize) -> usize {
    let mut at = start;
    while let Some(rest) = text.get(at..end).filter(|rest| rest.starts_with(['&', '!'])) {
        let token = rest.find([' ', '\t', '\n', ',', ']', '}']).unwrap_or(rest.len());
        let mut after = rest[token..].trim_start();
        while after.starts_with('#') {
            after = after.find('\n').map_or("", |line| after[line..].trim_start());
        }
        at += rest.len() - after.len();
    }
    at
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

/// Leads the parser's character offsets to bytes: free for ASCII, else by a table of every 64th.
struct CharIndex<'a> {
    text: &'a str,
    table: Option<Vec<usize>>,
}

impl<'a> CharIndex<'a> {
    fn new(text: &'a str) -> Self {
        let table = (!text.is_ascii()).then(|| text.char_indices().step_by(64).map(|(at, _)| at).collect());
        Self { text, table }
    }

    fn byte(&self, character: usize) -> usize {
        let Some(table) = &self.table else { return character.min(self.text.len()) };
        let Some(&start) = table.get(character / 64) else { return self.text.len() };
        self.text[start..].char_indices().nth(character % 64).map_or(self.text.len(), |(at, _)| start + at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> Document {
        let mut documents = parse(text, Limits::default());
        assert_eq!(documents.len(), 1, "{text}");
        documents.remove(0)
    }

    fn slice(text: &str, span: Span) -> &str {
        &text[span.range()]
    }

    #[test]
    fn every_node_knows_its_place() {
        let text =
            "# ü\nmetadata:\n  name: shop # c\n  tags: [a, 'b c']\n  text: |\n    one\n    two\n\nspec: {owner: me}\n";
        let document = one(text);
        let root = document.root.unwrap();
        assert_eq!(slice(text, root.locate("/metadata/name", false)), "shop");
        assert_eq!(slice(text, root.locate("/metadata/name", true)), "name");
        assert_eq!(slice(text, root.locate("/metadata/tags", false)), "[a, 'b c']");
        assert_eq!(slice(text, root.locate("/metadata/tags/1", false)), "'b c'");
        assert_eq!(slice(text, root.locate("/metadata/text", false)), "one\n    two");
        assert_eq!(slice(text, root.locate("/spec/owner", false)), "me");
        assert_eq!(slice(text, root.locate("/spec/nothing", true)), "spec");
        assert_eq!(
            slice(text, root.locate("/metadata", false)),
            "name: shop # c\n  tags: [a, 'b c']\n  text: |\n    one\n    two"
        );
    }

    #[test]
    fn anchors_and_tags_are_no_part_of_a_value() {
        let text = "a: &x one\nb: !!str two\nc: &y\n  - &z !t three\n  - &w\nd: &v {k: 1}\ne: &u\n  k: 1\nf: !!map [1]\ng: &t |\n  !x\n&s h: 1\ni: >\n  | y\n";
        let root = one(text).root.unwrap();
        let shown = |pointer: &str| slice(text, root.locate(pointer, false));
        assert_eq!(["/a", "/b", "/c/0", "/d", "/e", "/f"].map(shown), ["one", "two", "three", "{k: 1}", "k: 1", "[1]"]);
        assert_eq!(["/g", "/i"].map(shown), ["!x", "| y"]);
        assert_eq!(slice(text, root.locate("/h", true)), "h");
        assert_eq!(shown("/c"), "- &z !t three\n  - &w");
    }

    #[test]
    fn tabs_may_stand_before_a_value() {
        let text = "a:\tb\nc: {d:\t\te}\nf: |\n  g:\th\n";
        let root = one(text).root.unwrap();
        assert_eq!(root.to_json().to_string(), r#"{"a":"b","c":{"d":"e"},"f":"g:\th\n"}"#);
        assert_eq!(slice(text, root.locate("/c/d", false)), "e");
    }

    #[test]
    fn keys_are_one_by_type_and_text() {
        assert!(one("1: a\n'1': b\n").problems.is_empty());
        assert!(one("? [a]\n: 1\n? [a]\n: 2\n").problems.is_empty());
        assert_eq!(one("1: a\n0x1: b\n").problems.len(), 1);
    }

    #[test]
    fn a_version_holds_until_another_is_asked_for() {
        let read = |text: &str| {
            let documents = parse(text, Limits::default());
            documents.into_iter().map(|document| document.root.unwrap().to_json().to_string()).collect::<Vec<_>>()
        };
        let text = "%YAML 1.1\n---\na: yes\n...\n---\na: no\n...\n%YAML 1.2\n---\na: no\n";
        assert_eq!(read(text), [r#"{"a":true}"#, r#"{"a":false}"#, r#"{"a":"no"}"#]);
        assert_eq!(read("a: |\n  x\n  %YAML 1.1\nb: yes\n"), [r#"{"a":"x\n%YAML 1.1\n","b":"yes"}"#]);
    }

    #[test]
    fn an_alias_points_at_what_it_stands_for() {
        let text = "b: &x {k: 1}\na: *x\n";
        let root = one(text).root.unwrap();
        assert_eq!(root.pointer("/a/k").unwrap().value, Value::Int(1));
        assert_eq!(slice(text, root.locate("/a/k", false)), "1");
    }

    #[test]
    fn problems_do_not_hide_what_can_be_read() {
        let text = "a: 1\na: 2\n---\nb: [\n---\nc: 1\n";
        let documents = parse(text, Limits::default());
        assert_eq!(documents.len(), 3);
        assert!(matches!(documents[0].problems[0].kind, ProblemKind::DuplicateKey { at_root: true, .. }));
        assert!(documents[1].root.is_none() && matches!(documents[1].problems[0].kind, ProblemKind::Syntax(_)));
        assert_eq!(documents[2].root.as_ref().unwrap().get("c").unwrap().value, Value::Int(1));
    }

    #[test]
    fn hostile_input_meets_a_limit() {
        let mut bomb = "a0: &a0 x\n".to_owned();
        for level in 1..9 {
            let uses = vec![format!("*a{}", level - 1); 9].join(",");
            bomb.push_str(&format!("a{level}: &a{level} [{uses}]\n"));
        }
        for text in [bomb, "[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000)] {
            let document = one(&text);
            assert!(document.root.is_none());
            assert!(!document.problems.is_empty());
        }
        let many = "---\na: 1\n".repeat(20_001);
        let documents = parse(&many, Limits::default());
        assert_eq!(documents.len(), 20_001);
        assert!(matches!(documents[20_000].problems[0].kind, ProblemKind::Limit(_)));
    }

    #[test]
    fn map_keys_are_printed_in_flow_style() {
        let root = one("a: {{ x }}").root.unwrap();
        assert_eq!(root.to_json().to_string(), r#"{"a":{"{ x }":null}}"#);
    }

    fn check_spans(node: &Node, length: usize) {
        assert!(node.span.start <= node.span.end && node.span.end as usize <= length);
        for item in node.items() {
            check_spans(item, length);
        }
        for entry in node.entries() {
            assert!(entry.key_span.end as usize <= length);
            check_spans(&entry.value, length);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic_and_spans_stay_inside(text in "([a-zé:\\-\\[\\]{}&*!|>'\"#%@` \t\n0-9.,?~\u{0}]|---\n|: |- |\n  ){0,60}") {
            for document in parse(&text, Limits::default()) {
                prop_assert!(document.root.is_some() || !document.problems.is_empty());
                for problem in &document.problems {
                    prop_assert!(text.get(problem.span.range()).is_some());
                }
                if let Some(root) = &document.root {
                    check_spans(root, text.len());
                }
            }
        }
    }
}
