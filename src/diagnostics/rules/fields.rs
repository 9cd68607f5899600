//! The fields of an entity: which there are, what they hold, and how it is written.

use super::rules;

rules! {
    MISSING_FIELD = "missing-field", Correctness,
        "a required field is not there",
        "Backstage rejects the entity; other tools show it without what they need.";
    WRONG_TYPE = "wrong-type", Correctness,
        "a value is of another type than its field",
        "A number where text is expected is often a version or an id that lost its quotes, and `1.10` has become `1.1` by then.";
    NULL_FIELD = "null-field", Correctness,
        "a field is there but holds nothing",
        "A key with nothing under it is null, which is no map and no list. It is the most frequent mistake in catalogs in the wild, often left over when the last annotation was deleted.";
    EMPTY_VALUE = "empty-value", Correctness,
        "a text or list that must hold something is empty",
        "An empty owner or name refers to nothing.";
    NOT_ALLOWED = "value-not-allowed", Correctness,
        "a word is none of those that its field knows",
        "The field has a fixed vocabulary; any other word has no meaning.";
    UNKNOWN_KIND = "unknown-kind", Correctness,
        "the kind of an entity is not known",
        "Backstage leaves such an entity in processing for ever. Kinds are written with a capital letter; kinds of your own are declared in the settings.";
    UNKNOWN_API_VERSION = "unknown-api-version", Correctness,
        "the apiVersion is not one of those that the kind has",
        "The apiVersion says how the document is to be read. With another one nobody reads it.";
    INVALID_API_VERSION = "invalid-api-version", Correctness,
        "the apiVersion is not written as one",
        "It is a DNS name in lower case, a slash and a version of letters and digits.";
    INVALID_KIND = "invalid-kind", Correctness,
        "the kind is not written as one",
        "A kind is letters and digits, beginning with a letter, 63 at most.";
    INVALID_NAME = "invalid-name", Correctness,
        "a name holds characters that names may not have",
        "Names are part of references and of URLs: letters, digits, `-`, `_` and `.`, 63 at most, a letter or digit at both ends.";
    INVALID_NAMESPACE = "invalid-namespace", Correctness,
        "a namespace is not in lower case, or holds other characters",
        "Backstage's documentation allows upper case and its code rejects it: lower-case letters, digits and `-`, 63 at most.";
    INVALID_LABEL = "invalid-label", Correctness,
        "a label's key or value is not written as one",
        "Labels follow the rules of Kubernetes, so that they can be copied between the two.";
    INVALID_ANNOTATION = "invalid-annotation", Correctness,
        "an annotation's key is not written as one",
        "A key is a name, with a lower-case DNS name and a slash before it where a tool owns it.";
    INVALID_TAG = "invalid-tag", Correctness,
        "a tag is not written as one",
        "Tags are lower case, so that `Java` and `java` are not two: letters, digits, `+`, `#` and `:`, parts joined by `-`, 63 at most.";
    INVALID_LINK = "invalid-link", Correctness,
        "a link has no usable URL, or a blank title",
        "A link without an absolute URL leads nowhere.";
    DANGEROUS_URL = "dangerous-url", Correctness,
        "a URL would run code in the reader's browser",
        "`javascript:` and its kin run with the rights of the site that shows them. Such a URL is never made a link.";
    CASE_COLLISION = "case-collision", Correctness,
        "two keys differ only in case",
        "Backstage's search index holds keys in lower case and fails on the pair.";
    MISPLACED_FIELD = "misplaced-field", Correctness,
        "a field stands at the wrong level",
        "Nothing reads it there. Backstage rejects an entity that has it at the root, and passes over it in the wrong map, where it is a warning.";
    UNKNOWN_ROOT_FIELD = "unknown-root-field", Correctness,
        "a key beside `apiVersion`, `kind`, `metadata` and `spec`",
        "Backstage rejects the entity. Data of your own goes into `metadata` or `spec`.";
    MISSPELT_FIELD = "misspelt-field", Suspicious,
        "a field of `spec` that nothing reads, close to one that something reads",
        "Backstage ignores unknown fields, so a dependency that is spelt wrong is silently no dependency.";
    UNKNOWN_FIELD = "unknown-field", Pedantic,
        "a field of `spec` that no tool is known to read",
        "Harmless where a plugin of yours reads it; declare it in the settings then (`fields:`).";
    SCHEMA_VIOLATION = "schema-violation", Correctness,
        "an entity of a kind of your own does not follow its JSON Schema",
        "The schema in the settings is the contract of the kind.";
}
