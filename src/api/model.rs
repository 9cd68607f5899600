//! The reference model: what a definition says, in one form for all formats. Four front ends
//! (`openapi`, `asyncapi`, `graphql`, `protobuf`) fill it, one set of templates shows it, and the
//! joined catalog reads it. Plain data, without HTML and without paths of the site; texts are
//! Markdown as the author wrote it.
//!
//! What is put where, so that four formats look like one:
//!
//! | here | OpenAPI | AsyncAPI | GraphQL | protobuf |
//! |---|---|---|---|---|
//! | [`Group`] | tag | channel | `Query`, `Mutation`, `Subscription` | service |
//! | [`Operation`] | method and path, webhook | send or receive | field of a root type | rpc |
//! | [`Part`] | parameters by place, body, response | message, headers, reply, bindings | arguments, result | request, response |
//! | [`Schema`] | component, definition | schema, message payload | type, directive | message, enum |
//! | [`Shape`] | schema object | schema object | type of a field | type of a field |

use serde_json::Value as Json;

use crate::base::Place;

/// Number of a schema in [`Reference::schemas`].
pub type SchemaId = usize;

/// The families of definitions that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Swagger 2.0 and OpenAPI 3.
    OpenApi,
    /// AsyncAPI 2 and 3.
    AsyncApi,
    /// GraphQL's schema language.
    GraphQl,
    /// Protocol Buffers.
    Protobuf,
    /// JSON Schema.
    JsonSchema,
    /// OpenRPC.
    OpenRpc,
    /// Anything else: the source is shown.
    Other,
}

/// A definition as a reference to read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reference {
    /// One sentence about it.
    pub summary: Option<String>,
    /// Its description, Markdown.
    pub description: Option<String>,
    /// Its picture.
    pub logo: Option<Logo>,
    /// Contact, licence, terms, other documents, default content types and the like.
    pub facts: Vec<Fact>,
    /// Where it can be reached.
    pub servers: Vec<Server>,
    /// The ways to authenticate that it defines.
    pub schemes: Vec<Scheme>,
    /// What all operations need that say nothing else: one of these.
    pub security: Vec<Requirement>,
    /// What its operations are sorted by, in the order of the page.
    pub groups: Vec<Group>,
    /// All operations, those of one group together and in the order of the groups.
    pub operations: Vec<Operation>,
    /// All schemas that have a name, in the order of the page.
    pub schemas: Vec<Schema>,
    /// `x-` extensions.
    pub extras: Vec<Extra>,
}

/// The picture of an API, from the web.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Logo {
    /// Where it is, by https.
    pub url: String,
    /// What it shows.
    pub alt: Option<String>,
    /// Where it leads.
    pub href: Option<String>,
}

/// A labelled fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// What it is, as a label: `Licence`.
    pub label: String,
    /// What it says.
    pub text: String,
    /// Where it leads: a web or mail address as it was written.
    pub href: Option<String>,
    /// Whether it is code.
    pub code: bool,
}

/// A value under a name that the format leaves to its authors: `x-rate-limit`, an option, a binding.
#[derive(Debug, Clone, PartialEq)]
pub struct Extra {
    /// The name.
    pub name: String,
    /// The value.
    pub value: Json,
}

/// A place where the API can be reached.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Server {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// The URL as written, `{variables}` in it.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
    /// The variables of the URL: enum values, default, description.
    pub variables: Vec<Field>,
    /// Protocol, version.
    pub facts: Vec<Fact>,
    /// What it needs, by the names of the schemes.
    pub security: Vec<Requirement>,
    /// Bindings.
    pub parts: Vec<Part>,
    /// `x-` extensions.
    pub extras: Vec<Extra>,
}

/// A way to authenticate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scheme {
    /// The name it is used by.
    pub name: String,
    /// What it is in words: `API key in the header X-Key`, `OAuth 2`.
    pub kind: String,
    /// Markdown.
    pub description: Option<String>,
    /// Flows, URLs, formats.
    pub facts: Vec<Fact>,
    /// The scopes, with what each allows.
    pub scopes: Vec<(String, String)>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// `x-` extensions.
    pub extras: Vec<Extra>,
}

/// Schemes that are needed together; none at all means that nothing is needed.
pub type Requirement = Vec<Need>;

/// One scheme of a requirement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Need {
    /// The name of the scheme.
    pub scheme: String,
    /// The scopes that are needed.
    pub scopes: Vec<String>,
}

/// Operations that belong together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// Anchor, unique in the definition; filled by `anchors`.
    pub anchor: String,
    /// What it is: `Tag`, `Channel`, `Service`.
    pub kind: &'static str,
    /// Its name in the definition.
    pub name: String,
    /// Its title, where it has one beside its name.
    pub title: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Other documents, options, servers.
    pub facts: Vec<Fact>,
    /// What all its operations share: the parameters of a channel's address, its messages.
    pub parts: Vec<Part>,
    /// The heading under which it stands among the groups.
    pub section: Option<String>,
    /// What it is a part of, for groups in groups.
    pub parent: Option<usize>,
    /// Why it is deprecated; empty when nothing says why.
    pub deprecated: Option<String>,
    /// `x-` extensions and bindings.
    pub extras: Vec<Extra>,
    /// Where it is defined.
    pub place: Option<Place>,
}

/// One thing that can be done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Operation {
    /// Anchor, unique in the definition; filled by `anchors`.
    pub anchor: String,
    /// Number of its group.
    pub group: usize,
    /// What is done, as a label: `GET`, `send`, `query`, `rpc`. Its colour goes by it.
    pub verb: String,
    /// On what: a path, an address, the name of a field, `/package.Service/Method`.
    pub target: String,
    /// `operationId`, the name of the method.
    pub name: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Names beside the group: further tags.
    pub tags: Vec<String>,
    /// Short marks: `webhook`, `server streaming`.
    pub marks: Vec<String>,
    /// Why it is deprecated; empty when nothing says why.
    pub deprecated: Option<String>,
    /// Other documents, sunset, content types.
    pub facts: Vec<Fact>,
    /// What it needs; `None` when it says nothing and that of the definition counts.
    pub security: Option<Vec<Requirement>>,
    /// Servers of its own.
    pub servers: Vec<Server>,
    /// What goes in, then what comes out.
    pub parts: Vec<Part>,
    /// Operations that this one has called: callbacks, by name.
    pub callbacks: Vec<Callback>,
    /// How to call it.
    pub samples: Vec<Sample>,
    /// `x-` extensions, options and bindings.
    pub extras: Vec<Extra>,
    /// Where it is defined.
    pub place: Option<Place>,
}

/// Operations of somebody else that this one leads to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Callback {
    /// Its name.
    pub name: String,
    /// Its operations. Their anchors and groups are those of the one around them.
    pub operations: Vec<Operation>,
}

/// Which side of an operation a part belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// What the caller sends.
    #[default]
    In,
    /// What comes back.
    Out,
}

/// A part of what goes in or comes out, with a heading of its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// Which side it is on.
    pub side: Side,
    /// The heading: `Path parameters`, `Request body`, `Response`, `Message`.
    pub title: String,
    /// What tells it from others under the same heading: `404`, `UserSignedUp`.
    pub name: Option<String>,
    /// Whether it is good or bad news, for the colour of its name: `success`, `redirect`, `client-error`,
    /// `server-error`, or nothing.
    pub tone: &'static str,
    /// One sentence.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Whether it has to be there, where that is said.
    pub required: Option<bool>,
    /// Why it is deprecated; empty when nothing says why.
    pub deprecated: Option<String>,
    /// Correlation, content type, names of links.
    pub facts: Vec<Fact>,
    /// Parameters, arguments, headers: what has a name of its own.
    pub fields: Vec<Field>,
    /// Its content, for each media type.
    pub bodies: Vec<Body>,
    /// Parts of it: headers of a response, headers and traits of a message, links.
    pub parts: Vec<Part>,
    /// `x-` extensions and bindings.
    pub extras: Vec<Extra>,
}

/// A content.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// Its media type, where there is one.
    pub media: Option<String>,
    /// What it looks like.
    pub shape: Option<Shape>,
    /// Whether it is a stream of such items.
    pub streamed: bool,
    /// What it looks like in use; those that were given go before one that was made.
    pub examples: Vec<Example>,
    /// Encoding of its properties and the like.
    pub facts: Vec<Fact>,
}

/// An example.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Example {
    /// Its name.
    pub name: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Its text, ready to show.
    pub text: String,
    /// The language to highlight it in.
    pub language: &'static str,
    /// Where it is, when it is not here.
    pub external: Option<String>,
    /// Whether it was made from the schema.
    pub generated: bool,
}

/// Code that calls an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The language in words: `curl`, `JavaScript`.
    pub title: String,
    /// The language to highlight it in.
    pub language: String,
    /// The code.
    pub text: String,
}

/// A schema with a name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Anchor, unique in the definition; filled by `anchors`.
    pub anchor: String,
    /// Its name in the definition; with its package in protobuf.
    pub name: String,
    /// What it is: `object`, `enum`, `message`, `input`, `union`, `interface`, `directive`.
    pub kind: String,
    /// What it is listed under, where there is something: a package.
    pub section: Option<String>,
    /// What it looks like. Its description is that of the schema.
    pub shape: Shape,
    /// Examples that it gives, or one that was made.
    pub examples: Vec<Example>,
    /// Reserved numbers, implementers, options.
    pub facts: Vec<Fact>,
    /// Bindings of a message.
    pub parts: Vec<Part>,
    /// What it names beside its fields: interfaces, members of a union, implementers.
    pub related: Vec<(&'static str, Vec<SchemaId>)>,
    /// Where it is defined.
    pub place: Option<Place>,
}

impl Schema {
    /// Whether it is a message of AsyncAPI, whose fields are headers and payload.
    pub fn is_event(&self) -> bool {
        self.kind == "message" && self.section.as_deref() == Some(MESSAGES)
    }
}

/// What messages of AsyncAPI are listed under.
pub const MESSAGES: &str = "Messages";

/// What wraps a value, from the outside in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// A list of it.
    List,
    /// A map of texts to it.
    Map,
}

/// What a value is when everything around it is taken off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Basic {
    /// Nothing is said, or several types are allowed.
    #[default]
    Any,
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// Null.
    Null,
    /// An object with fields.
    Object,
    /// A list whose items are told apart by their place: its fields are those items, `[0]`, `[1]`.
    Tuple,
}

/// What a value looks like. A list of objects is one shape whose layers say `List` and whose fields
/// are those of the objects, because that is how it is read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// The type as it is read: `string`, `array of Pet`, `[Pet!]!`, `map<string, Pet>`, `string or null`.
    pub type_text: String,
    /// The schema with a name that it is, or that is in it when its layers are taken off. Its fields
    /// are not repeated here.
    pub of: Option<SchemaId>,
    /// What wraps it.
    pub layers: Vec<Layer>,
    /// What it is inside.
    pub basic: Basic,
    /// `date-time`, `int64`.
    pub format: Option<String>,
    /// A title of its own.
    pub title: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// What it has to keep to, each in words: `at least 1 character`, `pattern ^a+$`.
    pub constraints: Vec<String>,
    /// What it is when nothing is sent.
    pub default: Option<Json>,
    /// The first example of it.
    pub example: Option<Json>,
    /// The values it may have.
    pub values: Vec<EnumValue>,
    /// Whether null is allowed.
    pub nullable: bool,
    /// Whether it is only in answers.
    pub read_only: bool,
    /// Whether it is only in requests.
    pub write_only: bool,
    /// Why it is deprecated; empty when nothing says why.
    pub deprecated: Option<String>,
    /// Its fields. Keys of any name, by pattern or not, have a field with a name that says so.
    pub fields: Vec<Field>,
    /// What is one of several things.
    pub choices: Vec<Choices>,
    /// Schemas that it includes. Their fields are its own as well, and are not repeated here.
    pub includes: Vec<SchemaId>,
    /// Other documents, XML names, options.
    pub facts: Vec<Fact>,
    /// `x-` extensions.
    pub extras: Vec<Extra>,
}

/// Something with a name and a shape: a property, parameter, header, argument.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether the name is a pattern or stands for any.
    pub any_name: bool,
    /// Its shape. The field's own description, deprecation and example go before those of its type.
    pub shape: Shape,
    /// Whether it has to be there.
    pub required: bool,
    /// Its number on the wire.
    pub number: Option<i64>,
    /// The `oneof` or other group of which only one may be set.
    pub one_of: Option<String>,
    /// How it is written, in words: `comma-separated`, `repeated key`.
    pub facts: Vec<Fact>,
    /// What it takes, in GraphQL.
    pub arguments: Vec<Field>,
    /// Further examples.
    pub examples: Vec<Example>,
}

/// A value of an enumeration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EnumValue {
    /// The value as it is written.
    pub text: String,
    /// Its number on the wire.
    pub number: Option<i64>,
    /// Markdown.
    pub description: Option<String>,
    /// Why it is deprecated; empty when nothing says why.
    pub deprecated: Option<String>,
    /// Options, directives and `x-` extensions of this value alone.
    pub extras: Vec<Extra>,
}

/// Several shapes of which some hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choices {
    /// In words: `one of`, `any of`, `not`, `if`, `then`, `else`, `contains`, `holds`, `when there is`.
    pub title: &'static str,
    /// The property that tells them apart.
    pub discriminator: Option<String>,
    /// The shapes.
    pub options: Vec<Choice>,
}

/// One of several shapes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choice {
    /// The value of the discriminator that chooses it, or the property whose presence does.
    pub value: Option<String>,
    /// The shape.
    pub shape: Shape,
}
