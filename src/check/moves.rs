//! `unusable-redirect`: what the settings say has moved, led to where it is now. `site` makes pages
//! of the result. Chains are followed here, so that no page leads to one that leads on.
//!
//! Pages that only `site` knows, such as lists and parts of a reference, are looked for when they
//! were made: see [`Move::needs`].

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::paths;
use crate::config::{Redirect, Settings};
use crate::diagnostics::{Diagnostic, UNUSABLE_REDIRECT, did_you_mean};
use crate::docs::Docs;
use crate::model::{Catalog, Context, EntityId, EntityRef};
use crate::routes;

/// Something that has moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its number in the settings.
    pub number: usize,
    /// Where it was.
    pub from: Old,
    /// Where it is.
    pub to: New,
}

/// Where something was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Old {
    /// An entity that had this name.
    Entity(EntityRef),
    /// A page that had this path.
    Page(String),
}

/// Where something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum New {
    /// An entity.
    Entity(EntityId),
    /// A page of the site, perhaps with an anchor.
    Page(String),
    /// Somewhere else.
    Url(String),
}

impl Move {
    /// The page that must be there for it to lead somewhere, where that is not known before pages
    /// are made.
    pub fn needs(&self) -> Option<&str> {
        match &self.to {
            New::Page(path) => Some(path.split('#').next().unwrap_or(path)),
            New::Entity(_) | New::Url(_) => None,
        }
    }
}

/// What the settings say has moved, and what is wrong with it: the number of the entry, whether its
/// new side is meant, what is wrong, and advice.
pub fn moves(catalog: &Catalog, docs: &Docs, settings: &Settings) -> (Vec<Move>, Vec<Problem>) {
    let redirects = &settings.publish.redirects;
    if redirects.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let known = Known::new(catalog, docs);
    let next: FxHashMap<String, usize> = redirects.iter().enumerate().map(|(at, one)| (key(&one.from), at)).collect();
    let (mut moves, mut problems) = (Vec::new(), Vec::new());
    for (number, redirect) in redirects.iter().enumerate() {
        match known.old(redirect).and_then(|from| Ok((from, known.goal(redirects, &next, number)?))) {
            Ok((from, to)) => moves.push(Move { number, from, to }),
            Err(problem) => problems.push(Problem { number, ..problem }),
        }
    }
    (moves, problems)
}

/// What is wrong with a redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its number in the settings.
    pub number: usize,
    /// Whether the place it leads to is wrong, and not the one it leads from.
    pub is_new: bool,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    /// Of a page that was not made.
    pub fn no_page(number: usize, path: &str) -> Self {
        let message = format!("the redirect leads to `{path}`, and there is no such page");
        Self { number, is_new: true, message, help: None }
    }

    /// Of a page that is there.
    pub fn taken(number: usize, path: &str) -> Self {
        let message = format!("`{path}` is a page, so that nothing leads from it elsewhere");
        Self { number, is_new: false, message, help: Some("delete the redirect".to_owned()) }
    }

    /// As a finding in the settings.
    pub fn finding(self, settings: &Settings, file: Option<crate::base::FileId>) -> Diagnostic {
        let redirect = &settings.publish.redirects[self.number];
        let span = if self.is_new { redirect.to_span } else { redirect.from_span };
        let finding = Diagnostic::new(&UNUSABLE_REDIRECT, self.message)
            .pointer(redirect.pointer())
            .subject(&*redirect.from)
            .maybe_help(self.help);
        file.into_iter().fold(finding, |finding, file| finding.at(file, span))
    }
}

/// What there is.
struct Known<'a> {
    catalog: &'a Catalog,
    /// Pages of entities and of documentation. Other pages are not known yet.
    pages: FxHashSet<String>,
}

impl<'a> Known<'a> {
    fn new(catalog: &'a Catalog, docs: &Docs) -> Self {
        let entities = catalog.entities.iter().map(|entity| routes::entity_page(&entity.reference));
        let outputs = docs.sites.iter().flat_map(|site| site.outputs.iter().chain(&site.redirect_outputs).cloned());
        Self { catalog, pages: entities.chain(outputs).collect() }
    }

    fn old(&self, redirect: &Redirect) -> Result<Old, Problem> {
        let wrong = |message: String, help: Option<String>| Problem { number: 0, is_new: false, message, help };
        let text = &redirect.from;
        if let Some(reference) = reference(text) {
            return match self.catalog.index.get(&reference.key()) {
                None => Ok(Old::Entity(reference)),
                Some(_) => Err(wrong(
                    format!("there is an entity `{}`, so that nothing leads from it elsewhere", reference.key()),
                    Some("delete the redirect, or rename the entity".to_owned()),
                )),
            };
        }
        let path = page(text).filter(|path| !path.contains('#')).ok_or_else(|| {
            let help = "write an entity reference, or the path of a page in the site".to_owned();
            wrong(format!("`{text}` is no place in this site"), Some(help))
        })?;
        if self.pages.contains(&path) { Err(Problem::taken(0, &path)) } else { Ok(Old::Page(path)) }
    }

    /// Where a redirect leads in the end.
    fn goal(&self, all: &[Redirect], next: &FxHashMap<String, usize>, number: usize) -> Result<New, Problem> {
        let wrong = |message: String, help: Option<String>| Problem { number: 0, is_new: true, message, help };
        let mut text = &all[number].to;
        // As many steps as there are redirects: after that it goes in a circle.
        for _ in all {
            if ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme)) {
                return match url::Url::parse(text) {
                    Ok(_) => Ok(New::Url(crate::base::hosts::without_credentials(text))),
                    Err(_) => Err(wrong(format!("`{text}` is no URL"), None)),
                };
            }
            if let Some(reference) = reference(text) {
                if let Some(&id) = self.catalog.index.get(&reference.key()) {
                    return Ok(New::Entity(id));
                }
            } else if let Some(path) = page(text) {
                if !next.contains_key(&key(text)) {
                    return self.page(text, path);
                }
            } else {
                return Err(wrong(format!("`{text}` is no place that one can be led to"), None));
            }
            match next.get(&key(text)) {
                Some(&further) => text = &all[further].to,
                None => {
                    let names = self.catalog.entities.iter().map(|entity| entity.reference.short());
                    let names: Vec<String> = names.collect();
                    let help = did_you_mean(text, names.iter().map(String::as_str));
                    return Err(wrong(format!("the redirect leads to `{text}`, and there is no such entity"), help));
                }
            }
        }
        Err(wrong("the redirect leads in a circle".to_owned(), None))
    }

    fn page(&self, text: &str, path: String) -> Result<New, Problem> {
        let bare = path.split('#').next().unwrap_or(&path);
        let folder = bare.split('/').next().unwrap_or("");
        // Lists, reports and parts of references are made later.
        let parts = bare.matches('/').count();
        let is_known = match folder {
            "docs" => parts >= 4 && !paths::file_name(bare).starts_with('_'),
            "catalog" => parts == 3,
            _ => false,
        };
        if is_known && !self.pages.contains(bare) {
            let help =
                did_you_mean(bare, self.pages.iter().map(String::as_str).collect::<std::collections::BTreeSet<_>>());
            let message = format!("the redirect leads to `{text}`, and there is no such page");
            return Err(Problem { number: 0, is_new: true, message, help });
        }
        Ok(New::Page(path))
    }
}

/// What two ways to write one place have in common.
fn key(text: &str) -> String {
    match (reference(text), page(text)) {
        (Some(reference), _) => reference.key(),
        (None, Some(path)) => path,
        (None, None) => text.to_owned(),
    }
}

/// A text that begins with a kind is a reference; everything else is a path.
fn reference(text: &str) -> Option<EntityRef> {
    let colon = text.find(':')?;
    let is_kind = text.find('/').is_none_or(|slash| colon < slash) && !text[colon + 1..].starts_with("//");
    is_kind.then(|| EntityRef::parse(text, Context::default()).ok()).flatten()
}

/// The file of a page, by a path as people copy it: from the root, with or without its ending.
fn page(text: &str) -> Option<String> {
    let (path, anchor) = text.split_once('#').map_or((text, None), |(path, anchor)| (path, Some(anchor)));
    let path = paths::percent_decoded(path);
    if path.contains([':', '?', '#', '\n', '\r']) {
        return None;
    }
    let mut clean = paths::join("", &path).ok()?;
    if clean.is_empty() || path.ends_with('/') {
        clean = format!("{clean}{}index.html", if clean.is_empty() { "" } else { "/" });
    } else if !clean.ends_with(".html") {
        clean.push_str(".html");
    }
    Some(anchor.map_or_else(|| clean.clone(), |anchor| format!("{clean}#{anchor}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_people_copy_them() {
        for (text, expected) in [
            ("/docs/default/component/a/", Some("docs/default/component/a/index.html")),
            ("catalog/default/component/a", Some("catalog/default/component/a.html")),
            ("lists/all.html#x", Some("lists/all.html#x")),
            ("/", Some("index.html")),
            ("../x", None),
            ("a?b", None),
            ("component:a", None),
        ] {
            assert_eq!(page(text).as_deref(), expected, "{text}");
        }
        assert!(reference("component:a").is_some());
        assert!(reference("https://a.example/b").is_none());
        assert!(reference("docs/a:b").is_none());
    }
}
