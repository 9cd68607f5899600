//! The order within the columns: so that few edges cross. A fixed number of sweeps, so it ends and
//! gives the same for the same.

use super::layers::Items;

/// Sweeps over all columns, there and back in turn.
const SWEEPS: usize = 16;
/// Rounds in which neighbours change places where that helps.
const ROUNDS: usize = 6;

/// The items of each column from top to bottom.
pub(super) fn order(items: &Items, columns: usize) -> Vec<Vec<usize>> {
    let mut order = vec![Vec::new(); columns];
    for (item, &column) in items.column.iter().enumerate() {
        order[column].push(item);
    }
    let links = [items.neighbours(false), items.neighbours(true)];
    let mut position = vec![0; items.column.len()];
    let mut best = order.clone();
    let mut least = usize::MAX;
    for sweep in 0..=SWEEPS {
        note(&order, &mut position);
        let crossings = crossings(&order, &links[1], &position);
        if crossings < least {
            (least, best) = (crossings, order.clone());
        }
        if crossings == 0 || sweep == SWEEPS {
            break;
        }
        let to_the_right = sweep % 2 == 0;
        let links = &links[usize::from(!to_the_right)];
        for step in 0..columns {
            let column = if to_the_right { step } else { columns - 1 - step };
            by_middle(&mut order[column], links, &mut position);
        }
    }
    note(&best, &mut position);
    for _ in 0..ROUNDS {
        if !exchange(&mut best, &links, &mut position) {
            break;
        }
    }
    best
}

fn note(order: &[Vec<usize>], position: &mut [usize]) {
    for column in order {
        for (at, &item) in column.iter().enumerate() {
            position[item] = at;
        }
    }
}

/// Puts a column in the order of the middle of what its items are linked with.
fn by_middle(column: &mut [usize], links: &[Vec<usize>], position: &mut [usize]) {
    // Twice the sum over the number, as a fraction that is compared without rounding.
    let middle = |item: usize| match links[item].len() {
        0 => (position[item], 1),
        many => (links[item].iter().map(|&other| position[other]).sum(), many),
    };
    let mut keyed: Vec<((usize, usize), usize)> = column.iter().map(|&item| (middle(item), item)).collect();
    keyed.sort_by(|((a, n), _), ((b, m), _)| (a * m).cmp(&(b * n)));
    for (at, (_, item)) in keyed.into_iter().enumerate() {
        column[at] = item;
        position[item] = at;
    }
}

/// How many edges cross between all columns.
fn crossings(order: &[Vec<usize>], right: &[Vec<usize>], position: &[usize]) -> usize {
    let column = |column: &Vec<usize>| {
        let mut seen: Vec<usize> = Vec::new();
        let mut count = 0;
        for &item in column {
            let mut ends: Vec<usize> = right[item].iter().map(|&other| position[other]).collect();
            ends.sort_unstable();
            // Those that ended below, of all that began above. Sorted, so that it is a look-up.
            count += ends.iter().map(|end| seen.len() - seen.partition_point(|other| other <= end)).sum::<usize>();
            for end in ends {
                seen.insert(seen.partition_point(|other| *other <= end), end);
            }
        }
        count
    };
    order.iter().map(column).sum()
}

/// Lets neighbours change places where fewer edges cross then; whether any did.
fn exchange(order: &mut [Vec<usize>], links: &[Vec<Vec<usize>>; 2], position: &mut [usize]) -> bool {
    let mut any = false;
    for column in order {
        for at in 1..column.len() {
            let (above, below) = (column[at - 1], column[at]);
            let (mut kept, mut changed) = (0, 0);
            for links in links {
                for &a in &links[above] {
                    for &b in &links[below] {
                        kept += usize::from(position[a] > position[b]);
                        changed += usize::from(position[a] < position[b]);
                    }
                }
            }
            if changed < kept {
                column.swap(at - 1, at);
                position.swap(above, below);
                any = true;
            }
        }
    }
    any
}
