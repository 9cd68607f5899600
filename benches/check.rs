//! What `catalog check` costs: CPU seconds and peak memory on an organisation that is made up.
//! Each size runs in a process of its own, so that memory is its own. Nothing here fails on a
//! slow machine.
//!
//! `cargo bench --bench check`

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::path::Path;

use catalog::base::MemoryMemo;
use catalog::pipeline;

/// Entities, files, and what they may cost in CPU seconds and MiB.
const SIZES: &[(usize, usize, f64, u64)] = &[(10_000, 2_000, 0.6, 150), (100_000, 20_000, 6.0, 1_024)];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--child") {
        return child(Path::new(&arguments[at + 1]));
    }
    println!(
        "{:>9} {:>7} {:>9} {:>8} {:>9} {:>9} {:>9}",
        "entities", "files", "findings", "CPU s", "goal", "MiB", "goal"
    );
    for (entities, files, seconds, memory) in SIZES {
        let folder = tempfile::tempdir().expect("a folder");
        organisation(folder.path(), *entities, *files);
        let itself = std::env::current_exe().expect("this program");
        let output = std::process::Command::new(itself).arg("--child").arg(folder.path()).output().expect("it runs");
        let numbers = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let [findings, cpu, peak] = numbers.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{numbers}{}", String::from_utf8_lossy(&output.stderr));
        };
        println!("{entities:>9} {files:>7} {findings:>9} {cpu:>8} {seconds:>9} {peak:>9} {memory:>9}");
    }
}

fn child(folder: &Path) {
    let compiled =
        pipeline::compile(folder, &pipeline::Options::default(), &MemoryMemo::default()).expect("it compiles");
    println!("{} {} {}", compiled.findings.len(), cpu_seconds(), peak_memory());
}

/// User and system time of this process, where the system says so.
fn cpu_seconds() -> String {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or("");
    let ticks: Vec<f64> = after.split(' ').skip(12).take(2).filter_map(|number| number.parse().ok()).collect();
    // A tick is a hundredth of a second on every Linux that there is.
    if ticks.len() == 2 { format!("{:.2}", (ticks[0] + ticks[1]) / 100.0) } else { "?".to_owned() }
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
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
