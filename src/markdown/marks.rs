//! Marks in highlighted code: elements around parts of it, by their place in its source. Both are
//! read side by side, so that what the highlighter wrote needs not be understood.

use std::ops::Range;

/// A part of a source with the tags that go around it.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The bytes of the source, within one line.
    pub range: Range<usize>,
    /// The opening tag. It is written as it is.
    pub open: String,
    /// The closing tag.
    pub close: &'static str,
}

/// Highlighted code with marks, which are in order and do not overlap.
pub fn with_marks(html: &str, source: &str, marks: &[Mark]) -> String {
    let mut out = String::with_capacity(html.len() + marks.iter().map(|mark| mark.open.len() + 32).sum::<usize>());
    let mut characters = source.char_indices();
    let mut marks = marks.iter().peekable();
    let (mut rest, mut span, mut inside): (&str, Option<&str>, Option<&Mark>) = (html, None, None);
    loop {
        if let Some(end) = rest.strip_prefix('<').and_then(|_| rest.find('>')) {
            let tag = &rest[..=end];
            span = (!tag.starts_with("</")).then_some(tag);
            out.push_str(tag);
            rest = &rest[end + 1..];
            continue;
        }
        let at = characters.next().map_or(source.len(), |(at, _)| at);
        if let Some(mark) = inside.take_if(|mark| at >= mark.range.end) {
            // What is open was opened inside of the mark.
            border(&mut out, span, mark.close);
        }
        if rest.is_empty() {
            break;
        }
        while marks.next_if(|mark| mark.range.start < at).is_some() {}
        if let Some(mark) = marks.next_if(|mark| mark.range.start == at && !mark.range.is_empty()) {
            border(&mut out, span, &mark.open);
            inside = Some(mark);
        }
        let length = match rest.strip_prefix('&').and_then(|_| rest.find(';')) {
            Some(end) => end + 1,
            None => rest.chars().next().map_or(0, char::len_utf8),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// Writes a tag where an element may be open: that one ends before it and goes on after it.
fn border(out: &mut String, span: Option<&str>, tag: &str) {
    let Some(span) = span else {
        out.push_str(tag);
        return;
    };
    if out.ends_with(span) {
        out.truncate(out.len() - span.len());
    } else {
        out.push_str("</span>");
    }
    out.push_str(tag);
    out.push_str(span);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::NoMemo;
    use crate::markdown::highlight;

    fn marked(source: &str, parts: &[&str]) -> String {
        let mark = |part: &&str| {
            let start = source.find(part).unwrap();
            Mark { range: start..start + part.len(), open: "<a>".to_owned(), close: "</a>" }
        };
        with_marks(&highlight(source, "yaml", &NoMemo), source, &parts.iter().map(mark).collect::<Vec<_>>())
    }

    #[test]
    fn marks_stand_around_elements_and_inside_of_them() {
        for (source, parts, expected) in [
            ("owner: team", &["team"][..], "<span class=\"p\">owner</span>: <a>team</a>"),
            (
                "a: \"<b>\" # c",
                &["<b>"],
                "<span class=\"p\">a</span>: <span class=\"s\">\"</span><a><span class=\"s\">&lt;b&gt;</span></a><span class=\"s\">\" </span><span class=\"c\"># c</span>",
            ),
            ("- api:x\n- team", &["api:x", "team"], "- <a>api:x</a>\n- <a>team</a>"),
            ("é: ü", &["ü"], "<span class=\"p\">é</span>: <a>ü</a>"),
        ] {
            let html = marked(source, parts);
            // Whether a plain scalar has a class is the highlighter's business.
            let html = html.replace("<a><span class=\"s\">team</span></a>", "<a>team</a>");
            assert_eq!(html, expected, "{source}");
        }
    }

    #[test]
    fn without_tags_it_is_what_it_was() {
        let source = "x: [a, \"b & c\"]\ny: 1 # <z>\n";
        let html = highlight(source, "yaml", &NoMemo);
        assert_eq!(with_marks(&html, source, &[]), html);
        let bare = |html: &str| {
            let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
            parts.collect::<String>()
        };
        assert_eq!(bare(&marked(source, &["a", "b & c", "<z>"])), bare(&html));
    }
}
