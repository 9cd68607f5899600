//! Swagger 2.0, OpenAPI 3.0 to 3.2, JSON Schema and OpenRPC to the reference model.

mod info;

use crate::refs::{At, Documents};
use crate::yaml::Node;

use super::model::{Family, Reference};
use super::nodes::{description, extensions, text};
use super::schema::{Dialect, Schemas};

pub(super) fn read(documents: &Documents, family: Family) -> Reference {
    let root = documents.root();
    let version = ["swagger", "openapi"].iter().find_map(|key| text(root.node, key)).unwrap_or_default();
    let is_old = version.starts_with("3.0") || version.starts_with('2') || version.starts_with('1');
    let mut schemas = Schemas::new(documents, if is_old { Dialect::OpenApi30 } else { Dialect::JsonSchema });
    let named = match family {
        Family::OpenApi => root.node.at(&["components", "schemas"]).or(root.node.get("definitions")),
        _ => root.node.get("$defs").or(root.node.get("definitions")),
    };
    for entry in named.map(Node::entries).unwrap_or_default() {
        schemas.declare(&entry.key, At { document: root.document, node: &entry.value });
    }
    let info = root.node.get("info").map(|node| At { document: root.document, node });
    Reference {
        summary: info.and_then(|info| text(info.node, "summary")),
        description: info.and_then(|info| description(documents, info)),
        facts: info::facts(root.node),
        extras: extensions(root.node, &[]),
        schemas: schemas.finish(),
        ..Reference::default()
    }
}
