//! `api-security-undefined`: requirements that name a security scheme, or a scope of it, that the
//! definition does not have.

use crate::base::suggest;
use crate::refs::At;
use crate::yaml::Node;

use super::report::Lint;
use super::walk::Part;
use super::{Input, Version};

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    let root = input.documents.root();
    let schemes = match input.version {
        Version::Swagger => root.node.get("securityDefinitions"),
        _ => root.node.at(&["components", "securitySchemes"]),
    };
    let schemes = schemes.map(|node| At { document: 0, node }).and_then(|at| input.documents.follow(at).ok());
    for requirement in input.parts.of_kind("Security") {
        of_requirement(input, requirement, schemes, lint);
    }
    if input.version == Version::AsyncApi3 {
        of_references(input, lint);
    }
}

fn of_requirement(input: &Input<'_>, requirement: &Part<'_>, schemes: Option<At<'_>>, lint: &mut Lint<'_>) {
    let rule = match input.version {
        Version::Swagger => "oas2-operation-security-defined",
        Version::OpenApi(_) => "oas3-operation-security-defined",
        _ if input.parts.parent(requirement).is_some_and(|parent| parent.kind == "Server") => {
            "asyncapi-server-security"
        }
        _ => "asyncapi-operation-security",
    };
    let where_they_are = input.version.pick("securityDefinitions", "components.securitySchemes");
    for entry in requirement.at.node.entries() {
        let spot = (requirement.at.document, entry.key_span);
        let scheme = schemes.and_then(|schemes| {
            let node = schemes.node.get(&entry.key)?;
            input.documents.follow(At { document: schemes.document, node }).ok()
        });
        let names = schemes.map(|schemes| schemes.node.entries()).unwrap_or_default().iter().map(|entry| &*entry.key);
        let known = schemes.is_some_and(|schemes| schemes.node.get(&entry.key).is_some());
        // Since OpenAPI 3.2 a requirement may lead to a scheme by its address.
        if !known && matches!(input.version, Version::OpenApi(2..)) && entry.key.contains(['/', '#']) {
            continue;
        }
        if !known {
            let near = suggest::nearest(&entry.key, names).map(|near| format!("did you mean `{near}`?"));
            let message = format!("there is no security scheme `{}`", entry.key);
            lint.report(rule, spot, message).help =
                near.or_else(|| Some(format!("define it under `{where_they_are}`")));
        } else if let Some(scheme) = scheme {
            scopes(rule, requirement, &entry.key, entry.value.items(), scheme.node, lint);
        }
    }
}

fn scopes(rule: &str, requirement: &Part<'_>, name: &str, asked: &[Node], scheme: &Node, lint: &mut Lint<'_>) {
    // Only OAuth lists its scopes; others may ask for roles, or find scopes elsewhere.
    if scheme.get("type").and_then(Node::as_str) != Some("oauth2") {
        return;
    }
    let flows = scheme.get("flows").map(Node::entries).unwrap_or_default();
    let mut known: Vec<&str> = Vec::new();
    for map in flows.iter().filter_map(|flow| flow.value.get("scopes")).chain(scheme.get("scopes")) {
        known.extend(map.entries().iter().map(|entry| &*entry.key));
    }
    for scope in asked {
        let Some(text) = scope.as_str().filter(|text| !known.contains(text)) else { continue };
        let near = suggest::nearest(text, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        let message = format!("the security scheme `{name}` has no scope `{text}`");
        lint.report(rule, (requirement.at.document, scope.span), message).help = near;
    }
}

/// AsyncAPI 3 refers to schemes; a reference to something else is none.
fn of_references(input: &Input<'_>, lint: &mut Lint<'_>) {
    for part in input.parts.of_kind("Scheme").filter(|part| part.field == "security" && part.referred) {
        if part.at.node.get("type").is_none() {
            let spot = (part.from, part.named);
            lint.report("asyncapi-3-operation-security", spot, "this leads to no security scheme");
        }
    }
}
