//! The home page, the list and feeds of changes, and the reports: built from folders and real
//! clones, and read as browsers and feed readers would.

use std::path::{Path, PathBuf};

use crate::support::{git, git_as, run, write};

/// A site that was built, and the folder that it goes with.
struct Built {
    _folder: tempfile::TempDir,
    site: PathBuf,
}

impl Built {
    fn of(root: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        let ran = run(root, &["build", ".", "-q", "-o", site.to_str().unwrap()]);
        assert!(ran.code <= 1, "{}", ran.stderr);
        Self { _folder: folder, site }
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.site.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn has(&self, path: &str) -> bool {
        self.site.join(path).exists()
    }
}

/// A site of one repository with these files.
fn site(files: &[(&str, &str)]) -> Built {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    Built::of(folder.path())
}

/// The text of the main part of a page: tags become bars, blanks one blank.
fn text(html: &str) -> String {
    let start = html.find("<main").unwrap();
    let main = &html[start..html.find("</main>").unwrap()];
    let mut out = String::new();
    for part in main.split('<').skip(1) {
        let (_, words) = part.split_once('>').unwrap();
        if !words.trim().is_empty() {
            out.push_str(&words.split_whitespace().collect::<Vec<_>>().join(" "));
            out.push('|');
        }
    }
    out
}

/// The rows of a report: the texts of each row, in order.
fn rows(html: &str) -> Vec<String> {
    let Some(start) = html.find("<tbody>") else { return Vec::new() };
    let body = &html[start..html.find("</tbody>").unwrap()];
    body.split("<tr>").skip(1).map(|row| text(&format!("<main>{row}</main>"))).collect()
}

fn entity(kind: &str, name: &str, spec: &str) -> String {
    format!("apiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n---\n")
}

fn component(name: &str, more: &str) -> String {
    entity("Component", name, &format!("type: service, lifecycle: production, owner: team{more}"))
}

/// What each report says of a catalog that has something for all of them.
#[test]
fn reports_say_what_is_there() {
    let mut catalog = [
        entity("Group", "team", "type: team, children: []"),
        entity("Group", "empty", "type: team, children: []"),
        entity("User", "ada", "memberOf: [team]"),
        component("base", ""),
        component("middle", ", dependsOn: [component:base]"),
        component("top", ", dependsOn: [component:middle, component:old]"),
        component("one", ", dependsOn: [component:two]"),
        component("two", ", dependsOn: [component:one]"),
        component("alone", ""),
        entity("Component", "old", "type: service, lifecycle: deprecated, owner: user:ada"),
        entity("Component", "lost", "type: service, lifecycle: production, dependsOn: [component:base]"),
        entity("API", "undefined", "type: openapi, lifecycle: production, owner: elsewhere"),
    ]
    .concat();
    catalog.push_str("apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: described, description: A system.}\nspec: {owner: team}\n");
    let site = site(&[("catalog-info.yaml", &catalog)]);
    let expected: &[(&str, &[&str])] = &[
        ("ownership", &["lost|Component|service|"]),
        (
            "ownership-owners",
            &["team|1|7|6 components, 1 system|", "ada|0|1|1 component|", "elsewhere|(not in this catalog)|1|1 API|"],
        ),
        ("ownership-people", &["old|Component|service|ada|"]),
        ("ownership-empty-groups", &["empty|team|0|"]),
        (
            "impact",
            &[
                "base|Component|team|2|3|",
                "middle|Component|team|1|1|",
                "old|Component|ada|1|1|",
                "one|Component|team|1|1|",
                "two|Component|team|1|1|",
            ],
        ),
        ("deprecated", &["old|Component|ada|1|top|"]),
        ("cycles", &["2|one|two|one|"]),
        ("cycles-groups", &[]),
        (
            "orphans",
            &["undefined|", "alone|Component|service|team|", "empty|Group|team|", "described|A system.|System|team|"],
        ),
        ("undocumented-apis", &["undefined|API|openapi|elsewhere|"]),
    ];
    for (report, expected) in expected {
        let html = site.read(&format!("reports/{report}.html"));
        let rows = rows(&html);
        let as_expected = rows.iter().zip(*expected).all(|(row, expected)| row.starts_with(expected));
        assert!(rows.len() == expected.len() && as_expected, "{report}: {rows:#?}");
        assert_eq!(rows.is_empty(), html.contains("class=\"empty\""), "{report}");
    }
    assert_eq!(rows(&site.read("reports/undocumented.html")).len(), 8);
    let described = rows(&site.read("reports/undocumented-description.html"));
    assert!(described.len() == 11 && described.iter().all(|row| !row.contains("described")), "{described:?}");
    // The index counts what the pages list, and home says it as parts of a whole.
    let index = text(&site.read("reports/index.html"));
    assert!(index.contains("Without an owner|1|By owner|3|Owned by a person|1|"), "{index}");
    let home = text(&site.read("index.html"));
    assert!(home.contains("Entities with an owner|90 %|9 of 10|"), "{home}");
    // Where all groups are in view, a name that none has is no owner, unless the settings say that it exists.
    for (settings, owned) in [
        ("world: closed\n", "80 %|8 of 10|"),
        ("world: closed\nexternal: ['group:default/elsewhere']\n", "90 %|9 of 10|"),
    ] {
        let site = self::site(&[("catalog-info.yaml", &catalog), ("catalog-config.yaml", settings)]);
        assert!(text(&site.read("index.html")).contains(&format!("Entities with an owner|{owned}")), "{settings}");
    }
}

#[test]
fn findings_are_counted_by_rule_and_by_owner_and_have_pages_of_their_own() {
    let catalog = [
        entity("Group", "team", "type: team, children: []"),
        component("a", ", dependsOn: [component:gone, component:gone2]"),
        component("b", ", system: nowhere"),
    ]
    .concat();
    let site = site(&[("catalog-info.yaml", &catalog), ("catalog-config.yaml", "world: closed\n")]);
    let by_rule = rows(&site.read("reports/findings-by.html"));
    assert!(by_rule[0].starts_with("dangling-reference|") && by_rule[0].ends_with("|3|0|0|"), "{by_rule:?}");
    let by_owner = rows(&site.read("reports/findings-by-owner.html"));
    assert!(by_owner[0].starts_with("team|"), "{by_owner:?}");
    let of_rule = site.read("reports/findings/rule/dangling-reference.html");
    assert_eq!(of_rule.matches("class=\"finding is-error\"").count(), 3);
    let of_owner = text(&site.read("reports/findings/owner/default/group/team.html"));
    assert!(of_owner.contains("Findings for team"), "{of_owner}");
    // A rule of which nothing was found has no page, and no link to one.
    assert!(!site.has("reports/findings/rule/dependency-cycle.html"));
    assert!(!site.read("reports/rules/dependency-cycle.html").contains("findings/rule/"));
}

const ADA: (&str, &str) = ("Ada", "ada@example.org");

fn commit(root: &Path, day: u8, who: (&str, &str), subject: &str, files: &[(&str, &str)]) {
    write(root, files);
    git(root, &["add", "-A"]);
    git_as(root, &["commit", "-qm", subject], who, &format!("2026-05-{day:02}T12:00:00+0000"));
}

/// Two clones, of which one is described by two files, with changes of all sorts.
fn organisation(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("catalog-config.yaml", format!("sources: [{{path: repos/*}}]\n{settings}"))]);
    let shop = folder.path().join("repos/shop");
    let team = folder.path().join("repos/team");
    for root in [&shop, &team] {
        std::fs::create_dir_all(root).unwrap();
        git(root, &["init", "-q", "-b", "main"]);
    }
    git(&shop, &["remote", "add", "origin", "https://github.com/acme/shop.git"]);
    let descriptor = component("shop", "")
        .replace("{name: shop}", "{name: shop, title: The shop, annotations: {backstage.io/techdocs-ref: 'dir:.'}}");
    let api =
        entity("API", "orders", "type: openapi, lifecycle: production, owner: team, definition: {$text: api.yaml}");
    let definition = "openapi: 3.1.0\ninfo: {title: Orders, version: '1'}\npaths: {}\n";
    commit(
        &team,
        1,
        ADA,
        "Found the team",
        &[("catalog-info.yaml", &entity("Group", "team", "type: team, children: []"))],
    );
    commit(
        &shop,
        2,
        ADA,
        "Describe <the> shop & its API",
        &[
            ("catalog-info.yaml", &format!("{descriptor}{api}")),
            ("api.yaml", definition),
            ("mkdocs.yml", "site_name: Shop\n"),
            ("docs/index.md", "# Welcome\n"),
        ],
    );
    commit(&shop, 3, ADA, "Only code", &[("main.go", "package main\n")]);
    commit(&shop, 4, ADA, "Nothing of the catalog", &[("notes.txt", "a\n")]);
    commit(
        &shop,
        5,
        ("bob@example.org", "bob@example.org"),
        "docs: thanks to ada@example.org",
        &[("docs/index.md", "# Welcome back\n")],
    );
    commit(&shop, 6, ADA, "A new version", &[("api.yaml", &definition.replace("'1'", "'2'"))]);
    folder
}

#[test]
fn changes_are_those_of_the_catalog_by_day() {
    let folder = organisation("");
    let site = Built::of(folder.path());
    let page = site.read("changes.html");
    let listed = text(&page);
    let order = [
        "6 May 2026|A new version|",
        "orders|",
        "5 May 2026|docs: thanks to ada@…|bob@…|",
        "Welcome back|",
        "2 May 2026|Describe &lt;the&gt; shop &amp; its API|Ada|",
        "1 May 2026|Found the team|Ada|",
    ];
    let mut at = 0;
    for part in order {
        at += listed[at..].find(part).unwrap_or_else(|| panic!("{part} after {at} in {listed}"));
    }
    assert!(!listed.contains("Only code") && !listed.contains("Nothing of the catalog"), "{listed}");
    assert!(page.contains("https://github.com/acme/shop/commit/"));
    // Home has the newest; without an address of the site there is no feed and no link to one.
    let home = site.read("index.html");
    assert!(text(&home).contains("Recent changes|All changes|A new version|6 May 2026|Ada|"));
    assert!(!site.has("changes.atom") && !home.contains("atom"));
    // No address of e-mail is anywhere, and the same input makes the same bytes.
    let everything = files(&site.site);
    let leaks = everything.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("@example.org"));
    assert_eq!(leaks.map(|(path, _)| path.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
    assert!(everything == files(&Built::of(folder.path()).site));
}

#[test]
fn what_left_the_catalog_is_no_change_of_it() {
    let folder = organisation("site: {url: 'https://catalog.acme.example/'}\n");
    let shop = folder.path().join("repos/shop");
    commit(&shop, 7, ADA, "Begin the kiosk", &[("kiosk/catalog-info.yaml", &component("kiosk", ""))]);
    std::fs::remove_file(shop.join("kiosk/catalog-info.yaml")).unwrap();
    commit(&shop, 8, ADA, "The kiosk is closed", &[]);
    commit(&shop, 9, ADA, "Begin the stall", &[("stall/catalog-info.yaml", &component("stall", ""))]);
    std::fs::remove_file(shop.join("stall/catalog-info.yaml")).unwrap();
    let moved = component("stall", "").replace("production", "deprecated");
    commit(&shop, 10, ADA, "Move the stall", &[("market/catalog-info.yaml", &moved)]);
    let site = Built::of(folder.path());
    for page in ["changes.html", "index.html", "changes.atom", "feeds/owner/default/group/team.atom"] {
        let text = site.read(page);
        for gone in ["kiosk", "Begin the stall"] {
            assert!(!text.contains(gone), "{page} has {gone}");
        }
        assert!(text.contains("Move the stall"), "{page}");
    }
    let listed = text(&site.read("changes.html"));
    assert!(listed.contains("10 May 2026|Move the stall|"), "{listed}");
    assert!(!site.has("catalog/default/component/kiosk.html"));
}

/// All files of a folder, by path.
fn files(root: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let all = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    all.map(|entry| {
        (entry.path().strip_prefix(root).unwrap().display().to_string(), std::fs::read(entry.path()).unwrap())
    })
    .collect()
}

#[test]
fn addresses_are_published_where_the_settings_say_so() {
    let folder = organisation("site: {emails: true}\n");
    let page = Built::of(folder.path()).read("changes.html");
    assert!(page.contains("<a href=\"mailto:ada@example.org\">Ada</a>") && page.contains("thanks to ada@example.org"));
}

#[test]
fn feeds_are_valid_and_keep_their_ids() {
    let feed_of = |settings: &str, path: &str| {
        let folder = organisation(settings);
        let site = Built::of(folder.path());
        assert!(
            site.read("index.html")
                .contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"changes.atom\">")
        );
        (site.read(path), site)
    };
    let (text, site) = feed_of("organization: Acme\nsite: {url: 'https://catalog.acme.example/a b'}\n", "changes.atom");
    let entries = read_feed(&text, &site);
    let titles: Vec<&str> = entries.iter().map(|(_, title)| title.as_str()).collect();
    assert_eq!(titles, ["A new version", "docs: thanks to ada@…", "Describe <the> shop & its API", "Found the team"]);
    assert!(text.contains("href=\"https://catalog.acme.example/a%20b/changes.atom\""), "{text}");
    let of_owner = read_feed(&site.read("feeds/owner/default/group/team.atom"), &site);
    assert_eq!(of_owner, entries);
    let page = site.read("catalog/default/group/team.html");
    assert!(page.contains("type=\"application/atom+xml\" href=\"../../../feeds/owner/default/group/team.atom\""));
    // A site that moves keeps the ids of what was read.
    let (moved, site) = feed_of("organization: Acme\nsite: {url: 'https://elsewhere.example/'}\n", "changes.atom");
    let of_page = |entries: Vec<(String, String)>| entries.into_iter().map(|(_, title)| title).collect::<Vec<_>>();
    assert_eq!(of_page(read_feed(&moved, &site)), of_page(entries));
}

/// The entries of a feed, by id and title, when it has all that RFC 4287 wants.
fn read_feed(text: &str, site: &Built) -> Vec<(String, String)> {
    const ATOM: &str = "http://www.w3.org/2005/Atom";
    let document = roxmltree::Document::parse(text).unwrap();
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    let of = |node: roxmltree::Node<'_, '_>, name: &str| {
        let all: Vec<String> = node
            .children()
            .filter(|one| one.has_tag_name((ATOM, name)))
            .map(|one| one.text().unwrap_or("").to_owned())
            .collect();
        assert!(all.len() == 1 && !all[0].is_empty(), "one {name}: {all:?} in {text}");
        all[0].clone()
    };
    let is_moment = |text: &str| text.parse::<jiff::Timestamp>().is_ok();
    let linked = |node: roxmltree::Node<'_, '_>, rel: &str| {
        let link = node.children().find(|one| one.has_tag_name((ATOM, "link")) && one.attribute("rel") == Some(rel));
        let url = url::Url::parse(link.unwrap().attribute("href").unwrap()).unwrap();
        let path = url.path().trim_start_matches("/a%20b").trim_start_matches('/').to_owned();
        assert!(site.has(&path), "{path}");
    };
    let mut ids = std::collections::BTreeSet::new();
    let mut check = |node: roxmltree::Node<'_, '_>| {
        let id = of(node, "id");
        assert!(id.starts_with("urn:uuid:") && ids.insert(id.clone()), "{id}");
        assert!(is_moment(&of(node, "updated")));
        linked(node, "alternate");
        (id, of(node, "title"))
    };
    check(feed);
    linked(feed, "self");
    of(feed.children().find(|node| node.has_tag_name((ATOM, "author"))).unwrap(), "name");
    let entries = feed.children().filter(|node| node.has_tag_name((ATOM, "entry")));
    let entries: Vec<_> = entries
        .map(|entry| {
            of(entry, "summary");
            check(entry)
        })
        .collect();
    let first = feed.children().find(|node| node.has_tag_name((ATOM, "entry"))).unwrap();
    assert_eq!(of(first, "updated"), of(feed, "updated"), "the newest comes first");
    entries
}

#[test]
fn home_has_something_sensible_for_every_shape_of_organisation() {
    let group = entity("Group", "team", "type: team, children: []");
    let system = entity("System", "checkout", "owner: team");
    let domain = entity("Domain", "sales", "owner: team");
    let part = component("cart", ", system: checkout");
    let cases: &[(&str, String, &[&str])] = &[
        (
            "domains",
            format!("{group}{domain}{}{part}", system.replace("owner: team", "owner: team, domain: sales")),
            &["Domains and systems|On the map|sales|team|checkout|1 component|"],
        ),
        ("systems alone", format!("{group}{system}{part}"), &["Systems|On the map|checkout|team|cart|service|"]),
        (
            "both",
            format!("{group}{domain}{system}{part}"),
            &["Nothing in it yet.|Without a domain|checkout|1 component|"],
        ),
        ("owners", format!("{group}{}", component("cart", "")), &["By owner|On the map|team|cart|service|"]),
        ("one entity", component("cart", ""), &["By kind|On the map|Components|cart|service|", "Who owns it?"]),
        ("nothing", "a: b\n".to_owned(), &["Nothing in the catalog yet|"]),
    ];
    for (name, catalog, expected) in cases {
        let site = site(&[("catalog-info.yaml", catalog)]);
        let home = text(&site.read("index.html"));
        for expected in *expected {
            assert!(home.contains(expected), "{name}: {home}");
        }
        assert!(!home.contains("Recent changes"), "{name}");
        assert!(text(&site.read("changes.html")).contains("No changes in view"), "{name}");
    }
}

#[test]
fn home_shows_some_of_many_and_the_way_to_the_rest() {
    let mut catalog = entity("Group", "team", "type: team, children: []");
    for number in 0..30 {
        catalog.push_str(&entity("Domain", &format!("domain-{number:02}"), "owner: team"));
        catalog.push_str(&entity("System", &format!("system-{number:02}"), "owner: team, domain: domain-00"));
    }
    let site = site(&[("catalog-info.yaml", &catalog)]);
    let home = site.read("index.html");
    assert_eq!(home.matches("class=\"card domain\"").count(), 12);
    let words = text(&home);
    assert!(
        words.contains("All 30 domains|") && words.contains("All 30 systems|") && !words.contains("system-06|"),
        "{words}"
    );
}
