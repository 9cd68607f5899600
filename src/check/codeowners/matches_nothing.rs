//! `codeowners-matches-nothing`: a rule for files that are not there. Off unless asked for: what
//! `.gitignore` or `exclude` leaves out is not listed, though a file of it may be in git.

use crate::diagnostics::{CODEOWNERS_MATCHES_NOTHING, Diagnostic};

use super::View;

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let sources = view.input.sources;
    for repository in &view.repositories {
        let files = sources.under(repository.id, "");
        let Some(used) = repository.owners.used(files.iter().map(|&file| sources.path(file))) else { continue };
        for (entry, _) in repository.owners.entries.iter().zip(used).filter(|(_, used)| !used) {
            let text = view.text(repository, entry.span);
            let advice = match text.strip_suffix('/') {
                Some(bare) if sources.lookup(repository.id, bare.trim_start_matches('/')).is_some() => {
                    format!("it is a file and no folder: `{bare}`")
                }
                _ => "delete the line, or mend its path: upper and lower case count".to_owned(),
            };
            out.push(
                Diagnostic::new(&CODEOWNERS_MATCHES_NOTHING, format!("`{text}` matches no file"))
                    .at(repository.file, entry.span)
                    .subject(text)
                    .help(advice),
            );
        }
    }
}
