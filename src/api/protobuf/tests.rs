//! Samples of calls, hostile texts, and properties of any text.

use proptest::prelude::*;

use super::super::model::{Reference, Sample};
use super::*;
use crate::base::{FileId, MemorySources};

fn read_text(text: &str) -> (Reference, Vec<Diagnostic>) {
    let sources = MemorySources::single("acme", &[("shop.proto", text)]);
    let mut findings = Vec::new();
    let text = sources.text(FileId(0)).unwrap();
    let reference = read(text.as_str(), &Home::File(FileId(0)), &sources, &mut findings);
    (reference, findings)
}

fn samples(text: &str) -> Vec<Sample> {
    let (reference, findings) = read_text(text);
    assert!(findings.is_empty(), "{findings:?}");
    reference.operations[0].samples.clone()
}

#[test]
fn a_method_is_called_with_a_message_and_over_http() {
    let samples = samples(
        r#"syntax = "proto3";
        package shop.v1;
        service Orders {
          rpc Update(UpdateRequest) returns (Order) {
            option (google.api.http) = { patch: "/v1/{order.name=orders/*}/{view}" body: "order" };
          }
        }
        enum View { VIEW_UNSPECIFIED = 0; FULL = 1; }
        message UpdateRequest { Order order = 1; View view = 2; google.protobuf.FieldMask update_mask = 3; }
        message Order {
          string name = 1;
          int64 size = 2;
          map<int32, bool> flags = 3;
          repeated Order parts = 4;
          oneof one { string its_text = 5; bytes raw = 6; }
          string made = 7 [(google.api.field_behavior) = OUTPUT_ONLY];
          string old = 8 [deprecated = true];
        }"#,
    );
    let order = "{\n    \"name\": \"name\",\n    \"size\": \"1\",\n    \"flags\": {\n      \"1\": true\n    },\n    \"itsText\": \"its_text\"\n  }";
    assert_eq!(
        samples[0].text,
        format!(
            "grpcurl -d '{{\n  \"order\": {order},\n  \"view\": \"FULL\",\n  \"updateMask\": \"displayName\"\n}}' \\\n  example.org:443 shop.v1.Orders/Update\n"
        )
    );
    assert_eq!(
        samples[1].text,
        format!(
            "curl -X PATCH 'https://example.org/v1/orders/1/FULL' \\\n  -H 'Content-Type: application/json' \\\n  -d '{}'\n",
            order.replace("\n  ", "\n")
        )
    );
}

#[test]
fn messages_that_lead_to_themselves_end() {
    let text = "syntax = \"proto3\"; service S { rpc Do(A) returns (A); }
        message A { A a = 1; B b = 2; repeated B c = 3; } message B { A a = 1; map<string, B> b = 2; int32 n = 3; }";
    let text = &samples(text)[0].text;
    assert!(text.contains("\"n\": 1") && text.len() < 1_000, "{text}");
}

#[test]
fn hostile_texts_end_soon() {
    let deep = format!("{}{}", "message A {".repeat(100_000), "}".repeat(100_000));
    let values: String = (0..10_000).map(|number| format!("V{number} = {number};")).collect();
    let wide = format!("enum E {{ {values} }}");
    let value = format!("option x = {};", "{ a: ".repeat(50_000));
    let lists = format!("option x = {};", "[".repeat(100_000));
    let comment = format!("/*{}*/ message A {{}}", "x".repeat(3_000_000));
    let broken = "message A { rpc ".repeat(20_000);
    let cyclic: String = (0..300)
        .map(|at| {
            format!(
                "message M{at} {{ M{} a = 1; M{} b = 2; M{} c = 3; }}",
                (at + 1) % 300,
                (at + 7) % 300,
                (at + 31) % 300
            )
        })
        .collect();
    let cyclic = format!("{cyclic} service S {{ rpc A(M0) returns (M1); }}");
    for text in [&deep, &wide, &value, &lists, &comment, &broken, &cyclic] {
        let (reference, findings) = read_text(text);
        assert!(findings.len() <= 100);
        assert!(
            reference
                .operations
                .iter()
                .flat_map(|operation| &operation.samples)
                .all(|sample| sample.text.len() < 100_000)
        );
    }
    assert_eq!(read_text(&wide).0.schemas[0].shape.values.len(), 10_000);
    assert!(read_text(&deep).1[0].message.contains("nested too deep"));
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    let (reference, findings) = read_text("option a = \"\\377\\xfe\\u00e9\\U0001F600\\q\"; message A {}");
    assert!(findings.is_empty());
    assert_eq!(reference.extras[0].value, "\u{fffd}\u{fffd}é😀q");
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC*") {
        let _ = read_text(&text);
    }

    #[test]
    fn pieces_of_the_language_are_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "message ", "enum ", "service ", "rpc ", "returns ", "stream ", "oneof ", "extend ", "group ", "map<", "option ",
        "reserved ", "extensions ", "import ", "package ", "syntax = \"proto3\";", "optional ", "repeated ", "A ", "b ", "A.b ",
        "{", "}", "(", ")", "[", "]", "<", ">", "=", ";", ",", ".", "-", "1 ", "0x ", "1e", "to ", "max ", "\"a\\", "\"", "'\\x", "// c\n",
        "/* d */", "/*", "\n", "é", "#", ":",
    ]), 0..60)) {
        let _ = read_text(&pieces.concat());
    }
}
