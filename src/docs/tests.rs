//! Sites from a handful of files in memory.

use super::*;
use crate::base::hosts::Remote;
use crate::base::{MemorySources, NoMemo, Repository};
use crate::config::{Settings, World};
use crate::link;
use crate::model::KindTable;

const COMPONENT: &str = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: NAME\n  annotations:\n    backstage.io/techdocs-ref: REF\nspec: {type: service, lifecycle: production, owner: a}\n";

pub(super) fn component(name: &str, reference: &str) -> String {
    COMPONENT.replace("NAME", name).replace("REF", reference)
}

fn linked(sources: &MemorySources) -> Catalog {
    let settings = Settings::default();
    let input = link::Input {
        sources,
        settings: &settings,
        settings_file: None,
        world: World::Closed,
        kinds: KindTable::default(),
        discovery: sources.repositories().iter().map(|_| link::DiscoveryRules::default()).collect(),
        published: None,
    };
    link::link(input).0
}

pub(super) struct Run {
    pub(super) docs: Docs,
    pub(super) catalog: Catalog,
    pub(super) sources: MemorySources,
    /// `code file:line:column message (help)`
    pub(super) findings: Vec<String>,
}

pub(super) fn run(sources: MemorySources) -> Run {
    let catalog = linked(&sources);
    let environment = [("DOCS_NAME".to_owned(), "From outside".to_owned())];
    let (docs, findings) = find(&catalog, &sources, &Settings::default(), &environment, None, &NoMemo);
    let findings = findings.iter().map(|finding| {
        let place = finding.place.map_or(String::new(), |place| {
            let at = sources.text(place.file).unwrap().position(place.span.start);
            format!("{}:{}:{}", sources.path(place.file), at.line, at.column)
        });
        let help = finding.help.as_deref().map_or(String::new(), |help| format!(" ({help})"));
        format!("{} {place} {}{help}", finding.rule.code, finding.message)
    });
    let findings = findings.collect();
    Run { docs, catalog, sources, findings }
}

/// The findings of a site as they are.
pub(super) fn all_findings(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let descriptor = component("shop", "dir:.");
    let mut all = vec![("catalog-info.yaml", descriptor.as_str())];
    all.extend(files);
    let sources = MemorySources::single("shop", &all);
    find(&linked(&sources), &sources, &Settings::default(), &[], None, &NoMemo).1
}

pub(super) fn site(files: &[(&str, &str)]) -> Run {
    let descriptor = component("shop", "dir:.");
    let mut all = vec![("catalog-info.yaml", descriptor.as_str())];
    all.extend(files);
    run(MemorySources::single("shop", &all))
}

pub(super) fn nav(nodes: &[NavNode], site: &Site) -> String {
    let entry = |node: &NavNode| {
        let target = match &node.target {
            NavTarget::Page(page) => site.content.pages[*page].source.clone(),
            NavTarget::Url(url) => url.clone(),
            NavTarget::Section => format!("[{}]", nav(&node.children, site)),
        };
        format!("{}={target}", node.title)
    };
    nodes.iter().map(entry).collect::<Vec<_>>().join(", ")
}

/// The pages as HTML, by output path.
pub(super) fn html(run: &Run, page: &str) -> String {
    let site = &run.docs.sites[0];
    let number = site.content.pages.iter().position(|other| other.source == page).unwrap();
    page_html(&run.docs, site, number, &NoMemo)
}

#[test]
fn annotations_lead_to_folders() {
    for (reference, files, expected) in [
        ("dir:.", &["mkdocs.yml", "docs/index.md"][..], "docs"),
        (
            "dir:.",
            &["mkdocs.yml", "mkdocs.yaml", "docs/index.md"],
            "docs-settings-invalid mkdocs.yml:1:1 this file is not read: `mkdocs.yaml` is beside it (make them one; TechDocs reads `mkdocs.yaml` too)",
        ),
        ("dir:./sub", &["sub/mkdocs.yml", "sub/docs/a.md"], "sub/docs"),
        ("dir:sub/", &["sub/docs/a.md"], "sub/docs"),
        ("dir:.", &["README.md", "other.md"], ""),
        ("dir:./sub", &["sub/index.md", "sub/b.md"], "sub"),
        (
            "dir:.",
            &["mkdocs.yml", "README.md"],
            "docs-not-found mkdocs.yml:1:1 there are no pages in `docs/` (its README.md is shown instead)",
        ),
        (
            "dir:.",
            &["a.md"],
            "docs-not-found catalog-info.yaml:6:32 there is no documentation in the root of the repository (looked for mkdocs.yml, mkdocs.yaml, docs/*.md and README.md there; write one of them, or remove the annotation)",
        ),
        (
            "dir:./hanbook",
            &["handbook/mkdocs.yml"],
            "docs-not-found catalog-info.yaml:6:32 there is no folder `hanbook` (did you mean `handbook`?)",
        ),
        (
            "dir:../x",
            &[],
            "docs-ref-invalid catalog-info.yaml:6:32 `../x` leads out of the repository (documentation is read from the repository of its entity; use `url:` for another one)",
        ),
        (
            ".",
            &[],
            "docs-ref-invalid catalog-info.yaml:6:32 `.` is not written as `type:target` (write `dir:.` for a folder beside this file)",
        ),
        (
            "https://a.example/",
            &[],
            "docs-ref-invalid catalog-info.yaml:6:32 `https://a.example/` does not say its type (write `url:https://a.example/`)",
        ),
        (
            "github:x",
            &[],
            "docs-ref-invalid catalog-info.yaml:6:32 documentation has no type `github` (the types are `dir`, for a folder beside this file, and `url`)",
        ),
        (
            "url:./docs",
            &[],
            "docs-ref-invalid catalog-info.yaml:6:32 `./docs` is no absolute URL (write `dir:./docs` for a folder beside this file)",
        ),
        (
            "url:https://github.com/other/repo/tree/main/",
            &[],
            "docs-not-fetched catalog-info.yaml:6:32 the documentation at https://github.com/other/repo/tree/main/ is not part of this build (add its repository to the sources to have it built)",
        ),
        ("url:https://github.com/acme/shop/tree/main/sub", &["sub/docs/a.md"], "sub/docs"),
        ("url:https://github.com/acme/shop", &["docs/a.md"], "docs"),
    ] {
        let descriptor = component("shop", reference);
        let mut repository = Repository::named("github.com/acme/shop");
        repository.remote = Remote::parse("https://github.com/acme/shop");
        let mut all: Vec<(String, Vec<u8>)> =
            files.iter().map(|path| ((*path).to_owned(), b"x: 1\n".to_vec())).collect();
        all.push(("catalog-info.yaml".to_owned(), descriptor.into_bytes()));
        let run = run(MemorySources::new(vec![(repository, all)]));
        let found = run.findings.first().cloned().unwrap_or_else(|| run.docs.sites[0].content.docs_dir.clone());
        assert_eq!(found, expected, "{reference} {files:?}");
    }
}

#[test]
fn the_nav_without_settings_is_that_of_mkdocs() {
    let run = site(&[
        ("docs/zebra.md", "text"),
        ("docs/index.md", "---\ntitle: Start\n---\n# Other"),
        ("docs/how-to/run_it.md", ""),
        ("docs/how-to/README.md", "x"),
        ("docs/API/a.md", "# The A\n"),
        ("docs/.hidden.md", ""),
        ("docs/templates/t.md", ""),
        ("docs/a.md", ""),
    ]);
    let site = &run.docs.sites[0];
    assert_eq!(
        nav(&site.content.nav, site),
        "Start=index.md, A=a.md, Zebra=zebra.md, API=[The A=API/a.md], How to=[How to=how-to/README.md, Run it=how-to/run_it.md]"
    );
    assert_eq!(site.home(), "docs/default/component/shop/index.html");
    let order: Vec<&str> = site.content.order.iter().map(|page| site.outputs[*page].as_str()).collect();
    assert_eq!(order[3], "docs/default/component/shop/API/a.html");
    assert_eq!(order[4], "docs/default/component/shop/how-to/index.html");
    assert!(run.findings.is_empty(), "{:?}", run.findings);
}

#[test]
fn the_nav_of_the_settings() {
    let run = site(&[
        (
            "mkdocs.yml",
            "site_name: The Shop\ndocs_dir: pages\nnav:\n  - index.md\n  - <b>Guide</b>: guide.md\n  - More:\n      - 'Sub page': sub/a.md\n      - Gone: sub/b.md\n      - Web: https://a.example\n  - Nothing:\n  - /guide.md\n",
        ),
        ("pages/index.md", "# Hello\n"),
        ("pages/guide.md", ""),
        ("pages/sub/a.md", ""),
        ("pages/unlisted.md", ""),
    ]);
    let site = &run.docs.sites[0];
    assert_eq!(
        nav(&site.content.nav, site),
        "Hello=index.md, Guide=guide.md, More=[Sub page=sub/a.md, Web=https://a.example], Guide=guide.md"
    );
    assert_eq!(site.content.name.as_deref(), Some("The Shop"));
    assert_eq!(site.content.pages.len(), 4);
    let of = |source: &str| site.content.pages.iter().position(|page| page.source == source).unwrap();
    assert_eq!(site.content.neighbours(of("guide.md")), (Some(of("index.md")), Some(of("sub/a.md"))));
    assert_eq!(site.content.neighbours(of("unlisted.md")), (None, None));
    assert_eq!(
        run.findings,
        [
            "docs-settings-invalid mkdocs.yml:10:12 `Nothing` has no page (write `Nothing: page.md`, or a list under it)",
            "nav-page-missing mkdocs.yml:8:15 the nav names `sub/b.md`, and there is no such page (did you mean `sub/a.md`?)",
            "page-outside-nav pages/unlisted.md:1:1 `unlisted.md` is not in the nav, and no page leads to it (add it to `nav` in mkdocs.yml, link to it, or name it under `not_in_nav`)",
        ]
    );
}

#[test]
fn settings_are_read_and_never_run() {
    for (settings, expected) in [
        (
            "site_name: !ENV [NAME, Shop]\nmarkdown_extensions:\n  - x:\n      y: !!python/name:os.system\n      z: !!python/object/apply:os.system [a]\n",
            "docs-setting-ignored mkdocs.yml:4:10 not used for this site: `!!python/name:os.system`, `!!python/object/apply:os.system`",
        ),
        (
            "markdown_extensions: [{pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }}]\n",
            "None",
        ),
        ("site_name: !ENV [NAME, Shop]\n", "Some(\"Shop\")"),
        ("site_name: !ENV NAME\n", "None"),
        ("site_name: !ENV [OTHER, DOCS_NAME, Shop]\n", "Some(\"From outside\")"),
        ("site_name: !ENV DOCS_NAME\n", "Some(\"From outside\")"),
        ("site_name: !ENV [DOCS_NAME]\n", "Some(\"From outside\")"),
        ("site_name: !ENV [OTHER, null]\n", "None"),
        ("site_name: 7\n", "Some(\"7\")"),
        ("site_name: [a]\n", "docs-settings-invalid mkdocs.yml:1:12 `site_name` is a list and not text"),
        (
            "nav: 7\n",
            "docs-settings-invalid mkdocs.yml:1:6 `nav` is a number and not a list (list pages: `- index.md` or `- Title: page.md`)",
        ),
        (
            "docs_dir: ../..\n",
            "docs-settings-invalid mkdocs.yml:1:11 `../..` leads out of the repository (name a folder beside mkdocs.yml; without one it is `docs`)",
        ),
        ("", "None"),
    ] {
        let run = site(&[("mkdocs.yml", settings), ("docs/index.md", "")]);
        let found = run.findings.first().cloned().unwrap_or_else(|| format!("{:?}", run.docs.sites[0].content.name));
        assert_eq!(found, expected, "{settings}");
        assert_eq!(run.docs.sites[0].content.pages.len(), 1);
    }
    let broken = site(&[("mkdocs.yml", "a: [\nb: }\n"), ("docs/index.md", "")]);
    assert!(broken.findings[0].starts_with("docs-settings-invalid mkdocs.yml:"), "{:?}", broken.findings);
}

#[test]
fn links_lead_to_pages() {
    let run = site(&[
        (
            "docs/index.md",
            "# Home\n[a](guide/a.md) [b](guide/a.md#two-words) [c](./guide) [d](guide/) [e](#home) [f](guide/a.html)\n[g](/guide/a.md) <a href=\"guide/a.md\">h</a> [i](https://x.example) [j](mailto:a@x.example)",
        ),
        (
            "docs/guide/a.md",
            "# A\n## Two words\n[up](../index.md#home) [self](a.md) [url](../b/) ![i](../img/x.png) ![j](../img/x.png#only-dark)",
        ),
        ("docs/guide/README.md", "# G\n"),
        ("docs/guide/b.md", ""),
        ("docs/img/x.png", "png"),
    ]);
    assert_eq!(run.findings, Vec::<String>::new());
    let index = html(&run, "index.md");
    for part in [
        "href=\"guide/a.html\">a<",
        "href=\"guide/a.html#two-words\">b<",
        "href=\"guide/index.html\">c<",
        "href=\"guide/index.html\">d<",
        "href=\"#home\">e<",
        "href=\"guide/a.html\">f<",
        "href=\"guide/a.html\">g<",
        "href=\"guide/a.html\">h<",
        "href=\"https://x.example\">i<",
        "href=\"mailto:a@x.example\">j<",
    ] {
        assert!(index.contains(part), "{part} not in {index}");
    }
    let a = html(&run, "guide/a.md");
    for part in [
        "href=\"../index.html#home\"",
        "href=\"a.html\">self",
        "href=\"b.html\">url",
        "src=\"../img/x.png\"",
        "src=\"../img/x.png\" alt=\"j\" loading=\"lazy\" class=\"only-dark\"",
    ] {
        assert!(a.contains(part), "{part} not in {a}");
    }
    assert_eq!(run.docs.sites[0].asset_outputs, ["docs/default/component/shop/img/x.png"]);
}

#[test]
fn broken_links_have_a_place_and_advice() {
    let run = site(&[
        (
            "docs/index.md",
            "# Home\n\n[x](guid.md)\n[y](guide.md#setpu) [z](#absent)\n![i](img/y.png) ![e](x.exe)\n<img alt src=\"gone.png\">\n[out](../../../a.md)\n[js](javascript:alert(1))\n",
        ),
        ("docs/guide.md", "## Setup\n"),
        ("docs/img/x.png", "png"),
        ("docs/x.exe", ""),
    ]);
    assert_eq!(
        run.findings,
        [
            "broken-link docs/index.md:3:5 there is no page or file `guid.md` (did you mean `guide.md`?)",
            "broken-link docs/index.md:4:5 there is no heading `#setpu` in `guide.md` (did you mean `#setup`?)",
            "broken-link docs/index.md:4:25 there is no heading `#absent` in this page",
            "broken-link docs/index.md:5:6 there is no image `img/y.png` (did you mean `img/x.png`?)",
            "image-not-shown docs/index.md:5:22 the image `x.exe` is not shown: files of type `exe` are not copied (pictures are png, jpg, gif, webp, avif, svg and ico)",
            "broken-link docs/index.md:7:7 `../../../a.md` leads out of the repository",
            "dangerous-url docs/index.md:8:6 the link would run code in the reader's browser (it is not made a link; show the code as code)",
            "broken-link docs/index.md:6:15 there is no image `gone.png`",
        ]
    );
    assert!(html(&run, "index.md").contains("<a class=\"missing\">x</a>"));
}

#[test]
fn what_leads_elsewhere_is_no_finding() {
    let run = site(&[
        ("README.md", ""),
        ("src/main.rs", ""),
        (
            "docs/index.md",
            "[a](../README.md) [b](../src/main.rs) [c](../src) [d](/api/v1) [e](../../../issues) [f](#top) [g](#) [h]() [i](data.yaml) [j](?x) [k](/README.md)",
        ),
        ("docs/data.yaml", "a: 1"),
    ]);
    assert_eq!(run.findings, Vec::<String>::new());
    let html = html(&run, "index.md");
    assert!(html.contains("<a>a</a>") && html.contains("href=\"data.yaml\""), "{html}");
}

#[test]
fn files_of_the_repository_are_shown_where_it_lives() {
    let mut shop = Repository::named("github.com/acme/shop");
    shop.remote = Remote::parse("https://github.com/acme/shop");
    shop.revision = Some("abc".to_owned());
    let mut other = Repository::named("github.com/acme/other");
    other.remote = Remote::parse("https://github.com/acme/other");
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let sources = MemorySources::new(vec![
        (
            other,
            vec![
                file("catalog-info.yaml", &component("other", "dir:.")),
                file("docs/b.md", "# B\n"),
                file("docs/index.md", ""),
            ],
        ),
        (
            shop,
            vec![
                file("catalog-info.yaml", &component("shop", "dir:.")),
                file("src/main.rs", ""),
                file(
                    "docs/index.md",
                    "[a](../src/main.rs#L3) [b](https://github.com/acme/other/blob/main/docs/b.md#b) [c](https://github.com/acme/other/blob/main/docs/b.md#gone) [d](https://u:p@x.example/)",
                ),
            ],
        ),
    ]);
    let run = run(sources);
    assert_eq!(run.findings, Vec::<String>::new());
    let site = &run.docs.sites[1];
    let html = page_html(&run.docs, site, 0, &NoMemo);
    for part in [
        "href=\"https://github.com/acme/shop/blob/abc/src/main.rs#L3\">a",
        "href=\"../other/b.html#b\">b",
        "href=\"https://github.com/acme/other/blob/main/docs/b.md#gone\">c",
        "href=\"https://x.example/\">d",
    ] {
        assert!(html.contains(part), "{part} not in {html}");
    }
}

#[test]
fn one_folder_of_two_entities_is_reported_on_once() {
    let descriptors = format!("{}---\n{}", component("a", "dir:."), component("b", "dir:./"));
    let run = run(MemorySources::single("r", &[("catalog-info.yaml", &descriptors), ("docs/index.md", "[x](no.md)")]));
    assert_eq!(run.docs.sites.len(), 2);
    assert_eq!(run.findings.len(), 1, "{:?}", run.findings);
    assert_eq!(run.docs.sites[1].home(), "docs/default/component/b/index.html");
}

#[test]
fn paths_that_collide_are_told_apart() {
    let run = site(&[("docs/Guide.md", ""), ("docs/guide.md", ""), ("docs/index.md", "[x](Guide.md)")]);
    assert_eq!(
        run.findings,
        [
            "path-collision docs/guide.md:1:1 `docs/guide.md` and `docs/Guide.md` would be the same file of the site (rename one of them; until then this one has a suffix)"
        ]
    );
    assert_eq!(run.docs.sites[0].outputs[1], "docs/default/component/shop/guide~2.html");
}

#[test]
fn a_readme_beside_an_index_is_the_same_page() {
    let run = site(&[("docs/README.md", "# R"), ("docs/index.md", "# I"), ("docs/a.md", "[r](README.md)")]);
    assert_eq!(run.docs.sites[0].content.pages.len(), 2);
    assert!(html(&run, "a.md").contains("href=\"index.html\""));
    assert_eq!(
        run.findings,
        [
            "path-collision docs/README.md:1:1 `README.md` is not shown: the `index.md` beside it is the page of this folder (make them one, or name the README in `exclude_docs`)"
        ]
    );
}

#[test]
fn a_readme_alone_is_a_site() {
    let run = site(&[
        ("README.md", "# Shop\n![l](img/l.svg) [c](catalog-info.yaml) [d](other.md)"),
        ("img/l.svg", "<svg><path d=\"M0 0\"/></svg>"),
        ("other.md", ""),
    ]);
    assert_eq!(run.findings, Vec::<String>::new());
    let site = &run.docs.sites[0];
    assert_eq!(site.outputs, ["docs/default/component/shop/index.html"]);
    assert!(page_html(&run.docs, site, 0, &NoMemo).contains("src=\"img/l.svg\""));
    assert_eq!(site.content.assets.len(), 1);
}

#[test]
fn docs_of_another_entity_are_named() {
    let text = component("a", "dir:.").replace(
        "backstage.io/techdocs-ref: dir:.",
        "backstage.io/techdocs-entity: component:b\n    backstage.io/techdocs-entity-path: /x",
    );
    let run = run(MemorySources::single(
        "r",
        &[("catalog-info.yaml", &format!("{text}---\n{}", component("b", "dir:."))), ("docs/index.md", "")],
    ));
    let borrowed = &run.docs.borrowed[0];
    assert_eq!((borrowed.entity, borrowed.from, borrowed.path.as_deref()), (EntityId(0), EntityId(1), Some("/x")));
}

#[test]
fn references_and_portals_become_links() {
    let descriptors = format!("{}---\n{}", component("shop", "dir:./shop"), component("bill", "dir:./bill"))
        .replace("name: bill", "name: bill\n  title: Money & more");
    let files = [
        ("catalog-info.yaml", descriptors.as_str()),
        ("bill/docs/index.md", "# Bill\n"),
        ("bill/docs/ops/run.md", "# Run\n\n## At night\n"),
        (
            "shop/docs/index.md",
            "# Shop\n\n[[component:bill]] [[bill|b]] entity:component:bill <entity:component:bill> [t](entity:component:bill)\n[p](/docs/default/component/bill/ops/run/#at-night) [c](/catalog/default/component/bill/ci-cd) [[Other page]] [[nothing]]\n",
        ),
        ("shop/docs/other.md", "# Other page\n"),
    ];
    let run = run(MemorySources::single("r", &files));
    assert_eq!(run.findings, Vec::<String>::new());
    let number = run.docs.sites.iter().position(|site| site.content.root == "shop").unwrap();
    let html = page_html(&run.docs, &run.docs.sites[number], 0, &NoMemo);
    let page = "href=\"../../../../catalog/default/component/bill.html\"";
    for part in [
        format!(
            "<a {page}>Money &amp; more</a> <a {page}>b</a> <a {page}>Money &amp; more</a> <a {page}>Money &amp; more</a> <a {page}>t</a>"
        ),
        "<a href=\"../bill/ops/run.html#at-night\">p</a>".to_owned(),
        format!("<a {page}>c</a> <a href=\"other.html\">Other page</a> [[nothing]]"),
    ] {
        assert!(html.contains(&part), "{part} not in {html}");
    }
    let bill = run.docs.sites.iter().find(|site| site.content.root == "bill").unwrap().entity;
    assert_eq!(run.docs.mentions_of(bill), [Mention { site: number, page: 0 }]);
}

#[test]
fn a_large_image_is_told() {
    let image = |mebibytes: usize| vec![0; mebibytes * 1024 * 1024 + 1];
    let text = |text: &str| text.as_bytes().to_vec();
    let files = vec![
        ("catalog-info.yaml".to_owned(), text(&component("shop", "dir:."))),
        ("docs/index.md".to_owned(), text("![a](a.png) ![b](b.png) ![a](a.png)")),
        ("docs/a.png".to_owned(), image(2)),
        ("docs/b.png".to_owned(), image(1)),
    ];
    let run = run(MemorySources::new(vec![(Repository::named("shop"), files)]));
    assert_eq!(
        run.findings,
        [
            "large-image docs/index.md:1:6 the image `a.png` has 2.0 MiB; more than 2 MiB keep readers waiting (scale it to the width of a page, or save it as WebP)"
        ]
    );
}

#[test]
fn records_outside_of_the_pages_are_pages() {
    let record = "# 1. A\n\n## Status\n\nAccepted\n\nSee [the other](0002-b.md).\n";
    let alone = component("shop", "dir:.").replace("backstage.io/techdocs-ref: dir:.", "a: b");
    for (descriptor, pages) in [(component("shop", "dir:."), 3), (alone, 3)] {
        let files = [
            ("catalog-info.yaml", descriptor.as_str()),
            ("docs/index.md", "# Home\n"),
            ("adr/0001-a.md", record),
            ("adr/0002-b.md", record),
            ("adr/template.md", ""),
        ];
        let run = run(MemorySources::single("r", &files));
        assert_eq!(run.docs.sites[0].content.pages.len(), pages);
        let decisions = run.docs.decisions_of(EntityId(0)).unwrap();
        let shown: Vec<&str> = decisions.records.iter().filter_map(|record| run.docs.page_of(record.file)).collect();
        assert!(shown.len() == 2 && shown[0].ends_with("0001-a.html"), "{shown:?}");
    }
}
