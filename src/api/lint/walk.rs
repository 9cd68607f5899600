//! One walk over a definition along its grammar: every object once, however many references lead
//! to it, with what it is and whose part it is. Reports nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::Span;
use crate::refs::{At, DocumentId, Documents, reference};
use crate::yaml::{Entry, Node, Value};

use super::grammar::{Grammar, Of, Shape, Type};

/// Most objects of one definition that are looked at.
pub(super) const MOST_PARTS: usize = 1_000_000;

/// An object of a definition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// What it is.
    pub(super) kind: &'static str,
    /// The object itself, where references have led.
    pub(super) at: At<'a>,
    /// The field of its parent that holds it.
    pub(super) field: &'static str,
    /// Its key; empty in a list.
    pub(super) key: &'a str,
    /// The document that its key, or the reference to it, stands in.
    pub(super) from: DocumentId,
    /// Where its key stands; in a list, where it does.
    pub(super) named: Span,
    /// Whether it was found by a reference.
    pub(super) referred: bool,
    /// What it is part of.
    pub(super) parent: Option<usize>,
}

/// All objects of a definition, parents before their children.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    all: Vec<Part<'a>>,
    by_kind: FxHashMap<&'static str, Vec<usize>>,
    /// Whether there were more.
    pub(super) cut: bool,
}

impl<'a> Parts<'a> {
    /// Finds the parts of a definition.
    pub(super) fn of(documents: &'a Documents, grammar: &Grammar, minor: u8) -> Self {
        let mut walk =
            Walk { documents, grammar, minor, seen: FxHashSet::default(), open: Vec::new(), parts: Self::default() };
        let root = documents.root();
        let whole = Part {
            kind: "Root",
            at: root,
            field: "",
            key: "",
            from: 0,
            named: root.node.span,
            referred: false,
            parent: None,
        };
        walk.open.push(whole);
        walk.run();
        walk.parts
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Part<'a>> {
        self.all.iter()
    }

    /// Those of a kind, in the order of the definition.
    pub(super) fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Part<'a>> {
        self.by_kind.get(kind).into_iter().flatten().map(|&at| &self.all[at])
    }

    /// What a part is part of.
    pub(super) fn parent(&self, part: &Part<'a>) -> Option<&Part<'a>> {
        part.parent.map(|at| &self.all[at])
    }

    /// The parts that hold a part, the nearest first.
    pub(super) fn above(&self, part: &Part<'a>) -> impl Iterator<Item = &Part<'a>> {
        std::iter::successors(self.parent(part), |part| self.parent(part))
    }
}

struct Walk<'a, 'g> {
    documents: &'a Documents,
    grammar: &'g Grammar,
    minor: u8,
    seen: FxHashSet<(DocumentId, usize, &'static str)>,
    /// What is still to be looked at; a stack, because references nest deeper than calls may.
    open: Vec<Part<'a>>,
    parts: Parts<'a>,
}

impl<'a> Walk<'a, '_> {
    fn run(&mut self) {
        while let Some(mut part) = self.open.pop() {
            if reference(part.at.node).is_some() {
                // What stands beside a reference to a path counts too.
                if part.kind == "PathItem"
                    || (part.kind == "Schema" && self.grammar.kind("Schema").is_some_and(|kind| kind.open))
                {
                    self.visit(part);
                }
                let Ok(found) = self.documents.follow(part.at) else { continue };
                part.referred = true;
                part.at = found;
            }
            self.visit(part);
        }
    }

    fn visit(&mut self, part: Part<'a>) {
        let address = std::ptr::from_ref(part.at.node) as usize;
        if !part.at.node.is_map() || !self.seen.insert((part.at.document, address, part.kind)) {
            return;
        }
        if self.parts.all.len() >= MOST_PARTS {
            self.parts.cut = true;
            return;
        }
        let index = self.parts.all.len();
        self.parts.all.push(part);
        self.parts.by_kind.entry(part.kind).or_default().push(index);
        let Some(kind) = self.grammar.kind(part.kind) else { return };
        let from = self.open.len();
        for entry in part.at.node.entries() {
            let field = kind.fields.iter().find(|field| field.name == &*entry.key && field.since <= self.minor);
            match (field, kind.others) {
                (Some(field), _) => self.children(&part, index, field.name, field.holds, entry),
                (None, Some(holds)) if !entry.key.starts_with("x-") => {
                    self.one(&part, index, "", holds, (&entry.key, entry.key_span), &entry.value);
                }
                _ => {}
            }
        }
        self.open[from..].reverse();
    }

    fn children(&mut self, part: &Part<'a>, index: usize, field: &'static str, holds: Type, entry: &'a Entry) {
        match (holds.shape, &entry.value.value) {
            (Shape::One, _) => self.one(part, index, field, holds, (&entry.key, entry.key_span), &entry.value),
            (Shape::List, Value::List(items)) => {
                for item in items {
                    self.one(part, index, field, holds, ("", item.span), item);
                }
            }
            (Shape::Map, Value::Map(entries)) => {
                for inner in entries {
                    self.one(part, index, field, holds, (&inner.key, inner.key_span), &inner.value);
                }
            }
            _ => {}
        }
    }

    fn one(
        &mut self,
        part: &Part<'a>,
        index: usize,
        field: &'static str,
        holds: Type,
        (key, named): (&'a str, Span),
        node: &'a Node,
    ) {
        let Of::Kind(name) = holds.of else { return };
        let (kind, node) = match (name, &node.value) {
            ("Items", Value::List(items)) => {
                for item in items {
                    self.one(
                        part,
                        index,
                        field,
                        Type { shape: Shape::One, of: Of::Kind("Schema") },
                        ("", item.span),
                        item,
                    );
                }
                return;
            }
            ("Items" | "SchemaOrBool", _) => ("Schema", node),
            ("Payload", _) => match payload(part.at.node, node) {
                Some(schema) => ("Schema", schema),
                None => return,
            },
            _ => (name, node),
        };
        self.open.push(Part {
            kind,
            at: At { document: part.at.document, node },
            field,
            key,
            from: part.at.document,
            named,
            referred: false,
            parent: Some(index),
        });
    }
}

/// The schema of a payload, where it is one that is understood here.
pub(super) fn payload<'a>(message: &Node, payload: &'a Node) -> Option<&'a Node> {
    let understood = |format: &str| {
        format.contains("vnd.aai.asyncapi") || format.contains("schema+json") || format.contains("schema+yaml")
    };
    // AsyncAPI 3 puts the format beside the schema, AsyncAPI 2 beside the payload.
    if let (Some(format), Some(schema)) = (payload.get("schemaFormat"), payload.get("schema")) {
        return format.as_str().is_some_and(understood).then_some(schema);
    }
    let format = message.get("schemaFormat").and_then(Node::as_str);
    format.is_none_or(understood).then_some(payload)
}
