//! Pages of documentation as records. Their plain texts are read where they lie.

use crate::markdown::{FrontMatter, Rendered};
use crate::search::{Kind, Record, Weight};
use crate::site::Error;
use crate::site::docs::title;

use super::Records;

/// Headings of these levels can be found.
const LEVELS: std::ops::RangeInclusive<u8> = 2..=4;

pub(super) fn records(records: &mut Records<'_>) -> Result<(), Error> {
    records.builder.begin(Kind::Page);
    let docs = records.site.docs;
    for site in &docs.sites {
        let entity = records.site.catalog.entity(site.entity);
        let around = Around { title: title(records.site, site), owner: records.owner(entity) };
        for (page, output) in site.content.pages.iter().zip(&site.outputs) {
            if !is_left_out(page.rendered.front_matter.as_ref()) {
                let found = Found {
                    title: &page.title,
                    lead: page.rendered.lead.as_deref(),
                    rendered: &page.rendered,
                    text: &page.rendered.text,
                    output,
                };
                add(records, &around, &found);
            }
        }
        records.write()?;
    }
    Ok(())
}

/// The pages of the theme.
pub(super) fn own_pages(records: &mut Records<'_>) -> Result<(), Error> {
    let look = records.site.look;
    for page in look.pages.iter().filter(|page| !is_left_out(page.rendered.front_matter.as_ref())) {
        let text = page.text();
        let found = Found {
            title: &page.title,
            lead: page.description.as_deref(),
            rendered: &page.rendered,
            text: &text,
            output: &page.output,
        };
        add(records, &Around::default(), &found);
    }
    records.write()
}

/// What the pages of a site have in common.
#[derive(Default)]
struct Around {
    title: String,
    owner: String,
}

/// A page that can be found.
struct Found<'a> {
    title: &'a str,
    lead: Option<&'a str>,
    rendered: &'a Rendered,
    text: &'a str,
    output: &'a str,
}

fn add(records: &mut Records<'_>, around: &Around, page: &Found<'_>) {
    let path = records.context.href(page.output);
    let (base, href) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
    let outline = page.rendered.outline.iter().filter(|heading| LEVELS.contains(&heading.level));
    let headings: Vec<(&str, &str)> = outline.map(|heading| (heading.text.as_str(), heading.id.as_str())).collect();
    let words = [(Weight::Around, around.title.as_str()), (Weight::Text, page.text)];
    records.builder.add(&Record {
        label: records.site.texts().t("Docs"),
        title: page.title,
        context: &around.title,
        owner: &around.owner,
        base,
        href,
        text: page.lead.unwrap_or_default(),
        names: &[],
        words: &words,
        headings: &headings,
    });
}

/// Whether the author wants a page not to be found: `search: {exclude: true}`.
fn is_left_out(front: Option<&FrontMatter>) -> bool {
    let exclude = front.and_then(|front| front.root.get("search")?.get("exclude")?.scalar_text());
    exclude.is_some_and(|text| text == "true")
}
