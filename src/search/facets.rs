//! What records are filtered by: `owner:payments` with the records that it is said of. As files like
//! those of words; records are runs, each as the distance to the end of the one before and how many
//! follow the first, so that a kind of a hundred thousand is two numbers.

use std::collections::BTreeMap;

use super::MAX_TERMS;
use super::files::{Shards, cut};
use crate::base::digits;

/// All values, while records come in.
#[derive(Debug, Default)]
pub(super) struct Facets(BTreeMap<String, Vec<(u32, u32)>>);

impl Facets {
    /// A record has a value of a facet. Records come in rising order.
    pub(super) fn add(&mut self, record: u32, facet: &str, value: &str) {
        let value = value_of(value);
        if value.is_empty() {
            return;
        }
        let runs = self.0.entry(format!("{facet}:{value}")).or_default();
        match runs.last_mut() {
            Some((first, more)) if *first + *more + 1 == record => *more += 1,
            Some((first, more)) if *first + *more >= record => {}
            _ => runs.push((record, 0)),
        }
    }

    pub(super) fn files(&self) -> Shards {
        let entries: Vec<(String, String)> =
            self.0.iter().map(|(value, runs)| (value.clone(), written(runs))).collect();
        cut(&entries, MAX_TERMS)
    }
}

/// A value as it is typed: in lower case, with `-` for what would end it.
fn value_of(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | '"' | '\\' | '<' | '>');
    text.chars().map(|c| if ends(c) { '-' } else { c }).collect()
}

fn written(runs: &[(u32, u32)]) -> String {
    let (mut text, mut end) = (String::new(), 0);
    for (first, more) in runs {
        digits::put(&mut text, u64::from(first - end));
        digits::put(&mut text, u64::from(*more));
        end = first + more;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::files::tests::entries;
    use super::*;

    #[test]
    fn a_value_has_runs_of_records() {
        let mut facets = Facets::default();
        for record in [2, 3, 3, 4, 9] {
            facets.add(record, "owner", "Payments \"A\", B");
        }
        facets.add(9, "tag", " ");
        let all = entries(&facets.files());
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].0, "owner:payments--a---b");
        assert_eq!(digits::numbers(&all[0].1), [2, 2, 5, 0]);
    }
}
