//! Drawings from repositories. They are served as files of the site's own origin, so they may
//! hold shapes and text and nothing that runs or loads.

use std::borrow::Cow;
use std::sync::LazyLock;

use ammonia::Builder;
use rustc_hash::FxHashSet;

const TAGS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "switch",
    "filter",
    "feGaussianBlur",
    "feOffset",
    "feBlend",
    "feFlood",
    "feComposite",
    "feMerge",
    "feMergeNode",
    "feColorMatrix",
    "feDropShadow",
    "style",
];

/// Elements that go with all that is in them.
const DROPPED: &[&str] = &["script", "foreignObject", "foreignobject", "iframe", "set", "animate", "handler", "image"];

const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "d",
    "dx",
    "dy",
    "width",
    "height",
    "viewBox",
    "preserveAspectRatio",
    "points",
    "transform",
    "gradientTransform",
    "gradientUnits",
    "patternUnits",
    "patternContentUnits",
    "patternTransform",
    "clipPathUnits",
    "maskUnits",
    "maskContentUnits",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "refX",
    "refY",
    "orient",
    "offset",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "opacity",
    "color",
    "stop-color",
    "stop-opacity",
    "clip-path",
    "clip-rule",
    "mask",
    "filter",
    "marker-start",
    "marker-mid",
    "marker-end",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
    "text-decoration",
    "dominant-baseline",
    "alignment-baseline",
    "baseline-shift",
    "letter-spacing",
    "textLength",
    "lengthAdjust",
    "startOffset",
    "display",
    "visibility",
    "overflow",
    "spreadMethod",
    "vector-effect",
    "shape-rendering",
    "text-rendering",
    "paint-order",
    "mix-blend-mode",
    "stdDeviation",
    "in",
    "in2",
    "result",
    "mode",
    "operator",
    "values",
    "type",
    "flood-color",
    "flood-opacity",
    "filterUnits",
    "k1",
    "k2",
    "k3",
    "k4",
    "version",
    "role",
    "aria-label",
    "href",
    "style",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(DROPPED.iter().copied().collect())
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .strip_comments(true)
        .link_rel(None)
        .attribute_filter(|_, attribute, value| is_harmless(attribute, value).then_some(Cow::Borrowed(value)));
    builder
});

/// References may only lead into the drawing itself.
fn is_harmless(attribute: &str, value: &str) -> bool {
    let lower: String =
        value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
    if attribute == "href" {
        return lower.starts_with('#');
    }
    let loads = lower.contains("url(")
        && lower.split("url(").skip(1).any(|url| !url.trim_start_matches(['"', '\'']).starts_with('#'));
    let odd = ["javascript:", "expression(", "@import", "\\", "/*", "image(", "image-set("];
    !loads && !odd.iter().any(|word| lower.contains(word))
}

/// A drawing without scripts, handlers, foreign content and references to elsewhere; `None` when
/// it is no SVG. What comes out is XML again.
pub fn clean_svg(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lower_start = find_root(text)?;
    // XML's short form of an empty element means an open one to an HTML parser, but not inside
    // of `svg`, where it is read as in XML.
    let renamed = text[lower_start..].replace("xlink:href", "href");
    let cleaned = CLEANER.clean(&renamed).to_string();
    let root = cleaned.find("<svg")?;
    let end = cleaned.rfind("</svg>")? + "</svg>".len();
    let body = cleaned.get(root + "<svg".len()..end)?.replace("&nbsp;", "&#160;");
    let body = without_loading_styles(body);
    Some(format!("<svg xmlns=\"http://www.w3.org/2000/svg\"{}\n", without_forbidden_characters(&body)))
}

/// A drawing that stands in a page, as HTML: like [`clean_svg`], without style sheets, which would
/// reach the whole page; what `style` says becomes attributes, and ids are of this drawing alone.
pub(super) fn clean_inline(svg: &str, number: usize) -> Option<String> {
    let clean = clean_svg(svg.as_bytes())?;
    let mut out = String::with_capacity(clean.len() + clean.len() / 8);
    let mut rest = clean.strip_prefix("<svg xmlns=\"http://www.w3.org/2000/svg\"")?;
    out.push_str("<svg");
    let mut element = "svg";
    loop {
        // What is left of the tag that is open, as the cleaner writes it.
        let mut known: Vec<&str> = Vec::new();
        let mut style = None;
        while let Some(attribute) = rest.trim_start_matches('\n').strip_prefix(' ') {
            let Some((key, after)) = attribute.split_once("=\"") else { break };
            let Some((value, after)) = after.split_once('"') else { break };
            rest = after;
            known.push(key);
            match key {
                "style" => style = Some(value),
                "id" => out.push_str(&format!(" id=\"svg{number}-{value}\"")),
                "href" => {
                    out.push_str(&format!(" href=\"#svg{number}-{}\"", value.trim().trim_start_matches('#')));
                }
                _ => out.push_str(&format!(" {key}=\"{}\"", local(value, number))),
            }
        }
        for (property, value) in
            style.into_iter().flat_map(|style| style.split(';')).filter_map(|one| one.split_once(':'))
        {
            let property = property.trim();
            let fits = PRESENTATION.contains(&property) && !known.contains(&property);
            if fits && !value.contains('&') {
                out.push_str(&format!(" {property}=\"{}\"", local(value.trim(), number)));
                known.push(property);
            }
        }
        let close = rest.find('>')?;
        out.push_str(rest[..=close].trim_start_matches('\n'));
        rest = &rest[close + 1..];
        if element == "style" {
            rest = rest.split_once("</style>").map_or("", |(_, rest)| rest);
            out.truncate(out.rfind("<style")?);
        }
        // Text and ends of elements, up to the next tag that opens.
        loop {
            let Some(open) = rest.find('<') else {
                out.push_str(rest);
                return Some(out);
            };
            out.push_str(&rest[..open]);
            rest = &rest[open..];
            if !rest.starts_with("</") {
                break;
            }
            let end = rest.find('>')? + 1;
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        let end = rest.find([' ', '>'])?;
        element = &rest[1..end];
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
}

/// What `style` may say that an attribute says as well.
const PRESENTATION: &[&str] = &[
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "opacity",
    "color",
    "stop-color",
    "stop-opacity",
    "clip-path",
    "clip-rule",
    "mask",
    "filter",
    "marker-start",
    "marker-mid",
    "marker-end",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
    "text-decoration",
    "dominant-baseline",
    "letter-spacing",
    "display",
    "visibility",
    "overflow",
    "flood-color",
    "flood-opacity",
    "paint-order",
];

/// A value whose references lead to the ids of this drawing.
fn local(value: &str, number: usize) -> String {
    value.replace("url(#", &format!("url(#svg{number}-"))
}

/// Style sheets stay where all that they refer to is in the drawing.
fn without_loading_styles(body: String) -> String {
    if !body.contains("<style") {
        return body;
    }
    let mut out = String::with_capacity(body.len());
    let mut rest = body.as_str();
    while let Some(start) = rest.find("<style") {
        out.push_str(&rest[..start]);
        let end = rest[start..].find("</style>").map_or(rest.len(), |end| start + end + "</style>".len());
        let sheet = &rest[start..end];
        if is_harmless("style", &sheet.replace("/*", "").replace("*/", "")) && !sheet.contains("&lt;") {
            out.push_str(sheet);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where the root element begins: the first `<svg` that is followed by what may follow a name.
fn find_root(text: &str) -> Option<usize> {
    let ends: FxHashSet<char> = [' ', '\t', '\n', '\r', '>', '/'].into_iter().collect();
    text.match_indices("<svg")
        .find(|(at, _)| text[at + 4..].chars().next().is_some_and(|c| ends.contains(&c)))
        .map(|(at, _)| at)
}

/// XML knows no control characters.
fn without_forbidden_characters(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_keeps_its_shapes_and_loses_what_runs() {
        let svg = br##"<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2" onload="alert(1)">
            <script>alert(1)</script><foreignObject><p>x</p></foreignObject>
            <style>@import url(http://x)</style><style>@im/**/port 'x';</style><style type="text/css"><![CDATA[.a > b { fill: red }]]></style><image href="http://x/y.png"/>
            <defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>
            <a href="javascript:alert(1)"><text>kept</text></a>
            <rect width="1" height="1" fill="url(#g)" style="fill:url(http://x)"/><use href="other.svg#a"/><use xlink:href="#g"/><text>a &amp; b</text></svg>"##;
        let clean = clean_svg(svg).unwrap();
        for bad in [
            "script",
            "alert",
            "onload",
            "http://x",
            "foreign",
            "javascript",
            "other.svg",
            "ENTITY",
            "port",
            "style=\"",
        ] {
            assert!(!clean.contains(bad), "{bad} in {clean}");
        }
        for good in [
            "viewBox=\"0 0 2 2\"",
            "linearGradient",
            "fill=\"url(#g)\"",
            "href=\"#g\"",
            "a &amp; b",
            "<rect ",
            "kept",
            ".a &gt; b { fill: red }",
        ] {
            assert!(clean.contains(good), "{good} not in {clean}");
        }
        assert!(clean.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    }

    #[test]
    fn a_drawing_in_a_page_keeps_to_itself() {
        let svg = r##"<svg style="fill:url(#g);position:fixed" viewBox="0 0 2 2"><style>p{display:none}</style><g
            id="g" style="stroke:red; stroke : blue;fill:&quot;"/><use xlink:href="#g" fill="url(#g)"/><text>a<br></text></svg>"##;
        assert_eq!(
            clean_inline(svg, 2).unwrap(),
            "<svg viewBox=\"0 0 2 2\" fill=\"url(#svg2-g)\"><g id=\"svg2-g\" stroke=\"red\"></g><use href=\"#svg2-g\" fill=\"url(#svg2-g)\"></use><text>a</text></svg>\n"
        );
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        for bytes in [&b"<html><body>x"[..], b"", b"\xff\xfe", b"<svgx>"] {
            assert_eq!(clean_svg(bytes), None);
        }
    }
}
