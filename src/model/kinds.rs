//! The table of kinds: what an entity of each kind holds, which of its fields refer to others,
//! which kinds they may lead to, and which relation they make.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::{Value as Json, json};

use crate::base::suggest;
use crate::config::{CustomKind, Settings};
use crate::yaml::shape::{Object, Shape, optional, required};

use super::core_kinds;
use super::relation::{RelationId, RelationTable};

/// Number of a kind in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(pub u16);

/// One kind of entity.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name, with its capital letter.
    pub name: Cow<'static, str>,
    /// The word for many of them, in lower case.
    pub plural: Cow<'static, str>,
    /// What it is for, in one sentence.
    pub doc: Cow<'static, str>,
    /// The apiVersions it is accepted with.
    pub api_versions: Vec<Cow<'static, str>>,
    /// The shape of `spec`; `None` when a schema of the settings says it.
    pub spec: Option<&'static Object>,
    /// Other shapes of `spec`, by `spec.type`.
    pub variants: &'static [Variant],
    /// The fields that refer to other entities.
    pub references: Vec<ReferenceField>,
    /// The JSON Schema of a kind of the settings.
    pub schema: Option<Json>,
    /// Whether it is Backstage's own.
    pub core: bool,
}

impl Kind {
    /// The word for one of them in the middle of a sentence: `component`, but `API`.
    pub fn singular(&self) -> String {
        let sentence = super::sentence(&self.name);
        match sentence.split_once(' ') {
            _ if self.name.chars().all(char::is_uppercase) => self.name.to_string(),
            // The word for many says how the first one is written: `AI resources`.
            Some((_, rest)) if self.plural.starts_with(char::is_uppercase) => {
                let first = self.plural.split(' ').next().unwrap_or_default();
                format!("{first} {rest}")
            }
            _ => sentence.to_lowercase(),
        }
    }
}

/// A shape of `spec` for one `spec.type`.
#[derive(Debug)]
pub struct Variant {
    /// The type.
    pub spec_type: &'static str,
    /// Its shape.
    pub spec: &'static Object,
}

/// A field that refers to other entities.
#[derive(Debug, Clone)]
pub struct ReferenceField {
    /// The keys that lead to it; a list at any step is gone through.
    pub path: Vec<Cow<'static, str>>,
    /// The kind of references that do not say.
    pub default_kind: Option<Cow<'static, str>>,
    /// The kinds it may lead to; empty for any.
    pub kinds: Vec<Cow<'static, str>>,
    /// The relation it makes.
    pub relation: RelationId,
    /// The only `spec.type` for which it counts.
    pub only_type: Option<&'static str>,
    /// Whether a map of kind, namespace and name is a reference too.
    pub compound: bool,
}

impl ReferenceField {
    /// Its path as people write it: `spec.owner`.
    pub fn dotted(&self) -> String {
        self.path.join(".")
    }

    /// Whether it may lead to a kind.
    pub fn takes(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|allowed| allowed.eq_ignore_ascii_case(kind))
    }

    /// Whether it says who owns the entity.
    pub fn is_owner(&self) -> bool {
        self.relation == RelationId::OWNED_BY
    }
}

impl Kind {
    /// The shape of `spec` for a `spec.type`.
    pub fn spec_for(&self, spec_type: Option<&str>) -> Option<&'static Object> {
        let variant = self.variants.iter().find(|variant| Some(variant.spec_type) == spec_type);
        variant.map(|variant| variant.spec).or(self.spec)
    }
}

/// All kinds and relations of a catalog.
#[derive(Debug, Clone)]
pub struct KindTable {
    kinds: Vec<Kind>,
    by_name: FxHashMap<String, KindId>,
    /// The relations.
    pub relations: RelationTable,
    /// Names that the settings add to the fields of `spec`, by kind.
    pub extra_fields: FxHashMap<String, Vec<String>>,
}

impl Default for KindTable {
    fn default() -> Self {
        let mut table = Self {
            kinds: Vec::new(),
            by_name: FxHashMap::default(),
            relations: RelationTable::default(),
            extra_fields: FxHashMap::default(),
        };
        for kind in core_kinds::all() {
            table.add(kind);
        }
        table
    }
}

impl KindTable {
    /// Puts a kind into the table. A name that is there already is refused.
    pub fn add(&mut self, kind: Kind) -> bool {
        let key = kind.name.to_lowercase();
        if self.by_name.contains_key(&key) {
            return false;
        }
        self.by_name.insert(key, KindId(u16::try_from(self.kinds.len()).unwrap_or(u16::MAX)));
        self.kinds.push(kind);
        true
    }

    /// The core kinds and those of the settings. The second part has the declared kinds that may
    /// not be: their names are taken.
    pub fn with_settings(settings: &Settings, schemas: &[Option<Json>]) -> (Self, Vec<CustomKind>) {
        let mut table = Self::default();
        let mut refused = Vec::new();
        for (index, custom) in settings.kinds.iter().enumerate() {
            let kind = table.custom(custom, schemas.get(index).cloned().flatten());
            if !table.add(kind) {
                refused.push(custom.clone());
            }
        }
        table.extra_fields.extend(settings.fields.iter().cloned());
        (table, refused)
    }

    fn custom(&mut self, custom: &CustomKind, schema: Option<Json>) -> Kind {
        let owned =
            |texts: &[String]| texts.iter().map(|text| Cow::Owned(text.clone())).collect::<Vec<Cow<'static, str>>>();
        let references = custom.references.iter().map(|reference| ReferenceField {
            path: reference.field.split('.').map(|part| Cow::Owned(part.to_owned())).collect(),
            default_kind: reference.default_kind.clone().map(Cow::Owned),
            kinds: owned(&reference.kinds),
            relation: {
                let inverse = reference.inverse.clone().unwrap_or_else(|| format!("{}Inverse", reference.relation));
                self.relations.find_or_add(&reference.relation, &inverse)
            },
            only_type: None,
            compound: true,
        });
        let references = references.collect();
        Kind {
            name: Cow::Owned(custom.kind.clone()),
            plural: Cow::Owned(custom.plural.clone()),
            doc: Cow::Owned(custom.description.clone()),
            api_versions: owned(&custom.api_versions),
            spec: None,
            variants: &[],
            references,
            schema,
            core: false,
        }
    }

    /// A kind.
    pub fn get(&self, id: KindId) -> &Kind {
        &self.kinds[usize::from(id.0)]
    }

    /// The kind with this name, in any case.
    pub fn find(&self, name: &str) -> Option<KindId> {
        if let Some(id) = self.by_name.get(name) {
            return Some(*id);
        }
        self.by_name.get(&name.to_lowercase()).copied()
    }

    /// The kind of a document, by apiVersion and kind in their exact case.
    pub fn recognise(&self, api_version: &str, kind: &str) -> Option<KindId> {
        let id = self.find(kind)?;
        let known = self.get(id);
        (known.name == kind && known.api_versions.iter().any(|version| version == api_version)).then_some(id)
    }

    /// All kinds, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (KindId, &Kind)> {
        self.kinds.iter().zip(0u16..).map(|(kind, index)| (KindId(index), kind))
    }

    /// The kind with the nearest name.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        let exact = self.find(name).map(|id| &*self.get(id).name);
        exact.or_else(|| suggest::nearest(name, self.kinds.iter().map(|kind| &*kind.name)))
    }

    /// Every apiVersion that some kind has, once.
    pub fn api_versions(&self) -> Vec<&str> {
        let mut all: Vec<&str> =
            self.kinds.iter().flat_map(|kind| kind.api_versions.iter().map(|version| &**version)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Fields of `spec` by the kinds that have them, for "this belongs to another kind".
    pub fn kinds_with_field(&self, field: &str) -> Vec<&str> {
        self.kinds
            .iter()
            .filter(|kind| kind.spec.is_some_and(|object| object.fields.iter().any(|known| known.name == field)))
            .map(|kind| &*kind.name)
            .collect()
    }
}

static LINK: Object = Object {
    fields: &[
        required("url", Shape::NonEmptyText, "An absolute URL."),
        optional("title", Shape::NonEmptyText, "What it leads to."),
        optional("icon", Shape::NonEmptyText, "The name of an icon."),
        optional("type", Shape::NonEmptyText, "What kind of link it is."),
    ],
    rest: Some(&Shape::Any),
};

static METADATA: Object = Object {
    fields: &[
        required("name", Shape::NonEmptyText, "The name, unique among the entities of a kind and namespace."),
        optional("namespace", Shape::NonEmptyText, "The namespace; `default` when left out."),
        optional("uid", Shape::NonEmptyText, "Written by Backstage."),
        optional("etag", Shape::NonEmptyText, "Written by Backstage."),
        optional("title", Shape::NonEmptyText, "The name that people read."),
        optional("description", Shape::Text, "What it is, in Markdown."),
        optional("labels", Shape::Map(&Shape::Text), "Key-value pairs to select by."),
        optional("annotations", Shape::Map(&Shape::Text), "Key-value pairs that tools read."),
        optional("tags", Shape::List(&Shape::NonEmptyText), "Words to find it by."),
        optional("links", Shape::List(&Shape::Object(&LINK)), "Where to read on."),
    ],
    rest: Some(&Shape::Any),
};

static ENVELOPE: Object = Object {
    fields: &[
        required("apiVersion", Shape::NonEmptyText, "Which version of which schema the document follows."),
        required("kind", Shape::NonEmptyText, "What kind of entity it describes."),
        required("metadata", Shape::Object(&METADATA), "What all kinds have in common."),
        optional("spec", Shape::AnyMap, "What its kind alone has."),
    ],
    rest: None,
};

/// The shape that all entities share.
pub fn envelope() -> &'static Object {
    &ENVELOPE
}

/// The shape of `metadata`.
pub fn metadata_shape() -> &'static Object {
    &METADATA
}

/// The JSON Schema of an entity of a kind, strict enough for editors.
pub fn entity_schema(kind: &Kind) -> Json {
    let mut schema = ENVELOPE.json_schema(true);
    schema["properties"]["kind"] = json!({"const": kind.name});
    schema["properties"]["apiVersion"] = json!({"enum": kind.api_versions});
    schema["description"] = json!(kind.doc);
    let spec = kind.spec.map_or_else(|| json!({}), |spec| spec.json_schema(true));
    schema["properties"]["spec"] = if kind.variants.is_empty() {
        spec
    } else {
        let types: Vec<&str> = kind.variants.iter().map(|variant| variant.spec_type).collect();
        let mut branches: Vec<Json> = kind
            .variants
            .iter()
            .map(|variant| {
                let mut branch = variant.spec.json_schema(true);
                branch["properties"]["type"] = json!({"const": variant.spec_type});
                branch
            })
            .collect();
        let mut general = spec;
        general["properties"]["type"] = json!({"type": "string", "minLength": 1, "not": {"enum": types}});
        branches.push(general);
        json!({"anyOf": branches})
    };
    schema["required"] = json!(["apiVersion", "kind", "metadata", "spec"]);
    schema
}
