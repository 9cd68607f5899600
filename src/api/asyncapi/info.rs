//! What a definition says of itself.

use super::super::model::{Fact, Reference};
use super::super::nodes::logo;
use super::facts::{code, docs, extras, fact, link, lost, tag_facts};
use super::view::View;

/// The head of the reference: description, facts, extensions.
pub(super) fn read(root: &View<'_>) -> Reference {
    let mut reference = Reference { extras: extras(root), ..Reference::default() };
    if let Some(info) = root.get("info") {
        reference.description = info.text("description");
        reference.facts.extend(info.lost.as_ref().map(lost));
        reference.facts.extend(people(&info));
        // AsyncAPI 3 has these here, 2 beside `info`.
        reference.facts.extend(tag_facts(&info));
        reference.facts.extend(docs(&info));
        reference.extras.splice(0..0, extras(&info));
        reference.logo = info.own().and_then(|info| logo(info.node));
        if reference.logo.is_some() {
            reference.extras.retain(|extra| extra.name != "x-logo");
        }
    }
    if let Some(id) = root.text("id") {
        reference.facts.insert(0, code("ID", id));
    }
    if let Some(media) = root.text("defaultContentType") {
        reference.facts.push(code("Default content type", media));
    }
    reference.facts.extend(tag_facts(root));
    reference.facts.extend(docs(root));
    reference
}

fn people(info: &View<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(contact) = info.get("contact") {
        let (name, url) = (contact.text("name"), contact.text("url"));
        match (name.or_else(|| url.clone()), url) {
            (Some(name), Some(url)) => facts.push(link("Contact", name, &url)),
            (Some(name), None) => facts.push(fact("Contact", name)),
            (None, _) => {}
        }
        if let Some(email) = contact.text("email") {
            facts.push(link("E-mail", email.clone(), &format!("mailto:{email}")));
        }
    }
    if let Some(licence) = info.get("license") {
        let url = licence.text("url");
        if let Some(name) = licence.text("name").or_else(|| url.clone()) {
            facts.push(Fact { href: url, ..fact("Licence", name) });
        }
    }
    if let Some(terms) = info.text("termsOfService") {
        facts.push(link("Terms of service", terms.clone(), &terms));
    }
    facts
}
