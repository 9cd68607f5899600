//! Tables: where code holds a pipe, Python-Markdown keeps its cell whole and GitHub splits it.
//! Python-Markdown's way is taken when only it fits the number of columns.

use super::Line;
use super::lines::{fence, list_mark};
use super::pass::{Level, Pass};

impl<'a> Pass<'a> {
    /// The table that begins here.
    pub(super) fn table(&mut self, lines: &[Line<'a>], level: Level, paragraph: bool) -> usize {
        let Some(columns) = lines.get(1).and_then(|line| delimiters(line.content())) else { return 0 };
        let (pipes, inside) = cells(lines[0].trimmed());
        let head = match pipes.len() + 1 {
            count if count == columns => Vec::new(),
            count if count == columns + inside.len() => inside,
            _ => return 0,
        };
        if paragraph {
            self.out.blank(lines[0].at);
            self.changed = true;
        }
        self.row(lines[0], &head, level);
        self.emit(&lines[1..2], level);
        let mut used = 2;
        for line in &lines[2..] {
            let content = line.content();
            let begins = ["!!!", "???", "===", "///", ">", "<", "#"].iter().any(|start| content.starts_with(start));
            if line.is_blank()
                || begins
                || line.indent() >= 4
                || list_mark(content).is_some()
                || fence(content).is_some()
            {
                break;
            }
            let (pipes, inside) = cells(line.trimmed());
            let escapes = if !inside.is_empty() && pipes.len() + 1 == columns + inside.len() {
                inside
            } else {
                // What is too much for the columns stays in the last one.
                pipes.get(columns - 1..).unwrap_or_default().to_vec()
            };
            self.row(*line, &escapes, level);
            used += 1;
        }
        used
    }

    /// A row, with a backslash before these pipes.
    fn row(&mut self, line: Line<'a>, escapes: &[usize], level: Level) {
        if escapes.is_empty() {
            return self.emit(&[line], level);
        }
        let start = line.text.len() - line.content().len();
        self.changed = true;
        self.out.start(line.at);
        self.out.insert(line.at, &" ".repeat(line.indent()));
        let mut from = start;
        for at in escapes {
            self.out.piece(0, line.part(from..start + at));
            self.out.insert(line.at + start + at, "\\");
            from = start + at;
        }
        self.out.piece(0, line.part(from..line.text.len()));
        self.out.end(line);
    }
}

/// The number of columns of a line of dashes.
fn delimiters(content: &str) -> Option<usize> {
    let row = content.trim();
    if !row.contains('|') || !row.contains('-') || !row.bytes().all(|byte| b"|-: \t".contains(&byte)) {
        return None;
    }
    Some(row.trim_matches('|').split('|').count())
}

/// The pipes that part cells for GitHub, and those of them that stand in code.
fn cells(row: &str) -> (Vec<usize>, Vec<usize>) {
    let bytes = row.as_bytes();
    let ticks = spans(row);
    let (mut pipes, mut inside, mut span) = (Vec::new(), Vec::new(), 0);
    for (at, byte) in bytes.iter().enumerate() {
        let outer = at == 0 || at + 1 == bytes.len();
        if *byte != b'|' || outer || escaped(bytes, at) {
            continue;
        }
        pipes.push(at);
        while ticks.get(span).is_some_and(|(_, end)| *end <= at) {
            span += 1;
        }
        if ticks.get(span).is_some_and(|(start, end)| (*start..*end).contains(&at)) {
            inside.push(at);
        }
    }
    (pipes, inside)
}

fn escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Most runs of backticks in one row that are paired.
const MAX_RUNS: usize = 400;

/// The code spans of a row, from the first backtick to the last.
fn spans(row: &str) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(offset) = row[at..].find('`').filter(|_| runs.len() < MAX_RUNS) {
        let start = at + offset;
        let length = row[start..].bytes().take_while(|byte| *byte == b'`').count();
        runs.push((start, length));
        at = start + length;
    }
    let (mut out, mut index) = (Vec::new(), 0);
    while index < runs.len() {
        let (start, length) = runs[index];
        match runs[index + 1..].iter().position(|(_, other)| *other == length) {
            Some(offset) => {
                index += offset + 1;
                out.push((start, runs[index].0 + length));
            }
            None if length == 0 => break,
            None => {}
        }
        index += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_as_github_does() {
        for (row, count, inside) in [
            ("|a|b|", 2, vec![]),
            ("a|b", 2, vec![]),
            ("|`a|b`|c|", 3, vec![3]),
            ("|`a\\|b`|c|", 2, vec![]),
            ("|`` a`|b ``|", 2, vec![6]),
            ("|`a|b|", 2, vec![]),
        ] {
            let (pipes, code) = cells(row);
            assert_eq!((pipes.len() + 1, code), (count, inside), "{row}");
        }
        assert_eq!(delimiters("|-|:-:|"), Some(2));
        assert_eq!(delimiters("---"), None);
    }
}
