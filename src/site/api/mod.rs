//! The reference of an API: its definition as pages to read, whatever its format. The views are made
//! from the reference model alone, so that OpenAPI, AsyncAPI, GraphQL and protobuf look alike.
//!
//! Parts are rendered first and laid out on pages by their size, then links between them are filled
//! in: `parts` and `shapes` make views, `layout` says what stands where, `page` puts it together.

mod examples;
mod full;
mod heads;
mod index;
mod inner_links;
mod layout;
mod overview;
mod page;
mod parts;
mod sections;
mod shapes;
mod slots;
mod texts;
mod twin;
mod views;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::api::{self, Family, Read, Uses};
use crate::config::Twins;
use crate::model::{Entity, EntityId};
use crate::routes;
use crate::theme::said;

pub(super) use full::text as full_text;
pub(super) use index::{facet, pages as indexes};
pub(super) use overview::{Overview, Related, own, part_href, related};

use super::context::Context;
use super::views::Way;
use super::{Error, Site, ThemeError};
use heads::Known;
use inner_links::{InnerLinks, Intro};
use layout::{Pieces, Plan};
use parts::{Maker, Shared};
use slots::Places;
use texts::Texts;

/// Whether there is more to show of a definition than its source.
pub(super) fn has_reference(read: &Read) -> bool {
    !read.reference.operations.is_empty() || !read.reference.schemas.is_empty() || !read.reference.groups.is_empty()
}

/// Where the parts of references stand that have several pages.
pub(super) type References = FxHashMap<EntityId, Places>;

/// The pages of all references, with the Markdown of each beside it.
pub(super) fn references(site: &Site<'_>) -> Result<References, Error> {
    let apis: Vec<EntityId> = site.apis.iter().map(|api| api.entity).collect();
    let places = apis.par_iter().map(|&id| {
        let Some(read) = site.apis.read(id) else { return Ok(None) };
        let plan = files(site, site.catalog.entity(id), read)?;
        Ok(plan.filter(|plan| !plan.is_one).map(|plan| (id, plan.places)))
    });
    let places: Vec<Option<(EntityId, Places)>> = places.collect::<Result<_, Error>>()?;
    Ok(places.into_iter().flatten().collect())
}

/// The pages of one reference; nothing where there is no more to show than the source.
fn files(site: &Site<'_>, entity: &Entity, read: &Read) -> Result<Option<Plan>, Error> {
    if is_bundled(read)
        && let Some(bundle) = api::bundle(read, None, site.sources)
    {
        site.put(routes::api_bundle(&entity.reference), crate::yaml::to_text(&bundle).into_bytes())?;
    }
    if !has_reference(read) {
        return Ok(None);
    }
    let first = routes::api_reference(&entity.reference);
    let headings = Intro::of(&Texts::new(site.memo), &read.reference).headings;
    let texts = Texts::new(site.memo).with_links(InnerLinks::of(&read.reference, &headings));
    let intro = Intro::of(&texts, &read.reference);
    let uses = Uses::of(&read.reference);
    let known = Known::default();
    let context = Context::new(site, &first);
    let shared =
        Shared { context, reference: &read.reference, texts: &texts, uses: &uses, known: &known, intro: &intro };
    let pieces = pieces(site, &shared)?;
    let mut plan = Plan::new(&entity.reference, &read.reference, &pieces, site.texts());
    intro.headings.iter().for_each(|heading| plan.places.put(&heading.id, &first));
    (0..plan.pages.len()).into_par_iter().try_for_each(|number| -> Result<(), Error> {
        let (path, bytes) = page::page(site, entity, read, &plan, &pieces, number, &shared)?;
        site.put(path, bytes)?;
        if site.settings.publish.twins == Twins::Files {
            let (path, bytes) = twin::page(site, entity, read, &plan, number);
            site.put(path, bytes)?;
        }
        Ok(())
    })?;
    Ok(Some(plan))
}

/// How many parts are made in a row: what is loaded for them once pays off only for some.
const IN_A_ROW: usize = 32;

fn pieces(site: &Site<'_>, shared: &Shared<'_>) -> Result<Pieces, ThemeError> {
    let reference = shared.reference;
    let counts = [reference.groups.len(), reference.operations.len(), reference.schemas.len()];
    let all: Vec<Piece> = [Piece::Group, Piece::Operation, Piece::Schema]
        .iter()
        .zip(counts)
        .flat_map(|(piece, count)| (0..count).map(piece))
        .collect();
    let rows: Vec<Vec<String>> = all
        .par_chunks(IN_A_ROW)
        .map(|row| {
            let maker = Maker::new(shared, &site.theme)?;
            row.iter()
                .map(|piece| match *piece {
                    Piece::Group(at) => maker.heads().part("group", &maker.group(&reference.groups[at])),
                    Piece::Operation(at) => {
                        maker.heads().part("operation", &maker.operation(&reference.operations[at], false))
                    }
                    Piece::Schema(at) => maker.heads().part("schema", &maker.schema(at)),
                })
                .collect::<Result<_, _>>()
        })
        .collect::<Result<_, _>>()?;
    let mut made = rows.into_iter().flatten();
    let [groups, operations, schemas] = counts.map(|count| made.by_ref().take(count).collect());
    Ok(Pieces { groups, operations, schemas })
}

/// A part by its number.
#[derive(Clone, Copy)]
enum Piece {
    Group(usize),
    Operation(usize),
    Schema(usize),
}

/// What can be downloaded.
fn downloads(context: &Context<'_>, entity: &Entity, read: &Read) -> Vec<Way> {
    let way = |title: &str, path: &str| Way { title: context.site.t(title), href: Some(context.href(path)) };
    let mut ways = vec![way(said("Definition"), &routes::api_definition(&entity.reference, read.definition.extension))];
    if is_bundled(read) {
        ways.push(way(said("Bundled"), &routes::api_bundle(&entity.reference)));
    }
    ways
}

/// Whether a definition stands in more files than one, so that all of them together are one to download.
fn is_bundled(read: &Read) -> bool {
    read.files.len() > 1 && matches!(read.definition.family, Family::OpenApi | Family::AsyncApi | Family::JsonSchema)
}

fn twin_path(path: &str) -> String {
    format!("{}.md", path.strip_suffix(".html").unwrap_or(path))
}
