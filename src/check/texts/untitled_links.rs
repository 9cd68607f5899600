//! `link-without-title`: a link that shows its URL instead of where it leads.

use crate::diagnostics::{Diagnostic, LINK_WITHOUT_TITLE};
use crate::model::Entity;
use crate::yaml::Node;

use super::super::Input;

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    let links = entity.root.at(&["metadata", "links"]).map(Node::items).unwrap_or_default();
    for (index, link) in links.iter().enumerate().filter(|(_, link)| link.get("title").is_none()) {
        let Some(url) = link.get("url").and_then(Node::as_str) else { continue };
        let finding = Diagnostic::new(&LINK_WITHOUT_TITLE, format!("the link to `{url}` has no title"))
            .help("add a `title` that says what is there")
            .subject(url);
        out.push(input.at_value(finding, entity, &format!("/metadata/links/{index}/url")));
    }
}
