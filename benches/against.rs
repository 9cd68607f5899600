//! What `catalog check --against` costs for one small repository, when the published catalog has
//! 100,000 entities with four references each: seconds and peak memory. The check runs in a process
//! of its own, so that both are its own. Nothing here fails on a slow machine.
//!
//! `cargo bench --bench against`

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

mod support;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use catalog::base::MemoryMemo;
use catalog::{pipeline, scan};

const ENTITIES: usize = 100_000;
const REPOSITORIES: usize = 2_000;
const TEAMS: usize = 500;
/// Seconds that it may take.
const GOAL: f64 = 1.0;

fn main() {
    if let Some(folder) = support::asked_for() {
        return child(&folder);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let text = interface();
    println!("{ENTITIES} entities of {REPOSITORIES} repositories, {} MB of interface.json", text.len() / 1_000_000);
    std::fs::write(folder.path().join("interface.json"), text).expect("it is written");
    println!("{:>28} {:>9} {:>8} {:>8} {:>6} {:>6}", "", "findings", "s", "CPU s", "goal", "MiB");
    for (what, descriptor) in [("clean", clean()), ("a team gone, a name misspelt", broken())] {
        std::fs::create_dir_all(folder.path().join("repository")).expect("it is made");
        std::fs::write(folder.path().join("repository/catalog-info.yaml"), descriptor).expect("it is written");
        let [findings, seconds, cpu, peak] = support::measured(folder.path());
        println!("{what:>28} {findings:>9} {seconds:>8} {cpu:>8} {GOAL:>6} {peak:>6}");
    }
}

fn child(folder: &Path) {
    let site = scan::Site::new(folder.display().to_string(), None);
    let scan = scan::Options { repository: Some("github.com/acme/r7".to_owned()), ..scan::Options::default() };
    let options = pipeline::Options { against: Some(site), scan, ..pipeline::Options::default() };
    let start = Instant::now();
    let compiled =
        pipeline::compile(&folder.join("repository"), &options, &MemoryMemo::default()).expect("it compiles");
    let seconds = start.elapsed().as_secs_f64();
    println!("{} {seconds:.2} {} {}", compiled.findings.len(), support::cpu_seconds(), support::peak_memory());
}

/// Every fifth entity is an API, a few are teams.
fn key(number: usize) -> String {
    match number {
        _ if number < TEAMS => format!("group:default/team-{number}"),
        _ if number.is_multiple_of(5) => format!("api:default/svc-{number}"),
        _ => format!("component:default/svc-{number}"),
    }
}

fn interface() -> String {
    let mut text = String::from("{\"version\":1,\"organization\":\"acme\",\"sources\":[");
    for number in 0..REPOSITORIES {
        let comma = if number > 0 { "," } else { "" };
        let _ = write!(
            text,
            "{comma}{{\"name\":\"github.com/acme/r{number}\",\"url\":\"https://github.com/acme/r{number}\",\"revision\":null}}"
        );
    }
    text.push_str("],\"entities\":[");
    let mut keys: Vec<(String, usize)> = (0..ENTITIES).map(|number| (key(number), number)).collect();
    keys.sort_unstable();
    for (at, (key, number)) in keys.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let (repository, owner) = (number % REPOSITORIES, number % TEAMS);
        let _ = write!(
            text,
            "{comma}{{\"ref\":\"{key}\",\"owner\":\"group:default/team-{owner}\",\"title\":\"Service {number}\",\"type\":\"service\",\"lifecycle\":\"production\",\"source\":{{\"repository\":\"github.com/acme/r{repository}\",\"file\":\"services/svc-{number}/catalog-info.yaml\",\"line\":1}},\"references\":[{{\"field\":\"spec.owner\",\"relation\":\"ownedBy\",\"target\":\"group:default/team-{owner}\",\"pointer\":\"/spec/owner\",\"line\":20,\"column\":10}}"
        );
        for (index, prime) in [7, 31, 1_003].iter().enumerate() {
            let target = TEAMS + (number * prime + index) % (ENTITIES - TEAMS);
            let _ = write!(
                text,
                ",{{\"field\":\"spec.dependsOn\",\"relation\":\"dependsOn\",\"target\":\"{}\",\"pointer\":\"/spec/dependsOn/{index}\",\"line\":{},\"column\":7}}",
                self::key(target),
                22 + index
            );
        }
        text.push_str("]}");
    }
    text.push_str("]}\n");
    text
}

/// What is published from `r7`, with references to what is not.
fn own() -> impl Iterator<Item = String> {
    (0..ENTITIES).filter(|number| number % REPOSITORIES == 7).map(|number| {
        if number < TEAMS {
            return format!(
                "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: team-{number}\nspec:\n  type: team\n  children: []\n---\n"
            );
        }
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: svc-{number}\nspec:\n  type: service\n  lifecycle: production\n  owner: team-{}\n  dependsOn:\n    - {}\n---\n",
            number % TEAMS,
            key(number + 1)
        )
    })
}

fn clean() -> String {
    own().collect()
}

fn broken() -> String {
    own().skip(1).map(|text| text.replace("owner: team-7\n", "owner: taem-77\n")).collect()
}
