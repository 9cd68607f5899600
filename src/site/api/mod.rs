//! The reference of an API: its definition as pages to read, whatever its format. The views are made
//! from the reference model alone, so that OpenAPI, AsyncAPI, GraphQL and protobuf look alike.
//!
//! Parts are rendered first and laid out on pages by their size, then links between them are filled
//! in: `parts` and `shapes` make views, `layout` says what stands where, `page` puts it together.

mod index;
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
use serde::Serialize;

use crate::api::{self, Family, Read, Uses};
use crate::model::Entity;
use crate::routes;

pub(super) use index::{facet, pages as indexes};
pub(super) use overview::{Overview, Related, own, part_href, related};

use super::context::Context;
use super::views::Way;
use super::{Error, Site, ThemeError};
use layout::{Pieces, Plan};
use parts::Maker;
use texts::Texts;

/// Whether there is more to show of a definition than its source.
pub(super) fn has_reference(read: &Read) -> bool {
    !read.reference.operations.is_empty() || !read.reference.schemas.is_empty() || !read.reference.groups.is_empty()
}

/// The pages of the reference of an entity, with the Markdown of each beside it.
pub(super) fn files(site: &Site<'_>, entity: &Entity, read: &Read) -> Result<(), Error> {
    if is_bundled(read)
        && let Some(bundle) = api::bundle(read, None, site.sources)
    {
        site.put(routes::api_bundle(&entity.reference), crate::yaml::to_text(&bundle).into_bytes())?;
    }
    if !has_reference(read) {
        return Ok(());
    }
    let first = routes::api_reference(&entity.reference);
    let texts = Texts::new(site.memo);
    let uses = Uses::of(&read.reference);
    let maker = Maker { context: Context::new(site, &first), reference: &read.reference, texts: &texts, uses: &uses };
    let pieces = pieces(site, &maker)?;
    let plan = Plan::new(&entity.reference, &read.reference, &pieces);
    (0..plan.pages.len()).into_par_iter().try_for_each(|number| {
        let (path, bytes) = page::page(site, entity, read, &plan, &pieces, number, &maker)?;
        site.put(path, bytes)?;
        let (path, bytes) = twin::page(site, entity, read, &plan, number);
        site.put(path, bytes)
    })
}

/// A part for its template.
#[derive(Serialize)]
struct One<'a, T: Serialize> {
    part: &'a T,
}

fn pieces(site: &Site<'_>, maker: &Maker<'_>) -> Result<Pieces, ThemeError> {
    let reference = maker.reference;
    Ok(Pieces {
        groups: reference
            .groups
            .par_iter()
            .map(|group| piece(site, "api-group.html", &maker.group(group)))
            .collect::<Result<_, _>>()?,
        operations: reference
            .operations
            .par_iter()
            .map(|operation| piece(site, "api-operation.html", &maker.operation(operation, false)))
            .collect::<Result<_, _>>()?,
        schemas: (0..reference.schemas.len())
            .into_par_iter()
            .map(|id| piece(site, "api-schema.html", &maker.schema(id)))
            .collect::<Result<_, _>>()?,
    })
}

fn piece<T: Serialize>(site: &Site<'_>, template: &str, part: &T) -> Result<String, ThemeError> {
    let bytes = site.theme.render(template, &One { part }, &())?;
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// What can be downloaded.
fn downloads(context: &Context<'_>, entity: &Entity, read: &Read) -> Vec<Way> {
    let way = |title: &str, path: &str| Way { title: title.to_owned(), href: Some(context.href(path)) };
    let mut ways = vec![way("Definition", &routes::api_definition(&entity.reference, read.definition.extension))];
    if is_bundled(read) {
        ways.push(way("Bundled", &routes::api_bundle(&entity.reference)));
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
