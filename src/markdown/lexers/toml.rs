//! TOML.

use super::Scan;

pub(super) fn lex(scan: &mut Scan<'_>) {
    // What is open: `[` for a list, `{` for an inline table, in which keys stand again.
    let mut open: Vec<u8> = Vec::new();
    let mut value = false;
    while !scan.is_done() {
        let rest = scan.rest();
        match scan.peek() {
            b'\n' => {
                scan.take(1, 0);
                value = !open.is_empty();
            }
            b'#' => scan.to(scan.line_end(), b'c'),
            b'[' if !value => header(scan),
            byte @ (b'[' | b'{') => {
                scan.take(1, 0);
                open.push(byte);
                value = byte == b'[';
            }
            b']' | b'}' => {
                scan.take(1, 0);
                open.pop();
                value = true;
            }
            b',' => {
                scan.take(1, 0);
                value = open.last() != Some(&b'{');
            }
            b'=' => {
                scan.take(1, 0);
                value = true;
            }
            _ if rest.starts_with("\"\"\"") && value => scan.string("\"\"\"", b's', true, true),
            _ if rest.starts_with("'''") && value => scan.string("'''", b's', false, true),
            b'"' => scan.string("\"", if value { b's' } else { b'p' }, value, false),
            b'\'' => scan.string("'", if value { b's' } else { b'p' }, false, false),
            _ if value => scalar(scan),
            byte if is_bare(byte) => {
                let end = scan.end_of(scan.at, is_bare);
                scan.to(end, b'p');
            }
            _ => scan.take(1, 0),
        }
    }
}

/// `[a.b]` and `[[a]]`.
fn header(scan: &mut Scan<'_>) {
    let line_end = scan.line_end();
    while scan.at < line_end && scan.peek() != b'#' {
        match scan.peek() {
            b'"' => scan.string("\"", b's', false, false),
            b'\'' => scan.string("'", b's', false, false),
            byte if is_bare(byte) => {
                let end = scan.end_of(scan.at, is_bare);
                scan.to(end, b't');
            }
            _ => scan.take(1, 0),
        }
    }
}

fn scalar(scan: &mut Scan<'_>) {
    let end = scan.end_of(scan.at, |byte| is_bare(byte) || matches!(byte, b'.' | b'+' | b':'));
    let word = &scan.text[scan.at..end];
    let digits = word.trim_start_matches(['+', '-']);
    let class = match word {
        "true" | "false" => b'b',
        _ if matches!(digits, "inf" | "nan") => b'n',
        _ if !digits.starts_with(|c: char| c.is_ascii_digit()) => 0,
        _ if word.as_bytes().get(4) == Some(&b'-') || word.contains(':') => b'b',
        _ => b'n',
    };
    scan.to(end.max(scan.at + 1), class);
}

fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
