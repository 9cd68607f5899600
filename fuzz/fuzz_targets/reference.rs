//! A reference that can be read can be printed, and reads as the same again.

#![no_main]

use catalog::model::{Context, EntityRef, LocationRef};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let context = Context { kind: Some("component"), namespace: Some("default") };
    if let Ok(reference) = EntityRef::parse(text, context) {
        let key = reference.key();
        assert_eq!(EntityRef::parse(&key, Context::default()).map(|again| again.key()), Ok(key));
    }
    if let Ok(location) = LocationRef::parse(text) {
        assert!(!location.kind.is_empty() && !location.target.is_empty());
    }
});
