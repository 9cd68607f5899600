//! Pages that lead on: from what the settings say has moved, and from places that a Backstage has.
//! Each works without JavaScript and from any folder, and none takes the place of a page. What a
//! host can do with rules alone is given as such: see `hosts`.

use serde::Serialize;

use crate::base::hosts::encoded;
use crate::check::{Move, MoveProblem, New, Old, moves};
use crate::config::Twins;
use crate::model::{Entity, EntityRef};
use crate::routes;
use crate::site::lists::common;
use crate::site::{Error, Site};

/// A rule for a host that knows them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// The path that is asked for, from the root of the site.
    pub(super) from: String,
    /// The path of the answer, or a URL.
    pub(super) to: String,
}

#[derive(Serialize)]
struct Moved {
    to_href: String,
    to_title: String,
    canonical: String,
}

/// The pages. Gives the rules that say the same, and the redirects that lead nowhere.
pub(super) fn pages(site: &Site<'_>) -> Result<(Vec<Rule>, Vec<MoveProblem>), Error> {
    let made = Made(site.ledger.sorted());
    let (moves, _) = moves(site.catalog, site.docs, site.settings);
    let (mut rules, mut problems) = (Vec::new(), Vec::new());
    for one in &moves {
        match of_settings(site, &made, one)? {
            Ok(more) => rules.extend(more),
            Err(problem) => problems.push(problem),
        }
    }
    of_backstage(site, &made)?;
    Ok((rules, problems))
}

/// The pages that were made before these.
struct Made(Vec<Box<str>>);

impl Made {
    fn has(&self, path: &str) -> bool {
        self.0.binary_search_by(|page| (**page).cmp(path)).is_ok()
    }

    fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let start = format!("{folder}/");
        let at = self.0.partition_point(|page| **page < *start);
        self.0[at..].iter().map(|page| &**page).take_while(move |page| page.starts_with(&start))
    }
}

/// What one entry of the settings makes.
fn of_settings(site: &Site<'_>, made: &Made, one: &Move) -> Result<Result<Vec<Rule>, MoveProblem>, Error> {
    if let Some(path) = one.needs().filter(|path| !made.has(path)) {
        return Ok(Err(MoveProblem::no_page(one.number, path)));
    }
    let from = match &one.from {
        Old::Entity(old) => routes::entity_page(old),
        Old::Page(path) => path.clone(),
    };
    if made.has(&from) {
        return Ok(Err(MoveProblem::taken(one.number, &from)));
    }
    let (to, title) = match &one.to {
        New::Entity(id) => {
            let entity = site.catalog.entity(*id);
            (routes::entity_page(&entity.reference), entity.title().to_owned())
        }
        New::Page(path) => (path.clone(), title_of(site, path)),
        New::Url(url) => (url.clone(), url.clone()),
    };
    lead(site, &from, &to, &title)?;
    let mut rules = vec![rule(&from, &to)];
    if let (Old::Entity(old), New::Entity(id)) = (&one.from, &one.to) {
        rules.extend(below(site, made, old, site.catalog.entity(*id))?);
    }
    Ok(Ok(rules))
}

/// What a page is called; the path of one that has no title of its own.
fn title_of(site: &Site<'_>, path: &str) -> String {
    let bare = path.split('#').next().unwrap_or(path);
    let page = site.docs.sites.iter().find_map(|docs| {
        let number = docs.outputs.iter().position(|output| output == bare)?;
        Some(docs.content.pages[number].title.clone())
    });
    page.unwrap_or_else(|| path.to_owned())
}

/// What stands below an entity leads on as well: its documentation, and the parts of its reference.
fn below(site: &Site<'_>, made: &Made, old: &EntityRef, entity: &Entity) -> Result<Vec<Rule>, Error> {
    let new = &entity.reference;
    let mut rules = Vec::new();
    let publish = &site.settings.publish;
    if publish.twins == Twins::Files {
        rules.push(rule(&routes::entity_json(old), &routes::entity_json(new)));
        rules.push(rule(&routes::entity_markdown(old), &routes::entity_markdown(new)));
    }
    if publish.backstage_api {
        rules.push(rule(&routes::backstage_entity(old), &routes::backstage_entity(new)));
    }
    let folders = [
        (routes::docs_folder(old), routes::docs_folder(new)),
        (routes::entity_folder(old), routes::entity_folder(new)),
    ];
    for (was, is) in folders {
        let mut has_pages = false;
        for page in made.below(&is) {
            let path = format!("{was}{}", &page[is.len()..]);
            if !made.has(&path) {
                lead(site, &path, page, entity.title())?;
                has_pages = true;
            }
        }
        if has_pages {
            rules.push(Rule { from: format!("/{}/*", encoded(&was)), to: format!("/{}/:splat", encoded(&is)) });
        }
    }
    Ok(rules)
}

fn rule(from: &str, to: &str) -> Rule {
    let is_url = to.contains("://");
    let (path, anchor) = to.split_once('#').map_or((to, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
    let from = from.strip_suffix(".html").unwrap_or(from);
    let from = from.strip_suffix("index").filter(|start| start.ends_with('/')).unwrap_or(from);
    let to = if is_url { to.split_whitespace().collect() } else { format!("/{}{anchor}", encoded(path)) };
    Rule { from: format!("/{}", encoded(from)), to }
}

/// The places of a Backstage that are no entity and no documentation.
fn of_backstage(site: &Site<'_>, made: &Made) -> Result<(), Error> {
    for (from, to, title) in places(site) {
        if !made.has(&from) {
            lead(site, &from, &to, &title)?;
        }
    }
    Ok(())
}

/// Where Backstage has what, where it is here, and what that is called.
pub(super) fn places(site: &Site<'_>) -> Vec<(String, String, String)> {
    let list = |kind: &str| if site.count_of(kind) > 0 { routes::list(Some(kind), 1) } else { routes::list(None, 1) };
    let texts = site.texts();
    let place = |from: &str, to: String, title: &str| (format!("{from}.html"), to, texts.t(title).to_owned());
    let mut places = vec![
        place("api-docs", list("API"), "APIs"),
        place("catalog", routes::list(None, 1), "Catalog"),
        place("catalog-graph", routes::MAP.to_owned(), "Map"),
        place("create", list("Template"), "Templates"),
        place("docs", crate::site::docs::HOME.to_owned(), "Docs"),
    ];
    let templates = site.ids_of("Template").into_iter().map(|id| site.catalog.entity(id));
    places.extend(templates.map(|entity| {
        let page = routes::entity_page(&entity.reference);
        (routes::backstage_template(&entity.reference), page, entity.title().to_owned())
    }));
    places
}

fn lead(site: &Site<'_>, from: &str, to: &str, title: &str) -> Result<(), Error> {
    let is_url = to.contains("://");
    let to_href = if is_url { to.to_owned() } else { routes::link(from, to) };
    let canonical = match &site.settings.site_url {
        Some(url) if !is_url => format!("{url}{}", routes::link("index.html", to)),
        _ => to_href.clone(),
    };
    let body = Moved { to_href, to_title: title.to_owned(), canonical };
    let bytes = site.theme.render("moved.html", &common(from, title.to_owned(), "", None), &body)?;
    site.put(from.to_owned(), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_of_what_browsers_ask_for() {
        for (from, to, expected) in [
            ("a/b.html", "c/d.html#x y", ("/a/b", "/c/d.html#x y")),
            ("a/index.html", "b.html", ("/a/", "/b.html")),
            ("a b.json", "https://x.example/", ("/a%20b.json", "https://x.example/")),
        ] {
            let Rule { from, to } = rule(from, to);
            assert_eq!((from.as_str(), to.as_str()), expected);
        }
    }

    #[test]
    fn what_stands_below_a_folder_is_found() {
        let made = Made(["a.html", "a/b.html", "a/c/d.html", "ab.html", "b.html"].map(Into::into).to_vec());
        assert_eq!(made.below("a").collect::<Vec<_>>(), ["a/b.html", "a/c/d.html"]);
        assert!(made.has("ab.html") && !made.has("ab"));
    }
}
