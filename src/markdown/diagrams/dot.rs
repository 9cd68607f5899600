//! Graphviz: what of DOT stands in documentation, read into the form of flowcharts. Places,
//! sizes and fonts are the layout's; ports are left out.

use rustc_hash::FxHashMap;
use rusty_mermaid_core::Shape;

use super::colors;
use super::flowchart::{Arrow, Flowchart, NONE, Reader, direction};
use super::labels::{LESS, Node, clean};

/// Most words of a source.
const MAX_TOKENS: usize = 8_000;
/// Deepest nesting.
const MAX_NESTING: usize = 12;

type Attributes = FxHashMap<String, String>;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Sign(char),
    Arrow,
}

/// Reads a graph.
pub(super) fn read(source: &str) -> Result<Flowchart, String> {
    let mut graph =
        Graph { tokens: tokens(source)?, at: 0, reader: Reader::new(), is_directed: true, groups: 0, depth: 0 };
    let mut kind = graph.word().unwrap_or_default().to_ascii_lowercase();
    if kind == "strict" {
        kind = graph.word().unwrap_or_default().to_ascii_lowercase();
    }
    match kind.as_str() {
        "digraph" => {}
        "graph" => graph.is_directed = false,
        _ => return Err("it does not begin with `graph` or `digraph`".to_owned()),
    }
    graph.word();
    graph.sign('{').ok_or_else(|| "`{` is missing".to_owned())?;
    graph.block(&Attributes::default(), &Attributes::default(), None)?;
    if graph.at < graph.tokens.len() {
        return Err("something follows the graph".to_owned());
    }
    graph.reader.finish()
}

fn tokens(source: &str) -> Result<Vec<Token>, String> {
    let mut out = Vec::new();
    let mut rest = source.trim_start();
    while !rest.is_empty() {
        if out.len() > MAX_TOKENS {
            return Err(format!("it has more than {MAX_TOKENS} words"));
        }
        let first = rest.chars().next().unwrap_or(' ');
        if rest.starts_with("//") || first == '#' {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").ok_or_else(|| "a comment is not closed".to_owned())?.1;
        } else if rest.starts_with("->") || rest.starts_with("--") {
            out.push(Token::Arrow);
            rest = &rest[2..];
        } else if let Some(quoted) = rest.strip_prefix('"') {
            let mut text = String::new();
            let mut chars = quoted.char_indices();
            let end = loop {
                let (at, c) = chars.next().ok_or_else(|| "a quote is not closed".to_owned())?;
                match c {
                    '"' => break at,
                    '\\' => match chars.next().map(|(_, c)| c) {
                        Some('n' | 'l' | 'r') => text.push_str("<br>"),
                        Some('\n') | None => {}
                        Some(c) => text.push(c),
                    },
                    '\n' => text.push(' '),
                    '<' => text.push(LESS),
                    c => text.push(c),
                }
            };
            out.push(Token::Word(text));
            rest = &quoted[end + 1..];
        } else if first == '<' {
            let mut depth = 0_usize;
            let end = rest.char_indices().find(|(_, c)| {
                match c {
                    '<' => depth += 1,
                    '>' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0
            });
            let end = end.ok_or_else(|| "a label in HTML is not closed".to_owned())?.0;
            out.push(Token::Word(without_tags(&rest[1..end])));
            rest = &rest[end + 1..];
        } else if "{}[]=;,:+".contains(first) {
            out.push(Token::Sign(first));
            rest = &rest[1..];
        } else {
            let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.' || !c.is_ascii();
            let minus = usize::from(first == '-');
            let end = rest[minus..].find(|c: char| !is_part(c)).map_or(rest.len(), |at| at + minus);
            if end <= minus {
                return Err(format!("`{}` is not understood", super::short(rest)));
            }
            out.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(out)
}

/// The text of a label in HTML: rows and breaks become lines.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        let tag = rest[at + 1..at + end].trim().to_ascii_lowercase();
        if tag.starts_with("br") || tag == "/tr" {
            out.push_str("<br>");
        } else if tag == "/td" {
            out.push(' ');
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches("<br>").to_owned()
}

struct Graph {
    tokens: Vec<Token>,
    at: usize,
    reader: Reader,
    is_directed: bool,
    groups: usize,
    depth: usize,
}

impl Graph {
    fn word(&mut self) -> Option<String> {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else { return None };
        self.at += 1;
        Some(word.clone())
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        (self.tokens.get(self.at) == Some(&Token::Sign(sign))).then(|| self.at += 1)
    }

    /// What stands between braces. The group that it is, if it is one, waits for its label.
    fn block(&mut self, nodes: &Attributes, edges: &Attributes, group: Option<&str>) -> Result<Vec<String>, String> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(format!("it is nested deeper than {MAX_NESTING}"));
        }
        let (mut nodes, mut edges) = (nodes.clone(), edges.clone());
        let mut members = Vec::new();
        while self.sign('}').is_none() {
            if self.at >= self.tokens.len() {
                return Err("`}` is missing".to_owned());
            }
            if self.sign(';').is_some() || self.sign(',').is_some() {
                continue;
            }
            self.statement(&mut nodes, &mut edges, group, &mut members)?;
        }
        self.depth -= 1;
        Ok(members)
    }

    fn statement(
        &mut self,
        nodes: &mut Attributes,
        edges: &mut Attributes,
        group: Option<&str>,
        members: &mut Vec<String>,
    ) -> Result<(), String> {
        if let (Some(Token::Word(name)), Some(Token::Sign('='))) =
            (self.tokens.get(self.at), self.tokens.get(self.at + 1))
        {
            let name = name.to_ascii_lowercase();
            self.at += 2;
            let value = self.word().ok_or_else(|| format!("`{name}` has no value"))?;
            self.setting(&name, &value, group);
            return Ok(());
        }
        if let (Some(Token::Word(word)), Some(Token::Sign('['))) =
            (self.tokens.get(self.at), self.tokens.get(self.at + 1))
        {
            let word = word.to_ascii_lowercase();
            if matches!(word.as_str(), "node" | "edge" | "graph") {
                self.at += 1;
                let given = self.attributes()?;
                match word.as_str() {
                    "node" => nodes.extend(given),
                    "edge" => edges.extend(given),
                    _ => {
                        for name in ["label", "rankdir"] {
                            if let Some(value) = given.get(name) {
                                self.setting(name, value, group);
                            }
                        }
                    }
                }
                return Ok(());
            }
        }
        let mut sides = vec![self.side(nodes, edges)?];
        while self.tokens.get(self.at) == Some(&Token::Arrow) {
            self.at += 1;
            sides.push(self.side(nodes, edges)?);
        }
        let given = self.attributes()?;
        if let [(ids, true)] = sides.as_slice() {
            for id in ids {
                let mut all = nodes.clone();
                all.extend(given.clone());
                self.look(id, &all, given.contains_key("label"));
            }
        }
        let mut all = edges.clone();
        all.extend(given);
        for pair in sides.windows(2) {
            for from in &pair[0].0 {
                for to in &pair[1].0 {
                    let arrow = self.arrow(&all);
                    self.reader.connect(from, to, &arrow)?;
                }
            }
        }
        members.extend(sides.into_iter().flat_map(|(ids, _)| ids));
        Ok(())
    }

    fn setting(&mut self, name: &str, value: &str, group: Option<&str>) {
        match name {
            "rankdir" => {
                if let Some(to) = direction(value) {
                    self.reader.diagram.direction = to;
                }
            }
            "label" => {
                if let Some(group) = group.and_then(|id| self.reader.group_of(id)) {
                    group.label = Some(clean(value));
                }
            }
            _ => {}
        }
    }

    /// One node, or a subgraph: what is in it, and whether it is a node.
    fn side(&mut self, nodes: &Attributes, edges: &Attributes) -> Result<(Vec<String>, bool), String> {
        let is_word =
            matches!(self.tokens.get(self.at), Some(Token::Word(word)) if word.eq_ignore_ascii_case("subgraph"));
        if is_word || self.tokens.get(self.at) == Some(&Token::Sign('{')) {
            let name = if is_word {
                self.at += 1;
                self.word().unwrap_or_default()
            } else {
                String::new()
            };
            self.sign('{').ok_or_else(|| "`{` is missing".to_owned())?;
            let is_cluster = name.starts_with("cluster");
            if !is_cluster {
                return Ok((self.block(nodes, edges, None)?, false));
            }
            self.groups += 1;
            let id = format!("[group]{}", self.groups);
            self.reader.begin(&id, " ".to_owned())?;
            let members = self.block(nodes, edges, Some(&id))?;
            self.reader.close()?;
            return Ok((members, false));
        }
        let id = self.word().ok_or_else(|| "a name is missing".to_owned())?;
        // A port, and its side.
        while self.sign(':').is_some() {
            self.word();
        }
        if self.reader.vertex(&id).is_none() {
            let label = clean(&id);
            self.reader.place(Node { id: id.clone(), shape: Some((Shape::Stadium, label)), class: None })?;
            self.look(&id, nodes, false);
        } else {
            self.reader.place(Node { id: id.clone(), shape: None, class: None })?;
        }
        Ok((vec![id], true))
    }

    fn attributes(&mut self) -> Result<Attributes, String> {
        let mut out = Attributes::default();
        while self.sign('[').is_some() {
            while self.sign(']').is_none() {
                if self.sign(',').is_some() || self.sign(';').is_some() {
                    continue;
                }
                let name = self.word().ok_or_else(|| "an attribute is not understood".to_owned())?;
                let value = if self.sign('=').is_some() {
                    let mut value = self.word().ok_or_else(|| format!("`{}` has no value", super::short(&name)))?;
                    while self.sign('+').is_some() {
                        value.push_str(&self.word().unwrap_or_default());
                    }
                    value
                } else {
                    "true".to_owned()
                };
                out.insert(name.to_ascii_lowercase(), value);
            }
        }
        Ok(out)
    }

    /// Gives a node its shape, label and colour.
    fn look(&mut self, id: &str, given: &Attributes, has_label: bool) {
        let shape = given.get("shape").map(String::as_str);
        let style = given.get("style").map_or("", String::as_str);
        let is_record = shape.is_some_and(|shape| shape.contains("ecord"));
        let Some(vertex) = self.reader.vertex(id) else { return };
        if let Some(label) = given.get("label").filter(|_| has_label || given.contains_key("label")) {
            let label = label.replace("\\N", id);
            let label = if is_record { fields(&label) } else { label };
            vertex.label = clean(&label);
            if vertex.label.is_empty() {
                " ".clone_into(&mut vertex.label);
            }
        }
        vertex.shape = match shape {
            Some(
                "box" | "rect" | "rectangle" | "square" | "record" | "note" | "tab" | "folder" | "component"
                | "plaintext" | "plain" | "none" | "box3d",
            ) if !style.contains("rounded") => Shape::Rect,
            Some("box" | "rect" | "rectangle" | "square" | "record" | "Mrecord") => Shape::RoundedRect,
            Some("circle" | "point") => Shape::Circle,
            Some("doublecircle" | "doubleoctagon") => Shape::DoubleCircle,
            Some("diamond" | "Mdiamond") => Shape::Diamond,
            Some("cylinder") => Shape::Cylinder,
            Some("hexagon" | "octagon") => Shape::Hexagon,
            Some("parallelogram") => Shape::Parallelogram,
            Some("trapezium") => Shape::Trapezoid,
            Some("invtrapezium" | "house" | "invhouse") => Shape::TrapezoidAlt,
            Some(_) => Shape::Stadium,
            None => Shape::Stadium,
        };
        let color = given.get("fillcolor").or_else(|| given.get("color").filter(|_| style.contains("filled")));
        if let Some(color) = color.and_then(|color| colors::css(color)).filter(|color| color.a > 0) {
            self.reader.paint(id, &colors::hex(color));
        }
    }

    fn arrow(&self, given: &Attributes) -> Arrow {
        let mut arrow = Arrow::new(given.get("label").or_else(|| given.get("xlabel")).map_or("", String::as_str));
        let style = given.get("style").map_or("", String::as_str);
        let head = arrow.end;
        let way = given.get("dir").map_or(if self.is_directed { "forward" } else { "none" }, String::as_str);
        arrow.start = if matches!(way, "back" | "both") { head } else { NONE };
        arrow.end = if matches!(way, "forward" | "both") && given.get("arrowhead").is_none_or(|head| head != "none") {
            head
        } else {
            NONE
        };
        if style.contains("dashed") || style.contains("dotted") {
            arrow.stroke = Arrow::dotted().stroke;
        }
        arrow.is_hidden = style.contains("invis");
        arrow
    }
}

/// The fields of a record, one on each line.
fn fields(label: &str) -> String {
    let mut out = String::new();
    let mut is_port = false;
    for c in label.chars() {
        match c {
            LESS => is_port = true,
            '>' if is_port => is_port = false,
            '{' | '}' => {}
            '|' => out.push_str("<br>"),
            _ if is_port => {}
            _ => out.push(c),
        }
    }
    out
}
