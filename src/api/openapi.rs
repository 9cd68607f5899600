//! Swagger 2.0, OpenAPI 3.0 to 3.2, JSON Schema and OpenRPC to the reference model.

use crate::refs::{At, Documents};

use super::model::{Family, Reference};
use super::schema::{Dialect, Schemas};

pub(super) fn read(documents: &Documents, family: Family) -> Reference {
    let root = documents.root();
    let is_old = root.node.get("swagger").is_some()
        || root
            .node
            .get("openapi")
            .and_then(crate::yaml::Node::scalar_text)
            .is_some_and(|version| version.starts_with("3.0"));
    let mut schemas = Schemas::new(documents, if is_old { Dialect::OpenApi30 } else { Dialect::JsonSchema });
    let named = match family {
        Family::OpenApi => root.node.at(&["components", "schemas"]).or(root.node.get("definitions")),
        _ => root.node.get("$defs").or(root.node.get("definitions")),
    };
    for entry in named.map(crate::yaml::Node::entries).unwrap_or_default() {
        schemas.declare(&entry.key, At { document: root.document, node: &entry.value });
    }
    Reference { schemas: schemas.finish(), ..Reference::default() }
}
