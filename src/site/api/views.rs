//! What the templates of a reference get. The theme's README says the same in words.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value as Json;

use crate::api::model::{Extra, Fact, Logo};

/// A labelled fact.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FactView {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) href: Option<String>,
    pub(super) code: bool,
}

/// The picture of an API.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LogoView {
    pub(super) src: String,
    pub(super) alt: String,
    pub(super) href: Option<String>,
}

/// A value of the author's own.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ExtraView {
    pub(super) name: String,
    pub(super) text: String,
    /// Whether only the beginning is shown.
    pub(super) cut: bool,
}

/// An example, or code that calls something: one of several tabs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Tab {
    pub(super) label: String,
    pub(super) html: Option<String>,
    pub(super) text_html: Option<String>,
    pub(super) href: Option<String>,
    pub(super) generated: bool,
    /// Whether only the beginning is shown.
    pub(super) cut: bool,
}

/// A box of tabs beside an operation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Panel {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) tabs: Vec<Tab>,
}

/// A schema that a name leads to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Named {
    pub(super) title: String,
    pub(super) href: String,
}

/// What a shape says of itself.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct ShapeView {
    #[serde(rename = "type")]
    pub(super) type_text: String,
    pub(super) href: Option<String>,
    pub(super) format: Option<String>,
    pub(super) title: Option<String>,
    pub(super) text_html: Option<String>,
    pub(super) constraints: Vec<String>,
    pub(super) default: Option<String>,
    pub(super) example: Option<String>,
    #[serde(rename = "enum_values")]
    pub(super) values: Vec<ValueView>,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) deprecated: Option<String>,
    pub(super) includes: Vec<Named>,
    pub(super) facts: Vec<FactView>,
    pub(super) extras: Vec<ExtraView>,
}

/// What is inside of a shape, as much as a page can bear.
#[derive(Debug, Clone, Serialize)]
pub(super) struct InsideView {
    #[serde(rename = "type")]
    pub(super) type_text: String,
    pub(super) href: Option<String>,
    /// Fields that are those of a schema with a name of its own: shown folded.
    pub(super) folded: bool,
    /// Whether the same stands around this already.
    pub(super) recursive: bool,
    pub(super) fields: Vec<FieldNode>,
    pub(super) choices: Vec<ChoicesView>,
}

/// A field in a tree: what it says of itself is rendered before.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FieldNode {
    pub(super) name: String,
    pub(super) html: Arc<str>,
    pub(super) arguments: Vec<FieldNode>,
    pub(super) inside: Option<InsideView>,
}

/// What a field says of itself.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FieldView {
    pub(super) name: String,
    pub(super) any_name: bool,
    pub(super) required: bool,
    pub(super) number: Option<i64>,
    pub(super) one_of: Option<String>,
    pub(super) shape: ShapeView,
    pub(super) facts: Vec<FactView>,
    pub(super) examples: Vec<Tab>,
}

/// A value of an enumeration.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ValueView {
    pub(super) text: String,
    pub(super) number: Option<i64>,
    pub(super) text_html: Option<String>,
    pub(super) deprecated: Option<String>,
    pub(super) extras: Vec<ExtraView>,
}

/// Several shapes of which some hold.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ChoicesView {
    pub(super) title: &'static str,
    pub(super) discriminator: Option<String>,
    pub(super) options: Vec<ChoiceNode>,
}

/// One of them: what it says of itself is rendered before.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ChoiceNode {
    pub(super) html: Arc<str>,
    pub(super) inside: Option<InsideView>,
}

/// What a choice says of itself.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ChoiceView {
    pub(super) value: Option<String>,
    pub(super) shape: ShapeView,
}

/// A part of what goes in or comes out.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PartView {
    pub(super) title: String,
    pub(super) name: Option<String>,
    pub(super) tone: &'static str,
    pub(super) summary: Option<String>,
    pub(super) text_html: Option<String>,
    pub(super) required: Option<bool>,
    pub(super) deprecated: Option<String>,
    pub(super) facts: Vec<FactView>,
    pub(super) fields: Vec<FieldNode>,
    pub(super) bodies: Vec<BodyView>,
    pub(super) parts: Vec<PartView>,
    pub(super) extras: Vec<ExtraView>,
}

/// A content.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BodyView {
    pub(super) media: Option<String>,
    pub(super) streamed: bool,
    pub(super) shape: Option<ShapeView>,
    pub(super) tree: TreeView,
    pub(super) facts: Vec<FactView>,
}

/// All that is inside of a shape, rendered.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct TreeView {
    pub(super) html: Arc<str>,
    /// What was nested too deep to be shown where it stands.
    pub(super) continued: Vec<ContinuedView>,
}

/// Something from further inside.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ContinuedView {
    pub(super) path: String,
    pub(super) html: Arc<str>,
}

/// A server.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ServerView {
    pub(super) name: Option<String>,
    pub(super) url: String,
    pub(super) text_html: Option<String>,
    pub(super) variables: Vec<FieldNode>,
    pub(super) facts: Vec<FactView>,
    pub(super) security: Vec<Vec<NeedView>>,
    pub(super) parts: Vec<PartView>,
    pub(super) extras: Vec<ExtraView>,
}

/// A way to authenticate.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SchemeView {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) text_html: Option<String>,
    pub(super) facts: Vec<FactView>,
    pub(super) scopes: Vec<ScopeView>,
    pub(super) deprecated: bool,
    pub(super) extras: Vec<ExtraView>,
}

/// A scope.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ScopeView {
    pub(super) name: String,
    pub(super) text_html: Option<String>,
}

/// A scheme that is needed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NeedView {
    pub(super) scheme: String,
    pub(super) href: Option<String>,
    pub(super) scopes: Vec<String>,
}

/// An operation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OperationView {
    pub(super) anchor: String,
    pub(super) verb: String,
    pub(super) verb_class: &'static str,
    pub(super) target: String,
    pub(super) title: String,
    pub(super) name: Option<String>,
    pub(super) text_html: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) marks: Vec<String>,
    pub(super) deprecated: Option<String>,
    pub(super) facts: Vec<FactView>,
    pub(super) security: Option<Vec<Vec<NeedView>>>,
    pub(super) servers: Vec<ServerView>,
    pub(super) inputs: Vec<PartView>,
    pub(super) outputs: Vec<PartView>,
    pub(super) callbacks: Vec<CallbackView>,
    pub(super) panels: Vec<Panel>,
    pub(super) extras: Vec<ExtraView>,
    pub(super) source: Option<Named>,
    pub(super) inner: bool,
}

/// Operations of the caller's own that are called back.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CallbackView {
    pub(super) name: String,
    pub(super) operations: Vec<OperationView>,
}

/// A group of operations.
#[derive(Debug, Clone, Serialize)]
pub(super) struct GroupView {
    pub(super) anchor: String,
    pub(super) kind: String,
    pub(super) section: Option<String>,
    pub(super) title: String,
    pub(super) name: Option<String>,
    pub(super) text_html: Option<String>,
    pub(super) deprecated: Option<String>,
    pub(super) parent: Option<Named>,
    pub(super) facts: Vec<FactView>,
    pub(super) parts: Vec<PartView>,
    pub(super) panels: Vec<Panel>,
    pub(super) extras: Vec<ExtraView>,
}

/// A schema with a name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SchemaView {
    pub(super) anchor: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) section: Option<String>,
    pub(super) shape: ShapeView,
    pub(super) tree: TreeView,
    pub(super) facts: Vec<FactView>,
    pub(super) related: Vec<RelatedView>,
    pub(super) parts: Vec<PartView>,
    pub(super) panels: Vec<Panel>,
    pub(super) used_in: Vec<Named>,
    pub(super) used_more: usize,
    pub(super) source: Option<String>,
}

/// Schemas that another one names.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RelatedView {
    pub(super) label: &'static str,
    pub(super) schemas: Vec<Named>,
}

/// Facts as views; only addresses of the web and of mail become links.
pub(super) fn facts(facts: &[Fact]) -> Vec<FactView> {
    let view = |fact: &Fact| FactView {
        label: fact.label.clone(),
        text: fact.text.clone(),
        href: fact.href.as_deref().and_then(safe_href),
        code: fact.code,
    };
    facts.iter().map(view).collect()
}

fn safe_href(href: &str) -> Option<String> {
    let lower = href.to_ascii_lowercase();
    let is_safe = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    is_safe.then(|| crate::base::hosts::without_credentials(href))
}

/// The picture as a view: it is read as what the API is called where it does not say what it shows.
pub(super) fn logo(logo: &Logo, name: &str) -> LogoView {
    LogoView {
        src: crate::base::hosts::without_credentials(&logo.url),
        alt: logo.alt.clone().unwrap_or_else(|| name.to_owned()),
        href: logo.href.as_deref().and_then(safe_href),
    }
}

/// Values of the author's own as views.
pub(super) fn extras(extras: &[Extra]) -> Vec<ExtraView> {
    let text = |extra: &Extra| match &extra.value {
        // A directive of GraphQL, as it is written there.
        Json::Object(arguments) if extra.name.starts_with('@') => {
            let arguments = arguments.iter().map(|(name, value)| format!("{name}: {value}"));
            format!("({})", arguments.collect::<Vec<_>>().join(", "))
        }
        value => value_text(value),
    };
    let view = |extra: &Extra| {
        let (text, cut) = beginning(text(extra));
        ExtraView { name: extra.name.clone(), text, cut }
    };
    extras.iter().map(view).collect()
}

/// Most bytes of a value of the author's own: it stands on each page that shows what it is said of.
const MOST_EXTRA: usize = 16 * 1024;

/// As much of a text as is shown, and whether that is not all.
fn beginning(mut text: String) -> (String, bool) {
    let cut = text.len() > MOST_EXTRA;
    text.truncate(text.floor_char_boundary(MOST_EXTRA));
    (text, cut)
}

/// A value in one line.
pub(super) fn value_text(value: &Json) -> String {
    match value {
        Json::String(text) if !text.is_empty() => text.clone(),
        other => other.to_string(),
    }
}
