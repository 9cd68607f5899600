//! A file and what it imports. An import is looked for in the folder of the file that names it and
//! in the folders around that, because one of them is the root that its compiler is given; then in
//! every folder that has such a path below it. Nothing outside of the repository is read.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use crate::base::{FileId, Resolution, Sources, paths, suggest};
use crate::diagnostics::{API_IMPORT, API_SYNTAX, Diagnostic};
use crate::refs::Home;

use super::ast::File;
use super::parse::{self, Mistake};

/// Most files of one definition.
const MAX_FILES: usize = 2_000;
/// Most bytes of one definition, in all its files.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Beginnings of imports that are published elsewhere and come with a compiler or a registry, so
/// that nobody expects them in the repository.
const PUBLISHED: [&str; 7] =
    ["google/", "buf/", "validate/", "gogoproto/", "protoc-gen-openapiv2/", "protoc-gen-swagger/", "grpc/"];

/// A file of a definition.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) file: File,
    /// Where it is; the definition itself is where its home says.
    pub(super) id: Option<FileId>,
    /// Whether its services and all its types are shown: the definition, and what it imports for
    /// others.
    pub(super) shown: bool,
    /// The imports that are not in view.
    pub(super) missing: Vec<String>,
}

impl Loaded {
    /// The place of a part of it.
    pub(super) fn place(&self, home: &Home, span: crate::base::Span) -> crate::base::Place {
        match self.id {
            Some(file) => Home::File(file).place(span),
            None => home.place(span),
        }
    }

    /// Its package; empty when it has none.
    pub(super) fn package(&self) -> &str {
        self.file.package.as_ref().map_or("", |package| &package.text)
    }
}

/// Reads a definition and what it imports; it is the first.
pub(super) fn load(text: &str, home: &Home, sources: &dyn Sources, findings: &mut Vec<Diagnostic>) -> Vec<Loaded> {
    let (file, mistakes) = parse::read(text);
    let main = Loaded { file, id: None, shown: true, missing: Vec::new() };
    report(&main, &mistakes, home, findings);
    let mut loader = Loader { sources, home, known: FxHashSet::from_iter([home.file()]), bytes: text.len() };
    let mut files = vec![main];
    let mut open = VecDeque::from([0]);
    while let Some(at) = open.pop_front() {
        let from = files[at].id.unwrap_or_else(|| home.file());
        let (imports, shown) = (files[at].file.imports.clone(), files[at].shown);
        for import in imports {
            match loader.find(from, &import.path.text) {
                Some(id) => {
                    // What is read already may turn out to be shown.
                    let show = shown && import.public;
                    if let Some(have) = files.iter().position(|file| file.id == Some(id)) {
                        if show && !files[have].shown {
                            files[have].shown = true;
                            open.push_back(have);
                        }
                    } else if files.len() < MAX_FILES
                        && let Some((loaded, mistakes)) = loader.read(id, show)
                    {
                        report(&loaded, &mistakes, home, findings);
                        open.push_back(files.len());
                        files.push(loaded);
                    }
                }
                None => {
                    let path = &import.path.text;
                    if path.starts_with("google/protobuf/") || files[at].missing.contains(path) {
                        continue;
                    }
                    files[at].missing.push(path.clone());
                    if !PUBLISHED.iter().any(|start| path.starts_with(start)) {
                        findings.push(loader.not_in_view(&files[at], &import.path));
                    }
                }
            }
        }
    }
    files
}

fn report(loaded: &Loaded, mistakes: &[Mistake], home: &Home, findings: &mut Vec<Diagnostic>) {
    findings.extend(mistakes.iter().map(|mistake| {
        let place = loaded.place(home, mistake.span);
        Diagnostic::new(&API_SYNTAX, format!("protobuf cannot be read here: {}", mistake.message))
            .at(place.file, place.span)
    }));
}

struct Loader<'a> {
    sources: &'a dyn Sources,
    home: &'a Home,
    known: FxHashSet<FileId>,
    bytes: usize,
}

impl Loader<'_> {
    fn read(&mut self, id: FileId, shown: bool) -> Option<(Loaded, Vec<Mistake>)> {
        if !self.known.insert(id) {
            return None;
        }
        let text = self.sources.text(id).ok()?;
        self.bytes += text.as_str().len();
        if self.bytes > MAX_BYTES {
            return None;
        }
        let (file, mistakes) = parse::read(text.as_str());
        Some((Loaded { file, id: Some(id), shown, missing: Vec::new() }, mistakes))
    }

    /// The file that an import means.
    fn find(&self, from: FileId, import: &str) -> Option<FileId> {
        let repository = self.sources.repo_of(from);
        let clean = paths::join("", import).ok().filter(|path| !path.is_empty())?;
        let mut folder = paths::parent(self.sources.path(from));
        loop {
            let path = if folder.is_empty() { clean.clone() } else { format!("{folder}/{clean}") };
            if let Resolution::File(id) = self.sources.at(repository, &path) {
                return Some(id);
            }
            if folder.is_empty() {
                break;
            }
            folder = paths::parent(folder);
        }
        let end = format!("/{clean}");
        let near = paths::parent(self.sources.path(from));
        let files = self.sources.under(repository, "").into_iter();
        let fits = files.filter(|&file| self.sources.path(file).ends_with(&end));
        fits.min_by_key(|&file| {
            let path = self.sources.path(file);
            let common = path.split('/').zip(near.split('/')).take_while(|(one, two)| one == two).count();
            (std::cmp::Reverse(common), path.len(), path.to_owned())
        })
    }

    fn not_in_view(&self, from: &Loaded, import: &super::ast::Name) -> Diagnostic {
        let place = from.place(self.home, import.span);
        let repository = self.sources.repo_of(place.file);
        let name = paths::file_name(&import.text);
        let files = self.sources.under(repository, "");
        let names = files.iter().map(|&file| paths::file_name(self.sources.path(file)));
        let help = match suggest::nearest(name, names.filter(|path| path.ends_with(".proto"))) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "types from it are shown by their names; they are linked when the file is in the same repository"
                .to_owned(),
        };
        Diagnostic::new(&API_IMPORT, format!("the import `{}` is not in view", import.text))
            .at(place.file, place.span)
            .help(help)
            .subject(import.text.clone())
    }
}
