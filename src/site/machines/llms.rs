//! Texts for agents: `llms.txt` says what there is and where, `llms/` has the lists that are too
//! long for it, `llms-full.txt` leads to the full text, in parts. Left out where twins are.

use std::fmt::Write as _;

use rayon::prelude::*;

use crate::config::Twins;
use crate::model::Entity;
use crate::report::count;
use crate::routes;
use crate::site::context::{Context, description};
use crate::site::lists::plural;
use crate::site::twin::{self, line};
use crate::site::{Error, Site, api, docs};

use super::parts::{Part, Parts};

const INDEX: &str = "llms.txt";
const FULL: &str = "llms-full.txt";
/// Most entries of a section of the index.
const MAX_LISTED: usize = 40;
/// How many texts are made at once.
const AT_ONCE: usize = 512;

pub(super) fn files(site: &Site<'_>) -> Result<(), Error> {
    if site.settings.publish.twins == Twins::None {
        return Ok(());
    }
    let kinds = super::kinds(site);
    let mut out = head(site);
    let mut full = Vec::new();
    for (kind, entities) in &kinds {
        let name = routes::segment(&kind.name);
        let from = routes::llms_part(&name, 1);
        let text = |entity: &&Entity| {
            full_text(&twin::text(site, entity, &from), &from, &routes::entity_page(&entity.reference))
        };
        full.extend(parts(site, &name, entities, &|entity| entity.key(), &text)?);
        section(site, &mut out, &plural(kind), &name, entities, &|entity, from| entry(site, entity, from))?;
    }
    full.extend(references(site)?);
    full.extend(documentation(site, &mut out)?);
    out.push_str(&data(site, &full));
    site.put(INDEX.to_owned(), out.into_bytes())?;
    site.put(FULL.to_owned(), contents(site, &full).into_bytes())
}

fn head(site: &Site<'_>) -> String {
    let entities = count(site.catalog.entities.len(), "entity");
    let repositories = site.sources.repositories().iter().filter(|repository| !repository.settings_home).count();
    let pages: usize = site.docs.sites.iter().map(|docs| docs.content.pages.len()).sum();
    let organization =
        site.settings.organization.as_deref().map_or_else(String::new, |name| format!(" of {}", line(name)));
    format!(
        "# {}\n\n> The software catalog{organization}: {entities} from {}, and {} of documentation.\n\n\
         Entities are named as in Backstage, `kind:namespace/name`. Each link leads to a text that says what the entity is, \
         who owns it, and what it depends on.\n",
        line(&site.settings.title()),
        count(repositories, "repository"),
        count(pages, "page"),
    )
}

/// A list in the index; where it is long, the rest of it is elsewhere.
fn section<T: Sync>(
    site: &Site<'_>,
    out: &mut String,
    title: &str,
    name: &str,
    all: &[T],
    entry: &(dyn Fn(&T, &str) -> (String, String) + Sync),
) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    let _ = write!(out, "\n## {}\n\n", line(title));
    for one in all.iter().take(MAX_LISTED) {
        out.push_str(&entry(one, INDEX).1);
    }
    if all.len() <= MAX_LISTED {
        return Ok(());
    }
    let path = |number: usize| routes::llms_list(name, number);
    let from = path(1);
    let mut lists = Parts::new(site, &path);
    for some in all.chunks(AT_ONCE) {
        let entries: Vec<(String, String)> = some.par_iter().map(|one| entry(one, &from)).collect();
        for (key, text) in &entries {
            lists.push(key, text)?;
        }
    }
    for list in lists.finish()? {
        let href = routes::link(INDEX, &list.path);
        let _ = writeln!(
            out,
            "- [{} from {} to {}]({href}): all {} are in these lists",
            line(title),
            line(&list.first),
            line(&list.last),
            all.len()
        );
    }
    Ok(())
}

/// An entity in a list.
fn entry(site: &Site<'_>, entity: &Entity, from: &str) -> (String, String) {
    let context = Context::new(site, from);
    let href = context.href(&twin::place(site, &entity.reference));
    let text = description(entity).map_or_else(String::new, |text| format!(": {}", line(&text)));
    (entity.key(), format!("- [{}]({href}){text}\n", line(entity.title())))
}

/// The references of APIs, as full text.
fn references(site: &Site<'_>) -> Result<Vec<Part>, Error> {
    let name = "references";
    let from = routes::llms_part(name, 1);
    let entities: Vec<&Entity> = site.apis.iter().map(|api| site.catalog.entity(api.entity)).collect();
    let text = |entity: &&Entity| {
        let text = api::full_text(site, entity);
        text.map_or_else(String::new, |text| full_text(&text, &from, &routes::api_reference(&entity.reference)))
    };
    parts(site, name, &entities, &|entity| entity.key(), &text)
}

/// The documentation, in the index and as full text.
fn documentation(site: &Site<'_>, out: &mut String) -> Result<Vec<Part>, Error> {
    let sites: Vec<&crate::docs::Site> = site.docs.sites.iter().collect();
    section(site, out, "Documentation", "documentation", &sites, &|docs, from| {
        let title = docs::title(site, docs);
        let home = if site.settings.publish.twins == Twins::Files {
            docs::twin_path(docs.home())
        } else {
            docs.home().to_owned()
        };
        let pages = count(docs.content.pages.len(), "page");
        let text = docs.content.description.as_deref().map_or_else(String::new, |text| format!("; {}", line(text)));
        (
            site.catalog.entity(docs.entity).key(),
            format!("- [{}]({}): {pages}{text}\n", line(&title), routes::link(from, &home)),
        )
    })?;
    let from = routes::llms_part("documentation", 1);
    let pages: Vec<(&crate::docs::Site, usize)> =
        sites.iter().flat_map(|docs| docs::in_order(docs).into_iter().map(|page| (*docs, page))).collect();
    let text = |(docs, page): &(&crate::docs::Site, usize)| {
        let source = docs::source(site, docs, *page);
        full_text(&source, &from, &docs.outputs[*page])
    };
    parts(site, "documentation", &pages, &|(docs, page)| docs.outputs[*page].clone(), &text)
}

/// A text with the page that it is of.
fn full_text(text: &str, from: &str, page: &str) -> String {
    format!("<!-- {} -->\n\n{}\n\n", routes::link(from, page).replace("--", "%2D%2D"), text.trim())
}

/// The full text of a section, in parts.
fn parts<T: Sync>(
    site: &Site<'_>,
    name: &str,
    all: &[T],
    key: &dyn Fn(&T) -> String,
    text: &(dyn Fn(&T) -> String + Sync),
) -> Result<Vec<Part>, Error> {
    let path = |number: usize| routes::llms_part(name, number);
    let mut parts = Parts::new(site, &path);
    for some in all.chunks(AT_ONCE) {
        let texts: Vec<String> = some.par_iter().map(text).collect();
        for (one, text) in some.iter().zip(&texts).filter(|(_, text)| !text.is_empty()) {
            parts.push(&key(one), text)?;
        }
    }
    parts.finish()
}

/// The files with everything.
fn data(site: &Site<'_>, full: &[Part]) -> String {
    let mut out =
        String::from("\n## Data\n\n- [catalog.json](catalog.json): all entities with their relations, as JSON\n");
    if site.settings.publish.twins == Twins::Packed {
        out.push_str("- [entities.jsonl](entities.jsonl): each entity whole, one a line\n");
    }
    out.push_str("- [openapi.yaml](openapi.yaml): the definition of these files as an API\n\n## Optional\n\n");
    let size: usize = full.iter().map(|part| part.size).sum();
    let _ = writeln!(out, "- [Full text]({FULL}): {} in {}", kilobytes(size), count(full.len(), "file"));
    out
}

/// What leads to the parts of the full text.
fn contents(site: &Site<'_>, full: &[Part]) -> String {
    let mut out = format!(
        "# {}: full text\n\nThe text of every entity, every API with its operations and schemas, and every page of documentation, in parts.\n\n",
        line(&site.settings.title())
    );
    for part in full {
        let href = routes::link(FULL, &part.path);
        let _ = writeln!(
            out,
            "- [{}]({href}): {}, from {} to {}",
            part.path,
            kilobytes(part.size),
            line(&part.first),
            line(&part.last)
        );
    }
    out
}

fn kilobytes(bytes: usize) -> String {
    format!("{} kB", bytes.div_ceil(1000))
}
