//! The types that come with every compiler: what they look like in JSON. They have no part of their
//! own on a page, as readers know them.

use serde_json::{Value as Json, json};

use super::super::model::Basic;

/// A type of `google.protobuf`.
#[derive(Debug, Clone, Copy)]
pub(super) struct WellKnown {
    /// What it is in JSON.
    pub(super) basic: Basic,
    /// Its form there, where it has one.
    pub(super) format: Option<&'static str>,
    name: &'static str,
}

/// The type with this full name.
pub(super) fn find(full: &str) -> Option<WellKnown> {
    let name = full.strip_prefix("google.protobuf.")?;
    let (name, basic, format) = match name {
        "Timestamp" => ("Timestamp", Basic::Text, Some("date-time")),
        "Duration" => ("Duration", Basic::Text, Some("duration")),
        "FieldMask" => ("FieldMask", Basic::Text, Some("field-mask")),
        "StringValue" => ("StringValue", Basic::Text, None),
        "BytesValue" => ("BytesValue", Basic::Text, Some("byte")),
        "Int32Value" | "UInt32Value" => ("Int32Value", Basic::Integer, Some("int32")),
        "Int64Value" | "UInt64Value" => ("Int64Value", Basic::Integer, Some("int64")),
        "FloatValue" | "DoubleValue" => ("DoubleValue", Basic::Number, Some("double")),
        "BoolValue" => ("BoolValue", Basic::Boolean, None),
        "Struct" => ("Struct", Basic::Object, None),
        "Any" => ("Any", Basic::Object, None),
        "Empty" => ("Empty", Basic::Object, None),
        "Value" => ("Value", Basic::Any, None),
        "ListValue" => ("ListValue", Basic::Any, None),
        "NullValue" => ("NullValue", Basic::Null, None),
        _ => ("", Basic::Object, None),
    };
    Some(WellKnown { basic, format, name })
}

impl WellKnown {
    /// What it may look like.
    pub(super) fn example(self, field: &str) -> Json {
        match self.name {
            "Timestamp" => json!("2026-01-31T12:00:00Z"),
            "Duration" => json!("1.5s"),
            "FieldMask" => json!("displayName"),
            "StringValue" | "Value" => json!(field),
            "BytesValue" => json!("Ynl0ZXM="),
            "Int32Value" => json!(1),
            "Int64Value" => json!("1"),
            "DoubleValue" => json!(1.5),
            "BoolValue" => json!(true),
            "Any" => json!({"@type": "type.googleapis.com/google.protobuf.Empty", "value": {}}),
            "ListValue" => json!([]),
            "NullValue" => Json::Null,
            _ => json!({}),
        }
    }
}
