//! Tokens to variables, filters and names. No grammar: what comes before a name tells what it is.

use std::ops::Range;

use super::lexer::{Kind, Token};
use super::{Expressions, Name, Variable};

/// Words with a meaning of their own where a variable could stand.
const WORDS: &[&str] =
    &["and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "null", "True", "False", "None"];

/// Words after which a value must follow, and that are no value.
const OPERATORS: &[&str] = &["and", "or", "not", "in", "is", "if", "else"];

/// Tags that are closed by one of their own.
const BLOCKS: &[&str] = &["if", "for", "macro", "call", "filter", "asyncEach", "asyncAll", "ifAsync"];

/// Tags that load other templates, which the scaffolder refuses.
const LOADING: &[&str] = &["include", "extends", "import", "from"];

/// The tokens of one expression or tag, with the text they are of.
struct Tokens<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Tokens<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.span.clone()])
    }

    fn is(&self, at: usize, kind: Kind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    fn is_sign(&self, at: usize, sign: &str) -> bool {
        self.is(at, Kind::Sign) && self.word(at) == sign
    }

    fn span(&self, at: usize) -> Range<usize> {
        self.tokens[at].span.clone()
    }

    fn name(&self, at: usize) -> Name {
        Name { name: self.word(at).to_owned(), span: self.span(at) }
    }

    /// Whether two tokens stand without a blank between them.
    fn touches(&self, at: usize) -> bool {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(one), Some(next)) => one.span.end == next.span.start,
            _ => false,
        }
    }
}

/// Reads a tag. The name of the tag when its content is raw.
pub(super) fn tag(
    text: &str,
    whole: Range<usize>,
    tokens: &[Token],
    open: &mut Vec<Name>,
    found: &mut Expressions,
) -> Option<String> {
    let all = Tokens { text, tokens };
    if !all.is(0, Kind::Name) {
        found.fault("a tag begins with its name", whole);
        return None;
    }
    let tag = all.name(0);
    let name = tag.name.clone();
    found.tags.push(tag.clone());
    if name == "raw" || name == "verbatim" {
        return Some(name);
    }
    if LOADING.contains(&name.as_str()) {
        found.fault(format!("the scaffolder has no `{{% {name} %}}`"), tag.span);
        return None;
    }
    if let Some(closed) = name.strip_prefix("end") {
        match open.last() {
            Some(last) if last.name == closed => {
                open.pop();
            }
            _ => found.fault(format!("`{{% {name} %}}` closes nothing"), tag.span),
        }
        return None;
    }
    let mut from = 1;
    match name.as_str() {
        "for" | "asyncEach" | "asyncAll" => from = names_until(&all, 1, "in", found),
        "set" => {
            from = names_until(&all, 1, "=", found);
            if from > tokens.len() {
                open.push(tag.clone());
            }
        }
        "macro" => {
            // Its own name and those of its arguments.
            let names = (1..tokens.len()).filter(|&at| all.is(at, Kind::Name) && !all.is_sign(at.wrapping_sub(1), "="));
            found.locals.extend(names.map(|at| all.word(at).to_owned()));
            from = tokens.len();
        }
        "filter" => {
            if all.is(1, Kind::Name) {
                found.filters.push(all.name(1));
            }
            from = 2;
        }
        _ => {}
    }
    if BLOCKS.contains(&name.as_str()) {
        open.push(tag);
    }
    walk(&all, from.min(tokens.len()), found);
    None
}

/// Takes the names before `end` as local ones; where what follows begins, or one past the end.
fn names_until(all: &Tokens<'_>, from: usize, end: &str, found: &mut Expressions) -> usize {
    for at in from..all.tokens.len() {
        if all.word(at) == end {
            return at + 1;
        }
        if all.is(at, Kind::Name) {
            found.locals.insert(all.word(at).to_owned());
        }
    }
    all.tokens.len() + 1
}

/// Reads what stands in `${{ … }}`.
pub(super) fn expression(text: &str, tokens: &[Token], whole: Range<usize>, found: &mut Expressions) {
    let all = Tokens { text, tokens };
    let faults = found.faults.len();
    balance(&all, found);
    if found.faults.len() == faults {
        operands(&all, whole, found);
    }
    walk(&all, 0, found);
}

/// Brackets that are not closed, or closed by another.
fn balance(all: &Tokens<'_>, found: &mut Expressions) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..all.tokens.len() {
        if !all.is(at, Kind::Sign) {
            continue;
        }
        let closes = match all.word(at) {
            "(" | "[" | "{" => {
                open.push(at);
                continue;
            }
            ")" => "(",
            "]" => "[",
            "}" => "{",
            _ => continue,
        };
        if open.pop().is_none_or(|last| all.word(last) != closes) {
            found.fault(format!("`{}` closes nothing", all.word(at)), all.span(at));
            return;
        }
    }
    if let Some(last) = open.pop() {
        found.fault(format!("`{}` is not closed", all.word(last)), all.span(last));
    }
}

/// Two values with nothing between them, and an expression that ends too early.
fn operands(all: &Tokens<'_>, whole: Range<usize>, found: &mut Expressions) {
    let is_value = |at: usize| match all.tokens[at].kind {
        Kind::Name => !OPERATORS.contains(&all.word(at)),
        Kind::Sign => false,
        _ => true,
    };
    let ends_value = |at: usize| is_value(at) || (all.is(at, Kind::Sign) && matches!(all.word(at), ")" | "]" | "}"));
    for at in 1..all.tokens.len() {
        // `is defined`, `is not none` and the like take a word that looks like a value.
        let after_test = at >= 2 && all.word(at - 2) == "is" || at >= 3 && all.word(at - 3) == "is";
        if is_value(at) && ends_value(at - 1) && !after_test {
            found.fault(format!("`{}` follows a value with nothing between them", all.word(at)), all.span(at));
            return;
        }
    }
    let last = all.tokens.len() - 1;
    let is_cut = match all.tokens[last].kind {
        Kind::Sign => !matches!(all.word(last), ")" | "]" | "}"),
        Kind::Name => OPERATORS.contains(&all.word(last)),
        _ => false,
    };
    if is_cut {
        let end = all.span(last).start..whole.end;
        found.fault(format!("nothing follows `{}`", all.word(last)), end);
    }
}

/// Finds variables and filters among tokens.
fn walk(all: &Tokens<'_>, from: usize, found: &mut Expressions) {
    let mut at = from;
    while at < all.tokens.len() {
        let before = if at > from { all.word(at - 1) } else { "" };
        let after_sign = at > from && all.is(at - 1, Kind::Sign);
        if all.is(at, Kind::Sign) && matches!(all.word(at), "===" | "!==") {
            found.strict_signs.push(all.span(at));
        }
        found.compares |= all.is_sign(at, "==") || all.is_sign(at, "!=");
        found.multiplies |= all.is_sign(at, "*") || all.is_sign(at, "**");
        if !all.is(at, Kind::Name) {
            at += 1;
            continue;
        }
        if after_sign && before == "|" {
            let mut filter = all.name(at);
            while all.is_sign(at + 1, ".") && all.is(at + 2, Kind::Name) {
                at += 2;
                filter.span.end = all.span(at).end;
                filter.name = all.text[filter.span.clone()].to_owned();
            }
            found.filters.push(filter);
            at += 1;
            continue;
        }
        let word = all.word(at);
        let is_test = before == "is" || (before == "not" && at >= from + 2 && all.word(at - 2) == "is");
        let is_key = all.is_sign(at + 1, ":") && after_sign && matches!(before, "{" | ",");
        let is_argument = all.is_sign(at + 1, "=") && after_sign && matches!(before, "(" | ",");
        if WORDS.contains(&word) || is_test || is_key || is_argument || (after_sign && before == ".") {
            at += 1;
            continue;
        }
        let (variable, next) = variable(all, at);
        found.variables.push(variable);
        at = next;
    }
}

/// A variable and its path; and the token after them.
fn variable(all: &Tokens<'_>, at: usize) -> (Variable, usize) {
    let mut found = Variable { root: all.name(at), path: Vec::new(), computed: false, called: false, hyphenated: None };
    let mut at = at + 1;
    loop {
        if all.is_sign(at, ".") && (all.is(at + 1, Kind::Name) || all.is(at + 1, Kind::Number)) {
            found.path.push(all.name(at + 1));
            at += 2;
        } else if all.is_sign(at, "[")
            && all.is_sign(at + 2, "]")
            && (all.is(at + 1, Kind::Text) || all.is(at + 1, Kind::Number))
        {
            let mut name = all.name(at + 1);
            if all.is(at + 1, Kind::Text) {
                name.span = name.span.start + 1..name.span.end - 1;
                name.name = all.text[name.span.clone()].to_owned();
            }
            found.path.push(name);
            at += 3;
        } else {
            found.computed = all.is_sign(at, "[");
            found.called = all.is_sign(at, "(");
            break;
        }
    }
    let hyphen = at;
    let mut end = at;
    while end > 0 && all.touches(end - 1) && all.is_sign(end, "-") && all.touches(end) && all.is(end + 1, Kind::Name) {
        end += 2;
    }
    if end > hyphen {
        let span = all.span(hyphen).start..all.span(end - 1).end;
        found.hyphenated = Some(Name { name: all.text[span.clone()].to_owned(), span });
    }
    (found, at)
}
