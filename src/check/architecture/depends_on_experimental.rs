//! `depends-on-experimental`: production that rests on an experiment.

use crate::diagnostics::{DEPENDS_ON_EXPERIMENTAL, Diagnostic};
use crate::model::Entity;

use super::super::{Input, lifecycle, uses};

pub(in crate::check) fn check(entity: &Entity, input: &Input<'_>, out: &mut Vec<Diagnostic>) {
    for one in uses::declared_by(entity.id, input) {
        if !lifecycle::is_production(one.user) {
            continue;
        }
        let Some(at) = one.used.experimental_at(input) else { continue };
        let message = format!(
            "`{}` is in production and needs `{}`, which is experimental",
            one.user.reference.short(),
            one.used.short()
        );
        let finding = Diagnostic::new(&DEPENDS_ON_EXPERIMENTAL, message)
            .related_at("its lifecycle", at)
            .help("if production relies on it, it is in production itself: say so in its `lifecycle`");
        out.push(input.at_reference(finding, one.reference));
    }
}
