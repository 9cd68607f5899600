//! `.mailmap`: one person under several names and addresses.

use rustc_hash::FxHashMap;

/// Most lines that are read.
const MAX_LINES: usize = 100_000;

/// Who stands for whom.
#[derive(Debug, Default)]
pub(super) struct Mailmap {
    /// By address, and by the name where the line has one; in lower case.
    entries: FxHashMap<(String, Option<String>), (Option<String>, Option<String>)>,
}

impl Mailmap {
    pub(super) fn parse(text: &str) -> Self {
        Self { entries: text.lines().take(MAX_LINES).filter_map(line).collect() }
    }

    /// The proper name and address.
    pub(super) fn proper(&self, name: &str, email: &str) -> (String, String) {
        let lower = email.to_lowercase();
        let found = self
            .entries
            .get(&(lower.clone(), Some(name.to_lowercase())))
            .or_else(|| self.entries.get(&(lower.clone(), None)));
        match found {
            Some((to, address)) => (to.clone().unwrap_or_else(|| name.to_owned()), address.clone().unwrap_or(lower)),
            None => (name.to_owned(), lower),
        }
    }
}

type Line = ((String, Option<String>), (Option<String>, Option<String>));

/// `Name <address>`, or `[Name] <address> [Other name] <other address>`.
fn line(line: &str) -> Option<Line> {
    let line = line.split('#').next()?;
    let (name, rest) = part(line)?;
    let text = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
    Some(match part(rest.1) {
        Some((other, (address, _))) => {
            ((address, text(other).map(|name| name.to_lowercase())), (text(name), Some(rest.0)))
        }
        None => ((rest.0, None), (text(name), None)),
    })
}

/// What stands before an address, the address, and the rest.
fn part(text: &str) -> Option<(&str, (String, &str))> {
    let (name, rest) = text.split_once('<')?;
    let (address, rest) = rest.split_once('>')?;
    Some((name, (address.trim().to_lowercase(), rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_of_a_line_are_read() {
        let map = Mailmap::parse(
            "# people\nAda <a@x>\n<b@x> <b@OLD>\nCarol <c@x> <c@old> # moved\nDora <d@x> d. <shared@x>\nEve <e@x> eve <shared@x>\nbroken <line\n",
        );
        let proper = |name: &str, email: &str| {
            let (name, email) = map.proper(name, email);
            format!("{name} {email}")
        };
        assert_eq!(proper("ada l", "A@x"), "Ada a@x");
        assert_eq!(proper("Bob", "b@old"), "Bob b@x");
        assert_eq!(proper("c", "c@old"), "Carol c@x");
        assert_eq!(proper("D.", "shared@x"), "Dora d@x");
        assert_eq!(proper("Eve", "shared@x"), "Eve e@x");
        assert_eq!(proper("Frank", "shared@x"), "Frank shared@x");
    }
}
