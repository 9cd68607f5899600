//! Comments that say that a finding is known: `# catalog-ignore[code]: reason until 2027-03-01`,
//! on the line of the finding or alone on a line above it. In Markdown and HTML as `<!-- … -->`,
//! in definitions also after `//`.

use jiff::civil::Date;
use memchr::memmem;

use crate::base::{Span, Text};
use crate::diagnostics::{Ignored, Suppression};
use crate::yaml::{self, Limits, Node, Value};

const MARK: &str = "catalog-ignore[";

/// Suppressions of one file; more than this many are noise.
const MOST: usize = 10_000;

/// Whether a text has anything that may be one.
pub fn may_suppress(text: &Text) -> bool {
    memmem::find(text.as_str().as_bytes(), MARK.as_bytes()).is_some()
}

/// All suppressions of a file. `is_yaml` keeps those from being read that stand inside a value.
pub fn suppressions(text: &Text, is_yaml: bool) -> Vec<Suppression> {
    let all = text.as_str();
    let mut found: Vec<Suppression> =
        memmem::find_iter(all.as_bytes(), MARK.as_bytes()).take(MOST).filter_map(|at| read(text, at)).collect();
    if is_yaml && !found.is_empty() {
        let values = scalars(all);
        found.retain(|one| !values.iter().any(|span| span.start <= one.span.start && one.span.end <= span.end));
    }
    found
}

fn read(text: &Text, at: usize) -> Option<Suppression> {
    let all = text.as_str();
    let line_start = all[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = all[at..].find('\n').map_or(all.len(), |end| at + end);
    let before = all[line_start..at].trim_end();
    let leader = ["<!--", "//", "#"].into_iter().find(|leader| before.ends_with(leader))?;
    let comment = line_start + before.len() - leader.len();
    let own = all[line_start..comment].trim().is_empty();
    // `a#b` is no comment, neither in YAML nor in CODEOWNERS.
    if !own && !all[..comment].ends_with([' ', '\t']) {
        return None;
    }
    let codes_at = at + MARK.len();
    let codes_end = codes_at + all[codes_at..line_end].find(']')?;
    let mut offset = codes_at;
    let mut codes = Vec::new();
    for part in all[codes_at..codes_end].split(',') {
        let start = offset + part.len() - part.trim_start().len();
        codes.push(Ignored { code: part.trim().to_owned(), span: Span::new(start, start + part.trim().len()) });
        offset += part.len() + 1;
    }
    let rest = all[codes_end + 1..line_end].trim_end().trim_end_matches("-->").trim();
    let (reason, until) = reason_and_date(rest.strip_prefix(':').unwrap_or(rest).trim());
    let line = text.position(u32::try_from(at).ok()?).line;
    let target = if own { next_line(text, line)? } else { line };
    let end = all[..line_end].trim_end().len();
    Some(Suppression { codes, reason: reason.to_owned(), until, span: Span::new(comment, end), line: target })
}

/// A date at the end, after `until`, belongs to the machine; the rest is for people.
fn reason_and_date(text: &str) -> (&str, Option<Date>) {
    let date = text.rsplit(' ').next().and_then(|word| word.parse::<Date>().ok());
    let without = date.and_then(|_| text.rfind("until")).map(|at| text[..at].trim_end());
    match (without, date) {
        (Some(reason), Some(date)) => (reason, Some(date)),
        _ => (text, None),
    }
}

/// The next line that is neither blank nor a comment: several suppressions may stand above it.
fn next_line(text: &Text, line: usize) -> Option<usize> {
    (line + 1..=text.line_count()).find(|&next| {
        let content = text.line(next).trim();
        !content.is_empty() && !["#", "//", "<!--"].iter().any(|leader| content.starts_with(leader))
    })
}

/// Where a comment cannot begin: block scalars and quoted texts.
fn scalars(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for document in yaml::parse(text, Limits::default()) {
        if let Some(root) = &document.root {
            collect(root, &mut spans);
        }
    }
    spans
}

fn collect(node: &Node, spans: &mut Vec<Span>) {
    match &node.value {
        Value::Text(text) if text.contains(MARK) => spans.push(node.span),
        Value::List(items) => items.iter().for_each(|item| collect(item, spans)),
        Value::Map(entries) => entries.iter().for_each(|entry| collect(&entry.value, spans)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, is_yaml: bool) -> Vec<(usize, Vec<String>, String, Option<String>)> {
        let text = Text::from_bytes(text.as_bytes());
        let all = suppressions(&text, is_yaml).into_iter();
        all.map(|one| {
            let codes = one.codes.into_iter().map(|ignored| ignored.code).collect();
            (one.line, codes, one.reason, one.until.map(|date| date.to_string()))
        })
        .collect()
    }

    #[test]
    fn comments_are_for_their_line_or_the_next() {
        let text =
            "a: 1 # catalog-ignore[x]: known\n# catalog-ignore[y, z]: for now until 2027-03-01\n# more\n\nb: 2\n";
        assert_eq!(
            found(text, true),
            [
                (1, vec!["x".into()], "known".into(), None),
                (5, vec!["y".into(), "z".into()], "for now".into(), Some("2027-03-01".into())),
            ]
        );
        let markdown = "<!-- catalog-ignore[broken-link]: moves soon -->\nSee [x](y).\n";
        assert_eq!(found(markdown, false), [(2, vec!["broken-link".into()], "moves soon".into(), None)]);
    }

    #[test]
    fn values_and_halves_are_no_comments() {
        for text in [
            "a: |\n  # catalog-ignore[x]: text\nb: 1\n",
            "a: 'x # catalog-ignore[x]: text'\n",
            "a: x#catalog-ignore[x]: text\n",
            "# catalog-ignore[x: open\na: 1\n",
            "# catalog-ignore[x]: nothing below\n",
        ] {
            assert_eq!(found(text, true), [], "{text}");
        }
    }

    #[test]
    fn a_reason_may_speak_of_time() {
        for (text, reason, until) in [
            ("until we move", "until we move", None),
            ("until 2027-03-01", "", Some("2027-03-01")),
            ("waits until spring until 2027-03-01", "waits until spring", Some("2027-03-01")),
            ("until 2027-13-01", "until 2027-13-01", None),
            ("seen on 2027-03-01", "seen on 2027-03-01", None),
        ] {
            let (said, date) = reason_and_date(text);
            assert_eq!((said, date.map(|date| date.to_string())), (reason, until.map(str::to_owned)), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(#|//|<!--|catalog-ignore\\[|\\]|:|until|2027-03-01|[ a-zé\n]){0,40}") {
            let text = Text::from_bytes(text.as_bytes());
            for one in suppressions(&text, true) {
                let _ = text.slice(one.span);
            }
        }
    }
}
