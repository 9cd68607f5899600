//! What is wrong with a protobuf file: types that are defined nowhere or twice, numbers that are
//! used twice, reserved or out of range. Looks at the definition itself; what it imports is checked
//! where it is a definition. Where an import is not in view, no name is called unknown.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::base::suggest;
use crate::diagnostics::{API_DEFINED_TWICE, API_FIELD_NUMBER, API_UNKNOWN_TYPE, Diagnostic};
use crate::refs::Home;

use super::ast::{Message, Name, Reserved, is_set};
use super::body::MAX_NUMBER;
use super::load::Loaded;
use super::names::{Found, Meaning, Names, SCALARS, join};

/// After so many mistakes of one kind in one definition, no more of it is reported.
const MAX_FINDINGS: usize = 50;

/// Numbers that the format keeps for itself.
const KEPT: std::ops::RangeInclusive<i64> = 19_000..=19_999;

/// Checks the first of the files.
pub(super) fn all(files: &[Loaded], names: &Names<'_>, home: &Home, findings: &mut Vec<Diagnostic>) {
    twice(files, names, home, findings);
    let Some(main) = files.first() else { return };
    let mut numbers = Vec::new();
    for entry in names.entries.iter().filter(|entry| entry.file == 0) {
        match entry.found {
            Found::Message(message) => fields(message, home, &mut numbers),
            Found::Enum(found) => {
                let values = found.values.iter().filter_map(|value| Some((&value.name, value.number?)));
                let unique = !is_set(&found.options, "allow_alias");
                used(values, &found.name, unique, &found.reserved, home, &mut numbers);
            }
        }
    }
    findings.extend(numbers.into_iter().take(MAX_FINDINGS));
    if files.iter().all(|file| file.missing.is_empty()) {
        unknown(main, names, home, findings);
    }
}

fn twice(files: &[Loaded], names: &Names<'_>, home: &Home, findings: &mut Vec<Diagnostic>) {
    let here = names.twice.iter().filter(|(second, _)| names.entries[*second].file == 0);
    for &(second, first) in here.take(MAX_FINDINGS) {
        let (second, first) = (&names.entries[second], &names.entries[first]);
        let place = home.place(second.name().span);
        findings.push(
            Diagnostic::new(&API_DEFINED_TWICE, format!("`{}` is defined twice", second.full))
                .at(place.file, place.span)
                .related("first defined here", files[first.file].place(home, first.name().span))
                .help("take one of them out, or give it another name")
                .subject(second.full.clone()),
        );
    }
}

type Number = (i64, crate::base::Span);

fn fields(message: &Message, home: &Home, findings: &mut Vec<Diagnostic>) {
    let numbers = message.fields.iter().filter_map(|field| Some((&field.name, field.number?)));
    used(numbers.clone(), &message.name, true, &message.reserved, home, findings);
    for (name, (number, span)) in numbers {
        if !(1..=MAX_NUMBER).contains(&number) || KEPT.contains(&number) {
            let place = home.place(span);
            let message = format!("the number {number} of `{}` cannot be used", name.text);
            let help = format!("numbers go from 1 to {MAX_NUMBER}, without {} to {}", KEPT.start(), KEPT.end());
            let finding = Diagnostic::new(&API_FIELD_NUMBER, message).at(place.file, place.span);
            findings.push(finding.help(help).subject(name.text.clone()));
        }
    }
}

/// Numbers that are used twice, where `unique` says that they may not be, or are reserved.
fn used<'a>(
    numbers: impl Iterator<Item = (&'a Name, Number)>,
    around: &Name,
    unique: bool,
    reserved: &Reserved,
    home: &Home,
    findings: &mut Vec<Diagnostic>,
) {
    let mut first: FxHashMap<i64, (&Name, Number)> = FxHashMap::default();
    let mut highest = 0;
    let mut wrong = Vec::new();
    for (name, (number, span)) in numbers {
        highest = highest.max(number);
        if let Some((other, (_, at))) = first.get(&number)
            && unique
        {
            let message = format!("`{}` and `{}` have the number {number}", other.text, name.text);
            wrong.push((message, name, span, Some(*at)));
        } else if reserved.ranges.iter().any(|(from, to)| (*from..=*to).contains(&number)) {
            wrong.push((format!("the number {number} of `{}` is reserved", name.text), name, span, None));
        } else if reserved.names.contains(&name.text) {
            wrong.push((format!("the name `{}` is reserved", name.text), name, name.span, None));
        }
        first.entry(number).or_insert((name, (number, span)));
    }
    for (message, name, span, other) in wrong {
        let place = home.place(span);
        let mut finding = Diagnostic::new(&API_FIELD_NUMBER, message).at(place.file, place.span);
        if let Some(other) = other {
            finding = finding.related("first used here", home.place(other));
        }
        let help = format!("take a number that nothing had before; the highest here is {highest}");
        findings.push(finding.help(help).subject(format!("{}.{}", around.text, name.text)));
    }
}

fn unknown(main: &Loaded, names: &Names<'_>, home: &Home, findings: &mut Vec<Diagnostic>) {
    let mut wanted: Vec<(String, &Name)> = Vec::new();
    let package = main.package();
    for entry in names.entries.iter().filter(|entry| entry.file == 0) {
        if let Found::Message(message) = entry.found {
            wanted.extend(message.fields.iter().map(|field| (entry.full.clone(), &field.of)));
            let added = message.extensions.iter().flat_map(|extend| &extend.fields);
            wanted.extend(added.map(|field| (entry.full.clone(), &field.of)));
        }
    }
    for method in main.file.services.iter().flat_map(|service| service.methods.iter()) {
        wanted.extend([(package.to_owned(), &method.input), (package.to_owned(), &method.output)]);
    }
    wanted.extend(
        main.file.extensions.iter().flat_map(|extend| &extend.fields).map(|field| (package.to_owned(), &field.of)),
    );
    let mut seen = FxHashSet::default();
    let mut count = 0;
    for (scope, name) in wanted {
        let unknown = matches!(names.meaning(&scope, &name.text), Meaning::Unknown) && !name.text.is_empty();
        if !unknown || !seen.insert(&name.text) || count >= MAX_FINDINGS {
            continue;
        }
        count += 1;
        let place = home.place(name.span);
        let finding = Diagnostic::new(&API_UNKNOWN_TYPE, format!("the type `{}` is not defined", name.text));
        findings
            .push(finding.at(place.file, place.span).help(help(&name.text, package, names)).subject(name.text.clone()));
    }
}

fn help(name: &str, package: &str, names: &Names<'_>) -> String {
    let inside = join(package, "");
    let known: Vec<&str> =
        names.entries.iter().map(|entry| entry.full.strip_prefix(inside.as_str()).unwrap_or(&entry.full)).collect();
    match suggest::nearest(name, known.iter().copied().chain(SCALARS)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "define it, or import the file that does".to_owned(),
    }
}
