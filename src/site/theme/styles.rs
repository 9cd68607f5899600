//! The style sheets of a theme, joined from their parts. What stands right in `styles/` is the sheet
//! of every page; what stands in a folder there is a sheet of its own, which only those pages load
//! whose templates name it.

use super::assets::{Files, STYLE};

/// The sheets by their paths: parts in the order of their names, without what only people read.
pub(super) fn joined(parts: &Files) -> Files {
    let mut sheets = Files::new();
    sheets.insert(STYLE.to_owned(), Vec::new());
    for (path, bytes) in parts {
        let Some(part) = path.strip_prefix("styles/").filter(|part| part.ends_with(".css")) else { continue };
        let sheet = match part.split_once('/') {
            Some((folder, _)) => format!("assets/{folder}.css"),
            None => STYLE.to_owned(),
        };
        sheets.entry(sheet).or_default().extend(tight(&String::from_utf8_lossy(bytes)).into_bytes());
    }
    sheets
}

/// A style sheet without comments, and with no more white space than its meaning needs.
fn tight(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' => {
                let end = end_of_string(rest, first);
                out.push_str(&rest[..end]);
                end
            }
            _ if first.is_ascii_whitespace() => {
                if !out.ends_with([' ', '{', '}', ';', ',', ':', '>']) && !out.is_empty() {
                    out.push(' ');
                }
                first.len_utf8()
            }
            '{' | '}' | ';' | ',' | '>' => {
                out.truncate(out.trim_end_matches(' ').len());
                if first == '}' {
                    out.truncate(out.trim_end_matches(';').len());
                }
                out.push(first);
                1
            }
            // The zero before a point says nothing.
            '0' if is_fraction(rest) && out.ends_with([' ', ':', '(', ',', '-']) => 1,
            _ => {
                out.push(first);
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn is_fraction(text: &str) -> bool {
    text.strip_prefix("0.").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Where a string ends that begins with this quote.
fn end_of_string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_lose_what_only_people_read() {
        for (css, expected) in [
            ("a {\n  color: red;\n}\n", "a{color:red}\n"),
            ("/* x */\na > b,\n.c d { width: calc(1px + 2px); }\n\n", "a>b,.c d{width:calc(1px + 2px)}\n"),
            ("a::before { content: \"/* ; } \\\" */\"; }", "a::before{content:\"/* ; } \\\" */\"}\n"),
            ("@media (width < 10px) {\n  a { b: c }\n}", "@media (width < 10px){a{b:c}}\n"),
            ("a /* b */ c { d: e; f: g }", "a c{d:e;f:g}\n"),
            ("a { b: 0.5em -0.25em 10.5px rgb(0 0 0 / 0.1) }", "a{b:.5em -.25em 10.5px rgb(0 0 0 / .1)}\n"),
            (".a-0.b { c: d }", ".a-0.b{c:d}\n"),
            ("a{b:'it", "a{b:'it\n"),
            ("/* open", "\n"),
        ] {
            assert_eq!(tight(css), expected, "{css}");
        }
    }

    #[test]
    fn a_folder_of_parts_is_a_sheet_of_its_own() {
        let part = |path: &str, css: &str| (path.to_owned(), css.as_bytes().to_vec());
        let sheets = joined(&Files::from([
            part("styles/20-b.css", "b{}"),
            part("styles/10-a.css", "a{}"),
            part("styles/lists/10-l.css", "l{}"),
            part("styles/notes.md", "no style"),
            part("list.html", "no style"),
        ]));
        let sheets: Vec<(&str, String)> =
            sheets.iter().map(|(path, css)| (path.as_str(), String::from_utf8_lossy(css).replace('\n', ""))).collect();
        assert_eq!(sheets, [("assets/lists.css", "l{}".to_owned()), (STYLE, "a{}b{}".to_owned())]);
    }
}
