//! References that lead nowhere, or to the wrong kind: `dangling-reference`, `unknown-owner`,
//! `impossible-reference`, `owners-not-in-view`, `wrong-target-kind`, `reference-without-kind`, `invalid-reference`.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::base::suggest;
use crate::config::World;
use crate::diagnostics::{
    DANGLING_REFERENCE, Diagnostic, IMPOSSIBLE_REFERENCE, INVALID_REFERENCE, Level, Mend, OWNERS_NOT_IN_VIEW,
    REFERENCE_WITHOUT_KIND, UNKNOWN_OWNER, WRONG_TARGET_KIND,
};
use crate::model::{
    Catalog, DEFAULT_NAMESPACE, EntityId, EntityRef, Reference, ReferenceError, ReferenceField, Target, format,
};

use super::Input;

/// Findings for which the nearest name is looked up; beyond that the catalog has other worries.
const MOST_SUGGESTIONS: usize = 256;

pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let catalog = input.catalog;
    let mut checker = Checker {
        catalog,
        names: Names::new(catalog),
        owners_in_view: catalog.has_groups(),
        unresolved_owners: Vec::new(),
        suggestions: 0,
    };
    let mut findings: Vec<Diagnostic> =
        catalog.references.iter().filter_map(|reference| checker.reference(reference)).collect();
    findings.extend(checker.owners_not_in_view());
    findings
}

struct Checker<'a> {
    catalog: &'a Catalog,
    names: Names<'a>,
    owners_in_view: bool,
    unresolved_owners: Vec<&'a Reference>,
    suggestions: usize,
}

impl<'a> Checker<'a> {
    fn reference(&mut self, reference: &'a Reference) -> Option<Diagnostic> {
        let field = self.catalog.field(reference);
        let finding = match &reference.target {
            Target::Malformed(ReferenceError::NoKind) => self.without_kind(reference, field),
            Target::Malformed(error) => {
                let message = format!("`{}` is no reference: {error}", reference.text);
                Diagnostic::new(&INVALID_REFERENCE, message)
                    .help("write it as `kind:namespace/name`; kind and namespace may be left out")
            }
            Target::Entity(id) => {
                let target = &self.catalog.entity(*id).reference;
                if field.takes(&target.kind) {
                    return None;
                }
                wrong_kind(reference, field, target)
            }
            Target::Unresolved(target) => {
                if !field.takes(&target.kind) {
                    wrong_kind(reference, field, target)
                } else {
                    self.unresolved(reference, field, target)?
                }
            }
        };
        let place = self.catalog.place(reference);
        let entity = self.catalog.entity(reference.from);
        Some(
            finding
                .at(place.file, place.span)
                .pointer(&*reference.pointer)
                .entity(entity.key())
                .subject(&*reference.text),
        )
    }

    fn without_kind(&self, reference: &Reference, field: &ReferenceField) -> Diagnostic {
        let message = format!("`{}` in `{}` does not say its kind", reference.text, field.dotted());
        let finding = Diagnostic::new(&REFERENCE_WITHOUT_KIND, message);
        let name = reference.text.rsplit('/').next().unwrap_or("");
        let candidates: Vec<String> = self
            .names
            .with_name(name)
            .filter(|reference| field.takes(&reference.kind))
            .map(|reference| format!("`{}`", reference.short()))
            .take(5)
            .collect();
        match candidates.len() {
            0 => finding.help(format!("put the kind before it: `component:{0}` or `resource:{0}`", reference.text)),
            1 => {
                let full = candidates[0].trim_matches('`').to_owned();
                let mend = Mend::Text { pointer: reference.pointer.to_string(), to: full };
                finding.help(format!("did you mean {}?", candidates[0])).mend(mend)
            }
            _ => finding.help(format!("put the kind before it: {}", suggest::either(&candidates))),
        }
    }

    fn unresolved(
        &mut self,
        reference: &'a Reference,
        field: &ReferenceField,
        target: &EntityRef,
    ) -> Option<Diagnostic> {
        if self.catalog.is_external(target) || self.catalog.elsewhere(target).is_some() {
            return None;
        }
        let key = target.key();
        // What is wrong with the entity is said where it stands.
        if self.catalog.is_broken(&key) {
            return None;
        }
        if field.is_owner() && !self.owners_in_view && impossible(target).is_none() {
            self.unresolved_owners.push(reference);
            return None;
        }
        let (rule, message) = if let Some(fault) = impossible(target) {
            (&IMPOSSIBLE_REFERENCE, format!("`{}` can be no entity: {fault}", reference.text))
        } else if field.is_owner() {
            let noun = if target.kind.eq_ignore_ascii_case("user") { "user" } else { "group" };
            (&UNKNOWN_OWNER, format!("there is no {noun} `{}`", reference.text))
        } else {
            let kind = self.catalog.kinds.find(&target.kind).map(|id| self.catalog.kinds.get(id));
            let noun = kind.map_or_else(|| target.kind.to_lowercase(), |kind| noun(&kind.name));
            (&DANGLING_REFERENCE, format!("there is no {noun} `{}`", reference.text))
        };
        let help = match impossible(target) {
            Some(_) => Some(self.possible(reference, target, field)),
            None => self.suggestion(target, field),
        };
        // Where all is in view and one name is near, it may be what was meant.
        let near = if self.catalog.world == World::Closed { help.as_deref().and_then(meant) } else { None };
        let mend = near.map(|to| Mend::Text { pointer: reference.pointer.to_string(), to: to.to_owned() });
        let finding = Diagnostic::new(rule, message).maybe_mend(mend).unsafely();
        Some(match (self.catalog.world, help) {
            (World::Closed, Some(help)) => finding.help(help),
            (World::Closed, None) => finding.help(format!(
                "describe `{key}` in a descriptor, or declare it under `external:` in catalog-config.yaml"
            )),
            (World::Open, help) => {
                let view = "the rest of the organisation was not in view: check the whole workspace, or declare it under `external:` in catalog-config.yaml";
                let help = help.map_or_else(|| view.to_owned(), |help| format!("{help} Else, {view}"));
                finding.with_level(Level::Warning).help(help)
            }
        })
    }

    /// What was likely meant by a reference that cannot be one.
    fn possible(&mut self, reference: &Reference, target: &EntityRef, field: &ReferenceField) -> String {
        let text = reference.text.trim();
        if let Some(user) = self.names.with_email(text) {
            let user = shown(&user.reference, field);
            return if field.takes("User") {
                format!("did you mean `{user}`?")
            } else {
                format!("that is the address of `{user}`, which cannot stand here")
            };
        }
        // `@org/team` and `@name`, as CODEOWNERS has them; else the words joined.
        let last = text.rsplit('/').next().unwrap_or(text);
        let joined = last.trim_start_matches('@').split_whitespace().collect::<Vec<_>>().join("-").to_lowercase();
        let meant = EntityRef { name: joined, namespace: DEFAULT_NAMESPACE.to_owned(), kind: target.kind.clone() };
        if self.catalog.index.contains_key(&meant.key()) || self.catalog.elsewhere(&meant).is_some() {
            let name = self.catalog.find(&meant.key()).map_or(&meant, |entity| &entity.reference);
            return format!("did you mean `{}`?", shown(name, field));
        }
        self.suggestion(&meant, field)
            .unwrap_or_else(|| "write the name of an entity; what people read is its `title`".to_owned())
    }

    fn suggestion(&mut self, target: &EntityRef, field: &ReferenceField) -> Option<String> {
        self.suggestions += 1;
        if self.suggestions > MOST_SUGGESTIONS {
            return None;
        }
        let lower = target.name.to_lowercase();
        let same_name = self.names.with_name(&lower).find(|reference| field.takes(&reference.kind));
        if let Some(reference) = same_name {
            let what = if reference.kind.eq_ignore_ascii_case(&target.kind) {
                "in another namespace"
            } else {
                "of another kind"
            };
            return Some(format!("there is one {what}: did you mean `{}`?", reference.short()));
        }
        let near = self.names.nearest(&target.kind, &lower)?;
        Some(format!("did you mean `{}`?", shown(near, field)))
    }

    /// One word about all owners, where there is nobody to own.
    fn owners_not_in_view(&self) -> Option<Diagnostic> {
        // The one that could not be read would be one.
        let first = self.unresolved_owners.first().filter(|_| !self.catalog.failed.has_kind("group"))?;
        let mut names: Vec<&str> = self.unresolved_owners.iter().map(|reference| &*reference.text).collect();
        names.sort_unstable();
        names.dedup();
        let (entities, owners) = (self.unresolved_owners.len(), names.len());
        let message = format!(
            "no group is in view, so {} of {} could not be looked up",
            plural(owners, "owner"),
            if entities == 1 { "1 entity".to_owned() } else { format!("{entities} entities") }
        );
        let place = self.catalog.place(first);
        Some(
            Diagnostic::new(&OWNERS_NOT_IN_VIEW, message)
                .at(place.file, place.span)
                .label("this one, for example")
                .pointer(&*first.pointer)
                .subject("owners")
                .help("name a file with your groups and users under `import:` in catalog-config.yaml; it may be the answer of Backstage's catalog API, or an export of your directory"),
        )
    }
}

/// The name that advice asks about.
fn meant(help: &str) -> Option<&str> {
    help.rsplit_once("did you mean `")?.1.strip_suffix("`?")
}

/// Why no entity can have a reference: its kind, namespace or name is written as none can be.
fn impossible(target: &EntityRef) -> Option<&'static str> {
    let name = &target.name;
    if name.contains('@') && name.contains('.') {
        Some("it is an e-mail address")
    } else if name.starts_with('@') || target.namespace.starts_with('@') {
        Some("it is a handle")
    } else if name.contains(char::is_whitespace) {
        Some("it has blanks in it")
    } else if !format::is_name(name) {
        Some("its name has characters that names may not have")
    } else if !format::is_namespace(&target.namespace.to_lowercase()) {
        Some("its namespace has characters that namespaces may not have")
    } else {
        None
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['A', 'a', 'E', 'e', 'I', 'i', 'O', 'o']) { "an" } else { "a" }
}

fn noun(kind: &str) -> String {
    if kind.chars().all(char::is_uppercase) { kind.to_owned() } else { kind.to_lowercase() }
}

/// A reference as it would be written in a field: without the kind where the field has it.
fn shown(reference: &EntityRef, field: &ReferenceField) -> String {
    let default = field.default_kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case(&reference.kind));
    let short = reference.short();
    if default { short.split_once(':').map_or(short.clone(), |(_, rest)| rest.to_owned()) } else { short }
}

fn wrong_kind(reference: &Reference, field: &ReferenceField, target: &EntityRef) -> Diagnostic {
    let kind = noun(&target.kind);
    let message =
        format!("`{}` is {} {kind}, which cannot stand in `{}`", reference.text, article(&kind), field.dotted());
    let finding = Diagnostic::new(&WRONG_TARGET_KIND, message);
    let kinds: Vec<String> = field.kinds.iter().map(|kind| format!("`{}:…`", kind.to_lowercase())).collect();
    finding.help(format!("the field takes {}", suggest::either(&kinds)))
}

/// Names of entities, to find the one that was meant.
struct Names<'a> {
    catalog: &'a Catalog,
    here: NameIndex<'a>,
    /// Those of other repositories, gathered when somebody asks: there may be very many.
    elsewhere: OnceCell<NameIndex<'a>>,
    /// Users by address, gathered when somebody asks.
    by_email: OnceCell<FxHashMap<String, EntityId>>,
}

/// References by name, and by kind and length of the name.
#[derive(Default)]
struct NameIndex<'a> {
    by_name: FxHashMap<String, Vec<&'a EntityRef>>,
    by_kind_and_length: FxHashMap<(String, usize), Vec<&'a EntityRef>>,
}

impl<'a> NameIndex<'a> {
    fn new(references: impl Iterator<Item = &'a EntityRef>) -> Self {
        let mut index = Self::default();
        for reference in references {
            let name = reference.name.to_lowercase();
            let length = name.chars().count();
            index.by_kind_and_length.entry((reference.kind.to_lowercase(), length)).or_default().push(reference);
            index.by_name.entry(name).or_default().push(reference);
        }
        index
    }
}

impl<'a> Names<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let here = NameIndex::new(catalog.entities.iter().map(|entity| &entity.reference));
        Self { catalog, here, elsewhere: OnceCell::new(), by_email: OnceCell::new() }
    }

    /// What is in view, then what is published from elsewhere.
    fn both(&self) -> [&NameIndex<'a>; 2] {
        let published = || {
            let references = self.catalog.published.as_ref().map(crate::model::Published::references);
            NameIndex::new(references.unwrap_or_default().iter())
        };
        [&self.here, self.elsewhere.get_or_init(published)]
    }

    /// The user with an e-mail address.
    fn with_email(&self, text: &str) -> Option<&'a crate::model::Entity> {
        let by_email = self.by_email.get_or_init(|| {
            let address = |entity: &'a crate::model::Entity| entity.text(&["spec", "profile", "email"]);
            let users = self.catalog.entities.iter();
            users.filter_map(|entity| Some((address(entity)?.to_lowercase(), entity.id))).collect()
        });
        by_email.get(&text.to_lowercase()).map(|&id| self.catalog.entity(id))
    }

    fn with_name(&self, name: &str) -> impl Iterator<Item = &'a EntityRef> + '_ {
        let name = name.to_lowercase();
        self.both().into_iter().filter_map(move |index| index.by_name.get(&name)).flatten().copied()
    }

    /// The entity of a kind whose name is nearest.
    fn nearest(&self, kind: &str, name: &str) -> Option<&'a EntityRef> {
        let length = name.chars().count();
        let kind = kind.to_lowercase();
        let both = self.both();
        let of_length = |length: usize| {
            let key = (kind.clone(), length);
            both.into_iter().filter_map(move |index| index.by_kind_and_length.get(&key)).flatten().copied()
        };
        let candidates: Vec<&EntityRef> = (length.saturating_sub(2)..=length + 2).flat_map(of_length).collect();
        let near = suggest::nearest(name, candidates.iter().map(|reference| reference.name.as_str()))?;
        candidates.into_iter().find(|reference| reference.name == near)
    }
}
