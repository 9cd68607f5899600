//! `misplaced-field` below the root: what stands under `metadata` and belongs under `spec`, the
//! reverse, and what belongs to the root. Both maps may hold fields of one's own, so only what the
//! kind knows is looked at, and only where it is not in its own place as well.

use crate::diagnostics::{Diagnostic, Level, MISPLACED_FIELD, Mend};
use crate::model::{Kind, envelope, metadata_shape};
use crate::yaml::shape::{self, Field};
use crate::yaml::{Node, pointer_join};

/// A field that is in the wrong map.
pub(super) struct Misplaced {
    /// Where it is.
    pub(super) pointer: String,
    key: String,
    /// The map of the root that it is in.
    from: &'static str,
    /// The one that it belongs to; nothing for the root itself.
    home: &'static str,
    /// Whether it could stand there as it is.
    fits: bool,
    /// Whether it must stand there.
    required: bool,
}

/// Finds them. `own` are the names that the settings add to the fields of `spec`.
pub(super) fn find(root: &Node, kind: Option<&Kind>, own: &[String]) -> Vec<Misplaced> {
    let spec_type = root.at(&["spec", "type"]).and_then(Node::as_str);
    let of_spec = kind.and_then(|kind| kind.spec_for(spec_type)).map_or(&[][..], |spec| spec.fields);
    let of_metadata = metadata_shape().fields;
    let mut found = Vec::new();
    let mut look = |from: &'static str, home: &'static str, its: &'static [Field], fields: &'static [Field]| {
        let target = if home.is_empty() { Some(root) } else { root.get(home) };
        // Where there is no such map at all, that is what is wrong.
        if target.is_some_and(|target| !target.is_map() && !target.is_null()) {
            return;
        }
        let is_known = |key: &str| its.iter().any(|field| field.name == key);
        for entry in root.get(from).map(Node::entries).unwrap_or_default() {
            let Some(field) = fields.iter().find(|field| field.name == &*entry.key) else { continue };
            let is_own = from == "spec" && own.iter().any(|name| name.as_str() == &*entry.key);
            if is_known(&entry.key) || is_own || target.is_some_and(|target| target.entry(&entry.key).is_some()) {
                continue;
            }
            found.push(Misplaced {
                pointer: pointer_join(&format!("/{from}"), &entry.key),
                key: entry.key.to_string(),
                from,
                home,
                fits: shape::check(&entry.value, &field.shape, "", &[]).is_empty(),
                required: field.required || field.name == "spec",
            });
        }
    };
    look("metadata", "", of_metadata, envelope().fields);
    if !of_spec.is_empty() {
        look("metadata", "spec", of_metadata, of_spec);
        look("spec", "metadata", of_spec, of_metadata);
    }
    // Those are never written by people; and a map of this name in itself is no mistake of place.
    found.retain(|one| !matches!(&*one.key, "uid" | "etag" | "metadata"));
    found
}

impl Misplaced {
    /// The finding about it, without its place. Backstage takes it and reads nothing of it.
    pub(super) fn finding(&self) -> Diagnostic {
        let belongs = if self.home.is_empty() { "to the root".to_owned() } else { format!("under `{}`", self.home) };
        let message = format!("`{}` stands under `{}`, but belongs {belongs}", self.key, self.from);
        let finding = Diagnostic::new(&MISPLACED_FIELD, message)
            .with_level(Level::Warning)
            .subject(&*self.key)
            .help(self.advice())
            .maybe_mend(self.mend());
        if self.required { finding } else { finding.unsafely() }
    }

    fn advice(&self) -> String {
        if self.home.is_empty() {
            return "move it to the start of the line, with all that is below it".to_owned();
        }
        format!("move it below `{}:`", self.home)
    }

    fn mend(&self) -> Option<Mend> {
        let from = format!("/{}", self.from);
        self.fits.then(|| Mend::Move { from, key: self.key.clone(), into: self.home })
    }
}

/// What stands somewhere for a field that is missing, and is a finding of its own.
pub(super) struct Instead {
    /// Where it is.
    pub(super) pointer: String,
    /// What is said there.
    pub(super) words: &'static str,
    /// What to do.
    pub(super) help: String,
}

/// Looks for what was likely meant to be a field of the map at a pointer. The change that would
/// mend both is that of the other finding.
pub(super) fn instead(
    (field, nearest): (&str, Option<&str>),
    pointer: &str,
    root: &Node,
    misplaced: &[Misplaced],
) -> Option<Instead> {
    if let Some(near) = nearest {
        let help = format!("is `{near}` meant to be `{field}`?");
        return Some(Instead { pointer: pointer_join(pointer, near), words: "this may be meant", help });
    }
    let words = "it stands here";
    let home = pointer.trim_start_matches('/');
    if matches!(home, "metadata" | "spec") && root.entry(field).is_some() {
        let help = format!("`{field}` stands at the root: indent it below `{home}`");
        return Some(Instead { pointer: pointer_join("", field), words, help });
    }
    let other = misplaced.iter().find(|one| one.key == field && home == one.home)?;
    let help = format!("`{field}` stands under `{}`: {}", other.from, other.advice());
    Some(Instead { pointer: other.pointer.clone(), words, help })
}
