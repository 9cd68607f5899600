//! Files that programs read and hosts obey: everything that is no page. What stands beside a page
//! (an entity's JSON and Markdown) is made with it; the rest is made here, when all pages are.

mod backstage;
mod badges;
mod hosts;
mod llms;
mod moved;
mod parts;
mod sitemap;

use crate::check::MoveProblem;
use crate::config::Twins;
use crate::model::{Entity, Kind};
use crate::routes;

use super::views::Alternate;
use super::{Error, Site, twin};

pub(super) use hosts::OPEN_SEARCH;

/// The definition of the API that all of these files are.
const OPENAPI: &str = include_str!("../../../schema/site.openapi.yaml");
/// The address that stands in it.
const SERVER: &str = "https://catalog.example.org";

/// The files about the whole site. Gives the redirects that could not be made.
pub(super) fn files(site: &Site<'_>) -> Result<Vec<MoveProblem>, Error> {
    let public = site.public();
    site.put("catalog.json".to_owned(), public.catalog_json().unwrap_or_default())?;
    site.put("interface.json".to_owned(), public.interface_json().unwrap_or_default())?;
    site.put("openapi.yaml".to_owned(), openapi(site.settings.site_url.as_deref()).into_bytes())?;
    let publish = &site.settings.publish;
    if publish.twins == Twins::Packed {
        site.put("entities.jsonl".to_owned(), public.entities_jsonl().unwrap_or_default())?;
    }
    if publish.backstage_api {
        backstage::lists(site)?;
    }
    llms::files(site)?;
    // Before the pages that lead on, which it has not.
    sitemap::files(site)?;
    let (rules, problems) = moved::pages(site)?;
    hosts::files(site, &rules)?;
    Ok(problems)
}

/// The definition with the address of the site, where that is known.
fn openapi(url: Option<&str>) -> String {
    match url {
        Some(url) => OPENAPI.replace(SERVER, url.trim_end_matches('/')),
        None => OPENAPI.to_owned(),
    }
}

/// The files about one entity.
pub(super) fn of_entity(site: &Site<'_>, entity: &Entity) -> Result<(), Error> {
    let publish = &site.settings.publish;
    if publish.twins == Twins::Files {
        site.put(routes::entity_json(&entity.reference), site.public().entity_json(entity).unwrap_or_default())?;
        let (path, bytes) = twin::entity(site, entity);
        site.put(path, bytes)?;
    }
    if publish.backstage_api {
        site.put(routes::backstage_entity(&entity.reference), site.public().entity_line(entity).unwrap_or_default())?;
    }
    if publish.badges {
        badges::of(site, entity)?;
    }
    Ok(())
}

/// The link from a page to its Markdown, where there is some.
pub(super) fn markdown_twin(site: &Site<'_>, href: String) -> Option<Alternate> {
    let has = site.settings.publish.twins == Twins::Files;
    has.then_some(Alternate { media: "text/markdown", href, title: "Markdown" })
}

/// The formats of an entity's page beside it, by the name of its file without an ending.
pub(super) fn entity_twins(site: &Site<'_>, stem: &str) -> Vec<Alternate> {
    let href = |ending: &str| crate::base::hosts::encoded(&format!("{stem}.{ending}"));
    let markdown = markdown_twin(site, href("md"));
    let json = markdown.is_some().then(|| Alternate { media: "application/json", href: href("json"), title: "JSON" });
    json.into_iter().chain(markdown).collect()
}

/// The kinds that texts for agents have, in the order in which one reads of an organisation. People
/// are left out: who owns what is said where it is owned.
fn kinds<'a>(site: &'a Site<'_>) -> Vec<(&'a Kind, Vec<&'a Entity>)> {
    const FIRST: &[&str] = &["Domain", "System", "Component", "API", "Resource"];
    let mut kinds: Vec<_> =
        site.catalog.kinds.iter().filter(|(_, kind)| !matches!(&*kind.name, "User" | "Location")).collect();
    kinds.sort_by_key(|(_, kind)| FIRST.iter().position(|first| *first == kind.name).unwrap_or(FIRST.len()));
    let of = |id| site.catalog.entities.iter().filter(move |entity| entity.kind == id).collect::<Vec<_>>();
    kinds.into_iter().map(|(id, kind)| (kind, of(id))).filter(|(_, entities)| !entities.is_empty()).collect()
}
