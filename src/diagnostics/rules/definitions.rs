//! API definitions held against each other, and against the code beside them.

use super::rules;

rules! {
    API_DEFINITION_DIFFERS = "api-definition-differs", Suspicious,
        "two APIs go by the same name and version, and their definitions differ",
        "Readers and generators take one for the other. A copy that was forgotten is the usual cause; where both are meant, give one another title or version.";
    API_OUTDATED = "api-outdated", Policy,
        "an API definition was not changed for a year while the code beside it changed in the last 90 days",
        "It describes what was there once. Days are counted to the newest commit; where the history is not in view nothing is said.";
}
