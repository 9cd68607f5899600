//! The layered layout: which column a node stands in, and the way of each edge over the columns
//! between. Edges point right; of a circle one edge is laid out against its direction. Never fails
//! and never asks how a node looks: it gets numbers and gives numbers.

use std::collections::BTreeMap;

use super::{order, place};

/// Where a node may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pin {
    /// In the first column, which has nothing else.
    First,
    /// Between the two.
    Free,
    /// In the last column, which has nothing else.
    Last,
}

/// Where everything stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The column of each node.
    pub(super) column: Vec<usize>,
    /// The middle of each node, from the top one's upper edge.
    pub(super) middle: Vec<i32>,
    /// How many columns there are.
    pub(super) columns: usize,
    /// The way of each edge; `None` for one that is not drawn.
    pub(super) routes: Vec<Option<Route>>,
}

/// The way of an edge.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// Whether it leads from right to left.
    pub(super) backwards: bool,
    /// Whether it shares its way with others that end where it ends, and not with those that begin
    /// where it begins. Left of that end it is alone.
    pub(super) gathered: bool,
    /// The columns between its ends with the height at which it goes through, from left to right.
    pub(super) through: Vec<(usize, i32)>,
}

/// The nodes and their edges, in columns. An edge from a node to itself is not drawn, nor one between
/// two nodes of the first or of the last column.
pub(super) fn lay_out(pins: &[Pin], edges: &[(usize, usize)]) -> Layout {
    let forward = forward(pins, edges);
    let (column, columns) = columns(pins, &forward);
    let mut items = Items { column, ..Items::default() };
    let gathered = gathered(&forward, &items.column);
    let mut dummies: BTreeMap<(usize, bool, bool, usize), usize> = BTreeMap::new();
    let mut ways: Vec<Option<Vec<usize>>> = Vec::with_capacity(edges.len());
    for (edge, &gathered) in forward.iter().zip(&gathered) {
        ways.push(edge.map(|(from, to, backwards)| {
            let shared = if gathered { to } else { from };
            let mut way = Vec::new();
            let mut before = from;
            for column in items.column[from] + 1..items.column[to] {
                let at = *dummies.entry((shared, gathered, backwards, column)).or_insert_with(|| items.add(column));
                items.segments.push((before, at));
                way.push(at);
                before = at;
            }
            items.segments.push((before, to));
            way
        }));
    }
    items.segments.sort_unstable();
    items.segments.dedup();
    items.nodes = pins.len();
    let order = order::order(&items, columns);
    let middle = place::place(&items, &order);
    let routes = ways.into_iter().zip(&forward).zip(gathered).map(|((way, edge), gathered)| {
        let through = way?.into_iter().map(|at| (items.column[at], middle[at])).collect();
        Some(Route { backwards: edge.is_some_and(|(_, _, backwards)| backwards), gathered, through })
    });
    Layout {
        routes: routes.collect(),
        column: items.column[..pins.len()].to_vec(),
        middle: middle[..pins.len()].to_vec(),
        columns,
    }
}

/// Which edges go together with those that end in the same node: there are more of them than of those
/// that begin in the same. Only edges over several columns count.
fn gathered(forward: &[Forward], column: &[usize]) -> Vec<bool> {
    let mut counts: BTreeMap<(bool, usize, bool), usize> = BTreeMap::new();
    let is_long = |from: usize, to: usize| column[to] > column[from] + 1;
    for &(from, to, backwards) in forward.iter().flatten().filter(|(from, to, _)| is_long(*from, *to)) {
        *counts.entry((false, from, backwards)).or_default() += 1;
        *counts.entry((true, to, backwards)).or_default() += 1;
    }
    let count = |key| counts.get(&key).copied().unwrap_or(0);
    let one = |edge: &Forward| {
        edge.is_some_and(|(from, to, backwards)| count((true, to, backwards)) > count((false, from, backwards)))
    };
    forward.iter().map(one).collect()
}

/// What stands in columns: nodes first, then the places where edges go through a column.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// How many of them are nodes.
    pub(super) nodes: usize,
    /// The column of each.
    pub(super) column: Vec<usize>,
    /// Parts of edges between neighbouring columns, from left to right.
    pub(super) segments: Vec<(usize, usize)>,
}

impl Items {
    fn add(&mut self, column: usize) -> usize {
        self.column.push(column);
        self.column.len() - 1
    }

    /// What each is linked with to its left or to its right.
    pub(super) fn neighbours(&self, to_the_right: bool) -> Vec<Vec<usize>> {
        let mut out = vec![Vec::new(); self.column.len()];
        for &(left, right) in &self.segments {
            let (at, other) = if to_the_right { (left, right) } else { (right, left) };
            out[at].push(other);
        }
        out
    }
}

/// An edge as it is laid out, and whether that is against its direction.
type Forward = Option<(usize, usize, bool)>;

/// The edges without circles.
fn forward(pins: &[Pin], edges: &[(usize, usize)]) -> Vec<Forward> {
    let back = back_edges(pins, edges);
    let one = |(at, &(from, to)): (usize, &(usize, usize))| {
        let between = pins[from].cmp(&pins[to]);
        if from == to || (between.is_eq() && pins[from] != Pin::Free) {
            return None;
        }
        let turned = between.is_gt() || (between.is_eq() && back[at]);
        Some(if turned { (to, from, true) } else { (from, to, false) })
    };
    edges.iter().enumerate().map(one).collect()
}

/// Which edges between free nodes lead back to where a walk came from. The walk begins where little
/// leads to.
fn back_edges(pins: &[Pin], edges: &[(usize, usize)]) -> Vec<bool> {
    let count = pins.len();
    let mut out = vec![Vec::new(); count];
    let (mut leading_in, mut leading_out) = (vec![0usize; count], vec![0usize; count]);
    for (at, &(from, to)) in edges.iter().enumerate() {
        if from != to && pins[from] == Pin::Free && pins[to] == Pin::Free {
            out[from].push((to, at));
            leading_out[from] += 1;
            leading_in[to] += 1;
        }
    }
    let mut starts: Vec<usize> = (0..count).collect();
    starts.sort_by_key(|&node| (leading_in[node] > 0, leading_in[node].saturating_sub(leading_out[node]), node));
    let mut state = vec![State::New; count];
    let mut back = vec![false; edges.len()];
    for start in starts {
        if state[start] != State::New {
            continue;
        }
        state[start] = State::Open;
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.last_mut() {
            let Some(&(to, at)) = out[*node].get(*next) else {
                state[*node] = State::Done;
                stack.pop();
                continue;
            };
            *next += 1;
            match state[to] {
                State::Open => back[at] = true,
                State::New => {
                    state[to] = State::Open;
                    stack.push((to, 0));
                }
                State::Done => {}
            }
        }
    }
    back
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// The column of each node, and how many there are: the longest way from the left, and then nearer to
/// what is used by those that use more than they are used.
fn columns(pins: &[Pin], forward: &[Forward]) -> (Vec<usize>, usize) {
    let count = pins.len();
    let (mut after, mut before) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for &(from, to, _) in forward.iter().flatten() {
        after[from].push(to);
        before[to].push(from);
    }
    let base = usize::from(pins.contains(&Pin::First));
    let sorted = topological(&after, &before);
    let mut column = vec![0; count];
    for &node in &sorted {
        if pins[node] == Pin::Free {
            column[node] = before[node].iter().map(|&other| column[other] + 1).max().unwrap_or(0).max(base);
        }
    }
    let free = |node: &usize| pins[*node] == Pin::Free;
    let mut columns = (0..count).filter(free).map(|node| column[node] + 1).max().unwrap_or(base);
    for node in (0..count).filter(|&node| pins[node] == Pin::Last) {
        column[node] = columns;
    }
    columns += usize::from(pins.contains(&Pin::Last));
    for &node in sorted.iter().rev() {
        if pins[node] == Pin::Free && after[node].len() > before[node].len() {
            column[node] = after[node].iter().map(|&other| column[other]).min().map_or(column[node], |least| least - 1);
        }
    }
    (column, columns)
}

/// The nodes, each after all that lead to it.
fn topological(after: &[Vec<usize>], before: &[Vec<usize>]) -> Vec<usize> {
    let mut missing: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut sorted: Vec<usize> = (0..missing.len()).filter(|&node| missing[node] == 0).collect();
    let mut at = 0;
    while at < sorted.len() {
        for &next in &after[sorted[at]] {
            missing[next] -= 1;
            if missing[next] == 0 {
                sorted.push(next);
            }
        }
        at += 1;
    }
    sorted
}
