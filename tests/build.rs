//! `catalog build`: the same bytes wherever and however it runs, nothing touched that it did not
//! write, and the public catalogs of `shared/corpus` where that folder is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::support::{self, run};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn build(input: &Path, out: &Path, more: &[&str]) -> support::Ran {
    let ran = run(root(), &[&["build", input.to_str().unwrap(), "-o", out.to_str().unwrap()], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

/// All files below a folder with their bytes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        support::write(to, &[(path.to_str().unwrap(), &bytes)]);
    }
}

#[test]
fn the_output_is_the_same_over_runs_threads_and_places() {
    let work = tempfile::tempdir().unwrap();
    let elsewhere = work.path().join("a/b/elsewhere");
    copy(&root().join("example-org"), &elsewhere);
    let outs = [work.path().join("one"), work.path().join("two"), work.path().join("three")];
    build(&root().join("example-org"), &outs[0], &["--jobs", "1"]);
    build(&root().join("example-org"), &outs[1], &["--jobs", "4"]);
    build(&elsewhere, &outs[2], &[]);
    let first = tree(&outs[0]);
    assert!(first.len() > 300, "only {} files", first.len());
    for out in &outs[1..] {
        let other = tree(out);
        assert!(first.keys().eq(other.keys()));
        let different: Vec<_> =
            first.iter().filter(|(path, bytes)| other[*path] != **bytes).map(|(path, _)| path).collect();
        assert!(different.is_empty(), "{different:?}");
    }
}

#[test]
fn only_what_changed_is_written_and_what_is_stale_goes() {
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("input"), work.path().join("out"));
    copy(&root().join("example-org/repos/depots"), &input);
    build(&input, &out, &[]);
    let again = build(&input, &out, &[]);
    assert!(again.stderr.contains("(0 written)"), "{}", again.stderr);
    let added =
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: added}\nspec: {type: team, children: []}\n";
    support::write(&input, &[("extra/catalog-info.yaml", added)]);
    build(&input, &out, &[]);
    let page = out.join("catalog/default/group/added.html");
    assert!(page.exists());
    // A file that no build wrote stays where it is.
    support::write(&out, &[("notes/mine.txt", "mine")]);
    std::fs::remove_file(input.join("extra/catalog-info.yaml")).unwrap();
    let last = build(&input, &out, &[]);
    assert!(!page.exists() && last.stderr.contains("removed"), "{}", last.stderr);
    assert_eq!(std::fs::read_to_string(out.join("notes/mine.txt")).unwrap(), "mine");
}

#[test]
fn a_folder_that_is_not_its_own_output_is_refused() {
    let work = tempfile::tempdir().unwrap();
    support::write(work.path(), &[("mine.txt", "mine")]);
    let input = root().join("example-org/repos/depots");
    let ran = run(root(), &["build", input.to_str().unwrap(), "-o", work.path().to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("is not empty and was not written by catalog"), "{}", ran.stderr);
    assert_eq!(tree(work.path()).len(), 1);
}

#[test]
fn the_public_json_follows_its_schemas() {
    let work = tempfile::tempdir().unwrap();
    build(&root().join("example-org"), work.path(), &[]);
    for name in ["catalog", "interface", "manifest"] {
        let read = |path: PathBuf| -> Json { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
        let schema = read(root().join(format!("schema/{name}.schema.json")));
        let validator = jsonschema::validator_for(&schema).unwrap();
        let value = read(work.path().join(format!("{name}.json")));
        let wrong: Vec<String> =
            validator.iter_errors(&value).take(5).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{name}.json: {wrong:#?}");
    }
}

#[test]
fn a_theme_of_ones_own_goes_before_the_default_by_name() {
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("input"), work.path().join("out"));
    copy(&root().join("example-org/repos/depots"), &input);
    support::write(
        &input,
        &[
            ("catalog-config.yaml", "organization: Own\nsite: {theme: look}\n"),
            ("look/404.html", "<!doctype html><title>Lost</title><main>Lost at sea</main>\n"),
            ("look/assets/more.css", "body { color: teal }\n"),
        ],
    );
    build(&input, &out, &[]);
    let written = |path: &str| std::fs::read_to_string(out.join(path)).unwrap();
    assert!(written("404.html").contains("Lost at sea"));
    assert!(written("index.html").contains("assets/more."), "a style sheet of the theme is on every page");
    let before = tree(&out);
    // A theme that fails says where, and leaves what was there.
    support::write(&input, &[("look/404.html", "<main>\n{% if %}\n</main>\n")]);
    let ran = run(root(), &["build", input.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("404.html") && ran.stderr.contains('2'), "{}", ran.stderr);
    assert_eq!(tree(&out), before);
    // So does one that fails when most pages are made, where it leaves nothing either.
    support::write(&input, &[("look/404.html", "Lost\n"), ("look/rule.html", "{{ nothing_of_this_name() }}\n")]);
    for (folder, expected) in [(&out, before), (&work.path().join("new"), BTreeMap::new())] {
        let ran = run(root(), &["build", input.to_str().unwrap(), "-o", folder.to_str().unwrap()]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("rule.html:1"), "{}", ran.stderr);
        assert!(folder == &out || !folder.exists());
        assert_eq!(if folder.exists() { tree(folder) } else { BTreeMap::new() }, expected);
    }
}

#[test]
fn a_page_of_a_large_nav_has_the_part_around_it() {
    const PAGES: usize = 600;
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("shop"), work.path().join("out"));
    support::write(&input, &[("catalog-info.yaml", SHOP), ("mkdocs.yml", "site_name: Shop\n")]);
    support::write(&input, &[("docs/index.md", "# Shop\n"), ("docs/other/one.md", "# One\n")]);
    let pages: Vec<(String, String)> =
        (0..PAGES).map(|page| (format!("docs/many/p{page:03}.md"), format!("# Page {page}\n"))).collect();
    support::write(&input, &pages);
    build(&input, &out, &[]);
    let links = |page: &str| {
        let text = std::fs::read_to_string(out.join("docs/default/component/shop").join(page)).unwrap();
        let nav = text.split("class=\"docs-nav").nth(1).unwrap().split("</nav>").next().unwrap();
        let links = nav.split("<a ").skip(1).map(|link| {
            let href = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
            (href.to_owned(), link.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned())
        });
        links.collect::<Vec<_>>()
    };
    let has = |links: &[(String, String)], href: &str, text: &str| {
        links.iter().any(|(have, title)| have == href && title.contains(text))
    };
    // Two levels, of which the longer one has 97 entries at a time.
    let first = links("many/p000.html");
    assert!((97..110).contains(&first.len()), "{first:?}");
    assert!(has(&first, "p096.html", "Page 96") && has(&first, "p097.html", "503 more"), "{first:?}");
    let middle = links("many/p350.html");
    assert!(has(&middle, "p290.html", "291 more") && has(&middle, "p291.html", "Page 291"), "{middle:?}");
    assert!(has(&middle, "p387.html", "Page 387") && has(&middle, "p388.html", "212 more"), "{middle:?}");
    // What is left out is a link away.
    assert!(has(&middle, "../_pages.html", "All pages"), "{middle:?}");
    let listed = |page: &str| {
        let text = std::fs::read_to_string(out.join("docs/default/component/shop").join(page)).unwrap();
        text.matches("<li><a href=\"many/p").count()
    };
    assert_eq!((listed("_pages.html"), listed("_pages-2.html"), listed("_pages-4.html")), (199, 200, 1));
    // Elsewhere the branch is closed, and leads to its first page.
    let other = links("other/one.html");
    assert!(other.len() < 10 && has(&other, "../many/p000.html", "Many"), "{other:?}");
    let text = std::fs::read_to_string(out.join("docs/default/component/shop/other/one.html")).unwrap();
    assert!(text.contains("<a class=\"is-closed\" href=\"../many/p000.html\">Many</a>"), "{text}");
}

#[test]
fn a_sidebar_has_at_most_two_hundred_links_and_then_all_pages() {
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("shop"), work.path().join("out"));
    support::write(&input, &[("catalog-info.yaml", SHOP), ("mkdocs.yml", "site_name: Shop\n")]);
    let mut pages: Vec<(String, String)> = Vec::new();
    let mut folder = "docs".to_owned();
    for level in 0..7 {
        // The first levels are the longest, so that they are cut at both ends.
        let count = 260 - 30 * level;
        pages.extend((0..count).map(|page| (format!("{folder}/p{page:03}.md"), format!("# {level}.{page}\n"))));
        folder.push_str("/deep");
    }
    support::write(&input, &pages);
    build(&input, &out, &[]);
    let mut most = 0;
    for (path, bytes) in tree(&out.join("docs/default/component/shop")) {
        let text = String::from_utf8(bytes).unwrap();
        let Some(nav) = text.split("class=\"docs-nav").nth(1).and_then(|rest| rest.split("</nav>").next()) else {
            continue;
        };
        let links = nav.matches("<a ").count() - nav.matches(">All pages").count();
        assert!(links <= 200, "{} has {links}", path.display());
        assert!(nav.contains(" aria-current=\"page\""), "{} is not marked", path.display());
        most = most.max(links);
    }
    assert!(most > 150, "there is room for more than {most}");
}

#[test]
fn the_pages_of_a_large_site_stay_small() {
    const PAGES: usize = 3_000;
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("shop"), work.path().join("out"));
    support::write(&input, &[("catalog-info.yaml", SHOP), ("mkdocs.yml", "site_name: Shop\n")]);
    let words = "plain words that fill a page of the usual length ".repeat(60);
    let pages: Vec<(String, String)> = (0..PAGES)
        .map(|page| (format!("docs/p{page:04}.md"), format!("# A page of some length {page}\n\n## One\n\n{words}\n")))
        .collect();
    support::write(&input, &pages);
    build(&input, &out, &[]);
    let folder = out.join("docs/default/component/shop");
    let files = tree(&folder);
    let html: Vec<_> = files.iter().filter(|(path, _)| path.extension().unwrap() == "html").collect();
    assert_eq!(html.len(), PAGES + PAGES.div_ceil(200));
    let large: Vec<_> = html.iter().filter(|(_, bytes)| bytes.len() > 30_000).map(|(path, _)| path).collect();
    assert!(large.is_empty(), "{large:?}");
    // Its own page is marked on each, once in the sidebar and never elsewhere.
    for page in [0, 99, 100, 1_999, PAGES - 1] {
        let text = String::from_utf8(files[Path::new(&format!("p{page:04}.html"))].clone()).unwrap();
        let sidebar = text.split("class=\"docs-nav").nth(1).unwrap().split("</nav>").next().unwrap();
        assert_eq!(sidebar.matches(" aria-current=\"page\"").count(), if page == 0 { 2 } else { 1 });
        assert!(sidebar.contains(&format!("<li><a href=\"p{page:04}.html\" aria-current=\"page\">")), "{sidebar}");
        // The last is the list of all pages.
        assert!(sidebar.matches("<a ").count() <= 201);
    }
    // Too many to print at once.
    assert!(!folder.join("_print.html").exists());
}

#[test]
fn a_site_has_its_sources_a_page_for_print_and_what_its_pages_ask_for() {
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("shop"), work.path().join("out"));
    let nav = "site_name: Shop\nnav:\n  - Start: index.md\n  - Guides:\n    - Deep:\n      - One: guides/one.md\n";
    support::write(
        &input,
        &[
            ("catalog-info.yaml", SHOP),
            ("mkdocs.yml", nav),
            ("docs/index.md", "# Shop\n\nTo [one](guides/one.md#a-b), [its top](guides/one.md).\n\n## Same\n"),
            (
                "docs/guides/one.md",
                "---\nstatus: Deprecated\ntags: [a, b]\nhide: [toc]\ndescription: About one.\n---\n# One\n\n## A B\n\n## Same\n\n[here](#same) [start](../index.md)\n",
            ),
            ("docs/guides/alone.md", "---\nhide: navigation\n---\nNo heading.\n"),
            ("docs/_print.md", "# Mine\n"),
        ],
    );
    build(&input, &out, &[]);
    let read = |path: &str| std::fs::read_to_string(out.join("docs/default/component/shop").join(path)).unwrap();
    // The twin is the file, byte by byte.
    let twin = read("guides/one.md");
    assert_eq!(twin, std::fs::read_to_string(input.join("docs/guides/one.md")).unwrap());
    let one = read("guides/one.html");
    assert!(one.contains("<link rel=\"alternate\" type=\"text/markdown\" href=\"one.md\">"), "{one}");
    // Front matter.
    assert!(one.contains(">deprecated</span><span class=\"tag\">a</span><span class=\"tag\">b</span>"), "{one}");
    assert!(one.contains("<meta name=\"description\" content=\"About one.\">"));
    assert!(!one.contains("id=\"docs-toc\"") && read("index.html").contains("id=\"docs-toc\""));
    // A page that wants no navigation beside it has it in a drawer.
    let has_drawer = |page: &str| read(page).contains("<div class=\"sub-buttons is-alone\">");
    assert!(one.contains("id=\"docs-nav\"") && read("guides/alone.html").contains("id=\"docs-nav\""));
    assert!(!has_drawer("guides/one.html") && has_drawer("guides/alone.html"));
    // The way from the entity to the page.
    let crumbs = one.split("aria-label=\"Breadcrumb\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let titles: Vec<&str> = crumbs
        .split("</a>")
        .flat_map(|part| part.split("</span>"))
        .map(|part| part.rsplit('>').next().unwrap())
        .filter(|title| !title.is_empty())
        .collect();
    assert_eq!(titles, ["Docs", "shop", "Guides", "Deep", "One"]);
    // A page of that name is not written over.
    assert!(read("_print.html").contains("Mine"));
    let print = read("_print~.html");
    assert_eq!(print.matches("<article").count(), 4);
    assert_eq!(print.matches("<h1").count(), 1);
    let (start, one, alone) =
        (print.find("Shop<a").unwrap(), print.find("One<a").unwrap(), print.find("No heading").unwrap());
    assert!(start < one && one < alone, "in the order of the nav");
    let targets: Vec<&str> = print.split(" href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(targets.len() > 8, "{targets:?}");
    for target in targets {
        assert_eq!(print.matches(&format!(" id=\"{target}\"")).count(), 1, "{target}");
    }
    // The script is small, and names nothing that it would have to load.
    let script = tree(&out)
        .into_iter()
        .find(|(path, _)| {
            path.to_string_lossy().contains("site.") && path.extension().is_some_and(|ending| ending == "js")
        })
        .unwrap();
    let name = script.0.to_str().unwrap().replace('\\', "/");
    assert!(print.contains(&format!("<script defer src=\"../../../../{name}\"></script>")), "{name}");
    assert!(script.1.len() < 6_000, "{} bytes", script.1.len());
    let script = String::from_utf8(script.1).unwrap();
    assert!(!["fetch(", "import ", "eval(", "innerHTML", "http"].iter().any(|word| script.contains(word)));
    // A site of one page needs none of this.
    std::fs::remove_dir_all(input.join("docs/guides")).unwrap();
    std::fs::remove_file(input.join("docs/_print.md")).unwrap();
    build(&input, &out, &[]);
    assert!(
        !out.join("docs/default/component/shop/_print.html").exists()
            && !read("index.html").contains("id=\"docs-nav\"")
    );
}

#[test]
fn decision_records_have_a_list_of_all_and_pages_stand_in_their_sections() {
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("shop"), work.path().join("out"));
    let nav = "site_name: Shop\nnav:\n  - index.md\n  - Guides:\n    - a.md\n    - Deep:\n      - b.md\n    - c.md\n";
    support::write(&input, &[("catalog-info.yaml", SHOP), ("mkdocs.yml", nav), ("docs/index.md", "# Shop\n")]);
    support::write(&input, &[("docs/a.md", "# A\n"), ("docs/b.md", "# B\n"), ("docs/c.md", "# C\n")]);
    let record = |number: usize| {
        let after = if number == 12 { "Superseded by [13. Next](0013-x.md)" } else { "Accepted" };
        (
            format!("docs/adr/{number:04}-x.md"),
            format!("# {number}. Choice {number}\n\nDate: 2024-01-02\n\n## Status\n\n{after}\n"),
        )
    };
    support::write(&input, &(1..=13).map(record).collect::<Vec<_>>());
    build(&input, &out, &[]);
    let read = |path: &str| std::fs::read_to_string(out.join(path)).unwrap();
    let rows = |text: &str| text.matches("<td class=\"is-number\">").count();
    let entity = read("catalog/default/component/shop.html");
    assert_eq!(rows(&entity), 10);
    let list = "docs/default/component/shop/_decisions.html";
    assert!(entity.contains(&format!("<a href=\"../../../{list}\">All 13 decisions<")), "{entity}");
    let list = read(list);
    assert_eq!(rows(&list), 13);
    assert!(list.contains("Superseded by <a href=\"adr/0013-x.html\">13. Choice 13</a>"), "{list}");
    assert!(list.contains("Supersedes <a href=\"adr/0012-x.html\">12. Choice 12</a>"), "{list}");
    assert!(list.contains("Accepted</span></td><td class=\"col-day\">2024-01-02</td>"), "{list}");
    assert!(list.find(">Choice 13</a>") < list.find(">Choice 1</a>"), "the newest first");
    assert!(read("docs/default/component/shop/adr/0001-x.html").contains("<a href=\"../_decisions.html\">Decisions"));
    // In the card of the entity pages stand as in the nav, and in the list of all by section.
    let card = entity.split("<h2 id=\"docs\">").nth(1).unwrap();
    let titles = |text: &str, names: &[&str]| {
        let places: Vec<_> = names.iter().map(|name| text.find(&format!(">{name}</a>")).expect(name)).collect();
        assert!(places.is_sorted(), "{names:?} in {text}");
    };
    titles(card, &["A", "B", "C", "1. Choice 1"]);
    assert!(card.contains(">10 more pages</a>"), "{card}");
    let all = read("docs/default/component/shop/_pages.html");
    titles(all.split("<main").nth(1).unwrap(), &["A", "C", "B", "1. Choice 1"]);
    assert_eq!(all.matches(">Guides</h2>").count(), 1);
}

#[test]
fn pages_that_mention_an_entity_are_all_listed() {
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("shop"), work.path().join("out"));
    let ledger = format!("{SHOP}---\n{}", SHOP.replace("name: shop", "name: ledger").replace("dir:.", "dir:./ledger"));
    support::write(&input, &[("catalog-info.yaml", ledger.as_str()), ("mkdocs.yml", "site_name: Shop\n")]);
    support::write(&input, &[("ledger/docs/index.md", "# Ledger\n\n[[component:ledger]] is this.\n")]);
    let page = |page: usize| (format!("docs/p{page:03}.md"), format!("# Page {page}\n\n[[component:ledger]]\n"));
    let build_with = |count: usize| {
        support::write(&input, &(0..count).map(page).collect::<Vec<_>>());
        build(&input, &out, &[]);
        let text = std::fs::read_to_string(out.join("catalog/default/component/ledger.html")).unwrap();
        (text.matches("<tr><td><a href=").count(), text)
    };
    let list = "lists/default/component/ledger/mentioned-in-docs";
    assert_eq!(build_with(50).0, 50);
    assert!(!out.join(format!("{list}.html")).exists());
    let (count, entity) = build_with(203);
    assert_eq!(count, 50);
    assert!(entity.contains(&format!("<a href=\"../../../{list}.html\">All 203 pages<")), "{entity}");
    let listed = |name: &str| {
        let text = std::fs::read_to_string(out.join(name)).unwrap();
        (text.matches("<tr><td><a href=").count(), text.contains(">Page 202</a>"))
    };
    assert_eq!(listed(&format!("{list}.html")), (200, false));
    assert_eq!(listed(&format!("{list}-2.html")), (3, true));
    let twin = std::fs::read_to_string(out.join("catalog/default/component/ledger.md")).unwrap();
    assert!(twin.contains(&format!("- [All 203 pages](../../../{list}.html)")), "{twin}");
}

#[test]
fn the_home_of_documentation_has_all_sites_by_system_and_owner() {
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("org"), work.path().join("out"));
    let entity = |kind: &str, name: &str, spec: &str| {
        format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata:\n  name: {name}\n  annotations: {{backstage.io/techdocs-ref: 'dir:.'}}\nspec: {{{spec}}}\n"
        )
    };
    let upper = "---\napiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {name: money}\nspec: {owner: a}\n---\napiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: ledger}\nspec: {owner: a, domain: money}\n---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a}\nspec: {type: team, children: []}\n---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: bare}\nspec: {type: service, lifecycle: production, owner: a}\n";
    support::write(
        &input,
        &[("catalog-config.yaml", "organization: Org\nworld: closed\n"), ("catalog-info.yaml", upper)],
    );
    let component = |number: usize| {
        let system = if number.is_multiple_of(2) { ", system: ledger" } else { "" };
        entity(
            "Component",
            &format!("c{number:03}"),
            &format!("type: service, lifecycle: production, owner: a{system}"),
        )
    };
    for number in 0..250 {
        support::write(
            &input,
            &[
                (format!("s/{number:03}/catalog-info.yaml"), component(number)),
                (format!("s/{number:03}/docs/index.md"), "# Four words of text\n".to_owned()),
            ],
        );
    }
    build(&input, &out, &[]);
    let read = |path: &str| std::fs::read_to_string(out.join("docs").join(path)).unwrap();
    let first = read("index.html");
    assert!(first.contains("250 sites with 250 pages. 250 of 251 components are documented."), "{first}");
    let rows = |text: &str| text.matches("<tr><td class=\"col-name\">").count();
    assert_eq!((rows(&first), rows(&read("index-2.html"))), (200, 50));
    assert_eq!((rows(&read("owners.html")), rows(&read("owners-2.html"))), (200, 50));
    let owners = read("owners.html");
    assert!(
        owners.contains("<th scope=\"rowgroup\" colspan=\"5\"><a class=\"entity\"") && !owners.contains("col-owner")
    );
    assert_eq!(owners.matches("<table").count(), 1);
    let (money, ledger, without) =
        (first.find(">money<").unwrap(), first.find(">ledger<").unwrap(), first.find(">Without a domain<").unwrap());
    assert!(money < ledger && ledger < without);
    assert!(first.contains("<td class=\"col-number is-number\">4</td>"), "words are counted");
    assert!(first.contains("When they were changed is not known") && !first.contains("col-day"), "{first}");
    // Nothing documented: how to begin.
    let empty = work.path().join("empty");
    support::write(&empty, &[("catalog-info.yaml", upper)]);
    build(&empty, &out, &[]);
    assert!(
        read("index.html").contains("backstage.io/techdocs-ref: dir:.") && read("index.html").contains("mkdocs.yml")
    );
}

/// A component with documentation.
const SHOP: &str = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\n  annotations: {backstage.io/techdocs-ref: 'dir:.'}\nspec: {type: service, lifecycle: production, owner: team}\n";

/// A public catalog: its folder, and what a correct reader finds there by the folder's README.
struct Public {
    folder: &'static str,
    entities: u64,
    templated: u64,
    duplicates: usize,
    dangling: usize,
}

const PUBLIC: &[Public] = &[
    Public { folder: "benwilcock__backstage-catalogs", entities: 559, templated: 0, duplicates: 5, dangling: 10 },
    Public { folder: "spotify-portal-public-demo__org-data", entities: 51, templated: 0, duplicates: 0, dangling: 0 },
    Public { folder: "sgutierr__catalog-entities", entities: 96, templated: 6, duplicates: 18, dangling: 1 },
    Public { folder: "xpinjection__test-driven-spring-boot", entities: 8, templated: 0, duplicates: 0, dangling: 0 },
    Public { folder: "hguerrero__kafka-selfservice-backstage", entities: 12, templated: 1, duplicates: 0, dangling: 0 },
];

fn corpus() -> Option<PathBuf> {
    let corpus = root().parent()?.join("shared/corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    // Past the test harness, which would keep it to itself.
    std::io::Write::write_all(&mut std::io::stderr(), b"skipped: there is no ../shared/corpus\n").unwrap();
    None
}

#[test]
fn public_catalogs_are_read_as_their_readme_says() {
    let Some(corpus) = corpus() else { return };
    for public in PUBLIC {
        let ran = run(&corpus, &["check", public.folder, "--format", "json"]);
        assert!(ran.code <= 1, "{}: {}", public.folder, ran.stderr);
        let report = ran.json();
        let count = |codes: &[&str]| {
            let all = report["diagnostics"].as_array().unwrap();
            all.iter().filter(|finding| codes.contains(&finding["code"].as_str().unwrap())).count()
        };
        let found = (
            report["summary"]["entities"].as_u64().unwrap(),
            report["summary"]["templated"].as_u64().unwrap(),
            count(&["duplicate-entity"]),
            count(&["dangling-reference", "unknown-owner", "impossible-reference"]),
        );
        assert_eq!(found, (public.entities, public.templated, public.duplicates, public.dangling), "{}", public.folder);
    }
}

/// Folders without a descriptor, with one that binds what is in them.
#[test]
fn docs_and_definitions_without_descriptors_are_shown_when_bound() {
    let Some(corpus) = corpus() else { return };
    let team = "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team}\nspec: {type: team, children: []}\n";
    let component = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: bound\n  annotations: {backstage.io/techdocs-ref: 'dir:.'}\nspec: {type: service, lifecycle: production, owner: team}\n";
    let api = |kind: &str, file: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {{name: bound}}\nspec:\n  type: {kind}\n  lifecycle: production\n  owner: team\n  definition: {{$text: ./{file}}}\n"
        )
    };
    let cases = [
        (
            "kubernetes-sigs__external-dns",
            component.to_owned(),
            "docs/default/component/bound/index.html",
            "docs/default/component/bound/",
            80,
        ),
        (
            "OAI__learn.openapis.org",
            api("openapi", "examples/v3.1/webhook-example.yaml"),
            "catalog/default/api/bound.html",
            "catalog/default/api/bound/",
            1,
        ),
        (
            "asyncapi__spec",
            api("asyncapi", "examples/simple-asyncapi.yml"),
            "catalog/default/api/bound.html",
            "catalog/default/api/bound/",
            1,
        ),
        (
            "einride__iam-go",
            api("grpc", "proto/einride/iam/v1/caller.proto"),
            "catalog/default/api/bound.html",
            "catalog/default/api/bound/",
            1,
        ),
    ];
    for (folder, descriptor, page, below, least) in cases {
        let work = tempfile::tempdir().unwrap();
        let (input, out) = (work.path().join(folder), work.path().join("out"));
        copy(&corpus.join(folder), &input);
        support::write(&input, &[("catalog-info.yaml", format!("{descriptor}{team}"))]);
        let ran = build(&input, &out, &["--format", "json"]);
        let report = ran.json();
        assert_eq!(report["summary"]["entities"], 2, "{folder}");
        assert_eq!(report["summary"]["errors"], 0, "{folder}: {report:#}");
        assert!(out.join(page).exists(), "{folder} has no {page}");
        let pages = tree(&out).into_keys().filter(|path| path.to_str().unwrap().starts_with(below)).count();
        assert!(pages >= least, "{folder}: {pages} files below {below}");
    }
}

#[test]
fn every_public_catalog_builds_alone_and_all_together() {
    let Some(corpus) = corpus() else { return };
    let work = tempfile::tempdir().unwrap();
    let ran = build(&corpus, &work.path().join("all"), &["--format", "json"]);
    assert_eq!(ran.json()["summary"]["repositories"], 12);
    for entry in corpus.read_dir().unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
        let name = entry.file_name().into_string().unwrap();
        build(&entry.path(), &work.path().join(&name), &[]);
        assert!(work.path().join(&name).join("index.html").exists(), "{name}");
    }
}

/// A page with code that is highlighted slowly, and so is remembered.
fn page_with_code(folder: &Path) {
    let descriptor = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a\n  annotations:\n    backstage.io/techdocs-ref: dir:.\nspec:\n  type: service\n  lifecycle: production\n  owner: group:default/g\n";
    let page = "# A\n\n```ruby\ndef a; puts \"b\"; end\n```\n\n```yaml\na: 1\n```\n";
    support::write(
        folder,
        &[
            ("catalog-info.yaml", descriptor.as_bytes()),
            ("mkdocs.yml", b"site_name: A\nplugins: [techdocs-core]\n"),
            ("docs/index.md", page.as_bytes()),
        ],
    );
}

#[test]
fn the_output_is_the_same_with_and_without_a_cache() {
    let work = tempfile::tempdir().unwrap();
    let (input, cache) = (work.path().join("input"), work.path().join("cache"));
    page_with_code(&input);
    let cached = ["--cache-dir", cache.to_str().unwrap()];
    let out = |name: &str| work.path().join(name);
    build(&input, &out("off"), &["--no-cache"]);
    assert!(!cache.exists());
    build(&input, &out("cold"), &cached);
    let kept = tree(&cache);
    assert_eq!(kept.len(), 1, "{:?}", kept.keys());
    build(&input, &out("warm"), &cached);
    assert_eq!(tree(&cache), kept, "nothing new, nothing written");
    let (name, bytes) = kept.iter().next().unwrap();
    support::write(&cache, &[(name.to_str().unwrap(), &bytes[..bytes.len() / 2])]);
    build(&input, &out("broken"), &cached);
    assert_eq!(tree(&cache), kept, "what is broken is made again");
    let first = tree(&out("off"));
    assert!(first.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("<span class=\"k\">def ")));
    for name in ["cold", "warm", "broken"] {
        assert!(tree(&out(name)) == first, "{name} differs");
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_no_failure() {
    let work = tempfile::tempdir().unwrap();
    let input = work.path().join("input");
    page_with_code(&input);
    support::write(work.path(), &[("file", b"")]);
    let place = work.path().join("file/cache");
    let ran = build(&input, &work.path().join("out"), &["--cache-dir", place.to_str().unwrap()]);
    assert!(ran.stderr.contains("nothing could be kept in the cache"), "{}", ran.stderr);
}
