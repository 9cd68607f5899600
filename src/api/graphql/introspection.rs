//! The answer to an introspection query as a type system: `{"data": {"__schema": …}}`, with or
//! without what is around it. Nothing in it has a place of its own.

use serde_json::Value as Json;

use crate::base::Span;

use super::types::{Applied, BUILT_IN, Field, Kind, Name, ROOTS, System, Type, TypeRef, Value};

/// How deep lists and marks may be nested.
const MAX_WRAPPERS: usize = 32;

/// Why a text is no answer to an introspection query, and where.
pub(super) struct Problem {
    pub(super) span: Span,
    pub(super) message: String,
}

/// Whether a text is JSON rather than the schema language.
pub(super) fn is_one(text: &str) -> bool {
    let rest = text.trim_start().strip_prefix('{').map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with('"'))
}

/// Reads it.
pub(super) fn read(text: &str) -> Result<System, Problem> {
    let root: Json = serde_json::from_str(text).map_err(|error| {
        let start = offset(text, error.line(), error.column());
        Problem { span: Span::new(start, (start + 1).min(text.len())), message: reason(&error) }
    })?;
    let missing = || Problem { span: Span::new(0, 1.min(text.len())), message: "it has no `__schema`".to_owned() };
    let schema = root.get("__schema").or_else(|| root.get("data")?.get("__schema")).ok_or_else(missing)?;
    let mut system = System::default();
    system.has_schema = true;
    system.description = text_of(schema, "description");
    for (operation, _) in ROOTS {
        if let Some(name) = schema.get(format!("{operation}Type")).and_then(|root| text_of(root, "name")) {
            system.roots.push((operation.to_owned(), named(name)));
        }
    }
    for item in list(schema, "types") {
        let name = text_of(item, "name").unwrap_or_default();
        if !name.starts_with("__") && !BUILT_IN.contains(&name.as_str()) {
            system.add(definition(item, name));
        }
    }
    for item in list(schema, "directives") {
        let name = text_of(item, "name").unwrap_or_default();
        if !["skip", "include", "deprecated", "specifiedBy", "oneOf"].contains(&name.as_str()) {
            let locations = list(item, "locations").iter().filter_map(Json::as_str).map(str::to_owned).collect();
            let repeatable = item.get("isRepeatable").and_then(Json::as_bool).unwrap_or(false);
            let directive = definition(item, name);
            system.add(Type { kind: Kind::Directive, locations, repeatable, ..directive });
        }
    }
    Ok(system)
}

/// Why, without the place.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(reason, _)| reason.to_owned())
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn definition(item: &Json, name: String) -> Type {
    let kind = match item.get("kind").and_then(Json::as_str) {
        Some("INTERFACE") => Kind::Interface,
        Some("UNION") => Kind::Union,
        Some("INPUT_OBJECT") => Kind::Input,
        Some("ENUM") => Kind::Enum,
        Some("SCALAR") => Kind::Scalar,
        _ => Kind::Object,
    };
    let names = |key: &str| list(item, key).iter().filter_map(|item| Some(named(text_of(item, "name")?))).collect();
    let mut directives = Vec::new();
    if let Some(url) = text_of(item, "specifiedByURL").or_else(|| text_of(item, "specifiedByUrl")) {
        directives.push(applied("specifiedBy", "url", url));
    }
    if item.get("isOneOf").and_then(Json::as_bool) == Some(true) {
        directives.push(Applied { name: named("oneOf".to_owned()), ..Applied::default() });
    }
    Type {
        kind,
        name: named(name),
        description: text_of(item, "description"),
        directives,
        implements: names("interfaces"),
        members: if kind == Kind::Union { names("possibleTypes") } else { Vec::new() },
        fields: ["fields", "inputFields", "args"].iter().flat_map(|key| list(item, key)).map(field).collect(),
        values: list(item, "enumValues").iter().map(value).collect(),
        ..Type::default()
    }
}

fn field(item: &Json) -> Field {
    let default = text_of(item, "defaultValue");
    let mut of = TypeRef::default();
    if let Some(written) = item.get("type") {
        type_ref(written, &mut of, 0);
    }
    Field {
        name: named(text_of(item, "name").unwrap_or_default()),
        description: text_of(item, "description"),
        directives: deprecation(item),
        of,
        arguments: list(item, "args").iter().map(field).collect(),
        // It is written in the schema language, of which JSON is a part.
        default: default.map(|text| serde_json::from_str(&text).unwrap_or(Json::String(text))),
    }
}

fn value(item: &Json) -> Value {
    Value {
        name: named(text_of(item, "name").unwrap_or_default()),
        description: text_of(item, "description"),
        directives: deprecation(item),
    }
}

fn type_ref(item: &Json, of: &mut TypeRef, depth: usize) {
    let inner = item.get("ofType").filter(|inner| inner.is_object() && depth < MAX_WRAPPERS);
    match (item.get("kind").and_then(Json::as_str), inner) {
        (Some("NON_NULL"), Some(inner)) => {
            type_ref(inner, of, depth + 1);
            of.text.push('!');
        }
        (Some("LIST"), Some(inner)) => {
            of.lists += 1;
            of.text.push('[');
            type_ref(inner, of, depth + 1);
            of.text.push(']');
        }
        _ => {
            of.name = named(text_of(item, "name").unwrap_or_default());
            of.text.push_str(&of.name.text);
        }
    }
}

fn deprecation(item: &Json) -> Vec<Applied> {
    if item.get("isDeprecated").and_then(Json::as_bool) != Some(true) {
        return Vec::new();
    }
    vec![applied("deprecated", "reason", text_of(item, "deprecationReason").unwrap_or_default())]
}

fn applied(name: &str, argument: &str, value: String) -> Applied {
    Applied {
        name: named(name.to_owned()),
        arguments: [(argument.to_owned(), Json::String(value))].into_iter().collect(),
    }
}

fn named(text: String) -> Name {
    Name { text, span: Span::default() }
}

fn text_of(item: &Json, key: &str) -> Option<String> {
    item.get(key).and_then(Json::as_str).map(str::to_owned)
}

fn list<'a>(item: &'a Json, key: &str) -> &'a [Json] {
    item.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}
