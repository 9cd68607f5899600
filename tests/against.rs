//! `check --against`: one repository, and a published catalog of all the others. Three repositories
//! are built into a site; then one of them is changed and checked alone.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use catalog::scan::Site;
use serde_json::{Value as Json, json};

use crate::support::{self, Ran};

const API: &str = "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: orders\nspec:\n  type: openapi\n  lifecycle: production\n  owner: team-a\n  definition: '{openapi: 3.0.0, info: {title: Orders, version: \"1\", contact: {name: A}}, paths: {}}'\n";
const TEAM_A: &str =
    "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a}\nspec: {type: team, children: []}\n";
const SHOP: &str = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\nspec:\n  type: service\n  lifecycle: production\n  owner: team-b\n  consumesApis:\n    - orders\n---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-b}\nspec: {type: team, children: []}\n";
const BILLING: &str = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: billing\nspec:\n  type: service\n  lifecycle: production\n  owner: team-a\n  consumesApis: [orders]\n  dependsOn: ['api:orders', 'component:shop']\n";

/// Three repositories, A with an API and a team, and the site of them all.
struct Organisation(tempfile::TempDir);

impl Organisation {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let it = Self(folder);
        it.write("a/catalog-info.yaml", &format!("{API}{TEAM_A}"));
        it.write("b/catalog-info.yaml", SHOP);
        it.write("c/services/catalog-info.yaml", BILLING);
        for name in ["a", "b", "c"] {
            let url = format!("https://github.com/acme/{name}.git");
            support::clone_of(&it.0.path().join("org").join(name), &url);
        }
        it.publish();
        it
    }

    fn write(&self, path: &str, text: &str) {
        support::write(&self.0.path().join("org"), &[(path, text)]);
    }

    fn publish(&self) {
        let ran = support::run(self.0.path(), &["build", "org", "-o", "site", "-q"]);
        assert!(ran.code == 0 && !ran.stderr.contains("error["), "{}", ran.stderr);
    }

    /// Checks a repository alone.
    fn check(&self, name: &str, more: &[&str]) -> Ran {
        self.check_at(name, "site", more)
    }

    fn check_at(&self, name: &str, site: &str, more: &[&str]) -> Ran {
        let path = format!("org/{name}");
        let arguments = [&["check", &path, "--against", site][..], more].concat();
        // What is around the tests must not answer for the host on this machine.
        support::run_in(self.0.path(), &arguments, &[("NO_PROXY", Path::new("127.0.0.1"))])
    }

    fn found(&self, name: &str) -> Vec<Json> {
        let ran = self.check(name, &["--format=json"]);
        assert!(ran.code <= 1, "{}", ran.stderr);
        let schema: Json = serde_json::from_str(&catalog::schemas::text("diagnostics").unwrap()).unwrap();
        let report = ran.json();
        if let Err(error) = jsonschema::validate(&schema, &report) {
            panic!("{error}: {report}");
        }
        report["diagnostics"].as_array().unwrap().clone()
    }

    fn interface(&self) -> String {
        std::fs::read_to_string(self.0.path().join("site/interface.json")).unwrap()
    }
}

fn codes(found: &[Json]) -> Vec<&str> {
    found.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn what_is_unchanged_is_clean() {
    let org = Organisation::new();
    for name in ["a", "b", "c"] {
        assert_eq!(codes(&org.found(name)), [""; 0], "{name}");
    }
    let ran = org.check("b", &[]);
    let expected = "2 entities in 1 repository, against site: 5 entities of 3 repositories: nothing to report\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (0, expected));
}

#[test]
fn who_deletes_an_api_learns_whom_it_breaks() {
    let org = Organisation::new();
    org.write("a/catalog-info.yaml", TEAM_A.trim_start_matches("---\n"));
    let found = org.found("a");
    assert_eq!(codes(&found), ["breaks-reference"]);
    let one = &found[0];
    assert_eq!(one["message"], "`api:orders` is gone, and 2 entities of 2 owners refer to it");
    assert_eq!((&one["file"], &one["line"]), (&json!("catalog-info.yaml"), &json!(1)));
    assert_eq!((&one["severity"], &one["entity"]), (&json!("error"), &json!("api:default/orders")));
    let related: Vec<String> = one["related"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let text = |field: &str| one[field].as_str().unwrap().to_owned();
            assert_eq!(one["path"], Json::Null);
            format!("{} {} {}:{} {}", text("message"), text("repository"), text("file"), one["line"], one["column"])
        })
        .collect();
    assert_eq!(
        related,
        [
            "`component:billing` of `team-a` consumes it github.com/acme/c services/catalog-info.yaml:9 18",
            "`component:billing` of `team-a` depends on it github.com/acme/c services/catalog-info.yaml:10 15",
            "`component:shop` of `team-b` consumes it github.com/acme/b catalog-info.yaml:10 7",
        ]
    );
    let ran = org.check("a", &[]);
    assert_eq!(ran.code, 1);
    for words in [
        "error[breaks-reference]: `api:orders` is gone",
        "--> org/a/catalog-info.yaml:1:1",
        "note: `component:shop` of `team-b` consumes it",
        "--> github.com/acme/b/catalog-info.yaml:10:7",
        "keep it until they have moved",
    ] {
        assert!(ran.stderr.contains(words), "{words}\n{}", ran.stderr);
    }
}

#[test]
fn every_format_names_the_places_elsewhere() {
    let org = Organisation::new();
    org.write("a/catalog-info.yaml", TEAM_A.trim_start_matches("---\n"));
    for format in ["sarif", "github", "gitlab", "junit", "rdjson", "checkstyle", "azure", "markdown", "jsonl", "json"] {
        let text = org.check("a", &["--format", format]).stdout;
        for words in ["component:shop", "github.com/acme/b", "catalog-info.yaml"] {
            assert!(text.contains(words), "{format}: {words}\n{text}");
        }
    }
    let markdown = org.check("a", &["--format=markdown"]).stdout;
    assert!(markdown.contains("<code>group:team-a</code>"), "its owner is told: {markdown}");
    assert!(markdown.contains("(https://github.com/acme/b/blob/HEAD/catalog-info.yaml#L10)"), "{markdown}");
}

#[test]
fn a_rename_is_a_removal_with_a_suggestion() {
    let org = Organisation::new();
    org.write("a/catalog-info.yaml", &format!("{}{TEAM_A}", API.replace("name: orders", "name: orders-v2")));
    let found = org.found("a");
    assert_eq!(codes(&found), ["breaks-reference"]);
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&json!(4), &json!(9)));
    let help = found[0]["help"].as_str().unwrap();
    assert!(help.starts_with("was it renamed to `api:orders-v2`? Keep `orders` beside it"), "{help}");
}

#[test]
fn once_the_others_have_moved_it_may_go() {
    let org = Organisation::new();
    org.write("b/catalog-info.yaml", &SHOP.replace("  consumesApis:\n    - orders\n", ""));
    org.write(
        "c/services/catalog-info.yaml",
        &BILLING.replace("  consumesApis: [orders]\n", "").replace("'api:orders', ", ""),
    );
    org.publish();
    org.write("a/catalog-info.yaml", TEAM_A.trim_start_matches("---\n"));
    assert_eq!(codes(&org.found("a")), [""; 0]);
    // The team still owns something elsewhere.
    org.write(
        "a/catalog-info.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {name: d}\nspec: {owner: team-b}\n",
    );
    let found = org.found("a");
    assert_eq!(codes(&found), ["breaks-reference"]);
    assert_eq!(found[0]["message"], "`group:team-a` is gone, and 1 entity of 1 owner refers to it");
    // A move to another repository is announced.
    org.write("a/catalog-config.yaml", "external: ['group:default/team-a']\n");
    assert_eq!(codes(&org.found("a")), [""; 0]);
}

#[test]
fn references_out_of_the_repository_are_resolved_in_the_published_catalog() {
    let org = Organisation::new();
    let shop = |from: &str, to: &str| org.write("b/catalog-info.yaml", &SHOP.replace(from, to));
    let only = || {
        let found = org.found("b");
        assert_eq!(found.len(), 1, "{found:?}");
        format!("{} {} {}", found[0]["severity"], found[0]["code"], found[0]["help"]).replace('"', "")
    };
    shop("- orders", "- ordres");
    assert_eq!(only(), "error dangling-reference did you mean `orders`?");
    shop("- orders", "- component:billing");
    assert!(only().starts_with("error wrong-target-kind"));
    shop("- orders", "- api:other/orders");
    assert_eq!(only(), "error dangling-reference there is one in another namespace: did you mean `api:orders`?");
    shop("owner: team-b", "owner: team-c");
    assert!(only().starts_with("error unknown-owner did you mean `team-"));
    shop("owner: team-b", "owner: team-a");
    assert_eq!(codes(&org.found("b")), [""; 0]);
    shop("  consumesApis:\n    - orders", "  dependsOn: [billing]");
    assert_eq!(only(), "error reference-without-kind did you mean `component:billing`?");
}

#[test]
fn what_is_about_to_go_elsewhere_is_told() {
    let org = Organisation::new();
    org.write("a/catalog-info.yaml", &format!("{}{TEAM_A}", API.replace("production", "deprecated")));
    org.publish();
    let found = org.found("b");
    assert_eq!(codes(&found), ["consumes-deprecated-api"]);
    assert_eq!(found[0]["related"][0]["repository"], "github.com/acme/a");
    let found = org.found("c");
    assert_eq!(codes(&found), ["consumes-deprecated-api", "depends-on-deprecated"]);
}

/// A descriptor that only a Location of another repository leads to is not read when its own
/// repository is checked alone: what was published from it counts as there.
#[test]
fn what_another_repository_leads_to_is_not_gone() {
    let org = Organisation::new();
    let location = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec: {target: 'https://github.com/acme/a/blob/main/apis/more.yaml'}\n";
    org.write("b/catalog-info.yaml", &format!("{}---\n{location}", SHOP.replace("- orders", "- returns")));
    org.write("a/apis/more.yaml", &API.replace("orders", "returns"));
    org.publish();
    assert!(org.interface().contains("api:default/returns"), "it is published");
    let found = org.found("a");
    assert_eq!(codes(&found), ["unreached-descriptors"], "{found:?}");
    assert_eq!(codes(&org.found("b")), ["location-not-fetched"]);
    std::fs::remove_file(org.0.path().join("org/a/apis/more.yaml")).unwrap();
    let found = org.found("a");
    assert_eq!(codes(&found), ["breaks-reference"], "{found:?}");
    assert_eq!(found[0]["file"], Json::Null);
    assert_eq!(found[0]["repository"], "github.com/acme/a");
}

#[test]
fn what_another_repository_describes_is_not_described_again() {
    let org = Organisation::new();
    org.write("b/catalog-info.yaml", &format!("{SHOP}---\n{API}"));
    let found = org.found("b");
    assert_eq!(codes(&found), ["duplicate-entity"]);
    assert_eq!(found[0]["message"], "`api:default/orders` is described in the repository `github.com/acme/a` too");
    let first = &found[0]["related"][0];
    assert_eq!((&first["repository"], &first["file"]), (&json!("github.com/acme/a"), &json!("catalog-info.yaml")));
}

#[test]
fn a_repository_that_is_new_is_told_so() {
    let org = Organisation::new();
    org.write("d/catalog-info.yaml", &BILLING.replace("billing", "invoices"));
    let found = org.found("d");
    assert_eq!(codes(&found), ["unknown-to-published"]);
    assert_eq!(found[0]["message"], "the published catalog has nothing from `d`");
    let names = "`github.com/acme/a`, `github.com/acme/b`, `github.com/acme/c`";
    assert!(found[0]["help"].as_str().unwrap().ends_with(&format!("it has {names}")), "{found:?}");
    // By its name there it is known, and its entities are its own.
    let ran = org.check("b", &["--repository=other", "--format=json"]);
    assert_eq!(codes(ran.json()["diagnostics"].as_array().unwrap()), [""; 0], "the remote tells");
    let ran = org.check("d", &["--repository=github.com/acme/c", "--format=json"]);
    assert_eq!(codes(ran.json()["diagnostics"].as_array().unwrap()), [""; 0]);
}

#[test]
fn groups_own_what_others_have() {
    let org = Organisation::new();
    org.write("a/catalog-info.yaml", &format!("{API}{TEAM_A}{}", TEAM_A.replace("team-a", "team-z")));
    let found = org.check("a", &["--format=json", "--warn=group-owns-nothing,api-without-consumer"]).json();
    let found = found["diagnostics"].as_array().unwrap();
    assert_eq!(codes(found), ["group-owns-nothing"], "{found:?}");
    assert_eq!(found[0]["message"], "`team-z` owns nothing");
}

#[test]
fn a_catalog_that_cannot_be_used_says_why() {
    let org = Organisation::new();
    let files = [
        ("newer/interface.json", r#"{"version": 2, "entities": {"a": 1}}"#.to_owned()),
        ("higher/interface.json", org.interface().replacen("\"version\":1", "\"version\":7", 1)),
        ("broken.json", "{\"version\": 1".to_owned()),
        ("other.json", "[]".to_owned()),
        ("empty/index.html", String::new()),
        ("bytes.json", String::new()),
    ];
    support::write(org.0.path(), &files);
    std::fs::write(org.0.path().join("bytes.json"), [0xff, 0xfe]).unwrap();
    for (site, words) in [
        ("newer", "newer was published by a newer catalog: its interface.json has version 2"),
        ("higher", "has version 7, and this program reads up to 1\nuse the release that builds the site"),
        ("broken.json", "broken.json is no published catalog: EOF while parsing"),
        ("other.json", "`--against` takes a site that `catalog build` made"),
        ("empty", "cannot read empty: it has no interface.json; is it a site that `catalog build` made?"),
        ("nothing", "cannot read nothing: there is nothing"),
        ("bytes.json", "is no text in UTF-8"),
        ("ftp://c.example/", "it is neither a folder, nor a file, nor an address with https or http"),
        ("https://me:secret@c.example/", "credentials do not belong into a URL; put a token into CATALOG_TOKEN"),
    ] {
        let ran = org.check_at("a", site, &[]);
        assert_eq!(ran.code, 2, "{site}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{site}: {}", ran.stderr);
        assert!(!ran.stderr.contains("secret"), "{}", ran.stderr);
    }
    let ran = org.check("a", &["--world=open"]);
    assert!(ran.code == 2 && ran.stderr.contains("--world open contradicts --against"), "{}", ran.stderr);
}

/// A host on this machine that gives each request to `answer`, as often as it is told. Returns what
/// it was asked.
fn host(times: usize, answer: impl Fn(usize, &str) -> Vec<u8> + Send + 'static) -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for time in 0..times {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            let mut request = Vec::new();
            let mut buffer = [0; 1024];
            while !request.windows(4).any(|end| end == b"\r\n\r\n") && request.len() < 64 * 1024 {
                match stream.read(&mut buffer) {
                    Ok(0) | Err(_) => break,
                    Ok(read) => request.extend_from_slice(&buffer[..read]),
                }
            }
            let request = String::from_utf8(request).unwrap();
            // Who has seen enough hangs up.
            let _ = stream.write_all(&answer(time, &request));
            asked.push(request);
        }
        asked
    });
    (address, Asked(asked))
}

struct Asked(std::thread::JoinHandle<Vec<String>>);

impl Asked {
    fn all(self) -> Vec<String> {
        self.0.join().unwrap()
    }
}

fn response(status: &str, more: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{more}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes()
}

fn site(url: &str, token: Option<&str>) -> Site {
    let time = Duration::from_secs(20);
    Site { time, ..Site::new(url.to_owned(), token.map(str::to_owned)) }
}

fn fails(site: &Site) -> String {
    site.read().unwrap_err().to_string()
}

#[test]
fn folder_file_and_url_are_the_same() {
    let org = Organisation::new();
    org.write("a/catalog-info.yaml", TEAM_A.trim_start_matches("---\n"));
    let interface = org.interface();
    let (address, asked) = host(3, move |_, _| response("200 OK", "", &interface));
    let urls = [format!("{address}/catalog/"), format!("{address}/catalog"), format!("{address}/x.json")];
    let first = org.check_at("a", "site", &["--format=json"]);
    assert_eq!(first.code, 1);
    for site in ["site/interface.json", &urls[0], &urls[1], &urls[2]] {
        let ran = org.check_at("a", site, &["--format=json"]);
        assert_eq!((ran.code, ran.stdout), (1, first.stdout.clone()), "{site}: {}", ran.stderr);
    }
    let lines: Vec<String> = asked.all().iter().map(|request| request.lines().next().unwrap().to_owned()).collect();
    let path = "GET /catalog/interface.json HTTP/1.1";
    assert_eq!(lines, [path, path, "GET /x.json HTTP/1.1"]);
}

#[test]
fn what_a_host_answers_is_told_with_advice() {
    for (status, token, words) in [
        ("404 Not Found", None, "is it a catalog site? looked for http://127.0.0.1"),
        ("401 Unauthorized", None, "asks who you are (HTTP 401): put a token that may read it into CATALOG_TOKEN"),
        ("403 Forbidden", Some("x"), "does not take the token of CATALOG_TOKEN (HTTP 403)"),
        ("503 Busy", None, "has trouble with"),
        ("204 No Content", None, "is answered with HTTP 204"),
    ] {
        let (address, asked) = host(1, move |_, _| response(status, "", ""));
        let said = fails(&site(&address, token));
        assert!(said.contains(words) && said.starts_with(&format!("cannot read {address}/: ")), "{said}");
        asked.all();
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(fails(&site(&format!("http://{closed}/"), None)).contains("no connection to 127.0.0.1"));
}

#[test]
fn a_token_goes_to_the_host_that_was_named_and_to_no_other() {
    let may = |request: &str| request.to_lowercase().contains("authorization: bearer s3cret");
    let (address, asked) =
        host(
            1,
            move |_, request| {
                if may(request) { response("200 OK", "", "{}") } else { response("401 Unauthorized", "", "") }
            },
        );
    assert_eq!(site(&address, Some("s3cret")).read().unwrap(), "{}");
    asked.all();

    let (other, asked_other) = host(1, |_, _| response("200 OK", "", "[]"));
    let location = format!("location: {other}/store/interface.json?signed=1\r\n");
    let (address, asked) = host(2, move |time, _| {
        let near = "location: /moved/interface.json\r\n";
        response("302 Found", if time == 0 { near } else { &location }, "")
    });
    assert_eq!(site(&address, Some("s3cret")).read().unwrap(), "[]");
    let asked = asked.all();
    assert!(may(&asked[0]) && may(&asked[1]) && asked[1].starts_with("GET /moved/"), "{asked:?}");
    let asked = asked_other.all();
    assert!(asked[0].starts_with("GET /store/interface.json?signed=1 "), "{asked:?}");
    assert!(!asked[0].to_lowercase().contains("authorization") && !asked[0].contains("s3cret"), "{asked:?}");
}

#[test]
fn redirects_have_an_end() {
    let (address, asked) = host(6, |_, _| response("302 Found", "location: /again\r\n", ""));
    assert!(fails(&site(&address, None)).contains("redirects more than 5 times"));
    assert_eq!(asked.all().len(), 6);
    let (address, asked) = host(1, |_, _| response("302 Found", "location: file:///etc/passwd\r\n", ""));
    assert!(fails(&site(&address, None)).contains("which is not followed"));
    asked.all();
}

#[test]
fn time_and_size_are_limited() {
    // Says that more will come, and then nothing.
    let (address, asked) = host(1, |_, _| {
        std::thread::sleep(Duration::from_millis(1500));
        Vec::new()
    });
    let slow = Site { time: Duration::from_millis(300), ..site(&address, None) };
    assert!(fails(&slow).contains("it did not come within 0.3 seconds"), "{}", fails(&slow));
    asked.all();

    let most = 100_000;
    let (address, asked) = host(1, move |_, _| {
        let mut endless = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
        endless.resize(4_000_000, b' ');
        endless
    });
    let large = Site { bytes: most, ..site(&address, None) };
    assert!(fails(&large).ends_with("it has more, and 100000 are the most that are read"));
    asked.all();
    let folder = tempfile::tempdir().unwrap();
    support::write(folder.path(), &[("interface.json", " ".repeat(2_000))]);
    let file = Site { bytes: 1_000, ..site(folder.path().to_str().unwrap(), None) };
    assert!(fails(&file).ends_with("it has 2000 bytes, and 1000 are the most that are read"));
}
