//! `codeowners-ignored`: a file that the host does not read.

use crate::base::{Place, Span};
use crate::diagnostics::{CODEOWNERS_IGNORED, Diagnostic};
use crate::parse::codeowners::{MOST_RULES, Unusable};

use super::View;

pub(super) fn check(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for repository in &view.repositories {
        let sources = view.input.sources;
        let host = repository.owners.dialect.host();
        for &file in &repository.ignored {
            let used = sources.path(repository.file);
            out.push(
                Diagnostic::new(&CODEOWNERS_IGNORED, format!("{host} reads `{used}` and not this file"))
                    .at(file, Span::default())
                    .related("this one counts", Place::start_of(repository.file))
                    .subject(sources.path(file))
                    .help("move its rules there and delete it"),
            );
        }
        let finding = match repository.owners.unusable {
            Some(Unusable::TooLarge) => {
                Diagnostic::new(&CODEOWNERS_IGNORED, format!("the file is too large for {host}, which ignores it"))
                    .help("keep it below 3 MB: write patterns of folders rather than of files")
            }
            Some(Unusable::TooManyRules) => Diagnostic::new(
                &CODEOWNERS_IGNORED,
                format!("the file has more than {MOST_RULES} rules and is not read"),
            )
            .help("write patterns of folders rather than of files"),
            None => continue,
        };
        out.push(finding.at(repository.file, Span::default()).subject(sources.path(repository.file)));
    }
}
