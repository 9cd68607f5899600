//! Pages inside of a page: `iframe`s of the hosts that the settings name (`docs.frames`).

use super::styles::size;
use super::tags::Tag;
use crate::markdown::text::{escape, unescape};

/// What a frame may do. It has an origin of its own, which is not that of the site.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-popups allow-presentation";

/// The element for a frame of a host that may be shown.
pub(super) fn element(tag: &Tag<'_>, address: &str, hosts: &[String]) -> Option<String> {
    let host = host(address)?;
    if !hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
        return None;
    }
    let title = tag.get("title").map(unescape).filter(|title| !title.trim().is_empty());
    let title = title.unwrap_or_else(|| format!("Embedded page: {host}"));
    let mut sizes = String::new();
    for name in ["width", "height"] {
        if let Some(value) = tag.get(name).and_then(size) {
            sizes.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
    }
    Some(format!(
        "<iframe src=\"{}\" title=\"{}\"{sizes} sandbox=\"{SANDBOX}\" loading=\"lazy\" referrerpolicy=\"strict-origin-when-cross-origin\" allowfullscreen></iframe>",
        escape(address),
        escape(&title)
    ))
}

/// What a frame that is not shown is called: its host, or its address where that has none.
pub(super) fn name(address: &str) -> &str {
    host(address).unwrap_or_else(|| address.split(['?', '#']).next().unwrap_or(address))
}

/// The host of an address of the web that has neither user nor port, and no sign that browsers
/// read in different ways.
fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://")?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>' | '`' | '\'');
    let host = rest.split(['/', '?', '#']).next()?;
    let is_host = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    (!host.is_empty() && is_host && !address.contains(odd)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_in_one_way_only() {
        for (address, expected) in [
            ("https://www.a.example/x?y#z", Some("www.a.example")),
            ("https://a.example", Some("a.example")),
            ("https://a.example?x", Some("a.example")),
            ("http://a.example/", None),
            ("//a.example/", None),
            ("https://a.example@b.example/", None),
            ("https://a.example:8443/", None),
            ("https://a.example\\@b.example/", None),
            ("https:/a.example/", None),
            ("https:///a.example/", None),
            ("javascript:alert(1)", None),
            (" https://a.example/", None),
            ("https://a.example/\n", None),
        ] {
            assert_eq!(host(address), expected, "{address}");
        }
    }
}
