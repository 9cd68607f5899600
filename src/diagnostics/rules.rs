//! The table of codes. `catalog explain`, the rule reference, the settings' schema and the
//! reports read it; every finding names one of its rows. The examples stand in `examples/`.

use super::codes::{Group, Rule};

macro_rules! rules {
    ($($name:ident = $code:literal, $group:ident, $what:literal, $why:literal;)*) => {
        $(
            #[doc = $what]
            pub static $name: Rule = Rule {
                code: $code,
                group: Group::$group,
                level: Group::$group.level(),
                since: "0.1.0",
                what: $what,
                why: $why,
                examples: include_str!(concat!("examples/", $code, ".txt")),
            };
        )*
        /// All rules, in the order of their subject.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code).copied()
}

rules! {
    INVALID_UTF8 = "invalid-utf8", Correctness,
        "a file is not UTF-8 text",
        "Descriptors and docs are read as UTF-8. Other encodings turn into wrong characters, and two tools may read two different names.";
    YAML_SYNTAX = "yaml-syntax", Correctness,
        "a document does not follow YAML's grammar",
        "Nothing in the document can be read, so its entity is missing from the catalog. The other documents of the file are read all the same.";
    YAML_LIMIT = "yaml-limit", Correctness,
        "a document passes one of the reader's limits",
        "Limits on depth, aliases, documents and size keep one file from stalling the build of all others.";
    FILE_TOO_LARGE = "file-too-large", Correctness,
        "a file is larger than what is read of a single file",
        "Descriptors are written by people and are small. A huge one is generated data in the wrong place; put definitions into files of their own and name them with `$text`.";
    UNREADABLE_FILE = "unreadable-file", Correctness,
        "a file could not be read",
        "The system refused to open the file, so what it says is missing from the catalog.";
    DUPLICATE_KEY = "duplicate-key", Correctness,
        "a key stands twice in one map",
        "Only one of the two values can count, and readers disagree on which.";
    MISSING_SEPARATOR = "missing-separator", Correctness,
        "two entities stand in one document because the `---` between them is missing",
        "Both entities share one map, their keys collide, and both are lost.";
    DOCUMENT_NOT_MAP = "document-not-map", Correctness,
        "a document of a descriptor file is not a map",
        "An entity is a map with `apiVersion`, `kind`, `metadata` and `spec`.";
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
        "Nothing reads it there, and Backstage rejects the entity.";
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
    INVALID_REFERENCE = "invalid-reference", Correctness,
        "a reference is not written as `[kind:][namespace/]name`",
        "It can refer to nothing.";
    REFERENCE_WITHOUT_KIND = "reference-without-kind", Correctness,
        "a reference in `dependsOn` or `dependencyOf` does not say its kind",
        "These fields may lead to several kinds, so Backstage takes no default: the whole entity fails, although its documentation reads otherwise.";
    DANGLING_REFERENCE = "dangling-reference", Correctness,
        "a reference leads to an entity that does not exist",
        "Backstage accepts it silently; the graph then has holes where nobody sees them. In an open world (one repository alone) it is a warning, because the entity may be elsewhere.";
    WRONG_TARGET_KIND = "wrong-target-kind", Correctness,
        "a reference leads to an entity of a kind that the field does not take",
        "A component cannot own, and an API cannot be a system. Backstage accepts it and shows nothing.";
    UNKNOWN_OWNER = "unknown-owner", Correctness,
        "the owner is no group or user of the catalog",
        "An owner that does not exist answers no question and no page. In an open world it is a warning.";
    OWNERS_NOT_IN_VIEW = "owners-not-in-view", Suspicious,
        "entities have owners, but no group is in view",
        "Groups and users often live in a directory (LDAP, Entra, the git host) and not in git. Without them owners cannot be checked. Name an export of them in the settings under `import:`.";
    DUPLICATE_ENTITY = "duplicate-entity", Correctness,
        "two documents describe an entity of the same reference",
        "Kind, namespace and name together are the identity, upper and lower case put aside. Backstage keeps whichever came first and says nothing.";
    HIERARCHY_CYCLE = "hierarchy-cycle", Correctness,
        "groups, domains, systems or components contain each other in a circle",
        "A tree with a circle has no top; inherited ownership and roll-ups have no answer.";
    DEPENDENCY_CYCLE = "dependency-cycle", Suspicious,
        "entities depend on each other in a circle",
        "None of them can be deployed, tested or understood without the others.";
    LOCATION_TARGET_MISSING = "location-target-missing", Correctness,
        "the target of a Location matches no file",
        "The entities that it should bring in are missing, and Backstage discards the whole run of the Location.";
    LOCATION_TARGET_INVALID = "location-target-invalid", Correctness,
        "the target of a Location cannot be a file of the repository",
        "It is a folder, leads out of the repository, or is a pattern that cannot be read.";
    LOCATION_NOT_FETCHED = "location-not-fetched", Completeness,
        "the target of a Location is a URL outside of the workspace",
        "It is not fetched: the build reads what is checked out. Add its repository to the sources to have it read.";
    KIND_NOT_ALLOWED = "kind-not-allowed", Correctness,
        "an entity is of a kind that `catalog.rules` does not allow at its location",
        "The rules in the settings say which repositories may register which kinds.";
    PLACEHOLDER_MISSING = "placeholder-missing", Correctness,
        "the file that a `$text`, `$json` or `$yaml` names does not exist",
        "The field stays empty and the entity is invalid.";
    PLACEHOLDER_INVALID = "placeholder-invalid", Correctness,
        "what a placeholder names cannot be used",
        "It leads out of the repository, names a folder, is no text, or does not hold what was asked for (JSON, or exactly one YAML document).";
    PLACEHOLDER_NOT_FETCHED = "placeholder-not-fetched", Completeness,
        "a placeholder names a URL outside of the workspace",
        "It is not fetched: the build reads what is checked out, and the page says that the content is not there.";
    NOTHING_FOUND = "nothing-found", Suspicious,
        "nothing of a catalog was found at the path",
        "An empty site is hardly what was meant.";
    NO_ENTRY_POINTS = "no-entry-points", Completeness,
        "a repository has entities but no entry point",
        "Without `catalog-info.yaml`, `.backstage/` or `backstage.yaml` every YAML file was searched for entities. Backstage would find none of them.";
    UNREACHED_DESCRIPTORS = "unreached-descriptors", Completeness,
        "files hold entities, but no entry point or Location leads to them",
        "Such entities are written, and missing from the catalog.";
    DUPLICATE_REPOSITORY = "duplicate-repository", Suspicious,
        "two folders are the same repository",
        "The second one is read under a name of its own, and most of its entities will be duplicates.";
    OUTSIDE_LINK = "outside-link", Completeness,
        "a symbolic link leads out of its repository",
        "What is behind it is not read: a repository may not show files of the machine that builds the site.";
    IMPORT_INVALID = "import-invalid", Correctness,
        "a file named under `import:` cannot be read",
        "Without it groups and users are missing and owners cannot be resolved.";
    UNKNOWN_SETTING = "unknown-setting", Correctness,
        "a key of `catalog-config.yaml` is not known",
        "A setting that is spelt wrong has no effect, and nobody notices.";
    INVALID_SETTING = "invalid-setting", Correctness,
        "a value of `catalog-config.yaml` cannot be used",
        "The setting has no effect until it is mended.";
    NEWER_VERSION_NEEDED = "newer-version-needed", Correctness,
        "the settings ask for a newer version of catalog",
        "The settings may use what this version does not know.";
    PATH_COLLISION = "path-collision", Suspicious,
        "two pages of the site would have the same path on a file system that ignores case",
        "One of them gets a suffix, so that both can be read; links from elsewhere may lead to the other one.";
    DOCS_REF_INVALID = "docs-ref-invalid", Correctness,
        "the value of `backstage.io/techdocs-ref` is not written as one",
        "It is `dir:` with a folder relative to the descriptor, or `url:` with an absolute URL.";
    DOCS_NOT_FOUND = "docs-not-found", Suspicious,
        "`backstage.io/techdocs-ref` leads to no documentation",
        "The page has a link to documentation that is not there.";
    DOCS_NOT_FETCHED = "docs-not-fetched", Completeness,
        "documentation is in a repository outside of the workspace",
        "It is not fetched: the build reads what is checked out. Add the repository to the sources to have it built.";
    DOCS_SETTINGS_INVALID = "docs-settings-invalid", Suspicious,
        "a value of `mkdocs.yml` cannot be used",
        "The site is built as if the setting was not there.";
    NAV_PAGE_MISSING = "nav-page-missing", Suspicious,
        "the nav of `mkdocs.yml` names a page that does not exist",
        "Readers find a title that leads nowhere.";
    BROKEN_LINK = "broken-link", Suspicious,
        "a link in a documentation page leads to no page, file or heading",
        "Readers end at a 404.";
    IMAGE_NOT_SHOWN = "image-not-shown", Suspicious,
        "an image in a documentation page is of a type that is not copied to the site, or too large",
        "Only pictures, and no larger than a page can bear, are copied from repositories.";
    MARKDOWN_LIMIT = "markdown-limit", Suspicious,
        "a documentation page passes one of the reader's limits",
        "The rest of it is shown as plain text, so that one page cannot stall the build.";
}
