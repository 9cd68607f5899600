//! Every text of the theme can be translated: `strings.yaml` lists all that templates, scripts and
//! views say, and no template says one that is not in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use catalog::yaml;

/// What is written between quotes, and what stands before it.
struct Literal<'a> {
    before: &'a str,
    text: String,
    after: &'a str,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files below a folder with one of these endings, by path.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = walkdir::WalkDir::new(root().join(folder))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| endings.iter().any(|ending| path.to_str().unwrap().ends_with(ending)))
        .map(|path| (path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned(), path))
        .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
        .collect();
    found.sort_unstable();
    found
}

/// All texts between double quotes, with their escapes undone.
fn literals(code: &str) -> Vec<Literal<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = code[at..].find('"').map(|start| at + start) {
        let mut text = String::new();
        let mut end = None;
        let mut characters = code[start + 1..].char_indices();
        while let Some((offset, c)) = characters.next() {
            match c {
                '\\' => text.extend(characters.next().map(|(_, c)| c)),
                '"' => {
                    end = Some(start + 1 + offset);
                    break;
                }
                _ => text.push(c),
            }
        }
        let Some(end) = end else { break };
        found.push(Literal { before: &code[..start], text, after: &code[end + 1..] });
        at = end + 1;
    }
    found
}

#[derive(Default)]
struct Used {
    texts: BTreeSet<String>,
    plurals: BTreeMap<String, String>,
}

impl Used {
    /// The calls of a file: a text, or the words for one and for many.
    fn read(&mut self, code: &str, texts: &[&str], plurals: &[&str]) {
        let all = literals(code);
        for (index, literal) in all.iter().enumerate() {
            let before = literal.before.trim_end();
            if texts.iter().any(|call| is_call(before, call)) || is_filtered(literal.after) {
                self.texts.insert(literal.text.clone());
            }
            // The word for many follows after a comma.
            let Some(many) = all.get(index + 1).filter(|_| literal.after.trim_start().starts_with(", \"")) else {
                continue;
            };
            let call = before.trim_end_matches(',').rfind([';', '{', '}']).map_or(0, |at| at + 1);
            if plurals.iter().any(|name| before.ends_with(',') && last_call(&before[call..]).ends_with(name)) {
                self.plurals.insert(literal.text.clone(), many.text.clone());
            }
        }
    }
}

/// Whether code ends with the beginning of a call, and not of one with a longer name.
fn is_call(code: &str, call: &str) -> bool {
    let is_longer =
        |before: &str| !call.starts_with('.') && before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    code.strip_suffix(call).is_some_and(|before| !is_longer(before))
}

/// What the engine reads of a template.
fn in_engine(template: &str) -> Vec<&str> {
    let of = |open: &'static str, close: &'static str| {
        template.split(open).skip(1).map(move |part| part.split(close).next().unwrap_or(""))
    };
    of("{%", "%}").chain(of("{{", "}}")).collect()
}

/// Whether a text of a template goes through the filter `t`.
fn is_filtered(after: &str) -> bool {
    after.strip_prefix("|t").is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// The name of the call whose arguments are open at the end.
fn last_call(code: &str) -> &str {
    let mut depth = 0;
    for (at, c) in code.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth == 0 => return code[..at].trim_end(),
            '(' => depth -= 1,
            _ => {}
        }
    }
    ""
}

fn used() -> Used {
    let mut used = Used::default();
    for (_, template) in files("themes/default", &[".html"]) {
        for code in in_engine(&template) {
            used.read(code, &[], &["count", "counted", "plural"]);
        }
    }
    for (_, code) in files("themes/default/assets", &[".js"]) {
        used.read(&code, &["t(", "texts.t("], &["counted"]);
    }
    for (path, code) in [files("src/site", &[".rs"]), files("src/theme", &[".rs"])].concat() {
        if path.ends_with("theme/filters.rs") {
            continue;
        }
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
        used.read(code, &[".t(", ".with(", "said("], &[".counted", ".plural"]);
    }
    // What parts of definitions are called.
    let mut parts = Used::default();
    for (_, code) in files("src/api", &[".rs"]).into_iter().filter(|(path, _)| !path.starts_with("src/api/lint")) {
        let code = code.split("#[cfg(test)]").next().unwrap();
        const CALLS: &[&str] = &[
            "title:",
            "Side::In,",
            "Side::Out,",
            "kind:",
            "label:",
            "fact(",
            "code_fact(",
            "link_fact(",
            "\"anyOf\",",
            "let both = [(",
            "implements), (",
            "related: vec![(",
            "related: of.map(|id| (",
        ];
        parts.read(code, CALLS, &[]);
        used.read(code, &["marks.push("], &[]);
    }
    // Keywords are no words.
    let is_words = |text: &String| text.starts_with(char::is_uppercase) || text.contains(' ');
    used.texts.extend(parts.texts.into_iter().filter(is_words));
    for severity in ["error", "warning", "note"] {
        used.plurals.insert(severity.to_owned(), format!("{severity}s"));
    }
    let kinds = catalog::model::KindTable::with_settings(&catalog::config::Settings::default(), &[]).0;
    for pair in kinds.relations.iter() {
        used.texts.extend([pair.forward_label.to_string(), pair.inverse_label.to_string()]);
    }
    for (_, kind) in kinds.iter() {
        used.texts.insert(kind.name.to_string());
        used.plurals.insert(kind.singular(), kind.plural.to_string());
        used.texts.insert(catalog::theme::capitalised(&kind.plural));
        if !kind.doc.is_empty() {
            used.texts.insert(kind.doc.to_string());
        }
    }
    used
}

fn written(used: &Used) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let mut out = String::from(
        "# All texts of the theme. A copy of this file in the folder of a theme of one's own translates them:\n\
         # what is left empty stays English. `{name}` stands for what is filled in. The forms of a word are\n\
         # those that the language has: zero, one, two, few, many, other; `{n}` says where the number stands.\n\
         # docs/themes.md has more.\nlanguage: en\ndirection: ltr\nthousands: \",\"\ntexts:\n",
    );
    for text in &used.texts {
        out.push_str(&format!("  {}: \"\"\n", quoted(text)));
    }
    out.push_str("plurals:\n");
    for (one, many) in &used.plurals {
        out.push_str(&format!("  {}: {{one: {}, other: {}}}\n", quoted(one), quoted(one), quoted(many)));
    }
    out
}

#[test]
fn all_texts_of_the_theme_are_in_its_strings() {
    let path = root().join("themes/default/strings.yaml");
    let expected = written(&used());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let have = std::fs::read_to_string(&path).unwrap();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (have_lines, expected_lines) = (lines(&have), lines(&expected));
    let lacks: Vec<_> = expected_lines.difference(&have_lines).collect();
    let unused: Vec<_> = have_lines.difference(&expected_lines).collect();
    assert_eq!(have, expected, "lacks {lacks:#?}, has in vain {unused:#?}: UPDATE=1 writes it anew");
    assert!(yaml::parse_value(&have, yaml::Limits::default()).is_ok());
}

/// The text of a template outside of what the engine reads, with what stands between tags and in
/// attributes that are read aloud.
fn said_by(template: &str) -> Vec<String> {
    let mut html = String::new();
    let mut rest = template;
    while let Some(at) = rest.find("{%").into_iter().chain(rest.find("{{")).chain(rest.find("{#")).min() {
        html.push_str(&rest[..at]);
        let end = match &rest[at..at + 2] {
            "{%" => "%}",
            "{{" => "}}",
            _ => "#}",
        };
        let close = rest[at..].find(end).unwrap() + at + 2;
        html.push('\u{1}');
        rest = &rest[close..];
    }
    html.push_str(rest);
    let mut said = Vec::new();
    let mut code = 0;
    for part in
        html.split('<').enumerate().map(|(index, part)| if index == 0 { format!(">{part}") } else { part.to_owned() })
    {
        let (tag, text) = part.split_once('>').unwrap_or((&part, ""));
        for name in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\""] {
            said.extend(tag.split(name).skip(1).map(|value| value.split('"').next().unwrap().to_owned()));
        }
        let name = tag.split(|c: char| !c.is_alphanumeric() && c != '/').next().unwrap_or("");
        match name {
            "code" | "pre" | "script" | "style" => code += 1,
            "/code" | "/pre" | "/script" | "/style" => code -= 1,
            _ => {}
        }
        if code == 0 {
            said.push(text.to_owned());
        }
    }
    let is_word = |text: &String| text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    said.into_iter().map(|text| text.replace('\u{1}', " ").trim().to_owned()).filter(is_word).collect()
}

/// Sentences in what the engine reads that do not go through `t`.
fn said_in_code(template: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in in_engine(template) {
        for literal in literals(piece) {
            let is_sentence = literal.text.starts_with(|c: char| c.is_uppercase()) && literal.text.len() > 2;
            let is_counted =
                ["count", "counted", "plural"].iter().any(|call| last_call(literal.before).ends_with(call));
            if is_sentence && !is_filtered(literal.after) && !is_counted {
                found.push(literal.text);
            }
        }
    }
    found
}

#[test]
fn no_template_says_what_cannot_be_translated() {
    // The name of the program, names of files and keys, attributes that a macro writes, and a type.
    const NAMES: &[&str] =
        &["catalog", "Markdown", "JSON", "lang=\"en\" dir=\"ltr\"", "catalog-info.yaml", "mkdocs.yml", "or null"];
    let mut wrong = Vec::new();
    for (path, template) in files("themes/default", &[".html"]) {
        let name = path.trim_start_matches("themes/default/");
        // Icons are paths.
        if name == "icons.html" {
            continue;
        }
        let said = said_by(&template).into_iter().chain(said_in_code(&template));
        wrong.extend(said.filter(|text| !NAMES.contains(&text.as_str())).map(|text| format!("{path}: {text}")));
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_tests_see_what_they_should() {
    let mut used = Used::default();
    for code in in_engine(r#"<p x="{{ "A \"b\""|t(n=1) }}">{{ m.count(x, "page", "pages") }}{{ other("no") }}"#) {
        used.read(code, &[], &["count"]);
    }
    assert_eq!(std::mem::take(&mut used.texts).into_iter().collect::<Vec<_>>(), ["A \"b\""]);
    assert_eq!(used.plurals, BTreeMap::from([("page".to_owned(), "pages".to_owned())]));
    used.read(r#"part("no"), t("yes")"#, &["t("], &[]);
    assert_eq!(std::mem::take(&mut used.texts).into_iter().collect::<Vec<_>>(), ["yes"]);
    let template =
        r#"<p title="Say">Hello {{ name|f("Not this"|t) }}<code>x.yaml</code></p>{{ m.empty("docs", "No docs") }}"#;
    assert_eq!(said_by(template), ["Say", "Hello"]);
    assert_eq!(said_in_code(template), ["No docs"]);
}
