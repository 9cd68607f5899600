//! Backstage's own kinds: catalog-model 1.10.1, scaffolder-common 2.3.0, and the two of its alpha
//! layer (`AiResource`, APIs of type `mcp-server`).

use std::borrow::Cow;

use crate::yaml::shape::{Field, Object, Shape, optional, required};

use super::kinds::{Kind, ReferenceField, Variant};
use super::relation::RelationId;

const OPEN: Option<&Shape> = Some(&Shape::Any);
const TEXT: Shape = Shape::NonEmptyText;
const TEXTS: Shape = Shape::List(&Shape::NonEmptyText);

const TYPE: Field = required("type", TEXT, "What sort of it: `service`, `library`, `openapi` …");
const LIFECYCLE: Field = required("lifecycle", TEXT, "How far it is: `experimental`, `production`, `deprecated` …");
const OWNER: Field = required("owner", TEXT, "The group or user who answers for it.");
const SYSTEM: Field = optional("system", TEXT, "The system it is part of.");
const DEPENDS_ON: Field = optional("dependsOn", TEXTS, "What it needs, with the kind: `resource:db`.");
// Backstage reads it but has no schema for it: a reference, or a map of kind, namespace and name.
const DEPENDENCY_OF: Field = optional("dependencyOf", Shape::References, "What needs it, with the kind.");

static COMPONENT: Object = Object {
    fields: &[
        TYPE,
        LIFECYCLE,
        OWNER,
        SYSTEM,
        optional("subcomponentOf", TEXT, "The component it is part of."),
        optional("providesApis", TEXTS, "The APIs it offers."),
        optional("consumesApis", TEXTS, "The APIs it calls."),
        DEPENDS_ON,
        DEPENDENCY_OF,
    ],
    rest: OPEN,
};

static API: Object = Object {
    fields: &[
        TYPE,
        LIFECYCLE,
        OWNER,
        required("definition", TEXT, "The definition, as text or through `$text`."),
        SYSTEM,
    ],
    rest: OPEN,
};

static REMOTE: Object = Object {
    fields: &[
        required("type", TEXT, "`streamable-http`, `stdio` or `sse`."),
        required("url", TEXT, "Where it answers."),
    ],
    rest: OPEN,
};

static MCP_SERVER: Object = Object {
    fields: &[
        TYPE,
        LIFECYCLE,
        OWNER,
        required("remotes", Shape::NonEmptyList(&Shape::Object(&REMOTE)), "The ways to reach it."),
        optional("definition", TEXT, "A definition, where there is one."),
        SYSTEM,
    ],
    rest: OPEN,
};

static RESOURCE: Object = Object { fields: &[TYPE, OWNER, SYSTEM, DEPENDS_ON, DEPENDENCY_OF], rest: OPEN };

static SYSTEM_SPEC: Object = Object {
    fields: &[
        OWNER,
        optional("domain", TEXT, "The domain it is part of."),
        optional("type", TEXT, "What sort of system."),
    ],
    rest: OPEN,
};

static DOMAIN: Object = Object {
    fields: &[
        OWNER,
        optional("subdomainOf", TEXT, "The domain it is part of."),
        optional("type", TEXT, "What sort of domain."),
    ],
    rest: OPEN,
};

static PROFILE: Object = Object {
    fields: &[
        optional("displayName", TEXT, "The name that people read."),
        optional("email", TEXT, "Where to write to."),
        optional("picture", TEXT, "The URL of a picture."),
    ],
    rest: OPEN,
};

static GROUP: Object = Object {
    fields: &[
        TYPE,
        required("children", TEXTS, "The groups below it; may be an empty list."),
        optional("parent", TEXT, "The group above it."),
        optional("members", TEXTS, "The users in it."),
        optional("profile", Shape::Object(&PROFILE), "How to show and reach it."),
    ],
    rest: OPEN,
};

static USER: Object = Object {
    fields: &[
        required("memberOf", TEXTS, "The groups that the user is in; may be an empty list."),
        optional("profile", Shape::Object(&PROFILE), "How to show and reach the user."),
    ],
    rest: OPEN,
};

static LOCATION: Object = Object {
    fields: &[
        optional("type", TEXT, "`file` or `url`; that of the location it came from when left out."),
        optional("target", TEXT, "A file or pattern."),
        optional("targets", TEXTS, "Several of them."),
        optional("presence", Shape::OneOf(&["required", "optional"]), "Whether a missing target is an error."),
    ],
    rest: OPEN,
};

static PERMISSIONS: Object = Object { fields: &[optional("tags", TEXTS_ANY, "Tags that policies read.")], rest: OPEN };
const TEXTS_ANY: Shape = Shape::List(&Shape::Text);

static PARAMETERS: Object =
    Object { fields: &[optional("backstage:permissions", Shape::Object(&PERMISSIONS), "Who may see it.")], rest: OPEN };

static STEP: Object = Object {
    fields: &[
        required("action", Shape::Text, "The action that the step runs."),
        optional("id", Shape::Text, "The name that later steps use."),
        optional("name", Shape::Text, "The name that people read."),
        optional("input", Shape::AnyMap, "What the action gets."),
        optional("if", Shape::TextOrBool, "Whether the step runs."),
        optional("each", Shape::Any, "The values that the step runs for."),
        optional("backstage:permissions", Shape::Object(&PERMISSIONS), "Who may run it."),
    ],
    rest: OPEN,
};

static OUTPUT_LINK: Object = Object {
    fields: &[
        optional("url", TEXT, "Where it leads."),
        optional("entityRef", TEXT, "The entity it leads to."),
        optional("title", TEXT, "What it is."),
        optional("icon", TEXT, "The name of an icon."),
        optional("if", Shape::TextOrBool, "Whether it is shown."),
    ],
    rest: OPEN,
};

static OUTPUT_TEXT: Object = Object {
    fields: &[
        optional("title", TEXT, "Its heading."),
        optional("icon", TEXT, "The name of an icon."),
        optional("content", Shape::Text, "Markdown."),
        optional("if", Shape::TextOrBool, "Whether it is shown."),
    ],
    rest: OPEN,
};

static OUTPUT: Object = Object {
    fields: &[
        optional("links", Shape::List(&Shape::Object(&OUTPUT_LINK)), "Links to what was made."),
        optional("text", Shape::List(&Shape::Object(&OUTPUT_TEXT)), "Texts about what was made."),
    ],
    rest: Some(&Shape::Text),
};

static BUTTONS: Object = Object {
    fields: &[
        optional("backButtonText", Shape::Text, "Back."),
        optional("createButtonText", Shape::Text, "Create."),
        optional("reviewButtonText", Shape::Text, "Review."),
    ],
    rest: OPEN,
};

static PRESENTATION: Object =
    Object { fields: &[optional("buttonLabels", Shape::Object(&BUTTONS), "The words on its buttons.")], rest: OPEN };

static DECORATOR: Object = Object {
    fields: &[optional("id", Shape::Text, "Which decorator."), optional("input", Shape::AnyMap, "What it gets.")],
    rest: OPEN,
};

static SECRETS: Object =
    Object { fields: &[optional("schema", Shape::AnyMap, "The JSON Schema of the secrets.")], rest: OPEN };

static RECOVERY: Object = Object {
    fields: &[optional("EXPERIMENTAL_strategy", Shape::OneOf(&["none", "startOver"]), "What happens after a crash.")],
    rest: OPEN,
};

static TEMPLATE: Object = Object {
    fields: &[
        TYPE,
        required("steps", Shape::List(&Shape::Object(&STEP)), "What it does, in order."),
        optional("owner", TEXT, "The group or user who answers for it."),
        optional("lifecycle", TEXT, "How far it is."),
        optional(
            "parameters",
            Shape::OneOrMany(&Shape::Object(&PARAMETERS)),
            "What it asks, as JSON Schema; a list has a page each.",
        ),
        optional("output", Shape::Object(&OUTPUT), "What it shows when it is done."),
        optional("secrets", Shape::Object(&SECRETS), "The secrets it needs."),
        optional("presentation", Shape::Object(&PRESENTATION), "How it is shown."),
        optional("formDecorators", Shape::List(&Shape::Object(&DECORATOR)), "What fills its form."),
        optional(
            "EXPERIMENTAL_formDecorators",
            Shape::List(&Shape::Object(&DECORATOR)),
            "Older name of `formDecorators`.",
        ),
        optional("EXPERIMENTAL_recovery", Shape::Object(&RECOVERY), "What happens after a crash."),
    ],
    rest: OPEN,
};

static AI_RESOURCE: Object = Object { fields: &[TYPE, LIFECYCLE, OWNER, SYSTEM], rest: OPEN };

static AI_SKILL: Object = Object {
    fields: &[
        TYPE,
        LIFECYCLE,
        OWNER,
        SYSTEM,
        optional("disciplines", TEXTS, "The trades it is for."),
        optional("categories", TEXTS, "What it is about."),
        optional("agents", TEXTS, "The agents it works with."),
        optional("dependsOn", TEXTS, "Other AI resources it needs."),
        optional("allowedTools", Shape::Any, "The tools it may use."),
        optional("license", Shape::Text, "Its licence."),
        optional("compatibility", Shape::TextUpTo(500), "What it needs to run."),
    ],
    rest: OPEN,
};

static AI_RULE: Object = Object {
    fields: &[
        TYPE,
        LIFECYCLE,
        OWNER,
        SYSTEM,
        required("category", TEXT, "What the rule is about."),
        required("rationale", TEXT, "Why there is the rule."),
        optional("disciplines", TEXTS, "The trades it is for."),
    ],
    rest: OPEN,
};

static AI_PLUGIN: Object = Object {
    fields: &[
        TYPE,
        LIFECYCLE,
        OWNER,
        SYSTEM,
        required("skills", TEXTS, "The skills it brings."),
        optional("version", Shape::Text, "Its version."),
    ],
    rest: OPEN,
};

static AI_MARKETPLACE: Object = Object {
    fields: &[
        TYPE,
        LIFECYCLE,
        OWNER,
        SYSTEM,
        required("plugins", TEXTS, "The plugins it offers."),
        optional("version", Shape::Text, "Its version."),
    ],
    rest: OPEN,
};

static API_VARIANTS: &[Variant] = &[Variant { spec_type: "mcp-server", spec: &MCP_SERVER }];
static AI_VARIANTS: &[Variant] = &[
    Variant { spec_type: "skill", spec: &AI_SKILL },
    Variant { spec_type: "rule", spec: &AI_RULE },
    Variant { spec_type: "plugin", spec: &AI_PLUGIN },
    Variant { spec_type: "marketplace", spec: &AI_MARKETPLACE },
];

const BACKSTAGE: &[&str] = &["backstage.io/v1alpha1", "backstage.io/v1beta1"];
const ALPHA: &[&str] = &["backstage.io/v1alpha1"];
const SCAFFOLDER: &[&str] = &["scaffolder.backstage.io/v1beta3"];

fn reference(
    field: &'static str,
    default_kind: &'static str,
    kinds: &[&'static str],
    relation: RelationId,
) -> ReferenceField {
    ReferenceField {
        path: vec![Cow::Borrowed("spec"), Cow::Borrowed(field)],
        default_kind: (!default_kind.is_empty()).then_some(Cow::Borrowed(default_kind)),
        kinds: kinds.iter().map(|&kind| Cow::Borrowed(kind)).collect(),
        relation,
        only_type: None,
        compound: field == "dependencyOf",
    }
}

fn owner() -> ReferenceField {
    reference("owner", "Group", &["Group", "User"], RelationId::OWNED_BY)
}

fn part_of(field: &'static str, kind: &'static str) -> ReferenceField {
    reference(field, kind, &[kind], RelationId::PART_OF)
}

/// `dependsOn` and `dependencyOf` take no default and, as in Backstage, any kind.
fn dependencies() -> [ReferenceField; 2] {
    [
        reference("dependsOn", "", &[], RelationId::DEPENDS_ON),
        reference("dependencyOf", "", &[], RelationId::DEPENDS_ON.flipped()),
    ]
}

fn ai_list(field: &'static str, spec_type: &'static str, relation: RelationId) -> ReferenceField {
    ReferenceField { only_type: Some(spec_type), ..reference(field, "AiResource", &["AiResource"], relation) }
}

fn kind(
    name: &'static str,
    plural: &'static str,
    doc: &'static str,
    api_versions: &[&'static str],
    spec: &'static Object,
    references: Vec<ReferenceField>,
) -> Kind {
    Kind {
        name: name.into(),
        plural: plural.into(),
        doc: doc.into(),
        api_versions: api_versions.iter().map(|&version| Cow::Borrowed(version)).collect(),
        spec: Some(spec),
        variants: &[],
        references,
        schema: None,
        core: true,
    }
}

/// All of them.
pub(super) fn all() -> Vec<Kind> {
    let [depends_on, dependency_of] = dependencies();
    vec![
        kind(
            "Component",
            "components",
            "A piece of software: a service, a website, a library.",
            BACKSTAGE,
            &COMPONENT,
            vec![
                owner(),
                part_of("system", "System"),
                part_of("subcomponentOf", "Component"),
                reference("providesApis", "API", &["API"], RelationId::PROVIDES_API),
                reference("consumesApis", "API", &["API"], RelationId::CONSUMES_API),
                depends_on.clone(),
                dependency_of.clone(),
            ],
        ),
        Kind {
            variants: API_VARIANTS,
            ..kind(
                "API",
                "APIs",
                "An interface that components offer and call.",
                BACKSTAGE,
                &API,
                vec![owner(), part_of("system", "System")],
            )
        },
        kind(
            "Resource",
            "resources",
            "What a component needs at run time: a database, a queue, a bucket.",
            BACKSTAGE,
            &RESOURCE,
            vec![owner(), part_of("system", "System"), depends_on, dependency_of],
        ),
        kind(
            "System",
            "systems",
            "Components, APIs and resources that work together and show one face to the outside.",
            BACKSTAGE,
            &SYSTEM_SPEC,
            vec![owner(), part_of("domain", "Domain")],
        ),
        kind(
            "Domain",
            "domains",
            "Systems that belong together by what they are about.",
            BACKSTAGE,
            &DOMAIN,
            vec![owner(), part_of("subdomainOf", "Domain")],
        ),
        kind(
            "Group",
            "groups",
            "A team, a department, or any other unit of people.",
            BACKSTAGE,
            &GROUP,
            vec![
                reference("parent", "Group", &["Group"], RelationId::CHILD_OF),
                reference("children", "Group", &["Group"], RelationId::CHILD_OF.flipped()),
                reference("members", "User", &["User"], RelationId::MEMBER_OF.flipped()),
            ],
        ),
        kind(
            "User",
            "users",
            "A person.",
            BACKSTAGE,
            &USER,
            vec![reference("memberOf", "Group", &["Group"], RelationId::MEMBER_OF)],
        ),
        kind(
            "Template",
            "templates",
            "What the scaffolder makes new things from.",
            SCAFFOLDER,
            &TEMPLATE,
            vec![owner()],
        ),
        kind("Location", "locations", "Files in which more entities stand.", BACKSTAGE, &LOCATION, Vec::new()),
        Kind {
            variants: AI_VARIANTS,
            ..kind(
                "AiResource",
                "AI resources",
                "A skill, rule or plugin for coding agents.",
                ALPHA,
                &AI_RESOURCE,
                vec![
                    owner(),
                    part_of("system", "System"),
                    ai_list("dependsOn", "skill", RelationId::DEPENDS_ON),
                    ai_list("skills", "plugin", RelationId::PART_OF.flipped()),
                    ai_list("plugins", "marketplace", RelationId::PART_OF.flipped()),
                ],
            )
        },
    ]
}
