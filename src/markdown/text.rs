//! Runs of text: escaping, and links for URLs that were written bare.

/// Text with what HTML would misread replaced; fit for content and for quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    escape_into(&mut out, text);
    out
}

/// [`escape`] at the end of another text.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
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

/// The bare URLs of a text, as ranges of bytes, by GitHub's rules: `https://`, `http://` and
/// `www.` at the start of a word, without the punctuation that ends a sentence.
pub(super) fn bare_urls(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = ["http", "www."].iter().filter_map(|start| text[from..].find(start)).min() {
        let start = from + offset;
        let rest = &text[start..];
        let prefix = ["https://", "http://", "www."].into_iter().find(|prefix| rest.starts_with(prefix));
        let boundary =
            text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || "*_~(\"'[{:,;".contains(c));
        let Some(prefix) = prefix.filter(|_| boundary) else {
            from = start + 4;
            continue;
        };
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`')).unwrap_or(rest.len());
        let url = trimmed(&rest[..end]);
        let host = url.get(prefix.len()..).unwrap_or("").split(['/', '?', '#', ':']).next().unwrap_or("");
        let is_host = host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if is_host {
            found.push(start..start + url.len());
            from = start + url.len();
        } else {
            from = start + 4;
        }
    }
    found
}

/// A URL without what belongs to the sentence around it.
fn trimmed(url: &str) -> &str {
    let mut url = url;
    // Emphasis or a parenthesis that closes after the URL; bounded, so that a run of them is cheap.
    loop {
        let shorter = url.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', ';', ']', '}']);
        let closing = shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
        let shorter = if closing {
            let excess = shorter.matches(')').count() - shorter.matches('(').count();
            let run = shorter.len() - shorter.trim_end_matches(')').len();
            &shorter[..shorter.len() - excess.min(run)]
        } else {
            shorter
        };
        if shorter.len() == url.len() {
            return url;
        }
        url = shorter;
    }
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
