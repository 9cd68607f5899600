//! Any descriptor goes through link, graph and check without panic.

#![no_main]

use catalog::base::{MemorySources, Repository};
use catalog::config::{Settings, World};
use catalog::link::{self, DiscoveryRules};
use catalog::model::KindTable;
use catalog::{check, graph};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let files = vec![("catalog-info.yaml".to_owned(), bytes.to_vec())];
    let sources = MemorySources::new(vec![(Repository::named("r"), files)]);
    let settings = Settings::default();
    let (catalog, _) = link::link(link::Input {
        sources: &sources,
        settings: &settings,
        settings_file: None,
        world: World::Closed,
        kinds: KindTable::default(),
        discovery: vec![DiscoveryRules::default()],
        published: None,
    });
    let graph = graph::Graph::new(&catalog);
    let _ = check::check(&check::Input { catalog: &catalog, graph: &graph, sources: &sources, settings: &settings, settings_file: None });
});
