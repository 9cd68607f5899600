//! URLs and addresses that were written as text.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::markdown::text::bare_urls;

use super::{Kind, Piece};

/// Finds URLs and addresses outside of links. They may hold escapes and entities, so they are
/// looked for in whole runs of text.
pub(super) fn pass(pieces: &mut Vec<Piece<'_>>) {
    let worth = |piece: &Piece<'_>| matches!(piece.kind, Kind::Text(text) if text.contains("://") || text.contains("www.") || text.contains('@'));
    if !pieces.iter().any(worth) {
        return;
    }
    let old = std::mem::take(pieces);
    let mut links = 0_usize;
    let mut run: Vec<Piece<'_>> = Vec::new();
    for piece in old {
        if links == 0 && matches!(piece.kind, Kind::Text(_) | Kind::Literal(_)) {
            run.push(piece);
            continue;
        }
        linked(pieces, &mut run);
        match &piece.kind {
            Kind::Event(Event::Start(Tag::Link { .. })) => links += 1,
            Kind::Event(Event::End(TagEnd::Link)) => links = links.saturating_sub(1),
            _ => {}
        }
        pieces.push(piece);
    }
    linked(pieces, &mut run);
}

/// Takes a run of text, its URLs found.
fn linked<'a>(pieces: &mut Vec<Piece<'a>>, run: &mut Vec<Piece<'a>>) {
    let whole: String = run.iter().map(|piece| text(piece)).collect();
    let found = bare_urls(&whole);
    if found.is_empty() {
        pieces.append(run);
        return;
    }
    let mut urls = found.into_iter().peekable();
    let mut at = 0;
    for piece in run.drain(..) {
        let (start, end) = (at, at + text(&piece).len());
        at = end;
        let is_text = matches!(piece.kind, Kind::Text(_));
        let origin = |offset: usize| if is_text { piece.range.start + (offset - start) } else { piece.range.start };
        let mut from = start;
        while let Some(url) = urls.peek().filter(|url| url.start < end) {
            if url.start > from {
                pieces.push(part(&piece, from - start, url.start - start));
            }
            let ends_here = url.end <= end;
            let stop = url.end.min(end);
            let last = if is_text { origin(stop) } else { piece.range.end };
            if url.start >= start {
                let written = whole[url.clone()].to_owned();
                let range = origin(url.start)..last;
                pieces.push(Piece::new(Kind::Url(target(&written), written), range));
            } else if let Some(begun) = pieces.last_mut() {
                begun.range.end = last;
            }
            from = stop;
            if !ends_here {
                break;
            }
            urls.next();
        }
        if from < end {
            pieces.push(part(&piece, from - start, end - start));
        }
    }
}

fn text<'p>(piece: &'p Piece<'_>) -> &'p str {
    match &piece.kind {
        Kind::Text(text) => text,
        Kind::Literal(text) => text,
        _ => "",
    }
}

fn part<'a>(piece: &Piece<'a>, from: usize, to: usize) -> Piece<'a> {
    match &piece.kind {
        Kind::Text(text) => {
            let start = piece.range.start;
            Piece::new(Kind::Text(&text[from..to]), start + from..start + to)
        }
        Kind::Literal(text) => Piece::new(Kind::Literal(CowStr::from(text[from..to].to_owned())), piece.range.clone()),
        _ => Piece::new(Kind::Text(""), piece.range.clone()),
    }
}

fn target(written: &str) -> String {
    if written.starts_with("www.") {
        format!("https://{written}")
    } else if written.contains("://") {
        written.to_owned()
    } else {
        format!("mailto:{written}")
    }
}
