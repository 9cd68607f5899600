//! Flowcharts as people write them, read into the renderer's own form. Its own reader knows
//! neither `;` nor `&` after a shape, nor arrows without spaces, nor ids of subgraphs, and
//! leaves out what it does not know; flowcharts are most of all diagrams, so they are read here.

use rustc_hash::{FxHashMap, FxHashSet};
use rusty_mermaid_core::{Direction, Shape};
use rusty_mermaid_diagrams::common::styling::{ClassDef, StyleProperty, StyleStmt};
use rusty_mermaid_diagrams::flowchart::ir::{
    ArrowEnd, FlowDiagram, FlowEdge, FlowLinkStyle, FlowSubGraph, FlowVertex, StrokeType,
};

pub(super) use super::labels::unmasked;
use super::{colors, labels};

/// Most boxes of a flowchart.
const MAX_NODES: usize = 120;
/// Most arrows of a flowchart.
const MAX_EDGES: usize = 200;
/// Deepest nesting of subgraphs.
const MAX_NESTING: usize = 12;
/// Most colours of one statement.
const MAX_PROPERTIES: usize = 20;

/// A flowchart, and what its boxes lead to.
pub(super) struct Flowchart {
    pub(super) diagram: FlowDiagram,
    /// Targets of boxes, by their ids.
    pub(super) links: Vec<(String, String)>,
}

/// An arrow without a head.
pub(super) const NONE: ArrowEnd = ArrowEnd::None;

/// What is wrong, in words.
pub(super) type Wrong = String;

/// Reads a flowchart, front matter and directives already removed.
pub(super) fn read(text: &str) -> Result<Flowchart, Wrong> {
    let mut reader = Reader::new();
    let mut started = false;
    for statement in labels::statements(text) {
        let statement = statement.trim();
        if statement.is_empty() || statement.starts_with("%%") {
            continue;
        }
        if started {
            reader.statement(statement)?;
        } else {
            let mut words = statement.split_whitespace();
            words.next();
            reader.diagram.direction = words.next().and_then(direction).unwrap_or(Direction::TB);
            started = true;
        }
    }
    reader.finish()
}

pub(super) fn direction(word: &str) -> Option<Direction> {
    Some(match word {
        "TD" | "TB" | "v" => Direction::TB,
        "BT" | "^" => Direction::BT,
        "LR" | ">" => Direction::LR,
        "RL" | "<" => Direction::RL,
        _ => return None,
    })
}

/// A flowchart in the making; other languages are read into it as well.
pub(super) struct Reader {
    pub(super) diagram: FlowDiagram,
    pub(super) links: Vec<(String, String)>,
    index: FxHashMap<String, usize>,
    /// Boxes that stand in a subgraph.
    placed: FxHashSet<String>,
    /// Subgraphs that are open.
    open: Vec<usize>,
    /// Classes that are given to boxes by name.
    classes: Vec<(String, String)>,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self {
            diagram: FlowDiagram::new(Direction::TB),
            links: Vec::new(),
            index: FxHashMap::default(),
            placed: FxHashSet::default(),
            open: Vec::new(),
            classes: Vec::new(),
        }
    }

    /// Gives a box a colour of its own, or one of the theme's by its role.
    pub(super) fn paint(&mut self, id: &str, fill: &str) {
        self.diagram
            .style_stmts
            .push(StyleStmt { ids: vec![id.to_owned()], styles: properties(&format!("fill:{fill}")) });
    }

    /// The box of an id, to change.
    pub(super) fn vertex(&mut self, id: &str) -> Option<&mut FlowVertex> {
        self.index.get(id).map(|index| &mut self.diagram.vertices[*index])
    }

    /// Whether there is a subgraph of an id.
    pub(super) fn group_of(&mut self, id: &str) -> Option<&mut FlowSubGraph> {
        self.diagram.subgraphs.iter_mut().find(|group| group.id == id)
    }

    /// What stands in one subgraph goes into another one, which is within it.
    pub(super) fn move_into(&mut self, outer: &str, inner: &str) {
        let Some(group) = self.group_of(outer) else { return };
        let nodes = std::mem::take(&mut group.node_ids);
        let groups: Vec<String> = group.subgraph_ids.drain(..).filter(|id| id != inner).collect();
        group.subgraph_ids.push(inner.to_owned());
        if let Some(group) = self.group_of(inner) {
            group.node_ids = nodes;
            group.subgraph_ids = groups;
        }
    }

    /// Closes the subgraph that was opened last.
    pub(super) fn close(&mut self) -> Result<(), Wrong> {
        self.open.pop().map(|_| ()).ok_or_else(|| "an end too many".to_owned())
    }

    /// The direction within the subgraph that is open, or of all.
    pub(super) fn turn(&mut self, to: Direction) {
        match self.open.last() {
            Some(open) => self.diagram.subgraphs[*open].direction = Some(to),
            None => self.diagram.direction = to,
        }
    }

    /// Adds an arrow.
    pub(super) fn connect(&mut self, src: &str, dst: &str, arrow: &Arrow) -> Result<(), Wrong> {
        if self.diagram.edges.len() >= MAX_EDGES {
            return Err(format!("it has more than {MAX_EDGES} arrows"));
        }
        let mut edge = FlowEdge::new(src, dst);
        edge.label.clone_from(&arrow.label);
        edge.stroke = arrow.stroke;
        edge.start_arrow = arrow.start;
        edge.end_arrow = arrow.end;
        edge.minlen = arrow.length;
        if arrow.is_hidden {
            let styles = vec![StyleProperty { key: "opacity".to_owned(), value: "0".to_owned() }];
            let indices = vec![self.diagram.edges.len()];
            self.diagram.link_styles.push(FlowLinkStyle { indices, is_default: false, styles });
            edge.label = None;
        }
        self.diagram.edges.push(edge);
        Ok(())
    }

    fn statement(&mut self, statement: &str) -> Result<(), Wrong> {
        let (word, rest) = statement.split_once(char::is_whitespace).unwrap_or((statement, ""));
        let rest = rest.trim();
        match word {
            "subgraph" => self.subgraph(rest),
            "end" if rest.is_empty() => self.open.pop().map(|_| ()).ok_or_else(|| "an `end` too many".to_owned()),
            "direction" => {
                if let Some(open) = self.open.last() {
                    self.diagram.subgraphs[*open].direction = direction(rest);
                }
                Ok(())
            }
            "classDef" => {
                let (names, styles) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                for name in names.split(',').take(MAX_PROPERTIES) {
                    self.diagram.class_defs.push(ClassDef { name: name.trim().to_owned(), styles: properties(styles) });
                }
                Ok(())
            }
            "class" => {
                let (ids, name) = rest.rsplit_once(char::is_whitespace).unwrap_or((rest, ""));
                self.classes.extend(ids.split(',').map(|id| (id.trim().to_owned(), name.trim().to_owned())));
                Ok(())
            }
            "style" => {
                let (ids, styles) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                let ids = ids.split(',').map(|id| id.trim().to_owned()).collect();
                self.diagram.style_stmts.push(StyleStmt { ids, styles: properties(styles) });
                Ok(())
            }
            "linkStyle" => {
                let (which, styles) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                let is_default = which == "default";
                let indices = which.split(',').filter_map(|index| index.trim().parse().ok()).collect();
                self.diagram.link_styles.push(FlowLinkStyle { indices, is_default, styles: properties(styles) });
                Ok(())
            }
            "click" => {
                self.click(rest);
                Ok(())
            }
            _ => self.chain(statement),
        }
    }

    /// Only links to web pages are kept: a drawing has no place for others to be checked.
    fn click(&mut self, rest: &str) {
        let Some((id, what)) = rest.split_once(char::is_whitespace) else { return };
        let what = what.trim().strip_prefix("href").unwrap_or(what).trim();
        let target = what.strip_prefix('"').and_then(|text| text.split('"').next()).unwrap_or("");
        if target.starts_with("https://") || target.starts_with("http://") {
            self.links.push((id.to_owned(), target.to_owned()));
        }
    }

    fn subgraph(&mut self, rest: &str) -> Result<(), Wrong> {
        let (id, label) = match rest.find('[').filter(|_| rest.ends_with(']')) {
            Some(at) => (rest[..at].trim(), labels::clean(&rest[at + 1..rest.len() - 1])),
            None => (rest.trim_matches('"'), labels::clean(rest)),
        };
        self.begin(id, label)
    }

    /// Opens a subgraph.
    pub(super) fn begin(&mut self, id: &str, label: String) -> Result<(), Wrong> {
        if self.open.len() >= MAX_NESTING || self.diagram.subgraphs.len() >= MAX_NODES {
            return Err(format!("more than {MAX_NESTING} subgraphs inside of each other"));
        }
        let index = self.diagram.subgraphs.len();
        let id = if id.is_empty() { format!("subgraph-{index}") } else { id.to_owned() };
        if let Some(outer) = self.open.last() {
            self.diagram.subgraphs[*outer].subgraph_ids.push(id.clone());
        }
        self.diagram.subgraphs.push(FlowSubGraph {
            id,
            label: Some(label),
            direction: None,
            node_ids: Vec::new(),
            subgraph_ids: Vec::new(),
        });
        self.open.push(index);
        Ok(())
    }

    /// Boxes and the arrows between them.
    fn chain(&mut self, statement: &str) -> Result<(), Wrong> {
        let mut rest = statement;
        let mut from = self.group(&mut rest)?;
        while !rest.is_empty() {
            let arrow =
                labels::arrow(&mut rest).ok_or_else(|| format!("`{}` is not understood", super::short(rest)))?;
            let to = self.group(&mut rest)?;
            for src in &from {
                for dst in &to {
                    self.connect(src, dst, &arrow)?;
                }
            }
            from = to;
        }
        Ok(())
    }

    /// One box, or several with `&` between them.
    fn group(&mut self, rest: &mut &str) -> Result<Vec<String>, Wrong> {
        let mut out = vec![self.node(rest)?];
        while let Some(after) = rest.strip_prefix('&') {
            *rest = after.trim_start();
            out.push(self.node(rest)?);
        }
        Ok(out)
    }

    fn node(&mut self, rest: &mut &str) -> Result<String, Wrong> {
        let node = labels::node(rest)?;
        self.place(node)
    }

    /// Adds a box, or to what is known of it.
    pub(super) fn place(&mut self, node: labels::Node) -> Result<String, Wrong> {
        if let Some(index) = self.index.get(&node.id) {
            let vertex = &mut self.diagram.vertices[*index];
            if let Some((shape, label)) = node.shape {
                vertex.shape = shape;
                vertex.label = label;
            }
            vertex.classes.extend(node.class);
        } else {
            if self.diagram.vertices.len() >= MAX_NODES {
                return Err(format!("it has more than {MAX_NODES} boxes"));
            }
            let (shape, label) = node.shape.unwrap_or_else(|| (Shape::Rect, labels::clean(&node.id)));
            self.index.insert(node.id.clone(), self.diagram.vertices.len());
            let mut vertex = FlowVertex::new(node.id.clone(), label, shape);
            vertex.classes.extend(node.class);
            self.diagram.vertices.push(vertex);
        }
        // A box belongs to the first subgraph that names it, even where it was named before.
        if let Some(open) = self.open.last().filter(|_| self.placed.insert(node.id.clone())) {
            self.diagram.subgraphs[*open].node_ids.push(node.id.clone());
        }
        Ok(node.id)
    }

    pub(super) fn finish(mut self) -> Result<Flowchart, Wrong> {
        if !self.open.is_empty() {
            return Err("a subgraph has no `end`".to_owned());
        }
        for (id, class) in self.classes {
            if let Some(index) = self.index.get(&id) {
                self.diagram.vertices[*index].classes.push(class);
            }
        }
        // A name that is a subgraph's is no box, even where an arrow names it first.
        let groups: Vec<String> = self.diagram.subgraphs.iter().map(|group| group.id.clone()).collect();
        self.diagram.vertices.retain(|vertex| !groups.contains(&vertex.id));
        for group in &mut self.diagram.subgraphs {
            group.node_ids.retain(|id| !groups.contains(id));
        }
        if self.diagram.vertices.is_empty() {
            return Err("it has no boxes".to_owned());
        }
        if self.diagram.edges.iter().any(|edge| groups.contains(&edge.src) && edge.src == edge.dst) {
            return Err("an arrow leads from a subgraph to itself".to_owned());
        }
        Ok(Flowchart { diagram: self.diagram, links: self.links })
    }
}

pub(super) fn properties(text: &str) -> Vec<StyleProperty> {
    text.trim_end_matches(';')
        .split(',')
        .filter_map(|part| part.split_once(':'))
        .take(MAX_PROPERTIES)
        .filter(|(_, value)| value.is_ascii())
        .map(|(key, value)| {
            let value =
                colors::css(value).filter(|color| color.a > 0).map_or_else(|| value.trim().to_owned(), colors::hex);
            StyleProperty { key: key.trim().to_owned(), value }
        })
        .collect()
}

/// The kind of line of an arrow.
#[derive(Debug)]
pub(super) struct Arrow {
    pub(super) label: Option<String>,
    pub(super) stroke: StrokeType,
    pub(super) start: ArrowEnd,
    pub(super) end: ArrowEnd,
    pub(super) length: i32,
    /// Only for the layout.
    pub(super) is_hidden: bool,
}

impl Arrow {
    /// A plain arrow, with a text.
    pub(super) fn new(label: &str) -> Self {
        let label = Some(labels::clean(label)).filter(|label| !label.is_empty());
        Self {
            label,
            stroke: StrokeType::Normal,
            start: ArrowEnd::None,
            end: ArrowEnd::Arrow,
            length: 1,
            is_hidden: false,
        }
    }

    /// A dotted line without heads.
    pub(super) fn dotted() -> Self {
        Self { stroke: StrokeType::Dotted, end: ArrowEnd::None, ..Self::new("") }
    }
}
