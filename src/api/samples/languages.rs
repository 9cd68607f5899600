//! A call in each language. The quotes of the language stand around every text that a definition can
//! have a say in.

use serde_json::Value as Json;

use super::super::example::escaped;
use super::super::nodes::pretty;
use super::request::{Content, Request, Value};

/// A text in single quotes of a shell. A NUL cannot be part of an argument.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', r"'\''"))
}

/// A text in double quotes, as JavaScript, Python and Go read it alike: JSON's escapes are theirs.
fn quoted(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    // A byte order mark inside of a source is an error in Go; the others are ends of lines to some.
    let odd = [('\u{feff}', "\\ufeff"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029"), ('\u{7f}', "\\u007f")];
    odd.iter().fold(quoted, |text, (character, escape)| text.replace(*character, escape))
}

fn indented(text: &str, by: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(by)))
}

fn form(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect::<Vec<_>>().join("&")
}

pub(super) fn curl(request: &Request) -> String {
    let mut lines = vec![match request.method.as_str() {
        "GET" => format!("curl {}", shell(&request.url)),
        "HEAD" => format!("curl --head {}", shell(&request.url)),
        method => format!("curl --request {} {}", shell_word(method), shell(&request.url)),
    }];
    for (name, value) in &request.headers {
        lines.push(format!("--header {}", shell(&format!("{name}: {value}"))));
    }
    match &request.body {
        Some(Content::Json(json)) => lines.push(format!("--data {}", shell(&pretty(json)))),
        Some(Content::Form(pairs)) => lines.push(format!("--data {}", shell(&form(pairs)))),
        Some(Content::Parts(pairs)) => {
            for (name, value) in pairs {
                // A text that begins with `@` or `<` would be read as a file, if `--form` had it.
                lines.push(match value {
                    Value::File(file) => format!("--form {}", shell(&format!("{name}=@{file}"))),
                    Value::Text(text) => format!("--form-string {}", shell(&format!("{name}={text}"))),
                });
            }
        }
        Some(Content::Text(text)) => lines.push(format!("--data-raw {}", shell(text))),
        Some(Content::File(name)) => lines.push(format!("--data-binary {}", shell(&format!("@{name}")))),
        None => {}
    }
    lines.join(" \\\n  ") + "\n"
}

/// A method without quotes where it is a word, as it nearly always is.
fn shell_word(text: &str) -> String {
    let is_word = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_word { text.to_owned() } else { shell(text) }
}

pub(super) fn javascript(request: &Request) -> String {
    let mut before = String::new();
    let mut options = Vec::new();
    if request.method != "GET" {
        options.push(format!("method: {}", quoted(&request.method)));
    }
    if !request.headers.is_empty() {
        let headers: String =
            request.headers.iter().map(|(name, value)| format!("    {}: {},\n", quoted(name), quoted(value))).collect();
        options.push(format!("headers: {{\n{headers}  }}"));
    }
    match &request.body {
        Some(Content::Json(json)) => options.push(format!("body: JSON.stringify({})", indented(&script(json), 2))),
        Some(Content::Form(pairs)) => options.push(format!("body: {}", quoted(&form(pairs)))),
        Some(Content::Parts(pairs)) => {
            before.push_str("const form = new FormData();\n");
            for (name, value) in pairs {
                let value = match value {
                    Value::File(file) => format!("await openAsBlob({})", quoted(file)),
                    Value::Text(text) => quoted(text),
                };
                before.push_str(&format!("form.append({}, {value});\n", quoted(name)));
            }
            if pairs.iter().any(|(_, value)| matches!(value, Value::File(_))) {
                before.insert_str(0, "import { openAsBlob } from \"node:fs\";\n\n");
            }
            before.push('\n');
            options.push("body: form".to_owned());
        }
        Some(Content::Text(text)) => options.push(format!("body: {}", quoted(text))),
        Some(Content::File(name)) => {
            before.push_str("import { readFile } from \"node:fs/promises\";\n\n");
            options.push(format!("body: await readFile({})", quoted(name)));
        }
        None => {}
    }
    let options: String = options.iter().map(|option| format!("  {option},\n")).collect();
    let options = if options.is_empty() { String::new() } else { format!(", {{\n{options}}}") };
    let then = if request.method == "HEAD" { "response.status" } else { "await response.text()" };
    format!("{before}const response = await fetch({}{options});\nconsole.log({then});\n", quoted(&request.url))
}

/// JSON as JavaScript: the same, but for the key that would set what an object inherits from.
fn script(json: &Json) -> String {
    let text = pretty(json).replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    if text.contains("__proto__") { format!("JSON.parse({})", quoted(&text)) } else { text }
}

pub(super) fn python(request: &Request) -> String {
    let mut arguments = vec![quoted(&request.url)];
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    let call = if known.contains(&request.method.as_str()) {
        request.method.to_ascii_lowercase()
    } else {
        arguments.insert(0, quoted(&request.method));
        "request".to_owned()
    };
    if !request.headers.is_empty() {
        let headers: String = request
            .headers
            .iter()
            .map(|(name, value)| format!("        {}: {},\n", quoted(name), quoted(value)))
            .collect();
        arguments.push(format!("headers={{\n{headers}    }}"));
    }
    match &request.body {
        Some(Content::Json(json)) => arguments.push(format!("json={}", literal(json, 4))),
        Some(Content::Form(pairs)) => {
            let pairs = pairs.iter().map(|(name, value)| (name, quoted(value)));
            arguments.push(format!("data={}", python_pairs(pairs)));
        }
        Some(Content::Parts(pairs)) => {
            // A part whose file has no name is a text.
            let value = |value: &Value| match value {
                Value::File(file) => format!("open({}, \"rb\")", quoted(file)),
                Value::Text(text) => format!("(None, {})", quoted(text)),
            };
            let pairs = pairs.iter().map(|(name, part)| (name, value(part)));
            arguments.push(format!("files={}", python_pairs(pairs)));
        }
        Some(Content::Text(text)) => arguments.push(format!("data={}.encode()", quoted(text))),
        Some(Content::File(name)) => arguments.push(format!("data=open({}, \"rb\")", quoted(name))),
        None => {}
    }
    let arguments: String = arguments.iter().map(|argument| format!("    {argument},\n")).collect();
    let then = if request.method == "HEAD" { "response.status_code" } else { "response.text" };
    format!("import requests\n\nresponse = requests.{call}(\n{arguments})\nprint({then})\n")
}

/// Pairs as a list, because a key may stand twice.
fn python_pairs<'a>(pairs: impl Iterator<Item = (&'a String, String)>) -> String {
    let pairs: String = pairs.map(|(name, value)| format!("        ({}, {value}),\n", quoted(name))).collect();
    format!("[\n{pairs}    ]")
}

/// JSON as Python writes it.
fn literal(json: &Json, indent: usize) -> String {
    let pad = " ".repeat(indent + 4);
    let end = " ".repeat(indent);
    match json {
        Json::Null => "None".to_owned(),
        Json::Bool(true) => "True".to_owned(),
        Json::Bool(false) => "False".to_owned(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => quoted(text),
        Json::Array(items) if items.is_empty() => "[]".to_owned(),
        Json::Object(map) if map.is_empty() => "{}".to_owned(),
        Json::Array(items) => {
            let items: String = items.iter().map(|item| format!("{pad}{},\n", literal(item, indent + 4))).collect();
            format!("[\n{items}{end}]")
        }
        Json::Object(map) => {
            let pairs: String = map
                .iter()
                .map(|(name, value)| format!("{pad}{}: {},\n", quoted(name), literal(value, indent + 4)))
                .collect();
            format!("{{\n{pairs}{end}}}")
        }
    }
}

pub(super) fn go(request: &Request) -> String {
    let mut imports = vec!["fmt", "io", "net/http"];
    let mut before = String::new();
    let mut content_type = false;
    let body = match &request.body {
        Some(Content::Json(json)) => Some(format!("strings.NewReader({})", raw(&pretty(json)))),
        Some(Content::Form(pairs)) => Some(format!("strings.NewReader({})", raw(&form(pairs)))),
        Some(Content::Text(text)) => Some(format!("strings.NewReader({})", raw(text))),
        Some(Content::File(name)) => {
            imports.push("os");
            before.push_str(&format!("\tbody, err := os.Open({})\n{CHECK}", quoted(name)));
            Some("body".to_owned())
        }
        Some(Content::Parts(pairs)) => {
            imports.extend(["bytes", "mime/multipart"]);
            content_type = true;
            before.push_str(&go_parts(pairs, &mut imports));
            Some("&body".to_owned())
        }
        None => None,
    };
    if body.as_ref().is_some_and(|body| body.starts_with("strings.")) {
        imports.push("strings");
    }
    imports.sort_unstable();
    let imports: String = imports.iter().map(|import| format!("\t\"{import}\"\n")).collect();
    let mut headers: String = request
        .headers
        .iter()
        .map(|(name, value)| format!("\treq.Header.Set({}, {})\n", quoted(name), quoted(value)))
        .collect();
    if content_type {
        headers.push_str("\treq.Header.Set(\"Content-Type\", form.FormDataContentType())\n");
    }
    let body = body.unwrap_or_else(|| "nil".to_owned());
    format!(
        "package main\n\nimport (\n{imports})\n\nfunc main() {{\n{before}\treq, err := http.NewRequest({}, {}, {body})\n\
        {CHECK}{headers}\tres, err := http.DefaultClient.Do(req)\n{CHECK}\tdefer res.Body.Close()\n\
        \ttext, err := io.ReadAll(res.Body)\n{CHECK}\tfmt.Println(string(text))\n}}\n",
        quoted(&request.method),
        quoted(&request.url),
    )
}

const CHECK: &str = "\tif err != nil {\n\t\tpanic(err)\n\t}\n";

fn go_parts(pairs: &[(String, Value)], imports: &mut Vec<&'static str>) -> String {
    let mut out = "\tvar body bytes.Buffer\n\tform := multipart.NewWriter(&body)\n".to_owned();
    for (name, value) in pairs {
        match value {
            Value::File(file) => {
                if !imports.contains(&"os") {
                    imports.push("os");
                }
                let (name, file) = (quoted(name), quoted(file));
                out.push_str(&format!(
                    "\tif part, err := form.CreateFormFile({name}, {file}); err == nil {{\n\
                    \t\tif file, err := os.Open({file}); err == nil {{\n\t\t\tio.Copy(part, file)\n\t\t}}\n\t}}\n"
                ));
            }
            Value::Text(text) => {
                out.push_str(&format!("\tform.WriteField({}, {})\n", quoted(name), quoted(text)));
            }
        }
    }
    out.push_str("\tform.Close()\n");
    out
}

/// A text of several lines between backticks, where it may stand there.
fn raw(text: &str) -> String {
    let is_raw = text.contains('\n') && !text.contains(['`', '\r', '\0', '\u{feff}']);
    if is_raw { format!("`{text}`") } else { quoted(text) }
}
