//! How to call an operation: a document with variables for its arguments and a selection that is
//! deep enough to be useful, the variables, and an answer of that form. All of it is made from the
//! types alone, is the same each time, and has limits, because types lead to each other in circles.

use serde_json::{Map, Value as Json, json};

use super::super::model::{Example, Sample};
use super::types::{Field, Kind, System, Type, TypeRef};

/// Most lines of a selection.
const MAX_LINES: usize = 40;
/// Most values without fields that are taken from one type.
const MAX_LEAVES: usize = 8;
/// Most fields with fields that are taken from one type.
const MAX_NESTED: usize = 3;
/// How deep a selection goes; one more where the type is a list's way to its nodes.
const MAX_DEPTH: usize = 2;
/// Most members of a union that are looked into.
const MAX_MEMBERS: usize = 3;
/// How deep the values of inputs go.
const MAX_INPUT_DEPTH: usize = 4;
/// Most fields of one input that are not required.
const MAX_OPTIONAL: usize = 12;

/// How long arguments may be to stand in one line.
const MAX_LINE: usize = 54;

/// Makes samples for the operations of a type system.
pub(super) struct Sampler<'a> {
    system: &'a System,
}

/// A selection while it is written.
#[derive(Default)]
struct Selection<'a> {
    text: String,
    lines: usize,
    /// The types that it is in.
    around: Vec<&'a str>,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(system: &'a System) -> Self {
        Self { system }
    }

    /// The samples of an operation, and an example of its answer.
    pub(super) fn operation(&self, verb: &str, field: &'a Field) -> (Vec<Sample>, Vec<Example>) {
        let name = &field.name.text;
        let declared: Vec<String> =
            field.arguments.iter().map(|argument| format!("${}: {}", argument.name.text, argument.of.text)).collect();
        let passed: Vec<String> =
            field.arguments.iter().map(|argument| format!("{0}: ${0}", argument.name.text)).collect();
        let mut selection = Selection::default();
        let answer = self.selected(&field.of, &field.name.text, 1, &mut selection);
        let document = format!(
            "{verb} {}{} {{\n  {name}{}{}\n}}\n",
            capital(name),
            in_brackets(&declared, "  ", ""),
            in_brackets(&passed, "    ", "  "),
            selection.text
        );
        let mut samples = vec![sample("GraphQL", "graphql", document)];
        if !field.arguments.is_empty() {
            samples.push(sample("Variables", "json", pretty(&self.variables(&field.arguments))));
        }
        let answer = json!({ "data": { name.as_str(): answer } });
        let example = Example { text: pretty(&answer), language: "json", generated: true, ..Example::default() };
        (samples, vec![example])
    }

    /// Values for arguments: what is required, what has a default, and the size of pages.
    fn variables(&self, arguments: &[Field]) -> Json {
        let value = |argument: &Field| {
            let is_size = ["first", "limit", "take", "size", "pageSize", "perPage"].contains(&&*argument.name.text);
            match &argument.default {
                Some(default) => default.clone(),
                None if argument.of.is_required() => self.input(&argument.of, &argument.name.text, 0),
                None if is_size && argument.of.name.text == "Int" => json!(10),
                None => Json::Null,
            }
        };
        arguments.iter().map(|argument| (argument.name.text.clone(), value(argument))).collect::<Map<_, _>>().into()
    }

    /// A value that may be sent.
    fn input(&self, of: &TypeRef, name: &str, depth: usize) -> Json {
        let value = match self.system.get(&of.name.text) {
            Some(input) if input.kind == Kind::Input => self.input_object(input, depth),
            _ => self.leaf(&of.name.text, name),
        };
        (0..of.lists.min(4)).fold(value, |value, _| json!([value]))
    }

    fn input_object(&self, input: &Type, depth: usize) -> Json {
        let one_of = input.directives.iter().any(|applied| applied.name.text == "oneOf");
        let mut fields = Map::new();
        let mut optional = 0;
        for field in &input.fields {
            let required = field.of.is_required() && field.default.is_none();
            let is_object = self.system.get(&field.of.name.text).is_some_and(|of| of.kind == Kind::Input);
            let deprecated = field.directives.iter().any(|applied| applied.name.text == "deprecated");
            // What is optional is shown where it is short, and one of several is the first.
            let wanted = if one_of { fields.is_empty() } else { required || (depth == 0 && !is_object && !deprecated) };
            if !wanted || depth >= MAX_INPUT_DEPTH || (!required && optional >= MAX_OPTIONAL) {
                continue;
            }
            optional += usize::from(!required);
            let value = match &field.default {
                Some(default) => default.clone(),
                None => self.input(&field.of, &field.name.text, depth + 1),
            };
            fields.insert(field.name.text.clone(), value);
        }
        fields.into()
    }

    /// Writes the selection of a type, if it has one, and gives what comes back for it.
    fn selected(&self, of: &TypeRef, name: &str, depth: usize, out: &mut Selection<'a>) -> Json {
        let value = match self.system.get(&of.name.text) {
            Some(found) if matches!(found.kind, Kind::Object | Kind::Interface | Kind::Union) => {
                out.text.push_str(" {\n");
                let value = self.object(found, depth, out);
                out.text.push_str(&"  ".repeat(depth));
                out.text.push('}');
                value
            }
            _ => self.leaf(&of.name.text, name),
        };
        (0..of.lists.min(4)).fold(value, |value, _| json!([value]))
    }

    fn object(&self, of: &'a Type, depth: usize, out: &mut Selection<'a>) -> Json {
        let mut answer = Map::new();
        out.around.push(&of.name.text);
        let usable = of.fields.iter().filter(|field| {
            let required = |argument: &Field| argument.of.is_required() && argument.default.is_none();
            !field.arguments.iter().any(required)
                && !field.directives.iter().any(|applied| applied.name.text == "deprecated")
        });
        let (nested, leaves): (Vec<&'a Field>, Vec<&'a Field>) = usable.partition(|field| self.has_fields(&field.of));
        for field in leaves.into_iter().take(MAX_LEAVES) {
            self.select(field, depth, out, &mut answer);
        }
        let mut taken = 0;
        for field in nested {
            // The way from a connection to its nodes is as good as none.
            let is_way = matches!(field.name.text.as_str(), "edges" | "node" | "nodes" | "pageInfo");
            let deep = depth >= MAX_DEPTH + usize::from(is_way) * 2;
            if deep || taken >= MAX_NESTED || out.around.contains(&field.of.name.text.as_str()) {
                continue;
            }
            // Nodes can be had with and without edges.
            if field.name.text == "nodes" && answer.contains_key("edges") {
                continue;
            }
            taken += 1;
            self.select(field, depth, out, &mut answer);
        }
        self.members(of, depth, out, &mut answer);
        if answer.is_empty() {
            line(out, depth, "__typename");
            answer.insert("__typename".to_owned(), json!(of.name.text));
        }
        out.around.pop();
        answer.into()
    }

    fn select(&self, field: &'a Field, depth: usize, out: &mut Selection<'a>, answer: &mut Map<String, Json>) {
        if out.lines >= MAX_LINES {
            return;
        }
        out.lines += 1;
        out.text.push_str(&"  ".repeat(depth + 1));
        out.text.push_str(&field.name.text);
        let value = self.selected(&field.of, &field.name.text, depth + 1, out);
        out.text.push('\n');
        answer.insert(field.name.text.clone(), value);
    }

    /// The members of a union: what comes back is the first of them.
    fn members(&self, of: &'a Type, depth: usize, out: &mut Selection<'a>, answer: &mut Map<String, Json>) {
        for (at, member) in of.members.iter().take(MAX_MEMBERS).enumerate() {
            let Some(member) = self.system.get(&member.text).filter(|member| member.kind == Kind::Object) else {
                continue;
            };
            if at == 0 {
                line(out, depth, "__typename");
                answer.insert("__typename".to_owned(), json!(member.name.text));
            }
            if out.lines >= MAX_LINES || depth > MAX_DEPTH || out.around.contains(&member.name.text.as_str()) {
                continue;
            }
            line(out, depth, &format!("... on {} {{", member.name.text));
            let value = self.object(member, depth + 1, out);
            line(out, depth, "}");
            if let (0, Json::Object(fields)) = (at, value) {
                answer.extend(fields);
            }
        }
    }

    fn has_fields(&self, of: &TypeRef) -> bool {
        let found = self.system.get(&of.name.text);
        found.is_some_and(|found| matches!(found.kind, Kind::Object | Kind::Interface | Kind::Union))
    }

    /// A value without fields. Own scalars are guessed by their names.
    fn leaf(&self, of: &str, name: &str) -> Json {
        match of {
            "Int" => json!(1),
            "Float" => json!(1.5),
            "Boolean" => json!(true),
            "ID" => json!("1"),
            "String" => json!(name),
            _ => match self.system.get(of) {
                Some(found) if found.kind == Kind::Enum => {
                    found.values.first().map_or(Json::Null, |value| json!(value.name.text))
                }
                Some(found) if found.kind == Kind::Scalar => scalar(of),
                _ => Json::Null,
            },
        }
    }
}

fn scalar(name: &str) -> Json {
    let lower = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&["datetime", "timestamp"]) {
        json!("2026-01-31T12:00:00Z")
    } else if has(&["date"]) {
        json!("2026-01-31")
    } else if has(&["time"]) {
        json!("12:00:00Z")
    } else if has(&["uri", "url"]) {
        json!("https://example.org")
    } else if has(&["email"]) {
        json!("someone@example.org")
    } else if has(&["uuid", "guid"]) {
        json!("123e4567-e89b-12d3-a456-426614174000")
    } else if has(&["json", "map", "object"]) {
        json!({})
    } else if has(&["int", "long"]) {
        json!(1)
    } else if has(&["decimal", "float", "money", "number"]) {
        json!("1.50")
    } else {
        json!(name)
    }
}

fn line(out: &mut Selection<'_>, depth: usize, text: &str) {
    out.lines += 1;
    out.text.push_str(&"  ".repeat(depth + 1));
    out.text.push_str(text);
    out.text.push('\n');
}

/// In one line where it is short.
fn in_brackets(items: &[String], indent: &str, end: &str) -> String {
    let length: usize = items.iter().map(String::len).sum();
    match items {
        [] => String::new(),
        _ if length <= MAX_LINE => format!("({})", items.join(", ")),
        _ => {
            let lines: String = items.iter().map(|item| format!("{indent}{item}\n")).collect();
            format!("(\n{lines}{end})")
        }
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn sample(title: &str, language: &str, text: String) -> Sample {
    Sample { title: title.to_owned(), language: language.to_owned(), text }
}

fn pretty(value: &Json) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
