//! Sites inside of a site: `!include ./x/mkdocs.yml` in the nav, as mkdocs-monorepo has it. The
//! pages of the other site stand below its `site_name`, and its nav where the include stands.

use crate::base::{FileId, RepoId, Resolution, Sources, Span, paths};
use crate::diagnostics::{Diagnostic, NAV_PAGE_MISSING};

use super::items::{Goal, Item};
use super::layers::invalid;
use super::nav;
use super::patterns::Patterns;
use super::settings::{self, Edit, Environment, Settings};

/// Most sites in one site, and how deep they may include each other.
const MAX_MOUNTS: usize = 1_000;
const MAX_DEPTH: usize = 8;

/// A folder of pages and where it stands in the site.
#[derive(Debug, Default)]
pub struct Mount {
    /// What stands before the paths of its pages; empty for the site's own.
    pub(super) prefix: String,
    /// The folder, from the root of the repository.
    pub(super) docs_dir: String,
    /// `repo_url`.
    pub(super) repo_url: Option<String>,
    /// Where its pages can be edited.
    pub(super) edit: Edit,
    /// Pages of it that are not shown.
    pub(super) exclude: Patterns,
    pub(super) drafts: Patterns,
    pub(super) settings: Option<FileId>,
}

/// Follows the includes of a nav.
pub(super) struct Includes<'a> {
    pub(super) sources: &'a dyn Sources,
    pub(super) environment: &'a Environment,
    pub(super) repository: RepoId,
    pub(super) mounts: Vec<Mount>,
    pub(super) findings: &'a mut Vec<Diagnostic>,
    /// The settings that are being read, the outermost first.
    pub(super) chain: Vec<FileId>,
}

impl Includes<'_> {
    /// The nav with what it includes; all paths are those of the whole site.
    pub(super) fn expand(&mut self, items: Vec<Item>, folder: &str, prefix: &str) -> Vec<Item> {
        let mut out = Vec::with_capacity(items.len());
        for mut item in items {
            let path = match item.target {
                Goal::Section(inner) => {
                    let inner = self.expand(inner, folder, prefix);
                    out.push(Item { target: Goal::Section(inner), ..item });
                    continue;
                }
                Goal::Path(path) => path,
                other => {
                    out.push(Item { target: other, ..item });
                    continue;
                }
            };
            item.target = Goal::Section(Vec::new());
            if let Some(target) = path.strip_prefix("!include ") {
                out.extend(self.include(item, target.trim(), folder, prefix));
            } else if let Some(pattern) = path.strip_prefix("*include ") {
                out.extend(self.matching(item, pattern.trim(), folder, prefix));
            } else if prefix.is_empty() || nav::is_url(&path) {
                out.push(Item { target: Goal::Path(path), ..item });
            } else {
                let target = Goal::Path(format!("{prefix}/{}", path.trim_start_matches('/')));
                out.push(Item { target, prefix: format!("{prefix}/"), ..item });
            }
        }
        out
    }

    fn matching(&mut self, item: Item, pattern: &str, folder: &str, prefix: &str) -> Option<Item> {
        let found = paths::join(folder, pattern)
            .map_err(|_| "it leads out of the repository".to_owned())
            .and_then(|pattern| self.sources.glob_in(self.repository, &pattern));
        let found = match found {
            Ok(found) => found,
            Err(why) => {
                self.report(&item, pattern, format!("the pattern `{pattern}` cannot be used: {why}"));
                return None;
            }
        };
        let found: Vec<FileId> = found.into_iter().filter(|file| is_settings(self.sources.path(*file))).collect();
        if found.is_empty() {
            self.report(&item, pattern, format!("no settings match `{pattern}`"));
            return None;
        }
        let mut sites = Vec::new();
        for file in found {
            // A pattern may match the settings that it stands in.
            if self.chain.contains(&file) {
                continue;
            }
            let one = Item { title: None, ..item.clone() };
            sites.extend(self.site(one, file, pattern, prefix));
        }
        Some(Item { target: Goal::Section(sites), ..item })
    }

    fn include(&mut self, item: Item, target: &str, folder: &str, prefix: &str) -> Option<Item> {
        let found = paths::join(folder, target).map(|path| self.sources.at(self.repository, &path));
        let message = match found {
            Ok(Resolution::File(file)) if !is_settings(self.sources.path(file)) => {
                format!("the nav includes `{target}`, which is no mkdocs.yml")
            }
            Ok(Resolution::File(file)) if self.chain.contains(&file) => {
                format!("`{target}` includes these settings in turn")
            }
            Ok(Resolution::File(file)) => return self.site(item, file, target, prefix),
            Ok(Resolution::Outside) | Err(_) => format!("`{target}` leads out of the repository"),
            Ok(_) => format!("the nav includes `{target}`, and there is no such file"),
        };
        self.report(&item, target, message);
        None
    }

    fn site(&mut self, item: Item, file: FileId, target: &str, prefix: &str) -> Option<Item> {
        if self.mounts.len() >= MAX_MOUNTS || self.chain.len() >= MAX_DEPTH {
            let message = format!("`{target}` is left out: a site has at most {MAX_MOUNTS} others, {MAX_DEPTH} deep");
            self.report(&item, target, message);
            return None;
        }
        let folder = paths::parent(self.sources.path(file)).to_owned();
        let (mut settings, more) = settings::read(self.sources, self.environment, file, &folder);
        self.findings.extend(more);
        let name = settings.name.clone().unwrap_or_else(|| {
            let message = "the settings have no `site_name`".to_owned();
            let help = "the pages stand below that name in the site that includes them";
            self.findings.push(invalid(file, Span::default(), message).help(help));
            paths::file_name(&folder).to_owned()
        });
        let known = self.mounts.iter().find(|mount| mount.settings == Some(file)).map(|mount| mount.prefix.clone());
        let is_known = known.is_some();
        let path = known.unwrap_or_else(|| self.free(&item, prefix, &name));
        let items = settings.nav.take();
        if !is_known {
            self.mount(&item, settings, file, &folder, &path);
        }
        self.chain.push(file);
        let target = match items {
            Some(items) => Goal::Section(self.expand(items, &folder, &path)),
            None => Goal::Below(path),
        };
        self.chain.pop();
        Some(Item { title: Some(item.title.clone().unwrap_or(name)), target, ..item })
    }

    /// The path of a site, by its name. Two of one name are told apart.
    fn free(&mut self, item: &Item, prefix: &str, name: &str) -> String {
        let alias = alias(name);
        let path = if prefix.is_empty() { alias } else { format!("{prefix}/{alias}") };
        let taken = |path: &str| self.mounts.iter().any(|mount| mount.prefix == path);
        let mut free = path.clone();
        let mut number = 2;
        while taken(&free) {
            free = format!("{path}-{number}");
            number += 1;
        }
        if free != path {
            let message = format!("two sites are named `{name}`; the pages of this one stand below `{free}/`");
            let finding = invalid(item.file, item.span, message).pointer(&item.pointer);
            self.findings.push(finding.help("give them different `site_name`s"));
        }
        free
    }

    fn mount(&mut self, item: &Item, settings: Settings, file: FileId, folder: &str, prefix: &str) {
        let inside = || if folder.is_empty() { "docs".to_owned() } else { format!("{folder}/docs") };
        let docs_dir = settings.docs_dir.unwrap_or_else(inside);
        if !self.sources.is_folder(self.repository, &docs_dir) {
            self.report(item, &docs_dir, format!("there are no pages in `{docs_dir}/`, whose site the nav includes"));
        }
        self.mounts.push(Mount {
            prefix: prefix.to_owned(),
            docs_dir,
            repo_url: settings.repo_url,
            edit: settings.edit,
            exclude: settings.exclude,
            drafts: settings.drafts,
            settings: Some(file),
        });
    }

    fn report(&mut self, item: &Item, subject: &str, message: String) {
        let finding = Diagnostic::new(&NAV_PAGE_MISSING, message).at(item.file, item.span);
        self.findings.push(finding.pointer(&item.pointer).subject(subject));
    }
}

fn is_settings(path: &str) -> bool {
    matches!(paths::extension(path).as_str(), "yml" | "yaml")
}

/// A name as a path: as it is where it may be one, else in lower case with dashes.
fn alias(name: &str) -> String {
    let is_path = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-/".contains(&byte));
    if is_path
        && let Ok(path) = paths::join("", name)
        && !path.is_empty()
    {
        return path;
    }
    let mut out = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            out.push(character);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "site".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_paths() {
        for (name, expected) in [
            ("team/alpha", "team/alpha"),
            ("Shop API", "shop-api"),
            ("v1.2_x", "v1.2_x"),
            ("../..", "site"),
            ("Über uns!", "über-uns"),
            ("***", "site"),
        ] {
            assert_eq!(super::alias(name), expected, "{name}");
        }
    }
}
