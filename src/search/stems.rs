//! Words by what is common to their forms: `cancel` for `cancelled` and `cancelling`, by Snowball's rules
//! for the language of the site. The page does the same to a query with the scripts under `stems/` of the
//! theme; `tests/search/stems.tsv` holds both to it. A language without rules has the words as they are.

use std::borrow::Cow;
use std::fmt;

use rust_stemmers::{Algorithm, Stemmer};

use super::words::fold;

/// Shortest word that has a stem of its own, in characters.
const SHORTEST: usize = 3;

/// A language whose rules are known here and to the theme.
pub struct Language {
    /// Its tag, and others for the same.
    tags: &'static [&'static str],
    /// Its name, by which the theme has its rules.
    pub name: &'static str,
    algorithm: Algorithm,
    /// Letters that are read as others, because the rules know only these.
    pub same: &'static [(char, char)],
}

impl fmt::Debug for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Language({})", self.name)
    }
}

const fn language(tags: &'static [&'static str], name: &'static str, algorithm: Algorithm) -> Language {
    Language { tags, name, algorithm, same: &[] }
}

/// All of them.
static LANGUAGES: [Language; 15] = [
    language(&["en"], "english", Algorithm::English),
    language(&["da"], "danish", Algorithm::Danish),
    language(&["de"], "german", Algorithm::German),
    language(&["es"], "spanish", Algorithm::Spanish),
    language(&["fi"], "finnish", Algorithm::Finnish),
    Language { same: &[('ë', 'e'), ('ï', 'i')], ..language(&["fr"], "french", Algorithm::French) },
    language(&["hu"], "hungarian", Algorithm::Hungarian),
    language(&["it"], "italian", Algorithm::Italian),
    language(&["nl"], "dutch", Algorithm::Dutch),
    language(&["no", "nb", "nn"], "norwegian", Algorithm::Norwegian),
    language(&["pt"], "portuguese", Algorithm::Portuguese),
    // The rules were made when keyboards had only the letters with a cedilla.
    Language { same: &[('ș', 'ş'), ('ț', 'ţ')], ..language(&["ro"], "romanian", Algorithm::Romanian) },
    Language { same: &[('ё', 'е')], ..language(&["ru"], "russian", Algorithm::Russian) },
    language(&["sv"], "swedish", Algorithm::Swedish),
    language(&["tr"], "turkish", Algorithm::Turkish),
];

impl Language {
    /// By a tag, as `en-GB`.
    pub fn of(tag: &str) -> Option<&'static Self> {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        LANGUAGES.iter().find(|language| language.tags.iter().any(|tag| tag.eq_ignore_ascii_case(first)))
    }
}

/// The rules of a language.
pub(super) struct Stems {
    rules: Option<(&'static Language, Stemmer)>,
}

impl Stems {
    /// By a language tag.
    pub(super) fn new(tag: &str) -> Self {
        Self { rules: Language::of(tag).map(|language| (language, Stemmer::create(language.algorithm))) }
    }

    /// The language whose rules these are, by its tag; empty without.
    pub(super) fn language(&self) -> &'static str {
        self.rules.as_ref().map_or("", |(language, _)| language.tags[0])
    }

    /// The stem of a word, without accents.
    pub(super) fn of<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match &self.rules {
            Some((language, stemmer)) if is_word(word) => by_rules(language, stemmer, word),
            _ => fold(word),
        }
    }

    /// Another stem that a word has for who types it without accents, on which endings can depend:
    /// `configuracion`, where `configuración` is `configur`.
    pub(super) fn plain(&self, word: &str) -> Option<String> {
        let Cow::Owned(plain) = fold(word) else { return None };
        let stem = self.of(&plain);
        (stem != self.of(word)).then(|| stem.into_owned())
    }
}

fn is_word(word: &str) -> bool {
    word.chars().all(char::is_alphabetic) && word.chars().nth(SHORTEST - 1).is_some()
}

fn by_rules<'w>(language: &Language, stemmer: &Stemmer, word: &'w str) -> Cow<'w, str> {
    if matches!(language.algorithm, Algorithm::English) {
        let plain = fold(word);
        let is_ascii = plain.bytes().all(|byte| byte.is_ascii_lowercase());
        return if is_ascii { stemmer.stem(&plain).into_owned().into() } else { plain };
    }
    let same = |letter: char| language.same.iter().find(|(from, _)| *from == letter).map_or(letter, |(_, to)| *to);
    let read: String = word.chars().map(same).collect();
    fold(&stemmer.stem(&read)).into_owned().into()
}

impl fmt::Debug for Stems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Stems({:?})", self.language())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem_in_the_language_of_the_site() {
        for (tag, forms) in [
            ("en-GB", "cancel cancels cancelled cancelling"),
            ("de", "bestellung bestellungen"),
            ("fr", "créer créée créées"),
            ("ru", "заказ заказы заказов заказами"),
            ("es-419", "configuración configuraciones"),
        ] {
            let stems = Stems::new(tag);
            let mut all: Vec<_> = forms.split(' ').map(|word| stems.of(word)).collect();
            all.dedup();
            assert_eq!(all.len(), 1, "{tag}: {all:?}");
        }
        assert_eq!(Stems::new("en").of("v2s"), "v2s");
        assert_eq!(Stems::new("pl").of("zamówienia"), "zamowienia");
        assert_eq!(["en-GB", "nb_NO", "pl"].map(|tag| Stems::new(tag).language()), ["en", "no", ""]);
    }

    #[test]
    fn words_without_their_accents_are_found_too() {
        let stems = Stems::new("es");
        assert_eq!(stems.plain("configuración").as_deref(), Some("configuracion"));
        assert_eq!(stems.plain("configuraciones"), None);
        assert_eq!(Stems::new("de").plain("übersicht"), None);
    }

    proptest! {
        #[test]
        fn any_word_has_a_stem(word in "[a-zäöüßéèêçàïёа-яğışçñøåæ\u{300}-\u{36f}ㄱ-ㅎ]{0,12}", tag in 0..LANGUAGES.len()) {
            let stems = Stems::new(LANGUAGES[tag].tags[0]);
            prop_assert!(stems.of(&word).len() <= 3 * word.len() + 3);
        }
    }
}
