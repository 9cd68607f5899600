//! What depends on an entity: the nearest first, each once, in circles too, and never more than was
//! asked for.

use std::fmt::Write as _;

use catalog::base::MemorySources;
use catalog::config::World;
use catalog::graph::{Graph, Impact};

use crate::support::{Linked, link};

fn component(out: &mut String, name: &str, spec: &str) {
    let _ = write!(
        out,
        "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}}}\n\
         spec: {{type: service, lifecycle: production, owner: team, {spec}}}\n"
    );
}

fn linked(text: &str) -> Linked {
    link(&MemorySources::single("r", &[("catalog-info.yaml", text)]), World::Open)
}

fn impact(linked: &Linked, key: &str, most: usize) -> Impact {
    linked.graph.impact(linked.catalog.index[key], most)
}

/// Name, distance and what it stands on.
fn told(graph: &Graph, impact: &Impact) -> Vec<String> {
    let name = |id| graph.key(id).rsplit('/').next().unwrap().to_owned();
    let told = impact.dependents.iter().map(|one| format!("{} {} {}", name(one.entity), one.distance, name(one.via)));
    told.collect()
}

#[test]
fn dependents_come_by_distance_over_apis_and_circles() {
    let mut text = String::new();
    component(&mut text, "base", "providesApis: [door], dependsOn: ['component:loop']");
    component(&mut text, "caller", "consumesApis: [door]");
    component(&mut text, "loop", "dependsOn: ['component:caller', 'component:base']");
    component(&mut text, "other", "system: whole");
    text.push_str(
        "---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: door}\n\
         spec: {type: grpc, lifecycle: production, owner: team, definition: x}\n",
    );
    let linked = linked(&text);
    let all = impact(&linked, "component:default/base", 100);
    assert_eq!(told(&linked.graph, &all), ["door 1 base", "loop 1 base", "caller 2 door"]);
    assert!(!all.is_cut);
    assert!(impact(&linked, "component:default/other", 100).dependents.is_empty());
}

#[test]
fn a_walk_ends_at_its_budget_and_says_so() {
    let mut text = String::new();
    component(&mut text, "hub", "dependsOn: []");
    for number in 0..300 {
        let on = if number % 3 == 0 { "hub".to_owned() } else { format!("c-{}", number - 1) };
        component(&mut text, &format!("c-{number}"), &format!("dependsOn: ['component:{on}']"));
    }
    let linked = linked(&text);
    let hub = |most| {
        let impact = impact(&linked, "component:default/hub", most);
        (impact.dependents.len(), impact.is_cut)
    };
    assert_eq!(hub(1_000), (300, false));
    assert_eq!(hub(300), (300, false));
    assert_eq!(hub(299), (299, true));
    assert_eq!(hub(10), (10, true));
}
