//! Options and their values, in the form of statements and in brackets. Their definitions are not
//! needed: a value is shown as it is written. Messages become objects, names of enumerations texts.

use serde_json::{Map, Number, Value as Json};

use crate::base::Span;

use super::ast::Opt;
use super::lex::Kind;
use super::parse::{MAX_DEPTH, Parsed, Parser, add};

impl Parser<'_> {
    /// `option name = value;`
    pub(super) fn option_statement(&mut self) -> Parsed<Opt> {
        self.at += 1;
        let option = self.option_pair()?;
        self.expect(";")?;
        Ok(option)
    }

    /// `[name = value, …]`
    pub(super) fn options(&mut self) -> Parsed<Vec<Opt>> {
        self.expect("[")?;
        let mut options = Vec::new();
        while !self.is("]") {
            let option = self.option_pair()?;
            add(&mut options, option);
            if !self.is(",") {
                break;
            }
            self.at += 1;
        }
        self.expect("]")?;
        Ok(options)
    }

    fn option_pair(&mut self) -> Parsed<Opt> {
        let mut name = String::new();
        loop {
            if self.is("(") {
                self.at += 1;
                let path = self.path()?;
                self.expect(")")?;
                name = format!("{name}({})", path.text.trim_start_matches('.'));
            } else {
                name.push_str(&self.name()?.text);
            }
            if !self.is(".") {
                break;
            }
            name.push('.');
            self.at += 1;
        }
        self.expect("=")?;
        let value = self.value(0)?;
        Ok(Opt { name, value })
    }

    fn value(&mut self, depth: usize) -> Parsed<Json> {
        if depth > MAX_DEPTH {
            return self.fail("values are nested too deep");
        }
        let negative = self.is("-");
        self.at += usize::from(negative || self.is("+"));
        match self.kind() {
            Kind::Text => Ok(Json::String(self.text_value()?.text)),
            Kind::Number => {
                let value = number(self.peek_text(0), negative);
                self.at += 1;
                Ok(value)
            }
            Kind::Word => {
                let word = self.path()?.text;
                Ok(match word.as_str() {
                    "true" => Json::Bool(true),
                    "false" => Json::Bool(false),
                    _ if negative => Json::String(format!("-{word}")),
                    _ => Json::String(word),
                })
            }
            _ if self.is("{") || self.is("<") => self.message_value(depth),
            _ if self.is("[") => self.list_value(depth),
            _ => self.fail("expected a value"),
        }
    }

    fn list_value(&mut self, depth: usize) -> Parsed<Json> {
        self.expect("[")?;
        let mut items = Vec::new();
        while !self.is("]") {
            items.push(self.value(depth + 1)?);
            if !self.is(",") {
                break;
            }
            self.at += 1;
        }
        self.expect("]")?;
        Ok(Json::Array(items))
    }

    /// A message in text format: a field that is there more than once is a list.
    fn message_value(&mut self, depth: usize) -> Parsed<Json> {
        let close = if self.is("{") { "}" } else { ">" };
        self.at += 1;
        let mut fields = Map::new();
        while !self.is(close) {
            let name = self.field_name()?;
            let has_colon = self.is(":");
            self.at += usize::from(has_colon);
            if !has_colon && !self.is("{") && !self.is("<") && !self.is("[") {
                return self.fail("expected `:`");
            }
            let value = self.value(depth + 1)?;
            match fields.get_mut(&name) {
                Some(Json::Array(items)) => match value {
                    Json::Array(more) => items.extend(more),
                    one => items.push(one),
                },
                Some(have) => *have = Json::Array(vec![have.take(), value]),
                None => {
                    fields.insert(name, value);
                }
            }
            if self.is(",") || self.is(";") {
                self.at += 1;
            }
        }
        self.expect(close)?;
        Ok(Json::Object(fields))
    }

    /// `name`, or `[package.extension]`.
    fn field_name(&mut self) -> Parsed<String> {
        if !self.is("[") {
            return Ok(self.name()?.text);
        }
        self.at += 1;
        let mut name = self.path()?.text;
        while self.is("/") {
            self.at += 1;
            name = format!("{name}/{}", self.path()?.text);
        }
        self.expect("]")?;
        Ok(format!("[{name}]"))
    }

    /// A whole number and where it stands.
    pub(super) fn integer(&mut self) -> Parsed<(i64, Span)> {
        let start = self.span();
        let negative = self.is("-");
        self.at += usize::from(negative);
        let value = match self.kind() {
            Kind::Number => {
                whole(self.peek_text(0)).and_then(|value| if negative { value.checked_neg() } else { Some(value) })
            }
            _ => None,
        };
        let Some(value) = value else { return self.fail("expected a whole number") };
        let span = Span::new(start.range().start, self.span().range().end);
        self.at += 1;
        Ok((value, span))
    }
}

fn whole(text: &str) -> Option<i64> {
    let lower = text.to_ascii_lowercase();
    if let Some(hex) = lower.strip_prefix("0x") {
        return i64::from_str_radix(hex, 16).ok();
    }
    match lower.strip_prefix('0') {
        Some(octal) if !octal.is_empty() => i64::from_str_radix(octal, 8).ok(),
        _ => lower.parse().ok(),
    }
}

fn number(text: &str, negative: bool) -> Json {
    if let Some(value) = whole(text) {
        return Json::from(if negative { value.wrapping_neg() } else { value });
    }
    let plain = text.trim_end_matches(['f', 'F']);
    let value = plain.parse::<f64>().ok().map(|value| if negative { -value } else { value });
    match value.and_then(Number::from_f64) {
        Some(number) => Json::Number(number),
        None => Json::String(format!("{}{text}", if negative { "-" } else { "" })),
    }
}
