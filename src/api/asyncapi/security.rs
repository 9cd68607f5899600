//! Security schemes of all types, and what servers and operations need of them.

use rustc_hash::FxHashMap;

use super::super::model::{Fact, Need, Requirement, Scheme};
use super::facts::{code, deprecated, extras, fact, last_part, link, lost};
use super::view::{View, key};
use crate::refs::{At, Documents, reference};

/// The schemes of a definition.
pub(super) struct Security<'a> {
    documents: &'a Documents,
    schemes: Vec<Scheme>,
    /// Which node is which scheme.
    known: FxHashMap<usize, usize>,
}

impl<'a> Security<'a> {
    /// Those that the components name.
    pub(super) fn new(documents: &'a Documents, components: &View<'a>) -> Self {
        let mut all = Self { documents, schemes: Vec::new(), known: FxHashMap::default() };
        for (name, at) in components.entries("securitySchemes") {
            let view = View::of(documents, at);
            let id = all.schemes.len();
            all.schemes.push(scheme(name.to_owned(), &view));
            all.known.insert(key(at), id);
            if let Some(own) = view.own() {
                all.known.entry(key(own)).or_insert(id);
            }
        }
        all
    }

    /// All of them.
    pub(super) fn finish(self) -> Vec<Scheme> {
        self.schemes
    }

    /// What an object needs, if it says so.
    pub(super) fn of(&mut self, view: &View<'a>) -> Option<Vec<Requirement>> {
        view.get("security").filter(View::is_list)?;
        Some(view.items("security").into_iter().map(|at| self.requirement(at)).collect())
    }

    /// A requirement of AsyncAPI 2 has names of schemes as keys; in 3 it is a scheme.
    fn requirement(&mut self, at: At<'a>) -> Requirement {
        let view = View::of(self.documents, at);
        let is_scheme = reference(at.node).is_some() || view.get("type").is_some_and(|kind| kind.scalar().is_some());
        if is_scheme {
            let scopes = texts(&view, "scopes");
            return vec![Need { scheme: self.name(at, &view), scopes }];
        }
        let needs = view.own_entries().into_iter();
        needs.map(|(name, _)| Need { scheme: name.to_owned(), scopes: texts(&view, name) }).collect()
    }

    fn name(&mut self, at: At<'a>, view: &View<'a>) -> String {
        let direct = reference(at.node).and_then(|target| self.documents.resolve(at.document, target).ok());
        let nodes = [direct, view.own()];
        if let Some(&id) = nodes.into_iter().flatten().find_map(|node| self.known.get(&key(node))) {
            return self.schemes[id].name.clone();
        }
        let wanted = match reference(at.node) {
            Some(target) => last_part(target),
            None => view.text("type").unwrap_or_default(),
        };
        let found = scheme(wanted.clone(), view);
        // The same scheme is often written out at each server.
        let same = |known: &&Scheme| Scheme { name: wanted.clone(), ..(*known).clone() } == found;
        if reference(at.node).is_none()
            && let Some(known) = self.schemes.iter().take(100).find(same)
        {
            return known.name.clone();
        }
        let mut name = wanted.clone();
        for number in 2..100 {
            if !self.schemes.iter().any(|known| known.name == name) {
                break;
            }
            name = format!("{wanted} {number}");
        }
        if let Some(own) = view.own() {
            self.known.insert(key(own), self.schemes.len());
        }
        self.schemes.push(Scheme { name: name.clone(), ..found });
        name
    }

    /// How a client of Kafka is set up for a server, as its properties are called.
    pub(super) fn kafka(&self, protocol: &str, needs: &[Requirement]) -> Vec<Fact> {
        let secure = match protocol {
            "kafka" => false,
            "kafka-secure" => true,
            _ => return Vec::new(),
        };
        let mechanism = |scheme: &Scheme| MECHANISMS.iter().find(|row| row.0 == scheme.kind).map(|row| row.1);
        let names: Vec<&str> = needs.iter().flatten().map(|need| need.scheme.as_str()).collect();
        let schemes: Vec<&Scheme> = self.schemes.iter().filter(|scheme| names.contains(&&*scheme.name)).collect();
        let mut mechanisms: Vec<&str> = schemes.iter().filter_map(|scheme| mechanism(scheme)).collect();
        mechanisms.dedup();
        let is_sasl = !mechanisms.is_empty() || schemes.iter().any(|scheme| scheme.kind != X509);
        let protocol = match (is_sasl, secure) {
            (true, true) => "SASL_SSL",
            (true, false) => "SASL_PLAINTEXT",
            (false, true) => "SSL",
            (false, false) => "PLAINTEXT",
        };
        let mut facts = vec![code("security.protocol", protocol)];
        if !mechanisms.is_empty() {
            facts.push(code("sasl.mechanism", mechanisms.join(", ")));
        }
        facts
    }
}

const X509: &str = "X.509 client certificate";

/// How schemes in words are called by Kafka.
const MECHANISMS: [(&str, &str); 5] = [
    ("SASL PLAIN", "PLAIN"),
    ("SASL SCRAM-SHA-256", "SCRAM-SHA-256"),
    ("SASL SCRAM-SHA-512", "SCRAM-SHA-512"),
    ("OAuth 2", "OAUTHBEARER"),
    ("SASL GSSAPI (Kerberos)", "GSSAPI"),
];

fn texts(view: &View<'_>, key: &str) -> Vec<String> {
    view.items(key).iter().filter_map(|at| at.node.scalar_text()).collect()
}

fn scheme(name: String, view: &View<'_>) -> Scheme {
    let mut facts: Vec<Fact> = view.lost.iter().map(lost).collect();
    if let Some(format) = view.text("bearerFormat") {
        facts.push(code("Bearer format", format));
    }
    if let Some(url) = view.text("openIdConnectUrl") {
        facts.push(link("OpenID Connect URL", url.clone(), &url));
    }
    let scopes = flows(view, &mut facts);
    Scheme {
        name,
        kind: kind(view),
        description: view.text("description"),
        facts,
        scopes,
        deprecated: deprecated(view).is_some(),
        extras: extras(view),
    }
}

fn kind(view: &View<'_>) -> String {
    let text = |key: &str| view.text(key).unwrap_or_default();
    let kind = text("type");
    match kind.as_str() {
        "userPassword" => "User name and password".to_owned(),
        "apiKey" => format!("API key as the {}", text("in")),
        "X509" => X509.to_owned(),
        "symmetricEncryption" => "Symmetric encryption".to_owned(),
        "asymmetricEncryption" => "Asymmetric encryption".to_owned(),
        "httpApiKey" => match text("in").as_str() {
            "query" => format!("API key in the query parameter {}", text("name")),
            place => format!("API key in the {place} {}", text("name")),
        },
        "http" => match text("scheme").as_str() {
            "bearer" | "Bearer" => "HTTP bearer token".to_owned(),
            scheme => format!("HTTP {scheme}"),
        },
        "oauth2" => "OAuth 2".to_owned(),
        "openIdConnect" => "OpenID Connect".to_owned(),
        "plain" => "SASL PLAIN".to_owned(),
        "scramSha256" => "SASL SCRAM-SHA-256".to_owned(),
        "scramSha512" => "SASL SCRAM-SHA-512".to_owned(),
        "gssapi" => "SASL GSSAPI (Kerberos)".to_owned(),
        "" => "unknown".to_owned(),
        _ => kind,
    }
}

/// The flows of OAuth 2 as facts, and the scopes of all of them.
fn flows(view: &View<'_>, facts: &mut Vec<Fact>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut by_flow = Vec::new();
    for (name, at) in view.entries("flows") {
        if name.starts_with("x-") {
            continue;
        }
        let flow = view.part(at);
        let title = match name {
            "implicit" => "Implicit flow",
            "password" => "Password flow",
            "clientCredentials" => "Client credentials flow",
            "authorizationCode" => "Authorisation code flow",
            other => other,
        };
        facts.extend(flow.lost.as_ref().map(lost));
        for (key, what) in
            [("authorizationUrl", "authorise at"), ("tokenUrl", "tokens from"), ("refreshUrl", "refresh at")]
        {
            if let Some(url) = flow.text(key) {
                facts.push(link(&format!("{title}: {what}"), url.clone(), &url));
            }
        }
        let mut names = Vec::new();
        for key in ["scopes", "availableScopes"] {
            for (scope, at) in flow.entries(key) {
                names.push(scope);
                if !all.iter().any(|(known, _)| known == scope) {
                    all.push((scope.to_owned(), at.node.scalar_text().unwrap_or_default()));
                }
            }
        }
        by_flow.push((title, names));
    }
    // Which flow has which scopes is only worth a line where they differ.
    if by_flow.windows(2).any(|pair| pair[0].1 != pair[1].1) {
        facts.extend(by_flow.into_iter().map(|(title, names)| fact(&format!("{title}: scopes"), names.join(", "))));
    }
    // AsyncAPI 3 names the scopes that are needed beside the flows.
    for scope in texts(view, "scopes") {
        if !all.iter().any(|(known, _)| *known == scope) {
            all.push((scope, String::new()));
        }
    }
    all
}
