//! Blocks of `pymdownx.blocks`: `/// note | Title`, options as YAML below, `///` at the end.
//! More slashes outside than inside nest them.

use super::Line;
use super::lines::{fence, fence_end};
use super::pass::{Level, Pass};
use crate::markdown::directives::{Directive, Kind, Title};
use crate::yaml::{self, Limits, Node};

/// Most lines of options.
const MAX_OPTIONS: usize = 40;

/// Elements that hold blocks and may stand on a page.
const ELEMENTS: &[&str] = &[
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "li",
    "ol",
    "p",
    "section",
    "span",
    "summary",
    "ul",
];

/// A block as it was written.
struct Block {
    directive: Directive,
    /// The slashes it begins with.
    length: usize,
    /// Where its body begins.
    body: usize,
}

impl<'a> Pass<'a> {
    /// The block that begins here.
    pub(super) fn slashes(&mut self, lines: &[Line<'a>], level: Level) -> usize {
        let Some(block) = parse(lines) else { return 0 };
        let is_tab = block.directive.kind == Kind::Tab;
        let mut next = Some(block);
        let (mut used, mut word) = (0, 'o');
        while let Some(block) = next.take() {
            let first = lines[used];
            let from = used + block.body;
            let (end, closed) = end(&lines[from..], block.length);
            self.open(first, word, block.directive);
            self.level(&lines[from..from + end], level.body());
            used = from + end + usize::from(closed);
            if is_tab {
                let blank = lines[used..].iter().take_while(|line| line.is_blank()).count();
                next = lines
                    .get(used + blank)
                    .filter(|line| line.indent() < 4)
                    .and_then(|_| parse(&lines[used + blank..]))
                    .filter(|next| next.directive.kind == Kind::Tab && !next.directive.new_set);
                used += if next.is_some() { blank } else { 0 };
                word = 'n';
            }
        }
        self.close(lines[used - 1].at);
        used
    }
}

/// The length of a body, and whether a line of so many slashes ends it.
fn end(lines: &[Line<'_>], length: usize) -> (usize, bool) {
    let mut at = 0;
    while at < lines.len() {
        let content = lines[at].content();
        if let Some((mark, run)) = fence(content).filter(|_| lines[at].indent() < 4) {
            let (code, closed) = fence_end(&lines[at..], mark, run);
            if closed {
                at += code;
                continue;
            }
        }
        let text = content.trim_end();
        if text.len() == length && text.bytes().all(|byte| byte == b'/') && lines[at].indent() < 4 {
            return (at, true);
        }
        at += 1;
    }
    (lines.len(), false)
}

/// Reads the first lines of a block.
fn parse(lines: &[Line<'_>]) -> Option<Block> {
    let content = lines[0].content().trim_end();
    let rest = content.trim_start_matches('/');
    let length = content.len() - rest.len();
    let (head, argument) = rest.split_once('|').map_or((rest, None), |(head, title)| (head, Some(title.trim())));
    let name = head.trim().to_ascii_lowercase();
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if length < 3 || name.is_empty() || !is_name {
        return None;
    }
    let options: Vec<&Line<'_>> =
        lines[1..].iter().take_while(|line| !line.is_blank() && line.indent() >= 4).take(MAX_OPTIONS).collect();
    let text: Vec<String> = options.iter().map(|line| format!("{}{}", " ".repeat(line.pad), line.text)).collect();
    let options = yaml::parse_value(&text.join("\n"), Limits { documents: 1, ..Limits::default() });
    let options = options.ok().filter(|root| !text.is_empty() && root.is_map());
    let body = 1 + if options.is_some() { text.len() } else { 0 };
    let mut directive = of_name(&name, argument)?;
    match argument {
        Some("") => directive.title = Title::None,
        Some(title) if directive.kind.has_title() => {
            directive.title = Title::Written(content.len() - title.len()..content.len());
        }
        _ => {}
    }
    if let Some(options) = &options {
        apply(&mut directive, options);
    }
    // A tab without a name cannot be chosen.
    (directive.kind != Kind::Tab || matches!(directive.title, Title::Written(_))).then_some(Block {
        directive,
        length,
        body,
    })
}

fn of_name(name: &str, argument: Option<&str>) -> Option<Directive> {
    let types = [
        "new",
        "settings",
        "note",
        "abstract",
        "info",
        "tip",
        "success",
        "question",
        "warning",
        "failure",
        "danger",
        "bug",
        "example",
        "quote",
        "attention",
        "caution",
        "error",
        "hint",
        "important",
    ];
    let mut directive = match name {
        "tab" => Directive::plain(Kind::Tab),
        "details" => Directive::plain(Kind::Details),
        "admonition" => Directive::plain(Kind::Admonition),
        "caption" | "figure-caption" | "table-caption" => {
            let mut directive = Directive::plain(Kind::Element);
            directive.element = Some(("<div class=\"caption\">".to_owned(), "</div>".to_owned()));
            directive
        }
        "define" | "definition" => {
            let mut directive = Directive::plain(Kind::Element);
            directive.element = Some(("<div class=\"define\">".to_owned(), "</div>".to_owned()));
            directive
        }
        "html" => {
            let mut directive = Directive::plain(Kind::Element);
            directive.element = Some(element(argument?)?);
            directive
        }
        other => {
            let (kind, word) =
                other.strip_prefix("details-").map_or((Kind::Admonition, other), |word| (Kind::Details, word));
            if !types.contains(&word) {
                return None;
            }
            let mut directive = Directive::plain(kind);
            directive.classes = vec![word.to_owned()];
            directive
        }
    };
    directive.open = directive.kind == Kind::Admonition;
    Some(directive)
}

/// The tags for `div.class#id[name=value]`.
fn element(selector: &str) -> Option<(String, String)> {
    let selector = selector.split('[').next().unwrap_or(selector).trim();
    let end = selector.find(['.', '#']).unwrap_or(selector.len());
    let name = &selector[..end];
    let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !ELEMENTS.contains(&name) {
        return None;
    }
    let mut classes = Vec::new();
    let mut id = String::new();
    let mut rest = &selector[end..];
    while let Some(mark) = rest.chars().next() {
        let next = rest[1..].find(['.', '#']).map_or(rest.len(), |at| at + 1);
        let word = &rest[1..next];
        if !is_name(word) || word.is_empty() {
            return None;
        }
        if mark == '.' {
            classes.push(word);
        } else {
            id = format!(" id=\"{word}\"");
        }
        rest = &rest[next..];
    }
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    Some((format!("<{name}{class}{id}>"), format!("</{name}>")))
}

fn apply(directive: &mut Directive, options: &Node) {
    let is_true = |key: &str| options.get(key).and_then(Node::scalar_text).is_some_and(|text| text == "true");
    if matches!(directive.kind, Kind::Admonition | Kind::Details)
        && let Some(kind) = options.get("type").and_then(Node::scalar_text)
    {
        directive.classes.splice(0..0, words(&kind));
    }
    match directive.kind {
        Kind::Details => directive.open = is_true("open"),
        Kind::Tab => {
            directive.open = is_true("select");
            directive.new_set = is_true("new");
        }
        _ => {}
    }
    let Some(attributes) = options.get("attrs") else { return };
    if let Some(class) = attributes.get("class").and_then(Node::scalar_text) {
        if directive.classes.is_empty() && matches!(directive.kind, Kind::Admonition | Kind::Details) {
            directive.classes.push("note".to_owned());
        }
        directive.classes.extend(words(&class));
    }
    directive.id = attributes.get("id").and_then(Node::scalar_text).filter(|id| !id.contains(char::is_whitespace));
}

fn words(text: &str) -> Vec<String> {
    let is_word = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    text.split_whitespace().filter(is_word).map(str::to_owned).collect()
}
