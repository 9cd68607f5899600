//! The inline dialect as data: what each piece of syntax becomes, and what only looks like one.

use proptest::prelude::*;

use crate::base::NoMemo;
use crate::markdown::{Href, Options, render};

fn html(text: &str) -> String {
    let rendered = render(text, &Options::PAGE, &NoMemo);
    rendered.html(&mut |index| Href::To(rendered.links[index].target.clone()), &NoMemo).trim_end().to_owned()
}

/// One paragraph without its tags.
fn line(text: &str) -> String {
    let html = html(text);
    html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).map_or(html.clone(), str::to_owned)
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(line(text), *expected, "{text}");
    }
}

#[test]
fn marks_inserts_deletes_sups_and_subs() {
    check(&[
        ("==x==", "<mark>x</mark>"),
        ("==a **b** c==", "<mark>a <strong>b</strong> c</mark>"),
        ("**a ==b** c==", "<strong>a ==b</strong> c=="),
        ("a == b and c == d", "a == b and c == d"),
        ("if a==b and c==d", "if a==b and c==d"),
        ("==a== ==b==", "<mark>a</mark> <mark>b</mark>"),
        ("==a\nb==", "<mark>a\nb</mark>"),
        ("====", "===="),
        ("===x===", "===x==="),
        ("\\==x==", "==x=="),
        ("`==x==`", "<code>==x==</code>"),
        ("^^x y^^", "<ins>x y</ins>"),
        ("a^^b^^c", "a^^b^^c"),
        ("H^2^O", "H<sup>2</sup>O"),
        ("x^2 y^2", "x^2 y^2"),
        ("a^b\\ c^", "a<sup>b\u{a0}c</sup>"),
        ("^^^x^^^", "<ins><sup>x</sup></ins>"),
        ("H~2~O", "H<sub>2</sub>O"),
        ("~~x y~~", "<del>x y</del>"),
        ("a~~b~~c", "a<del>b</del>c"),
        ("~/a:~/b", "~/a:~/b"),
        ("~100 and ~200", "~100 and ~200"),
        ("~~a ==b~~ c==", "~~a <mark>b~~ c</mark>"),
        ("~~a ^^b~~ c^^ ~~d~~", "~~a <ins>b~~ c</ins> <del>d</del>"),
        ("==[a](b)==", "<mark><a href=\"b\">a</a></mark>"),
        ("[==a==](b)", "<a href=\"b\"><mark>a</mark></a>"),
        ("&#61;=x==", "==x=="),
        ("***a** b*", "<em><strong>a</strong> b</em>"),
        ("![==a==](b)", "<img src=\"b\" alt=\"==a==\" loading=\"lazy\">"),
    ]);
}

#[test]
fn changes_are_shown_as_such() {
    check(&[
        ("{++a b++}", "<ins class=\"critic\">a b</ins>"),
        ("{--a--}", "<del class=\"critic\">a</del>"),
        ("{~~a~>b~~}", "<del class=\"critic\">a</del><ins class=\"critic\">b</ins>"),
        ("{==a==}{>>b<<}", "<mark class=\"critic\">a</mark><span class=\"critic comment\">b</span>"),
        ("{++a *b* c++}", "<ins class=\"critic\">a <em>b</em> c</ins>"),
        ("{++a", "{++a"),
        ("{~~a~~}", "{<del>a</del>}"),
        ("*{++a*++}", "<em>{++a</em>++}"),
        ("`{++a++}`", "<code>{++a++}</code>"),
    ]);
}

#[test]
fn keys_are_printed() {
    check(&[
        (
            "++ctrl+alt+del++",
            "<span class=\"keys\"><kbd>Ctrl</kbd><span>+</span><kbd>Alt</kbd><span>+</span><kbd>Del</kbd></span>",
        ),
        ("++\"a <b\"++", "<span class=\"keys\"><kbd>a &lt;b</kbd></span>"),
        ("C++ and D++", "C++ and D++"),
        ("++nope++", "++nope++"),
        ("i++ + j++", "i++ + j++"),
        ("++ctrl+", "++ctrl+"),
        ("\\++ctrl++", "++ctrl++"),
    ]);
}

#[test]
fn short_codes_become_emoji_and_icons_become_words() {
    check(&[
        (":rocket: :+1:", "🚀 👍"),
        (":clown: :wave_tone3: :nerd:", "🤡 👋🏽 🤓"),
        (":no_tone3: :wave_tone6:", ":no_tone3: :wave_tone6:"),
        ("10:30:45 a:b:c", "10:30:45 a:b:c"),
        ("`:rocket:`", "<code>:rocket:</code>"),
        ("`a`:rocket:`b`", "<code>a</code>🚀<code>b</code>"),
        (":material-check: yes", "✓ yes"),
        ("The :material-cog: cog", "The <span class=\"visually-hidden\">cog</span> cog"),
        (":octicons-gear-16:", "<span class=\"icon-name\">gear</span>"),
        (
            ":material-clock-fast:{ .lg .middle } __x__",
            "<span class=\"visually-hidden\">clock fast</span> <strong>x</strong>",
        ),
        (":nope-x:", ":nope-x:"),
        (":::", ":::"),
    ]);
}

#[test]
fn symbols_are_those_of_smartsymbols() {
    check(&[
        ("(c) (r) (tm) +/- =/= c/o", "© ® ™ ± ≠ ℅"),
        ("a --> b <-- c <--> d", "a → b ← c ↔ d"),
        ("a ---> b <--- c", "a ---&gt; b &lt;--- c"),
        ("1/2 11/2 1/25 7/8", "½ 11/2 1/25 ⅞"),
        ("3.9.1/3.8.7, 1/2/2024, 1/2.5, 1/2.", "3.9.1/3.8.7, 1/2/2024, 1/2.5, ½."),
        ("a <-- b, 8<-- b", "a ← b, 8&lt;-- b"),
        (
            "1st 2nd 3rd 4th 11th 12th 21st",
            "1<sup>st</sup> 2<sup>nd</sup> 3<sup>rd</sup> 4<sup>th</sup> 11<sup>th</sup> 12<sup>th</sup> 21<sup>st</sup>",
        ),
        ("1th 2st a1st 1sta", "1th 2st a1st 1sta"),
        ("\"quotes\" -- and...", "&quot;quotes&quot; -- and..."),
        ("`(c)` [(c)](x)", "<code>(c)</code> <a href=\"x\">(c)</a>"),
        ("abc/of", "abc/of"),
    ]);
}

#[test]
fn code_in_a_line_may_name_its_language() {
    let with = |text: &str| line(text);
    assert!(with("`#!py x = 1`").starts_with("<code class=\"hl language-py\">x"), "{}", with("`#!py x = 1`"));
    assert!(with("`:::js a`").starts_with("<code class=\"hl language-js\">"));
    check(&[
        ("`#!/bin/sh x`", "<code>#!/bin/sh x</code>"),
        ("`:::`", "<code>:::</code>"),
        ("`#!nope <a>`", "<code class=\"hl language-nope\">&lt;a&gt;</code>"),
    ]);
}

#[test]
fn attribute_lists_are_taken_where_they_are_meant() {
    check(&[
        ("![x](y){ width=\"300\" .right }", "<img src=\"y\" alt=\"x\" loading=\"lazy\" class=\"right\" width=\"300\">"),
        ("![x](y){ align=left loading=eager }", "<img src=\"y\" alt=\"x\" align=\"left\" loading=\"eager\">"),
        ("![x](y#only-dark)", "<img src=\"y\" alt=\"x\" loading=\"lazy\" class=\"only-dark\">"),
        ("![x](y#gh-light-mode-only)", "<img src=\"y\" alt=\"x\" loading=\"lazy\" class=\"only-light\">"),
        ("[a](b){ .md-button .md-button--primary }", "<a href=\"b\" class=\"md-button md-button--primary\">a</a>"),
        ("[a](b){:target=\"_blank\"} c", "<a href=\"b\" target=\"_blank\" rel=\"noopener\">a</a> c"),
        (
            "[a](b){:target=\"_blank\"} [c](d){:target=\"_blank\"}",
            "<a href=\"b\" target=\"_blank\" rel=\"noopener\">a</a> <a href=\"d\" target=\"_blank\" rel=\"noopener\">c</a>",
        ),
        ("`a`{.x}", "<code class=\"x\">a</code>"),
        ("*a*{#i} **b**{: title='t' }", "<em id=\"i\">a</em> <strong title=\"t\">b</strong>"),
        ("==a=={.x}", "<mark class=\"x\">a</mark>"),
        ("[a](b){onclick=x style=\"position:fixed\" data-a=b href=javascript:x}", "<a href=\"b\">a</a>"),
        ("`a`{world} `b`{", "<code>a</code>{world} <code>b</code>{"),
        ("Get /users/{id}", "Get /users/{id}"),
        ("a {.x}", "a {.x}"),
        ("![x](y){ width=1;x:y }", "<img src=\"y\" alt=\"x\" loading=\"lazy\">"),
    ]);
    for (text, expected) in [
        ("a\nb\n{: #i .c }", "<p class=\"c\" id=\"i\">a\nb</p>"),
        ("- a\n  {: .c }\n- b", "<ul>\n<li class=\"c\">a</li>\n<li>b</li>\n</ul>"),
        ("> a\n> {: .c }", "<blockquote>\n<p class=\"c\">a</p>\n</blockquote>"),
        ("a\n: b\n  {: .c }", "<dl>\n<dt>a</dt>\n<dd class=\"c\">b</dd>\n</dl>"),
        ("{: .c }", "<p>{: .c }</p>"),
    ] {
        assert_eq!(html(text), expected, "{text}");
    }
    let cells = html("|a { .x }|b|\n|-|-:|\n|1|2 { .y title=\"t\" }|");
    assert!(
        cells.contains("<th class=\"x\">a</th>") && cells.contains("<td class=\"y is-right\" title=\"t\">2</td>"),
        "{cells}"
    );
    let heading = html("## A `b` { #x .y data-toc-label=\"z\" }\n\n## C {#x}\n\n## D {id}");
    assert!(heading.contains("<h2 id=\"x\" class=\"y\">A <code>b</code><a"), "{heading}");
    assert!(heading.contains("<h2 id=\"x_1\">C<a") && heading.contains(">D {id}<a"), "{heading}");
    // Words alone are attributes without a value, where it is sure that they are meant so.
    let bare = html(
        "## A {: #x cmd-line env-var }\n\n## B {: android}\n\n## C {#y toml}\n\n## D { a b }\n\n## *E* ## {: #e }\n\n## F# {#f}\n",
    );
    for part in [
        "<h2 id=\"e\"><em>E</em><a",
        "<h2 id=\"f\">F#<a",
        "<h2 id=\"x\">A<a",
        "<h2 id=\"b\">B<a",
        "<h2 id=\"y\">C<a",
        ">D { a b }<a",
    ] {
        assert!(bare.contains(part), "{part}: {bare}");
    }
}

#[test]
fn abbreviations_are_explained() {
    for (text, expected) in [
        (
            "The HTML, XHTML, HTML5.\n\n*[HTML]: Hyper \"Text\"\n*[HTML5]: Five",
            "<p>The <abbr title=\"Hyper &quot;Text&quot;\">HTML</abbr>, XHTML, <abbr title=\"Five\">HTML5</abbr>.</p>",
        ),
        (
            "*[CI/CD]: x\n\nCI/CD CI `CI/CD` [CI/CD](y)",
            "<p><abbr title=\"x\">CI/CD</abbr> CI <code>CI/CD</code> <a href=\"y\">CI/CD</a></p>",
        ),
        ("a\n*[X]: y *z*\nb X", "<p>a\nb <abbr title=\"y *z*\">X</abbr></p>"),
        (
            "```\n*[X]: y\n```\n\nX",
            "<div class=\"code\"><pre class=\"hl\" tabindex=\"0\"><code>*[X]: y\n</code></pre></div>\n\n<p>X</p>",
        ),
        ("*[X] y", "<p>*[X] y</p>"),
        ("*[X]: <b>\n\nX", "<p><abbr title=\"&lt;b&gt;\">X</abbr></p>"),
    ] {
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn urls_and_addresses_are_links() {
    check(&[
        ("www.a.example/~x/y^z^", "<a href=\"https://www.a.example/~x/y^z^\">www.a.example/~x/y^z^</a>"),
        ("(me@a.example).", "(<a href=\"mailto:me@a.example\">me@a.example</a>)."),
        ("git@github.com:a/b.git @scope/x user@host", "git@github.com:a/b.git @scope/x user@host"),
        ("[me@a.example](x) `www.a.example`", "<a href=\"x\">me@a.example</a> <code>www.a.example</code>"),
        (
            "https://a.example/?a=1&amp;b=2!",
            "<a href=\"https://a.example/?a=1&amp;b=2\">https://a.example/?a=1&amp;b=2</a>!",
        ),
        ("<https://a.example/x>", "<a href=\"https://a.example/x\">https://a.example/x</a>"),
        ("<a href=\"x\">https://a.example</a>", "<a href=\"x\">https://a.example</a>"),
        ("==https://a.example==", "<mark><a href=\"https://a.example\">https://a.example</a></mark>"),
    ]);
}

#[test]
fn a_page_lists_its_headings() {
    assert_eq!(html("[TOC]"), "");
    let page = html("[TOC]\n\n# A\n\n### B\n\n## C\n\n# D <b>x</b>\n");
    assert!(
        page.starts_with("<div class=\"toc\"><ul>\n<li><a href=\"#a\">A</a><ul>\n<li><a href=\"#b\">B</a></li></ul><ul>\n<li><a href=\"#c\">C</a></li></ul></li>\n<li><a href=\"#d-x\">D x</a></li></ul></div>"),
        "{page}"
    );
    check(&[("a [TOC]", "a [TOC]"), ("`[TOC]`", "<code>[TOC]</code>")]);
}

#[test]
fn attributes_survive_the_cleaner() {
    let page = html("<b>x</b> [a](b){:target=\"_blank\" role=button aria-label=\"l\" .c #i} ==m== ++ctrl++");
    for part in [
        "target=\"_blank\"",
        "rel=\"noopener\"",
        "role=\"button\"",
        "aria-label=\"l\"",
        "class=\"c\"",
        "id=\"i\"",
        "<mark>",
        "<kbd>",
    ] {
        assert!(page.contains(part), "{part} not in {page}");
    }
}

/// Signs that go wrong in long runs: the result is bounded by the input.
#[test]
fn runs_of_signs_stay_small() {
    let mega = 64 * 1024;
    for unit in [
        "=",
        "==",
        "==a ",
        "==a==",
        "^",
        "^a",
        "^^(",
        "~",
        "~a~",
        "~~a ",
        "+",
        "++a+",
        "++\"",
        "{",
        "{++",
        "{~~a~>",
        "{.a ",
        "`a`{",
        ":",
        ":a",
        ":rocket:",
        "1/2",
        "(c",
        "<--",
        "@",
        "a@",
        "a@b.",
        "http://",
        "(http://a.b",
        "www.",
        "www.a",
        "a.b/)!",
        "1st ",
        "{a=\"",
        "[a]{",
        "*[a]: b\n",
        "*[",
        "\\",
        "\\=",
        "&#61;",
        "<a>",
        "<b x",
        "_a",
        "a*",
        "[x](",
        "![",
        "^^^a",
        "{>>a<<}",
        "1",
    ] {
        let text = unit.repeat(mega / unit.len());
        let start = std::time::Instant::now();
        let html = html(&text);
        assert!(html.len() < 40 * mega, "{unit}: {}", html.len());
        if std::env::var_os("SHOW").is_some() {
            eprintln!("{unit:?} {:?} {}", start.elapsed(), html.len());
        }
    }
}

/// Whether every element that is opened is closed in order.
fn is_nested(html: &str) -> bool {
    let mut open = Vec::new();
    for piece in html.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or("");
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if matches!(name.as_str(), "br" | "img" | "hr" | "input") {
            continue;
        }
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else {
            open.push(name);
        }
    }
    open.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn elements_nest(parts in proptest::collection::vec(0..PARTS.len(), 0..30)) {
        let text: String = parts.iter().map(|part| PARTS[*part]).collect();
        let html = html(&text);
        prop_assert!(is_nested(&html), "{text:?}\n{html}");
    }

    #[test]
    fn text_is_kept(parts in proptest::collection::vec(0..SIGNS.len(), 0..30)) {
        let text: String = std::iter::once("x ").chain(parts.iter().map(|part| SIGNS[*part])).collect();
        let html = html(&text);
        let shown: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).count();
        prop_assert_eq!(letters(&shown), letters(&text), "{:?}\n{}", text, html);
    }
}

const PARTS: [&str; 30] = [
    "==",
    "^^",
    "^",
    "~~",
    "~",
    "**",
    "*",
    "_",
    "`",
    "a",
    " ",
    "b ",
    "[a](b)",
    "[",
    "](c)",
    "![",
    "{.x}",
    "{#y}",
    "{++",
    "++}",
    "{~~",
    "~>",
    "~~}",
    "++ctrl++",
    ":rocket:",
    "www.a.example",
    "me@a.example",
    "\n",
    "\n\n",
    "<--",
];
const SIGNS: [&str; 16] =
    ["==", "^^", "^", "~~", "~", "**", "*", "_", "a", " ", "bc ", "{++", "++}", "x-", "\nz ", "é"];
