//! Files for machines, and what leads from old places to new ones: each file is read by what reads
//! it, held against its schema, and against the API definition that says which files there are.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::support::{self, run, updating};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A site in a folder of its own.
struct Site(tempfile::TempDir);

impl Site {
    /// Of the example, with a text of its settings replaced.
    fn example(from: &str, to: &str) -> Self {
        let work = tempfile::tempdir().unwrap();
        let input = work.path().join("example-org");
        for entry in walkdir::WalkDir::new(root().join("example-org")).into_iter().map(Result::unwrap) {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(root().join("example-org")).unwrap();
                support::write(&input, &[(path.to_str().unwrap(), std::fs::read(entry.path()).unwrap())]);
            }
        }
        let settings = input.join("catalog-config.yaml");
        let text = std::fs::read_to_string(&settings).unwrap();
        assert!(text.contains(from), "the settings of the example have no `{from}`");
        std::fs::write(&settings, text.replacen(from, to, 1)).unwrap();
        let ran = run(work.path(), &["build", "example-org", "-o", "site", "--fail-on", "note", "--quiet"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        Self(work)
    }

    /// Of one descriptor.
    fn of(text: String) -> Self {
        let work = tempfile::tempdir().unwrap();
        support::write(work.path(), &[("in/catalog-info.yaml", text)]);
        let ran = run(work.path(), &["build", "in", "-o", "site", "--quiet"]);
        assert_ne!(ran.code, 2, "{}", ran.stderr);
        Self(work)
    }

    fn folder(&self) -> std::path::PathBuf {
        self.0.path().join("site")
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn json(&self, path: &str) -> Json {
        serde_json::from_str(&self.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn has(&self, path: &str) -> bool {
        self.folder().join(path).is_file()
    }

    /// All files, as paths.
    fn files(&self) -> BTreeSet<String> {
        let folder = self.folder();
        let entries = walkdir::WalkDir::new(&folder).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/")).collect()
    }
}

const NO_URL: &str = "  # url: https://catalog.skerryvane.example\n";
const URL: &str = "  url: https://catalog.skerryvane.example\n";

fn yaml(text: &str) -> Json {
    catalog::yaml::parse_value(text, catalog::yaml::Limits::default()).unwrap().to_json()
}

fn valid(schema: &Json, value: &Json, what: &str) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

fn schema(name: &str) -> Json {
    let text = std::fs::read_to_string(root().join(format!("schema/{name}.schema.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The values of the parameters of a path that an entity gives.
fn filled(path: &str, entity: &Json, badge: &str) -> String {
    let text = |pointer: &str| entity.pointer(pointer).unwrap().as_str().unwrap().to_lowercase();
    path.trim_start_matches('/')
        .replace("{namespace}", &text("/metadata/namespace"))
        .replace("{kind}", &text("/kind"))
        .replace("{name}", &text("/metadata/name"))
        .replace("{badge}", badge)
}

#[test]
fn every_path_of_the_definition_is_a_file_of_its_form() {
    let site = Site::example(NO_URL, URL);
    let definition = yaml(&site.text("openapi.yaml"));
    assert_eq!(definition["servers"][0]["url"], "https://catalog.skerryvane.example");
    let catalog = site.json("catalog.json");
    let entities = catalog["entities"].as_array().unwrap();
    let mut seen = BTreeSet::new();
    for (path, item) in definition["paths"].as_object().unwrap() {
        let content = item["get"]["responses"]["200"]["content"].as_object().unwrap();
        let (media, content) = content.iter().next().unwrap();
        let mut schema = content["schema"].clone();
        schema["components"] = definition["components"].clone();
        let is_of_each = path.contains("{name}");
        for entity in entities.iter().take(if is_of_each { entities.len() } else { 1 }) {
            for badge in ["owner", "lifecycle", "findings"] {
                let file = filled(path, entity, badge);
                // Nobody owns a group, and not everything has a life.
                let is_there = match (path.contains("{badge}"), badge) {
                    (true, "lifecycle") => entity["spec"]["lifecycle"].is_string(),
                    (true, "owner") => !["Group", "User", "Location"].contains(&entity["kind"].as_str().unwrap()),
                    _ => true,
                };
                assert_eq!(site.has(&file), is_there, "{file}");
                if is_there && seen.insert(file.clone()) {
                    match media.as_str() {
                        "application/json" => valid(&schema, &site.json(&file), &file),
                        "image/svg+xml" => drop(roxmltree::Document::parse(&site.text(&file)).unwrap()),
                        _ => assert!(!site.text(&file).trim().is_empty(), "{file}"),
                    }
                }
            }
        }
    }
    // And the other way round: what is there for machines is in the definition.
    let is_of_machines = |path: &&String| path.starts_with("api/") || path.starts_with("badges/");
    let untold: Vec<String> =
        site.files().iter().filter(is_of_machines).filter(|path| !seen.contains(*path)).cloned().collect();
    assert!(untold.is_empty(), "{untold:?}");
    for (name, file) in [("catalog", "catalog.json"), ("interface", "interface.json"), ("manifest", "manifest.json")] {
        valid(&schema(name), &site.json(file), file);
    }
    let whole = schema("entity");
    for entity in entities {
        let file = filled("/catalog/{namespace}/{kind}/{name}.json", entity, "");
        valid(&whole, &site.json(&file), &file);
        let by_name = filled("/api/catalog/entities/by-name/{kind}/{namespace}/{name}", entity, "");
        assert_eq!(site.json(&file), site.json(&by_name), "{by_name}");
    }
}

#[test]
fn the_example_has_the_definition_of_its_own_site() {
    let ours = std::fs::read_to_string(root().join("schema/site.openapi.yaml")).unwrap();
    let ours = ours.replace("https://catalog.example.org", "https://catalog.skerryvane.example");
    let theirs = root().join("example-org/repos/platform/portal/site.openapi.yaml");
    if updating() {
        std::fs::write(&theirs, &ours).unwrap();
    }
    assert_eq!(std::fs::read_to_string(theirs).unwrap(), ours);
}

/// Links in Markdown, as they are written by us.
fn links(text: &str) -> Vec<&str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect()
}

#[test]
fn texts_for_agents_lead_to_files_and_are_of_a_bounded_size() {
    let site = Site::example(NO_URL, NO_URL);
    let index = site.text("llms.txt");
    assert!(index.starts_with("# Skerryvane software catalog\n\n> "), "{index}");
    for section in ["Domains", "Systems", "Components", "APIs", "Documentation", "Optional"] {
        assert!(index.contains(&format!("\n## {section}\n\n- [")), "{section}: {index}");
    }
    for file in ["llms.txt", "llms-full.txt"] {
        let text = site.text(file);
        assert!(links(&text).len() > 5);
        for link in links(&text) {
            assert!(site.has(link), "{file}: {link}");
        }
    }
    let parts = site.text("llms-full.txt");
    let whole: String = links(&parts).iter().map(|part| site.text(part)).collect();
    for entity in site.json("catalog.json")["entities"].as_array().unwrap() {
        if !["User", "Location"].contains(&entity["kind"].as_str().unwrap()) {
            let key = filled("{kind}:{namespace}/{name}", entity, "");
            assert!(whole.contains(&format!("\n`{key}`\n")), "{key} is not in the full text");
        }
    }
    assert!(whole.contains("<!-- ../docs/default/component/event-gateway/offline.html -->"));
    // An operation with its parameters, what comes back, and a schema with its fields.
    let references = site.text("llms-full/references-1.txt");
    for said in [
        "<!-- ../catalog/default/api/billing/index.html -->",
        "`POST /charges`",
        "- `Idempotency-Key` (string, required, 8 to 64 characters)",
        "#### Response 402",
        "### ChargeRequest",
        "- `accountId` (string",
    ] {
        assert!(references.contains(said), "{said} is not in the references");
    }
    assert!(links(&references).iter().all(|link| !link.ends_with(".md")), "parts of a text have no links");
}

#[test]
fn a_long_reference_is_cut_and_says_what_is_left() {
    let operations: String = (0..400)
        .map(|number| format!("    /things{number:03}:\n      get: {{summary: \"{}\", responses: {{\"200\": {{description: Yes}}}}}}\n", "word ".repeat(60)))
        .collect();
    let text = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {{name: long}}\nspec:\n  type: openapi\n  lifecycle: production\n  owner: a\n  definition: |\n    openapi: 3.0.0\n    info: {{title: Long, version: '1'}}\n    paths:\n{}    components:\n      schemas: {{Last: {{type: string}}}}\n",
        operations.lines().map(|line| format!("  {line}\n")).collect::<String>()
    );
    let site = Site::of(text);
    let references = site.text("llms-full/references-1.txt");
    assert!(references.len() < 70_000, "{}", references.len());
    assert!(references.contains("`GET /things000`") && !references.contains("`GET /things399`"));
    let note = references.lines().find(|line| line.contains("more are in")).unwrap();
    assert!(note.contains("operations and 1 schema more are in `catalog/default/api/long"), "{note}");
}

/// So many components in one repository, with a description that makes them long.
fn many(count: usize, description: usize) -> String {
    let mut text = String::from(
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a}\nspec: {type: team, children: []}\n",
    );
    for number in 0..count {
        text.push_str(&format!(
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: c{number:04}, description: \"{}\"}}\nspec: {{type: service, lifecycle: production, owner: a}}\n",
            "word ".repeat(description)
        ));
    }
    text
}

#[test]
fn long_lists_and_texts_are_cut_into_parts() {
    let work = tempfile::tempdir().unwrap();
    support::write(work.path(), &[("in/catalog-info.yaml", many(120, 1500))]);
    let ran = run(work.path(), &["build", "in", "-o", "site"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let site = Site(work);
    let index = site.text("llms.txt");
    assert!(index.contains("all 120 are in these lists") && links(&index).contains(&"llms/component-1.md"), "{index}");
    let parts = site.text("llms-full.txt");
    let parts = links(&parts);
    assert!(parts.len() > 2, "{parts:?}");
    for part in parts {
        let bytes = site.text(part).len();
        assert!(bytes <= 400_000, "{part} has {bytes} bytes");
    }
}

#[test]
fn twins_are_files_or_packed_or_left_out() {
    let files = Site::example(NO_URL, NO_URL);
    assert!(files.has("catalog/default/component/event-gateway.md") && !files.has("entities.jsonl"));
    let is_twin = |path: &&String| {
        let below = path.starts_with("catalog/") || path.starts_with("docs/");
        let definition = path.contains("/definition.") || path.contains("/bundled.");
        below && (path.ends_with(".md") || path.ends_with(".json")) && !definition
    };
    for (name, has_texts) in [("packed", true), ("none", false)] {
        let site = Site::example(NO_URL, &format!("  twins: {name}\n"));
        let left: Vec<String> = site.files().iter().filter(is_twin).cloned().collect();
        assert!(left.is_empty(), "{name}: {left:?}");
        assert_eq!(site.has("llms.txt"), has_texts, "{name}");
        assert_eq!(site.has("entities.jsonl"), has_texts, "{name}");
        for page in ["catalog/default/component/event-gateway.html", "docs/default/component/event-gateway/events.html"]
        {
            let html = site.text(page);
            assert!(!html.contains(".md\"") && !html.contains("text/markdown"), "{name}: {page}");
        }
        assert!(files.text("catalog/default/component/event-gateway.html").contains("text/markdown"));
        if has_texts {
            let schema = schema("entity");
            let lines: Vec<Json> =
                site.text("entities.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(lines.len(), site.json("catalog.json")["entities"].as_array().unwrap().len());
            lines.iter().for_each(|entity| valid(&schema, entity, "a line of entities.jsonl"));
            for link in links(&site.text("llms.txt")) {
                assert!(site.has(link), "{link}");
            }
        }
    }
}

#[test]
fn search_engines_and_browsers_are_told_where_the_site_is() {
    let quiet = Site::example(NO_URL, "  noindex: true\n");
    assert_eq!(quiet.text("robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(quiet.text("_headers").contains("X-Robots-Tag: noindex"));
    assert!(!quiet.has("sitemap.xml") && !quiet.has("opensearch.xml"));
    assert!(!quiet.text("index.html").contains("rel=\"canonical\""));
    let site = Site::example(NO_URL, URL);
    let base = "https://catalog.skerryvane.example/";
    assert!(site.text("robots.txt").contains(&format!("Sitemap: {base}sitemap.xml")));
    let text = site.text("sitemap.xml");
    let document = roxmltree::Document::parse(&text).unwrap();
    let listed: BTreeSet<&str> =
        document.descendants().filter(|node| node.tag_name().name() == "loc").filter_map(|node| node.text()).collect();
    assert!(listed.contains(base) && listed.len() > 150, "{} pages", listed.len());
    for address in &listed {
        let path = address.strip_prefix(base).unwrap();
        let html = site.text(if path.is_empty() { "index.html" } else { path });
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{address}");
        assert!(!html.contains("http-equiv=\"refresh\""), "{address} leads on");
    }
    // Every page that asks to be found is in it.
    for path in site.files().iter().filter(|path| path.ends_with(".html")) {
        let html = site.text(path);
        let hidden = html.contains("name=\"robots\"") || ["404.html", "search.html"].contains(&path.as_str());
        let address = format!("{base}{}", if path == "index.html" { "" } else { path.as_str() });
        assert_eq!(listed.contains(address.as_str()), !hidden, "{path}");
    }
    let text = site.text("opensearch.xml");
    assert!(roxmltree::Document::parse(&text).is_ok() && text.contains("search.html?q={searchTerms}"));
    assert!(site.text("lists/all.html").contains("href=\"../opensearch.xml\""));
    let headers = site.text("_headers");
    for header in ["X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'", "immutable"] {
        assert!(headers.contains(header), "{header}");
    }
}

/// One component, `shop`, that a team owns, and its documentation.
const SHOP: &[(&str, &str)] = &[
    (
        "catalog-info.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\n  annotations: {backstage.io/techdocs-ref: 'dir:.'}\nspec: {type: service, lifecycle: production, owner: a}\n---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a}\nspec: {type: team, children: []}\n",
    ),
    ("mkdocs.yml", "site_name: Shop\n"),
    ("docs/index.md", "# Shop\n"),
    ("docs/guide.md", "# Guide\n\n## Two\n"),
];

/// Builds it with redirects, as lines of YAML.
fn redirected(redirects: &[&str]) -> (Site, Vec<String>) {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("in");
    support::write(&folder, SHOP);
    support::write(&folder, &[("catalog-config.yaml", format!("redirects:\n  {}\n", redirects.join("\n  ")))]);
    let ran = run(work.path(), &["build", "in", "-o", "site", "--world=closed", "--format", "json"]);
    let found = ran.json();
    let found = found["diagnostics"].as_array().unwrap().iter().map(|one| {
        let place = |name: &str| one[name].to_string();
        let help = one["help"].as_str().map_or_else(String::new, |help| format!(" ({help})"));
        format!(
            "{} {}:{} {}{help}",
            one["code"].as_str().unwrap(),
            place("line"),
            place("column"),
            one["message"].as_str().unwrap()
        )
    });
    (Site(work), found.collect())
}

#[test]
fn redirects_are_followed_to_their_end() {
    let (site, found) = redirected(&[
        "component:store: component:outlet",
        "Component:default/Outlet: component:shop",
        "docs/default/component/shop/old: /docs/default/component/shop/guide#two",
        "catalog/default/component/away.html: https://elsewhere.example/a?b=c&d=\"e",
        "team: group:a",
        "everything: lists/all.html",
    ]);
    assert_eq!(found, Vec::<String>::new());
    for (path, to) in [
        ("catalog/default/component/store.html", "shop.html"),
        ("catalog/default/component/outlet.html", "shop.html"),
        ("docs/default/component/store/guide.html", "../shop/guide.html"),
        ("docs/default/component/shop/old.html", "guide.html#two"),
        ("catalog/default/component/away.html", "https://elsewhere.example/a?b=c&amp;d=&quot;e"),
        ("team.html", "catalog/default/group/a.html"),
        ("everything.html", "lists/all.html"),
    ] {
        let html = site.text(path);
        assert!(html.contains(&format!("<meta http-equiv=\"refresh\" content=\"0; url={to}\">")), "{path}: {html}");
        assert!(html.contains(&format!("<a href=\"{to}\">")), "{path}");
    }
    let rules = site.text("_redirects");
    for rule in [
        "/catalog/default/component/store /catalog/default/component/shop.html 301",
        "/docs/default/component/store/* /docs/default/component/shop/:splat 301",
        "/catalog/default/component/store.json /catalog/default/component/shop.json 301",
        "/everything /lists/all.html 301",
    ] {
        assert!(rules.lines().any(|line| line == rule), "{rule}: {rules}");
    }
}

#[test]
fn redirects_that_cannot_be_are_named_with_their_place() {
    let (site, found) = redirected(&[
        "component:a: component:b",
        "component:b: component:a",
        "component:c: component:shpo",
        "component:shop: group:a",
        "docs/default/component/shop/guide.html: index.html",
        "x: docs/default/component/shop/giude.html",
        "y: lists/none.html",
        "../z: index.html",
        "index: lists/all.html",
        "w: javascript:alert(1)",
    ]);
    let expected = [
        "unusable-redirect 2:16 the redirect leads in a circle",
        "unusable-redirect 3:16 the redirect leads in a circle",
        "unusable-redirect 4:16 the redirect leads to `component:shpo`, and there is no such entity (did you mean `component:shop`?)",
        "unusable-redirect 5:3 there is an entity `component:default/shop`, so that nothing leads from it elsewhere (delete the redirect, or rename the entity)",
        "unusable-redirect 6:3 `docs/default/component/shop/guide.html` is a page, so that nothing leads from it elsewhere (delete the redirect)",
        "unusable-redirect 7:6 the redirect leads to `docs/default/component/shop/giude.html`, and there is no such page (did you mean `docs/default/component/shop/guide.html`?)",
        "unusable-redirect 8:6 the redirect leads to `lists/none.html`, and there is no such page",
        "unusable-redirect 9:3 `../z` is no place in this site (write an entity reference, or the path of a page in the site)",
        "unusable-redirect 10:3 `index.html` is a page, so that nothing leads from it elsewhere (delete the redirect)",
        "unusable-redirect 11:6 the redirect leads to `javascript:alert(1)`, and there is no such entity",
    ];
    assert_eq!(found, expected);
    assert!(!site.text("index.html").contains("http-equiv=\"refresh\""));
    assert!(!site.has("catalog/default/component/a.html") && !site.has("y.html"));
}

#[test]
fn addresses_of_authors_are_published_only_where_the_settings_say_so() {
    for (settings, published) in [("", false), ("site: {emails: true}\n", true)] {
        let work = tempfile::tempdir().unwrap();
        let folder = work.path().join("in");
        support::write(&folder, SHOP);
        support::write(&folder, &[("catalog-config.yaml", settings)]);
        support::git(&folder, &["init", "-q", "-b", "main"]);
        support::git(&folder, &["add", "."]);
        let somebody = ("ada@secret.example", "ada@secret.example");
        support::git_as(&folder, &["commit", "-q", "-m", "a"], somebody, "2026-05-02T10:30:00+0000");
        let ran = run(work.path(), &["build", "in", "-o", "site"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let site = Site(work);
        assert!(site.text("docs/default/component/shop/guide.html").contains("ada"));
        let telling = |path: &String| !path.ends_with(".png") && site.text(path).contains("secret.example");
        let pages: Vec<String> = site.files().into_iter().filter(telling).collect();
        assert_eq!(!pages.is_empty(), published, "{pages:?}");
    }
}

#[test]
fn a_build_warns_before_a_host_refuses_the_site() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("in");
    // A file of input may have ten megabytes, and this host takes 25 of output.
    let targets = "---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: l}\nspec: {targets: [./0.yaml, ./1.yaml, ./2.yaml]}\n";
    support::write(&folder, &[("catalog-info.yaml", many(0, 0) + targets)]);
    for number in 0..3 {
        let notes = "x".repeat(9_500_000);
        let text = format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: c{number}}}\nspec: {{type: service, lifecycle: production, owner: a, x-notes: {notes}}}\n"
        );
        support::write(&folder, &[(format!("{number}.yaml"), text)]);
    }
    let warnings = |settings: &str| {
        support::write(&folder, &[("catalog-config.yaml", settings)]);
        let ran = run(work.path(), &["build", "in", "-o", "site", "--format", "json"]).json();
        assert_eq!(
            ran["summary"]["warnings"],
            ran["diagnostics"].as_array().unwrap().iter().filter(|one| one["severity"] == "warning").count()
        );
        let found = ran["diagnostics"].as_array().unwrap().iter().filter(|one| one["code"] == "host-limit");
        found.map(|one| format!("{} {}", one["line"], one["message"].as_str().unwrap())).collect::<Vec<_>>()
    };
    let limit = "but Cloudflare Pages takes 26.2 MB in one file, and `catalog.json` has 28.5 MB";
    let found = warnings("");
    assert!(found.len() == 1 && found[0].starts_with("null ") && found[0].ends_with(limit), "{found:?}");
    let found = warnings("site:\n  host: cloudflare-pages\n");
    assert!(found.len() == 1 && found[0].starts_with("2 ") && found[0].ends_with(limit), "{found:?}");
    assert_eq!(warnings("site: {host: github-pages}\n"), Vec::<String>::new());
}

#[test]
fn backstage_finds_its_facets() {
    let site = Site::example(NO_URL, NO_URL);
    let facets = site.json("api/catalog/entity-facets");
    let entities = site.json("api/catalog/entities/index.json");
    let count = |kind: &str| entities.as_array().unwrap().iter().filter(|entity| entity["kind"] == kind).count();
    let components = json!({"value": "Component", "count": count("Component")});
    assert!(facets["facets"]["kind"].as_array().unwrap().contains(&components));
    let page = site.json("api/catalog/entities/by-query");
    assert_eq!(page["items"], entities);
    assert_eq!(page["totalItems"], entities.as_array().unwrap().len());
    let rewrite = "/api/catalog/entities /api/catalog/entities/index.json 200";
    assert!(site.text("_redirects").lines().any(|line| line == rewrite));
}
