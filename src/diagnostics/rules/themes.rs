//! The organisation's own theme: its texts, its colours, and the pages that it adds.

use super::rules;

rules! {
    THEME_TEXT = "theme-text", Suspicious,
        "a text in the `strings.yaml` of a theme cannot be used",
        "It stays English, or is shown without what should be filled in.";
    UNTRANSLATED_TEXT = "untranslated-text", Completeness,
        "texts of the theme have no translation in the language of the site",
        "Readers meet English among their own language.";
    LOW_CONTRAST = "low-contrast", Suspicious,
        "a colour of the settings is hard to read on its ground",
        "People with weak eyes, and everybody in the sun, cannot read it: WCAG 2.2 asks for 4.5:1, and 3:1 for signs.";
    PAGE_QUERY = "page-query", Correctness,
        "a query block on a page of the theme cannot be understood",
        "The list is not there, and readers of the page do not know that something is missing.";
}
