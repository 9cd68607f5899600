//! Locations, placeholders and discovery: how descriptors and what they name are found.

use super::rules;

rules! {
    LOCATION_TARGET_MISSING = "location-target-missing", Correctness,
        "the target of a Location matches no file",
        "The entities that it should bring in are missing, and Backstage discards the whole run of the Location.";
    LOCATION_TARGET_INVALID = "location-target-invalid", Correctness,
        "the target of a Location cannot be a file of the repository",
        "It is a folder, leads out of the repository, or is a pattern that cannot be read.";
    LOCATION_NOT_FETCHED = "location-not-fetched", Completeness,
        "the target of a Location is a URL outside of the workspace",
        "It is not fetched: the build reads what is checked out. Add its repository to the sources to have it read.";
    KIND_NOT_ALLOWED = "kind-not-allowed", Correctness,
        "an entity is of a kind that `catalog.rules` does not allow at its location",
        "The rules in the settings say which repositories may register which kinds.";
    PLACEHOLDER_MISSING = "placeholder-missing", Correctness,
        "the file that a `$text`, `$json` or `$yaml` names does not exist",
        "The field stays empty and the entity is invalid.";
    PLACEHOLDER_INVALID = "placeholder-invalid", Correctness,
        "what a placeholder names cannot be used",
        "It leads out of the repository, names a folder, is no text, or does not hold what was asked for (JSON, or exactly one YAML document).";
    PLACEHOLDER_NOT_FETCHED = "placeholder-not-fetched", Completeness,
        "a placeholder names a URL outside of the workspace",
        "It is not fetched: the build reads what is checked out, and the page says that the content is not there.";
    NOTHING_FOUND = "nothing-found", Suspicious,
        "nothing of a catalog was found at the path",
        "An empty site is hardly what was meant.";
    NO_ENTRY_POINTS = "no-entry-points", Completeness,
        "a repository has entities but no entry point",
        "Without `catalog-info.yaml`, `.backstage/` or `backstage.yaml` every YAML file was searched for entities. Backstage would find none of them.";
    UNREACHED_DESCRIPTORS = "unreached-descriptors", Completeness,
        "files hold entities, but no entry point or Location leads to them",
        "Such entities are written, and missing from the catalog.";
    UNDESCRIBED_REPOSITORY = "undescribed-repository", Completeness,
        "a repository of the workspace has no descriptor",
        "Nothing of it is in the catalog: nobody can look up who owns it. `catalog init` proposes a descriptor.";
}
