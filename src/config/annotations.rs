//! Well-known annotations as rows of a table: what stands behind a key, and where it leads. The
//! default theme has a table; a theme and the settings extend it by rows of the same form.

use crate::yaml::Node;
use crate::yaml::shape::{Object, Shape, optional, required};

use super::read::{Problem, checked, invalid, text};

/// What an annotation is about, in the order in which a page shows them.
pub const ANNOTATION_GROUPS: &[&str] =
    &["code", "delivery", "operations", "quality", "security", "planning", "people", "other"];

/// What a URL may be filled in with, beside the numbers of parts.
const FILLED_IN: &[&str] = &["host", "value", "query", "url"];

/// A row of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnnotationLink {
    /// The key of the annotation; one `*` stands for anything.
    pub annotation: String,
    /// What it leads to; without one the row only names the host of those that are there.
    pub name: Option<String>,
    /// The icon; that of the group when left out.
    pub icon: Option<String>,
    /// One of [`ANNOTATION_GROUPS`].
    pub group: Option<String>,
    /// Where it leads.
    pub url: Option<String>,
    /// What stands for `{host}`.
    pub host: Option<String>,
}

pub(super) static ANNOTATION: Object = Object {
    fields: &[
        required("annotation", Shape::NonEmptyText, "The key of the annotation; one `*` stands for anything."),
        optional(
            "name",
            Shape::NonEmptyText,
            "What it leads to. Without a name the row only says the `host` of those that are there.",
        ),
        optional("icon", Shape::NonEmptyText, "The name of an icon of the theme."),
        optional("group", Shape::OneOf(ANNOTATION_GROUPS), "What it is about."),
        optional(
            "url",
            Shape::NonEmptyText,
            "Where it leads: `{value}` is the value, `{query}` the same for after a question mark, `{1}` and so on its parts between slashes, `{value:/job/}` the value with these in the place of its slashes, `{host}` the host, and `{url}` alone a value that is a URL.",
        ),
        optional("host", Shape::NonEmptyText, "What stands for `{host}`: `sonar.example.org`."),
    ],
    rest: None,
};

static TABLE: Shape = Shape::List(&Shape::Object(&ANNOTATION));

/// Reads a table that stands in a file of its own.
pub fn read_annotations(source: &str) -> (Vec<AnnotationLink>, Vec<Problem>) {
    let (root, mut problems) = checked(source, &TABLE);
    let Some(root) = root else { return (Vec::new(), problems) };
    let rows = rows(&root, "", &mut |pointer, message, help| problems.push(invalid(&root, &pointer, message, help)));
    (rows, problems)
}

/// The rows of a list. Those that cannot be used are reported and left out.
pub(super) fn rows(
    list: &Node,
    at: &str,
    wrong: &mut dyn FnMut(String, String, Option<String>),
) -> Vec<AnnotationLink> {
    let mut rows = Vec::new();
    for (index, node) in list.items().iter().enumerate() {
        let get = |key: &str| text(node.get(key));
        let Some(annotation) = get("annotation") else { continue };
        let row = AnnotationLink {
            annotation,
            name: get("name"),
            icon: get("icon"),
            group: get("group"),
            url: get("url"),
            host: get("host"),
        };
        let mut found = |key: &str, message: String, help: &str| {
            wrong(format!("{at}/{index}/{key}"), message, Some(help.to_owned()));
            false
        };
        let is_good = match &row {
            row if row.annotation.matches('*').count() > 1 => {
                found("annotation", format!("`{}` has more than one `*`", row.annotation), "write a row for each")
            }
            AnnotationLink { name: None, host: None, .. } => {
                found("annotation", "a row has a `name` or a `host`".to_owned(), "say what the annotation leads to")
            }
            AnnotationLink { host: Some(host), .. } if !is_host(host) => {
                found("host", format!("`{host}` is no host"), "write it without `https://`: `sonar.example.org`")
            }
            AnnotationLink { url: Some(url), .. } => match problem_of(url) {
                Some((message, help)) => found("url", message, help),
                None => true,
            },
            _ => true,
        };
        if is_good {
            rows.push(row);
        }
    }
    rows
}

/// A host, with a port or the path of a tenant: what may stand after `https://`.
fn is_host(host: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '/' | '_');
    host.chars().all(plain)
        && !host.starts_with('/')
        && !host.contains("//")
        && url::Url::parse(&format!("https://{host}")).is_ok()
}

/// What is wrong with a URL, and what to do. The host of a link is never taken from a value, which
/// anybody can write.
fn problem_of(url: &str) -> Option<(String, &'static str)> {
    if url == "{url}" {
        return None;
    }
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return Some((format!("`{url}` is no URL of the web"), "begin it with `https://`, or write `{url}` alone"));
    };
    let host = rest.split('/').next().unwrap_or(rest);
    if host.replace("{host}", "").contains('{') {
        return Some((format!("the host of `{url}` comes from a value"), "write the host, or `{host}`"));
    }
    if rest.matches('{').count() != rest.matches('}').count() {
        return Some((format!("a brace of `{url}` is not closed"), "write names in braces: `{value}`"));
    }
    let names = rest.split('{').skip(1).map(|part| part.split(['}', ':']).next().unwrap_or(part));
    let known = |name: &str| FILLED_IN[..3].contains(&name) || matches!(name.as_bytes(), [b'1'..=b'9']);
    let unknown = names.into_iter().find(|name| !known(name))?;
    Some((
        format!("nothing is known by `{{{unknown}}}`"),
        "it is `{value}`, `{query}`, `{host}`, or a number from `{1}` to `{9}`",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_cannot_be_used_are_named_with_their_place() {
        for (row, expected) in [
            ("{annotation: a/b, name: A, url: 'https://a.example/{1}/{value:/job/}?q={query}'}", None),
            ("{annotation: a/*, host: a.example/tenant}", None),
            ("{annotation: a/b}", Some("a/b")),
            ("{annotation: 'a*/*', name: A}", Some("'a*/*'")),
            ("{annotation: a/b, name: A, url: 'javascript:{value}'}", Some("'javascript:{value}'")),
            ("{annotation: a/b, name: A, url: 'https://{1}.example/'}", Some("'https://{1}.example/'")),
            ("{annotation: a/b, name: A, url: 'https://a.example/{x}'}", Some("'https://a.example/{x}'")),
            ("{annotation: a/b, name: A, host: 'https://x'}", Some("'https://x'")),
            ("{annotation: a/b, name: A, group: fun}", Some("fun")),
            ("{name: A}", Some("{name: A}")),
        ] {
            let source = format!("- {row}\n");
            let (rows, problems) = read_annotations(&source);
            let found = problems.first().map(|problem| &source[problem.span.range()]);
            assert_eq!(found, expected, "{row}: {problems:?}");
            assert!(expected.is_some() || rows.len() == 1);
        }
    }
}
