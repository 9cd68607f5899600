//! What can be told of a definition without reading it as a reference: format, title, version, and
//! the source as text to show and to download.

use crate::base::{FileId, Sources, paths};
use crate::model::{Entity, Origin, OriginState};
use crate::refs;
use crate::yaml::{self, Node, Value};

use super::model::Family;

/// The format of what nobody says anything about.
const UNKNOWN: &str = "unknown";

/// What is known of an API definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// What it is read as.
    pub family: Family,
    /// The format in words: `OpenAPI 3.1.0`.
    pub format: String,
    /// The title that the definition gives itself.
    pub title: Option<String>,
    /// The version that it gives itself.
    pub version: Option<String>,
    /// The text.
    pub text: String,
    /// The language to highlight it in.
    pub language: &'static str,
    /// The ending of a file that holds it.
    pub extension: &'static str,
    /// The file it stands in, when it is not written in the descriptor.
    pub file: Option<FileId>,
}

/// The ending of a file that holds the definition of an entity, where there is one in view.
pub fn extension(entity: &Entity, sources: &dyn Sources) -> Option<&'static str> {
    let text = entity.text(&["spec", "definition"])?;
    let file = file_of(entity);
    let spec_type = entity.spec_type().unwrap_or("").to_ascii_lowercase();
    Some(language(text, &spec_type, file.map(|file| sources.path(file))).1)
}

/// The file that the definition of an entity came from.
fn file_of(entity: &Entity) -> Option<FileId> {
    match entity.origin_of("/spec/definition")?.state {
        OriginState::File { file, .. } => Some(file),
        _ => None,
    }
}

/// The definition of an entity, or the URL where it is when it was not fetched.
pub fn definition(entity: &Entity, sources: &dyn Sources) -> Option<Result<Definition, String>> {
    let origin = entity.origin_of("/spec/definition");
    if let Some(Origin { state: OriginState::NotFetched(url), .. }) = origin {
        return Some(Err(url.clone()));
    }
    let text = entity.text(&["spec", "definition"])?;
    let file = file_of(entity);
    let spec_type = entity.spec_type().unwrap_or("").to_ascii_lowercase();
    Some(Ok(describe(text, &spec_type, file, file.map(|file| sources.path(file)))))
}

/// A definition by its text, the type that its entity gives, and the file it came from.
pub fn describe(text: &str, spec_type: &str, file: Option<FileId>, path: Option<&str>) -> Definition {
    let (language, extension) = language(text, spec_type, path);
    let is_data = matches!(language, "yaml" | "json");
    let tree = if is_data { yaml::read_leniently(text, refs::limits()).0 } else { None };
    let scalar = |path: &[&str]| {
        tree.as_ref().and_then(|tree| tree.at(path)).and_then(Node::scalar_text).filter(|text| !text.trim().is_empty())
    };
    let versioned = |name: &str, key: &str| scalar(&[key]).map(|version| format!("{name} {version}"));
    let is_resource = scalar(&["kind"]).as_deref() == Some("CustomResourceDefinition");
    let format = versioned("OpenAPI", "openapi")
        .or_else(|| versioned("OpenAPI", "swagger"))
        .or_else(|| versioned("AsyncAPI", "asyncapi"))
        .or_else(|| versioned("OpenRPC", "openrpc"))
        .or_else(|| is_resource.then(|| "CustomResourceDefinition".to_owned()))
        .unwrap_or_else(|| format_name(spec_type, extension));
    let has = |key: &str| tree.as_ref().is_some_and(|tree| tree.get(key).is_some());
    let family = match (extension, spec_type) {
        ("graphql", _) | (_, "graphql") => Family::GraphQl,
        ("proto", _) => Family::Protobuf,
        _ if has("openapi") || has("swagger") => Family::OpenApi,
        _ if has("asyncapi") => Family::AsyncApi,
        _ if has("openrpc") => Family::OpenRpc,
        (_, "jsonschema" | "json-schema") => Family::JsonSchema,
        _ if is_resource => Family::JsonSchema,
        // What cannot be parsed is what its entity says that it is, or its first keys.
        (_, "openapi") if is_data && tree.is_none() => Family::OpenApi,
        (_, "asyncapi") if is_data && tree.is_none() => Family::AsyncApi,
        _ if is_data && tree.is_none() => by_its_head(text),
        _ if scalar(&["$schema"]).is_some_and(|schema| schema.contains("json-schema.org")) => Family::JsonSchema,
        _ => Family::Other,
    };
    let format = match family {
        _ if format != UNKNOWN => format,
        Family::OpenApi => "OpenAPI".to_owned(),
        Family::AsyncApi => "AsyncAPI".to_owned(),
        Family::OpenRpc => "OpenRPC".to_owned(),
        Family::JsonSchema => "JSON Schema".to_owned(),
        _ => format,
    };
    Definition {
        family,
        format,
        title: scalar(&["info", "title"]).or_else(|| match family {
            Family::JsonSchema if is_resource => scalar(&["spec", "names", "kind"]),
            Family::JsonSchema => scalar(&["title"]),
            _ => None,
        }),
        version: scalar(&["info", "version"]),
        text: text.to_owned(),
        language,
        extension,
        file,
    }
}

/// The family of data that cannot be parsed: by a key that begins one of its first lines.
fn by_its_head(text: &str) -> Family {
    const LINES: usize = 100;
    let keys = text.lines().take(LINES).filter_map(|line| {
        let key = line.trim_start_matches(['{', ' ', '\t']).split_once(':')?.0.trim_matches(['"', '\'', ' ']);
        // In YAML, what is indented is inside of something.
        (!line.starts_with(' ') || line.contains('"')).then_some(key)
    });
    let family = |key| match key {
        "openapi" | "swagger" => Some(Family::OpenApi),
        "asyncapi" => Some(Family::AsyncApi),
        "openrpc" => Some(Family::OpenRpc),
        _ => None,
    };
    keys.filter_map(family).next().unwrap_or(Family::Other)
}

fn format_name(spec_type: &str, extension: &str) -> String {
    match (spec_type, extension) {
        ("graphql", _) | (_, "graphql") => "GraphQL",
        ("grpc", _) | (_, "proto") => "Protocol Buffers",
        ("openapi", _) => "OpenAPI",
        ("asyncapi", _) => "AsyncAPI",
        ("trpc", _) => "tRPC",
        ("mcp-server", _) => "MCP server",
        ("wsdl" | "soap", _) => "WSDL",
        ("", _) => UNKNOWN,
        (other, _) => return other.to_owned(),
    }
    .to_owned()
}

/// The language by the type, the file it came from, and what it looks like.
fn language(text: &str, spec_type: &str, file: Option<&str>) -> (&'static str, &'static str) {
    let start = text.trim_start();
    let from_file = file.map(paths::extension);
    match (spec_type, from_file.as_deref()) {
        // The answer to an introspection query.
        ("graphql", _) if start.starts_with('{') && start[1..].trim_start().starts_with('"') => ("json", "json"),
        ("graphql", _) | (_, Some("graphql" | "gql" | "graphqls")) => ("graphql", "graphql"),
        ("grpc" | "protobuf", _) | (_, Some("proto")) => ("protobuf", "proto"),
        ("trpc", _) | (_, Some("ts")) => ("typescript", "ts"),
        ("wsdl" | "soap", _) | (_, Some("xml" | "wsdl" | "xsd")) => ("xml", "txt"),
        (_, Some("md")) => ("markdown", "md"),
        _ if start.starts_with(['{', '[']) => ("json", "json"),
        _ if start.starts_with('<') => ("xml", "txt"),
        _ => ("yaml", "yaml"),
    }
}

/// Whether an API of this type may have no definition at all.
pub fn needs_definition(entity: &Entity) -> bool {
    entity.spec_type() != Some("mcp-server")
}

/// Remotes of an MCP server: type and URL.
pub fn remotes(entity: &Entity) -> Vec<(String, String)> {
    let remotes = entity.root.at(&["spec", "remotes"]).map(Node::items).unwrap_or_default();
    remotes
        .iter()
        .filter_map(|remote| match (&remote.get("type")?.value, &remote.get("url")?.value) {
            (Value::Text(kind), Value::Text(url)) => Some((kind.to_string(), url.to_string())),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_parsed_is_what_its_first_keys_say() {
        for (text, family) in [
            ("# a\nopenapi: 3.0.0\ninfo: [", Family::OpenApi),
            ("{\n  \"asyncapi\": \"3.0.0\",\n  \"info\": [", Family::AsyncApi),
            ("a:\n  openapi: 3.0.0\nb: [", Family::Other),
            ("", Family::Other),
        ] {
            assert_eq!(describe(text, "", None, Some("x.yaml")).family, family, "{text}");
        }
    }

    #[test]
    fn a_definition_tells_its_format_title_and_version() {
        for (text, spec_type, format, language) in [
            ("openapi: 3.1.0\ninfo: {title: Shop, version: '2'}\n", "openapi", "OpenAPI 3.1.0", "yaml"),
            (
                "{\"swagger\": \"2.0\", \"info\": {\"title\": \"Shop\", \"version\": \"2\"}}",
                "openapi",
                "OpenAPI 2.0",
                "json",
            ),
            ("type Query { a: Int }", "graphql", "GraphQL", "graphql"),
            ("{ \"data\": {} }", "graphql", "GraphQL", "json"),
            ("syntax = \"proto3\";", "grpc", "Protocol Buffers", "protobuf"),
            ("anything", "odd", "odd", "yaml"),
        ] {
            let definition = describe(text, spec_type, None, None);
            assert_eq!((definition.format.as_str(), definition.language), (format, language));
            if text.contains("Shop") {
                assert_eq!((definition.title.as_deref(), definition.version.as_deref()), (Some("Shop"), Some("2")));
            }
        }
    }
}
