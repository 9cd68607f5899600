//! Quotes: what is in them, and the alerts that GitHub and GitLab make of them. An alert of one
//! of GitHub's types without a title is left to the parser, which knows it.

use super::Line;
use super::pass::{Level, Pass};
use crate::markdown::directives::{Directive, Kind, Title};

impl<'a> Pass<'a> {
    /// The quote that begins here.
    pub(super) fn quote(&mut self, lines: &[Line<'a>], level: Level) -> usize {
        if let Some(used) = self.fenced_quote(lines, level) {
            return used;
        }
        let used = lines.iter().take_while(|line| line.indent() < 4 && line.content().starts_with('>')).count();
        let inner: Vec<Line<'a>> = lines[..used].iter().map(unquoted).collect();
        if let Some(directive) = alert(inner[0]).filter(|alert| alert.title != Title::Default) {
            // Text right below goes on with the last paragraph of a quote.
            let lazy = lines[used..].iter().take_while(|line| is_text(line)).count();
            let lazy = if inner.last().is_some_and(is_text) { lazy } else { 0 };
            let mut body = inner[1..].to_vec();
            body.extend(&lines[used..used + lazy]);
            self.open(inner[0], 'o', directive);
            self.level(&body, level.body());
            self.close(lines[used + lazy - 1].at);
            return used + lazy;
        }
        let length = self.out.enter("> ", "> ");
        self.level(&inner, level.inner());
        self.out.leave(length);
        used
    }

    /// GitLab's quote between two lines of `>>>`.
    fn fenced_quote(&mut self, lines: &[Line<'a>], level: Level) -> Option<usize> {
        let rest = lines[0].content().strip_prefix(">>>")?;
        if rest.starts_with('>') || lines.get(1)?.content().starts_with('>') {
            return None;
        }
        let first = lines[0].after(lines[0].text.len() - rest.len());
        let directive = alert(first);
        if directive.is_none() && !rest.trim().is_empty() {
            return None;
        }
        let end = lines.iter().skip(1).position(|line| line.content().starts_with(">>>"))? + 1;
        if lines[end].trimmed() != ">>>" {
            return None;
        }
        let directive = directive.unwrap_or_else(|| Directive::plain(Kind::Quote));
        self.open(first, 'o', directive);
        self.level(&lines[1..end], level.body());
        self.close(lines[end].at);
        Some(end + 1)
    }
}

/// A line without the mark of a quote.
fn unquoted<'a>(line: &Line<'a>) -> Line<'a> {
    let start = line.text.len() - line.content().len();
    line.after(start + 1).cut(1)
}

/// The alert that a first line of a quote begins: `[!NOTE]`, with a title of its own or none.
fn alert(line: Line<'_>) -> Option<Directive> {
    let content = line.content();
    let (word, title) = content.strip_prefix("[!")?.split_once(']')?;
    let (class, name) = match word.to_ascii_lowercase().as_str() {
        "note" => ("note", "Note"),
        "tip" => ("tip", "Tip"),
        "important" => ("warning", "Important"),
        "warning" => ("warning", "Warning"),
        "caution" => ("danger", "Caution"),
        _ => return None,
    };
    let written = title.trim();
    let mut directive = Directive::plain(Kind::Admonition);
    directive.classes = vec![class.to_owned()];
    directive.name = Some(name);
    directive.title = if written.is_empty() {
        Title::Default
    } else if title.starts_with([' ', '\t']) {
        let end = content.trim_end().len();
        Title::Written(end - written.len()..end)
    } else {
        return None;
    };
    Some(directive)
}

/// Whether a line is plain text, that goes on with a paragraph.
fn is_text(line: &Line<'_>) -> bool {
    line.content().starts_with(|c: char| c.is_alphabetic() || c == '(' || c == '"')
}
