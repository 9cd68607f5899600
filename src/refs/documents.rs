//! A definition and every file that it leads to by `$ref`, read once. Afterwards references are
//! looked up without reading anything. Nothing outside of the repository is read, nothing is
//! fetched, and there are limits to how many files and bytes one definition may bring in.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, Place, ReadError, Resolution, Sources, Span, paths, suggest};
use crate::yaml::{self, Limits, Node, Problem, Value, pointer_escape, pointer_parts};

use super::Home;

/// Most files of one definition.
pub const MAX_FILES: usize = 10_000;
/// Most bytes of one definition, in all its files.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// How many references may follow each other.
const MAX_HOPS: usize = 64;
/// Maps with more keys than this have an index.
const LARGE: usize = 32;

/// Begins the path of a target that [`Documents::portable`] made.
const PORTABLE: &str = "document-number:";

/// The number of a document in [`Documents`]; the definition itself is 0.
pub type DocumentId = usize;

/// A node and the document it stands in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At<'a> {
    /// The document.
    pub document: DocumentId,
    /// The node.
    pub node: &'a Node,
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// To the network, or to a repository that is not in view.
    NotFetched(String),
    /// To a file that is not there, with the nearest that is.
    NoFile(String, Option<String>),
    /// To a part that the document does not have, with the nearest name beside it.
    NoPart(String, Option<String>),
    /// Out of the repository.
    Outside,
    /// Round in a circle.
    Circle,
    /// To something that cannot be read, and why.
    Unreadable(String),
    /// Further than the limits allow.
    TooMuch,
}

impl Unresolved {
    /// What stands in place of what a reference leads to.
    pub fn said(&self, target: &str) -> String {
        match self {
            Self::NotFetched(url) => format!("not fetched: {url}"),
            Self::NoFile(..) | Self::NoPart(..) => format!("not found: {target}"),
            Self::Outside => format!("outside of the repository: {target}"),
            Self::Circle => format!("refers to itself: {target}"),
            Self::Unreadable(why) => format!("not readable: {why}"),
            Self::TooMuch => format!("not read: {target}"),
        }
    }
}

/// One document.
#[derive(Debug)]
struct Document {
    home: Home,
    /// Its tree; null where it could not be read.
    root: Node,
    /// What is wrong with it. A key that stands twice leaves the tree as it is.
    problem: Option<Problem>,
}

/// A definition with all that it refers to.
#[derive(Debug)]
pub struct Documents {
    documents: Vec<Document>,
    /// Where the paths of references lead, by document and path.
    targets: FxHashMap<(DocumentId, Box<str>), Result<DocumentId, Unresolved>>,
    /// Parts with a name of their own: `$anchor` and `$id`, to their pointers.
    named: FxHashMap<(DocumentId, Box<str>), String>,
    /// Documents and parts by the URL that they give themselves with `$id`.
    by_url: FxHashMap<Box<str>, (DocumentId, String)>,
    /// Keys of large maps.
    large: FxHashMap<usize, FxHashMap<Box<str>, usize>>,
}

impl Documents {
    /// Reads a definition and what it refers to.
    pub fn load(home: Home, text: &str, sources: &dyn Sources) -> Self {
        let first = parsed(home, text);
        Self::follow_all(first, sources)
    }

    /// A definition that is a tree already.
    pub fn of_tree(home: Home, root: Node, sources: &dyn Sources) -> Self {
        Self::follow_all(Document { home, root, problem: None }, sources)
    }

    fn follow_all(first: Document, sources: &dyn Sources) -> Self {
        let mut loader = Loader {
            by_file: FxHashMap::default(),
            bytes: 0,
            sources,
            all: Self {
                documents: Vec::new(),
                targets: FxHashMap::default(),
                named: FxHashMap::default(),
                by_url: FxHashMap::default(),
                large: FxHashMap::default(),
            },
        };
        if let Home::File(file) = first.home {
            loader.by_file.insert(file, Ok(0));
        }
        loader.all.documents.push(first);
        let mut next = 0;
        while next < loader.all.documents.len() {
            loader.references_of(next);
            next += 1;
        }
        loader.all.index();
        loader.all
    }

    /// The root of the definition.
    pub fn root(&self) -> At<'_> {
        self.root_of(0)
    }

    /// The root of a document.
    pub fn root_of(&self, document: DocumentId) -> At<'_> {
        At { document, node: &self.documents[document].root }
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is none; there is always one.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Documents that could not be read, or not without doubt, with what is wrong.
    pub fn problems(&self) -> impl Iterator<Item = (DocumentId, &Problem)> {
        self.documents.iter().enumerate().filter_map(|(id, document)| Some((id, document.problem.as_ref()?)))
    }

    /// Whether a document is a file of its own.
    pub fn is_file(&self, document: DocumentId) -> bool {
        matches!(self.documents[document].home, Home::File(_))
    }

    /// The file of a document.
    pub fn file(&self, document: DocumentId) -> FileId {
        self.documents[document].home.file()
    }

    /// Where a part of a document stands.
    pub fn place(&self, document: DocumentId, span: Span) -> Place {
        self.documents[document].home.place(span)
    }

    /// Where a node stands.
    pub fn place_of(&self, at: At<'_>) -> Place {
        self.place(at.document, at.node.span)
    }

    /// Where a reference in a document leads, without following what stands there.
    pub fn resolve(&self, document: DocumentId, target: &str) -> Result<At<'_>, Unresolved> {
        self.resolved(document, target, &mut { MAX_HOPS })
    }

    fn resolved(&self, document: DocumentId, target: &str, left: &mut usize) -> Result<At<'_>, Unresolved> {
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let found = if path.is_empty() { document } else { self.document_of(document, path)? };
        let fragment = paths::percent_decoded(fragment);
        if fragment.is_empty() || fragment.starts_with('/') {
            return self.part(found, &fragment, left);
        }
        match self.named.get(&(found, fragment.as_str().into())) {
            Some(pointer) => self.part(found, pointer, left),
            None => Err(Unresolved::NoPart(fragment, None)),
        }
    }

    /// A target that leads from every document to where this one leads from `document`, for nodes
    /// that are made of parts of several.
    pub fn portable(&self, document: DocumentId, target: &str) -> Option<String> {
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let found = if path.is_empty() { document } else { self.document_of(document, path).ok()? };
        Some(format!("{PORTABLE}{found}#{fragment}"))
    }

    fn document_of(&self, document: DocumentId, path: &str) -> Result<DocumentId, Unresolved> {
        if let Some(number) = path.strip_prefix(PORTABLE) {
            let found = number.parse().ok().filter(|&number| number < self.documents.len());
            return found.ok_or_else(|| Unresolved::Unreadable(format!("`{path}` is no path")));
        }
        if let Some((found, _)) = self.by_url.get(path) {
            return Ok(*found);
        }
        self.targets.get(&(document, path.into())).cloned().unwrap_or(Err(Unresolved::TooMuch))
    }

    fn part(&self, document: DocumentId, pointer: &str, left: &mut usize) -> Result<At<'_>, Unresolved> {
        let root = &self.documents[document].root;
        if let Some(node) = self.at(root, pointer) {
            return Ok(At { document, node });
        }
        if let Some(found) = self.through_references(document, pointer, left) {
            return found;
        }
        let (above, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        let names = root.pointer(above).map(Node::entries).unwrap_or_default().iter().map(|entry| &*entry.key);
        Err(Unresolved::NoPart(pointer.to_owned(), suggest::nearest(name, names).map(str::to_owned)))
    }

    /// The part at a pointer that goes through references: `#/channels/a/messages/b` where `a` stands
    /// in a file of its own. `None` when there is no such part. `left` bounds the references that are
    /// followed for it, however they are entangled.
    fn through_references(
        &self,
        document: DocumentId,
        pointer: &str,
        left: &mut usize,
    ) -> Option<Result<At<'_>, Unresolved>> {
        let mut at = self.root_of(document);
        for part in pointer_parts(pointer) {
            let mut next = step(at.node, &part);
            while next.is_none() {
                let target = reference(at.node)?;
                if *left == 0 {
                    return Some(Err(Unresolved::Circle));
                }
                *left -= 1;
                at = match self.resolved(at.document, target, left) {
                    Ok(found) => found,
                    Err(why) => return Some(Err(why)),
                };
                next = step(at.node, &part);
            }
            at = At { document: at.document, node: next? };
        }
        Some(Ok(at))
    }

    /// The node at a pointer, as [`Node::pointer`] finds it.
    fn at<'a>(&'a self, root: &'a Node, pointer: &str) -> Option<&'a Node> {
        pointer_parts(pointer).try_fold(root, |node, part| match self.large.get(&address(node)) {
            Some(keys) => keys.get(part.as_str()).map(|&at| &node.entries()[at].value),
            None => step(node, &part),
        })
    }

    /// Looks up the keys of large maps once: thousands of references lead into them.
    fn index(&mut self) {
        let mut open: Vec<&Node> = self.documents.iter().map(|document| &document.root).collect();
        let mut large = FxHashMap::default();
        while let Some(node) = open.pop() {
            let entries = node.entries();
            if entries.len() > LARGE {
                let keys: FxHashMap<Box<str>, usize> =
                    entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
                large.insert(address(node), keys);
            }
            open.extend(entries.iter().map(|entry| &entry.value));
            open.extend(node.items());
        }
        self.large = large;
    }

    /// The node itself, or what its `$ref` leads to in the end.
    pub fn follow<'a>(&'a self, at: At<'a>) -> Result<At<'a>, Unresolved> {
        let mut at = at;
        for _ in 0..MAX_HOPS {
            let Some(target) = reference(at.node) else { return Ok(at) };
            at = self.resolve(at.document, target)?;
        }
        Err(Unresolved::Circle)
    }
}

/// One step of a pointer.
fn step<'a>(node: &'a Node, part: &str) -> Option<&'a Node> {
    match &node.value {
        Value::List(items) => items.get(part.parse::<usize>().ok()?),
        _ => node.get(part),
    }
}

/// How deep lists and maps of a definition may nest: 125 schemas inside of each other, as each is a
/// map in the `properties` of the one before. The YAML parser counts brackets in a byte, and
/// `cli::STACK` is made for it.
pub const MAX_DEPTH: usize = 255;

/// Where the entries of a map are kept, which is its own as long as the tree is.
fn address(node: &Node) -> usize {
    node.entries().as_ptr() as usize
}

/// The target of a node that is a reference.
pub fn reference(node: &Node) -> Option<&str> {
    node.get("$ref").and_then(Node::as_str)
}

/// Bounds on a file of a definition.
pub fn limits() -> Limits {
    Limits { nodes: 4_000_000, depth: MAX_DEPTH, ..Limits::default() }
}

fn parsed(home: Home, text: &str) -> Document {
    let limits = limits();
    match yaml::read_leniently(text, limits) {
        (Some(root), problem) => Document { home, root, problem },
        (None, problem) => {
            let json = || text.trim_start().starts_with(['{', '[']).then(|| json(text, limits)).flatten();
            match problem.as_ref().and_then(|_| json()) {
                Some(root) => Document { home, root, problem: None },
                None => Document { home, root: Node { span: Span::default(), value: Value::Null }, problem },
            }
        }
    }
}

/// JSON is YAML but for its freedom in white space. A tab stands nowhere but between its tokens,
/// and a blank in its place moves nothing; what then is no YAML has no places.
fn json(text: &str, limits: Limits) -> Option<Node> {
    let json = serde_json::from_str(text).ok()?;
    let root = yaml::read_value(&text.replace('\t', " "), limits).0;
    Some(root.unwrap_or_else(|| Node::from_json(&json, Span::default())))
}

struct Loader<'a> {
    sources: &'a dyn Sources,
    by_file: FxHashMap<FileId, Result<DocumentId, Unresolved>>,
    bytes: usize,
    all: Documents,
}

impl Loader<'_> {
    /// Reads what the references of a document lead to.
    fn references_of(&mut self, document: DocumentId) {
        let mut found = Found::default();
        found.walk(&self.all.documents[document].root, &mut String::new());
        let from = self.all.documents[document].home.file();
        for (name, pointer) in found.named {
            if name.contains("://") {
                self.all.by_url.entry(name).or_insert((document, pointer));
            } else {
                self.all.named.entry((document, name)).or_insert(pointer);
            }
        }
        for path in found.paths {
            let target = self.load(from, &path);
            self.all.targets.insert((document, path), target);
        }
    }

    fn load(&mut self, from: FileId, path: &str) -> Result<DocumentId, Unresolved> {
        let file = match self.sources.resolve(from, &paths::percent_decoded(path)) {
            Resolution::File(file) => file,
            Resolution::External(url) | Resolution::NotFetched(url) => return Err(Unresolved::NotFetched(url)),
            Resolution::Missing(repository, path) => {
                let files = self.sources.under(repository, paths::parent(&path));
                let names: Vec<&str> = files.iter().map(|&file| self.sources.path(file)).collect();
                let nearest = suggest::nearest(&path, names).map(str::to_owned);
                return Err(Unresolved::NoFile(path, nearest));
            }
            Resolution::Folder(_, path) => return Err(Unresolved::Unreadable(format!("`{path}` is a folder"))),
            Resolution::Outside => return Err(Unresolved::Outside),
            Resolution::Invalid => return Err(Unresolved::Unreadable(format!("`{path}` is no path"))),
        };
        if let Some(known) = self.by_file.get(&file) {
            return known.clone();
        }
        let loaded = self.read(file);
        self.by_file.insert(file, loaded.clone());
        loaded
    }

    fn read(&mut self, file: FileId) -> Result<DocumentId, Unresolved> {
        let path = self.sources.path(file);
        if self.all.documents.len() >= MAX_FILES || self.bytes >= MAX_BYTES {
            return Err(Unresolved::TooMuch);
        }
        let text = self.sources.text(file).map_err(|error| {
            Unresolved::Unreadable(match error {
                ReadError::TooLarge(size) => format!("`{path}` is too large ({} MiB)", size / (1024 * 1024)),
                ReadError::Failed(why) => format!("`{path}` cannot be read: {why}"),
            })
        })?;
        self.bytes += text.as_str().len();
        let id = self.all.documents.len();
        // Texts and code are kept in files of their own, too.
        let is_data = matches!(paths::extension(path).as_str(), "yaml" | "yml" | "json" | "avsc" | "schema" | "");
        let document = if is_data {
            parsed(Home::File(file), text.as_str())
        } else {
            let root = Node::text(Span::new(0, text.as_str().len()), text.as_str());
            Document { home: Home::File(file), root, problem: None }
        };
        self.all.documents.push(document);
        Ok(id)
    }
}

/// What a tree refers to, and which of its parts have names.
#[derive(Default)]
struct Found {
    paths: Vec<Box<str>>,
    seen: FxHashSet<Box<str>>,
    named: Vec<(Box<str>, String)>,
}

impl Found {
    fn walk(&mut self, node: &Node, pointer: &mut String) {
        if let Some(target) = reference(node) {
            let path = target.split('#').next().unwrap_or("");
            if !path.is_empty() && !self.seen.contains(path) {
                self.seen.insert(path.into());
                self.paths.push(path.into());
            }
        }
        for key in ["$anchor", "$dynamicAnchor", "$id"] {
            if let Some(name) = node.get(key).and_then(Node::as_str) {
                self.named.push((name.trim_start_matches('#').into(), pointer.clone()));
            }
        }
        let length = pointer.len();
        for (index, item) in node.items().iter().enumerate() {
            pointer.push_str(&format!("/{index}"));
            self.walk(item, pointer);
            pointer.truncate(length);
        }
        for entry in node.entries() {
            pointer.push('/');
            pointer.push_str(&pointer_escape(&entry.key));
            self.walk(&entry.value, pointer);
            pointer.truncate(length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{MemorySources, RepoId};

    fn load(files: &[(&str, &str)]) -> (Documents, MemorySources) {
        let sources = MemorySources::single("r", files);
        let file = sources.lookup(RepoId(0), files[0].0).unwrap();
        let text = sources.text(file).unwrap();
        (Documents::load(Home::File(file), text.as_str(), &sources), sources)
    }

    #[test]
    fn references_lead_over_files_and_back() {
        let (documents, _) = load(&[
            ("api.yaml", "a: {$ref: 'b.yaml#/x'}\nc: 1\nd: {$ref: '#named'}\ne: {$anchor: named}\n"),
            ("b.yaml", "x: {$ref: 'api.yaml#/c'}\ny: {$ref: 'api.yaml#/a'}\n"),
        ]);
        let at = |key: &str| At { document: 0, node: documents.root().node.get(key).unwrap() };
        assert_eq!(documents.follow(at("a")).unwrap().node.value, Value::Int(1));
        assert!(documents.follow(at("d")).unwrap().node.is_map());
        assert_eq!(documents.len(), 2);
    }

    #[test]
    fn pointers_go_through_references() {
        let (documents, _) = load(&[
            ("api.yaml", "a: {$ref: b.yaml}\nc: {$ref: '#/c/d/e'}\nf: {$ref: '#/g/k'}\ng: {$ref: '#/f/k/k'}\n"),
            ("b.yaml", "x: {$ref: '#/y'}\ny: [{z: 7}]\n"),
        ]);
        assert_eq!(documents.resolve(0, "#/a/x/0/z").unwrap().node.value, Value::Int(7));
        assert!(matches!(documents.resolve(0, "#/a/x/1"), Err(Unresolved::NoPart(..))));
        assert_eq!(documents.resolve(0, "#/c/d/e"), Err(Unresolved::Circle));
        assert_eq!(documents.resolve(0, "#/f/k/k/k"), Err(Unresolved::Circle));
    }

    #[test]
    fn a_portable_target_leads_to_the_same_from_everywhere() {
        let (documents, _) =
            load(&[("api.yaml", "a: {$ref: 'sub/b.yaml'}\nx: 0\n"), ("sub/b.yaml", "x: {$ref: '#/y'}\ny: 7\n")]);
        let target = documents.portable(1, "#/y").unwrap();
        assert_eq!(documents.resolve(0, &target).unwrap().node.value, Value::Int(7));
        assert_eq!(documents.portable(0, "nothing.yaml#/y"), None);
        assert!(matches!(documents.resolve(0, "document-number:9#/y"), Err(Unresolved::Unreadable(_))));
    }

    #[test]
    fn what_leads_nowhere_says_why() {
        let (documents, _) = load(&[(
            "api.yaml",
            "pets: {cat: {$ref: 'api.yaml#/pets/cat'}}\nx: {$ref: nothing.yaml}\n\
            y: {$ref: 'https://example.com/a.yaml'}\nz: {$ref: '../../a.yaml'}\n",
        )]);
        let at = |key: &str| At { document: 0, node: documents.root().node.pointer(key).unwrap() };
        assert_eq!(documents.follow(at("/pets/cat")), Err(Unresolved::Circle));
        assert!(matches!(documents.follow(at("/x")), Err(Unresolved::NoFile(path, _)) if path == "nothing.yaml"));
        assert!(matches!(documents.follow(at("/y")), Err(Unresolved::NotFetched(_))));
        assert_eq!(documents.follow(at("/z")), Err(Unresolved::Outside));
        let near = documents.resolve(0, "#/pets/cats");
        assert_eq!(near, Err(Unresolved::NoPart("/pets/cats".into(), Some("cat".into()))));
    }
}
