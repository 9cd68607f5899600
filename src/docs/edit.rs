//! Where a page can be edited: what the settings say, else where the repository's host has it.

use crate::base::Sources;
use crate::base::hosts::{Remote, encoded, without_credentials};
use crate::model::format::is_dangerous_url;

use super::{Content, Edit};

/// The address at which a page can be edited, where it is known.
pub fn edit_url(content: &Content, page: usize, sources: &dyn Sources) -> Option<String> {
    let page = content.pages.get(page)?;
    let mount = content.mounts.get(page.mount)?;
    let path = sources.path(page.file);
    let repository = sources.repository(content.repository);
    let inside = path.get(if mount.docs_dir.is_empty() { 0 } else { mount.docs_dir.len() + 1 }..).unwrap_or(path);
    let base = mount.repo_url.as_deref().map(|url| without_credentials(url.trim_end_matches('/')));
    let url = match &mount.edit {
        Edit::Off => return None,
        Edit::Default => {
            // The branch is the one that was read: MkDocs would guess `master`.
            let remote = base.as_deref().and_then(Remote::parse).or_else(|| repository.remote.clone())?;
            return remote.edit_url(sources.hosts(), repository.branch.as_deref()?, path);
        }
        Edit::Before(before) => format!("{}{}", joined(base, before, true)?, encoded(inside)),
        Edit::Template(template) => {
            let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
            let filled = template
                .replace("{path!q}", &encoded(inside))
                .replace("{path_noext!q}", &encoded(stem))
                .replace("{path}", &encoded(inside))
                .replace("{path_noext}", &encoded(stem));
            joined(base, &filled, false)?
        }
    };
    (!is_dangerous_url(&url)).then_some(url)
}

/// A part of an address after `repo_url`; one that is absolute stands alone.
fn joined(base: Option<String>, part: &str, as_folder: bool) -> Option<String> {
    let as_query = part.starts_with(['?', '#']);
    let end = if as_folder && !as_query && !part.ends_with('/') { "/" } else { "" };
    if part.contains("://") {
        return part.starts_with("http").then(|| format!("{part}{end}"));
    }
    let base = base.filter(|base| base.starts_with("http"))?;
    let between = if as_query { "" } else { "/" };
    Some(format!("{base}{between}{}{end}", part.trim_start_matches('/')))
}
