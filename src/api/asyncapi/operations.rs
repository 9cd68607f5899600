//! Operations: what the application sends and what it receives.

use super::super::model::{Fact, Operation, Part, Side};
use super::channels::{address, of_reference, unknown};
use super::facts::{code, deprecated, docs, extras, fact, lost, tags, texts};
use super::read::Reader;
use super::view::View;
use super::{bindings, messages};
use crate::refs::At;

/// The operations of a channel in AsyncAPI 2.
pub(super) fn of_channel<'a>(group: usize, at: At<'a>, reader: &mut Reader<'a>) {
    let channel = reader.view(at);
    for (name, at) in channel.own_entries() {
        // `publish` says that others may publish, so the application receives.
        let (verb, mark, direction) = match name {
            "publish" => {
                ("receive", "others publish", "Others publish to this channel (publish), the application receives.")
            }
            "subscribe" => {
                ("send", "others subscribe", "The application sends, others subscribe to this channel (subscribe).")
            }
            _ => continue,
        };
        let view = reader.view(at).with_traits(true);
        let target = reader.groups[group].name.clone();
        let mut operation = Operation {
            group,
            verb: verb.to_owned(),
            target,
            name: view.text("operationId"),
            marks: vec![mark.to_owned()],
            place: Some(reader.documents.place_of(at)),
            ..Operation::default()
        };
        operation.facts.push(fact("Direction", direction));
        common(&mut operation, &view, reader);
        let context = operation.name.clone().unwrap_or_else(|| operation.target.clone());
        operation.parts.splice(0..0, messages::parts(&view, "message", &context, reader));
        reader.operations.push(operation);
    }
}

/// The operations of AsyncAPI 3.
pub(super) fn read<'a>(root: &View<'a>, reader: &mut Reader<'a>) {
    for (name, at) in root.entries("operations") {
        let view = reader.view(at).with_traits(false);
        let action = view.text("action").unwrap_or_else(|| "operation".to_owned());
        let (group, channel) = channel(&view, reader);
        let direction = match action.as_str() {
            "send" => Some("The application sends to this channel, others receive."),
            "receive" => Some("Others send to this channel, the application receives."),
            _ => None,
        };
        let mut operation = Operation {
            group,
            verb: action,
            target: address(&channel, &reader.groups[group].name),
            name: Some(name.to_owned()),
            place: Some(reader.documents.place_of(at)),
            ..Operation::default()
        };
        operation.facts.extend(direction.map(|text| fact("Direction", text)));
        common(&mut operation, &view, reader);
        if let Some(title) = view.text("title") {
            operation.description = texts(&view);
            operation.summary = Some(title);
        }
        let parts = carried(&view, Some(&channel), name, reader);
        operation.parts.splice(0..0, parts);
        if let Some(reply) = view.get("reply").filter(|reply| reply.is_map() || reply.lost.is_some()) {
            operation.marks.push("request and reply".to_owned());
            operation.parts.push(answer(&reply, name, reader));
        }
        reader.operations.push(operation);
    }
}

/// What operations of both versions have.
fn common<'a>(operation: &mut Operation, view: &View<'a>, reader: &mut Reader<'a>) {
    operation.summary = view.text("summary");
    operation.description = view.text("description");
    operation.deprecated = deprecated(view);
    operation.security = reader.security.of(view);
    operation.extras = extras(view);
    operation.facts.extend(view.lost.iter().map(lost));
    operation.facts.extend(view.lost_traits().map(|nowhere| lost(&nowhere)));
    let (names, facts) = tags(view);
    operation.tags = names;
    operation.facts.extend(facts);
    operation.facts.extend(docs(view));
    operation.parts.extend(bindings::of(view, "Operation binding", reader));
}

/// The channel of an operation: the number of its group, and the channel.
fn channel<'a>(view: &View<'a>, reader: &mut Reader<'a>) -> (usize, View<'a>) {
    let Some(&at) = view.raw("channel").first() else {
        return (unknown(reader), View::nothing(reader.documents));
    };
    (of_reference(at, reader), reader.view(at))
}

/// The messages that are named, or else all that the channel carries.
fn carried<'a>(view: &View<'a>, channel: Option<&View<'a>>, context: &str, reader: &mut Reader<'a>) -> Vec<Part> {
    if view.get("messages").is_some_and(|messages| messages.is_list()) {
        return messages::parts(view, "messages", context, reader);
    }
    let all = channel.map(|channel| channel.entries("messages")).unwrap_or_default();
    messages::titled(all.into_iter().map(|(_, at)| messages::part(at, context, reader)).collect())
}

/// What comes back, and where.
fn answer<'a>(reply: &View<'a>, context: &str, reader: &mut Reader<'a>) -> Part {
    let mut facts: Vec<Fact> = reply.lost.iter().map(lost).collect();
    let at = reply.raw("channel").first().copied();
    let channel = at.map(|at| (of_reference(at, reader), reader.view(at)));
    facts.extend(channel.iter().filter_map(|(_, channel)| channel.lost.as_ref()).map(lost));
    let mut part = Part { side: Side::Out, title: "Reply".to_owned(), extras: extras(reply), ..Part::default() };
    if let Some((group, channel)) = &channel {
        let name = reader.groups[*group].name.clone();
        facts.push(match channel.text("address") {
            Some(address) => code("Channel", format!("{name} ({address})")),
            None => code("Channel", name.clone()),
        });
        part.name = Some(name);
    }
    if let Some(address) = reply.get("address") {
        facts.extend(address.lost.as_ref().map(lost));
        facts.extend(address.text("location").map(|location| code("Address taken from", location)));
        part.description = address.text("description");
        part.extras.extend(extras(&address));
    }
    part.facts = facts;
    part.parts = carried(reply, channel.as_ref().map(|(_, channel)| channel), context, reader);
    part.parts.iter_mut().for_each(|part| part.side = Side::Out);
    part
}
