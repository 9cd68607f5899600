//! The description of an entity as its page shows it. It is Markdown: one paragraph stands under
//! the title, anything more in a section of its own. Other pages show its first sentence.

use crate::markdown;
use crate::model::Entity;

use super::context::Context;

/// The HTML for under the title, and that of a section where there is more to say.
pub(super) fn view(context: &Context<'_>, entity: &Entity) -> (Option<String>, Option<String>) {
    let Some(text) = entity.description().filter(|text| !text.trim().is_empty()) else { return (None, None) };
    let shown = markdown::described(text, &mut |reference| target(context, reference), context.site.memo);
    let whole = (!shown.html.trim().is_empty()).then_some(shown.html);
    // A paragraph of many sentences is no subtitle.
    let is_short = super::context::description(entity).is_some_and(|line| line == shown.text);
    match shown.line.filter(|_| is_short) {
        Some(line) => (Some(line), None),
        None => (None, whole),
    }
}

/// Where a reference leads, and what its target is called.
fn target(context: &Context<'_>, text: &str) -> Option<(String, String)> {
    let link = context.found(text.split('#').next().unwrap_or(text).trim())?;
    Some((link.href?, link.title))
}
