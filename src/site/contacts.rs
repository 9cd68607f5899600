//! How to reach a team or a person: their address, where they chat, and their links.

use serde::Serialize;

use crate::model::Entity;
use crate::theme::Texts;

use super::entity::{links, web_url};

/// A way to reach somebody.
#[derive(Serialize)]
pub(super) struct Contact {
    icon: &'static str,
    label: String,
    text: String,
    href: Option<String>,
}

/// The ways to reach a group or user; none for other kinds.
pub(super) fn of(texts: &Texts, entity: &Entity) -> Vec<Contact> {
    let mut contacts = Vec::new();
    if !matches!(entity.reference.kind.as_str(), "Group" | "User") {
        return contacts;
    }
    if let Some(email) = entity.text(&["spec", "profile", "email"]) {
        let href = email.contains('@').then(|| format!("mailto:{email}"));
        contacts.push(Contact { icon: "mail", label: texts.t("E-mail").to_owned(), text: email.to_owned(), href });
    }
    for (key, value) in entity.annotations() {
        let label = match key {
            _ if key.contains("slack") => "Slack",
            _ if key.contains("chat") => texts.t("Chat"),
            _ => continue,
        };
        let (label, text) = (label.to_owned(), value.to_owned());
        contacts.push(Contact { icon: "chat", label, text, href: web_url(value) });
    }
    contacts.extend(links(entity).into_iter().map(|link| Contact {
        icon: link.icon,
        label: link.host.unwrap_or_default(),
        text: link.title,
        href: Some(link.href),
    }));
    contacts
}
