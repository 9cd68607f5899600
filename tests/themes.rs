//! Themes of one's own: what each part of one changes, what is said of mistakes, and that a theme that
//! fails leaves the output as it was.

use std::path::{Path, PathBuf};

use crate::support::{self, run};

const SHOP: &str = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\n  title: The shop\n  \
                    description: Sells things.\n  tags: [till]\nspec: {type: service, lifecycle: production, owner: team-a}\n---\n\
                    apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: stock}\n\
                    spec: {type: library, lifecycle: experimental, owner: team-a}\n---\n\
                    apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-a}\nspec: {type: team, children: []}\n";

/// A repository with a theme, and where its site goes.
struct Work {
    folder: tempfile::TempDir,
}

impl Work {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        support::write(folder.path(), &[("shop/catalog-info.yaml", SHOP)]);
        let work = Self { folder };
        work.add(files);
        work
    }

    fn add(&self, files: &[(&str, &str)]) {
        support::write(&self.input(), files);
    }

    fn input(&self) -> PathBuf {
        self.folder.path().join("shop")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn build(&self) -> support::Ran {
        let (input, out) = (self.input(), self.out());
        run(self.folder.path(), &["build", input.to_str().unwrap(), "-o", out.to_str().unwrap(), "--world=closed"])
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.out().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The asset of this name, whatever its hash.
    fn asset(&self, name: &str) -> String {
        let (stem, extension) = name.rsplit_once('.').unwrap();
        let found = std::fs::read_dir(self.out().join("assets")).unwrap().map(|entry| entry.unwrap().path());
        let is_it = |path: &PathBuf| {
            let file = path.file_name().unwrap().to_str().unwrap();
            file.starts_with(&format!("{stem}.")) && file.ends_with(&format!(".{extension}"))
        };
        std::fs::read_to_string(found.into_iter().find(is_it).unwrap()).unwrap()
    }
}

const FOLDER: (&str, &str) = ("catalog-config.yaml", "site: {theme: look}\n");

#[test]
fn each_part_of_a_theme_takes_the_place_of_the_default_by_its_name() {
    let work = Work::new(&[
        FOLDER,
        ("look/rule.html", "{% extends 'base.html' %}{% block main %}<main>My rule {{ code }}</main>{% endblock %}\n"),
        ("look/styles/21-layouts.css", ".of-mine { color: teal }\n"),
        ("look/assets/filter.js", "// my filter\n"),
        (
            "look/icons.html",
            "{% macro icon(name, class='') %}<b>{{ name }}</b>{% endmacro %}{% macro kind_icon(kind) %}{{ icon(kind) }}{% endmacro %}\n",
        ),
        ("look/strings.yaml", "texts: {Organisation: Who we are}\nplurals: {entity: {one: thing, other: things}}\n"),
    ]);
    assert_eq!(work.build().code, 0);
    assert!(work.read("reports/rules/dangling-reference.html").contains("My rule dangling-reference"));
    let style = work.asset("style.css");
    assert!(style.contains(".of-mine") && !style.contains("\n.with-rail {") && style.contains("--accent:"));
    assert_eq!(work.asset("filter.js"), "// my filter\n");
    let home = work.read("index.html");
    assert!(home.contains("<b>search</b>") && !home.contains("<svg class=\"icon\""));
    assert!(home.contains(">Who we are<"), "a text of the bar");
}

#[test]
fn a_language_changes_texts_plurals_and_direction() {
    let strings = "language: ar\ndirection: rtl\nthousands: \"٬\"\ntexts:\n  Search the catalog: ابحث في الفهرس\n  \
                   Copy: انسخ\n  Rules: القواعد\n";
    let work = Work::new(&[FOLDER, ("look/strings.yaml", strings)]);
    let ran = work.build();
    assert_eq!(ran.code, 0);
    assert!(ran.stderr.contains("note[untranslated-text]"), "{}", ran.stderr);
    let home = work.read("index.html");
    assert!(home.contains("<html lang=\"ar\" dir=\"rtl\">") && home.contains("aria-label=\"ابحث في الفهرس\""));
    assert!(home.contains("Skip to content"), "what is not translated stays English");
    let script = work.asset("texts.js");
    assert!(script.starts_with("window.catalogStrings = {\"language\":\"ar\"") && script.contains("انسخ"));
    assert!(!script.contains("القواعد"), "scripts get their own texts alone");
}

#[test]
fn settings_make_a_style_sheet_a_logo_and_the_bar() {
    let settings = "site:\n  theme:\n    folder: look\n    colors: {accent: '#0b6e4f'}\n    logo: mark.svg\n    \
                    fonts: {body: {family: Inter, files: [{file: inter.woff2, weight: 100 900}]}, mono: Menlo}\n    \
                    navigation: [findings, {title: The shop, to: 'component:default/shop'}, {title: Status, to: 'https://status.example'}]\n";
    let work = Work::new(&[
        ("catalog-config.yaml", settings),
        ("look/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
        ("look/inter.woff2", "wOF2 and letters"),
    ]);
    let ran = work.build();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("warning["), "{}", ran.stderr);
    let sheet = work.asset("theme.css");
    for part in [
        "--accent: light-dark(#0b6e4f, #",
        "@font-face { font-family: \"Inter\"",
        "font-weight: 100 900",
        "font-display: swap",
        "--mono: \"Menlo\"",
    ] {
        assert!(sheet.contains(part), "{part} is not in {sheet}");
    }
    let page = work.read("lists/all.html");
    let head = page.split("</head>").next().unwrap();
    let (style, theme) = (head.find("assets/style.").unwrap(), head.find("assets/theme.").unwrap());
    assert!(style < theme, "what the settings say goes over the theme's own sheet");
    let font = sheet.split("url(\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(work.out().join("assets").join(font).exists(), "{font}");
    let bar = page.split("<nav class=\"top-nav\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let links: Vec<&str> = bar.split("href=\"").skip(1).map(|link| link.split('"').next().unwrap()).collect();
    assert_eq!(links, ["../reports/findings.html", "../catalog/default/component/shop.html", "https://status.example"]);
    assert!(page.contains("<img src=\"../assets/mark."));
}

#[test]
fn mistakes_in_the_settings_are_findings_with_their_places() {
    let settings = "site:\n  theme:\n    folder: look\n    colors:\n      acent: '#000'\n      text: black\n    logo: mark.sgv\n    \
                    fonts:\n      body: {family: Inter, files: [a.ttf]}\n    navigation:\n      - {title: A, to: pages/a.md}\n      - {title: B, to: 'component:default/shp'}\n";
    let work = Work::new(&[("catalog-config.yaml", settings), ("look/a.ttf", "x"), ("look/mark.svg", "<svg/>")]);
    let ran = run(&work.input(), &["check", ".", "--format=json", "--world=closed"]);
    let json = ran.json();
    let found: Vec<(u64, String)> = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["line"].as_u64().unwrap_or(0), one["message"].as_str().unwrap().to_owned()))
        .collect();
    let expected = [
        (5, "the theme has no colour `acent`"),
        (6, "`black` is no colour"),
        (7, "`mark.sgv` is no picture"),
        (9, "`a.ttf` is no woff2 file"),
        (11, "the theme has no page `pages/a.md`"),
        (12, "there is no entity `component:default/shp` in the catalog"),
    ];
    let expected: Vec<(u64, String)> = expected.iter().map(|(line, text)| (*line, (*text).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn pages_of_markdown_list_entities_and_are_found() {
    let page = "---\ntitle: Handbook\nnav: true\ndescription: How we work.\n---\n# Handbook\n\nSee [the shop](component:default/shop), \
                [more](more/index.md#second) and [all](/lists/all.html).\n\n```catalog\nkind: component\ntype: service\ntitle: Services\n```\n\n\
                ## After\n\n```catalog\ntag: none-such\nempty: Nobody has it.\n```\n";
    let work = Work::new(&[
        FOLDER,
        ("look/pages/handbook.md", page),
        ("look/pages/more/index.md", "# More\n\n## Second\n\n[back](../handbook.md)\n"),
    ]);
    let ran = work.build();
    assert_eq!(ran.code, 0);
    assert!(!ran.stderr.contains("warning["), "{}", ran.stderr);
    let html = work.read("pages/handbook.html");
    for part in [
        "href=\"../catalog/default/component/shop.html\">the shop</a>",
        "href=\"more/index.html#second\"",
        "href=\"../lists/all.html\"",
        "<caption class=\"visually-hidden\">Services</caption>",
        "Nobody has it.",
        "<meta name=\"description\" content=\"How we work.\">",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("<span>stock</span>") && !html.contains('\u{f4c8}'), "only services");
    assert!(work.read("lists/all.html").contains("href=\"../pages/handbook.html\">Handbook</a>"), "it is in the bar");
    assert!(work.read("pages/more/index.html").contains("href=\"../handbook.html\""));
    let index: String = std::fs::read_dir(work.out().join("search"))
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    assert!(index.contains("How we work."), "the search knows it");
}

#[test]
fn mistakes_on_pages_have_file_and_line() {
    let page = "# A\n\n[gone](gone.md) and [heading](#nothing)\n\n```catalog\nkind: componnt\n```\n\n```catalog\nowner: team-b\nsort: up\nlimit: 0\n```\n\n```catalog\n```\n";
    let work = Work::new(&[FOLDER, ("look/pages/a.md", page)]);
    let ran = run(&work.input(), &["check", ".", "--format=json", "--world=closed"]);
    let json = ran.json();
    let mut found: Vec<(u64, String)> = json["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["file"] == "look/pages/a.md")
        .map(|one| (one["line"].as_u64().unwrap(), one["message"].as_str().unwrap().to_owned()))
        .collect();
    found.sort_unstable();
    let expected = [
        (3, "`pages/a.md` has no heading `#nothing`"),
        (3, "the link `gone.md` leads to no page of the theme"),
        (6, "there is no kind `componnt`"),
        (10, "there is no group or user `team-b` in the catalog"),
        (11, "`up` is no value of `sort`"),
        (12, "`limit` is a number from 1 to 200"),
        (16, "the query asks for nothing"),
    ];
    let expected: Vec<(u64, String)> = expected.iter().map(|(line, text)| (*line, (*text).to_owned())).collect();
    assert_eq!(found, expected);
}

/// Files of a folder with their bytes.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn a_template_that_fails_is_named_with_its_line_and_nothing_is_written() {
    let work = Work::new(&[FOLDER]);
    assert_eq!(work.build().code, 0);
    let before = tree(&work.out());
    let cases: &[(&str, &[&str])] = &[
        ("a\n{{ title|uper }}\n", &["look/rule.html:2", "uper", "did you mean `upper`?"]),
        ("a\n\n{{ no_such_field }}\n", &["look/rule.html:3", "no_such_field"]),
        ("{% include 'maros.html' %}\n", &["look/rule.html:1", "did you mean `macros.html`?"]),
        ("a\n{% if %}\n", &["look/rule.html:2"]),
        ("{{ conted(1, 'a', 'b') }}\n", &["look/rule.html:1", "did you mean `counted`?"]),
        (
            "{% for i in range(100000) %}{% for j in range(100000) %}{{ j }}{% endfor %}{% endfor %}\n",
            &["look/rule.html", "more than a page may take"],
        ),
    ];
    for (template, expected) in cases {
        work.add(&[("look/rule.html", template)]);
        let ran = work.build();
        assert_eq!(ran.code, 2, "{template}");
        for part in *expected {
            assert!(ran.stderr.contains(part), "{part} is not said of {template}: {}", ran.stderr);
        }
        assert!(tree(&work.out()) == before, "{template} left something");
    }
}

/// Sides of the page in place of the beginning and end of a line, each with the reason why.
const PHYSICAL: &[(&str, &str)] = &[
    // Code runs from left to right in every language.
    ("40-entity.css", ".hl { direction: ltr; text-align: left; }"),
    ("93-direction.css", "[dir=\"rtl\"] :is(pre, .hl, .excerpt) { text-align: left; }"),
    // Arrows are a corner of a box, turned to where they point: 93-direction.css turns them round.
    ("31-blocks.css", "border-width: 0 1.5px 1.5px 0"),
    ("50-docs.css", "border-width: 0 1.5px 1.5px 0"),
    ("10-lists.css", "border-width: 0 1.5px 1.5px 0"),
];

/// The declarations of a sheet that name a side.
fn physical(sheet: &str) -> Vec<&str> {
    const NAMES: &[&str] = &["margin-", "padding-", "border-", "scroll-margin-", "scroll-padding-"];
    let is_side =
        |side: &str| ["left", "right"].iter().any(|name| side == *name || side.starts_with(&format!("{name}-")));
    let is_corner = |name: &str| {
        let corner = name.strip_prefix("border-").and_then(|name| name.strip_suffix("-radius"));
        corner.is_some_and(|corner| corner.ends_with("-left") || corner.ends_with("-right"))
    };
    let names_side = |declaration: &&str| {
        let Some((name, value)) = declaration.split_once(':') else { return false };
        let (name, value) = (name.trim().rsplit(['{', ' ', '(']).next().unwrap_or(""), value.trim());
        let by_name =
            is_side(name) || is_corner(name) || NAMES.iter().any(|start| name.strip_prefix(start).is_some_and(is_side));
        let by_value = ["text-align", "float", "clear"].contains(&name) && is_side(value);
        // Of four values the second and the fourth are sides; in a `calc` there are more words.
        let words: Vec<&str> = value.split_whitespace().collect();
        let has_four =
            ["margin", "padding", "inset", "border-width"].contains(&name) && words.len() == 4 && !value.contains('(');
        by_name || by_value || (has_four && words[1] != words[3])
    };
    sheet.split([';', '}']).filter(names_side).map(str::trim).collect()
}

#[test]
fn styles_name_the_beginning_of_a_line_and_not_the_left() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/styles");
    let mut wrong = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap) {
        let name = entry.file_name().to_str().unwrap().to_owned();
        if !name.ends_with(".css") {
            continue;
        }
        let mut sheet = std::fs::read_to_string(entry.path()).unwrap();
        for (_, allowed) in PHYSICAL.iter().filter(|(file, _)| *file == name) {
            assert!(sheet.contains(allowed), "{name} has no `{allowed}` any more");
            sheet = sheet.replace(allowed, "");
        }
        wrong.extend(physical(&sheet).into_iter().map(|found| format!("{name}: {found}")));
    }
    assert!(wrong.is_empty(), "write `inline-start` and `inline-end`:\n{}", wrong.join("\n"));
}

#[test]
fn sides_are_seen_in_every_form() {
    let sheet = "a { margin-left: 0; inset: 0 1px 0 2px; color: red } b { left: 0 } c { text-align: right }
        d { border-top-left-radius: 0; border-left-color: red } e { padding: 1px 2px 1px 2px; text-align: start; margin-inline-start: 0 }";
    assert_eq!(physical(sheet).len(), 6, "{:#?}", physical(sheet));
}
