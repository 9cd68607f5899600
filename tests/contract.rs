//! The contract of the theme: the README of `themes/default` lists what each template gets, and the site
//! sends exactly that. Every template is replaced by one that prints all it gets as JSON; the tables of
//! the README are read as types, and each page of example-org and of an empty catalog is held against
//! them: a field that is missing, one that is not listed, and one of another type fail.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value as Json;

use crate::support::{self, run};

/// What the README says of a value.
#[derive(Debug, Clone)]
enum Type {
    /// Nothing that can be checked.
    Any,
    Text,
    Int,
    Bool,
    Object,
    List(Box<Type>),
    Maybe(Box<Type>),
    Fields(BTreeMap<String, Type>),
    Named(String),
    /// A named one with more fields.
    With(Box<Type>, Box<Type>),
}

/// Reads a type as the README writes them: `[{label: text, href?}]`, `Link?`, `Tally + {part: int}`.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn read(text: &str) -> Type {
        let text = text.replace('`', "");
        let mut reader = Reader { rest: text.trim() };
        let read = reader.one();
        if reader.rest.trim().is_empty() { read } else { Type::Any }
    }

    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        let taken = rest.strip_prefix(sign);
        self.rest = taken.unwrap_or(rest);
        taken.is_some()
    }

    fn word(&mut self) -> String {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let word = rest[..end].to_owned();
        self.rest = &rest[end..];
        word
    }

    fn one(&mut self) -> Type {
        let mut read = if self.take("[") {
            let inner = self.one();
            self.take("]");
            Type::List(Box::new(inner))
        } else if self.take("{") {
            self.fields()
        } else if self.take("…") {
            Type::Any
        } else {
            match self.word().as_str() {
                "text" | "html" | "href" | "svg" | "Severity" => Type::Text,
                "int" => Type::Int,
                "bool" => Type::Bool,
                "object" => Type::Object,
                "same" | "" => Type::Any,
                name if name.starts_with(char::is_uppercase) => Type::Named(name.to_owned()),
                _ => Type::Any,
            }
        };
        loop {
            if self.take("?") {
                read = Type::Maybe(Box::new(read));
            } else if self.take("+") {
                read = Type::With(Box::new(read), Box::new(self.one()));
            } else if self.take("or \"off\"") || self.take("or off") {
                read = Type::Text;
            } else {
                return read;
            }
        }
    }

    fn fields(&mut self) -> Type {
        let mut fields = BTreeMap::new();
        while !self.take("}") && !self.rest.trim().is_empty() {
            let name = self.word();
            if name.is_empty() {
                self.rest = "";
                return Type::Any;
            }
            let maybe = self.take("?");
            let typed = self.take(":");
            let mut read = if typed { self.one() } else { Type::Any };
            if maybe {
                read = Type::Maybe(Box::new(read));
            }
            fields.insert(name, read);
            self.take(",");
        }
        Type::Fields(fields)
    }
}

/// The README as types.
#[derive(Default)]
struct Contract {
    shared: BTreeMap<String, Type>,
    templates: BTreeMap<String, BTreeMap<String, Type>>,
}

impl Contract {
    fn read(text: &str) -> Self {
        let mut contract = Self::default();
        let mut section = String::new();
        let mut named = String::new();
        let mut base: Option<Type> = None;
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                section = title.split('`').nth(1).unwrap_or(title).to_owned();
                named.clear();
                if section.ends_with(".html") || section == "Every page" {
                    contract.templates.entry(section.clone()).or_default();
                }
            } else if line.starts_with("### ") {
                named = "?".to_owned();
            } else if let Some(line) = line.strip_prefix("- **").or(line.strip_prefix("**")) {
                contract.shapes(&format!("**{line}"), &mut named, &mut base);
            } else if line.starts_with("| `") {
                contract.row(line, &section, &named, base.as_ref());
            }
        }
        contract
    }

    /// `**Row** = Link and:` before a table, or types in one line.
    fn shapes(&mut self, line: &str, named: &mut String, base: &mut Option<Type>) {
        for part in line.split("**").skip(1).collect::<Vec<_>>().chunks(2) {
            let [name, rest] = part else { continue };
            *named = (*name).to_owned();
            *base = rest
                .split("= ")
                .nth(1)
                .and_then(|after| after.split_whitespace().next())
                .map(|name| Type::Named(name.to_owned()));
            if let Some(written) = rest.split('`').find(|part| part.starts_with('{')) {
                let read = Reader::read(written);
                let read = match base.take() {
                    Some(base) => Type::With(Box::new(base), Box::new(read)),
                    None => read,
                };
                self.shared.entry((*name).to_owned()).or_insert(read);
            }
        }
    }

    fn row(&mut self, line: &str, section: &str, named: &str, base: Option<&Type>) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (names, types) = (cells[1], cells.get(2).copied().unwrap_or(""));
        let mut fields: Vec<String> = names.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        // `operations` (+ `_total`)
        if let Some((first, more)) = names.split_once("(+ `_") {
            let more: String = more.chars().take_while(|c| c.is_alphanumeric()).collect();
            fields = first.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            fields.extend(fields.clone().iter().map(|name| format!("{name}_{more}")));
        }
        let several: Vec<&str> = if types.contains(['[', '{']) { vec![types] } else { types.split(", ").collect() };
        for (index, field) in fields.iter().enumerate() {
            let read = if names.contains("(+ `_") && (field.ends_with("_more") || field.ends_with("_total")) {
                Type::Int
            } else {
                Reader::read(several.get(index).or(several.last()).copied().unwrap_or(""))
            };
            // With tables of several names under one heading only those of the template count.
            if section == "Shared types" {
                self.add_shared(named, base, field, read);
            } else if let Some(fields) = self.templates.get_mut(section).filter(|_| named.is_empty()) {
                fields.insert(field.clone(), read);
            }
        }
    }

    fn add_shared(&mut self, named: &str, base: Option<&Type>, field: &str, read: Type) {
        let empty = || Type::Fields(BTreeMap::new());
        let entry = self.shared.entry(named.to_owned()).or_insert_with(|| match base {
            Some(base) => Type::With(Box::new(base.clone()), Box::new(empty())),
            None => empty(),
        });
        let fields = match entry {
            Type::With(_, fields) => fields.as_mut(),
            other => other,
        };
        if let Type::Fields(fields) = fields {
            fields.insert(field.to_owned(), read);
        }
    }

    /// All fields of a type, where it is made of fields.
    fn fields(&self, of: &Type) -> Option<BTreeMap<String, Type>> {
        match of {
            Type::Fields(fields) => Some(fields.clone()),
            Type::Named(name) => self.fields(self.shared.get(name)?),
            Type::With(one, other) => {
                let mut fields = self.fields(one)?;
                fields.extend(self.fields(other)?);
                Some(fields)
            }
            _ => None,
        }
    }

    fn check(&self, value: &Json, of: &Type, at: &str, wrong: &mut BTreeSet<String>) {
        let fits = match of {
            Type::Any => true,
            Type::Text => value.is_string(),
            Type::Int => value.is_u64(),
            Type::Bool => value.is_boolean(),
            Type::Object => value.is_object(),
            Type::Maybe(inner) => {
                if !value.is_null() {
                    self.check(value, inner, at, wrong);
                }
                true
            }
            Type::List(inner) => {
                for item in value.as_array().into_iter().flatten() {
                    self.check(item, inner, &format!("{at}[]"), wrong);
                }
                value.is_array()
            }
            Type::Fields(_) | Type::Named(_) | Type::With(..) => match (self.fields(of), value.as_object()) {
                (Some(fields), Some(map)) => {
                    self.map(map, &fields, at, wrong);
                    true
                }
                (None, _) => true,
                (Some(_), None) => false,
            },
        };
        if !fits {
            let shown: String = value.to_string().chars().take(40).collect();
            wrong.insert(format!("{at} is {shown}, and should be {of:?}"));
        }
    }

    fn map(
        &self,
        map: &serde_json::Map<String, Json>,
        fields: &BTreeMap<String, Type>,
        at: &str,
        wrong: &mut BTreeSet<String>,
    ) {
        for (name, of) in fields {
            match map.get(name) {
                Some(value) => self.check(value, of, &format!("{at}.{name}"), wrong),
                None => {
                    wrong.insert(format!("{at}.{name} is in the README and not sent"));
                }
            }
        }
        for name in map.keys().filter(|name| !fields.contains_key(*name)) {
            wrong.insert(format!("{at}.{name} is sent and not in the README"));
        }
    }
}

/// Templates that are no pages.
const SHARED: &[&str] = &[
    "base.html",
    "card.html",
    "change.html",
    "crossings.html",
    "entity-border.html",
    "entity-contacts.html",
    "entity-inside.html",
    "entity-macros.html",
    "entity-team.html",
    "icons.html",
    "macros.html",
    "numbers.html",
    "api-macros.html",
    "api-parts.html",
];

fn templates() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".html") && !SHARED.contains(&name.as_str()))
        .collect();
    names.sort_unstable();
    names
}

/// The macros of `api-parts.html`, and what each gets.
const MACROS: &[(&str, &str)] = &[
    ("group", "ApiGroup"),
    ("operation", "Operation"),
    ("schema", "Schema"),
    ("field", "FieldHead"),
    ("choice", "ChoiceHead"),
    ("inside", "Inside"),
];

/// What the macros printed that made a value: texts in it that are JSON, one after the other.
fn printed(value: &Json, found: &mut Vec<(String, Json)>) {
    match value {
        Json::String(text) if text.starts_with("{\"macro\"") => {
            for part in serde_json::Deserializer::from_str(text).into_iter::<Json>() {
                let part = part.unwrap_or_else(|error| panic!("{error}: {text}"));
                printed(&part["view"], found);
                found.push((part["macro"].as_str().unwrap().to_owned(), part["view"].clone()));
            }
        }
        Json::Array(items) => items.iter().for_each(|item| printed(item, found)),
        Json::Object(map) => map.values().for_each(|value| printed(value, found)),
        _ => {}
    }
}

/// Documentation of more pages than a sidebar and a page of an entity have room for: each page mentions
/// the other component.
fn much(input: &Path) {
    let component = |name: &str, more: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}{more}}}\nspec: {{type: service, lifecycle: production, owner: a}}\n---\n"
        )
    };
    let group =
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a}\nspec: {type: team, children: []}\n";
    let docs = ", annotations: {backstage.io/techdocs-ref: \"dir:.\"}";
    let text = component("told", docs) + &component("mentioned", "") + group;
    support::write(input, &[("catalog-info.yaml", text), ("mkdocs.yml", "site_name: Much\n".to_owned())]);
    for number in 0..210 {
        let text = format!("# Page {number}\n\nSee [it](entity:component:mentioned).\n");
        support::write(input, &[(format!("docs/page{number:03}.md"), text)]);
    }
    support::write(input, &[("docs/index.md", "# Much\n"), ("catalog-config.yaml", "site: {theme: printed}\n")]);
}

/// Builds an input whose theme prints what templates get. `docs-nav.html` becomes a part of other pages.
fn views(input: &Path) -> Vec<(String, Json)> {
    for name in templates() {
        let text = format!("{{\"template\": \"{name}\", \"view\": {{{{ view()|tojson }}}}}}\n");
        support::write(input, &[(format!("printed/{name}"), text)]);
    }
    // Its macros get values of their own, and what they print stands in those of others as text.
    let macros = MACROS.iter().map(|(name, of)| {
        format!("{{% macro {name}(it) %}}{{\"macro\": \"{of}\", \"view\": {{{{ it|tojson }}}}}}\n{{% endmacro %}}")
    });
    support::write(input, &[("printed/api-parts.html", macros.collect::<String>())]);
    let out = input.join("out");
    let ran = run(input, &["build", input.to_str().unwrap(), "-o", out.to_str().unwrap(), "--quiet"]);
    assert!(ran.code < 2, "{}", ran.stderr);
    let files = walkdir::WalkDir::new(&out).into_iter().map(|entry| entry.unwrap().into_path());
    let pages = files.filter(|path| path.extension().is_some_and(|extension| extension == "html"));
    let mut found = Vec::new();
    for path in pages {
        // Redirects are no templates.
        let Ok(mut page) = serde_json::from_str::<Json>(&std::fs::read_to_string(&path).unwrap()) else { continue };
        if let Some(nav) = page["view"]["nav_html"].as_str().and_then(|text| serde_json::from_str::<Json>(text).ok()) {
            found.push((nav["template"].as_str().unwrap().to_owned(), nav["view"].clone()));
        }
        found.push((page["template"].as_str().unwrap().to_owned(), page["view"].take()));
    }
    found
}

#[test]
fn templates_get_what_the_readme_says_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let contract = Contract::read(&std::fs::read_to_string(root.join("themes/default/README.md")).unwrap());
    let work = tempfile::tempdir().unwrap();
    let [full, empty, many] = ["full", "empty", "many"].map(|name| work.path().join(name));
    much(&many);
    for entry in walkdir::WalkDir::new(root.join("example-org")).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(root.join("example-org")).unwrap();
            support::write(&full, &[(path.to_str().unwrap(), std::fs::read(entry.path()).unwrap())]);
        }
    }
    let settings = std::fs::read_to_string(full.join("catalog-config.yaml")).unwrap();
    let settings = settings.replacen("theme: theme\n", "theme: printed\n", 1);
    support::write(
        &full,
        &[
            ("catalog-config.yaml", settings.as_str()),
            ("printed/pages/own.md", "# Own\n\n```catalog\nkind: api\n```\n"),
        ],
    );
    support::write(&empty, &[("catalog-config.yaml", "site: {theme: printed}\n")]);
    let mut seen = BTreeSet::new();
    let mut wrong = BTreeSet::new();
    let mut inner = BTreeSet::new();
    for (template, view) in views(&full).into_iter().chain(views(&empty)).chain(views(&many)) {
        let mut parts = Vec::new();
        printed(&view, &mut parts);
        for (of, part) in parts {
            contract.check(&part, &Type::Named(of.clone()), &of, &mut wrong);
            inner.insert(of);
        }
        let Some(own) = contract.templates.get(&template) else {
            wrong.insert(format!("{template} is not in the README"));
            continue;
        };
        let common = contract.templates["Every page"].iter().filter(|(name, _)| !name.contains('.'));
        let mut fields: BTreeMap<String, Type> = common.map(|(name, of)| (name.clone(), of.clone())).collect();
        let of_site = contract.templates["Every page"]
            .iter()
            .filter_map(|(name, of)| Some((name.strip_prefix("site.")?.to_owned(), of.clone())));
        fields.insert("site".to_owned(), Type::Fields(of_site.collect()));
        fields.extend(own.clone());
        contract.map(view.as_object().unwrap(), &fields, &template, &mut wrong);
        seen.insert(template);
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
    let unseen: Vec<String> = templates().into_iter().filter(|name| !seen.contains(name)).collect();
    assert_eq!(unseen, [""; 0]);
    let all: BTreeSet<String> = MACROS.iter().map(|(_, of)| (*of).to_owned()).collect();
    assert_eq!(inner, all, "what macros get");
}

#[test]
fn types_are_read_as_they_are_written() {
    let contract = Contract::read(
        "## Shared types\n**Link**: a\n| `ref` | text | |\n| `href` | href? | |\n**Row** = Link and:\n| `count` | int | |\n**Tally**: `{errors: int}`.\n\
         ## `a.html`\n| `rows` | [Row] | |\n| `more` | [`{title, href?, part: Tally + {of: int}}`] | |\n| `a`, `b` | text, int? | |\n",
    );
    let wrong = |json: &str| {
        let mut wrong = BTreeSet::new();
        let value: Json = serde_json::from_str(json).unwrap();
        contract.map(value.as_object().unwrap(), &contract.templates["a.html"], "a", &mut wrong);
        wrong.into_iter().collect::<Vec<_>>()
    };
    let good = r#"{"rows": [{"ref": "x", "href": null, "count": 1}], "more": [{"title": "x", "href": null, "part": {"errors": 1, "of": 2}}], "a": "x", "b": null}"#;
    assert_eq!(wrong(good), [""; 0]);
    assert_eq!(wrong(&good.replace("\"count\": 1", "\"count\": \"1\"")).len(), 1);
    assert_eq!(wrong(&good.replace("\"of\": 2", "\"off\": 2")).len(), 2);
    assert_eq!(wrong(&good.replace("\"b\": null", "\"b\": null, \"c\": 1")), ["a.c is sent and not in the README"]);
}
