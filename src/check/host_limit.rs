//! `host-limit`: whether a static host takes an output. Of the one that the settings name, or of
//! all common ones.

use crate::base::{FileId, Output};
use crate::config::{HOSTINGS, Hosting, Settings, Twins};
use crate::diagnostics::{Diagnostic, HOST_LIMIT};

/// What is wrong with an output, before it takes its place.
pub fn host_limit(output: &Output, settings: &Settings, file: Option<FileId>) -> Option<Diagnostic> {
    let publish = &settings.publish;
    let hosts: Vec<&Hosting> = publish.host.map_or_else(|| HOSTINGS.iter().collect(), |host| vec![host]);
    let broken: Vec<String> = hosts.into_iter().filter_map(|host| broken(output, host)).collect();
    if broken.is_empty() {
        return None;
    }
    let message = format!(
        "the site has {} files and {}, but {}",
        thousands(output.files),
        megabytes(output.bytes),
        broken.join("; ")
    );
    let finding = Diagnostic::new(&HOST_LIMIT, message).subject("site").help(help(settings));
    Some(match (publish.host, file) {
        (Some(_), Some(file)) => finding.at(file, publish.host_span).pointer("/site/host"),
        _ => finding,
    })
}

/// What of an output a host does not take.
fn broken(output: &Output, host: &Hosting) -> Option<String> {
    let mut takes = Vec::new();
    if let Some(most) = host.files.filter(|&most| output.files > most) {
        takes.push(format!("{} files", thousands(most)));
    }
    if let Some(most) = host.bytes.filter(|&most| output.bytes > most) {
        takes.push(megabytes(most));
    }
    let mut takes = if takes.is_empty() { String::new() } else { format!("takes {}", takes.join(" and ")) };
    if let (Some(most), Some((path, size))) = (host.file_bytes, &output.largest)
        && *size > most
    {
        let and = if takes.is_empty() { "" } else { ", and " };
        takes.push_str(&format!("{and}takes {} in one file, and `{path}` has {}", megabytes(most), megabytes(*size)));
    }
    if let (Some(most), Some((folder, files))) = (host.folder_files, &output.fullest)
        && *files > most
    {
        let and = if takes.is_empty() { "" } else { ", and " };
        let (most, files) = (thousands(most), thousands(*files));
        takes.push_str(&format!("{and}takes {most} files in one folder, and `{folder}` has {files}"));
    }
    (!takes.is_empty()).then(|| format!("{} {takes}", host.title))
}

fn help(settings: &Settings) -> String {
    let publish = &settings.publish;
    let mut ways = Vec::new();
    if publish.twins == Twins::Files {
        ways.push("`site: {twins: packed}` writes two files less for each entity and one less for each page");
    }
    if publish.backstage_api {
        ways.push("without `site: {backstage-api: true}` it is one file less for each entity");
    }
    if publish.badges {
        ways.push("without `site: {badges: true}` it is up to three files less for each entity");
    }
    if publish.host.is_none() {
        ways.push("name your host under `site: {host: …}`, and only its limits count; `other` has none");
    }
    if ways.is_empty() {
        ways.push("build parts of the organisation as sites of their own, or choose another host");
    }
    ways.join("; ")
}

/// Bytes as people say them.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    match tenths {
        0..10_000 if tenths.is_multiple_of(10) => format!("{} MB", tenths / 10),
        0..10_000 => format!("{}.{} MB", tenths / 10, tenths % 10),
        _ => format!("{}.{} GB", tenths / 10_000, tenths % 10_000 / 1_000),
    }
}

/// A number with its thousands apart.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Publish;

    #[test]
    fn limits_are_those_of_the_table() {
        let output = |files, bytes, largest| Output {
            files,
            bytes,
            largest: Some(("catalog.json".to_owned(), largest)),
            fullest: None,
        };
        let full = |files| Output { files, fullest: Some(("badges".to_owned(), files)), ..Output::default() };
        let settings = |host: Option<&str>| Settings {
            publish: Publish { host: host.and_then(Hosting::from_name), ..Publish::default() },
            ..Settings::default()
        };
        let said = |output: &Output, host| host_limit(output, &settings(host), None).map(|finding| finding.message);
        for (output, host, expected) in [
            (output(15_000, 1, 1), None, None),
            (
                output(15_001, 1, 1),
                None,
                Some("the site has 15,001 files and 0 MB, but Azure Static Web Apps takes 15,000 files"),
            ),
            (output(15_001, 1, 1), Some("cloudflare-pages"), None),
            (
                output(20_001, 1, 30 << 20),
                Some("cloudflare-pages"),
                Some(
                    "the site has 20,001 files and 0 MB, but Cloudflare Pages takes 20,000 files, and takes 26.2 MB in one file, and `catalog.json` has 31.5 MB",
                ),
            ),
            (
                output(1, 1_500_000_000, 1),
                Some("github-pages"),
                Some("the site has 1 files and 1.5 GB, but GitHub Pages takes 1.0 GB"),
            ),
            (full(54_000), Some("netlify"), None),
            (
                full(54_001),
                Some("netlify"),
                Some(
                    "the site has 54,001 files and 0 MB, but Netlify takes 54,000 files in one folder, and `badges` has 54,001",
                ),
            ),
            (output(10_000_000, 1 << 40, 1 << 39), Some("other"), None),
        ] {
            assert_eq!(said(&output, host).as_deref(), expected, "{host:?}");
        }
    }
}
