//! Schemas that are large, deep or arbitrary. What each keyword gives is in `tests/api/schemas.md`.

use proptest::prelude::*;

use crate::base::{MemorySources, RepoId, Sources as _};
use crate::refs::{At, Documents, Home};
use crate::yaml::Node;

use super::super::model::{Schema, Shape};
use super::{Dialect, Schemas};

fn read(dialect: Dialect, files: &[(&str, &str)]) -> Vec<Schema> {
    let sources = MemorySources::single("r", files);
    let file = sources.lookup(RepoId(0), files[0].0).unwrap();
    let text = sources.text(file).unwrap();
    let documents = Documents::load(Home::File(file), text.as_str(), &sources);
    let mut schemas = Schemas::new(&documents, dialect);
    for entry in documents.root().node.get("definitions").map(Node::entries).unwrap_or_default() {
        schemas.declare(&entry.key, At { document: 0, node: &entry.value });
    }
    schemas.finish()
}

#[test]
fn what_is_deep_or_large_ends() {
    let deep = format!("definitions: {{A: {}1{}}}", "{items: ".repeat(100), "}".repeat(100));
    let found = read(Dialect::JsonSchema, &[("a.yaml", &deep)]);
    let text = &found[0].shape.type_text;
    assert!(text.matches("array of").count() == 100 && text.ends_with("any"), "{text}");
    let values: Vec<String> = (0..10_000).map(|value| format!("v{value}")).collect();
    let found =
        read(Dialect::JsonSchema, &[("a.yaml", &format!("definitions: {{A: {{enum: [{}]}}}}", values.join(", ")))]);
    assert_eq!(found[0].shape.values.len(), 10_000);
    // Each refers to the next one ten times: in place of references this would be 10^30 shapes.
    let mut bomb = "definitions:\n".to_owned();
    for level in 0..30 {
        let parts = format!("{{$ref: '#/definitions/L{}'}}, ", level + 1).repeat(10);
        bomb.push_str(&format!("  L{level}: {{allOf: [{parts}], oneOf: [{parts}]}}\n"));
    }
    assert_eq!(read(Dialect::JsonSchema, &[("a.yaml", &bomb)]).len(), 30);
}

/// All references of a shape are to schemas that exist.
fn holds(shape: &Shape, count: usize) -> bool {
    shape.of.iter().chain(&shape.includes).all(|&id| id < count)
        && shape.fields.iter().all(|field| holds(&field.shape, count))
        && shape.choices.iter().flat_map(|choices| &choices.options).all(|option| holds(&option.shape, count))
}

fn tree() -> impl Strategy<Value = serde_json::Value> {
    let words = [
        "type",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "$ref",
        "required",
        "enum",
        "additionalProperties",
        "discriminator",
        "mapping",
        "propertyName",
        "prefixItems",
        "const",
        "not",
        "$defs",
        "definitions",
        "examples",
    ];
    let texts = ["object", "array", "string", "null", "#/definitions/a", "#/definitions/b", "#", "b.yaml", "#x", ""];
    let leaf = prop_oneof![
        proptest::sample::select(texts.to_vec()).prop_map(serde_json::Value::from),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
    ];
    let word = prop_oneof![4 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => "[ab]"];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            proptest::collection::hash_map(word.clone(), inner, 0..6)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_tree_ends_and_its_numbers_exist(a in tree(), b in tree(), old in any::<bool>()) {
        let text = serde_json::json!({"definitions": {"a": a, "b": b}}).to_string();
        let dialect = if old { Dialect::OpenApi30 } else { Dialect::JsonSchema };
        let found = read(dialect, &[("api.json", &text), ("b.yaml", &text)]);
        prop_assert!(found.iter().all(|schema| holds(&schema.shape, found.len()) && !schema.kind.is_empty()));
    }
}
