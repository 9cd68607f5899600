//! What manifests say: name, description, language, and whether something runs.

use serde_json::Value as Json;

use crate::base::{FileId, RepoId, Sources, paths};

use super::Facts;

/// Folders that hold other people's code, or none that runs.
const ASIDE: &[&str] = &[
    "node_modules",
    "vendor",
    "third_party",
    "test",
    "tests",
    "testdata",
    "fixtures",
    "__tests__",
    "examples",
    "example",
    "samples",
    "dist",
    "build",
    "target",
    "skeleton",
    "skeletons",
    "template",
    "templates",
    "benches",
];

/// Whether a path leads through one of them.
pub(super) fn is_aside(path: &str) -> bool {
    paths::parent(path).split('/').any(|part| ASIDE.contains(&part) || part.contains("{{"))
}

/// The components of a repository: the one at its root, or else those in its folders.
pub(super) fn components(repository: RepoId, files: &[FileId], sources: &dyn Sources) -> Vec<Facts> {
    let mut found: Vec<Facts> = Vec::new();
    for &file in files {
        let path = sources.path(file);
        let folder = paths::parent(path);
        let depth = if folder.is_empty() { 0 } else { folder.split('/').count() };
        if depth > 2 || is_aside(path) || found.iter().any(|one| one.folder == folder && one.language.is_some()) {
            continue;
        }
        let Some(mut facts) = read(file, sources) else { continue };
        facts.folder = folder.to_owned();
        facts.manifest = Some(path.to_owned());
        let has = |name: &str| sources.lookup(repository, &inside(folder, name)).is_some();
        if facts.kind == "library" && ["Dockerfile", "Containerfile", "Procfile"].iter().any(|name| has(name)) {
            facts.kind = "service";
        }
        found.push(facts);
    }
    match found.iter().position(|one| one.folder.is_empty()) {
        // Workspaces and parents only gather what stands below them.
        Some(root) if !found[root].name.is_empty() || found.len() == 1 => vec![found.swap_remove(root)],
        Some(root) => {
            found.remove(root);
            found
        }
        None => found,
    }
}

/// A repository without a manifest.
pub(super) fn without(repository: RepoId, sources: &dyn Sources) -> Facts {
    let has = |path: &str| sources.lookup(repository, path).is_some();
    let runs = has("Dockerfile") || has("Chart.yaml") || has("Procfile");
    let is_docs = has("mkdocs.yml") || sources.is_folder(repository, "docs");
    Facts {
        kind: if runs {
            "service"
        } else if is_docs {
            "documentation"
        } else {
            "other"
        },
        ..Facts::default()
    }
}

fn inside(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn read(file: FileId, sources: &dyn Sources) -> Option<Facts> {
    let path = sources.path(file);
    let name = paths::file_name(path);
    let reader: fn(&str) -> Option<Facts> = match name {
        "package.json" => package_json,
        "Cargo.toml" => cargo_toml,
        "go.mod" => go_mod,
        "pyproject.toml" => pyproject,
        "pom.xml" => pom,
        "composer.json" => composer,
        "build.gradle" | "build.gradle.kts" => |_| Some(plain("java")),
        "setup.py" | "requirements.txt" => |_| Some(plain("python")),
        "Gemfile" => |_| Some(plain("ruby")),
        "mix.exs" => |_| Some(plain("elixir")),
        "build.sbt" => |_| Some(plain("scala")),
        "Package.swift" => |_| Some(plain("swift")),
        "pubspec.yaml" => |_| Some(plain("dart")),
        _ if paths::extension(path) == "csproj" => |_| Some(plain("csharp")),
        _ => return None,
    };
    reader(sources.text(file).ok()?.as_str())
}

fn plain(language: &'static str) -> Facts {
    Facts { kind: "library", language: Some(language), ..Facts::default() }
}

fn text(value: Option<&Json>) -> Option<String> {
    value.and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Packages that mean that there is something to look at, or something that listens.
const BROWSER: &[&str] = &["react-dom", "next", "vue", "nuxt", "@angular/core", "svelte", "astro", "gatsby", "vite"];
const SERVER: &[&str] =
    &["express", "fastify", "koa", "@nestjs/core", "hapi", "@hapi/hapi", "apollo-server", "restify"];

fn package_json(source: &str) -> Option<Facts> {
    let json: Json = serde_json::from_str(source).ok()?;
    let depends = |names: &[&str]| names.iter().any(|name| json["dependencies"].get(name).is_some());
    let typescript = json["devDependencies"].get("typescript").is_some() || json.get("types").is_some();
    let kind = if depends(SERVER) {
        "service"
    } else if depends(BROWSER) {
        "website"
    } else if json["scripts"].get("start").is_some() {
        "service"
    } else {
        "library"
    };
    // A name in a scope is the last part of it.
    let name = text(json.get("name")).map(|name| name.rsplit('/').next().unwrap_or_default().to_owned());
    let gathers = json.get("workspaces").is_some();
    Some(Facts {
        name: name.filter(|_| !gathers).unwrap_or_default(),
        description: text(json.get("description")),
        kind,
        language: Some(if typescript { "typescript" } else { "javascript" }),
        ..Facts::default()
    })
}

fn cargo_toml(source: &str) -> Option<Facts> {
    let manifest: Json = toml::from_str(source).ok()?;
    let package = manifest.get("package");
    let depends = |names: &[&str]| names.iter().any(|name| manifest["dependencies"].get(name).is_some());
    let listens = depends(&["axum", "actix-web", "rocket", "warp", "tonic", "poem", "salvo"]);
    Some(Facts {
        name: text(package.and_then(|package| package.get("name"))).unwrap_or_default(),
        description: text(package.and_then(|package| package.get("description"))),
        kind: if listens { "service" } else { "library" },
        language: Some("rust"),
        ..Facts::default()
    })
}

fn pyproject(source: &str) -> Option<Facts> {
    let manifest: Json = toml::from_str(source).ok()?;
    let project = manifest.get("project").or_else(|| manifest.pointer("/tool/poetry"))?;
    let listens = ["fastapi", "flask", "django", "uvicorn", "gunicorn"]
        .iter()
        .any(|name| project.get("dependencies").is_some_and(|list| list.to_string().to_lowercase().contains(name)));
    Some(Facts {
        name: text(project.get("name")).unwrap_or_default(),
        description: text(project.get("description")),
        kind: if listens { "service" } else { "library" },
        language: Some("python"),
        ..Facts::default()
    })
}

fn go_mod(source: &str) -> Option<Facts> {
    let module = source.lines().find_map(|line| line.trim().strip_prefix("module "))?.trim().trim_matches('"');
    // `example.org/shop/v2` is the second version of `shop`.
    let parts: Vec<&str> = module.split('/').collect();
    let is_version =
        |part: &str| part.len() > 1 && part.starts_with('v') && part[1..].bytes().all(|byte| byte.is_ascii_digit());
    let name = parts.iter().rev().find(|part| !is_version(part)).copied().unwrap_or("");
    Some(Facts { name: name.to_owned(), ..plain("go") })
}

fn composer(source: &str) -> Option<Facts> {
    let json: Json = serde_json::from_str(source).ok()?;
    let name = text(json.get("name")).map(|name| name.rsplit('/').next().unwrap_or_default().to_owned());
    Some(Facts { name: name.unwrap_or_default(), description: text(json.get("description")), ..plain("php") })
}

fn pom(source: &str) -> Option<Facts> {
    let document = roxmltree::Document::parse(source).ok()?;
    let child = |name: &str| {
        let found = document.root_element().children().find(|node| {
            node.has_tag_name((node.tag_name().namespace().unwrap_or(""), name)) || node.tag_name().name() == name
        });
        found
            .and_then(|node| node.text())
            .map(str::trim)
            .filter(|text| !text.is_empty() && !text.contains("${"))
            .map(str::to_owned)
    };
    let listens = ["spring-boot", "quarkus", "micronaut", "dropwizard"].iter().any(|name| source.contains(name));
    let gathers = child("packaging").as_deref() == Some("pom");
    Some(Facts {
        name: child("artifactId").filter(|_| !gathers).unwrap_or_default(),
        description: child("description"),
        kind: if listens { "service" } else { "library" },
        language: Some("java"),
        ..Facts::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_say_what_they_are() {
        for (reader, source, name, kind) in [
            (
                package_json as fn(&str) -> Option<Facts>,
                r#"{"name": "@acme/shop", "dependencies": {"express": "1"}}"#,
                "shop",
                "service",
            ),
            (package_json, r#"{"name": "web", "dependencies": {"react-dom": "1"}}"#, "web", "website"),
            (package_json, r#"{"name": "all", "workspaces": ["packages/*"]}"#, "", "library"),
            (cargo_toml, "[package]\nname = \"tool\"\n[dependencies]\naxum = \"1\"\n", "tool", "service"),
            (cargo_toml, "[workspace]\nmembers = []\n", "", "library"),
            (pyproject, "[project]\nname = \"calc\"\ndependencies = [\"FastAPI>=1\"]\n", "calc", "service"),
            (go_mod, "module example.org/shop/v2\n\ngo 1.22\n", "shop", "library"),
            (pom, "<project xmlns=\"m\"><artifactId>lib</artifactId><dependencies/></project>", "lib", "library"),
        ] {
            let facts = reader(source).unwrap();
            assert_eq!((facts.name.as_str(), facts.kind), (name, kind), "{source}");
        }
    }
}
