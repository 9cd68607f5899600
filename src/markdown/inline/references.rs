//! References in running text: `[[target]]`, `[[target|text]]` and `entity:kind:name`. What they
//! mean is not known here: each becomes a link whose text is filled in when its target is known,
//! and stays as it was written when there is none.

use std::ops::Range;

use super::{Kind, Piece, replace};

/// Longest reference, in bytes: what is longer is text.
const MAX_LENGTH: usize = 300;

/// Finds references outside of links.
pub(super) fn pass(pieces: &mut Vec<Piece<'_>>) {
    let worth = |text: &str| text.contains("[[") || text.contains("entity:");
    replace(pieces, false, worth, |text, _, _| {
        let kind = |found: &Found| Kind::Reference {
            target: &text[found.target.clone()],
            text: found.text.clone().map(|range| &text[range]),
            written: &text[found.range.clone()],
        };
        find(text).into_iter().map(|found| (found.range.clone(), kind(&found))).collect()
    });
}

/// A reference in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it stands, its brackets included.
    pub(super) range: Range<usize>,
    /// Where its target stands.
    pub(super) target: Range<usize>,
    /// Where its own text stands.
    pub(super) text: Option<Range<usize>>,
}

/// The references of a text, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    // Each form is looked for once, not anew after every one of the other.
    let mut forms = ["[[", "entity:"].map(|form| (form, text.find(form)));
    loop {
        for (form, next) in &mut forms {
            if next.is_some_and(|at| at < from) {
                *next = text[from..].find(*form).map(|at| from + at);
            }
        }
        let Some(start) = forms.iter().filter_map(|(_, next)| *next).min() else { return found };
        match at(text, start) {
            Some(reference) => {
                from = reference.range.end;
                found.push(reference);
            }
            // A third bracket may begin one.
            None => from = start + 1,
        }
    }
}

fn at(text: &str, start: usize) -> Option<Found> {
    let rest = &text[start..];
    if let Some(inner) = rest.strip_prefix("[[") {
        // Looked for no further than a reference is long, so that a run of brackets is cheap.
        let stop = inner.bytes().take(MAX_LENGTH).position(|byte| matches!(byte, b'[' | b']' | b'\n'))?;
        if !inner[stop..].starts_with("]]") {
            return None;
        }
        let (target, label) = match inner[..stop].split_once('|') {
            Some((target, label)) => (target, Some(label)),
            None => (&inner[..stop], None),
        };
        if target.trim().is_empty() || target.contains("://") || label.is_some_and(|label| label.trim().is_empty()) {
            return None;
        }
        let within = |part: &str| {
            let trimmed = part.trim();
            let at = trimmed.as_ptr() as usize - text.as_ptr() as usize;
            at..at + trimmed.len()
        };
        return Some(Found { range: start..start + 2 + stop + 2, target: within(target), text: label.map(within) });
    }
    let inner = rest.strip_prefix("entity:")?;
    let starts = text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || "*_~(\"'{,;".contains(c));
    if !starts {
        return None;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':');
    let length = inner.chars().take(MAX_LENGTH).take_while(|c| is_part(*c)).count();
    let target = inner[..length].trim_end_matches(['.', ':', '-', '/', '_']);
    let (kind, name) = target.split_once(':')?;
    let is_kind = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let end = start + "entity:".len() + target.len();
    (is_kind && !name.is_empty() && !name.contains(':')).then_some(Found {
        range: start..end,
        target: start..end,
        text: None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn references_are_told_from_text() {
        for (text, expected) in [
            ("see [[component:payments]].", "component:payments/-"),
            ("[[ payments | the money ]]", "payments/the money"),
            ("a [[x]] b [[y|z]]", "x/- y/z"),
            ("[[[x]]]", "x/-"),
            ("[[]] [[ ]] [[x] ] [[x", ""),
            ("[[a|]] [[a\nb]] [[https://a.example|x]]", ""),
            ("uses entity:component:payments, and", "entity:component:payments/-"),
            ("(entity:api:team/x.v1).", "entity:api:team/x.v1/-"),
            ("entity:payments identity:component:x entity: entity:a:b:c", ""),
        ] {
            let found: Vec<String> = find(text)
                .into_iter()
                .map(|one| {
                    let label = one.text.map_or("-", |range| &text[range]);
                    format!("{}/{label}", &text[one.target])
                })
                .collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn a_run_of_brackets_is_cheap() {
        assert_eq!(find(&"[".repeat(1_000_000)), []);
        assert_eq!(find(&"[[a".repeat(300_000)), []);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_references_do_not_overlap(text in "[\\[\\]|a:é \nentiy]{0,80}") {
            let mut end = 0;
            for found in find(&text) {
                prop_assert!(found.range.start >= end);
                prop_assert!(text.get(found.range.clone()).is_some() && text.get(found.target).is_some());
                end = found.range.end;
            }
        }
    }
}
