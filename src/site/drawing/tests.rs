//! What must hold of every layout, on arbitrary graphs and on those that are hard.

use proptest::prelude::*;

use super::layers::{Layout, Pin, lay_out};
use super::place::PITCH;
use super::{HEIGHT, fit, text_width};

/// What must hold of every layout.
fn check(pins: &[Pin], edges: &[(usize, usize)], layout: &Layout) {
    let Layout { column, middle, columns, routes } = layout;
    assert_eq!((column.len(), middle.len(), routes.len()), (pins.len(), pins.len(), edges.len()));
    assert!(column.iter().all(|at| at < columns), "{column:?} of {columns}");
    for (at, pin) in pins.iter().enumerate() {
        for (other, other_pin) in pins.iter().enumerate().filter(|(_, other)| pin < *other) {
            assert!(column[at] < column[other] || *other_pin == *pin || (*pin, *other_pin) == (Pin::Free, Pin::Free));
        }
        for other in (0..at).filter(|&other| column[other] == column[at]) {
            let apart = (middle[at] - middle[other]).abs();
            assert!(apart >= PITCH - 1, "nodes {at} and {other} are {apart} apart");
        }
    }
    for (&(from, to), route) in edges.iter().zip(routes) {
        let same_end = pins[from] == pins[to] && pins[from] != Pin::Free;
        assert_eq!(route.is_none(), from == to || same_end, "{from} to {to}");
        let Some(route) = route else { continue };
        let (left, right) = if route.backwards { (to, from) } else { (from, to) };
        let between: Vec<usize> = (column[left] + 1..column[right]).collect();
        assert!(column[left] < column[right]);
        assert_eq!(route.through.iter().map(|(at, _)| *at).collect::<Vec<_>>(), between, "{from} to {to}");
        for &(at, height) in &route.through {
            for node in (0..pins.len()).filter(|&node| column[node] == at) {
                assert!((middle[node] - height).abs() > HEIGHT / 2, "{from} to {to} goes through {node}");
            }
        }
    }
}

fn free(count: usize) -> Vec<Pin> {
    vec![Pin::Free; count]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_leads_where_nothing_overlaps(
        pins in prop::collection::vec(prop_oneof![1 => Just(Pin::First), 4 => Just(Pin::Free), 1 => Just(Pin::Last)], 1..50),
        ends in prop::collection::vec((0usize..1_000, 0usize..1_000), 0..120),
    ) {
        let mut edges: Vec<(usize, usize)> = ends.iter().map(|(a, b)| (a % pins.len(), b % pins.len())).collect();
        edges.sort_unstable();
        edges.dedup();
        let layout = lay_out(&pins, &edges);
        check(&pins, &edges, &layout);
        prop_assert_eq!(lay_out(&pins, &edges), layout);
    }
}

#[test]
fn edges_point_right_unless_a_circle_must_be_cut() {
    // Two circles of three, and a way from one to the other.
    let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)];
    let layout = lay_out(&free(6), &edges);
    check(&free(6), &edges, &layout);
    let backwards = layout.routes.iter().flatten().filter(|route| route.backwards).count();
    assert_eq!((backwards, layout.columns), (2, 6));
    // Fifty circles of two: one column for each end.
    let edges: Vec<(usize, usize)> = (0..50).flat_map(|at| [(2 * at, 2 * at + 1), (2 * at + 1, 2 * at)]).collect();
    let layout = lay_out(&free(100), &edges);
    check(&free(100), &edges, &layout);
    assert_eq!(layout.columns, 2);
}

#[test]
fn lines_that_need_not_cross_do_not() {
    // Three chains that are named in an order that crosses.
    let edges = [(0, 5), (1, 4), (2, 3), (3, 8), (4, 7), (5, 6)];
    let layout = lay_out(&free(9), &edges);
    check(&free(9), &edges, &layout);
    for (from, to) in edges {
        assert_eq!(layout.middle[from], layout.middle[to], "{from} to {to} is straight");
    }
}

#[test]
fn lines_share_their_way_to_where_most_of_them_end() {
    // Four at the left lead past a chain to its end.
    let pins = [[Pin::First; 4].as_slice(), &[Pin::Free; 3]].concat();
    let edges = [(0, 6), (1, 6), (2, 6), (3, 6), (4, 5), (5, 6)];
    let layout = lay_out(&pins, &edges);
    check(&pins, &edges, &layout);
    let ways: Vec<_> = layout.routes[..4].iter().flatten().map(|route| &route.through).collect();
    assert!(ways.len() == 4 && ways.iter().all(|way| *way == ways[0] && way.len() == 2), "{ways:?}");
}

#[test]
fn nothing_and_very_much_are_fine() {
    assert_eq!(lay_out(&[], &[]), Layout::default());
    let edges: Vec<(usize, usize)> = (1..=5_000).map(|at| (0, at)).collect();
    let layout = lay_out(&free(5_001), &edges);
    assert_eq!(layout.columns, 2);
    assert!(layout.middle[0] > PITCH * 2_000, "in the middle of what it leads to");
}

#[test]
fn names_are_cut_to_their_room() {
    assert_eq!(fit("checkout", 120), "checkout");
    for name in [
        "a-very-long-name-of-a-service-of-the-payments-team",
        "配送状況を追跡するためのサービスです",
        "WWWWWWWWWWWWWWWWWWW",
    ] {
        let cut = fit(name, 120);
        assert!(
            cut.contains('…')
                && cut.chars().last() == name.chars().last()
                && text_width(&cut) <= 120
                && text_width(&cut) > 90,
            "{cut}"
        );
    }
}
