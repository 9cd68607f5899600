//! `catalog api list`

use serde::Serialize;

use crate::api::{Apis, Family, State};
use crate::base::suggest;
use crate::graph::Graph;
use crate::model::{Catalog, Context, Entity, EntityRef};

use super::super::count;
use super::table::table;
use super::{Look, VERSION, owner, short};

/// Which APIs are listed: all of them where nothing is set.
#[derive(Debug, Default)]
pub struct Filter {
    /// A reference to the owner, or the name in it.
    pub owner: Option<String>,
    /// `spec.type`.
    pub spec_type: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
}

/// `catalog api list --format json`.
#[derive(Debug, Serialize)]
pub struct List {
    version: u32,
    apis: Vec<Entry>,
    /// How many there are without a filter, and why none is left, for people.
    #[serde(skip)]
    all: usize,
    #[serde(skip)]
    advice: Option<String>,
}

/// An API in the list.
#[derive(Debug, Serialize)]
struct Entry {
    #[serde(rename = "ref")]
    reference: String,
    title: String,
    /// `spec.type`.
    #[serde(rename = "type")]
    spec_type: Option<String>,
    /// `null` where the definition is not in view.
    format: Option<String>,
    #[serde(rename = "apiVersion")]
    api_version: Option<String>,
    owner: Option<String>,
    lifecycle: Option<String>,
    operations: usize,
    schemas: usize,
    /// Where the definition is, when it is not in view.
    #[serde(rename = "notFetched")]
    not_fetched: Option<String>,
    /// Whether operations are known of this format at all.
    #[serde(skip)]
    is_read: bool,
}

impl Entry {
    fn new(entity: &Entity, catalog: &Catalog, graph: &Graph, apis: &Apis) -> Self {
        let (read, not_fetched) = match apis.of(entity.id).map(|api| &api.state) {
            Some(State::Read(read)) => (Some(read), None),
            Some(State::NotFetched(url)) => (None, Some(url.clone())),
            None => (None, None),
        };
        Self {
            reference: entity.key(),
            title: entity.title().to_owned(),
            spec_type: entity.spec_type().map(str::to_owned),
            format: read.map(|read| read.definition.format.clone()),
            api_version: read.and_then(|read| read.definition.version.clone()),
            owner: owner(entity, catalog, graph),
            lifecycle: entity.lifecycle().map(str::to_owned),
            operations: read.map_or(0, |read| read.reference.operations.len()),
            schemas: read.map_or(0, |read| read.reference.schemas.len()),
            not_fetched,
            is_read: read.is_some_and(|read| read.definition.family != Family::Other),
        }
    }

    fn row(&self) -> [String; 5] {
        let what = match (&self.not_fetched, &self.format) {
            (Some(url), _) => format!("not fetched: {url}"),
            (None, None) => "no definition".to_owned(),
            (None, Some(_)) if !self.is_read => "source only".to_owned(),
            (None, Some(_)) => format!("{}, {}", count(self.operations, "operation"), count(self.schemas, "schema")),
        };
        [
            short(&self.reference),
            self.format.clone().or_else(|| self.spec_type.clone()).unwrap_or_default(),
            self.api_version.clone().unwrap_or_default(),
            self.owner.as_deref().map_or_else(|| "no owner".to_owned(), short),
            what,
        ]
    }
}

impl Filter {
    fn takes(&self, entry: &Entry) -> bool {
        let same = |asked: &Option<String>, value: &Option<String>| {
            asked.as_ref().is_none_or(|asked| value.as_ref().is_some_and(|value| value.eq_ignore_ascii_case(asked)))
        };
        same(&self.spec_type, &entry.spec_type)
            && same(&self.lifecycle, &entry.lifecycle)
            && self.owner.as_ref().is_none_or(|asked| entry.owner.as_ref().is_some_and(|owner| is_owner(asked, owner)))
    }

    /// What may have been meant, where nothing is left.
    fn advice(&self, all: &[Entry]) -> Option<String> {
        let owner = |entry: &Entry| entry.owner.as_deref().map(|owner| name(owner).to_owned());
        let sorts: [(&str, &Option<String>, &dyn Fn(&Entry) -> Option<String>); 3] = [
            ("owner", &self.owner, &owner),
            ("type", &self.spec_type, &|entry| entry.spec_type.clone()),
            ("lifecycle", &self.lifecycle, &|entry| entry.lifecycle.clone()),
        ];
        sorts.into_iter().find_map(|(what, asked, of)| {
            let asked = asked.as_ref()?;
            let mut have: Vec<String> = all.iter().filter_map(of).collect();
            have.sort_unstable();
            have.dedup();
            if have.iter().any(|one| one.eq_ignore_ascii_case(name(asked))) {
                return None;
            }
            let near = suggest::nearest(name(asked), have.iter().map(String::as_str));
            Some(match near {
                Some(near) => format!("no API has the {what} `{asked}`; did you mean `{near}`?"),
                None if have.is_empty() || have.len() > 10 => format!("no API has the {what} `{asked}`"),
                None => format!("no API has the {what} `{asked}`: there is {}", have.join(", ")),
            })
        })
    }
}

/// The name in a reference.
fn name(reference: &str) -> &str {
    reference.rsplit([':', '/']).next().unwrap_or(reference)
}

/// Whether an owner is the one that was asked for: by its reference, or by its name alone.
fn is_owner(asked: &str, owner: &str) -> bool {
    if !asked.contains([':', '/']) {
        return name(owner).eq_ignore_ascii_case(asked);
    }
    let context = Context { kind: Some("Group"), namespace: None };
    EntityRef::parse(asked, context).is_ok_and(|asked| asked.key() == owner)
}

/// The APIs of a catalog.
pub fn list(catalog: &Catalog, graph: &Graph, apis: &Apis, filter: &Filter) -> List {
    let entities = catalog.entities.iter().filter(|entity| entity.reference.kind == "API");
    let entries: Vec<Entry> = entities.map(|entity| Entry::new(entity, catalog, graph, apis)).collect();
    let all = entries.len();
    let advice = if entries.iter().any(|entry| filter.takes(entry)) { None } else { filter.advice(&entries) };
    let apis = entries.into_iter().filter(|entry| filter.takes(entry)).collect();
    List { version: VERSION, apis, all, advice }
}

impl List {
    /// Why nothing is listed.
    pub fn nothing(&self) -> Option<String> {
        if !self.apis.is_empty() {
            return None;
        }
        Some(match (&self.advice, self.all) {
            (_, 0) => "there are no APIs here".to_owned(),
            (Some(advice), _) => advice.clone(),
            (None, all) => format!("none of the {} is all of that", count(all, "API")),
        })
    }
}

/// The list as a table.
pub fn list_text(list: &List, look: Look) -> String {
    if list.apis.is_empty() {
        return String::new();
    }
    let head = ["API", "FORMAT", "VERSION", "OWNER", "DEFINITION"].map(str::to_owned);
    let rows: Vec<[String; 5]> = std::iter::once(head).chain(list.apis.iter().map(Entry::row)).collect();
    let text = table(&rows, ["", "", "", "", ""], 0, look);
    // The heads of the columns alone are pale.
    match text.split_once('\n') {
        Some((head, rest)) => format!("{}\n{rest}", look.paint(head, "2")),
        None => text,
    }
}
