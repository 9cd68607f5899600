//! "Did you mean": the nearest of some names by edit distance.

use strsim::damerau_levenshtein;

/// The candidate nearest to `name`: at most two edits away, and fewer than half of its length,
/// case put aside. Of equally near ones the first in order wins.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().count();
    let limit = if length <= 3 { 1 } else { 2 };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate == name || candidate.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = damerau_levenshtein(&wanted, &candidate.to_lowercase());
        if distance > limit || distance * 2 > length {
            continue;
        }
        if best.is_none_or(|(least, text)| (distance, candidate) < (least, text)) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Names joined as a sentence does it: "a", "a or b", "a, b or c".
pub fn either<S: AsRef<str>>(names: &[S]) -> String {
    joined(names, "or")
}

/// Names joined by commas and a last "and".
pub fn all_of<S: AsRef<str>>(names: &[S]) -> String {
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
    }

    #[test]
    fn names_are_joined_as_in_a_sentence() {
        assert_eq!(either(&["a", "b", "c"]), "a, b or c");
        assert_eq!(all_of(&["a"]), "a");
    }
}
