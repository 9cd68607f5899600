//! What templates may call beside what the engine has, and how values are printed.

use std::sync::Arc;

use minijinja::value::Kwargs;
use minijinja::{AutoEscape, Environment, Error, Output, State, Value};

use crate::markdown::escape;
use crate::theme::Texts;

/// What templates may call.
pub(super) const FUNCTIONS: &[&str] = &["counted", "debug", "dict", "namespace", "number", "plural", "range", "view"];

/// Makes filters and functions known to the templates.
pub(super) fn add(environment: &mut Environment<'static>, texts: &Arc<Texts>) {
    environment.set_formatter(print);
    environment.add_filter("breakable", breakable);
    let known = Arc::clone(texts);
    environment.add_filter("t", move |text: &str, arguments: Kwargs| translated(&known, text, &arguments));
    let known = Arc::clone(texts);
    environment
        .add_function("plural", move |count: usize, one: &str, many: &str| known.plural(count, one, many).to_owned());
    let known = Arc::clone(texts);
    environment.add_function("number", move |number: usize| known.number(number));
    let known = Arc::clone(texts);
    environment.add_function("view", view);
    environment.add_function("counted", move |count: usize, one: &str, many: &str| known.counted(count, one, many));
}

/// Prints a value. The engine's own way writes `&#x2f;` for every slash, which makes a page of
/// links a third longer and its source hard to read.
fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe() => {
            // Most values have nothing to escape, and are written without a copy.
            if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0)) {
                return out.write_str(text).map_err(Error::from);
            }
            // A theme may quote attributes with either quote.
            out.write_str(&escape(text).replace('\'', "&#39;")).map_err(Error::from)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// Everything that a template gets, for its author to look at and for the test of the contract. What
/// the template itself has set is in it, too.
fn view(state: &State<'_, '_>) -> Value {
    let names: Vec<String> = state.known_variables().into_iter().map(Into::into).collect();
    let is_data = |name: &String| !FUNCTIONS.contains(&name.as_str());
    let values = names.into_iter().filter(is_data).filter_map(|name| Some((name.clone(), state.lookup(&name)?)));
    Value::from(values.collect::<std::collections::BTreeMap<String, Value>>())
}

/// A text of the theme in the language of the site, with `{name}` filled in by the arguments. With an
/// argument that is HTML it is HTML, and everything else in it is escaped.
fn translated(texts: &Texts, text: &str, arguments: &Kwargs) -> Result<Value, Error> {
    let mut filled = Vec::new();
    for name in arguments.args() {
        filled.push((name, arguments.get::<Value>(name)?));
    }
    let text = texts.t(text);
    let is_html = filled.iter().any(|(_, value)| value.is_safe());
    let mut out = if is_html { escape(text) } else { text.to_owned() };
    for (name, value) in filled {
        let printed = value.to_string();
        let printed = if is_html && !value.is_safe() { escape(&printed) } else { printed };
        out = out.replace(&format!("{{{name}}}"), &printed);
    }
    Ok(if is_html { Value::from_safe_string(out) } else { Value::from(out) })
}

/// A name that may be broken at its parts: after dots, slashes and underscores, and before the humps of
/// `camelCase`. A browser would break it anywhere.
fn breakable(name: &str) -> Value {
    let mut html = String::with_capacity(name.len() + 16);
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in name.char_indices() {
        let is_part = matches!(before, '.' | '/' | '_') && c.is_alphanumeric();
        if at > 0 && (is_part || (before.is_lowercase() && c.is_uppercase())) {
            html.push_str(&escape(&name[start..at]));
            html.push_str("<wbr>");
            start = at;
        }
        before = c;
    }
    html.push_str(&escape(&name[start..]));
    Value::from_safe_string(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_broken_at_their_parts() {
        let broken = |name: &str| breakable(name).to_string();
        assert_eq!(broken("shop.v1.OrderItem"), "shop.<wbr>v1.<wbr>Order<wbr>Item");
        assert_eq!(broken("HTTPServer_two <b>"), "HTTPServer_<wbr>two &lt;b&gt;");
        assert_eq!(broken(""), "");
    }

    #[test]
    fn what_is_filled_in_is_escaped_beside_html() {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        add(&mut environment, &Arc::new(Texts::default()));
        let shown = |template: &str| environment.render_str(template, ()).unwrap();
        assert_eq!(shown("{{ 'by {who} & co'|t(who='<b>') }}"), "by &lt;b&gt; &amp; co");
        assert_eq!(shown("{{ '{a} & {b}'|t(a='<i>'|safe, b='<b>') }}"), "<i> &amp; &lt;b&gt;");
        assert_eq!(shown("{{ counted(1200, 'page', 'pages') }}"), "1,200 pages");
    }
}
