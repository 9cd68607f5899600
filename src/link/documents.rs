//! Descriptor files to documents: entry points first, then along Locations in sorted rounds, so
//! that the order never depends on threads; then what nothing leads to is counted.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{FileId, Place, ReadError, RepoId, Sources, Span};
use crate::config::Discovery;
use crate::diagnostics::{
    DOCUMENT_NOT_MAP, DUPLICATE_KEY, Diagnostic, FILE_TOO_LARGE, INVALID_UTF8, MISSING_SEPARATOR, NO_ENTRY_POINTS,
    UNREACHED_DESCRIPTORS, UNREADABLE_FILE, YAML_LIMIT, YAML_SYNTAX,
};
use crate::model::{Document, KindTable};
use crate::parse::{self, Descriptor, DescriptorDocument, Envelope};
use crate::yaml::{Node, ProblemKind};

use super::{Input, discover, imports, locations, separators, skeletons};

/// What the descriptor files hold.
pub(super) struct Loaded {
    pub(super) documents: Vec<Document>,
    pub(super) templated: usize,
    /// Documents that could not be read.
    pub(super) unread: Vec<(FileId, Span)>,
    /// Templates of descriptors beside them.
    pub(super) skipped: Vec<(FileId, Span)>,
    pub(super) unreached: Vec<(FileId, usize)>,
}

/// A file that was read as descriptors.
struct Read {
    file: FileId,
    entry_point: FileId,
    /// Whether only documents whose kind is known are taken.
    known_only: bool,
    descriptor: Descriptor,
}

/// Reads the descriptors. A repository whose entry points turn out to hold nothing but templates
/// of descriptors has none, and is read again, everywhere.
pub(super) fn load(input: &Input<'_>, findings: &mut Vec<Diagnostic>) -> Loaded {
    let mut everywhere = FxHashSet::default();
    loop {
        let mut found = Vec::new();
        let loaded = pass(input, &everywhere, &mut found);
        let more = without_entities(input, &loaded, &everywhere);
        if more.is_empty() {
            findings.extend(found);
            return loaded;
        }
        everywhere.extend(more);
    }
}

/// Repositories with unreached entities and nothing that their entry points led to.
fn without_entities(input: &Input<'_>, loaded: &Loaded, everywhere: &FxHashSet<RepoId>) -> Vec<RepoId> {
    let repository_of = |file: FileId| input.sources.repo_of(file);
    let read: FxHashSet<RepoId> = loaded.documents.iter().map(|document| repository_of(document.file)).collect();
    let mut more: Vec<RepoId> = loaded
        .unreached
        .iter()
        .map(|(file, _)| repository_of(*file))
        .filter(|id| !read.contains(id) && !everywhere.contains(id))
        .filter(|id| input.discovery[id.0 as usize].mode.is_none())
        .collect();
    more.dedup();
    more
}

fn pass(input: &Input<'_>, everywhere: &FxHashSet<RepoId>, findings: &mut Vec<Diagnostic>) -> Loaded {
    let sources = input.sources;
    let imported: FxHashSet<FileId> = imports::files(input).into_iter().collect();
    let starts = starts(input, everywhere, &imported, findings);
    let mut seen: FxHashSet<FileId> = starts.iter().map(|start| start.0).chain(imported).collect();
    let mut read: Vec<Read> = Vec::new();
    let mut round = starts;
    while !round.is_empty() {
        let results: Vec<Result<Read, Diagnostic>> = round
            .par_iter()
            .map(|&(file, entry_point, known_only)| read_file(sources, file, entry_point, known_only))
            .collect();
        let first_new = read.len();
        for result in results {
            match result {
                Ok(one) => read.push(one),
                Err(finding) => findings.push(finding),
            }
        }
        let mut next = Vec::new();
        for one in &read[first_new..] {
            for document in entities_of(one, &input.kinds) {
                let targets = locations::targets(document, one.file, sources, findings);
                next.extend(targets.into_iter().map(|file| (file, one.entry_point, false)));
            }
        }
        next.sort_unstable();
        next.retain(|(file, ..)| seen.insert(*file));
        round = next;
    }
    let skeletons = skeletons::folders(
        read.iter().flat_map(|one| {
            one.descriptor.documents.iter().filter_map(|document| Some((one.file, document.root.as_ref()?)))
        }),
        sources,
    );
    let (skipped, read): (Vec<Read>, Vec<Read>) =
        read.into_iter().partition(|one| skeletons.contains(sources, one.file));
    let mut templated: usize = skipped.iter().map(|one| one.descriptor.documents.len()).sum();
    let unreached = unreached(input, &seen, &skeletons, &mut templated);
    let mut loaded = Loaded { documents: Vec::new(), templated, unread: Vec::new(), skipped: Vec::new(), unreached };
    for one in read {
        take(one, input, &mut loaded, findings);
    }
    unreached_findings(sources, &loaded, findings);
    loaded
}

/// The files to begin with: entry points, or every YAML file where there are none.
fn starts(
    input: &Input<'_>,
    forced: &FxHashSet<RepoId>,
    imported: &FxHashSet<FileId>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<(FileId, FileId, bool)> {
    let sources = input.sources;
    let versions = input.kinds.api_versions();
    let mut starts = Vec::new();
    for (index, repository) in sources.repositories().iter().enumerate() {
        if repository.settings_home {
            continue;
        }
        let id = RepoId(u32::try_from(index).unwrap_or(u32::MAX));
        let rules = &input.discovery[index];
        let entry_points = discover::entry_points(sources, id, rules);
        let everywhere = match rules.mode {
            Some(mode) => mode == Discovery::All,
            None => entry_points.is_empty() || forced.contains(&id),
        };
        if everywhere {
            let mentioning: Vec<FileId> = sources
                .under(id, "")
                .into_par_iter()
                .filter(|&file| discover::is_yaml(sources.path(file)) && entry_points.binary_search(&file).is_err())
                .filter(|&file| !imported.contains(&file) && mentions(sources, file, &versions))
                .collect();
            if !mentioning.is_empty() && rules.mode.is_none() {
                let message =
                    format!("no catalog-info.yaml in `{}`: every YAML file was searched for entities", repository.name);
                let finding = Diagnostic::new(&NO_ENTRY_POINTS, message).in_repository(id).subject("");
                findings.push(finding.help(
                    "add a catalog-info.yaml with a Location that names the files, or say `discovery: all` in catalog-config.yaml",
                ));
            }
            starts.extend(mentioning.into_iter().map(|file| (file, file, true)));
        }
        starts.extend(entry_points.into_iter().map(|file| (file, file, false)));
    }
    starts.sort_unstable();
    starts
}

fn mentions(sources: &dyn Sources, file: FileId, versions: &[&str]) -> bool {
    sources.text(file).is_ok_and(|text| parse::mentions_entities(text.as_str(), versions))
}

fn read_file(sources: &dyn Sources, file: FileId, entry_point: FileId, known_only: bool) -> Result<Read, Diagnostic> {
    match sources.text(file) {
        Ok(text) => Ok(Read { file, entry_point, known_only, descriptor: parse::descriptor(&text) }),
        Err(error) => Err(unreadable(file, &error)),
    }
}

/// The finding about a file that could not be read.
pub(super) fn unreadable(file: FileId, error: &ReadError) -> Diagnostic {
    match error {
        ReadError::TooLarge(size) => {
            let message = format!("the file is {} MiB large; files of up to 16 MiB are read", size / (1024 * 1024));
            Diagnostic::new(&FILE_TOO_LARGE, message).at(file, Span::default()).help("split it into several files")
        }
        ReadError::Failed(why) => {
            Diagnostic::new(&UNREADABLE_FILE, format!("the file cannot be read: {why}")).at(file, Span::default())
        }
    }
}

/// The documents of a file that are entities as far as their envelope says.
fn entities_of<'a>(read: &'a Read, kinds: &'a KindTable) -> impl Iterator<Item = &'a Node> {
    read.descriptor.documents.iter().filter(|document| !document.templated).filter_map(|document| {
        let root = document.root.as_ref()?;
        is_known(root, kinds).then_some(root)
    })
}

fn is_known(root: &Node, kinds: &KindTable) -> bool {
    let envelope = Envelope::of(root);
    envelope.api_version.zip(envelope.kind).is_some_and(|(version, kind)| kinds.recognise(version, kind).is_some())
}

/// The documents of a file, and the findings about its syntax.
fn take(read: Read, input: &Input<'_>, loaded: &mut Loaded, findings: &mut Vec<Diagnostic>) {
    let versions = input.kinds.api_versions();
    let text = input.sources.text(read.file).ok();
    let mut taken = false;
    for document in read.descriptor.documents {
        if document.templated {
            loaded.templated += 1;
            loaded.skipped.push((read.file, document.span));
            continue;
        }
        if read.known_only {
            let known = match &document.root {
                Some(root) => is_known(root, &input.kinds),
                None => {
                    text.as_ref().is_some_and(|text| parse::mentions_entities(text.slice(document.span), &versions))
                }
            };
            if !known {
                continue;
            }
        }
        taken = true;
        let whole = text.as_deref().map_or("", crate::base::Text::as_str);
        let separated = syntax_findings(read.file, &document, whole, findings);
        match document.root {
            Some(root) if !separated && root.is_map() => {
                loaded.documents.push(Document {
                    file: read.file,
                    entry_point: read.entry_point,
                    span: document.span,
                    root,
                    origins: Vec::new(),
                    imported: false,
                });
            }
            Some(root) if !separated => {
                let message = format!("expected an entity, found {}", root.type_name());
                findings.push(
                    Diagnostic::new(&DOCUMENT_NOT_MAP, message)
                        .at(read.file, first_line(root.span, text.as_deref()))
                        .help("an entity is a map with `apiVersion`, `kind`, `metadata` and `spec`"),
                );
                loaded.unread.push((read.file, document.span));
            }
            _ => loaded.unread.push((read.file, document.span)),
        }
    }
    if let Some(text) = text.as_ref().filter(|_| taken) {
        findings.extend(not_utf8(read.file, text));
    }
}

fn not_utf8(file: FileId, text: &crate::base::Text) -> Option<Diagnostic> {
    let at = text.invalid_utf8()? as usize;
    let finding = Diagnostic::new(&INVALID_UTF8, format!("the file is {} text", text.encoding()));
    Some(if text.is_utf16() {
        let help = "save the file as UTF-8; other readers of descriptors see nothing but noise in it";
        finding.at(file, Span::default()).help(help)
    } else {
        let finding = finding.at(file, Span::new(at, at + 3));
        finding.label("this byte is no character").help("save the file as UTF-8")
    })
}

fn first_line(span: Span, text: Option<&crate::base::Text>) -> Span {
    let Some(text) = text else { return span };
    let line = text.slice(span).lines().next().unwrap_or("").trim_end();
    Span::new(span.start as usize, span.start as usize + line.len())
}

/// Findings about the syntax of a document. Tells whether a separator is missing in it, so that
/// it holds two entities and neither can be taken.
fn syntax_findings(file: FileId, document: &DescriptorDocument, text: &str, findings: &mut Vec<Diagnostic>) -> bool {
    let separator = document.problems.iter().find_map(|problem| match &problem.kind {
        ProblemKind::DuplicateKey { key, first, at_root: true } if key == "apiVersion" || key == "kind" => {
            Some((problem.span, *first))
        }
        _ => None,
    });
    if let Some((second, first)) = separator {
        let mut finding =
            Diagnostic::new(&MISSING_SEPARATOR, "two entities in one document: the `---` between them is missing")
                .at(file, second)
                .label("the second entity begins here")
                .related("the first one", Place::new(file, first))
                .help("put a line with `---` before it");
        for at in separators::missing(text, document) {
            finding = finding.fix(Place::new(file, Span::new(at, at)), "---\n");
        }
        findings.push(finding);
        return true;
    }
    for problem in &document.problems {
        findings.push(match &problem.kind {
            ProblemKind::Syntax(reason) => {
                Diagnostic::new(&YAML_SYNTAX, reason.as_str()).at(file, problem.span).maybe_help(problem.help.clone())
            }
            ProblemKind::Limit(reason) => Diagnostic::new(&YAML_LIMIT, reason.as_str()).at(file, problem.span),
            ProblemKind::DuplicateKey { key, first, .. } => {
                Diagnostic::new(&DUPLICATE_KEY, format!("the key `{key}` stands twice in one map"))
                    .at(file, problem.span)
                    .label("here again")
                    .related("first here", Place::new(file, *first))
                    .subject(key.clone())
                    .help("delete one of the two")
            }
        });
    }
    false
}

/// Entities in files that nothing leads to, by file. Templated ones are only counted.
fn unreached(
    input: &Input<'_>,
    seen: &FxHashSet<FileId>,
    skeletons: &skeletons::Skeletons,
    templated: &mut usize,
) -> Vec<(FileId, usize)> {
    let sources = input.sources;
    let versions = input.kinds.api_versions();
    let homes: Vec<RepoId> = sources
        .repositories()
        .iter()
        .enumerate()
        .filter(|(_, repository)| !repository.settings_home)
        .map(|(index, _)| RepoId(u32::try_from(index).unwrap_or(u32::MAX)))
        .collect();
    let files: Vec<FileId> = homes.into_iter().flat_map(|id| sources.under(id, "")).collect();
    let counts: Vec<(FileId, usize, usize)> = files
        .into_par_iter()
        .filter(|file| !seen.contains(file) && discover::is_yaml(sources.path(*file)))
        .filter(|&file| mentions(sources, file, &versions))
        .filter_map(|file| {
            let text = sources.text(file).ok()?;
            let descriptor = parse::descriptor(&text);
            let known = |document: &&DescriptorDocument| {
                document.root.as_ref().is_some_and(|root| is_known(root, &input.kinds))
            };
            let in_skeleton = skeletons.contains(sources, file);
            let templates = descriptor.documents.iter().filter(|document| document.templated || in_skeleton).count();
            let entities = descriptor
                .documents
                .iter()
                .filter(|document| !document.templated && !in_skeleton)
                .filter(known)
                .count();
            Some((file, entities, templates))
        })
        .collect();
    *templated += counts.iter().map(|(.., templates)| templates).sum::<usize>();
    counts.into_iter().filter(|(_, entities, _)| *entities > 0).map(|(file, entities, _)| (file, entities)).collect()
}

fn unreached_findings(sources: &dyn Sources, loaded: &Loaded, findings: &mut Vec<Diagnostic>) {
    // A Location that cannot be read may lead there.
    let is_location = |&&(file, span): &&(FileId, Span)| {
        let text = sources.text(file);
        text.is_ok_and(|text| parse::salvage(text.slice(span)).kinds.iter().any(|kind| kind == "Location"))
    };
    let broken: FxHashSet<RepoId> =
        loaded.unread.iter().filter(is_location).map(|(file, _)| sources.repo_of(*file)).collect();
    let mut by_repository: FxHashMap<RepoId, Vec<(FileId, usize)>> = FxHashMap::default();
    for &(file, entities) in loaded.unreached.iter().filter(|(file, _)| !broken.contains(&sources.repo_of(*file))) {
        by_repository.entry(sources.repo_of(file)).or_default().push((file, entities));
    }
    let mut repositories: Vec<(RepoId, Vec<(FileId, usize)>)> = by_repository.into_iter().collect();
    repositories.sort_unstable();
    for (repository, files) in repositories {
        let entities: usize = files.iter().map(|(_, entities)| entities).sum();
        let listed: Vec<String> =
            files.iter().take(10).map(|(file, count)| format!("{} ({count})", sources.path(*file))).collect();
        let more = if files.len() > 10 { format!(" and {} more", files.len() - 10) } else { String::new() };
        let (noun, verb) = if entities == 1 { ("entity stands", "it") } else { ("entities stand", "them") };
        let message = format!("{entities} {noun} in files that nothing leads to: {}{more}", listed.join(", "));
        let paths: Vec<&str> = files.iter().take(10).map(|(file, _)| sources.path(*file)).collect();
        findings.push(Diagnostic::new(&UNREACHED_DESCRIPTORS, message).in_repository(repository).subject("").help(
            format!("to have {verb} in the catalog, add to catalog-config.yaml: `include: [{}]`", paths.join(", ")),
        ));
    }
}
