//! API definitions that are broken, hostile or odd: each ends soon, with a finding where something is
//! wrong, and with a page for what can be read. Through the binary, on real folders.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value as Json;

use crate::support::{run, write};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: A, version: '1', description: A., contact: {name: A}}\n\
    servers: [{url: 'https://a.example'}]\npaths: {}\n";

/// A repository with one API whose definition begins in `api.yaml`.
fn input(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let descriptor = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a}\nspec: {type: team, children: []}\n---\n\
        apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: shop}\n\
        spec: {type: openapi, lifecycle: production, owner: team-a, definition: {$text: api.yaml}}\n";
    write(folder.path(), &[("catalog-info.yaml", descriptor)]);
    write(folder.path(), files);
    folder
}

fn codes(folder: &Path) -> Vec<String> {
    let ran = run(folder, &["check", ".", "--format=json", "--world=closed"]);
    assert!(ran.code <= 1, "{}", ran.stderr);
    let findings = ran.json()["diagnostics"].as_array().unwrap().clone();
    findings.iter().map(|finding: &Json| finding["code"].as_str().unwrap().to_owned()).collect()
}

/// All pages of the reference as one text.
fn pages(folder: &Path) -> String {
    let ran = run(folder, &["build", ".", "-o", "site"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let reference = folder.join("site/catalog/default/api/shop");
    let files = walkdir::WalkDir::new(reference).sort_by_file_name().into_iter().map(Result::unwrap);
    let mut text = String::new();
    for file in files.filter(|file| file.path().extension().is_some_and(|ending| ending == "html")) {
        let page = std::fs::read_to_string(file.path()).unwrap();
        assert!(page.len() <= 500_000, "{}: {} bytes", file.path().display(), page.len());
        text.push_str(&page);
    }
    text
}

/// A definition with a schema that holds itself this often, each level in the one before.
fn nested(levels: usize) -> String {
    let mut schema = "{type: string}".to_owned();
    for level in (0..levels).rev() {
        schema = format!("{{type: object, properties: {{level{level}: {schema}}}}}");
    }
    format!("{HEAD}components: {{schemas: {{Deep: {schema}}}}}\n")
}

/// A hundred schemas inside of each other are shown, in block style, in braces and as JSON; what
/// nests as deep as a definition may is walked by every part of the program, and what is deeper ends
/// with the limit in words.
#[test]
fn nested_schemas_are_shown_to_the_last_field_or_refused_with_a_finding() {
    let braces = nested(100);
    let open: String = (0..100).map(|level| format!("{{\"properties\":\t{{\"level{level}\":\n ")).collect();
    let close = "}}".repeat(100);
    let json = format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"A\", \"version\": \"1\"}},\n\t\"paths\": {{}}, \
         \"components\": {{\"schemas\": {{\"Deep\": {open}{{\"type\": \"string\"}}{close}}}}}}}"
    );
    let mut block = format!("{HEAD}components:\n  schemas:\n    Deep:\n");
    for level in 0..100 {
        let indent = "  ".repeat(level * 2 + 3);
        let _ = write!(block, "{indent}type: object\n{indent}properties:\n{indent}  level{level}:\n");
    }
    let _ = writeln!(block, "{}type: string", "  ".repeat(203));
    for text in [braces, json, block] {
        let folder = input(&[("api.yaml", text.as_bytes())]);
        assert_eq!(codes(folder.path()).iter().filter(|code| *code == "api-syntax").count(), 0);
        let shown = pages(folder.path());
        for level in [0, 9, 10, 33, 63, 64, 99] {
            assert!(shown.contains(&format!("level{level}<")), "level {level}");
        }
        assert!(!shown.contains("too much to show"));
    }
}

#[test]
fn what_nests_as_deep_as_it_may_is_read_and_one_level_more_is_a_finding() {
    // The root, `components`, `schemas` and the schema itself are levels, too.
    let chain = |open: &str, close: &str, times: usize| {
        format!(
            "{HEAD}components: {{schemas: {{Deep: {}{{type: string}}{}}}}}\n",
            open.repeat(times),
            close.repeat(times)
        )
    };
    for (open, close, most) in [
        ("{type: object, properties: {a: ", "}}", 125),
        ("{type: array, items: ", "}", 251),
        ("{allOf: [", "]}", 125),
        ("{oneOf: [", "]}", 125),
        ("{not: ", "}", 251),
        ("{additionalProperties: ", "}", 251),
        ("{example: ", "}", 251),
        ("{type: object, default: [", "]}", 125),
        ("{x-odd: ", "}", 251),
    ] {
        let folder = input(&[("api.yaml", chain(open, close, most).as_bytes())]);
        assert!(!codes(folder.path()).iter().any(|code| code == "api-syntax"), "{open}");
        assert!(pages(folder.path()).contains("Deep"), "{open}");
        let bundle = run(folder.path(), &["api", "bundle", "api.yaml"]);
        assert!(bundle.code == 0 && bundle.stdout.matches("Deep").count() == 1, "{open}: {}", bundle.stderr);
        let folder = input(&[("api.yaml", chain(open, close, most + 1).as_bytes())]);
        let ran = run(folder.path(), &["api", "lint", "api.yaml", "--format", "concise"]);
        assert!(
            ran.code == 1 && ran.stdout.contains("lists and maps may nest 255 deep at most"),
            "{open}: {}",
            ran.stdout
        );
        assert_eq!(run(folder.path(), &["build", ".", "-o", "site"]).code, 0);
    }
}

#[test]
fn ten_thousand_values_of_an_enumeration_are_shown() {
    let values: Vec<String> = (0..10_000).map(|number| format!("v{number}")).collect();
    let text = format!("{HEAD}components: {{schemas: {{Many: {{type: string, enum: [{}]}}}}}}\n", values.join(", "));
    let folder = input(&[("api.yaml", text.as_bytes())]);
    let shown = pages(folder.path());
    assert!(shown.contains("<code>v0</code>") && shown.contains("<code>v9999</code>"));
}

#[test]
fn references_that_multiply_are_read_once_each() {
    let mut files =
        vec![("api.yaml".to_owned(), format!("{HEAD}components: {{schemas: {{S: {{$ref: 's0.yaml'}}}}}}\n"))];
    for number in 0..40 {
        let mut text = "type: object\nproperties:\n".to_owned();
        for field in 0..10 {
            let _ = writeln!(text, "  f{number}x{field}: {{$ref: 's{}.yaml'}}", number + 1);
        }
        files.push((format!("s{number}.yaml"), text));
    }
    files.push(("s40.yaml".to_owned(), "type: string\ndescription: The end.\n".to_owned()));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    let folder = input(&files);
    let shown = pages(folder.path());
    assert!(shown.contains("f0x0<") && shown.contains("f39x9<"));
    let bundle = std::fs::read_to_string(folder.path().join("site/catalog/default/api/shop/bundled.yaml")).unwrap();
    assert!(bundle.len() < 100_000, "{}", bundle.len());
}

#[test]
fn references_that_lead_nowhere_are_findings_and_the_rest_is_shown() {
    let text = format!(
        "{HEAD}components:\n  schemas:\n    Out: {{$ref: '../../secret.yaml'}}\n    Net: {{$ref: 'https://example.com/a.yaml'}}\n    \
         Gone: {{$ref: 'gone.yaml'}}\n    Part: {{$ref: '#/components/schemas/Missing'}}\n    \
         Round: {{$ref: '#/components/schemas/Round'}}\n    Good: {{type: object, properties: {{name: {{type: string}}}}}}\n"
    );
    let folder = input(&[("api.yaml", text.as_bytes())]);
    let codes = codes(folder.path());
    for code in ["api-ref-outside", "api-ref-not-fetched", "api-unresolved-ref"] {
        assert!(codes.iter().any(|have| have == code), "{code}: {codes:?}");
    }
    let shown = pages(folder.path());
    assert!(shown.contains("Good") && shown.contains("not fetched"), "what can be read is shown");
}

#[test]
fn what_is_no_text_or_no_yaml_is_a_finding() {
    let broken: &[(&str, &[u8])] = &[
        ("syntax", b"openapi: 3.1.0\ninfo: {title: A\npaths: [\n"),
        ("bytes", b"openapi: 3.1.0\ninfo: {title: \xff\xfe, version: '1'}\npaths: {}\n"),
        ("aliases", b"openapi: 3.1.0\na: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c]\n"),
    ];
    for (name, text) in broken {
        let folder = input(&[("api.yaml", text)]);
        let codes = codes(folder.path());
        let told = codes.iter().any(|code| code.starts_with("api-") || code.starts_with("placeholder-"));
        assert!(told, "{name}: {codes:?}");
        assert_eq!(run(folder.path(), &["build", ".", "-o", "site"]).code, 0, "{name}");
    }
}

#[test]
fn html_of_a_definition_is_cleaned() {
    let evil = "<script>alert(1)</script> <img src=x onerror=alert(2)> [a](javascript:alert(3)) <b>bold</b>";
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: '{evil}', version: '1', description: '{evil}'}}\npaths:\n  '/<script>alert(4)</script>':\n    \
         get: {{summary: '{evil}', description: '{evil}', responses: {{'200': {{description: '{evil}'}}}}}}\n"
    );
    let folder = input(&[("api.yaml", text.as_bytes())]);
    let shown = pages(folder.path());
    assert!(
        !shown.contains("<script>alert") && !shown.contains("<img src=\"x\"") && !shown.contains("href=\"javascript")
    );
    assert!(!shown.contains("onerror=alert(2)>"));
    assert!(shown.contains("<b>bold</b>"), "what docs use stays");
}

#[test]
fn a_definition_on_one_line_does_not_fill_the_page_of_its_entity() {
    let fields: Vec<String> = (0..20_000).map(|at| format!(r#""field{at}":{{"type":"string"}}"#)).collect();
    let schema = format!(r#"{{"type":"object","properties":{{{}}}}}"#, fields.join(","));
    let text = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"A","version":"1"}},"paths":{{}},"x-large":{schema},"components":{{"schemas":{{"S":{{"type":"string"}}}}}}}}"#
    );
    let folder = input(&[("api.yaml", text.as_bytes())]);
    let shown = pages(folder.path());
    assert!(shown.contains("field100&quot;") && shown.contains("Only the beginning; the definition has all of it"));
    let page = std::fs::read_to_string(folder.path().join("site/catalog/default/api/shop.html")).unwrap();
    assert!(page.len() < 500_000, "{}", page.len());
    assert!(page.contains("field100\"") && page.contains("Only its beginning is shown"));
}

#[test]
fn a_logo_by_https_is_shown_and_tags_stand_below_their_headings() {
    let text = "openapi: 3.1.0\n\
        info: {title: A, version: '1', x-logo: {url: 'https://a.example/\"logo.png', href: 'javascript:a()'}}\n\
        servers: [{url: 'https://a.example'}]\n\
        x-tagGroups: [{name: <Selling>, tags: [fruit]}]\n\
        paths: {/f: {get: {tags: [fruit], responses: {'200': {description: Yes}}}}}\n\
        components: {schemas: {S: {type: string}}}\n";
    let folder = input(&[("api.yaml", text.as_bytes())]);
    let shown = pages(folder.path());
    let logo = "<p class=\"api-logo\"><img src=\"https://a.example/&quot;logo.png\" alt=\"A\" referrerpolicy=\"no-referrer\"></p>";
    assert!(shown.contains(logo) && !shown.contains("javascript:"), "{shown}");
    let headings: Vec<&str> =
        shown.split("<li class=\"nav-section\">").skip(1).map(|rest| rest.split_once("</li>").unwrap().0).collect();
    assert_eq!(headings, ["&lt;Selling&gt;", "Components"]);
}

#[test]
fn examples_are_called_what_their_author_calls_them_and_cut_where_they_are_long() {
    let long = "{a: 1234567890123}, ".repeat(40_000);
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\nservers: [{{url: 'https://a.example'}}]\n\
        paths: {{/f: {{get: {{parameters: [{{name: p, in: query, schema: {{}}, examples: {{few: {{value: 3}}}}}}], responses: {{'200': {{description: Yes,\n\
        \x20 content: {{application/json: {{examples: {{one: {{summary: Red apple, value: 1}}, all: {{value: [{long}]}}}}}}}}}}}}}}}}}}\n"
    );
    let folder = input(&[("api.yaml", text.as_bytes())]);
    let shown = pages(folder.path());
    for name in ["<p class=\"api-example-name\">few</p>", ">Red apple</label>", ">all</label>"] {
        assert!(shown.contains(name), "{name}");
    }
    assert_eq!(shown.matches("Only the beginning; the definition has all of it").count(), 1);
    assert!(shown.matches("1234567890123").count() > 100);
}

#[test]
fn links_of_descriptions_lead_to_the_parts_that_they_name() {
    let text = "openapi: 3.1.0\n\
        info:\n  title: A\n  version: '1'\n  description: |\n    # First steps\n    See [the call](#tag/fruit/operation/getFruit), [fruit](#tag/fruit), [nothing](#tag/none)\n    and [limits](#section/First-steps/Rate-limits). ![Map](https://a.example/map.png) ![No](map.png)\n    ## Rate limits\n    Few.\n\
        servers: [{url: 'https://a.example'}]\n\
        paths: {/f: {get: {operationId: getFruit, tags: [fruit], responses: {'200': {description: 'Ask [first](#section/Rate-limits).'}}}}}\n";
    let folder = input(&[("api.yaml", text.as_bytes())]);
    let shown = pages(folder.path());
    for part in [
        "<a href=\"#getFruit\">the call</a>",
        "<a href=\"#group-fruit\">fruit</a>",
        "<a href=\"#about-rate-limits\">limits</a>",
        "<a href=\"#about-rate-limits\">first</a>",
        "<h4 id=\"about-rate-limits\">Rate limits</h4>",
        "src=\"https://a.example/map.png\"",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("\"map.png\"") && !shown.contains("#tag/none"));
    let nav = shown.split_once("</nav>").unwrap().0;
    assert!(shown.contains("<a href=\"#about-first-steps\"><span>First steps</span></a>"), "{nav}");
}

#[test]
fn a_description_of_many_pages_does_not_fill_the_first_one() {
    let words = "    Words that say something, again and again.\n\n".repeat(20_000);
    let text = format!(
        "openapi: 3.1.0\ninfo:\n  title: A\n  version: '1'\n  description: |\n{words}\npaths: {{}}\ncomponents: {{schemas: {{S: {{type: string}}}}}}\n"
    );
    let folder = input(&[("api.yaml", text.as_bytes())]);
    assert!(pages(folder.path()).contains("This is the beginning; the definition has all of it."));
}

#[test]
fn fields_of_what_is_included_stand_with_those_that_include_it() {
    let text = "asyncapi: 3.0.0\ninfo: {title: A, version: '1'}\n\
        channels: {c: {address: c, messages: {M: {payload: {$ref: '#/components/schemas/Order'}}}}}\n\
        operations: {o: {action: send, channel: {$ref: '#/channels/c'}}}\n\
        components: {schemas: {Base: {allOf: [{$ref: '#/components/schemas/Order'}], type: object, properties: {id: {type: string}, kind: {type: string}}},\n\
        \x20 Order: {allOf: [{$ref: '#/components/schemas/Base'}], type: object, properties: {kind: {const: order}, lines: {type: integer}}}}}\n";
    let folder = input(&[("api.yaml", text.as_bytes())]);
    let shown = pages(folder.path());
    let operation = shown.split_once("id=\"o\"").unwrap().1.split_once("id=\"message-M\"").unwrap().0;
    let place =
        |name: &str| operation.find(&format!(">{name}</span>")).unwrap_or_else(|| panic!("{name}: {operation}"));
    // Those of the base come first, and what is said again stands where it is said better.
    assert!(place("id") < place("kind") && place("kind") < place("lines"));
    assert_eq!(operation.matches(">kind</span>").count(), 1);
    assert!(operation.contains("Includes <a href=\"#schema-Base\">"), "{operation}");
}

/// A large definition has many pages; lists, other pages and the search lead to the very part.
#[test]
fn links_to_parts_of_a_large_definition_arrive_at_them() {
    let mut text = format!("{HEAD}components:\n  schemas:\n");
    for at in 0..700 {
        let long = "It says a good deal about itself. ".repeat(12);
        let _ = writeln!(
            text,
            "    Thing{at}: {{type: object, description: {long}, properties: {{name: {{type: string}}}}}}"
        );
    }
    let mut paths = String::new();
    for at in 0..700 {
        let _ = writeln!(
            paths,
            "  /part-{at}:\n    get: {{operationId: read{at}, tags: [tag-{}], responses: {{'200': {{description: Good}}}}}}",
            at / 100
        );
    }
    let text = text.replace("paths: {}\n", &format!("paths:\n{paths}"));
    let folder = input(&[("api.yaml", text.as_bytes())]);
    pages(folder.path());
    let site = folder.path().join("site");
    let mut arrived = BTreeSet::new();
    for file in walkdir::WalkDir::new(&site).into_iter().map(Result::unwrap).filter(|file| file.file_type().is_file()) {
        let path = file.path();
        if path.extension().is_none_or(|ending| ending != "html")
            || path.starts_with(site.join("catalog/default/api/shop"))
        {
            continue;
        }
        let page = std::fs::read_to_string(path).unwrap();
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let Some((target, anchor)) = link.split_once('#').filter(|(target, _)| target.contains("api/shop/")) else {
                continue;
            };
            let page = std::fs::read_to_string(path.parent().unwrap().join(target)).unwrap();
            assert!(page.contains(&format!("id=\"{anchor}-title\"")), "{link}");
            arrived.insert(anchor.to_owned());
        }
    }
    for at in 0..700 {
        assert!(arrived.contains(&format!("read{at}")), "operation {at}: {arrived:?}");
        assert!(arrived.contains(&format!("schema-Thing{at}")), "schema {at}: {arrived:?}");
    }
}
