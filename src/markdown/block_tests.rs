//! The block half of the dialect as data: what each construct becomes, what is left alone, and
//! that nothing is lost, moved or multiplied.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::base::{NoMemo, Text};

/// Files by name; the number of one is its place.
struct Files(Vec<(&'static str, String)>);

impl Snippets for Files {
    fn read(&self, name: &str) -> Result<SnippetText, String> {
        let at = self.0.iter().position(|(have, _)| *have == name).ok_or("as there is no such file")?;
        Ok(SnippetText {
            number: u32::try_from(at).unwrap(),
            text: Arc::new(Text::from_bytes(self.0[at].1.as_bytes())),
        })
    }
}

fn files(list: &[(&'static str, &str)]) -> Files {
    Files(list.iter().map(|(name, text)| (*name, (*text).to_owned())).collect())
}

fn page(text: &str) -> Rendered {
    render(text, &Options::PAGE, &NoMemo)
}

fn html_of(rendered: &Rendered) -> String {
    rendered.html(&mut |index| Href::To(rendered.links[index].target.clone()), &NoMemo)
}

fn html(text: &str) -> String {
    html_of(&page(text))
}

/// Name, Markdown, what the HTML holds; what begins with `-` it does not hold.
fn check(cases: &[(&str, &str, &[&str])]) {
    for (name, text, expected) in cases {
        let html = html(text);
        for part in *expected {
            match part.strip_prefix('\u{2d}') {
                Some(absent) => assert!(!html.contains(absent), "{name}: {absent}\nis in {html}"),
                None => assert!(html.contains(part), "{name}: {part}\nnot in {html}"),
            }
        }
    }
}

const NOTE: &str = "<div class=\"admonition note\"><p class=\"admonition-title\">Note</p>\n<p>b</p>\n</div>";

#[test]
fn admonitions_stand_anywhere() {
    check(&[
        (
            "inline end",
            "!!! info inline end \"T\"\n\n    b\n",
            &["<div class=\"admonition info inline end\"><p class=\"admonition-title\">T</p>"],
        ),
        ("in a quote", "> !!! note\n>     b\n>\n> c\n", &["<blockquote>\n", NOTE, "<p>c</p>\n</blockquote>"]),
        ("in a quote in an item", "- a\n\n    > !!! note\n    >     b\n", &["<li>", "<blockquote>", NOTE]),
        ("first in an item", "- !!! note\n      b\n- c\n", &["<li>", NOTE, "<li><p>c</p>"]),
        ("below an item", "- a\n\n    !!! note\n\n        b\n\n- c\n", &[NOTE, "<p>c</p>\n</li>\n</ul>"]),
        ("in a deep item", "1. a\n    - c\n\n        !!! note\n            b\n", &["<ol>", "<ul>", NOTE]),
        (
            "tabs as indentation",
            "!!! note\n\tb\n\n\t- c\n\n\t\td\n",
            &["<p>b</p>\n<ul>\n<li><p>c</p>\n<p>d</p>\n</li>\n</ul>\n</div>"],
        ),
        ("number sign", "!!! note \"C #\"\n    b\n", &["<p class=\"admonition-title\">C #</p>"]),
        ("in an admonition in a quote", "> !!! tip\n>     !!! note\n>         b\n", &["admonition tip", NOTE]),
        ("in code of a quote", "> ```\n> !!! note\n>     b\n> ```\n", &["!!! note\n    b", "-admonition"]),
        ("in code of an item", "- ~~~\n  !!! note\n  ~~~\n\n!!! note\n    b", &["<code>!!! note\n</code>", NOTE]),
        ("in pre", "<pre>\n!!! note\n    b\n</pre>\n\n!!! note\n    b\n", &["<pre>!!! note\n    b\n</pre>", NOTE]),
        ("text goes on", "a\n    !!! note\n", &["<p>a\n!!! note</p>"]),
    ]);
    for kind in [
        "note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger", "bug", "example",
        "quote",
    ] {
        assert!(html(&format!("!!! {kind}\n    b\n")).contains(&format!("<div class=\"admonition {kind}\">")));
    }
}

#[test]
fn alerts_of_both_hosts() {
    check(&[
        ("lower case", "> [!note]\n> b\n", &[NOTE]),
        (
            "Obsidian",
            "> [!example]\n> b\n",
            &["<div class=\"admonition example\"><p class=\"admonition-title\">Example</p>"],
        ),
        (
            "danger",
            "> [!danger]\n> b\n",
            &["<div class=\"admonition danger\"><p class=\"admonition-title\">Danger</p>"],
        ),
        ("folded", "> [!faq]- Why?\n> b\n", &["<details class=\"question faq\"><summary>Why?</summary>\n<p>b</p>"]),
        ("in the middle", "> a\n>\n> [!NOTE]\n> b\n", &["<blockquote>\n<p>a</p>\n</blockquote>", NOTE]),
        ("an empty line below", "> [!NOTE]\n>\n> b\n", &[NOTE, "-<blockquote>"]),
        (
            "with a title",
            "> [!IMPORTANT] Mind *this*\n> b\n",
            &[
                "<div class=\"admonition warning\"><p class=\"admonition-title\">Mind <em>this</em></p>\n<p>b</p>\n</div>",
                "-<blockquote>",
            ],
        ),
        ("lazy", "> [!TIP] T\n> b\nc\n\nd", &["<p>b\nc</p>\n</div>\n<p>d</p>"]),
        ("unknown", "> [!FOO] T\n> b\n", &["<blockquote>", "[!FOO] T\nb"]),
        ("unknown alone", "> [!FOO]\n> b\n", &["<blockquote>", "[!FOO]\nb"]),
        ("no space", "> [!NOTE](x.md)\n> b\n", &["<blockquote>", "<a href=\"x.md\">!NOTE</a>"]),
        (
            "fenced",
            ">>> [!caution] Hot\na\n\nb\n>>>\nc\n",
            &[
                "<div class=\"admonition danger\"><p class=\"admonition-title\">Hot</p>\n<p>a</p>\n<p>b</p>\n</div>\n<p>c</p>",
            ],
        ),
        (
            "fenced, no title",
            ">>> [!important]\nb\n>>>\n",
            &["<div class=\"admonition warning\"><p class=\"admonition-title\">Important</p>\n<p>b</p>"],
        ),
        ("fenced quote", ">>>\na\n\nb\n>>>\nc", &["<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>"]),
        ("nested quotes", ">>> a\n>>> b\n", &["<blockquote>\n<blockquote>\n<blockquote>"]),
        ("not closed", ">>>\na\n", &["a"]),
        ("in an item", "- a\n\n  > [!NOTE] T\n  > b\n", &["<li>", "admonition note", "<p>b</p>"]),
    ]);
}

#[test]
fn tabs_hold_anything() {
    check(&[
        ("linked", "=== \"A & b\"\n    a\n", &["id=\"tabs-1-1\" data-tab=\"A &amp; b\" checked>"]),
        ("new set", "=== \"A\"\n    a\n\n===! \"B\"\n    b\n", &["name=\"tabs-2\" id=\"tabs-2-1\""]),
        ("selected", "=== \"A\"\n    a\n\n===+ \"B\"\n    b\n", &["id=\"tabs-1-2\" data-tab=\"B\" checked"]),
        (
            "fence",
            "=== \"A\"\n\n    ``` py title=\"x\"\n    === \"no\"\n        b\n    ```\n\n=== \"B\"\n\n    - c\n",
            &["<figcaption>x</figcaption>", "\"no\"", "id=\"tabs-1-2\"", "<li>c</li>", "-tabs-1-3"],
        ),
        (
            "nested",
            "=== \"A\"\n\n    === \"B\"\n\n        !!! note\n            b\n\n=== \"C\"\n\n    c\n",
            &["name=\"tabs-2\"", NOTE, "id=\"tabs-1-2\" data-tab=\"C\""],
        ),
        (
            "in an item",
            "1. a\n\n    === \"A\"\n        b\n    === \"B\"\n        c\n\n2. d\n",
            &["id=\"tabs-1-2\"", "<li><p>d</p>"],
        ),
        (
            "after an unclosed fence",
            "=== \"A\"\n    ```\n    a\n=== \"B\"\n    b\n",
            &["<code>a\n</code>", "id=\"tabs-1-2\""],
        ),
    ]);
}

#[test]
fn blocks_between_slashes() {
    check(&[
        (
            "note",
            "/// note | A *t*\nb\n///\nc",
            &[
                "<div class=\"admonition note\"><p class=\"admonition-title\">A <em>t</em></p>\n<p>b</p>\n</div>\n<p>c</p>",
            ],
        ),
        (
            "other names",
            "/// New | T\nb\n///\n",
            &["<div class=\"admonition new\"><p class=\"admonition-title\">T</p>"],
        ),
        ("no title", "/// note |\nb\n///\n", &["<div class=\"admonition note\"><p>b</p>"]),
        ("default", "/// note\nb\n///\n", &[NOTE]),
        (
            "details",
            "/// details | T\n    type: warning\n    open: true\n\nb\n///\n",
            &["<details class=\"warning\" open><summary>T</summary>\n<p>b</p>\n</details>"],
        ),
        ("details of a type", "/// details-tip | T\nb\n///\n", &["<details class=\"tip\"><summary>T</summary>"]),
        (
            "admonition",
            "/// admonition | T\n    type: danger\nb\n///\n",
            &["<div class=\"admonition danger\"><p class=\"admonition-title\">T</p>\n<p>b</p>"],
        ),
        (
            "attributes",
            "/// note | T\n    attrs: {class: x, id: y}\n\nb\n///\n",
            &["<div class=\"admonition note x\" id=\"y\">"],
        ),
        (
            "attributes and HTML",
            "<b>a</b>\n\n/// note | T\n    attrs: {id: y}\n\nb\n///\n",
            &["<div class=\"admonition note\" id=\"y\">"],
        ),
        (
            "tabs",
            "/// tab | A\na\n///\n\n/// tab | B\n    select: true\n\nb\n///\n\n/// tab | C\n    new: true\n\nc\n///\n",
            &["id=\"tabs-1-2\" data-tab=\"B\" checked", "id=\"tabs-2-1\" data-tab=\"C\""],
        ),
        (
            "nested",
            "//// note | A\n/// tip\nb\n///\nc\n////\nd",
            &[
                "<div class=\"admonition tip\"><p class=\"admonition-title\">Tip</p>\n<p>b</p>\n</div>\n<p>c</p>\n</div>\n<p>d</p>",
            ],
        ),
        ("html", "/// html | div.a.b#i\n*b*\n///\n", &["<div class=\"a b\" id=\"i\">\n<p><em>b</em></p>\n</div>"]),
        ("html that is not allowed", "/// html | script\nb\n///\n", &["b", "-<script"]),
        ("caption", "/// caption\nFig\n///\n", &["<div class=\"caption\">\n<p>Fig</p>\n</div>"]),
        ("define", "/// define\nTerm\n\n- Def\n\n///\n", &["Term", "<li>Def</li>"]),
        ("not closed", "/// note\nb\n", &[NOTE]),
        ("code", "/// note\n```\n///\n```\nb\n///\nc", &["<code>///\n</code>", "</div>\n<p>c</p>"]),
        ("comments of code", "/// A doc comment\n/// of Rust\n", &["/// A doc comment\n/// of Rust"]),
        ("unknown", "/// foo | x\nb\n///\n", &["/// foo | x\nb\n///"]),
        ("options that are no map", "/// note\n    - a\n\nb\n///\n", &["<code>- a", "<p>b</p>"]),
        ("in an item", "- a\n\n    /// note\n    b\n    ///\n\n- c\n", &[NOTE, "<p>c</p>\n</li>"]),
        ("more slashes do not close", "/// note\nb\n////\n///\nc", &["b\n////", "<p>c</p>"]),
    ]);
}

#[test]
fn fences_at_any_place() {
    for (name, text) in [
        ("item 2", "- a\n\n  ```\n  x\n    y\n  ```\n"),
        ("item 3", "1. a\n\n   ~~~\n   x\n     y\n   ~~~\n"),
        ("item 4", "- a\n\n    ```\n    x\n      y\n    ```\n"),
        ("item, tab", "- a\n\n\t```\n\tx\n\t  y\n\t```\n"),
        ("quote", "> ```\n> x\n>   y\n> ```\n"),
        ("admonition", "!!! note\n\n    ```\n    x\n      y\n    ```\n"),
        ("admonition, tab", "!!! note\n\t~~~~\n\tx\n\t  y\n\t~~~~\n"),
        ("not closed", "!!! note\n\n    ```\n    x\n      y\n"),
        ("item in an admonition", "!!! note\n    - a\n\n        ```\n        x\n          y\n        ```\n"),
        ("slashes", "/// note\n```\nx\n  y\n```\n///\n"),
    ] {
        let html = html(text);
        assert!(html.contains("<code>x\n  y\n</code>"), "{name}: {html}");
    }
    check(&[
        (
            "id and classes",
            "``` {.py #my .one .two title=\"T\" linenums=\"3\" hl_lines=\"1\" foo=\"x\"}\na\n```\n",
            &[
                "<figure class=\"code one two\" id=\"my\"><figcaption>T</figcaption>",
                "language-py",
                "data-n=\"3\"",
                "class=\"hll\"",
                "-foo",
            ],
        ),
        ("an id that is taken", "# my\n\n```{.py #my}\na\n```\n", &["<div class=\"code\">"]),
        ("bare", "```{.yaml}\na: 1\n```\n", &["class=\"language-yaml\"", "<span class=\"p\">a</span>"]),
        ("spaced", "``` { .yaml .annotate }\na: 1\n```\n", &["class=\"language-yaml\"", "-annotate"]),
        ("template", "```yaml+jinja\na: 1\n```\n", &["<span class=\"p\">a</span>"]),
        ("c#", "```c#\nint a;\n```\n", &["language-c#"]),
        ("c++", "```c++\nint a;\n```\n", &["language-c++", "<span"]),
    ]);
}

#[test]
fn annotations_lead_to_their_list() {
    let note = "<a class=\"annotation\" href=\"#an:1:1\" aria-label=\"Annotation 1\">1</a>";
    let list = "<ol class=\"annotations\">\n<li id=\"an:1:1\">One *1*";
    let list = list.replace("*1*", "<em>1</em>");
    check(&[
        (
            "code",
            "```yaml\na: 1 # (1)!\nb: 2 # (2)!\n```\n\n1. One *1*\n2. Two\n",
            &[note, &list, "href=\"#an:1:2\"", "<li id=\"an:1:2\">Two"],
        ),
        ("no list", "```yaml\na: 1 # (1)!\n```\n\ntext\n\n1. One\n", &["(1)!", "-class=\"annotation"]),
        ("no bang", "```yaml\na: 1 # (1)\n```\n\n1. One\n", &["# (1)", "-class=\"annotation"]),
        ("annotate", "``` {.yaml .annotate}\na: 1 # (1)\n```\n\n1. One *1*\n", &[note, &list]),
        ("more markers than items", "```sh\na # (1)! (2)!\n```\n\n1. One *1*\n", &[note, "(2)!"]),
        ("in a tab", "=== \"A\"\n\n    ```sh\n    a # (1)!\n    ```\n\n    1. One *1*\n", &[note, &list]),
        ("with raw HTML on the page", "<b>x</b>\n\n```sh\na # (1)!\n```\n\n1. One *1*\n", &[note, &list]),
        ("text", "Lorem (1) `(1)`\n{ .annotate }\n\n1. One *1*\n", &[note, "<code>(1)</code>", &list, "-{ .annotate"]),
        ("text without a list", "Lorem (1)\n{ .annotate }\n\nend\n", &["Lorem (1)", "-class=\"annotation"]),
        ("admonition", "!!! note annotate \"T (1)\"\n    b\n\n1. One *1*\n", &[note, &list]),
        ("list", "- a (1)\n- b\n{ .annotate }\n\n1. One *1*\n", &[note, &list]),
        (
            "two",
            "```sh\na # (1)!\n```\n\n1. x\n\nend\n\n```sh\na # (1)!\n```\n\n1. y\n",
            &["#an:1:1", "#an:2:1", "id=\"an:2:1\""],
        ),
        ("tasks stay tasks", "```sh\na # (1)!\n```\n\n1. [x] b\n", &["id=\"an:1:1\"", "type=\"checkbox\""]),
    ]);
    assert_eq!(html("(1)\n\n1. a\n"), "<p>(1)</p>\n<ol>\n<li>a</li>\n</ol>\n");
}

#[test]
fn markdown_in_html() {
    check(&[
        ("div", "<div markdown>\n**a**\n</div>\n", &["<div>\n<p><strong>a</strong></p>\n</div>", "-markdown"]),
        (
            "with 1",
            "<div class=\"x\" markdown=\"1\">\n# A\n- b\n</div>\nc",
            &["<div class=\"x\">", "<h1", "<li>b</li>", "</div>\n<p>c</p>"],
        ),
        ("one line", "<div markdown>**a**</div> c", &["<div>\n<p><strong>a</strong></p>\n</div>\n<p>c</p>"]),
        ("span", "<div markdown=\"span\">a *b*\n- c</div>\n", &["<div>a <em>b</em> - c</div>", "-<li>"]),
        ("paragraph", "<p markdown class=\"x\">a **b**</p>\n", &["<p class=\"x\">a <strong>b</strong></p>"]),
        (
            "nested",
            "<div markdown>\n<div markdown>\n*a*\n</div>\n*b*\n</div>\n",
            &["<div>\n<div>\n<p><em>a</em></p>\n</div>\n<p><em>b</em></p>\n</div>"],
        ),
        (
            "figure",
            "<figure markdown=\"span\">\n  ![a](b.png){ width=\"300\" }\n  <figcaption>C</figcaption>\n</figure>\n",
            &["<figure>", "<img src=\"b.png\"", "<figcaption>C</figcaption>", "</figure>"],
        ),
        (
            "cards",
            "<div class=\"grid cards\" markdown>\n\n-   __a__\n\n    ---\n\n    b\n\n-   c\n\n</div>\n",
            &["<div class=\"grid cards\">\n<ul>", "<hr>", "</ul>\n</div>", "-markdown"],
        ),
        ("not closed", "<div markdown>\n*a*\n\nb\n", &["<em>a</em>", "<p>b</p>"]),
        ("code", "<div markdown>\n```html\n</div>\n```\n*a*\n</div>\nb", &["<em>a</em>", "</div>\n<p>b</p>"]),
        ("laid out", "<figure markdown>\n    ![a](b.png)\n</figure>\n", &["<figure>\n<p><img", "-<pre"]),
        ("code inside", "<div markdown>\n\n    a\n\n</div>\n", &["<code>a\n</code>"]),
        ("with 0", "<div markdown=\"0\">\n*a*\n</div>\n", &["*a*"]),
        ("admonition", "<div markdown>\n!!! note\n    b\n</div>\n", &[NOTE]),
        ("in a tab", "=== \"A\"\n\n    <div markdown>\n    *a*\n    </div>\n", &["<em>a</em>"]),
        (
            "details",
            "<details markdown>\n<summary>S</summary>\n*a*\n</details>\n",
            &["<summary>S</summary>", "<em>a</em>"],
        ),
        ("not an attribute", "<div class=\"markdown\">\n*a*\n</div>\n", &["class=\"markdown\"", "*a*"]),
    ]);
}

#[test]
fn footnotes_and_definitions() {
    check(&[
        (
            "blocks",
            "a[^1] b[^1]\n\n[^1]: x\n\n    y\n\n    - z\n\nend",
            &["<p>x</p>\n<p>y</p>", "<li>z</li>", "href=\"#fnref:1\"", "href=\"#fnref2:1\"", "<p>end</p>"],
        ),
        ("no note", "a[^1] b\n", &["a[^1] b"]),
        ("never used", "a\n\n[^1]: note\n", &["<li id=\"fn:1\"><p>note</p>", "-#fnref"]),
        ("in a block", "!!! note\n    a[^1]\n\n    [^1]: x\n", &["id=\"fnref:1\"", "id=\"fn:1\""]),
        (
            "several",
            "T\n:   one\n\n    more\n\n:   two\n\n    ```\n    c\n    ```\n\nU\n:   three\n",
            &["<dt>T</dt>", "<p>more</p>", "two", "<code>c\n</code>", "<dt>U</dt>"],
        ),
    ]);
}

#[test]
fn a_colon_without_a_space_defines_nothing() {
    check(&[
        ("emoji", "done\n:tada: x\n", &["<p>done\n🎉 x</p>", "-<dl>"]),
        ("emoji behind a blank line", "done\n\n:tada: x\n", &["<p>done</p>", "<p>🎉 x</p>", "-<dl>"]),
        ("containers", "::: note\na\n:::\n\nb\n:::\n", &["<p>::: note\na\n:::</p>", "<p>b\n:::</p>", "-<dl>"]),
        ("in an item", "- a\n  :tada: x\n", &["<li>a\n🎉 x</li>", "-<dl>"]),
        ("in a quote", "> a\n> :tada: x\n", &["<p>a\n🎉 x</p>", "-<dl>"]),
        ("a diagram", "a\n\n::uml:: format=\"png\"\nA -> B: x\n::end-uml::\nc\n", &["<svg", "<p>c</p>", "-::"]),
        ("no diagram", "::uml::\na\n", &["<p>::uml::\na</p>"]),
        ("a definition", "T\n: a\n", &["<dt>T</dt>", "<dd>a</dd>"]),
        ("code", "```\na\n:b\n```\n\n    c\n    :d\n", &["a\n:b", "c\n:d", "--->"]),
        ("html", "<div>\na\n:b\n</div>\n", &["<div>\na\n:b\n</div>"]),
    ]);
}

/// What browsers and Python-Markdown make of HTML with blank lines in it.
#[test]
fn html_is_laid_out_over_blank_lines() {
    let table = "<table>\n    <tr>\n\n        <td>a</td>\n\n        <td>b</td>\n\n    </tr>\n</table>\n\nc\n";
    check(&[
        ("table", table, &["<td>a</td>\n<td>b</td>", "</table>", "<p>c</p>", "-<pre"]),
        ("in an item", &format!("- x\n\n  {}", table.replace('\n', "\n  ")), &["<td>a</td>\n<td>b</td>", "-<pre"]),
        (
            "text in a cell",
            "<table>\n  <tr>\n    <td>\n\n        a *b*\n\n    </td>\n  </tr>\n</table>\n",
            &["<p>a <em>b</em></p>", "-<pre"],
        ),
        (
            "code in a cell",
            "<table>\n  <tr>\n    <td>\n\n        ```\n        a\n\n        b\n        ```\n\n    </td>\n  </tr>\n</table>\n",
            &["<code>a\n\nb\n</code>", "-```"],
        ),
        ("code in details", "<details>\n<summary>s</summary>\n\n    a\n\n</details>\n", &["<code>a\n</code>"]),
        ("code behind it", "<div>\na\n</div>\n\n    <b>\n", &["<code>&lt;b&gt;\n</code>"]),
        ("code behind a heading", "<div>\n\n# T\n\n    <b>\n", &["<code>&lt;b&gt;\n</code>"]),
        (
            "pre inside",
            "<div><pre>a\n\n# b\n</pre></div>\n\n*c*\n",
            &["<pre>a\n\n# b\n</pre></div>", "<em>c</em>", "-<h1"],
        ),
        ("pre below", "<div>\n<pre>\na\n\n*b*\n</pre>\n</div>\n", &["a\n\n*b*\n</pre>", "-<em>"]),
        ("pre that is open", "<div><pre>a\n\n*b*\n", &["<em>b</em>"]),
        (
            "pre in a cell",
            "<table><tr><td>\n\n    <pre>\n    a\n\n    # b\n    </pre>\n\n</td></tr></table>\n",
            &["a\n\n# b", "-<h1", "-&lt;pre"],
        ),
    ]);
}

/// TechDocs' lists, by what Python makes of them with `mdx_truly_sane_lists`.
#[test]
fn what_follows_a_numbered_item_may_stand_two_columns_in() {
    check(&[
        ("paragraph", "1. a\n\n  b\n\n2. c\n", &["<p>a</p>\n<p>b</p>\n</li>\n<li>", "-start=\"2\""]),
        ("two", "1. a\n\n  b\n  b2\n\n  d\n2. c\n", &["<p>a</p>\n<p>b\nb2</p>\n<p>d</p>\n</li>\n<li>"]),
        ("list", "1. a\n\n  - b\n  - c\n\n2. d\n", &["<p>a</p>\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>"]),
        (
            "list below",
            "1. a\n  - b\n    - e\n2. d\n",
            &["<li>a<ul>\n<li>b<ul>\n<li>e</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>d</li>"],
        ),
        ("nested", "1. a\n\n  - b\n    - c\n\n2. d\n", &["<li>b<ul>\n<li>c</li>\n</ul>"]),
        ("code", "1. a\n\n  ```\n  b\n\n    c\n  ```\n\n2. d\n", &["<code>b\n\n  c\n</code>", "-start=\"2\""]),
        ("wide", "10. a\n\n  b\n\n   c\n\n11. d\n", &["<p>a</p>\n<p>b</p>\n<p>c</p>\n</li>\n<li>"]),
        (
            "block",
            "1. a\n\n  !!! note\n      b\n\n2. c\n",
            &["<p>a</p>\n<div class=\"admonition note\">", "<p>b</p>\n</div>\n</li>\n<li>"],
        ),
        ("quote", "> 1. a\n>\n>   b\n>\n> 2. c\n", &["<p>a</p>\n<p>b</p>\n</li>\n<li>"]),
        ("inner", "- x\n\n    1. a\n\n      b\n\n    2. c\n", &["<p>a</p>\n<p>b</p>\n</li>\n<li>"]),
        ("a number is the next", "1. a\n\n  2. b\n", &["<li><p>a</p>\n</li>\n<li><p>b</p>"]),
        ("one column", "1. a\n\n b\n", &["</ol>\n<p>b</p>"]),
        ("none", "1. a\n\nb\n", &["</ol>\n<p>b</p>"]),
        ("a list beside", "1. a\n\n- b\n", &["</ol>\n<ul>"]),
        ("no blank line", "1. a\n  b\n", &["<li>a\nb</li>"]),
        ("bullets", "- a\n\n b\n", &["</ul>\n<p>b</p>"]),
        ("in code", "```\n1. a\n\n  b\n```\n", &["<code>1. a\n\n  b\n</code>"]),
        ("code of the item", "1. a\n\n   ```\n   x\n\n  y\n", &["<code>x\n\n</code>", "</ol>\n<p>y</p>"]),
    ]);
    let text = "1. a\n\n  é [x](y.md)\n\n  - [z](w.md)\n";
    let spans: Vec<&str> = page(text).links.iter().map(|link| &text[link.span.range()]).collect();
    assert_eq!(spans, ["y.md", "w.md"]);
}

#[test]
fn tables_keep_code_whole() {
    check(&[
        ("escaped", "|a|b|\n|-|-|\n|`x\\|y`|z|\n", &["<td><code>x|y</code></td><td>z</td>"]),
        ("not escaped", "|a|b|\n|-|-|\n|`x|y`|z|\n", &["<td><code>x|y</code></td><td>z</td>"]),
        ("no outer pipes", "a|b\n-|-\n`x|y`|z\n", &["<td><code>x|y</code></td><td>z</td>"]),
        ("head", "|`a|b`|c|\n|-|-|\n|x|y|\n", &["<th><code>a|b</code></th><th>c</th>"]),
        ("fits as it is", "|a|b|\n|-|-|\n|`x|y`|\n", &["<td>`x</td><td>y`</td>"]),
        ("too many cells", "|a|b|\n|-|-|\n|1|2|3|\nx\n1|2|4|\n", &["<td>2|3</td>", "<td>2|4</td>"]),
        ("after text", "Text:\n|a|b|\n|-|-|\n|1|2|\n", &["<p>Text:</p>", "<th>a</th>"]),
        ("in an item", "- Text:\n\n    |a|b|\n    |-|-|\n    |`1|2`|2|\n", &["<td><code>1|2</code></td>"]),
    ]);
}

#[test]
fn snippets_are_included() {
    let files = files(&[
        ("a.md", "A *1*\n\n- x\n"),
        ("code.py", "one\n# --8<-- [start:mid]\ntwo\n  three\n# --8<-- [end:mid]\nfour\n"),
        ("outer.md", "before\n\n--8<-- \"a.md\"\n"),
        ("self.md", "s\n--8<-- \"self.md\"\n"),
    ]);
    for (name, text, expected) in [
        ("plain", "--8<-- \"a.md\"\n", &["<p>A <em>1</em></p>", "<li>x</li>"][..]),
        ("in code", "```py\n--8<-- \"code.py\"\n```\n", &["one\ntwo\n  three\nfour\n"]),
        ("lines", "```\n--8<-- \"code.py:3:4\"\n```\n", &["<code>two\n  three\n</code>"]),
        ("section", "```\n--8<-- \"code.py:mid\"\n```\n", &["<code>two\n  three\n</code>"]),
        ("indented", "=== \"T\"\n\n    ```\n    --8<-- \"code.py:mid\"\n    ```\n", &["<code>two\n  three\n</code>"]),
        (
            "in an admonition",
            "!!! note\n    --8<-- \"a.md\"\n",
            &["<p>A <em>1</em></p>\n<ul>\n<li>x</li>\n</ul>\n</div>"],
        ),
        ("several", "--8<--\na.md\n\n; no.md\ncode.py:6\n--8<--\nend", &["<em>1</em>", "four", "end"]),
        ("nested", "--8<-- \"outer.md\"\n", &["before", "<em>1</em>"]),
        ("escaped", ";--8<-- \"a.md\"\n", &["--8&lt;-- &quot;a.md&quot;"]),
        ("itself", "--8<-- \"self.md\"\nend\n", &["Snippet not included: <code>self.md</code>", "end"]),
        ("missing", "a\n\n--8<-- \"no.md\"\n", &["Snippet not included: <code>no.md</code>"]),
        ("no section", "--8<-- \"code.py:nope\"\n", &["there is no section <code>nope</code>"]),
    ] {
        let html = html_of(&render_with(text, &Options::PAGE, &files, &NO_EXTENSIONS, &NoMemo));
        for part in expected {
            assert!(html.contains(part), "{name}: {part}\nnot in {html}");
        }
    }
}

#[test]
fn places_in_snippets_are_those_of_the_file() {
    let files = files(&[("a.md", "é [x](y.md)\n\n--8<-- \"b.md\"\n--8<-- \"no.md\"\n"), ("b.md", "## B\n")]);
    let text = "---\nt: x\n---\n!!! note\n    --8<-- \"a.md\"\n\n[p](q.md)\n";
    let rendered = render_with(text, &Options::PAGE, &files, &NO_EXTENSIONS, &NoMemo);
    let found: Vec<_> = rendered
        .links
        .iter()
        .map(|link| {
            let (file, span) = rendered.place(link.span);
            let text = file.map_or(text, |file| files.0[file as usize].1.as_str());
            (file, &text[span.range()])
        })
        .collect();
    assert_eq!(found, [(Some(0), "y.md"), (None, "q.md")]);
    let (file, span) = rendered.place(rendered.outline[0].span);
    assert_eq!((file, span.start), (Some(1), 0));
    assert_eq!(rendered.problems.len(), 1);
    let (file, span) = rendered.place(rendered.problems[0].span);
    assert_eq!((file, &files.0[0].1[span.range()]), (Some(0), "no.md"));
}

#[test]
fn template_tags_are_found_where_they_stand() {
    for (text, in_text, in_code) in [
        ("a {{ x }} b", Some("{{ x }}"), None),
        ("a `{{ x }}`", None, Some("{{ x }}")),
        ("```\n{% if a %}\n```\n\n{% b %}", Some("{% b %}"), Some("{% if a %}")),
        ("${{ x }} {{ {% x", None, None),
        ("a {{}}", None, None),
        ("!!! note\n    {{ é }}\n", Some("{{ é }}"), None),
    ] {
        let rendered = page(text);
        let of = |span: Option<crate::base::Span>| span.map(|span| &text[span.range()]);
        assert_eq!(of(rendered.template_tags.in_text), in_text, "{text}");
        assert_eq!(of(rendered.template_tags.in_code), in_code, "{text}");
    }
    assert!(html("a {{ x }} b").contains("{{ x }}"));
}

#[test]
fn front_matter_that_is_wrong_is_shown() {
    let rendered = page("---\ntitle: a: b\n---\n# H\n");
    assert!(matches!(rendered.problems[0].kind, ProblemKind::FrontMatter(_)));
    let html = html_of(&rendered);
    assert!(html.contains("title: a: b") && html.contains("<h1"), "{html}");
}

/// Inputs made to be large: what comes out is bounded by what went in.
#[test]
fn hostile_blocks_stay_linear() {
    let mega = 1024 * 1024;
    let deep = |open: &dyn Fn(usize) -> String, count: usize| (0..count).map(open).collect::<String>();
    for (name, text) in [
        ("marks", "!!! ".repeat(mega / 4)),
        ("mark lines", "!!! note\n".repeat(mega / 32)),
        ("slashes", deep(&|depth| format!("{} note\nx\n", "/".repeat(10_003 - depth.min(10_000))), 400)),
        ("equal slashes", "/// note\n".repeat(10_000)),
        ("closing slashes", "///\n".repeat(10_000)),
        ("tabs", deep(&|number| format!("=== \"T{number}\"\n    x\n\n"), 10_000)),
        ("footnotes", deep(&|number| format!("[^{number}]\n\n[^{number}]: x\n\n"), 10_000)),
        ("one line", "> ".repeat(5 * mega / 2)),
        ("quotes", "> !!! note\n>     x\n".repeat(10_000)),
        ("deep quotes", format!("{} !!! note\n", ">".repeat(2_000)).repeat(100)),
        ("fenced quotes", ">>>\nx\n\n".repeat(10_000)),
        ("elements", "<div markdown>\n".repeat(5_000)),
        ("elements apart", "<div markdown>\nx\n\n".repeat(5_000)),
        ("attributes", format!("<div {}>", "markdown ".repeat(mega / 16))),
        ("fences", "!!! note\n    ```\n".repeat(10_000)),
        ("items", deep(&|depth| format!("{}- !!! note\n", " ".repeat(depth * 2)), 300)),
        ("comments", "a <!-- \n\n".repeat(50_000)),
        ("table", format!("|a|\n|-|\n{}", "|`|`|`|`\n".repeat(20_000))),
        ("wide row", format!("|a|b|\n|-|-|\n|{}\n", "`|".repeat(mega / 4))),
        ("annotations", format!("```\n# {}\n```\n\n{}", "(1)!".repeat(20_000), "1. x\n".repeat(2_000))),
        ("annotate", "a (1)\n{ .annotate }\n\n1. x\n\n".repeat(5_000)),
        ("templates", "{{ ".repeat(mega / 4)),
        ("layouts", "<div>\n\n     <b>\n\n".repeat(20_000)),
        ("open raw elements", "<div><pre>\n\n".repeat(20_000)),
        ("raw elements", "<div><pre>\n\n</pre>\n\n".repeat(20_000)),
        ("code in a layout", format!("<div>\n {}", "<td>\n\n     ```\n\n".repeat(10_000))),
        ("diagrams", "::uml::\n".repeat(100_000)),
        ("colons", "a\n:b\n\n:c\n".repeat(30_000)),
    ] {
        let rendered = page(&text);
        let html = rendered.html(&mut |_| Href::Unlinked, &NoMemo);
        assert!(html.len() < 64 * text.len() + 200_000, "{name}: {} of {}", html.len(), text.len());
        assert!(rendered.outline.len() <= text.len(), "{name}");
    }
}

#[test]
fn snippet_bombs_are_bounded() {
    let double = |next: &str| format!("--8<-- \"{next}\"\n").repeat(40);
    let names = ["f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9"];
    let mut list: Vec<(&'static str, String)> = names.windows(2).map(|pair| (pair[0], double(pair[1]))).collect();
    list.push(("f9", "x\n".repeat(1_000)));
    let rendered = render_with("--8<-- \"f0\"\nend\n", &Options::PAGE, &Files(list), &NO_EXTENSIONS, &NoMemo);
    assert!(rendered.problems.iter().any(|problem| problem.kind == ProblemKind::TooMuchIncluded));
    assert!(rendered.text.len() < 3 * MAX_INPUT && rendered.text.ends_with("end"));
    let cycle = files(&[("a", "--8<-- \"b\"\n"), ("b", "--8<-- \"a\"\n--8<-- \"a\"\n")]);
    let rendered = render_with("--8<-- \"a\"\n", &Options::PAGE, &cycle, &NO_EXTENSIONS, &NoMemo);
    assert_eq!(rendered.problems.len(), 2);
}

const PIECES: [&str; 34] = [
    "!!! note\n",
    "    ",
    "=== \"A\"\n",
    "??? tip \"x\"\n",
    "```\n",
    "~~~",
    "- ",
    "1. ",
    "> ",
    "|a|b|\n|-|-|\n",
    "|`x|y`|\n",
    "<div markdown>",
    "</div>",
    "<p markdown>",
    "<!--",
    "-->",
    "\n",
    "\n\n",
    "\t",
    "[^1]",
    "[^1]: ",
    "é",
    "# ",
    "[a](b)",
    "/// note | T\n",
    "///\n",
    "//// tab | T\n",
    "////\n",
    ">>>\n",
    "> [!NOTE] T\n",
    "{ .annotate }\n",
    "(1)!",
    "{{ x }}",
    "--8<-- \"f\"\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn pieces_in_any_order_keep_their_place(parts in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = parts.iter().map(|part| PIECES[*part]).collect();
        let included = files(&[("f", "!!! tip\n    é [a](b)\n```\n")]);
        let rendered = render_with(&text, &Options::PAGE, &included, &NO_EXTENSIONS, &NoMemo);
        let _ = html_of(&rendered);
        for link in &rendered.links {
            let (file, span) = rendered.place(link.span);
            let text = if file.is_some() { included.0[0].1.as_str() } else { text.as_str() };
            prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
        }
        for heading in &rendered.outline {
            let (file, span) = rendered.place(heading.span);
            let length = if file.is_some() { included.0[0].1.len() } else { text.len() };
            prop_assert!(span.end as usize <= length + 1, "{span:?} in {text:?}");
        }
    }

    // Words behind any block syntax are shown; targets, info strings, options and HTML are not words.
    #[test]
    fn no_word_is_lost(
        parts in proptest::collection::vec((0..14_usize, 0..4_usize, "[a-z]{5}"), 1..25)
    ) {
        const BEFORE: [&str; 14] = [
            "", "> ", "- ", "1. ", "!!! note\n    ", "??? tip\n\n    ", "=== \"zz\"\n    ", "/// note\n", "/// details | zz\n\n",
            ">>> [!tip]\n", "|zz|\n|-|\n|", "\n\n", "<div markdown>\n", "zz (1)\n{ .annotate }\n\n1. ",
        ];
        const AFTER: [&str; 4] = ["\n", "\n\n", "\n///\n", "\n>>>\n"];
        let mut text = String::new();
        for (before, after, word) in &parts {
            text.push_str(BEFORE[*before]);
            text.push_str(word);
            text.push_str(AFTER[*after]);
        }
        let rendered = page(&text);
        for (_, _, word) in &parts {
            prop_assert!(rendered.text.contains(word.as_str()), "{word} of {text:?}\n{}", rendered.text);
        }
    }
}

#[test]
fn sites_have_options() {
    let files = files(&[
        ("glossary.md", "*[API]: Interface\n"),
        ("code.py", "# --8<-- [start:x]\n    one\n\n      two\n# --8<-- [end:x]\n"),
    ]);
    let with =
        |text: &str, extensions: &Extensions| html_of(&render_with(text, &Options::PAGE, &files, extensions, &NoMemo));
    let plain = || Extensions::default();
    for (name, extensions, text, expected, not) in [
        ("breaks", Extensions { breaks: true, ..plain() }, "a\nb", "a<br>\nb", ""),
        ("no breaks", plain(), "a\nb", "a\nb", "<br>"),
        ("numbers", Extensions { line_numbers: true, ..plain() }, "```py\nx\n```", "data-n=\"1\"", ""),
        ("no numbers", Extensions { line_numbers: true, ..plain() }, "```py linenums=\"0\"\nx\n```", "", "data-n"),
        ("title", Extensions { auto_title: true, ..plain() }, "```py\nx\n```", "<figcaption>Python</figcaption>", ""),
        (
            "own title",
            Extensions { auto_title: true, ..plain() },
            "```py title=\"t\"\nx\n```",
            "<figcaption>t</figcaption>",
            "",
        ),
        (
            "language",
            Extensions { default_language: Some("yaml".into()), ..plain() },
            "```\na: 1\n```",
            "class=\"language-yaml\"",
            "",
        ),
        (
            "language of indented",
            Extensions { default_language: Some("yaml".into()), ..plain() },
            "    a: 1\n",
            "class=\"language-yaml\"",
            "",
        ),
        ("moved", Extensions { moved: 1, ..plain() }, "# A", "<h2 id=\"a\"", ""),
        ("moved to the end", Extensions { moved: 5, ..plain() }, "## A", "<h6 id=\"a\"", ""),
        (
            "contents",
            Extensions { listed: (2, 2), contents_title: Some("In <here>".into()), ..plain() },
            "[TOC]\n# A\n## B\n### C\n",
            "<p class=\"toctitle\">In &lt;here&gt;</p>\n<ul>\n<li><a href=\"#b\">B</a></li></ul></div>",
            "<a href=\"#a\">A</a>",
        ),
        (
            "appended",
            Extensions { append: vec!["glossary.md".into(), "no.md".into()], ..plain() },
            "The API.",
            "<abbr title=\"Interface\"",
            "no.md",
        ),
        (
            "dedent",
            Extensions { dedent: true, ..plain() },
            "```\n--8<-- \"code.py:x\"\n```",
            "<code>one\n\n  two\n</code>",
            "",
        ),
        ("no dedent", plain(), "```\n--8<-- \"code.py:x\"\n```", "<code>    one\n\n      two\n</code>", ""),
    ] {
        let html = with(text, &extensions);
        assert!(html.contains(expected) && (not.is_empty() || !html.contains(not)), "{name}: {html}");
    }
    let slugs = Slugs { rule: SlugRule::Pymdown { case: Case::Lower, percent: false }, separator: String::new() };
    let extensions = Extensions { slugs, ..plain() };
    let page = render_with("# Über -- A\n# Über -- A\n# X {#own}", &Options::PAGE, &files, &extensions, &NoMemo);
    assert_eq!(page.anchors, ["über----a", "über----a_1", "own"]);
    for (fragment, expected) in [("uber-a", 0), ("uber-a_1", 1), ("über----a-1", 1), ("x", 2)] {
        assert_eq!(page.anchor(fragment), Some(page.anchors[expected].as_str()), "{fragment}");
    }
    let page = render_with("# A\n", &Options::PAGE, &files, &Extensions { moved: 1, ..plain() }, &NoMemo);
    assert_eq!(page.title, None);
}

/// What Python-Markdown's `smarty` gives, elements beside a quote aside: there it opens what should end.
#[test]
fn signs_are_typographic_where_a_site_wants_them() {
    let files = files(&[]);
    let signs = Signs { quotes: true, angles: false, dashes: true, ellipses: true };
    let html = |text: &str, signs| {
        let extensions = Extensions { signs, ..Extensions::default() };
        html_of(&render_with(text, &Options::PAGE, &files, &extensions, &NoMemo))
    };
    for (text, expected) in [
        ("\"a\" and 'b'", "“a” and ‘b’"),
        ("it's the dogs' and '80s'", "it’s the dogs’ and ’80s’"),
        ("a -- b --- c ---- d", "a – b — c ---- d"),
        ("wait... no.... ..", "wait… no.... .."),
        ("\"'Quoted' words.\"", "“‘Quoted’ words.”"),
        ("He said, \"'Quoted' words in a larger quote.\"", "He said, “‘Quoted’ words in a larger quote.”"),
        ("(\"a\") [\"b\"]", "(“a”) [“b”]"),
        ("`\"a\" -- ...` \"b\"", "<code>&quot;a&quot; -- ...</code> “b”"),
        ("\"*a*\" \"`b`\"", "“<em>a</em>” “<code>b</code>”"),
        ("*\"a\"* \\\"b\\\"", "<em>“a”</em> &quot;b&quot;"),
        ("<https://a.example/x--y> https://a.example/x--y", ">https://a.example/x--y</a> <a"),
        ("[a \"b\"](c.md \"d -- e\")", ">a “b”</a>"),
        ("6' 2\" x", "6’ 2” x"),
        ("<<a>>", "&lt;<a>&gt;"),
        ("a\n\"b\"", "a\n“b”"),
    ] {
        let found = html(text, signs);
        assert!(found.contains(expected) || text.starts_with("<<"), "{text}: {found}");
        assert!(!html(text, Signs::default()).contains(['“', '’', '–', '…']), "{text}");
    }
    let angles = Signs { angles: true, ..Signs::default() };
    assert!(html("a << b >> c \"d\"", angles).contains("a « b » c &quot;d&quot;"));
    let heading = html("# Don't -- \"A\"...\n", signs);
    assert!(heading.contains("id=\"dont-a\">Don’t – “A”…<a"), "{heading}");
}
