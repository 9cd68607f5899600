//! References between entities, and the relations that they make.

use super::rules;

rules! {
    INVALID_REFERENCE = "invalid-reference", Correctness,
        "a reference is not written as `[kind:][namespace/]name`",
        "It can refer to nothing.";
    REFERENCE_WITHOUT_KIND = "reference-without-kind", Correctness,
        "a reference in `dependsOn` or `dependencyOf` does not say its kind",
        "These fields may lead to several kinds, so Backstage takes no default: the whole entity fails, although its documentation reads otherwise.";
    DANGLING_REFERENCE = "dangling-reference", Correctness,
        "a reference leads to an entity that does not exist",
        "Backstage accepts it silently; the graph then has holes where nobody sees them. In an open world (one repository alone) it is a warning, because the entity may be elsewhere.";
    WRONG_TARGET_KIND = "wrong-target-kind", Correctness,
        "a reference leads to an entity of a kind that the field does not take",
        "A component cannot own, and an API cannot be a system. Backstage accepts it and shows nothing.";
    DUPLICATE_ENTITY = "duplicate-entity", Correctness,
        "two documents describe an entity of the same reference",
        "Kind, namespace and name together are the identity, upper and lower case put aside. Backstage keeps whichever came first and says nothing.";
    HIERARCHY_CYCLE = "hierarchy-cycle", Correctness,
        "groups, domains, systems or components contain each other in a circle",
        "A tree with a circle has no top; inherited ownership and roll-ups have no answer.";
    DEPENDENCY_CYCLE = "dependency-cycle", Suspicious,
        "entities depend on each other in a circle",
        "None of them can be deployed, tested or understood without the others.";
}
