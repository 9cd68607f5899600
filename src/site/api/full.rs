//! A whole reference as one text for agents: what can be called, with what, and what comes back, down to
//! the schemas. It has no links, because it stands among the texts of others, and it ends where it is as
//! long as such a text may be; then it says how much is left, and where.

use crate::api::Read;
use crate::base::hosts::encoded;
use crate::model::Entity;
use crate::report::count;
use crate::routes;
use crate::site::Site;

use super::layout::ranges;
use super::twin::Twin;

/// Most bytes: about sixteen thousand tokens, so that one API does not fill what an agent can read.
const MOST: usize = 64 * 1000;

/// The text of a reference; nothing where there is no more to say than the definition does.
pub(in crate::site) fn text(site: &Site<'_>, entity: &Entity) -> Option<String> {
    let read = site.apis.read(entity.id).filter(|read| super::has_reference(read))?;
    let name = read.definition.title.as_deref().unwrap_or_else(|| entity.title());
    let mut full = Full { read, text: String::new() };
    full.take(&|out| out.first(site, entity, name));
    let (operations, schemas) = (full.operations(), full.schemas());
    let left: Vec<String> = [(operations, "operation"), (schemas, "schema")]
        .into_iter()
        .filter(|(left, _)| *left > 0)
        .map(|(left, noun)| count(left, noun))
        .collect();
    if !left.is_empty() {
        let path = encoded(&routes::api_definition(&entity.reference, read.definition.extension));
        full.text.push_str(&format!("\n{} more are in `{path}`.\n", left.join(" and ")));
    }
    Some(full.text)
}

struct Full<'a> {
    read: &'a Read,
    text: String,
}

impl Full<'_> {
    /// Adds what is written, if it is not too long; the beginning always has room for some of it.
    fn take(&mut self, write: &dyn Fn(&mut Twin<'_>)) -> bool {
        let mut out = Twin { read: self.read, links: None, text: String::new() };
        write(&mut out);
        if self.text.is_empty() && out.text.len() > MOST / 2 {
            out.text.truncate(out.text.floor_char_boundary(MOST / 2));
            out.text.push_str(" …\n");
        }
        let fits = self.text.len() + out.text.len() <= MOST;
        if fits && !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        if fits {
            self.text.push_str(&out.text);
        }
        fits
    }

    /// Operations under the headings of their groups. Returns how many had no room.
    fn operations(&mut self) -> usize {
        let reference = &self.read.reference;
        for (group, operations) in ranges(reference) {
            if !self.take(&|out| out.group(&reference.groups[group])) {
                return reference.operations.len() - operations.start;
            }
            for at in operations {
                if !self.take(&|out| out.operation(&reference.operations[at], 3)) {
                    return reference.operations.len() - at;
                }
            }
        }
        0
    }

    /// Schemas, with the heading of each section. Returns how many had no room.
    fn schemas(&mut self) -> usize {
        let schemas = &self.read.reference.schemas;
        let mut last = None;
        for (at, schema) in schemas.iter().enumerate() {
            let is_first = last.replace(&schema.section) != Some(&schema.section);
            let fits = self.take(&|out| {
                if is_first {
                    out.heading(2, schema.section.as_deref().unwrap_or(super::sections::SCHEMAS));
                }
                out.schema(schema);
            });
            if !fits {
                return schemas.len() - at;
            }
        }
        0
    }
}
