//! The order of what stands in a folder, where awesome-pages or awesome-nav says it.

use std::cmp::Ordering;

use crate::yaml::Node;

/// Where folders stand among pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Sections {
    First,
    #[default]
    Last,
    Mixed,
}

/// An order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sorting {
    /// The last comes first.
    pub(super) descending: bool,
    /// By titles, not by names.
    pub(super) by_title: bool,
    /// `a2` before `a10`.
    pub(super) natural: bool,
    /// Letters of both cases stand together.
    pub(super) grouped: bool,
    pub(super) ignore_case: bool,
    pub(super) sections: Sections,
}

impl Sorting {
    /// What a file says; what it does not say is as `above`.
    pub(super) fn read(root: &Node, above: Self) -> Self {
        let text = |short: &str, key: &str| root.get(short).or_else(|| root.at(&["sort", key])).and_then(Node::as_str);
        let flag = root.get("ignore_case").or_else(|| root.at(&["sort", "ignore_case"])).and_then(Node::as_bool);
        let is_set = flag.is_some() || ["order", "order_by", "sort_type"].iter().any(|key| root.get(key).is_some());
        Self {
            descending: text("order", "direction").map_or(above.descending, |word| word == "desc"),
            by_title: text("order_by", "by").map_or(above.by_title, |word| word == "title"),
            natural: text("sort_type", "type").map_or(above.natural, |word| word == "natural"),
            grouped: above.grouped,
            ignore_case: flag.unwrap_or(above.ignore_case),
            sections: match text("sections", "sections") {
                Some("first") => Sections::First,
                Some("mixed") => Sections::Mixed,
                Some(_) => Sections::Last,
                // awesome-pages has one order for all that stands in a folder.
                None if !above.grouped && is_set => Sections::Mixed,
                None => above.sections,
            },
        }
    }

    /// Whether it is another order than that of the files.
    pub(super) fn is_own(self) -> bool {
        self.by_title || self.natural || self.ignore_case
    }

    /// Which of two names comes first.
    pub(super) fn compare(self, a: &str, b: &str) -> Ordering {
        let fold = |text: &str| if self.ignore_case { text.to_lowercase() } else { text.to_owned() };
        if self.natural { natural(&fold(a), &fold(b), self.grouped) } else { fold(a).cmp(&fold(b)) }
    }
}

/// Numbers count as numbers.
fn natural(a: &str, b: &str, grouped: bool) -> Ordering {
    let (mut left, mut right) = (a, b);
    while !left.is_empty() && !right.is_empty() {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (of_left, of_right) = (digits(left), digits(right));
        if of_left > 0 && of_right > 0 {
            let number = |text: &str| text.trim_start_matches('0').to_owned();
            let (first, second) = (number(&left[..of_left]), number(&right[..of_right]));
            let order = first.len().cmp(&second.len()).then_with(|| first.cmp(&second));
            if order != Ordering::Equal {
                return order;
            }
            (left, right) = (&left[of_left..], &right[of_right..]);
            continue;
        }
        let (Some(first), Some(second)) = (left.chars().next(), right.chars().next()) else { break };
        let by_letter = || first.to_lowercase().cmp(second.to_lowercase()).then_with(|| second.cmp(&first));
        let order = if grouped { by_letter() } else { first.cmp(&second) };
        if order != Ordering::Equal {
            return order;
        }
        (left, right) = (&left[first.len_utf8()..], &right[second.len_utf8()..]);
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        let mut names = ["a10", "a2", "b", "B", "a02b", "A", "2", "10", "a"];
        names.sort_by(|a, b| natural(a, b, true));
        assert_eq!(names, ["2", "10", "a", "a2", "a02b", "a10", "A", "b", "B"]);
    }
}
