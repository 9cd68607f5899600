//! Fills in templates as the scaffolder does. The one file beside the site's themes that names the
//! template engine: its dialect is near enough to the scaffolder's, and what differs is bent here
//! (how values are printed, `===`, methods of texts) or refused. Nothing is run and nothing is
//! read; fuel and sizes have limits. A refusal says nothing about the template.

use std::io::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Rest, Serde, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};
use serde_json::{Map, Value as Json};

use crate::model::{Context, EntityRef};
use crate::parse::expression::{Expressions, Marks, expressions};

/// Steps of the engine for one text.
const FUEL: u64 = 50_000;

/// Largest result, in bytes.
const MOST_OUTPUT: usize = 256 * 1024;

/// Largest text that a part of an expression may make, in bytes: many parts may be put together.
const MOST_PART: usize = 16 * 1024;

/// Largest template, in bytes.
const MOST_TEMPLATE: usize = 64 * 1024;

/// Filters that mean here what they mean there.
const FILTERS: &[&str] = &[
    "capitalize",
    "d",
    "default",
    "dump",
    "first",
    "join",
    "jsonify",
    "last",
    "length",
    "lower",
    "parseEntityRef",
    "parseRepoUrl",
    "pick",
    "projectSlug",
    "replace",
    "safe",
    "title",
    "trim",
    "upper",
];

/// Tags that mean here what they mean there, and that cannot make a short text a very long one.
const TAGS: &[&str] = &["if", "elif", "else", "endif", "for", "endfor", "raw", "endraw"];

/// Why a text was not filled in, in the engine's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

/// Whether a text of unknown origin can be filled in without surprises.
pub(super) fn is_within_bounds(found: &Expressions, text: &str) -> bool {
    text.len() <= MOST_TEMPLATE
        && found.faults.is_empty()
        && !found.cut
        && !found.multiplies
        && found.filters.iter().all(|filter| FILTERS.contains(&filter.name.as_str()))
        && found.tags.iter().all(|tag| TAGS.contains(&tag.name.as_str()))
}

/// Fills in a text of a step: a single expression keeps its type, anything else becomes text.
/// `None` stands for a value that is not there.
pub fn render_value(template: &str, context: &Json) -> Result<Option<Json>, Refused> {
    let found = expressions(template, Marks::Scaffolder);
    let single = template.trim().strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}"));
    if let Some(inner) = single.filter(|_| found.outputs == 1 && found.tags.is_empty()) {
        let inner = with_plain_signs(inner, &expressions(template.trim(), Marks::Scaffolder), "${{".len());
        let environment = environment(Marks::Scaffolder, false);
        let expression = environment.compile_expression_owned(inner).map_err(refused)?;
        let value = expression.eval(Value::from(Serde(context))).map_err(refused)?;
        return if value.is_undefined() { Ok(None) } else { to_json(&value).map(Some).map_err(refused) };
    }
    render(template, context, Marks::Scaffolder, false).map(|text| Some(Json::String(text)))
}

/// Fills in a text.
pub(super) fn render(template: &str, context: &Json, marks: Marks, trim: bool) -> Result<String, Refused> {
    let found = expressions(template, marks);
    let template = with_plain_signs(template, &found, 0);
    let environment = environment(marks, trim);
    let parsed = environment.template_from_str(&template).map_err(refused)?;
    let mut out = Limited(Vec::new());
    parsed.render_captured_to(Value::from(Serde(context)), &mut out).map_err(refused)?;
    String::from_utf8(out.0).map_err(|error| Refused(error.to_string()))
}

/// A writer that refuses more than a page of text should have.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_OUTPUT {
            return Err(std::io::Error::other("the result is too long"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[allow(clippy::needless_pass_by_value)]
fn refused(error: Error) -> Refused {
    Refused(error.to_string())
}

/// The text with `===` and `!==` as the engine has them. `at` is where the text begins in the one
/// that was read.
fn with_plain_signs(text: &str, found: &Expressions, at: usize) -> String {
    let mut out = text.to_owned();
    for sign in &found.strict_signs {
        if let Some(span) =
            sign.start.checked_sub(at).map(|start| start..start + 3).filter(|span| span.end <= out.len())
        {
            let plain = if out[span.clone()].starts_with('!') { "!= " } else { "== " };
            out.replace_range(span, plain);
        }
    }
    out
}

fn environment(marks: Marks, trim: bool) -> Environment<'static> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .block_delimiters("{%", "%}")
        .variable_delimiters(marks.open(), "}}")
        .comment_delimiters("{#", "#}")
        .keep_trailing_newline(true)
        .trim_blocks(trim)
        .build();
    if let Ok(syntax) = syntax {
        environment.set_syntax(syntax);
    }
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(50);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_formatter(print);
    environment.set_unknown_method_callback(method);
    environment.add_filter("dump", dump);
    environment.add_filter("jsonify", dump);
    environment.add_filter("replace", replace);
    environment.add_filter("join", join);
    environment.add_filter("pick", pick);
    environment.add_filter("parseRepoUrl", |url: &str| parse_repo_url(url).map(|parts| Value::from(Serde(parts))));
    environment.add_filter("projectSlug", |url: &str| {
        parse_repo_url(url)
            .map(|parts| ["owner", "repo"].map(|key| parts[key].as_str().unwrap_or("").to_owned()).join("/"))
    });
    environment.add_filter("parseEntityRef", parse_entity_ref);
    environment
}

/// Prints a value as JavaScript does: nothing for what is not there.
fn print(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    out.write_str(&as_text(value)?).map_err(Error::from)
}

fn as_text(value: &Value) -> Result<String, Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(String::new());
    }
    Ok(match to_json(value)? {
        Json::String(text) => text,
        Json::Array(items) => {
            let items: Result<Vec<String>, Error> =
                items.iter().map(|item| as_text(&Value::from(Serde(item)))).collect();
            items?.join(",")
        }
        Json::Object(_) => "[object Object]".to_owned(),
        other => other.to_string(),
    })
}

fn to_json(value: &Value) -> Result<Json, Error> {
    serde_json::to_value(value).map_err(|error| wrong(error.to_string()))
}

fn wrong(detail: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, detail.into())
}

#[allow(clippy::needless_pass_by_value)]
fn dump(value: &Value, indent: Rest<Value>) -> Result<Value, Error> {
    if value.is_undefined() {
        return Ok(Value::UNDEFINED);
    }
    let json = to_json(value)?;
    let text = if indent.is_empty() { serde_json::to_string(&json) } else { serde_json::to_string_pretty(&json) };
    text.map(Value::from).map_err(|error| wrong(error.to_string()))
}

fn replace(value: &Value, from: &str, to: &str) -> Result<Value, Error> {
    let text = as_text(value)?;
    // Many of them in a row could make a short text a very long one.
    if from.is_empty() || text.len().saturating_mul(to.len().max(1)) > MOST_PART {
        return Err(wrong("the result is too long"));
    }
    Ok(Value::from(text.replace(from, to)))
}

fn join(value: &Value, separator: Option<&str>) -> Result<Value, Error> {
    joined(value, separator.unwrap_or(""))
}

fn joined(value: &Value, separator: &str) -> Result<Value, Error> {
    let mut out = String::new();
    for (at, item) in value.try_iter()?.enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        out.push_str(&as_text(&item)?);
        if out.len() > MOST_PART {
            return Err(wrong("the result is too long"));
        }
    }
    Ok(Value::from(out))
}

fn pick(value: &Value, path: &str) -> Result<Value, Error> {
    path.split('.').try_fold(value.clone(), |value, key| {
        if value.is_undefined() { Ok(value) } else { value.get_item(&Value::from(key)) }
    })
}

/// `host?owner=o&repo=r` to its parts.
fn parse_repo_url(url: &str) -> Result<Json, Error> {
    let parsed = url::Url::parse(&format!("https://{url}")).map_err(|error| wrong(error.to_string()))?;
    let mut parts = Map::new();
    parts.insert("host".to_owned(), Json::from(parsed.host_str().unwrap_or_default()));
    for (key, value) in parsed.query_pairs() {
        parts.insert(key.into_owned(), Json::from(value.into_owned()));
    }
    if parts.get("repo").is_none_or(|repo| repo == "") {
        return Err(wrong("the repository URL does not say `repo`"));
    }
    Ok(Json::Object(parts))
}

#[allow(clippy::needless_pass_by_value)]
fn parse_entity_ref(text: &str, options: Option<Value>, _named: Kwargs) -> Result<Value, Error> {
    let option = |key: &str| {
        options
            .as_ref()
            .and_then(|options| options.get_attr(key).ok())
            .and_then(|value| value.as_str().map(str::to_owned))
    };
    let (kind, namespace) = (option("defaultKind"), option("defaultNamespace"));
    let namespace = namespace.as_deref().unwrap_or("default");
    let context = Context { kind: kind.as_deref(), namespace: Some(namespace) };
    let parsed = EntityRef::parse(text, context).map_err(|error| wrong(error.to_string()))?;
    let parts = serde_json::json!({"kind": parsed.kind, "namespace": parsed.namespace, "name": parsed.name});
    Ok(Value::from(Serde(parts)))
}

/// Methods that texts and lists have in JavaScript.
fn method(_: &mut State<'_, '_>, value: &Value, name: &str, arguments: &[Value]) -> Result<Value, Error> {
    let argument = |at: usize| arguments.get(at).and_then(Value::as_str);
    let unknown = || Error::from(ErrorKind::UnknownMethod);
    if let Some(text) = value.as_str() {
        return Ok(match (name, argument(0), argument(1)) {
            ("toUpperCase", None, None) => Value::from(text.to_uppercase()),
            ("toLowerCase", None, None) => Value::from(text.to_lowercase()),
            ("toString", None, None) => value.clone(),
            ("trim", None, None) => Value::from(text.trim()),
            ("includes", Some(part), None) => Value::from(text.contains(part)),
            ("startsWith", Some(part), None) => Value::from(text.starts_with(part)),
            ("endsWith", Some(part), None) => Value::from(text.ends_with(part)),
            ("split", Some(part), None) if !part.is_empty() => {
                Value::from(text.split(part).map(Value::from).collect::<Vec<Value>>())
            }
            // The first one alone, as JavaScript does it.
            ("replace", Some(from), Some(to)) if to.len() <= 64 => Value::from(text.replacen(from, to, 1)),
            _ => return Err(unknown()),
        });
    }
    match (value.kind(), name, argument(0)) {
        (ValueKind::Seq, "includes", Some(part)) => {
            Ok(Value::from(value.try_iter()?.any(|item| item.as_str() == Some(part))))
        }
        (ValueKind::Seq, "join", separator) => joined(value, separator.unwrap_or(",")),
        _ => Err(unknown()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn filled(template: &str, context: &Json) -> Option<Json> {
        render_value(template, context).unwrap()
    }

    #[test]
    fn values_keep_their_types_and_texts_are_printed_as_javascript_does() {
        let context =
            json!({"p": {"n": 3, "l": [1, null, "a"], "r": "github.com?owner=acme&repo=shop", "e": "group:x"}});
        assert_eq!(filled("${{ p.n }}", &context), Some(json!(3)));
        assert_eq!(filled("${{ p.none.deeper }}", &context), None);
        assert_eq!(filled("a ${{ p.l }} ${{ p }}${{ p.none }}", &context), Some(json!("a 1,,a [object Object]")));
        assert_eq!(filled("${{ p.r | parseRepoUrl | pick('repo') }}", &context), Some(json!("shop")));
        assert_eq!(filled("${{ p.r | projectSlug }}", &context), Some(json!("acme/shop")));
        assert_eq!(filled("${{ p.e | parseEntityRef | pick('namespace') }}", &context), Some(json!("default")));
        assert_eq!(filled("${{ 'y' if p.n === 3 else 'z' }}", &context), Some(json!("y")));
        assert_eq!(filled("${{ p.e.replace('group:', '').toUpperCase() }}", &context), Some(json!("X")));
    }

    #[test]
    fn what_could_grow_is_refused() {
        let refused = |text: &str| !is_within_bounds(&expressions(text, Marks::Scaffolder), text);
        assert!(refused("{% set a = b ~ b %}"));
        assert!(refused("${{ 'a' * 100000 }}"));
        assert!(refused("${{ a | indent(100000) }}"));
        assert!(refused("{% macro m() %}{% endmacro %}"));
        assert!(!refused("{% if a %}${{ b | upper }}{% endif %}"));
        let chain = format!("${{{{ 'aaa'{} }}}}", ".split('a').join('aaaaaaaa')".repeat(200));
        assert!(render_value(&chain, &json!({})).is_err());
        let chain = format!("${{{{ 'aaa'{} }}}}", " | replace('a', 'aaaaaaaa')".repeat(200));
        assert!(render_value(&chain, &json!({})).is_err());
        let loops = "{% for a in l %}{% for b in l %}{% for c in l %}${{ l }}{% endfor %}{% endfor %}{% endfor %}";
        let list: Vec<usize> = (0..200).collect();
        assert!(render_value(loops, &json!({"l": list})).is_err());
    }
}
