//! Tags to groups: those that are declared in their order, then those that are only used, then one
//! for each first segment of the paths whose operations have no tag.

use rustc_hash::FxHashMap;

use crate::refs::At;

use super::super::model::{Group, Operation};
use super::super::nodes::{deprecated, description, extensions, external_docs, fact, text};
use super::{Reader, items};

/// Most headings that tags are sorted by.
const MOST_SECTIONS: usize = 200;

/// The groups so far.
#[derive(Debug, Default)]
pub(super) struct Groups {
    list: Vec<Group>,
    by_name: FxHashMap<String, usize>,
    /// Parents by name, which may be declared later.
    parents: Vec<(usize, String)>,
    /// Those without a tag, which come last.
    untagged: Vec<String>,
    /// Headings in their order, with the names of the tags below them.
    sections: Vec<(String, Vec<String>)>,
}

impl Groups {
    /// The number of a tag's group.
    pub(super) fn tag(&mut self, name: &str) -> usize {
        self.add(name, "Tag")
    }

    /// The number of a group for operations that have no tag.
    pub(super) fn untagged(&mut self, name: &str, kind: &'static str) -> usize {
        if !self.by_name.contains_key(name) {
            self.untagged.push(name.to_owned());
        }
        self.add(name, kind)
    }

    fn add(&mut self, name: &str, kind: &'static str) -> usize {
        if let Some(&known) = self.by_name.get(name) {
            return known;
        }
        self.list.push(Group { kind, name: name.to_owned(), ..Group::default() });
        self.by_name.insert(name.to_owned(), self.list.len() - 1);
        self.list.len() - 1
    }

    /// The groups in the order of the page, and the operations in that order.
    pub(super) fn sorted(mut self, mut operations: Vec<Operation>) -> (Vec<Group>, Vec<Operation>) {
        for (child, parent) in std::mem::take(&mut self.parents) {
            let parent = self.by_name.get(&parent).copied();
            self.list[child].parent = parent.filter(|&parent| parent != child && !self.is_under(parent, child));
        }
        self.sections();
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by_key(|&at| (self.untagged.contains(&self.list[at].name), self.rank(at)));
        let mut new = vec![0; order.len()];
        for (to, &from) in order.iter().enumerate() {
            new[from] = to;
        }
        for operation in &mut operations {
            operation.group = new[operation.group];
            for inner in operation.callbacks.iter_mut().flat_map(|callback| &mut callback.operations) {
                inner.group = operation.group;
            }
        }
        operations.sort_by_key(|operation| operation.group);
        let mut groups = self.list;
        for group in &mut groups {
            group.parent = group.parent.map(|parent| new[parent]);
        }
        let mut slots: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
        let groups = order.into_iter().filter_map(|from| slots[from].take()).collect();
        (groups, operations)
    }

    /// Puts groups below the headings that name them, each below the first.
    fn sections(&mut self) {
        for (heading, tags) in &self.sections {
            for &at in tags.iter().filter_map(|tag| self.by_name.get(tag)) {
                self.list[at].section.get_or_insert_with(|| heading.clone());
            }
        }
    }

    /// Where a group stands among those with a heading; the others come after them.
    fn rank(&self, at: usize) -> (usize, usize) {
        let group = &self.list[at];
        let section = self.sections.iter().position(|(heading, _)| Some(heading) == group.section.as_ref());
        let Some(section) = section else { return (usize::MAX, 0) };
        let tag = self.sections[section].1.iter().position(|tag| *tag == group.name);
        (section, tag.unwrap_or(usize::MAX))
    }

    /// Whether a group has another one above it.
    fn is_under(&self, group: usize, above: usize) -> bool {
        let mut at = group;
        for _ in 0..=self.list.len() {
            match self.list[at].parent {
                Some(parent) if parent == above => return true,
                Some(parent) => at = parent,
                None => return false,
            }
        }
        true
    }
}

impl<'a> Reader<'a> {
    /// Reads the tags that the definition declares.
    pub(super) fn declared_tags(&mut self) {
        let Some(tags) = self.under(self.root, "tags") else { return };
        for at in items(tags) {
            let Ok(found) = self.follow(at) else { continue };
            // A tag is an object, but a name alone is clear as well.
            let Some(name) = found.node.as_str().map(str::to_owned).or_else(|| text(found.node, "name")) else {
                continue;
            };
            let number = self.groups.tag(&name);
            if let Some(parent) = text(found.node, "parent") {
                self.groups.parents.push((number, parent));
            }
            let group = self.tag(found);
            let known = &mut self.groups.list[number];
            *known = Group { name: std::mem::take(&mut known.name), ..group };
        }
    }

    /// Reads the headings that the definition sorts its tags by.
    pub(super) fn tag_sections(&mut self) {
        let Some(sections) = self.under(self.root, "x-tagGroups") else { return };
        let sections = items(sections).take(MOST_SECTIONS);
        self.groups.sections =
            sections.filter_map(|at| Some((text(at.node, "name")?, super::texts(at.node, "tags")))).collect();
    }

    fn tag(&self, at: At<'a>) -> Group {
        let mut facts = Vec::new();
        facts.extend(text(at.node, "kind").map(|kind| fact("Kind", kind)));
        facts.extend(external_docs(at.node));
        Group {
            kind: "Tag",
            title: text(at.node, "summary").or_else(|| text(at.node, "x-displayName")),
            description: description(self.documents, at),
            facts,
            deprecated: deprecated(at.node),
            extras: extensions(at.node, &["x-displayName", "x-deprecated"]),
            place: Some(self.documents.place_of(at)),
            ..Group::default()
        }
    }
}
