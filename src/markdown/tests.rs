//! The dialect as data, and the promises: no panic, no loss of text, no hang.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::base::{NoMemo, Text};

fn page(text: &str) -> Rendered {
    render(text, &Options::PAGE, &NoMemo)
}

/// The HTML with every link led to its own target.
fn html(text: &str) -> String {
    let rendered = page(text);
    rendered.html(&mut |index| Href::To(rendered.links[index].target.clone()), &NoMemo)
}

#[test]
fn the_dialect() {
    for (name, text, expected) in [
        (
            "paragraph",
            "a *b* **c** `d<` ~~e~~  \nf",
            &["<p>a <em>b</em> <strong>c</strong> <code>d&lt;</code> <del>e</del><br>\nf</p>"][..],
        ),
        ("heading", "## A `b` C", &["<h2 id=\"a-b-c\">A <code>b</code> C<a class=\"anchor\" href=\"#a-b-c\""]),
        (
            "heading id",
            "# Get /users/{id}\n# Set { #x .y }\n# {#z}",
            &["id=\"get-usersid\">Get /users/{id}<a", "<h1 id=\"x\" class=\"y\">Set<a", "{#z}"],
        ),
        (
            "tasks",
            "- [x] a\n- [ ] b",
            &["<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</li>"],
        ),
        ("ordered", "3. a\n4. b", &["<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"]),
        (
            "table",
            "|a|b|\n|-|-:|\n|1|2|",
            &[
                "<div class=\"table-scroll\"",
                "<th class=\"is-right\">b</th>",
                "<tbody>\n<tr><td>1</td>",
                "</tbody></table></div>",
            ],
        ),
        (
            "footnote",
            "a[^n] b[^n]\n\n[^n]: text\n\n[^u]: unused",
            &[
                "<a id=\"fnref:n\" href=\"#fn:n\">1</a></sup> b",
                "<li id=\"fn:n\"><p>text <a href=\"#fnref:n\"",
                "unused",
            ],
        ),
        (
            "alert",
            "> [!WARNING]\n> a",
            &["<div class=\"admonition warning\"><p class=\"admonition-title\">Warning</p>\n<p>a</p>\n</div>"],
        ),
        ("definitions", "a\n: b", &["<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"]),
        (
            "bare",
            "see https://a.example/x_y_z?a=1&b=2.",
            &["see <a href=\"https://a.example/x_y_z?a=1&amp;b=2\">https://a.example/x_y_z?a=1&amp;b=2</a>."],
        ),
        ("mail", "<me@a.example>", &["<a href=\"mailto:me@a.example\">me@a.example</a>"]),
        ("image", "![a *b*](c.png \"t\")", &["<img src=\"c.png\" alt=\"a b\" title=\"t\" loading=\"lazy\">"]),
        (
            "image in link",
            "[![a](b.svg)](c.md)",
            &["<a href=\"c.md\"><img src=\"b.svg\" alt=\"a\" loading=\"lazy\"></a>"],
        ),
        (
            "code",
            "```yaml title=\"x\"\na: 1\n```",
            &[
                "<figure class=\"code\"><figcaption>x</figcaption><pre class=\"hl\" tabindex=\"0\"><code class=\"language-yaml\"><span class=\"p\">a</span>: <span class=\"n\">1</span>\n</code></pre></figure>",
            ],
        ),
        (
            "code in a list",
            "- a\n\n    ```\n    b\n    ```",
            &["<div class=\"code\"><pre class=\"hl\" tabindex=\"0\"><code>b\n</code></pre></div>"],
        ),
        (
            "mermaid",
            "```mermaid\na-->b\n```",
            &["<figure class=\"diagram is-failed\">", "could not be drawn", "a--&gt;b"],
        ),
        ("front matter", "---\ntitle: T\n---\n# A", &["<h1 id=\"a\">"]),
        (
            "no javascript",
            "[a](javascript:alert) ![b](data:text/html,x)",
            &["<p><a>a</a> <img alt=\"b\" loading=\"lazy\"></p>"],
        ),
    ] {
        let html = html(text);
        for part in expected {
            assert!(html.contains(part), "{name}: {part}\nnot in {html}");
        }
    }
}

#[test]
fn blocks_of_mkdocs() {
    for (name, text, expected) in [
        (
            "admonition",
            "!!! note \"A *b*\"\n    c\n\n    d\n\ne",
            "<div class=\"admonition note\"><p class=\"admonition-title\">A <em>b</em></p>\n<p>c</p>\n<p>d</p>\n</div>\n<p>e</p>\n",
        ),
        ("untitled", "!!! tip \"\"\n    c\n", "<div class=\"admonition tip\"><p>c</p>\n</div>\n"),
        (
            "after text",
            "a\n!!! tip\n    c\nb",
            "<p>a</p>\n<div class=\"admonition tip\"><p class=\"admonition-title\">Tip</p>\n<p>c</p>\n</div>\n<p>b</p>\n",
        ),
        (
            "details",
            "???+ warning \"1. x\"\n\n    - c\n",
            "<details class=\"warning\" open><summary>1. x</summary>\n<ul>\n<li>c</li>\n</ul>\n</details>\n",
        ),
        (
            "nested",
            "!!! note\n    a\n\n    ??? tip\n        b\n    c\n",
            "<div class=\"admonition note\"><p class=\"admonition-title\">Note</p>\n<p>a</p>\n<details class=\"tip\"><summary>Tip</summary>\n<p>b</p>\n</details>\n<p>c</p>\n</div>\n",
        ),
        (
            "code",
            "!!! note\n    ```\n    a\n\n      b\n",
            "<div class=\"admonition note\"><p class=\"admonition-title\">Note</p>\n<div class=\"code\"><pre class=\"hl\" tabindex=\"0\"><code>a\n\n  b\n</code></pre></div>\n\n</div>\n",
        ),
        (
            "in code",
            "```\n!!! note\n    a\n```\n",
            "<div class=\"code\"><pre class=\"hl\" tabindex=\"0\"><code>!!! note\n    a\n</code></pre></div>\n\n",
        ),
        ("in a comment", "<!--\n!!! note\n    a\n-->\n", ""),
        (
            "indented code",
            "a\n\n    !!! note\n        b\n",
            "<p>a</p>\n<div class=\"code\"><pre class=\"hl\" tabindex=\"0\"><code>!!! note\n    b\n</code></pre></div>\n\n",
        ),
        (
            "in a list",
            "1. a\n\n    !!! note\n        b\n\n2. c\n",
            "<ol>\n<li><p>a</p>\n<div class=\"admonition note\"><p class=\"admonition-title\">Note</p>\n<p>b</p>\n</div>\n</li>\n<li><p>c</p>\n</li>\n</ol>\n",
        ),
        (
            "a table ends",
            "!!! note\n    |a|\n    |-|\n    |b|\nc",
            "<div class=\"admonition note\"><p class=\"admonition-title\">Note</p>\n<div class=\"table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n<thead><tr><th>a</th></tr></thead>\n<tbody>\n<tr><td>b</td></tr>\n</tbody></table></div>\n</div>\n<p>c</p>\n",
        ),
        (
            "tabs",
            "=== \"A\"\n    a\n\n=== \"B\"\n\n    b\n\nc\n",
            "<div class=\"tabs\" role=\"group\" aria-label=\"Tabs\">\n<input type=\"radio\" name=\"tabs-1\" id=\"tabs-1-1\" data-tab=\"A\" checked><label for=\"tabs-1-1\">A</label><div class=\"tab-panel\">\n<p>a</p>\n</div>\n<input type=\"radio\" name=\"tabs-1\" id=\"tabs-1-2\" data-tab=\"B\"><label for=\"tabs-1-2\">B</label><div class=\"tab-panel\">\n<p>b</p>\n</div></div>\n<p>c</p>\n",
        ),
        (
            "tabs indented",
            "!!! note\n\t=== \"A\"\n\t\ta\n",
            "<div class=\"admonition note\"><p class=\"admonition-title\">Note</p>\n<div class=\"tabs\" role=\"group\" aria-label=\"Tabs\">\n<input type=\"radio\" name=\"tabs-1\" id=\"tabs-1-1\" data-tab=\"A\" checked><label for=\"tabs-1-1\">A</label><div class=\"tab-panel\">\n<p>a</p>\n</div></div>\n</div>\n",
        ),
        (
            "no body",
            "!!! note\nb",
            "<div class=\"admonition note\"><p class=\"admonition-title\">Note</p>\n</div>\n<p>b</p>\n",
        ),
        ("not one", "!!! wow, this\n    b", "<p>!!! wow, this\nb</p>\n"),
    ] {
        assert_eq!(html(text), expected, "{name}");
    }
}

#[test]
fn html_of_authors_is_cleaned() {
    for (text, expected) in [
        ("<script>alert(1)</script>\n\na", "a"),
        ("a <img src=x onerror=alert(1) style=\"position:fixed\"> b", "<p>a <img src=\"x\"> b</p>"),
        ("<iframe src=\"x\"></iframe>\n\n<form><input name=q><button>b</button></form>", "b"),
        (
            "<details>\n<summary>A</summary>\n\n**b**\n\n</details>",
            "<details>\n<summary>A</summary>\n<p><strong>b</strong></p>\n</details>",
        ),
        ("<a href=\"javascript:x\">a</a> <a href=\"&#106;avascript:x\">b</a>", "<p><a>a</a> <a>b</a></p>"),
        (
            "<p align=\"center\"><a name=\"x\"></a><kbd>k</kbd></p>",
            "<p align=\"center\"><a id=\"x\"></a><kbd>k</kbd></p>",
        ),
        ("</div></article></main>a <div>b", "a <div>b</div>"),
        ("<!-- a -->\n\nb <!-- c --> d", "<p>b  d</p>"),
        (
            "<picture><source srcset=\"d.svg\" media=\"(x)\"><img src=\"l.svg\"></picture>",
            "<picture><source srcset=\"d.svg\" media=\"(x)\"><img src=\"l.svg\"></picture>",
        ),
        ("a<br/>b", "<p>a<br>b</p>"),
    ] {
        let html = html(text);
        assert!(html.contains(expected), "{text}\n{html}");
        for bad in ["script", "onerror", "style=", "iframe", "form", "button", "</main", "</article"] {
            assert!(!html.contains(bad), "{text}\n{html}");
        }
    }
}

#[test]
fn code_survives_the_cleaner() {
    let html = html("<b>x</b>\n\n```yaml\na: <b>\n```\n\n# A\n\n[^1]\n\n[^1]: b\n\n- [x] c");
    for part in [
        "<span class=\"p\">a</span>: &lt;b&gt;",
        "id=\"a\"",
        "href=\"#fn:1\"",
        "id=\"fn:1\"",
        "type=\"checkbox\"",
        "class=\"anchor\" href=\"#a\"",
    ] {
        assert!(html.contains(part), "{part} not in {html}");
    }
}

/// Headings of one page, and the ids that Python-Markdown gave them (3.x, `toc`, `attr_list`,
/// pymdownx's inline extensions).
#[test]
fn ids_are_those_of_python_markdown() {
    let table = [
        ("What's new: C++ & foo_bar (v1.2)?", "whats-new-c-foo_bar-v12"),
        ("a -- b", "a-b"),
        ("Über uns", "uber-uns"),
        ("日本語", "_1"),
        ("Café au lait", "cafe-au-lait"),
        ("Straße", "strae"),
        ("ﬁne ligature", "fine-ligature"),
        ("½ cup", "12-cup"),
        ("№ 5", "no-5"),
        ("①②③", "123"),
        ("x²", "x2"),
        ("Ⅳ", "iv"),
        ("Ω ohm", "ohm"),
        ("naïve–dash", "naivedash"),
        ("em—dash", "emdash"),
        ("a_b_c", "a_b_c"),
        ("__init__", "init"),
        ("`code` here", "code-here"),
        ("`a_b` and `c-d`", "a_b-and-c-d"),
        ("**Bold** *it*", "bold-it"),
        ("~~x~~ del", "x-del"),
        ("<b>html</b> in", "html-in"),
        ("a <br> b", "a-b_1"),
        ("&amp; entity", "entity"),
        ("&lt;tag&gt;", "tag"),
        ("A &copy; B", "a-b_2"),
        ("(c) symbol", "symbol"),
        ("(tm) mark", "tm-mark"),
        ("--> arrow", "arrow"),
        ("1/2 half", "12-half"),
        ("1st place", "1st-place"),
        (":rocket: Launch", "launch"),
        ("🚀 Launch", "launch_1"),
        ("Launch 🚀", "launch_2"),
        ("[link](x.md) text", "link-text"),
        ("![img](a.png) text", "text"),
        ("C#", "c"),
        ("C++", "c_1"),
        (".NET", "net"),
        ("1. One", "1-one"),
        ("1.2.3", "123_1"),
        ("v1.2.3-rc.1", "v123-rc1"),
        ("foo/bar", "foobar"),
        ("foo\\\\bar", "foobar_1"),
        ("foo\\_bar", "foo_bar"),
        ("$HOME", "home"),
        ("${x}", "x"),
        ("{{ x }}", "x_1"),
        ("a.b.c", "abc"),
        ("a:b", "ab"),
        ("a,b", "ab_1"),
        ("a;b", "ab_2"),
        ("a'b", "ab_3"),
        ("\"quoted\"", "quoted"),
        ("Don’t", "dont"),
        ("“smart”", "smart"),
        ("tab\there", "tab-here"),
        ("double  space", "double-space"),
        ("trailing-", "trailing-"),
        ("-leading", "-leading"),
        ("--flag", "-flag"),
        ("- dash", "-dash"),
        ("_under_", "under"),
        ("_1", "_2"),
        ("a_1", "a_1"),
        ("Setup", "setup"),
        ("Setup", "setup_1"),
        ("Setup_1", "setup_2"),
        ("Setup", "setup_3"),
        ("Setup_1", "setup_4"),
        ("日本", "_3"),
        ("Привет мир", "_4"),
        ("مرحبا", "_5"),
        ("ελληνικά", "_6"),
        ("Ελληνικά", "_7"),
        ("ı dotless", "dotless"),
        ("İstanbul", "istanbul"),
        ("ﷺ", "_8"),
        ("a\u{200b}b", "ab_4"),
        ("a b", "a-b_3"),
        ("a\u{ad}b", "ab_5"),
        ("100%", "100"),
        ("50 % off", "50-off"),
        ("#hash", "hash"),
        ("Heading #", "heading"),
        ("@user", "user"),
        ("me@a.example", "meaexample"),
        ("https://a.example/x", "httpsaexamplex"),
        ("==mark==", "mark"),
        ("^^ins^^", "ins"),
        ("H~2~O", "h2o"),
        ("x^2^", "x2_1"),
        ("++ctrl+c++", "ctrlc"),
        ("FAQ?", "faq"),
        ("FAQ!", "faq_1"),
        ("A/B", "ab_6"),
        ("a\\*b", "ab_7"),
        ("^caret", "caret"),
        ("|pipe|", "pipe"),
        ("~tilde~", "tilde"),
        ("a = b", "a-b_4"),
        ("a == b", "a-b_5"),
        ("a+b", "ab_8"),
        ("a & b", "a-b_6"),
        ("AT&T", "att"),
        ("Résumé", "resume"),
        ("ÀÉÎÕÜ", "aeiou"),
        ("ñ", "n"),
        ("đ", "_9"),
        ("ø", "_10"),
        ("ł", "_11"),
        ("æ", "_12"),
        ("œ", "_13"),
        ("þ", "_14"),
        ("ß", "_15"),
    ];
    let text: String = table.iter().map(|(heading, _)| format!("## {heading}\n\n")).collect();
    let rendered = page(&text);
    assert_eq!(rendered.outline.len(), table.len());
    let wrong: Vec<String> = rendered
        .outline
        .iter()
        .zip(table)
        .filter(|(heading, (_, id))| heading.id != *id)
        .map(|(heading, (text, id))| format!("{text:?}: {:?}, not {id:?}\n", heading.id))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn ids_of_authors_do_not_collide() {
    let rendered = page("# Setup\n\n<a id=\"setup\"></a><a id=\"mine\"></a>\n");
    assert_eq!(rendered.anchors, ["setup", "mine"]);
    let html = rendered.html(&mut |_| Href::Unlinked, &NoMemo);
    assert_eq!(html.matches("id=\"setup\"").count(), 1, "{html}");
}

#[test]
fn links_know_their_place() {
    for (text, expected) in [
        ("é [a](b.md)\n", "1:7 b.md"),
        ("- x\n- [a *b*](<c d.md> \"b\")\n", "2:12 c d.md"),
        ("[a][R]\n\n[r]: x/y.md\n", "3:6 x/y.md"),
        ("[a]\n\n[a]: <x.md>\n", "3:7 x.md"),
        ("![i](i.png)\n", "1:6 i.png"),
        ("see\nhttps://a.example/b_c_d. d", "2:1 https://a.example/b_c_d"),
        ("> !!! note\n\n!!! note \"[t](t.md)\"\n    é [a](b.md)\n", "3:15 t.md, 4:11 b.md"),
        ("---\ntitle: x\n---\n[a](b.md)\n", "4:5 b.md"),
        ("x\n\n<p><img src=\"a.png\"> <a href=\"b&amp;c.md\">a</a></p>\n", "3:14 a.png, 3:31 b&c.md"),
        ("=== \"A\"\n\n\t[x](y.md)\n\n\ta <b>[z](w.md)</b>\n", "3:6 y.md, 5:11 w.md"),
        ("[a\nb](c.md)", "2:4 c.md"),
    ] {
        let source = Text::from_bytes(text.as_bytes());
        let found: Vec<String> = page(text)
            .links
            .iter()
            .map(|link| {
                let at = source.position(link.span.start);
                format!("{}:{} {}", at.line, at.column, link.target)
            })
            .collect();
        assert_eq!(found.join(", "), expected, "{text}");
    }
}

#[test]
fn a_page_knows_its_title_outline_and_text() {
    let rendered = page("![badge](b.svg)\n\n# The `T`\n\nLead *text*.\n\n## B\n\nx\n\n## B\n\n|a|\n|-|\n|b|\n");
    assert_eq!(rendered.title.as_deref(), Some("The T"));
    assert_eq!(rendered.lead.as_deref(), Some("Lead text."));
    let outline: Vec<(u8, &str)> =
        rendered.outline.iter().map(|heading| (heading.level, heading.id.as_str())).collect();
    assert_eq!(outline, [(1, "the-t"), (2, "b"), (2, "b_1")]);
    assert_eq!(rendered.text, "The T\nLead text.\nB\nx\nB\na\nb");
    assert_eq!(rendered.anchor("b-1"), Some("b_1"));
    assert_eq!(rendered.anchor("nope"), None);
}

#[test]
fn links_that_lead_nowhere_keep_their_text() {
    let rendered = page("[a](x.md) ![b](y.png) <a href=\"z\">c</a>");
    assert_eq!(
        rendered.html(&mut |_| Href::Missing, &NoMemo),
        "<p><a class=\"missing\">a</a> <img alt=\"b\" loading=\"lazy\"> <a>c</a></p>\n"
    );
}

/// Inputs made to be slow, deep or large.
#[test]
fn hostile_input_ends_soon_and_shows() {
    let repeat = |text: &str, bytes: usize| text.repeat(bytes / text.len());
    let mega = 1024 * 1024;
    let items: String = (0..400).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
    let footnotes: String = (0..10_000).map(|number| format!("[^{number}]\n\n[^{number}]: x\n\n")).collect();
    let panels: String = (0..300).map(|depth| format!("{}!!! note\n", "    ".repeat(depth))).collect();
    let slow: Vec<(&str, String)> = [
        ("brackets", repeat("[", mega)),
        ("images", repeat("![", mega)),
        ("links", repeat("[a](", mega)),
        ("quotes", repeat(">", mega)),
        ("quote lines", repeat(&format!("{}x\n", ">".repeat(500)), mega)),
        ("stars", repeat("*", mega)),
        ("stars apart", repeat("*a ", mega)),
        ("mixed emphasis", repeat("*a_ ", mega)),
        ("ticks", (1..1_400).map(|count| "`".repeat(count) + " ").collect()),
        ("items", repeat("- ", mega)),
        ("nested items", items),
        ("footnotes", footnotes),
        ("panels", panels),
        ("one line", "x".repeat(5 * mega)),
        ("html", repeat("<div>", mega)),
        ("open formatting", (0..30_000).map(|number| format!("<b class=c{number}>\n\n")).collect()),
        ("comments", repeat("<!-- ", mega)),
        ("tags", repeat("<a b='", mega)),
        ("headings", repeat("# a\n", mega / 4)),
        ("table", format!("|{}\n|{}\n{}", "a|".repeat(1_000), "-|".repeat(1_000), repeat("|\n", mega / 64))),
        ("urls", repeat("http://a.b/)", mega)),
        ("parentheses", format!("http://a.b/{}", repeat(")", mega))),
        ("entities", repeat("&#x", mega)),
        ("definitions", repeat("[a]: b\n", mega)),
        ("fences", repeat("```\n", mega / 8)),
        ("code", format!("```rust\n{}\n```", repeat("/*", mega))),
    ]
    .into_iter()
    .collect();
    for (name, text) in slow {
        let start = Instant::now();
        let rendered = page(&text);
        let html = rendered.html(&mut |_| Href::Unlinked, &NoMemo);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{name} took {took:?}");
        let depth = depth(&html);
        assert!(depth < 600, "{name} is {depth} deep");
        if std::env::var_os("SHOW").is_some() {
            let kinds: Vec<_> = rendered.problems.iter().map(|problem| problem.kind.clone()).collect();
            eprintln!("{name:20} {took:8.2?} {:9} bytes {:9} out {depth:4} deep {kinds:?}", text.len(), html.len());
        }
    }
}

fn depth(html: &str) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    for piece in html.split('<').skip(1) {
        let name: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        if name.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !matches!(name.as_str(), "br" | "img" | "hr" | "input" | "wbr" | "source" | "col") {
            depth += 1;
        }
        most = most.max(depth);
    }
    most
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort();
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_panics(text in "([ \\n\\t>#*_~`|!?=\\[\\]()<>&\"{}:.-]{0,6}[a-z1-9é\\-]{0,3}){0,40}") {
        let _ = html(&text);
    }

    #[test]
    fn pieces_of_syntax_in_any_order(parts in proptest::collection::vec(0..22_usize, 0..40)) {
        const PARTS: [&str; 22] = [
            "!!! note\n", "    ", "=== \"A\"\n", "??? tip \"x\"\n", "```\n", "~~~", "- ", "1. ", "> ", "|a|b|\n|-|-|\n", "<div>", "</div>",
            "<!--", "-->", "\n", "\n\n", "[^1]", "[^1]: ", "x", "# ", "[a](b)", "<details>\n\n",
        ];
        let text: String = parts.iter().map(|part| PARTS[*part]).collect();
        let _ = html(&text);
    }

    // Link targets, info strings, references and HTML are not shown, so the alphabet has none.
    #[test]
    fn no_word_is_lost(text in "([ \\n>#*_|!?=.\\-\\[\\]]{0,6}[a-z0-9]{1,4}){0,60}") {
        let rendered = page(&text);
        let html = rendered.html(&mut |_| Href::Unlinked, &NoMemo);
        let shown: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().join("\u{1}");
        let joined = shown.replace('\u{1}', "");
        let letters = |text: &str| -> usize { text.chars().filter(char::is_ascii_alphabetic).count() };
        prop_assert!(letters(&joined) >= letters(&text), "{text:?}\n{html}");
        prop_assert!(words(&rendered.text).concat().len() + 16 >= words(&text).concat().len().min(16));
    }

    #[test]
    fn spans_stay_inside_the_text(text in "(!!! note\\n|\\t|    |é|\\[a\\]\\(b\\)|\\n|=== \"A\"\\n|x){0,30}") {
        for link in page(&text).links {
            prop_assert_eq!(text.get(link.span.range()), Some("b"));
        }
    }
}

#[test]
fn pictures_keep_room_for_themselves() {
    for (text, expected) in [
        ("![a](p.png)", "<img width=\"40\" height=\"30\" src=\"p.png\" alt=\"a\" loading=\"lazy\">"),
        ("![a](p.png){ width=20 }", "<img height=\"15\" src=\"p.png\" alt=\"a\" loading=\"lazy\" width=\"20\">"),
        ("<img width=\"80\" src=\"p.png\">", "<img width=\"80\" height=\"60\" src=\"p.png\">"),
        ("<img src=\"p.png\" width=\"50%\">", "<img src=\"p.png\" width=\"50%\">"),
        ("<img src=\"p.png\" height=\"9\">", "<img src=\"p.png\" height=\"9\">"),
        ("[a](p.png)", "<a href=\"p.png\">a</a>"),
        ("<video src=\"p.png\"></video>", "<video src=\"p.png\" controls"),
    ] {
        let rendered = render(text, &Options::PAGE, &NoMemo);
        let picture = |_| Href::Picture { href: "p.png".to_owned(), width: 40, height: 30 };
        let html = rendered.html(&mut { picture }, &NoMemo);
        assert!(html.contains(expected), "{text}\n{html}");
    }
}
