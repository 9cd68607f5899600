//! CODEOWNERS: what the host asks to review, against what the catalog says.

use super::rules;

rules! {
    CODEOWNERS_DISAGREE = "codeowners-disagree", Suspicious,
        "CODEOWNERS gives the folder of an entity to others than its owner",
        "One of the two is out of date: either the wrong team is asked to review, or the wrong one is called at night. Nothing is said where an owner is not known to the catalog, where the owner has any file of the folder, where only a rule for everything matches a folder below the root, or where the folder holds descriptors alone.";
    CODEOWNERS_UNKNOWN_OWNER = "codeowners-unknown-owner", Suspicious,
        "an owner in CODEOWNERS is no group or user of the catalog",
        "A team that was renamed or dissolved reviews nothing, and the host says so nowhere. Only in a closed world, and only where other owners are found.";
    GROUP_WITHOUT_TEAM = "group-without-team", Policy,
        "a group that owns does not say which team of the host it is",
        "Names drift apart. The annotation keeps who owns and who reviews together.";
    UNOWNED_DIRECTORY = "unowned-directory", Policy,
        "an entity is described in a folder that CODEOWNERS gives to nobody",
        "Changes to it need nobody's review.";
    OWNED_BY_ONE_PERSON = "owned-by-one-person", Policy,
        "CODEOWNERS asks people and no team",
        "People move on and go on holiday; what only they can review stands still.";
    CODEOWNERS_MATCHES_NOTHING = "codeowners-matches-nothing", Pedantic,
        "a rule in CODEOWNERS matches no file",
        "The files were moved, and with them went their owner. It is not on by default because files that `.gitignore` or `exclude` leave out are not looked at, and may be in git all the same.";
    CODEOWNERS_SHADOWED = "codeowners-shadowed", Suspicious,
        "a rule in CODEOWNERS never counts, because a later one matches all that it can match",
        "The last rule that matches wins and replaces the owners of those before it.";
    CODEOWNERS_TWO_SYSTEMS = "codeowners-two-systems", Policy,
        "one rule in CODEOWNERS stands for entities of two systems with different owners",
        "Some of them are reviewed by a team that does not own them.";
    DESCRIPTOR_NOT_PROTECTED = "descriptor-not-protected", Policy,
        "CODEOWNERS does not give a descriptor to the owner that it names",
        "Whoever may change the descriptor can give the entity away.";
    CODEOWNERS_IGNORED = "codeowners-ignored", Suspicious,
        "the host does not read a CODEOWNERS file",
        "It reads the first that it finds, in the places that it knows, up to a size. What stands in the others looks as if it counted.";
    CODEOWNERS_SYNTAX = "codeowners-syntax", Suspicious,
        "a line in CODEOWNERS is not written as its host reads it",
        "GitHub skips such a line; GitLab takes it for something else. Either way the files have other owners than it says. Which host it is is taken from the remote; `codeowners` in the settings says it where that is not enough.";
}
