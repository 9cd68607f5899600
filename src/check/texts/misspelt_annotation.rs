//! `misspelt-annotation`: an annotation that no tool knows, one letter away from one that tools
//! read.

use rustc_hash::FxHashMap;

use crate::diagnostics::{Diagnostic, MISSPELT_ANNOTATION, Mend};
use crate::model::{annotations, format};
use crate::yaml::pointer_join;

use super::super::Input;

pub(in crate::check) fn check(input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    // The same few keys stand in every entity.
    let mut seen: FxHashMap<&str, Option<&'static str>> = FxHashMap::default();
    for entity in &input.catalog.entities {
        for (key, _) in entity.annotations() {
            let Some(meant) = *seen.entry(key).or_insert_with(|| meant_by(key)) else { continue };
            let pointer = pointer_join("/metadata/annotations", key);
            let place = entity.key_place(&pointer);
            let finding = Diagnostic::new(&MISSPELT_ANNOTATION, format!("no tool reads the annotation `{key}`"))
                .at(place.file, place.span)
                .pointer(&*pointer)
                .entity(entity.key())
                .subject(key)
                .help(format!("did you mean `{meant}`?"))
                .mend(Mend::Key { pointer, to: meant.to_owned() });
            out.push(finding);
        }
    }
}

/// A key that is none at all is said by another rule.
fn meant_by(key: &str) -> Option<&'static str> {
    if format::is_key(key) { annotations::meant_by(key) } else { None }
}
