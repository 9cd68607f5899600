//! The data of lists as files: classic scripts that call `catalogList` of the theme's script, because a
//! page that was opened from a file can load nothing else. All that filters and sorts is in a few of
//! them; descriptions are in others, which are loaded for what is on the screen.

use rayon::prelude::*;
use serde::Serialize;

use crate::base::Hash;
use crate::routes;
use crate::site::context::description;
use crate::site::{Error, Site};

use super::columns::Columns;
use super::dictionaries::Dictionaries;

/// Entities of a file of columns.
const PER_CHUNK: usize = 4096;
/// Entities of a file of descriptions.
const PER_TEXT: usize = 512;
/// Digits of the hash that a file is named by.
const NAME: usize = 12;

#[derive(Serialize)]
struct Head<'a> {
    version: u32,
    total: usize,
    per_chunk: usize,
    chunks: String,
    /// Of each file of columns the kinds that are in it: a list of a kind needs no others.
    kinds_of: Vec<Vec<usize>>,
    per_text: usize,
    texts: String,
    values: &'a Dictionaries,
}

/// Makes all files. Returns the path of the one that leads to the others.
pub(in crate::site) fn files(site: &Site<'_>) -> Result<String, Error> {
    let values = Dictionaries::new(site);
    let entities = &site.catalog.entities;
    let chunks: Vec<_> = entities.chunks(PER_CHUNK).enumerate().collect();
    let chunks = chunks.into_par_iter().map(|(at, part)| {
        let columns = Columns::new(site, &values, part);
        Ok((put(site, "rows", at, &columns)?, columns.distinct_kinds()))
    });
    let (chunks, kinds_of): (Vec<String>, _) = chunks.collect::<Result<Vec<_>, Error>>()?.into_iter().unzip();
    let texts: Vec<_> = entities.chunks(PER_TEXT).enumerate().collect();
    let texts = texts.into_par_iter().map(|(at, part)| {
        let lines: Vec<String> = part.iter().map(|entity| description(entity).unwrap_or_default()).collect();
        put(site, "texts", at, &lines)
    });
    let texts = texts.collect::<Result<Vec<String>, Error>>()?;
    let head = Head {
        version: 1,
        total: entities.len(),
        per_chunk: PER_CHUNK,
        chunks: chunks.join(" "),
        kinds_of,
        per_text: PER_TEXT,
        texts: texts.join(" "),
        values: &values,
    };
    let name = put(site, "head", 0, &head)?;
    Ok(routes::list_data(&name))
}

/// Writes a file and returns its name.
fn put(site: &Site<'_>, call: &str, at: usize, value: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_string(value).unwrap_or_default();
    let text = format!("catalogList.{call}({at},{json});\n");
    let name = Hash::of(text.as_bytes()).short(NAME);
    site.put(routes::list_data(&name), text.into_bytes())?;
    Ok(name)
}
