//! Which comment belongs to what: the one right above a declaration leads it, the one after it in
//! its line trails it, as does one below it that a blank line divides from what follows. All others
//! belong to nothing. These are protoc's rules. The text is Markdown.

use crate::base::Span;

use super::lex::Token;

/// A comment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comment {
    pub(super) span: Span,
    /// The line it begins on and the one it ends on, from 0.
    pub(super) lines: (usize, usize),
    /// Whether it ends with its line.
    pub(super) is_line: bool,
}

/// Longest description that is taken from a comment, in bytes.
const MAX_LENGTH: usize = 256 * 1024;

/// What the comments between two tokens are to them.
#[derive(Debug, Default)]
pub(super) struct Gap {
    /// Of the token before.
    pub(super) trailing: Option<String>,
    /// Of the token after.
    pub(super) leading: Option<String>,
}

/// Sorts the comments between two tokens. `closes` says that the next token ends what is around.
pub(super) fn gap(text: &str, comments: &[Comment], before: Option<&Token>, next: &Token, closes: bool) -> Gap {
    let mut blocks = blocks(comments, before.map(|token| token.lines.1));
    let mut gap = Gap::default();
    if let Some(token) = before
        && let Some(first) = blocks.first().copied()
    {
        let (start, end) = lines(first);
        let is_last = blocks.len() == 1;
        let follows = blocks.get(1).map_or(next.lines.0, |block| lines(block).0);
        let in_line = start == token.lines.1 && (!is_last || next.lines.0 > end || closes);
        let below = start == token.lines.1 + 1 && (follows > end + 1 || (is_last && closes));
        if in_line || below {
            gap.trailing = written(text, first);
            blocks.remove(0);
        }
    }
    if let Some(last) = blocks.last()
        && !closes
        && lines(last).1 + 1 >= next.lines.0
    {
        gap.leading = written(text, last);
    }
    gap
}

/// Comments of lines that follow each other are one, save the one in the line of a token.
fn blocks(comments: &[Comment], token_line: Option<usize>) -> Vec<&[Comment]> {
    comments
        .chunk_by(|one, two| {
            one.is_line && two.is_line && two.lines.0 == one.lines.1 + 1 && Some(one.lines.0) != token_line
        })
        .collect()
}

fn lines(block: &[Comment]) -> (usize, usize) {
    (block.first().map_or(0, |comment| comment.lines.0), block.last().map_or(0, |comment| comment.lines.1))
}

/// The text of a block without its marks. What is meant for tools is left out.
fn written(text: &str, block: &[Comment]) -> Option<String> {
    let mut out = String::new();
    for comment in block {
        let written = &text[comment.span.range()];
        if comment.is_line {
            let line = written.trim_start_matches('#').trim_start_matches('/');
            push(&mut out, line.strip_prefix(' ').unwrap_or(line));
        } else {
            let inner = written.trim_start_matches('/').trim_start_matches('*');
            let inner = inner.strip_suffix("*/").unwrap_or(inner);
            inner.lines().for_each(|line| push(&mut out, starless(line)));
        }
        if out.len() > MAX_LENGTH {
            break;
        }
    }
    let out = out.trim_matches('\n').trim_end();
    (!out.trim().is_empty()).then(|| without_references(out))
}

/// `[Order][shop.v1.Order]` is how comments name a type. Markdown knows no such target and would
/// show the brackets, so that only the words are left, as code where they are a name.
fn without_references(text: &str) -> String {
    let is_name = |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_.".contains(letter));
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once("][") {
        let target = after
            .split_once(']')
            .filter(|(target, _)| is_name(target) && !target.starts_with(|letter: char| letter.is_ascii_digit()));
        let (Some(open), Some((_, next))) = (before.rfind('['), target) else {
            out.push_str(&rest[..before.len() + 2]);
            rest = after;
            continue;
        };
        let words = &before[open + 1..];
        out.push_str(&before[..open]);
        let code = if !words.is_empty() && is_name(words) { "`" } else { "" };
        out.extend([code, words, code]);
        rest = next;
    }
    out + rest
}

fn push(out: &mut String, line: &str) {
    if line.trim_start().starts_with("buf:lint:ignore") {
        return;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// A line of a comment whose lines begin with stars.
fn starless(line: &str) -> &str {
    let trimmed = line.trim_start();
    match trimmed.strip_prefix('*') {
        Some(rest) => rest.strip_prefix(' ').unwrap_or(rest),
        None => line.strip_prefix(' ').unwrap_or(line),
    }
}

#[cfg(test)]
mod tests {
    use super::without_references;

    #[test]
    fn references_to_types_are_words() {
        for (written, shown) in [
            ("a [Order][shop.v1.Order], [its `id`][shop.v1.Order.id] and [B][]", "a `Order`, its `id` and `B`"),
            ("[a](b) [c][d e] x[1][2] ][ [x][y", "[a](b) [c][d e] x[1][2] ][ [x][y"),
        ] {
            assert_eq!(without_references(written), shown);
        }
    }
}
