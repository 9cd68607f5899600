//! JSON, with comments, and as it stands in docs: parts of documents, and `...` for what is
//! left out.

use super::Scan;

pub(super) fn lex(scan: &mut Scan<'_>) {
    while !scan.is_done() {
        match scan.peek() {
            b'"' => {
                let class = if is_key(scan) { b'p' } else { b's' };
                // An escape in a key is no more than a key.
                scan.string("\"", class, class == b's', false);
            }
            b'/' if scan.rest().starts_with("//") => scan.to(scan.line_end(), b'c'),
            b'/' if scan.rest().starts_with("/*") => {
                let end = scan.rest().find("*/").map_or(scan.text.len(), |found| scan.at + found + 2);
                scan.to(end, b'c');
            }
            b'-' | b'0'..=b'9' => {
                let end =
                    scan.end_of(scan.at + 1, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-'));
                let number = scan.text[scan.at..end].parse::<f64>().is_ok();
                scan.to(end, if number { b'n' } else { 0 });
            }
            byte if byte.is_ascii_alphabetic() => {
                let end = scan.end_of(scan.at, super::is_word);
                let known = matches!(&scan.text[scan.at..end], "true" | "false" | "null");
                scan.to(end, if known { b'b' } else { 0 });
            }
            _ => scan.take(1, 0),
        }
    }
}

/// Whether a colon follows the string that begins here.
fn is_key(scan: &Scan<'_>) -> bool {
    let text = scan.text.as_bytes();
    let mut at = scan.at + 1;
    while at < text.len() && !matches!(text[at], b'"' | b'\n') {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    let after = text.get(at + 1..).unwrap_or_default();
    after.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}
