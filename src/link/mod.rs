//! Files to a catalog: which files hold descriptors, placeholders, Locations, duplicates, and
//! every reference to an id, once. Whatever is not as it should be becomes a finding, and
//! everything else goes on.

mod discover;
mod documents;
mod elsewhere;
mod failed;
mod imports;
mod locations;
mod placeholders;
mod references;
mod separators;
mod skeletons;

use globset::Glob;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::{FileId, Place, Sources};
use crate::config::{Discovery, Settings, World};
use crate::diagnostics::{DUPLICATE_ENTITY, Diagnostic};
use crate::model::{Catalog, Context, Document, Entity, EntityId, EntityRef, Failed, KindTable, Published, Rejected};
use crate::parse::Envelope;
use crate::yaml::Node;

/// What linking needs beside the files.
pub struct Input<'a> {
    /// The files.
    pub sources: &'a dyn Sources,
    /// The settings.
    pub settings: &'a Settings,
    /// The settings file, where there is one.
    pub settings_file: Option<FileId>,
    /// Open or closed.
    pub world: World,
    /// The kinds.
    pub kinds: KindTable,
    /// More entry points, patterns and modes by repository.
    pub discovery: Vec<DiscoveryRules>,
    /// What a published catalog has of the other repositories.
    pub published: Option<Published>,
}

/// How the descriptors of one repository are found.
#[derive(Debug, Clone, Default)]
pub struct DiscoveryRules {
    /// Patterns of more entry points.
    pub include: Vec<String>,
    /// What the settings say; by what is there when `None`.
    pub mode: Option<Discovery>,
}

/// Links everything.
pub fn link(input: Input<'_>) -> (Catalog, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let loaded = documents::load(&input, &mut findings);
    let mut found: Vec<Document> = loaded.documents;
    found.extend(imports::load(&input, &mut findings));
    let resolved: Vec<(Document, Vec<Diagnostic>)> =
        found.into_par_iter().map(|document| placeholders::resolve(document, input.sources)).collect();
    let mut named = Vec::new();
    let mut rejected = Vec::new();
    for (document, more) in resolved {
        findings.extend(more);
        match identify(&document, &input.kinds) {
            Ok((reference, kind)) => named.push((reference, kind, document)),
            Err(reference) => rejected.push(Rejected { reference, document }),
        }
    }
    let external = input.settings.external.iter().filter_map(|pattern| Glob::new(&pattern.to_lowercase()).ok());
    let mut catalog = Catalog {
        kinds: input.kinds,
        entities: entities(named, &mut rejected, &mut findings),
        references: Vec::new(),
        world: input.world,
        rejected,
        rejected_keys: FxHashMap::default(),
        failed: Failed::default(),
        external: external.map(|glob| glob.compile_matcher()).collect(),
        published: input.published,
        templated: loaded.templated,
        unreached: loaded.unreached,
        index: FxHashMap::default(),
    };
    catalog.index = catalog.entities.iter().map(|entity| (entity.key(), entity.id)).collect();
    catalog.failed =
        failed::gather((&loaded.unread, &loaded.skipped), &catalog.rejected, &catalog.kinds, input.sources);
    let rejected_keys = catalog.rejected.iter().enumerate();
    catalog.rejected_keys =
        rejected_keys.filter_map(|(at, rejected)| Some((rejected.reference.as_ref()?.key(), at))).collect();
    if let Some(published) = &mut catalog.published {
        elsewhere::keep_unreached(published, &catalog.unreached, input.sources);
    }
    elsewhere::duplicates(&catalog, input.sources, &mut findings);
    catalog.references = references::all(&catalog);
    (catalog, findings)
}

/// The reference and kind of a document; the reference alone, where it has one, when it is no
/// entity that can be shown.
fn identify(document: &Document, kinds: &KindTable) -> Result<(EntityRef, crate::model::KindId), Option<EntityRef>> {
    let envelope = Envelope::of(&document.root);
    let reference = envelope.kind.zip(envelope.namespace).zip(envelope.name).and_then(|((kind, namespace), name)| {
        EntityRef::from_parts(Some(kind), Some(namespace), name, Context::default()).ok()
    });
    let kind = envelope.api_version.zip(envelope.kind).and_then(|(version, kind)| kinds.recognise(version, kind));
    let has_spec = document.root.get("spec").is_some_and(Node::is_map);
    match (reference, kind) {
        (Some(reference), Some(kind)) if has_spec => Ok((reference, kind)),
        (reference, _) => Err(reference),
    }
}

/// Entities in the order of their references. Of several with one reference the first by
/// repository, path and place is kept; what git says goes before what was imported. The others are
/// rejected, and checked like the rest of those.
fn entities(
    named: Vec<(EntityRef, crate::model::KindId, Document)>,
    rejected: &mut Vec<Rejected>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Entity> {
    let mut keyed: Vec<(String, EntityRef, crate::model::KindId, Document)> =
        named.into_iter().map(|(reference, kind, document)| (reference.key(), reference, kind, document)).collect();
    keyed.sort_by(|a, b| (&a.0, a.3.imported, a.3.file, a.3.span).cmp(&(&b.0, b.3.imported, b.3.file, b.3.span)));
    let mut entities: Vec<Entity> = Vec::with_capacity(keyed.len());
    let mut last: Option<String> = None;
    for (key, reference, kind, document) in keyed {
        if last.as_deref() == Some(key.as_str()) {
            if let (Some(first), false) = (entities.last(), document.imported) {
                findings.push(duplicate(&key, first, &document));
                rejected.push(Rejected { reference: Some(reference), document });
            }
            continue;
        }
        last = Some(key);
        let id = EntityId(u32::try_from(entities.len()).unwrap_or(u32::MAX));
        entities.push(Entity { id, reference, kind, document });
    }
    entities
}

fn duplicate(key: &str, first: &Entity, second: &Document) -> Diagnostic {
    let place = second.place("/metadata/name");
    let first_place: Place = first.place("/metadata/name");
    Diagnostic::new(&DUPLICATE_ENTITY, format!("`{key}` is described twice"))
        .at(place.file, place.span)
        .label("described here again")
        .related("first described here; this one is shown", first_place)
        .pointer("/metadata/name")
        .entity(key)
        .subject(key)
        .help("give one of them another name or namespace, or delete it; upper and lower case make no difference")
}
