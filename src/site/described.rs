//! The description of an entity as its page shows it. It is Markdown: its first paragraph stands under
//! the title, anything more in a section of its own. Other pages show its first sentence.

use crate::markdown::{self, Lead};
use crate::model::Entity;

use super::context::Context;

/// The longest paragraph under a title.
const MAX_LEAD: usize = 320;

/// The HTML for under the title, and that of a section where there is more to say. Nothing is said
/// twice: what begins with a long paragraph, or with one that leads over to what follows, has all of
/// it in the section.
pub(super) fn view(context: &Context<'_>, entity: &Entity) -> (Option<String>, Option<String>) {
    let Some(text) = entity.description().filter(|text| !text.trim().is_empty()) else { return (None, None) };
    let shown = markdown::described(text, &mut |reference| target(context, reference), context.site.memo);
    let some = |html: String| (!html.trim().is_empty()).then_some(html);
    match shown.lead.filter(stands_alone) {
        Some(lead) => (some(lead.html), some(lead.rest)),
        None => (None, some(shown.html)),
    }
}

fn stands_alone(lead: &Lead) -> bool {
    !lead.text.trim_end().ends_with(':') && lead.text.chars().count() <= MAX_LEAD
}

/// Where a reference leads, and what its target is called.
fn target(context: &Context<'_>, text: &str) -> Option<(String, String)> {
    let link = context.found(text.split('#').next().unwrap_or(text).trim())?;
    Some((link.href?, link.title))
}
