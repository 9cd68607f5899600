//! Links to entities: `entity:component:payments`, `[[component:payments]]`, `[[Page]]`, and the
//! addresses that Backstage gives to entities and their documentation.

use crate::base::{paths, suggest};
use crate::config::World;
use crate::diagnostics::{BROKEN_LINK, DOCS_REFERENCE, Level};
use crate::model::{Catalog, Context, EntityId, EntityRef, ReferenceError, Target as Resolved};
use crate::routes;

use super::links::{Found, Resolver, Spot, anchor};
use super::{Target, titles};

/// Most entities that are named as what may be meant.
const MAX_NAMED: usize = 5;

impl Resolver<'_> {
    /// A reference in running text. What names nothing is text.
    pub(super) fn reference(&self, spot: Spot<'_>, text: &str) -> Found {
        if let Some(reference) = text.strip_prefix("entity:") {
            // In running text it may be anything else.
            return if self.has_known_kind(reference) { self.entity(spot, reference) } else { plain() };
        }
        if self.has_known_kind(text) {
            return self.entity(spot, text);
        }
        let (name, fragment) = text.split_once('#').map_or((text, None), |(name, id)| (name, Some(id)));
        let page = if name.is_empty() { Some(None) } else { self.wiki.get(&name.trim().to_lowercase()).map(Some) };
        match page {
            Some(None) => match fragment.and_then(|fragment| anchor(&spot.page.rendered, fragment)) {
                Some(id) => self.here(spot, Some(id)),
                None => plain(),
            },
            Some(Some(&Some(page))) => {
                let other = &self.draft.content.pages[page];
                match fragment {
                    Some(fragment) => self.on_page(spot, other, fragment),
                    None => Found::Target(Target::Page { page, anchor: None }),
                }
            }
            _ => match self.index.only_with_name(self.catalog, name) {
                Some(entity) => self.to_entity(entity, None),
                None => plain(),
            },
        }
    }

    fn has_known_kind(&self, text: &str) -> bool {
        text.split_once(':').is_some_and(|(kind, name)| !name.is_empty() && self.catalog.kinds.find(kind).is_some())
    }

    fn to_entity(&self, entity: EntityId, fragment: Option<&str>) -> Found {
        let found = self.catalog.entity(entity);
        Found::Target(Target::Entity {
            entity,
            title: found.title().to_owned(),
            output: routes::entity_page(&found.reference),
            anchor: fragment.map(str::to_owned),
        })
    }

    /// A link to an entity by its reference.
    pub(super) fn entity(&self, spot: Spot<'_>, text: &str) -> Found {
        let (text, fragment) = text.split_once('#').map_or((text, None), |(text, id)| (text, Some(id)));
        let text = paths::percent_decoded(text.trim());
        match EntityRef::parse(&text, Context::default()) {
            Ok(reference) => self.at_reference(spot, &reference, fragment),
            Err(ReferenceError::NoKind) => match self.index.only_with_name(self.catalog, &text) {
                Some(entity) => self.to_entity(entity, fragment),
                None => {
                    let name = text.rsplit('/').next().unwrap_or("");
                    let named = self.index.with_name(name).iter().take(MAX_NAMED);
                    let named: Vec<String> =
                        named.map(|&id| format!("`{}`", self.catalog.entity(id).reference.short())).collect();
                    let help = match named.len() {
                        0 => format!("put the kind before it: `component:{text}`"),
                        _ => format!("put the kind before it: {}", suggest::either(&named)),
                    };
                    self.dangling(spot, format!("`{text}` does not say its kind"), &help)
                }
            },
            Err(error) => {
                let help = "write it as `kind:namespace/name`; the namespace may be left out";
                self.dangling(spot, format!("`{text}` is no reference: {error}"), help)
            }
        }
    }

    fn dangling(&self, spot: Spot<'_>, message: String, help: &str) -> Found {
        Found::Broken(Box::new(self.finding(&DOCS_REFERENCE, spot, message).help(help)))
    }

    fn at_reference(&self, spot: Spot<'_>, reference: &EntityRef, fragment: Option<&str>) -> Found {
        match self.catalog.index.get(&reference.key()) {
            Some(&entity) => self.to_entity(entity, fragment),
            None => self.nobody(spot, reference),
        }
    }

    /// A reference to an entity that is not in view, by the policy for all references.
    fn nobody(&self, spot: Spot<'_>, reference: &EntityRef) -> Found {
        let catalog = self.catalog;
        let is_owner = ["group", "user"].iter().any(|kind| reference.kind.eq_ignore_ascii_case(kind));
        if catalog.is_external(reference)
            || catalog.elsewhere(reference).is_some()
            || catalog.is_broken(&reference.key())
            || (is_owner && !catalog.has_groups())
        {
            return plain();
        }
        if catalog.kinds.find(&reference.kind).is_none() {
            let kinds = catalog.kinds.iter().map(|(_, kind)| &*kind.name);
            let near = suggest::nearest(&reference.kind, kinds);
            let help = near.map_or_else(
                || "kinds of your own are declared in catalog-config.yaml".to_owned(),
                |kind| format!("did you mean `{}:{}`?", kind.to_lowercase(), reference.name),
            );
            return self.dangling(spot, format!("there is no kind `{}`", reference.kind), &help);
        }
        let help = if spot.advice { self.index.advice(catalog, reference) } else { None };
        let message = format!("there is no {} `{}`", reference.kind.to_lowercase(), shown(reference));
        let finding = self.finding(&DOCS_REFERENCE, spot, message);
        let finding = match (catalog.world, help) {
            (World::Closed, help) => finding.maybe_help(help.or_else(|| {
                Some("describe it in a descriptor, or declare it under `external:` in catalog-config.yaml".to_owned())
            })),
            (World::Open, help) => {
                let view = "the rest of the organisation was not in view: check the whole workspace, or declare it under `external:` in catalog-config.yaml";
                let help = help.map_or_else(|| view.to_owned(), |help| format!("{help} Else, {view}"));
                finding.with_level(Level::Note).help(help)
            }
        };
        Found::Broken(Box::new(finding))
    }

    /// What a path of Backstage's addresses leads to; nothing where it is none of an entity.
    pub(super) fn portal(&self, spot: Spot<'_>, path: &str, fragment: Option<&str>) -> Option<Found> {
        let path = path.split('?').next().unwrap_or(path);
        let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(paths::percent_decoded).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let (area, namespace, kind, name, rest) = match parts[..] {
            [area @ ("catalog" | "docs"), namespace, kind, name, ref rest @ ..] => (area, namespace, kind, name, rest),
            ["create", "templates", namespace, name] => ("catalog", namespace, "template", name, &[][..]),
            _ => return None,
        };
        self.catalog.kinds.find(kind)?;
        let name = if area == "catalog" { name.strip_suffix(".html").unwrap_or(name) } else { name };
        let reference = EntityRef { kind: kind.to_owned(), namespace: namespace.to_owned(), name: name.to_owned() };
        let Some(&entity) = self.catalog.index.get(&reference.key()) else {
            return Some(self.nobody(spot, &reference));
        };
        Some(match (area, rest) {
            ("docs", rest) | ("catalog", ["docs", rest @ ..]) => self.docs(spot, entity, &rest.join("/"), fragment),
            // The tabs of an entity are one page here.
            _ => self.to_entity(entity, fragment),
        })
    }

    /// A page of the documentation of an entity, by its address in Backstage.
    fn docs(&self, spot: Spot<'_>, entity: EntityId, path: &str, fragment: Option<&str>) -> Found {
        let Some((owner, number)) = self.index.docs_of(entity) else {
            if self.index.is_not_in_view(entity) {
                return self.to_entity(entity, None);
            }
            let message = format!("{} has no documentation", self.named(entity));
            return Found::Broken(Box::new(
                self.finding(&BROKEN_LINK, spot, message).maybe_help(self.who_to_ask(entity)),
            ));
        };
        let draft = &self.drafts[number];
        let page = if path.is_empty() {
            (!draft.content.pages.is_empty()).then_some(draft.content.home)
        } else {
            let inside = |path: String| paths::join(&draft.content.docs_dir, &path).ok();
            let stem = path.trim_end_matches('/').trim_end_matches("index.html").trim_end_matches('/');
            let stem = stem.strip_suffix(".html").unwrap_or(stem);
            let ways = [stem.to_owned(), format!("{stem}.md"), format!("{stem}/index.md"), format!("{stem}/README.md")];
            ways.into_iter().filter_map(inside).find_map(|path| draft.by_path.get(&path)).copied()
        };
        let Some(page) = page else {
            let file = paths::join(&draft.content.docs_dir, path).ok();
            if let Some(file) = file.and_then(|path| self.sources.lookup(draft.content.repository, &path)) {
                return self.beside(spot, file);
            }
            let message = format!("there is no page `{path}` in the documentation of {}", self.named(entity));
            let wanted = path.trim_end_matches('/');
            let sources = draft.content.pages.iter().map(|page| page.source.as_str());
            let stems = sources.map(|source| source.rsplit_once('.').map_or(source, |(stem, _)| stem));
            let near = if spot.advice { suggest::nearest(wanted, stems) } else { None };
            let near = near.map(|stem| format!("did you mean `{stem}`?"));
            let help = join_sentences(near, self.who_to_ask(owner));
            return Found::Broken(Box::new(self.finding(&BROKEN_LINK, spot, message).maybe_help(help)));
        };
        let anchor = match fragment.filter(|id| !id.is_empty()) {
            None => None,
            Some(fragment) => match anchor(&draft.content.pages[page].rendered, fragment) {
                Some(id) => Some(id),
                None => {
                    let other = &draft.content.pages[page];
                    return self.no_heading_of(spot, &other.source, &other.rendered, fragment, Some(owner));
                }
            },
        };
        Found::Target(Target::DocsPage { entity: owner, page, anchor })
    }

    /// An entity in a message.
    pub(super) fn named(&self, entity: EntityId) -> String {
        format!("`{}`", self.catalog.entity(entity).reference.short())
    }

    /// Whom to ask about what belongs to an entity, as a sentence.
    pub(super) fn who_to_ask(&self, entity: EntityId) -> Option<String> {
        let owner = owner_of(self.catalog, entity)?;
        Some(format!("{} is owned by `{owner}`.", self.named(entity)))
    }
}

/// What stays text.
fn plain() -> Found {
    Found::Target(Target::Unlinked)
}

/// Two pieces of advice as one.
pub(super) fn join_sentences(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} {second}")),
        (first, second) => first.or(second),
    }
}

/// The owner of an entity, as short as it can be written.
pub(super) fn owner_of(catalog: &Catalog, entity: EntityId) -> Option<String> {
    let owner = catalog.references_of(entity).iter().find(|reference| catalog.field(reference).is_owner())?;
    match &owner.target {
        Resolved::Entity(id) => Some(catalog.entity(*id).reference.short()),
        Resolved::Unresolved(reference) => Some(reference.short()),
        Resolved::Malformed(_) => None,
    }
}

/// A reference without its kind.
fn shown(reference: &EntityRef) -> String {
    let short = reference.short();
    short.split_once(':').map_or(short.clone(), |(_, rest)| rest.to_owned())
}

/// The names by which `[[Page]]` may call the pages of a site: title, path, and the name of the
/// file, in lower case. A name that two pages have is nobody's.
pub(super) fn wiki_names(draft: &super::Draft) -> rustc_hash::FxHashMap<String, Option<usize>> {
    let mut names: rustc_hash::FxHashMap<String, Option<usize>> = rustc_hash::FxHashMap::default();
    let mut add = |name: &str, page: usize| {
        let name = name.trim().to_lowercase();
        names.entry(name).and_modify(|known| *known = known.filter(|have| *have == page)).or_insert(Some(page));
    };
    for (number, page) in draft.content.pages.iter().enumerate() {
        let stem = page.source.rsplit_once('.').map_or(page.source.as_str(), |(stem, _)| stem);
        let name = paths::file_name(stem);
        add(&page.title, number);
        add(&page.source, number);
        if stem != page.source {
            add(stem, number);
        }
        if !titles::is_index(&page.source) && name != stem {
            add(name, number);
        }
        let spaced = name.replace(['-', '_'], " ");
        if spaced != name && !titles::is_index(&page.source) {
            add(&spaced, number);
        }
    }
    names
}
