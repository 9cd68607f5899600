//! Protobuf's language, in all its versions, to a tree. Goes on after mistakes with the next
//! statement, and refuses little: whether a label fits an edition is a compiler's affair. Never
//! looks at another file.
//!
//! protox-parse was looked at: it stops at the first mistake and knows no editions.

use crate::base::Span;

use super::ast::{Enum, File, Import, Message, Method, Name, Opt, Service};
use super::comments::{Comment, gap};
use super::lex::{self, Kind, Token};

/// How deep messages and values may be nested.
pub(super) const MAX_DEPTH: usize = 64;

/// After so many mistakes in one file, no more are kept.
const MAX_MISTAKES: usize = 50;

/// What cannot be read: where, and why.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) span: Span,
    pub(super) message: String,
}

/// A statement that could not be read; it was reported.
#[derive(Debug)]
pub(super) struct Broken;

/// What parts of the grammar give.
pub(super) type Parsed<T> = Result<T, Broken>;

/// Reads a text.
pub(super) fn read(text: &str) -> (File, Vec<Mistake>) {
    let (tokens, comments) = lex::tokens(text);
    let mut parser = Parser { text, tokens, comments, at: 0, mistakes: Vec::new() };
    let file = parser.file();
    (file, parser.mistakes)
}

/// The parser.
pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    comments: Vec<Comment>,
    pub(super) at: usize,
    mistakes: Vec<Mistake>,
}

impl<'a> Parser<'a> {
    fn file(&mut self) -> File {
        let mut file = File::default();
        let mut syntax_comment = None;
        while self.kind() != Kind::End {
            let start = self.at;
            if self.statement(&mut file, &mut syntax_comment).is_err() {
                self.recover(start);
            }
        }
        file.comment = file.comment.or(syntax_comment).filter(|comment| !is_licence(comment));
        file
    }

    fn statement(&mut self, file: &mut File, syntax_comment: &mut Option<String>) -> Parsed<()> {
        let start = self.at;
        match self.word() {
            "syntax" | "edition" => {
                let word = if self.word() == "syntax" { "syntax" } else { "edition" };
                self.at += 1;
                self.expect("=")?;
                let value = self.text_value()?.text;
                *syntax_comment = self.end(start)?;
                file.syntax = Some((word, value));
            }
            "package" => {
                self.at += 1;
                let package = self.path()?;
                file.comment = self.end(start)?;
                file.package = Some(package);
            }
            "import" => {
                self.at += 1;
                let public = self.word() == "public";
                if matches!(self.word(), "public" | "weak" | "option") {
                    self.at += 1;
                }
                let path = self.text_value()?;
                self.end(start)?;
                file.imports.push(Import { path, public });
            }
            "option" => {
                let option = self.option_statement()?;
                add(&mut file.options, option);
            }
            "message" => file.messages.push(self.message(start, 0)?),
            "enum" => file.enums.push(self.enumeration(start)?),
            "service" => file.services.push(self.service(start)?),
            "extend" => {
                let mut nested = Message::default();
                file.extensions.push(self.extend(start, &mut nested, 0)?);
                file.messages.append(&mut nested.messages);
            }
            "export" | "local" => self.at += 1,
            _ if self.is(";") => self.at += 1,
            _ => return self.fail("expected `message`, `enum`, `service`, `extend`, `import`, `package` or `option`"),
        }
        Ok(())
    }

    fn service(&mut self, start: usize) -> Parsed<Service> {
        self.at += 1;
        let mut service = Service { name: self.name()?, ..Service::default() };
        service.comment = self.open(start)?;
        while !self.closes() {
            let start = self.at;
            let read = match self.word() {
                "rpc" => self.method(start).map(|method| service.methods.push(method)),
                "option" => self.option_statement().map(|option| add(&mut service.options, option)),
                _ if self.is(";") => {
                    self.at += 1;
                    Ok(())
                }
                _ => self.fail("expected `rpc`, `option` or `}`"),
            };
            if read.is_err() {
                self.recover(start);
            }
        }
        self.close();
        Ok(service)
    }

    fn method(&mut self, start: usize) -> Parsed<Method> {
        self.at += 1;
        let mut method = Method { name: self.name()?, ..Method::default() };
        (method.input, method.client_streaming) = self.operand()?;
        if self.word() != "returns" {
            let broken = self.fail("expected `returns`");
            // A slip of the pen is no reason to lose the method.
            if self.kind() != Kind::Word || self.peek_text(1) != "(" {
                return broken;
            }
        }
        self.at += 1;
        (method.output, method.server_streaming) = self.operand()?;
        if !self.is("{") {
            method.comment = self.end(start)?;
            return Ok(method);
        }
        method.comment = self.open(start)?;
        while !self.closes() {
            let start = self.at;
            if self.is(";") {
                self.at += 1;
                continue;
            }
            let read = match self.word() {
                "option" => self.option_statement().map(|option| add(&mut method.options, option)),
                _ => self.fail("expected `option` or `}`"),
            };
            if read.is_err() {
                self.recover(start);
            }
        }
        self.close();
        if self.is(";") {
            self.at += 1;
        }
        Ok(method)
    }

    /// `(stream Name)`.
    fn operand(&mut self) -> Parsed<(Name, bool)> {
        self.expect("(")?;
        let streaming = self.word() == "stream" && self.peek_text(1) != ")";
        self.at += usize::from(streaming);
        let of = self.path()?;
        self.expect(")")?;
        Ok((of, streaming))
    }

    pub(super) fn enumeration(&mut self, start: usize) -> Parsed<Enum> {
        self.at += 1;
        let mut enumeration = Enum { name: self.name()?, ..Enum::default() };
        enumeration.comment = self.open(start)?;
        while !self.closes() {
            let start = self.at;
            if let Err(Broken) = self.enum_item(start, &mut enumeration) {
                self.recover(start);
            }
        }
        self.close();
        Ok(enumeration)
    }

    // What all statements share.

    fn token(&self) -> &Token {
        // There is one for the end, and nothing goes past it.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    pub(super) fn kind(&self) -> Kind {
        self.token().kind
    }

    /// The text of the token that is `ahead` of this one.
    pub(super) fn peek_text(&self, ahead: usize) -> &'a str {
        self.tokens.get(self.at + ahead).map_or("", |token| &self.text[token.span.range()])
    }

    pub(super) fn peek_kind(&self, ahead: usize) -> Kind {
        self.tokens.get(self.at + ahead).map_or(Kind::End, |token| token.kind)
    }

    /// The word that stands here, if it is one.
    pub(super) fn word(&self) -> &'a str {
        if self.kind() == Kind::Word { self.peek_text(0) } else { "" }
    }

    pub(super) fn is(&self, symbol: &str) -> bool {
        self.kind() == Kind::Symbol && self.peek_text(0) == symbol
    }

    pub(super) fn span(&self) -> Span {
        self.token().span
    }

    pub(super) fn expect(&mut self, symbol: &str) -> Parsed<()> {
        if !self.is(symbol) {
            return self.fail(&format!("expected `{symbol}`"));
        }
        self.at += 1;
        Ok(())
    }

    /// Whether what is around ends here, or everything does.
    pub(super) fn closes(&self) -> bool {
        self.is("}") || self.kind() == Kind::End
    }

    pub(super) fn close(&mut self) {
        if self.is("}") {
            self.at += 1;
        } else {
            let _ = self.fail::<()>("expected `}`");
        }
    }

    /// The end of a statement; gives its comment.
    pub(super) fn end(&mut self, start: usize) -> Parsed<Option<String>> {
        if !self.is(";") && self.is_on_new_line() {
            // It was forgotten at the end of the line before.
            let before = self.tokens[self.at - 1].span;
            self.mistake(before, "expected `;` after this".to_owned());
        } else {
            self.expect(";")?;
        }
        Ok(self.comment(start, self.at))
    }

    fn is_on_new_line(&self) -> bool {
        self.at > 0 && self.at < self.tokens.len() && self.tokens[self.at - 1].lines.1 < self.token().lines.0
    }

    /// An equals sign; where a number follows all the same, it is only reported as missing.
    pub(super) fn equals(&mut self) -> Parsed<()> {
        match self.expect("=") {
            Err(Broken) if self.kind() == Kind::Number => Ok(()),
            other => other,
        }
    }

    /// The beginning of a block; gives the comment of what it belongs to.
    pub(super) fn open(&mut self, start: usize) -> Parsed<Option<String>> {
        self.expect("{")?;
        Ok(self.comment(start, self.at))
    }

    /// What leads the token at `start` and what trails the one before `after`.
    fn comment(&self, start: usize, after: usize) -> Option<String> {
        let leading = self.gap_before(start).0;
        let trailing = self.gap_before(after).1;
        match (leading, trailing) {
            (Some(leading), Some(trailing)) => Some(format!("{leading}\n\n{trailing}")),
            (leading, trailing) => leading.or(trailing),
        }
    }

    fn gap_before(&self, at: usize) -> (Option<String>, Option<String>) {
        let Some(next) = self.tokens.get(at) else { return (None, None) };
        let before = at.checked_sub(1).map(|at| &self.tokens[at]);
        let comments = &self.comments[before.map_or(0, |token| token.comments)..next.comments];
        if comments.is_empty() {
            return (None, None);
        }
        let closes = next.kind == Kind::End || &self.text[next.span.range()] == "}";
        let gap = gap(self.text, comments, before, next, closes);
        (gap.leading, gap.trailing)
    }

    pub(super) fn fail<T>(&mut self, message: &str) -> Parsed<T> {
        let span = self.span();
        let found = match self.peek_text(0) {
            "" => "the end of the file".to_owned(),
            found => format!("`{}`", found.chars().take(40).collect::<String>()),
        };
        self.mistake(span, format!("{message}, found {found}"));
        Err(Broken)
    }

    fn mistake(&mut self, span: Span, message: String) {
        if self.mistakes.len() < MAX_MISTAKES {
            self.mistakes.push(Mistake { span, message });
        }
    }

    /// Goes to the end of a statement that began at `start`: behind its `;` or its block. A
    /// statement that has neither ends where the block around it does.
    pub(super) fn recover(&mut self, start: usize) {
        // What was taken already may have opened blocks.
        let opened = (start..self.at).filter(|&at| self.symbol_at(at) == "{").count();
        let closed = (start..self.at).filter(|&at| self.symbol_at(at) == "}").count();
        let mut depth = opened.saturating_sub(closed);
        self.at = self.at.max(start);
        while self.kind() != Kind::End {
            match self.symbol_at(self.at) {
                "{" => depth += 1,
                "}" if depth == 0 && self.at > start => return,
                "}" if depth <= 1 => {
                    self.at += 1;
                    return;
                }
                "}" => depth -= 1,
                ";" if depth == 0 => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn symbol_at(&self, at: usize) -> &'a str {
        match self.tokens.get(at) {
            Some(token) if token.kind == Kind::Symbol => &self.text[token.span.range()],
            _ => "",
        }
    }

    pub(super) fn name(&mut self) -> Parsed<Name> {
        if self.kind() != Kind::Word {
            return self.fail("expected a name");
        }
        let name = Name { text: self.word().to_owned(), span: self.span() };
        self.at += 1;
        Ok(name)
    }

    /// A name with dots, at the beginning too.
    pub(super) fn path(&mut self) -> Parsed<Name> {
        let start = self.span();
        let mut text = String::new();
        if self.is(".") {
            text.push('.');
            self.at += 1;
        }
        loop {
            let part = self.name()?;
            text.push_str(&part.text);
            if !self.is(".") {
                let span = Span::new(start.range().start, part.span.range().end);
                return Ok(Name { text, span });
            }
            text.push('.');
            self.at += 1;
        }
    }

    /// Quoted texts next to each other are one.
    pub(super) fn text_value(&mut self) -> Parsed<Name> {
        if self.kind() != Kind::Text {
            return self.fail("expected a quoted text");
        }
        let span = self.span();
        let mut text = String::new();
        while self.kind() == Kind::Text {
            text.push_str(&lex::unquoted(self.peek_text(0)));
            self.at += 1;
        }
        Ok(Name { text, span })
    }
}

/// Adds an option; what is set more than once is a list.
pub(super) fn add(options: &mut Vec<Opt>, option: Opt) {
    use serde_json::Value as Json;
    match options.iter_mut().find(|have| have.name == option.name) {
        Some(Opt { value: Json::Array(values), .. }) => values.push(option.value),
        Some(have) => have.value = Json::Array(vec![have.value.take(), option.value]),
        None => options.push(option),
    }
}

fn is_licence(comment: &str) -> bool {
    let start = comment.trim_start();
    start.starts_with("Copyright")
        || start.starts_with("(c)")
        || comment.contains("SPDX-License-Identifier")
        || comment.contains("Licensed under the")
}
