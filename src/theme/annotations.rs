//! The table of well-known annotations: that of the default theme, the one of the user's theme,
//! and the rows of the settings. Rows of a key take the place of those that were there before.

use crate::base::FileId;
use crate::config::{AnnotationLink, read_annotations};
use crate::diagnostics::Diagnostic;

/// The name of the file.
pub(super) const FILE: &str = "annotations.yaml";

static DEFAULT: &str = include_str!("../../themes/default/annotations.yaml");

/// Reads the table of a theme.
pub(super) fn read(file: FileId, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<AnnotationLink> {
    let (rows, problems) = read_annotations(text);
    findings.extend(
        problems.into_iter().map(|problem| {
            Diagnostic::new(problem.rule, problem.message).at(file, problem.span).maybe_help(problem.help)
        }),
    );
    rows
}

/// All rows that count.
pub(super) fn table(theme: Vec<AnnotationLink>, settings: &[AnnotationLink]) -> Vec<AnnotationLink> {
    let mut table = read_annotations(DEFAULT).0;
    extend(&mut table, theme);
    extend(&mut table, settings.to_vec());
    table
}

/// Rows with a name replace those of their keys; the others say the host of those.
fn extend(table: &mut Vec<AnnotationLink>, more: Vec<AnnotationLink>) {
    let (rows, hosts): (Vec<_>, Vec<_>) = more.into_iter().partition(|row| row.name.is_some());
    table.retain(|known| rows.iter().all(|row| row.annotation != known.annotation));
    table.extend(rows);
    for host in hosts {
        for row in table.iter_mut().filter(|row| row.annotation == host.annotation) {
            row.host.clone_from(&host.host);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_table_can_be_used_whole() {
        let (rows, problems) = read_annotations(DEFAULT);
        assert!(problems.is_empty(), "{problems:?}");
        assert!(rows.len() > 40);
        assert!(rows.iter().all(|row| row.group.is_some()));
    }

    #[test]
    fn a_host_completes_rows_and_a_name_replaces_them() {
        let own = read_annotations(
            "- {annotation: sonarqube.org/project-key, host: sonar.example}\n- {annotation: github.com/project-slug, name: Forge}\n",
        );
        let table = table(own.0, &[]);
        let of = |key: &str| table.iter().filter(|row| row.annotation == key).collect::<Vec<_>>();
        assert_eq!(of("sonarqube.org/project-key")[0].host.as_deref(), Some("sonar.example"));
        assert_eq!(of("github.com/project-slug").len(), 1);
    }
}
