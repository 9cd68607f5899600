//! Pages of documentation as records. Their plain texts are read where they lie.

use crate::markdown::{FrontMatter, Rendered};
use crate::search::{Kind, Record, Section, Weight};
use crate::site::Error;
use crate::site::docs::title;

use super::Records;
use super::facets::{self, Facet};

pub(super) fn records(records: &mut Records<'_>) -> Result<(), Error> {
    records.builder.begin(Kind::Page);
    let docs = records.site.docs;
    for site in &docs.sites {
        let entity = records.site.catalog.entity(site.entity);
        let around = Around {
            title: title(records.site, site),
            owner: records.owner(entity),
            facets: facets::of_part(records.site, entity, "docs"),
        };
        for (page, output) in site.content.pages.iter().zip(&site.outputs) {
            if !is_left_out(page.rendered.front_matter.as_ref()) {
                let found = Found {
                    title: &page.title,
                    heading: page.rendered.title.as_deref(),
                    lead: "",
                    sections: sections(&page.rendered),
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
        // Its queries stand in the text as marks, so that places in the text are not those of its words.
        let text = page.text();
        let found = Found {
            title: &page.title,
            heading: None,
            lead: page.description.as_deref().unwrap_or_default(),
            sections: vec![Section { heading: "", anchor: "", text: &text }],
            output: &page.output,
        };
        add(records, &Around { facets: facets::of_page(), ..Around::default() }, &found);
    }
    records.write()
}

/// What the pages of a site have in common.
#[derive(Default)]
struct Around {
    title: String,
    owner: String,
    facets: Vec<Facet>,
}

/// A page that can be found.
struct Found<'a> {
    title: &'a str,
    /// The first of the page, which its navigation may not have taken for a title.
    heading: Option<&'a str>,
    lead: &'a str,
    sections: Vec<Section<'a>>,
    output: &'a str,
}

fn add(records: &mut Records<'_>, around: &Around, page: &Found<'_>) {
    let path = records.context.href(page.output);
    let (base, href) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
    let names: Vec<&str> = page.heading.into_iter().filter(|heading| *heading != page.title).collect();
    records.builder.add(&Record {
        label: records.site.texts().t("Docs"),
        title: page.title,
        context: &around.title,
        owner: &around.owner,
        base,
        href,
        text: page.lead,
        names: &names,
        keys: &[],
        words: &[(Weight::Around, around.title.as_str())],
        sections: &page.sections,
        facets: &facets::views(&around.facets),
    });
}

/// The text of a page, by its headings.
fn sections(page: &Rendered) -> Vec<Section<'_>> {
    let mut sections = vec![Section { heading: "", anchor: "", text: &page.text }];
    for heading in &page.outline {
        let (from, to) = heading.in_text;
        let Some(last) = sections.last_mut() else { continue };
        // What comes before the last heading has an end now.
        let start = page.text.len() - last.text.len();
        let (Some(before), Some(after)) = (page.text.get(start..from), page.text.get(to..)) else { continue };
        last.text = before;
        // The title of the page is no section of its own.
        let is_title = heading.level == 1 && sections.len() == 1;
        let (heading, anchor) = if is_title { ("", "") } else { (heading.text.as_str(), heading.id.as_str()) };
        sections.push(Section { heading, anchor, text: after });
    }
    sections
}

/// Whether the author wants a page not to be found: `search: {exclude: true}`.
fn is_left_out(front: Option<&FrontMatter>) -> bool {
    let exclude = front.and_then(|front| front.root.get("search")?.get("exclude")?.scalar_text());
    exclude.is_some_and(|text| text == "true")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::NoMemo;
    use crate::markdown::{Options, render};

    fn of(text: &str) -> Vec<(String, String, String)> {
        let page = render(text, &Options::PAGE, &NoMemo);
        let all = sections(&page);
        all.iter()
            .map(|section| (section.heading.to_owned(), section.anchor.to_owned(), section.text.trim().to_owned()))
            .collect()
    }

    fn owned(all: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        all.iter().map(|(heading, anchor, text)| (heading.to_string(), anchor.to_string(), text.to_string())).collect()
    }

    #[test]
    fn a_page_is_cut_at_its_headings_and_each_text_stands_below_its_own() {
        let text =
            "before\n\n# Title\n\nfirst *words*\n\n## Set `up`\n\nthen\n\n### Deep\n\n```sh\nrun\n```\n\n## Empty\n";
        let expected = [
            ("", "", "before"),
            ("", "", "first words"),
            ("Set up", "set-up", "then"),
            ("Deep", "deep", "run"),
            ("Empty", "empty", ""),
        ];
        assert_eq!(of(text), owned(&expected));
    }

    #[test]
    fn a_page_without_headings_is_one_section_and_a_second_title_is_a_section() {
        assert_eq!(of("only text"), owned(&[("", "", "only text")]));
        let second = [("", "", ""), ("", "", "a"), ("B é", "b-e", "c")];
        assert_eq!(of("# A\n\na\n\n# B é\n\nc"), owned(&second));
    }
}
