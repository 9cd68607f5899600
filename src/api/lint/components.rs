//! `api-unused-component`: reusable parts that nothing refers to.

use rustc_hash::FxHashSet;

use crate::yaml::{Node, Value, pointer_parts};

use super::report::Lint;
use super::{Input, Version};

/// Where reusable parts are, and the rule.
const OPENAPI: &[(&str, &str)] = &[
    ("schemas", "oas3-unused-component"),
    ("responses", "oas3-unused-component"),
    ("parameters", "oas3-unused-component"),
    ("examples", "oas3-unused-component"),
    ("requestBodies", "oas3-unused-component"),
    ("headers", "oas3-unused-component"),
    ("links", "oas3-unused-component"),
    ("callbacks", "oas3-unused-component"),
];
const ASYNCAPI: &[(&str, &str)] =
    &[("schemas", "asyncapi-unused-components-schema"), ("servers", "asyncapi-unused-components-server")];

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    let root = input.documents.root().node;
    // A definition of parts alone is a library: those who use it are elsewhere.
    let is_library = ["paths", "webhooks", "channels", "operations"]
        .iter()
        .all(|key| root.get(key).is_none_or(|node| node.entries().is_empty()));
    // A file that cannot be read may refer to anything.
    let is_broken = |(document, _): (usize, _)| matches!(input.documents.root_of(document).node.value, Value::Null);
    if is_library || input.documents.problems().any(is_broken) {
        return;
    }
    let used = Used::of(input);
    if input.version == Version::Swagger {
        section(&used, root.entry("definitions"), &["definitions"], "oas2-unused-definition", lint);
        return;
    }
    let Some(components) = root.get("components") else { return };
    let sections = if input.version.is_openapi() { OPENAPI } else { ASYNCAPI };
    for (name, rule) in sections {
        section(&used, components.entry(name), &["components", name], rule, lint);
    }
}

fn section(used: &Used, section: Option<&crate::yaml::Entry>, path: &[&str], rule: &str, lint: &mut Lint<'_>) {
    for entry in section.map(|section| section.value.entries()).unwrap_or_default() {
        let is_used =
            used.nodes.contains(&(std::ptr::from_ref(&entry.value) as usize)) || used.contains(path, &entry.key);
        if !is_used && !entry.key.starts_with("x-") {
            let kind = path.last().copied().unwrap_or_default();
            lint.report(rule, (0, entry.key_span), format!("nothing refers to `{}` of `{kind}`", entry.key)).help =
                Some("refer to it, or delete it".to_owned());
        }
    }
}

/// What is referred to.
#[derive(Default)]
struct Used {
    /// By address, however it was written.
    nodes: FxHashSet<usize>,
    /// By its path in the definition, also where only something inside of it is meant.
    paths: FxHashSet<Vec<String>>,
}

impl Used {
    fn of(input: &Input<'_>) -> Self {
        let mut used = Self::default();
        for reference in input.references {
            // A name that is misspelt is one finding.
            if let Some(meant) = &reference.meant {
                used.path(meant);
            }
            if let Some(found) = reference.found {
                used.nodes.insert(std::ptr::from_ref(found.node) as usize);
                if found.document == 0 {
                    used.path(reference.target);
                }
            }
        }
        for part in input.parts.of_kind("Schema") {
            used.by_discriminator(part.at.node);
        }
        for part in input.parts.of_kind("Link") {
            part.at.node.get("operationRef").and_then(Node::as_str).into_iter().for_each(|target| used.path(target));
        }
        used
    }

    fn path(&mut self, target: &str) {
        let pointer = target.split_once('#').map_or("", |(_, pointer)| pointer);
        let decoded = crate::base::paths::percent_decoded(pointer);
        let parts: Vec<String> = pointer_parts(&decoded).take(3).collect();
        // What is referred to as a whole, with all in it, is used as a whole.
        self.paths.insert(parts.iter().take(2).cloned().collect());
        self.paths.insert(parts);
    }

    /// A discriminator chooses by name, too: by those of `mapping`, and else by those of schemas.
    fn by_discriminator(&mut self, node: &Node) {
        let Some(discriminator) = node.get("discriminator") else { return };
        for entry in discriminator.get("mapping").map(Node::entries).unwrap_or_default() {
            let Some(target) = entry.value.as_str() else { continue };
            if target.contains('#') {
                self.path(target);
            } else {
                self.paths.insert(vec!["components".to_owned(), "schemas".to_owned(), target.to_owned()]);
            }
        }
    }

    fn contains(&self, path: &[&str], name: &str) -> bool {
        let mut whole: Vec<String> = path.iter().map(|part| (*part).to_owned()).collect();
        whole.push(name.to_owned());
        self.paths.contains(&whole)
    }
}
