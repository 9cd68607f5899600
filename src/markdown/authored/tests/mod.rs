//! HTML that is wrong, odd or meant to harm: each page is read as a browser would read it.

mod dom;

use proptest::prelude::*;

use crate::base::{NoMemo, Text};
use crate::markdown::{Href, NO_EXTENSIONS, Options, Rendered, SnippetText, Snippets, render, render_with};
use dom::{Node, is_html};

fn html_of(rendered: &Rendered) -> String {
    rendered.html(&mut |index| Href::To(rendered.links[index].target.clone()), &NoMemo)
}

fn html(text: &str) -> String {
    html_of(&render(text, &Options::PAGE, &NoMemo)).trim_end().to_owned()
}

/// What a page may not hold, whoever wrote it: an empty list when all is well.
fn faults(html: &str) -> Vec<String> {
    let page = format!("<!DOCTYPE html><body><main><article>{html}</article><footer></footer></main>");
    let nodes = dom::parse(&page);
    let mut out = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    let (mut footer, mut main) = (None, None);
    for (index, node) in nodes.iter().enumerate().filter(|(_, node)| node.name.is_some()) {
        if node.parent.is_none() && index > 0 {
            continue;
        }
        let tag = node.tag();
        if is_html(node, "footer") {
            footer = node.parent;
        }
        if is_html(node, "main") {
            main = Some(index);
        }
        let forbidden = [
            "script",
            "style",
            "object",
            "embed",
            "form",
            "button",
            "textarea",
            "template",
            "noscript",
            "xmp",
            "base",
            "meta",
            "link",
            "plaintext",
            "foreignObject",
            "annotation-xml",
            "#comment",
        ];
        if forbidden.contains(&tag) {
            out.push(format!("<{tag}>"));
        }
        for (key, value) in &node.attributes {
            let name = key.to_ascii_lowercase();
            if name.starts_with("on") || name == "style" || name == "srcdoc" || name == "xlink:href" {
                out.push(format!("{tag} {key}"));
            }
            let scheme: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let scheme = scheme.to_ascii_lowercase();
            let is_url = matches!(name.as_str(), "href" | "src" | "srcset" | "poster" | "action" | "data" | "cite");
            if is_url
                && ["javascript:", "vbscript:", "data:", "file:", "blob:"].iter().any(|bad| scheme.starts_with(bad))
            {
                out.push(format!("{tag} {key}={value}"));
            }
            if name == "id" && !ids.insert(value.clone()) {
                out.push(format!("id {value} twice"));
            }
        }
    }
    if main.is_none() || footer != main {
        out.push("the page goes on inside of the article".to_owned());
    }
    out
}

/// The elements around the text of a page.
fn around(html: &str, text: &str) -> Vec<String> {
    let nodes = dom::parse(&format!("<!DOCTYPE html><body>{html}"));
    let Some(found) = nodes.iter().find(|node| node.name.is_none() && node.text.contains(text)) else {
        return vec![format!("no {text}")];
    };
    let mut out = Vec::new();
    let mut at = found.parent;
    while let Some(node) = at.map(|at: usize| &nodes[at]).filter(|node: &&Node| !is_html(node, "body")) {
        out.push(node.tag().to_owned());
        at = node.parent;
    }
    out
}

#[test]
fn what_is_left_open_ends_with_its_block() {
    // The last paragraph stands in nothing.
    for text in [
        "- <div>\n\n  a\n\nend",
        "- <table>\n\n  a\n\nend",
        "- <details>\n  <summary>\n\nend",
        "- <p>\n- <li>\n- <b>x\n\nend",
        "!!! note\n    <div>\n\n    <table><tr><td>\n\nend",
        "=== \"A\"\n    <div>\n\n=== \"B\"\n    <table>\n\nend",
        "/// note\n<div><details>\n\n///\n\nend",
        "> <div>\n\nend",
        "> <!-- a\n\nend",
        "- <!-- a\n\nend",
        "a <b>b <i>c\n\nend",
        "a <a href=\"x\">b\n\nend",
        "a <div\n\nend",
        "a <code>b\n\nend",
        "</article></main></div></body></html>\n\nend",
        "a</p></li></ul></div></article>\n\nend",
        "- a</li></ul></div></article></main>\n\nend",
        "|a|\n|-|\n|</td></tr></table></div></article>|\n\nend",
        "|a|\n|-|\n|<td><tr><table>|\n\nend",
        "# <div><table>\n\nend",
        "<table>\n\nend",
        "<table><tr>\n\nend",
        "<a name=\"x\">\n\nend",
        "x[^1]\n\n[^1]: <div><table>\n\nend",
        "T\n: <div><table>\n\nend",
        "<textarea>\n</textarea>\n\nend",
        "<select><option>\n\nend",
        "<div a=\"\n\nend",
        "<svg>\n\nend",
        "<math><mtext>\n\nend",
        "<iframe>\n\nend",
        "<noscript>\n\nend",
        "<template>\n\nend",
        "<plaintext>\n\nend",
        "<xmp>\n\nend",
        "<noembed>\n\nend",
        "<frameset>\n\nend",
        "<object>\n\nend",
        "<button><form>\n\nend",
        "<body onload=x><html>\n\nend",
        "a <style>\n\nend",
        "a <script>b\n\nend",
        "a <svg><title>b\n\nend",
    ] {
        let html = html(text);
        assert_eq!(around(&html, "end"), ["p"], "{text}\n{html}");
        assert_eq!(faults(&html), [""; 0], "{text}\n{html}");
    }
}

#[test]
fn what_is_closed_properly_holds_what_it_holds() {
    for (text, word, expected) in [
        ("<div>\n\na\n\n</div>\n\nend", "a", &["p", "div"][..]),
        ("<div>\n\n- a\n  </div>\n\nend", "end", &["p"]),
        ("<div>\n\nb a</div>\n\nend", "end", &["p"]),
        ("<div>\n\nb a</div>\n\nend", "a", &["p", "div"]),
        ("<div>\n\n!!! note\n    </div>\n\nend", "end", &["p"]),
        ("<details>\n<summary>s</summary>\n\na\n\n</details>\n\nend", "a", &["p", "details"]),
        ("<table><tr><td>\n\na\n\n</td></tr></table>\n\nend", "a", &["p", "td", "tr", "tbody", "table"]),
        ("<table><tr><td>x<td>a</table>\n\nend", "a", &["td", "tr", "tbody", "table"]),
        ("<table><tr><td></div>a</td></tr></table>", "a", &["td", "tr", "tbody", "table"]),
        ("<ul><li>x<li>a</ul>\n\nend", "a", &["li", "ul"]),
        ("<ul><li>x<ul><li>a</ul></ul>\n\nend", "a", &["li", "ul", "li", "ul"]),
        ("<p>x<p>a\n\nend", "a", &["p"]),
        ("<b><div>x</b>a</div>", "a", &[]),
        ("<p align=\"center\">\n\na\n\n</p>\n\nend", "a", &["p"]),
        ("<center>a</center>\n\nend", "a", &["div"]),
        ("x <font color=red>a</font>\n", "a", &["p"]),
        ("<dl><dt>x<dd>a</dl>\n\nend", "a", &["dd", "dl"]),
        ("- <b>x</b> a", "a", &["li", "ul"]),
        ("<li>a\n\nend", "a", &[]),
        ("<h1>x<h2>a</h2>\n\nend", "a", &["h2"]),
        (
            "<table>\n<thead><tr><th>x</th></tr></thead>\n<tr><td>a</td></tr></table>",
            "a",
            &["td", "tr", "tbody", "table"],
        ),
    ] {
        let html = html(text);
        assert_eq!(around(&html, word), expected, "{text}\n{html}");
        assert_eq!(faults(&html), [""; 0], "{text}\n{html}");
    }
}

#[test]
fn nothing_runs() {
    let forged = "~0123456789abcdef";
    for text in [
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<template><img src=x onerror=alert(1)></template>",
        "<svg><foreignObject><iframe srcdoc=\"<script>alert(1)</script>\"></foreignObject></svg>",
        "<svg onload=alert(1)><script>alert(1)</script><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "<svg><use href=\"data:image/svg+xml;base64,x#x\"/><image href=\"http://a.example/x\"/></svg>",
        "<svg><animate attributeName=href values=javascript:alert(1) /><set attributeName=onload to=x /></svg>",
        "a <svg><style>*{display:none}</style></svg> b",
        "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>",
        "<svg><desc></svg><img src=x onerror=alert(1)>",
        "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
        "<a href=\"java\tscript:alert(1)\">a</a>",
        "<a href=\"java&#10;script:alert(1)\">a</a>",
        "<a href=\"&#x6a;avascript&colon;alert(1)\">a</a>",
        "<a href=\" &#1;javascript:alert(1)\">a</a>",
        "<a href=\"JaVaScRiPt:alert(1)\">a</a>",
        "<a href=javascript&#58alert(1)>a</a>",
        "[a](javascript:alert(1)) [b](java&#10;script:alert&lpar;1&rpar;) [c](<java\tscript:x>)",
        "[a](data:text/html;base64,x) ![b](data:image/svg+xml;base64,x)",
        "<img src=\"data:image/svg+xml;base64,x\"><img src=\"data:text/html,x\"><video poster=\"javascript:x\" src=data:x></video>",
        "<picture><source srcset=\"javascript:x 1x, data:x 2x\"><source srcset=\"data:x\"><img src=x></picture>",
        "<img srcset=\"javascript:x\" src=a OnErRoR=alert(1) oNlOaD = 'x'>",
        "<img src=x onerror\u{c}=alert(1)><img/src=x/onerror=alert(1)><img src=x\u{b}onerror=alert(1)>",
        "<div style=\"position:fixed;top:0\" onclick=x>a</div>",
        "<a href=x style=\"background:url(javascript:x)\">a</a>",
        "<p id=a><p id=a><p id=m><a name=a>\n\n# A\n",
        "<iframe src=\"javascript:alert(1)\"></iframe><iframe srcdoc=x></iframe><embed src=x><object data=x></object>",
        "<iframe src=\"https://www.youtube.com@evil.example/x\"></iframe>",
        "<base href=\"https://evil.example/\"><meta http-equiv=refresh content=\"0;url=x\"><link rel=stylesheet href=x>",
        "<script>alert(1)</script> <ScRiPt src=x></ScRiPt > a <script>alert(1)</script>",
        "<script/x>alert(1)</script>\n\n<<script>alert(1)//<</script>\n",
        "<style>@import 'x';</style>\n\na <style>b</style>",
        "<img title=\"<!--\" src=x onerror=x>--><img src=x onerror=x>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<!-- --!><img src=x onerror=alert(1)>-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>\n\n<?x <img src=x onerror=alert(1)> ?>\n",
        "<a href=\"x\" href=\"javascript:x\">a</a>",
        "<a href='x\" onmouseover=\"alert(1)'>a</a>",
        "<a title=\"`\" href=`javascript:x`>a</a>",
        "++\"<img src=x onerror=alert(1)>\"++ ==<script>x</script>==",
        "*[HTML]: \"><img src=x onerror=alert(1)>\n\nHTML <b>x</b>",
        "```html title=\"\\\"><img src=x onerror=x>\"\n<script>\n```\n\n<b>",
        "$<script>x</script>$ $$\\text{<img src=x onerror=x>}$$ <b>",
        "/// html | div[onclick=x]\na\n///\n\n/// html | script\na\n///",
        "<div markdown onclick=x>\n<script>x</script>\n</div>",
        "<p markdown=\"span\" onclick=\"x\">a <img src=x onerror=x></p>",
        "[a](x){ onclick=alert(1) href=javascript:x style=x }",
        "a[^\"><img src=x onerror=x>]\n\n[^\"><img src=x onerror=x>]: b <b>",
        "=== \"<img src=x onerror=x>\"\n    a\n\n!!! note \"<script>x</script>\"\n    b <b>",
        "# <a id=\"x\" onclick=y>a</a> {#x onclick=z}\n",
        "a\u{0}<b\u{0}><scr\u{0}ipt>alert(1)</script>",
        &format!(
            "<a href=\"{forged}K~javascript:x\">a</a> {forged}B0~ <b id=\"{forged}K~q\">x</b> <!--0123456789abcdefo0-->"
        ),
    ] {
        let html = html(text);
        assert_eq!(faults(&html), [""; 0], "{text}\n{html}");
        for bad in ["alert(1)//<", "evil.example/x\" title", "<script", "<style"] {
            assert!(!html.contains(bad), "{text}\n{html}");
        }
    }
}

/// Harmless HTML that documentation uses, and what it becomes.
#[test]
fn html_of_documentation_is_kept() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("<p style=\"text-align: center; color: red\">a</p>", "<p class=\"is-center\">a</p>"),
        ("<p class=\"x\" style=\"text-align:right\">a</p>", "<p class=\"x is-right\">a</p>"),
        ("<div align=\"center\">a</div>", "<div align=\"center\">a</div>"),
        ("<center>a</center>", "<div class=\"is-center\">a</div>"),
        ("x <font color=\"red\" size=\"7\">a</font>", "<p>x a</p>"),
        (
            "<img src=\"a.png\" style=\"width: 50%; float:right\">",
            "<img class=\"float-right\" src=\"a.png\" width=\"50%\">",
        ),
        ("<img src=\"a.png\" width=\"9\" style=\"max-width:300px;height:2em\">", "<img src=\"a.png\" width=\"300\">"),
        (
            "<video src=\"a.mp4\" width=\"320\" autoplay></video>",
            "<p><video src=\"a.mp4\" width=\"320\" controls=\"\"></video></p>",
        ),
        (
            "<video controls poster=\"p.png\"><source src=\"a.mp4\" type=\"video/mp4\">no</video>",
            "<p><video controls=\"\" poster=\"p.png\"><source src=\"a.mp4\" type=\"video/mp4\">no</video></p>",
        ),
        ("<audio controls src=\"a.mp3\"></audio>", "<p><audio controls=\"\" src=\"a.mp3\"></audio></p>"),
        (
            "<picture>\n<source srcset=\"d.png\" media=\"(prefers-color-scheme: dark)\">\n<img src=\"l.png\" alt=\"x\">\n</picture>",
            "<picture>\n<source srcset=\"d.png\" media=\"(prefers-color-scheme: dark)\">\n<img src=\"l.png\" alt=\"x\">\n</picture>",
        ),
        (
            "<figure>\n<img src=\"a.png\">\n<figcaption>C</figcaption>\n</figure>",
            "<figure>\n<img src=\"a.png\">\n<figcaption>C</figcaption>\n</figure>",
        ),
        (
            "<details open>\n<summary>S <b>x</b></summary>\n\n*a*\n\n</details>",
            "<details open>\n<summary>S <b>x</b></summary>\n<p><em>a</em></p>\n</details>",
        ),
        ("press <kbd>Ctrl</kbd>+<kbd>C</kbd>", "<p>press <kbd>Ctrl</kbd>+<kbd>C</kbd></p>"),
        (
            "<table align=\"center\" border=\"1\" width=\"100%\"><tr><td colspan=\"2\" rowspan=2 align=\"right\" valign=\"top\">a</td></tr></table>",
            "<table align=\"center\" width=\"100%\"><tbody><tr><td colspan=\"2\" rowspan=\"2\" align=\"right\" valign=\"top\">a</td></tr></tbody></table>",
        ),
        (
            "<table><colgroup><col style=\"width:30%\"></colgroup><tr><td>a</td></tr></table>",
            "<table><colgroup><col width=\"30%\"></colgroup><tbody><tr><td>a</td></tr></tbody></table>",
        ),
        ("<a name=\"x\"></a>\n\na", "<p><a id=\"x\"></a></p>\n<p>a</p>"),
        ("<a id=\"x\"/> a", "<p><a id=\"x\"></a> a</p>"),
        ("a <a name=\"x\">b</a>", "<p>a <a id=\"x\"></a>b</p>"),
        (
            "<sub>a</sub><sup>b</sup><ins>c</ins><del>d</del><mark>e</mark>",
            "<p><sub>a</sub><sup>b</sup><ins>c</ins><del>d</del><mark>e</mark></p>",
        ),
        (
            "<iframe src=\"https://a.example/x?y=1\" width=\"560\"></iframe>",
            "<a href=\"https://a.example/x?y=1\">Embedded page: a.example</a>",
        ),
        (
            "<iframe src=\"demo/x.html?y\">see it</iframe>",
            "<a href=\"demo/x.html?y\">Embedded page: demo/x.html</a> see it",
        ),
        ("a < b && <3 &amp; &copy; <b>x</b>", "<p>a &lt; b &amp;&amp; &lt;3 &amp; © <b>x</b></p>"),
    ] {
        let html = html(text);
        if html != expected || !faults(&html).is_empty() {
            wrong.push(format!("{text}\n  {html}\n  {expected}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
    assert!(html("a</br>b").contains("a<br>b"), "as browsers read it");
    let table = html("|a|b|\n|-|-|\n|x<br>y|z<br/>w <kbd>k</kbd>|\n");
    assert!(table.contains("<td>x<br>y</td><td>z<br>w <kbd>k</kbd></td>"), "{table}");
    let anchors =
        render("<a name=\"One\"></a>\n\n<div id=\"two\">x</div>\n\n- <a id=\"three\">y</a>\n", &Options::PAGE, &NoMemo);
    assert_eq!(anchors.anchors, ["One", "two", "three"]);
    assert_eq!(anchors.anchor("one"), Some("One"));
}

#[test]
fn a_target_is_found_in_its_own_attribute() {
    let text =
        "<b title=\"x\">x</b> <a data-href='x' HREF = 'x'>x</a>\n\n<img alt=x src=x> <video poster=\"x\"></video>\n";
    let page = render(text, &Options::PAGE, &NoMemo);
    let places: Vec<usize> = page.links.iter().map(|link| link.span.start as usize).collect();
    let wanted = ["HREF = '", "src=", "poster=\""].map(|name| text.find(name).unwrap() + name.len());
    assert_eq!(places, wanted);
}

#[test]
fn drawings_in_the_page_are_cleaned_and_kept() {
    for text in [
        "<svg viewBox=\"0 0 9 9\" onload=\"x\"><path d=\"M0 0h9\" style=\"fill:red\"/></svg>",
        "a <svg viewBox=\"0 0 9 9\"><path d=\"M0 0h9\" fill=\"red\"/><script>x</script></svg> b",
        "- a\n\n  <div>\n  <svg viewBox=\"0 0 9 9\">\n  <path fill=\"red\" d=\"M0 0h9\"/>\n  </svg>\n  </div>",
    ] {
        let html = html(text);
        assert!(html.contains("<svg viewBox=\"0 0 9 9\">") && html.contains("fill=\"red\""), "{text}\n{html}");
        assert!(html.contains("d=\"M0 0h9\"") && html.contains("</svg>"), "{text}\n{html}");
        assert_eq!(faults(&html), [""; 0], "{text}\n{html}");
    }
    let large = format!("<svg><text>{}</text></svg> end", "x".repeat(200_000));
    assert!(html(&large).contains("xxx") && !html(&large).contains("<svg"));
}

#[test]
fn frames_of_hosts_in_the_settings_are_shown() {
    let hosts = ["www.youtube.com".to_owned()];
    let options = Options { frames: &hosts, ..Options::PAGE };
    let html = |text: &str| html_of(&render(text, &options, &NoMemo));
    let shown = html(
        "<iframe width=\"560\" height='315px' src=\"https://www.youtube.com/embed/x?a=1&amp;b\" onload=x title=\"A <b>\" srcdoc=\"<p>\"></iframe>\n\nend",
    );
    assert_eq!(
        shown,
        "<iframe src=\"https://www.youtube.com/embed/x?a=1&amp;b\" title=\"A &lt;b&gt;\" width=\"560\" height=\"315\" sandbox=\"allow-scripts allow-same-origin allow-popups allow-presentation\" loading=\"lazy\" referrerpolicy=\"strict-origin-when-cross-origin\" allowfullscreen></iframe>\n<p>end</p>\n"
    );
    assert_eq!(faults(&shown), [""; 0]);
    for other in [
        "https://youtube.com/x",
        "http://www.youtube.com/x",
        "//www.youtube.com/x",
        "https://www.youtube.com.evil.example/x",
        "https://www.youtube.com@evil.example/",
        "https://evil.example/www.youtube.com",
        "https://www.youtube.com:1/x",
    ] {
        let html = html(&format!("<iframe src=\"{other}\"></iframe>"));
        assert!(!html.contains("<iframe") && html.contains("Embedded page: "), "{html}");
    }
}

struct One(String);

impl Snippets for One {
    fn read(&self, _: &str) -> Result<SnippetText, String> {
        Ok(SnippetText { number: 1, text: std::sync::Arc::new(Text::from_bytes(self.0.as_bytes())) })
    }
}

/// A file that is included knows the page, and may hold a hash of it; it cannot hold its own.
#[test]
fn a_file_that_is_included_forges_no_marks() {
    let page = "--8<-- \"f\"\n\n```yaml\na: 1\n```\n\n!!! note\n    b\n";
    let nonce = crate::base::Hash::of(page.as_bytes()).short(16);
    let file = format!(
        "<a href=\"~{nonce}K~javascript:alert(1)\">a</a> ~{nonce}B0~\n\n<!--{nonce}c-->\n\n<p id=\"~{nonce}L0~\">\n"
    );
    let rendered = render_with(page, &Options::PAGE, &One(file), &NO_EXTENSIONS, &NoMemo);
    let html = html_of(&rendered);
    assert_eq!(faults(&html), [""; 0], "{html}");
    assert!(html.contains(&format!("{nonce}B0")), "a mark of another is text: {html}");
    assert_eq!(html.matches("class=\"code\"").count(), 1, "{html}");
}

const PIECES: [&str; 60] = [
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=\"x\">",
    "</a>",
    "<a name=n>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<svg>",
    "</svg>",
    "<math>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<plaintext>",
    "<textarea>",
    "<title>",
    "<select>",
    "<noscript>",
    "<template>",
    "<iframe src=\"y\">",
    "<h2>",
    "</h2>",
    "<img src=x onerror=y>",
    "<div a=\"",
    "\"",
    ">",
    "a",
    " ",
    "\n",
    "\n\n",
    "    ",
    "- ",
    "> ",
    "!!! note\n    ",
    "=== \"A\"\n    ",
    "/// note\n",
    "\n///\n",
    "|a|\n|-|\n|",
    "# ",
    "```\n",
    "<div markdown>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_order_of_pieces_breaks_the_page(parts in proptest::collection::vec(0..PIECES.len(), 0..24)) {
        let text: String = parts.iter().map(|part| PIECES[*part]).collect();
        let html = html(&text);
        let faults = faults(&html);
        prop_assert!(faults.is_empty(), "{faults:?}\n{text:?}\n{html}");
        prop_assert!(!html.contains("=\"~"), "a mark is left: {text:?}\n{html}");
    }
}
