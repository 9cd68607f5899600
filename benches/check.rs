//! What `catalog check` costs: CPU seconds and peak memory on an organisation that is made up.
//! Each size runs in a process of its own, so that memory is its own. Nothing here fails on a
//! slow machine.
//!
//! `cargo bench --bench check`

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

mod support;

use std::fmt::Write as _;
use std::path::Path;

use catalog::base::MemoryMemo;
use catalog::pipeline;

/// Entities, files, and what they may cost in CPU seconds and MiB.
const SIZES: &[(usize, usize, f64, u64)] = &[(10_000, 2_000, 0.6, 150), (100_000, 20_000, 6.0, 1_024)];

fn main() {
    if let Some(folder) = support::asked_for() {
        return child(&folder);
    }
    println!(
        "{:>9} {:>7} {:>9} {:>8} {:>9} {:>9} {:>9}",
        "entities", "files", "findings", "CPU s", "goal", "MiB", "goal"
    );
    for (entities, files, seconds, memory) in SIZES {
        let folder = tempfile::tempdir().expect("a folder");
        organisation(folder.path(), *entities, *files);
        let [findings, cpu, peak] = support::measured(folder.path());
        println!("{entities:>9} {files:>7} {findings:>9} {cpu:>8} {seconds:>9} {peak:>9} {memory:>9}");
    }
}

fn child(folder: &Path) {
    let compiled =
        pipeline::compile(folder, &pipeline::Options::default(), &MemoryMemo::default()).expect("it compiles");
    println!("{} {} {}", compiled.findings.len(), support::cpu_seconds(), support::peak_memory());
}

fn organisation(folder: &Path, entities: usize, files: usize) {
    std::fs::write(folder.join("catalog-config.yaml"), "sources: [{path: 'r*'}]\n").expect("it is written");
    let each = entities / files;
    for file in 0..files {
        let home = folder.join(format!("r{}/s{file}", file % 20));
        std::fs::create_dir_all(&home).expect("it is made");
        let mut text = if file == 0 { teams() } else { String::new() };
        for number in file * each..(file + 1) * each {
            entity(&mut text, number);
        }
        std::fs::write(home.join("catalog-info.yaml"), text).expect("it is written");
    }
}

const TEAMS: usize = 50;

fn teams() -> String {
    (0..TEAMS).fold(String::new(), |mut text, team| {
        let _ = writeln!(
            text,
            "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: team-{team}\nspec:\n  type: team\n  children: []\n---"
        );
        text
    })
}

/// Every fifth one is an API; the others have up to three dependencies on earlier ones.
fn entity(text: &mut String, number: usize) {
    let owner = number % TEAMS;
    if number.is_multiple_of(5) {
        let _ = writeln!(
            text,
            "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: svc-{number}\n  description: The API number {number}.\nspec:\n  type: openapi\n  lifecycle: production\n  owner: team-{owner}\n  definition: |\n    openapi: 3.0.0\n    info: {{title: x, version: \"1\"}}\n    paths: {{}}\n---"
        );
        return;
    }
    let mut needs = [7, 31, 1_003].map(|prime| number * prime % number.max(1).next_multiple_of(97)).to_vec();
    needs.retain(|&other| other < number && !other.is_multiple_of(5));
    needs.sort_unstable();
    needs.dedup();
    let _ = writeln!(
        text,
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: svc-{number}\n  title: Service {number}\n  description: The service number {number} of the organisation, which does things.\n  annotations:\n    github.com/project-slug: acme/svc-{number}\n  tags:\n    - java\n    - web\n  links:\n    - url: https://wiki.acme.example/{number}\n      title: Wiki\nspec:\n  type: service\n  lifecycle: production\n  owner: team-{owner}"
    );
    if !needs.is_empty() {
        text.push_str("  dependsOn:\n");
        needs.iter().for_each(|other| {
            let _ = writeln!(text, "    - component:svc-{other}");
        });
    }
    text.push_str("---\n");
}
