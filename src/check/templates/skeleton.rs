//! `skeleton-invalid`: skeletons that become no valid descriptor. Each `catalog-info` file of a
//! skeleton is filled in with what people would fill in, and read and checked as a descriptor.
//! What cannot be known (secrets, outputs of other steps, fields of plugins) makes the rule pass
//! over whatever uses it.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;

use globset::GlobBuilder;
use serde_json::{Map, Value as Json, json};

use crate::base::{FileId, Place, RepoId, Resolution, Text};
use crate::diagnostics::{Diagnostic, SKELETON_INVALID};
use crate::parse::expression::{Expressions, Marks, expressions, has_expressions};
use crate::yaml::Node;

use super::plausible::{self, Filled};
use super::render::{self, render_value};
use super::{Step, Template, made};

/// Descriptors of one skeleton that are looked at.
const MOST_FILES: usize = 16;

/// Findings about one file; one mistake in it can show in many ways.
const MOST_FINDINGS: usize = 5;

/// Largest values that a skeleton is filled in with, in bytes of JSON.
const MOST_VALUES: usize = 64 * 1024;

/// How often files are filled in for one Template. Each time is quick, but files, steps and
/// parameters multiply.
const MOST_FILLED_IN: usize = 100;

pub(super) fn check(template: &Template<'_>, out: &mut Vec<Diagnostic>) {
    let fetches = template.steps.iter().flatten().filter(|step| step.action == Some("fetch:template"));
    let fetches: Vec<&Step<'_>> = fetches.collect();
    if fetches.is_empty() {
        return;
    }
    let filled = plausible::fill(&template.form, template.input.catalog);
    if is_too_large(&filled.parameters) {
        return;
    }
    let left = Cell::new(MOST_FILLED_IN);
    for step in fetches {
        if let Some(skeleton) = Skeleton::of(template, step, &filled, &left) {
            for file in skeleton.descriptors() {
                skeleton.check(file, out);
            }
        }
    }
}

/// Whether values are larger than anybody fills in; put together they would make very long texts.
fn is_too_large(values: &Map<String, Json>) -> bool {
    serde_json::to_string(values).map_or(true, |text| text.len() > MOST_VALUES)
}

/// A skeleton and the step that fills it in.
struct Skeleton<'a> {
    template: &'a Template<'a>,
    step: &'a Step<'a>,
    filled: &'a Filled,
    /// How often files may still be filled in.
    left: &'a Cell<usize>,
    repository: RepoId,
    folder: String,
    marks: Marks,
    /// The file extension of what is filled in, where not everything is.
    extension: Option<String>,
    trim: bool,
}

/// What the step hands to the skeleton.
struct Values {
    known: Map<String, Json>,
    unknown: BTreeSet<String>,
}

impl<'a> Skeleton<'a> {
    fn of(template: &'a Template<'a>, step: &'a Step<'a>, filled: &'a Filled, left: &'a Cell<usize>) -> Option<Self> {
        let input = step.node.get("input")?;
        let url = input.get("url")?.as_str().filter(|url| !has_expressions(url) && !url.contains("://"))?;
        let resolved = template.input.sources.resolve(template.entity.document.file, url);
        let Resolution::Folder(repository, folder) = resolved else { return None };
        let flag = |key: &str| input.get(key).and_then(Node::as_bool).unwrap_or(false);
        let extension = match input.get("templateFileExtension") {
            None => None,
            Some(node) => match (node.as_bool(), node.as_str()) {
                (Some(false), _) => None,
                (Some(true), _) => Some(".njk".to_owned()),
                (_, Some(text)) if !has_expressions(text) => Some(format!(".{}", text.trim_start_matches('.'))),
                _ => return None,
            },
        };
        // The root of a repository is no skeleton: a Template may copy all of it, itself included.
        (!folder.is_empty() && !flag("lstripBlocks")).then(|| Self {
            template,
            step,
            filled,
            left,
            repository,
            folder,
            marks: if flag("cookiecutterCompat") { Marks::Cookiecutter } else { Marks::Scaffolder },
            extension,
            trim: flag("trimBlocks"),
        })
    }

    /// The files of the skeleton that become descriptors.
    fn descriptors(&self) -> Vec<FileId> {
        let sources = self.template.input.sources;
        let is_descriptor = |file: &FileId| {
            let path = sources.path(*file);
            let path = match &self.extension {
                Some(extension) => path.strip_suffix(extension.as_str()),
                None => Some(path),
            };
            path.is_some_and(|path| {
                let name = path.rsplit('/').next().unwrap_or(path);
                matches!(name, "catalog-info.yaml" | "catalog-info.yml") && !self.is_copied(path)
            })
        };
        sources.under(self.repository, &self.folder).into_iter().filter(is_descriptor).take(MOST_FILES).collect()
    }

    /// Whether a file is copied as it is, or may be.
    fn is_copied(&self, path: &str) -> bool {
        let inside = path[self.folder.len()..].trim_start_matches('/');
        let input = self.step.node.get("input");
        ["copyWithoutTemplating", "copyWithoutRender"].into_iter().filter_map(|key| input?.get(key)).any(|patterns| {
            patterns.items().is_empty()
                || patterns.items().iter().any(|pattern| {
                    let Some(pattern) = pattern.as_str().filter(|pattern| !has_expressions(pattern)) else {
                        return true;
                    };
                    let folder = pattern.trim_end_matches('/');
                    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
                    inside == folder
                        || inside.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
                        || glob.map_or(true, |glob| glob.compile_matcher().is_match(inside))
                })
        })
    }

    fn check(&self, file: FileId, out: &mut Vec<Diagnostic>) {
        let sources = self.template.input.sources;
        if self.left.get() == 0 {
            return;
        }
        let Ok(text) = sources.text(file) else { return };
        let found = expressions(text.as_str(), self.marks);
        if !render::is_within_bounds(&found, text.as_str()) || found.outputs == 0 {
            return;
        }
        let all = self.filled.parameters.clone();
        let findings = self.findings(file, &text, &found, &all);
        if !findings.is_empty() {
            out.extend(findings.into_iter().take(MOST_FINDINGS).map(|finding| self.finish(finding, None)));
            return;
        }
        let used = self.used();
        let is_used = |name: &&String| used.as_ref().is_none_or(|used| used.contains(name.as_str()));
        for name in self.filled.optional.iter().filter(is_used) {
            let mut some = all.clone();
            some.remove(name);
            let findings = self.findings(file, &text, &found, &some);
            out.extend(findings.into_iter().take(1).map(|finding| self.finish(finding, Some(name))));
        }
    }

    /// The parameters that the values of the step use; `None` when it may be any.
    fn used(&self) -> Option<BTreeSet<&str>> {
        let values = self.step.pointer.clone() + "/input/values";
        let texts = self.template.texts.iter().filter(|text| text.pointer.starts_with(&values));
        let variables = texts.flat_map(|text| &text.found.variables).filter(|used| used.root.name == "parameters");
        variables.map(|variable| variable.path.first().map(|first| first.name.as_str())).collect()
    }

    fn finish(&self, inner: Diagnostic, left_out: Option<&str>) -> Diagnostic {
        let when = left_out.map_or(String::new(), |name| format!(" when `{name}` is left empty"));
        let message = format!("this becomes no valid descriptor{when}: {}", inner.message);
        let mut finding = Diagnostic::new(&SKELETON_INVALID, message)
            .subject(format!("{} {} {}", inner.rule.code, inner.subject, left_out.unwrap_or_default()))
            .entity(self.template.entity.key())
            .related("this step fills it in", self.template.entity.place(&format!("{}/input/url", self.step.pointer)));
        finding.place = inner.place;
        match left_out {
            Some(name) => {
                let help =
                    format!("put what needs it between `{{% if %}}` and `{{% endif %}}`, or make `{name}` required");
                finding.help(help)
            }
            None => finding.maybe_help(inner.help),
        }
    }

    /// What is wrong with the descriptors that a file becomes.
    fn findings(
        &self,
        file: FileId,
        text: &Text,
        found: &Expressions,
        parameters: &Map<String, Json>,
    ) -> Vec<Diagnostic> {
        let Some(left) = self.left.get().checked_sub(1) else { return Vec::new() };
        self.left.set(left);
        let Some(values) = self.values(parameters) else { return Vec::new() };
        if !is_known(found, &values, self.root()) {
            return Vec::new();
        }
        if is_too_large(&values.known) {
            return Vec::new();
        }
        let context = json!({ self.root(): values.known });
        let Ok(rendered) = render::render(text.as_str(), &context, self.marks, self.trim) else { return Vec::new() };
        let rendered = Arc::new(Text::from_bytes(rendered.as_bytes()));
        let mut all = made::findings(self.template.input, file, &rendered);
        for finding in &mut all {
            let at = finding.place.map_or(0, |place| place.span.start as usize);
            finding.place =
                Some(Place::new(file, made::nearest_line(text.as_str(), rendered.as_str(), at, self.marks)));
        }
        all
    }

    /// The name under which values are seen in the skeleton.
    fn root(&self) -> &'static str {
        match self.marks {
            Marks::Scaffolder => "values",
            Marks::Cookiecutter => "cookiecutter",
        }
    }

    fn values(&self, parameters: &Map<String, Json>) -> Option<Values> {
        let context = json!({
            "parameters": parameters,
            "user": {"ref": "user:default/guest", "entity": {"metadata": {"name": "guest"}}},
        });
        let mut values = Values { known: Map::new(), unknown: BTreeSet::new() };
        let Some(node) = self.step.node.at(&["input", "values"]).filter(|node| !node.is_null()) else {
            return Some(values);
        };
        if node.as_str().is_some() {
            let Ok(Some(Json::Object(map))) = self.value(node, &context) else { return None };
            values.known = map;
            values.unknown.clone_from(&self.filled.unknown);
            return Some(values);
        }
        for entry in node.entries() {
            match self.value(&entry.value, &context) {
                Ok(Some(value)) => {
                    values.known.insert(entry.key.to_string(), value);
                }
                Ok(None) => {}
                Err(()) => {
                    values.unknown.insert(entry.key.to_string());
                }
            }
        }
        node.is_map().then_some(values)
    }

    /// A value of the step, filled in. `Err` where it cannot be known.
    fn value(&self, node: &Node, context: &Json) -> Result<Option<Json>, ()> {
        if let Some(text) = node.as_str() {
            if !has_expressions(text) {
                return Ok(Some(json!(text)));
            }
            let found = expressions(text, Marks::Scaffolder);
            let known = |path: &[&str]| {
                matches!(path, ["user", "ref"] | ["user", "entity", "metadata", "name"])
                    || matches!(path, ["parameters"] | ["parameters", ..] if !path.get(1).is_some_and(|name| self.is_unknown(name)))
            };
            let all_known = found.variables.iter().all(|variable| {
                let names = std::iter::once(&variable.root).chain(&variable.path);
                let path: Vec<&str> = names.map(|name| name.name.as_str()).collect();
                !variable.computed && variable.hyphenated.is_none() && known(&path) && path.last() != Some(&"length")
            });
            if !all_known || !render::is_within_bounds(&found, text) {
                return Err(());
            }
            return render_value(text, context).map_err(|_| ());
        }
        if node.is_map() {
            let mut map = Map::new();
            for entry in node.entries() {
                if entry.key.starts_with('$') || has_expressions(&entry.key) {
                    return Err(());
                }
                if let Some(value) = self.value(&entry.value, context)? {
                    map.insert(entry.key.to_string(), value);
                }
            }
            return Ok(Some(Json::Object(map)));
        }
        if !node.items().is_empty() {
            let items = node.items().iter().map(|item| Ok(self.value(item, context)?.unwrap_or(Json::Null)));
            return items.collect::<Result<Vec<Json>, ()>>().map(|items| Some(Json::Array(items)));
        }
        Ok(Some(node.to_json()))
    }

    /// Whether nothing can be said about the value of a parameter.
    fn is_unknown(&self, name: &str) -> bool {
        self.filled.unknown.contains(name) || (self.template.form.open && !self.template.form.has(name))
    }
}

/// Whether all that a skeleton uses is known.
fn is_known(found: &Expressions, values: &Values, root: &str) -> bool {
    found.variables.iter().all(|variable| {
        if found.is_local(variable) || variable.root.name == "loop" {
            return true;
        }
        let is_value = variable.root.name == root && !variable.computed && variable.hyphenated.is_none();
        // JavaScript's `==` takes `1` and `"1"` for the same, and ours does not.
        let value = variable.path.first().and_then(|first| values.known.get(&first.name));
        if found.compares && value.is_some_and(Json::is_number) {
            return false;
        }
        let is_length = variable.path.last().is_some_and(|last| last.name == "length");
        is_value && !is_length && variable.path.first().is_some_and(|first| !values.unknown.contains(&first.name))
    })
}
