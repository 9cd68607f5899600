//! Who owns what.

use super::rules;

rules! {
    UNKNOWN_OWNER = "unknown-owner", Correctness,
        "the owner is no group or user of the catalog",
        "An owner that does not exist answers no question and no page. In an open world it is a warning.";
    OWNERS_NOT_IN_VIEW = "owners-not-in-view", Suspicious,
        "entities have owners, but no group is in view",
        "Groups and users often live in a directory (LDAP, Entra, the git host) and not in git. Without them owners cannot be checked. Name an export of them in the settings under `import:`.";
}
