//! Rules about definitions, where they are written. Reads trees that are there already, writes
//! findings, and changes nothing.

mod syntax;

use crate::base::Sources;
use crate::diagnostics::Diagnostic;
use crate::refs::Documents;

use super::model::Family;

pub(super) fn check(documents: &Documents, _family: Family, _sources: &dyn Sources, findings: &mut Vec<Diagnostic>) {
    syntax::check(documents, findings);
}
