//! Where a new finding is shown. Deleting a group breaks references in files that the change never
//! touched, and who made the change looks at its own lines: such a finding moves to the changed
//! line that causes it, and the place where it stands becomes the first related one. Where no such
//! line is known, a finding stays where it is.

use rustc_hash::FxHashMap;

use crate::base::{FileId, Place};
use crate::diagnostics::{At, DUPLICATE_ENTITY, Diagnostic, Related};
use crate::model::{Entity, Target};

use super::against::{State, counterpart};
use super::lines::{self, Hunk};
use super::lost::LostEntity;

/// Findings that are moved; with more, nobody reads them one by one.
const MAX_MOVED: usize = 5_000;

/// What a change did to a file of the head.
enum Change {
    /// Nothing, how its lines end aside.
    None,
    /// It is new.
    Added,
    /// It was changed here.
    Lines(Vec<Hunk>),
}

/// What causes a finding.
enum Cause {
    /// What stands here, in the head; what it was, and the key of the entity.
    Here(Place, String, String),
    /// What stood in a file that is gone: its path, the line, what it was, and the key of the entity.
    Gone(String, usize, String, String),
}

/// Two states, and what was found out about their differences.
pub(super) struct Anchors<'a> {
    base: State<'a>,
    head: State<'a>,
    changes: FxHashMap<FileId, Change>,
    moved: usize,
}

/// What was found out about a finding.
#[derive(Default)]
pub(super) struct Anchored {
    /// Whether it stands now where it is caused.
    pub(super) moved: bool,
    /// The entity that it lost.
    pub(super) lost: Option<LostEntity>,
}

impl From<bool> for Anchored {
    fn from(moved: bool) -> Self {
        Self { moved, lost: None }
    }
}

impl<'a> Anchors<'a> {
    pub(super) fn new(base: State<'a>, head: State<'a>) -> Self {
        Self { base, head, changes: FxHashMap::default(), moved: 0 }
    }

    /// Moves a finding to what causes it, if that is known.
    pub(super) fn anchor(&mut self, finding: &mut Diagnostic) -> Anchored {
        let Some(place) = finding.place.filter(|_| self.moved < MAX_MOVED) else { return Anchored::default() };
        if finding.rule.code == DUPLICATE_ENTITY.code {
            return self.newer_first(finding, place).into();
        }
        if !matches!(self.change(place.file), Change::None) {
            return Anchored::default();
        }
        match self.lost_target(finding) {
            Some(Cause::Here(cause, what, key)) => {
                let words = self.with_owner("the reference that no longer resolves", finding);
                self.show(finding, cause, Some(format!("{what} stood here before")), words);
                Anchored { moved: true, lost: Some(LostEntity { key, stood: String::new() }) }
            }
            Some(Cause::Gone(path, line, what, key)) => {
                let stood = format!("; {what} stood in `{path}:{line}`, which was deleted");
                finding.message.push_str(&stood);
                Anchored { moved: false, lost: Some(LostEntity { key, stood }) }
            }
            None => self.related_change(finding).into(),
        }
    }

    /// The entity that a reference led to before, where it leads to nothing now.
    fn lost_target(&mut self, finding: &Diagnostic) -> Option<Cause> {
        let entity = self.head.catalog.find(finding.entity.as_deref()?)?;
        let pointer = finding.pointer.as_deref()?;
        let references = self.head.catalog.references_of(entity.id);
        let reference = references.iter().find(|reference| &*reference.pointer == pointer)?;
        let Target::Unresolved(target) = &reference.target else { return None };
        let lost = self.base.catalog.find(&target.key())?;
        let what = format!("`{}`", lost.reference.short());
        let place = lost.place("/metadata/name");
        let at = |place: Place| {
            let text = self.base.sources.text(place.file).ok();
            text.map_or(1, |text| text.position(place.span.start).line)
        };
        let line = at(place);
        let Some(file) = counterpart(place.file, self.base.sources, self.head.sources) else {
            return Some(Cause::Gone(self.base.sources.display_path(place.file), line, what, lost.key()));
        };
        if let Some(place) = self.nearest(file, line - 1) {
            return Some(Cause::Here(place, what, lost.key()));
        }
        // It is still there, and nothing leads to it any more: the file that did has changed.
        let entry = counterpart(lost.entry_point, self.base.sources, self.head.sources)?;
        self.nearest(entry, 0).map(|place| Cause::Here(place, format!("what led to {what}"), lost.key()))
    }

    /// The change of a file that is nearest to a line of the base, from 0.
    fn nearest(&mut self, file: FileId, line: usize) -> Option<Place> {
        let text = self.head.sources.text(file).ok()?;
        let Change::Lines(hunks) = self.change(file) else { return None };
        let line = lines::nearest(hunks, line)?;
        Some(Place::new(file, lines::span(&text, line)))
    }

    /// Of two descriptions of one entity the one that was not there before comes first.
    fn newer_first(&mut self, finding: &mut Diagnostic, place: Place) -> bool {
        let Some(first) = finding.related.first().and_then(Related::place) else { return false };
        let Some(before) = finding.entity.as_deref().and_then(|key| self.base.catalog.find(key)) else { return false };
        let old = counterpart(before.file, self.base.sources, self.head.sources);
        if first.file == place.file || old != Some(place.file) || matches!(self.change(first.file), Change::None) {
            return false;
        }
        finding.related.remove(0);
        let words = self.with_owner("described here before", finding);
        self.show(finding, first, Some("described here again".to_owned()), words);
        true
    }

    /// A related place that changed, where the finding's own did not.
    fn related_change(&mut self, finding: &mut Diagnostic) -> bool {
        let places: Vec<Option<Place>> = finding.related.iter().map(Related::place).collect();
        let changed = places
            .iter()
            .enumerate()
            .find_map(|(at, place)| Some((at, (*place)?)).filter(|(_, place)| self.is_changed(*place)));
        let Some((at, place)) = changed else { return false };
        let cause = finding.related.remove(at);
        let what = finding.label.clone().unwrap_or_else(|| "what it is about".to_owned());
        let words = self.with_owner(&what, finding);
        self.show(finding, place, Some(cause.message), words);
        true
    }

    fn show(&mut self, finding: &mut Diagnostic, cause: Place, label: Option<String>, words: String) {
        let Some(place) = finding.place.replace(cause) else { return };
        finding.related.insert(0, Related { message: words, at: At::Here(place) });
        finding.label = label;
        // It names a value of the place that was left.
        finding.pointer = None;
        self.moved += 1;
    }

    fn is_changed(&mut self, place: Place) -> bool {
        let Ok(text) = self.head.sources.text(place.file) else { return false };
        let line = text.position(place.span.start).line - 1;
        match self.change(place.file) {
            Change::None => false,
            Change::Added => true,
            Change::Lines(hunks) => lines::is_changed(hunks, line),
        }
    }

    fn change(&mut self, file: FileId) -> &Change {
        let (base, head) = (self.base.sources, self.head.sources);
        self.changes.entry(file).or_insert_with(|| {
            let Some(old) = counterpart(file, head, base) else { return Change::Added };
            let (Ok(old), Ok(new)) = (base.text(old), head.text(file)) else { return Change::None };
            let hunks = lines::hunks(&old, &new);
            if hunks.is_empty() { Change::None } else { Change::Lines(hunks) }
        })
    }

    /// Words, and who owns the entity that a finding is about: they are to be asked.
    fn with_owner(&self, words: &str, finding: &Diagnostic) -> String {
        let entity = finding.entity.as_deref().and_then(|key| self.head.catalog.find(key));
        match entity.and_then(|entity| self.owner(entity)) {
            Some(owner) => format!("{words}, owned by `{owner}`"),
            None => words.to_owned(),
        }
    }

    fn owner(&self, entity: &Entity) -> Option<String> {
        let catalog = self.head.catalog;
        let references = catalog.references_of(entity.id);
        let owner = references.iter().find(|reference| catalog.field(reference).is_owner())?;
        match &owner.target {
            Target::Entity(id) => Some(catalog.entity(*id).reference.short()),
            Target::Unresolved(reference) => Some(reference.short()),
            Target::Malformed(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::MemorySources;
    use crate::config::Settings;
    use crate::diagnostics::{DANGLING_REFERENCE, DEPENDS_ON_DEPRECATED};
    use crate::link::{self, DiscoveryRules};
    use crate::model::{Catalog, KindTable, World};

    const USER: (&str, &str) = (
        "a/catalog-info.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a}\nspec:\n  type: x\n  lifecycle: y\n  owner: team\n  dependsOn: [resource:db]\n",
    );

    fn resource(name: &str) -> String {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata:\n  name: {name}\nspec: {{type: x, owner: team}}\n"
        )
    }

    fn linked(files: &[(&str, &str)]) -> (MemorySources, Catalog, Vec<(Diagnostic, String)>) {
        let sources = MemorySources::single("shop", files);
        let settings = Settings::default();
        let input = link::Input {
            sources: &sources,
            settings: &settings,
            settings_file: None,
            world: World::Closed,
            kinds: KindTable::default(),
            discovery: vec![DiscoveryRules::default()],
            published: None,
        };
        let (catalog, findings) = link::link(input);
        (sources, catalog, findings.into_iter().map(|finding| (finding, String::new())).collect())
    }

    /// Where a finding about `dependsOn` of `a` is shown, `file:line`, and what it says.
    fn shown(
        base: &[(&str, &str)],
        head: &[(&str, &str)],
        finding: impl Fn(&Catalog) -> Diagnostic,
    ) -> (String, Diagnostic) {
        let (base, head) = (linked(base), linked(head));
        let base = State { catalog: &base.1, sources: &base.0, findings: &base.2 };
        let head = State { catalog: &head.1, sources: &head.0, findings: &head.2 };
        let mut finding = finding(head.catalog);
        Anchors::new(base, head).anchor(&mut finding);
        let place = finding.place.unwrap();
        let line = head.sources.text(place.file).unwrap().position(place.span.start).line;
        (format!("{}:{line}", head.sources.path(place.file)), finding)
    }

    fn dangling(catalog: &Catalog) -> Diagnostic {
        let place = catalog.find("component:default/a").unwrap().place("/spec/dependsOn/0");
        Diagnostic::new(&DANGLING_REFERENCE, "there is no resource `resource:db`")
            .at(place.file, place.span)
            .pointer("/spec/dependsOn/0")
            .entity("component:default/a")
    }

    #[test]
    fn a_reference_that_broke_is_shown_where_its_target_stood() {
        let db = ("b/catalog-info.yaml", &*resource("db"));
        let (place, finding) = shown(&[USER, db], &[USER, (db.0, &resource("cache"))], dangling);
        assert_eq!(place, "b/catalog-info.yaml:4");
        assert_eq!(finding.label.as_deref(), Some("`resource:db` stood here before"));
        assert_eq!(finding.related[0].message, "the reference that no longer resolves, owned by `group:team`");
        assert_eq!(finding.pointer, None);
        let (place, _) = shown(&[USER, db], &[USER, (db.0, "\n")], dangling);
        assert_eq!(place, "b/catalog-info.yaml:1");
    }

    #[test]
    fn a_finding_stays_where_its_cause_is_not_known() {
        let db = ("b/catalog-info.yaml", &*resource("db"));
        let at_home = "a/catalog-info.yaml:8";
        let (place, finding) = shown(&[USER, db], &[USER], dangling);
        assert_eq!(place, at_home);
        assert!(finding.message.ends_with("; `resource:db` stood in `b/catalog-info.yaml:4`, which was deleted"));
        assert_eq!(shown(&[USER], &[USER], dangling).0, at_home, "it was broken before");
        assert_eq!(shown(&[db], &[USER, (db.0, "\n")], dangling).0, at_home, "its own file is new");
        let changed = format!("# changed\n{}", USER.1);
        let head = [(USER.0, &*changed), (db.0, "\n")];
        assert_eq!(shown(&[USER, db], &head, dangling).0, "a/catalog-info.yaml:9", "its own file changed");
    }

    #[test]
    fn a_related_place_that_changed_comes_first() {
        let deprecated = resource("db").replace("type: x", "type: y");
        let db = ("b/catalog-info.yaml", &*resource("db"));
        let finding = |catalog: &Catalog| {
            let target = catalog.find("resource:default/db").unwrap().place("/spec/type");
            let mut finding = dangling(catalog).related("it says so here", target).label("used here");
            finding.rule = &DEPENDS_ON_DEPRECATED;
            finding
        };
        let (place, moved) = shown(&[USER, db], &[USER, (db.0, &deprecated)], finding);
        assert_eq!(place, "b/catalog-info.yaml:5");
        assert_eq!(moved.label.as_deref(), Some("it says so here"));
        assert_eq!(moved.related[0].message, "used here, owned by `group:team`");
        assert_eq!(shown(&[USER, db], &[USER, db], finding).0, "a/catalog-info.yaml:8");
    }
}
