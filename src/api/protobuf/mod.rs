//! Protocol Buffers to the reference model: a file with what it imports, as far as that is in its
//! repository. `parse` reads one file, `load` brings in the others, `names` knows what every name
//! means, `check` says what is wrong, `fill` makes the reference, `samples` shows how to call it.
//! An import that is not in view takes nothing away but links: names are shown as they are written.

mod ast;
mod body;
mod check;
mod comments;
mod fields;
mod fill;
mod http;
mod lex;
mod load;
mod names;
mod options;
mod parse;
mod samples;
#[cfg(test)]
mod tests;
mod well_known;

use crate::base::Sources;
use crate::diagnostics::Diagnostic;
use crate::refs::Home;

use super::model::Reference;

/// Reads a definition.
pub(super) fn read(text: &str, home: &Home, sources: &dyn Sources, findings: &mut Vec<Diagnostic>) -> Reference {
    let files = load::load(text, home, sources, findings);
    let names = names::Names::of(&files);
    check::all(&files, &names, home, findings);
    fill::reference(&files, &names, home)
}
