//! Any bytes are read without panic, and every span of the tree lies inside of the text.

#![no_main]

use catalog::base::Text;
use catalog::yaml::{Limits, Node, parse};
use libfuzzer_sys::fuzz_target;

fn check(node: &Node, text: &str) {
    assert!(text.get(node.span.range()).is_some());
    for item in node.items() {
        check(item, text);
    }
    for entry in node.entries() {
        assert!(text.get(entry.key_span.range()).is_some());
        check(&entry.value, text);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = Text::from_bytes(bytes);
    for document in parse(text.as_str(), Limits::default()) {
        assert!(document.root.is_some() || !document.problems.is_empty());
        for problem in &document.problems {
            assert!(text.as_str().get(problem.span.range()).is_some());
            let _ = text.position(problem.span.start);
        }
        if let Some(root) = &document.root {
            check(root, text.as_str());
            let _ = root.to_json();
        }
    }
});
