//! Channels as groups: address, parameters, servers, bindings, and what they carry.

use rustc_hash::FxHashSet;

use super::super::model::{Fact, Field, Group, Part};
use super::facts::{code, deprecated, docs, extras, fact, last_part, lost, tag_facts, texts};
use super::read::Reader;
use super::servers::text_field;
use super::view::{View, key};
use super::{bindings, messages, operations};
use crate::refs::{At, reference};

/// What a channel is called that nothing names.
const UNKNOWN: &str = "unknown";

/// All channels, and in AsyncAPI 2 their operations.
pub(super) fn read<'a>(root: &View<'a>, reader: &mut Reader<'a>) {
    for (name, at) in root.entries("channels") {
        let id = channel(name, at, reader);
        if !reader.is_3 {
            operations::of_channel(id, at, reader);
        }
    }
}

/// Adds a channel, and gives its number.
pub(super) fn channel<'a>(name: &str, at: At<'a>, reader: &mut Reader<'a>) -> usize {
    let view = reader.view(at);
    let id = reader.groups.len();
    let mut group = Group {
        kind: "Channel",
        name: name.to_owned(),
        title: view.text("title"),
        description: texts(&view),
        deprecated: deprecated(&view),
        facts: view.lost.iter().map(lost).collect(),
        extras: extras(&view),
        place: Some(reader.documents.place_of(at)),
        ..Group::default()
    };
    if reader.is_3 && view.is_map() {
        group.facts.push(match view.text("address") {
            Some(address) => code("Address", address),
            None => fact("Address", "not known before runtime"),
        });
    }
    group.facts.extend(servers(&view));
    group.facts.extend(tag_facts(&view));
    group.facts.extend(docs(&view));
    let fields = parameters(&view, reader);
    if !fields.is_empty() {
        group.parts.push(Part { title: "Address parameters".to_owned(), fields, ..Part::default() });
    }
    group.parts.extend(bindings::of(&view, "Channel binding", reader));
    reader.channels.entry(key(at)).or_insert(id);
    if let Some(own) = view.own() {
        reader.channels.entry(key(own)).or_insert(id);
    }
    let carried = view.entries("messages").into_iter().map(|(_, at)| at).collect();
    for (name, at) in view.entries("messages") {
        messages::declare(name, at, &group.name, reader);
    }
    reader.carried.push(carried);
    reader.groups.push(group);
    id
}

/// The channel that a reference leads to, added if it is not one of the definition's own.
pub(super) fn of_reference<'a>(at: At<'a>, reader: &mut Reader<'a>) -> usize {
    let hops = reader.hops(at);
    if let Some(&id) = hops.iter().find_map(|(_, at)| reader.channels.get(&key(*at))) {
        return id;
    }
    // Some write the name of a channel, and not a reference to it.
    let said = at.node.scalar_text().filter(|text| !text.is_empty());
    let target = reference(at.node).map(str::to_owned).or(said).unwrap_or_default();
    let by_name = || reader.groups.iter().position(|group| group.name == target);
    if let Some(id) = reader.lost_channels.get(&target).copied().or_else(by_name) {
        return id;
    }
    let name = if target.is_empty() { UNKNOWN.to_owned() } else { last_part(&target) };
    let id = channel(&name, at, reader);
    reader.lost_channels.insert(target, id);
    id
}

/// The channel of operations that name none.
pub(super) fn unknown(reader: &mut Reader<'_>) -> usize {
    if let Some(&id) = reader.lost_channels.get("") {
        return id;
    }
    reader.groups.push(Group { kind: "Channel", name: UNKNOWN.to_owned(), ..Group::default() });
    reader.carried.push(Vec::new());
    reader.lost_channels.insert(String::new(), reader.groups.len() - 1);
    reader.groups.len() - 1
}

/// The address of a channel, or its name where it has none.
pub(super) fn address(view: &View<'_>, name: &str) -> String {
    view.text("address").unwrap_or_else(|| name.to_owned())
}

/// On which servers it is, when it is not on all of them.
fn servers(view: &View<'_>) -> Option<Fact> {
    let servers = view.items("servers");
    let names: Vec<String> =
        servers.iter().filter_map(|at| reference(at.node).map(last_part).or_else(|| at.node.scalar_text())).collect();
    (!names.is_empty()).then(|| fact("Only on the servers", names.join(", ")))
}

fn parameters<'a>(view: &View<'a>, reader: &mut Reader<'a>) -> Vec<Field> {
    view.entries("parameters")
        .into_iter()
        .map(|(name, at)| {
            let view = reader.view(at);
            let mut field = text_field(name, &view);
            // AsyncAPI 2 has a schema here.
            if let Some(schema) = view.schema("schema", reader.made) {
                let said = std::mem::replace(&mut field.shape, reader.schemas.shape(schema));
                let shape = &mut field.shape;
                shape.description = said.description.or_else(|| shape.description.take());
                shape.deprecated = said.deprecated.or_else(|| shape.deprecated.take());
                shape.extras.extend(said.extras);
            }
            field
        })
        .collect()
}

/// Lists with each channel the messages that none of its operations has, and sorts the operations
/// by channel.
pub(super) fn finish(reader: &mut Reader<'_>) {
    let mut shown: Vec<FxHashSet<usize>> = vec![FxHashSet::default(); reader.groups.len()];
    for operation in &reader.operations {
        shown[operation.group].extend(operation.parts.iter().flat_map(messages::of_part));
    }
    for (id, carried) in std::mem::take(&mut reader.carried).into_iter().enumerate() {
        for at in carried {
            let part = messages::brief(at, reader);
            if !messages::of_part(&part).any(|message| shown[id].contains(&message)) {
                reader.groups[id].parts.push(part);
            }
        }
    }
    reader.operations.sort_by_key(|operation| operation.group);
}
