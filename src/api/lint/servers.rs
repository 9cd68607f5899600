//! `api-without-servers`, `api-server-url`, `api-server-variables`, `api-server-example`: where an
//! API of OpenAPI is.

use crate::base::Span;
use crate::refs::DocumentId;
use crate::yaml::Node;

use super::paths::names_in;
use super::report::Lint;
use super::{Input, Version};

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    let root = input.documents.root().node;
    let info = input.head();
    if input.version == Version::Swagger {
        host(root, info, lint);
        return;
    }
    let is_api = input.parts.of_kind("Operation").next().is_some();
    if is_api && root.get("servers").map(Node::items).unwrap_or_default().is_empty() {
        let at = root.entry("servers").map_or(info, |entry| entry.key_span);
        lint.report("oas3-api-servers", (0, at), "the definition names no server").help =
            Some("readers cannot tell where requests go; examples are made for `/`".to_owned());
    }
    for server in input.parts.of_kind("Server") {
        let Some(url) = server.at.node.get("url") else { continue };
        let Some(text) = url.as_str() else { continue };
        let spot = (server.at.document, url.span);
        if text.len() > 1 && text.ends_with('/') {
            lint.report("oas3-server-trailing-slash", spot, format!("the URL `{text}` ends with a slash")).help =
                Some("paths begin with one".to_owned());
        }
        if text.contains("example.com") {
            lint.report("oas3-server-not-example.com", spot, format!("`{text}` is a server of examples"));
        }
        variables("oas3-server-variables", server.at.document, server.at.node, (text, url.span), lint);
    }
}

fn host(root: &Node, info: Span, lint: &mut Lint<'_>) {
    match root.get("host") {
        None => {
            lint.report("oas2-api-host", (0, info), "the definition names no host").help =
                Some("readers cannot tell where requests go".to_owned());
        }
        Some(host) => {
            let text = host.as_str().unwrap_or_default();
            if text.ends_with('/') {
                lint.report("oas2-host-trailing-slash", (0, host.span), format!("the host `{text}` ends with a slash"));
            }
            if text.contains("example.com") {
                lint.report("oas2-host-not-example", (0, host.span), format!("`{text}` is a host of examples"));
            }
        }
    }
    if root.get("schemes").map(Node::items).unwrap_or_default().is_empty() {
        lint.report("oas2-api-schemes", (0, info), "the definition names no `schemes`, such as `https`");
    }
}

/// What stands in braces in a URL, and the variables that say what it is.
pub(super) fn variables(
    rule: &str,
    document: DocumentId,
    server: &Node,
    (url, span): (&str, Span),
    lint: &mut Lint<'_>,
) {
    let names = names_in(url);
    let variables = server.get("variables").map(Node::entries).unwrap_or_default();
    for name in names.iter().filter(|name| !variables.iter().any(|entry| &*entry.key == **name)) {
        lint.report(rule, (document, span), format!("the server does not say what `{{{name}}}` is")).help =
            Some(format!("describe `{name}` under `variables`, with a default"));
    }
    for entry in variables {
        if !names.contains(&&*entry.key) {
            lint.report(rule, (document, entry.key_span), format!("the URL has no `{{{}}}`", entry.key));
        }
        let allowed = entry.value.get("enum").map(Node::items).unwrap_or_default();
        let Some(default) = entry.value.get("default") else { continue };
        if !allowed.is_empty() && !allowed.iter().any(|value| value.value == default.value) {
            let text = default.scalar_text().unwrap_or_default();
            let message = format!("`{text}` is none of the values that `{}` may have", entry.key);
            lint.report(rule, (document, default.span), message);
        }
    }
}
