//! The organisation's own theme: its texts, its colours, and the pages that it adds.

use super::rules;

rules! {
    THEME_TEXT = "theme-text", Suspicious,
        "a text in the `strings.yaml` of a theme cannot be used",
        "It stays English, or is shown without what should be filled in.";
    UNTRANSLATED_TEXT = "untranslated-text", Completeness,
        "texts of the theme have no translation in the language of the site",
        "Readers meet English among their own language.";
}
