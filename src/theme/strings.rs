//! `strings.yaml` of a theme: the language of the site, its direction, and the texts in it. What
//! cannot be used is a finding; the text stays English then.

use icu_plurals::PluralCategory;

use crate::base::{FileId, Span, suggest};
use crate::diagnostics::{Diagnostic, THEME_TEXT, UNTRANSLATED_TEXT, YAML_SYNTAX, did_you_mean};
use crate::yaml::shape::{self, MisfitKind, Object, Shape, optional};
use crate::yaml::{self, Limits, Node};

use super::texts::{CATEGORIES, ENGLISH, Texts, categories, category_name};

/// The name of the file.
pub(super) const FILE: &str = "strings.yaml";

/// All texts of the default theme.
static DEFAULT: &str = include_str!("../../themes/default/strings.yaml");

/// How many texts without a translation are named.
const NAMED: usize = 3;

const FORM_NAMES: &[&str] = &["zero", "one", "two", "few", "many", "other"];

static STRINGS: Object = Object {
    fields: &[
        optional("language", Shape::NonEmptyText, "A language tag: `de`, `pt-BR`."),
        optional("direction", Shape::OneOf(&["ltr", "rtl"]), "Where lines begin."),
        optional("thousands", Shape::Text, "What stands between thousands."),
        optional("texts", Shape::Map(&Shape::Text), "Translations by the English text."),
        optional("plurals", Shape::Map(&Shape::Map(&Shape::Text)), "Forms of a word by the English one."),
    ],
    rest: None,
};

/// The keys that there are.
struct Known {
    texts: Vec<String>,
    plurals: Vec<String>,
}

impl Known {
    fn read() -> Self {
        let root = yaml::parse_value(DEFAULT, Limits::default()).ok();
        let keys = |name: &str| {
            let map = root.as_ref().and_then(|root| root.get(name));
            map.map(Node::entries).unwrap_or_default().iter().map(|entry| entry.key.to_string()).collect()
        };
        Self { texts: keys("texts"), plurals: keys("plurals") }
    }
}

/// Reads the file. `own` is what the theme's other files hold: texts of its own templates.
pub(super) fn read(file: FileId, text: &str, own: &str, findings: &mut Vec<Diagnostic>) -> Texts {
    let root = match yaml::parse_value(text, Limits::default()) {
        Ok(root) => root,
        Err(problem) => {
            let reason = match problem.kind {
                yaml::ProblemKind::Syntax(reason) | yaml::ProblemKind::Limit(reason) => reason,
                yaml::ProblemKind::DuplicateKey { key, .. } => format!("the text `{key}` stands twice in one map"),
            };
            findings.push(Diagnostic::new(&YAML_SYNTAX, reason).at(file, problem.span));
            return Texts::default();
        }
    };
    let mut reader = Reader { file, own, known: Known::read(), findings, texts: Texts::default() };
    reader.shape(&root);
    reader.language(&root);
    reader.texts(&root);
    reader.plurals(&root);
    reader.missing(&root);
    reader.texts
}

struct Reader<'a> {
    file: FileId,
    own: &'a str,
    known: Known,
    findings: &'a mut Vec<Diagnostic>,
    texts: Texts,
}

impl Reader<'_> {
    fn report(&mut self, span: Span, message: String, help: Option<String>) {
        self.findings.push(Diagnostic::new(&THEME_TEXT, message).at(self.file, span).maybe_help(help));
    }

    fn shape(&mut self, root: &Node) {
        if root.is_null() {
            return;
        }
        for misfit in shape::check(root, &Shape::Object(&STRINGS), "", &[]) {
            let at = misfit.pointer.trim_start_matches('/').to_owned();
            let (message, help) = match misfit.kind {
                MisfitKind::Unknown { key, nearest, .. } => {
                    let names = STRINGS.fields.iter().map(|field| field.name).collect::<Vec<_>>();
                    let help = nearest.map(|nearest| format!("did you mean `{nearest}`?"));
                    let help = help.unwrap_or_else(|| format!("a file of strings has {}", suggest::all_of(&names)));
                    (format!("unknown key `{key}`"), Some(help))
                }
                MisfitKind::WrongType { expected, found } => {
                    (format!("`{at}` must be {expected}, but is {found}"), None)
                }
                MisfitKind::NotOneOf { allowed, found } => {
                    (format!("`{found}` is no value of `{at}`"), Some(format!("it is {}", suggest::either(allowed))))
                }
                MisfitKind::Missing { .. } | MisfitKind::Empty => (format!("`{at}` must not be empty"), None),
            };
            self.report(misfit.span, message, help);
        }
    }

    fn language(&mut self, root: &Node) {
        if let Some(node) = root.get("language")
            && let Some(tag) = node.as_str()
            && !self.texts.speak(tag)
        {
            let help = "it is a tag as browsers know it: `de`, `pt-BR`, `zh-Hant`".to_owned();
            self.report(node.span, format!("`{tag}` is no language"), Some(help));
        }
        if root.get("direction").and_then(Node::as_str) == Some("rtl") {
            self.texts.direction = "rtl";
        }
        if let Some(separator) = root.get("thousands").and_then(Node::as_str) {
            separator.clone_into(&mut self.texts.thousands);
        }
    }

    fn texts(&mut self, root: &Node) {
        for entry in root.get("texts").map(Node::entries).unwrap_or_default() {
            let Some(text) = entry.value.as_str().filter(|text| !text.trim().is_empty()) else { continue };
            let key = &*entry.key;
            if !self.known.texts.iter().any(|known| known == key) && !self.own.contains(key) {
                let help = did_you_mean(key, self.known.texts.iter().map(String::as_str))
                    .unwrap_or_else(|| "the texts that there are stand in the default theme's strings.yaml".to_owned());
                self.report(entry.key_span, format!("the theme has no text `{key}`"), Some(help));
                continue;
            }
            let (wanted, has) = (names(key), names(text));
            if let Some(lost) = wanted.iter().find(|name| !has.contains(name)) {
                let message = format!("the translation of `{key}` lacks `{{{lost}}}`");
                self.report(entry.value.span, message, Some("it stands for what is filled in".to_owned()));
            } else if let Some(made_up) = has.iter().find(|name| !wanted.contains(name)) {
                let message = format!("nothing is filled in for `{{{made_up}}}` in the translation of `{key}`");
                self.report(entry.value.span, message, None);
            } else {
                self.texts.texts.insert(key.to_owned(), text.to_owned());
            }
        }
    }

    fn plurals(&mut self, root: &Node) {
        let wanted = categories(&self.texts.language);
        for entry in root.get("plurals").map(Node::entries).unwrap_or_default() {
            let key = &*entry.key;
            if !self.known.plurals.iter().any(|known| known == key) && !self.own.contains(key) {
                let help = did_you_mean(key, self.known.plurals.iter().map(String::as_str));
                self.report(entry.key_span, format!("the theme has no word `{key}`"), help);
                continue;
            }
            let mut forms: Vec<(PluralCategory, String)> = Vec::new();
            for form in entry.value.entries() {
                let Some(category) = CATEGORIES.iter().find(|(name, _)| *name == &*form.key) else {
                    let help = format!("forms are {}", suggest::all_of(FORM_NAMES));
                    self.report(form.key_span, format!("there is no form `{}`", form.key), Some(help));
                    continue;
                };
                if let Some(text) = form.value.as_str().filter(|text| !text.trim().is_empty()) {
                    forms.push((category.1, text.to_owned()));
                }
            }
            if forms.is_empty() {
                continue;
            }
            let lacks: Vec<&str> = wanted
                .iter()
                .filter(|category| !forms.iter().any(|(form, _)| form == *category))
                .map(|category| category_name(*category))
                .collect();
            if !lacks.is_empty() {
                let message = format!("`{key}` lacks the form {}", suggest::both(&lacks));
                let help = format!("numbers in `{}` have this form of a word, too", self.texts.language);
                self.report(entry.key_span, message, Some(help));
            }
            self.texts.plurals.insert(key.to_owned(), forms);
        }
    }

    /// How much is not translated, at the language. A file in English changes only what it names.
    fn missing(&mut self, root: &Node) {
        let is_english = self.texts.language == ENGLISH || self.texts.language.starts_with("en-");
        let Some(language) = root.get("language").filter(|_| !is_english) else { return };
        let texts = self.known.texts.iter().filter(|key| !self.texts.texts.contains_key(*key));
        let plurals = self.known.plurals.iter().filter(|key| !self.texts.plurals.contains_key(*key));
        let missing: Vec<&String> = texts.chain(plurals).collect();
        if missing.is_empty() {
            return;
        }
        let total = self.known.texts.len() + self.known.plurals.len();
        let named: Vec<String> = missing.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
        let more = missing.len().saturating_sub(NAMED);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("{} of {total} texts are not translated: {}{rest}", missing.len(), named.join(", "));
        let finding = Diagnostic::new(&UNTRANSLATED_TEXT, message).at(self.file, language.span);
        self.findings.push(finding.help("they are shown in English"));
    }
}

/// The names in braces of a text.
fn names(text: &str) -> Vec<&str> {
    let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).filter(is_name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let mut findings = Vec::new();
        read(FileId(0), text, "a text of my own", &mut findings);
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        assert_eq!(messages(""), [""; 0]);
        assert_eq!(messages("language: '?'\n"), ["`?` is no language"]);
        assert_eq!(messages("texts: {Serch: x}\n"), ["the theme has no text `Serch`"]);
        assert_eq!(messages("texts: {a text of my own: x}\n"), [""; 0]);
        assert_eq!(messages("texts: {'All {n}': Alle}\n"), ["the translation of `All {n}` lacks `{n}`"],);
        assert_eq!(messages("plurals: {error: {one: x, lots: y, other: z}}\n"), ["there is no form `lots`"]);
        let german = messages("language: de\nplurals: {error: {one: Fehler}}\n");
        assert_eq!(german[0], "`error` lacks the form other");
        assert!(german[1].contains("texts are not translated"), "{german:?}");
    }
}
