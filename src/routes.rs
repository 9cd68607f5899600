//! The only maker of output paths, anchors and relative links. A pure function of references and
//! source paths: the same input has the same URL in every build.
//!
//! Entities keep Backstage's URLs (`catalog/<namespace>/<kind>/<name>.html`, lower case), docs
//! mirror their source paths below `docs/<namespace>/<kind>/<name>/`.

use rustc_hash::FxHashMap;

use crate::base::paths;
use crate::model::EntityRef;

/// Names that a file system or a static host keeps for itself.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "index", "404"];

/// The page of an entity.
pub fn entity_page(reference: &EntityRef) -> String {
    format!("{}.html", entity_stem(reference))
}

/// The entity as JSON, beside its page.
pub fn entity_json(reference: &EntityRef) -> String {
    format!("{}.json", entity_stem(reference))
}

/// The entity as Markdown, beside its page.
pub fn entity_markdown(reference: &EntityRef) -> String {
    format!("{}.md", entity_stem(reference))
}

/// The source of an API definition as a file to download.
pub fn api_definition(reference: &EntityRef, extension: &str) -> String {
    format!("{}/definition.{extension}", api_folder(reference))
}

/// An API definition and all that it refers to, as one file to download.
pub fn api_bundle(reference: &EntityRef) -> String {
    format!("{}/bundled.yaml", api_folder(reference))
}

/// The first page of the reference of an API.
pub fn api_reference(reference: &EntityRef) -> String {
    format!("{}/index.html", api_folder(reference))
}

/// A further page of the reference of an API: `operations` or `schemas`, and a name that tells it
/// from others of its kind.
pub fn api_part(reference: &EntityRef, kind: &str, name: &str) -> String {
    format!("{}/{kind}/{}.html", api_folder(reference), segment(name))
}

/// A page of the theme, by its path in the theme's folder: `pages/a/b.md`.
pub fn theme_page(source: &str) -> String {
    let stem = source.strip_suffix(".md").unwrap_or(source);
    // The index of a folder is its page; everywhere else the name is kept for that.
    let part = |part: &str| if part == "index" { part.to_owned() } else { segment(part) };
    let parts: Vec<String> = stem.trim_start_matches("pages/").split('/').map(part).collect();
    format!("pages/{}.html", parts.join("/"))
}

/// The page that searches.
pub const SEARCH: &str = "search.html";

/// What says which file of the search index has what. Its name never changes, so that pages need not when
/// the index does.
pub const SEARCH_DIRECTORY: &str = "search.js";

/// A file of the search index, by the hash of its content.
pub fn search_file(name: &str) -> String {
    format!("search/{name}.js")
}

/// The map of everything.
pub const MAP: &str = "map.html";

/// The folder of what the map reads.
pub const MAP_FOLDER: &str = "map/";

/// A file of the map, by the hash of its content.
pub fn map_data(name: &str) -> String {
    format!("{MAP_FOLDER}{name}.js")
}

/// A file of hover cards, by its number.
pub fn card_file(number: usize) -> String {
    format!("cards/{number}.js")
}

/// The list of changes; pages are counted from 1.
pub fn changes(page: usize) -> String {
    if page <= 1 { "changes.html".to_owned() } else { format!("changes-{page}.html") }
}

/// The feed of all changes.
pub const CHANGES_FEED: &str = "changes.atom";

/// The feed of the changes of what a group or user owns.
pub fn owner_feed(owner: &EntityRef) -> String {
    format!("feeds/owner/{}.atom", entity_stem(owner).trim_start_matches("catalog/"))
}

/// The list of all reports.
pub const REPORTS: &str = "reports/index.html";

/// A page of a report, or of a further part of it; pages are counted from 1.
pub fn report(name: &str, part: &str, page: usize) -> String {
    let stem = if part.is_empty() { name.to_owned() } else { format!("{name}-{part}") };
    if page <= 1 { format!("reports/{stem}.html") } else { format!("reports/{stem}-{page}.html") }
}

/// The findings of one rule.
pub fn findings_of_rule(code: &str, page: usize) -> String {
    below(&format!("reports/findings/rule/{}", segment(code)), page)
}

/// The findings about what a group or user owns.
pub fn findings_of_owner(owner: &EntityRef, page: usize) -> String {
    below(&format!("reports/findings/owner/{}", entity_stem(owner).trim_start_matches("catalog/")), page)
}

/// Pages after the first stand in a folder beside it, where no name can be like theirs.
fn below(stem: &str, page: usize) -> String {
    if page <= 1 { format!("{stem}.html") } else { format!("{stem}/{page}.html") }
}

fn api_folder(reference: &EntityRef) -> String {
    format!("catalog/{}/api/{}", segment(&reference.namespace), segment(&reference.name))
}

/// The folder of what belongs to an entity's page.
pub fn entity_folder(reference: &EntityRef) -> String {
    entity_stem(reference)
}

/// All entities, as Backstage's catalog API gives them. The address of the API is the folder.
pub const BACKSTAGE_ENTITIES: &str = "api/catalog/entities/index.json";

/// All entities as one page of a query of that API.
pub const BACKSTAGE_QUERY: &str = "api/catalog/entities/by-query";

/// The facets of that API.
pub const BACKSTAGE_FACETS: &str = "api/catalog/entity-facets";

/// An entity where that API has it.
pub fn backstage_entity(reference: &EntityRef) -> String {
    let [kind, namespace, name] = [&reference.kind, &reference.namespace, &reference.name].map(|part| segment(part));
    format!("api/catalog/entities/by-name/{kind}/{namespace}/{name}")
}

/// The page where Backstage has a template.
pub fn backstage_template(reference: &EntityRef) -> String {
    format!("create/templates/{}/{}.html", segment(&reference.namespace), segment(&reference.name))
}

/// A badge of an entity.
pub fn badge(reference: &EntityRef, name: &str) -> String {
    let [namespace, kind, entity] = [&reference.namespace, &reference.kind, &reference.name].map(|part| segment(part));
    format!("badges/{namespace}/{kind}/{entity}/{name}.svg")
}

/// A part of a list for agents; parts are counted from 1.
pub fn llms_list(section: &str, part: usize) -> String {
    format!("llms/{section}-{part}.md")
}

/// A part of the full text for agents.
pub fn llms_part(section: &str, part: usize) -> String {
    format!("llms-full/{section}-{part}.txt")
}

/// The index of all operations, or of all schemas, of the organisation; pages are counted from 1.
pub fn api_index(kind: &str, page: usize) -> String {
    if page <= 1 { format!("lists/api-{kind}.html") } else { format!("lists/api-{kind}-{page}.html") }
}

/// The folder of an entity's documentation.
pub fn docs_folder(reference: &EntityRef) -> String {
    format!("docs/{}/{}/{}", segment(&reference.namespace), segment(&reference.kind), segment(&reference.name))
}

/// The page of a documentation page, by its path below the folder of the pages, which it mirrors:
/// the README of a folder is its index.
pub fn docs_page(reference: &EntityRef, source: &str) -> String {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    let name = paths::file_name(stem);
    let is_index = name.eq_ignore_ascii_case("readme") || name.eq_ignore_ascii_case("index");
    let stem = if is_index { format!("{}index", &stem[..stem.len() - name.len()]) } else { stem.to_owned() };
    format!("{}/{}.html", docs_folder(reference), mirrored(&stem))
}

/// A file of a documentation folder that is copied, by its path.
pub fn docs_asset(reference: &EntityRef, source: &str) -> String {
    format!("{}/{}", docs_folder(reference), mirrored(source))
}

/// Where TechDocs stores a page of a documentation, by our own path of it: `docs/a/b.html` is
/// `techdocs/a/b/index.html`.
pub fn docs_storage(path: &str) -> String {
    let path = path.replacen("docs/", "techdocs/", 1);
    match path.strip_suffix(".html") {
        Some(stem) if paths::file_name(stem) != "index" => format!("{stem}/index.html"),
        _ => path,
    }
}

/// A source path as an output path: its case is kept, what is unsafe in a name is not.
fn mirrored(path: &str) -> String {
    let parts = path.split('/').filter(|part| !part.is_empty()).map(|part| {
        let mut out = String::with_capacity(part.len());
        for character in part.chars() {
            match character {
                '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\' | '%' | '#' => {
                    out.push_str(&format!("~{:02x}", character as u32));
                }
                other if other.is_control() => out.push_str(&format!("~{:02x}", other as u32)),
                other => out.push(other),
            }
        }
        if out.ends_with(['.', ' ']) {
            out.push('~');
        }
        let stem = out.split('.').next().unwrap_or("").to_lowercase();
        if is_device(&stem) {
            out.insert(stem.len(), '~');
        }
        shortened(out, part)
    });
    parts.collect::<Vec<_>>().join("/")
}

fn is_device(stem: &str) -> bool {
    let numbered = stem.len() == 4
        && (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.ends_with(|c: char| c.is_ascii_digit());
    matches!(stem, "con" | "prn" | "aux" | "nul") || numbered
}

/// File systems take 255 bytes in a name; the ending is kept.
fn shortened(name: String, source: &str) -> String {
    if name.len() <= 200 {
        return name;
    }
    let ending = name.rfind('.').filter(|at| name.len() - at < 12).map_or("", |at| &name[at..]);
    let hash = crate::base::Hash::of(source.as_bytes()).short(16);
    let mut cut = 170;
    while !name.is_char_boundary(cut) {
        cut -= 1;
    }
    format!("{}~{hash}{ending}", &name[..cut])
}

fn entity_stem(reference: &EntityRef) -> String {
    format!("catalog/{}/{}/{}", segment(&reference.namespace), segment(&reference.kind), segment(&reference.name))
}

/// A list of all entities, or of one kind; pages are counted from 1.
pub fn list(kind: Option<&str>, page: usize) -> String {
    let stem = kind.map_or_else(
        || "all".to_owned(),
        |kind| {
            let segment = segment(kind);
            if LISTS.contains(&segment.as_str()) { format!("{segment}~") } else { segment }
        },
    );
    if page <= 1 { format!("lists/{stem}.html") } else { format!("lists/{stem}-{page}.html") }
}

/// Lists that are not those of a kind.
const LISTS: &[&str] = &["all", "organisation", "owners", "tags", "namespaces"];

/// What the entities of a list have in common, where it is not their kind.
#[derive(Debug, Clone, Copy)]
pub enum Shelf<'a> {
    /// Who owns them.
    Owner(&'a EntityRef),
    /// The system that they are a part of.
    System(&'a EntityRef),
    /// The domain that they are in.
    Domain(&'a EntityRef),
    /// A tag.
    Tag(&'a str),
    /// Their namespace.
    Namespace(&'a str),
}

/// Folders of `lists/` that are not those of a namespace.
const SHELVES: &[&str] = &["owner", "system", "domain", "tag", "namespace", "data"];

/// A list of what has something in common; pages are counted from 1.
pub fn shelf(shelf: Shelf<'_>, page: usize) -> String {
    let stem = match shelf {
        Shelf::Owner(owner) => {
            format!("owner/{}/{}/{}", segment(&owner.namespace), segment(&owner.kind), segment(&owner.name))
        }
        Shelf::System(system) => format!("system/{}/{}", segment(&system.namespace), segment(&system.name)),
        Shelf::Domain(domain) => format!("domain/{}/{}", segment(&domain.namespace), segment(&domain.name)),
        Shelf::Tag(tag) => format!("tag/{}", segment(tag)),
        Shelf::Namespace(namespace) => format!("namespace/{}", segment(namespace)),
    };
    // Names may end in a number, so that further pages are in a folder.
    if page <= 1 { format!("lists/{stem}.html") } else { format!("lists/{stem}/{page}.html") }
}

/// An index of lists: `owners`, `tags` or `namespaces`; pages are counted from 1.
pub fn shelves(name: &str, page: usize) -> String {
    if page <= 1 { format!("lists/{name}.html") } else { format!("lists/{name}-{page}.html") }
}

/// A list about one entity that is too long for its page; pages are counted from 1.
pub fn entity_list(reference: &EntityRef, id: &str, page: usize) -> String {
    let mut namespace = segment(&reference.namespace);
    if SHELVES.contains(&namespace.as_str()) {
        namespace.push('~');
    }
    let stem = format!("lists/{namespace}/{}/{}/{id}", segment(&reference.kind), segment(&reference.name));
    if page <= 1 { format!("{stem}.html") } else { format!("{stem}-{page}.html") }
}

/// A file of what the script of lists reads, by the hash of its content.
pub fn list_data(name: &str) -> String {
    format!("lists/data/{name}.js")
}

/// One part of a path: lower case, only what is safe in URLs and file names, never reserved.
/// Different texts stay different, upper and lower case put aside.
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.to_lowercase().chars() {
        match character {
            'a'..='z' | '0'..='9' | '-' | '_' | '.' => out.push(character),
            other => {
                let mut buffer = [0; 4];
                for byte in other.encode_utf8(&mut buffer).bytes() {
                    out.push_str(&format!("~{byte:02x}"));
                }
            }
        }
    }
    // A part of dots only would mean a folder; a trailing dot is lost on Windows.
    if out.is_empty() || out.ends_with('.') {
        out.push('~');
    }
    let stem = out.split('.').next().unwrap_or("");
    let numbered =
        stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem.as_bytes()[3].is_ascii_digit();
    if RESERVED.contains(&stem) || numbered {
        let at = stem.len();
        out.insert(at, '~');
    }
    // File systems take 255 bytes in a name; leave room for endings.
    if out.len() > 200 {
        let hash = crate::base::Hash::of(text.to_lowercase().as_bytes()).short(16);
        let mut cut = 180;
        while !out.is_char_boundary(cut) {
            cut -= 1;
        }
        out.truncate(cut);
        out.push('~');
        out.push_str(&hash);
    }
    out
}

/// The relative link from one output file to another.
pub fn link(from: &str, to: &str) -> String {
    let (path, anchor) = to.split_once('#').map_or((to, None), |(path, anchor)| (path, Some(anchor)));
    let relative = encode(&paths::relative(from, path));
    match anchor {
        Some(anchor) => format!("{relative}#{anchor}"),
        None => relative,
    }
}

/// The relative way from an output file to the root of the site: `../../`, or nothing.
pub fn root(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

fn encode(path: &str) -> String {
    crate::base::hosts::encoded(path)
}

/// Output paths for source paths that are written below one folder. Names that a file system
/// without upper and lower case would take for one get a suffix: the second part of the result
/// has the pairs of source paths that collided.
pub fn distinct(paths: Vec<(String, String)>) -> (Vec<(String, String)>, Vec<(String, String)>) {
    let mut taken: FxHashMap<String, String> = FxHashMap::default();
    let mut collisions = Vec::new();
    let mut out = Vec::with_capacity(paths.len());
    for (source, wanted) in paths {
        let mut path = wanted.clone();
        let mut number = 2;
        while let Some(first) = taken.get(&path.to_lowercase()) {
            if number == 2 {
                collisions.push((first.clone(), source.clone()));
            }
            path = suffixed(&wanted, number);
            number += 1;
        }
        taken.insert(path.to_lowercase(), source.clone());
        out.push((source, path));
    }
    (out, collisions)
}

fn suffixed(path: &str, number: usize) -> String {
    let name_at = path.rfind('/').map_or(0, |at| at + 1);
    match path[name_at..].rfind('.') {
        Some(dot) if dot > 0 => format!("{}~{number}{}", &path[..name_at + dot], &path[name_at + dot..]),
        _ => format!("{path}~{number}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn segments_are_safe_on_every_file_system() {
        for (text, expected) in [
            ("My-Service_1.0", "my-service_1.0"),
            ("index", "index~"),
            ("CON", "con~"),
            ("com1.x", "com1~.x"),
            ("a b", "a~20b"),
            ("..", "..~"),
            ("a/b", "a~2fb"),
            ("", "~"),
        ] {
            assert_eq!(segment(text), expected, "{text}");
        }
    }

    #[test]
    fn lists_of_different_things_have_different_paths() {
        let named = |namespace: &str, kind: &str, name: &str| EntityRef {
            kind: kind.into(),
            namespace: namespace.into(),
            name: name.into(),
        };
        let (plain, numbered) = (named("default", "Group", "a"), named("default", "Group", "a-2"));
        let hostile = named("owner", "default", "group");
        let paths = [
            shelf(Shelf::Owner(&plain), 1),
            shelf(Shelf::Owner(&plain), 2),
            shelf(Shelf::Owner(&numbered), 1),
            entity_list(&hostile, "a", 1),
            entity_list(&named("tag", "component", "x"), "a", 1),
            shelf(Shelf::Tag("component"), 2),
            shelf(Shelf::System(&plain), 1),
            shelf(Shelf::Domain(&plain), 1),
            list(Some("Tags"), 1),
            shelves("tags", 1),
            list(Some("Owners"), 2),
            shelves("owners", 2),
        ];
        let distinct: std::collections::BTreeSet<&String> = paths.iter().collect();
        assert_eq!(distinct.len(), paths.len(), "{paths:?}");
        assert_eq!(paths[1], "lists/owner/default/group/a/2.html");
        assert_eq!(shelf(Shelf::Tag("C++"), 1), "lists/tag/c~2b~2b.html");
    }

    #[test]
    fn docs_mirror_their_sources() {
        let reference = EntityRef { kind: "Component".into(), namespace: "default".into(), name: "A".into() };
        for (source, expected) in [
            ("README.md", "index.html"),
            ("a/Guide v1.2.md", "a/Guide v1.2.html"),
            ("a/README.md", "a/index.html"),
            ("con.md", "con~.html"),
            ("what?.md", "what~3f.html"),
        ] {
            assert_eq!(docs_page(&reference, source), format!("docs/default/component/a/{expected}"));
        }
        assert_eq!(docs_asset(&reference, "img/A.png"), "docs/default/component/a/img/A.png");
        assert!(docs_page(&reference, &"é".repeat(300)).len() < 300);
    }

    #[test]
    fn links_are_relative_and_keep_their_anchor() {
        assert_eq!(link("catalog/default/component/a.html", "catalog/default/api/b.html#x"), "../api/b.html#x");
        assert_eq!(root("catalog/default/component/a.html"), "../../../");
        assert_eq!(root("index.html"), "");
    }

    #[test]
    fn paths_that_differ_in_case_are_told_apart() {
        let (paths, collisions) =
            distinct(vec![("A.md".into(), "d/A.html".into()), ("a.md".into(), "d/a.html".into())]);
        assert_eq!(paths[1].1, "d/a~2.html");
        assert_eq!(collisions, [("A.md".to_owned(), "a.md".to_owned())]);
    }

    proptest! {
        #[test]
        fn different_names_have_different_segments(a in ".{0,12}", b in ".{0,12}") {
            prop_assert_eq!(a.to_lowercase() == b.to_lowercase(), segment(&a) == segment(&b));
        }

        #[test]
        fn segments_never_leave_their_folder(text in ".{0,300}") {
            let segment = segment(&text);
            prop_assert!(!segment.contains('/') && segment.chars().any(|c| c != '.') && segment.len() <= 220);
        }
    }
}
