//! Any CODEOWNERS is read by both grammars and matched, and its spans are inside of it.

#![no_main]

use catalog::parse::codeowners::{Dialect, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (text, path) = input;
    for dialect in [Dialect::GitHub, Dialect::GitLab] {
        let owners = parse(text, dialect);
        let _ = owners.deciding(path);
        for entry in &owners.entries {
            assert!(text.get(entry.span.range()).is_some_and(|part| !part.is_empty()));
        }
        for problem in &owners.problems {
            assert!(text.get(problem.span.range()).is_some_and(|part| !part.is_empty()));
        }
    }
});
