//! Words by what is common to their forms: `cancel` for `cancelled` and `cancelling`. By the language of
//! the site, where the theme has the same rules in `search-words.js`; others are taken as they are.

use std::fmt;

use rust_stemmers::{Algorithm, Stemmer};

/// Shortest word that has a stem of its own.
const SHORTEST: usize = 3;

/// The rules of a language.
pub(super) struct Stems(Option<Stemmer>);

impl Stems {
    /// By a language tag, as `en-GB`.
    pub(super) fn new(language: &str) -> Self {
        let is_english = language.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case("en"));
        Self(is_english.then(|| Stemmer::create(Algorithm::English)))
    }

    /// The language whose rules these are; empty without.
    pub(super) fn language(&self) -> &'static str {
        if self.0.is_some() { "en" } else { "" }
    }

    /// Gives away the stem of a word.
    pub(super) fn with<T>(&self, word: &str, take: impl FnOnce(&str) -> T) -> T {
        match &self.0 {
            Some(stemmer) if word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase()) => {
                take(&stemmer.stem(word))
            }
            _ => take(word),
        }
    }
}

impl fmt::Debug for Stems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Stems({:?})", self.language())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem_in_the_language_of_the_site() {
        let stem = |stems: &Stems, word: &str| stems.with(word, str::to_owned);
        let english = Stems::new("en-GB");
        for word in ["cancel", "cancels", "cancelled", "cancelling"] {
            assert_eq!(stem(&english, word), "cancel", "{word}");
        }
        assert_eq!(stem(&english, "v2s"), "v2s");
        assert_eq!(stem(&Stems::new("de"), "cancelled"), "cancelled");
        assert_eq!((english.language(), Stems::new("de").language()), ("en", ""));
    }
}
