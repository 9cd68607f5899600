//! YAML: keys, scalars, block scalars, comments, anchors. Reads one line after the other and
//! keeps what reaches over lines: an open quote, a block scalar, the depth of `[` and `{`.

use super::Scan;

/// What reaches over the end of a line.
#[derive(Default)]
struct State {
    /// The column a block scalar must be indented beyond.
    block: Option<usize>,
    /// An open quote.
    quote: Option<&'static str>,
    flow: usize,
}

pub(super) fn lex(scan: &mut Scan<'_>) {
    let mut state = State::default();
    while !scan.is_done() {
        line(scan, &mut state);
        scan.take(1, 0);
    }
}

fn line(scan: &mut Scan<'_>, state: &mut State) {
    let (start, end) = (scan.at, scan.line_end());
    let text = &scan.text[start..end];
    let indent = text.len() - text.trim_start_matches(' ').len();
    if let Some(parent) = state.block {
        if text.trim().is_empty() || indent > parent || (parent == 0 && indent > 0) {
            return scan.to(end, b's');
        }
        state.block = None;
    }
    if let Some(quote) = state.quote {
        if !string_rest(scan, quote, b's') {
            return;
        }
        state.quote = None;
    } else if state.flow == 0 && (text.starts_with("---") || text.starts_with("...")) {
        scan.take(3, 0);
    }
    // The column of the node that is open: that of the last dash or key.
    let mut column = None;
    while scan.at < end {
        scan.blanks();
        let (at, next) = (scan.at, scan.byte(scan.at + 1));
        let ends_here = matches!(next, 0 | b' ' | b'\t' | b'\n');
        match scan.peek() {
            b'\n' | 0 => break,
            b'#' if at == start || matches!(scan.byte(at - 1), b' ' | b'\t') => return scan.to(end, b'c'),
            b'-' | b'?' if ends_here => {
                column = Some(at - start);
                scan.take(1, 0);
            }
            byte @ (b'"' | b'\'') => {
                let quote = if byte == b'"' { "\"" } else { "'" };
                if is_quoted_key(scan, quote, state.flow > 0) {
                    column = Some(at - start);
                    scan.take(1, b'p');
                    string_rest(scan, quote, b'p');
                } else {
                    scan.take(1, b's');
                    if !string_rest(scan, quote, b's') {
                        state.quote = Some(quote);
                        return;
                    }
                }
            }
            b'[' | b'{' => {
                state.flow += 1;
                scan.take(1, 0);
            }
            b']' | b'}' => {
                state.flow = state.flow.saturating_sub(1);
                scan.take(1, 0);
            }
            b'&' | b'*' if !ends_here => {
                let class = if scan.peek() == b'&' { b't' } else { b'v' };
                scan.take(1, b'k');
                let name = scan.end_of(scan.at, |byte| !byte.is_ascii_whitespace() && !is_flow(byte));
                scan.to(name, class);
            }
            b'!' => {
                let tag = scan.end_of(at, |byte| !byte.is_ascii_whitespace() && !is_flow(byte));
                scan.to(tag, b'k');
            }
            b'|' | b'>' if state.flow == 0 && is_block_header(&scan.text[at..end]) => {
                let header = scan.end_of(at, |byte| matches!(byte, b'|' | b'>' | b'+' | b'-' | b'0'..=b'9'));
                scan.to(header, b'k');
                state.block = Some(column.unwrap_or(indent));
            }
            b',' | b':' => scan.take(1, 0),
            _ => {
                if plain(scan, end, state.flow > 0) {
                    column = Some(at - start);
                }
            }
        }
    }
}

/// A plain scalar; whether it is a key.
fn plain(scan: &mut Scan<'_>, end: usize, flow: bool) -> bool {
    let text = scan.text.as_bytes();
    let mut stop = scan.at;
    let mut key = false;
    while stop < end {
        match text[stop] {
            b':' if ends_key(scan.byte(stop + 1), flow) => {
                key = true;
                break;
            }
            b'#' if stop > 0 && matches!(text[stop - 1], b' ' | b'\t') => break,
            byte if flow && is_flow(byte) => break,
            _ => stop += 1,
        }
    }
    let word = scan.text[scan.at..stop].trim_end();
    let class = if word == "<<" {
        b'b'
    } else if key {
        b'p'
    } else {
        scalar(word)
    };
    scan.to(stop.max(scan.at + 1), class);
    key
}

/// The class of a plain scalar that is a value.
fn scalar(word: &str) -> u8 {
    match word {
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" | "null" | "Null" | "NULL" | "~" | "yes" | "Yes"
        | "YES" | "no" | "No" | "NO" | "on" | "On" | "ON" | "off" | "Off" | "OFF" | "y" | "Y" | "n" | "N" | "<<"
        | "=" => return b'b',
        ".nan" | ".NaN" | ".NAN" => return b'n',
        _ => {}
    }
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return b'n';
    }
    let bytes = digits.as_bytes();
    if !bytes.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.')
        || !digits.contains(|c: char| c.is_ascii_digit())
    {
        return 0;
    }
    let is_date = bytes.len() >= 8 && bytes.get(4) == Some(&b'-') && bytes[..4].iter().all(u8::is_ascii_digit);
    if is_date && digits[5..].bytes().all(|byte| byte.is_ascii_digit() || b"-:.TtZz+ ".contains(&byte)) {
        return b'b';
    }
    let hex = digits.strip_prefix("0x").filter(|hex| !hex.is_empty());
    if hex.is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'_')) {
        return b'n';
    }
    let octal = digits.strip_prefix("0o").unwrap_or(digits);
    let simple = octal.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.'));
    if simple || digits.parse::<f64>().is_ok() { b'n' } else { 0 }
}

/// What is left of a quoted scalar on this line; whether it ended.
fn string_rest(scan: &mut Scan<'_>, quote: &'static str, class: u8) -> bool {
    if quote == "\"" {
        return scan.string_rest(quote, class, class == b's', false);
    }
    // In single quotes, two of them are one.
    loop {
        let end = scan.end_of(scan.at, |byte| !matches!(byte, b'\'' | b'\n'));
        scan.to(end, class);
        match (scan.peek(), scan.byte(end + 1)) {
            (b'\'', b'\'') => scan.take(2, if class == b's' { b'r' } else { class }),
            (b'\'', _) => {
                scan.take(1, class);
                return true;
            }
            _ => return false,
        }
    }
}

/// Whether the quoted scalar that begins here ends on this line and is followed by a colon.
fn is_quoted_key(scan: &Scan<'_>, quote: &str, flow: bool) -> bool {
    let text = scan.text.as_bytes();
    let quote = quote.as_bytes()[0];
    let mut at = scan.at + 1;
    while at < text.len() && text[at] != quote && text[at] != b'\n' {
        at += if text[at] == b'\\' && quote == b'"' { 2 } else { 1 };
    }
    if scan.byte(at) != quote {
        return false;
    }
    let colon = scan.end_of(at + 1, |byte| byte == b' ');
    scan.byte(colon) == b':' && (flow || ends_key(scan.byte(colon + 1), flow))
}

fn ends_key(after: u8, flow: bool) -> bool {
    matches!(after, 0 | b' ' | b'\t' | b'\n') || (flow && is_flow(after))
}

fn is_flow(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

/// `|`, `>-`, `|2+  # comment`
fn is_block_header(text: &str) -> bool {
    let rest = text[1..].trim_start_matches(['+', '-']).trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches(['+', '-']);
    rest.trim().is_empty() || rest.trim_start().starts_with('#')
}
