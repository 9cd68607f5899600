//! The settings as a table: which keys there are and what they hold. The JSON Schema for editors
//! is made from it.

use serde_json::{Value as Json, json};

use super::{Border, Twins, hosting};
use crate::base::hosts::HostKind;
use crate::diagnostics::{Group, Level, RULES};
use crate::yaml::shape::{Object, Shape, optional, required};

const TEXT: Shape = Shape::NonEmptyText;
const TEXTS: Shape = Shape::OneOrMany(&Shape::NonEmptyText);

static SITE: Object = Object {
    fields: &[
        optional("title", TEXT, "The title of the site; the organisation's name when left out."),
        optional("url", TEXT, "Where the site is served from, for feeds, sitemaps and the 404 page."),
        optional("noindex", Shape::Bool, "Asks search engines to stay away."),
        optional(
            "emails",
            Shape::Bool,
            "Publishes the e-mail addresses of commits beside their authors' names, which are left out otherwise.",
        ),
        optional(
            "theme",
            super::theme::SHAPE,
            "A folder with files that go before those of the default theme, or a map of how the site looks.",
        ),
        optional(
            "annotations",
            Shape::List(&Shape::Object(&super::annotations::ANNOTATION)),
            "Where annotations lead: rows that take the place of those of the default theme with the same key.",
        ),
        optional(
            "twins",
            Shape::OneOf(Twins::NAMES),
            "Whether the JSON and Markdown of entities and documentation stand in `files` beside the pages (the default), `packed` in a few files, or nowhere: `none`.",
        ),
        optional(
            "backstage-api",
            Shape::Bool,
            "Writes the read part of Backstage's catalog API as files below `api/catalog`; a file more for each entity.",
        ),
        optional(
            "badges",
            Shape::Bool,
            "Writes badges of owner, lifecycle and findings as SVG below `badges`; up to three files more for each entity.",
        ),
        optional(
            "emails",
            Shape::Bool,
            "Shows the names of authors in git whole where they are e-mail addresses; else only what stands before the `@`.",
        ),
        optional(
            "host",
            Shape::OneOf(hosting::NAMES),
            "The static host: a build warns before it writes more than that takes. Without it, all common ones count.",
        ),
    ],
    rest: None,
};

static SOURCE: Object =
    Object { fields: &[required("path", TEXT, "A folder, or a pattern of folders: `repos/*`.")], rest: None };

static ALLOWED_KIND: Object = Object {
    fields: &[required("kind", TEXT, "The kind, in any case."), optional("spec.type", TEXT, "Its type, in any case.")],
    rest: None,
};

static LOCATION_MATCH: Object = Object {
    fields: &[
        required("type", TEXT, "`url` or `file`."),
        optional("exact", TEXT, "The target, to the letter."),
        optional("pattern", TEXT, "A pattern of targets, in any case."),
    ],
    rest: None,
};

static ALLOW: Object = Object {
    fields: &[
        required("allow", Shape::List(&Shape::Any), "Kinds, or maps of kind and `spec.type`."),
        optional(
            "locations",
            Shape::List(&Shape::Object(&LOCATION_MATCH)),
            "The locations it is for; all when left out.",
        ),
    ],
    rest: None,
};

static LOCATION: Object = Object {
    fields: &[
        required("type", TEXT, "`url` or `file`."),
        required("target", TEXT, "The location."),
        optional("rules", Shape::List(&Shape::Object(&ALLOW)), "Kinds that are allowed there beside those of `rules`."),
    ],
    rest: None,
};

static CATALOG: Object = Object {
    fields: &[
        optional(
            "rules",
            Shape::List(&Shape::Object(&ALLOW)),
            "Which kinds may be registered from where, as in Backstage's app-config.",
        ),
        optional("locations", Shape::List(&Shape::Object(&LOCATION)), "Locations with rules of their own."),
    ],
    rest: None,
};

static SCAFFOLDER: Object = Object {
    fields: &[
        optional("actions", TEXTS, "Actions of your own that Templates may use, or patterns of them: `acme:*`."),
        optional("filters", TEXTS, "Filters of your own that Templates may use."),
    ],
    rest: None,
};

static RELATION: Object = Object {
    fields: &[
        required("type", TEXT, "Its name from the entity that has the field."),
        optional("inverse", TEXT, "Its name from the other end; needed for relations that Backstage does not have."),
    ],
    rest: None,
};

static REFERENCE: Object = Object {
    fields: &[
        required("field", TEXT, "The keys that lead to the field: `spec.owner`. Lists are gone through."),
        optional("kinds", TEXTS, "The kinds it may lead to; any when left out."),
        optional("default-kind", TEXT, "The kind of references that do not say; the first of `kinds` when left out."),
        required("relation", Shape::Object(&RELATION), "The relation it makes."),
    ],
    rest: None,
};

static KIND: Object = Object {
    fields: &[
        required("kind", TEXT, "Its name, with a capital letter."),
        required("api-versions", TEXTS, "The apiVersions it is accepted with."),
        optional("plural", TEXT, "The word for many of them."),
        optional("description", TEXT, "What it is for."),
        optional("schema", TEXT, "A JSON Schema file for the whole document, relative to these settings."),
        optional("references", Shape::List(&Shape::Object(&REFERENCE)), "Its fields that refer to other entities."),
    ],
    rest: None,
};

const LEVELS: Shape = Shape::Map(&Shape::OneOf(Level::NAMES));

static OVERRIDE: Object = Object {
    fields: &[
        optional("paths", TEXTS, "Patterns of files, from the root of a repository or of the workspace."),
        optional("kinds", TEXTS, "Kinds of entities, in any case."),
        optional("namespaces", TEXTS, "Namespaces of entities, in any case."),
        required("rules", LEVELS, "Levels of rules, by code or group."),
    ],
    rest: None,
};

/// What is asked of one end of an edge.
macro_rules! end {
    ($($more:expr)?) => {
        Object {
            fields: &[
                optional("kind", TEXTS, "Its kind."),
                optional("type", TEXTS, "Its `spec.type`."),
                optional("lifecycle", TEXTS, "Its lifecycle."),
                optional("system", TEXTS, "The system it is part of, by name or full reference."),
                optional("domain", TEXTS, "The domain it is in, by name or full reference."),
                optional("tag", TEXTS, "A tag that it has."),
                optional("owner", TEXTS, "Its owner, by name or full reference."),
                optional("namespace", TEXTS, "Its namespace."),
                optional("name", TEXTS, "Its name, or its full reference."),
                $($more,)?
            ],
            rest: None,
        }
    };
}

static NOT_END: Object = end!();
static END: Object = end!(optional("not", Shape::Object(&NOT_END), "What must not hold of it."));

static EDGES: Object = Object {
    fields: &[
        required("name", TEXT, "Why, in a few words; findings say it."),
        optional(
            "edges",
            Shape::OneOf(&["forbidden", "only"]),
            "Whether edges from here to there are forbidden (the default), or the only ones that are allowed from here.",
        ),
        optional("relations", TEXTS, "The relations it is about; `dependsOn` and `consumesApi` when left out."),
        optional("from", Shape::Object(&END), "The entities that have the edge, by patterns; all when left out."),
        optional("to", Shape::Object(&END), "The entities that it leads to, by patterns; all when left out."),
        optional("across", Shape::OneOf(Border::NAMES), "Only edges that lead from one of these into another."),
    ],
    rest: None,
};

static DOCS: Object = Object {
    fields: &[
        optional("environment", TEXTS, "Variables of the environment that `!ENV` of a mkdocs.yml may read."),
        optional(
            "frames",
            TEXTS,
            "Hosts whose pages may stand in documentation as frames, as `www.youtube.com`; other frames become links.",
        ),
        optional(
            "backstage",
            Shape::Bool,
            "Writes the documentation to `techdocs/`, too, in the form in which Backstage reads it from its storage.",
        ),
    ],
    rest: None,
};

static SETTINGS: Object = Object {
    fields: &[
        optional("organization", TEXT, "The organisation's name."),
        optional("site", Shape::Object(&SITE), "The site."),
        optional(
            "redirects",
            Shape::Map(&TEXT),
            "What has moved: an old entity reference or path of the site, and the new one, or a URL.",
        ),
        optional(
            "sources",
            Shape::List(&Shape::Object(&SOURCE)),
            "Where the repositories are. With it, the folder is a workspace: all of the organisation is in view.",
        ),
        optional("world", Shape::OneOf(&["open", "closed"]), "Whether what is not in view may exist elsewhere."),
        optional("name", TEXT, "The repository's name; that of its `origin` when left out."),
        optional("include", TEXTS, "Patterns of more descriptor files."),
        optional("exclude", TEXTS, "Patterns of files that are not looked at."),
        optional(
            "discovery",
            Shape::OneOf(&["entry-points", "all"]),
            "Whether descriptors are found from entry points on, or everywhere.",
        ),
        optional(
            "import",
            TEXTS,
            "Files with groups and users: entities of Backstage's catalog API as a JSON list, or one a line, or YAML.",
        ),
        optional("rules", LEVELS, "Levels of rules, by code or group."),
        optional(
            "overrides",
            Shape::List(&Shape::Object(&OVERRIDE)),
            "Levels for a part of the files and entities; a later one goes before an earlier one.",
        ),
        optional(
            "architecture",
            Shape::List(&Shape::Object(&EDGES)),
            "Which entities may use which others: architecture as code.",
        ),
        optional("external", TEXTS, "References, or patterns of them, that exist elsewhere."),
        optional(
            "backstage",
            TEXTS,
            "Addresses of the Backstage that pages link to: such links are checked, and lead to the pages of this site.",
        ),
        optional("catalog", Shape::Object(&CATALOG), "Which kinds may be registered from where."),
        optional("kinds", Shape::List(&Shape::Object(&KIND)), "Kinds of your own."),
        optional("fields", Shape::Map(&TEXTS), "Names of more fields in `spec`, by kind."),
        optional(
            "scaffolder",
            Shape::Object(&SCAFFOLDER),
            "What your scaffolder has beside what every scaffolder has.",
        ),
        optional("hosts", Shape::Map(&Shape::OneOf(HostKind::NAMES)), "What kind of host a host is."),
        optional(
            "codeowners",
            Shape::OneOf(&["github", "gitlab", "off"]),
            "Whose grammar CODEOWNERS has; that of the repository's host when left out.",
        ),
        optional(
            "git",
            Shape::OneOf(&["own", "inherit"]),
            "Whether folders without `.git` take the facts of the repository around them.",
        ),
        optional("docs", Shape::Object(&DOCS), "Documentation."),
        optional("min-version", TEXT, "The oldest version of catalog that these settings work with."),
    ],
    rest: None,
};

/// The shape of the settings.
pub fn shape() -> Shape {
    Shape::Object(&SETTINGS)
}

/// The JSON Schema of the settings.
pub fn json_schema() -> Json {
    let mut schema = shape().json_schema(true);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("catalog-config.yaml");
    let group = |group: &Group| (group.name().to_owned(), json!({"enum": Level::NAMES, "description": group.what()}));
    let all = ("all".to_owned(), json!({"enum": Level::NAMES, "description": "Every rule."}));
    let mut names: serde_json::Map<String, Json> = std::iter::once(all).chain(Group::ALL.iter().map(group)).collect();
    let codes = RULES.iter().map(|rule| {
        (rule.code.to_owned(), json!({"enum": Level::NAMES, "default": rule.level().name(), "description": rule.what}))
    });
    names.extend(codes);
    for rules in ["/properties/rules", "/properties/overrides/items/properties/rules"] {
        if let Some(rules) = schema.pointer_mut(rules) {
            rules["properties"] = Json::Object(names.clone());
            rules["additionalProperties"] = json!(false);
        }
    }
    let kind = json!({"anyOf": [{"type": "string"}, ALLOWED_KIND.json_schema(true)]});
    schema["properties"]["catalog"]["properties"]["rules"]["items"]["properties"]["allow"]["items"] = kind;
    schema
}
