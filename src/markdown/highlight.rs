//! Code to HTML with short classes. Own writer: syntect's puts out fifteen times the source and
//! more. Neighbours of one class are one element, and no element crosses a line.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::base::{Hash, Memo};

use super::lexers::{lexer, names as lexer_names};
use super::scopes::{Effect, effect};
use super::text::{escape_content, escape_content_into};

/// Part of the key of what is remembered; raised when the result changes.
const VERSION: &[u8] = b"highlight/3";
/// Most bytes of one block that are highlighted.
const MAX_BYTES: usize = 256 * 1024;
/// Most bytes that syntect gets. It has no limit on time, and a clock must not decide what a page
/// looks like: so the bytes are few enough for the slowest syntax.
const MAX_SLOW_BYTES: usize = 64 * 1024;
/// Longest line that is highlighted; longer ones are data, and cost the regular expressions most.
const MAX_LINE: usize = 2_000;
/// Deepest nesting of scopes that is followed; only hostile code has more.
const MAX_SCOPES: usize = 400;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Code as HTML for the inside of `<code class="hl">`. Without a known language, and beyond the
/// budget of a block, it is the code itself, escaped.
pub fn highlight(code: &str, language: &str, memo: &dyn Memo) -> String {
    let lower = language.to_ascii_lowercase();
    let Some(token) = token(&lower) else { return escape_content(code) };
    if code.len() > MAX_BYTES || code.lines().any(|line| line.len() > MAX_LINE) {
        return escape_content(code);
    }
    // Ours are faster than what remembers.
    if let Some(lexer) = lexer(token) {
        return lexer.write(code);
    }
    let Some(syntax) = syntax(token).filter(|_| code.len() <= MAX_SLOW_BYTES) else { return escape_content(code) };
    let key = Hash::of_parts([VERSION, syntax.name.as_bytes(), code.as_bytes()]);
    if let Some(known) = memo.get(&key).and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()) {
        return known;
    }
    let html = write(code, syntax).unwrap_or_else(|| escape_content(code));
    memo.put(key, html.as_bytes());
    html
}

/// The one name of a language for the names that people give it.
fn token(lower: &str) -> Option<&str> {
    if matches!(lower, "" | "text" | "plain" | "plaintext" | "txt" | "none" | "output") {
        return None;
    }
    Some(ALIASES.iter().find(|(alias, _)| *alias == lower).map_or(lower, |(_, name)| name))
}

/// Names that people give to languages, and those they have here.
const ALIASES: &[(&str, &str)] = &[
    ("shell", "bash"),
    ("zsh", "bash"),
    ("shell-session", "console"),
    ("shellsession", "console"),
    ("terminal", "console"),
    ("sh-session", "console"),
    ("yml", "yaml"),
    ("openapi", "yaml"),
    ("helm", "yaml"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("jsonl", "json"),
    ("ndjson", "json"),
    ("js", "javascript"),
    ("node", "javascript"),
    ("mjs", "javascript"),
    ("cjs", "javascript"),
    ("golang", "go"),
    ("docker", "dockerfile"),
    ("hcl", "terraform"),
    ("tf", "terraform"),
    ("protobuf", "proto"),
    ("proto3", "proto"),
    ("gql", "graphql"),
    ("py3", "python"),
    ("python3", "python"),
    ("pycon", "python"),
    ("kt", "kotlin"),
    ("kts", "kotlin"),
    ("c#", "cs"),
    ("cxx", "cpp"),
    ("c++", "cpp"),
    ("dosini", "ini"),
    ("properties", "ini"),
    ("conf", "ini"),
    ("cfg", "ini"),
];

/// What syntect makes of a text, for those who compare.
#[cfg(test)]
pub(super) fn by_syntect(code: &str, token: &str) -> Option<String> {
    write(code, syntax(token)?)
}

/// The syntax of a language, by its name or file extension.
fn syntax(token: &str) -> Option<&'static SyntaxReference> {
    SYNTAXES.find_syntax_by_token(token).filter(|syntax| syntax.name != "Plain Text")
}

/// Languages that are shown as they are, or as drawings, and are no mistake.
const PLAIN: &[&str] = &[
    "",
    "text",
    "plain",
    "plaintext",
    "txt",
    "none",
    "output",
    "mermaid",
    "plantuml",
    "puml",
    "dot",
    "graphviz",
    "d2",
    "ditaa",
    "math",
    "latex",
    "tex",
    "raw",
    "log",
    "logs",
    "abc",
    "kroki",
    "vega",
    "vega-lite",
    "bpmn",
    "excalidraw",
    "structurizr",
    "likec4",
    "mmd",
    "nohighlight",
    "no-highlight",
    "markup",
    "cmd",
    "cfg",
    "promql",
    "logql",
    "cel",
    "rego",
    "http",
    "curl",
    "ascii",
    "bnf",
    "ebnf",
    "abnf",
    "pseudocode",
    "pseudo",
    "gherkin",
    "feature",
    "tree",
    "mdx",
    "hcl",
    "dotenv",
    "env",
    "gitignore",
    "ignore",
    "wasm",
    "wat",
    "asm",
    "svg",
    "prompt",
    "stdout",
    "stderr",
];

/// Whether a fence may name this language: it is highlighted, or needs not be.
pub(super) fn is_known_language(language: &str) -> bool {
    let lower = language.to_ascii_lowercase();
    let Some(token) = token(&lower) else { return true };
    // Syntect comes last: to load its syntaxes costs as much as a hundred pages, and most sites need none.
    PLAIN.contains(&lower.as_str()) || lexer(token).is_some() || syntax(token).or_else(|| syntax(&lower)).is_some()
}

/// The names that a fence may have for a language that is highlighted. Those of two words, which
/// some syntaxes have, cannot be written there.
pub fn known_languages() -> impl Iterator<Item = &'static str> {
    let names = |syntax: &'static SyntaxReference| {
        std::iter::once(syntax.name.as_str()).chain(syntax.file_extensions.iter().map(String::as_str))
    };
    let ours = lexer_names().chain(ALIASES.iter().map(|(alias, _)| *alias));
    ours.chain(SYNTAXES.syntaxes().iter().flat_map(names)).filter(|name| !name.contains(char::is_whitespace))
}

fn write(code: &str, syntax: &SyntaxReference) -> Option<String> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut effects: FxHashMap<Scope, Effect> = FxHashMap::default();
    let mut classes: Vec<(u8, bool)> = Vec::new();
    let mut out = Spans::with_capacity(code.len() * 2);
    for line in code.split_inclusive('\n') {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        let mut from = 0;
        for (at, operation) in operations {
            if at > from {
                out.push(line.get(from..at)?, classes.last().map_or(0, |(class, _)| *class));
                from = at;
            }
            stack
                .apply_with_hook(&operation, |basic, _| match basic {
                    BasicScopeStackOp::Push(scope) => {
                        let top = classes.last().copied().unwrap_or((0, false));
                        let found = *effects.entry(scope).or_insert_with(|| effect(scope));
                        classes.push(below(top, found));
                    }
                    BasicScopeStackOp::Pop => {
                        classes.pop();
                    }
                })
                .ok()?;
            if classes.len() > MAX_SCOPES {
                return None;
            }
        }
        out.push(line.get(from..)?, classes.last().map_or(0, |(class, _)| *class));
    }
    Some(out.finish())
}

/// The class below a scope, and whether it is that of a key.
fn below((class, key): (u8, bool), effect: Effect) -> (u8, bool) {
    match effect {
        Effect::Inherit => (class, key),
        Effect::Plain => (0, false),
        Effect::Key => (b'p', true),
        Effect::Class(b's') if key => (b'p', true),
        Effect::Class(class) => (class, false),
    }
}

/// Text in elements, neighbours merged.
pub(super) struct Spans {
    out: String,
    open: u8,
}

impl Spans {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { out: String::with_capacity(capacity), open: 0 }
    }

    pub(super) fn push(&mut self, text: &str, class: u8) {
        for line in text.split_inclusive('\n') {
            let content = line.strip_suffix('\n').unwrap_or(line);
            if !content.is_empty() {
                // White space looks the same in any class; it joins what is open.
                if class != self.open && !content.trim().is_empty() {
                    self.close();
                    if class != 0 {
                        self.out.push_str("<span class=\"");
                        self.out.push(class as char);
                        self.out.push_str("\">");
                        self.open = class;
                    }
                }
                escape_content_into(&mut self.out, content);
            }
            if line.len() > content.len() {
                self.close();
                self.out.push('\n');
            }
        }
    }

    fn close(&mut self) {
        if self.open != 0 {
            self.out.push_str("</span>");
            self.open = 0;
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.close();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{MemoryMemo, NoMemo};

    #[test]
    fn code_gets_short_classes() {
        for (language, code, expected) in [
            (
                "lua",
                "local x -- y",
                r#"<span class="k">local </span><span class="v">x </span><span class="c">-- y</span>"#,
            ),
            ("yaml", "owner: a # b", r##"<span class="p">owner</span>: a <span class="c"># b</span>"##),
            (
                "json",
                "{\"a\": [1, true]}",
                r##"{<span class="p">"a"</span>: [<span class="n">1</span>, <span class="b">true</span>]}"##,
            ),
            (
                "powershell",
                "ForEach ($a in 1) {} # x",
                r##"<span class="k">ForEach </span>(<span class="v">$a </span><span class="k">in </span><span class="n">1</span>) {} <span class="c"># x</span>"##,
            ),
            ("nope", "a < b", "a &lt; b"),
        ] {
            assert_eq!(highlight(code, language, &NoMemo), expected);
        }
    }

    #[test]
    fn a_language_is_known_by_any_of_its_names() {
        for name in ["", "console", "openapi", "node", "hcl", "c++", "lua", "proto3", "mermaid"] {
            assert!(is_known_language(name), "{name}");
        }
        for name in ["nope", "yamll", "plain text"] {
            assert!(!is_known_language(name), "{name}");
        }
    }

    #[test]
    fn what_is_highlighted_is_known_and_can_be_written_in_a_fence() {
        let names: Vec<&str> = known_languages().collect();
        let strange: Vec<_> = names.iter().filter(|name| !is_known_language(name)).collect();
        assert!(strange.is_empty(), "{strange:?}");
        for name in ["console", "shell", "terminal", "Python3", "yml", "c++", "typescript", "powershell", ""] {
            assert!(is_known_language(name), "{name}");
        }
        assert!(!is_known_language("pyhton") && names.contains(&"console") && !names.contains(&"R Console"));
    }

    #[test]
    fn no_element_crosses_a_line_and_no_text_is_lost() {
        let code = "/* a\n b */ let x = `\n${y}`;\n";
        let html = highlight(code, "js", &NoMemo);
        for line in html.lines() {
            assert_eq!(line.matches("<span").count(), line.matches("</span").count(), "{line}");
        }
        let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        assert_eq!(text, code);
    }

    #[test]
    fn what_was_highlighted_is_remembered() {
        let memo = MemoryMemo::default();
        let first = highlight("x = 1\n", "lua", &memo);
        assert_eq!(highlight("x = 1\n", "Lua", &memo), first);
        assert!(memo.get(&Hash::of_parts([VERSION, b"Lua", b"x = 1\n"])).is_some());
    }

    #[test]
    fn a_block_beyond_the_budget_is_plain() {
        let long = format!("a: {}\n", "x".repeat(MAX_LINE));
        assert_eq!(highlight(&long, "yaml", &NoMemo), long);
    }
}
