//! `dead-link`: a link into a repository of this workspace, to a file that is not there. For the
//! links in descriptions see [`super::described`].

use crate::base::{Resolution, hosts::RepositoryUrl};
use crate::diagnostics::{DEAD_LINK, Diagnostic};
use crate::model::Entity;
use crate::yaml::{Node, pointer_join};

use super::super::Input;

/// Annotations that hold a URL of a repository.
const ANNOTATIONS: &[&str] = &["backstage.io/source-location", "backstage.io/view-url", "backstage.io/edit-url"];

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let links = entity.root.at(&["metadata", "links"]).map(Node::items).unwrap_or_default().iter().enumerate();
    let links =
        links.filter_map(|(index, link)| Some((link.get("url")?.as_str()?, format!("/metadata/links/{index}/url"))));
    let annotations = ANNOTATIONS.iter().filter_map(|key| {
        Some((entity.annotation(key)?.trim_start_matches("url:"), pointer_join("/metadata/annotations", key)))
    });
    for (url, pointer) in links.chain(annotations) {
        if let Some(path) = missing(url, input) {
            let message = format!("there is no `{path}` in its repository");
            let finding =
                Diagnostic::new(&DEAD_LINK, message).subject(url).help("the file was moved or deleted: mend the URL");
            out.push(input.at_value(finding, entity, &pointer));
        }
    }
}

/// The path that a URL names in a repository that is in view, when it is not there.
fn missing(url: &str, input: &Input<'_>) -> Option<String> {
    let sources = input.sources;
    let parsed = RepositoryUrl::parse(url, sources.hosts())?;
    let repository = sources.repository(sources.repository_at(&parsed.remote)?);
    // Another branch may well have the file.
    let branch = repository.branch.as_deref()?;
    let rest = &parsed.revision_and_path;
    let here = [branch, "HEAD"].iter().any(|name| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')));
    if !here {
        return None;
    }
    match sources.resolve_url(url) {
        Resolution::Missing(_, path) if !path.is_empty() => Some(path),
        _ => None,
    }
}
