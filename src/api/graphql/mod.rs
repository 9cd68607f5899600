//! GraphQL to the reference model: schemas in its schema language, or as the answer to an
//! introspection query. Reads both into one [`types::System`], which the rest looks at: `check`
//! says what is wrong with it, `fill` makes the reference, `samples` shows how to call it. Never
//! looks at the text twice, and never gives up because a part of it is wrong.

mod beside;
mod check;
mod fill;
mod introspection;
mod samples;
mod sdl;
#[cfg(test)]
mod tests;
mod types;

use crate::base::Sources;
use crate::diagnostics::Diagnostic;
use crate::refs::Home;

use super::model::Reference;

/// Reads a definition.
pub(super) fn read(text: &str, home: &Home, sources: &dyn Sources, findings: &mut Vec<Diagnostic>) -> Reference {
    let system = if introspection::is_one(text) {
        match introspection::read(text) {
            Ok(system) => system,
            Err(problem) => {
                findings.push(check::unreadable(&problem, home));
                return Reference::default();
            }
        }
    } else {
        let (system, mistakes) = sdl::read(text);
        check::mistakes(&mistakes, home, findings);
        check::system(&system, home, sources, findings);
        system
    };
    fill::reference(&system, home)
}
