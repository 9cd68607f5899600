//! The words of the theme in the language of the site. Their keys are the English texts, so that a
//! text without a translation is still one. What people wrote never goes through here.

use std::fmt::Display;

use icu_plurals::{PluralCategory, PluralRules};
use rustc_hash::FxHashMap;
use serde_json::{Value as Json, json};

/// The default language.
pub(super) const ENGLISH: &str = "en";

/// How many numbers have their plural looked up: the rules of languages look at the last three
/// digits, and at whether it is whole millions.
const LOOKED_UP: usize = 2_000;

const MONTHS: [&str; 12] = [
    said("January"),
    said("February"),
    said("March"),
    said("April"),
    said("May"),
    said("June"),
    said("July"),
    said("August"),
    said("September"),
    said("October"),
    said("November"),
    said("December"),
];

/// Marks a text that is translated where it is used, so that the list of all texts has it.
pub const fn said(english: &'static str) -> &'static str {
    english
}

/// The texts of a theme.
#[derive(Debug, Clone)]
pub struct Texts {
    /// A language tag: `en`, `pt-BR`.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// What stands between thousands.
    pub thousands: String,
    pub(super) texts: FxHashMap<String, String>,
    /// By the English word for one.
    pub(super) plurals: FxHashMap<String, Vec<(PluralCategory, String)>>,
    categories: Vec<PluralCategory>,
    millions: PluralCategory,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            language: ENGLISH.to_owned(),
            direction: "ltr",
            thousands: ",".to_owned(),
            texts: FxHashMap::default(),
            plurals: FxHashMap::default(),
            categories: Vec::new(),
            millions: PluralCategory::Other,
        }
    }
}

impl Texts {
    /// Takes over the rules of plurals of a language; `false` when it is no language tag.
    pub(super) fn speak(&mut self, language: &str) -> bool {
        let Some(rules) = rules(language) else { return false };
        self.categories = (0..LOOKED_UP).map(|number| rules.category_for(number)).collect();
        self.millions = rules.category_for(1_000_000_usize);
        language.clone_into(&mut self.language);
        true
    }

    /// Whether everything is said in English, as the default theme says it.
    pub fn is_english(&self) -> bool {
        self.texts.is_empty() && self.plurals.is_empty() && self.language == ENGLISH && self.thousands == ","
    }

    /// A text.
    pub fn t<'a>(&'a self, english: &'a str) -> &'a str {
        self.texts.get(english).map_or(english, String::as_str)
    }

    /// A text in which each `{name}` is filled in.
    pub fn with(&self, english: &str, arguments: &[(&str, &dyn Display)]) -> String {
        let mut out = self.t(english).to_owned();
        for (name, value) in arguments {
            out = out.replace(&format!("{{{name}}}"), &value.to_string());
        }
        out
    }

    /// The word for so many.
    pub fn plural<'a>(&'a self, count: usize, one: &'a str, many: &'a str) -> &'a str {
        let english = if count == 1 { one } else { many };
        let Some(forms) = self.plurals.get(one) else { return english };
        let category = self.category(count);
        let form = |wanted| forms.iter().find(|(category, _)| *category == wanted).map(|(_, form)| form.as_str());
        form(category).or_else(|| form(PluralCategory::Other)).unwrap_or(english)
    }

    /// A number and the word for so many: `1,204 entities`. A form with `{n}` says where the number
    /// stands.
    pub fn counted(&self, count: usize, one: &str, many: &str) -> String {
        let (number, word) = (self.number(count), self.plural(count, one, many));
        if word.contains("{n}") { word.replace("{n}", &number) } else { format!("{number} {word}") }
    }

    /// A number as people write it.
    pub fn number(&self, number: usize) -> String {
        if number < 1_000 {
            return number.to_string();
        }
        format!("{}{}{:03}", self.number(number / 1_000), self.thousands, number % 1_000)
    }

    /// A day as people write it, by its year, month from 1 and day.
    pub fn day(&self, year: i16, month: i8, day: i8) -> String {
        let at = usize::try_from(month - 1).unwrap_or(0).min(MONTHS.len() - 1);
        self.with("{day} {month} {year}", &[("day", &day), ("month", &self.t(MONTHS[at])), ("year", &year)])
    }

    fn category(&self, count: usize) -> PluralCategory {
        let at = match count {
            0..1_000 => count,
            _ if count.is_multiple_of(1_000_000) => return self.millions,
            _ => 1_000 + count % 1_000,
        };
        self.categories.get(at).copied().unwrap_or(PluralCategory::Other)
    }

    /// What scripts need of it, as JSON: the texts that stand in one of these sources.
    pub fn for_scripts(&self, sources: &[&str]) -> Json {
        let is_used = |key: &str| {
            let quoted = json!(key).to_string();
            sources.iter().any(|source| source.contains(&quoted))
        };
        let mut texts: Vec<_> = self.texts.iter().filter(|(key, _)| is_used(key)).collect();
        texts.sort_unstable();
        let mut plurals: Vec<_> = self.plurals.iter().filter(|(key, _)| is_used(key)).collect();
        plurals.sort_unstable_by_key(|(key, _)| *key);
        let texts: serde_json::Map<String, Json> =
            texts.into_iter().map(|(key, text)| (key.clone(), json!(text))).collect();
        let plurals: serde_json::Map<String, Json> = plurals
            .into_iter()
            .map(|(key, forms)| {
                let forms = forms.iter().map(|(category, form)| (category_name(*category).to_owned(), json!(form)));
                (key.clone(), Json::Object(forms.collect()))
            })
            .collect();
        json!({"language": self.language, "thousands": self.thousands, "texts": texts, "plurals": plurals})
    }
}

/// The rules of a language, if there is one of that tag.
fn rules(language: &str) -> Option<PluralRules> {
    let locale: icu_locale_core::Locale = language.parse().ok()?;
    PluralRules::try_new_cardinal(locale.into()).ok()
}

/// The forms that a language has, in order.
pub(super) fn categories(language: &str) -> Vec<PluralCategory> {
    rules(language).map_or_else(Vec::new, |rules| rules.categories().collect())
}

/// The names of the forms, as `strings.yaml` has them.
pub(super) const CATEGORIES: &[(&str, PluralCategory)] = &[
    ("zero", PluralCategory::Zero),
    ("one", PluralCategory::One),
    ("two", PluralCategory::Two),
    ("few", PluralCategory::Few),
    ("many", PluralCategory::Many),
    ("other", PluralCategory::Other),
];

/// The name of a form.
pub(super) fn category_name(category: PluralCategory) -> &'static str {
    CATEGORIES.iter().find(|(_, known)| *known == category).map_or("other", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polish() -> Texts {
        let mut texts = Texts { thousands: "\u{a0}".to_owned(), ..Texts::default() };
        assert!(texts.speak("pl"));
        let forms = [("one", "błąd"), ("few", "błędy"), ("many", "błędów"), ("other", "błędu")];
        let category = |name: &str| CATEGORIES.iter().find(|(known, _)| *known == name).unwrap().1;
        let forms = forms.iter().map(|(name, form)| (category(name), (*form).to_owned())).collect();
        texts.plurals.insert("error".to_owned(), forms);
        texts.texts.insert("All {n} findings".to_owned(), "Wszystkie: {n}".to_owned());
        texts
    }

    #[test]
    fn plurals_follow_the_rules_of_the_language() {
        let texts = polish();
        let word = |count| texts.plural(count, "error", "errors");
        assert_eq!(
            [0, 1, 2, 5, 12, 22, 112, 1_002].map(word),
            ["błędów", "błąd", "błędy", "błędów", "błędów", "błędy", "błędów", "błędy"]
        );
        assert_eq!(texts.counted(1_234, "error", "errors"), "1\u{a0}234 błędy");
        assert_eq!(texts.plural(2, "note", "notes"), "notes");
        let mut french = Texts::default();
        french.speak("fr");
        let forms = vec![(PluralCategory::Many, "d'erreurs".to_owned()), (PluralCategory::Other, "erreurs".to_owned())];
        french.plurals.insert("error".to_owned(), forms);
        assert_eq!(french.plural(2_000_000, "error", "errors"), "d'erreurs");
        assert_eq!(french.plural(2_000, "error", "errors"), "erreurs");
    }

    #[test]
    fn what_is_not_translated_stays_english() {
        let texts = polish();
        assert_eq!(texts.with("All {n} findings", &[("n", &12)]), "Wszystkie: 12");
        assert_eq!(texts.t("Owner"), "Owner");
        assert_eq!(Texts::default().counted(1, "error", "errors"), "1 error");
        assert_eq!(Texts::default().number(1_234_007), "1,234,007");
        assert!(!Texts::default().speak("no language at all"));
    }

    #[test]
    fn scripts_get_the_texts_that_stand_in_them() {
        let json = polish().for_scripts(&["say(\"All {n} findings\")"]);
        assert_eq!(json["texts"], json!({"All {n} findings": "Wszystkie: {n}"}));
        assert_eq!(json["plurals"], json!({}));
    }
}
