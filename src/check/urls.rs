//! `dangerous-url`: links and pictures that would run code in the reader's browser.

use crate::diagnostics::{DANGEROUS_URL, Diagnostic};
use crate::model::format::is_dangerous_url;
use crate::yaml::{Node, pointer_join};

use super::Subject;

/// Annotations that the site makes links of.
const LINKED: &[&str] = &["backstage.io/view-url", "backstage.io/edit-url"];

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let root = &subject.document.root;
    let mut report = |url: &str, pointer: String| {
        let scheme = url.trim().split(':').next().unwrap_or("");
        let message = format!("a `{scheme}:` URL would run code or open local data in the reader's browser");
        let finding = Diagnostic::new(&DANGEROUS_URL, message).subject(url);
        findings.push(subject.at_value(finding.help("use an `https://` URL"), &pointer));
    };
    for (index, link) in root.at(&["metadata", "links"]).map(Node::items).unwrap_or_default().iter().enumerate() {
        if let Some(url) = link.get("url").and_then(Node::as_str).filter(|url| is_dangerous_url(url)) {
            report(url, format!("/metadata/links/{index}/url"));
        }
    }
    for key in LINKED {
        if let Some(url) =
            root.at(&["metadata", "annotations", key]).and_then(Node::as_str).filter(|url| is_dangerous_url(url))
        {
            report(url, pointer_join("/metadata/annotations", key));
        }
    }
    if let Some(url) = root.at(&["spec", "profile", "picture"]).and_then(Node::as_str) {
        // Pictures as data are common and harmless; script is neither.
        if is_dangerous_url(url) && !url.trim_start().to_ascii_lowercase().starts_with("data:image/") {
            report(url, "/spec/profile/picture".to_owned());
        }
    }
}
