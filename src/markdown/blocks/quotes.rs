//! Quotes: what is in them, and the alerts that GitHub, GitLab and Obsidian make of them.

use super::Line;
use super::pass::{Level, Pass};
use crate::markdown::directives::{Directive, Kind, Title, is_known};

impl<'a> Pass<'a> {
    /// The quote that begins here.
    pub(super) fn quote(&mut self, lines: &[Line<'a>], level: Level) -> usize {
        if let Some(used) = self.fenced_quote(lines, level) {
            return used;
        }
        let mut inner: Vec<Line<'a>> = Vec::new();
        let mut is_cut = false;
        for line in lines.iter().take_while(|line| line.indent() < 4 && line.content().starts_with('>')) {
            let line = unquoted(line);
            // An alert that begins in the middle, after an empty line, ends the quote before it.
            is_cut = inner.last().is_some_and(|last| last.trimmed().is_empty()) && alert(line).is_some();
            if is_cut {
                break;
            }
            inner.push(line);
        }
        let used = inner.len();
        if let Some(directive) = alert(inner[0]) {
            // Text right below goes on with the last paragraph of a quote.
            let lazy = lines[used..].iter().take_while(|line| is_text(line)).count();
            let lazy = if !is_cut && inner.last().is_some_and(is_text) { lazy } else { 0 };
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

/// The alert that a first line of a quote begins: `[!NOTE]`, with a title of its own or none;
/// `[!note]-` is folded.
fn alert(line: Line<'_>) -> Option<Directive> {
    let content = line.content();
    let (word, title) = content.strip_prefix("[!")?.split_once(']')?;
    let lower = word.to_ascii_lowercase();
    let (class, name) = match lower.as_str() {
        "note" => ("note", Some("Note")),
        "tip" => ("tip", Some("Tip")),
        "important" => ("warning", Some("Important")),
        "warning" => ("warning", Some("Warning")),
        "caution" => ("danger", Some("Caution")),
        other if is_known(other) => (other, None),
        _ => return None,
    };
    // Obsidian folds with a sign at the end of the type.
    let folded = title.strip_prefix(['-', '+']);
    let mut directive = Directive::plain(if folded.is_some() { Kind::Details } else { Kind::Admonition });
    directive.open = !title.starts_with('-');
    directive.classes = vec![class.to_owned()];
    directive.name = name;
    let title = folded.unwrap_or(title);
    let written = title.trim();
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
