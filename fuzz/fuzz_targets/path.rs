//! No target leads out of its folder, whatever it is made of, and URLs lose their credentials.

#![no_main]

use catalog::base::hosts::{Hosts, RepositoryUrl};
use catalog::base::paths;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (folder, target) = input;
    let Ok(folder) = paths::join("", folder) else { return };
    if let Ok(path) = paths::join(&folder, target) {
        assert!(!path.starts_with('/') && !path.contains('\0'));
        assert!(!path.split('/').any(|part| part == ".." || part == "."));
        assert_eq!(paths::join("", &path), Ok(path.clone()));
    }
    if let Some(url) = RepositoryUrl::parse(target, &Hosts::default()) {
        assert!(!url.remote.identity().contains('@') || !target.contains("://"));
        let _ = url.candidate_paths();
    }
});
