//! Templates of the scaffolder: parameters, steps, and what they make.

use super::rules;

rules! {
    TEMPLATE_REQUIRED_MISSING = "template-required-missing", Correctness,
        "a Template requires a parameter that none of its pages asks for",
        "The form has no field for it, so it can never be filled in and sent.";
    TEMPLATE_UNKNOWN_PARAMETER = "template-unknown-parameter", Suspicious,
        "a step or an output of a Template uses a parameter that no page asks for",
        "The scaffolder puts nothing in its place and says nothing: names, paths and URLs end up with a hole in them.";
    TEMPLATE_UNKNOWN_STEP = "template-unknown-step", Suspicious,
        "a Template uses the output of a step that does not exist, or that has not run yet",
        "The scaffolder puts nothing in its place and says nothing. A step that runs later has no output yet.";
    TEMPLATE_UNKNOWN_OUTPUT = "template-unknown-output", Suspicious,
        "a Template uses an output that the action of the step does not give",
        "The scaffolder puts nothing in its place and says nothing. Only outputs of well-known actions are looked at.";
    TEMPLATE_UNKNOWN_FILTER = "template-unknown-filter", Correctness,
        "an expression of a Template uses a filter that does not exist",
        "The expression fails, and the scaffolder leaves it as it is written: `${{ … }}` ends up in the repository. Filters of your own are named under `scaffolder.filters` in catalog-config.yaml.";
    TEMPLATE_UNKNOWN_ACTION = "template-unknown-action", Suspicious,
        "a step uses an action that the scaffolder does not have",
        "The run ends there. Plugins bring actions of their own, so only names are reported that are nearly those of known actions; name yours under `scaffolder.actions` in catalog-config.yaml.";
    TEMPLATE_DUPLICATE_STEP = "template-duplicate-step", Correctness,
        "two steps of a Template have the same id",
        "The outputs of the second replace those of the first, and the page of the run mixes up the two. Two steps that both have an `if` are not reported: of these one may run and the other not.";
    TEMPLATE_SYNTAX = "template-syntax", Suspicious,
        "an expression of a Template cannot be read",
        "The scaffolder leaves the text as it is written and says nothing: `${{ … }}` ends up in the repository.";
    SKELETON_INVALID = "skeleton-invalid", Suspicious,
        "a skeleton becomes a descriptor that the catalog refuses",
        "Whoever uses the Template gets a repository that cannot be registered. The skeleton's `catalog-info` files are filled in with plausible values of the parameters, and once more with each optional one left empty; what cannot be known is passed over.";
    TEMPLATE_UNUSED_PARAMETER = "template-unused-parameter", Pedantic,
        "a Template asks for a parameter that no step and no output uses",
        "People fill in a field that changes nothing.";
}
