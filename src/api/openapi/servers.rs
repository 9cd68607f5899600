//! Servers, and what Swagger 2.0 has in their place.

use serde_json::Value as Json;

use crate::refs::At;
use crate::yaml::Node;

use super::super::model::{Basic, EnumValue, Field, Server, Shape};
use super::super::nodes::{description, extensions, text};
use super::{Reader, entries, items, texts};

impl<'a> Reader<'a> {
    /// The servers that a definition, a path or an operation names.
    pub(super) fn servers(&self, at: At<'a>) -> Vec<Server> {
        if self.is_2 {
            return self.hosts(at.node);
        }
        let Some(servers) = self.under(at, "servers") else { return Vec::new() };
        items(servers).filter_map(|at| Some(self.server(self.follow(at).ok()?))).collect()
    }

    /// One server, as links name it too.
    pub(super) fn server(&self, at: At<'a>) -> Server {
        let variables = self.under(at, "variables");
        Server {
            name: text(at.node, "name"),
            url: text(at.node, "url").unwrap_or_else(|| "/".to_owned()),
            description: description(self.documents, at),
            variables: variables.into_iter().flat_map(entries).map(|(name, at)| self.variable(name, at)).collect(),
            extras: extensions(at.node, &[]),
            ..Server::default()
        }
    }

    fn variable(&self, name: &str, at: At<'a>) -> Field {
        let values = texts(at.node, "enum").into_iter().map(|text| EnumValue { text, ..EnumValue::default() });
        let shape = Shape {
            type_text: "string".to_owned(),
            basic: Basic::Text,
            description: description(self.documents, at),
            default: text(at.node, "default").map(Json::from),
            values: values.collect(),
            extras: extensions(at.node, &[]),
            ..Shape::default()
        };
        Field { name: name.to_owned(), shape, ..Field::default() }
    }

    /// One server for each scheme. An operation has schemes of its own, at the host of all.
    fn hosts(&self, node: &Node) -> Vec<Server> {
        let root = self.root.node;
        let is_root = std::ptr::eq(node, root);
        let schemes = texts(node, "schemes");
        if schemes.is_empty() && !is_root {
            return Vec::new();
        }
        let (host, path) = (text(root, "host"), text(root, "basePath").unwrap_or_default());
        let path = path.trim_end_matches('/');
        let server = |url: String| Server { url, ..Server::default() };
        match host {
            Some(host) if schemes.is_empty() => vec![server(format!("https://{host}{path}"))],
            Some(host) => schemes.iter().map(|scheme| server(format!("{scheme}://{host}{path}"))).collect(),
            None if path.is_empty() || !is_root => Vec::new(),
            None => vec![server(path.to_owned())],
        }
    }
}
