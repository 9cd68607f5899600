//! `unknown-kind`, `invalid-kind`, `unknown-api-version`, `invalid-api-version`.

use crate::base::suggest;
use crate::diagnostics::{
    Diagnostic, INVALID_API_VERSION, INVALID_KIND, Mend, UNKNOWN_API_VERSION, UNKNOWN_KIND, did_you_mean,
};
use crate::model::{Catalog, format};
use crate::parse::Envelope;

use super::Subject;

pub(super) fn check(subject: &Subject<'_>, catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    if subject.kind.is_some() {
        return;
    }
    let envelope = Envelope::of(&subject.document.root);
    let kind_is_good = envelope.kind.is_none_or(|kind| kind_finding(subject, kind, catalog, findings));
    if let Some(version) = envelope.api_version {
        if !format::is_api_version(version) {
            let message = format!("`{version}` is no apiVersion");
            let finding = Diagnostic::new(&INVALID_API_VERSION, message).subject(version);
            let help = did_you_mean(version, catalog.kinds.api_versions());
            let help = help.unwrap_or_else(|| {
                "it is a DNS name in lower case, a slash, and letters and digits: `backstage.io/v1alpha1`".to_owned()
            });
            findings.push(subject.at_value(finding.help(help), "/apiVersion"));
        } else if let (Some(kind), true) = (envelope.kind, kind_is_good) {
            let Some(known) = catalog.kinds.find(kind).map(|id| catalog.kinds.get(id)) else { return };
            if known.api_versions.iter().any(|have| have == version) {
                return;
            }
            let message = format!("the kind {} has no apiVersion `{version}`", known.name);
            let versions: Vec<String> = known.api_versions.iter().map(|version| format!("`{version}`")).collect();
            let finding = Diagnostic::new(&UNKNOWN_API_VERSION, message).subject(version);
            findings.push(subject.at_value(finding.help(format!("use {}", suggest::either(&versions))), "/apiVersion"));
        }
    }
}

/// Reports a kind that is not known. Tells whether it is.
fn kind_finding(subject: &Subject<'_>, kind: &str, catalog: &Catalog, findings: &mut Vec<Diagnostic>) -> bool {
    if !format::is_kind(kind) {
        let finding = Diagnostic::new(&INVALID_KIND, format!("`{kind}` is no kind")).subject(kind);
        let help = "a kind is letters and digits and begins with a letter, 63 at most";
        findings.push(subject.at_value(finding.help(help), "/kind"));
        return false;
    }
    if catalog.kinds.find(kind).is_some_and(|id| catalog.kinds.get(id).name == kind) {
        return true;
    }
    let finding = Diagnostic::new(&UNKNOWN_KIND, format!("there is no kind `{kind}`")).subject(kind);
    let to = |near: &str| Mend::Text { pointer: "/kind".to_owned(), to: near.to_owned() };
    let finding = match catalog.kinds.nearest(kind) {
        Some(near) if near.eq_ignore_ascii_case(kind) => {
            finding.help(format!("kinds are written with a capital letter: `{near}`")).mend(to(near))
        }
        Some(near) => finding.help(format!("did you mean `{near}`?")).mend(to(near)).unsafely(),
        None => finding.help("kinds of your own are declared under `kinds:` in catalog-config.yaml"),
    };
    findings.push(subject.at_value(finding, "/kind"));
    false
}
