//! What the line pass must keep: every word that is no syntax of a block. Fuzzing and property
//! tests ask here; nothing that is built does.
//!
//! What syntax is stands here once more and without the reader of the pass, so that a mistake
//! there does not excuse itself.

use super::pass;
use super::whole_lines;

/// The words of a text that the line pass neither copies nor reads as the syntax of a block.
pub fn lost_words(text: &str) -> Vec<&str> {
    let lines = whole_lines(text, 0);
    let pass = pass::run(&lines, "0");
    let kept = kept(text, &pass.out);
    let elements: Vec<&(String, String)> = pass.directives.iter().filter_map(|found| found.element.as_ref()).collect();
    let mut lost = Vec::new();
    let (mut start, mut options) = (0, false);
    for line in text.split_inclusive('\n') {
        // Options are indented below the first line of their block, up to an empty line.
        options &= !line.trim().is_empty() && line.contains("    ") | line.contains('\t');
        for (at, word) in words(line) {
            let of_element = || elements.iter().any(|(open, close)| open.contains(word) || close.contains(word));
            if kept[start + at..start + at + word.len()].contains(&false)
                && !options
                && !is_attribute(line, at, word)
                && !heads(line).any(|head| is_mark(line, head, at, word))
                && !of_element()
            {
                lost.push(word);
            }
        }
        options |= heads(line).any(|head| without_marks(head).starts_with("///"));
        start += line.len();
    }
    lost
}

/// For each byte of the text whether it was copied.
fn kept(text: &str, out: &super::out::Out) -> Vec<bool> {
    let mut kept = vec![false; text.len()];
    for (number, (from, origin, copied)) in out.map.iter().enumerate() {
        let to = out.map.get(number + 1).map_or(out.text.len(), |next| next.0);
        let piece = &out.text[*from..to];
        // The end of a line is not part of what was copied.
        let piece = piece.split('\n').next().unwrap_or("");
        if *copied && text.get(*origin..).is_some_and(|rest| rest.starts_with(piece)) {
            kept[*origin..origin + piece.len()].fill(true);
        }
    }
    kept
}

/// A line without white space, quotes and marks of lists before it.
fn without_marks(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let mark = if digits > 0 { digits + 1 } else { 1 };
        let is_item = rest.get(mark..).is_some_and(|rest| rest.starts_with([' ', '\t']))
            && if digits > 0 { rest[digits..].starts_with(['.', ')']) } else { rest.starts_with(['-', '*', '+']) };
        rest = match rest.strip_prefix('>').filter(|_| !rest.starts_with(">>>")) {
            Some(quoted) => quoted.trim_start(),
            None if is_item => rest[mark..].trim_start(),
            None => return rest,
        };
    }
}

/// The runs of letters and digits of a line, with where they stand.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = line.split(|letter: char| !letter.is_alphanumeric());
    let begin = line.as_ptr() as usize;
    parts.filter(|word| !word.is_empty()).map(move |word| (word.as_ptr() as usize - begin, word))
}

/// Where a line may begin a block: at its start, and behind each tag.
fn heads(line: &str) -> impl Iterator<Item = &str> {
    std::iter::once(line).chain(line.match_indices('>').map(|(end, _)| &line[end + 1..]))
}

/// Whether a word of the part `head` of a line is the number of an item or the syntax of a block.
fn is_mark(line: &str, head: &str, at: usize, word: &str) -> bool {
    let Some(at) = at.checked_sub(line.len() - head.len()) else { return false };
    let content = without_marks(head);
    let before = head.len() - content.len();
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit()) && head[at + word.len()..].starts_with(['.', ')']);
    at.checked_sub(before).map_or(is_number, |at| is_syntax(content, at))
}

/// Whether a word is `markdown` in a tag, or what it is set to.
fn is_attribute(line: &str, at: usize, word: &str) -> bool {
    let attribute = line[..at].rfind("markdown").map_or("", |from| &line[from..at]);
    word == "markdown" || (attribute.starts_with("markdown=") && !attribute.contains('>'))
}

/// Whether what stands there in a line that begins so is part of the syntax.
fn is_syntax(head: &str, at: usize) -> bool {
    let before = |end: Option<usize>| end.is_none_or(|end| at < end);
    let takes_options = |head: &str| ["html", "caption", "defin"].iter().any(|name| head.contains(name));
    match head {
        _ if head.starts_with("!!!") || head.starts_with("???") => before(head.find('"')),
        _ if head.starts_with("///") => before(head.find('|')) || takes_options(head),
        _ if head.starts_with("[!") || head.starts_with(">>>") => before(head.find(']')),
        _ => head.starts_with('{') && head.contains(".annotate"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What blocks are made of, and words between.
    const PIECES: [&str; 44] = [
        "!!! note\n",
        "!!! a b \"",
        "\"\n",
        "??? tip \"x y\"\n",
        "???+ ",
        "=== \"A\"\n",
        "===! \"B c\"\n",
        "/// note | T u\n",
        "/// tab | T\n",
        "/// details\n    open: true\n",
        "/// html | div.a\n",
        "///\n",
        "//// ",
        ">>>\n",
        "> [!NOTE] T\n",
        "> [!faq]- W\n",
        "> ",
        ">",
        "- ",
        "1. ",
        "12) ",
        "* ",
        "    ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "```\n",
        "~~~ x\n",
        "<div markdown>",
        "<p markdown=\"span\" class=a>",
        "</div>",
        "</p>",
        "<pre>",
        "</pre>\n",
        "<!--",
        "-->",
        "|a|b|\n|-|-|\n",
        "|`c|d`|e|\n",
        "{ .annotate }\n",
        "word ",
        "\u{e9}t\u{e9}\n",
        "two words\n",
        "# ",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

        #[test]
        fn no_order_of_blocks_loses_a_word(parts in proptest::collection::vec(0..PIECES.len(), 0..40)) {
            let text: String = parts.iter().map(|part| PIECES[*part]).collect();
            prop_assert_eq!(lost_words(&text), [""; 0], "{:?}", text);
        }

        #[test]
        fn no_text_loses_a_word(text in "([!?=/>|<`~\\-1\\.\\[\\]{}\" \t\n]{0,5}[a-z\u{e9}]{0,3}){0,40}") {
            prop_assert_eq!(lost_words(&text), [""; 0], "{:?}", text);
        }
    }

    #[test]
    fn syntax_is_not_lost_and_text_is_not_syntax() {
        for text in [
            "!!! note inline \"A title\"\n    b\n",
            "> [!NOTE] T\n> - 1. b\n",
            "/// tab | T\n    select: true\n\nb\n///\n",
            "<p markdown class=\"x\">a</p>\n\n<div markdown='block'>\nb\n</div> c\n",
            "1. a\n\n  b `|` c\n\n| a | b |\n|-|-|\n| `x|y` | z |\n",
            "a (1)\n{ .annotate }\n\n1. b\n",
        ] {
            assert_eq!(lost_words(text), [""; 0], "{text}");
        }
        assert!(is_syntax("!!! note \"x\"", 4) && !is_syntax("!!! note \"x\"", 10) && !is_syntax("a b", 2));
        assert!(!is_mark("a 1.", "a 1.", 2, "1") && is_mark("> 12) a", "> 12) a", 2, "12"));
    }
}
