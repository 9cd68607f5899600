//! A stream to documents. Never fails: what is wrong becomes a [`Problem`], and the limits keep
//! hostile input from costing more than it weighs.

use crate::base::Span;

use super::builder::Builder;
use super::scalar::Schema;
use super::tree::{Node, Value};
use super::{conflicts, faults, split};

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
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl Problem {
    /// A problem without advice.
    pub(super) fn new(kind: ProblemKind, span: Span) -> Self {
        Self { kind, span, help: None }
    }
}

/// What can be wrong in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// It does not follow the grammar; what is wrong with it.
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
            documents.push(Document { span, root: None, problems: vec![Problem::new(kind, span)], tags: Vec::new() });
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
    match read_value(text, limits) {
        (Some(root), None) => Ok(root),
        (_, Some(problem)) => Err(problem),
        (None, None) => Ok(Node { span: Span::default(), value: Value::Null }),
    }
}

/// Reads a text that holds one value, with the first thing that is wrong with it. There may be a
/// tree all the same, where a key stands twice.
pub fn read_value(text: &str, limits: Limits) -> (Option<Node>, Option<Problem>) {
    let mut documents = parse(text, limits);
    if documents.len() > 1 {
        let kind = ProblemKind::Syntax(format!("expected exactly one document, found {}", documents.len()));
        let start = documents[1].span.start as usize;
        return (None, Some(Problem::new(kind, Span::new(start, start + 3))));
    }
    documents.pop().map_or((None, None), |document| (document.root, document.problems.into_iter().next()))
}

/// How many bytes are read again for tabs that the parser stumbles over.
const MOST_READ_AGAIN: usize = 8 * 1024 * 1024;

fn document(text: &str, offset: usize, schema: Schema, limits: Limits) -> Document {
    if let Some(mark) = conflicts::whole(text) {
        let problems = vec![told(faults::conflict(mark), offset)];
        return Document { span: Span::new(offset, offset + text.len()), root: None, problems, tags: Vec::new() };
    }
    let mut document = read_with_tabs(text, offset, schema, limits);
    if let Some(problem) = document.problems.last_mut().filter(|_| document.root.is_none())
        && let ProblemKind::Syntax(reason) = &problem.kind
        && let (Some(start), Some(end)) =
            ((problem.span.start as usize).checked_sub(offset), (problem.span.end as usize).checked_sub(offset))
    {
        *problem = told(faults::explain(text, start..end, reason), offset);
    }
    document
}

fn told(fault: faults::Fault, offset: usize) -> Problem {
    Problem {
        kind: ProblemKind::Syntax(fault.message),
        span: Span::new(offset + fault.range.start, offset + fault.range.end),
        help: fault.help,
    }
}

fn read_with_tabs(text: &str, offset: usize, schema: Schema, limits: Limits) -> Document {
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
        builder.problems.push(Problem::new(problem, Span::new(offset + at, offset + at + 1)));
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

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
