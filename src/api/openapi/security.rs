//! Ways to authenticate, and which of them are needed.

use rustc_hash::FxHashMap;

use crate::refs::At;
use crate::yaml::Node;

use super::super::model::{Fact, Need, Requirement, Scheme};
use super::super::nodes::{code_fact, deprecated, extensions, fact, is_true, link_fact, text};
use super::super::samples::Credential;
use super::{Reader, entries};

/// The flows of OAuth 2 and their names in words.
const FLOWS: &[(&str, &str)] = &[
    ("authorizationCode", "Authorization code"),
    ("accessCode", "Authorization code"),
    ("clientCredentials", "Client credentials"),
    ("application", "Client credentials"),
    ("deviceAuthorization", "Device authorization"),
    ("implicit", "Implicit"),
    ("password", "Password"),
];

impl<'a> Reader<'a> {
    /// The schemes of the definition, and how samples send what they ask for.
    pub(super) fn schemes(&self) -> (Vec<Scheme>, FxHashMap<String, Credential>) {
        let components = self.under(self.root, "components").unwrap_or(self.root);
        let found = self.under(components, "securitySchemes").or_else(|| self.under(self.root, "securityDefinitions"));
        let mut schemes = Vec::new();
        let mut credentials = FxHashMap::default();
        for (name, at) in found.into_iter().flat_map(entries) {
            let scheme = match self.follow(at) {
                Ok(found) => {
                    credentials.insert(name.to_owned(), credential(found.node));
                    self.scheme(name, at, found)
                }
                Err(why) => Scheme { name: name.to_owned(), kind: why, ..Scheme::default() },
            };
            schemes.push(scheme);
        }
        (schemes, credentials)
    }

    fn scheme(&self, name: &str, at: At<'a>, found: At<'a>) -> Scheme {
        let node = found.node;
        let mut scheme = Scheme {
            name: name.to_owned(),
            kind: kind(node),
            description: self.description(at, found),
            deprecated: deprecated(node).is_some(),
            extras: extensions(node, &[]),
            ..Scheme::default()
        };
        scheme.facts.extend(text(node, "bearerFormat").map(|format| code_fact("Format", format)));
        for (key, label) in [("openIdConnectUrl", "OpenID Connect"), ("oauth2MetadataUrl", "Metadata")] {
            scheme.facts.extend(text(node, key).map(|url| link_fact(label, url.clone(), &url)));
        }
        // Swagger 2.0 has one flow beside the scheme.
        if let Some(flow) = text(node, "flow") {
            self.flow(&mut scheme, &flow, found);
        }
        for (flow, at) in self.under(found, "flows").into_iter().flat_map(entries) {
            if flow.starts_with("x-") {
                scheme.facts.push(fact(flow, at.node.to_json().to_string()));
            } else {
                self.flow(&mut scheme, flow, at);
            }
        }
        scheme
    }

    fn flow(&self, scheme: &mut Scheme, flow: &str, at: At<'a>) {
        let words = FLOWS.iter().find(|(name, _)| *name == flow).map_or(flow, |(_, words)| words);
        scheme.facts.push(fact("Flow", words));
        for (key, label) in [
            ("authorizationUrl", "Authorization"),
            ("deviceAuthorizationUrl", "Device authorization"),
            ("tokenUrl", "Token"),
            ("refreshUrl", "Refresh"),
        ] {
            let fact = text(at.node, key).map(|url| link_fact(label, url.clone(), &url));
            scheme.facts.extend(fact);
        }
        for (name, at) in self.under(at, "scopes").into_iter().flat_map(entries) {
            let scope = (name.to_owned(), at.node.scalar_text().unwrap_or_default());
            if !scheme.scopes.contains(&scope) {
                scheme.scopes.push(scope);
            }
        }
    }
}

/// What a scheme is, in words.
fn kind(node: &Node) -> String {
    let said = |key: &str| text(node, key).unwrap_or_default();
    match said("type").as_str() {
        "apiKey" => {
            let place = match said("in").as_str() {
                "header" => "header",
                "query" => "query parameter",
                "cookie" => "cookie",
                _ => "request",
            };
            format!("API key in the {place} {}", said("name"))
        }
        "http" => match said("scheme").to_ascii_lowercase().as_str() {
            "basic" => "HTTP Basic".to_owned(),
            "bearer" => "HTTP Bearer".to_owned(),
            "digest" => "HTTP Digest".to_owned(),
            other => format!("HTTP {other}"),
        },
        "basic" => "HTTP Basic".to_owned(),
        "oauth2" => "OAuth 2".to_owned(),
        "openIdConnect" => "OpenID Connect".to_owned(),
        "mutualTLS" => "Mutual TLS".to_owned(),
        "" => "unknown".to_owned(),
        other => other.to_owned(),
    }
}

fn credential(node: &Node) -> Credential {
    let said = |key: &str| text(node, key).unwrap_or_default();
    match (said("type").as_str(), said("in").as_str(), said("scheme").to_ascii_lowercase().as_str()) {
        ("apiKey", "header", _) => Credential::Header(said("name")),
        ("apiKey", "query", _) => Credential::Query(said("name")),
        ("apiKey", "cookie", _) => Credential::Cookie(said("name")),
        ("basic", ..) | ("http", _, "basic") => Credential::Basic,
        ("http", _, "bearer") | ("oauth2" | "openIdConnect", ..) => Credential::Bearer,
        _ => Credential::Other,
    }
}

/// What is needed: one of these, each with all its schemes.
pub(super) fn requirements(node: &Node) -> Vec<Requirement> {
    let need = |entry: &crate::yaml::Entry| Need {
        scheme: entry.key.to_string(),
        scopes: entry.value.items().iter().filter_map(Node::scalar_text).collect(),
    };
    node.items().iter().map(|one| one.entries().iter().map(need).collect()).collect()
}

/// Scopes and marks that extensions give an operation.
pub(super) fn facts(node: &Node) -> Vec<Fact> {
    let mut facts = Vec::new();
    if is_true(node, "x-internal") {
        facts.push(fact("Internal", "yes"));
    }
    facts.extend(text(node, "x-sunset").map(|day| fact("Sunset", day)));
    facts
}
