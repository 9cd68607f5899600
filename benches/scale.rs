//! How the time to link and check grows with the number of entities, on one thread. Prints
//! seconds and ratios; nothing here fails on a slow machine.
//!
//! `cargo bench --bench scale`

#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::time::Instant;

use catalog::base::{MemorySources, Repository};
use catalog::check;
use catalog::config::{Settings, World};
use catalog::graph::Graph;
use catalog::link::{self, DiscoveryRules};
use catalog::model::KindTable;

/// Entities of one repository.
const PER_REPOSITORY: usize = 100;

fn main() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    pool.install(|| {
        println!(
            "{:>9} {:>10} {:>9} {:>9} {:>9} {:>14}",
            "entities", "relations", "link s", "graph s", "check s", "µs per entity"
        );
        for entities in [1_000, 10_000, 100_000] {
            row(entities);
        }
    });
}

fn row(entities: usize) {
    let sources = organisation(entities);
    let settings = Settings::default();
    let discovery = vec![DiscoveryRules::default(); entities / PER_REPOSITORY];
    let start = Instant::now();
    let (catalog, found) = link::link(link::Input {
        sources: &sources,
        settings: &settings,
        settings_file: None,
        world: World::Closed,
        kinds: KindTable::default(),
        discovery,
        published: None,
    });
    let linked = start.elapsed();
    let graph = Graph::new(&catalog);
    let drawn = start.elapsed();
    let more = check::check(&check::Input {
        catalog: &catalog,
        graph: &graph,
        sources: &sources,
        settings: &settings,
        settings_file: None,
    });
    let checked = start.elapsed();
    assert_eq!(catalog.entities.len(), entities);
    assert!(found.is_empty() && more.is_empty(), "the organisation is clean: {:?} {:?}", found.first(), more.first());
    let per_entity = checked.as_secs_f64() * 1e6 / entities as f64;
    println!(
        "{entities:>9} {:>10} {:>9.2} {:>9.2} {:>9.2} {per_entity:>14.1}",
        catalog.references.len(),
        linked.as_secs_f64(),
        (drawn - linked).as_secs_f64(),
        (checked - drawn).as_secs_f64()
    );
}

/// Groups, systems and components, four references each, nothing dangling and no circle.
fn organisation(entities: usize) -> MemorySources {
    let repositories = (0..entities / PER_REPOSITORY).map(|repository| {
        let mut text = String::new();
        for index in 0..PER_REPOSITORY {
            let number = repository * PER_REPOSITORY + index;
            let _ = match index {
                0 => write!(text, "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: g{repository}\nspec:\n  type: team\n  children: []\n"),
                1 => write!(text, "---\napiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: s{repository}\nspec:\n  owner: g{repository}\n"),
                _ => write!(text, "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: c{number}\n  description: Component number {number}, made to measure.\n  tags: [go, tier-1]\nspec:\n  type: service\n  lifecycle: production\n  owner: g{repository}\n  system: s{repository}\n{}", dependencies(number)),
            };
        }
        (Repository::named(&format!("r{repository:06}")), vec![("catalog-info.yaml".to_owned(), text.into_bytes())])
    });
    MemorySources::new(repositories.collect())
}

/// Two components with lower numbers, spread over the organisation.
fn dependencies(number: usize) -> String {
    let earlier = |salt: usize| {
        let at = number.wrapping_mul(2_654_435_761).wrapping_add(salt * 97) % number.max(1);
        if at % PER_REPOSITORY < 2 { at + 2 } else { at }
    };
    let targets: Vec<String> = [earlier(1), earlier(2)]
        .iter()
        .filter(|&&at| at < number && at > 1)
        .map(|at| format!("    - component:c{at}\n"))
        .collect();
    if targets.is_empty() { String::new() } else { format!("  dependsOn:\n{}", targets.concat()) }
}
