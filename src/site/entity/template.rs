//! The page of a Template: what it asks, what it does, what it gives, and where it is run. Nothing
//! is run or filled in here: expressions are shown as they were written.

use serde::Serialize;

use crate::model::Entity;
use crate::yaml::{Node, Value};

use super::super::Site;

/// Most fields that are shown of one step of the form, and most steps of either sort.
const MAX_SHOWN: usize = 60;
/// Most choices of a field that are named.
const MAX_CHOICES: usize = 12;
/// Most inputs of a step that are named, and their longest value.
const MAX_INPUTS: usize = 5;
const MAX_VALUE: usize = 120;

#[derive(Serialize)]
pub(super) struct TemplateView {
    parameters: Vec<ParameterPage>,
    steps: Vec<StepView>,
    /// Steps that are not shown.
    steps_more: usize,
    outputs: Vec<OutputView>,
    /// Where it is run: on the portal that the settings name.
    run_href: Option<String>,
}

#[derive(Serialize)]
struct ParameterPage {
    title: String,
    description: Option<String>,
    fields: Vec<ParameterView>,
    /// Fields that are not shown.
    more: usize,
}

#[derive(Serialize)]
struct ParameterView {
    name: String,
    title: Option<String>,
    #[serde(rename = "type")]
    value_type: Option<String>,
    required: bool,
    description: Option<String>,
    default: Option<String>,
    choices: Vec<String>,
    choices_more: usize,
    pattern: Option<String>,
    /// The field on whose value it depends whether this one is asked.
    only_with: Option<String>,
}

#[derive(Serialize)]
struct StepView {
    id: String,
    name: String,
    action: String,
    condition: Option<String>,
    each: Option<String>,
    inputs: Vec<Input>,
    inputs_more: usize,
}

#[derive(Serialize)]
struct Input {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct OutputView {
    title: String,
    icon: &'static str,
    condition: Option<String>,
}

impl TemplateView {
    /// How many fields its form has.
    pub(super) fn asked(&self) -> usize {
        self.parameters.iter().map(|page| page.fields.len() + page.more).sum()
    }

    /// How many steps it takes.
    pub(super) fn done(&self) -> usize {
        self.steps.len() + self.steps_more
    }
}

/// A template as its page shows it.
pub(super) fn view(site: &Site<'_>, entity: &Entity) -> TemplateView {
    let pages: Vec<&Node> = match entity.root.at(&["spec", "parameters"]) {
        Some(Node { value: Value::List(items), .. }) => items.iter().collect(),
        Some(node) => vec![node],
        None => Vec::new(),
    };
    let steps = items(entity.root.at(&["spec", "steps"]));
    TemplateView {
        parameters: pages.iter().take(MAX_SHOWN).map(|page| parameter_page(site, page)).collect(),
        steps: steps.iter().enumerate().take(MAX_SHOWN).map(|(index, one)| step(site, index, one)).collect(),
        steps_more: steps.len().saturating_sub(MAX_SHOWN),
        outputs: outputs(site, entity.root.at(&["spec", "output"])),
        run_href: site.settings.backstage.first().map(|portal| {
            let path = format!("{}/{}", entity.reference.namespace, entity.reference.name);
            format!("{portal}/create/templates/{}", crate::base::hosts::encoded(&path))
        }),
    }
}

fn parameter_page(site: &Site<'_>, page: &Node) -> ParameterPage {
    let mut fields = fields_of(page, None);
    // What is asked only if something was answered stands in branches of a dependency.
    for entry in page.get("dependencies").map(Node::entries).unwrap_or_default() {
        let branches = items(entry.value.get("oneOf"));
        for branch in branches.iter().chain([&entry.value]) {
            let more = fields_of(branch, Some(&entry.key));
            fields.extend(more.into_iter().filter(|field| *field.name != *entry.key));
        }
    }
    let more = fields.len().saturating_sub(MAX_SHOWN);
    fields.truncate(MAX_SHOWN);
    ParameterPage {
        title: text(page, "title").unwrap_or_else(|| site.t("Parameters")),
        description: text(page, "description"),
        fields,
        more,
    }
}

fn fields_of(page: &Node, only_with: Option<&str>) -> Vec<ParameterView> {
    let required: Vec<&str> = items(page.get("required")).iter().filter_map(Node::as_str).collect();
    let properties = page.get("properties").map(Node::entries).unwrap_or_default();
    properties.iter().map(|entry| field(&entry.key, &entry.value, &required, only_with)).collect()
}

fn field(name: &str, node: &Node, required: &[&str], only_with: Option<&str>) -> ParameterView {
    let names = items(node.get("enumNames"));
    let choices = items(node.get("enum")).iter().enumerate().filter_map(|(at, choice)| {
        let value = choice.scalar_text()?;
        Some(match names.get(at).and_then(Node::scalar_text).filter(|name| *name != value) {
            Some(name) => format!("{value} ({name})"),
            None => value,
        })
    });
    let mut choices: Vec<String> = choices.collect();
    let choices_more = choices.len().saturating_sub(MAX_CHOICES);
    choices.truncate(MAX_CHOICES);
    let of_items = node.at(&["items", "type"]).and_then(Node::as_str);
    let value_type = text(node, "type").map(|kind| match of_items {
        Some(of) if kind == "array" => format!("array of {of}"),
        _ => kind,
    });
    ParameterView {
        name: name.to_owned(),
        title: text(node, "title"),
        value_type: text(node, "ui:field").or(value_type),
        required: required.contains(&name),
        description: text(node, "description").or_else(|| text(node, "ui:help")),
        default: node.get("default").and_then(Node::scalar_text).map(|value| cut(&value)),
        choices,
        choices_more,
        pattern: text(node, "pattern").map(|pattern| cut(&pattern)),
        only_with: only_with.map(str::to_owned),
    }
}

fn step(site: &Site<'_>, index: usize, step: &Node) -> StepView {
    let id = text(step, "id").unwrap_or_else(|| format!("step-{}", index + 1));
    let inputs = step.get("input").map(Node::entries).unwrap_or_default();
    let inputs = inputs.iter().filter_map(|entry| {
        let value = entry.value.scalar_text().filter(|value| !value.trim().is_empty())?;
        Some(Input { name: entry.key.to_string(), value: cut(&value) })
    });
    let mut inputs: Vec<Input> = inputs.collect();
    let inputs_more = inputs.len().saturating_sub(MAX_INPUTS);
    inputs.truncate(MAX_INPUTS);
    StepView {
        name: text(step, "name")
            .or_else(|| text(step, "id"))
            .unwrap_or_else(|| site.texts().with("Step {n}", &[("n", &(index + 1))])),
        id,
        action: text(step, "action").unwrap_or_default(),
        condition: condition(step),
        each: step.get("each").and_then(Node::scalar_text).map(|each| cut(&each)),
        inputs,
        inputs_more,
    }
}

/// What one gets in the end: links and texts, by their titles.
fn outputs(site: &Site<'_>, output: Option<&Node>) -> Vec<OutputView> {
    let Some(output) = output else { return Vec::new() };
    let of = |key: &str| items(output.get(key));
    let links = of("links").iter().map(|link| OutputView {
        title: text(link, "title").or_else(|| text(link, "url")).unwrap_or_else(|| site.t("Link")),
        icon: if link.get("entityRef").is_some() { "catalog" } else { "link" },
        condition: condition(link),
    });
    let texts = of("text").iter().map(|one| OutputView {
        title: text(one, "title").unwrap_or_else(|| site.t("Text")),
        icon: "file",
        condition: condition(one),
    });
    links.chain(texts).take(MAX_SHOWN).collect()
}

fn condition(node: &Node) -> Option<String> {
    node.get("if").and_then(Node::scalar_text).map(|condition| cut(&condition))
}

fn items(node: Option<&Node>) -> &[Node] {
    node.map(Node::items).unwrap_or_default()
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_str).map(str::to_owned)
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
