//! Blocks of code that are made up: fourteen lines, no two the same, in the languages of docs.

use std::fmt::Write as _;

use super::pages::Chance;

/// Languages and a block in each: `$a` to `$d` become words, `$1` to `$4` numbers.
const BLOCKS: &[(&str, &str)] = &[
    ("yaml", include_str!("samples/yaml.txt")),
    ("json", include_str!("samples/json.txt")),
    ("bash", include_str!("samples/bash.txt")),
    ("python", include_str!("samples/python.txt")),
    ("go", include_str!("samples/go.txt")),
    ("java", include_str!("samples/java.txt")),
    ("typescript", include_str!("samples/typescript.txt")),
    ("yaml", include_str!("samples/yaml2.txt")),
    ("rust", include_str!("samples/rust.txt")),
    ("toml", include_str!("samples/toml.txt")),
    ("hcl", include_str!("samples/hcl.txt")),
    ("sql", include_str!("samples/sql.txt")),
    ("dockerfile", include_str!("samples/dockerfile.txt")),
    ("xml", include_str!("samples/xml.txt")),
    ("sh", include_str!("samples/sh.txt")),
];

/// Adds the block with this number.
pub(super) fn block(out: &mut String, chance: &mut Chance, number: usize) {
    let (language, sample) = BLOCKS[number % BLOCKS.len()];
    let _ = writeln!(out, "```{language}");
    let words = [(); 4].map(|()| format!("{}_{}", chance.word(), chance.word()));
    let numbers = [number, chance.below(90_000), chance.below(900), chance.below(60)];
    let mut rest = sample;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let kind = rest.as_bytes().get(at + 1).copied().unwrap_or(b' ');
        match kind {
            b'a'..=b'd' => out.push_str(&words[usize::from(kind - b'a')]),
            b'1'..=b'4' => {
                let _ = write!(out, "{}", numbers[usize::from(kind - b'1')]);
            }
            _ => out.push_str(&rest[at..at + 2]),
        }
        rest = &rest[at + 2..];
    }
    out.push_str(rest);
    out.push_str("```\n\n");
}
