//! Changes as Atom feeds (RFC 4287): one of all, and one for each owner. A feed is read far from
//! the site, so its links are absolute: without `site.url` in the settings there are no feeds.
//!
//! The id of an entry is made from repository and commit alone, so that it stays the same in every
//! build, in every feed, and when the site moves.

use std::fmt::Write as _;

use crate::base::Hash;
use crate::model::EntityId;
use crate::routes;

use super::super::docs::moment;
use super::super::{Error, GENERATOR, Site};
use super::{Change, IN_FEED};

/// Titles in the summary of an entry; the others are counted.
const NAMED: usize = 12;

/// All feeds.
pub(in crate::site) fn feeds(site: &Site<'_>) -> Result<(), Error> {
    let Some(url) = &site.settings.site_url else { return Ok(()) };
    let (changes, texts) = (&site.changes, site.texts());
    if changes.all.is_empty() {
        return Ok(());
    }
    let feed = Feed {
        url,
        path: routes::CHANGES_FEED.to_owned(),
        page: routes::changes(1),
        title: texts.with("{title}: changes", &[("title", &site.settings.title())]),
    };
    site.put(feed.path.clone(), feed.text(site, &changes.all.iter().take(IN_FEED).collect::<Vec<_>>()))?;
    for (&owner, numbers) in &changes.by_owner {
        let entity = site.catalog.entity(owner);
        let feed = Feed {
            url,
            path: routes::owner_feed(&entity.reference),
            page: routes::entity_page(&entity.reference),
            title: texts
                .with("{title}: changes of {name}", &[("title", &site.settings.title()), ("name", &entity.title())]),
        };
        let of_owner: Vec<&Change<'_>> = numbers.iter().map(|&number| &changes.all[number]).collect();
        site.put(feed.path.clone(), feed.text(site, &of_owner))?;
    }
    Ok(())
}

struct Feed<'a> {
    /// Where the site is.
    url: &'a str,
    /// The feed's own path.
    path: String,
    /// The page that it is about.
    page: String,
    title: String,
}

impl Feed<'_> {
    fn text(&self, site: &Site<'_>, changes: &[&Change<'_>]) -> Vec<u8> {
        let (title, generator) = (xml(&self.title), xml(GENERATOR));
        let organization = xml(&site.settings.organization.clone().unwrap_or_else(|| site.settings.title()));
        let newest = changes.iter().map(|change| change.commit.time).max().unwrap_or_default();
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
             <title>{title}</title>\n<id>{}</id>\n<updated>{}</updated>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
             <author><name>{organization}</name></author>\n<generator>{generator}</generator>\n",
            id(&[self.url, &self.path]),
            moment(newest).unwrap_or_default(),
            self.absolute(&self.path),
            self.absolute(&self.page),
        );
        for change in changes {
            self.entry(site, change, &mut out);
        }
        out.push_str("</feed>\n");
        out.into_bytes()
    }

    fn entry(&self, site: &Site<'_>, change: &Change<'_>, out: &mut String) {
        let commit = change.commit;
        let repository = &site.sources.repository(change.repository).name;
        let titles = |ids: &[EntityId]| ids.iter().map(|&id| site.catalog.entity(id).title().to_owned()).collect();
        let mut touched: Vec<String> = titles(&change.entities);
        touched.extend(change.pages.iter().filter_map(|&file| {
            let (docs, page) = site.docs.page_at(file)?;
            Some(docs.content.pages[page].title.clone())
        }));
        let more = (touched.len() + change.more).saturating_sub(NAMED);
        touched.truncate(NAMED);
        let more = if more > 0 { site.texts().with(" and {n} more", &[("n", &more)]) } else { String::new() };
        let summary = format!("{repository}: {}{more}", touched.join(", "));
        let _ = write!(
            out,
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
            xml(&change.subject(site)),
            id(&[repository, &commit.id]),
            moment(commit.time).unwrap_or_default(),
            self.absolute(&self.page_of(site, change)),
        );
        if let Some(url) = change.url(site) {
            let _ = writeln!(out, "<link rel=\"via\" type=\"text/html\" href=\"{}\"/>", xml(&url));
        }
        if let Some(author) = &commit.author {
            let email = if site.settings.emails && author.email.contains('@') {
                format!("<email>{}</email>", xml(&author.email))
            } else {
                String::new()
            };
            let _ = writeln!(out, "<author><name>{}</name>{email}</author>", xml(&author.name));
        }
        let _ = writeln!(out, "<summary>{}</summary>\n</entry>", xml(&summary));
    }

    /// The page of what a change touched first.
    fn page_of(&self, site: &Site<'_>, change: &Change<'_>) -> String {
        let entity = change.entities.first().map(|&id| routes::entity_page(&site.catalog.entity(id).reference));
        let page = || site.docs.page_of(*change.pages.first()?).map(str::to_owned);
        entity.or_else(page).unwrap_or_else(|| self.page.clone())
    }

    fn absolute(&self, path: &str) -> String {
        xml(&format!("{}{}", self.url, crate::base::hosts::encoded(path)))
    }
}

/// An id of its own for everything that is made of the same parts (a UUID of version 8).
fn id(parts: &[&str]) -> String {
    let hash = Hash::of(parts.join("\n").as_bytes()).short(32);
    format!("urn:uuid:{}-{}-8{}-8{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
}

/// Text in XML: characters that it cannot hold are left out.
fn xml(text: &str) -> String {
    let holds = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    crate::markdown::escape(&text.chars().filter(holds).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_and_text_is_what_xml_can_hold() {
        let id = id(&["a", "b"]);
        assert_eq!((id.len(), &id[..9], &id[23..24], &id[28..29]), (45, "urn:uuid:", "8", "8"));
        assert_ne!(id, super::id(&["a", "c"]));
        assert_eq!(xml("a\u{0}\u{b}\u{fffe} <b> & \"c\"\u{1f600}"), "a &lt;b&gt; &amp; &quot;c&quot;\u{1f600}");
    }
}
