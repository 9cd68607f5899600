//! Boxes in boxes: the places of everything in an organisation, for the map. What has something in it is a
//! box with its name above; what has nothing in it is a leaf, and the leaves of a box stand in a grid.
//! Sizes come from the leaves up, places from the whole down. `O(n log n)`, in whole pixels, and the same
//! for the same tree. Never: edges, names, anything that is measured in a browser.

use super::HEIGHT;

/// The least width of a leaf, and the most to which room that is left over makes it.
pub(in crate::site) const LEAF: i32 = 172;
const WIDEST_LEAF: i32 = 240;
/// The height of a leaf.
pub(in crate::site) const LEAF_HEIGHT: i32 = HEIGHT;
/// Between two leaves.
pub(in crate::site) const LEAF_GAP: i32 = 8;

/// The shape that a box should have, and the whole, which is seen on a wide screen below a bar.
const SHAPE: (i64, i64) = (16, 10);
const WHOLE: (i64, i64) = (18, 10);
/// How much wider and higher room that is left over makes a box, in hundredths.
const WIDER: i64 = 35;
const HIGHER: i64 = 60;
/// How wide a packing is tried, in hundredths of the side of a shape that has no gaps.
const TRIES: [i64; 7] = [88, 100, 108, 116, 126, 140, 160];

/// Where something is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::site) struct Rect {
    pub(in crate::site) x: i32,
    pub(in crate::site) y: i32,
    pub(in crate::site) width: i32,
    pub(in crate::site) height: i32,
}

/// How the leaves of a box stand: in rows, from a corner on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::site) struct Grid {
    pub(in crate::site) x: i32,
    pub(in crate::site) y: i32,
    pub(in crate::site) columns: i32,
    /// The width of each.
    pub(in crate::site) width: i32,
}

/// The place of a node. A leaf has no header and no grid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::site) struct Place {
    pub(in crate::site) rect: Rect,
    /// The height of the room for its name.
    pub(in crate::site) header: i32,
    pub(in crate::site) grid: Grid,
}

impl Grid {
    /// Where a leaf is, by its number in the box.
    pub(in crate::site) fn leaf(&self, number: usize) -> Rect {
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        let (row, column) = (number / self.columns.max(1), number % self.columns.max(1));
        Rect {
            x: self.x + column * (self.width + LEAF_GAP),
            y: self.y + row * (LEAF_HEIGHT + LEAF_GAP),
            width: self.width,
            height: LEAF_HEIGHT,
        }
    }
}

/// Places for a tree whose nodes stand in preorder, the leaves of a box before the boxes in it: of each
/// node the number after the last one below it. The first node is the whole, and has no header. Boxes for
/// which `is_last` holds come after the others.
pub(in crate::site) fn lay_out(ends: &[usize], is_last: impl Fn(usize) -> bool) -> Vec<Place> {
    let mut plans: Vec<Option<Plan>> = ends.iter().map(|_| None).collect();
    for at in (0..ends.len()).rev() {
        if ends[at] > at + 1 {
            plans[at] = Some(Plan::of(ends, at, &plans, &is_last));
        }
    }
    let mut places = vec![Place::default(); ends.len()];
    if let (Some(place), Some(Some(plan))) = (places.first_mut(), plans.first()) {
        place.rect = Rect { x: 0, y: 0, width: plan.width, height: plan.height };
    }
    for (at, plan) in plans.iter().enumerate() {
        if let Some(plan) = plan {
            plan.place(at, &mut places);
        }
    }
    places
}

/// What is in a box, before it has a place.
#[derive(Debug)]
struct Plan {
    /// The least that it takes.
    width: i32,
    height: i32,
    header: i32,
    padding: i32,
    gap: i32,
    leaves: usize,
    columns: i32,
    rows: Vec<Row>,
}

/// Boxes beside each other.
#[derive(Debug, Default)]
struct Row {
    width: i32,
    height: i32,
    columns: Vec<Column>,
}

/// Boxes below each other, within the height of their row.
#[derive(Debug)]
struct Column {
    width: i32,
    height: i32,
    items: Vec<Item>,
}

/// A box, or all leaves together.
#[derive(Debug, Clone, Copy)]
struct Item {
    /// `None` for the leaves.
    node: Option<usize>,
    width: i32,
    height: i32,
}

impl Plan {
    fn of(ends: &[usize], at: usize, plans: &[Option<Self>], is_last: &impl Fn(usize) -> bool) -> Self {
        let mut items = Vec::new();
        let (mut leaves, mut child) = (0, at + 1);
        while child < ends[at] {
            match &plans[child] {
                Some(plan) => items.push(Item { node: Some(child), width: plan.width, height: plan.height }),
                None => leaves += 1,
            }
            child = ends[child].max(child + 1);
        }
        let columns = columns_for(leaves);
        if leaves > 0 {
            items.push(Item { node: None, width: across(columns, LEAF), height: down(leaves, columns) });
        }
        let area: i64 = items.iter().map(|item| i64::from(item.width) * i64::from(item.height)).sum();
        let side = i32::try_from(area.isqrt()).unwrap_or(i32::MAX / 4);
        // What is large is seen from far away: its name and its gaps are large.
        let gap = (side / 70).clamp(LEAF_GAP, 64);
        let padding = (side / 60).clamp(10, 72);
        let header = if at == 0 { 0 } else { (side / 9).clamp(32, 640) };
        items.sort_by_key(|item| (item.node.is_some_and(is_last), std::cmp::Reverse((item.height, item.width))));
        let rows = packed(&items, gap, if at == 0 { WHOLE } else { SHAPE });
        let (width, height) = size(&rows, gap);
        let edge = if at == 0 { padding } else { 0 };
        Self {
            width: width + 2 * padding,
            height: height + header + padding + edge,
            header,
            padding,
            gap,
            leaves,
            columns,
            rows,
        }
    }

    /// Gives what is in the box its place, where the box has its own.
    fn place(&self, at: usize, places: &mut [Place]) {
        let own = places[at].rect;
        let top = if self.header == 0 { self.padding } else { self.header };
        let (x, y) = (own.x + self.padding, own.y + top);
        let (width, height) = (own.width - 2 * self.padding, own.height - top - self.padding);
        let mut grid = Grid { x, y, columns: self.columns.max(1), width: LEAF };
        let heights: Vec<i32> = self.rows.iter().map(|row| row.height).collect();
        for (row, (down, row_height)) in self.rows.iter().zip(spread(&heights, self.gap, height, HIGHER)) {
            let widths: Vec<i32> = row.columns.iter().map(|column| column.width).collect();
            for (column, (right, column_width)) in row.columns.iter().zip(spread(&widths, self.gap, width, WIDER)) {
                let heights: Vec<i32> = column.items.iter().map(|item| item.height).collect();
                let below = spread(&heights, self.gap, row_height, HIGHER);
                for (item, (offset, item_height)) in column.items.iter().zip(below) {
                    let rect = Rect { x: x + right, y: y + down + offset, width: column_width, height: item_height };
                    match item.node {
                        Some(node) => places[node].rect = rect,
                        None => grid = self.grid(rect),
                    }
                }
            }
        }
        places[at].header = self.header;
        places[at].grid = grid;
        for number in 0..self.leaves {
            places[at + 1 + number].rect = grid.leaf(number);
        }
    }

    /// The grid of the leaves in the room that is left for them.
    fn grid(&self, room: Rect) -> Grid {
        let width_of = |columns: i32| (room.width + LEAF_GAP) / columns - LEAF_GAP;
        let mut columns = self.columns.max(1);
        let most = i32::try_from(self.leaves).unwrap_or(i32::MAX);
        while columns < most && width_of(columns) > WIDEST_LEAF && width_of(columns + 1) >= LEAF {
            columns += 1;
        }
        Grid { x: room.x, y: room.y, columns, width: width_of(columns).clamp(LEAF, WIDEST_LEAF) }
    }
}

/// The width of leaves beside each other.
fn across(columns: i32, width: i32) -> i32 {
    columns * (width + LEAF_GAP) - LEAF_GAP
}

/// The height of leaves in so many columns.
fn down(leaves: usize, columns: i32) -> i32 {
    let rows = i32::try_from(leaves.div_ceil(usize::try_from(columns.max(1)).unwrap_or(1))).unwrap_or(i32::MAX / 64);
    rows * (LEAF_HEIGHT + LEAF_GAP) - LEAF_GAP
}

/// How many columns of leaves come nearest to the shape.
fn columns_for(leaves: usize) -> i32 {
    let cells = i64::try_from(leaves).unwrap_or(i64::MAX >> 20);
    let cell = (i64::from(LEAF + LEAF_GAP), i64::from(LEAF_HEIGHT + LEAF_GAP));
    let near = (cells * cell.1 * SHAPE.0 / (cell.0 * SHAPE.1)).isqrt();
    let near = i32::try_from(near).unwrap_or(i32::MAX / 1024);
    let shapes = (near.max(1)..=near + 2).map(|columns| {
        let (width, height) = (across(columns, LEAF), down(leaves, columns));
        (enclosing(width, height, SHAPE), columns)
    });
    shapes.min().map_or(1, |(_, columns)| columns)
}

/// The width of the least shape around something.
fn enclosing(width: i32, height: i32, shape: (i64, i64)) -> i64 {
    i64::from(width).max(i64::from(height) * shape.0 / shape.1)
}

/// Sorted items in rows, in the width that comes nearest to the shape.
fn packed(items: &[Item], gap: i32, shape: (i64, i64)) -> Vec<Row> {
    let area: i64 = items
        .iter()
        .map(|item| i64::from(item.width + gap) * i64::from(item.height + gap))
        .fold(0, i64::saturating_add);
    let side = (area * shape.0 / shape.1).isqrt();
    let widest = items.iter().map(|item| item.width).max().unwrap_or(0);
    let widths = TRIES.iter().map(|&hundredths| i32::try_from(side * hundredths / 100).unwrap_or(i32::MAX / 4));
    let tries = widths.map(|width| {
        let rows = rows_in(items, width.max(widest), gap);
        let (width, height) = size(&rows, gap);
        (enclosing(width, height, shape), i64::from(width) * i64::from(height), rows)
    });
    tries.min_by_key(|(around, area, _)| (*around, *area)).map_or_else(Vec::new, |(_, _, rows)| rows)
}

/// Items in rows that are no wider: beside the last one, or below it where its row is high enough.
fn rows_in(items: &[Item], width: i32, gap: i32) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for &item in items {
        if let Some(row) = rows.last_mut() {
            let last = row.columns.last_mut();
            if let Some(column) =
                last.filter(|one| item.width <= one.width && one.height + gap + item.height <= row.height)
            {
                column.height += gap + item.height;
                column.items.push(item);
                continue;
            }
            if row.width + gap + item.width <= width {
                row.width += gap + item.width;
                row.height = row.height.max(item.height);
                row.columns.push(Column { width: item.width, height: item.height, items: vec![item] });
                continue;
            }
        }
        let column = Column { width: item.width, height: item.height, items: vec![item] };
        rows.push(Row { width: item.width, height: item.height, columns: vec![column] });
    }
    rows
}

fn size(rows: &[Row], gap: i32) -> (i32, i32) {
    let width = rows.iter().map(|row| row.width).max().unwrap_or(0);
    let height = rows.iter().map(|row| row.height + gap).sum::<i32>() - gap;
    (width, height.max(0))
}

/// Puts sizes one after the other into some room, and makes them larger by what is left, up to so many
/// hundredths: the offset and size of each.
fn spread(sizes: &[i32], gap: i32, room: i32, most: i64) -> Vec<(i32, i32)> {
    let sum: i64 = sizes.iter().map(|&size| i64::from(size)).sum();
    let gaps = i64::from(gap) * i64::try_from(sizes.len().saturating_sub(1)).unwrap_or(0);
    let extra = (i64::from(room) - sum - gaps).clamp(0, sum * most / 100);
    let scaled = |before: i64| i32::try_from(before + extra * before / sum.max(1)).unwrap_or(i32::MAX / 4);
    let (mut before, mut gaps, mut out) = (0, 0, Vec::with_capacity(sizes.len()));
    for &size in sizes {
        let (start, end) = (scaled(before), scaled(before + i64::from(size)));
        out.push((start + gaps, end - start));
        before += i64::from(size);
        gaps += gap;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A tree in preorder, from how many leaves and boxes each box has, while there are any left.
    fn tree(shapes: &[(u8, u8)]) -> Vec<usize> {
        fn grow(ends: &mut Vec<usize>, shapes: &mut std::slice::Iter<'_, (u8, u8)>, depth: usize) {
            let at = ends.len();
            ends.push(at + 1);
            let Some(&(leaves, boxes)) = shapes.next() else { return };
            for _ in 0..leaves.max(1) {
                ends.push(ends.len() + 1);
            }
            for _ in 0..if depth < 6 { boxes } else { 0 } {
                // Only what has something in it stands after the leaves.
                if shapes.len() > 0 {
                    grow(ends, shapes, depth + 1);
                }
            }
            ends[at] = ends.len();
        }
        let mut ends = Vec::new();
        grow(&mut ends, &mut shapes.iter(), 0);
        ends
    }

    fn children(ends: &[usize], at: usize) -> Vec<usize> {
        let (mut out, mut child) = (Vec::new(), at + 1);
        while child < ends[at] {
            out.push(child);
            child = ends[child];
        }
        out
    }

    /// What is wrong with the places of a tree.
    fn mistakes(ends: &[usize], places: &[Place]) -> Vec<String> {
        let mut wrong = Vec::new();
        for at in 0..ends.len() {
            let (own, header) = (places[at].rect, places[at].header);
            let inside = children(ends, at);
            for &child in &inside {
                let one = places[child].rect;
                let is_inside = one.x > own.x
                    && one.y >= own.y + header
                    && one.x + one.width < own.x + own.width
                    && one.y + one.height < own.y + own.height;
                if !is_inside || one.width < LEAF || one.height < LEAF_HEIGHT {
                    wrong.push(format!("{child} {one:?} is not in {at} {own:?} below {header}"));
                }
            }
            // In the order of where they begin, only those that follow at once can overlap.
            let mut sorted = inside.clone();
            sorted.sort_by_key(|&child| places[child].rect.x);
            for (number, &one) in sorted.iter().enumerate() {
                let a = places[one].rect;
                for &other in &sorted[number + 1..] {
                    let b = places[other].rect;
                    if b.x >= a.x + a.width {
                        break;
                    }
                    if a.y < b.y + b.height && b.y < a.y + a.height {
                        wrong.push(format!("{one} {a:?} overlaps {other} {b:?}"));
                    }
                }
            }
        }
        wrong
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_everything_is_inside_of_what_it_belongs_to(
            shapes in prop::collection::vec((0u8..40, 0u8..9), 0..60)
        ) {
            let ends = tree(&shapes);
            let places = lay_out(&ends, |at| at % 3 == 0);
            prop_assert_eq!(mistakes(&ends, &places), Vec::<String>::new());
            prop_assert_eq!(&places, &lay_out(&ends, |at| at % 3 == 0));
        }
    }

    #[test]
    fn an_organisation_fits_a_wide_screen() {
        for systems in [1, 7, 30, 300] {
            let shapes: Vec<(u8, u8)> =
                (0..systems * 4).map(|at: u32| (u8::try_from(3 + at % 17).unwrap(), 4)).collect();
            let ends = tree(&shapes);
            let whole = lay_out(&ends, |_| false)[0].rect;
            let shape = f64::from(whole.width) / f64::from(whole.height);
            assert!((1.1..2.4).contains(&shape), "{systems}: {whole:?}");
        }
    }

    #[test]
    fn nothing_and_one_have_places() {
        assert_eq!(lay_out(&[], |_| false), []);
        assert_eq!(lay_out(&[1], |_| false), [Place::default()]);
        let [whole, leaf] = lay_out(&[2, 2], |_| false)[..] else { panic!() };
        assert_eq!((leaf.rect.width, leaf.rect.height), (LEAF, LEAF_HEIGHT));
        assert!(whole.rect.width > leaf.rect.width && whole.header == 0);
    }

    #[test]
    fn a_box_of_a_hundred_thousand_is_placed() {
        let mut ends: Vec<usize> = (1..=100_001).collect();
        ends[0] = ends.len();
        let places = lay_out(&ends, |at| at % 3 == 0);
        assert_eq!(mistakes(&ends, &places), Vec::<String>::new());
    }
}
