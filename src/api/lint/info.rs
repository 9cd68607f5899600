//! What a definition says about itself: `api-without-contact`, `api-without-description`,
//! `api-without-license`, `api-contact-incomplete`.

use crate::yaml::Node;

use super::Input;
use super::operations::is_filled;
use super::report::Lint;

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    let Some(entry) = input.documents.root().node.entry("info").filter(|entry| entry.value.is_map()) else { return };
    let openapi = input.version.is_openapi();
    let name = |oas: &'static str, asyncapi: &'static str| if openapi { oas } else { asyncapi };
    let spot = (0, entry.key_span);
    let info = &entry.value;
    match info.entry("contact") {
        None => {
            lint.report(name("info-contact", "asyncapi-info-contact"), spot, "the definition names no contact").help =
                Some("its entity has an owner; readers of the definition alone do not see it".to_owned());
        }
        Some(contact) => {
            let missing: Vec<&str> =
                ["name", "url", "email"].into_iter().filter(|field| !is_filled(&contact.value, field)).collect();
            if !missing.is_empty() {
                let message = format!("the contact has no {}", crate::base::suggest::either(&missing));
                let rule = name("contact-properties", "asyncapi-info-contact-properties");
                lint.report(rule, (0, contact.key_span), message);
            }
        }
    }
    if !is_filled(info, "description") {
        let rule = name("info-description", "asyncapi-info-description");
        lint.report(rule, spot, "the definition does not say what it is for");
    }
    match info.entry("license") {
        None => {
            let rule = name("info-license", "asyncapi-info-license");
            lint.report(rule, spot, "the definition names no licence");
        }
        Some(license)
            if !is_filled(&license.value, "url") && license.value.get("identifier").is_none_or(Node::is_null) =>
        {
            let rule = name("license-url", "asyncapi-info-license-url");
            lint.report(rule, (0, license.key_span), "the licence has no URL");
        }
        Some(_) => {}
    }
}
