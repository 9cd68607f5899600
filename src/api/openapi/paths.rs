//! Paths, webhooks and callbacks to operations.

use crate::refs::At;

use super::super::model::{Callback, Operation};
use super::super::nodes::{extensions, fact, text};
use super::{Reader, entries, inside};

/// The methods of HTTP that a path may have. Any other one is under `additionalOperations`.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
/// How deep callbacks may be inside each other.
const MAX_DEPTH: usize = 3;

impl<'a> Reader<'a> {
    /// All operations of the definition, as they are written.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let mut all = Vec::new();
        for (path, at) in self.under(self.root, "paths").into_iter().flat_map(entries) {
            if !path.starts_with("x-") {
                all.extend(self.path(path, at, false));
            }
        }
        for key in ["webhooks", "x-webhooks"] {
            for (name, at) in self.under(self.root, key).into_iter().flat_map(entries) {
                all.extend(self.path(name, at, true));
            }
        }
        all
    }

    /// The operations of a path.
    fn path(&mut self, path: &str, at: At<'a>, is_webhook: bool) -> Vec<Operation> {
        let found = match self.follow(at) {
            Ok(found) => found,
            Err(why) => return vec![self.lost(path, at, is_webhook, why)],
        };
        let mut all = Vec::new();
        // What stands beside a reference counts as well.
        let places = if std::ptr::eq(at.node, found.node) { vec![found] } else { vec![found, at] };
        for place in places {
            for (key, operation) in entries(place) {
                if METHODS.contains(&key.to_ascii_lowercase().as_str()) {
                    all.extend(self.method(path, &key.to_ascii_uppercase(), found, operation, is_webhook));
                }
            }
            for (method, operation) in self.under(place, "additionalOperations").into_iter().flat_map(entries) {
                all.extend(self.method(path, method, found, operation, is_webhook));
            }
        }
        all
    }

    fn method(&mut self, path: &str, verb: &str, around: At<'a>, at: At<'a>, is_webhook: bool) -> Option<Operation> {
        let found = match self.follow(at) {
            Ok(found) if found.node.is_map() => found,
            Ok(_) => return None,
            Err(why) => return Some(Operation { verb: verb.to_owned(), ..self.lost(path, at, is_webhook, why) }),
        };
        let mut operation = self.operation(found, around);
        verb.clone_into(&mut operation.verb);
        path.clone_into(&mut operation.target);
        if is_webhook {
            operation.marks.push("webhook".to_owned());
        }
        if self.depth == 0 {
            operation.group = match operation.tags.is_empty() {
                true => self.group_of(path, is_webhook),
                false => self.groups.tag(&operation.tags.remove(0)),
            };
        }
        self.of_path(&mut operation, around);
        Some(operation)
    }

    /// What a path says for all its operations.
    fn of_path(&self, operation: &mut Operation, around: At<'a>) {
        let summary = text(around.node, "summary");
        let description = super::super::nodes::description(self.documents, around);
        for (words, own) in [(summary, &mut operation.summary), (description, &mut operation.description)] {
            match (words, own) {
                (Some(words), Some(_)) => operation.facts.push(fact("Path", words)),
                (words, own) => *own = words.or(own.take()),
            }
        }
        for extra in extensions(around.node, &[]) {
            if !operation.extras.iter().any(|own| own.name == extra.name) {
                operation.extras.push(extra);
            }
        }
    }

    /// Operations that are not there, with the reason.
    fn lost(&mut self, path: &str, at: At<'a>, is_webhook: bool, why: String) -> Operation {
        Operation {
            group: if self.depth == 0 { self.group_of(path, is_webhook) } else { 0 },
            target: path.to_owned(),
            description: Some(why),
            place: Some(self.documents.place_of(at)),
            ..Operation::default()
        }
    }

    /// The group of an operation without a tag: its first segment that is no parameter and no version.
    fn group_of(&mut self, path: &str, is_webhook: bool) -> usize {
        if is_webhook {
            return self.groups.untagged("Webhooks", "Group");
        }
        let path = path.split(['?', '#']).next().unwrap_or("");
        let is_version = |part: &str| {
            part == "api" || part.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let mut parts = path.split('/').filter(|part| !part.is_empty() && !part.starts_with('{') && !is_version(part));
        match parts.next() {
            Some(first) => self.groups.untagged(first, "Path"),
            None => self.groups.untagged("Operations", "Group"),
        }
    }

    /// Operations of others that an operation leads to.
    pub(super) fn callbacks(&mut self, operation: At<'a>) -> Vec<Callback> {
        if self.depth >= MAX_DEPTH {
            return Vec::new();
        }
        self.depth += 1;
        let mut all = Vec::new();
        for (name, at) in self.under(operation, "callbacks").into_iter().flat_map(entries) {
            let operations = match self.follow(at) {
                Ok(found) => {
                    let paths = entries(found).filter(|(path, _)| !path.starts_with("x-"));
                    paths.flat_map(|(path, item)| self.path(path, inside(found, item.node), false)).collect()
                }
                Err(why) => vec![self.lost("", at, false, why)],
            };
            all.push(Callback { name: name.to_owned(), operations });
        }
        self.depth -= 1;
        all
    }
}
