//! API definitions, where they are written. Which rule of Spectral each of them is stands in
//! `docs/apis.md`.

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
    API_LIMIT = "api-limit", Suspicious,
        "an API definition is larger than what its rules look at",
        "The rest is shown and not checked, so that one definition cannot stall the check of all others.";
    API_STRUCTURE = "api-structure", Correctness,
        "an object of an API definition lacks a field that it must have, has one that its specification does not know, or holds it in another form",
        "Readers ignore what they do not know, and some refuse all of it.";
    API_REF_UNRESOLVED = "api-unresolved-ref", Correctness,
        "a `$ref` of an API definition leads to nothing",
        "What stands there is missing from the page, from generated code and from validation.";
    API_REF_OUTSIDE = "api-ref-outside", Correctness,
        "a `$ref` of an API definition leads out of its repository",
        "Nothing outside of a repository is read, and other checkouts do not have it.";
    API_REF_NOT_FETCHED = "api-ref-not-fetched", Completeness,
        "a `$ref` of an API definition leads to the network, or to a repository that is not in view",
        "Nothing is fetched while the catalog is compiled, so what it leads to is neither shown nor checked.";
    API_REF_SIBLINGS = "api-ref-siblings", Correctness,
        "a `$ref` has other keys beside it, in a version where they mean nothing",
        "Before OpenAPI 3.1 they are ignored: a description or a default that somebody wrote is seen by nobody.";
    API_OPERATION_ID_DUPLICATE = "api-operation-id-duplicate", Correctness,
        "two operations of an API definition have the same `operationId`",
        "Generated clients have one method for both, and links lead to either of them.";
    API_OPERATION_ID_MISSING = "api-operation-id-missing", Completeness,
        "an operation has no `operationId`",
        "Generators make up a name, which changes when the path does.";
    API_OPERATION_ID_CHARACTERS = "api-operation-id-characters", Suspicious,
        "an `operationId` has characters that no URL can have",
        "It is part of addresses of documentation, and of names in generated code.";
    API_MESSAGE_ID_DUPLICATE = "api-message-id-duplicate", Correctness,
        "two messages of an API definition have the same `messageId`",
        "Nobody can tell which of them is meant.";
    API_PATH_PARAMETERS = "api-path-parameters", Correctness,
        "what stands in braces in a path or a channel is not declared as a parameter, or a parameter is not in the path",
        "No request can be made by it: a part of the path is unknown, or a value has no place.";
    API_PATHS_IDENTICAL = "api-paths-identical", Correctness,
        "two paths of an API definition differ by names in braces alone",
        "No server can tell their requests apart.";
    API_PATH_FORM = "api-path-form", Suspicious,
        "a path or channel ends with a slash, has a query, or has braces without a name",
        "Clients join it to the server's URL as it is written, and routers disagree on what they then see.";
    API_PARAMETERS_TWICE = "api-parameters-twice", Suspicious,
        "an operation has a parameter twice, or two bodies",
        "Only one of them can be sent.";
    API_FORM_WITHOUT_CONSUMES = "api-form-without-consumes", Suspicious,
        "an operation of Swagger 2.0 has parameters of a form and does not consume forms",
        "Clients send them in a form that the operation says it does not take.";
    API_NO_SUCCESS_RESPONSE = "api-no-success-response", Suspicious,
        "an operation has no response for success",
        "Readers and generated clients do not know what they get when all is well.";
    API_ENUM_TYPE = "api-enum-type", Suspicious,
        "a value of an `enum` is of another type than its schema",
        "Nothing can ever be that value: the type refuses it.";
    API_ENUM_DUPLICATE = "api-enum-duplicate", Suspicious,
        "a value stands twice in an `enum`",
        "Generated code has two constants of one name; often another value was meant.";
    API_ARRAY_WITHOUT_ITEMS = "api-array-without-items", Correctness,
        "a list of OpenAPI 2.0 or 3.0 does not say what is in it",
        "The specification requires `items`, and generators fail without.";
    API_DISCRIMINATOR = "api-discriminator", Correctness,
        "the discriminator of a Swagger 2.0 schema is not one of its required properties",
        "A reader that does not get it cannot tell which schema it has.";
    API_KEYWORD_NOT_SUPPORTED = "api-keyword-not-supported", Suspicious,
        "a schema has a keyword that its version of the specification does not have, or no longer wants",
        "Tools of that version ignore it.";
    API_HEADERS_NOT_OBJECT = "api-headers-not-object", Correctness,
        "the headers of a message are not `type: object`",
        "Headers are pairs of a name and a value; the specification allows no other.";
    API_EXAMPLE_INVALID = "api-example-invalid", Correctness,
        "an example or a default is not what its schema says",
        "Who copies it gets an error, and nobody can tell whether the example or the schema is right.";
    API_EXAMPLE_VALUE = "api-example-value", Suspicious,
        "an example has neither `value` nor `externalValue`, or both",
        "Readers show nothing, or either of the two.";
    API_SECURITY_UNDEFINED = "api-security-undefined", Suspicious,
        "an operation asks for a security scheme, or a scope, that the definition does not have",
        "Nobody can find out how to call it.";
    API_UNUSED_COMPONENT = "api-unused-component", Suspicious,
        "nothing in an API definition refers to one of its components",
        "It is shown and generated, and no request or response has it: it was forgotten, or a reference is missing.";
    API_TAG_TWICE = "api-tag-twice", Correctness,
        "a tag stands twice in one list",
        "Its description is one of the two.";
    API_TAG_UNDEFINED = "api-tag-undefined", Suspicious,
        "an operation has a tag that the definition does not list",
        "It has no description and no place in the order; often it is misspelt.";
    API_SERVER_VARIABLES = "api-server-variables", Correctness,
        "what stands in braces in the URL of a server is not described, or a variable is not in the URL",
        "No request can be made to a URL with an unknown part.";
    API_SERVER_URL = "api-server-url", Suspicious,
        "the URL of a server ends with a slash, or has braces without a name",
        "Paths begin with a slash: joined, there are two.";
    API_CHANNEL_SERVERS = "api-channel-servers", Correctness,
        "a channel is on a server that the definition does not have",
        "Nobody can find out where to connect.";
    API_CALLBACK_PLACE = "api-callback-place", Suspicious,
        "a callback or a webhook has callbacks or servers of its own",
        "Who is called back says where; the specification gives these no meaning.";
    API_SCRIPT_IN_TEXT = "api-script-in-text", Suspicious,
        "a title or description of an API definition holds a script",
        "Some readers run it. It is taken out of our pages.";
    API_WITHOUT_SERVERS = "api-without-servers", Completeness,
        "an API definition does not say where the API is",
        "Examples cannot be tried, and readers look for the URL elsewhere.";
    API_WITHOUT_CONTACT = "api-without-contact", Completeness,
        "an API definition names no contact",
        "Who gets the definition without the catalog does not know whom to ask.";
    API_WITHOUT_DESCRIPTION = "api-without-description", Policy,
        "an API definition does not say what it is for",
        "Its title is all that readers have.";
    API_WITHOUT_TAGS = "api-without-tags", Completeness,
        "an operation, or an AsyncAPI definition, has no tags",
        "Operations are grouped by them: those without stand in a heap.";
    API_OPERATION_WITHOUT_DESCRIPTION = "api-operation-without-description", Policy,
        "an operation has no description",
        "Its path does not say when to use it, and what it changes.";
    API_PART_WITHOUT_DESCRIPTION = "api-part-without-description", Policy,
        "a parameter or a tag has no description",
        "A name alone does not say what may stand there.";
    API_WITHOUT_LICENSE = "api-without-license", Policy,
        "an API definition names no licence, or one without a URL",
        "Others do not know what they may do with it.";
    API_CONTACT_INCOMPLETE = "api-contact-incomplete", Pedantic,
        "the contact of an API definition lacks name, URL or e-mail address",
        "There is one way less to reach somebody.";
    API_TAGS_NOT_LISTED = "api-tags-not-listed", Pedantic,
        "an OpenAPI definition lists no tags",
        "Groups of operations have no description and no order.";
    API_TAGS_ORDER = "api-tags-order", Pedantic,
        "the tags of a definition are not in the order of the alphabet",
        "A long list is searched by eye.";
    API_SEVERAL_TAGS = "api-several-tags", Pedantic,
        "an operation has more than one tag",
        "It then stands in several groups.";
    API_SERVER_EXAMPLE = "api-server-example", Pedantic,
        "a server is at `example.com`",
        "It was left there by a template.";
    API_OLD_VERSION = "api-old-version", Pedantic,
        "a definition follows an older version of AsyncAPI",
        "Newer tools read the newest version best.";
    API_RULESET = "api-ruleset", Completeness,
        "a ruleset of Spectral or Redocly has a part that is not used here",
        "Severities of their own rules are read; functions, plugins and rules of one's own are not run, and nothing is fetched.";
}
