//! The shape of the graph: what may rest on what, and what belongs where.

use super::rules;

rules! {
    DEPENDS_ON_EXPERIMENTAL = "depends-on-experimental", Suspicious,
        "something in production needs something experimental",
        "An experiment may change or go at any time, and takes production with it.";
    DEPENDS_ON_DEPRECATED = "depends-on-deprecated", Suspicious,
        "something that stays needs something that is deprecated",
        "When it goes, so does what rests on it.";
    CONSUMES_DEPRECATED_API = "consumes-deprecated-api", Suspicious,
        "a deprecated API has a consumer",
        "The API cannot go before all of its consumers have moved.";
    FORBIDDEN_EDGE = "forbidden-edge", Correctness,
        "an entity uses another one against the rules under `architecture:` in the settings",
        "The rules are the architecture that was agreed on. Each has a name, which the finding says.";
    API_WITHOUT_PROVIDER = "api-without-provider", Policy,
        "no component provides an API",
        "Nobody knows what implements it, and whom to ask. APIs of others have no provider either, so this is a choice.";
    API_WITHOUT_CONSUMER = "api-without-consumer", Policy,
        "nothing in the catalog consumes an API",
        "It may be unused, or its consumers have not said so.";
    COMPONENT_WITHOUT_SYSTEM = "component-without-system", Policy,
        "a component belongs to no system",
        "It is missing from every diagram and every roll-up.";
    SYSTEM_WITHOUT_DOMAIN = "system-without-domain", Policy,
        "a system belongs to no domain",
        "It is missing from the map of the organisation.";
}
