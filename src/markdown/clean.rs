//! What of the HTML that authors write may stand on a page. An allow-list: content comes from a
//! thousand repositories and is served from one origin.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

/// In alphabetical order.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Elements that go with all that is in them.
const DROPPED: &[&str] =
    &["script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math", "title", "frameset"];

const GENERIC: &[&str] = &["id", "class", "title", "lang", "dir", "align", "aria-label"];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "name"]),
    ("img", &["src", "alt", "width", "height", "loading"]),
    ("video", &["src", "poster", "width", "height", "controls", "loop", "muted", "preload"]),
    ("audio", &["src", "controls", "loop", "muted", "preload"]),
    ("source", &["src", "srcset", "media", "type"]),
    ("details", &["open"]),
    ("ol", &["start", "reversed", "type"]),
    ("li", &["value"]),
    ("table", &["width"]),
    ("td", &["colspan", "rowspan", "width", "valign"]),
    ("th", &["colspan", "rowspan", "scope", "width", "valign"]),
    ("col", &["span", "width"]),
    ("colgroup", &["span"]),
    ("time", &["datetime"]),
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(DROPPED.iter().copied().collect())
        .generic_attributes(GENERIC.iter().copied().collect())
        .tag_attributes(ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect())
        .tag_attribute_values(HashMap::from([
            ("a", values(&[("target", &["_blank"]), ("rel", &["noopener"]), ("role", &["button"])])),
            ("img", values(&[("role", &["img", "presentation", "none"])])),
            ("div", HashMap::from([("tabindex", HashSet::from(["0"])), ("role", HashSet::from(["group"]))])),
            ("pre", HashMap::from([("tabindex", HashSet::from(["0"]))])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "ftp", "ftps", "irc", "ircs", "slack", "vscode"]))
        .link_rel(None)
        .strip_comments(true);
    builder
});

fn values(allowed: &[(&'static str, &[&'static str])]) -> HashMap<&'static str, HashSet<&'static str>> {
    allowed.iter().map(|(name, values)| (*name, values.iter().copied().collect())).collect()
}

/// The element of this name, where it may stand on a page.
pub(super) fn allowed(name: &str) -> Option<&'static str> {
    TAGS.binary_search(&name).ok().map(|at| TAGS[at])
}

/// The HTML with nothing in it but what is allowed, and every element closed.
pub(super) fn clean(html: &str) -> String {
    // The cleaner gives every attribute a value. What looks so in a text or in a value is escaped.
    CLEANER.clean(html).to_string().replace(" open=\"\">", " open>")
}
