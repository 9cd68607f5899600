//! Our lexers against syntect, character by character, on what people write.

use std::path::Path;

use super::*;
use crate::markdown::highlight::by_syntect;

/// A run of characters on one line that two highlighters give different classes.
#[derive(Debug, PartialEq, Eq)]
struct Difference {
    line: String,
    text: String,
    ours: char,
    theirs: char,
}

/// The characters of highlighted code with their classes, blanks left out: they look the same in
/// any class.
fn classes(html: &str) -> Vec<(char, char)> {
    let (mut out, mut class, mut rest) = (Vec::new(), '-', html);
    while let Some(first) = rest.chars().next() {
        if let Some(tag) = rest.strip_prefix("<span class=\"") {
            class = tag.chars().next().unwrap();
            rest = &rest[rest.find('>').unwrap() + 1..];
        } else if let Some(after) = rest.strip_prefix("</span>") {
            class = '-';
            rest = after;
        } else {
            let entity = if first == '&' { rest.find(';').unwrap() + 1 } else { first.len_utf8() };
            let shown = match &rest[..entity] {
                "&amp;" => '&',
                "&lt;" => '<',
                "&gt;" => '>',
                "&quot;" => '"',
                _ => first,
            };
            if !shown.is_whitespace() || shown == '\n' {
                out.push((shown, class));
            }
            rest = &rest[entity..];
        }
    }
    out
}

fn differences(token: &str, code: &str) -> Vec<Difference> {
    let ours = classes(&lexer(token).unwrap().write(code));
    let theirs = classes(&by_syntect(code, if token == "console" { "bash" } else { token }).unwrap());
    assert_eq!(ours.len(), theirs.len(), "no character is lost: {code}");
    let mut out: Vec<Difference> = Vec::new();
    let (mut line, mut open) = (String::new(), false);
    let mut first = 0;
    for (one, other) in ours.iter().zip(&theirs) {
        assert_eq!(one.0, other.0);
        if one.0 == '\n' {
            out[first..].iter_mut().for_each(|difference| difference.line.clone_from(&line));
            (first, open) = (out.len(), false);
            line.clear();
            continue;
        }
        line.push(one.0);
        if one.1 == other.1 {
            open = false;
            continue;
        }
        match out.last_mut().filter(|last| open && (last.ours, last.theirs) == (one.1, other.1)) {
            Some(last) => last.text.push(one.0),
            None => out.push(Difference { line: String::new(), text: one.0.to_string(), ours: one.1, theirs: other.1 }),
        }
        open = true;
    }
    out[first..].iter_mut().for_each(|difference| difference.line.clone_from(&line));
    out.retain(|difference| !is_meant(token, difference));
    out
}

/// Where ours is other than syntect's on purpose.
fn is_meant(token: &str, difference: &Difference) -> bool {
    let Difference { line, text, ours, theirs } = difference;
    match (token, ours, theirs) {
        // A key is a key: in quotes, and where it reads like a boolean (`on:`) or a number.
        ("yaml" | "toml" | "json", 'p', 's' | 'r' | 'b' | 'n') => true,
        // Numbers of YAML 1.2: `1.5e3`, `0o17`.
        ("yaml", 'n', '-') => text.contains(['e', 'o']),
        // A point alone is no number.
        ("yaml", '-', 'n') => text.chars().all(|c| c == '.'),
        // The end of a line is no escape.
        ("yaml", 's', 'r') => text == "\\",
        // An option is one at the beginning of a line too: docs list them.
        ("bash", '-', 's') => line.starts_with('-'),
        // A prompt is no command; what follows it is one.
        ("bash", _, _) if line.starts_with('$') => true,
        // Signs are no commands: lists, tables, other prompts, JSON that was printed. Nor are options.
        ("bash", _, 'f') => text.starts_with('-') || !text.contains(|c: char| c.is_ascii_alphanumeric()),
        // `--` is no operator, and what follows it are options still.
        ("bash", '-', 'o') => text == "--",
        ("bash", 'v', '-') => text.starts_with('-'),
        // `...` and placeholders for what is left out are not mistakes.
        ("json", '-', 'e') => true,
        // The sign belongs to the number.
        ("toml", 'n', 'o') => text == "-" || text == "+",
        _ => {
            let _ = line;
            false
        }
    }
}

/// All blocks of code and all files of these languages below a folder.
#[allow(clippy::disallowed_methods)]
fn blocks(folder: &Path) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let mut files: Vec<_> = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).collect();
    files.sort_by(|a, b| a.path().cmp(b.path()));
    for file in files.iter().filter(|entry| entry.file_type().is_file()) {
        let extension = file.path().extension().and_then(|extension| extension.to_str()).unwrap_or("");
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        match extension {
            "yaml" | "yml" => out.push(("yaml", text)),
            "json" => out.push(("json", text)),
            "toml" => out.push(("toml", text)),
            "sh" => out.push(("bash", text)),
            "md" => fences(&text, &mut out),
            _ => {}
        }
    }
    out.retain(|(_, text)| text.len() < 20_000);
    out
}

fn fences(text: &str, out: &mut Vec<(&'static str, String)>) {
    let mut open: Option<(&str, usize, Option<&'static str>, String)> = None;
    for line in text.lines() {
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        if let Some((fence, at, language, mut code)) = open.take() {
            if trimmed.starts_with(fence) {
                out.extend(language.map(|language| (language, code)));
            } else {
                code.push_str(line.get(at.min(indent)..).unwrap_or(""));
                code.push('\n');
                open = Some((fence, at, language, code));
            }
        } else if let Some(info) = trimmed.strip_prefix("```") {
            let language = match info.trim() {
                "yaml" | "yml" => Some("yaml"),
                "json" => Some("json"),
                "toml" => Some("toml"),
                "bash" | "sh" | "shell" => Some("bash"),
                _ => None,
            };
            open = Some(("```", indent, language, String::new()));
        }
    }
}

fn compare(folder: &Path) {
    let mut wrong: std::collections::BTreeMap<&str, Vec<Difference>> = std::collections::BTreeMap::new();
    let mut counts: std::collections::BTreeMap<&str, (usize, usize)> = std::collections::BTreeMap::new();
    for (token, code) in blocks(folder) {
        let found = differences(token, &code);
        let count = counts.entry(token).or_default();
        count.0 += 1;
        count.1 += usize::from(found.is_empty());
        wrong.entry(token).or_default().extend(found);
    }
    for (token, (all, same)) in counts {
        // Not everything that is called shell is: what programs print stands there too.
        let needed = if token == "bash" { all * 9 / 10 } else { all };
        assert!(same >= needed, "{token}: {same} of {all} blocks are the same: {:?}", &wrong[token]);
    }
}

#[test]
fn classes_are_those_of_syntect() {
    compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("example-org"));
}

#[test]
fn classes_are_those_of_syntect_on_public_catalogs() {
    let corpus = Path::new("/work/shared/corpus");
    if !corpus.exists() {
        println!("{} is not there: nothing was compared", corpus.display());
        return;
    }
    compare(corpus);
}

const TOKENS: &[&str] = &[
    "yaml",
    "json",
    "toml",
    "bash",
    "console",
    "xml",
    "python",
    "go",
    "java",
    "ts",
    "rust",
    "c",
    "terraform",
    "sql",
    "dockerfile",
    "ini",
];

fn assert_whole(token: &str, code: &str) {
    let html = lexer(token).unwrap().write(code);
    let text: String = classes(&html).into_iter().map(|(character, _)| character).collect();
    let expected: String = code.chars().filter(|c| !c.is_whitespace() || *c == '\n').collect();
    assert_eq!(text, expected, "{token}");
    for line in html.lines() {
        assert_eq!(line.matches("<span").count(), line.matches("</span").count(), "{token}: {line}");
    }
}

#[test]
fn nothing_is_lost_and_no_element_crosses_a_line() {
    const PIECES: &[&str] = &[
        "a", " ", "\n", "\"", "'", "`", "$", "(", ")", "{", "}", "[", "]", "\\", "#", "//", "/*", "*/", "<", ">",
        "<<E", "E\n", "|", "&", "ü", "日", "=", ": ", "- ", "\"\"\"", "<!--", "-->", "@", "'''", "0x1", "1.5e-3", "!",
        "if", "\t",
    ];
    let mut seed = 1_u64;
    for token in TOKENS {
        for length in 0..400 {
            let mut code = String::new();
            for _ in 0..length % 60 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                code.push_str(PIECES[usize::try_from(seed >> 33).unwrap() % PIECES.len()]);
            }
            assert_whole(token, &code);
        }
    }
}

#[test]
fn what_is_never_closed_takes_linear_time() {
    const OPEN: &[&str] =
        &["\"", "'", "$((", "$(", "${", "`", "/*", "<!--", "<a ", "#[", "[", "{", "<<E ", "- ", "| ", "\"\"\"", "/"];
    for token in TOKENS {
        for piece in OPEN {
            // Lines as long as are highlighted; work that grew with their square would not end.
            let line = piece.repeat(1_900 / piece.len());
            lexer(token).unwrap().write(&format!("{line}\n").repeat(120));
        }
    }
}

#[test]
fn languages_look_as_they_should() {
    for (token, code, expected) in [
        ("console", "$ ls -l\ntotal 0", "$ [f:ls ][v:-l]|total 0"),
        ("bash", "A=(x y) # z", "[v:A][o:=](x y) [c:# z]"),
        ("python", "def f(a=1): return None", "[k:def ][f:f](a[o:=][n:1]): [k:return ][b:None]"),
        ("go", "x := f(\"\\n\")", "x :[o:= ][f:f]([s:\"][r:\\n][s:\"])"),
        ("rust", "fn f<'a>(x: &'a str) {}", "[k:fn ][f:f][o:<][k:'a][o:>](x: [o:&][k:'a ][t:str]) {}"),
        ("ts", "a.replace(/x\\/y/g, 1 / 2)", "a.[f:replace]([r:/x\\/y/g], [n:1 ][o:/ ][n:2])"),
        ("terraform", "count = var.x", "[p:count ][o:= ]var.x"),
        ("dockerfile", "FROM a AS b", "[k:FROM ]a AS b"),
        ("xml", "<a b=\"c\">&amp;</a>", "<[g:a ][a:b]=[s:\"c\"]>[b:&amp;]</[g:a]>"),
        ("sql", "select 1 -- x", "[k:select ][n:1 ][c:-- x]"),
    ] {
        let html = lexer(token).unwrap().write(code);
        let shown = html.replace("<span class=\"", "[").replace("</span>", "]").replace("\">", ":").replace('\n', "|");
        let shown = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        assert_eq!(shown, expected, "{token}");
    }
}
