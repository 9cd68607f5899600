//! The script that has the stems of the language of the site, from the parts under `stems/`: our own for
//! English, Snowball's for others.

use std::collections::BTreeMap;

use crate::search::Language;

use super::assets::Files;

/// The path of the script.
const SCRIPT: &str = "assets/search-stems.js";

/// What all of Snowball's scripts stand on.
const BASE: &str = "stems/base-stemmer.js";

/// Words that say little, a line for each language.
const STOPS: &str = "stems/stops.txt";

/// Whose they are. The licence wants it said wherever they go.
const NOTICE: &str = "// Snowball 2.1, snowballstem.org. (c) 2001 Martin Porter, 2004-2005 Richard Boulton, \
    2013 Yoshiki Shibukawa, 2006-2019 Olly Betts. BSD-3-Clause.";

/// The path and text of the script for a language tag, where there are rules for it.
pub(super) fn script(files: &Files, tag: &str) -> Option<(String, Vec<u8>)> {
    let language = Language::of(tag)?;
    let own = part(files, &format!("stems/{}.js", language.name));
    let rules = own.or_else(|| snowball(files, language))?;
    Some((SCRIPT.to_owned(), (rules + &stops(files, language)).into_bytes()))
}

fn part(files: &Files, path: &str) -> Option<String> {
    files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

/// The words that say little in a query.
fn stops(files: &Files, language: &Language) -> String {
    let all = part(files, STOPS).unwrap_or_default();
    let line = all.lines().find_map(|line| line.strip_prefix(language.name)?.strip_prefix(": "));
    line.map_or_else(String::new, |words| format!("window.catalogStops = \"{words}\";\n"))
}

/// Their scripts name a class each, and know nothing of the page.
fn snowball(files: &Files, language: &Language) -> Option<String> {
    let name = language.name;
    let (base, rules) = (part(files, BASE)?, part(files, &format!("stems/{name}-stemmer.js"))?);
    let class = format!("{}{}Stemmer", name[..1].to_uppercase(), &name[1..]);
    let same: BTreeMap<char, char> = language.same.iter().copied().collect();
    let same = serde_json::to_string(&same).unwrap_or_default();
    Some(format!(
        "{NOTICE}\n(function () {{\nvar BaseStemmer, {class};\n{}\n{}\n\
         var rules = new {class}(), same = {same};\n\
         window.catalogStem = (word) => rules.stemWord(Array.from(word, (c) => same[c] || c).join(\"\"));\n}})();\n",
        base.trim(),
        rules.trim(),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::assets::default_files;
    use super::*;

    #[test]
    fn each_language_with_stems_has_its_script() {
        let files = default_files();
        for tag in ["en", "da", "de", "es", "fi", "fr", "hu", "it", "nl", "nb", "pt-BR", "ro", "ru", "sv", "tr"] {
            let (_, script) = script(&files, tag).unwrap();
            let script = String::from_utf8(script).unwrap();
            let words = script.split("window.catalogStops = \"").nth(1).unwrap().split('"').next().unwrap();
            assert!(script.contains("window.catalogStem =") && words.split(' ').count() > 50, "{tag}");
            assert!(words.chars().all(|c| c == ' ' || c.is_lowercase()), "{tag}");
        }
        assert_eq!(script(&files, "pl"), None);
    }
}
