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
}
