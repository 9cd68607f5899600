//! Links out of a repository: absolute URLs, and relative paths to a repository beside it or to
//! what its host shows.

use url::Url;

use crate::base::hosts::RepositoryUrl;
use crate::base::{FileId, RepoId, Resolution, hosts, paths, suggest};
use crate::diagnostics::BROKEN_LINK;

use super::entities::join_sentences;
use super::links::{Found, Resolver, Spot, anchor};
use super::{Target, assets, render};

/// Pages that a host has for a repository beside its files.
const OF_THE_HOST: &[&str] = &[
    "issues",
    "pulls",
    "pull",
    "wiki",
    "releases",
    "discussions",
    "actions",
    "security",
    "projects",
    "labels",
    "milestones",
    "compare",
    "commits",
    "commit",
    "tags",
    "graphs",
    "branches",
    "merge_requests",
    "pipelines",
    "-",
];

/// Most files that one path is compared with.
const MAX_NAMES: usize = 5_000;

impl Resolver<'_> {
    /// An absolute URL: one that names a page of the workspace, or of the portal that this site
    /// takes the place of, leads to our page.
    pub(super) fn url(&self, spot: Spot<'_>, text: &str) -> Found {
        let plain = hosts::without_credentials(text);
        let (address, fragment) = plain.split_once('#').map_or((plain.as_str(), None), |(url, id)| (url, Some(id)));
        for portal in &self.index.addresses {
            let rest = address.strip_prefix(portal.as_str()).filter(|rest| rest.starts_with('/'));
            if let Some(found) = rest.and_then(|rest| self.portal(spot, rest, fragment)) {
                return found;
            }
        }
        self.repository_url(spot, address, fragment).unwrap_or(Found::Target(Target::Url(plain.clone())))
    }

    /// A URL of a file in a repository of the workspace.
    fn repository_url(&self, spot: Spot<'_>, address: &str, fragment: Option<&str>) -> Option<Found> {
        let parsed = RepositoryUrl::parse(address, self.sources.hosts())?;
        let repository = self.sources.repository_at(&parsed.remote)?;
        let revision = self.revision(&parsed, repository, address);
        if revision == Revision::Fixed {
            return None;
        }
        match self.sources.resolve_url(address) {
            Resolution::File(file) if spot.link.kind.is_image() => Some(self.beside(spot, file)),
            Resolution::File(file) => {
                let (number, page) = self.index.page(file)?;
                let draft = &self.drafts[number];
                let rendered = &draft.content.pages[page].rendered;
                let Some(fragment) = fragment.filter(|id| !id.is_empty()) else {
                    return Some(Found::Target(Target::Elsewhere { file, anchor: None }));
                };
                match anchor(rendered, fragment) {
                    Some(id) => Some(Found::Target(Target::Elsewhere { file, anchor: Some(id) })),
                    None if revision == Revision::Here && !is_line(fragment) => {
                        let path = &draft.content.pages[page].source;
                        Some(self.no_heading_of(spot, path, rendered, fragment, Some(draft.entity)))
                    }
                    // At another revision it may be there.
                    None => None,
                }
            }
            Resolution::Folder(repository, path) if !path.is_empty() => {
                let index = ["index.md", "README.md"]
                    .iter()
                    .find_map(|name| self.index.page(self.sources.lookup(repository, &format!("{path}/{name}"))?));
                let (number, page) = index?;
                let file = self.drafts[number].content.pages[page].file;
                Some(Found::Target(Target::Elsewhere { file, anchor: None }))
            }
            Resolution::Missing(repository, path) if revision == Revision::Here && !path.is_empty() => {
                Some(self.gone(spot, repository, &path))
            }
            _ => None,
        }
    }

    /// Which state of a repository a URL names.
    fn revision(&self, url: &RepositoryUrl, repository: RepoId, address: &str) -> Revision {
        let repository = self.sources.repository(repository);
        let names = |revision: &str| {
            let rest = url.revision_and_path.strip_prefix(revision);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if url.path.is_some() {
            // Those hosts say it in the query, and without one they mean the branch that counts.
            return if address.contains('?') && !address.contains("version=") && !address.contains("at=") {
                Revision::Here
            } else {
                Revision::Unknown
            };
        }
        let known = [repository.branch.as_deref(), repository.revision.as_deref(), Some("HEAD")];
        if repository.branch.is_some() && known.into_iter().flatten().any(names) {
            return Revision::Here;
        }
        let first = url.revision_and_path.split('/').next().unwrap_or("");
        let is_hash = first.len() >= 7 && first.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = first.trim_start_matches('v');
        let is_version = number.contains('.') && number.starts_with(|c: char| c.is_ascii_digit());
        let is_own = repository.revision.as_deref().is_some_and(|own| own.starts_with(first));
        if (is_hash || is_version) && !is_own { Revision::Fixed } else { Revision::Unknown }
    }

    /// A file of another repository that is not there.
    fn gone(&self, spot: Spot<'_>, repository: RepoId, path: &str) -> Found {
        let name = &self.sources.repository(repository).name;
        let number = self.index.folder_at(repository, path);
        let message = match number {
            Some(number) => {
                format!(
                    "there is no `{path}` in {name}, where {} has its documentation",
                    self.named(self.drafts[number].entity)
                )
            }
            None => format!("there is no `{path}` in {name}"),
        };
        let folder = paths::parent(path);
        let skip = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let files = if spot.advice { self.sources.under(repository, folder) } else { Vec::new() };
        let names = files.iter().filter_map(|file| self.sources.path(*file).get(skip..));
        let near = suggest::nearest(paths::file_name(path), names.filter(|name| !name.contains('/')).take(MAX_NAMES));
        let near = near.map(|name| {
            if folder.is_empty() {
                format!("did you mean `{name}`?")
            } else {
                format!("did you mean `{folder}/{name}`?")
            }
        });
        let help = join_sentences(near, number.and_then(|number| self.who_to_ask(self.drafts[number].entity)));
        Found::Broken(Box::new(self.finding(&BROKEN_LINK, spot, message).maybe_help(help)))
    }

    /// A file that is no page: copied where a page may show it, else where its host shows it.
    pub(super) fn beside(&self, spot: Spot<'_>, file: FileId) -> Found {
        if spot.link.kind.is_image() && assets::is_image(self.sources.path(file)) {
            return Found::File(file, None);
        }
        Found::Target(self.on_the_web(file, None))
    }

    /// A relative path that leads out of its repository: to one that is checked out beside it, or,
    /// as hosts read it, to another page of theirs.
    pub(super) fn outside(&self, spot: Spot<'_>, path: &str, fragment: Option<&str>) -> Option<Found> {
        let own = self.sources.path(spot.page.file);
        paths::join(paths::parent(own), path).is_err().then_some(())?;
        self.neighbour(spot, own, path, fragment).or_else(|| self.of_the_host(spot, own, path, fragment))
    }

    fn neighbour(&self, spot: Spot<'_>, own: &str, path: &str, fragment: Option<&str>) -> Option<Found> {
        let root = &self.sources.repository(self.draft.content.repository).root;
        if root.is_empty() || spot.link.kind.is_image() {
            return None;
        }
        let full = paths::join(paths::parent(&format!("{root}/{own}")), path).ok()?;
        let repositories = self.sources.repositories().iter().enumerate();
        let (number, rest) = repositories
            .filter(|(_, repository)| !repository.root.is_empty() && !repository.settings_home)
            .find_map(|(number, repository)| {
                let rest = full.strip_prefix(repository.root.as_str())?;
                (rest.is_empty() || rest.starts_with('/')).then_some((number, rest.trim_start_matches('/')))
            })?;
        let repository = RepoId(u32::try_from(number).ok()?);
        let below = |name: &str| if rest.is_empty() { name.to_owned() } else { format!("{rest}/{name}") };
        let ways = [rest.to_owned(), format!("{rest}.md"), below("index.md"), below("README.md")];
        let files: Vec<FileId> = ways.iter().filter_map(|path| self.sources.lookup(repository, path)).collect();
        let Some((file, (number, page))) = files.iter().find_map(|file| Some((*file, self.index.page(*file)?))) else {
            return Some(match files.first() {
                Some(file) => Found::Target(self.on_the_web(*file, fragment.map(str::to_owned))),
                None if self.sources.is_folder(repository, rest) => {
                    Found::Target(render::web_url(self.sources, repository, rest).map_or(Target::Unlinked, Target::Url))
                }
                None => self.gone(spot, repository, rest),
            });
        };
        let draft = &self.drafts[number];
        let other = &draft.content.pages[page];
        Some(match fragment.filter(|id| !id.is_empty()) {
            None => Found::Target(Target::Elsewhere { file, anchor: None }),
            Some(fragment) => match anchor(&other.rendered, fragment) {
                Some(id) => Found::Target(Target::Elsewhere { file, anchor: Some(id) }),
                None => self.no_heading_of(spot, &other.source, &other.rendered, fragment, Some(draft.entity)),
            },
        })
    }

    fn of_the_host(&self, spot: Spot<'_>, own: &str, path: &str, fragment: Option<&str>) -> Option<Found> {
        let repository = self.draft.content.repository;
        let here = render::web_url(self.sources, repository, own)?;
        let there = Url::parse(&here).ok()?.join(path).ok()?;
        let address = there.as_str();
        if let Some(parsed) = RepositoryUrl::parse(address, self.sources.hosts())
            && self.sources.repository_at(&parsed.remote).is_some_and(|other| other != repository)
        {
            return self.repository_url(spot, address, fragment);
        }
        let base = self.sources.repository(repository).remote.as_ref()?.web_url();
        let rest = address.strip_prefix(&base)?.trim_start_matches('/');
        let area = rest.split('/').next().unwrap_or("");
        let full = fragment.map_or_else(|| address.to_owned(), |fragment| format!("{address}#{fragment}"));
        OF_THE_HOST.contains(&area).then_some(Found::Target(Target::Url(full)))
    }
}

/// Which state of a repository a URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Revision {
    /// The one that was read.
    Here,
    /// A commit or a release on purpose: the link stays as it is.
    Fixed,
    /// A branch of which it is not known whether it is the one that was read.
    Unknown,
}

/// Whether a fragment names lines, as hosts do: `L10`, `L10-L20`.
fn is_line(fragment: &str) -> bool {
    fragment.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
