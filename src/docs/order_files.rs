//! The files `.pages` and `.nav.yml`, as awesome-pages and awesome-nav read them.

use crate::base::{FileId, Sources, Span};
use crate::diagnostics::Diagnostic;
use crate::yaml::{self, Limits, Node, Value};

use super::items::{MAX_DEPTH, MAX_ITEMS};
use super::layers::invalid;
use super::order::{Entry, Inherited, Rules, What};
use super::sorting::Sorting;

/// Reads such a file.
pub(super) fn read(
    sources: &dyn Sources,
    file: FileId,
    folder: &str,
    is_nav: bool,
    above: &Inherited,
    findings: &mut Vec<Diagnostic>,
) -> Rules {
    let mut rules = Rules { inherited: above.clone(), ..Rules::default() };
    let Ok(text) = sources.text(file) else { return rules };
    let Some(document) = yaml::parse(text.as_str(), Limits::default()).into_iter().next() else { return rules };
    if let Some(problem) = document.problems.first() {
        findings.push(invalid(file, problem.span, "the order of these pages cannot be read".to_owned()));
    }
    let Some(root) = document.root.filter(|root| !root.is_null()) else { return rules };
    if !root.is_map() {
        let message = format!("the order of these pages is {} and not a map", root.type_name());
        findings.push(invalid(file, root.span, message).help("write `nav:` and a list under it"));
        return rules;
    }
    rules.title = root.get("title").and_then(Node::scalar_text);
    rules.hide = root.get("hide").and_then(Node::as_bool).unwrap_or(false);
    let collapses = ["collapse", "collapse_single_pages", "flatten_single_child_sections"];
    rules.collapse = collapses.iter().find_map(|key| root.get(key)?.as_bool());
    let inherited = &mut rules.inherited;
    if is_nav {
        inherited.collapse = rules.collapse.unwrap_or(inherited.collapse);
        let keep = root.get("preserve_directory_names").and_then(Node::as_bool);
        inherited.keep_names = keep.unwrap_or(inherited.keep_names);
        inherited.append = root.get("append_unmatched").and_then(Node::as_bool).unwrap_or(inherited.append);
        if let Some(ignore) = root.get("ignore").filter(|node| !node.is_null()) {
            inherited.ignore = ignored(ignore, folder, &inherited.ignore);
        }
    }
    inherited.sorting = Sorting::read(&root, if is_nav { inherited.sorting } else { Sorting::default() });
    let mut reader = Reader { file, is_nav, count: 0, findings };
    if let Some(list) = root.get("nav").or_else(|| root.get("arrange")).filter(|list| !list.is_null()) {
        let mut entries = reader.list(list, 0);
        if !matches!(list.value, Value::List(_)) {
            return rules;
        }
        if rules.inherited.append {
            entries.push(Entry { title: None, what: What::Matching("*".to_owned()), span: list.span });
        }
        rules.entries = Some(entries);
    }
    rules
}

/// Patterns from the root of the pages; `$inherit` has those of the folder above.
fn ignored(node: &Node, folder: &str, above: &[String]) -> Vec<String> {
    let one = node.as_str();
    let list = node.items().iter().filter_map(Node::as_str);
    let mut out = Vec::new();
    for pattern in one.into_iter().chain(list).take(MAX_IGNORED) {
        if pattern == "$inherit" {
            out.extend_from_slice(above);
            continue;
        }
        let own = match pattern.strip_prefix('/') {
            Some(rest) => rest.to_owned(),
            None => format!("**/{pattern}"),
        };
        out.push(if folder.is_empty() { own } else { format!("{folder}/{own}") });
    }
    out.truncate(MAX_IGNORED);
    out
}

/// Most patterns of what is left out.
const MAX_IGNORED: usize = 200;

struct Reader<'a> {
    file: FileId,
    is_nav: bool,
    count: usize,
    findings: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn list(&mut self, node: &Node, depth: usize) -> Vec<Entry> {
        let mut out = Vec::new();
        if depth > MAX_DEPTH || !matches!(node.value, Value::List(_)) {
            let message = format!("`nav` is {} and not a list", node.type_name());
            self.findings.push(invalid(self.file, node.span, message));
            return out;
        }
        for item in node.items() {
            self.count += 1;
            if self.count > MAX_ITEMS {
                break;
            }
            if let Some(text) = item.as_str() {
                out.push(self.named(None, text, item.span));
            }
            // A pattern with options of its own, which change nothing here.
            if let Some(pattern) = item.get("glob").and_then(Node::as_str).filter(|_| self.is_nav) {
                out.push(Entry { title: None, what: What::Matching(pattern.trim().to_owned()), span: item.span });
                continue;
            }
            for entry in item.entries() {
                let title = Some(entry.key.to_string());
                match entry.value.as_str() {
                    Some(target) => out.push(self.named(title, target, entry.value.span)),
                    None => {
                        let inner = self.list(&entry.value, depth + 1);
                        out.push(Entry { title, what: What::Section(inner, None), span: entry.key_span });
                    }
                }
            }
        }
        out
    }

    fn named(&self, title: Option<String>, text: &str, span: Span) -> Entry {
        let text = text.trim();
        let what = match text.strip_prefix("...") {
            // `... | flat | glob=*.md`: all that is not named, or what a pattern matches.
            Some(options) if !self.is_nav => {
                let options = options.split('|').map(str::trim).filter(|option| !option.is_empty());
                let mut pattern = "*".to_owned();
                for option in options {
                    match option {
                        "flat" => "**/*.md".clone_into(&mut pattern),
                        other => pattern = other.strip_prefix("glob=").unwrap_or(other).to_owned(),
                    }
                }
                What::Matching(pattern)
            }
            _ if self.is_nav && text.contains('*') => What::Matching(text.to_owned()),
            _ => What::Target(text.to_owned()),
        };
        Entry { title, what, span }
    }
}
