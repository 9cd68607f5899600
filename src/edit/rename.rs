//! A new name for an entity: where it is described, and wherever it is named. References keep the
//! form they were written in, and become longer only where they would else mean another entity.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, NoMemo, Place, Sources, Span, paths};
use crate::config::FILE_NAME;
use crate::diagnostics::{Edit, Mend};
use crate::markdown;
use crate::model::{Catalog, Context, Document, Entity, EntityRef, Reference, Target};
use crate::routes;
use crate::yaml::{self, Limits, Node, Value};

use super::mends;
use super::tree::Tree;

/// What a rename changes.
#[derive(Debug, Default)]
pub struct Rename {
    /// The edits, each by itself.
    pub edits: Vec<Edit>,
    /// Places that name the entity and could not be changed.
    pub left: Vec<Place>,
    /// Places that make its name: without one of these there is no rename.
    pub essential: Vec<Place>,
}

/// Plans a new reference for an entity; both are of one kind.
pub fn rename(entity: &Entity, to: &EntityRef, catalog: &Catalog, sources: &dyn Sources) -> Rename {
    let mut renamer = Renamer {
        entity,
        from: &entity.reference,
        to,
        sources,
        seen: FxHashSet::default(),
        aliases: Vec::new(),
        out: Rename::default(),
    };
    renamer.described();
    let made = renamer.out.edits.iter().map(|edit| edit.place).chain(renamer.out.left.iter().copied());
    renamer.out.essential = made.collect();
    for reference in &catalog.references {
        renamer.reference(reference, catalog);
    }
    for entity in &catalog.entities {
        renamer.annotations(entity);
    }
    for rejected in &catalog.rejected {
        if let Some(spec) = rejected.document.root.get("spec") {
            renamer.named_in_full(spec, rejected.document.file);
        }
    }
    for (file, (_, path)) in (0..).map(FileId).zip(sources.files()) {
        if path == FILE_NAME {
            renamer.settings(file);
        }
    }
    renamer.links();
    renamer.aliases();
    renamer.out.edits.sort_by_key(|edit| edit.place);
    renamer.out
}

struct Renamer<'a> {
    entity: &'a Entity,
    from: &'a EntityRef,
    to: &'a EntityRef,
    sources: &'a dyn Sources,
    seen: FxHashSet<Place>,
    /// Aliases that stand for a text that becomes another.
    aliases: Vec<(Place, String)>,
    out: Rename,
}

impl Renamer<'_> {
    /// Where the entity is described: its name, and its namespace where that is another.
    fn described(&mut self) {
        let place = self.entity.place("/metadata/name");
        self.put_here(place, &self.to.name.clone());
        if self.from.namespace.eq_ignore_ascii_case(&self.to.namespace) {
            return;
        }
        if self.entity.root.at(&["metadata", "namespace"]).is_some() {
            return self.put(self.entity.place("/metadata/namespace"), &self.to.namespace.clone());
        }
        let mend = Mend::Insert {
            pointer: "/metadata".to_owned(),
            key: "namespace".to_owned(),
            value: self.to.namespace.clone(),
        };
        let edits = mends::edits_of(&mend, place, self.sources);
        match &edits[..] {
            [] => self.out.left.push(place),
            // Behind the name in one line: the two are one edit.
            [one] if one.place.span.start == place.span.end => {
                match self.out.edits.iter_mut().find(|edit| edit.place == place) {
                    Some(name) => name.replacement.push_str(&one.replacement),
                    None => self.out.edits.push(one.clone()),
                }
            }
            _ => self.out.edits.extend(edits),
        }
    }

    /// A reference to the entity; and one of its own that would mean another in its new namespace.
    fn reference(&mut self, reference: &Reference, catalog: &Catalog) {
        let owner = catalog.entity(reference.from);
        let is_own = reference.from == self.entity.id;
        let is_meant = reference.target == Target::Entity(self.entity.id);
        let around = if is_own { &self.to.namespace } else { &owner.reference.namespace };
        if is_meant {
            if owner.root.pointer(&reference.pointer).is_some_and(Node::is_map) {
                self.compound(owner, &reference.pointer, around);
            } else {
                let text = rewritten(&reference.text, self.from, self.to, around);
                self.put(catalog.place(reference), &text);
            }
        } else if is_own
            && !self.from.namespace.eq_ignore_ascii_case(&self.to.namespace)
            && !matches!(reference.target, Target::Malformed(_))
            && owner.root.pointer(&reference.pointer).is_some_and(|node| node.as_str().is_some())
            && let (kind, None, name) = parts(&reference.text)
        {
            let kind = kind.map_or_else(String::new, |kind| format!("{kind}:"));
            self.put(catalog.place(reference), &format!("{kind}{}/{name}", self.from.namespace));
        }
    }

    /// A reference that is written as a map of its parts.
    fn compound(&mut self, owner: &Document, pointer: &str, around: &str) {
        self.put(owner.place(&format!("{pointer}/name")), &self.to.name.clone());
        let namespace = format!("{pointer}/namespace");
        if owner.root.pointer(&namespace).is_some() {
            if !self.from.namespace.eq_ignore_ascii_case(&self.to.namespace) {
                self.put(owner.place(&namespace), &self.to.namespace.clone());
            }
        } else if !self.to.namespace.eq_ignore_ascii_case(around) {
            self.out.left.push(owner.place(pointer));
        }
    }

    /// Annotations that hold a reference.
    fn annotations(&mut self, entity: &Entity) {
        for key in ["backstage.io/techdocs-entity", "backstage.io/source-template"] {
            if let Some(value) = entity.annotation(key)
                && self.is_meant(value)
            {
                let pointer = yaml::pointer_join("/metadata/annotations", key);
                self.put(
                    entity.place(&pointer),
                    &rewritten(value, self.from, self.to, crate::model::DEFAULT_NAMESPACE),
                );
            }
        }
    }

    /// Texts of a document that is no entity, where they are references that say their kind.
    fn named_in_full(&mut self, node: &Node, file: FileId) {
        match &node.value {
            Value::Text(text) if self.is_meant(text) => {
                let text = rewritten(text, self.from, self.to, crate::model::DEFAULT_NAMESPACE);
                self.put(Place::new(file, node.span), &text);
            }
            Value::List(items) => items.iter().for_each(|item| self.named_in_full(item, file)),
            Value::Map(entries) => entries.iter().for_each(|entry| self.named_in_full(&entry.value, file)),
            _ => {}
        }
    }

    /// What the settings name by its reference; patterns stay.
    fn settings(&mut self, file: FileId) {
        let root =
            self.sources.text(file).ok().and_then(|text| yaml::parse_value(text.as_str(), Limits::default()).ok());
        if let Some(root) = root {
            self.named_in_full(&root, file);
        }
    }

    fn is_meant(&self, text: &str) -> bool {
        text.contains(':') && EntityRef::parse(text, Context::default()).is_ok_and(|one| one.key() == self.from.key())
    }

    /// Links of Markdown to the pages of the entity, on this site or on Backstage's.
    fn links(&mut self) {
        let page = |reference: &EntityRef| routes::entity_page(reference).trim_end_matches(".html").to_owned();
        let pairs = [(page(self.from), page(self.to)), (routes::docs_folder(self.from), routes::docs_folder(self.to))];
        if pairs.iter().all(|(from, to)| from == to) {
            return;
        }
        for (file, (_, path)) in (0..).map(FileId).zip(self.sources.files()) {
            if !matches!(paths::extension(path).as_str(), "md" | "markdown") {
                continue;
            }
            let Ok(text) = self.sources.text(file) else { continue };
            let lower = text.as_str().to_ascii_lowercase();
            if !pairs.iter().any(|(from, _)| memchr::memmem::find(lower.as_bytes(), from.as_bytes()).is_some()) {
                continue;
            }
            for link in markdown::render(text.as_str(), &markdown::Options::PAGE, &NoMemo).links {
                let written = text.slice(link.span).to_ascii_lowercase();
                for (from, to) in &pairs {
                    let Some(at) = path_in(&written, from) else { continue };
                    let start = link.span.start as usize + at;
                    let place = Place::new(file, Span::new(start, start + from.len()));
                    if self.seen.insert(place) {
                        self.out.edits.push(Edit { place, replacement: to.clone() });
                    }
                }
            }
        }
    }

    /// A scalar that becomes another; an alias of one later, when it is known what becomes of that.
    fn put(&mut self, place: Place, to: &str) {
        let is_alias = self.sources.text(place.file).is_ok_and(|text| text.slice(place.span).starts_with('*'));
        if is_alias {
            self.aliases.push((place, to.to_owned()));
        } else {
            self.put_here(place, to);
        }
    }

    /// Aliases follow their anchor where that becomes the same; else the text takes their place.
    fn aliases(&mut self) {
        let made: FxHashMap<(FileId, usize), String> = self
            .out
            .edits
            .iter()
            .map(|edit| ((edit.place.file, edit.place.span.start as usize), edit.replacement.clone()))
            .collect();
        for (place, to) in std::mem::take(&mut self.aliases) {
            let anchor = self.sources.text(place.file).ok().and_then(|text| {
                let name = format!("&{} ", text.slice(place.span).get(1..)?);
                let at = text.as_str().get(..place.span.start as usize)?.rfind(&name)? + name.len();
                Some(at + text.as_str()[at..].find(|one| one != ' ')?)
            });
            let becomes = anchor.and_then(|at| made.get(&(place.file, at)));
            if becomes.is_none_or(|text| text.trim_matches(['"', '\'']) != to) {
                self.put_here(place, &to);
            }
        }
    }

    /// A scalar that becomes another, in its own quotes.
    fn put_here(&mut self, place: Place, to: &str) {
        if !self.seen.insert(place) {
            return;
        }
        let edit = self.sources.text(place.file).ok().and_then(|text| {
            if text.slice(place.span) == to {
                return Some(None);
            }
            let root = Node { span: place.span, value: Value::Null };
            let tree = Tree { text: text.as_str(), span: place.span, root: &root };
            let reads =
                |text: &str| yaml::parse_value(text, Limits::default()).is_ok_and(|node| node.as_str() == Some(to));
            let change = tree.scalar(place.span, to).into_iter().find(|(_, text)| reads(text))?;
            Some(Some(Edit { place, replacement: change.1 }))
        });
        match edit {
            Some(edit) => self.out.edits.extend(edit),
            None => self.out.left.push(place),
        }
    }
}

/// Kind, namespace and name of a reference, as far as it says them.
fn parts(text: &str) -> (Option<&str>, Option<&str>, &str) {
    let (kind, rest) = match (text.find(':'), text.find('/')) {
        (Some(colon), slash) if slash.is_none_or(|slash| colon < slash) => (Some(&text[..colon]), &text[colon + 1..]),
        _ => (None, text),
    };
    match rest.split_once('/') {
        Some((namespace, name)) => (kind, Some(namespace), name),
        None => (kind, None, rest),
    }
}

/// A reference with a new name, in the form that it has. `around` is the namespace that it means
/// where it names none.
fn rewritten(text: &str, from: &EntityRef, to: &EntityRef, around: &str) -> String {
    let (kind, namespace, _) = parts(text);
    let kind = kind.map_or_else(String::new, |kind| format!("{kind}:"));
    let is_same = from.namespace.eq_ignore_ascii_case(&to.namespace);
    match namespace {
        Some(namespace) if is_same => format!("{kind}{namespace}/{}", to.name),
        Some(_) => format!("{kind}{}/{}", to.namespace, to.name),
        None if to.namespace.eq_ignore_ascii_case(around) => format!("{kind}{}", to.name),
        None => format!("{kind}{}/{}", to.namespace, to.name),
    }
}

/// Where a path stands in a link as whole parts of it.
fn path_in(link: &str, path: &str) -> Option<usize> {
    let at = link.find(path)?;
    let before = link[..at].chars().next_back();
    let after = &link[at + path.len()..];
    let begins = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !"-_.~".contains(c) || c == '/');
    let ends = [".html", ".md", ".json"].iter().any(|ending| after.starts_with(ending))
        || after.chars().next().is_none_or(|c| !c.is_ascii_alphanumeric() && !"-_.~".contains(c));
    (begins && ends).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(text: &str) -> EntityRef {
        EntityRef::parse(text, Context::default()).unwrap()
    }

    #[test]
    fn references_keep_their_form() {
        let (a, b, far) = (reference("component:a"), reference("component:b"), reference("component:shop/b"));
        for (text, to, around, expected) in [
            ("a", &b, "default", "b"),
            ("Component:a", &b, "default", "Component:b"),
            ("default/a", &b, "shop", "default/b"),
            ("component:Default/A", &b, "default", "component:Default/b"),
            ("a", &far, "default", "shop/b"),
            ("a", &far, "shop", "b"),
            ("component:default/a", &far, "shop", "component:shop/b"),
        ] {
            assert_eq!(rewritten(text, &a, to, around), expected, "{text}");
        }
    }

    #[test]
    fn paths_are_whole_parts_of_links() {
        let path = "docs/default/component/a";
        for (link, expected) in [
            ("/docs/default/component/a/x.html#y", Some(1)),
            ("../docs/default/component/a", Some(3)),
            ("https://c.example/docs/default/component/a?x", Some(18)),
            ("/docs/default/component/a-b", None),
            ("/mydocs/default/component/a", None),
        ] {
            assert_eq!(path_in(link, path), expected, "{link}");
        }
    }
}
