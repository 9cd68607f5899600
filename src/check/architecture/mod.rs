//! What may rest on what, and what belongs where: the shape of the graph.

pub(super) mod api_without_consumer;
pub(super) mod api_without_provider;
pub(super) mod consumes_deprecated;
pub(super) mod depends_on_deprecated;
pub(super) mod depends_on_experimental;
pub(super) mod edges;
pub(super) mod homeless;
