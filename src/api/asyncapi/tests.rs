//! Whatever is written, a definition is read: nothing panics, and no number leads nowhere. What
//! definitions say is in `tests/api/asyncapi.md`.

use proptest::prelude::*;

use super::super::model::{Part, Reference, SchemaId};
use crate::base::{MemorySources, RepoId, Sources as _};
use crate::refs::{Documents, Home};

fn reference(text: &str) -> Reference {
    let sources = MemorySources::single("r", &[("a.yaml", text)]);
    let file = sources.lookup(RepoId(0), "a.yaml").unwrap();
    super::read(&Documents::load(Home::File(file), text, &sources))
}

fn schemas_of(part: &Part) -> Vec<SchemaId> {
    let inner = part.parts.iter().flat_map(schemas_of);
    part.bodies.iter().filter_map(|body| body.shape.as_ref()?.of).chain(inner).collect()
}

fn holds(reference: &Reference) {
    let count = reference.schemas.len();
    let groups = reference.operations.iter().map(|operation| operation.group);
    assert!(groups.clone().all(|group| group < reference.groups.len()));
    assert!(groups.is_sorted(), "operations of one channel stand together");
    let of_groups = reference.groups.iter().flat_map(|group| &group.parts);
    let of_operations = reference.operations.iter().flat_map(|operation| &operation.parts);
    assert!(of_groups.chain(of_operations).flat_map(schemas_of).all(|id| id < count));
    let fields = reference.schemas.iter().flat_map(|schema| &schema.shape.fields);
    assert!(fields.filter_map(|field| field.shape.of).all(|id| id < count));
}

/// Keys that mean something, so that made definitions get far.
const KEYS: &[&str] = &[
    "$ref",
    "info",
    "servers",
    "channels",
    "operations",
    "components",
    "messages",
    "message",
    "schemas",
    "traits",
    "messageTraits",
    "operationTraits",
    "securitySchemes",
    "security",
    "publish",
    "subscribe",
    "payload",
    "headers",
    "schema",
    "schemaFormat",
    "bindings",
    "kafka",
    "key",
    "tags",
    "name",
    "externalDocs",
    "url",
    "examples",
    "correlationId",
    "location",
    "reply",
    "address",
    "channel",
    "action",
    "parameters",
    "oneOf",
    "type",
    "properties",
    "fields",
    "items",
    "flows",
    "implicit",
    "scopes",
    "x-a",
    "a",
    "b",
];
/// And values that do.
const VALUES: &[&str] = &[
    "'#/components/messages/a'",
    "'#/components/schemas/a'",
    "'#/channels/a'",
    "'#/channels/a/messages/b'",
    "'#/a'",
    "'a.yaml#/components'",
    "'b.yaml'",
    "'https://example.com/a'",
    "'#'",
    "application/vnd.apache.avro;version=1.9.0",
    "application/vnd.google.protobuf",
    "object",
    "record",
    "send",
    "receive",
    "oauth2",
    "null",
    "true",
    "7",
    "''",
];

fn value() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(VALUES).prop_map(str::to_owned);
    leaf.prop_recursive(6, 60, 6, |inner| {
        let entry = (proptest::sample::select(KEYS), inner.clone());
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            proptest::collection::btree_map(proptest::sample::select(KEYS), entry.prop_map(|(_, value)| value), 0..6)
                .prop_map(|entries| {
                    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
                    format!("{{{}}}", entries.join(", "))
                }),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        holds(&reference(&format!("asyncapi: 3.0.0\n{text}\n")));
    }

    #[test]
    fn any_tree_is_read(version in "[23]\\.[0-6]\\.0", channels in value(), operations in value(), components in value(), a in value()) {
        let text = format!(
            "asyncapi: {version}\nchannels: {{a: {channels}, b: {a}}}\noperations: {{a: {operations}}}\n\
            components: {{messages: {{a: {components}}}, schemas: {{a: {a}}}}}\na: {a}\n"
        );
        holds(&reference(&text));
    }
}

#[test]
fn many_users_of_one_message_cost_little() {
    let mut text =
        "asyncapi: 3.0.0\ncomponents:\n  messages:\n    M:\n      payload: {type: object, properties: {".to_owned();
    for number in 0..1000 {
        text.push_str(&format!("p{number}: {{type: string}}, "));
    }
    text.push_str("}}\n      examples: [{payload: '");
    text.push_str(&"x".repeat(100_000));
    text.push_str("'}]\nchannels:\n  c: {address: a, messages: {M: {$ref: '#/components/messages/M'}}}\noperations:\n");
    for number in 0..1000 {
        text.push_str(&format!("  o{number}: {{action: send, channel: {{$ref: '#/channels/c'}}}}\n"));
    }
    let reference = reference(&text);
    assert_eq!(reference.operations.len(), 1000);
    let bodies = reference.operations.iter().flat_map(|operation| &operation.parts[0].bodies);
    let repeated: usize = bodies.flat_map(|body| &body.examples).map(|example| example.text.len()).sum();
    assert_eq!(repeated, 0, "a long example is shown with the message alone");
    assert_eq!(reference.schemas[0].examples[0].text.len(), 100_000);
}

#[test]
fn headers_that_refer_to_themselves_end() {
    let text = "asyncapi: 3.0.0\nchannels: {c: {messages: {M: {headers: {$ref: '#/x'}, traits: [{headers: {$ref: '#/y'}}]}}}}\n\
        x: {type: object, properties: {a: {$ref: '#/x'}, b: {$ref: '#/x'}, c: {$ref: '#/x'}}}\n\
        y: {type: object, properties: {a: {$ref: '#/y'}, b: {$ref: '#/y'}, d: {$ref: '#/y'}}}\n";
    let reference = reference(text);
    let message = reference.schemas.iter().find(|schema| schema.name == "M").unwrap();
    assert_eq!(message.shape.fields.len(), 1);
}

#[test]
fn examples_are_made_of_payload_and_of_headers() {
    let text = "asyncapi: 3.0.0\nchannels: {c: {messages: {M: {headers: {type: object, properties: {trace: {type: string}}},\n  \
        payload: {type: object, properties: {id: {type: integer}}}}}}}\noperations: {o: {action: send, channel: {$ref: '#/channels/c'}}}\n";
    let reference = reference(text);
    let examples = &reference.operations[0].parts[0].bodies[0].examples;
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let made: Vec<_> =
        examples.iter().map(|example| (example.name.as_deref(), example.generated, json(&example.text))).collect();
    let expected =
        [(Some("Payload"), true, json(r#"{"id": 0}"#)), (Some("Headers"), true, json(r#"{"trace": "string"}"#))];
    assert_eq!(made, expected);
    assert_eq!(&reference.schemas[0].examples, examples);
}

#[test]
fn an_example_in_avro_has_all_fields() {
    let text = "asyncapi: 2.6.0\nchannels: {c: {publish: {message: {name: M, schemaFormat: application/vnd.apache.avro,\n  \
        payload: {type: record, name: R, fields: [{name: at, type: {type: long, logicalType: timestamp-millis}},\n  \
        {name: state, type: {type: enum, name: S, symbols: [OPEN]}}, {name: up, type: ['null', R]}]}}}}}\n";
    let reference = reference(text);
    let example = &reference.schemas[0].examples[0];
    let json: serde_json::Value = serde_json::from_str(&example.text).unwrap();
    assert_eq!(json, serde_json::json!({"at": 0, "state": "OPEN", "up": null}));
    assert!(example.generated && reference.schemas[0].examples[1].text.contains("fields"));
}
