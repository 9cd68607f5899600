//! What stands in messages and enumerations: fields, oneofs, groups, reserved numbers, values.

use super::ast::{Enum, Extend, Field, Label, Message, Name, Oneof, Opt, Range, Reserved, Value};
use super::lex::Kind;
use super::parse::{Broken, MAX_DEPTH, Parsed, Parser, add};

/// The greatest number of a field, which `max` stands for.
pub(super) const MAX_NUMBER: i64 = 536_870_911;

impl Parser<'_> {
    pub(super) fn message(&mut self, start: usize, depth: usize) -> Parsed<Message> {
        self.at += 1;
        let mut message = Message { name: self.name()?, ..Message::default() };
        message.comment = self.open(start)?;
        self.message_body(&mut message, depth);
        Ok(message)
    }

    fn message_body(&mut self, message: &mut Message, depth: usize) {
        if depth > MAX_DEPTH {
            let _ = self.fail::<()>("messages are nested too deep");
            while !self.closes() {
                self.recover(self.at);
            }
        }
        while !self.closes() {
            let start = self.at;
            if let Err(Broken) = self.message_item(start, message, depth) {
                self.recover(start);
            }
        }
        self.close();
    }

    fn message_item(&mut self, start: usize, message: &mut Message, depth: usize) -> Parsed<()> {
        let is_block = self.peek_kind(1) == Kind::Word && self.peek_text(2) == "{";
        match self.word() {
            "message" if is_block => message.messages.push(self.message(start, depth + 1)?),
            "enum" if is_block => message.enums.push(self.enumeration(start)?),
            "oneof" if is_block => self.oneof(start, message, depth)?,
            "export" | "local" if matches!(self.peek_text(1), "message" | "enum") => self.at += 1,
            "extend" if matches!(self.peek_kind(1), Kind::Word) || self.peek_text(1) == "." => {
                let extend = self.extend(start, message, depth)?;
                message.extensions.push(extend);
            }
            "option" if self.peek_text(1) == "(" || self.peek_kind(1) == Kind::Word => {
                let option = self.option_statement()?;
                add(&mut message.options, option);
            }
            "reserved" if self.peek_text(2) != "=" => self.reserved(&mut message.reserved)?,
            "extensions" if self.peek_kind(1) == Kind::Number => {
                self.at += 1;
                let ranges = self.ranges()?;
                let options = if self.is("[") { self.options()? } else { Vec::new() };
                self.expect(";")?;
                message.ranges.push(Range { ranges, options });
            }
            _ if self.is(";") => self.at += 1,
            _ => {
                let field = self.field(start, message, depth)?;
                message.fields.push(field);
            }
        }
        Ok(())
    }

    fn oneof(&mut self, start: usize, message: &mut Message, depth: usize) -> Parsed<()> {
        self.at += 1;
        let name = self.name()?.text;
        let comment = self.open(start)?;
        let number = message.oneofs.len();
        message.oneofs.push(Oneof { name, comment, options: Vec::new() });
        while !self.closes() {
            let start = self.at;
            if self.is(";") {
                self.at += 1;
            } else if self.word() == "option" && (self.peek_text(1) == "(" || self.peek_text(2) == "=") {
                match self.option_statement() {
                    Ok(option) => add(&mut message.oneofs[number].options, option),
                    Err(Broken) => self.recover(start),
                }
            } else {
                match self.field(start, message, depth) {
                    Ok(field) => message.fields.push(Field { oneof: Some(number), ..field }),
                    Err(Broken) => self.recover(start),
                }
            }
        }
        self.close();
        Ok(())
    }

    /// `extend Name { fields }`. Groups become messages of what is around.
    pub(super) fn extend(&mut self, start: usize, around: &mut Message, depth: usize) -> Parsed<Extend> {
        self.at += 1;
        let of = self.path()?;
        let mut extend = Extend { of, comment: self.open(start)?, fields: Vec::new() };
        while !self.closes() {
            let start = self.at;
            if self.is(";") {
                self.at += 1;
                continue;
            }
            match self.field(start, around, depth) {
                Ok(field) => extend.fields.push(field),
                Err(Broken) => self.recover(start),
            }
        }
        self.close();
        Ok(extend)
    }

    fn field(&mut self, start: usize, around: &mut Message, depth: usize) -> Parsed<Field> {
        let label = match self.word() {
            "optional" => Some(Label::Optional),
            "required" => Some(Label::Required),
            "repeated" => Some(Label::Repeated),
            _ => None,
        };
        // A type may be called like a label.
        let label = label.filter(|_| self.peek_text(2) != "=");
        self.at += usize::from(label.is_some());
        if self.word() == "group" && self.peek_kind(1) == Kind::Word && self.peek_text(2) == "=" {
            return self.group(start, label, around, depth);
        }
        let (key, of) = self.field_type()?;
        let name = self.name()?;
        self.equals()?;
        let number = Some(self.integer()?);
        let options = if self.is("[") { self.options()? } else { Vec::new() };
        let comment = self.end(start)?;
        Ok(Field { name, number, label, key, of, oneof: None, options, comment })
    }

    fn field_type(&mut self) -> Parsed<(Option<String>, Name)> {
        if self.word() == "map" && self.peek_text(1) == "<" {
            self.at += 2;
            let key = self.name()?.text;
            self.expect(",")?;
            let of = self.path()?;
            self.expect(">")?;
            return Ok((Some(key), of));
        }
        if self.kind() != Kind::Word && !self.is(".") {
            return self.fail("expected a field");
        }
        Ok((None, self.path()?))
    }

    /// A field and a message in one.
    fn group(&mut self, start: usize, label: Option<Label>, around: &mut Message, depth: usize) -> Parsed<Field> {
        self.at += 1;
        let of = self.name()?;
        self.expect("=")?;
        let number = Some(self.integer()?);
        let options = if self.is("[") { self.options()? } else { Vec::new() };
        let comment = self.open(start)?;
        let mut message = Message { name: of.clone(), comment: comment.clone(), ..Message::default() };
        self.message_body(&mut message, depth + 1);
        around.messages.push(message);
        let name = Name { text: of.text.to_lowercase(), span: of.span };
        Ok(Field { name, number, label, key: None, of, oneof: None, options, comment })
    }

    pub(super) fn enum_item(&mut self, start: usize, enumeration: &mut Enum) -> Parsed<()> {
        match self.word() {
            "option" if self.peek_text(1) == "(" || self.peek_kind(1) == Kind::Word => {
                let option = self.option_statement()?;
                add(&mut enumeration.options, option);
            }
            "reserved" if self.peek_text(1) != "=" => self.reserved(&mut enumeration.reserved)?,
            _ if self.is(";") => self.at += 1,
            _ => {
                let name = self.name()?;
                self.equals()?;
                let number = Some(self.integer()?);
                let options: Vec<Opt> = if self.is("[") { self.options()? } else { Vec::new() };
                let comment = self.end(start)?;
                enumeration.values.push(Value { name, number, options, comment });
            }
        }
        Ok(())
    }

    fn reserved(&mut self, reserved: &mut Reserved) -> Parsed<()> {
        self.at += 1;
        match self.kind() {
            Kind::Text | Kind::Word => loop {
                let name = if self.kind() == Kind::Word { self.name()? } else { self.text_value()? };
                reserved.names.push(name.text);
                if !self.is(",") {
                    break;
                }
                self.at += 1;
            },
            _ => reserved.ranges.extend(self.ranges()?),
        }
        self.expect(";")
    }

    /// `2, 15, 9 to 11, 1000 to max`.
    fn ranges(&mut self) -> Parsed<Vec<(i64, i64)>> {
        let mut ranges = Vec::new();
        loop {
            let from = self.integer()?.0;
            let mut to = from;
            if self.word() == "to" {
                self.at += 1;
                if self.word() == "max" {
                    self.at += 1;
                    to = MAX_NUMBER;
                } else {
                    to = self.integer()?.0;
                }
            }
            ranges.push((from, to));
            if !self.is(",") {
                return Ok(ranges);
            }
            self.at += 1;
        }
    }
}
