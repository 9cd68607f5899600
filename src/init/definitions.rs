//! API definitions that nobody has described yet.

use crate::base::{FileId, Sources, paths};

use super::manifest::is_aside;

/// Definitions that are proposed for one repository.
const MOST: usize = 20;

/// Files of which the beginning is read; a repository of data has many that could be one.
const MOST_READ: usize = 5_000;

/// How much of a file is looked at.
const HEAD: usize = 4_000;

/// A definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    /// Its file.
    pub(super) path: String,
    /// `spec.type` of its API.
    pub(super) kind: &'static str,
    /// What it calls itself.
    pub(super) title: Option<String>,
}

pub(super) fn find(files: &[FileId], sources: &dyn Sources) -> Vec<Definition> {
    let candidates = files.iter().filter(|&&file| {
        let path = sources.path(file);
        matches!(paths::extension(path).as_str(), "yaml" | "yml" | "json" | "graphql" | "graphqls" | "proto")
            && !is_aside(path)
    });
    let read = candidates.take(MOST_READ).filter_map(|&file| {
        let text = sources.text(file).ok()?;
        let head: String = text.as_str().chars().take(HEAD).collect();
        let path = sources.path(file).to_owned();
        let kind = kind(&paths::extension(&path), &head)?;
        Some(Definition { title: title(&head), kind, path })
    });
    read.take(MOST).collect()
}

fn kind(extension: &str, head: &str) -> Option<&'static str> {
    let begins = |word: &str| head.lines().any(|line| line.trim_start().starts_with(word));
    match extension {
        "proto" => begins("service ").then_some("grpc"),
        "graphql" | "graphqls" => {
            (begins("type Query") || begins("schema") || begins("type Mutation")).then_some("graphql")
        }
        "json" => {
            let has = |key: &str| head.contains(&format!("\"{key}\""));
            if has("asyncapi") {
                Some("asyncapi")
            } else {
                ((has("openapi") || has("swagger")) && has("info")).then_some("openapi")
            }
        }
        _ => {
            let has = |key: &str| head.lines().any(|line| line.starts_with(&format!("{key}:")));
            if has("asyncapi") {
                Some("asyncapi")
            } else {
                ((has("openapi") || has("swagger")) && has("info")).then_some("openapi")
            }
        }
    }
}

fn title(head: &str) -> Option<String> {
    let line = head.lines().map(str::trim).find(|line| line.starts_with("title:") || line.starts_with("\"title\":"))?;
    let value = line.split_once(':')?.1.trim().trim_end_matches(',').trim_matches(['"', '\'']).trim();
    (!value.is_empty() && !value.contains(['{', '&', '*'])).then(|| value.to_owned())
}
