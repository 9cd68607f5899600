//! Rows with their columns below each other, cut where a terminal is narrow and nowhere else.

use super::super::run::one_line;
use super::Look;

/// Between two columns.
const GAP: usize = 2;
/// A column is not made narrower than this.
const LEAST: usize = 8;
/// A cell that is longer does not widen its column.
const WIDEST: usize = 60;

/// Rows of cells, each with the paint of its column.
pub(super) fn table<const N: usize>(rows: &[[String; N]], paints: [&str; N], indent: usize, look: Look) -> String {
    let rows: Vec<[String; N]> = rows.iter().map(|row| row.each_ref().map(|cell| one_line(cell))).collect();
    let mut widths = [0; N];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count().min(if look.width.is_some() { usize::MAX } else { WIDEST }));
        }
    }
    if let Some(most) = look.width {
        fit(&mut widths, most.saturating_sub(indent + GAP * (N - 1)));
    }
    let mut out = String::new();
    for row in &rows {
        let last = row.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0);
        out.push_str(&" ".repeat(indent));
        for (at, cell) in row.iter().enumerate().take(last + 1) {
            let cell = if look.width.is_some() { cut(cell, widths[at]) } else { cell.clone() };
            let length = cell.chars().count();
            out.push_str(&look.paint(&cell, if cell.is_empty() { "" } else { paints[at] }));
            if at < last {
                out.push_str(&" ".repeat(widths[at].saturating_sub(length) + GAP));
            }
        }
        out.push('\n');
    }
    out
}

/// Takes from the widest column but the first until all fit, or all are as narrow as they may be.
fn fit(widths: &mut [usize], most: usize) {
    loop {
        let over = widths.iter().sum::<usize>().saturating_sub(most);
        let Some((widest, next)) = widest(widths).filter(|_| over > 0) else { return };
        let give = (widths[widest] - next.max(LEAST)).clamp(1, over);
        widths[widest] -= give;
    }
}

/// The widest column that can give, and the width of the next.
fn widest(widths: &[usize]) -> Option<(usize, usize)> {
    // What stands first is a name, which is typed and copied.
    let (at, _) =
        widths.iter().enumerate().skip(1).filter(|(_, width)| **width > LEAST).max_by_key(|(_, width)| **width)?;
    let next = widths.iter().enumerate().skip(1).filter(|(other, _)| *other != at).map(|(_, width)| *width).max();
    Some((at, next.unwrap_or(0).min(widths[at])))
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(width.saturating_sub(1)).collect();
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_cut_where_it_is_longest() {
        let rows = [["GET".to_owned(), "/a/very/long/path/of/things".to_owned(), "Read the things".to_owned()]];
        let text = |width| table(&rows, [""; 3], 2, Look { color: false, width });
        assert_eq!(text(None), "  GET  /a/very/long/path/of/things  Read the things\n");
        assert_eq!(text(Some(80)), text(None));
        assert_eq!(text(Some(40)), "  GET  /a/very/long/pa…  Read the things\n");
        assert_eq!(text(Some(1)), "  GET  /a/very…  Read th…\n");
        let rows = [["a-name-of-some-length".to_owned(), "what it is".to_owned()]];
        assert_eq!(
            table(&rows, [""; 2], 0, Look { color: false, width: Some(20) }),
            "a-name-of-some-length  what it…\n"
        );
    }

    #[test]
    fn colour_counts_for_nothing() {
        let rows = [["a".to_owned(), "x\u{1b}".to_owned()], ["bb".to_owned(), String::new()]];
        let look = Look { color: true, width: None };
        assert_eq!(table(&rows, ["1", ""], 0, look), "\u{1b}[1ma\u{1b}[0m   x\u{fffd}\n\u{1b}[1mbb\u{1b}[0m\n");
    }
}
