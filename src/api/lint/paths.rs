//! `api-path-parameters`, `api-paths-identical`, `api-path-form`: paths of OpenAPI, what stands in
//! braces in them, and the parameters that say what it is.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::suggest;
use crate::refs::At;
use crate::yaml::Node;

use super::Input;
use super::operations::METHODS;
use super::report::{Lint, Spot};

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    let mut shapes: FxHashMap<String, (&str, Spot)> = FxHashMap::default();
    let paths = input.parts.of_kind("Paths").flat_map(|paths| {
        let document = paths.at.document;
        paths.at.node.entries().iter().map(move |entry| (document, entry))
    });
    for (document, entry) in paths.filter(|(_, entry)| entry.key.starts_with('/')) {
        let path = &*entry.key;
        let spot = (document, entry.key_span);
        form(path, spot, lint);
        match shapes.get(&shape(path)) {
            Some((first, at)) => {
                let place = lint.documents.place(at.0, at.1);
                let message = format!("`{path}` is the same path as `{first}`");
                let finding = lint.report("path-params/identical", spot, message);
                *finding = finding
                    .clone()
                    .related("the first one", place)
                    .help("names in braces do not make a difference: no request can tell the two apart");
            }
            None => {
                shapes.insert(shape(path), (path, spot));
            }
        }
        parameters(input, path, spot, At { document, node: &entry.value }, lint);
    }
}

fn form(path: &str, spot: Spot, lint: &mut Lint<'_>) {
    if path.contains("{}") {
        lint.report("path-declarations-must-exist", spot, format!("`{path}` has braces without a name"));
    }
    if path.len() > 1 && path.ends_with('/') {
        lint.report("path-keys-no-trailing-slash", spot, format!("the path `{path}` ends with a slash"));
    }
    if path.contains('?') {
        lint.report("path-not-include-query", spot, format!("the path `{path}` has a query")).help =
            Some("what stands after `?` are parameters with `in: query`".to_owned());
    }
}

/// The names in braces, in order.
pub(super) fn names_in(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, more)) = after.split_once('}') else { break };
        let name = name.trim_start_matches([';', '?', '+', '#', '.', '/', '&']).trim_end_matches('*');
        if !name.is_empty() {
            names.push(name);
        }
        rest = more;
    }
    names
}

/// The path without the names in braces.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '{' => inside = true,
            '}' if inside => {
                inside = false;
                shape.push('%');
            }
            _ if inside => {}
            _ => shape.push(character),
        }
    }
    shape
}

/// A parameter with `in: path`.
struct Declared<'a> {
    name: &'a str,
    spot: Spot,
}

fn parameters(input: &Input<'_>, path: &str, spot: Spot, item: At<'_>, lint: &mut Lint<'_>) {
    let names = names_in(path);
    let mut seen = FxHashSet::default();
    for name in names.iter().filter(|name| !seen.insert(**name)) {
        lint.report("path-params", spot, format!("`{{{name}}}` stands twice in the path `{path}`"));
    }
    let Ok(item) = input.documents.follow(item) else { return };
    let Some(shared) = declared(input, item, path, lint) else { return };
    let mut operations = 0;
    for method in METHODS {
        let Some(operation) = item.node.entry(method) else { continue };
        let Ok(found) = input.documents.follow(At { document: item.document, node: &operation.value }) else {
            continue;
        };
        if !found.node.is_map() {
            continue;
        }
        operations += 1;
        let Some(own) = declared(input, found, path, lint) else { continue };
        for one in own.iter().filter(|one| !names.contains(&one.name)) {
            unused(one, path, &names, lint);
        }
        let has = |name: &str| own.iter().any(|one| one.name == name) || shared.iter().any(|one| one.name == name);
        let mut missing = names.iter().filter(|name| !has(name)).collect::<Vec<_>>();
        missing.dedup();
        for name in missing {
            let message = format!("`{} {path}` does not say what `{{{name}}}` is", method.to_uppercase());
            lint.report("path-params", (item.document, operation.key_span), message).help =
                Some(format!("add a parameter with `name: {name}`, `in: path` and `required: true`"));
        }
    }
    if operations > 0 {
        for one in shared.iter().filter(|one| !names.contains(&one.name)) {
            unused(one, path, &names, lint);
        }
    }
}

fn unused(one: &Declared<'_>, path: &str, names: &[&str], lint: &mut Lint<'_>) {
    let message = format!("the path `{path}` has no `{{{}}}`", one.name);
    let near = suggest::nearest(one.name, names.iter().copied());
    lint.report("path-params", one.spot, message).help = near.map(|near| format!("did you mean `{near}`?"));
}

/// The parameters in the path that an object declares; nothing where one cannot be followed.
fn declared<'a>(input: &Input<'a>, holder: At<'a>, path: &str, lint: &mut Lint<'_>) -> Option<Vec<Declared<'a>>> {
    let mut all: Vec<Declared<'a>> = Vec::new();
    for item in holder.node.get("parameters").map(Node::items).unwrap_or_default() {
        let at = input.documents.follow(At { document: holder.document, node: item }).ok()?;
        if at.node.get("in").and_then(Node::as_str) != Some("path") {
            continue;
        }
        let Some(name) = at.node.get("name") else { continue };
        let Some(text) = name.as_str() else { continue };
        // A reference is the place that belongs to this path.
        let referred = item.get("$ref");
        let spot = referred.map_or((at.document, name.span), |target| (holder.document, target.span));
        if at.node.get("required").and_then(Node::as_bool) != Some(true) {
            let message = format!("the path parameter `{text}` is not `required: true`");
            lint.report("path-params", (at.document, name.span), message).help =
                Some("a path is never without its parts".to_owned());
        }
        if all.iter().any(|other| other.name == text) {
            let message = format!("the path parameter `{text}` of `{path}` is declared twice");
            lint.report("path-params", spot, message);
            continue;
        }
        all.push(Declared { name: text, spot });
    }
    Some(all)
}
