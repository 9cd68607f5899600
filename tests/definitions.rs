//! Whether the pages of an API show all that its definition says. Each definition is walked here a
//! second time, by code that shares nothing with the readers (`documents` for OpenAPI and AsyncAPI,
//! `languages` for GraphQL and protobuf), and every operation, parameter, property, response, channel,
//! message, field and enum value has to stand in the HTML (`pages` reads it), where it belongs.
//!
//! The definitions are those of `api/definitions`, and of `shared/corpus` where that folder is there.
//! `WALK=folder` walks those of any other folder as well; `WALK_KEEP=folder` keeps what was built.

mod documents;
mod languages;
mod pages;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::support::{self, run};
use pages::Pages;

/// Something that a definition says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    /// Where it has to stand.
    within: Within,
    what: What,
    text: String,
}

/// The part of a reference in which something has to stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Within {
    /// Anywhere in it.
    Reference,
    /// An operation, by verb and target.
    Operation(String, String),
    /// A schema, by the end of its name.
    Schema(String),
}

/// What it is, which says how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Operation,
    OperationId,
    Parameter,
    Property,
    Response,
    Media,
    Value,
    Number,
    Channel,
    Message,
    Schema,
    Scheme,
    Server,
}

/// A definition in the workspace that is built.
struct Definition {
    /// The path from the repository's root.
    path: String,
    kind: &'static str,
}

/// All definitions of a folder: documents by their first key, languages by their ending.
fn definitions(folder: &Path) -> Vec<Definition> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str()?.to_owned();
            let kind = match path.rsplit('.').next()? {
                "graphql" => "graphql",
                "proto" => "grpc",
                "yaml" | "yml" | "json" => {
                    let text = std::fs::read_to_string(entry.path()).ok()?;
                    // Far cheaper than reading all that is no definition.
                    let named = ["openapi", "swagger", "asyncapi"].iter().any(|key| text.contains(key));
                    documents::kind(&named.then(|| documents::value(&text))??)?
                }
                _ => return None,
            };
            Some(Definition { path, kind })
        })
        .collect()
}

/// Writes an API entity for each definition of a repository.
fn describe(repository: &Path) -> Vec<Definition> {
    let all = definitions(repository);
    let mut text = String::new();
    for (number, one) in all.iter().enumerate() {
        writeln!(
            text,
            "---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {{name: api-{number}}}\nspec:\n  type: {}\n  lifecycle: production\n  owner: team-a\n  definition: {{$text: {:?}}}",
            one.kind, one.path
        )
        .unwrap();
    }
    support::write(repository, &[("catalog-info.yaml", text)]);
    all
}

/// Copies what a definition may need.
fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let path = entry.path();
        let wanted = path
            .extension()
            .is_some_and(|ending| ["yaml", "yml", "json", "proto", "graphql"].iter().any(|one| ending == *one));
        if entry.file_type().is_file() && wanted && !path.ends_with("catalog-info.yaml") {
            support::write(to, &[(path.strip_prefix(from).unwrap().to_str().unwrap(), std::fs::read(path).unwrap())]);
        }
    }
}

/// Builds the pages of the definitions of a folder, and says what is not right with them.
fn walk(folder: &Path) -> (usize, Vec<String>) {
    let work = tempfile::tempdir().unwrap();
    let (repository, kept) = (work.path().join("repository"), std::env::var_os("WALK_KEEP").map(PathBuf::from));
    let site = kept.unwrap_or_else(|| work.path().join("site"));
    copy(folder, &repository);
    let all = describe(&repository);
    let ran = run(work.path(), &["build", "repository", "-o", site.to_str().unwrap(), "--no-cache", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut wrong = Vec::new();
    for (number, definition) in all.iter().enumerate() {
        let pages = Pages::read(&site, &format!("catalog/default/api/api-{number}"));
        let mut say = |text: &dyn std::fmt::Display| wrong.push(format!("{}: {text}", definition.path));
        pages.too_large().iter().for_each(|text| say(text));
        pages.broken_links(&site).iter().for_each(|text| say(text));
        let wanted = wanted(&repository, definition);
        wanted.iter().filter(|wanted| !pages.have(wanted)).for_each(|missing| say(&format!("{missing:?}")));
    }
    (all.len(), wrong)
}

fn wanted(repository: &Path, definition: &Definition) -> BTreeSet<Wanted> {
    let path = repository.join(&definition.path);
    let text = std::fs::read_to_string(&path).unwrap();
    match definition.kind {
        "graphql" => languages::graphql(&text),
        "grpc" => languages::protobuf(&text),
        _ => documents::walk(&path),
    }
}

fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/definitions")
}

#[test]
fn nothing_of_a_definition_is_missing_from_its_pages() {
    let (count, wrong) = walk(&own());
    assert!(count >= 10, "{count}");
    assert!(wrong.is_empty(), "{} missing:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_definition_has_much_to_look_for() {
    let mut counts = Vec::new();
    for definition in definitions(&own()) {
        counts.push((definition.path.clone(), wanted(&own(), &definition).len()));
    }
    let few: Vec<_> = counts
        .iter()
        .filter(|(path, count)| *count < 20 && !path.contains("money") && !path.contains("legacy"))
        .collect();
    assert!(few.is_empty(), "{few:?}");
    let lending = documents::walk(&own().join("swagger-2.yaml"));
    let within = Within::Operation("GET".to_owned(), "/loans".to_owned());
    for (what, text) in [(What::Parameter, "page"), (What::Value, "given back"), (What::Response, "410")] {
        let wanted = Wanted { within: within.clone(), what, text: text.to_owned() };
        assert!(lending.contains(&wanted), "{wanted:?} in {lending:#?}");
    }
}

#[test]
fn nothing_of_a_public_definition_is_missing_from_its_pages() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(|parent| parent.join("shared/corpus"));
    let further = std::env::var_os("WALK").map(PathBuf::from);
    let folders: Vec<PathBuf> = corpus.into_iter().chain(further).filter(|folder| folder.is_dir()).collect();
    if folders.is_empty() {
        // Past the harness, which hides what a test that passes prints.
        std::io::Write::write_all(&mut std::io::stderr(), b"skipped: there is no ../shared/corpus\n").unwrap();
    }
    for folder in folders {
        let (count, wrong) = walk(&folder);
        assert!(count > 0 && wrong.is_empty(), "{count} definitions, {} missing:\n{}", wrong.len(), wrong.join("\n"));
    }
}
