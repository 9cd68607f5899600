//! `group-owns-nothing`: a group for which, or for a group below it, nothing names it as owner.

use crate::diagnostics::{Diagnostic, GROUP_OWNS_NOTHING};
use crate::graph::Ownership;

use super::super::Input;

pub(in crate::check) fn check(input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    // In an open world it may own what is not in view.
    if input.is_open() {
        return;
    }
    for group in input.groups().filter(|group| Ownership::of(input.graph, group.id, false).is_empty()) {
        let finding = Diagnostic::new(&GROUP_OWNS_NOTHING, format!("`{}` owns nothing", group.reference.name))
            .help("delete it if it is gone, or name it as the `owner` of what it answers for");
        out.push(input.at_value(finding, group, "/metadata/name"));
    }
}
