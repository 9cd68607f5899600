//! The search of a site: its page, and the records of the index from catalog, docs and definitions.
//! A record is made, given away and forgotten; texts are not copied.

mod apis;
mod docs;
mod facets;

pub(super) use facets::near;

use serde::Serialize;

use crate::markdown::plain_text;
use crate::model::{Entity, RelationId};
use crate::routes;
use crate::search::{Builder, File, Kind, Record, Section, Weight};

use crate::theme::said;

use super::context::{Context, description, icon};
use super::lists::{common, plural};
use super::{Error, Site};

#[derive(Serialize)]
struct Body {
    heading: String,
    total: u32,
    lists: Vec<ListWay>,
}

#[derive(Serialize)]
struct ListWay {
    title: String,
    icon: String,
    count: usize,
    href: String,
}

/// The index and the page that searches it.
pub(super) fn files(site: &Site<'_>) -> Result<(), Error> {
    let mut records =
        Records { site, context: Context::new(site, routes::SEARCH), builder: Builder::new(&site.texts().language) };
    records.builder.begin(Kind::Entity);
    for entity in &site.catalog.entities {
        records.entity(entity);
        records.write()?;
    }
    apis::records(&mut records)?;
    docs::records(&mut records)?;
    docs::own_pages(&mut records)?;
    apis::fields(&mut records)?;
    let index = records.builder.finish();
    index.files.into_iter().try_for_each(|file| put(site, file))?;
    site.put(routes::SEARCH_DIRECTORY.to_owned(), index.directory.into_bytes())?;
    page(site, index.total)
}

fn put(site: &Site<'_>, file: File) -> Result<(), Error> {
    site.put(routes::search_file(&file.name), file.text.into_bytes())
}

fn page(site: &Site<'_>, total: u32) -> Result<(), Error> {
    let context = Context::new(site, routes::SEARCH);
    let known = site.index.kind_counts.iter().filter(|(_, count)| *count > 0);
    let mut lists: Vec<ListWay> = known
        .map(|(id, count)| {
            let kind = site.catalog.kinds.get(*id);
            let href = context.href(&routes::list(Some(&kind.name), 1));
            ListWay { title: site.t(&plural(kind)), icon: icon(&kind.name), count: *count, href }
        })
        .collect();
    let sites = site.docs.sites.len();
    if sites > 0 {
        let (title, icon) = (site.t("Documentation"), "docs".to_owned());
        lists.push(ListWay { title, icon, count: sites, href: super::docs::HOME.to_owned() });
    }
    lists.extend(
        super::api::facet(&context, None).options.into_iter().filter(|option| option.count > 0).map(|option| ListWay {
            title: option.label,
            icon: "api".to_owned(),
            count: option.count,
            href: option.href,
        }),
    );
    // From A to Z.
    let shelves = &site.index.shelves;
    for (title, name, icon, count) in
        [(said("Owners"), "owners", "owner", shelves.owners.len()), (said("Tags"), "tags", "tag", shelves.tags.len())]
    {
        if count > 0 {
            let href = context.href(&routes::shelves(name, 1));
            lists.push(ListWay { title: site.t(title), icon: icon.to_owned(), count, href });
        }
    }
    let body = Body { heading: site.t("Search"), total, lists };
    let common = common(routes::SEARCH, site.t("Search"), "search", None);
    site.put(routes::SEARCH.to_owned(), site.theme.render("search.html", &common, &body)?)
}

/// What records are made with.
struct Records<'a> {
    site: &'a Site<'a>,
    context: Context<'a>,
    builder: Builder,
}

impl<'a> Records<'a> {
    /// Gives away the files that are ready.
    fn write(&mut self) -> Result<(), Error> {
        self.builder.take().into_iter().try_for_each(|file| put(self.site, file))
    }

    fn entity(&mut self, entity: &Entity) {
        let reference = &entity.reference;
        let path = self.context.href(&routes::entity_page(reference));
        let (base, href) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
        let label = self.context.kind_label(&reference.kind);
        let owner = self.owner(entity);
        let system = self.title_of(entity, RelationId::PART_OF);
        let description = description(entity).unwrap_or_default();
        let tags: Vec<&str> = entity.tags().collect();
        let tags = tags.join(" ");
        let full = reference.key();
        let facets = facets::of_entity(self.site, entity);
        let facets = facets::views(&facets);
        let words = [
            (Weight::Tag, tags.as_str()),
            (Weight::Around, &owner),
            (Weight::Around, &system),
            (Weight::Around, &label),
            (Weight::Around, called(&reference.kind)),
            (Weight::Around, entity.spec_type().unwrap_or_default()),
            (Weight::Around, entity.lifecycle().unwrap_or_default()),
            (Weight::Around, &reference.namespace),
            (Weight::Description, &description),
        ];
        let text = plain_text(entity.description().unwrap_or_default());
        let sections = [Section { heading: "", anchor: "", text: &text }];
        self.builder.add(&Record {
            label: &label,
            title: entity.title(),
            context: &system,
            owner: &owner,
            base,
            href,
            text: "",
            names: &[&reference.name],
            keys: &[&full],
            words: &words,
            sections: &sections,
            facets: &facets,
        });
    }

    /// The title of the owner of an entity, or the name where it is not in view.
    fn owner(&self, entity: &Entity) -> String {
        self.title_of(entity, RelationId::OWNED_BY)
    }

    fn title_of(&self, entity: &Entity, relation: RelationId) -> String {
        self.context.targets(entity.id, relation).into_iter().next().map_or_else(String::new, |link| link.title)
    }
}

/// What people call a kind of entity in a query.
fn called(kind: &str) -> &'static str {
    match kind {
        "group" => "team",
        "user" => "person",
        _ => "",
    }
}

/// The first line of a Markdown text that says something.
fn first_line(text: &str) -> &str {
    text.lines().map(str::trim).find(|line| line.chars().any(char::is_alphanumeric)).unwrap_or("")
}
