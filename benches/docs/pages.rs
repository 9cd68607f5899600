//! Pages that are made up: words, headings, a table, lists, links, two blocks of code.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use super::code;

const WORDS: &str = "service deploy rollout cluster region latency budget error request response token owner team \
    release schema queue topic consumer producer storage bucket index replica leader quorum backup restore policy \
    secret certificate gateway proxy header payload metric trace alert runbook incident postmortem capacity scaling \
    migration version contract review pipeline artifact registry image container node pod volume network subnet \
    route domain record the a of with for when because before after every each small large careful quickly only \
    also then should must may can does reads writes keeps drops sends waits retries fails starts stops";

/// Numbers that look like chance and are the same on each run.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: usize) -> Self {
        Self(seed as u64 ^ 0x9e37_79b9_7f4a_7c15)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }

    pub(super) fn word(&mut self) -> &'static str {
        static SPLIT: LazyLock<Vec<&str>> = LazyLock::new(|| WORDS.split_ascii_whitespace().collect());
        SPLIT[self.below(SPLIT.len())]
    }
}

/// Writes an organisation whose components have `each` pages.
pub(super) fn write(folder: &Path, components: usize, each: usize) {
    std::fs::create_dir_all(folder).expect("it is made");
    std::fs::write(folder.join("catalog-config.yaml"), "sources: [{path: 'r*'}]\n").expect("it is written");
    let team = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: platform\nspec:\n  type: team\n  children: []\n";
    std::fs::create_dir_all(folder.join("r")).expect("it is made");
    std::fs::write(folder.join("r/catalog-info.yaml"), team).expect("it is written");
    for component in 0..components {
        let home = folder.join(format!("r{component}"));
        std::fs::create_dir_all(home.join("docs")).expect("it is made");
        let descriptor = format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: svc-{component}\n  annotations:\n    backstage.io/techdocs-ref: dir:.\nspec:\n  type: service\n  lifecycle: production\n  owner: group:default/platform\n"
        );
        std::fs::write(home.join("catalog-info.yaml"), descriptor).expect("it is written");
        std::fs::write(home.join("mkdocs.yml"), format!("site_name: Service {component}\nplugins: [techdocs-core]\n"))
            .expect("it is written");
        for page in 0..each {
            let path = home.join("docs").join(name(page));
            if page % 100 < 2 {
                std::fs::create_dir_all(path.parent().expect("it has one")).expect("it is made");
            }
            std::fs::write(path, text(component * each + page, page, each)).expect("it is written");
        }
    }
}

fn name(page: usize) -> String {
    if page == 0 { "index.md".to_owned() } else { format!("part-{}/page-{page}.md", page / 100) }
}

fn text(number: usize, page: usize, pages: usize) -> String {
    let mut chance = Chance::new(number);
    let mut out = format!("# Page {number}\n\n");
    paragraph(&mut out, &mut chance, 60);
    let up = if page == 0 { "" } else { "../" };
    for section in 1..=5 {
        let _ = writeln!(out, "## {} {} {section}\n", chance.word(), chance.word());
        paragraph(&mut out, &mut chance, 45);
        match section {
            1 => {
                out.push_str("| name | meaning | default |\n|---|---|---|\n");
                for row in 0..5 {
                    let _ = writeln!(
                        out,
                        "| `{}_{row}` | {} {} | {} |",
                        chance.word(),
                        chance.word(),
                        chance.word(),
                        chance.below(999)
                    );
                }
                out.push('\n');
            }
            2 | 4 => code::block(&mut out, &mut chance, number * 2 + section / 4),
            _ => {
                for _ in 0..4 {
                    let other = name(chance.below(pages));
                    let _ = writeln!(
                        out,
                        "- {} {} [{} {}]({up}{other}) {}",
                        chance.word(),
                        chance.word(),
                        chance.word(),
                        chance.word(),
                        chance.word()
                    );
                }
                out.push('\n');
            }
        }
        paragraph(&mut out, &mut chance, 45);
    }
    out
}

fn paragraph(out: &mut String, chance: &mut Chance, words: usize) {
    for at in 0..words {
        match at % 23 {
            7 => {
                let _ = write!(out, "**{}** ", chance.word());
            }
            15 => {
                let _ = write!(out, "`{}` ", chance.word());
            }
            22 => {
                let _ = write!(out, "{}. ", chance.word());
            }
            _ => {
                out.push_str(chance.word());
                out.push(' ');
            }
        }
    }
    out.push_str("\n\n");
}
