//! Hover cards: what an entity is in a few lines, ready as HTML, in small scripts that pages load
//! when a card is first wanted. Which script has a card is a hash of the path of the entity's page,
//! which `assets/cards.js` computes alike. So a page weighs nothing more for the cards of its links.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::graph::TO_DEPENDENTS;
use crate::model::EntityId;
use crate::routes;

use super::context::Context;
use super::theme::Macros;
use super::views::Row;
use super::{Error, Site};

/// How many cards a script has, at most and on average.
const PER_FILE: usize = 64;

#[derive(Serialize)]
struct Card {
    #[serde(flatten)]
    row: Row,
    /// How many depend on it directly.
    dependents: usize,
}

/// How many scripts there are. A power of two, because each page says it: a new entity must not
/// change all pages.
pub(super) fn files_for(entities: usize) -> usize {
    entities.div_ceil(PER_FILE).next_power_of_two()
}

/// Which script has the card of a page: FNV-1a, 32 bits.
fn file_of(path: &str, files: usize) -> usize {
    let hash = path.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % files
}

/// Writes the cards of all entities.
pub(super) fn files(site: &Site<'_>) -> Result<(), Error> {
    let count = files_for(site.catalog.entities.len());
    let mut files: Vec<Vec<(String, EntityId)>> = vec![Vec::new(); count];
    for entity in &site.catalog.entities {
        let path = routes::entity_page(&entity.reference);
        files[file_of(&path, count)].push((path, entity.id));
    }
    files.par_iter().enumerate().try_for_each(|(number, entities)| {
        let mut macros = Macros::of(&site.theme, "card.html")?;
        let mut cards = Map::new();
        for (path, id) in entities {
            let html = macros.call("card", &card(site, path, *id))?;
            cards.insert(path.clone(), Json::from(html));
        }
        let text = format!("catalogCards({number},{});\n", Json::Object(cards));
        site.put(routes::card_file(number), text.into_bytes())
    })
}

fn card(site: &Site<'_>, path: &str, id: EntityId) -> Card {
    let relations = site.graph.relations(id).iter();
    Card {
        row: Context::new(site, path).row(id),
        dependents: relations.filter(|one| TO_DEPENDENTS.contains(&one.relation)).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The browser test of cards has the same cases.
    #[test]
    fn pages_and_scripts_agree_on_the_file() {
        for (path, files, expected) in [
            ("catalog/default/component/a.html", 1, 0),
            ("catalog/default/component/a.html", 8, 5),
            ("catalog/default/component/payments-api.html", 64, 40),
            ("catalog/team~20x/api/~e6~97~a5.html", 1024, 1006),
        ] {
            assert_eq!(file_of(path, files), expected, "{path}");
        }
    }

    #[test]
    fn files_grow_by_doubling() {
        assert_eq!([0, 1, 64, 65, 100_000].map(files_for), [1, 1, 1, 2, 2048]);
    }
}
