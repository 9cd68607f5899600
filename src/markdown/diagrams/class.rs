//! Class diagrams, read into the renderer's form. Its own reader leaves out what it does not
//! know, notes among it.

use rusty_mermaid_core::Direction;
use rusty_mermaid_diagrams::class::ir::{
    ClassDiagram, ClassMember, ClassNode, ClassRelation, LineType, Namespace, RelationType,
};
use rusty_mermaid_diagrams::common::styling::{ClassDef, StyleStmt};

use super::colors::{self, Ink};
use super::flowchart::{direction, properties};
use super::labels::{LESS, clean_to};

/// Most classes, and most relations.
const MAX: usize = 150;
/// Most members of a class.
const MAX_MEMBERS: usize = 80;

/// Reads the lines after the first one.
pub(super) fn read(lines: &[(usize, &str)]) -> Result<ClassDiagram, String> {
    let mut reader = Reader { out: ClassDiagram::new(Direction::TB), open: None, spaces: Vec::new() };
    for (number, line) in lines {
        reader.line(line.trim().trim_end_matches(';')).map_err(|why| super::at_line(*number, &why))?;
    }
    if reader.open.is_some() || !reader.spaces.is_empty() {
        return Err("a `}` is missing".to_owned());
    }
    if reader.out.classes.is_empty() {
        return Err("nothing that could be drawn was found in it".to_owned());
    }
    apart(&mut reader.out)?;
    Ok(reader.out)
}

struct Reader {
    out: ClassDiagram,
    /// The class whose members are read.
    open: Option<usize>,
    /// Namespaces that are open, by their place in the list.
    spaces: Vec<usize>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some(class) = self.open {
            return self.body(class, line);
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "" => Ok(()),
            _ if line.starts_with("%%") => Ok(()),
            "}" => self.spaces.pop().map(|_| ()).ok_or_else(|| "a `}` too many".to_owned()),
            "direction" => {
                self.out.direction =
                    direction(rest).ok_or_else(|| format!("`{}` is no direction", super::short(rest)))?;
                Ok(())
            }
            // What happens on a click.
            "click" | "link" | "callback" | "title" => Ok(()),
            "namespace" => self.namespace(rest),
            "note" => self.note(rest),
            "classDef" | "style" | "cssClass" => self.look(word, rest),
            "class" => self.class(rest),
            _ if line.starts_with("<<") => {
                let (kind, name) = line[2..].split_once(">>").ok_or_else(|| "`>>` is missing".to_owned())?;
                let at = self.at(name)?;
                self.annotate(at, kind);
                Ok(())
            }
            _ => match operator(line) {
                Some(found) => self.relation(line, found),
                None => self.member_line(line),
            },
        }
    }

    /// A member on a line of its own, `Name : +member`.
    fn member_line(&mut self, line: &str) -> Result<(), String> {
        let wrong = || format!("`{}` is not understood", super::short(line));
        let (name, member) = line.split_once(':').ok_or_else(wrong)?;
        if name.trim().is_empty() || name.trim().contains(char::is_whitespace) && !name.contains('`') {
            return Err(wrong());
        }
        let at = self.at(name)?;
        self.member(at, member)
    }

    /// The class of a name with what may follow it: `~T~`, `["label"]`, `:::look`.
    fn at(&mut self, text: &str) -> Result<usize, String> {
        let text = text.trim();
        let (text, look) = text.split_once(":::").map_or((text, None), |(name, look)| (name.trim(), Some(look.trim())));
        let (text, label) = match text.split_once('[') {
            Some((name, label)) if label.ends_with(']') => {
                (name.trim(), Some(clean_to(label.trim_end_matches(']'), 60)))
            }
            _ => (text, None),
        };
        let (name, generic) = match text.split_once('~') {
            Some((name, generic)) if !text.starts_with('`') => {
                (name, Some(generic.strip_suffix('~').unwrap_or(generic)))
            }
            _ => (text, None),
        };
        let name = name.trim().trim_matches('`');
        if name.is_empty() || name.contains(['"', '{', '}', '<', '>']) {
            return Err(format!("`{}` is no name of a class", super::short(text)));
        }
        let found = self.out.classes.iter().position(|class| class.id == name);
        let at = if let Some(at) = found {
            at
        } else {
            if self.out.classes.len() >= MAX {
                return Err(format!("it has more than {MAX} classes"));
            }
            let mut class = ClassNode::new(name);
            class.label = Some(clean_to(name, 200));
            if let Some(space) = self.spaces.last() {
                self.out.namespaces[*space].class_ids.push(name.to_owned());
                class.namespace = Some(self.out.namespaces[*space].id.clone());
            }
            self.out.classes.push(class);
            self.out.classes.len() - 1
        };
        let class = &mut self.out.classes[at];
        if let Some(label) = label {
            class.label = Some(label.replace('\n', " "));
        }
        if let Some(generic) = generic.filter(|_| class.generic_type.is_none()) {
            // Part of the name: the renderer would take `<T>` for a tag when it measures.
            let name = class.label.take().unwrap_or_default();
            let written = format!("{LESS}{}>", generics(generic));
            class.label = Some(if name.ends_with(&written) { name } else { name + &written });
        }
        class.css_classes.extend(look.map(str::to_owned));
        Ok(at)
    }

    fn annotate(&mut self, at: usize, kind: &str) {
        let list = &mut self.out.classes[at].annotations;
        let kind = kind.trim();
        match list.first_mut() {
            Some(first) if first != kind => *first = format!("{first}, {kind}"),
            Some(_) => {}
            None => list.push(kind.to_owned()),
        }
    }

    fn class(&mut self, rest: &str) -> Result<(), String> {
        let (head, body) = match rest.find('{') {
            Some(at) => (rest[..at].trim(), Some(rest[at + 1..].trim())),
            None => (rest, None),
        };
        let (name, kind) = match head.split_once("<<") {
            Some((name, kind)) => (name, Some(kind.trim().trim_end_matches(">>"))),
            None => (head, None),
        };
        let at = if name.contains(char::is_whitespace) && !name.contains(['[', '`', '~']) && name.trim().contains(' ') {
            return Err(format!("`class {}` is not understood", super::short(rest)));
        } else {
            self.at(name)?
        };
        if let Some(kind) = kind {
            self.annotate(at, kind);
        }
        match body {
            None => {}
            Some("") => self.open = Some(at),
            Some(body) => {
                let (body, is_closed) = body.strip_suffix('}').map_or((body, false), |body| (body, true));
                self.open = Some(at);
                for member in body.split(';') {
                    self.body(at, member.trim())?;
                }
                if is_closed {
                    self.open = None;
                }
            }
        }
        Ok(())
    }

    fn body(&mut self, class: usize, line: &str) -> Result<(), String> {
        if line == "}" {
            self.open = None;
            return Ok(());
        }
        if let Some(kind) = line.strip_prefix("<<").and_then(|line| line.strip_suffix(">>")) {
            self.annotate(class, kind);
            return Ok(());
        }
        if line.is_empty() || line.starts_with("%%") {
            return Ok(());
        }
        self.member(class, line)
    }

    fn member(&mut self, class: usize, text: &str) -> Result<(), String> {
        let class = &mut self.out.classes[class];
        if class.members.len() + class.methods.len() >= MAX_MEMBERS {
            return Err(format!("a class has more than {MAX_MEMBERS} members"));
        }
        let text = text.trim();
        if let Some(kind) = text.strip_prefix("<<").and_then(|text| text.strip_suffix(">>")) {
            class.annotations.push(kind.to_owned());
            return Ok(());
        }
        let (text, note) =
            match text.strip_suffix(['$', '*']).filter(|rest| rest.ends_with([')', ' ']) || text.ends_with('$')) {
                Some(rest) => (rest.trim(), if text.ends_with('$') { " {static}" } else { " {abstract}" }),
                None => (text, ""),
            };
        let sign = text.chars().next().filter(|c| matches!(c, '+' | '-' | '#' | '~'));
        let inner = generics(text.strip_prefix(['+', '-', '#', '~']).unwrap_or(text).trim());
        let mut shown: String = sign.into_iter().collect();
        let is_method = inner.contains('(');
        match inner.rsplit_once(')') {
            Some((call, returned)) if is_method && !returned.trim().is_empty() => {
                let (returned, note) = match returned.trim().strip_prefix(['$', '*']) {
                    Some(rest) => {
                        (rest.trim(), if returned.trim().starts_with('$') { " {static}" } else { " {abstract}" })
                    }
                    None => (returned.trim(), note),
                };
                let returned = returned.trim_start_matches(':').trim();
                let colon = if returned.is_empty() { "" } else { " : " };
                shown.push_str(&format!("{call}){colon}{returned}{note}"));
            }
            _ => shown.push_str(&format!("{inner}{note}")),
        }
        let member = ClassMember::attribute(clean_to(&shown, 200).replace('<', &LESS.to_string()));
        if is_method {
            class.methods.push(member);
        } else {
            class.members.push(member);
        }
        Ok(())
    }

    fn namespace(&mut self, rest: &str) -> Result<(), String> {
        let name = rest.strip_suffix('{').ok_or_else(|| "`{` is missing".to_owned())?.trim();
        let name = name.split('[').next().unwrap_or(name).trim();
        // One within another stands on its own, with its whole name.
        let outer = self.spaces.last().map(|at| format!("{}.", self.out.namespaces[*at].id)).unwrap_or_default();
        let name = &(outer + name);
        if self.spaces.len() > 8 {
            return Err("namespaces are nested too deep".to_owned());
        }
        let found = self.out.namespaces.iter().position(|space| space.id == *name);
        let at = found.unwrap_or_else(|| {
            self.out.namespaces.push(Namespace { id: name.clone(), parent: None, class_ids: Vec::new() });
            self.out.namespaces.len() - 1
        });
        self.spaces.push(at);
        Ok(())
    }

    /// A note is a class in the colour of notes, its lines the members.
    fn note(&mut self, rest: &str) -> Result<(), String> {
        let (target, text) = match rest.strip_prefix("for ") {
            Some(more) => {
                let at = more.find('"').ok_or_else(|| "a note without a text".to_owned())?;
                (Some(more[..at].trim()), &more[at..])
            }
            None => (None, rest),
        };
        let text = text
            .trim()
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .ok_or_else(|| "a note without a text".to_owned())?;
        let id = format!("[note]{}", self.out.classes.len());
        let mut class = ClassNode::new(id.clone());
        let text = clean_to(text, 40);
        let mut lines = text.lines();
        class.label = Some("Note".to_owned());
        class.members = lines.by_ref().map(ClassMember::attribute).collect();
        let target = target.map(|name| self.at(name)).transpose()?;
        self.out.classes.push(class);
        let styles = properties(&format!("fill:{},stroke:{}", colors::role(Ink::Note), colors::role(Ink::NoteBorder)));
        self.out.style_stmts.push(StyleStmt { ids: vec![id.clone()], styles });
        if let Some(target) = target {
            self.out.relationships.push(ClassRelation {
                from_id: self.out.classes[target].id.clone(),
                to_id: id,
                from_type: None,
                to_type: None,
                line_type: LineType::Dotted,
                label: None,
                cardinality_from: None,
                cardinality_to: None,
            });
        }
        Ok(())
    }

    fn look(&mut self, word: &str, rest: &str) -> Result<(), String> {
        let rest = rest.trim();
        let (names, what) = match rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
            Some(parts) => parts,
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        let names: Vec<String> = names.split(',').map(|name| name.trim().to_owned()).take(MAX).collect();
        match word {
            "classDef" => {
                let styles = properties(what);
                self.out.class_defs.extend(names.into_iter().map(|name| ClassDef { name, styles: styles.clone() }));
            }
            "style" => self.out.style_stmts.push(StyleStmt { ids: names, styles: properties(what) }),
            _ => {
                for name in names {
                    let at = self.at(&name)?;
                    self.out.classes[at].css_classes.push(what.trim().to_owned());
                }
            }
        }
        Ok(())
    }

    fn relation(&mut self, line: &str, (start, end, from, dotted, to): Operator) -> Result<(), String> {
        if self.out.relationships.len() >= MAX {
            return Err(format!("it has more than {MAX} relations"));
        }
        let (left, right) = (line[..start].trim(), line[end..].trim());
        let (left, card_from) = match left.strip_suffix('"').and_then(|left| left.rsplit_once('"')) {
            Some((name, card)) => (name.trim(), Some(card.trim().to_owned())),
            None => (left, None),
        };
        let (right, card_to) = match right.strip_prefix('"').and_then(|right| right.split_once('"')) {
            Some((card, name)) => (name.trim(), Some(card.trim().to_owned())),
            None => (right, None),
        };
        let from_class = right.find(":::").map_or(0, |at| at + 3);
        let at = right[from_class..].find(':').map(|at| at + from_class);
        let (right, label) = at.map_or((right, ""), |at| (right[..at].trim(), right[at + 1..].trim()));
        let spaced = |name: &str| name.contains(char::is_whitespace) && !name.contains(['`', '~']);
        if spaced(left) || spaced(right) {
            return Err(format!("`{}` is not understood", super::short(line)));
        }
        let (from_at, to_at) = (self.at(left)?, self.at(right)?);
        self.out.relationships.push(ClassRelation {
            from_id: self.out.classes[from_at].id.clone(),
            to_id: self.out.classes[to_at].id.clone(),
            from_type: from,
            to_type: to,
            line_type: if dotted { LineType::Dotted } else { LineType::Solid },
            label: Some(clean_to(label, 30)).filter(|label| !label.is_empty()),
            cardinality_from: card_from.filter(|text| !text.is_empty()),
            cardinality_to: card_to.filter(|text| !text.is_empty()),
        });
        Ok(())
    }
}

type Operator = (usize, usize, Option<RelationType>, bool, Option<RelationType>);

/// The line between two classes: where it begins and ends, and what it is.
fn operator(line: &str) -> Option<Operator> {
    let mut is_quoted = false;
    let at = line.char_indices().find_map(|(at, c)| {
        is_quoted ^= matches!(c, '"' | '`');
        (!is_quoted && (line[at..].starts_with("--") || line[at..].starts_with(".."))).then_some(at)
    })?;
    let dotted = line[at..].starts_with('.');
    let (before, after) = (&line[..at], &line[at + 2..]);
    // A member may hold two dots or dashes; what comes before a colon is no relation then.
    if before.contains(':') && !before.contains(":::") {
        return None;
    }
    let mut end = at + 2;
    let mut to = None;
    for (sign, kind) in [
        ("|>", RelationType::Extension),
        ("*", RelationType::Composition),
        (">", RelationType::Dependency),
        ("()", RelationType::Lollipop),
    ] {
        if after.starts_with(sign) {
            (to, end) = (Some(kind), at + 2 + sign.len());
            break;
        }
    }
    if to.is_none() && after.starts_with('o') && after[1..].starts_with([' ', '"', '\t', '`']) {
        (to, end) = (Some(RelationType::Aggregation), at + 3);
    }
    let mut start = at;
    let mut from = None;
    for (sign, kind) in [
        ("<|", RelationType::Extension),
        ("*", RelationType::Composition),
        ("<", RelationType::Dependency),
        ("()", RelationType::Lollipop),
    ] {
        if before.ends_with(sign) {
            (from, start) = (Some(kind), at - sign.len());
            break;
        }
    }
    if from.is_none() && before.strip_suffix('o').is_some_and(|rest| rest.ends_with([' ', '"', '\t', '`'])) {
        (from, start) = (Some(RelationType::Aggregation), at - 1);
    }
    Some((start, end, from, dotted, to))
}

/// `List~int~` as `List<int>`, with the sign that stands for `<`.
fn generics(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let next = chars.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        match c {
            '~' if before.is_some_and(|c| c.is_alphanumeric())
                && next.is_some_and(|c| c.is_alphanumeric() || *c == '[' || *c == '(' || *c == '?')
                && (depth == 0 || text_opens(&chars, at)) =>
            {
                depth += 1;
                out.push(LESS);
            }
            '~' if depth > 0 => {
                depth -= 1;
                out.push('>');
            }
            '<' => out.push(LESS),
            _ => out.push(*c),
        }
    }
    out
}

/// Whether a tilde within another pair opens one: as many as are open and one more follow.
fn text_opens(chars: &[char], at: usize) -> bool {
    chars[at + 1..].iter().take(200).filter(|c| **c == '~').count() >= 2
}

/// The renderer finds one line for each pair of classes and direction: a second one goes the
/// other way round, further ones join their texts or are refused.
fn apart(diagram: &mut ClassDiagram) -> Result<(), String> {
    let mut kept: Vec<ClassRelation> = Vec::with_capacity(diagram.relationships.len());
    for mut relation in std::mem::take(&mut diagram.relationships) {
        let has = |kept: &[ClassRelation], from: &str, to: &str| {
            kept.iter().position(|other| other.from_id == from && other.to_id == to)
        };
        if let Some(at) = has(&kept, &relation.from_id, &relation.to_id) {
            let other = &mut kept[at];
            let is_same = other.from_type == relation.from_type
                && other.to_type == relation.to_type
                && other.line_type == relation.line_type
                && other.cardinality_from == relation.cardinality_from
                && other.cardinality_to == relation.cardinality_to;
            if is_same {
                other.label = match (other.label.take(), relation.label) {
                    (Some(one), Some(two)) if one != two => Some(format!("{one}\n{two}")),
                    (one, two) => one.or(two),
                };
                continue;
            }
            if relation.from_id == relation.to_id || has(&kept, &relation.to_id, &relation.from_id).is_some() {
                return Err(format!(
                    "more than two lines between `{}` and `{}`",
                    super::short(&relation.from_id),
                    super::short(&relation.to_id)
                ));
            }
            std::mem::swap(&mut relation.from_id, &mut relation.to_id);
            std::mem::swap(&mut relation.from_type, &mut relation.to_type);
            std::mem::swap(&mut relation.cardinality_from, &mut relation.cardinality_to);
        }
        kept.push(relation);
    }
    diagram.relationships = kept;
    Ok(())
}
