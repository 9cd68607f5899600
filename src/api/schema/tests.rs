//! Definitions of schemas, and the outline that they must give.

use proptest::prelude::*;

use crate::api::outline_schemas;
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

/// The outline of the schemas under `definitions`.
#[track_caller]
fn check_in(dialect: Dialect, files: &[(&str, &str)], expected: &str) {
    let indented = |text: &str| text.trim_matches('\n').lines().map(|line| format!("  {line}\n")).collect::<String>();
    let first = format!("definitions:\n{}", indented(files[0].1));
    let mut all = vec![(files[0].0, first.as_str())];
    all.extend(&files[1..]);
    let outline = outline_schemas(&read(dialect, &all));
    assert_eq!(outline, expected.trim_start_matches('\n'), "\n{outline}");
}

#[track_caller]
fn check(text: &str, expected: &str) {
    check_in(Dialect::JsonSchema, &[("api.yaml", text)], expected);
}

#[test]
fn types_and_what_they_demand_are_in_words() {
    check(
        r"
Pet:
  type: object
  title: A pet
  description: |
    An animal.
  required: [id, kind]
  additionalProperties: false
  properties:
    id: {type: string, format: uuid, readOnly: true, example: ab-1}
    kind: {type: string, enum: [cat, dog], x-enum-descriptions: [purrs, barks], default: cat}
    age: {type: [integer, 'null'], minimum: 0, exclusiveMaximum: 40}
    name: {type: string, minLength: 1, maxLength: 1, pattern: '^[a-z]$', deprecated: true}
    tags: {type: array, items: {type: string, maxLength: 5}, maxItems: 3, uniqueItems: true}
    notes: {type: object, additionalProperties: {type: [string, number]}}
    old: {type: number, minimum: 1, exclusiveMinimum: true, multipleOf: 0.5}
    secret: {type: string, writeOnly: true, contentEncoding: base64, contentMediaType: image/png}
    any: true
    x: {const: 5, x-internal: true, odd: 1, xml: {name: y, attribute: true}}
",
        r#"
schema object Pet: object, no other properties
  title: A pet
  description: An animal.
  id!: string <uuid>, read-only, example "ab-1"
  kind!: string, default "cat"
    value cat: purrs
    value dog: barks
  age: integer or null, at least 0, less than 40
  name: string, exactly 1 character, pattern ^[a-z]$
    deprecated:
  tags: array of string, at most 3 items, no item twice, each item: at most 5 characters
  notes: map of (string or number)
  old: number, more than 1, multiple of 0.5
  secret: string, write-only, encoded as base64, holds image/png
  any: any
  x: integer
    value 5
    fact XML: named `y`, an attribute
    extra x-internal: true
    extra odd: 1
"#,
    );
}

#[test]
fn lists_maps_and_tuples_are_one_shape() {
    check(
        r"
List: {type: array, items: {type: array, items: {$ref: '#/definitions/Item'}}}
Item: {type: object, properties: {a: {type: string}}}
Map: {additionalProperties: {type: array, items: {properties: {b: {type: integer}}}}}
Open: {type: object, properties: {a: {}}, additionalProperties: {type: string}, patternProperties: {'^x-': {}}}
Pair: {prefixItems: [{type: string}, {type: integer}], items: false}
Old: {type: array, items: [{type: string}], additionalItems: {type: number}}
Keys: {type: object, propertyNames: {pattern: '^k'}, additionalProperties: true}
Each: {type: array, contains: {type: integer}, minContains: 2}
",
        r"
schema array List: array of array of Item
schema object Item: object
  a: string
schema map Map: map of array of object
  b: integer
schema object Open: object
  a: any
  */^x-/: any
  *any other key: string
schema array Pair: array of [string, integer]
  [0]: string
  [1]: integer
schema array Old: array of [string]
  [0]: string
  *[…]: number
schema map Keys: map of any, keys: pattern ^k
schema array Each: array of any, contains at least 2 items of a kind
  contains
    -: integer
",
    );
}

#[test]
fn parts_are_merged_and_named_ones_included() {
    check(
        r"
Base: {type: object, required: [id], properties: {id: {type: string}}}
Full:
  allOf:
    - $ref: '#/definitions/Base'
    - {type: object, description: More., properties: {a: {type: string}}}
    - {required: [a, id], properties: {a: {minLength: 1}}}
    - {$ref: '#/definitions/Nothing'}
Same: {description: The same., allOf: [{$ref: '#/definitions/Base'}]}
Beside: {$ref: '#/definitions/Base', description: Beside.}
More: {$ref: '#/definitions/Base', properties: {more: {type: string}}}
",
        r"
schema object Base: object
  id!: string
schema object Full: object, requires `id`
  description: More.
  includes: Base
  a!: string, at least 1 character
  fact Includes: not found: #/definitions/Nothing
schema alias Same: Base
  description: The same.
schema alias Beside: Base
  description: Beside.
schema object More: object
  includes: Base
  more: string
",
    );
}

#[test]
fn choices_have_what_tells_them_apart() {
    check(
        r"
Pet:
  oneOf: [{$ref: '#/definitions/Cat'}, {$ref: '#/definitions/Dog'}, {type: 'null'}]
  discriminator: {propertyName: kind, mapping: {feline: '#/definitions/Cat', lion: Cat}}
Cat: {type: object, properties: {kind: {type: string}}}
Dog: {type: object, properties: {kind: {type: string}}}
Maybe: {anyOf: [{type: string, maxLength: 3}, {type: 'null'}]}
Level: {oneOf: [{const: 1, title: low}, {const: 2, description: high}]}
Rule:
  type: object
  properties: {a: {}, b: {}}
  if: {properties: {a: {const: x}}}
  then: {required: [b]}
  not: {required: [c]}
  dependentRequired: {a: [b]}
  dependentSchemas: {b: {properties: {c: {type: string}}}}
",
        r"
schema choice Pet: Cat or Dog or null
  one of by kind
    - feline: Cat
    - lion: Cat
    - Dog: Dog
schema object Cat: object
  kind: string
schema object Dog: object
  kind: string
schema string Maybe: string or null, at most 3 characters
schema enum Level: string
  value 1: low
  value 2: high
schema object Rule: object, `a` requires `b`
  a: any
  b: any
  not
    -: any, requires `c`
  if
    -: object
      a: string
        value x
  then
    -: any, requires `b`
  when there is
    - b: object
      c: string
",
    );
}

#[test]
fn subtypes_of_a_base_are_found() {
    check_in(
        Dialect::OpenApi30,
        &[(
            "api.yaml",
            r"
Pet: {type: object, discriminator: kind, properties: {kind: {type: string}}}
Dog: {allOf: [{$ref: '#/definitions/Pet'}, {properties: {bark: {type: boolean}}}]}
Poodle: {x-discriminator-value: poodle, allOf: [{$ref: '#/definitions/Dog'}, {properties: {a: {}}}]}
",
        )],
        r#"
schema object Pet: object
  kind: string
  one of by kind
    - Dog: Dog
    - poodle: Poodle
schema object Dog: object
  includes: Pet
  bark: boolean
schema object Poodle: object
  includes: Dog
  a: any
  extra x-discriminator-value: "poodle"
"#,
    );
}

#[test]
fn references_over_files_have_names_and_circles_end() {
    check_in(
        Dialect::JsonSchema,
        &[
            (
                "api.yaml",
                r"
Node: {type: object, properties: {next: {$ref: '#/definitions/Node'}, tag: {$ref: 'models/tag.yaml'}}}
Alias: {$ref: 'models/other.yaml#/definitions/Other'}
Loop: {$ref: '#/definitions/Loop'}
Prop: {type: object, properties: {a: {$ref: '#/definitions/Node/properties/tag'}}}
Web: {$ref: 'https://example.com/a.json'}
Lost: {$ref: 'models/none.yaml'}
Out: {$ref: '../../up.yaml'}
",
            ),
            (
                "models/tag.yaml",
                "{type: object, properties: {back: {$ref: '../api.yaml#/definitions/Node'}, o: {$ref: other.yaml#/definitions/Node}}}",
            ),
            (
                "models/other.yaml",
                "definitions: {Other: {type: object, properties: {a: {$ref: '#/definitions/Other'}}}, Node: {type: string}}",
            ),
        ],
        r"
schema object Node: object
  next: Node
  tag: tag
schema object Alias: object
  a: Alias
schema any Loop: refers to itself
schema object Prop: object
  a: tag
schema any Web: not fetched: https://example.com/a.json
schema any Lost: not found: models/none.yaml
schema any Out: outside of the repository: ../../up.yaml
schema object tag: object
  back: Node
  o: other.Node
schema string other.Node: string
",
    );
}

#[test]
fn what_is_deep_or_large_ends() {
    let deep = format!("definitions: {{A: {}1{}}}", "{items: ".repeat(100), "}".repeat(100));
    let found = read(Dialect::JsonSchema, &[("a.yaml", &deep)]);
    assert!(found[0].shape.type_text.ends_with("too much to show"), "{}", found[0].shape.type_text);
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
        outline_schemas(&found);
    }
}
