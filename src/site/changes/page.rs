//! The list of changes, by day.

use serde::Serialize;

use crate::base::history::without_addresses;
use crate::model::EntityId;
use crate::routes;
use crate::theme::said;

use super::super::context::Context;
use super::super::docs::{date, day};
use super::super::lists::{self, common};
use super::super::views::{Alternate, Link, Pages, Way};
use super::super::{Error, Site};
use super::{Change, MOST};

/// The type of a feed.
const ATOM: &str = "application/atom+xml";

/// Entities, and pages, that a change names; the others are counted.
const NAMED: usize = 5;

#[derive(Serialize)]
struct Body {
    heading: &'static str,
    total: usize,
    shown: usize,
    days: Vec<Day>,
    pages: Option<Pages>,
    feed: Option<&'static str>,
    repositories: usize,
    without_history: usize,
    shallow: usize,
}

#[derive(Serialize)]
struct Day {
    title: String,
    date: String,
    changes: Vec<ChangeView>,
}

/// A change as pages show it.
#[derive(Serialize)]
pub(in crate::site) struct ChangeView {
    subject: String,
    href: Option<String>,
    revision: String,
    repository: String,
    author: Option<String>,
    email: Option<String>,
    day: String,
    date: String,
    entities: Vec<Link>,
    pages: Vec<Way>,
    more: usize,
}

/// The pages of the list.
pub(in crate::site) fn pages(site: &Site<'_>) -> Result<(), Error> {
    let changes = &site.changes;
    let shown = changes.all.len().min(MOST);
    lists::paged(site, shown, &routes::changes, &|context, range, pages| {
        let title = lists::numbered(site, site.texts().t("Changes"), range.start);
        let mut days: Vec<Day> = Vec::new();
        for change in &changes.all[range] {
            let view = view(context, change);
            if days.last().is_none_or(|last| last.date != view.date) {
                days.push(Day { title: view.day.clone(), date: view.date.clone(), changes: Vec::new() });
            }
            if let Some(day) = days.last_mut() {
                day.changes.push(view);
            }
        }
        let feed = alternate(site);
        let body = Body {
            heading: said("Changes"),
            total: changes.total,
            shown,
            days,
            pages,
            feed: feed.as_ref().map(|_| routes::CHANGES_FEED),
            repositories: changes.reach.repositories,
            without_history: changes.reach.without,
            shallow: changes.reach.shallow,
        };
        let text = site
            .texts()
            .t("What changed in descriptors, documentation and API definitions, the newest first.")
            .to_owned();
        let mut common = common(context.from, title, "home", Some(text));
        common.alternates.extend(feed);
        site.theme.render("changes.html", &common, &body)
    })
}

/// The feed of all changes, for pages at the root of the site.
pub(in crate::site) fn alternate(site: &Site<'_>) -> Option<Alternate> {
    let has_feed = site.settings.site_url.is_some() && !site.changes.all.is_empty();
    has_feed.then(|| Alternate { media: ATOM, href: routes::CHANGES_FEED.to_owned(), title: "Feed of changes" })
}

/// The feed of what a group or user owns, for its page.
pub(in crate::site) fn alternate_of(context: &Context<'_>, owner: EntityId) -> Option<Alternate> {
    let site = context.site;
    let has_feed = site.settings.site_url.is_some() && site.changes.by_owner.contains_key(&owner);
    has_feed.then(|| Alternate {
        media: ATOM,
        href: context.href(&routes::owner_feed(&site.catalog.entity(owner).reference)),
        title: "Feed of changes",
    })
}

/// The newest changes, for the home page.
pub(in crate::site) fn newest(context: &Context<'_>, most: usize) -> Vec<ChangeView> {
    context.site.changes.all.iter().take(most).map(|change| view(context, change)).collect()
}

fn view(context: &Context<'_>, change: &Change<'_>) -> ChangeView {
    let site = context.site;
    let commit = change.commit;
    let emails = site.settings.emails;
    let address = |author: &crate::base::history::Author| author.email.to_string();
    let pages = change.pages.iter().filter_map(|&file| {
        let (docs, page) = site.docs.page_at(file)?;
        let title = docs.content.pages[page].title.clone();
        Some(Way { title, href: Some(context.href(&docs.outputs[page])) })
    });
    let named = change.entities.len().min(NAMED) + change.pages.len().min(NAMED);
    ChangeView {
        subject: change.subject(site),
        href: change.url(site),
        revision: commit.id.chars().take(8).collect(),
        repository: site.sources.repository(change.repository).name.clone(),
        author: commit.author.as_ref().map(|author| author.name.to_string()),
        email: commit.author.as_ref().filter(|_| emails).map(address).filter(|email| email.contains('@')),
        day: day(site, commit.time).unwrap_or_default(),
        date: date(commit.time).unwrap_or_default(),
        entities: change.entities.iter().take(NAMED).map(|&id| context.link(id)).collect(),
        pages: pages.take(NAMED).collect(),
        more: change.entities.len() + change.pages.len() + change.more - named,
    }
}

impl Change<'_> {
    /// The first line of the message; without addresses, unless the settings say so.
    pub(super) fn subject(&self, site: &Site<'_>) -> String {
        let subject = &self.commit.subject;
        if subject.is_empty() {
            return site.texts().t("(no message)").to_owned();
        }
        if site.settings.emails { subject.to_string() } else { without_addresses(subject) }
    }
}
