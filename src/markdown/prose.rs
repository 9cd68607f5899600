//! Texts that stand inside of other pages: descriptions, and their first sentence.

use url::Url;

use crate::base::Memo;
use crate::model::format::is_dangerous_url;

use super::{Href, LinkKind, Options, render};

/// A description as HTML: no ids, no images of others, and only links that say where they lead.
pub fn description(text: &str, memo: &dyn Memo) -> String {
    let rendered = render(text, &Options::FRAGMENT, memo);
    let mut resolve = |index: usize| {
        let link = &rendered.links[index];
        let is_absolute = Url::parse(&link.target).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
        let is_bare = link.kind == LinkKind::Bare;
        if link.kind.is_image() || is_dangerous_url(&link.target) || !(is_absolute || is_bare) {
            return Href::Unlinked;
        }
        Href::To(link.target.clone())
    };
    rendered.html(&mut resolve, memo)
}

/// The first sentence of a text as plain text, at most `most` characters.
pub fn first_sentence(text: &str, most: usize) -> String {
    // Descriptions are short; of a long one the beginning is enough.
    let start: String = text.chars().take(4_000).collect();
    let rendered = render(&start, &Options::FRAGMENT, &crate::base::NoMemo);
    let plain = rendered.lead.unwrap_or(rendered.text);
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = sentence_end(&plain).unwrap_or(plain.len());
    shortened(&plain[..end], most)
}

/// The end of the first sentence: a full stop, question or exclamation mark before a space and
/// something that begins a sentence.
fn sentence_end(text: &str) -> Option<usize> {
    let ends = text.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len());
    ends.into_iter().find(|&end| {
        let before = text[..end - 1].rsplit(' ').next().unwrap_or("");
        let mut after = text[end..].chars();
        let short = before.chars().count() <= 1 || before.contains('.') || matches!(before, "etc" | "vs" | "approx");
        after.next() == Some(' ') && !short && after.next().is_some_and(|c| !c.is_lowercase())
    })
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let words = cut.rfind(' ').filter(|at| *at > cut.len() / 2).map_or(cut.as_str(), |at| &cut[..at]);
    format!("{}…", words.trim_end_matches([' ', ',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::NoMemo;

    #[test]
    fn descriptions_link_only_to_what_they_name() {
        let html =
            description("# A\nSee [x](https://a.example), [y](../y), [z](javascript:x) ![i](https://b/i.png)", &NoMemo);
        assert!(html.contains("<a href=\"https://a.example\">x</a>"), "{html}");
        assert!(html.contains("<a>y</a>") && html.contains("<a>z</a>") && !html.contains("b/i.png"), "{html}");
        assert!(html.starts_with("<h3>A</h3>"), "{html}");
    }

    #[test]
    fn the_first_sentence_is_plain_and_short() {
        for (text, expected) in [
            ("Takes **payments**. And more.", "Takes payments."),
            ("Runs e.g. on k8s v1.2 vs. v2. Next.", "Runs e.g. on k8s v1.2 vs. v2."),
            ("one two three four five six", "one two three…"),
            ("", ""),
        ] {
            let most = if text.starts_with("one") { 16 } else { 200 };
            assert_eq!(first_sentence(text, most), expected);
        }
    }
}
