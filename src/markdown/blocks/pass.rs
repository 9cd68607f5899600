//! The pass itself: one level of blocks at a time, what is inside of quotes, items and blocks by
//! the same rules. Lines that nothing changes are written as they were.

use super::Line;
use super::layout::{Layout, is_tag};
use super::lines::{fence, fence_end, list_mark};
use super::out::Out;
use crate::markdown::directives::{Directive, Kind, Title};

/// Deepest nesting of quotes, items and blocks that is looked into.
pub(in crate::markdown) const MAX_DEPTH: usize = 40;

/// Most lines of a diagram that no fence holds.
const MAX_DIAGRAM: usize = 400;

/// The state of one page.
pub(super) struct Pass<'a> {
    nonce: &'a str,
    lines: &'a [Line<'a>],
    pub(super) out: Out,
    pub(super) directives: Vec<Directive>,
    /// Whether the text is not what it was.
    pub(super) changed: bool,
    /// Where the first line stands that is nested too deep to be looked into.
    pub(super) too_deep: Option<usize>,
}

/// Where lines stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    /// Whether whole lines may be written as they were: no block around them lost its own.
    pub(super) exact: bool,
    /// Whether a marker follows that code must not swallow.
    pub(super) guarded: bool,
    /// Whether this is the content of an element that asked for Markdown.
    pub(super) html: bool,
    pub(super) depth: usize,
}

impl Level {
    /// Inside of a quote or an item.
    pub(super) fn inner(self) -> Self {
        Self { guarded: false, html: false, depth: self.depth + 1, ..self }
    }

    /// Inside of a block.
    pub(super) fn body(self) -> Self {
        Self { exact: false, guarded: true, html: false, depth: self.depth + 1 }
    }
}

/// Rewrites a page.
pub(super) fn run<'a>(lines: &'a [Line<'a>], nonce: &'a str) -> Pass<'a> {
    let numbered: Vec<Line<'a>> =
        lines.iter().enumerate().map(|(number, line)| Line { whole: number, ..*line }).collect();
    let mut pass = Pass { nonce, lines, out: Out::default(), directives: Vec::new(), changed: false, too_deep: None };
    pass.level(&numbered, Level { exact: true, guarded: false, html: false, depth: 0 });
    pass
}

impl<'a> Pass<'a> {
    /// Writes lines of one level.
    pub(super) fn level(&mut self, lines: &[Line<'a>], level: Level) {
        if level.depth > MAX_DEPTH {
            self.too_deep = self.too_deep.or_else(|| Some(lines.iter().find(|line| !line.is_blank())?.at));
            return self.emit(lines, level);
        }
        let mut state = State::default();
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at];
            if line.is_blank() || line.indent() >= 4 {
                if at >= state.run_end && !line.is_blank() {
                    let used = self.laid_out(&lines[at..], level, &mut state.layout);
                    at += used;
                    if used > 0 {
                        continue;
                    }
                }
                state.paragraph &= !line.is_blank();
                self.emit(&lines[at..=at], level);
                state.layout.see(&line, state.html && at < state.run_end);
                at += 1;
                continue;
            }
            if at >= state.run_end {
                let count = lines[at..].iter().take_while(|line| !line.is_blank()).count();
                state.run_end = at + count;
                state.html = is_tag(line.content());
                let mut used = self.annotated(&lines[at..state.run_end], level).unwrap_or(0);
                if used == 0 && state.html {
                    used = self.raw_inside(&lines[at..], count, level, &mut state.layout);
                }
                at += used;
                if used > 0 {
                    continue;
                }
            }
            let used = self.block(&lines[at..], level, &mut state);
            if used == 0 {
                self.plain(lines, at, level, &mut state);
                state.paragraph = !line.content().starts_with('#');
            } else {
                state.paragraph = false;
            }
            at += used.max(1);
        }
    }

    /// Writes the block that begins here, if it is one to look at; gives how many lines it took.
    fn block(&mut self, lines: &[Line<'a>], level: Level, state: &mut State) -> usize {
        let content = lines[0].content();
        let first = content.as_bytes().first().copied().unwrap_or(0);
        match first {
            b'`' | b'~' => {
                if let Some((mark, length)) = fence(content) {
                    return self.fence(lines, mark, length, level);
                }
            }
            b'>' => return self.quote(lines, level),
            b'!' | b'?' | b'=' => {
                if let Some(directive) = Directive::parse(content) {
                    return self.directive(lines, directive, level);
                }
            }
            b':' if content.starts_with("::uml::") => {
                let used = self.uml(lines, level);
                if used > 0 {
                    return used;
                }
            }
            b'/' if content.starts_with("///") => return self.slashes(lines, level),
            b'<' => {
                let used = self.element(lines, level);
                if used > 0 {
                    return used;
                }
            }
            _ => {}
        }
        let used = self.comment(lines, level, state);
        if used > 0 {
            return used;
        }
        if let Some((mark, interrupts)) = list_mark(content)
            && (interrupts || !state.paragraph)
        {
            return self.item(lines, mark, level);
        }
        if content.contains('|') { self.table(lines, level, state.paragraph) } else { 0 }
    }

    /// Writes a line that begins no block of ours.
    fn plain(&mut self, lines: &[Line<'a>], at: usize, level: Level, state: &mut State) {
        let line = lines[at];
        if line.content().starts_with('#') {
            state.layout.clear();
        }
        state.layout.see(&line, state.html);
        let after_colon = line.content().strip_prefix(':').map(|rest| rest.starts_with([' ', '\t']));
        if at > 0 && after_colon == Some(false) && !state.html {
            // Only a space behind it makes a definition: `:smile:` and `:::` are text.
            if state.paragraph {
                let start = line.text.len() - line.content().len();
                self.changed = true;
                self.out.start(line.at);
                self.out.insert(line.at, "    ");
                self.out.piece(0, line.part(start..line.text.len()));
                return self.out.end(line);
            }
            if lines[at - 1].is_blank() {
                self.changed = true;
                self.out.synthetic(line.at, "<!---->");
            }
        }
        self.emit(&lines[at..=at], level);
    }

    /// Writes lines that nothing is done about.
    pub(super) fn emit(&mut self, lines: &[Line<'a>], level: Level) {
        for line in lines {
            if level.exact { self.out.whole(self.lines[line.whole]) } else { self.out.line(*line) }
        }
    }

    fn fence(&mut self, lines: &[Line<'a>], mark: u8, length: usize, level: Level) -> usize {
        let (used, closed) = fence_end(lines, mark, length);
        self.emit(&lines[..used], level);
        if !closed && level.guarded {
            let at = lines[used - 1].at;
            self.out.synthetic(at, &(mark as char).to_string().repeat(length));
        }
        used
    }

    /// `::uml::` of `plantuml_markdown`: a fence by another name.
    fn uml(&mut self, lines: &[Line<'a>], level: Level) -> usize {
        let end = lines.iter().take(MAX_DIAGRAM).position(|line| line.content().starts_with("::end-uml::"));
        let Some(end) = end else { return 0 };
        self.changed = true;
        self.out.blank(lines[0].at);
        self.out.synthetic(lines[0].at, "~~~~~~~~ plantuml");
        self.emit(&lines[1..end], Level { exact: false, ..level });
        self.out.synthetic(lines[end].at, "~~~~~~~~");
        end + 1
    }

    /// A comment over several lines, in which nothing begins.
    fn comment(&mut self, lines: &[Line<'a>], level: Level, state: &mut State) -> usize {
        let content = lines[0].content();
        let Some(at) = content.rfind("<!--").filter(|at| !content[*at..].contains("-->")) else { return 0 };
        let in_code = content[..at].matches('`').count() % 2 == 1;
        if in_code || (at > 0 && state.no_comment_end) {
            return 0;
        }
        match lines.iter().skip(1).position(|line| line.text.contains("-->")) {
            Some(end) => {
                self.emit(&lines[..end + 2], level);
                end + 2
            }
            None if at == 0 => {
                self.emit(lines, level);
                lines.len()
            }
            None => {
                state.no_comment_end = true;
                0
            }
        }
    }

    fn item(&mut self, lines: &[Line<'a>], mark: usize, level: Level) -> usize {
        let indent = lines[0].indent();
        let start = lines[0].text.len() - lines[0].content().len();
        let rest = lines[0].after(start + mark);
        let space = rest.indent();
        let space = if space > 4 { 1 } else { space };
        let column = indent + mark + space;
        let (used, shallow) = item_end(lines, indent, column, mark > 1);
        let blank = lines[1..used].iter().rev().take_while(|line| line.is_blank()).count();
        let used = used - blank;
        let mut inner = Vec::with_capacity(used);
        inner.push(rest.cut(space));
        let (from, shallow_column) = shallow.unwrap_or((used, column));
        inner.extend(lines[1..from].iter().map(|line| line.cut(column)));
        inner.extend(lines[from..used].iter().map(|line| line.cut(shallow_column)));
        let level = Level { exact: level.exact && shallow.is_none(), ..level };
        self.changed |= shallow.is_some();
        let word = &lines[0].content()[..mark];
        let first = format!("{}{word}{}", " ".repeat(indent), " ".repeat(space));
        let length = self.out.enter(&first, &" ".repeat(column));
        self.level(&inner, level.inner());
        self.out.leave(length);
        used
    }

    /// `!!!`, `???` and `===`, with what is indented below.
    fn directive(&mut self, lines: &[Line<'a>], directive: Directive, level: Level) -> usize {
        let indent = lines[0].indent();
        let length = self.out.enter(&" ".repeat(indent), &" ".repeat(indent));
        let is_tab = directive.kind == Kind::Tab;
        let mut next = Some(directive);
        let mut used = 0;
        let mut word = 'o';
        while let Some(directive) = next.take() {
            let first = lines[used];
            self.open(first, word, directive);
            let body: Vec<Line<'a>> = lines[used + 1..]
                .iter()
                .take_while(|line| line.is_blank() || line.indent() >= indent + 4)
                .map(|line| line.cut(indent + 4))
                .collect();
            let blank = body.iter().rev().take_while(|line| line.is_blank()).count();
            self.level(&body[..body.len() - blank], level.body());
            used += 1 + body.len() - blank;
            if is_tab && lines.get(used + blank).is_some_and(|line| line.indent() == indent) {
                next = Directive::parse(lines[used + blank].content())
                    .filter(|next| next.kind == Kind::Tab && !next.new_set);
                used += if next.is_some() { blank } else { 0 };
                word = 'n';
            }
        }
        self.close(lines[used - 1].at);
        self.out.leave(length);
        used
    }

    /// Lines that end in `{ .annotate }`.
    fn annotated(&mut self, lines: &[Line<'a>], level: Level) -> Option<usize> {
        let is_mark = |line: &Line<'_>| {
            let inner = line.trimmed().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            inner.is_some_and(|inner| inner.trim_start_matches(':').trim() == ".annotate")
        };
        let end = lines.iter().position(|line| line.text.contains(".annotate") && is_mark(line))?;
        if end == 0 || fence(lines[0].content()).is_some() {
            return None;
        }
        let directive = Directive::plain(Kind::Annotated);
        self.open(lines[0].before(0), 'o', directive);
        self.level(&lines[..end], level.body());
        self.close(lines[end].at);
        Some(end + 1)
    }

    /// Writes the marker of a block and its title, which is in the text of a line.
    pub(super) fn open(&mut self, line: Line<'a>, word: char, directive: Directive) {
        let index = self.directives.len();
        self.out.blank(line.at);
        self.out.synthetic(line.at, &format!("<!--{}{word}{index}-->", self.nonce));
        if let Title::Written(range) = &directive.title {
            // A heading holds inline text only, so a title cannot begin a list.
            let start = line.text.len() - line.content().len();
            let title = line.after(start + range.start).before(range.len());
            self.title(&[title]);
        }
        self.directives.push(directive);
        self.changed = true;
    }

    /// Writes text as the title of a block.
    pub(super) fn title(&mut self, pieces: &[Line<'a>]) {
        let Some(last) = pieces.last() else { return };
        self.out.start(pieces[0].at);
        self.out.insert(pieces[0].at, "######");
        for piece in pieces {
            self.out.insert(piece.at, " ");
            self.out.piece(0, *piece);
        }
        // Number signs at the end of a heading are not part of it.
        if last.text.trim_end().ends_with('#') {
            self.out.insert(last.at, " ######");
        }
        self.out.end(*last);
    }

    /// Writes the marker for the end of a block.
    pub(super) fn close(&mut self, at: usize) {
        self.out.blank(at);
        self.out.synthetic(at, &format!("<!--{}c-->", self.nonce));
    }
}

/// How many lines an item takes whose content begins at a column; and where its lines begin at a
/// column before that one, and at which. TechDocs' lists let what follows a numbered item stand
/// two columns in, where CommonMark wants three or more and would end the list.
fn item_end(lines: &[Line<'_>], indent: usize, column: usize, is_numbered: bool) -> (usize, Option<(usize, usize)>) {
    let mut shallow: Option<(usize, usize)> = None;
    let (mut code, mut after_blank, mut at) = (None, false, 1);
    while let Some(line) = lines.get(at) {
        if line.is_blank() {
            after_blank = true;
            at += 1;
            continue;
        }
        let (own, content) = (line.indent(), line.content());
        let least = shallow.map_or(column, |(_, least)| least);
        if own < least {
            // A number there is the next item.
            let begins = list_mark(content).map_or(after_blank, |(mark, _)| mark == 1);
            if !is_numbered || code.is_some() || own < indent + 2 || !begins {
                break;
            }
            let from = shallow.map_or(at, |(from, _)| from);
            shallow = Some((from, own));
        } else if shallow.is_some() && own < column && list_mark(content).is_some_and(|(mark, _)| mark > 1) {
            // A number there is the next item.
            break;
        }
        match (code, fence(content)) {
            (Some((mark, length)), _) => {
                let run = content.bytes().take_while(|byte| *byte == mark).count();
                if run >= length && content[run..].trim().is_empty() {
                    code = None;
                }
            }
            (None, found) => code = found,
        }
        after_blank = false;
        at += 1;
    }
    (at, shallow)
}

/// What is known of the lines before.
#[derive(Debug, Default)]
struct State {
    /// Whether the last line was text of a paragraph.
    paragraph: bool,
    /// Where the lines end that no blank one parts.
    run_end: usize,
    /// Whether they begin with a tag.
    html: bool,
    /// The author's elements that are open.
    layout: Layout,
    /// Whether no comment ends in what follows.
    no_comment_end: bool,
}
