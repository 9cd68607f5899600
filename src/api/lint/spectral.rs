//! Which rule of Spectral is which of ours, with the level that it has there, so that what a team
//! set for the one counts for the other. The tables in `docs/apis.md` are held against this one.

#[allow(clippy::wildcard_imports)]
use crate::diagnostics::*;
use crate::diagnostics::{Level, Rule};

/// A rule of Spectral.
#[derive(Debug)]
pub(super) struct Row {
    /// Its name; after a slash, which part of it.
    pub(super) name: &'static str,
    /// Ours.
    pub(super) rule: &'static Rule,
    /// Its level there.
    pub(super) level: Level,
    /// Whether it is on there.
    pub(super) on: bool,
}

impl Row {
    /// Whether Spectral has no such rule.
    pub(super) fn is_ours(&self) -> bool {
        self.name.starts_with("api-")
    }

    /// The name without the part.
    pub(super) fn spectral(&self) -> &'static str {
        self.name.split('/').next().unwrap_or(self.name)
    }
}

const fn error(name: &'static str, rule: &'static Rule) -> Row {
    Row { name, rule, level: Level::Error, on: true }
}

const fn warn(name: &'static str, rule: &'static Rule) -> Row {
    Row { name, rule, level: Level::Warning, on: true }
}

const fn info(name: &'static str, rule: &'static Rule) -> Row {
    Row { name, rule, level: Level::Note, on: true }
}

const fn off(name: &'static str, rule: &'static Rule) -> Row {
    Row { name, rule, level: Level::Warning, on: false }
}

/// The row with this name.
pub(super) fn row(name: &str) -> &'static Row {
    let found = ROWS.iter().find(|row| row.name == name);
    debug_assert!(found.is_some(), "{name} is no rule");
    found.unwrap_or(&ROWS[0])
}

/// All of them.
pub(super) static ROWS: &[Row] = &[
    error("invalid-ref", &API_REF_UNRESOLVED),
    error("invalid-ref/outside", &API_REF_OUTSIDE),
    info("invalid-ref/not-fetched", &API_REF_NOT_FETCHED),
    error("no-$ref-siblings", &API_REF_SIBLINGS),
    error("oas3-schema", &API_STRUCTURE),
    error("oas2-schema", &API_STRUCTURE),
    error("asyncapi-schema", &API_STRUCTURE),
    error("asyncapi-3-document-resolved", &API_STRUCTURE),
    error("operation-operationId-unique", &API_OPERATION_ID_DUPLICATE),
    error("asyncapi-operation-operationId-uniqueness", &API_OPERATION_ID_DUPLICATE),
    error("asyncapi-message-messageId-uniqueness", &API_MESSAGE_ID_DUPLICATE),
    warn("operation-operationId", &API_OPERATION_ID_MISSING),
    error("asyncapi-operation-operationId", &API_OPERATION_ID_MISSING),
    warn("operation-operationId-valid-in-url", &API_OPERATION_ID_CHARACTERS),
    error("path-params", &API_PATH_PARAMETERS),
    error("asyncapi-channel-parameters", &API_PATH_PARAMETERS),
    error("path-params/identical", &API_PATHS_IDENTICAL),
    warn("path-declarations-must-exist", &API_PATH_FORM),
    warn("path-keys-no-trailing-slash", &API_PATH_FORM),
    warn("path-not-include-query", &API_PATH_FORM),
    warn("asyncapi-channel-no-empty-parameter", &API_PATH_FORM),
    warn("asyncapi-3-channel-no-empty-parameter", &API_PATH_FORM),
    warn("asyncapi-channel-no-trailing-slash", &API_PATH_FORM),
    warn("asyncapi-3-channel-no-trailing-slash", &API_PATH_FORM),
    warn("asyncapi-channel-no-query-nor-fragment", &API_PATH_FORM),
    warn("asyncapi-3-channel-no-query-nor-fragment", &API_PATH_FORM),
    warn("operation-parameters", &API_PARAMETERS_TWICE),
    warn("oas2-operation-formData-consume-check", &API_FORM_WITHOUT_CONSUMES),
    warn("operation-success-response", &API_NO_SUCCESS_RESPONSE),
    warn("typed-enum", &API_ENUM_TYPE),
    warn("duplicated-entry-in-enum", &API_ENUM_DUPLICATE),
    error("array-items", &API_ARRAY_WITHOUT_ITEMS),
    error("oas2-discriminator", &API_DISCRIMINATOR),
    warn("oas2-anyOf", &API_KEYWORD_NOT_SUPPORTED),
    warn("oas2-oneOf", &API_KEYWORD_NOT_SUPPORTED),
    warn("oas3_2-no-deprecated-xml-attribute", &API_KEYWORD_NOT_SUPPORTED),
    error("asyncapi-headers-schema-type-object", &API_HEADERS_NOT_OBJECT),
    error("asyncapi-3-headers-schema-type-object", &API_HEADERS_NOT_OBJECT),
    error("oas3-valid-media-example", &API_EXAMPLE_INVALID),
    error("oas3-valid-schema-example", &API_EXAMPLE_INVALID),
    error("oas2-valid-media-example", &API_EXAMPLE_INVALID),
    error("oas2-valid-schema-example", &API_EXAMPLE_INVALID),
    error("asyncapi-message-examples", &API_EXAMPLE_INVALID),
    error("asyncapi-schema-examples", &API_EXAMPLE_INVALID),
    error("asyncapi-schema-default", &API_EXAMPLE_INVALID),
    error("asyncapi-payload-examples", &API_EXAMPLE_INVALID),
    error("asyncapi-payload-default", &API_EXAMPLE_INVALID),
    warn("oas3-examples-value-or-externalValue", &API_EXAMPLE_VALUE),
    warn("oas3-operation-security-defined", &API_SECURITY_UNDEFINED),
    warn("oas2-operation-security-defined", &API_SECURITY_UNDEFINED),
    error("asyncapi-operation-security", &API_SECURITY_UNDEFINED),
    error("asyncapi-3-operation-security", &API_SECURITY_UNDEFINED),
    error("asyncapi-server-security", &API_SECURITY_UNDEFINED),
    warn("oas3-unused-component", &API_UNUSED_COMPONENT),
    warn("oas2-unused-definition", &API_UNUSED_COMPONENT),
    warn("asyncapi-unused-components-schema", &API_UNUSED_COMPONENT),
    warn("asyncapi-unused-components-server", &API_UNUSED_COMPONENT),
    error("openapi-tags-uniqueness", &API_TAG_TWICE),
    error("asyncapi-tags-uniqueness", &API_TAG_TWICE),
    error("asyncapi-3-tags-uniqueness", &API_TAG_TWICE),
    warn("operation-tag-defined", &API_TAG_UNDEFINED),
    warn("operation-tags", &API_WITHOUT_TAGS),
    warn("asyncapi-tags", &API_WITHOUT_TAGS),
    warn("asyncapi-3-tags", &API_WITHOUT_TAGS),
    off("openapi-tags", &API_TAGS_NOT_LISTED),
    off("openapi-tags-alphabetical", &API_TAGS_ORDER),
    off("asyncapi-tags-alphabetical", &API_TAGS_ORDER),
    off("asyncapi-3-tags-alphabetical", &API_TAGS_ORDER),
    off("operation-singular-tag", &API_SEVERAL_TAGS),
    error("oas3-server-variables", &API_SERVER_VARIABLES),
    error("asyncapi-server-variables", &API_SERVER_VARIABLES),
    warn("oas3-api-servers", &API_WITHOUT_SERVERS),
    warn("oas2-api-host", &API_WITHOUT_SERVERS),
    warn("oas2-api-schemes", &API_WITHOUT_SERVERS),
    warn("asyncapi-servers", &API_WITHOUT_SERVERS),
    warn("oas3-server-trailing-slash", &API_SERVER_URL),
    warn("oas2-host-trailing-slash", &API_SERVER_URL),
    warn("asyncapi-server-no-empty-variable", &API_SERVER_URL),
    warn("asyncapi-3-server-no-empty-variable", &API_SERVER_URL),
    warn("asyncapi-server-no-trailing-slash", &API_SERVER_URL),
    warn("asyncapi-3-server-no-trailing-slash", &API_SERVER_URL),
    off("oas3-server-not-example.com", &API_SERVER_EXAMPLE),
    off("oas2-host-not-example", &API_SERVER_EXAMPLE),
    off("asyncapi-server-not-example-com", &API_SERVER_EXAMPLE),
    off("asyncapi-3-server-not-example-com", &API_SERVER_EXAMPLE),
    error("asyncapi-channel-servers", &API_CHANNEL_SERVERS),
    error("asyncapi-3-channel-servers", &API_CHANNEL_SERVERS),
    warn("oas3-callbacks-in-callbacks", &API_CALLBACK_PLACE),
    warn("oas3_1-callbacks-in-webhook", &API_CALLBACK_PLACE),
    warn("oas3_1-servers-in-webhook", &API_CALLBACK_PLACE),
    warn("no-eval-in-markdown", &API_SCRIPT_IN_TEXT),
    warn("no-script-tags-in-markdown", &API_SCRIPT_IN_TEXT),
    warn("info-contact", &API_WITHOUT_CONTACT),
    warn("asyncapi-info-contact", &API_WITHOUT_CONTACT),
    off("contact-properties", &API_CONTACT_INCOMPLETE),
    warn("asyncapi-info-contact-properties", &API_CONTACT_INCOMPLETE),
    off("info-license", &API_WITHOUT_LICENSE),
    off("license-url", &API_WITHOUT_LICENSE),
    warn("asyncapi-info-license", &API_WITHOUT_LICENSE),
    off("asyncapi-info-license-url", &API_WITHOUT_LICENSE),
    warn("info-description", &API_WITHOUT_DESCRIPTION),
    warn("asyncapi-info-description", &API_WITHOUT_DESCRIPTION),
    warn("operation-description", &API_OPERATION_WITHOUT_DESCRIPTION),
    warn("asyncapi-operation-description", &API_OPERATION_WITHOUT_DESCRIPTION),
    warn("asyncapi-3-operation-description", &API_OPERATION_WITHOUT_DESCRIPTION),
    off("oas3-parameter-description", &API_PART_WITHOUT_DESCRIPTION),
    off("oas2-parameter-description", &API_PART_WITHOUT_DESCRIPTION),
    off("asyncapi-parameter-description", &API_PART_WITHOUT_DESCRIPTION),
    off("tag-description", &API_PART_WITHOUT_DESCRIPTION),
    off("asyncapi-tag-description", &API_PART_WITHOUT_DESCRIPTION),
    off("asyncapi-3-tag-description", &API_PART_WITHOUT_DESCRIPTION),
    info("asyncapi-latest-version", &API_OLD_VERSION),
    warn("api-limit", &API_LIMIT),
];
