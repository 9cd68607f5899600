//! Well-known annotations as named links: where the code of an entity is, who is called, what is
//! measured. What leads nowhere is shown with its value: knowing the name of a job is better than
//! nothing. Values come from anybody, so they are encoded, and hosts never come from them.

use std::fmt::Write as _;

use serde::Serialize;

use crate::config::{ANNOTATION_GROUPS, AnnotationLink};
use crate::model::Entity;

use super::super::context::Context;
use super::web_url;

/// Most links of one entity: a pattern may match any number of annotations.
const MAX_TOOLS: usize = 40;

#[derive(Serialize)]
pub(super) struct ToolGroup {
    title: String,
    tools: Vec<Tool>,
}

#[derive(Serialize)]
struct Tool {
    name: String,
    icon: String,
    /// The value of the annotation.
    text: String,
    href: Option<String>,
}

/// The tools of an entity by what they are for.
pub(super) fn view(context: &Context<'_>, entity: &Entity) -> Vec<ToolGroup> {
    let site = context.site;
    let texts = site.texts();
    let found: Vec<(&AnnotationLink, &str)> = entity
        .annotations()
        .flat_map(|(key, value)| site.annotations.iter().filter(|row| matches(row, key)).map(move |row| (row, value)))
        .take(MAX_TOOLS)
        .collect();
    let groups = ANNOTATION_GROUPS.iter().map(|group| {
        let here = found.iter().filter(|(row, _)| row.group.as_deref().unwrap_or("other") == *group);
        let title = match *group {
            "code" => texts.t("Code"),
            "delivery" => texts.t("Delivery"),
            "operations" => texts.t("Operations"),
            "quality" => texts.t("Quality"),
            "security" => texts.t("Security"),
            "planning" => texts.t("Planning"),
            "people" => texts.t("People"),
            _ => texts.t("Other"),
        };
        let mut tools: Vec<Tool> = Vec::new();
        for one in here.map(|(row, value)| tool(row, group, value)) {
            // Rows for other forms of the same value: the first that leads somewhere counts.
            match tools.iter_mut().find(|known| known.name == one.name && known.text == one.text) {
                Some(known) if known.href.is_none() => *known = one,
                Some(_) => {}
                None => tools.push(one),
            }
        }
        ToolGroup { title: title.to_owned(), tools }
    });
    groups.filter(|group| !group.tools.is_empty()).collect()
}

fn tool(row: &AnnotationLink, group: &str, value: &str) -> Tool {
    Tool {
        name: row.name.clone().unwrap_or_default(),
        icon: row.icon.clone().unwrap_or_else(|| group.to_owned()),
        text: value.chars().take(120).collect(),
        href: row.url.as_deref().and_then(|url| filled_in(url, row.host.as_deref(), value.trim())),
    }
}

fn matches(row: &AnnotationLink, key: &str) -> bool {
    row.name.is_some()
        && match row.annotation.split_once('*') {
            Some((start, end)) => key.len() >= start.len() + end.len() && key.starts_with(start) && key.ends_with(end),
            None => row.annotation == key,
        }
}

/// A URL with a value in it; none where a part is not there.
fn filled_in(url: &str, host: Option<&str>, value: &str) -> Option<String> {
    if url == "{url}" {
        return web_url(value);
    }
    let parts: Vec<&str> = value.split('/').collect();
    // Nothing, and ways upwards, would lead to another page than the row says.
    if value.is_empty() || parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
        return None;
    }
    let mut out = String::with_capacity(url.len() + value.len());
    let mut pieces = url.split('{');
    out.push_str(pieces.next()?);
    for piece in pieces {
        let (name, rest) = piece.split_once('}')?;
        match name.split_once(':') {
            Some(("value", between)) => {
                let encoded: Vec<String> = parts.iter().map(|part| encoded(part)).collect();
                out.push_str(&encoded.join(between));
            }
            _ => match name {
                "host" => out.push_str(host?),
                "value" => out.push_str(&crate::base::hosts::encoded(value)),
                "query" => out.push_str(&encoded(value)),
                number => out.push_str(&encoded(parts.get(number.parse::<usize>().ok()?.checked_sub(1)?)?)),
            },
        }
        out.push_str(rest);
    }
    web_url(&out)
}

/// Text as one part of a URL, or as a value in its query.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded_and_never_change_the_host() {
        for (url, host, value, expected) in [
            ("https://github.com/{1}/{2}/actions", None, "acme/shop", Some("https://github.com/acme/shop/actions")),
            ("https://github.com/{1}/{2}", None, "acme", None),
            (
                "https://{host}/job/{value:/job/}",
                Some("ci.example"),
                "a/b c",
                Some("https://ci.example/job/a/job/b%20c"),
            ),
            (
                "https://{host}/d?id={query}",
                Some("s.example/x"),
                "a&b=c/d",
                Some("https://s.example/x/d?id=a%26b%3Dc%2Fd"),
            ),
            ("https://{host}/d", None, "x", None),
            ("https://a.example/{value}", None, "../admin", None),
            (
                "https://a.example/{value}",
                None,
                "@evil.example/x?y#z",
                Some("https://a.example/%40evil.example/x%3Fy%23z"),
            ),
            ("{url}", None, "javascript:alert(1)", None),
            ("{url}", None, "https://user:pw@d.example/x", Some("https://d.example/x")),
        ] {
            assert_eq!(filled_in(url, host, value).as_deref(), expected, "{url} {value}");
        }
    }
}
