//! How the parts of an entity may be written. Backstage's field format policies, which are in
//! turn those of Kubernetes.

use url::Url;

/// `[prefix/]suffix`: a DNS name in lower case, and letters and digits.
pub fn is_api_version(text: &str) -> bool {
    let (prefix, suffix) = prefixed(text);
    prefix.is_none_or(is_dns_subdomain) && is_of(suffix, 63, |byte| byte.is_ascii_alphanumeric())
}

/// Letters and digits, beginning with a letter.
pub fn is_kind(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && is_of(text, 63, |byte| byte.is_ascii_alphanumeric())
}

/// Letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.
pub fn is_name(text: &str) -> bool {
    let ends = |at: Option<char>| at.is_some_and(|end| end.is_ascii_alphanumeric());
    is_of(text, 63, |byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && ends(text.chars().next())
        && ends(text.chars().next_back())
}

/// Lower-case letters and digits in parts joined by `-`.
pub fn is_namespace(text: &str) -> bool {
    is_of(text, 63, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// A name, with a DNS name and a slash before it where there is an owner. Labels and annotations
/// have the same keys.
pub fn is_key(text: &str) -> bool {
    let (prefix, name) = prefixed(text);
    prefix.is_none_or(is_dns_subdomain) && is_name(name)
}

/// Nothing, or a name.
pub fn is_label_value(text: &str) -> bool {
    text.is_empty() || is_name(text)
}

/// Lower-case letters, digits, `+`, `#` and `:` in parts joined by one `-` each.
pub fn is_tag(text: &str) -> bool {
    text.len() <= 63
        && text.split('-').all(|part| {
            is_of(part, 63, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+#:".contains(&byte))
        })
}

/// An absolute URL as browsers read them.
pub fn is_url(text: &str) -> bool {
    Url::parse(text).is_ok()
}

/// Something other than white space.
pub fn is_not_blank(text: &str) -> bool {
    !text.trim().is_empty()
}

/// Labels of lower-case letters, digits and `-`, joined by dots.
pub fn is_dns_subdomain(text: &str) -> bool {
    text.len() <= 253 && !text.is_empty() && text.split('.').all(is_dns_label)
}

/// Whether following the URL could run code or read local data: everything but what is known to
/// be harmless is not made a link.
pub fn is_dangerous_url(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let scheme = compact.split(':').next().unwrap_or("").to_ascii_lowercase();
    compact.contains(':')
        && matches!(scheme.as_str(), "javascript" | "vbscript" | "data" | "file" | "blob" | "view-source" | "jar")
}

fn is_dns_label(text: &str) -> bool {
    is_namespace(text)
}

fn is_of(text: &str, most: usize, allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.len() <= most && text.bytes().all(allowed)
}

fn prefixed(text: &str) -> (Option<&str>, &str) {
    match text.split_once('/') {
        Some((prefix, rest)) => (Some(prefix), rest),
        None => (None, text),
    }
}
