//! The author's HTML as tags and text. What is no whole tag is text, so that no quote or bracket
//! that was left open reaches into what follows.

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Text, entities as they were written.
    Text(&'t str),
    /// A tag that opens an element.
    Open(Tag<'t>),
    /// A tag that closes one, its name in lower case.
    Close(String),
}

/// A tag that opens an element.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Its name in lower case.
    pub(super) name: String,
    /// Names in lower case and values, entities as they were written.
    pub(super) attributes: Vec<(String, &'t str)>,
    /// Whether it ends itself.
    pub(super) ends: bool,
    /// Where it begins, and where what follows it does.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Tag<'_> {
    /// The value of an attribute; the first of several counts.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

/// Most attributes of one tag that are looked at.
const MAX_ATTRIBUTES: usize = 40;

/// The first piece of the HTML from a byte on, and where the next begins. Comments and
/// declarations give no text.
pub(super) fn next(html: &str, from: usize) -> Option<(Token<'_>, usize)> {
    let rest = html.get(from..).filter(|rest| !rest.is_empty())?;
    if !rest.starts_with('<') {
        let end = rest.find('<').unwrap_or(rest.len());
        return Some((Token::Text(&rest[..end]), from + end));
    }
    if rest.starts_with("<!--") {
        return Some((Token::Text(""), comment(html, from)));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        let closed = if rest.starts_with("<![CDATA[") { rest.find("]]>").map(|at| at + 3) } else { None };
        let end = closed.or_else(|| rest.find('>').map(|at| at + 1)).unwrap_or(rest.len());
        return Some((Token::Text(""), from + end));
    }
    if let Some(close) = rest.strip_prefix("</") {
        let name = name(close);
        if !name.is_empty()
            && let Some(end) = rest[2..].find(['<', '>']).map(|at| at + 2).filter(|at| rest[*at..].starts_with('>'))
        {
            return Some((Token::Close(name.to_ascii_lowercase()), from + end + 1));
        }
    } else if let Some(tag) = open(html, from) {
        let end = tag.end;
        return Some((Token::Open(tag), end));
    }
    Some((Token::Text(&rest[..1]), from + 1))
}

/// Where the comment ends that begins here. One that is not closed goes to the end.
fn comment(html: &str, from: usize) -> usize {
    let inner = &html[from + 4..];
    let short = ["-->", "->", ">"].into_iter().find(|end| inner.starts_with(end));
    match short {
        Some(end) => from + 4 + end.len(),
        None => inner.find("-->").map_or(html.len(), |at| from + 4 + at + 3),
    }
}

fn name(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    // A name that goes on in another way is no name of HTML.
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(text.len());
    let is_name = text[..end].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_name { &text[..end] } else { "" }
}

fn open(html: &str, start: usize) -> Option<Tag<'_>> {
    let name = name(&html[start + 1..]);
    if name.is_empty() {
        return None;
    }
    let mut tag = Tag { name: name.to_ascii_lowercase(), attributes: Vec::new(), ends: false, start, end: 0 };
    let mut at = start + 1 + name.len();
    loop {
        let before = &html[at..];
        let rest = before.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let skipped = before.len() - rest.len();
        at += skipped;
        if rest.starts_with('>') {
            tag.ends = before[..skipped].ends_with('/');
            tag.end = at + 1;
            return Some(tag);
        }
        let length = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))?;
        let key = &rest[..length];
        // A tag that begins inside of a tag: the first one was left open.
        if key.contains('<') {
            return None;
        }
        at += length;
        let after = html[at..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let mut value = "";
        if let Some(written) = after.strip_prefix('=') {
            let written = written.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let begin = html.len() - written.len();
            let taken;
            (value, taken) = match written.chars().next()? {
                quote @ ('"' | '\'') => {
                    let end = written[1..].find(quote)?;
                    (&written[1..=end], end + 2)
                }
                _ => {
                    let end = written.find(|c: char| c.is_ascii_whitespace() || matches!(c, '<' | '>'))?;
                    if written[end..].starts_with('<') {
                        return None;
                    }
                    (&written[..end], end)
                }
            };
            at = begin + taken;
        } else if length == 0 {
            return None;
        }
        let is_name = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'));
        if is_name && length > 0 && tag.attributes.len() < MAX_ATTRIBUTES {
            tag.attributes.push((key.to_ascii_lowercase(), value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let (mut out, mut at) = (Vec::new(), 0);
        while let Some((token, next)) = next(html, at) {
            assert!(next > at, "{html}");
            at = next;
            match token {
                Token::Text("") => {}
                Token::Text(text) => out.push(format!("{text:?}")),
                Token::Open(tag) => {
                    let attributes: Vec<String> =
                        tag.attributes.iter().map(|(key, value)| format!(" {key}={value}")).collect();
                    out.push(format!("<{}{}{}>", tag.name, attributes.concat(), if tag.ends { "/" } else { "" }));
                }
                Token::Close(name) => out.push(format!("</{name}>")),
            }
        }
        out.join(" ")
    }

    #[test]
    fn only_whole_tags_are_tags() {
        for (html, expected) in [
            ("<B>a</B >", "<b> \"a\" </b>"),
            ("<a HREF = 'x>y' b/c=d>", "<a href=x>y b= c=d>"),
            ("<br/><br />", "<br/> <br/>"),
            ("<a href=x/>", "<a href=x/>"),
            ("a <b", "\"a \" \"<\" \"b\""),
            ("<a b=\"c", "\"<\" \"a b=\\\"c\""),
            ("<a b='<i>", "\"<\" \"a b='\" <i>"),
            ("<a <i>", "\"<\" \"a \" <i>"),
            ("x<!-- <b> -->y<!-->z<!--->w<!-- v", "\"x\" \"y\" \"z\" \"w\""),
            ("<!DOCTYPE x>a<?php b ?>c<![CDATA[ > ]]>d", "\"a\" \"c\" \"d\""),
            ("</>a</ b>", "\"<\" \"/>a\" \"<\" \"/ b>\""),
            ("<é>", "\"<\" \"é>\""),
            ("<svg:a>", "\"<\" \"svg:a>\""),
            ("<a =b>", "<a>"),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }
}
