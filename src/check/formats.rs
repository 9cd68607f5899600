//! How names, labels, annotations, tags and links are written: `invalid-name`,
//! `invalid-namespace`, `invalid-label`, `invalid-annotation`, `invalid-tag`, `invalid-link`.

use crate::diagnostics::{
    Diagnostic, INVALID_ANNOTATION, INVALID_LABEL, INVALID_LINK, INVALID_NAME, INVALID_NAMESPACE, INVALID_TAG, Mend,
};
use crate::model::{annotations, format};
use crate::yaml::{Node, pointer_join};

use super::Subject;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let root = &subject.document.root;
    let text = |path: &[&str]| root.at(path).and_then(Node::as_str).filter(|text| !text.is_empty());
    if let Some(name) = text(&["metadata", "name"]).filter(|name| !format::is_name(name)) {
        let finding =
            Diagnostic::new(&INVALID_NAME, format!("`{name}` is no name: {}", name_fault(name))).subject(name);
        let better = as_name(name);
        let finding = if format::is_name(&better) {
            finding.help(format!("write `{better}`, and the words as `title`"))
        } else {
            finding
        };
        findings.push(subject.at_value(finding, "/metadata/name"));
    }
    if let Some(namespace) = text(&["metadata", "namespace"]).filter(|namespace| !format::is_namespace(namespace)) {
        let message =
            format!("`{namespace}` is no namespace: lower-case letters, digits and `-` between them, 63 at most");
        let finding = Diagnostic::new(&INVALID_NAMESPACE, message).subject(namespace);
        let lower = namespace.to_lowercase();
        let finding = if format::is_namespace(&lower) {
            // Another namespace is another entity.
            finding.help(format!("write `{lower}`")).mend(text_mend("/metadata/namespace", lower)).unsafely()
        } else {
            finding
        };
        findings.push(subject.at_value(finding, "/metadata/namespace"));
    }
    labels(subject, findings);
    annotation_keys(subject, findings);
    tags(subject, findings);
    links(subject, findings);
}

fn text_mend(pointer: &str, to: String) -> Mend {
    Mend::Text { pointer: pointer.to_owned(), to }
}

fn name_fault(name: &str) -> String {
    if name.len() > 63 {
        return format!("it has {} characters, and 63 are the most", name.chars().count());
    }
    match name.chars().find(|c| !c.is_ascii_alphanumeric() && !"-_.".contains(*c)) {
        Some(' ') => "it has a blank in it".to_owned(),
        Some(character) => format!("it has a `{character}` in it"),
        None => "it must begin and end with a letter or digit".to_owned(),
    }
}

/// The nearest text that is a name.
fn as_name(text: &str) -> String {
    let replaced: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    replaced.trim_matches(|c| "-_.".contains(c)).chars().take(63).collect()
}

fn labels(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for (key, value, pointer) in map(subject, "labels") {
        if !format::is_key(key) {
            findings.push(key_finding(
                subject,
                Diagnostic::new(&INVALID_LABEL, format!("`{key}` is no key of a label")),
                key,
                &pointer,
            ));
        }
        if let Some(text) = value.as_str().filter(|text| !format::is_label_value(text)) {
            let message = format!("`{text}` is no value of a label: {}", name_fault(text));
            let finding = Diagnostic::new(&INVALID_LABEL, message).subject(text);
            findings.push(subject.at_value(finding.help("longer texts belong into annotations"), &pointer));
        }
    }
}

fn annotation_keys(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for (key, _, pointer) in map(subject, "annotations") {
        if !format::is_key(key) {
            let finding = Diagnostic::new(&INVALID_ANNOTATION, format!("`{key}` is no key of an annotation"));
            let finding = key_finding(subject, finding, key, &pointer);
            let meant = annotations::meant_by(key).map(|meant| format!("did you mean `{meant}`?"));
            findings.push(finding.maybe_help(meant));
        }
    }
}

fn key_finding(subject: &Subject<'_>, finding: Diagnostic, key: &str, pointer: &str) -> Diagnostic {
    let help = "a key is a name of letters, digits, `-`, `_` and `.`, with a lower-case DNS name and one slash before it where a tool owns it: `example.org/team`";
    subject.at_key(finding.help(help).subject(key), pointer)
}

fn tags(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let list = subject.document.root.at(&["metadata", "tags"]).map(Node::items).unwrap_or_default();
    for (index, tag) in list.iter().enumerate() {
        let Some(text) = tag.as_str().filter(|text| !text.is_empty() && !format::is_tag(text)) else { continue };
        let message = format!(
            "`{text}` is no tag: lower-case letters, digits, `+`, `#` and `:`, parts joined by one `-`, 63 at most"
        );
        let finding = Diagnostic::new(&INVALID_TAG, message).subject(text);
        let better: String = text
            .to_lowercase()
            .split([' ', '_', '.', '/'])
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        let pointer = format!("/metadata/tags/{index}");
        let finding = if format::is_tag(&better) {
            finding.help(format!("write `{better}`")).mend(text_mend(&pointer, better))
        } else {
            finding
        };
        findings.push(subject.at_value(finding, &pointer));
    }
}

fn links(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let list = subject.document.root.at(&["metadata", "links"]).map(Node::items).unwrap_or_default();
    for (index, link) in list.iter().enumerate() {
        let field = |key: &str| link.get(key).and_then(Node::as_str).filter(|text| !text.is_empty());
        let pointer = |key: &str| format!("/metadata/links/{index}/{key}");
        if subject.is_not_in_view(&pointer("url")) {
            continue;
        }
        if let Some(url) = field("url").filter(|url| !format::is_url(url)) {
            let finding = Diagnostic::new(&INVALID_LINK, format!("`{url}` is no absolute URL")).subject(url);
            let help = if url.contains('.') && !url.contains("://") {
                format!("write it in full: `https://{}`", url.trim_start_matches('/'))
            } else {
                "write it in full, with `https://`".to_owned()
            };
            findings.push(subject.at_value(finding.help(help), &pointer("url")));
        }
        for key in ["title", "icon"] {
            if field(key).is_some_and(|text| !format::is_not_blank(text)) {
                let finding = Diagnostic::new(&INVALID_LINK, format!("the {key} of a link is blank"));
                findings.push(subject.at_value(finding.help("fill it in or delete the key"), &pointer(key)));
            }
        }
    }
}

fn map<'a>(subject: &Subject<'a>, field: &'a str) -> impl Iterator<Item = (&'a str, &'a Node, String)> {
    let entries = subject.document.root.at(&["metadata", field]).map(Node::entries).unwrap_or_default();
    entries
        .iter()
        .map(move |entry| (&*entry.key, &entry.value, pointer_join(&format!("/metadata/{field}"), &entry.key)))
}
