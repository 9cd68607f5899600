//! Entity relationship diagrams, read into the renderer's form.

use rusty_mermaid_core::Direction;
use rusty_mermaid_diagrams::common::styling::{ClassDef, StyleStmt};
use rusty_mermaid_diagrams::er::ir::{Attribute, Cardinality, Entity, ErDiagram, ErRelation, Identification, KeyType};

use super::flowchart::{direction, properties};
use super::labels::clean_to;

/// Most entities, and most relations.
const MAX: usize = 150;
/// Most attributes of an entity.
const MAX_ATTRIBUTES: usize = 120;

/// Cardinalities, longer ones first.
const CARDINALITIES: &[(&str, Cardinality)] = &[
    ("one or zero", Cardinality::ZeroOrOne),
    ("zero or one", Cardinality::ZeroOrOne),
    ("one or more", Cardinality::OneOrMore),
    ("one or many", Cardinality::OneOrMore),
    ("zero or more", Cardinality::ZeroOrMore),
    ("zero or many", Cardinality::ZeroOrMore),
    ("only one", Cardinality::ExactlyOne),
    ("many(1)", Cardinality::OneOrMore),
    ("many(0)", Cardinality::ZeroOrMore),
    ("1+", Cardinality::OneOrMore),
    ("0+", Cardinality::ZeroOrMore),
    ("|o", Cardinality::ZeroOrOne),
    ("o|", Cardinality::ZeroOrOne),
    ("||", Cardinality::ExactlyOne),
    ("}o", Cardinality::ZeroOrMore),
    ("o{", Cardinality::ZeroOrMore),
    ("}|", Cardinality::OneOrMore),
    ("|{", Cardinality::OneOrMore),
    ("one", Cardinality::ExactlyOne),
    ("many", Cardinality::ZeroOrMore),
    ("1", Cardinality::ExactlyOne),
];

/// Reads the lines after the first one.
pub(super) fn read(lines: &[(usize, &str)]) -> Result<ErDiagram, String> {
    let mut reader = Reader { out: ErDiagram::new(Direction::TB), open: None };
    for (number, line) in lines {
        reader.line(line.trim()).map_err(|why| super::at_line(*number, &why))?;
    }
    if reader.open.is_some() {
        return Err("a `}` is missing".to_owned());
    }
    if reader.out.entities.is_empty() {
        return Err("nothing that could be drawn was found in it".to_owned());
    }
    apart(&mut reader.out)?;
    Ok(reader.out)
}

struct Reader {
    out: ErDiagram,
    open: Option<usize>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some(at) = self.open {
            return self.attributes(at, line);
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "" | "title" => return Ok(()),
            _ if line.starts_with("%%") => return Ok(()),
            "direction" if direction(rest).is_some() => {
                self.out.direction = direction(rest).unwrap_or(Direction::TB);
                return Ok(());
            }
            "classDef" | "style" | "class" if !rest.is_empty() && !rest.starts_with(['{', '|', '}']) => {
                let (names, what) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                for name in names.split(',').map(str::trim).take(MAX) {
                    match word {
                        "classDef" => {
                            self.out.class_defs.push(ClassDef { name: name.to_owned(), styles: properties(what) });
                        }
                        "style" => self
                            .out
                            .style_stmts
                            .push(StyleStmt { ids: vec![name.to_owned()], styles: properties(what) }),
                        _ => {
                            let at = self.at(name)?;
                            self.out.entities[at].css_classes.push(what.trim().to_owned());
                        }
                    }
                }
                return Ok(());
            }
            _ => {}
        }
        if let Some(found) = relation(line) {
            return self.relation(&found);
        }
        let wrong = || format!("`{}` is not understood", super::short(line));
        let Some(at) = line.find('{') else {
            let name = line.split('[').next().unwrap_or(line).trim();
            if name.contains(char::is_whitespace) && !name.starts_with('"') {
                return Err(wrong());
            }
            return self.at(line).map(|_| ());
        };
        let name = line[..at].trim();
        if name.is_empty()
            || name.contains("--")
            || name.contains("..")
            || name.ends_with(['o', '|']) && name.contains(' ')
        {
            return Err(wrong());
        }
        let entity = self.at(name)?;
        let body = line[at + 1..].trim();
        self.open = Some(entity);
        if body.is_empty() { Ok(()) } else { self.attributes(entity, body) }
    }

    /// The entity of a name, with what may follow it: `[label]`, `:::look`.
    fn at(&mut self, text: &str) -> Result<usize, String> {
        let (text, look) =
            text.trim().split_once(":::").map_or((text.trim(), None), |(name, look)| (name.trim(), Some(look.trim())));
        let (name, label) = match text.split_once('[') {
            Some((name, label)) => (name.trim(), label.trim().strip_suffix(']')),
            None => (text, None),
        };
        let name = name.trim_matches('"').trim();
        if name.is_empty() || name.contains(['{', '}', '|', '<']) {
            return Err(format!("`{}` is no name of an entity", super::short(text)));
        }
        let found = self.out.entities.iter().position(|entity| entity.id == name);
        let at = if let Some(at) = found {
            at
        } else {
            if self.out.entities.len() >= MAX {
                return Err(format!("it has more than {MAX} entities"));
            }
            self.out.entities.push(Entity::new(name));
            self.out.entities.len() - 1
        };
        let entity = &mut self.out.entities[at];
        if let Some(label) = label {
            entity.alias = Some(clean_to(label, 200).replace('\n', " "));
        }
        entity.css_classes.extend(look.map(str::to_owned));
        Ok(at)
    }

    /// Attributes: a type, a name, keys and a comment each; several may stand on a line.
    fn attributes(&mut self, entity: usize, line: &str) -> Result<(), String> {
        let mut rest = line.trim();
        if rest.starts_with("%%") {
            return Ok(());
        }
        let mut words: Vec<&str> = Vec::new();
        let mut is_closed = false;
        while !rest.is_empty() {
            let end = match rest.strip_prefix('"') {
                Some(quoted) => quoted.find('"').map(|at| at + 2).ok_or_else(|| "a quote is not closed".to_owned())?,
                None if rest.starts_with('}') => {
                    is_closed = true;
                    rest = rest[1..].trim();
                    break;
                }
                None => {
                    let mut depth = 0_usize;
                    rest.char_indices()
                        .find(|(_, c)| {
                            match c {
                                '(' | '[' => depth += 1,
                                ')' | ']' => depth = depth.saturating_sub(1),
                                _ => {}
                            }
                            *c == '"' || *c == '}' || (c.is_whitespace() && depth == 0)
                        })
                        .map_or(rest.len(), |(at, _)| at)
                }
            };
            words.push(&rest[..end]);
            rest = rest[end..].trim_start();
        }
        if is_closed {
            self.open = None;
            if !rest.is_empty() {
                return Err(format!("`{}` is not understood", super::short(rest)));
            }
        }
        let list = &mut self.out.entities[entity].attributes;
        let mut words = words.into_iter().peekable();
        while let Some(kind) = words.next() {
            let name = words.next().filter(|name| !name.starts_with('"'));
            let name = name.ok_or_else(|| format!("the attribute `{}` has no name or no type", super::short(kind)))?;
            let mut attribute =
                Attribute { attr_type: shown(kind), name: shown(name), keys: Vec::new(), comment: None };
            while let Some(word) =
                words.next_if(|word| word.split(',').all(|key| key.is_empty() || key_of(key).is_some()))
            {
                attribute.keys.extend(word.split(',').filter_map(key_of));
            }
            if let Some(comment) = words.next_if(|word| word.starts_with('"')) {
                attribute.comment = Some(clean_to(comment, 200).replace('\n', " "));
            }
            if list.len() >= MAX_ATTRIBUTES {
                return Err(format!("an entity has more than {MAX_ATTRIBUTES} attributes"));
            }
            list.push(attribute);
        }
        Ok(())
    }

    fn relation(&mut self, found: &Found<'_>) -> Result<(), String> {
        if self.out.relationships.len() >= MAX {
            return Err(format!("it has more than {MAX} relations"));
        }
        let (left, right) = (self.at(found.left)?, self.at(found.right)?);
        self.out.relationships.push(ErRelation {
            entity_a: self.out.entities[left].id.clone(),
            entity_b: self.out.entities[right].id.clone(),
            cardinality_a: found.from,
            cardinality_b: found.to,
            identification: if found.is_dotted { Identification::NonIdentifying } else { Identification::Identifying },
            label: Some(clean_to(found.label, 30)).filter(|label| !label.is_empty()),
        });
        Ok(())
    }
}

fn shown(text: &str) -> String {
    clean_to(text, 200).replace('~', "")
}

fn key_of(word: &str) -> Option<KeyType> {
    Some(match word {
        "PK" => KeyType::PrimaryKey,
        "FK" => KeyType::ForeignKey,
        "UK" => KeyType::UniqueKey,
        _ => return None,
    })
}

/// A relation as it is written.
struct Found<'t> {
    left: &'t str,
    right: &'t str,
    label: &'t str,
    from: Cardinality,
    to: Cardinality,
    is_dotted: bool,
}

/// Reads `A ||--o{ B : label`; `None` when the line is none.
fn relation(line: &str) -> Option<Found<'_>> {
    let bytes_after_name = if let Some(quoted) = line.strip_prefix('"') {
        quoted.find('"')? + 2
    } else {
        line.find([' ', '\t', '|', '}'])?
    };
    let (mut left, mut rest) = (&line[..bytes_after_name], line[bytes_after_name..].trim_start());
    if rest.starts_with('[') {
        let end = bytes_after_name + line[bytes_after_name..].find(']')? + 1;
        (left, rest) = (&line[..end], line[end..].trim_start());
    }
    let (from, rest) = cardinality(rest)?;
    let rest = rest.trim_start();
    let lines = [("--", false), ("..", true), (".-", true), ("-.", true), ("optionally to", true), ("to ", false)];
    let (rest, is_dotted) = lines.iter().find_map(|(sign, dotted)| Some((rest.strip_prefix(sign)?, *dotted)))?;
    let (to, rest) = cardinality(rest.trim_start())?;
    let rest = rest.trim();
    let end = match rest.strip_prefix('"') {
        Some(quoted) => quoted.find('"')? + 2,
        None => rest
            .char_indices()
            .find(|(at, c)| *c == ':' && !rest[*at..].starts_with(":::") && !rest[..*at].ends_with(':'))
            .map_or(rest.len(), |(at, _)| at),
    };
    let (right, tail) = (rest[..end].trim(), rest[end..].trim());
    if right.is_empty() || !right.starts_with('"') && !right.contains('[') && right.contains(char::is_whitespace) {
        return None;
    }
    let label = if tail.is_empty() { "" } else { tail.strip_prefix(':')?.trim() };
    Some(Found { left, right, label, from, to, is_dotted })
}

fn cardinality(text: &str) -> Option<(Cardinality, &str)> {
    CARDINALITIES.iter().find_map(|(sign, kind)| Some((*kind, text.strip_prefix(sign)?)))
}

/// The renderer finds one line for each pair and direction: a second one goes the other way
/// round, further ones join their texts or are refused.
fn apart(diagram: &mut ErDiagram) -> Result<(), String> {
    let mut kept: Vec<ErRelation> = Vec::with_capacity(diagram.relationships.len());
    for mut relation in std::mem::take(&mut diagram.relationships) {
        let has = |kept: &[ErRelation], a: &str, b: &str| {
            kept.iter().position(|other| other.entity_a == a && other.entity_b == b)
        };
        if let Some(at) = has(&kept, &relation.entity_a, &relation.entity_b) {
            let other = &mut kept[at];
            let ends = (relation.cardinality_a, relation.cardinality_b, relation.identification);
            if (other.cardinality_a, other.cardinality_b, other.identification) == ends {
                other.label = match (other.label.take(), relation.label) {
                    (Some(one), Some(two)) if one != two => Some(format!("{one}\n{two}")),
                    (one, two) => one.or(two),
                };
                continue;
            }
            if relation.entity_a == relation.entity_b || has(&kept, &relation.entity_b, &relation.entity_a).is_some() {
                return Err(format!(
                    "more than two lines between `{}` and `{}`",
                    super::short(&relation.entity_a),
                    super::short(&relation.entity_b)
                ));
            }
            std::mem::swap(&mut relation.entity_a, &mut relation.entity_b);
            std::mem::swap(&mut relation.cardinality_a, &mut relation.cardinality_b);
        }
        kept.push(relation);
    }
    diagram.relationships = kept;
    Ok(())
}
