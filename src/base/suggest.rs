//! "Did you mean": the nearest of some names by edit distance.

use strsim::damerau_levenshtein;

/// The candidate nearest to `name`: at most two edits away, and fewer than half of its length,
/// case put aside. Of equally near ones the one that begins alike wins, then the first in order.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    let limit = if length <= 3 { 1 } else { 2 };
    let alike = |candidate: &str| wanted.chars().zip(candidate.chars()).take_while(|(a, b)| a == b).count();
    let mut best: Option<(usize, std::cmp::Reverse<usize>, &str)> = None;
    for candidate in candidates {
        if candidate == name || candidate.chars().count().abs_diff(length) > limit {
            continue;
        }
        let lower = candidate.to_lowercase();
        let distance = damerau_levenshtein(&wanted, &lower);
        if distance > limit || distance * 2 > length {
            continue;
        }
        let found = (distance, std::cmp::Reverse(alike(&lower)), candidate);
        if best.is_none_or(|least| found < least) {
            best = Some(found);
        }
    }
    best.map(|(.., candidate)| candidate)
}

/// Whether one letter more, less, changed or swapped makes one text of the other, or they are the
/// same.
pub fn is_one_edit_away(a: &str, b: &str) -> bool {
    damerau_levenshtein(a, b) <= 1
}

/// Names joined as a sentence does it: "a", "a or b", "a, b or c".
pub fn either<S: AsRef<str>>(names: &[S]) -> String {
    joined(names, "or")
}

/// Names joined by commas and a last "and".
pub fn all_of<S: AsRef<str>>(names: &[S]) -> String {
    joined(names, "and")
}

/// Names joined as a sentence does it: "a", "a and b", "a, b and c".
pub fn both<S: AsRef<str>>(names: &[S]) -> String {
    joined(names, "and")
}

fn joined<S: AsRef<str>>(names: &[S], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [init @ .., last] => {
            let init: Vec<&str> = init.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", init.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_far_ones_are_not() {
        let fields = ["dependsOn", "providesApis", "owner"];
        assert_eq!(nearest("dependson", fields), Some("dependsOn"));
        assert_eq!(nearest("providesAPI", fields), Some("providesApis"));
        assert_eq!(nearest("onwer", fields), Some("owner"));
        assert_eq!(nearest("lifecycle", fields), None);
        assert_eq!(nearest("ab", ["xy"]), None);
        assert_eq!(nearest("tag", ["etag", "tags"]), Some("tags"));
    }

    #[test]
    fn names_are_joined_as_in_a_sentence() {
        assert_eq!(either(&["a", "b", "c"]), "a, b or c");
        assert_eq!(all_of(&["a"]), "a");
    }
}
