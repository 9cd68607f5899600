//! What is inside of API definitions as records: operations, schemas, messages among them, channels
//! and other groups, and fields. A field is one record for an API and a name, however often it
//! stands there; values of enumerations are none.

use rustc_hash::FxHashMap;

use crate::api::Read;
use crate::api::model::{Field, Operation, Part, Shape};
use crate::markdown::plain_text;
use crate::model::Entity;
use crate::routes;
use crate::search::{Kind, Record, Section, Weight};
use crate::site::Error;
use crate::site::api::{has_reference, part_href};
use crate::theme::{Texts, said};

use super::facets::{self, Facet};
use super::{Records, first_line};

/// Most names of fields of an API.
const MAX_FIELDS: usize = 20_000;
/// Deepest field, counted from its schema or operation.
const MAX_DEPTH: usize = 64;
/// Most places of a field that are named.
const MAX_PLACES: usize = 3;

/// An API, as its parts show it.
struct Api<'a> {
    entity: &'a Entity,
    read: &'a Read,
    owner: String,
    base: String,
    /// What its parts are filtered by, but for what they are.
    facets: Vec<Facet>,
}

/// All APIs with something inside, in the order of the catalog.
fn apis<'a>(records: &Records<'a>) -> Vec<Api<'a>> {
    let site = records.site;
    let read = site.apis.iter().filter_map(|api| Some((api.entity, site.apis.read(api.entity)?)));
    read.filter(|(_, read)| has_reference(read))
        .map(|(id, read)| {
            let entity = site.catalog.entity(id);
            let first = records.context.href(&routes::api_reference(&entity.reference));
            let base = first.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
            Api { entity, read, owner: records.owner(entity), base, facets: facets::of_whole(site, entity) }
        })
        .collect()
}

impl Api<'_> {
    fn record(&self) -> Record<'_> {
        Record { context: self.entity.title(), owner: &self.owner, base: &self.base, ..Record::default() }
    }

    /// What a part that is this is filtered by.
    fn facets<'f>(&'f self, is: &'f str) -> Vec<(&'f str, &'f str)> {
        let mut all = facets::views(&self.facets);
        all.push((facets::KIND, is));
        all
    }

    /// The rest of the link to a part, after the folder of the reference.
    fn href(&self, records: &Records<'_>, anchor: &str) -> String {
        let href = part_href(&records.context, self.entity, anchor);
        href.strip_prefix(&self.base).unwrap_or(&href).to_owned()
    }
}

pub(super) fn records(records: &mut Records<'_>) -> Result<(), Error> {
    let apis = apis(records);
    records.builder.begin(Kind::Operation);
    for api in &apis {
        let facets = api.facets("operation");
        for operation in &api.read.reference.operations {
            add_operation(records, api, operation, &facets);
        }
        records.write()?;
    }
    records.builder.begin(Kind::Schema);
    for api in &apis {
        let facets = api.facets("schema");
        for schema in &api.read.reference.schemas {
            let href = api.href(records, &schema.anchor);
            let description = plain_text(schema.shape.description.as_deref().unwrap_or_default());
            let sections = [Section { heading: "", anchor: "", text: &description }];
            let text = first_line(&description);
            // `object` and the like say how it is made, and not what it is.
            let label = records.site.t(if schema.kind == "message" { said("Message") } else { said("Schema") });
            // Without its package it is known as well.
            let short = schema.name.rsplit('.').next().unwrap_or_default();
            let words = [(Weight::Description, text), (Weight::Around, api.entity.title())];
            let names: &[&str] = if short == schema.name { &[] } else { &[short] };
            records.builder.add(&Record {
                label: &label,
                title: &schema.name,
                href: &href,
                text,
                names,
                words: &words,
                sections: &sections,
                facets: &facets,
                ..api.record()
            });
        }
        records.write()?;
    }
    records.builder.begin(Kind::Channel);
    for api in &apis {
        add_groups(records, api);
        records.write()?;
    }
    Ok(())
}

fn add_operation(records: &mut Records<'_>, api: &Api<'_>, operation: &Operation, facets: &[(&str, &str)]) {
    let href = api.href(records, &operation.anchor);
    let title = format!("{} {}", operation.verb, operation.target);
    let summary = operation.summary.as_deref().unwrap_or_default().trim();
    let description = plain_text(operation.description.as_deref().unwrap_or_default());
    let line = first_line(&description);
    let group = api.read.reference.groups.get(operation.group);
    let group = group.map_or("", |group| group.title.as_deref().unwrap_or(&group.name));
    let tags = operation.tags.join(" ");
    let words = [
        (Weight::Heading, summary),
        (Weight::Tag, group),
        (Weight::Tag, &tags),
        (Weight::Around, api.entity.title()),
        (Weight::Description, line),
    ];
    let sections = [Section { heading: "", anchor: "", text: &description }];
    let mut names = vec![operation.target.as_str()];
    names.extend(operation.name.as_deref());
    names.extend(operation.target.rsplit_once('/').map(|(_, method)| method).filter(|_| operation.verb == "rpc"));
    names.extend((!summary.is_empty()).then_some(summary));
    let label = records.site.t("Operation");
    records.builder.add(&Record {
        label: &label,
        title: &title,
        href: &href,
        text: if summary.is_empty() { line } else { summary },
        names: &names,
        words: &words,
        sections: &sections,
        facets,
        ..api.record()
    });
}

fn add_groups(records: &mut Records<'_>, api: &Api<'_>) {
    let facets = api.facets("channel");
    for group in api.read.reference.groups.iter().filter(|group| !group.name.is_empty()) {
        let href = api.href(records, &group.anchor);
        let description = plain_text(group.description.as_deref().unwrap_or_default());
        let sections = [Section { heading: "", anchor: "", text: &description }];
        let text = first_line(&description);
        let title = group.title.as_deref().unwrap_or(&group.name);
        let label = records.site.t(if group.kind.is_empty() { said("Group") } else { group.kind });
        let words = [(Weight::Description, text), (Weight::Around, api.entity.title())];
        let names = [group.name.as_str()];
        records.builder.add(&Record {
            label: &label,
            title,
            href: &href,
            text,
            names: &names,
            words: &words,
            sections: &sections,
            facets: &facets,
            ..api.record()
        });
    }
}

/// The fields of all APIs.
pub(super) fn fields(records: &mut Records<'_>) -> Result<(), Error> {
    records.builder.begin(Kind::Field);
    let (site, label) = (records.site, records.site.t("Field"));
    for api in &apis(records) {
        let facets = api.facets("field");
        let mut fields = Fields::default();
        for schema in &api.read.reference.schemas {
            let short = schema.name.rsplit('.').next().unwrap_or_default();
            fields.shape(&Owner { anchor: &schema.anchor, name: short }, &schema.shape, 0);
        }
        for operation in &api.read.reference.operations {
            let name = format!("{} {}", operation.verb, operation.target);
            fields.parts(&Owner { anchor: &operation.anchor, name: &name }, &operation.parts, 0);
        }
        for found in &fields.found {
            let href = api.href(records, found.anchor);
            let text = found.text(site.texts());
            let words = [(Weight::Description, found.description), (Weight::Around, api.entity.title())];
            records.builder.add(&Record {
                label: &label,
                title: found.name,
                href: &href,
                text: &text,
                words: &words,
                facets: &facets,
                ..api.record()
            });
        }
        records.write()?;
    }
    Ok(())
}

/// The schema or operation that fields stand in.
struct Owner<'a, 'n> {
    anchor: &'a str,
    name: &'n str,
}

/// A name of fields.
struct Found<'a> {
    name: &'a str,
    description: &'a str,
    /// Where it stands first.
    anchor: &'a str,
    places: Vec<String>,
    count: usize,
}

impl Found<'_> {
    /// Where it stands.
    fn text(&self, texts: &Texts) -> String {
        let named = self.places.join(", ");
        let more = self.count - self.places.len();
        let places = match more {
            0 => texts.with("in {places}", &[("places", &named)]),
            _ => texts.with("in {places} and {n} more", &[("places", &named), ("n", &more)]),
        };
        if self.description.is_empty() { places } else { format!("{places}: {}", self.description) }
    }
}

/// The names of fields of an API, each once.
#[derive(Default)]
struct Fields<'a> {
    by_name: FxHashMap<&'a str, usize>,
    found: Vec<Found<'a>>,
}

impl<'a> Fields<'a> {
    fn parts(&mut self, owner: &Owner<'a, '_>, parts: &'a [Part], depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for part in parts {
            part.fields.iter().for_each(|field| self.field(owner, field, depth));
            part.bodies.iter().filter_map(|body| body.shape.as_ref()).for_each(|shape| self.shape(owner, shape, depth));
            self.parts(owner, &part.parts, depth + 1);
        }
    }

    fn shape(&mut self, owner: &Owner<'a, '_>, shape: &'a Shape, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        shape.fields.iter().for_each(|field| self.field(owner, field, depth));
        let options = shape.choices.iter().flat_map(|choices| &choices.options);
        options.for_each(|option| self.shape(owner, &option.shape, depth + 1));
    }

    fn field(&mut self, owner: &Owner<'a, '_>, field: &'a Field, depth: usize) {
        if !field.any_name && field.name.chars().any(char::is_alphabetic) {
            self.note(owner, field);
        }
        self.shape(owner, &field.shape, depth + 1);
        field.arguments.iter().for_each(|argument| self.field(owner, argument, depth + 1));
    }

    fn note(&mut self, owner: &Owner<'a, '_>, field: &'a Field) {
        let Some(&at) = self.by_name.get(field.name.as_str()) else {
            if self.found.len() < MAX_FIELDS {
                self.by_name.insert(&field.name, self.found.len());
                self.found.push(Found {
                    name: &field.name,
                    description: first_line(field.shape.description.as_deref().unwrap_or_default()),
                    anchor: owner.anchor,
                    places: vec![owner.name.to_owned()],
                    count: 1,
                });
            }
            return;
        };
        let found = &mut self.found[at];
        if found.places.iter().any(|place| place == owner.name) {
            return;
        }
        found.count += 1;
        if found.places.len() < MAX_PLACES {
            found.places.push(owner.name.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, shape: Shape) -> Field {
        Field { name: name.to_owned(), shape, ..Field::default() }
    }

    #[test]
    fn a_field_is_found_once_with_the_places_it_stands_in() {
        let inner = Shape { fields: vec![field("currency", Shape::default())], ..Shape::default() };
        let shape = Shape { fields: vec![field("amount", inner), field("[0]", Shape::default())], ..Shape::default() };
        let mut fields = Fields::default();
        for name in ["Order", "Refund", "Charge", "Payout"] {
            fields.shape(&Owner { anchor: name, name }, &shape, 0);
        }
        let names: Vec<&str> = fields.found.iter().map(|found| found.name).collect();
        assert_eq!(names, ["amount", "currency"]);
        assert_eq!(fields.found[1].text(&Texts::default()), "in Order, Refund, Charge and 1 more");
        assert_eq!(fields.found[1].anchor, "Order");
    }
}
