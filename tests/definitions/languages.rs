//! What definitions in GraphQL's schema language and in Protocol Buffers say, found by looking at
//! their tokens. Good enough for definitions that are right; no check of any.

use std::collections::BTreeSet;

use super::{Wanted, What, Within};

/// Names, numbers and signs, without comments and texts.
fn tokens(text: &str, comment: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = |mark: &str, end: &str| {
            let inside = rest.strip_prefix(mark)?;
            Some(inside.find(end).map_or("", |at| &inside[at + end.len()..]))
        };
        let next = skipped("\"\"\"", "\"\"\"").or_else(|| skipped(comment, "\n")).or_else(|| skipped("/*", "*/"));
        if let Some(next) = next.or_else(|| skipped("\"", "\"")) {
            if first == '"' {
                // A text holds a place, so that `= "x"` stays a value.
                tokens.push("\"\"".to_owned());
            }
            rest = next;
            continue;
        }
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len()).max(first.len_utf8());
        if !first.is_whitespace() && first != ',' || comment == "//" && first == ',' {
            tokens.push(rest[..length].to_owned());
        }
        rest = &rest[length..];
    }
    tokens
}

/// The token after the bracket that closes the one at a place.
fn after(tokens: &[String], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

fn want(all: &mut BTreeSet<Wanted>, within: &Within, what: What, text: &str) {
    all.insert(Wanted { within: within.clone(), what, text: text.to_owned() });
}

/// All that a GraphQL schema says.
pub(super) fn graphql(text: &str) -> BTreeSet<Wanted> {
    let tokens = tokens(text, "#");
    let mut all = BTreeSet::new();
    let roots = roots(&tokens);
    let mut at = 0;
    while at < tokens.len() {
        // A directive has a sign before its name; what is extended is a type like another.
        at += usize::from(tokens[at] == "extend");
        let word = tokens[at].as_str();
        let named = at + 1 + usize::from(word == "directive");
        let Some(name) = tokens.get(named).filter(|_| KINDS.contains(&word) && word != "schema") else {
            at = if word == "schema" { after(&tokens, at + 1) } else { at + 1 };
            continue;
        };
        let end = tokens[at + 2..].iter().position(|token| KINDS.contains(&token.as_str()));
        let body = tokens[at + 2..].iter().position(|token| token == "{").map(|open| at + 2 + open);
        let body = body.filter(|open| end.is_none_or(|end| *open < at + 2 + end));
        let within = Within::Schema(format!("{}{name}", if word == "directive" { "@" } else { "" }));
        let root = roots.iter().find(|(_, of)| of == name).map(|(verb, _)| verb.as_str());
        if root.is_none() {
            want(&mut all, &within, What::Schema, name);
        }
        match (word, body) {
            ("directive", _) if tokens.get(at + 3).is_some_and(|token| token == "(") => {
                fields(&tokens, at + 3, &within, None, &mut all);
            }
            ("enum", Some(open)) => values(&tokens, open, &within, &mut all),
            (_, Some(open)) => fields(&tokens, open, &within, root, &mut all),
            _ => {}
        }
        at = body.map_or(at + 2, |open| after(&tokens, open));
    }
    all
}

const KINDS: &[&str] = &["type", "interface", "enum", "input", "union", "scalar", "directive", "schema", "extend"];

/// The verbs of operations with the types whose fields they are.
fn roots(tokens: &[String]) -> Vec<(String, String)> {
    let verbs = ["query", "mutation", "subscription"];
    let said = tokens.iter().position(|token| token == "schema").filter(|at| tokens[at + 1] == "{");
    match said {
        Some(at) => {
            let body = &tokens[at + 2..after(tokens, at + 1)];
            let roots = body.windows(3).filter(|three| verbs.contains(&three[0].as_str()) && three[1] == ":");
            roots.map(|three| (three[0].clone(), three[2].clone())).collect()
        }
        None => verbs
            .iter()
            .zip(["Query", "Mutation", "Subscription"])
            .map(|(a, b)| ((*a).to_owned(), b.to_owned()))
            .collect(),
    }
}

/// The fields between brackets: names before a colon or before arguments and a colon.
fn fields(tokens: &[String], open: usize, within: &Within, root: Option<&str>, all: &mut BTreeSet<Wanted>) {
    let mut at = open + 1;
    let end = after(tokens, open);
    while at + 1 < end {
        let (name, next) = (&tokens[at], tokens[at + 1].as_str());
        match next {
            // The arguments of a directive are no fields.
            "(" if tokens[at - 1] == "@" => at = after(tokens, at + 1),
            "(" | ":" => {
                let own = match root {
                    Some(verb) => Within::Operation(verb.to_owned(), name.clone()),
                    None => within.clone(),
                };
                match root {
                    Some(_) => want(all, &own, What::Operation, name),
                    None => want(all, &own, What::Property, name),
                }
                if next == "(" {
                    fields(tokens, at + 1, &own, None, all);
                    at = after(tokens, at + 1);
                }
                at += 1;
                // A default that is an object has fields of its own.
                while at < end
                    && !["=", "{"].contains(&tokens[at].as_str())
                    && tokens.get(at + 1).is_some_and(|next| next != ":" && next != "(")
                {
                    at += 1;
                }
                if tokens.get(at).is_some_and(|token| token == "=") {
                    at = if ["{", "["].contains(&tokens[at + 1].as_str()) { after(tokens, at + 1) } else { at + 2 };
                }
            }
            _ => at += 1,
        }
    }
}

fn values(tokens: &[String], open: usize, within: &Within, all: &mut BTreeSet<Wanted>) {
    let mut at = open + 1;
    let end = after(tokens, open) - 1;
    while at < end {
        match tokens[at].as_str() {
            "@" => {
                at += 2;
                if tokens[at] == "(" {
                    at = after(tokens, at);
                }
                continue;
            }
            "\"\"" => {}
            value => want(all, within, What::Value, value),
        }
        at += 1;
    }
}

/// All that a file of Protocol Buffers says.
pub(super) fn protobuf(text: &str) -> BTreeSet<Wanted> {
    let tokens = tokens(text, "//");
    let mut all = BTreeSet::new();
    let package =
        tokens.iter().position(|token| token == "package").map(|at| tokens[at + 1].clone()).unwrap_or_default();
    declarations(&tokens, 0, tokens.len(), &package, &mut all);
    all
}

/// What is declared between two places.
fn declarations(tokens: &[String], from: usize, to: usize, around: &str, all: &mut BTreeSet<Wanted>) {
    let mut at = from;
    while at < to {
        // A statement ends with a semicolon or with a block.
        let end = (at..to).find(|&at| tokens[at] == ";" || tokens[at] == "{").unwrap_or(to);
        let block = tokens.get(end).is_some_and(|token| token == "{");
        let next = if block { after(tokens, end).min(to) } else { end + 1 };
        let within = Within::Schema(around.to_owned());
        match tokens[at].as_str() {
            "message" if block => {
                let name = format!("{around}.{}", tokens[at + 1]);
                want(all, &Within::Schema(name.clone()), What::Schema, &name);
                declarations(tokens, end + 1, next - 1, &name, all);
            }
            "enum" if block => {
                let name = Within::Schema(format!("{around}.{}", tokens[at + 1]));
                enum_values(&tokens[end + 1..next - 1], &name, all);
            }
            "oneof" if block => declarations(tokens, end + 1, next - 1, around, all),
            "service" if block => {
                let service = format!("/{around}.{}", tokens[at + 1]);
                for rpc in (end..next).filter(|&at| tokens[at] == "rpc") {
                    let target = format!("{service}/{}", tokens[rpc + 1]);
                    want(all, &Within::Operation("rpc".to_owned(), target.clone()), What::Operation, &target);
                }
            }
            "option" | "reserved" | "extensions" | "extend" | "syntax" | "package" | "import" | "edition" => {}
            _ if !block => field(&tokens[at..end], &within, all),
            _ => {}
        }
        at = next.max(at + 1);
    }
}

/// `type name = number [options]`.
fn field(tokens: &[String], within: &Within, all: &mut BTreeSet<Wanted>) {
    if let Some(equals) = tokens.iter().position(|token| token == "=").filter(|at| *at > 1) {
        want(all, within, What::Property, &tokens[equals - 1]);
        want(all, within, What::Number, &format!("= {}", tokens[equals + 1]));
    }
}

fn enum_values(tokens: &[String], within: &Within, all: &mut BTreeSet<Wanted>) {
    for statement in tokens.split(|token| token == ";") {
        if let [name, equals, number, ..] = statement
            && equals == "="
            && name != "option"
        {
            want(all, within, What::Value, name);
            want(all, within, What::Number, number);
        }
    }
}
