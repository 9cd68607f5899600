//! Arbitrary definitions end, and every number in what they give exists.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::api::read_text;
use crate::base::{MemorySources, RepoId, Sources as _};

use super::super::definition::describe;
use super::super::model::{Operation, Reference};

fn read(text: &str) -> Reference {
    let sources = MemorySources::single("r", &[("api.json", text), ("b.json", text)]);
    let file = sources.lookup(RepoId(0), "api.json").unwrap();
    read_text(describe(text, "", Some(file), Some("api.json")), file, &sources).0.reference
}

fn tree() -> impl Strategy<Value = Json> {
    let words = [
        "get",
        "post",
        "parameters",
        "requestBody",
        "responses",
        "200",
        "content",
        "application/json",
        "schema",
        "examples",
        "example",
        "value",
        "name",
        "in",
        "tags",
        "callbacks",
        "links",
        "headers",
        "encoding",
        "servers",
        "variables",
        "security",
        "$ref",
        "allOf",
        "oneOf",
        "properties",
        "items",
        "type",
        "discriminator",
        "mapping",
        "additionalOperations",
        "itemSchema",
        "flows",
        "scopes",
        "default",
        "enum",
        "x-codeSamples",
        "source",
        "/a",
    ];
    let texts = [
        "object",
        "array",
        "query",
        "path",
        "body",
        "formData",
        "#/components/a",
        "#/components/schemas/a",
        "#",
        "#/paths/~1a",
        "b.json#/paths/~1b",
        "b.json",
        "{a}",
        "",
    ];
    let leaf = prop_oneof![
        3 => proptest::sample::select(texts.to_vec()).prop_map(Json::from),
        1 => any::<bool>().prop_map(Json::from),
        1 => any::<i64>().prop_map(Json::from),
        1 => Just(Json::Null),
    ];
    let word = proptest::sample::select(words.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(8, 90, 6, move |inner| {
        prop_oneof![
            1 => proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            3 => proptest::collection::hash_map(word.clone(), inner, 0..6)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_definition_ends(a in tree(), b in tree(), schema in tree(), tags in tree(), version in 0..4_usize) {
        let (key, version) = [("swagger", "2.0"), ("openapi", "3.0.3"), ("openapi", "3.2.0"), ("openrpc", "1.3.2")][version];
        let definition = json!({
            key: version,
            "tags": tags,
            "servers": tags,
            "security": tags,
            "paths": {"/a": a, "/b/{id}": {"get": b, "parameters": a}},
            "webhooks": {"c": b},
            "methods": [a, b],
            "definitions": {"a": schema},
            "securityDefinitions": tags,
            "components": {"schemas": {"a": schema}, "a": b, "securitySchemes": tags, "callbacks": {"d": a}},
        });
        let reference = read(&definition.to_string());
        prop_assert!(reference.operations.iter().all(|operation| operation.group < reference.groups.len()));
        prop_assert!(reference.operations.is_sorted_by_key(|operation| operation.group));
    }
}

#[test]
fn a_shared_answer_does_not_grow_with_what_refers_to_it() {
    // Ten callbacks in ten callbacks in ten callbacks: what is deeper is not followed.
    let callbacks: Vec<String> =
        (0..10).map(|at| format!("\"c{at}\": {{\"$ref\": \"#/components/callbacks/a\"}}")).collect();
    let operation = format!("{{\"post\": {{\"callbacks\": {{{}}}, \"responses\": {{}}}}}}", callbacks.join(", "));
    let text = format!(
        "{{\"openapi\": \"3.0.0\", \"paths\": {{\"/a\": {operation}}}, \"components\": {{\"callbacks\": {{\"a\": {{\"u\": {operation}}}}}}}}}"
    );
    let reference = read(&text);
    assert_eq!(reference.operations[0].callbacks.len(), 10);
    let count =
        |operation: &Operation| operation.callbacks.iter().map(|callback| callback.operations.len()).sum::<usize>();
    assert_eq!(count(&reference.operations[0]), 10);
}

const SHOP: &str = r"openapi: 3.1.0
servers: [{url: 'https://{host}/v1/', variables: {host: {default: api.example.com}}}]
security: [{key: []}]
paths:
  /pets/{petId}:
    put:
      parameters:
        - {name: petId, in: path, required: true, schema: {type: string}}
        - {name: mode, in: query, required: true, schema: {enum: [a b, c]}}
        - {name: fields, in: query, required: true, schema: {type: array, items: {type: string}, example: [x, y]}}
        - {name: page, in: query, schema: {type: integer}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}
    Cat:
      allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {friend: {$ref: '#/components/schemas/Cat'}}}]
    Dog: {type: object}
    Base:
      type: object
      required: [id, kind]
      properties:
        id: {type: string, format: uuid, readOnly: true}
        kind: {type: string}
        secret: {type: string, minLength: 8, writeOnly: true}
        born: {type: string, format: date}
        age: {type: integer, minimum: 3}
        tags: {type: array, items: {type: string, default: new}}
        old: {type: string, deprecated: true}
";

#[test]
fn examples_are_made_for_who_reads_them() {
    let reference = read(SHOP);
    let operation = &reference.operations[0];
    let made = |part: usize| {
        let example = &operation.parts[part].bodies[0].examples[0];
        assert!(example.generated);
        serde_json::from_str::<Json>(&example.text).unwrap()
    };
    // What is only read is not sent, what is only written does not come back.
    let sent = json!({"kind": "cat", "secret": "stringst", "born": "2026-01-15", "age": 3, "tags": ["string"]});
    assert_eq!(made(2), sent);
    let id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
    let back = json!({"id": id, "kind": "cat", "born": "2026-01-15", "age": 3, "tags": ["string"]});
    assert_eq!(made(3), back);
    // A cat has a friend, but no cat in itself.
    let cat = reference.schemas.iter().find(|schema| schema.name == "Cat").unwrap();
    assert!(!cat.examples[0].text.contains("friend"), "{}", cat.examples[0].text);
}

#[test]
fn samples_have_what_the_operation_needs() {
    let reference = read(SHOP);
    let samples = &reference.operations[0].samples;
    let titles: Vec<&str> = samples.iter().map(|sample| &*sample.title).collect();
    assert_eq!(titles, ["curl", "JavaScript", "Python", "Go"]);
    let url = "https://api.example.com/v1/pets/PET_ID?mode=a%20b&fields=x&fields=y";
    for sample in samples {
        for words in [url, "X-Key", "YOUR_API_KEY", "Accept", "Content-Type", "stringst"] {
            assert!(sample.text.contains(words), "{words} is not in {}", sample.text);
        }
    }
    assert!(samples[0].text.starts_with(&format!("curl --request PUT '{url}' \\\n")), "{}", samples[0].text);
}

#[test]
fn methods_of_json_rpc_are_called_as_their_examples_or_their_parameters_say() {
    let read = |server: &str| {
        let text = format!(
            "openrpc: 1.3.2\ninfo: {{title: Node, version: '1'}}\nservers: [{{url: 'wss://a.example'}}, {{url: '{server}'}}]\nmethods:\n\
             - {{name: block, params: [{{name: n, required: true, schema: {{type: integer, minimum: 7}}}}, {{name: deep, schema: {{type: boolean}}}}]}}\n\
             - {{name: named, paramStructure: by-name, params: [{{name: who, required: true, schema: {{type: string, example: \"it's\"}}}}]}}\n\
             - {{name: shown, params: [{{name: n, schema: {{}}}}], examples: [{{name: e, params: [{{name: n, value: 5}}]}}]}}\n"
        );
        let sources = MemorySources::single("r", &[("rpc.yaml", &text)]);
        let file = sources.lookup(RepoId(0), "rpc.yaml").unwrap();
        let definition = super::super::describe(&text, "", Some(file), Some("rpc.yaml"));
        super::super::read_text(definition, file, &sources).0.reference
    };
    let reference = read("https://a.example/rpc");
    for (method, params) in
        [("block", "[\n    7\n  ]"), ("named", "{\n    \"who\": \"it'\\''s\"\n  }"), ("shown", "[\n    5\n  ]")]
    {
        let operation = reference.operations.iter().find(|one| one.target == method).unwrap();
        let titles: Vec<&str> = operation.samples.iter().map(|sample| &*sample.title).collect();
        assert_eq!(titles, ["curl", "JavaScript", "Python", "Go"]);
        let curl = &operation.samples[0].text;
        assert!(
            curl.starts_with(
                "curl --request POST 'https://a.example/rpc' \\\n  --header 'Content-Type: application/json'"
            ),
            "{curl}"
        );
        assert!(curl.contains(&format!("\"method\": \"{method}\",\n  \"params\": {params}")), "{curl}");
    }
    // What is reached over WebSockets alone is not called so.
    assert!(read("ws://b.example").operations.iter().all(|method| method.samples.is_empty()));
}
