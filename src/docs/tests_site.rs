//! Sites of several sites, orders of pages, redirects, and what is stored for Backstage.

use crate::base::NoMemo;

use super::tests::*;
use super::*;

#[test]
fn sites_are_included_under_their_names() {
    let run = site(&[
        (
            "mkdocs.yml",
            "site_name: All\nnav:\n  - index.md\n  - Alpha: '!include ./alpha/mkdocs.yml'\n  - Rest: '*include ./teams/*/mkdocs.yml'\n  - Gone: '!include ./gone/mkdocs.yml'\n  - Out: '!include ../x/mkdocs.yml'\n",
        ),
        ("docs/index.md", "# Home\n[a](alpha/guide.md#one) [b](team-two/b.md)\n"),
        (
            "alpha/mkdocs.yml",
            "site_name: alpha\nnav:\n  - index.md\n  - Guide: guide.md\n  - Web: https://a.example\n  - gone.md\n",
        ),
        ("alpha/docs/index.md", "# Alpha\n[up](../index.md) [other](../team-two/b.md)"),
        ("alpha/docs/guide.md", "# G\n## One\n[here](index.md) ![i](i.png)"),
        ("alpha/docs/i.png", "png"),
        ("teams/one/mkdocs.yml", "site_name: alpha\n"),
        ("teams/one/docs/index.md", "# One\n"),
        ("teams/two/mkdocs.yml", "site_name: Team Two\nnav:\n  - b.md\n  - Back: '!include ../../mkdocs.yml'\n"),
        ("teams/two/docs/b.md", "# B\n"),
    ]);
    let site = &run.docs.sites[0];
    assert_eq!(
        nav(&site.content.nav, site),
        "Home=index.md, Alpha=[Alpha=alpha/index.md, Guide=alpha/guide.md, Web=https://a.example], Rest=[alpha=[One=alpha-2/index.md], Team Two=[B=team-two/b.md]]"
    );
    assert_eq!(
        run.findings,
        [
            "docs-settings-invalid mkdocs.yml:5:11 two sites are named `alpha`; the pages of this one stand below `alpha-2/` (give them different `site_name`s)",
            "nav-page-missing teams/two/mkdocs.yml:4:11 `../../mkdocs.yml` includes these settings in turn",
            "nav-page-missing mkdocs.yml:6:11 the nav includes `./gone/mkdocs.yml`, and there is no such file",
            "nav-page-missing mkdocs.yml:7:10 `../x/mkdocs.yml` leads out of the repository",
            "nav-page-missing alpha/mkdocs.yml:6:5 the nav names `gone.md`, and there is no such page",
        ]
    );
    let index = html(&run, "index.md");
    assert!(index.contains("href=\"alpha/guide.html#one\""), "{index}");
    let alpha = html(&run, "alpha/index.md");
    assert!(alpha.contains("href=\"../index.html\"") && alpha.contains("href=\"../team-two/b.html\""), "{alpha}");
}

#[test]
fn settings_inherit() {
    let run = site(&[
        ("mkdocs.yml", "INHERIT: ./base/mkdocs.yml\nsite_name: Child\nnav:\n  - index.md\n"),
        (
            "base/mkdocs.yml",
            "INHERIT: ../root.yml\nsite_name: Base\nsite_description: From the base\nnav:\n  - gone.md\nvalidation:\n  nav:\n    omitted_files: warn\n",
        ),
        ("root.yml", "INHERIT: mkdocs.yml\nsite_description: From the root\ndocs_dir: pages\nvalidation:\n  nav: 7\n"),
        ("pages/index.md", "# Home\n"),
        ("pages/b.md", "# B\n"),
    ]);
    let content = &run.docs.sites[0].content;
    assert_eq!((content.name.as_deref(), content.description.as_deref()), (Some("Child"), Some("From the base")));
    assert_eq!(content.docs_dir, "pages");
    assert_eq!(
        run.findings,
        [
            "docs-settings-invalid root.yml:1:10 `mkdocs.yml` inherits these settings in turn (one of the two must not inherit)",
            "page-outside-nav pages/b.md:1:1 `b.md` is not in the nav (add it to `nav` in mkdocs.yml, link to it, or name it under `not_in_nav`)",
        ]
    );
    for (target, expected) in [
        (
            "../../x.yml",
            "docs-settings-invalid mkdocs.yml:1:10 `../../x.yml` is outside of the repository and is not read",
        ),
        (
            "https://a.example/x.yml",
            "docs-settings-invalid mkdocs.yml:1:10 `https://a.example/x.yml` is outside of the repository",
        ),
        ("gone.yml", "docs-settings-invalid mkdocs.yml:1:10 there is no file `gone.yml` to inherit from"),
        ("mkdocs.yml", "docs-settings-invalid mkdocs.yml:1:10 `mkdocs.yml` inherits these settings in turn"),
    ] {
        let run = site(&[("mkdocs.yml", &format!("INHERIT: {target}\n")), ("docs/index.md", "")]);
        assert!(run.findings[0].starts_with(expected), "{:?}", run.findings);
    }
}

/// The nav of a site with these order files, and its findings.
fn ordered(plugins: &str, files: &[(&str, &str)]) -> (String, Vec<String>) {
    let settings = format!("site_name: x\nplugins:\n  - {plugins}\n");
    let mut all = vec![("mkdocs.yml", settings.as_str())];
    all.extend(files);
    for page in [
        "docs/index.md",
        "docs/a.md",
        "docs/z.md",
        "docs/sub/index.md",
        "docs/sub/a.md",
        "docs/sub/z.md",
        "docs/sub/deep/x.md",
    ] {
        all.push((page, ""));
    }
    let run = site(&all);
    (nav(&run.docs.sites[0].content.nav, &run.docs.sites[0]), run.findings)
}

#[test]
fn files_beside_the_pages_order_them() {
    for (plugins, files, expected) in [
        (
            "awesome-pages",
            &[("docs/sub/.pages", "title: The Sub\nnav:\n  - z.md\n  - Web: https://a.example\n  - ...\n  - deep\n")][..],
            "Home=index.md, A=a.md, Z=z.md, The Sub=[Z=sub/z.md, Web=https://a.example, Sub=sub/index.md, A=sub/a.md, Deep=[X=sub/deep/x.md]]",
        ),
        (
            "awesome-pages",
            &[("docs/.pages", "order: desc\n"), ("docs/sub/.pages", "hide: true\n")],
            "Z=z.md, Home=index.md, A=a.md",
        ),
        (
            "awesome-pages",
            &[("docs/.pages", "nav:\n  - sub/deep\n  - ... | a*\n"), ("docs/sub/deep/.pages", "collapse: true\n")],
            "X=sub/deep/x.md, A=a.md",
        ),
        (
            "awesome-nav",
            &[("docs/sub/.nav.yml", "title: S\nnav:\n  - Two: z.md\n  - \"*\"\n")],
            "Home=index.md, A=a.md, Z=z.md, S=[Two=sub/z.md, A=sub/a.md, Sub=sub/index.md, Deep=[X=sub/deep/x.md]]",
        ),
        (
            "awesome-nav",
            &[(
                "docs/.nav.yml",
                "nav:\n  - index.md\n  - glob: 'a*'\n    ignore_no_matches: true\n  - '*'\nsort: {direction: desc, sections: first}\nignore: [deep]\npreserve_directory_names: true\n",
            )],
            "Home=index.md, A=a.md, sub=[Sub=sub/index.md, Z=sub/z.md, A=sub/a.md], Z=z.md",
        ),
        (
            "awesome-nav",
            &[(
                "docs/.nav.yml",
                "nav:\n  - Group:\n      - a.md\n      - sub/*.md\n  - index.md\nappend_unmatched: true\n",
            )],
            "Group=[A=a.md, A=sub/a.md, Sub=sub/index.md, Z=sub/z.md], Home=index.md, Z=z.md, Sub=[Deep=[X=sub/deep/x.md]]",
        ),
        (
            "literate-nav",
            &[(
                "docs/SUMMARY.md",
                "# Nav\n\n* [Start](index.md)\n* Guide\n    * [First](sub/a.md)\n    * [Rest](sub/)\n* [Ext](https://a.example)\n* *.md\n* */\n",
            )],
            "Start=index.md, Guide=[First=sub/a.md, Rest=[Sub=sub/index.md, Z=sub/z.md, Deep=[X=sub/deep/x.md]]], Ext=https://a.example, A=a.md, Z=z.md",
        ),
        (
            "literate-nav: {nav_file: NAV.md}",
            &[("docs/NAV.md", "- [S](sub/index.md)\n  - [Deep](sub/deep/)\n- [A](a.md)\n")],
            "S=[Sub=sub/index.md, Deep=[X=sub/deep/x.md]], A=a.md",
        ),
    ] {
        let (nav, findings) = ordered(plugins, files);
        assert_eq!((nav.as_str(), findings), (expected, Vec::<String>::new()), "{plugins} {files:?}");
    }
    for (plugins, file, text, expected) in [
        (
            "awesome-pages",
            "docs/.pages",
            "nav:\n  - aa.md\n",
            "nav-page-missing docs/.pages:2:5 the nav names `aa.md`, and there is no such page (did you mean `a.md`?)",
        ),
        (
            "awesome-pages",
            "docs/.pages",
            "- a\n",
            "docs-settings-invalid docs/.pages:1:1 the order of these pages is a list and not a map (write `nav:` and a list under it)",
        ),
        (
            "awesome-nav",
            "docs/.nav.yml",
            "nav: 7\n",
            "docs-settings-invalid docs/.nav.yml:1:6 `nav` is a number and not a list",
        ),
        (
            "literate-nav",
            "docs/SUMMARY.md",
            "* [B](b.md)\n* [A](a.md)\n",
            "nav-page-missing docs/SUMMARY.md:1:3 the nav names `b.md`, and there is no such page (did you mean `a.md`?)",
        ),
    ] {
        let (_, findings) = ordered(plugins, &[(file, text)]);
        assert_eq!(findings.first().map(String::as_str), Some(expected), "{text}");
    }
}

#[test]
fn a_section_leads_to_its_page() {
    for (settings, expected) in [
        ("plugins: [section-index]\n", "(A=sub/a.md) B=b.md; B=[Named=sub/a.md, B=b.md]"),
        ("theme: {features: [navigation.indexes]}\n", "A=[A=sub/a.md, B=b.md]; B=[Named=sub/a.md, B=b.md]"),
    ] {
        let settings = format!(
            "{settings}nav:\n  - A:\n      - sub/a.md\n      - b.md\n  - B:\n      - Named: sub/a.md\n      - b.md\n"
        );
        let run = site(&[("mkdocs.yml", &settings), ("docs/sub/a.md", ""), ("docs/b.md", "")]);
        let site = &run.docs.sites[0];
        let shown: Vec<String> = site
            .content
            .nav
            .iter()
            .map(|node| match node.target {
                NavTarget::Page(page) => {
                    let source = &site.content.pages[page].source;
                    format!("({}={source}) {}", node.title, nav(&node.children, site))
                }
                _ => nav(std::slice::from_ref(node), site),
            })
            .collect();
        assert_eq!(shown.join("; "), expected, "{settings}");
    }
}

#[test]
fn what_the_settings_leave_out() {
    let run = site(&[
        (
            "mkdocs.yml",
            "exclude_docs: |\n  *.tmp.md\n  /old/\n  !.shown.md\ndraft_docs: drafts/\nnot_in_nav: |\n  /hidden.md\nnav:\n  - Home: index.md\n  - Section:\n      - sub/index.md\n      - sub/a.md\ntheme:\n  name: material\n  features: [navigation.indexes]\nvalidation:\n  omitted_files: info\n  links:\n    not_found: ignore\n    anchors: warn\nuse_directory_urls: true\nsite_url: https://docs.example/shop/\n",
        ),
        (
            "docs/index.md",
            "# H\n[a](gone.md) [b](sub/a.md#no) [c](https://docs.example/shop/sub/a/#two) [d](sub/a/index.html)",
        ),
        ("docs/x.tmp.md", ""),
        ("docs/old/x.md", ""),
        ("docs/drafts/x.md", ""),
        ("docs/.shown.md", ""),
        ("docs/hidden.md", ""),
        ("docs/sub/index.md", "# S\n"),
        ("docs/sub/a.md", "# A\n## Two\n[e](../../) [f](../index.html)"),
    ]);
    let site = &run.docs.sites[0];
    let sources: Vec<&str> = site.content.pages.iter().map(|page| page.source.as_str()).collect();
    assert_eq!(sources, [".shown.md", "hidden.md", "index.md", "sub/a.md", "sub/index.md"]);
    assert_eq!(site.content.nav[1].target, NavTarget::Page(4));
    assert_eq!(site.content.nav[1].children.len(), 1);
    // The level that leaves a finding out is settled later.
    assert_eq!(
        run.findings,
        [
            "broken-link docs/index.md:2:5 there is no page or file `gone.md`",
            "broken-link docs/index.md:2:18 there is no heading `#no` in `sub/a.md`",
            "page-outside-nav docs/.shown.md:1:1 `.shown.md` is not in the nav (add it to `nav` in mkdocs.yml, link to it, or name it under `not_in_nav`)",
        ]
    );
    let index = html(&run, "index.md");
    assert!(index.contains("href=\"sub/a.html#two\"") && index.contains("href=\"sub/a.html\">d"), "{index}");
    let a = html(&run, "sub/a.md");
    assert!(a.contains("href=\"../index.html\">e") && a.contains("href=\"index.html\">f"), "{a}");
}

#[test]
fn pages_that_moved() {
    let run = site(&[
        (
            "mkdocs.yml",
            "plugins:\n  - redirects:\n      redirect_maps:\n        old/a.md: new.md#two\n        b.md: https://a.example/\n        c.md: old/a.md\n        d.md: e.md\n        e.md: d.md\n        f.md: nwe.md\n        index.md: new.md\n        x.html: new.md\n        g.md: javascript:alert(1)\n",
        ),
        ("docs/index.md", "[a](old/a.md) [b](b.md) [c](c.md)"),
        ("docs/new.md", "# New\n## Two\n"),
    ]);
    assert_eq!(
        run.findings,
        [
            "docs-settings-invalid mkdocs.yml:11:17 `x.html` is no page (name the page that was there: `old.md: new.md`)",
            "broken-link mkdocs.yml:7:15 the redirect of `d.md` leads in a circle",
            "broken-link mkdocs.yml:8:15 the redirect of `e.md` leads in a circle",
            "broken-link mkdocs.yml:9:15 the redirect of `f.md` leads to `nwe.md`, and there is no such page (did you mean `new.md`?)",
            "docs-settings-invalid mkdocs.yml:10:19 `index.md` is a page, so that nothing leads from it elsewhere (remove the page, or the redirect)",
            "broken-link mkdocs.yml:12:15 the redirect of `g.md` leads to what would run code",
        ]
    );
    let site = &run.docs.sites[0];
    let (path, bytes) = redirects::page_html(site, 0).unwrap();
    assert_eq!(path, "docs/default/component/shop/old/a.html");
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.contains("content=\"0; url=../new.html#two\"") && text.contains("<a href=\"../new.html#two\">New</a>"),
        "{text}"
    );
    let index = html(&run, "index.md");
    for part in ["href=\"new.html#two\">a", "href=\"https://a.example/\">b", "href=\"new.html#two\">c"] {
        assert!(index.contains(part), "{part} not in {index}");
    }
}

#[test]
fn what_is_not_used_is_one_note() {
    let run = site(&[
        (
            "mkdocs.yml",
            "site_name: x\nhooks: [a.py]\nextra_css: []\nextra_javascript:\n  - x.js\ncopyright: us\nextra: {a: 1}\ntheme:\n  custom_dir: o\nplugins:\n  - search\n  - techdocs-core\n  - macros: {x: 1}\n",
        ),
        ("docs/index.md", ""),
    ]);
    assert_eq!(
        run.findings,
        [
            "docs-setting-ignored mkdocs.yml:2:1 not used for this site: `hooks`, `extra_javascript`, `theme.custom_dir`, plugin `macros`"
        ]
    );
}

#[test]
fn documentation_of_other_entities() {
    let entity =
        |name: &str, annotations: &str| component(name, "x").replace("backstage.io/techdocs-ref: x", annotations);
    let own = "backstage.io/techdocs-ref: dir:.";
    for (annotations, expected) in [
        (&["backstage.io/techdocs-entity: component:b", own][..], "1 -"),
        (
            &["backstage.io/techdocs-entity: component:b\n    backstage.io/techdocs-entity-path: /guide/setup/", own],
            "1 guide/setup.md",
        ),
        (&["backstage.io/techdocs-entity: component:b", "backstage.io/techdocs-entity: component:c", own], "2 -"),
        (
            &["backstage.io/techdocs-entity: component:b\n    backstage.io/techdocs-entity-path: /guide/setpu", own],
            "docs-not-found catalog-info.yaml:7:40 the documentation of `component:default/b` has no page `/guide/setpu` (did you mean `/guide/setup`?)",
        ),
        (
            &["backstage.io/techdocs-entity: component:z", own],
            "docs-not-found catalog-info.yaml:6:35 there is no entity `component:default/z`",
        ),
        (
            &["backstage.io/techdocs-entity: component:b", "backstage.io/techdocs-entity: component:a"],
            "docs-not-found catalog-info.yaml:6:35 the documentation is that of the entity itself, in a circle",
        ),
        (
            &["backstage.io/techdocs-entity: component:b", "a.example/b: c"],
            "docs-not-found catalog-info.yaml:6:35 `component:default/b` has no documentation",
        ),
    ] {
        let texts: Vec<String> =
            ["a", "b", "c"].iter().zip(annotations).map(|(name, text)| entity(name, text)).collect();
        let run = run(crate::base::MemorySources::single(
            "r",
            &[("catalog-info.yaml", &texts.join("---\n")), ("docs/index.md", ""), ("docs/guide/setup.md", "")],
        ));
        let found = run.findings.first().cloned().unwrap_or_else(|| {
            let borrowed = &run.docs.borrowed[0];
            let site = run.docs.site_of(borrowed.from).unwrap();
            let page = borrowed.page.map_or("-", |page| site.content.pages[page].source.as_str());
            format!("{} {page}", borrowed.from.0)
        });
        assert_eq!(found, expected, "{annotations:?}");
    }
}

#[test]
fn what_backstage_reads_from_its_storage() {
    let run = site(&[
        (
            "mkdocs.yml",
            "site_name: Shop\nsite_description: All of it\nplugins:\n  - redirects: {redirect_maps: {old.md: guide/a.md}}\n",
        ),
        ("docs/index.md", "# Home\nSee [a](guide/a.md#two).\n"),
        ("docs/guide/a.md", "# A\nText.\n## Two\nMore ![i](../i.png) [up](../index.md)\n"),
        ("docs/i.png", "png"),
    ]);
    assert_eq!(run.findings, Vec::<String>::new());
    let files = backstage::extra_files(&run.docs, &run.docs.sites[0], &run.catalog, &run.sources, true, &NoMemo);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let base = "techdocs/default/component/shop";
    assert_eq!(
        paths,
        [
            "docs/default/component/shop/old.html".to_owned(),
            format!("{base}/guide/a/index.html"),
            format!("{base}/index.html"),
            format!("{base}/i.png"),
            format!("{base}/old/index.html"),
            format!("{base}/search/search_index.json"),
            format!("{base}/techdocs_metadata.json"),
        ]
    );
    let text = |path: &str| {
        let (_, bytes) = files.iter().find(|(have, _)| have.ends_with(path)).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    let a = text("shop/guide/a/index.html");
    for part in [
        "href=\"../../\">up",
        "src=\"../../i.png\"",
        "md-nav__link--active",
        "class=\"md-content__inner md-typeset\"",
        "<a href=\"#two\" class=\"md-nav__link\">",
    ] {
        assert!(a.contains(part), "{part} not in {a}");
    }
    assert!(text("shop/index.html").contains("href=\"guide/a/#two\""));
    let index: serde_json::Value = serde_json::from_str(&text("search_index.json")).unwrap();
    let entries: Vec<String> = index["docs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| format!("{} | {}", entry["location"].as_str().unwrap(), entry["title"].as_str().unwrap()))
        .collect();
    assert_eq!(entries, ["guide/a/ | A", "guide/a/#a | A", "guide/a/#two | Two", " | Home", "#home | Home"]);
    assert_eq!(index["docs"][1]["text"], "Text.");
    let metadata: serde_json::Value = serde_json::from_str(&text("techdocs_metadata.json")).unwrap();
    assert_eq!(
        (metadata["site_name"].as_str(), metadata["site_description"].as_str()),
        (Some("Shop"), Some("All of it"))
    );
    assert!(metadata.get("build_timestamp").is_none() && metadata["etag"].is_string());
    assert_eq!(metadata["files"][0], "guide/a/index.html");
}

#[test]
fn pages_are_edited_where_the_settings_say() {
    for (settings, expected) in [
        ("", "https://github.com/acme/shop/edit/trunk/docs/a b.md"),
        ("repo_url: https://gitlab.com/x/y\n", "https://gitlab.com/x/y/-/edit/trunk/docs/a%20b.md"),
        (
            "repo_url: https://github.com/x/y\nedit_uri: edit/main/docs\n",
            "https://github.com/x/y/edit/main/docs/a%20b.md",
        ),
        ("repo_url: https://a.example/x/\nedit_uri: '?file='\n", "https://a.example/x?file=a%20b.md"),
        (
            "repo_url: https://a.example/x\nedit_uri_template: 'e/{path_noext}/{path}'\n",
            "https://a.example/x/e/a%20b/a%20b.md",
        ),
        ("repo_url: https://a.example/x\nedit_uri: ''\n", "-"),
        ("edit_uri: javascript://x\n", "-"),
    ] {
        let mut repository = crate::base::Repository::named("github.com/acme/shop");
        repository.remote = crate::base::hosts::Remote::parse("https://github.com/acme/shop");
        repository.branch = Some("trunk".to_owned());
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        let files = vec![
            file("catalog-info.yaml", &component("shop", "dir:.")),
            file("mkdocs.yml", &format!("site_name: x\n{settings}")),
            file("docs/a b.md", ""),
        ];
        let run = run(crate::base::MemorySources::new(vec![(repository, files)]));
        let found = edit_url(&run.docs.sites[0].content, 0, &run.sources).unwrap_or_else(|| "-".to_owned());
        assert_eq!(found, expected.replace("a b", "a%20b"), "{settings}");
    }
}
