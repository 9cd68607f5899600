//! Samples of calls, hostile texts, and properties of any text.

use proptest::prelude::*;

use super::*;
use crate::base::{FileId, MemorySources};

fn read_text(text: &str) -> (Reference, Vec<Diagnostic>) {
    let sources = MemorySources::single("acme", &[("shop.graphql", text)]);
    let mut findings = Vec::new();
    let text = sources.text(FileId(0)).unwrap();
    let reference = read(text.as_str(), &Home::File(FileId(0)), &sources, &mut findings);
    (reference, findings)
}

const SHOP: &str = "
type Query {
  orders(first: Int, after: String, state: State! = OPEN, filter: Filter!): OrderConnection!
  find(text: String!): [Found!]!
  version: String
}
input Filter { id: ID! tags: [String!] more: Filter, deep: Deep! }
input Deep { a: Date! b: Int }
scalar Date
enum State { OPEN SENT }
type OrderConnection { edges: [OrderEdge] nodes: [Order] total: Int! }
type OrderEdge { cursor: String! node: Order }
type Order { id: ID! state: State! created: Date items(first: Int): [Item] old: Int @deprecated secret(key: ID!): Int }
type Item { name: String order: Order }
union Found = Order | Item
";

#[test]
fn an_operation_is_called_with_variables() {
    let (reference, findings) = read_text(SHOP);
    assert!(findings.is_empty(), "{findings:?}");
    let samples = &reference.operations[0].samples;
    assert_eq!(
        samples[0].text,
        "query Orders(
  $first: Int
  $after: String
  $state: State!
  $filter: Filter!
) {
  orders(first: $first, after: $after, state: $state, filter: $filter) {
    total
    edges {
      cursor
      node {
        id
        state
        created
      }
    }
  }
}
"
    );
    assert_eq!(
        samples[1].text,
        "{\n  \"first\": 10,\n  \"after\": null,\n  \"state\": \"OPEN\",\n  \"filter\": {\n    \"id\": \"1\",\n    \"tags\": [\n      \"tags\"\n    ],\n    \"deep\": {\n      \"a\": \"2026-01-31\"\n    }\n  }\n}"
    );
    assert!(reference.operations[0].parts[1].bodies[0].examples[0].text.contains("\"state\": \"OPEN\""));
}

#[test]
fn a_union_is_asked_for_its_members() {
    let (reference, _) = read_text(SHOP);
    let text = &reference.operations[1].samples[0].text;
    assert!(
        text.starts_with(
            "query Find($text: String!) {\n  find(text: $text) {\n    __typename\n    ... on Order {\n      id\n"
        ),
        "{text}"
    );
    assert_eq!(text.matches("... on").count(), 2);
    assert_eq!(reference.operations[2].samples[0].text, "query Version {\n  version\n}\n");
    assert_eq!(reference.operations[2].samples.len(), 1);
}

#[test]
fn what_is_made_can_be_read() {
    for operation in read_text(SHOP).0.operations {
        let tree = apollo_parser::Parser::new(&operation.samples[0].text).parse();
        assert_eq!(tree.errors().count(), 0, "{}", operation.samples[0].text);
    }
}

#[test]
fn an_interface_is_used_by_what_implements_it() {
    let (reference, _) = read_text("interface Node { id: ID } type Order implements Node { id: ID }");
    let number = |name: &str| reference.schemas.iter().position(|schema| schema.name == name).unwrap();
    let uses = super::super::Uses::of(&reference);
    assert_eq!(uses.users(number("Node")), [super::super::User::Schema(number("Order"))]);
    assert_eq!(uses.users(number("Order")), []);
}

#[test]
fn hostile_texts_end_soon() {
    let deep = format!("type A {{ a: {}B{} }}", "[".repeat(50_000), "]".repeat(50_000));
    let values: String = (0..10_000).map(|number| format!("V{number} ")).collect();
    let wide = format!("enum E {{ {values} }}");
    let value = format!("input I {{ a: A = {} }}", "{ a: ".repeat(50_000));
    let comment = format!("\"\"\"{}\"\"\" type A {{ a: Int }}", "x".repeat(3_000_000));
    let broken = "type A { a Int }\n".repeat(2_000);
    let fields: String = (0..100)
        .map(|at| {
            format!("type T{at} {{ a: T{} b: T{} c: T{} d: Int }}\n", (at + 1) % 100, (at + 7) % 100, (at + 31) % 100)
        })
        .collect();
    let cyclic = format!("type Query {{ t: T0 }} {fields}");
    let inputs: String = (0..100)
        .map(|at| {
            format!("input T{at} {{ a: T{}! b: T{}! c: T{}! }}\n", (at + 1) % 100, (at + 7) % 100, (at + 31) % 100)
        })
        .collect();
    let inputs = format!("type Query {{ t(a: T0!): Int }} {inputs}");
    for text in [&deep, &wide, &value, &comment, &broken, &cyclic, &inputs] {
        let (reference, findings) = read_text(text);
        assert!(findings.len() <= 200, "{}", findings.len());
        assert!(
            reference
                .operations
                .iter()
                .flat_map(|operation| &operation.samples)
                .all(|sample| sample.text.len() < 20_000)
        );
    }
    assert_eq!(read_text(&wide).0.schemas[0].shape.values.len(), 10_000);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC*") {
        let _ = read_text(&text);
    }

    #[test]
    fn pieces_of_the_language_are_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "type ", "interface ", "union ", "enum ", "input ", "scalar ", "directive @a on FIELD ", "schema ", "extend ", "query: ",
        "implements ", "& ", "A ", "b ", "Query ", "@a ", "@deprecated(reason: ", "{", "}", "(", ")", "[", "]", "!", ":", "=", "|", "$a ",
        "\"text\" ", "\"\\u{D800}\"", "\"\\uD83D\\uDE00\"", "\"\\u00", "\"\"\" block ", "\"\"\"", "\"", "# c\n", "1 ", "1.5e ", "-", "true ", "null ", "...", "on ", "\n", "é",
    ]), 0..60)) {
        let _ = read_text(&pieces.concat());
    }
}
