//! What `--against` a published catalog shows: one repository, and all that is known of the others.

use super::rules;

rules! {
    BREAKS_REFERENCE = "breaks-reference", Correctness,
        "an entity is gone that other repositories refer to",
        "The published catalog (`--against`) has references to it from elsewhere. As soon as this is merged they lead nowhere, in the repositories of others, who learn of it last.";
    UNKNOWN_TO_PUBLISHED = "unknown-to-published", Completeness,
        "a published catalog has nothing from the repository that is checked against it",
        "Either it is new, or it goes by another name there: then its own entities look like somebody else's, and nobody notices when one goes that others need.";
}
