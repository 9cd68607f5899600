//! Texts that stand inside of other pages: descriptions, and their first sentence.

use std::borrow::Cow;

use url::Url;

use crate::base::Memo;
use crate::model::format::is_dangerous_url;

use super::{Href, Link, LinkKind, Options, render};

/// A text that stands in the page of something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The HTML: no ids, no images of others, and only links that say where they lead.
    pub html: String,
    /// Its first paragraph, where it begins with one.
    pub lead: Option<Lead>,
}

/// The first paragraph of a description, and what comes after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The paragraph without its tags.
    pub html: String,
    /// The same as text.
    pub text: String,
    /// The HTML of the rest; empty where there is none.
    pub rest: String,
}

/// A description as HTML in which no entity is looked up.
pub fn description(text: &str, memo: &dyn Memo) -> String {
    described(text, &mut |_| None, memo).html
}

/// A description in a document that has parts of its own: `part` says where a link within it leads.
/// Pictures by https are shown, as those of documentation are.
pub fn description_with_parts(text: &str, part: &dyn Fn(&str) -> Option<String>, memo: &dyn Memo) -> String {
    let rendered = render(text, &Options::FRAGMENT, memo);
    let mut resolve = |index: usize| {
        let link = &rendered.links[index];
        let target = link.target.trim();
        if let Some(fragment) = target.strip_prefix('#').filter(|_| !link.kind.is_image()) {
            return part(fragment).map_or(Href::Unlinked, Href::To);
        }
        if link.kind.is_image() && target.starts_with("https://") { Href::To(target.to_owned()) } else { outward(link) }
    };
    rendered.html(&mut resolve, memo)
}

/// Where a link leads that says so itself: to the web, or by mail.
fn outward(link: &Link) -> Href {
    let is_absolute = Url::parse(&link.target).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
    let is_bare = link.kind == LinkKind::Bare;
    if link.kind.is_image() || is_dangerous_url(&link.target) || !(is_absolute || is_bare) {
        return Href::Unlinked;
    }
    Href::To(link.target.clone())
}

/// A description. `entity` says where a reference leads, and how its target is called.
pub fn described(text: &str, entity: &mut dyn FnMut(&str) -> Option<(String, String)>, memo: &dyn Memo) -> Description {
    let rendered = render(text, &Options::FRAGMENT, memo);
    let mut resolve = |index: usize| {
        let link = &rendered.links[index];
        if let Some(reference) = reference_of(link) {
            return entity(reference).map_or(Href::Unlinked, |(href, title)| Href::Titled(href, title));
        }
        outward(link)
    };
    let html = rendered.html(&mut resolve, memo);
    let first = html.strip_prefix("<p>").and_then(|rest| rest.split_once("</p>"));
    let lead = first.zip(rendered.lead).map(|((inner, rest), text)| Lead {
        html: inner.to_owned(),
        text,
        rest: rest.trim().to_owned(),
    });
    Description { html, lead }
}

/// The reference to an entity that a link is, without what says so.
pub fn reference_of(link: &Link) -> Option<&str> {
    let target = link.target.trim();
    let named = target.strip_prefix("entity:");
    if link.kind == LinkKind::Reference { Some(named.unwrap_or(target)) } else { named }
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

/// A text as plain text. What has no sign of Markdown is taken as it is.
pub fn plain_text(text: &str) -> Cow<'_, str> {
    let is_mark = |c: char| matches!(c, '*' | '_' | '`' | '[' | '<' | '#' | '&' | '\\' | '~' | '|');
    if !text.contains(is_mark) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(render(text, &Options::FRAGMENT, &crate::base::NoMemo).text)
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
        let text = "# A\nSee [x](https://a.example), [y](../y), [z](javascript:x) ![i](https://b/i.png) [[component:c]], entity:api:d";
        let mut entity = |name: &str| (name == "component:c").then(|| ("c.html".to_owned(), "C & D".to_owned()));
        let html = described(text, &mut entity, &NoMemo).html;
        assert!(html.contains("<a href=\"https://a.example\">x</a>"), "{html}");
        assert!(html.contains("<a>y</a>") && html.contains("<a>z</a>") && !html.contains("b/i.png"), "{html}");
        assert!(html.contains("<a href=\"c.html\">C &amp; D</a>, entity:api:d"), "{html}");
        assert!(html.starts_with("<h3>A</h3>"), "{html}");
    }

    #[test]
    fn a_description_is_told_from_its_first_paragraph() {
        let of = |text: &str| described(text, &mut |_| None, &crate::base::NoMemo).lead;
        let lead = of("Takes *payments*.\nAnd more.\n\n- One\n- Two\n").unwrap();
        assert_eq!(lead.html, "Takes <em>payments</em>.\nAnd more.");
        assert_eq!(lead.text.split_whitespace().collect::<Vec<_>>().join(" "), "Takes payments. And more.");
        assert!(lead.rest.starts_with("<ul>") && lead.rest.ends_with("</ul>"), "{}", lead.rest);
        assert_eq!(of("One sentence.").unwrap().rest, "");
        for text in ["- One\n- Two", "# Heading\n\nText.", "```\ncode\n```", ""] {
            assert_eq!(of(text), None, "{text}");
        }
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
