//! The pages of a reference, read as text: which pieces stand in which operation or schema, and
//! where links lead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Wanted, What, Within};

/// No page may be larger.
const MOST_BYTES: usize = 500_000;

/// An operation, a schema or all of the pages: the texts of its elements, by class.
#[derive(Debug, Default)]
struct Scope {
    pieces: BTreeSet<(String, String)>,
}

impl Scope {
    fn has(&self, class: &str, text: &str) -> bool {
        self.pieces.contains(&(class.to_owned(), text.to_owned()))
    }

    /// The first text of a class.
    fn first(&self, class: &str) -> Option<&str> {
        self.pieces.iter().find(|(one, _)| one == class).map(|(_, text)| text.as_str())
    }
}

/// A page.
struct Page {
    path: String,
    size: usize,
    ids: BTreeSet<String>,
    links: Vec<String>,
}

/// The pages of the reference of one API.
pub(super) struct Pages {
    pages: Vec<Page>,
    all: Scope,
    operations: BTreeMap<(String, String), Vec<Scope>>,
    schemas: BTreeMap<String, Vec<Scope>>,
}

impl Pages {
    /// Reads all pages below a folder of the site.
    pub(super) fn read(site: &Path, folder: &str) -> Self {
        let mut pages =
            Self { pages: Vec::new(), all: Scope::default(), operations: BTreeMap::new(), schemas: BTreeMap::new() };
        for entry in walkdir::WalkDir::new(site.join(folder)).sort_by_file_name().into_iter().filter_map(Result::ok) {
            if entry.path().extension().is_some_and(|ending| ending == "html") {
                let html = std::fs::read_to_string(entry.path()).unwrap();
                let path = entry.path().strip_prefix(site).unwrap().to_str().unwrap();
                pages.add(path, &html);
            }
        }
        pages
    }

    fn add(&mut self, path: &str, html: &str) {
        let mut page = Page { path: path.to_owned(), size: html.len(), ids: BTreeSet::new(), links: Vec::new() };
        let mut reader = Reader::default();
        for part in parts(html) {
            match part {
                Part::Text(text) => reader.text.push_str(&unescaped(text)),
                Part::Open(tag) => {
                    page.ids.extend(attribute(tag, "id"));
                    page.links.extend(attribute(tag, "href").filter(|_| tag.starts_with("a ")));
                    reader.open(tag);
                }
                Part::Close(name) => {
                    if let Some(scope) = reader.close(name) {
                        self.keep(scope);
                    }
                }
            }
        }
        assert!(reader.stack.is_empty(), "{path} leaves {:?} open", reader.stack.last().map(|open| &open.name));
        self.all.pieces.extend(reader.all.pieces);
        self.pages.push(page);
    }

    /// Keeps an operation or a schema by what it is called.
    fn keep(&mut self, scope: Scope) {
        if let (Some(verb), Some(target)) = (scope.first("line verb"), scope.first("line target")) {
            self.operations.entry((verb.to_owned(), target.to_owned())).or_default().push(scope);
        } else if let Some(title) = scope.first("line title") {
            self.schemas.entry(title.to_owned()).or_default().push(scope);
        }
    }

    pub(super) fn too_large(&self) -> Vec<String> {
        let large = self.pages.iter().filter(|page| page.size > MOST_BYTES);
        large.map(|page| format!("{} has {} bytes", page.path, page.size)).collect()
    }

    /// Links to files that are not there, and to anchors that the pages of the reference do not have.
    pub(super) fn broken_links(&self, site: &Path) -> BTreeSet<String> {
        let by_path: BTreeMap<&str, &Page> = self.pages.iter().map(|page| (page.path.as_str(), page)).collect();
        let mut broken = BTreeSet::new();
        for page in &self.pages {
            for link in page.links.iter().filter(|link| !link.contains(':') && !link.starts_with("//")) {
                let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                let target = if file.is_empty() { page.path.clone() } else { joined(&page.path, file) };
                let Some(target_page) = by_path.get(target.as_str()) else {
                    if !site.join(decoded(&target)).exists() {
                        broken.insert(format!("{} links {link}, which is not there", page.path));
                    }
                    continue;
                };
                if !anchor.is_empty() && !target_page.ids.contains(&decoded(anchor)) {
                    broken.insert(format!("{} links {link}, whose anchor is not there", page.path));
                }
            }
        }
        broken
    }

    /// Whether something stands where it belongs.
    pub(super) fn have(&self, wanted: &Wanted) -> bool {
        let scopes: Vec<&Scope> = match &wanted.within {
            Within::Reference => vec![&self.all],
            Within::Operation(verb, target) => {
                self.operations.get(&(verb.clone(), target.clone())).into_iter().flatten().collect()
            }
            Within::Schema(name) => {
                let end = format!(".{name}");
                let named = self.schemas.iter().filter(|(have, _)| *have == name || have.ends_with(&end));
                named.flat_map(|(_, scopes)| scopes).collect()
            }
        };
        let classes: &[&str] = match wanted.what {
            What::Operation | What::Schema => return !scopes.is_empty(),
            What::OperationId => &["code", "op-title", "name"],
            What::Parameter | What::Property => &["name"],
            What::Response => &["status"],
            What::Media => &["media", "code"],
            What::Value => &["code", "type"],
            What::Number => &["number"],
            What::Channel | What::Message => &["code", "title", "status", "part-title", "line target", "target", "h2"],
            What::Scheme | What::Server => &["code"],
        };
        scopes.iter().any(|scope| classes.iter().any(|class| scope.has(class, &wanted.text)))
    }
}

/// An element that is open.
struct Open {
    name: String,
    class: Option<&'static str>,
    /// Where its text begins.
    from: usize,
    scope: bool,
    /// Words for those who listen.
    hidden: bool,
}

/// What was read of a page so far.
#[derive(Default)]
struct Reader {
    text: String,
    stack: Vec<Open>,
    scopes: Vec<Scope>,
    all: Scope,
}

impl Reader {
    fn open(&mut self, tag: &str) {
        let name = tag.split([' ', '\n', '/']).next().unwrap_or("").to_owned();
        if ["br", "wbr", "img", "input", "hr", "meta", "link", "source", "col"].contains(&name.as_str())
            || tag.ends_with('/')
        {
            return;
        }
        let classes = attribute(tag, "class").unwrap_or_default();
        let scope = name == "section" && classes.split(' ').any(|class| class == "api-op");
        if scope {
            self.scopes.push(Scope::default());
        }
        let class = class(&name, &classes);
        let hidden = classes == "visually-hidden";
        self.stack.push(Open { name, class, from: self.text.len(), scope, hidden });
    }

    fn close(&mut self, name: &str) -> Option<Scope> {
        let open = self.stack.pop().unwrap();
        assert_eq!(open.name, name);
        if open.hidden {
            self.text.truncate(open.from);
        }
        if let Some(class) = open.class {
            let text = self.text[open.from..].trim().to_owned();
            for scope in self.scopes.iter_mut().chain([&mut self.all]) {
                scope.pieces.insert((class.to_owned(), text.clone()));
                // The first of them says what the whole is.
                let line = match class {
                    "verb" => "line verb",
                    "target" => "line target",
                    "op-title" => "line title",
                    _ => continue,
                };
                if scope.first(line).is_none() {
                    scope.pieces.insert((line.to_owned(), text.clone()));
                }
            }
        }
        if open.scope { self.scopes.pop() } else { None }
    }
}

/// What an element is for.
fn class(name: &str, classes: &str) -> Option<&'static str> {
    let has = |wanted: &str| classes.split(' ').any(|class| class == wanted);
    Some(match name {
        "span" if has("api-name") => "name",
        "span" | "a" if has("api-code") => "status",
        "span" if has("api-number") => "number",
        "span" if has("api-type") => "type",
        "span" if has("api-part-title") => "part-title",
        "span" if has("api-op-title") => "op-title",
        "span" if has("verb") => "verb",
        "code" if has("api-target") => "target",
        "code" if has("api-media") => "media",
        "code" => "code",
        "h2" => "h2",
        "strong" => "title",
        _ => return None,
    })
}

enum Part<'a> {
    Text(&'a str),
    Open(&'a str),
    Close(&'a str),
}

/// The tags and texts of a page of ours, which is well-formed. Scripts and styles are left out.
fn parts(html: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        parts.push(Part::Text(text));
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (tag, after) = after.split_once('>').unwrap();
        rest = after;
        match tag.strip_prefix('/') {
            _ if tag.starts_with('!') => {}
            Some(name) => parts.push(Part::Close(name)),
            None => {
                parts.push(Part::Open(tag));
                if let Some(name) = ["script", "style"].into_iter().find(|name| tag.starts_with(name)) {
                    rest = &rest[rest.find(&format!("</{name}>")).unwrap()..];
                }
            }
        }
    }
    parts.push(Part::Text(rest));
    parts
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(after.split_once('"')?.0))
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (entity, after) = after.split_once(';').unwrap_or((after, ""));
        let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        let character = match entity {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => match entity.strip_prefix("#x") {
                Some(digits) => number(digits, 16),
                None => entity.strip_prefix('#').and_then(|digits| number(digits, 10)),
            },
        };
        out.push(character.unwrap_or('&'));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A relative link from a page, as a path of the site.
fn joined(page: &str, link: &str) -> String {
    let mut path: Vec<&str> = page.split('/').collect();
    path.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.join("/")
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap()
}
