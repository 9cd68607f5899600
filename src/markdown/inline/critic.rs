//! CriticMarkup: `{++a++} {--d--} {~~a~>b~~} {==h==} {>>c<<}`, shown as changes.

use super::{Kind, Piece, Step, replace};

const TOKENS: [&str; 11] = ["{++", "++}", "{--", "--}", "{==", "==}", "{>>", "<<}", "{~~", "~>", "~~}"];

/// Finds changes. They do not nest.
pub(super) fn pass(pieces: &mut Vec<Piece<'_>>) {
    let opens = ["{++", "{--", "{==", "{>>", "{~~"];
    let worth_all = pieces
        .iter()
        .any(|piece| matches!(piece.kind, Kind::Text(text) if opens.iter().any(|open| text.contains(open))));
    if !worth_all {
        return;
    }
    replace(
        pieces,
        true,
        |_| true,
        |text, _, _| {
            let mut found = Vec::new();
            let mut from = 0;
            while let Some(at) = text[from..].find(['{', '+', '-', '=', '<', '~']) {
                let start = from + at;
                from = start + 1;
                if let Some(token) = TOKENS.iter().find(|token| text[start..].starts_with(**token)) {
                    from = start + token.len();
                    found.push((start..from, Kind::Run(&text[start..from], true, true)));
                }
            }
            found
        },
    );
    // For each level what is open, and where its arrow stands.
    let mut levels: Vec<Option<(usize, Option<usize>)>> = vec![None];
    for index in 0..pieces.len() {
        match pieces[index].kind.step() {
            Step::Down => levels.push(None),
            Step::Up if levels.len() > 1 => drop(levels.pop()),
            _ => {}
        }
        let Kind::Run(token, ..) = pieces[index].kind else { continue };
        let Some(level) = levels.last_mut() else { continue };
        if token.starts_with('{') {
            *level = Some((index, None));
        } else if let Some((open, arrow)) = *level {
            let Kind::Run(opener, ..) = pieces[open].kind else { continue };
            match (opener, token) {
                ("{~~", "~>") if arrow.is_none() => *level = Some((open, Some(index))),
                ("{++", "++}") => close(pieces, level, open, index, ("<ins class=\"critic\">", "</ins>")),
                ("{--", "--}") => close(pieces, level, open, index, ("<del class=\"critic\">", "</del>")),
                ("{==", "==}") => close(pieces, level, open, index, ("<mark class=\"critic\">", "</mark>")),
                ("{>>", "<<}") => close(pieces, level, open, index, ("<span class=\"critic comment\">", "</span>")),
                ("{~~", "~~}") => {
                    if let Some(arrow) = arrow {
                        pieces[arrow].kind = Kind::Turn("</del>", "<ins class=\"critic\">");
                        close(pieces, level, open, index, ("<del class=\"critic\">", "</ins>"));
                    }
                }
                _ => {}
            }
        }
    }
    for piece in pieces {
        if let Kind::Run(token, ..) = piece.kind {
            piece.kind = Kind::Text(token);
        }
    }
}

fn close(
    pieces: &mut [Piece<'_>],
    level: &mut Option<(usize, Option<usize>)>,
    open: usize,
    index: usize,
    element: (&'static str, &'static str),
) {
    pieces[open].kind = Kind::Open(element.0);
    pieces[index].kind = Kind::Close(element.1);
    *level = None;
}
