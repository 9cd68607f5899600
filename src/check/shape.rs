//! What a document must hold and what it may not: `missing-field`, `wrong-type`, `null-field`,
//! `empty-value`, `value-not-allowed`, `misplaced-field`, `unknown-root-field`, `misspelt-field`,
//! `unknown-field`. All come from one comparison with the table of kinds.

use crate::base::suggest;
use crate::diagnostics::{
    Diagnostic, EMPTY_VALUE, MISPLACED_FIELD, MISSING_FIELD, MISSPELT_FIELD, Mend, NOT_ALLOWED, NULL_FIELD,
    UNKNOWN_FIELD, UNKNOWN_ROOT_FIELD, WRONG_TYPE, did_you_mean,
};
use crate::model::{Catalog, Kind, envelope, metadata_shape};
use crate::parse::Envelope;
use crate::yaml::shape::{self, Misfit, MisfitKind, Shape};
use crate::yaml::{Node, pointer_parts};

use super::misplaced::{self, Misplaced};
use super::{Subject, mends};

pub(super) fn check(subject: &Subject<'_>, catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    let root = &subject.document.root;
    // A kind that is written in the wrong case is reported once; its fields are checked all the same.
    let kind = subject.kind.or_else(|| catalog.kinds.find(Envelope::of(root).kind?)).map(|id| catalog.kinds.get(id));
    let mut misfits = shape::check(root, &Shape::Object(envelope()), "", &[]);
    if let Some(kind) = kind {
        match root.get("spec") {
            Some(spec) => {
                let spec_type = spec.get("type").and_then(Node::as_str);
                if let Some(object) = kind.spec_for(spec_type).filter(|_| spec.is_map()) {
                    let none = Vec::new();
                    let known = catalog.kinds.extra_fields.get(&*kind.name).unwrap_or(&none);
                    misfits.extend(shape::check(spec, &Shape::Object(object), "/spec", known));
                }
            }
            None if kind.core => misfits.push(Misfit {
                pointer: String::new(),
                span: root.span,
                kind: MisfitKind::Missing {
                    field: "spec",
                    expected: "a map".to_owned(),
                    nearest: suggest::nearest("spec", unknown_keys(root)).map(str::to_owned),
                },
            }),
            None => {}
        }
    }
    let own = kind.and_then(|kind| catalog.kinds.extra_fields.get(&*kind.name)).map_or(&[][..], Vec::as_slice);
    let misplaced = misplaced::find(root, kind, own);
    let look = Look { subject, kind, catalog, misplaced: &misplaced };
    let in_view = |pointer: &str| !subject.is_not_in_view(pointer);
    findings.extend(
        misplaced.iter().filter(|one| in_view(&one.pointer)).map(|one| subject.at_key(one.finding(), &one.pointer)),
    );
    let is_misplaced = |misfit: &Misfit| {
        matches!(misfit.kind, MisfitKind::Unknown { .. }) && misplaced.iter().any(|one| one.pointer == misfit.pointer)
    };
    findings.extend(
        misfits
            .iter()
            .filter(|misfit| in_view(&misfit.pointer) && !is_misplaced(misfit))
            .filter_map(|misfit| finding(&look, misfit)),
    );
}

/// A document, and all that is known to be wrong with its shape.
struct Look<'a> {
    subject: &'a Subject<'a>,
    kind: Option<&'a Kind>,
    catalog: &'a Catalog,
    misplaced: &'a [Misplaced],
}

/// Keys of the root that have no meaning there.
fn unknown_keys(root: &Node) -> impl Iterator<Item = &str> {
    let known = |key: &str| envelope().fields.iter().any(|field| field.name == key);
    root.entries().iter().map(|entry| &*entry.key).filter(move |key| !known(key))
}

fn finding(look: &Look<'_>, misfit: &Misfit) -> Option<Diagnostic> {
    let Look { subject, kind, catalog, .. } = *look;
    let pointer = misfit.pointer.as_str();
    let name = dotted(pointer);
    Some(match &misfit.kind {
        MisfitKind::Missing { field, expected, nearest } => {
            let what = if pointer.is_empty() { "the document".to_owned() } else { format!("`{name}`") };
            let what = if pointer == "/spec" { kind.map_or(what, |kind| format!("the {}", kind.name)) } else { what };
            let finding = Diagnostic::new(&MISSING_FIELD, format!("{what} has no `{field}`")).subject(*field);
            let finding = finding.label(format!("`{field}` is missing here"));
            let root = &subject.document.root;
            let meant = (*field, nearest.as_deref());
            let finding = match misplaced::instead(meant, pointer, root, look.misplaced) {
                Some(instead) => {
                    let place = subject.document.key_place(&instead.pointer);
                    finding.help(instead.help).related(instead.words, place)
                }
                None => {
                    let mend = mends::placeholder(field, pointer, kind);
                    finding.help(missing_help(field, expected)).maybe_mend(mend).unsafely()
                }
            };
            let mut finding = subject.at_key(finding, pointer);
            if pointer.is_empty() {
                // The whole document would be marked: its first key will do.
                if let (Some(place), Some(first)) = (&mut finding.place, subject.document.root.entries().first()) {
                    place.span = first.key_span;
                }
            }
            finding
        }
        MisfitKind::WrongType { found: "null", expected } => {
            let finding = Diagnostic::new(&NULL_FIELD, format!("`{name}` is there, but holds nothing"));
            let empty = if expected.starts_with("a map") { " {}" } else { " []" };
            let collection = expected.starts_with("a map") || expected.starts_with("a list");
            let finding = if collection {
                let finding = finding.maybe_mend(mends::cleared(pointer, empty.trim(), kind, subject));
                finding.help(format!("write{empty} behind it, or delete the key: it must be {expected}"))
            } else {
                finding.help(format!("fill it in or delete the key: it must be {expected}"))
            };
            subject.at_key(finding, pointer)
        }
        MisfitKind::WrongType { expected, found } => {
            let finding = Diagnostic::new(&WRONG_TYPE, format!("`{name}` must be {expected}, but is {found}"));
            let finding = match subject.scalar_as_written(pointer).filter(|_| *found != "longer") {
                _ if pointer == "/spec/definition" && *found == "a map" => finding
                    .help("put it into a file and name that with `$text`, or write `|` behind the key to make it text"),
                Some(text) if expected.starts_with("text") => {
                    let mend = Mend::Text { pointer: pointer.to_owned(), to: text.clone() };
                    finding.help(format!("put it in quotes: \"{text}\"")).subject(text).mend(mend)
                }
                Some(text) if expected.starts_with("a list") => {
                    let is_one = *found == "text" && !text.contains([',', ' ', ':']);
                    let mend = is_one.then(|| Mend::List { pointer: pointer.to_owned() });
                    finding.help(format!("make it a list: [{text}]")).subject(text).maybe_mend(mend)
                }
                _ => finding,
            };
            subject.at_value(finding, pointer)
        }
        MisfitKind::Empty => {
            let finding = Diagnostic::new(&EMPTY_VALUE, format!("`{name}` must not be empty"));
            subject.at_value(finding, pointer)
        }
        MisfitKind::NotOneOf { allowed, found } => {
            let finding =
                Diagnostic::new(&NOT_ALLOWED, format!("`{found}` is no value of `{name}`")).subject(found.clone());
            let mend = mends::same_word(pointer, found, allowed);
            let finding = finding.maybe_mend(mend);
            let help = did_you_mean(found, allowed.iter().copied());
            let help = help.unwrap_or_else(|| format!("it is one of {}", suggest::either(allowed)));
            subject.at_value(finding.help(help), pointer)
        }
        MisfitKind::Unknown { key, nearest, tolerated: false, fits } => {
            let finding = root_field(key, *nearest, kind);
            let finding = finding.maybe_mend_where(*fits, || mends::renamed(pointer, *nearest));
            subject.at_key(finding, pointer)
        }
        MisfitKind::Unknown { key, nearest, tolerated: true, fits } => {
            let depth = pointer_parts(pointer).count();
            let in_spec = pointer.starts_with("/spec/");
            let finding = if depth == 2 { unknown(key, *nearest, in_spec, kind, catalog)? } else { return None };
            subject.at_key(finding.maybe_mend_where(*fits, || mends::renamed(pointer, *nearest)), pointer)
        }
    })
}

fn missing_help(field: &str, expected: &str) -> String {
    match field {
        "owner" => "name the group that answers for it: `owner: my-team`".to_owned(),
        "children" | "memberOf" => format!("write `{field}: []` when there are none"),
        "lifecycle" => "add `lifecycle: production`, or `experimental` or `deprecated`".to_owned(),
        _ => format!("add `{field}`; it is {expected}"),
    }
}

/// A key of the root that may not stand there.
fn root_field(key: &str, nearest: Option<&str>, kind: Option<&Kind>) -> Diagnostic {
    let has = |fields: &[shape::Field]| fields.iter().any(|field| field.name == key);
    let in_spec = kind.and_then(|kind| kind.spec).is_some_and(|spec| has(spec.fields));
    if matches!(key, "relations" | "status") {
        return Diagnostic::new(
            &UNKNOWN_ROOT_FIELD,
            format!("`{key}` is written by the catalog, not into descriptors"),
        )
        .subject(key)
        .help("delete it: relations are made from the fields of `spec`");
    }
    if in_spec || has(metadata_shape().fields) {
        let home = if in_spec { "spec" } else { "metadata" };
        return Diagnostic::new(&MISPLACED_FIELD, format!("`{key}` stands at the root, but belongs under `{home}`"))
            .subject(key)
            .help(format!("move it below `{home}:`, two spaces further in"))
            .mend(Mend::Move { from: String::new(), key: key.to_owned(), into: home });
    }
    let finding =
        Diagnostic::new(&UNKNOWN_ROOT_FIELD, format!("`{key}` may not stand at the root of an entity")).subject(key);
    match nearest {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(
            "the root has `apiVersion`, `kind`, `metadata` and `spec`; data of your own goes below one of the last two",
        ),
    }
}

/// A key of `spec` or `metadata` that nothing reads.
fn unknown(
    key: &str,
    nearest: Option<&str>,
    in_spec: bool,
    kind: Option<&Kind>,
    catalog: &Catalog,
) -> Option<Diagnostic> {
    let home = if in_spec { "spec" } else { "metadata" };
    let kind_name = kind.map_or("entity", |kind| &*kind.name);
    if let Some(near) = nearest {
        let message = format!("nothing reads `{home}.{key}`");
        return Some(Diagnostic::new(&MISSPELT_FIELD, message).subject(key).help(format!("did you mean `{near}`?")));
    }
    if !in_spec {
        return None;
    }
    let others = catalog.kinds.kinds_with_field(key);
    if others.is_empty() {
        let message = format!("nothing is known to read `spec.{key}`");
        return Some(
            Diagnostic::new(&UNKNOWN_FIELD, message)
                .subject(key)
                .help("declare it under `fields:` in catalog-config.yaml"),
        );
    }
    let message = format!("nothing reads `spec.{key}` of {} {kind_name}", article(kind_name));
    let help = format!("it is a field of {}", suggest::all_of(&others));
    Some(Diagnostic::new(&MISSPELT_FIELD, message).subject(key).help(help))
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['A', 'E', 'I', 'O', 'e']) { "an" } else { "a" }
}

fn dotted(pointer: &str) -> String {
    let mut out = String::new();
    for part in pointer_parts(pointer) {
        if part.parse::<usize>().is_ok() {
            out.push_str(&format!("[{part}]"));
        } else {
            if !out.is_empty() {
                out.push('.');
            }
            out.push_str(&part);
        }
    }
    out
}
