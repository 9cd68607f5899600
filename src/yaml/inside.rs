//! Where a part of a scalar's value stands in the file. The value of a quoted, folded or block
//! scalar is not what is written; the two are walked along side by side.

use std::ops::Range;

use crate::base::Span;

/// The span of `part` of a scalar's value. `written` is the scalar as it stands in the file from
/// `start` on. Blanks and line ends may differ, as folding and indentation make them differ, and
/// the escapes of quoted scalars are known. `None` where the two do not agree.
pub fn span_inside(written: &str, start: usize, value: &str, part: Range<usize>) -> Option<Span> {
    let quote = written.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    if written == value {
        return Some(Span::new(start + part.start, start + part.end));
    }
    let quote = quote.filter(|quote| written.len() >= 2 && written.ends_with(*quote));
    let mut at = usize::from(quote.is_some());
    let (mut from, mut to) = (None, None);
    for (offset, character) in value.char_indices().take_while(|(offset, _)| *offset < part.end) {
        if character.is_whitespace() {
            continue;
        }
        let (begin, end) = find(written, at, character, quote)?;
        if offset >= part.start {
            from.get_or_insert(begin);
            to = Some(end);
        }
        at = end;
    }
    Some(Span::new(start + from?, start + to?))
}

/// The next character that is no blank, where it is the one that is looked for.
fn find(written: &str, from: usize, wanted: char, quote: Option<char>) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let rest = &written[at..];
        let character = rest.chars().next()?;
        if character.is_whitespace() {
            at += character.len_utf8();
            continue;
        }
        if quote == Some('\'') && rest.starts_with("''") {
            return (wanted == '\'').then_some((at, at + 2));
        }
        if quote == Some('"') && character == '\\' {
            let escaped = rest[1..].chars().next()?;
            match escaped {
                'n' | 't' | 'r' | ' ' | '\n' => at += 2,
                _ => return (escaped == wanted && "\"\\/".contains(escaped)).then_some((at, at + 2)),
            }
            continue;
        }
        return (character == wanted).then_some((at, at + character.len_utf8()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(written: &'a str, value: &str, part: &str) -> Option<&'a str> {
        let at = value.find(part).unwrap();
        span_inside(written, 0, value, at..at + part.len()).map(|span| &written[span.range()])
    }

    #[test]
    fn parts_are_found_in_all_styles() {
        assert_eq!(found("a ${{ b }}", "a ${{ b }}", "b"), Some("b"));
        assert_eq!(found("'it''s ${{ b }}'", "it's ${{ b }}", "b }}"), Some("b }}"));
        assert_eq!(found(r#""a\"\n ${{ b }}""#, "a\"\n ${{ b }}", "${{ b"), Some("${{ b"));
        assert_eq!(found("one\n    ${{ b\n    }}\n", "one\n${{ b\n}}\n", "b"), Some("b"));
        assert_eq!(found("one\n  two ${{ b }}", "one two ${{ b }}", "two"), Some("two"));
        assert_eq!(found(r#""\x41 ${{ b }}""#, "A ${{ b }}", "b"), None);
        assert_eq!(found("else", "value", "al"), None);
    }
}
