//! A definition over many files as one document. What references of its files lead to is put once
//! among the components of the first, under its own name, so that the result is no larger than
//! the files together, whatever leads where; a path item or a text takes the place of its reference.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value as Json};

use crate::yaml::{Node, Value, pointer_escape, pointer_parts};

use super::{At, DocumentId, Documents, MAX_BYTES, reference};

/// How deep path items and texts may take the place of references inside each other.
const MAX_INLINED: usize = 8;
/// Where parts go whose sort is not known.
const OTHER: &str = "x-bundled";
/// Maps of components, by what stands before a reference.
const SECTIONS: &[(&str, &str)] = &[
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("requestBody", "requestBodies"),
    ("requestBodies", "requestBodies"),
    ("headers", "headers"),
    ("examples", "examples"),
    ("links", "links"),
    ("callbacks", "callbacks"),
    ("securitySchemes", "securitySchemes"),
    ("messages", "messages"),
    ("message", "messages"),
    ("channels", "channels"),
    ("servers", "servers"),
    ("operations", "operations"),
    ("traits", "messageTraits"),
    ("schemas", "schemas"),
    ("schema", "schemas"),
    ("payload", "schemas"),
    ("items", "schemas"),
    ("properties", "schemas"),
    ("definitions", "schemas"),
    ("$defs", "schemas"),
    ("allOf", "schemas"),
    ("oneOf", "schemas"),
    ("anyOf", "schemas"),
    ("not", "schemas"),
    ("additionalProperties", "schemas"),
];

/// One document with all that a definition refers to in the repository. References that lead
/// nowhere, or to the network, stay as they are.
pub fn bundle(documents: &Documents) -> Json {
    let root = documents.root();
    let is_old = root.node.get("swagger").is_some();
    let mut bundler = Bundler {
        documents,
        is_old,
        names: FxHashMap::default(),
        taken: FxHashSet::default(),
        inlined: 0,
        open: Vec::new(),
    };
    bundler.take_names(root.node);
    let mut out = bundler.node(root, &mut Vec::new(), 0);
    while let Some((section, name, at)) = bundler.open.pop() {
        let mut path: Vec<String> = bundler.path(&section).into_iter().map(str::to_owned).collect();
        let mut map = &mut out;
        for key in &path {
            let Json::Object(inner) = map else { return out };
            map = inner.entry(key.clone()).or_insert_with(|| Json::Object(Map::new()));
        }
        path.push(name.clone());
        let value = bundler.node(at, &mut path, 0);
        if let Json::Object(inner) = map {
            inner.insert(name, value);
        }
    }
    out
}

struct Bundler<'a> {
    documents: &'a Documents,
    /// Swagger 2.0 has no `components`.
    is_old: bool,
    /// Where a part of another document went.
    names: FxHashMap<(DocumentId, String), String>,
    /// Pointers that are there already.
    taken: FxHashSet<String>,
    /// Bytes of what was inlined.
    inlined: usize,
    /// Parts that are to be written, by section and name.
    open: Vec<(String, String, At<'a>)>,
}

impl<'a> Bundler<'a> {
    fn path<'b>(&self, section: &'b str) -> Vec<&'b str> {
        match section {
            OTHER => vec![OTHER],
            "schemas" if self.is_old => vec!["definitions"],
            other if self.is_old => vec![other],
            other => vec!["components", other],
        }
    }

    fn take_names(&mut self, root: &Node) {
        let homes = [root.get("components"), self.is_old.then_some(root)];
        for entry in homes.into_iter().flatten().flat_map(Node::entries) {
            let base = if self.is_old { String::new() } else { "/components".to_owned() };
            for inner in entry.value.entries() {
                let address = format!("{base}/{}/{}", entry.key, pointer_escape(&inner.key));
                // A component that is nothing but a reference is where its target goes.
                if let (Some(target), 1) = (reference(&inner.value), inner.value.entries().len())
                    && let Ok(found) = self.documents.resolve(0, target)
                    && found.document != 0
                {
                    self.names.entry((found.document, part(target))).or_insert_with(|| format!("#{address}"));
                }
                self.taken.insert(address);
            }
        }
    }

    fn node(&mut self, at: At<'a>, path: &mut Vec<String>, inlined: usize) -> Json {
        if let Some(target) = reference(at.node) {
            return self.reference(at, target, path, inlined);
        }
        match &at.node.value {
            Value::List(items) => {
                let items = items.iter().enumerate().map(|(index, node)| {
                    path.push(index.to_string());
                    let value = self.node(At { document: at.document, node }, path, inlined);
                    path.pop();
                    value
                });
                Json::Array(items.collect())
            }
            Value::Map(entries) => {
                let mut map = Map::new();
                for entry in entries {
                    path.push(entry.key.to_string());
                    self.inlined += if inlined > 0 { entry.key.len() + 8 } else { 0 };
                    map.insert(
                        entry.key.to_string(),
                        self.node(At { document: at.document, node: &entry.value }, path, inlined),
                    );
                    path.pop();
                }
                Json::Object(map)
            }
            Value::Text(text) if inlined > 0 => {
                self.inlined += text.len();
                Json::from(&**text)
            }
            _ => at.node.to_json(),
        }
    }

    fn reference(&mut self, at: At<'a>, target: &str, path: &mut Vec<String>, inlined: usize) -> Json {
        let found = match self.documents.resolve(at.document, target) {
            Ok(found) if found.document != 0 || at.document != 0 || !target.starts_with('#') => found,
            _ => return at.node.to_json(),
        };
        let pointer = part(target);
        // What comes back to the first document is there.
        if found.document == 0 {
            return self.with_siblings(at, &format!("#{pointer}"), path, inlined);
        }
        let is_path_item = path.len() == 2 && matches!(path[0].as_str(), "paths" | "webhooks");
        let is_text = !matches!(found.node.value, Value::Map(_) | Value::List(_));
        let is_whole_map = matches!(path.last().map(String::as_str), Some("paths" | "components" | "schemas"));
        let has_room = inlined < MAX_INLINED && self.inlined < MAX_BYTES;
        if (is_path_item || is_text || is_whole_map) && has_room {
            return self.node(found, path, inlined + 1);
        }
        let key = (found.document, pointer.clone());
        if let Some(known) = self.names.get(&key) {
            let known = known.clone();
            let here = path.iter().map(|key| pointer_escape(key)).collect::<Vec<_>>().join("/");
            // What leads to itself stays a reference, at some point.
            if known.strip_prefix("#/") == Some(&here) && has_room {
                return self.node(found, path, inlined + 1);
            }
            return self.with_siblings(at, &known, path, inlined);
        }
        let section = section(&pointer, path);
        let name = self.name(&section, &pointer, target);
        let address = format!("#/{}/{}", self.path(&section).join("/"), pointer_escape(&name));
        self.names.insert(key, address.clone());
        self.open.push((section, name, found));
        self.with_siblings(at, &address, path, inlined)
    }

    fn with_siblings(&mut self, at: At<'a>, address: &str, path: &mut Vec<String>, inlined: usize) -> Json {
        let mut map = Map::new();
        for entry in at.node.entries() {
            let value = if &*entry.key == "$ref" {
                Json::from(address)
            } else {
                self.node(At { document: at.document, node: &entry.value }, path, inlined)
            };
            map.insert(entry.key.to_string(), value);
        }
        Json::Object(map)
    }

    /// A name that nothing in the section has: the last part of the pointer, or the name of the file.
    fn name(&mut self, section: &str, pointer: &str, target: &str) -> String {
        let file = target.split('#').next().unwrap_or("").rsplit('/').next().unwrap_or("");
        let stem = file.split('.').next().unwrap_or("");
        let last = pointer_parts(pointer).last().filter(|last| !last.is_empty());
        let base: String = last.unwrap_or_else(|| stem.to_owned());
        let safe = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '_' };
        let base: String = base.chars().map(safe).collect();
        let base = if base.is_empty() { "part".to_owned() } else { base };
        let prefix = self.path(section).join("/");
        let mut name = base.clone();
        let mut number = 2;
        while !self.taken.insert(format!("/{prefix}/{name}")) {
            name = format!("{base}_{number}");
            number += 1;
        }
        name
    }
}

/// The pointer in a reference.
fn part(target: &str) -> String {
    let pointer = target.split_once('#').map_or("", |(_, pointer)| pointer);
    crate::base::paths::percent_decoded(pointer)
}

/// Where a part belongs: by its own pointer, else by what stands before the reference to it.
fn section(pointer: &str, path: &[String]) -> String {
    let parts: Vec<String> = pointer_parts(pointer).collect();
    if let [components, section, _] = &parts[..]
        && components == "components"
    {
        return section.clone();
    }
    let named = |part: &str| SECTIONS.iter().find(|(key, _)| *key == part).map(|(_, section)| (*section).to_owned());
    if let [section, _] = &parts[..]
        && let Some(section) = named(section)
    {
        return section;
    }
    path.iter().rev().take(2).find_map(|part| named(part)).unwrap_or_else(|| OTHER.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{MemorySources, RepoId, Sources as _};
    use crate::refs::Home;

    fn bundled(files: &[(&str, &str)]) -> String {
        let sources = MemorySources::single("r", files);
        let file = sources.lookup(RepoId(0), files[0].0).unwrap();
        let documents = Documents::load(Home::File(file), sources.text(file).unwrap().as_str(), &sources);
        bundle(&documents).to_string()
    }

    #[test]
    fn parts_of_other_files_become_components() {
        let out = bundled(&[
            ("api.yaml", "paths:\n  /a: {$ref: 'paths/a.yaml'}\ncomponents: {schemas: {B: {type: string}}}\n"),
            (
                "paths/a.yaml",
                "get: {description: {$ref: text.md}, responses: {'200': {schema: {$ref: '../s.yaml#/A'}}}}\n",
            ),
            ("paths/text.md", "# Hello\n"),
            (
                "s.yaml",
                "A: {type: object, self: {$ref: '#/A'}, b: {schema: {$ref: '#/B'}}, back: {$ref: 'api.yaml#/components/schemas/B'}}\nB: {type: integer}\n",
            ),
        ]);
        assert_eq!(
            out,
            concat!(
                r##"{"paths":{"/a":{"get":{"description":"# Hello\n","responses":{"200":{"schema":{"$ref":"#/components/schemas/A"}}}}}},"##,
                r##""components":{"schemas":{"B":{"type":"string"},"A":{"type":"object","self":{"$ref":"#/components/schemas/A"},"##,
                r##""b":{"schema":{"$ref":"#/components/schemas/B_2"}},"back":{"$ref":"#/components/schemas/B"}},"B_2":{"type":"integer"}}}}"##
            )
        );
    }

    #[test]
    fn a_component_that_is_elsewhere_keeps_its_name() {
        let out = bundled(&[
            (
                "api.yaml",
                "paths: {/a: {get: {schema: {$ref: 's.yaml#/A'}}}}\n\
                 components: {schemas: {A: {$ref: 's.yaml#/A'}, Same: {$ref: 's.yaml#/A'}, R: {$ref: r.yaml}}}\n",
            ),
            ("s.yaml", "A: {items: {$ref: '#/A'}, not: {$ref: r.yaml}}\n"),
            // A circle stays one.
            ("r.yaml", "$ref: 'api.yaml#/components/schemas/R'\n"),
        ]);
        assert_eq!(
            out,
            concat!(
                r##"{"paths":{"/a":{"get":{"schema":{"$ref":"#/components/schemas/A"}}}},"##,
                r##""components":{"schemas":{"A":{"items":{"$ref":"#/components/schemas/A"},"not":{"$ref":"#/components/schemas/R"}},"##,
                r##""Same":{"$ref":"#/components/schemas/A"},"R":{"$ref":"#/components/schemas/R"}}}}"##
            )
        );
    }

    #[test]
    fn what_leads_to_itself_ends() {
        let out = bundled(&[
            ("a.yaml", "a: {$ref: './b.yaml'}\nc: {$ref: './a.yaml#/a'}\n"),
            ("b.yaml", "b: {$ref: './b.yaml#/b'}\n"),
        ]);
        assert_eq!(
            out,
            r##"{"a":{"$ref":"#/x-bundled/b"},"c":{"$ref":"#/a"},"x-bundled":{"b":{"b":{"$ref":"#/x-bundled/b_2"}},"b_2":{"$ref":"#/x-bundled/b_2"}}}"##
        );
    }

    #[test]
    fn a_bundle_is_no_larger_than_its_files() {
        let level = |number: usize| {
            let next = format!("{{$ref: 'l{}.yaml'}}", number + 1);
            (format!("l{number}.yaml"), format!("properties: {{a: {next}, b: {next}, c: {next}}}\n"))
        };
        let mut files = vec![("api.yaml".to_owned(), "schema: {$ref: l0.yaml}\n".to_owned())];
        files.extend((0..60).map(level));
        files.push(("l60.yaml".to_owned(), "type: string\n".to_owned()));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert!(bundled(&files).len() < 20_000);
    }

    #[test]
    fn what_leads_nowhere_stays() {
        let text = "a: {$ref: nothing.yaml}\nb: {$ref: 'https://example.com/x'}\nc: {$ref: '#/d'}\nd: 1\n";
        let out = bundled(&[("api.yaml", text)]);
        assert_eq!(
            out,
            r##"{"a":{"$ref":"nothing.yaml"},"b":{"$ref":"https://example.com/x"},"c":{"$ref":"#/d"},"d":1}"##
        );
    }
}
