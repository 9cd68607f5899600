//! Annotations, links and descriptions.

use super::rules;

rules! {
    ANNOTATION_VALUE = "annotation-value", Suspicious,
        "the value of a well-known annotation cannot be used by the tool that reads it",
        "The plugin shows an error or nothing at all, far from the file where the mistake is.";
    MISSPELT_ANNOTATION = "misspelt-annotation", Suspicious,
        "an annotation that no tool reads, one letter away from one that tools read",
        "Annotations are open: one that is spelt wrong is silently none.";
    DEAD_LINK = "dead-link", Suspicious,
        "a link of an entity leads to a file that is not in its repository, or is relative in a description",
        "Readers end at a 404.";
    PLACEHOLDER_TEXT = "placeholder-text", Suspicious,
        "a description is still what a template left there",
        "It says nothing, and looks as if it did.";
    DESCRIPTION_REPEATS_NAME = "description-repeats-name", Completeness,
        "a description repeats the name or the title",
        "Readers learn nothing that they did not know.";
    MISSING_DESCRIPTION = "missing-description", Policy,
        "an entity has no description",
        "Who finds it by its name alone does not know whether it is what they look for.";
    LINK_WITHOUT_TITLE = "link-without-title", Pedantic,
        "a link has no title",
        "It shows its URL instead of where it leads.";
}
