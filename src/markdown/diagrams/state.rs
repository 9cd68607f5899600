//! State diagrams, read into the form of flowcharts: states are boxes, composite states and
//! concurrent regions are groups, notes are boxes beside their state.

use rusty_mermaid_core::Shape;

use super::colors::{self, Ink};
use super::flowchart::{Arrow, Flowchart, Reader, direction, properties};
use super::labels::{Node, clean};

/// Reads the lines after the first one.
pub(super) fn read(lines: &[(usize, &str)]) -> Result<Flowchart, String> {
    let mut states =
        States { reader: Reader::new(), scopes: vec![Scope::default()], note: None, notes: 0, described: Vec::new() };
    for (number, line) in lines {
        states.line(line.trim_end_matches(';').trim()).map_err(|why| super::at_line(*number, &why))?;
    }
    if states.note.is_some() || states.scopes.len() > 1 {
        return Err("a state or a note is not closed".to_owned());
    }
    states.reader.finish()
}

/// A composite state that is open.
#[derive(Default)]
struct Scope {
    id: String,
    /// The concurrent region, from 1.
    region: usize,
}

struct States {
    reader: Reader,
    scopes: Vec<Scope>,
    /// A note over several lines: the state, and the text.
    note: Option<(String, String)>,
    notes: usize,
    /// States whose label is a description, to which others are added.
    described: Vec<String>,
}

impl States {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some((state, text)) = &mut self.note {
            if line.eq_ignore_ascii_case("end note") {
                let (state, text) = (std::mem::take(state), std::mem::take(text));
                self.note = None;
                return self.noted(&state, &text);
            }
            text.push_str(line);
            text.push_str("<br>");
            return Ok(());
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "" | "scale" | "click" => {}
            _ if line.starts_with('#') || line == "hide empty description" => {}
            "}" => self.leave()?,
            _ if line.len() > 1 && line.bytes().all(|byte| byte == b'-') => self.divide()?,
            "direction" => {
                let to = direction(rest).ok_or_else(|| format!("`{}` is no direction", super::short(rest)))?;
                self.reader.turn(to);
            }
            "note" | "Note" if !rest.starts_with("-->") && !rest.starts_with(':') => self.note(rest)?,
            "classDef" | "style" | "class" if !rest.starts_with("-->") => self.look(word, rest)?,
            "state" if !rest.starts_with("-->") && !rest.starts_with(':') => self.declare(rest)?,
            _ => self.transition(line)?,
        }
        Ok(())
    }

    fn look(&mut self, word: &str, rest: &str) -> Result<(), String> {
        let (names, what) = rest.split_once(char::is_whitespace).ok_or_else(|| format!("`{word}` of nothing"))?;
        match word {
            "class" => {
                for name in names.split(',') {
                    let id = self.state(name.trim())?;
                    if let Some(vertex) = self.reader.vertex(&id) {
                        vertex.classes.push(what.trim().to_owned());
                    }
                }
            }
            "classDef" => {
                for name in names.split(',').take(20) {
                    let name = name.trim().to_owned();
                    let styles = properties(what);
                    self.reader
                        .diagram
                        .class_defs
                        .push(rusty_mermaid_diagrams::common::styling::ClassDef { name, styles });
                }
            }
            _ => {
                let ids = names.split(',').map(|id| id.trim().to_owned()).collect();
                let styles = properties(what);
                self.reader
                    .diagram
                    .style_stmts
                    .push(rusty_mermaid_diagrams::common::styling::StyleStmt { ids, styles });
            }
        }
        Ok(())
    }

    /// The id of a state, which is there from now on.
    fn state(&mut self, text: &str) -> Result<String, String> {
        let (name, class) =
            text.split_once(":::").map_or((text, None), |(name, class)| (name, Some(class.trim().to_owned())));
        let name = name.trim().trim_matches('"');
        if name.is_empty() || name.contains(['{', '}', '<', '>', '"']) || name.contains("--") {
            return Err(format!("`{}` is not understood", super::short(text)));
        }
        let is_new = self.reader.vertex(name).is_none();
        let shape = is_new.then(|| (Shape::RoundedRect, clean(name)));
        self.reader.place(Node { id: name.to_owned(), shape, class })
    }

    /// The start or the end of what is open.
    fn ending(&mut self, is_start: bool) -> Result<String, String> {
        let scope = self.scopes.last().map_or(String::new(), |scope| format!("{}/{}", scope.id, scope.region));
        let id = format!("[*]{}{scope}", u8::from(is_start));
        if self.reader.vertex(&id).is_none() {
            let shape = if is_start { Shape::Circle } else { Shape::DoubleCircle };
            self.reader.place(Node { id: id.clone(), shape: Some((shape, String::new())), class: None })?;
            self.reader.paint(&id, &colors::role(Ink::Line));
        }
        Ok(id)
    }

    fn transition(&mut self, line: &str) -> Result<(), String> {
        let Some((from, rest)) = line.split_once("-->") else { return self.described(line) };
        let at = colon(rest);
        let (to, text) = at.map_or((rest, ""), |at| (&rest[..at], &rest[at + 1..]));
        let (from, to) = (from.trim(), to.trim());
        let src = if from == "[*]" { self.ending(true)? } else { self.state(from)? };
        let dst = if to == "[*]" { self.ending(false)? } else { self.state(to)? };
        self.reader.connect(&src, &dst, &Arrow::new(&text.replace("\\n", "<br>")))
    }

    /// `A : what it is`, or a name alone.
    fn described(&mut self, line: &str) -> Result<(), String> {
        let at = colon(line);
        let (name, text) = at.map_or((line, ""), |at| (&line[..at], &line[at + 1..]));
        if at.is_none() && name.contains(char::is_whitespace) {
            return Err(format!("`{}` is not understood", super::short(line)));
        }
        let id = self.state(name)?;
        let text = clean(text);
        if text.is_empty() {
            return Ok(());
        }
        if let Some(group) = self.reader.group_of(&id) {
            group.label = Some(text);
        } else if let Some(vertex) = self.reader.vertex(&id) {
            if self.described.contains(&id) {
                vertex.label.push('\n');
                vertex.label.push_str(&text);
            } else {
                vertex.label = text;
                self.described.push(id);
            }
        }
        Ok(())
    }

    fn declare(&mut self, rest: &str) -> Result<(), String> {
        let (mut rest, is_open) = rest.strip_suffix('{').map_or((rest, false), |rest| (rest.trim(), true));
        let mut label = None;
        if let Some(quoted) = rest.strip_prefix('"') {
            let (text, after) = quoted.split_once('"').ok_or_else(|| "a quote is not closed".to_owned())?;
            label = Some(clean(text));
            rest = after.trim().strip_prefix("as").map_or(text, str::trim);
        } else if let Some((name, after)) = rest.split_once(" as ") {
            // `state A as "what it is"`.
            if after.trim_start().starts_with('"') {
                label = Some(clean(after));
                rest = name.trim();
            }
        }
        let kind = [("<<", ">>"), ("[[", "]]")].iter().find_map(|(open, close)| {
            let (name, kind) = rest.split_once(open)?;
            Some((name.trim(), kind.trim().strip_suffix(close)?))
        });
        if let Some((name, kind)) = kind {
            let shape = match kind.trim() {
                "choice" => Shape::Diamond,
                "fork" | "join" => Shape::Rect,
                "history" | "H" => Shape::Circle,
                _ => return Err(format!("`<<{}>>` is not understood", super::short(kind))),
            };
            let id = self.state(name)?;
            let text = if shape == Shape::Circle { "H" } else { " " };
            if let Some(vertex) = self.reader.vertex(&id) {
                (vertex.shape, vertex.label) = (shape, text.to_owned());
            }
            if shape == Shape::Rect {
                self.reader.paint(&id, &colors::role(Ink::Line));
            }
            return Ok(());
        }
        if is_open {
            let id = rest.split(":::").next().unwrap_or(rest).trim().trim_matches('"').to_owned();
            if id.is_empty() {
                return Err("a state without a name".to_owned());
            }
            if self.reader.group_of(&id).is_some() {
                return Err(format!("the state `{}` is opened twice", super::short(&id)));
            }
            let known = self.reader.vertex(&id).map(|vertex| vertex.label.clone());
            let label = label.or(known).unwrap_or_else(|| clean(&id));
            self.reader.begin(&id, label)?;
            self.scopes.push(Scope { id, region: 0 });
            return Ok(());
        }
        let id = self.state(rest)?;
        if let (Some(label), Some(vertex)) = (label, self.reader.vertex(&id)) {
            vertex.label = label;
        }
        Ok(())
    }

    fn leave(&mut self) -> Result<(), String> {
        if self.scopes.len() < 2 {
            return Err("a `}` too many".to_owned());
        }
        if self.scopes.pop().is_some_and(|scope| scope.region > 0) {
            self.reader.close()?;
        }
        self.reader.close()
    }

    /// The next concurrent region of what is open: a group of its own. What stood before becomes
    /// the first one.
    fn divide(&mut self) -> Result<(), String> {
        let Some(scope) = self.scopes.last_mut().filter(|scope| !scope.id.is_empty()) else {
            return Err("regions outside of a state are not drawn".to_owned());
        };
        scope.region += 1;
        let (id, region) = (scope.id.clone(), scope.region);
        if region == 1 {
            let first = format!("{id}/region");
            self.reader.begin(&first, " ".to_owned())?;
            self.reader.close()?;
            self.reader.move_into(&id, &first);
        } else {
            self.reader.close()?;
        }
        self.reader.begin(&format!("{id}/region{region}"), " ".to_owned())
    }

    fn note(&mut self, rest: &str) -> Result<(), String> {
        let wrong = || format!("`note {}` is not understood", super::short(rest));
        let lower = rest.to_ascii_lowercase();
        let skip = if lower.starts_with("left of ") {
            8
        } else if lower.starts_with("right of ") {
            9
        } else {
            return Err(wrong());
        };
        let rest = rest.get(skip..).ok_or_else(wrong)?.trim();
        match colon(rest) {
            Some(at) => self.noted(rest[..at].trim(), &rest[at + 1..]),
            None => {
                self.note = Some((rest.to_owned(), String::new()));
                Ok(())
            }
        }
    }

    fn noted(&mut self, state: &str, text: &str) -> Result<(), String> {
        let state = self.state(state)?;
        self.notes += 1;
        let id = format!("[note]{}", self.notes);
        let text = clean(text.trim_end_matches("<br>"));
        self.reader.place(Node { id: id.clone(), shape: Some((Shape::Rect, text)), class: None })?;
        self.reader.paint(&id, &colors::role(Ink::Note));
        self.reader.connect(&state, &id, &Arrow::dotted())
    }
}

/// The first colon that is not one of a class.
fn colon(text: &str) -> Option<usize> {
    let at = text.find(":::").map_or(0, |at| at + 3);
    text[at..].find(':').map(|colon| at + colon)
}
