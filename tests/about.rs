//! What the pages say that nobody looks at every day: about the build, and for what is not there.

use std::path::Path;

use crate::support::{self, git, git_as, run};

/// The text of a page, with one space in the place of its tags.
fn said(path: &Path) -> String {
    let html = std::fs::read_to_string(path).unwrap();
    let body = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    let text: String =
        body.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_about_a_build_says_what_went_in_and_what_came_out() {
    let work = tempfile::tempdir().unwrap();
    let clone = work.path().join("shop");
    support::write(
        &clone,
        &[
            ("catalog-info.yaml", support::SHOP),
            (
                "catalog-config.yaml",
                "organization: Harbour\nworld: closed\nsite: {noindex: true}\nrules: {missing-description: off}\n",
            ),
            ("mkdocs.yml", "site_name: Shop\n"),
            ("docs/index.md", "# Shop\n"),
            ("docs/more.md", "# More\n"),
        ],
    );
    git(&clone, &["init", "-q", "-b", "trunk"]);
    git(&clone, &["add", "-A"]);
    git_as(&clone, &["commit", "-qm", "Begin"], ("Ada", "ada@example.org"), "2026-03-04T12:00:00Z");
    let revision = git(&clone, &["rev-parse", "HEAD"]);
    run(work.path(), &["build", "shop", "-o", "site", "--quiet"]);
    let text = said(&work.path().join("site/about.html"));
    let repository = format!("{} trunk 4 March 2026 2 2", &revision[..10]);
    for expected in [
        &*format!("Generator catalog {}", env!("CARGO_PKG_VERSION")),
        "Newest commit 4 March 2026",
        "Entities 2",
        "Documentation 2 pages in 1 site",
        "Components 1",
        "Groups 1",
        "Repositories 1",
        &*repository,
        "Organisation Harbour",
        "World closed",
        "Search engines asked to stay away",
        "Levels changed 1 rule",
        "catalog.json every entity",
        "manifest.json the hash of every file",
    ] {
        assert!(text.contains(expected), "`{expected}` is not said: {text}");
    }
}

#[test]
fn the_page_for_what_is_not_there_leads_on_from_any_depth() {
    for (url, root) in [("", "/"), ("site: {url: \"https://docs.example.org/catalog\"}\n", "/catalog/")] {
        let work = tempfile::tempdir().unwrap();
        support::write(&work.path().join("in"), &[("catalog-info.yaml", support::SHOP), ("catalog-config.yaml", url)]);
        run(work.path(), &["build", "in", "-o", "site", "--quiet"]);
        let page = work.path().join("site/404.html");
        let text = said(&page);
        assert!(text.contains("404 This page is not in the catalog It may have moved, been renamed"), "{text}");
        assert!(text.contains("Home Catalog"), "{text}");
        let html = std::fs::read_to_string(page).unwrap();
        // A host serves it at any depth, so nothing in it is relative.
        for part in [
            format!("action=\"{root}search.html\""),
            format!("href=\"{root}index.html\""),
            format!("href=\"{root}changes.html\""),
        ] {
            assert!(html.contains(&part), "{part}");
        }
        let links = html.split(" href=\"").chain(html.split(" src=\"")).skip(1);
        let relative: Vec<&str> = links
            .map(|rest| rest.split('"').next().unwrap())
            .filter(|link| !link.starts_with(['/', '#']) && !link.contains(':') && !link.starts_with('<'))
            .collect();
        assert!(relative.is_empty(), "{relative:?}");
    }
}

#[test]
fn the_page_of_an_entity_says_its_description_once() {
    let long = "Takes payments and writes them down. ".repeat(12);
    let text = |name: &str, text: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata:\n  name: {name}\n  description: |\n    {}\nspec: {{type: bucket, owner: team}}\n",
            text.replace('\n', "\n    ")
        )
    };
    let descriptors = [
        support::SHOP.to_owned(),
        text("short", "Keeps *receipts*. Nothing else.\n\n- For ten years."),
        text("leading", "It keeps:\n\n- Receipts."),
        text("long", &long),
    ];
    let work = tempfile::tempdir().unwrap();
    support::write(&work.path().join("in"), &[("catalog-info.yaml", descriptors.join("---\n"))]);
    run(work.path(), &["build", "in", "-o", "site", "--quiet"]);
    let page = |name: &str| {
        let html =
            std::fs::read_to_string(work.path().join(format!("site/catalog/default/resource/{name}.html"))).unwrap();
        // The descriptor has all of it, too.
        let html = html[html.find("<main").unwrap()..html.find("column-tail").unwrap()].to_owned();
        (html.matches("class=\"lede\"").count(), html.matches("id=\"description\"").count(), html)
    };
    let (ledes, sections, html) = page("short");
    assert_eq!((ledes, sections), (1, 1));
    assert!(html.contains("<p class=\"lede\" dir=\"auto\">Keeps <em>receipts</em>. Nothing else.</p>"), "{html}");
    assert_eq!((html.matches("receipts").count(), html.matches("For ten years.").count()), (1, 1), "{html}");
    let (ledes, sections, html) = page("leading");
    assert_eq!((ledes, sections, html.matches("It keeps:").count()), (0, 1, 1), "{html}");
    let (ledes, sections, html) = page("long");
    assert_eq!((ledes, sections, html.matches("Takes payments").count()), (0, 1, 12), "{html}");
}
