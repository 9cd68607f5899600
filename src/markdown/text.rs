//! Runs of text: escaping, and links for URLs that were written bare.

use std::ops::Range;

/// Text with what HTML would misread replaced; fit for content and for quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    escape_into(&mut out, text);
    out
}

/// [`escape`] at the end of another text.
pub(super) fn escape_into(out: &mut String, text: &str) {
    replace_into(out, text, true);
}

/// Text as content alone, where quotes may stay as they are: code has many.
pub(super) fn escape_content(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    escape_content_into(&mut out, text);
    out
}

/// [`escape_content`] at the end of another text.
pub(super) fn escape_content_into(out: &mut String, text: &str) {
    replace_into(out, text, false);
}

fn replace_into(out: &mut String, text: &str, quotes: bool) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if quotes => "&quot;",
            // Not allowed in HTML, and a sign of bytes that are no text.
            0 => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Undoes what [`escape`] and HTML serialisers do.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

/// Longest URL that becomes a link; longer ones are data.
const MAX_URL: usize = 4_096;
/// Longest name of a host, and longest address before its `@`.
const MAX_HOST: usize = 253;
const MAX_LOCAL: usize = 64;

/// The bare URLs and mail addresses of a text, as ranges of bytes, by GitHub's rules: a scheme
/// or `www.` at the start of a word, without the punctuation that ends a sentence.
pub(super) fn bare_urls(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    // Where the run of text ends that was found too long to be a URL: it is read once.
    let mut long = 0;
    // `:` of `://`, `w` of `www.`, `@`: each is looked at once.
    while let Some(offset) = text[from..].find([':', 'w', '@']) {
        let at = from + offset;
        let floor = found.last().map_or(0, |last| last.end);
        let hit = match text.as_bytes()[at] {
            b':' if text[at..].starts_with("://") => {
                scheme(text, at, floor).and_then(|start| url(text, start, at + 3, &mut long))
            }
            b'w' if text[at..].starts_with("www.") && begins(text, at) => url(text, at, at + 4, &mut long),
            b'@' => mail(text, at, floor),
            _ => None,
        };
        from = hit.as_ref().map_or(at + 1, |hit| hit.end.max(at + 1));
        found.extend(hit);
    }
    found
}

/// Where a scheme that links begins, which ends at `end`.
fn scheme(text: &str, end: usize, floor: usize) -> Option<usize> {
    let before = text.get(floor..end)?;
    let scheme = ["https", "http", "ftps", "ftp"].into_iter().find(|scheme| before.ends_with(scheme))?;
    let start = end - scheme.len();
    begins(text, start).then_some(start)
}

/// Whether a URL may begin here.
fn begins(text: &str, start: usize) -> bool {
    text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || "*_~(\"'[{:,;=|–—。，、（「".contains(c))
}

fn url(text: &str, start: usize, host: usize, long: &mut usize) -> Option<Range<usize>> {
    if start < *long {
        return None;
    }
    let is_host_char = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let rest = &text[host..];
    let host_end = rest.find(|c: char| !is_host_char(c)).unwrap_or(rest.len());
    let name = rest[..host_end].trim_end_matches(['.', '_', '-']);
    let starts_well = name.starts_with(|c: char| c.is_alphanumeric());
    if name.len() > MAX_HOST || !starts_well || !(name.contains('.') || text[start..].starts_with("www.")) {
        return None;
    }
    let rest = &text[start..];
    let stop = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`');
    let end = rest.find(stop).unwrap_or(rest.len());
    if end > MAX_URL {
        *long = start + end;
        return None;
    }
    let mut url = trimmed(&rest[..end]);
    // Marks around it, as in `==https://a.example==`.
    for mark in ["==", "^^", "++"].into_iter().filter(|mark| text[..start].ends_with(mark)) {
        url = url.strip_suffix(mark).map_or(url, trimmed);
    }
    (start + url.len() > host).then(|| start..start + url.len())
}

/// A URL without what belongs to the sentence around it: punctuation, emphasis, and parentheses
/// that were opened before it.
fn trimmed(url: &str) -> &str {
    let (mut opened, mut closed) = (0_usize, 0_usize);
    for byte in url.bytes() {
        opened += usize::from(byte == b'(');
        closed += usize::from(byte == b')');
    }
    let mut end = url.len();
    for byte in url.bytes().rev() {
        match byte {
            b')' if closed > opened => closed -= 1,
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b';' | b']' | b'}' => {}
            _ => break,
        }
        end -= 1;
    }
    &url[..end]
}

/// The mail address around an `@`.
fn mail(text: &str, at: usize, floor: usize) -> Option<Range<usize>> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+' | b'_');
    let before = &text.as_bytes()[floor..at];
    let length = before.iter().rev().take(MAX_LOCAL + 1).take_while(|byte| is_local(byte)).count();
    let local = text.get(at - length..at)?.trim_start_matches('.');
    let start = at - local.len();
    let free = text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '@'));
    if local.is_empty() || local.len() > MAX_LOCAL || local.ends_with('.') || local.contains("..") || !free {
        return None;
    }
    let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let after = &text.as_bytes()[at + 1..];
    let length = after.iter().take(MAX_HOST + 1).take_while(|byte| is_domain(byte)).count();
    let whole = text.get(at + 1..at + 1 + length)?;
    let domain = whole.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
    let next = &text[at + 1 + domain.len()..];
    // `git@host:path` names a repository.
    let is_path = next.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
    let fits = domain.contains('.')
        && !domain.contains("..")
        && !domain.starts_with('.')
        && !next.starts_with(['-', '@', '_'])
        && !next.starts_with(|c: char| c.is_alphanumeric());
    (fits && !is_path && length <= MAX_HOST).then(|| start..at + 1 + domain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_urls_end_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("see https://a.example/x, please", Some("https://a.example/x")),
            ("(https://a.example/x_(y))", Some("https://a.example/x_(y)")),
            ("www.a.example.", Some("www.a.example")),
            ("https://localhost", None),
            ("xhttps://a.example", None),
            ("http", None),
            ("httpd https", None),
        ] {
            assert_eq!(bare_urls(text).first().map(|range| &text[range.clone()]), expected, "{text}");
        }
    }

    #[test]
    fn escaped_text_reads_as_it_was() {
        let text = "a < b && \"c\" > d &lt;";
        assert_eq!(unescape(&escape(text)), text);
    }
}
