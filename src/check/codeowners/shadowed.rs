//! `codeowners-shadowed`: a rule that a later one makes void, because it matches all that the first
//! one can match. Read off the patterns and not off the files that happen to be there, so that a
//! rule for what is to come is left in peace.

use crate::diagnostics::{CODEOWNERS_SHADOWED, Diagnostic};
use crate::parse::codeowners::CodeOwners;

use super::View;

/// Most rules of a file that are compared, each with each.
const MOST_COMPARED: usize = 2_000;

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for repository in view.repositories.iter().filter(|one| one.owners.entries.len() <= MOST_COMPARED) {
        let owners = &repository.owners;
        for (at, entry) in owners.entries.iter().enumerate().filter(|(_, entry)| !entry.exclusion) {
            let Some(by) = shadow(owners, at) else { continue };
            let over = &owners.entries[by];
            let (text, over_text) = (view.text(repository, entry.span), view.text(repository, over.span));
            let message = if over.exclusion {
                format!("`{text}` never counts: `!{over_text}` takes out all that it matches")
            } else if text == over_text {
                format!("`{text}` never counts: it stands again further down")
            } else {
                format!("`{text}` never counts: `{over_text}` further down matches all that it does")
            };
            let help = if over.exclusion {
                "delete one of the two: what is excluded stays so in its section"
            } else if text == over_text {
                "put all owners on one line and delete the other"
            } else {
                "the last rule that matches wins: put the more general one first"
            };
            out.push(
                Diagnostic::new(&CODEOWNERS_SHADOWED, message)
                    .at(repository.file, entry.span)
                    .related("this one counts", view.place(repository, over.span))
                    .subject(text)
                    .help(help),
            );
        }
    }
}

/// The first rule that makes another one void.
fn shadow(owners: &CodeOwners, at: usize) -> Option<usize> {
    let section = owners.section_of(at);
    let voids = |&by: &usize| {
        let over = &owners.entries[by];
        by != at
            && (by > at || over.exclusion)
            && owners.section_of(by) == section
            && over.pattern.covers(&owners.entries[at].pattern)
    };
    (0..owners.entries.len()).find(voids)
}
