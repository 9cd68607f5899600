//! An object of a definition as it is meant: references followed, traits merged in. Reading
//! through it looks the same whether there are any of these or not. Never fails: what cannot be
//! found is an object without content that says what was looked for.

use std::cell::{Cell, OnceCell};

use rustc_hash::FxHashSet;
use serde_json::Value as Json;

use crate::base::Span;
use crate::refs::{At, Documents, Unresolved, reference};
use crate::yaml::{Entry, Node, Value};

/// Most nodes of one object that is made of several, and most of a value that is shown as JSON.
const MAX_MADE: usize = 5_000;
/// How deep references inside a value are followed.
const MAX_DEPTH: usize = 24;

/// A reference that leads nowhere.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lost {
    /// The reference as it is written.
    pub(super) target: String,
    /// Why it leads nowhere.
    pub(super) why: Unresolved,
}

/// An object, or any other value.
#[derive(Debug, Clone)]
pub(super) struct View<'a> {
    documents: &'a Documents,
    /// What it is made of; what stands further to the front counts.
    layers: Vec<At<'a>>,
    /// What it is by itself, without traits.
    own: Option<At<'a>>,
    /// Why there is less of it than there should be.
    pub(super) lost: Option<Lost>,
}

impl<'a> View<'a> {
    /// What a node is, or what its reference leads to. Keys beside a reference count before those
    /// of what it leads to.
    pub(super) fn of(documents: &'a Documents, at: At<'a>) -> Self {
        let mut view = Self { documents, layers: Vec::with_capacity(1), own: Some(at), lost: None };
        let Some(target) = reference(at.node) else {
            view.layers.push(at);
            return view;
        };
        if at.node.entries().len() > 1 {
            view.layers.push(at);
        }
        match documents.follow(at) {
            Ok(found) => {
                view.layers.push(found);
                view.own = Some(found);
            }
            Err(why) => view.lost = Some(Lost { target: target.to_owned(), why }),
        }
        view
    }

    /// A part of it, as [`Self::items`] and [`Self::entries`] give them.
    pub(super) fn part(&self, at: At<'a>) -> Self {
        Self::of(self.documents, at)
    }

    /// Nothing at all.
    pub(super) fn nothing(documents: &'a Documents) -> Self {
        Self { documents, layers: Vec::new(), own: None, lost: None }
    }

    /// The same with traits, in the order they are written in. In AsyncAPI 2 they change the object
    /// (JSON merge patch), in 3 the object itself has the last word; of two traits, the later one.
    pub(super) fn with_traits(mut self, patch: bool) -> Self {
        let traits: Vec<At<'a>> =
            self.items("traits").into_iter().rev().flat_map(|one| View::of(self.documents, one).layers).collect();
        if patch {
            self.layers.splice(0..0, traits);
        } else {
            self.layers.extend(traits);
        }
        self
    }

    /// Traits that lead nowhere.
    pub(super) fn lost_traits(&self) -> impl Iterator<Item = Lost> {
        self.items("traits").into_iter().filter_map(|one| View::of(self.documents, one).lost)
    }

    /// The node that it is by itself: two views of one thing have the same one.
    pub(super) fn own(&self) -> Option<At<'a>> {
        self.own
    }

    /// Whether it is a map.
    pub(super) fn is_map(&self) -> bool {
        self.top().is_some_and(Node::is_map)
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.top().map(|node| &node.value), Some(Value::List(_)))
    }

    /// The value that counts when it is no map.
    pub(super) fn top(&self) -> Option<&'a Node> {
        self.layers.first().map(|at| at.node)
    }

    /// Where the values of a key stand that count: several if all of them are maps.
    pub(super) fn raw(&self, key: &str) -> Vec<At<'a>> {
        let mut found = Vec::new();
        for layer in &self.layers {
            let Some(node) = layer.node.get(key) else { continue };
            let at = At { document: layer.document, node };
            let is_map = View::of(self.documents, at).is_map();
            if found.is_empty() || is_map {
                found.push(at);
            }
            if !is_map {
                break;
            }
        }
        found
    }

    /// The value of a key. Null is no value.
    pub(super) fn get(&self, key: &str) -> Option<View<'a>> {
        let mut merged: Option<View<'a>> = None;
        for at in self.raw(key) {
            let next = View::of(self.documents, at);
            match &mut merged {
                None => merged = Some(next),
                Some(merged) => merged.layers.extend(next.layers),
            }
        }
        merged.filter(|view| view.lost.is_some() || !view.top().is_none_or(Node::is_null))
    }

    /// The text of a scalar under a key, if there is any.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.scalar().filter(|text| !text.trim().is_empty())
    }

    /// The text of a scalar.
    pub(super) fn scalar(&self) -> Option<String> {
        self.top()?.scalar_text()
    }

    /// Whether a key says `true`.
    pub(super) fn is(&self, key: &str) -> bool {
        self.get(key).and_then(|view| view.top()?.as_bool()).unwrap_or(false)
    }

    /// The items of a list under a key, references not followed.
    pub(super) fn items(&self, key: &str) -> Vec<At<'a>> {
        self.get(key).map(|list| list.own_items()).unwrap_or_default()
    }

    /// Its own items; see [`Self::items`].
    pub(super) fn own_items(&self) -> Vec<At<'a>> {
        let Some(at) = self.layers.first() else { return Vec::new() };
        at.node.items().iter().map(|node| At { document: at.document, node }).collect()
    }

    /// The entries of a map under a key, each once and as it stands, references not followed.
    pub(super) fn entries(&self, key: &str) -> Vec<(&'a str, At<'a>)> {
        self.get(key).map(|view| view.own_entries()).unwrap_or_default()
    }

    /// Its own entries; see [`Self::entries`].
    pub(super) fn own_entries(&self) -> Vec<(&'a str, At<'a>)> {
        let mut seen = FxHashSet::default();
        let all = self
            .layers
            .iter()
            .flat_map(|layer| layer.node.entries().iter().map(|entry| (layer.document, entry)))
            .filter(|(_, entry)| &*entry.key != "$ref");
        all.filter(|(_, entry)| seen.insert(&*entry.key))
            .map(|(document, entry)| (&*entry.key, At { document, node: &entry.value }))
            .collect()
    }

    /// The value of a key as a node that a schema can be read from: the one that is written if
    /// there is one, else one made of those that are.
    pub(super) fn schema(&self, key: &str, made: &'a Made) -> Option<At<'a>> {
        let parts = self.raw(key);
        let first = *parts.first()?;
        if parts.len() < 2 {
            return Some(first).filter(|at| !at.node.is_null());
        }
        let mut left = MAX_MADE;
        let node = merge(self.documents, &parts, first, &mut left, 0);
        Some(made.keep(node).map_or(first, |node| At { document: first.document, node }))
    }

    /// As JSON, with what its references lead to in their places, as far as limits go.
    pub(super) fn json(&self) -> Json {
        let mut left = MAX_MADE;
        json(self, &mut left, 0)
    }
}

fn json(view: &View<'_>, left: &mut usize, depth: usize) -> Json {
    *left = left.saturating_sub(1);
    if *left == 0 || depth > MAX_DEPTH {
        return Json::String("…".to_owned());
    }
    if let Some(lost) = &view.lost {
        return serde_json::json!({ "$ref": lost.target });
    }
    let Some(top) = view.layers.first() else { return Json::Null };
    let part = |at: At<'_>, left: &mut usize| json(&View::of(view.documents, at), left, depth + 1);
    match &top.node.value {
        Value::List(items) => {
            Json::Array(items.iter().map(|node| part(At { document: top.document, node }, left)).collect())
        }
        Value::Map(_) => {
            Json::Object(view.own_entries().into_iter().map(|(key, at)| (key.to_owned(), part(at, left))).collect())
        }
        _ => top.node.to_json(),
    }
}

/// One node of several, those in front counting.
fn merge(documents: &Documents, parts: &[At<'_>], home: At<'_>, left: &mut usize, depth: usize) -> Node {
    let Some(first) = parts.first() else { return Node { span: Span::default(), value: Value::Null } };
    *left = left.saturating_sub(1);
    if parts.len() == 1 || depth > MAX_DEPTH || *left == 0 {
        return moved(documents, *first, home, left);
    }
    let layers = parts.iter().flat_map(|&at| View::of(documents, at).layers).collect();
    let whole = View { documents, layers, own: None, lost: None };
    let entries = whole.own_entries().into_iter().map(|(key, _)| Entry {
        key: key.into(),
        key_span: first.node.span,
        value: merge(documents, &whole.raw(key), home, left, depth + 1),
    });
    Node { span: first.node.span, value: Value::Map(entries.collect()) }
}

/// A copy that reads the same in another document.
fn moved(documents: &Documents, at: At<'_>, home: At<'_>, left: &mut usize) -> Node {
    *left = left.saturating_sub(1);
    let part = |node: &Node, left: &mut usize| moved(documents, At { document: at.document, node }, home, left);
    let value = match &at.node.value {
        // What is too large to be copied is left out; it is far beyond what headers hold.
        Value::List(_) | Value::Map(_) if *left == 0 => Value::Null,
        Value::List(items) => Value::List(items.iter().map(|item| part(item, left)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|entry| {
                    let target = entry.value.as_str().filter(|_| &*entry.key == "$ref" && at.document != home.document);
                    let value = match target.and_then(|target| documents.portable(at.document, target)) {
                        Some(portable) => Node::text(entry.value.span, portable),
                        None => part(&entry.value, left),
                    };
                    Entry { key: entry.key.clone(), key_span: entry.key_span, value }
                })
                .collect(),
        ),
        scalar => scalar.clone(),
    };
    Node { span: at.node.span, value }
}

/// Nodes that were made, and stay as long as what is read from them.
#[derive(Debug)]
pub(super) struct Made {
    places: Vec<OnceCell<Node>>,
    used: Cell<usize>,
}

impl Made {
    /// With a place for every object that may have to be made: headers and payload of what has traits.
    pub(super) fn new(documents: &Documents) -> Self {
        let with_traits: usize = (0..documents.len()).map(|id| traits_in(documents.root_of(id).node)).sum();
        Self { places: (0..2 * with_traits).map(|_| OnceCell::new()).collect(), used: Cell::new(0) }
    }

    fn keep(&self, node: Node) -> Option<&Node> {
        let place = self.places.get(self.used.get())?;
        self.used.set(self.used.get() + 1);
        Some(place.get_or_init(|| node))
    }
}

fn traits_in(node: &Node) -> usize {
    let inside: usize = node.items().iter().map(traits_in).sum();
    inside
        + node
            .entries()
            .iter()
            .map(|entry| usize::from(&*entry.key == "traits") + traits_in(&entry.value))
            .sum::<usize>()
}

/// What tells one node from all others. Not its span: what was made from JSON has none.
pub(super) fn key(at: At<'_>) -> usize {
    std::ptr::from_ref(at.node).addr()
}
