//! API definitions.

use super::rules;

rules! {
    API_SYNTAX = "api-syntax", Correctness,
        "an API definition cannot be read at this place",
        "What stands there is missing on its page, and tools that make code from it stop.";
    API_UNKNOWN_TYPE = "api-unknown-type", Suspicious,
        "a GraphQL or protobuf definition names a type that is defined nowhere in view",
        "Nothing can be made from such a definition, and readers do not learn what the type is.";
    API_DEFINED_TWICE = "api-defined-twice", Suspicious,
        "a GraphQL or protobuf definition defines one name twice",
        "Compilers refuse it, and readers cannot know which one counts.";
    API_INTERFACE_FIELD = "api-interface-field", Suspicious,
        "a GraphQL type lacks a field of an interface that it implements",
        "Servers refuse the schema: who asks for the interface may ask for the field.";
    API_FIELD_NUMBER = "api-field-number", Suspicious,
        "a number of a protobuf message is used twice, reserved or out of range",
        "Two fields with one number cannot be told apart on the wire, and one that was reserved means something else to older programs.";
    API_IMPORT = "api-import", Completeness,
        "a protobuf file imports one that is not in view",
        "The types that it defines are shown by their names alone.";
}
