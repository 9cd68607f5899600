//! The heights in the columns: each item as near to what it is linked with as its neighbours let it.
//! In a given order that is a regression with bounds, which pooling solves exactly.

use super::layers::Items;

/// The height of a node with the room around it.
pub(super) const PITCH: i32 = 56;
/// The same of an edge that goes through.
const LANE: i32 = 16;
/// How often all columns are gone over.
const PASSES: usize = 12;

/// The middle of each item, from the upper edge of the highest on.
pub(super) fn place(items: &Items, order: &[Vec<usize>]) -> Vec<i32> {
    let links = [items.neighbours(false), items.neighbours(true)];
    let is_node = |item: usize| item < items.nodes;
    let mut middle = vec![0.0; items.column.len()];
    for column in order {
        let all = offsets(column, &is_node);
        let total = all.last().copied().unwrap_or(0.0);
        for (&item, offset) in column.iter().zip(all) {
            middle[item] = offset - total / 2.0;
        }
    }
    for pass in 0..PASSES {
        // From the left, from the right, and at last by both sides.
        let sides: &[usize] = if pass + 2 >= PASSES { &[0, 1] } else { &[pass % 2] };
        for step in 0..order.len() {
            let column = &order[if pass % 2 == 0 { step } else { order.len() - 1 - step }];
            settle(column, &links, sides, &mut middle, &is_node);
        }
    }
    rounded(order, &middle, &is_node)
}

/// How far each item of a column is below the first, at least.
fn offsets(column: &[usize], is_node: &impl Fn(usize) -> bool) -> Vec<f64> {
    let size = |item: usize| f64::from(if is_node(item) { PITCH } else { LANE }) / 2.0;
    let mut at = 0.0;
    let mut before: Option<usize> = None;
    column
        .iter()
        .map(|&item| {
            at += before.map_or(0.0, |before| size(before) + size(item));
            before = Some(item);
            at
        })
        .collect()
}

/// Puts the items of a column where they want to be, in their order and with their room.
fn settle(
    column: &[usize],
    links: &[Vec<Vec<usize>>; 2],
    sides: &[usize],
    middle: &mut [f64],
    is_node: &impl Fn(usize) -> bool,
) {
    let offsets = offsets(column, is_node);
    // A pool stands together: where it wants to be, how much that counts, and how many it holds.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (&item, offset) in column.iter().zip(&offsets) {
        let linked = || sides.iter().flat_map(|&side| &links[side][item]);
        #[allow(clippy::cast_precision_loss, reason = "a handful of links")]
        let count = linked().count() as f64;
        let wanted = if count > 0.0 { linked().map(|&other| middle[other]).sum::<f64>() / count } else { middle[item] };
        // A bend in the middle of an edge is worse than one at its end.
        let weight = if count == 0.0 {
            0.05
        } else if is_node(item) {
            1.0
        } else {
            3.0
        };
        let mut pool = (wanted - offset, weight, 1);
        while let Some(&(above, its_weight, its_count)) = pools.last().filter(|above| above.0 >= pool.0) {
            let together = pool.1 + its_weight;
            pool = ((pool.0 * pool.1 + above * its_weight) / together, together, pool.2 + its_count);
            pools.pop();
        }
        pools.push(pool);
    }
    let places = pools.iter().flat_map(|&(place, _, count)| std::iter::repeat_n(place, count));
    for ((&item, offset), place) in column.iter().zip(offsets).zip(places) {
        middle[item] = place + offset;
    }
}

/// Whole numbers, which keep the room between items, from 0 on.
fn rounded(order: &[Vec<usize>], middle: &[f64], is_node: &impl Fn(usize) -> bool) -> Vec<i32> {
    let mut out = vec![0; middle.len()];
    for column in order {
        for (&item, offset) in column.iter().zip(offsets(column, is_node)) {
            #[allow(clippy::cast_possible_truncation, reason = "a few thousand at most")]
            let whole = |number: f64| number.round() as i32;
            out[item] = whole(middle[item] - offset) + whole(offset);
        }
    }
    let top = out.iter().take(middle.len()).min().copied().unwrap_or(0);
    out.iter().map(|height| height - top + PITCH / 2).collect()
}
