//! What files and documents must be before anything can be read from them.

use super::rules;

rules! {
    INVALID_UTF8 = "invalid-utf8", Correctness,
        "a file is not UTF-8 text",
        "Descriptors and docs are read as UTF-8. Other encodings turn into wrong characters, and two tools may read two different names.";
    YAML_SYNTAX = "yaml-syntax", Correctness,
        "a document does not follow YAML's grammar",
        "Nothing in the document can be read, so its entity is missing from the catalog. The other documents of the file are read all the same.";
    YAML_LIMIT = "yaml-limit", Correctness,
        "a document passes one of the reader's limits",
        "Limits on depth, aliases, documents and size keep one file from stalling the build of all others.";
    FILE_TOO_LARGE = "file-too-large", Correctness,
        "a file is larger than what is read of a single file",
        "Descriptors are written by people and are small. A huge one is generated data in the wrong place; put definitions into files of their own and name them with `$text`.";
    UNREADABLE_FILE = "unreadable-file", Correctness,
        "a file could not be read",
        "The system refused to open the file, so what it says is missing from the catalog.";
    DUPLICATE_KEY = "duplicate-key", Correctness,
        "a key stands twice in one map",
        "Only one of the two values can count, and readers disagree on which.";
    MISSING_SEPARATOR = "missing-separator", Correctness,
        "two entities stand in one document because the `---` between them is missing",
        "Both entities share one map, their keys collide, and both are lost.";
    DOCUMENT_NOT_MAP = "document-not-map", Correctness,
        "a document of a descriptor file is not a map",
        "An entity is a map with `apiVersion`, `kind`, `metadata` and `spec`.";
    OUTSIDE_LINK = "outside-link", Completeness,
        "a symbolic link leads out of its repository",
        "What is behind it is not read: a repository may not show files of the machine that builds the site.";
    DUPLICATE_REPOSITORY = "duplicate-repository", Suspicious,
        "two folders are the same repository",
        "The second one is read under a name of its own, and most of its entities will be duplicates.";
}
