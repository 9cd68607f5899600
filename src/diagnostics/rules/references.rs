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
    IMPOSSIBLE_REFERENCE = "impossible-reference", Correctness,
        "a reference that no entity can ever have: an e-mail address, a handle, words with blanks",
        "Names of entities have letters, digits, `-`, `_` and `.` alone. Backstage accepts anything, and shows a link to nothing. In an open world it is a warning, as for other references that lead nowhere.";
    SELF_REFERENCE = "self-reference", Correctness,
        "an entity that refers to itself",
        "Nothing can be its own parent. That something depends on itself says nothing, and is a warning.";
    DUPLICATE_REFERENCE = "duplicate-reference", Suspicious,
        "the same entity stands twice in one list",
        "The second one has no effect; often another one was meant.";
    MEMBERS_DISAGREE = "members-disagree", Suspicious,
        "a group lists its members and a user lists their groups, and only one names the other",
        "Backstage takes both lists together: who has left a team in one file is still in it by the other.";
    PARENTS_DISAGREE = "parents-disagree", Suspicious,
        "a group is listed as a child by one group and names another as its parent",
        "It then hangs below both, and so does all that it owns.";
    AMBIGUOUS_REFERENCE = "ambiguous-reference", Pedantic,
        "a short reference that fits two entities",
        "A field takes one of them by its default kind or namespace, which is not always the one that the author had in mind.";
    REDUNDANT_RELATION = "redundant-relation", Pedantic,
        "a dependency that both of its ends declare",
        "One of the two will be forgotten when it changes.";
    SIMILAR_NAME = "similar-name", Pedantic,
        "two entities of one kind have names that differ by one letter",
        "Sooner or later one is written where the other is meant, and nothing can tell.";
}
