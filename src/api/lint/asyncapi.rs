//! What AsyncAPI alone has: `api-channel-servers`, `api-headers-not-object`,
//! `api-message-id-duplicate`, `api-old-version`; and its own forms of rules about paths,
//! operations and servers.

use rustc_hash::FxHashMap;

use crate::base::suggest;
use crate::yaml::{Node, Value};

use super::operations::is_filled;
use super::paths::names_in;
use super::report::{Lint, Spot};
use super::walk::Part;
use super::{Input, Version, servers};

/// The newest version.
const NEWEST: &str = "3.1.0";

pub(super) fn check(input: &Input<'_>, lint: &mut Lint<'_>) {
    let root = input.documents.root().node;
    let first = input.head();
    if let Some(version) = root.get("asyncapi").filter(|version| version.as_str() != Some(NEWEST)) {
        let text = version.scalar_text().unwrap_or_default();
        let message = format!("AsyncAPI {text} is not the newest version, which is {NEWEST}");
        lint.report("asyncapi-latest-version", (0, version.span), message);
    }
    if root.get("servers").map(Node::entries).unwrap_or_default().is_empty() {
        lint.report("asyncapi-servers", (0, first), "the definition names no server");
    }
    let is_second = input.version == Version::AsyncApi2;
    for server in input.parts.of_kind("Server") {
        self::server(is_second, server, lint);
    }
    for channel in input.parts.of_kind("Channel") {
        self::channel(input, is_second, channel, lint);
    }
    for message in input.parts.iter().filter(|part| matches!(part.kind, "Message" | "MessageTrait")) {
        headers(input, is_second, message, lint);
    }
    for parameter in input.parts.of_kind("ChannelParameter").filter(|part| !is_filled(part.at.node, "description")) {
        let message = format!("the parameter `{}` has no description", parameter.key);
        lint.report("asyncapi-parameter-description", (parameter.from, parameter.named), message);
    }
    operations(input, is_second, lint);
    if is_second {
        unique(input, "Message", "messageId", "asyncapi-message-messageId-uniqueness", lint);
        unique(input, "Operation", "operationId", "asyncapi-operation-operationId-uniqueness", lint);
    }
}

fn operations(input: &Input<'_>, is_second: bool, lint: &mut Lint<'_>) {
    for operation in input.parts.of_kind("Operation") {
        let channel = input.parts.parent(operation).filter(|above| above.kind == "Channel");
        let name = match channel {
            Some(channel) => format!("{} {}", operation.key, channel.key),
            None => operation.key.to_owned(),
        };
        let spot = (operation.from, operation.named);
        if !is_filled(operation.at.node, "description") {
            let rule = if is_second { "asyncapi-operation-description" } else { "asyncapi-3-operation-description" };
            lint.report(rule, spot, format!("`{name}` has no description"));
        }
        if is_second && id_of(operation.at.node, "operationId").is_none() {
            lint.report("asyncapi-operation-operationId", spot, format!("`{name}` has no `operationId`"));
        }
    }
}

fn server(is_second: bool, server: &Part<'_>, lint: &mut Lint<'_>) {
    let document = server.at.document;
    let text = |key: &str| server.at.node.get(key).and_then(|node| Some((node.as_str()?, node.span)));
    let (key, braces, slash, example) = if is_second {
        (
            "url",
            "asyncapi-server-no-empty-variable",
            "asyncapi-server-no-trailing-slash",
            "asyncapi-server-not-example-com",
        )
    } else {
        (
            "host",
            "asyncapi-3-server-no-empty-variable",
            "asyncapi-3-server-no-trailing-slash",
            "asyncapi-3-server-not-example-com",
        )
    };
    let Some((url, span)) = text(key) else { return };
    if url.ends_with('/') {
        lint.report(slash, (document, span), format!("the {key} `{url}` ends with a slash"));
    }
    if url.contains("example.com") {
        lint.report(example, (document, span), format!("`{url}` is a server of examples"));
    }
    let pathname = text("pathname").filter(|_| !is_second);
    for (text, span) in [Some((url, span)), pathname].into_iter().flatten().filter(|(text, _)| text.contains("{}")) {
        lint.report(braces, (document, span), format!("`{text}` has braces without a name"));
    }
    let whole = format!("{url}{}", pathname.map_or("", |(path, _)| path));
    servers::variables("asyncapi-server-variables", document, server.at.node, (&whole, span), lint);
}

fn channel(input: &Input<'_>, is_second: bool, channel: &Part<'_>, lint: &mut Lint<'_>) {
    let address = channel.at.node.get("address");
    let (address, spot): (&str, Spot) = match address.map(|node| (&node.value, node.span)) {
        Some((Value::Text(text), span)) if !is_second => (text, (channel.at.document, span)),
        // A channel without an address gets it when it runs.
        _ if !is_second => return,
        // Those of `components` are named, and have no address.
        _ if channel.field == "channels" && input.parts.parent(channel).is_some_and(|above| above.kind == "Root") => {
            (channel.key, (channel.from, channel.named))
        }
        _ => return,
    };
    let rule = |second: &'static str, third: &'static str| if is_second { second } else { third };
    if address.contains("{}") {
        let name = rule("asyncapi-channel-no-empty-parameter", "asyncapi-3-channel-no-empty-parameter");
        lint.report(name, spot, format!("`{address}` has braces without a name"));
    }
    if address.len() > 1 && address.ends_with('/') {
        let name = rule("asyncapi-channel-no-trailing-slash", "asyncapi-3-channel-no-trailing-slash");
        lint.report(name, spot, format!("the channel `{address}` ends with a slash"));
    }
    if address.contains(['?', '#']) && !address.contains("{#") && !address.contains("{?") {
        let name = rule("asyncapi-channel-no-query-nor-fragment", "asyncapi-3-channel-no-query-nor-fragment");
        lint.report(name, spot, format!("the channel `{address}` has a query or a fragment")).help =
            Some("bindings have places for them".to_owned());
    }
    parameters(channel, address, spot, lint);
    servers_of(input, is_second, channel, lint);
}

fn parameters(channel: &Part<'_>, address: &str, spot: Spot, lint: &mut Lint<'_>) {
    let names = names_in(address);
    let declared = channel.at.node.get("parameters").map(Node::entries).unwrap_or_default();
    for name in names.iter().filter(|name| !declared.iter().any(|entry| &*entry.key == **name)) {
        let message = format!("the channel does not say what `{{{name}}}` is");
        lint.report("asyncapi-channel-parameters", spot, message).help =
            Some(format!("describe `{name}` under `parameters`"));
    }
    for entry in declared.iter().filter(|entry| !names.contains(&&*entry.key)) {
        let near = suggest::nearest(&entry.key, names.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        let message = format!("the channel has no `{{{}}}`", entry.key);
        lint.report("asyncapi-channel-parameters", (channel.at.document, entry.key_span), message).help = near;
    }
}

fn servers_of(input: &Input<'_>, is_second: bool, channel: &Part<'_>, lint: &mut Lint<'_>) {
    let known = input.documents.root().node.get("servers").map(Node::entries).unwrap_or_default();
    for server in channel.at.node.get("servers").map(Node::items).unwrap_or_default() {
        let spot = (channel.at.document, server.span);
        if is_second {
            let Some(name) = server.as_str().filter(|name| !known.iter().any(|entry| &*entry.key == *name)) else {
                continue;
            };
            let near = suggest::nearest(name, known.iter().map(|entry| &*entry.key))
                .map(|near| format!("did you mean `{near}`?"));
            lint.report("asyncapi-channel-servers", spot, format!("there is no server `{name}`")).help = near;
        } else if let Some(target) =
            server.get("$ref").and_then(Node::as_str).filter(|target| !target.contains("#/servers/"))
        {
            lint.report("asyncapi-3-channel-servers", spot, format!("`{target}` is none of the servers at the root"))
                .help = Some("a channel is on servers of `servers`, not on those of `components`".to_owned());
        }
    }
}

fn headers(input: &Input<'_>, is_second: bool, message: &Part<'_>, lint: &mut Lint<'_>) {
    let Some(entry) = message.at.node.entry("headers").filter(|entry| entry.value.is_map()) else { return };
    // A format of its own need not be an object.
    let Some(schema) = super::walk::payload(&Node { span: entry.value.span, value: Value::Null }, &entry.value) else {
        return;
    };
    let at = crate::refs::At { document: message.at.document, node: schema };
    let Ok(found) = input.documents.follow(at) else { return };
    let kind = found.node.get("type").and_then(Node::as_str);
    if kind != Some("object") {
        let rule =
            if is_second { "asyncapi-headers-schema-type-object" } else { "asyncapi-3-headers-schema-type-object" };
        let what = kind.map_or_else(|| "do not say `type: object`".to_owned(), |kind| format!("are `{kind}`"));
        lint.report(rule, (message.at.document, entry.key_span), format!("the headers {what}")).help =
            Some("headers are pairs of a name and a value".to_owned());
    }
}

/// An id of an object, or of its last trait that has one.
fn id_of<'a>(node: &'a Node, field: &str) -> Option<&'a Node> {
    let traits = node.get("traits").map(Node::items).unwrap_or_default();
    traits.iter().rev().find_map(|one| one.get(field)).or_else(|| node.get(field))
}

fn unique(input: &Input<'_>, kind: &str, field: &str, rule: &str, lint: &mut Lint<'_>) {
    let mut seen: FxHashMap<&str, Spot> = FxHashMap::default();
    for part in input.parts.of_kind(kind) {
        let Some(id) = id_of(part.at.node, field) else { continue };
        let Some(text) = id.as_str() else { continue };
        let spot = (part.at.document, id.span);
        match seen.get(text) {
            Some(first) => {
                let place = lint.documents.place(first.0, first.1);
                let finding = lint.report(rule, spot, format!("the `{field}` `{text}` is taken"));
                *finding = finding.clone().related("the first one", place);
            }
            None => {
                seen.insert(text, spot);
            }
        }
    }
}
