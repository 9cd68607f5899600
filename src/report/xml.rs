//! The little of XML that reports need: an attribute, a text.

/// Text for an attribute or an element. Characters that XML 1.0 cannot hold, escaped or not, become
/// replacement characters: one of them would make the whole report unreadable.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // A reader would turn them into spaces in an attribute.
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Attributes, each with a space before it.
pub(super) fn attributes(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(name, value)| format!(" {name}=\"{}\"", escaped(value))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_read_as_it_was(text in any::<String>()) {
            let xml = format!("<a{}>{}</a>", attributes(&[("b", &text)]), escaped(&text));
            let read = roxmltree::Document::parse(&xml).unwrap();
            let held = |c: char| (c >= ' ' || "\n\r\t".contains(c)) && !matches!(c, '\u{fffe}' | '\u{ffff}');
            let wanted: String = text.chars().map(|c| if held(c) { c } else { '\u{fffd}' }).collect();
            prop_assert_eq!(read.root_element().attribute("b").unwrap(), &wanted);
            prop_assert_eq!(read.root_element().text().unwrap_or(""), &wanted);
        }
    }
}
