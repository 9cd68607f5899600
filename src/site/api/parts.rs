//! Operations, groups, schemas, servers and schemes as views.

use crate::api::model::{Body, Example, Group, Operation, Part, Requirement, Scheme, Server, Side};
use crate::api::{Reference, User, Uses};
use crate::base::Place;
use crate::site::ThemeError;
use crate::site::context::Context;
use crate::site::theme::Theme;
use crate::theme::said;

use super::examples;
use super::heads::{Heads, Known};
use super::inner_links::Intro;
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
    pub(super) intro: &'a Intro,
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
            cut: false,
        });
        let of_side = |side: Side| {
            let parts: Vec<&Part> = operation.parts.iter().filter(|part| part.side == side).collect();
            self.tabs_of(&parts)
        };
        let (sent, back) = match operation.verb.as_str() {
            "send" | "receive" | "publish" | "subscribe" => (said("Message"), said("Reply")),
            "query" | "mutation" | "subscription" => (said("Variables"), said("Result")),
            _ => (said("Request"), said("Response")),
        };
        let panels = [
            ("call", said("Call it"), samples.collect()),
            ("in", sent, of_side(Side::In)),
            ("out", back, of_side(Side::Out)),
        ];
        let panel = |(id, title, tabs): (&str, &str, Vec<Tab>)| Panel {
            id: format!("{}-{id}", operation.anchor),
            title: self.shared.context.site.t(title),
            tabs,
        };
        panels.into_iter().map(panel).filter(|panel| !panel.tabs.is_empty()).collect()
    }

    /// The examples of parts that stand in one box.
    fn tabs_of(&self, parts: &[&Part]) -> Vec<Tab> {
        let most = examples::share(parts.iter().map(|part| count(part)).sum());
        parts.iter().flat_map(|part| self.tabs(part, parts.len() > 1, most)).collect()
    }

    /// The examples of a part and of its parts.
    fn tabs(&self, part: &Part, several: bool, most: usize) -> Vec<Tab> {
        let name = part.name.as_deref().filter(|_| several);
        // What is made for failures is the same for all operations, and nobody writes code from it.
        let is_failure = matches!(part.tone, "client-error" | "server-error");
        let mut tabs: Vec<Tab> = part
            .bodies
            .iter()
            .flat_map(|body| self.body_tabs(body, name, part.bodies.len() > 1, most))
            .filter(|tab| !(is_failure && tab.generated))
            .collect();
        tabs.extend(part.parts.iter().flat_map(|inner| self.tabs(inner, true, most)));
        tabs
    }

    fn body_tabs(&self, body: &Body, part: Option<&str>, several: bool, most: usize) -> Vec<Tab> {
        let media = body.media.as_deref().filter(|_| several);
        let tab = |example: &Example| {
            let own = examples::name(example).filter(|_| body.examples.len() > 1 || !example.generated);
            let label = [part, media, own].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let mut tab = examples::tab(example, self.shared.texts, most);
            tab.label = match label.is_empty() {
                false => label,
                true => body.media.clone().unwrap_or_else(|| self.shared.context.site.t("Example")),
            };
            tab
        };
        // A form without fields is made to nothing, which a box need not say.
        let is_empty = |example: &&Example| example.generated && example.text.is_empty();
        body.examples.iter().filter(|example| !is_empty(example)).map(tab).collect()
    }

    /// A group.
    pub(super) fn group(&self, group: &'a Group) -> GroupView {
        let mut trees = self.trees();
        let tabs = self.tabs_of(&group.parts.iter().collect::<Vec<_>>());
        GroupView {
            anchor: group.anchor.clone(),
            kind: self.shared.context.site.t(group.kind),
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
                vec![Panel { id: format!("{}-in", group.anchor), title: self.shared.context.site.t("Message"), tabs }]
            },
            extras: extras(&group.extras),
        }
    }

    /// A schema with a name.
    pub(super) fn schema(&self, id: usize) -> SchemaView {
        let schema = &self.shared.reference.schemas[id];
        let mut trees = self.trees();
        let tree = trees.schema(id);
        let users = self.shared.uses.users(id);
        let most = examples::share(schema.examples.len());
        let tabs: Vec<Tab> =
            schema.examples.iter().map(|example| examples::tab(example, self.shared.texts, most)).collect();
        let label = |mut tab: Tab| {
            if tab.label.is_empty() {
                tab.label = self.shared.context.site.t("Example");
            }
            tab
        };
        SchemaView {
            anchor: schema.anchor.clone(),
            name: schema.name.clone(),
            kind: schema.kind.clone(),
            section: schema.section.clone(),
            shape: self.heads.shape(&schema.shape, true),
            tree,
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
                vec![Panel {
                    id: format!("{}-example", schema.anchor),
                    title: self.shared.context.site.t("Example"),
                    tabs,
                }]
            },
            used_in: users.iter().take(MOST_USERS).filter_map(|user| self.user(*user)).collect(),
            used_more: users.len().saturating_sub(MOST_USERS),
            source: self.source(schema.place).map(|source| source.href),
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
        Some(Named { title: self.shared.context.site.t("Source"), href })
    }
}

/// How many examples a part has.
fn count(part: &Part) -> usize {
    part.bodies.iter().map(|body| body.examples.len()).sum::<usize>() + part.parts.iter().map(count).sum::<usize>()
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

/// What stands beside the target of an operation in a list, where it says more than that: the name of
/// a remote procedure is the end of its path.
pub(super) fn row_title(operation: &Operation) -> Option<String> {
    let title = title(operation);
    let is_said = operation.target.strip_suffix(title).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    (!is_said).then(|| title.to_owned())
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
