//! Text of a message as Markdown that means the same: what stands in backticks is code, everything
//! else is only text. Nothing in it becomes HTML, a link, a reference to an issue, or the mention
//! of a person, whatever names the input has.

use super::run::one_line;

/// Breaks what a host would make of `@name` and `#1`, and is not seen.
const JOINER: char = '\u{200d}';

/// A message: text with code in backticks.
pub(super) fn prose(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('`') {
        // A backtick without another one is just that.
        let Some((inside, next)) = after.split_once('`').filter(|(inside, _)| !inside.is_empty()) else {
            out.push_str(&plain(before));
            out.push_str("\\`");
            rest = after;
            continue;
        };
        out.push_str(&plain(before));
        out.push_str(&code(inside));
        rest = next;
    }
    out.push_str(&plain(rest));
    out
}

/// Text without any markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => out.extend(['\\', c]),
            '@' => out.extend(['@', JOINER]),
            '#' => out.extend(['\\', '#', JOINER]),
            // `https://…` and `GH-1` become links on their own.
            ':' if chars.peek() == Some(&'/') => out.extend([':', JOINER]),
            c => out.push(c),
        }
    }
    out
}

/// A code span, with as many backticks around it as none inside has.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // One space on both sides is taken away again, unless there is nothing but spaces.
    let only_spaces = text.trim_matches(' ').is_empty() && !text.is_empty();
    let spaced = !only_spaces && (text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) || text.is_empty());
    if spaced { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// A link with a label that is Markdown already.
pub(super) fn link(label: &str, url: &str) -> String {
    let url = url.replace('(', "%28").replace(')', "%29").replace(' ', "%20").replace('<', "%3C").replace('>', "%3E");
    format!("[{label}]({url})")
}

/// Text in an HTML element.
pub(super) fn html(text: &str) -> String {
    let text = one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('@', &format!("@{JOINER}"))
}

/// The beginning of a text that is too long.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// What a reader of Markdown sees in an item: text, code in brackets, anything else by its name.
    fn seen(markdown: &str) -> String {
        let item = format!("- ❌ {markdown}<br>`end`\n");
        let mut out = String::new();
        for event in
            Parser::new_ext(&item, Options::ENABLE_GFM | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES)
        {
            match event {
                Event::Text(text) => out.push_str(&text),
                Event::Code(code) => out.push_str(&format!("[{code}]")),
                Event::Start(Tag::List(_) | Tag::Item) | Event::End(_) => {}
                Event::InlineHtml(html) => out.push_str(&html),
                other => out.push_str(&format!("{other:?}")),
            }
        }
        out
    }

    proptest! {
        /// Markup, names of people, numbers of issues: all of it stays text.
        #[test]
        fn no_message_becomes_markup(text in "[a@#1<>&*_~|:/!$.\\\\\\[\\]()`h{}\"'é -]{0,24}") {
            let seen = seen(&prose(&format!("x{text}x"))).replace(JOINER, "");
            let mut plain = one_line(&format!("x{text}x"));
            // Pairs of backticks are code; what the eye sees is the same but for them.
            plain.retain(|c| c != '`');
            let mut shown = seen.trim_end_matches("<br>[end]").trim_start_matches("❌ ").to_owned();
            shown.retain(|c| !matches!(c, '`' | '[' | ']'));
            plain.retain(|c| !matches!(c, '[' | ']'));
            prop_assert_eq!(shown, plain);
        }
    }

    #[test]
    fn text_stays_text_and_code_stays_code() {
        assert_eq!(prose("there is no `a*b` in *x*"), "there is no `a*b` in \\*x\\*");
        assert_eq!(prose("<b> & `<b>`"), "&lt;b&gt; &amp; `<b>`");
        assert_eq!(prose("one ` only"), "one \\` only");
        assert_eq!(prose("an empty `` pair"), "an empty \\`\\` pair");
        assert_eq!(prose("ask @team, see #12"), "ask @\u{200d}team, see \\#\u{200d}12");
        assert_eq!(prose("two\nlines"), "two lines");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(link("`x`", "https://x.example/a(b).yaml#L1"), "[`x`](https://x.example/a%28b%29.yaml#L1)");
        assert_eq!(html("<@a>"), "&lt;@\u{200d}a&gt;");
        assert_eq!(shortened("äöü", 2), "äö…");
    }
}
