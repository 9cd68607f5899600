//! Location references (`type:target`), and the annotations that a reader adds to an entity to
//! say where it came from.

use crate::base::hosts::{HostKind, Hosts, RepositoryUrl};

/// A location reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationRef<'a> {
    /// `url`, `dir`, `file` …
    pub kind: &'a str,
    /// Where it leads.
    pub target: &'a str,
}

/// Why a text is no location reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationRefError {
    /// It is a bare URL; `url:` is missing before it.
    BareUrl,
    /// It is not written as `type:target`.
    Form,
}

impl<'a> LocationRef<'a> {
    /// Reads a location reference.
    pub fn parse(text: &'a str) -> Result<Self, LocationRefError> {
        let (kind, target) = text.split_once(':').ok_or(LocationRefError::Form)?;
        let (kind, target) = (kind.trim(), target.trim());
        if kind.is_empty() || target.is_empty() {
            return Err(LocationRefError::Form);
        }
        if matches!(kind, "http" | "https") {
            return Err(LocationRefError::BareUrl);
        }
        Ok(Self { kind, target })
    }
}

/// What the reader adds to an entity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocationAnnotations {
    /// Annotations that replace what the author wrote.
    pub forced: Vec<(&'static str, String)>,
    /// Annotations that the author's own go before.
    pub defaults: Vec<(&'static str, String)>,
}

/// The annotations for an entity read from `location`, which `origin` led to. Both are location
/// references.
pub fn location_annotations(location: &str, origin: &str, hosts: &Hosts) -> LocationAnnotations {
    let mut out = LocationAnnotations::default();
    out.forced.push(("backstage.io/managed-by-location", location.to_owned()));
    out.forced.push(("backstage.io/managed-by-origin-location", origin.to_owned()));
    let Some(url) = location.strip_prefix("url:") else { return out };
    out.defaults.push(("backstage.io/view-url", url.to_owned()));
    let Some(kind) = RepositoryUrl::parse(url, hosts).and_then(|parsed| hosts.kind(host_of(&parsed.remote.host)))
    else {
        return out;
    };
    if !has_commit(url)
        && let Some(edit) = edit_url(url, kind)
    {
        out.defaults.push(("backstage.io/edit-url", edit));
    }
    out.defaults.push(("backstage.io/source-location", format!("url:{}", folder_url(url, kind))));
    out
}

fn host_of(host: &str) -> &str {
    host.split(':').next().unwrap_or(host)
}

fn has_commit(url: &str) -> bool {
    url.split(['/', '?', '=', '&']).any(|part| part.len() == 40 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn edit_url(url: &str, kind: HostKind) -> Option<String> {
    Some(match kind {
        HostKind::GitHub | HostKind::GitLab => url.replacen("/blob/", "/edit/", 1).replacen("/tree/", "/edit/", 1),
        HostKind::Gitea => url.replacen("/src/branch/", "/_edit/", 1),
        HostKind::BitbucketCloud => format!("{url}?mode=edit"),
        HostKind::BitbucketServer | HostKind::Azure => url.to_owned(),
    })
}

/// The folder of a file URL, with a slash at its end.
fn folder_url(url: &str, kind: HostKind) -> String {
    let (path, query) = url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query)));
    let folder = path.rfind('/').map_or(path, |at| &path[..=at]);
    let folder = if kind == HostKind::GitHub { folder.replacen("/blob/", "/tree/", 1) } else { folder.to_owned() };
    match query {
        Some(query) => format!("{folder}?{query}"),
        None => folder,
    }
}
