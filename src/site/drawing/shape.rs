//! The columns of the drawing of a whole: how wide they are, where its border is, and where what no
//! line leads to stands. Knows the layout's columns and heights, and no entity.

use super::layers::{Layout, Pin, Route};
use super::parts::Plan;
use super::place::PITCH;
use super::{Drawing, HEIGHT, MARGIN, Node, width_of};

/// How wide a drawing is where that is enough: as wide as the page on a usual screen.
const WIDTH: i32 = 1196;
/// The widest node, and the room between two columns at least and at most: with room, and with less.
const MEASURES: [Measure; 4] = [
    Measure { node: 240, gap: (44, 88) },
    Measure { node: 212, gap: (44, 72) },
    Measure { node: 184, gap: (36, 56) },
    Measure { node: 156, gap: (36, 44) },
];
/// The widest of the parts without lines, which stand in rows that break.
const CELL: i32 = 232;
/// How much room each line needs that goes from a column to the next.
const ROOM_OF_LINE: i32 = 3;
/// The room between the border and what is inside.
const PADDING: i32 = 20;
/// The height of the name of the whole, and of the words over a side.
const TITLE: i32 = 40;
/// How many of the parts without lines stand in a row at least.
const GRID: usize = 3;

/// How wide things may be.
struct Measure {
    node: i32,
    gap: (i32, i32),
}

/// Where columns and the border are.
pub(super) struct Shape {
    /// The left edge and the width of each column.
    pub(super) columns: Vec<(i32, i32)>,
    /// The border.
    pub(super) left: i32,
    pub(super) right: i32,
    /// Where the parts without lines begin, how wide each is, and how many stand in a row.
    below: i32,
    cell: (i32, usize),
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Shape {
    /// With as much room as fits on the page. What fits in no way scrolls, and its names are whole.
    pub(super) fn of(plan: &Plan, layout: &Layout, grid: &[Node]) -> Self {
        let mut shapes = MEASURES.iter().map(|measure| Self::measured(plan, layout, grid, measure));
        let fits = shapes.find(|shape| shape.width <= WIDTH);
        fits.unwrap_or_else(|| Self::measured(plan, layout, grid, &MEASURES[0]))
    }

    fn measured(plan: &Plan, layout: &Layout, grid: &[Node], measure: &Measure) -> Self {
        let gap = |column: usize| gap(plan, layout, column, measure.gap);
        let names = |column: usize| {
            let nodes = plan.nodes.iter().zip(&layout.column);
            nodes.filter(move |(_, at)| **at == column).map(|(node, _)| node.name.as_str())
        };
        let (first, last) = (plan.pins.contains(&Pin::First), plan.pins.contains(&Pin::Last));
        let mut columns = Vec::new();
        let (mut x, mut left, mut end) = (MARGIN, MARGIN, MARGIN);
        let free = usize::from(first)..layout.columns - usize::from(last).min(layout.columns);
        for column in 0..free.end {
            if column == free.start {
                left = x;
                x += PADDING;
            }
            let width = width_of(names(column), 112, measure.node);
            columns.push((x, width));
            end = x + width;
            x = end + gap(column);
        }
        if free.is_empty() {
            left = x;
            end = x + PADDING;
        }
        let cell = width_of(grid.iter().map(|node| node.name.as_str()), 128, CELL);
        let across = |width: i32| usize::try_from((width + PADDING) / (cell + PADDING)).unwrap_or(0);
        let in_a_row = across(end - left - PADDING).max(grid.len().min(GRID)).max(1);
        let grid_width = if grid.is_empty() { 0 } else { span(in_a_row, cell + PADDING) };
        let right = (end + PADDING).max(left + PADDING + grid_width);
        let mut width = right + MARGIN;
        if last {
            let column = width_of(names(free.end), 128, measure.node);
            let x = right + gap(free.end.saturating_sub(1));
            columns.push((x, column));
            width = x + column + MARGIN;
        }
        let lanes = layout.routes.iter().flatten().flat_map(|route| &route.through).map(|(_, middle)| *middle);
        let columns_height = layout.middle.iter().copied().chain(lanes).max().map_or(0, |lowest| lowest + PITCH / 2);
        let below = MARGIN + TITLE + columns_height;
        let height = below + span(grid.len().div_ceil(in_a_row), PITCH) + PADDING / 2 + MARGIN;
        Self { columns, left, right, below, cell: (cell, in_a_row), width, height }
    }

    /// The left edge, the middle and the width of a node.
    pub(super) fn node(&self, layout: &Layout, at: usize) -> (i32, i32, i32) {
        let (x, width) = self.columns[layout.column[at]];
        (x, MARGIN + TITLE + layout.middle[at], width)
    }

    /// The way of a line, in its direction.
    pub(super) fn points(&self, layout: &Layout, route: &Route, (from, to): (usize, usize)) -> Vec<(i32, i32)> {
        let (from, to) = if route.backwards { (to, from) } else { (from, to) };
        let (start, end) = (self.node(layout, from), self.node(layout, to));
        let mut points = vec![(start.0 + start.2, start.1)];
        for &(column, middle) in &route.through {
            let ((x, width), y) = (self.columns[column], MARGIN + TITLE + middle);
            points.extend([(x, y), (x + width, y)]);
        }
        points.push((end.0, end.1));
        if route.backwards {
            points.reverse();
        }
        points
    }

    /// Puts the parts without lines below the columns.
    pub(super) fn grid(&self, grid: Vec<Node>, drawing: &mut Drawing) {
        let (width, in_a_row) = self.cell;
        for (at, node) in grid.into_iter().enumerate() {
            let x = self.left + PADDING + span(at % in_a_row, width + PADDING);
            let y = self.below + span(at / in_a_row, PITCH) + (PITCH - HEIGHT) / 2;
            drawing.nodes.push(Node { width, ..node }.at(x, y));
        }
    }
}

/// The room after a column.
fn gap(plan: &Plan, layout: &Layout, column: usize, (least, most): (i32, i32)) -> i32 {
    let goes_through = |&&(from, to): &&(usize, usize)| {
        let (from, to) = (layout.column[from], layout.column[to]);
        from.min(to) <= column && column < from.max(to)
    };
    let lines = plan.edges.keys().filter(goes_through).count();
    (least + span(lines, ROOM_OF_LINE)).min(most)
}

/// The length of so many steps.
fn span(count: usize, step: i32) -> i32 {
    i32::try_from(count).unwrap_or(0) * step
}
