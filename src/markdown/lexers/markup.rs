//! XML and HTML: tags, attributes, entities, comments. What stands in `script` and `style` is
//! shown plain.

use super::Scan;

pub(super) fn lex(scan: &mut Scan<'_>) {
    while !scan.is_done() {
        let rest = scan.rest();
        if rest.starts_with("<!--") {
            to_end_of(scan, "-->", b'c');
        } else if rest.starts_with("<![CDATA[") {
            to_end_of(scan, "]]>", b's');
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            scan.take(2, 0);
            tag(scan, b'm');
        } else if rest.starts_with('<') && rest[1..].starts_with(|c: char| c == '/' || c.is_alphabetic() || c == '_') {
            scan.take(if scan.byte(scan.at + 1) == b'/' { 2 } else { 1 }, 0);
            tag(scan, b'g');
        } else if rest.starts_with('&') {
            let end = scan.end_of(scan.at + 1, |byte| byte.is_ascii_alphanumeric() || byte == b'#');
            let class = if scan.byte(end) == b';' { b'b' } else { 0 };
            scan.to(end + usize::from(class != 0), class);
        } else {
            let end = scan.end_of(scan.at + 1, |byte| !matches!(byte, b'<' | b'&'));
            scan.to(end, 0);
        }
    }
}

/// The name of a tag, and its attributes.
fn tag(scan: &mut Scan<'_>, class: u8) {
    let name = scan.end_of(scan.at, is_name);
    scan.to(name, class);
    while !scan.is_done() {
        match scan.peek() {
            b'>' => return scan.take(1, 0),
            b'<' => return,
            b'"' => scan.string("\"", b's', false, true),
            b'\'' => scan.string("'", b's', false, true),
            byte if is_name(byte) => {
                let end = scan.end_of(scan.at, is_name);
                scan.to(end, b'a');
            }
            _ => scan.take(1, 0),
        }
    }
}

fn to_end_of(scan: &mut Scan<'_>, mark: &str, class: u8) {
    let end = scan.rest().find(mark).map_or(scan.text.len(), |found| scan.at + found + mark.len());
    scan.to(end, class);
}

fn is_name(byte: u8) -> bool {
    super::is_word(byte) || matches!(byte, b'-' | b':' | b'.')
}
