//! `missing-description`, `description-repeats-name` and `placeholder-text`: what an entity says
//! of itself, when it says nothing.

use crate::diagnostics::{DESCRIPTION_REPEATS_NAME, Diagnostic, MISSING_DESCRIPTION, PLACEHOLDER_TEXT};
use crate::model::Entity;

use super::super::Input;

/// Words that stand where a text should.
const PLACEHOLDERS: &[&str] = &["todo", "tbd", "fixme", "tba", "xxx", "changeme", "change-me", "placeholder"];

/// Sentences that templates leave behind.
const LEFT_BEHIND: &[&str] =
    &["a description", "some description", "add a description", "your description", "description here"];

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    if !input.catalog.kind_of(entity).references.iter().any(crate::model::ReferenceField::is_owner) {
        // Groups, users and Locations speak for themselves.
        return;
    }
    let Some(description) = entity.description().filter(|text| !text.trim().is_empty()) else {
        let message = format!("`{}` has no description", entity.reference.short());
        let finding = Diagnostic::new(&MISSING_DESCRIPTION, message).help("say in a sentence what it is for");
        out.push(input.at_value(finding, entity, "/metadata/name"));
        return;
    };
    let pointer = "/metadata/description";
    if is_placeholder(description) {
        let finding =
            Diagnostic::new(&PLACEHOLDER_TEXT, format!("the description is still `{}`", shortened(description)))
                .help("say in a sentence what it is for")
                .subject(description);
        out.push(input.at_value(finding, entity, pointer));
    } else if plain(description) == plain(&entity.reference.name) || plain(description) == plain(entity.title()) {
        let finding = Diagnostic::new(&DESCRIPTION_REPEATS_NAME, "the description repeats the name")
            .help("say what it is for; the name is shown anyway")
            .subject(description);
        out.push(input.at_value(finding, entity, pointer));
    }
}

fn is_placeholder(text: &str) -> bool {
    let text = text.trim().trim_matches(['.', '<', '>', '[', ']', '…', '!']).to_lowercase();
    let first = text.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    // `TODO: write this` is one; `Todo list of the depot` is not.
    let rest = text[first.len()..].trim_start();
    let marked = rest.is_empty() || rest.starts_with([':', '(']);
    (PLACEHOLDERS.contains(&first) && marked) || LEFT_BEHIND.contains(&text.as_str()) || text.starts_with("lorem ipsum")
}

/// Letters and digits alone.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn shortened(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or("");
    if line.chars().count() > 40 {
        format!("{}…", line.chars().take(39).collect::<String>())
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_are_told_from_texts() {
        for text in ["TODO", "tbd.", "TODO: describe", "<fixme>", "Lorem ipsum dolor", "changeme", "TODO (anna)"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["Todo list of the depot", "A placeholder service for holidays", "Describes ferries", "xxxl sizes"]
        {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
