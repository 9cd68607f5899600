//! The targets of a Location: files, patterns and URLs into the workspace.

use crate::base::hosts::RepositoryUrl;
use crate::base::sources::is_glob;
use crate::base::{FileId, Resolution, Sources};
use crate::diagnostics::{Diagnostic, LOCATION_NOT_FETCHED, LOCATION_TARGET_INVALID, LOCATION_TARGET_MISSING};
use crate::parse::Envelope;
use crate::yaml::Node;

/// The files that a Location leads to; nothing for other kinds.
pub(super) fn targets(root: &Node, file: FileId, sources: &dyn Sources, findings: &mut Vec<Diagnostic>) -> Vec<FileId> {
    let envelope = Envelope::of(root);
    let Some(spec) = root.get("spec").filter(|_| envelope.kind == Some("Location")) else { return Vec::new() };
    let entity = envelope
        .name
        .zip(envelope.namespace)
        .map(|(name, namespace)| format!("location:{namespace}/{name}").to_lowercase());
    let mut location = Location {
        file,
        sources,
        entity,
        optional: spec.get("presence").and_then(Node::as_str) == Some("optional"),
        foreign: spec
            .get("type")
            .and_then(Node::as_str)
            .filter(|kind| !matches!(*kind, "file" | "url"))
            .map(str::to_owned),
        findings,
    };
    let mut found = Vec::new();
    if let Some(node) = spec.get("target") {
        found.extend(location.target(node, "/spec/target"));
    }
    for (index, node) in spec.get("targets").map(Node::items).unwrap_or_default().iter().enumerate() {
        found.extend(location.target(node, &format!("/spec/targets/{index}")));
    }
    found
}

struct Location<'a> {
    file: FileId,
    sources: &'a dyn Sources,
    entity: Option<String>,
    optional: bool,
    foreign: Option<String>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Location<'_> {
    fn target(&mut self, node: &Node, pointer: &str) -> Vec<FileId> {
        let Some(target) = node.as_str().map(str::trim).filter(|target| !target.is_empty()) else { return Vec::new() };
        match self.look_up(target) {
            Ok(files) => files,
            Err(finding) => {
                let mut finding = finding.at(self.file, node.span).pointer(pointer).subject(target);
                finding.entity.clone_from(&self.entity);
                self.findings.push(finding);
                Vec::new()
            }
        }
    }

    fn look_up(&self, target: &str) -> Result<Vec<FileId>, Diagnostic> {
        if let Some(kind) = &self.foreign {
            let message = format!("a Location of type `{kind}` is not followed");
            return Err(Diagnostic::new(&LOCATION_NOT_FETCHED, message).help("only the types `file` and `url` are"));
        }
        let missing = |message: String| Diagnostic::new(&LOCATION_TARGET_MISSING, message);
        let invalid = |message: String| Diagnostic::new(&LOCATION_TARGET_INVALID, message);
        if is_glob(target) {
            return match self.matches(target) {
                Some(Ok(files)) if files.is_empty() && !self.optional => {
                    let help =
                        "patterns are relative to this file; `*` stays in a folder, `**` goes through all below it";
                    Err(missing(format!("`{target}` matches no file")).help(help))
                }
                Some(Ok(files)) => Ok(files),
                Some(Err(why)) => Err(invalid(format!("`{target}` cannot be used as a pattern: {why}"))),
                None => Err(not_fetched(target)),
            };
        }
        match self.sources.resolve(self.file, target) {
            Resolution::File(file) => Ok(vec![file]),
            Resolution::Missing(..) if self.optional => Ok(Vec::new()),
            Resolution::Missing(repository, path) => {
                let candidates = self.sources.under(repository, crate::base::paths::parent(&path));
                let names = candidates.iter().map(|&file| self.sources.path(file));
                let help = crate::base::suggest::nearest(&path, names).map(|near| format!("did you mean `{near}`?"));
                let help = help.unwrap_or_else(|| {
                    "targets are relative to this file; `presence: optional` allows it to be missing".to_owned()
                });
                Err(missing(format!("there is no file `{path}`")).help(help))
            }
            Resolution::Folder(_, path) => {
                let help = format!("name a file, or a pattern of files: `{}/*.yaml`", target.trim_end_matches('/'));
                Err(invalid(format!("`{}` is a folder", if path.is_empty() { target } else { &path })).help(help))
            }
            Resolution::Outside => {
                let help = "use the file's URL to name one of another repository";
                Err(invalid(format!("`{target}` leads out of the repository")).help(help))
            }
            Resolution::Invalid => Err(invalid(format!("`{target}` is no path"))),
            Resolution::External(url) | Resolution::NotFetched(url) => Err(not_fetched(&url)),
        }
    }

    /// The files that a pattern matches; `None` when it is in a repository that is not here.
    fn matches(&self, target: &str) -> Option<Result<Vec<FileId>, String>> {
        if !target.contains("://") {
            return Some(self.sources.glob(self.file, target));
        }
        let url = RepositoryUrl::parse(target, self.sources.hosts())?;
        let repository = self.sources.repository_at(&url.remote)?;
        let path = url.candidate_paths().into_iter().next().unwrap_or_default();
        Some(self.sources.glob_in(repository, &path))
    }
}

fn not_fetched(url: &str) -> Diagnostic {
    Diagnostic::new(&LOCATION_NOT_FETCHED, format!("`{url}` is outside of the workspace and is not fetched"))
        .help("add the repository to the `sources` of catalog-config.yaml to have its entities in the catalog")
}
