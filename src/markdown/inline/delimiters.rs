//! `==mark==`, `^^insert^^`, `^sup^`, `~~delete~~` and `~sub~`, by pymdownx's rules: two signs
//! stand at the edges of words, one sign may stand in a word and holds no space.

use super::{Kind, Piece, Step, is_word, replace};

/// What an open element waits for.
#[derive(Default)]
struct Level {
    /// Indexes of openers.
    openers: Vec<usize>,
    /// How many of them have one, two, three signs.
    counts: [usize; 4],
}

/// Pairs the runs of one sign.
pub(super) fn pass(pieces: &mut Vec<Piece<'_>>, mark: u8) {
    let least = if mark == b'=' { 2 } else { 1 };
    let double = [mark, mark];
    let double = std::str::from_utf8(&double).unwrap_or("==");
    let sign = mark as char;
    let worth = |text: &str| if least == 2 { text.contains(double) } else { text.contains(sign) };
    replace(pieces, true, worth, |text, before, after| {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = text[from..].find(sign) {
            let start = from + at;
            let length = text[start..].bytes().take_while(|byte| *byte == mark).count();
            from = start + length;
            if length < least || length > 3 || (length == 3 && mark == b'=') {
                continue;
            }
            let before = text[..start].chars().next_back().or(if start == 0 { before } else { None });
            let after = text[from..].chars().next().or(if from == text.len() { after } else { None });
            let (opens, closes) = sides(mark, length, before, after);
            if opens || closes {
                found.push((start..from, Kind::Run(&text[start..from], opens, closes)));
            }
        }
        found
    });
    pair(pieces, mark);
}

/// Whether a run may open and close.
fn sides(mark: u8, length: usize, before: Option<char>, after: Option<char>) -> (bool, bool) {
    // Beside an element there is no character, and yet no space: the pair is checked by nesting.
    let opens = !after.is_some_and(char::is_whitespace);
    let closes = !before.is_some_and(char::is_whitespace);
    if length == 1 {
        // A path in the home folder is no subscript.
        return (opens && !(mark == b'~' && after == Some('/')), closes);
    }
    // Deleting in the middle of a word is common on GitHub, so there it stays.
    let smart = mark != b'~' && length == 2;
    let inner = |c: Option<char>| c.is_some_and(|c| is_word(c) && c != '_');
    (opens && !(smart && inner(before)), closes && !(smart && inner(after)))
}

fn pair(pieces: &mut Vec<Piece<'_>>, mark: u8) {
    if !pieces.iter().any(|piece| matches!(piece.kind, Kind::Run(..))) {
        return;
    }
    let mut levels = vec![Level::default()];
    let mut last_space = 0;
    let mut escaped_spaces = false;
    for index in 0..pieces.len() {
        match pieces[index].kind.step() {
            Step::Down => levels.push(Level::default()),
            Step::Up if levels.len() > 1 => drop(levels.pop()),
            Step::Up => {}
            Step::Across => {
                levels.pop();
                levels.push(Level::default());
            }
            Step::Stay => {}
        }
        let (length, opens, closes) = match &pieces[index].kind {
            Kind::Run(run, opens, closes) => (run.len(), *opens, *closes),
            Kind::Text(text) => {
                let (plain, escaped) = spaces(text);
                escaped_spaces |= escaped;
                if plain {
                    last_space = index + 1;
                }
                continue;
            }
            kind => {
                if kind.is_break() {
                    last_space = index + 1;
                }
                continue;
            }
        };
        let Some(level) = levels.last_mut() else { continue };
        if closes && level.counts[length] > 0 {
            let mut opener = None;
            while let Some(candidate) = level.openers.pop() {
                let Kind::Run(run, ..) = &pieces[candidate].kind else { continue };
                level.counts[run.len()] -= 1;
                if run.len() == length {
                    opener = Some(candidate);
                    break;
                }
            }
            // One sign spans no space, and no pair is empty.
            let opener = opener.filter(|at| index > at + 1 && (length != 1 || last_space <= *at));
            if let Some(opener) = opener {
                let (open, close) = element(mark, length);
                if length == 1 && escaped_spaces {
                    unescape(&mut pieces[opener..index]);
                }
                pieces[opener].kind = Kind::Open(open);
                pieces[index].kind = Kind::Close(close);
                continue;
            }
        }
        if opens {
            level.counts[length] += 1;
            level.openers.push(index);
        }
    }
    for piece in pieces {
        if let Kind::Run(run, ..) = piece.kind {
            piece.kind = Kind::Text(run);
        }
    }
}

/// Whether a text has a space, and whether it has an escaped one.
fn spaces(text: &str) -> (bool, bool) {
    let (mut plain, mut escaped, mut before) = (false, false, ' ');
    for character in text.chars() {
        if character.is_whitespace() {
            if before == '\\' && character == ' ' { escaped = true } else { plain = true }
        }
        before = character;
    }
    (plain, escaped)
}

/// The spaces that were escaped, as they are shown.
fn unescape(pieces: &mut [Piece<'_>]) {
    for piece in pieces {
        if let Kind::Text(text) = piece.kind
            && text.contains("\\ ")
        {
            piece.kind = Kind::Literal(text.replace("\\ ", "\u{a0}").into());
        }
    }
}

fn element(mark: u8, length: usize) -> (&'static str, &'static str) {
    match (mark, length) {
        (b'=', _) => ("<mark>", "</mark>"),
        (b'^', 1) => ("<sup>", "</sup>"),
        (b'^', 2) => ("<ins>", "</ins>"),
        (b'^', _) => ("<ins><sup>", "</sup></ins>"),
        (_, 1) => ("<sub>", "</sub>"),
        (_, 2) => ("<del>", "</del>"),
        _ => ("<del><sub>", "</sub></del>"),
    }
}
