//! Operations, groups, schemas, servers and schemes as views.

use crate::api::model::{Body, Example, Group, Operation, Part, Requirement, Scheme, Server, Side};
use crate::api::{Reference, User, Uses};
use crate::base::Place;
use crate::site::ThemeError;
use crate::site::context::Context;
use crate::site::theme::Theme;

use super::heads::{Heads, Known};
use super::shapes::Trees;
use super::slots::mark;
use super::texts::Texts;
use super::views::{
    CallbackView, GroupView, Named, NeedView, OperationView, Panel, PartView, RelatedView, SchemaView, SchemeView,
    ScopeView, ServerView, Tab, extras, facts,
};

/// Most users of a schema that are named.
const MOST_USERS: usize = 30;

/// What all parts of a reference are made from.
pub(super) struct Shared<'a> {
    pub(super) context: Context<'a>,
    pub(super) reference: &'a Reference,
    pub(super) texts: &'a Texts<'a>,
    pub(super) uses: &'a Uses,
    pub(super) known: &'a Known,
}

/// Makes views, on one thread.
pub(super) struct Maker<'a> {
    pub(super) shared: &'a Shared<'a>,
    heads: Heads<'a>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(shared: &'a Shared<'a>, theme: &'a Theme) -> Result<Self, ThemeError> {
        Ok(Self { shared, heads: Heads::new(theme, shared.reference, shared.texts, shared.known)? })
    }

    pub(super) fn heads(&self) -> &Heads<'a> {
        &self.heads
    }

    fn trees(&self) -> Trees<'_, 'a> {
        Trees::new(self)
    }

    fn parts(&self, parts: &'a [Part]) -> Vec<PartView> {
        let mut trees = self.trees();
        parts.iter().map(|part| trees.part(part)).collect()
    }

    /// An operation; one that is called back stands inside of another.
    pub(super) fn operation(&self, operation: &'a Operation, inner: bool) -> OperationView {
        let mut trees = self.trees();
        let mut side =
            |side: Side| operation.parts.iter().filter(|part| part.side == side).map(|part| trees.part(part)).collect();
        let (inputs, outputs) = (side(Side::In), side(Side::Out));
        OperationView {
            anchor: operation.anchor.clone(),
            verb: operation.verb.clone(),
            verb_class: verb_class(&operation.verb),
            target: operation.target.clone(),
            title: title(operation).to_owned(),
            name: operation.name.clone().filter(|name| name != title(operation)),
            text_html: self.shared.texts.html(operation.description.as_deref()),
            tags: operation.tags.clone(),
            marks: operation.marks.clone(),
            deprecated: operation.deprecated.clone(),
            facts: facts(&operation.facts),
            security: operation.security.as_ref().map(|security| self.security(security)),
            servers: self.servers(&operation.servers),
            inputs,
            outputs,
            callbacks: operation
                .callbacks
                .iter()
                .map(|callback| CallbackView {
                    name: callback.name.clone(),
                    operations: callback.operations.iter().map(|inner| self.operation(inner, true)).collect(),
                })
                .collect(),
            panels: self.panels(operation),
            extras: extras(&operation.extras),
            source: self.source(operation.place),
            source_text: None,
            inner,
        }
    }

    /// The boxes beside an operation: how to call it, what to send, what comes back.
    fn panels(&self, operation: &Operation) -> Vec<Panel> {
        let samples = operation.samples.iter().map(|sample| Tab {
            label: sample.title.clone(),
            html: Some(self.shared.texts.code(&sample.text, &sample.language)),
            text_html: None,
            href: None,
            generated: false,
        });
        let of_side = |side: Side| {
            let parts: Vec<&Part> = operation.parts.iter().filter(|part| part.side == side).collect();
            parts.iter().flat_map(|part| self.tabs(part, parts.len() > 1)).collect()
        };
        let (sent, back) = match operation.verb.as_str() {
            "send" | "receive" | "publish" | "subscribe" => ("Message", "Reply"),
            "query" | "mutation" | "subscription" => ("Variables", "Result"),
            _ => ("Request", "Response"),
        };
        let panels = [
            ("call", "Call it", samples.collect()),
            ("in", sent, of_side(Side::In)),
            ("out", back, of_side(Side::Out)),
        ];
        let panel = |(id, title, tabs): (&str, &str, Vec<Tab>)| Panel {
            id: format!("{}-{id}", operation.anchor),
            title: title.to_owned(),
            tabs,
        };
        panels.into_iter().map(panel).filter(|panel| !panel.tabs.is_empty()).collect()
    }

    /// The examples of a part and of its parts.
    fn tabs(&self, part: &Part, several: bool) -> Vec<Tab> {
        let name = part.name.as_deref().filter(|_| several);
        // What is made for failures is the same for all operations, and nobody writes code from it.
        let is_failure = matches!(part.tone, "client-error" | "server-error");
        let mut tabs: Vec<Tab> = part
            .bodies
            .iter()
            .flat_map(|body| self.body_tabs(body, name, part.bodies.len() > 1))
            .filter(|tab| !(is_failure && tab.generated))
            .collect();
        tabs.extend(part.parts.iter().flat_map(|inner| self.tabs(inner, true)));
        tabs
    }

    fn body_tabs(&self, body: &Body, part: Option<&str>, several: bool) -> Vec<Tab> {
        let media = body.media.as_deref().filter(|_| several);
        let tab = |example: &Example| {
            let own = example.name.as_deref().or(example.summary.as_deref()).filter(|_| body.examples.len() > 1);
            let label = [part, media, own].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let mut tab = example_tab(example, self.shared.texts);
            tab.label = match label.is_empty() {
                false => label,
                true => example.name.clone().or_else(|| body.media.clone()).unwrap_or_else(|| "Example".to_owned()),
            };
            tab
        };
        body.examples.iter().map(tab).collect()
    }

    /// A group.
    pub(super) fn group(&self, group: &'a Group) -> GroupView {
        let mut trees = self.trees();
        let tabs: Vec<Tab> = group.parts.iter().flat_map(|part| self.tabs(part, group.parts.len() > 1)).collect();
        GroupView {
            anchor: group.anchor.clone(),
            kind: group.kind,
            section: group.section.clone(),
            title: group.title.clone().unwrap_or_else(|| group.name.clone()),
            name: group.title.as_ref().filter(|title| **title != group.name).map(|_| group.name.clone()),
            text_html: self.shared.texts.html(group.description.as_deref()),
            deprecated: group.deprecated.clone(),
            parent: group.parent.and_then(|parent| self.shared.reference.groups.get(parent)).map(|parent| Named {
                title: parent.title.clone().unwrap_or_else(|| parent.name.clone()),
                href: mark(&parent.anchor),
            }),
            facts: facts(&group.facts),
            parts: group.parts.iter().map(|part| trees.part(part)).collect(),
            panels: if tabs.is_empty() {
                Vec::new()
            } else {
                vec![Panel { id: format!("{}-in", group.anchor), title: "Message".to_owned(), tabs }]
            },
            extras: extras(&group.extras),
        }
    }

    /// A schema with a name.
    pub(super) fn schema(&self, id: usize) -> SchemaView {
        let schema = &self.shared.reference.schemas[id];
        let mut trees = self.trees();
        let (inside, continued) = trees.whole(&schema.shape, Some(id));
        let users = self.shared.uses.users(id);
        let tabs: Vec<Tab> = schema.examples.iter().map(|example| example_tab(example, self.shared.texts)).collect();
        let label = |mut tab: Tab| {
            if tab.label.is_empty() {
                "Example".clone_into(&mut tab.label);
            }
            tab
        };
        SchemaView {
            anchor: schema.anchor.clone(),
            name: schema.name.clone(),
            kind: schema.kind.clone(),
            section: schema.section.clone(),
            shape: self.heads.shape(&schema.shape, true),
            inside,
            continued,
            facts: facts(&schema.facts),
            related: schema
                .related
                .iter()
                .map(|(label, ids)| RelatedView {
                    label,
                    schemas: ids.iter().map(|&id| self.heads.named(id)).collect(),
                })
                .collect(),
            parts: self.parts(&schema.parts),
            panels: if tabs.is_empty() {
                Vec::new()
            } else {
                let tabs = tabs.into_iter().map(label).collect();
                vec![Panel { id: format!("{}-example", schema.anchor), title: "Example".to_owned(), tabs }]
            },
            used_in: users.iter().take(MOST_USERS).filter_map(|user| self.user(*user)).collect(),
            used_more: users.len().saturating_sub(MOST_USERS),
            source: self.source(schema.place).map(|source| source.href),
            source_text: None,
        }
    }

    fn user(&self, user: User) -> Option<Named> {
        let named = |title: &str, anchor: &str| Named { title: title.to_owned(), href: mark(anchor) };
        Some(match user {
            User::Operation(at) => {
                let operation = self.shared.reference.operations.get(at)?;
                named(&format!("{} {}", operation.verb, operation.target), &operation.anchor)
            }
            User::Group(at) => self.shared.reference.groups.get(at).map(|group| named(&group.name, &group.anchor))?,
            User::Schema(at) => {
                self.shared.reference.schemas.get(at).map(|schema| named(&schema.name, &schema.anchor))?
            }
        })
    }

    /// Servers.
    pub(super) fn servers(&self, servers: &'a [Server]) -> Vec<ServerView> {
        let view = |server: &'a Server| ServerView {
            name: server.name.clone(),
            url: server.url.clone(),
            text_html: self.shared.texts.html(server.description.as_deref()),
            variables: self.trees().fields_alone(&server.variables),
            facts: facts(&server.facts),
            security: self.security(&server.security),
            parts: self.parts(&server.parts),
            extras: extras(&server.extras),
        };
        servers.iter().map(view).collect()
    }

    /// Ways to authenticate.
    pub(super) fn schemes(&self) -> Vec<SchemeView> {
        let scope = |(name, text): &(String, String)| ScopeView {
            name: name.clone(),
            text_html: self.shared.texts.html(Some(text)),
        };
        let view = |scheme: &Scheme| SchemeView {
            id: scheme_id(&scheme.name),
            name: scheme.name.clone(),
            kind: scheme.kind.clone(),
            text_html: self.shared.texts.html(scheme.description.as_deref()),
            facts: facts(&scheme.facts),
            scopes: scheme.scopes.iter().map(scope).collect(),
            deprecated: scheme.deprecated,
            extras: extras(&scheme.extras),
        };
        self.shared.reference.schemes.iter().map(view).collect()
    }

    /// What is needed: one of several sets.
    pub(super) fn security(&self, requirements: &[Requirement]) -> Vec<Vec<NeedView>> {
        let need = |need: &crate::api::model::Need| NeedView {
            scheme: need.scheme.clone(),
            href: self
                .shared
                .reference
                .schemes
                .iter()
                .any(|scheme| scheme.name == need.scheme)
                .then(|| mark(&scheme_id(&need.scheme))),
            scopes: need.scopes.clone(),
        };
        requirements.iter().map(|all| all.iter().map(need).collect()).collect()
    }

    /// Where something is written, as a link to its host.
    fn source(&self, place: Option<Place>) -> Option<Named> {
        let href = self.shared.context.place_url(place?)?;
        Some(Named { title: "Source".to_owned(), href })
    }
}

/// The anchor of a way to authenticate.
pub(super) fn scheme_id(name: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '.') { c } else { '-' };
    format!("security-{}", name.chars().map(safe).collect::<String>())
}

/// What an operation is called on a page.
pub(super) fn title(operation: &Operation) -> &str {
    let named = operation.summary.as_deref().or(operation.name.as_deref());
    named.map(str::trim).filter(|title| !title.is_empty()).unwrap_or(&operation.target)
}

/// An example as a tab, named as the author named it.
pub(super) fn example_tab(example: &Example, texts: &Texts<'_>) -> Tab {
    // A summary without a name is the label.
    let summary = example.summary.as_deref().filter(|_| example.name.is_some());
    let text = [summary, example.description.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    let text = (!text.is_empty()).then_some(text);
    let html =
        (!example.text.is_empty() || example.external.is_none()).then(|| texts.code(&example.text, example.language));
    let href = example.external.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    Tab {
        label: example.name.clone().or_else(|| example.summary.clone()).unwrap_or_default(),
        html,
        text_html: texts.html(text.as_deref().or(example.external.as_deref().filter(|_| href.is_none()))),
        href,
        generated: example.generated,
    }
}

/// The class that a verb's colour goes by.
pub(super) fn verb_class(verb: &str) -> &'static str {
    match verb.to_ascii_lowercase().as_str() {
        "get" | "head" | "options" | "query" | "trace" => "is-read",
        "post" | "send" | "publish" | "mutation" => "is-write",
        "put" | "patch" => "is-change",
        "delete" => "is-delete",
        "receive" | "subscribe" | "subscription" => "is-receive",
        _ => "is-call",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::NoMemo;

    #[test]
    fn the_summary_of_an_example_is_its_label_or_stands_above_it() {
        let example = |name: Option<&str>, description: Option<&str>| Example {
            name: name.map(str::to_owned),
            summary: Some("At dawn".to_owned()),
            description: description.map(str::to_owned),
            text: "1".to_owned(),
            ..Example::default()
        };
        let texts = Texts::new(&NoMemo);
        let tab = |name, description| example_tab(&example(name, description), &texts);
        assert_eq!((tab(None, None).label, tab(None, None).text_html), ("At dawn".to_owned(), None));
        let named = tab(Some("first"), Some("On the quay"));
        assert_eq!(named.label, "first");
        let text = named.text_html.unwrap();
        assert!(text.contains("<p>At dawn</p>") && text.contains("<p>On the quay</p>"), "{text}");
    }
}
