//! The rules over a linked catalog: each reads what stands above, writes diagnostics, changes
//! nothing. One file per rule, or per family of rules that share one look at the input.
//!
//! The core's own rules look at every document, also at those that are no entities. All others
//! stand in the two lists `OF_ENTITIES` and `OF_CATALOG`; a rule that is off is not run.

mod allowed_kinds;
mod architecture;
mod case_collision;
mod codeowners;
mod formats;
mod host_limit;
mod kinds;
mod lifecycle;
mod mends;
mod misplaced;
mod moves;
mod own_schema;
mod owners;
mod published;
mod references;
mod relations;
mod shape;
mod templates;
mod texts;
mod urls;
mod uses;

use rayon::prelude::*;

use crate::base::{FileId, Sources};
use crate::config::{Settings, World};
use crate::diagnostics::{self as rules, Diagnostic, Rule};
use crate::graph::{Graph, RelationTarget};
use crate::model::{Catalog, Document, Entity, EntityId, KindId, OriginState, Reference, RelationId};

pub use host_limit::host_limit;
pub use moves::{Move, New, Old, Problem as MoveProblem, moves};
pub use templates::{Refused, render_value};

/// What rules read.
pub struct Input<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// Its relations.
    pub graph: &'a Graph,
    /// The files.
    pub sources: &'a dyn Sources,
    /// The settings.
    pub settings: &'a Settings,
    /// The file of the settings, where there is one.
    pub settings_file: Option<FileId>,
}

impl Input<'_> {
    /// A finding at a reference.
    fn at_reference(&self, finding: Diagnostic, reference: &Reference) -> Diagnostic {
        let place = self.catalog.place(reference);
        let finding = if finding.subject.is_empty() { finding.subject(&*reference.text) } else { finding };
        finding.at(place.file, place.span).pointer(&*reference.pointer).entity(self.graph.key(reference.from))
    }

    /// A finding at a value of an entity.
    fn at_value(&self, finding: Diagnostic, entity: &Entity, pointer: &str) -> Diagnostic {
        let place = entity.place(pointer);
        finding.at(place.file, place.span).pointer(pointer).entity(entity.key())
    }

    /// Whether what is not in view may exist elsewhere.
    fn is_open(&self) -> bool {
        self.catalog.world == World::Open
    }

    /// Whether one relation of an entity leads to something that a published catalog has.
    fn leads_elsewhere(&self, entity: EntityId, relation: RelationId) -> bool {
        let is_elsewhere = |one: &crate::graph::Relation| match &one.target {
            RelationTarget::Unresolved(target) => self.catalog.elsewhere(target).is_some(),
            RelationTarget::Entity(_) => false,
        };
        self.catalog.published.is_some()
            && self.graph.relations(entity).iter().any(|one| one.relation == relation && is_elsewhere(one))
    }

    /// All groups.
    fn groups(&self) -> impl Iterator<Item = &Entity> {
        self.catalog.entities.iter().filter(|entity| entity.reference.kind.eq_ignore_ascii_case("group"))
    }

    fn is_api(&self, entity: &Entity) -> bool {
        entity.reference.kind.eq_ignore_ascii_case("api")
    }

    /// Whether an entity has a relation to anything, in view or not.
    fn has(&self, entity: EntityId, relation: RelationId) -> bool {
        self.graph.relations(entity).iter().any(|one| one.relation == relation)
    }
}

/// Rules that look at one entity, with the whole catalog in view.
type OfEntity = fn(&Entity, &Input<'_>, &mut Vec<Diagnostic>);

/// Rules that look at the catalog as a whole.
type OfCatalog = fn(&Input<'_>, &mut Vec<Diagnostic>);

/// What runs over each entity, in parallel, with the rules that it reports.
static OF_ENTITIES: &[(&[&Rule], OfEntity)] = &[
    (&[&rules::KIND_NOT_ALLOWED], allowed_kinds::check),
    (&[&rules::AMBIGUOUS_REFERENCE], relations::ambiguous::check),
    (&[&rules::DUPLICATE_REFERENCE], relations::duplicate::check),
    (&[&rules::MEMBERS_DISAGREE], relations::members::check),
    (&[&rules::PARENTS_DISAGREE], relations::parents::check),
    (&[&rules::REDUNDANT_RELATION], relations::redundant::check),
    (&[&rules::MISSING_OWNER], owners::missing::check),
    (&[&rules::OWNER_IS_USER], owners::user::check),
    (&[&rules::DEPRECATED_OWNER], owners::deprecated::check),
    (&[&rules::DEPENDS_ON_EXPERIMENTAL], architecture::depends_on_experimental::check),
    (&[&rules::DEPENDS_ON_DEPRECATED], architecture::depends_on_deprecated::check),
    (&[&rules::CONSUMES_DEPRECATED_API], architecture::consumes_deprecated::check),
    (&[&rules::API_WITHOUT_PROVIDER], architecture::api_without_provider::check),
    (&[&rules::API_WITHOUT_CONSUMER], architecture::api_without_consumer::check),
    (&[&rules::COMPONENT_WITHOUT_SYSTEM, &rules::SYSTEM_WITHOUT_DOMAIN], architecture::homeless::check),
    (&[&rules::FORBIDDEN_EDGE], architecture::edges::check),
    (&[&rules::ANNOTATION_VALUE], texts::annotation_values::check),
    (&[&rules::DEAD_LINK], texts::dead_links::check),
    (
        &[
            &rules::DEAD_LINK,
            &rules::DOCS_REFERENCE,
            &rules::DIAGRAM_NOT_RENDERED,
            &rules::DIAGRAM_SHOWN_AS_SOURCE,
            &rules::FORMULA_NOT_RENDERED,
            &rules::MARKDOWN_LIMIT,
        ],
        texts::described::check,
    ),
    (&[&rules::LINK_WITHOUT_TITLE], texts::untitled_links::check),
    (
        &[&rules::MISSING_DESCRIPTION, &rules::DESCRIPTION_REPEATS_NAME, &rules::PLACEHOLDER_TEXT],
        texts::descriptions::check,
    ),
    (templates::RULES, templates::check),
];

/// What runs once, with the rules that it reports.
static OF_CATALOG: &[(&[&Rule], OfCatalog)] = &[
    (&[&rules::HIERARCHY_CYCLE, &rules::DEPENDENCY_CYCLE, &rules::SELF_REFERENCE], relations::cycles::check),
    (&[&rules::BREAKS_REFERENCE], published::breaks::check),
    (&[&rules::UNKNOWN_TO_PUBLISHED], published::unknown::check),
    (&[&rules::SIMILAR_NAME], relations::similar::check),
    (&[&rules::GROUP_WITHOUT_MEMBERS], owners::empty_group::check),
    (&[&rules::GROUP_OWNS_NOTHING], owners::idle_group::check),
    (&[&rules::MISSPELT_ANNOTATION], texts::misspelt_annotation::check),
    (codeowners::RULES, codeowners::check),
];

/// Runs all rules.
pub fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let catalog = input.catalog;
    let schemas = own_schema::Schemas::new(catalog);
    let is_on = |rules: &[&Rule]| rules.iter().any(|rule| input.settings.levels.may_report(rule));
    let of_entities: Vec<OfEntity> =
        OF_ENTITIES.iter().filter(|(rules, _)| is_on(rules)).map(|(_, check)| *check).collect();
    let mut findings: Vec<Diagnostic> = catalog
        .entities
        .par_iter()
        .flat_map_iter(|entity| {
            let mut out = document(
                &Subject::new(&entity.document, Some(entity.key()), Some(entity.kind), input),
                catalog,
                &schemas,
            );
            of_entities.iter().for_each(|check| check(entity, input, &mut out));
            out
        })
        .collect();
    let rejected = catalog.rejected.par_iter().flat_map_iter(|rejected| {
        let key = rejected.reference.as_ref().map(crate::model::EntityRef::key);
        document(&Subject::new(&rejected.document, key, None, input), catalog, &schemas)
    });
    findings.extend(rejected.collect::<Vec<Diagnostic>>());
    codeowners::advise(input, &mut findings);
    findings.extend(references::check(input));
    let of_catalog: Vec<Vec<Diagnostic>> = OF_CATALOG
        .par_iter()
        .filter(|(rules, _)| is_on(rules))
        .map(|(_, check)| {
            let mut out = Vec::new();
            check(input, &mut out);
            out
        })
        .collect();
    findings.extend(of_catalog.into_iter().flatten());
    findings
}

/// The rules that look at one document.
fn document(subject: &Subject<'_>, catalog: &Catalog, schemas: &own_schema::Schemas) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    kinds::check(subject, catalog, &mut findings);
    shape::check(subject, catalog, &mut findings);
    formats::check(subject, &mut findings);
    urls::check(subject, &mut findings);
    case_collision::check(subject, &mut findings);
    own_schema::check(subject, schemas, &mut findings);
    findings
}

/// A document and what is known of it.
struct Subject<'a> {
    document: &'a Document,
    key: Option<String>,
    kind: Option<KindId>,
    sources: &'a dyn Sources,
}

impl<'a> Subject<'a> {
    fn new(document: &'a Document, key: Option<String>, kind: Option<KindId>, input: &Input<'a>) -> Self {
        Self { document, key, kind, sources: input.sources }
    }

    /// A scalar as it stands in the file: `1.10` where the tree has 1.1. `None` for anything else,
    /// and for what goes over several lines.
    fn scalar_as_written(&self, pointer: &str) -> Option<String> {
        self.document.root.pointer(pointer)?.scalar_text()?;
        let place = self.document.place(pointer);
        let text = self.sources.text(place.file).ok()?;
        // An alias says nothing of how it is written.
        let is_written = |text: &&str| !text.is_empty() && !text.contains('\n') && !text.starts_with('*');
        Some(text.slice(place.span)).filter(is_written).map(str::to_owned)
    }

    /// A finding at a value.
    fn at_value(&self, finding: Diagnostic, pointer: &str) -> Diagnostic {
        let place = self.document.place(pointer);
        self.finish(finding.at(place.file, place.span), pointer)
    }

    /// A finding at a key.
    fn at_key(&self, finding: Diagnostic, pointer: &str) -> Diagnostic {
        let place = self.document.key_place(pointer);
        self.finish(finding.at(place.file, place.span), pointer)
    }

    fn finish(&self, mut finding: Diagnostic, pointer: &str) -> Diagnostic {
        finding.entity.clone_from(&self.key);
        finding.pointer(pointer)
    }

    /// Whether what should stand at a pointer could not be brought in, so that nothing can be
    /// said about it.
    fn is_not_in_view(&self, pointer: &str) -> bool {
        self.document
            .origin_of(pointer)
            .is_some_and(|origin| matches!(origin.state, OriginState::NotFetched(_) | OriginState::Failed))
    }
}
