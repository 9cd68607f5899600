//! Rules about definitions, where they are written.

use crate::base::Sources;
use crate::diagnostics::Diagnostic;
use crate::refs::Documents;

use super::model::Family;

pub(super) fn check(_documents: &Documents, _family: Family, _sources: &dyn Sources, _findings: &mut Vec<Diagnostic>) {}
