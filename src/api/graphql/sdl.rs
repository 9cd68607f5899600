//! GraphQL's schema language to a type system. The parser goes on after mistakes; so does this.
//! Walks the tree by the kinds of its nodes, since definitions and extensions differ in little
//! else. Comments are not descriptions.

use apollo_parser::cst::{CstNode, StringValue};
use apollo_parser::{Parser, SyntaxElement, SyntaxKind as K, SyntaxNode};
use serde_json::{Map, Value as Json};

use crate::base::Span;

use super::types::{Applied, Field, Kind, Name, System, Type, TypeRef, Value};

/// How deep types and values may be nested.
const MAX_DEPTH: usize = 64;

/// How often a text is read again without a line that cannot be read.
const MAX_PASSES: usize = 20;

/// How many bytes are read again in all.
const MAX_READ_AGAIN: usize = 8 * 1024 * 1024;

/// What the parser cannot read: where, and why.
pub(super) struct Mistake {
    pub(super) span: Span,
    pub(super) message: String,
    /// What stands there; empty at the end of the text.
    pub(super) found: String,
}

/// Reads a text. After a mistake the parser leaves the definition that it is in; so the text is read
/// again without the line of the mistake, and what is found then is added.
pub(super) fn read(text: &str) -> (System, Vec<Mistake>) {
    let (mut system, mut open) = parse(text);
    if open.is_empty() {
        return (system, open);
    }
    let mut mistakes = Vec::new();
    let mut patched = text.to_owned();
    for _ in 0..(MAX_READ_AGAIN / text.len().max(1)).clamp(1, MAX_PASSES) {
        let Some(first) = open.first() else { break };
        let Some((next, more, rest)) = without_line(&patched, first.span.start as usize) else { break };
        system.absorb(more);
        mistakes.push(open.swap_remove(0));
        (patched, open) = (next, rest);
    }
    system.without_untyped();
    // One mistake has many that follow from it: of those that are left, one for each definition.
    let mut reached = mistakes.last().map_or(0, |mistake| mistake.span.start as usize);
    for mistake in open {
        let at = mistake.span.start as usize;
        if mistakes.is_empty() || (at > reached && has_definition(text.get(reached..at).unwrap_or_default())) {
            reached = at;
            mistakes.push(mistake);
        }
    }
    (system, mistakes)
}

/// A text without the line of a mistake, or without the one before it, where that leads further.
fn without_line(text: &str, at: usize) -> Option<(String, System, Vec<Mistake>)> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let before = text[..start].trim_end().len();
    let before = (text[..before].rfind('\n').map_or(0, |end| end + 1), before);
    [(start, end), before].into_iter().filter(|(start, end)| start < end).find_map(|(start, end)| {
        let blanks = " ".repeat(end - start);
        let patched = [&text[..start], &blanks, &text[end..]].concat();
        let (system, open) = parse(&patched);
        let leads_on = open.first().is_none_or(|next| next.span.start as usize > at.max(end));
        leads_on.then_some((patched, system, open))
    })
}

/// Whether a definition begins in a text, at the beginning of a line.
fn has_definition(text: &str) -> bool {
    let words = ["type ", "interface ", "union ", "enum ", "input ", "scalar ", "directive ", "schema ", "extend "];
    text.lines().skip(1).any(|line| words.iter().any(|word| line.starts_with(word)))
}

fn parse(text: &str) -> (System, Vec<Mistake>) {
    let tree = Parser::new(text).recursion_limit(MAX_DEPTH).parse();
    let mistakes = tree.errors().map(|error| {
        let start = floor(text, error.index());
        let end = floor(text, start + error.data().len());
        Mistake { span: Span::new(start, end), message: error.message().to_owned(), found: error.data().to_owned() }
    });
    let mistakes = mistakes.collect();
    let mut system = System::default();
    for node in tree.document().syntax().children() {
        definition(&node, &mut system);
    }
    (system, mistakes)
}

/// The nearest beginning of a character that is not behind this one.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn definition(node: &SyntaxNode, system: &mut System) {
    let kind = match node.kind() {
        K::SCHEMA_DEFINITION | K::SCHEMA_EXTENSION => return schema(node, system),
        K::SCALAR_TYPE_DEFINITION | K::SCALAR_TYPE_EXTENSION => Kind::Scalar,
        K::OBJECT_TYPE_DEFINITION | K::OBJECT_TYPE_EXTENSION => Kind::Object,
        K::INTERFACE_TYPE_DEFINITION | K::INTERFACE_TYPE_EXTENSION => Kind::Interface,
        K::UNION_TYPE_DEFINITION | K::UNION_TYPE_EXTENSION => Kind::Union,
        K::ENUM_TYPE_DEFINITION | K::ENUM_TYPE_EXTENSION => Kind::Enum,
        K::INPUT_OBJECT_TYPE_DEFINITION | K::INPUT_OBJECT_TYPE_EXTENSION => Kind::Input,
        K::DIRECTIVE_DEFINITION => Kind::Directive,
        _ => return,
    };
    let extends = node.children_with_tokens().any(|child| child.kind() == K::extend_KW);
    let mut new = Type { kind, extends, ..Type::default() };
    for child in node.children() {
        match child.kind() {
            K::NAME => new.name = name(&child),
            K::DESCRIPTION => new.description = description(&child),
            K::DIRECTIVES => new.directives = directives(&child),
            K::IMPLEMENTS_INTERFACES => new.implements = named_types(&child),
            K::UNION_MEMBER_TYPES => new.members = named_types(&child),
            K::FIELDS_DEFINITION | K::INPUT_FIELDS_DEFINITION | K::ARGUMENTS_DEFINITION => new.fields = fields(&child),
            K::ENUM_VALUES_DEFINITION => new.values = child.children().filter_map(|child| value(&child)).collect(),
            K::DIRECTIVE_LOCATIONS => new.locations = child.children().map(|child| written(&child)).collect(),
            _ => {}
        }
    }
    new.repeatable = node.children_with_tokens().any(|child| child.kind() == K::repeatable_KW);
    if !new.name.text.is_empty() {
        system.add(new);
    }
}

fn schema(node: &SyntaxNode, system: &mut System) {
    system.has_schema |= node.kind() == K::SCHEMA_DEFINITION;
    for child in node.children() {
        match child.kind() {
            K::DESCRIPTION => system.description = system.description.take().or(description(&child)),
            K::DIRECTIVES => system.directives.extend(directives(&child)),
            K::ROOT_OPERATION_TYPE_DEFINITION => {
                let operation = child.children().find(|child| child.kind() == K::OPERATION_TYPE);
                let named = named_types(&child).into_iter().next();
                if let (Some(operation), Some(named)) = (operation, named) {
                    system.roots.push((written(&operation), named));
                }
            }
            _ => {}
        }
    }
}

fn fields(node: &SyntaxNode) -> Vec<Field> {
    node.children().filter_map(|child| field(&child)).collect()
}

fn field(node: &SyntaxNode) -> Option<Field> {
    if !matches!(node.kind(), K::FIELD_DEFINITION | K::INPUT_VALUE_DEFINITION) {
        return None;
    }
    let mut field = Field::default();
    for child in node.children() {
        match child.kind() {
            K::NAME => field.name = name(&child),
            K::DESCRIPTION => field.description = description(&child),
            K::DIRECTIVES => field.directives = directives(&child),
            K::ARGUMENTS_DEFINITION => field.arguments = fields(&child),
            K::NAMED_TYPE | K::LIST_TYPE | K::NON_NULL_TYPE => {
                type_ref(&child, &mut field.of, 0);
            }
            K::DEFAULT_VALUE => field.default = child.children().find_map(|child| json(&child, 0)),
            _ => {}
        }
    }
    (!field.name.text.is_empty()).then_some(field)
}

fn value(node: &SyntaxNode) -> Option<Value> {
    let mut value = Value::default();
    for child in node.children() {
        match child.kind() {
            K::ENUM_VALUE => value.name = child.children().next().map(|child| name(&child))?,
            K::DESCRIPTION => value.description = description(&child),
            K::DIRECTIVES => value.directives = directives(&child),
            _ => {}
        }
    }
    (!value.name.text.is_empty()).then_some(value)
}

fn type_ref(node: &SyntaxNode, of: &mut TypeRef, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match node.kind() {
        K::NAMED_TYPE => {
            of.name = node.children().next().map(|child| name(&child)).unwrap_or_default();
            of.text.push_str(&of.name.text);
        }
        K::LIST_TYPE => {
            of.lists += 1;
            of.text.push('[');
            node.children().for_each(|child| type_ref(&child, of, depth + 1));
            of.text.push(']');
        }
        K::NON_NULL_TYPE => {
            node.children().for_each(|child| type_ref(&child, of, depth + 1));
            of.text.push('!');
        }
        _ => {}
    }
}

fn named_types(node: &SyntaxNode) -> Vec<Name> {
    let names = node.children().filter(|child| child.kind() == K::NAMED_TYPE);
    names.filter_map(|child| child.children().next().map(|child| name(&child))).collect()
}

fn directives(node: &SyntaxNode) -> Vec<Applied> {
    let directive = |node: SyntaxNode| {
        let mut applied = Applied::default();
        for child in node.children() {
            match child.kind() {
                K::NAME => applied.name = name(&child),
                K::ARGUMENTS => applied.arguments = pairs(&child, 0),
                _ => {}
            }
        }
        applied
    };
    node.children().filter(|child| child.kind() == K::DIRECTIVE).map(directive).collect()
}

/// Arguments, or the fields of an object.
fn pairs(node: &SyntaxNode, depth: usize) -> Map<String, Json> {
    let pair = |node: SyntaxNode| {
        let key = node.children().find(|child| child.kind() == K::NAME)?;
        let value = node.children().filter(|child| child.kind() != K::NAME).find_map(|child| json(&child, depth + 1));
        Some((written(&key), value.unwrap_or_default()))
    };
    node.children().filter_map(pair).collect()
}

/// A constant. Values of enumerations become texts.
fn json(node: &SyntaxNode, depth: usize) -> Option<Json> {
    if depth > MAX_DEPTH {
        return None;
    }
    Some(match node.kind() {
        K::STRING_VALUE => Json::String(text(node)?),
        K::INT_VALUE | K::FLOAT_VALUE => {
            let written = written(node);
            serde_json::from_str(&written).unwrap_or(Json::String(written))
        }
        K::BOOLEAN_VALUE => Json::Bool(written(node) == "true"),
        K::NULL_VALUE => Json::Null,
        K::ENUM_VALUE => Json::String(written(node)),
        K::VARIABLE => Json::String(written(node)),
        K::LIST_VALUE => node.children().filter_map(|child| json(&child, depth + 1)).collect(),
        K::OBJECT_VALUE => Json::Object(pairs(node, depth)),
        _ => return None,
    })
}

fn description(node: &SyntaxNode) -> Option<String> {
    node.children().find_map(|child| text(&child)).filter(|text| !text.trim().is_empty())
}

/// The value of a string.
fn text(node: &SyntaxNode) -> Option<String> {
    let value = StringValue::cast(node.clone())?;
    let written = written(node);
    let quotes = if written.starts_with("\"\"\"") { 6 } else { 2 };
    // The parser promises as much; a string without an end must not end this.
    (written.len() >= quotes).then(|| String::from(value))
}

fn name(node: &SyntaxNode) -> Name {
    let token = node.children_with_tokens().filter_map(SyntaxElement::into_token).find(|token| !is_blank(token.kind()));
    token.map_or_else(Name::default, |token| {
        let range = token.text_range();
        Name { text: token.text().to_owned(), span: Span::new(range.start().into(), range.end().into()) }
    })
}

fn is_blank(kind: K) -> bool {
    matches!(kind, K::WHITESPACE | K::COMMENT | K::COMMA)
}

/// The text of a node without blanks and comments.
fn written(node: &SyntaxNode) -> String {
    let tokens = node.descendants_with_tokens().filter_map(SyntaxElement::into_token);
    tokens.filter(|token| !is_blank(token.kind())).map(|token| token.text().to_owned()).collect()
}
