//! What Backstage's community processor makes of CODEOWNERS: an owner for entities that name none.

use super::{Dialect, parse};

/// The owner that Backstage's community processor takes for an entity whose descriptor is at a
/// path: the first of the rule that wins.
pub fn backstage_owner(text: &str, path: &str) -> Option<String> {
    let owners = parse(text, Dialect::GitHub);
    let owner = owners.owners(path).first().map(|owner| owner.kind.text())?;
    Some(backstage_name(&owner))
}

/// An owner as that processor writes it into `spec.owner`.
pub fn backstage_name(owner: &str) -> String {
    match owner.strip_prefix('@') {
        Some(name) => match name.rsplit_once('/') {
            Some((_, team)) => team.to_owned(),
            None => format!("User:{name}"),
        },
        None => owner.split('@').next().unwrap_or(owner).to_owned(),
    }
}
