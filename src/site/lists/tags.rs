//! Tags as ways: to the list of what has the tag, where several do; else to its place in the index of
//! tags, which leads on to the one that has it. So a tag that nobody shares costs no page.

use crate::routes::{self, Shelf};
use crate::site::context::Context;
use crate::site::views::Tag;

use super::indexes::PER_PAGE;
use super::shelves::Tagged;

/// Whether a tag has a list of its own.
pub(super) fn has_list(tagged: &Tagged) -> bool {
    tagged.shelf.total > 1
}

/// The anchor of a tag in the index.
pub(super) fn anchor(tag: &str) -> String {
    format!("tag-{}", routes::segment(tag))
}

/// Where a tag leads, by its text in lower case.
pub(super) fn href(context: &Context<'_>, tag: &str) -> Option<String> {
    let tagged = context.site.index.shelves.tags.get(tag)?;
    Some(if has_list(tagged) {
        context.href(&routes::shelf(Shelf::Tag(tag), 1))
    } else {
        let page = tagged.rank / PER_PAGE + 1;
        context.href(&format!("{}#{}", routes::shelves("tags", page), anchor(tag)))
    })
}

/// A tag as it is written, with its way.
pub(in crate::site) fn view(context: &Context<'_>, tag: &str) -> Tag {
    Tag { label: tag.to_owned(), href: href(context, &tag.to_lowercase()) }
}
