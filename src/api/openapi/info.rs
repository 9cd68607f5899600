//! What a definition says of itself: contact, licence, terms, other documents, media types.

use crate::refs::{At, Documents};
use crate::yaml::Node;

use super::super::model::Fact;
use super::super::nodes::{code_fact, external_docs, fact, link_fact, text};
use super::{inside, texts};

/// The facts of a definition.
pub(super) fn facts(documents: &Documents, at: At<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let root = at.node;
    if let Some(info) = root.get("info") {
        let info = documents.follow(inside(at, info)).map_or(info, |found| found.node);
        facts.extend(info.get("contact").map(contact).unwrap_or_default());
        facts.extend(info.get("license").and_then(license));
        facts.extend(text(info, "termsOfService").map(|url| link_fact("Terms of service", url.clone(), &url)));
    }
    facts.extend(external_docs(root));
    facts.extend(text(root, "$self").map(|url| code_fact("Identifier", url)));
    facts.extend(text(root, "jsonSchemaDialect").map(|url| code_fact("JSON Schema dialect", url)));
    for (key, label) in [("consumes", "Consumes"), ("produces", "Produces")] {
        let types = texts(root, key);
        if !types.is_empty() {
            facts.push(code_fact(label, types.join(", ")));
        }
    }
    facts
}

/// Whom to ask, on the web and by mail.
fn contact(node: &Node) -> Vec<Fact> {
    let (name, url, email) = (text(node, "name"), text(node, "url"), text(node, "email"));
    let words = name.or_else(|| url.clone());
    let mail = |email: String| link_fact("E-mail", email.clone(), &format!("mailto:{email}"));
    let who = words.map(|words| Fact { href: url, ..fact("Contact", words) });
    who.into_iter().chain(email.map(mail)).collect()
}

fn license(node: &Node) -> Option<Fact> {
    let identifier = text(node, "identifier");
    let words = text(node, "name").or_else(|| identifier.clone()).or_else(|| text(node, "url"))?;
    let words = match identifier {
        Some(identifier) if identifier != words => format!("{words} ({identifier})"),
        _ => words,
    };
    Some(Fact { href: text(node, "url"), ..fact("Licence", words) })
}
