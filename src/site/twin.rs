//! The Markdown twin of an entity's page, for people in a terminal and for agents.

use std::fmt::Write as _;

use crate::config::Twins;
use crate::model::{Entity, EntityRef, RelationId};
use crate::routes;

use super::Site;
use super::context::Context;
use super::views::Link;

pub(super) fn entity(site: &Site<'_>, entity: &Entity) -> (String, Vec<u8>) {
    let path = routes::entity_markdown(&entity.reference);
    let text = text(site, entity, &path);
    (path, text.into_bytes())
}

/// Where a text about an entity leads for more: its twin, or its page where there are no twins.
pub(super) fn place(site: &Site<'_>, reference: &EntityRef) -> String {
    match site.settings.publish.twins {
        Twins::Files => routes::entity_markdown(reference),
        Twins::Packed | Twins::None => routes::entity_page(reference),
    }
}

/// The text, with links as they lead from an output file.
pub(super) fn text(site: &Site<'_>, entity: &Entity, from: &str) -> String {
    let context = Context::new(site, from);
    let mut out = format!("# {}\n\n`{}`\n", line(entity.title()), entity.key());
    if let Some(description) = entity.description() {
        let _ = write!(out, "\n{}\n", description.trim());
    }
    out.push('\n');
    let mut fact = |label: &str, text: &str| {
        let _ = writeln!(out, "- {label}: {}", line(text));
    };
    fact("Kind", &entity.reference.kind);
    if let Some(text) = entity.spec_type() {
        fact("Type", text);
    }
    if let Some(text) = entity.lifecycle() {
        fact("Lifecycle", text);
    }
    let tags: Vec<&str> = entity.tags().collect();
    if !tags.is_empty() {
        fact("Tags", &tags.join(", "));
    }
    let repository = &site.sources.repository(site.sources.repo_of(entity.file)).name;
    fact("Source", &format!("{repository}/{}", site.sources.path(entity.file)));
    if let Some(docs) = site.docs_home(entity.id) {
        fact("Documentation", &format!("[{}]({})", entity.title(), context.href(&docs)));
    }
    let mut relations: Vec<RelationId> = site.graph.relations(entity.id).iter().map(|one| one.relation).collect();
    relations.sort_unstable();
    relations.dedup();
    for relation in relations {
        let _ = write!(out, "\n## {}\n\n", site.catalog.kinds.relations.label(relation));
        for link in context.targets(entity.id, relation) {
            let _ = writeln!(out, "- {}", reference(site, &link));
        }
    }
    if let Some(mentions) = super::mentions::view(&context, entity.id) {
        out.push_str("\n## Mentioned in\n\n");
        for site in &mentions.sites {
            let _ = writeln!(out, "- [{}]({})", line(&site.title), site.href);
            for page in &site.pages {
                let _ = writeln!(out, "  - [{}]({})", line(&page.title), page.href.as_deref().unwrap_or(""));
            }
        }
        if let Some(more) = &mentions.more {
            let _ = writeln!(out, "- [{}]({})", more.title, more.href.as_deref().unwrap_or(""));
        }
    }
    let mut links = entity.links().peekable();
    if links.peek().is_some() {
        out.push_str("\n## Links\n\n");
        for link in links {
            let _ = writeln!(
                out,
                "- [{}](<{}>)",
                line(link.title.unwrap_or(link.url)),
                crate::base::hosts::without_credentials(link.url)
            );
        }
    }
    out
}

fn reference(site: &Site<'_>, link: &Link) -> String {
    match &link.href {
        Some(href) => format!(
            "[{}]({}) `{}`",
            line(&link.title),
            match site.settings.publish.twins {
                Twins::Files => href.trim_end_matches(".html").to_owned() + ".md",
                Twins::Packed | Twins::None => href.clone(),
            },
            link.reference
        ),
        None => format!("{} `{}` (not in view)", line(&link.title), link.reference),
    }
}

/// Text on one line, without what Markdown would read as markup.
pub(super) fn line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace('[', "\\[").replace(']', "\\]").replace('<', "\\<")
}
