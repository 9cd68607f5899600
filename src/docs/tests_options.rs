//! What `mkdocs.yml` says about the nav, the titles and the text of pages.

use super::tests::*;

/// The nav of a site with these settings, as literate-nav gives it for the same files.
#[test]
fn wildcards_of_the_nav() {
    let files = [
        "index.md",
        "a.md",
        "g/index.md",
        "g/x.md",
        "g/y.md",
        "g/deep/z.md",
        "p/01.md",
        "p/02.md",
        "p/t.md",
        "h/g/w.md",
    ];
    for (items, expected) in [
        ("[index.md, Guides: g/*]", "Home=index.md, Guides=[G=g/index.md, X=g/x.md, Y=g/y.md, Deep=[Z=g/deep/z.md]]"),
        ("[First: p/01.md, Rest: [p/*]]", "First=p/01.md, Rest=[02=p/02.md, T=p/t.md]"),
        ("[p/0*.md, Last: p/02.md]", "01=p/01.md, Last=p/02.md"),
        ("['*.md', 'g/*/']", "Home=index.md, A=a.md, Deep=[Z=g/deep/z.md]"),
        ("['*/x.md', '*/g/*']", "X=g/x.md, W=h/g/w.md"),
        // One part each: `**` is no more than `*`.
        ("['g/**']", "G=g/index.md, X=g/x.md, Y=g/y.md, Deep=[Z=g/deep/z.md]"),
        ("['p/?1.md*', 'p/[t]*']", "01=p/01.md, T=p/t.md"),
        (
            "[All: '*/', P: p/]",
            "All=[G=[G=g/index.md, X=g/x.md, Y=g/y.md, Deep=[Z=g/deep/z.md]], H=[G=[W=h/g/w.md]], P=[01=p/01.md, 02=p/02.md, T=p/t.md]]",
        ),
        ("[One: p/*, Two: p/*]", "One=[01=p/01.md, 02=p/02.md, T=p/t.md]"),
        ("[Web: 'https://a.example/*']", "Web=https://a.example/*"),
    ] {
        for plugins in ["[literate-nav]", "[techdocs-core]"] {
            let settings = format!("plugins: {plugins}\nnav: {items}\n");
            let paths: Vec<String> = files.iter().map(|file| format!("docs/{file}")).collect();
            let mut all = vec![("mkdocs.yml", settings.as_str())];
            all.extend(paths.iter().map(|path| (path.as_str(), "")));
            let run = site(&all);
            let shown = nav(&run.docs.sites[0].content.nav, &run.docs.sites[0]);
            // Without the plugin a folder of the nav does not know of the wildcards before it.
            if plugins == "[literate-nav]" || !items.contains("P: p/]") {
                assert_eq!(shown, expected, "{items} {plugins}");
            }
        }
    }
    let run = site(&[("mkdocs.yml", "nav:\n  - a.md\n  - No: b/*.md\n  - '../*'\n  - a*\n"), ("docs/a.md", "")]);
    assert_eq!(
        run.findings,
        [
            "nav-page-missing mkdocs.yml:3:9 the nav names `b/*.md`, and no page is like this",
            "nav-page-missing mkdocs.yml:4:5 the nav names `../*`, and no page is like this",
        ]
    );
    // The file of literate-nav goes before the nav of the settings.
    let run = site(&[
        ("mkdocs.yml", "plugins: [literate-nav]\nnav: [b.md]\n"),
        ("docs/SUMMARY.md", "* [A](a.md)\n* s/*\n"),
        ("docs/a.md", ""),
        ("docs/b.md", ""),
        ("docs/s/c.md", ""),
        ("docs/s/t/d.md", ""),
    ]);
    assert_eq!(nav(&run.docs.sites[0].content.nav, &run.docs.sites[0]), "A=a.md, C=s/c.md, T=[D=s/t/d.md]");
}

#[test]
fn the_nav_names_its_pages() {
    let run = site(&[
        (
            "mkdocs.yml",
            "nav:\n  - Start: index.md\n  - Background Tasks: background.md\n  - front.md\n  - head.md\n  - no-head.md\n  - Again: background.md\n",
        ),
        ("docs/index.md", "text"),
        ("docs/background.md", "text"),
        ("docs/front.md", "---\ntitle: Of the front\n---\n# Heading"),
        ("docs/head.md", "# Heading\n"),
        ("docs/no-head.md", "## Low\n"),
        ("docs/not-in-nav.md", "text"),
    ]);
    let pages = &run.docs.sites[0].content.pages;
    let titles: Vec<&str> = pages.iter().map(|page| page.title.as_str()).collect();
    assert_eq!(titles, ["Background Tasks", "Of the front", "Heading", "Start", "No head", "Not in nav"]);
}

#[test]
fn links_are_checked_as_the_settings_say() {
    let page = "[a](/sub/a.md) [b](/README.md) [c](/gone.md) [d](../gone/) [e](gone.md) [f](/api/)\n";
    for (validation, expected) in [
        ("", "warning /gone.md, warning ../gone/, warning gone.md"),
        ("{links: {absolute_links: ignore}}", "off /gone.md, warning ../gone/, warning gone.md"),
        ("{links: {absolute_links: info, unrecognized_links: ignore}}", "note /gone.md, off ../gone/, warning gone.md"),
        ("{not_found: info, unrecognized_links: warn}", "note /gone.md, warning ../gone/, note gone.md"),
        (
            "{links: {absolute_links: relative_to_docs}}",
            "warning /README.md, warning /gone.md, warning ../gone/, warning gone.md, warning /api/",
        ),
        (
            "{absolute_links: relative_to_docs, links: {not_found: ignore}}",
            "off /README.md, off /gone.md, off ../gone/, off gone.md, off /api/",
        ),
    ] {
        let settings = format!("site_name: x\nvalidation: {validation}\n");
        let files = [
            ("mkdocs.yml", settings.as_str()),
            ("README.md", ""),
            ("docs/index.md", ""),
            ("docs/sub/a.md", ""),
            ("docs/sub/b.md", page),
        ];
        let found = all_findings(&files);
        let shown: Vec<String> = found
            .iter()
            .map(|finding| format!("{} {}", format!("{:?}", finding.level).to_lowercase(), finding.subject))
            .collect();
        assert_eq!(shown.join(", "), expected, "{validation}");
    }
    let run = site(&[("mkdocs.yml", "validation: {links: {absolute_links: maybe}}\n"), ("docs/index.md", "")]);
    assert_eq!(run.findings.len(), 1, "{:?}", run.findings);
}

#[test]
fn addresses_without_folders() {
    let run = site(&[
        ("mkdocs.yml", "use_directory_urls: false\n"),
        ("docs/index.md", "[a](a.html) [b](sub/b.html#two) [c](sub/index.html) [d](sub/) [e](a.md)"),
        ("docs/a.md", "<a href=\"sub/b.html\">x</a> <a href=\"index.html\">y</a>"),
        ("docs/sub/index.md", ""),
        ("docs/sub/b.md", "# B\n## Two\n[up](../a.html) ![i](i.png)"),
        ("docs/sub/i.png", "png"),
    ]);
    assert_eq!(run.findings, Vec::<String>::new());
    let index = html(&run, "index.md");
    for part in ["\"a.html\">a", "\"sub/b.html#two\"", "\"sub/index.html\">c", "\"sub/index.html\">d", "\"a.html\">e"] {
        assert!(index.contains(part), "{part}: {index}");
    }
    let a = html(&run, "a.md");
    assert!(a.contains("\"sub/b.html\">x") && a.contains("\"index.html\">y"), "{a}");
    let b = html(&run, "sub/b.md");
    assert!(b.contains("\"../a.html\"") && b.contains("src=\"i.png\""), "{b}");
}

#[test]
fn extensions_change_what_pages_say() {
    for (extensions, text, expected, not) in [
        ("[admonition]", "\"a\" -- b\nc", "&quot;a&quot; -- b\nc", "<br>"),
        ("[smarty, nl2br]", "\"a\" -- b\nc", "“a” – b<br>\nc", "&quot;"),
        ("[{smarty: {smart_quotes: false}}]", "\"a\" -- b", "&quot;a&quot; – b", "“"),
        ("{smarty: {smart_dashes: false, smart_ellipses: false}}", "\"a\" -- b...", "“a” -- b...", "–"),
        ("[{toc: {baselevel: 2}}]", "# A", "<h2 id=\"a\"", "<h1"),
        ("[{toc: {separator: _}}]", "# A b", "id=\"a_b\"", "id=\"a-b\""),
        ("[{toc: {slugify: !!python/name:pymdownx.slugs.uslugify}}]", "# Ü b", "id=\"ü-b\"", "id=\"u-b\""),
        ("[{toc: {slugify: !!python/name:pymdownx.slugs.uslugify ''}}]", "# Ü b", "id=\"ü-b\"", "id=\"u-b\""),
        (
            "[{toc: {permalink: true, slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}}]",
            "# Ü  b",
            "id=\"ü--b\"",
            "id=\"u-b\"",
        ),
        ("[{toc: {slugify: !!python/name:os.system}}]", "# Ü b", "id=\"u-b\"", "ü-b"),
        (
            "[{toc: {toc_depth: 2-2, title: Here}}]",
            "[TOC]\n# A\n## B\n### C",
            "Here</p>\n<ul>\n<li><a href=\"#b\"",
            "\">C</a>",
        ),
        ("[{toc: {toc_depth: 1}}]", "[TOC]\n# A\n## B", "<li><a href=\"#a\">A</a></li></ul>", "\">B</a>"),
        ("[{pymdownx.highlight: {linenums: true}}]", "```py\nx\n```", "data-n=\"1\"", "<figure"),
        (
            "[{pymdownx.highlight: {auto_title: true, default_lang: YAML}}]",
            "```\nx: 1\n```",
            "YAML</figcaption>",
            "data-n",
        ),
        ("[{pymdownx.snippets: {auto_append: [includes/abbr.md]}}]", "An API.", "<abbr title=\"Interface\"", "*["),
        ("[{pymdownx.snippets: {base_path: [includes], auto_append: abbr.md}}]", "An API.", "<abbr", "*["),
    ] {
        let settings = format!("markdown_extensions: {extensions}\n");
        let run =
            site(&[("mkdocs.yml", &settings), ("docs/index.md", text), ("includes/abbr.md", "*[API]: Interface\n")]);
        // What would have to be run is told of.
        let noted = usize::from(extensions.contains("os.system"));
        assert_eq!(run.findings.len(), noted, "{extensions}: {:?}", run.findings);
        let html = html(&run, "index.md");
        assert!(html.contains(expected) && !html.contains(not), "{extensions}: {html}");
    }
    for (extensions, expected) in [
        (
            "[{toc: {toc_depth: deep}}]",
            "docs-settings-invalid mkdocs.yml:1:41 `toc_depth` is no level of headings (write `3`, or a range as `2-3`; levels are 1 to 6)",
        ),
        (
            "[{pymdownx.snippets: {auto_append: [no.md]}}]",
            "snippet-missing mkdocs.yml:1:1 the snippet `no.md`, which every page ends with, is not included, as there is no such file",
        ),
    ] {
        let settings = format!("markdown_extensions: {extensions}\n");
        let run = site(&[("mkdocs.yml", &settings), ("docs/index.md", "a"), ("docs/b.md", "b")]);
        assert_eq!(run.findings, [expected]);
    }
}

#[test]
fn links_to_old_pages_keep_their_heading() {
    let run = site(&[
        (
            "mkdocs.yml",
            "plugins:\n  - redirects:\n      redirect_maps:\n        old.md: new.md#two\n        web.md: https://a.example/x\n",
        ),
        ("docs/index.md", "[a](old.md) [b](old.md#three) [c](web.md#four) [d](web.md)"),
        ("docs/new.md", "# New\n## Two\n## Three\n"),
    ]);
    assert_eq!(run.findings, Vec::<String>::new());
    let index = html(&run, "index.md");
    for part in ["new.html#two\">a", "new.html#three\">b", "https://a.example/x#four\"", "https://a.example/x\""] {
        assert!(index.contains(part), "{part}: {index}");
    }
}

#[test]
fn the_storage_of_a_site_without_an_index_has_a_root() {
    let run = site(&[("mkdocs.yml", "nav: [b.md, a.md]\n"), ("docs/a.md", "# A"), ("docs/b.md", "# B")]);
    let files =
        super::extra_files(&run.docs, &run.docs.sites[0], &run.catalog, &run.sources, true, &crate::base::NoMemo);
    let root = files.iter().find(|(path, _)| path == "techdocs/default/component/shop/index.html").unwrap();
    let text = String::from_utf8_lossy(&root.1);
    assert!(text.contains("content=\"0; url=b/\""), "{text}");
    let metadata = files.iter().find(|(path, _)| path.ends_with("techdocs_metadata.json")).unwrap();
    assert!(String::from_utf8_lossy(&metadata.1).contains("\"index.html\""));
}
