//! Operations of OpenAPI: `api-operation-id-duplicate`, `api-operation-id-missing`,
//! `api-operation-id-characters`, `api-parameters-twice`, `api-form-without-consumes`,
//! `api-no-success-response`, `api-operation-without-description`, `api-callback-place`, and
//! parameters without a description.

use rustc_hash::FxHashMap;

use crate::refs::{At, reference};
use crate::yaml::Node;

use super::report::{Lint, Spot};
use super::walk::Part;
use super::{Input, Version};

/// The methods that a path may have.
pub(super) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

pub(super) fn check<'a>(input: &Input<'a>, lint: &mut Lint<'_>) {
    let mut ids: FxHashMap<&str, (Spot, String)> = FxHashMap::default();
    for operation in input.parts.of_kind("Operation") {
        let name = name_of(input, operation);
        ids_of(input, operation, &name, &mut ids, lint);
        parameters(operation, &name, lint);
        form_data(input, operation, &name, lint);
        // Like Spectral: who is called back, or subscribes, has names and answers of their own.
        if is_in_paths(input, operation) {
            success(input, operation, &name, lint);
        }
        callbacks(input, operation, lint);
        if !is_filled(operation.at.node, "description") && is_in_paths(input, operation) {
            lint.report("operation-description", key(operation), format!("`{name}` has no description"));
        }
    }
    for parameter in input.parts.of_kind("Parameter").filter(|part| part.at.node.get("in").is_some()) {
        if !is_filled(parameter.at.node, "description") {
            let at = parameter.at.node.get("name").map_or(parameter.named, |name| name.span);
            let text = parameter.at.node.get("name").and_then(Node::as_str).unwrap_or_default();
            let rule = input.version.pick("oas2-parameter-description", "oas3-parameter-description");
            lint.report(rule, (parameter.at.document, at), format!("the parameter `{text}` has no description"));
        }
    }
}

/// Method and path.
pub(super) fn name_of(input: &Input<'_>, operation: &Part<'_>) -> String {
    let path = input.parts.above(operation).find(|above| above.kind == "PathItem").map_or("", |above| above.key);
    format!("{} {path}", operation.key.to_uppercase())
}

/// Where an operation is named.
pub(super) fn key(operation: &Part<'_>) -> Spot {
    (operation.from, operation.named)
}

/// Whether an operation is one of `paths`, and none of a webhook, a callback or a component.
pub(super) fn is_in_paths(input: &Input<'_>, operation: &Part<'_>) -> bool {
    input.parts.above(operation).nth(1).is_some_and(|above| above.kind == "Paths")
}

/// Whether a field says something.
pub(super) fn is_filled(node: &Node, field: &str) -> bool {
    node.get(field).is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
}

fn ids_of<'a>(
    input: &Input<'a>,
    operation: &Part<'a>,
    name: &str,
    ids: &mut FxHashMap<&'a str, (Spot, String)>,
    lint: &mut Lint<'_>,
) {
    let Some(id) = operation.at.node.get("operationId") else {
        if is_in_paths(input, operation) {
            lint.report("operation-operationId", key(operation), format!("`{name}` has no `operationId`")).help =
                Some("generators and links name an operation by it".to_owned());
        }
        return;
    };
    let Some(text) = id.as_str() else { return };
    let spot = (operation.at.document, id.span);
    if !text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=".contains(c)) {
        let message = format!("the `operationId` `{text}` has characters that no URL can have");
        lint.report("operation-operationId-valid-in-url", spot, message).help =
            Some("letters, digits, `-`, `.`, `_` and `~` are safe".to_owned());
    }
    match ids.get(text) {
        Some((first, of)) => {
            let place = lint.documents.place(first.0, first.1);
            let message = format!("the `operationId` `{text}` is taken by `{of}`");
            let finding = lint.report("operation-operationId-unique", spot, message);
            *finding = finding.clone().related("the first one", place);
        }
        None => {
            ids.insert(text, (spot, name.to_owned()));
        }
    }
}

fn parameters(operation: &Part<'_>, name: &str, lint: &mut Lint<'_>) {
    let document = operation.at.document;
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let mut bodies = 0;
    let mut has_form = false;
    let list = operation.at.node.get("parameters");
    for item in list.map(Node::items).unwrap_or_default().iter().filter(|item| reference(item).is_none()) {
        let text = |key: &str| item.get(key).and_then(Node::as_str);
        let (Some(place), Some(called)) = (text("in"), text("name")) else { continue };
        let spot = (document, item.get("name").map_or(item.span, |name| name.span));
        if seen.contains(&(place, called)) && place != "path" {
            lint.report("operation-parameters", spot, format!("`{name}` has the {place} parameter `{called}` twice"));
        }
        seen.push((place, called));
        has_form |= place == "formData";
        if place == "body" {
            bodies += 1;
            if bodies > 1 {
                lint.report("operation-parameters", spot, format!("`{name}` has more than one body"));
            }
        }
    }
    if let Some(list) = operation.at.node.entry("parameters").filter(|_| bodies > 0 && has_form) {
        let message = format!("`{name}` has both a body and parameters of a form");
        lint.report("operation-parameters", (document, list.key_span), message);
    }
}

fn form_data(input: &Input<'_>, operation: &Part<'_>, name: &str, lint: &mut Lint<'_>) {
    let node = operation.at.node;
    let Some(consumes) = node.get("consumes").filter(|_| input.version == Version::Swagger) else { return };
    let is_form = |item: &Node| item.get("in").and_then(Node::as_str) == Some("formData");
    if !node.get("parameters").map(Node::items).unwrap_or_default().iter().any(is_form) {
        return;
    }
    let takes = |item: &Node| {
        item.as_str().is_some_and(|kind| {
            kind.contains("application/x-www-form-urlencoded") || kind.contains("multipart/form-data")
        })
    };
    if !consumes.items().iter().any(takes) {
        let message = format!("`{name}` has parameters of a form, and consumes none");
        lint.report("oas2-operation-formData-consume-check", (operation.at.document, consumes.span), message).help =
            Some("add `application/x-www-form-urlencoded` or `multipart/form-data` to `consumes`".to_owned());
    }
}

fn success(input: &Input<'_>, operation: &Part<'_>, name: &str, lint: &mut Lint<'_>) {
    let Some(entry) = operation.at.node.entry("responses").filter(|entry| entry.value.is_map()) else { return };
    let at = At { document: operation.at.document, node: &entry.value };
    let Ok(responses) = input.documents.follow(at) else { return };
    let succeeds = |key: &str| key.len() == 3 && matches!(key.as_bytes()[0], b'2' | b'3');
    if !responses.node.entries().iter().any(|entry| succeeds(&entry.key)) {
        let message = format!("`{name}` has no response for success");
        let only_default = responses.node.get("default").is_some();
        lint.report("operation-success-response", (operation.at.document, entry.key_span), message).help = Some(
            if only_default {
                "`default` is for what goes wrong; say what comes when all is well"
            } else {
                "add one with 2xx or 3xx"
            }
            .to_owned(),
        );
    }
}

fn callbacks(input: &Input<'_>, operation: &Part<'_>, lint: &mut Lint<'_>) {
    let document = operation.at.document;
    let above = |kind: &str| input.parts.above(operation).any(|part| part.kind == kind);
    let in_webhooks = input.parts.above(operation).any(|part| part.field == "webhooks");
    if let Some(entry) = operation.at.node.entry("callbacks") {
        if above("Callback") {
            lint.report(
                "oas3-callbacks-in-callbacks",
                (document, entry.key_span),
                "a callback has callbacks of its own",
            );
        } else if in_webhooks {
            lint.report("oas3_1-callbacks-in-webhook", (document, entry.key_span), "a webhook has callbacks");
        }
    }
    if let Some(entry) = operation.at.node.entry("servers").filter(|_| in_webhooks) {
        lint.report("oas3_1-servers-in-webhook", (document, entry.key_span), "a webhook has servers").help =
            Some("who subscribes says where it is called".to_owned());
    }
}
