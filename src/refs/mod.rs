//! `$ref` over span trees: a definition that stands in many files becomes one. References inside
//! of the first file stay; what leads to other files of the repository is put in its place.

mod documents;
mod home;

pub use documents::{At, DocumentId, Documents, MAX_BYTES, MAX_FILES, Unresolved, reference};
pub use home::Home;

use crate::base::{FileId, Resolution, Sources};
use crate::yaml::{self, Entry, Limits, Node, Value};

/// How many files and how deep a bundle may go.
const MAX_INLINED: usize = 20_000;
const MAX_DEPTH: usize = 64;

/// The tree of a file with what its references to other files lead to. A reference that cannot
/// be followed, or that would go round in a circle, stays as it is.
pub fn bundle(root: &Node, file: FileId, sources: &dyn Sources) -> Node {
    let mut bundler =
        Bundler { sources, home: file, trees: rustc_hash::FxHashMap::default(), stack: Vec::new(), inlined: 0 };
    bundler.node(root, file)
}

struct Bundler<'a> {
    sources: &'a dyn Sources,
    home: FileId,
    trees: rustc_hash::FxHashMap<FileId, Option<std::rc::Rc<Node>>>,
    stack: Vec<(FileId, String)>,
    inlined: usize,
}

impl Bundler<'_> {
    fn node(&mut self, node: &Node, file: FileId) -> Node {
        let value = match &node.value {
            Value::List(items) => Value::List(items.iter().map(|item| self.node(item, file)).collect()),
            Value::Map(entries) => {
                let target = node.get("$ref").and_then(Node::as_str);
                if let Some(found) = target.and_then(|target| self.follow(target, file)) {
                    return found;
                }
                Value::Map(
                    entries
                        .iter()
                        .map(|entry| Entry {
                            key: entry.key.clone(),
                            key_span: entry.key_span,
                            value: self.node(&entry.value, file),
                        })
                        .collect(),
                )
            }
            other => other.clone(),
        };
        Node { span: node.span, value }
    }

    fn follow(&mut self, target: &str, file: FileId) -> Option<Node> {
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let to = if path.is_empty() {
            file
        } else {
            match self.sources.resolve(file, &crate::base::paths::percent_decoded(path)) {
                Resolution::File(to) => to,
                _ => return None,
            }
        };
        // References within the bundled file keep working; so do those that come back to it.
        if to == self.home {
            return (file != self.home).then(|| local_reference(fragment));
        }
        let step = (to, fragment.to_owned());
        if self.stack.contains(&step) || self.stack.len() >= MAX_DEPTH || self.inlined >= MAX_INLINED {
            return None;
        }
        let tree = self.tree(to)?;
        let pointer = crate::base::paths::percent_decoded(fragment);
        let found = if pointer.is_empty() { &*tree } else { tree.pointer(&pointer)? };
        self.inlined += 1;
        self.stack.push(step);
        let bundled = self.node(found, to);
        self.stack.pop();
        Some(bundled)
    }

    fn tree(&mut self, file: FileId) -> Option<std::rc::Rc<Node>> {
        if let Some(tree) = self.trees.get(&file) {
            return tree.clone();
        }
        let text = self.sources.text(file).ok();
        let tree = text.and_then(|text| yaml::parse_value(text.as_str(), Limits::default()).ok()).map(std::rc::Rc::new);
        self.trees.insert(file, tree.clone());
        tree
    }
}

fn local_reference(fragment: &str) -> Node {
    let span = crate::base::Span::default();
    let value = Node::text(span, format!("#{fragment}"));
    Node { span, value: Value::Map(vec![Entry { key: "$ref".into(), key_span: span, value }]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{MemorySources, RepoId};

    #[test]
    fn references_to_other_files_are_put_in_place() {
        let sources = MemorySources::single(
            "r",
            &[
                ("api.yaml", "paths:\n  a: {$ref: 'paths/a.yaml'}\n  b: {$ref: '#/x'}\nx: 1\n"),
                ("paths/a.yaml", "schema: {$ref: '../s.yaml#/A'}\nback: {$ref: '../api.yaml#/x'}\n"),
                ("s.yaml", "A: {type: object, self: {$ref: '#/A'}}\n"),
            ],
        );
        let file = sources.lookup(RepoId(0), "api.yaml").unwrap();
        let root = yaml::parse_value(sources.text(file).unwrap().as_str(), Limits::default()).unwrap();
        let bundled = bundle(&root, file, &sources).to_json();
        assert_eq!(
            bundled.to_string(),
            r##"{"paths":{"a":{"schema":{"type":"object","self":{"$ref":"#/A"}},"back":{"$ref":"#/x"}},"b":{"$ref":"#/x"}},"x":1}"##
        );
    }
}
