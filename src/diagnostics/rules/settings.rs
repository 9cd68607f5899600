//! The settings of the tool.

use super::rules;

rules! {
    IMPORT_INVALID = "import-invalid", Correctness,
        "a file named under `import:` cannot be read",
        "Without it groups and users are missing and owners cannot be resolved.";
    UNKNOWN_SETTING = "unknown-setting", Correctness,
        "a key of `catalog-config.yaml` is not known",
        "A setting that is spelt wrong has no effect, and nobody notices.";
    INVALID_SETTING = "invalid-setting", Correctness,
        "a value of `catalog-config.yaml` cannot be used",
        "The setting has no effect until it is mended.";
    NEWER_VERSION_NEEDED = "newer-version-needed", Correctness,
        "the settings ask for a newer version of catalog",
        "The settings may use what this version does not know.";
    UNUSABLE_REDIRECT = "unusable-redirect", Suspicious,
        "an entry of `redirects:` leads nowhere, in a circle, or away from what is there",
        "Who follows an old link finds nothing at its end, and the setting looks as if that were taken care of.";
    HOST_LIMIT = "host-limit", Suspicious,
        "the site has more files or bytes than its static host takes",
        "The host refuses the site, or publishes a part of it, after a build that seemed to be fine.";
}
