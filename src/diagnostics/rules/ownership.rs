//! Who owns what.

use super::rules;

rules! {
    UNKNOWN_OWNER = "unknown-owner", Correctness,
        "the owner is no group or user of the catalog",
        "An owner that does not exist answers no question and no page. In an open world it is a warning.";
    OWNERS_NOT_IN_VIEW = "owners-not-in-view", Suspicious,
        "entities have owners, but no group is in view",
        "Groups and users often live in a directory (LDAP, Entra, the git host) and not in git. Without them owners cannot be checked. Name an export of them in the settings under `import:`.";
    MISSING_OWNER = "missing-owner", Completeness,
        "an entity that could have an owner has none",
        "Nobody is asked when it breaks, and nobody removes it when it is no longer used.";
    DEPRECATED_OWNER = "deprecated-owner", Suspicious,
        "the owner is deprecated",
        "A team that is about to go cannot answer for what stays.";
    GROUP_WITHOUT_MEMBERS = "group-without-members", Completeness,
        "a group that owns something has no members",
        "Ownership by nobody. Said only where other groups have members.";
    OWNER_IS_USER = "owner-is-user", Policy,
        "the owner is a person and not a group",
        "People change teams and go on holiday; what they own is then owned by nobody.";
    GROUP_OWNS_NOTHING = "group-owns-nothing", Policy,
        "a group owns nothing, and neither does a group below it",
        "It may be a team that is gone, or one whose services nobody has claimed.";
}
