//! What is wrong with a GraphQL schema: what cannot be read, types that are not defined or defined
//! twice, and fields of an interface that a type lacks. Looks at one definition alone: what a framework
//! brings in is not held against it, and a file beside it is only named.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::{Sources, Span, suggest};
use crate::diagnostics::{API_DEFINED_TWICE, API_INTERFACE_FIELD, API_SYNTAX, API_UNKNOWN_TYPE, Diagnostic, Rule};
use crate::refs::Home;

use super::beside;
use super::introspection::Problem;
use super::sdl::Mistake;
use super::types::{BUILT_IN, Field, Kind, Name, System, Type};

/// After so many mistakes of one kind in one definition, no more of it is reported.
const MAX_FINDINGS: usize = 50;

/// Beginnings of types that servers bring along: introspection, Federation, AppSync.
const BROUGHT_ALONG: [&str; 6] = ["__", "_", "AWS", "federation__", "link__", "join__"];

/// An answer to an introspection query that is none.
pub(super) fn unreadable(problem: &Problem, home: &Home) -> Diagnostic {
    at(
        &API_SYNTAX,
        format!("this answer to an introspection query cannot be read: {}", problem.message),
        problem.span,
        home,
    )
    .help("give the schema in GraphQL's schema language, or the whole answer with its `__schema`")
}

/// What the parser could not read.
pub(super) fn mistakes(mistakes: &[Mistake], home: &Home, findings: &mut Vec<Diagnostic>) {
    for mistake in mistakes.iter().take(MAX_FINDINGS) {
        let found = match mistake.found.as_str() {
            "" => "the end of the text".to_owned(),
            found => format!("`{}`", short(found)),
        };
        let finding = at(&API_SYNTAX, format!("GraphQL cannot be read here: {}", mistake.message), mistake.span, home);
        findings.push(finding.label(format!("found {found}")).subject(mistake.found.clone()));
    }
}

/// What does not fit together.
pub(super) fn system(system: &System, home: &Home, sources: &dyn Sources, findings: &mut Vec<Diagnostic>) {
    for twice in system.twice.iter().take(MAX_FINDINGS) {
        let finding = at(&API_DEFINED_TWICE, format!("`{}` is defined twice", twice.name), twice.second, home);
        let help = if twice.is_type {
            format!("write `extend` before what adds to `{}`, or take one of them out", twice.name)
        } else {
            "take one of them out".to_owned()
        };
        findings.push(
            finding.related("first defined here", home.place(twice.first)).help(help).subject(twice.name.clone()),
        );
    }
    unknown_types(system, home, sources, findings);
    let missing = system.types.iter().flat_map(|of| missing_fields(system, of)).take(MAX_FINDINGS);
    findings.extend(missing.map(|(of, interface, field)| {
        let message =
            format!("`{}` implements `{}` and lacks its field `{}`", of.name.text, interface.text, field.name.text);
        at(&API_INTERFACE_FIELD, message, interface.span, home)
            .related("the field of the interface", home.place(field.name.span))
            .help(format!("add `{}: {}`", field.name.text, field.of.text))
            .subject(format!("{}.{}", of.name.text, field.name.text))
    }));
}

fn unknown_types(system: &System, home: &Home, sources: &dyn Sources, findings: &mut Vec<Diagnostic>) {
    let imported = imported(system);
    let mut seen = FxHashSet::default();
    let mut unknown = Vec::new();
    let mut look = |name: &Name| {
        let text = name.text.as_str();
        let known = text.is_empty()
            || BUILT_IN.contains(&text)
            || system.get(text).is_some()
            || BROUGHT_ALONG.iter().any(|start| text.starts_with(start))
            || imported.contains(text);
        if !known && seen.insert(text.to_owned()) {
            unknown.push(name.clone());
        }
    };
    for of in &system.types {
        of.implements.iter().chain(&of.members).for_each(&mut look);
        for field in &of.fields {
            look(&field.of.name);
            field.arguments.iter().for_each(|argument| look(&argument.of.name));
        }
    }
    system.roots.iter().for_each(|(_, name)| look(name));
    let beside = if unknown.is_empty() { FxHashMap::default() } else { beside::types(home, sources) };
    for name in unknown.iter().take(MAX_FINDINGS) {
        let types = system.types.iter().filter(|of| of.kind != Kind::Directive).map(|of| of.name.text.as_str());
        let nearest = suggest::nearest(&name.text, types.chain(BUILT_IN));
        let finding = at(&API_UNKNOWN_TYPE, format!("the type `{}` is not defined", name.text), name.span, home);
        let help = match (beside.get(&name.text), nearest) {
            (Some(path), _) => {
                format!("`{path}` defines it; an API has one definition: join the files of the schema, and name that")
            }
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => "define it, as a `scalar` if it has no fields".to_owned(),
        };
        findings.push(finding.help(help).subject(name.text.clone()));
    }
}

/// Names that `@link(import: […])` brings in.
fn imported(system: &System) -> FxHashSet<&str> {
    let links = system.directives.iter().filter(|applied| applied.name.text == "link");
    let names = links.filter_map(|link| link.arguments.get("import")?.as_array()).flatten();
    names.filter_map(|name| name.as_str().or_else(|| name.get("as")?.as_str())).collect()
}

fn missing_fields<'a>(system: &'a System, of: &'a Type) -> Vec<(&'a Type, &'a Name, &'a Field)> {
    let mut missing = Vec::new();
    for name in &of.implements {
        let Some(interface) = system.get(&name.text).filter(|interface| interface.kind == Kind::Interface) else {
            continue;
        };
        // An extension of what another subgraph defines shows a part of it.
        if of.extends || interface.extends {
            continue;
        }
        let have: FxHashSet<&str> = of.fields.iter().map(|field| field.name.text.as_str()).collect();
        let lacks = interface.fields.iter().filter(|field| !have.contains(field.name.text.as_str()));
        missing.extend(lacks.map(|field| (of, name, field)));
    }
    missing
}

fn at(rule: &'static Rule, message: String, span: Span, home: &Home) -> Diagnostic {
    let place = home.place(span);
    Diagnostic::new(rule, message).at(place.file, place.span)
}

/// The beginning of a text in one line.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 { line.to_owned() } else { line.chars().take(39).chain(['…']).collect() }
}
