//! Relations come in pairs, one for each direction. Backstage's seven, and those of the settings.

use std::borrow::Cow;

/// A pair of relations: the forward one points up, to what is needed, or from user to used.
#[derive(Debug, Clone)]
pub struct RelationType {
    /// Its name from the entity that has it.
    pub forward: Cow<'static, str>,
    /// Its name from the other end.
    pub inverse: Cow<'static, str>,
    /// The heading over the targets, going forward.
    pub forward_label: Cow<'static, str>,
    /// The heading over the sources, going back.
    pub inverse_label: Cow<'static, str>,
}

/// One direction of one pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId {
    /// Which pair.
    pub pair: u16,
    /// Whether it is the inverse.
    pub inverse: bool,
}

impl RelationId {
    /// Its other direction.
    #[must_use]
    pub const fn flipped(self) -> Self {
        Self { inverse: !self.inverse, ..self }
    }

    const fn forward(pair: u16) -> Self {
        Self { pair, inverse: false }
    }

    /// `ownedBy`
    pub const OWNED_BY: Self = Self::forward(0);
    /// `partOf`
    pub const PART_OF: Self = Self::forward(1);
    /// `providesApi`
    pub const PROVIDES_API: Self = Self::forward(2);
    /// `consumesApi`
    pub const CONSUMES_API: Self = Self::forward(3);
    /// `dependsOn`
    pub const DEPENDS_ON: Self = Self::forward(4);
    /// `childOf`
    pub const CHILD_OF: Self = Self::forward(5);
    /// `memberOf`
    pub const MEMBER_OF: Self = Self::forward(6);
}

/// All pairs of a catalog.
#[derive(Debug, Clone)]
pub struct RelationTable(Vec<RelationType>);

impl Default for RelationTable {
    fn default() -> Self {
        let pair = |forward: &'static str,
                    inverse: &'static str,
                    forward_label: &'static str,
                    inverse_label: &'static str| RelationType {
            forward: forward.into(),
            inverse: inverse.into(),
            forward_label: forward_label.into(),
            inverse_label: inverse_label.into(),
        };
        Self(vec![
            pair("ownedBy", "ownerOf", "Owned by", "Owns"),
            pair("partOf", "hasPart", "Part of", "Contains"),
            pair("providesApi", "apiProvidedBy", "Provides", "Provided by"),
            pair("consumesApi", "apiConsumedBy", "Consumes", "Consumed by"),
            pair("dependsOn", "dependencyOf", "Depends on", "Dependency of"),
            pair("childOf", "parentOf", "Child of", "Parent of"),
            pair("memberOf", "hasMember", "Member of", "Members"),
        ])
    }
}

impl RelationTable {
    /// The direction with this name.
    pub fn find(&self, name: &str) -> Option<RelationId> {
        self.0.iter().zip(0u16..).find_map(|(pair, index)| {
            (pair.forward == name)
                .then_some(RelationId { pair: index, inverse: false })
                .or((pair.inverse == name).then_some(RelationId { pair: index, inverse: true }))
        })
    }

    /// The direction with this name, made with its inverse when it is new.
    pub fn find_or_add(&mut self, forward: &str, inverse: &str) -> RelationId {
        if let Some(known) = self.find(forward) {
            return known;
        }
        self.0.push(RelationType {
            forward: forward.to_owned().into(),
            inverse: inverse.to_owned().into(),
            forward_label: sentence(forward).into(),
            inverse_label: sentence(inverse).into(),
        });
        RelationId { pair: u16::try_from(self.0.len() - 1).unwrap_or(u16::MAX), inverse: false }
    }

    /// All pairs, Backstage's first.
    pub fn iter(&self) -> impl Iterator<Item = &RelationType> {
        self.0.iter()
    }

    /// The name of a direction.
    pub fn name(&self, id: RelationId) -> &str {
        let pair = &self.0[usize::from(id.pair)];
        if id.inverse { &pair.inverse } else { &pair.forward }
    }

    /// The heading for the targets of a direction.
    pub fn label(&self, id: RelationId) -> &str {
        let pair = &self.0[usize::from(id.pair)];
        if id.inverse { &pair.inverse_label } else { &pair.forward_label }
    }
}

/// `runsIn` as "Runs in".
pub fn sentence(name: &str) -> String {
    let mut out = String::new();
    for (index, character) in name.chars().enumerate() {
        if index == 0 {
            out.extend(character.to_uppercase());
        } else if character.is_uppercase() {
            out.push(' ');
            out.extend(character.to_lowercase());
        } else {
            out.push(character);
        }
    }
    out
}
