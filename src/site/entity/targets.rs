//! The targets of a Location: what each leads to, and how much of the catalog comes from there.

use serde::Serialize;

use crate::base::{Resolution, sources::is_glob};
use crate::model::Entity;
use crate::yaml::Node;

use super::super::context::Context;
use super::web_url;

#[derive(Serialize)]
pub(super) struct TargetView {
    target: String,
    href: Option<String>,
    state: &'static str,
    entities: usize,
}

/// The targets of a Location.
pub(super) fn view(context: &Context<'_>, entity: &Entity) -> Vec<TargetView> {
    let site = context.site;
    let spec = entity.root.get("spec");
    let one = spec.and_then(|spec| spec.get("target")).into_iter();
    let many = spec.and_then(|spec| spec.get("targets")).map(Node::items).unwrap_or_default().iter();
    one.chain(many)
        .filter_map(Node::as_str)
        .map(|target| {
            let files = if is_glob(target) && !target.contains("://") {
                site.sources.glob(entity.file, target).unwrap_or_default()
            } else {
                match site.sources.resolve(entity.file, target) {
                    Resolution::File(file) => vec![file],
                    _ => Vec::new(),
                }
            };
            let entities = files.iter().map(|file| site.entities_in(*file)).sum();
            let elsewhere = target.contains("://") && files.is_empty();
            let href = match files[..] {
                [file] => site.file_url(file),
                _ => None,
            };
            let state = if elsewhere {
                "not fetched"
            } else if files.is_empty() {
                "missing"
            } else {
                "read"
            };
            TargetView { target: target.to_owned(), href: href.or_else(|| web_url(target)), state, entities }
        })
        .collect()
}
