//! Fenced code: its info string, and the element it becomes.

use crate::base::Memo;

use super::annotations::CodeNotes;
use super::extensions::{Extensions, language_title};
use super::highlight::{highlight, is_known_language};
use super::text::escape;

/// What the first line of a fence says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Info {
    /// The language, in lower case.
    pub(super) language: String,
    /// Whether `(1)` in its comments are annotations.
    pub(super) annotate: bool,
    /// The id that the author gave it.
    pub(super) id: Option<String>,
    classes: Vec<String>,
    title: Option<String>,
    marked: Vec<(usize, usize)>,
    first_line: Option<usize>,
    /// Code that stands on the line of the fence.
    pub(super) stray: Option<String>,
}

/// Most classes of one block.
const MAX_CLASSES: usize = 20;

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Most lines that can be marked by their numbers.
const MAX_MARKED: usize = 200;

impl Info {
    /// Reads an info string: `py title="a.py" hl_lines="2 4-5" linenums="1"`, or the same in
    /// braces with the language as a class.
    pub(super) fn parse(info: &str) -> Self {
        let mut out = Self::default();
        let trimmed = info.trim();
        if let Some((language, stray)) = stray(trimmed) {
            out.language = language.to_ascii_lowercase();
            out.stray = Some(stray.to_owned());
            return out;
        }
        let inner = trimmed.strip_prefix('{').map_or(trimmed, |rest| rest.trim_end_matches('}'));
        let mut rest = inner.trim_start();
        let mut first = true;
        while !rest.is_empty() {
            // `[name]` is VitePress' title.
            if let Some(end) = rest.strip_prefix('[').and_then(|inner| inner.find(']')).filter(|end| !first && *end > 0)
            {
                out.title.get_or_insert_with(|| rest[1..=end].to_owned());
                rest = rest[end + 2..].trim_start();
                continue;
            }
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '{' | ',')).unwrap_or(rest.len());
            let word = &rest[..end];
            rest = &rest[end..];
            if let Some(after) = rest.strip_prefix('=').filter(|_| !word.is_empty()) {
                let (value, after) = value(after);
                out.option(word, value);
                rest = after;
            } else {
                if let Some(class) = word.strip_prefix('.') {
                    if class == "annotate" {
                        out.annotate = true;
                    } else if out.language.is_empty() {
                        class.clone_into(&mut out.language);
                    } else if out.classes.len() < MAX_CLASSES && is_name(class) {
                        out.classes.push(class.to_owned());
                    }
                } else if let Some(id) = word.strip_prefix('#').filter(|id| is_name(id)) {
                    // `c#` is a language, ` #x` an id.
                    out.id = Some(id.to_owned());
                } else if first && !word.starts_with('#') {
                    word.clone_into(&mut out.language);
                }
                rest = rest.trim_start_matches(['=', '{', '}', ',']);
            }
            first = false;
            rest = rest.trim_start();
        }
        out.language = out.language.to_ascii_lowercase();
        out
    }

    fn option(&mut self, name: &str, value: &str) {
        match name {
            "title" if !value.is_empty() => self.title = Some(value.to_owned()),
            "linenums" => self.first_line = value.split_whitespace().next().and_then(|number| number.parse().ok()),
            "hl_lines" => {
                let ranges = value.split([' ', ',']).filter_map(|part| {
                    let (from, to) = part.split_once('-').unwrap_or((part, part));
                    Some((from.parse().ok()?, to.parse().ok()?))
                });
                self.marked = ranges.take(MAX_MARKED).collect();
            }
            _ => {}
        }
    }

    /// What the settings of the site say where the fence says nothing.
    pub(super) fn settle(&mut self, extensions: &Extensions) {
        if let Some(default) = extensions.default_language.as_ref().filter(|_| self.language.is_empty()) {
            self.language.clone_from(default);
        }
        self.first_line = self.first_line.or(extensions.line_numbers.then_some(1)).filter(|first| *first > 0);
        if extensions.auto_title && self.title.is_none() && !self.language.is_empty() {
            self.title = Some(language_title(&self.language).to_owned());
        }
    }

    /// The element for a block of code.
    fn html(&self, code: &str, id: Option<&str>, memo: &dyn Memo) -> String {
        let class: String =
            self.language.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '#')).collect();
        // `yaml+jinja` is YAML in a template.
        let language = match self.language.split_once('+') {
            Some((first, second)) if second.starts_with(|c: char| c.is_ascii_alphabetic()) => first,
            _ => &self.language,
        };
        let code = self.with_lines(highlight(code, language, memo));
        let id = id.map_or_else(String::new, |id| format!(" id=\"{}\"", escape(id)));
        let outer: String = self.classes.iter().map(|class| format!(" {class}")).collect();
        let class = if class.is_empty() { String::new() } else { format!(" class=\"language-{class}\"") };
        let block = format!("<pre class=\"hl\" tabindex=\"0\"><code{class}>{code}</code></pre>");
        match &self.title {
            Some(title) => {
                format!(
                    "<figure class=\"code{outer}\"{id}><figcaption>{}</figcaption>{block}</figure>\n",
                    escape(title)
                )
            }
            None => format!("<div class=\"code{outer}\"{id}>{block}</div>\n"),
        }
    }

    /// Marks and numbers lines.
    fn with_lines(&self, html: String) -> String {
        if self.marked.is_empty() && self.first_line.is_none() {
            return html;
        }
        let mut out = String::with_capacity(html.len() * 2);
        for (index, line) in html.split_inclusive('\n').enumerate() {
            let mut line = line.to_owned();
            if let Some(first) = self.first_line {
                let (text, end) = line.strip_suffix('\n').map_or((line.as_str(), ""), |text| (text, "\n"));
                line = format!("<span data-n=\"{}\">{text}</span>{end}", first.saturating_add(index));
            }
            if self.marked.iter().any(|(from, to)| (*from..=*to).contains(&(index + 1))) {
                line = format!("<span class=\"hll\">{line}</span>");
            }
            out.push_str(&line);
        }
        out
    }
}

/// A block of code that is not highlighted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// What its fence says. The id is only there if no other element of the page has it.
    pub(super) info: Info,
    pub(super) code: Box<str>,
    /// What its comments lead to.
    pub(super) notes: Option<CodeNotes>,
}

impl Block {
    /// How long its HTML will be, roughly.
    pub(super) fn size(&self) -> usize {
        self.code.len() * 4 + 128
    }

    /// Writes its element.
    pub(super) fn write(&self, out: &mut String, memo: &dyn Memo) {
        let html = self.info.html(&self.code, self.info.id.as_deref(), memo);
        match &self.notes {
            Some(notes) => {
                let (before, code) = html.split_at(html.find("<code").unwrap_or(0));
                out.push_str(before);
                out.push_str(&notes.linked(code));
            }
            None => out.push_str(&html),
        }
    }
}

/// The language of an info string, and code that was written into it: a command behind its
/// prompt, or words of which the first is no language and none is an option.
fn stray(info: &str) -> Option<(&str, &str)> {
    let (word, rest) = info.split_once(char::is_whitespace)?;
    if let Some(language) = word.strip_suffix(['$', '>']).filter(|language| is_name(language)) {
        return Some((language, &info[language.len()..]));
    }
    let is_word = |word: &str| is_name(word) || word.trim_start_matches('-').contains('/');
    let words = rest.split_whitespace().count();
    (words >= 2 && is_word(word) && !is_known_language(word) && !rest.contains(['=', '{', '[', '"', '\'']))
        .then_some(("", info))
}

/// The value of an option, in quotes or not, and what follows it.
fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            let end = inner.find(quote).unwrap_or(inner.len());
            return (&inner[..end], inner.get(end + 1..).unwrap_or(""));
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::NoMemo;

    #[test]
    fn info_strings_are_read() {
        let info = Info::parse("py title=\"a b.py\" hl_lines=\"2 4-5\" linenums=\"3\"");
        assert_eq!((info.language.as_str(), info.title.as_deref()), ("py", Some("a b.py")));
        assert_eq!((info.marked, info.first_line), (vec![(2, 2), (4, 5)], Some(3)));
        for (text, language) in [
            ("YAML", "yaml"),
            ("{.python .x #id}", "python"),
            ("rust,ignore", "rust"),
            ("{ .sh title='x' }", "sh"),
            ("", ""),
            ("=", ""),
            ("bash {1,3}", "bash"),
        ] {
            assert_eq!(Info::parse(text).language, language, "{text}");
        }
    }

    #[test]
    fn what_is_no_option_is_kept() {
        for (text, language, stray, title) in [
            ("console$ kubectl get pods", "console", Some("$ kubectl get pods"), None),
            ("kubectl get pods -n x", "", Some("kubectl get pods -n x"), None),
            ("toml [.bumpversion.toml]", "toml", None, Some(".bumpversion.toml")),
            ("toml [a b] title=\"c\"", "toml", None, Some("c")),
            ("js twoslash showLineNumbers", "js", None, None),
            ("unheard hl_lines=1 two three", "unheard", None, None),
            ("unheard x", "unheard", None, None),
            ("[x]", "[x]", None, None),
        ] {
            let info = Info::parse(text);
            assert_eq!(
                (info.language.as_str(), info.stray.as_deref(), info.title.as_deref()),
                (language, stray, title),
                "{text}"
            );
        }
    }

    #[test]
    fn lines_are_marked_and_numbered() {
        let html = Info::parse("text title=\"<t>\" hl_lines=2 linenums=1").html("a\nb\n", None, &NoMemo);
        assert!(html.contains("<figcaption>&lt;t&gt;</figcaption>"), "{html}");
        assert!(
            html.contains("<span data-n=\"1\">a</span>\n<span class=\"hll\"><span data-n=\"2\">b</span>\n</span>"),
            "{html}"
        );
    }
}
