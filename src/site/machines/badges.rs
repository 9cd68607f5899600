//! Badges for READMEs: who owns something, where it is in its life, and what is wrong with it. SVG
//! as it is, without a font of its own: the width of a text is reckoned, and the browser is told to
//! keep to it.

use crate::markdown::escape;
use crate::model::{Entity, RelationId};
use crate::routes;
use crate::site::context::Context;
use crate::site::views::Tally;
use crate::site::{Error, Site};

/// Longest text, in characters.
const MAX_TEXT: usize = 40;
/// Room at both ends of a text, in tenths of a pixel.
const PADDING: usize = 60;

/// Colours on which white text can be read: a contrast of 4.5 and more.
const GREY: &str = "#4b5563";
const BLUE: &str = "#1d5fa8";
const GREEN: &str = "#1e7a3c";
const AMBER: &str = "#8a5a00";
const RED: &str = "#b3261e";

pub(super) fn of(site: &Site<'_>, entity: &Entity) -> Result<(), Error> {
    let put = |name: &str, label: &str, (text, color): (String, &str)| {
        site.put(routes::badge(&entity.reference, name), svg(label, &text, color).into_bytes())
    };
    let is_owned = !matches!(entity.reference.kind.to_lowercase().as_str(), "user" | "group" | "location");
    if is_owned {
        put("owner", "owner", owner(site, entity))?;
    }
    if let Some(lifecycle) = entity.lifecycle() {
        put("lifecycle", "lifecycle", (lifecycle.to_owned(), color_of(lifecycle)))?;
    }
    put("findings", "catalog", findings(site.tally(entity.id)))
}

fn owner(site: &Site<'_>, entity: &Entity) -> (String, &'static str) {
    let page = routes::entity_page(&entity.reference);
    let owners = Context::new(site, &page).targets(entity.id, RelationId::OWNED_BY);
    owners.into_iter().next().map_or_else(|| ("nobody".to_owned(), RED), |owner| (owner.title, BLUE))
}

fn color_of(lifecycle: &str) -> &'static str {
    match lifecycle.to_lowercase().as_str() {
        "production" => GREEN,
        "experimental" => AMBER,
        "deprecated" => RED,
        _ => GREY,
    }
}

/// The gravest that was found, counted.
fn findings(tally: Tally) -> (String, &'static str) {
    let counted = |number: usize, noun: &str| crate::report::count(number, noun);
    match tally {
        Tally { errors, .. } if errors > 0 => (counted(errors, "error"), RED),
        Tally { warnings, .. } if warnings > 0 => (counted(warnings, "warning"), AMBER),
        Tally { notes, .. } if notes > 0 => (counted(notes, "note"), BLUE),
        _ => ("no findings".to_owned(), GREEN),
    }
}

fn svg(label: &str, text: &str, color: &str) -> String {
    let (label, text) = (shortened(label), shortened(text));
    let (label_width, text_width) = (width(&label), width(&text));
    let (left, right) = (label_width + 2 * PADDING, text_width + 2 * PADDING);
    let total = tenths(left + right);
    let (label, text) = (escape(&label), escape(&text));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{total}\" height=\"20\" viewBox=\"0 0 {total} 20\" role=\"img\" aria-label=\"{label}: {text}\">\
         <title>{label}: {text}</title>\
         <clipPath id=\"round\"><rect width=\"{total}\" height=\"20\" rx=\"4\"/></clipPath>\
         <g clip-path=\"url(#round)\"><rect width=\"{total}\" height=\"20\" fill=\"#24292f\"/>\
         <rect x=\"{}\" width=\"{}\" height=\"20\" fill=\"{color}\"/></g>\
         <g fill=\"#fff\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"11\">\
         <text x=\"{}\" y=\"14\" textLength=\"{}\">{label}</text>\
         <text x=\"{}\" y=\"14\" textLength=\"{}\">{text}</text></g></svg>\n",
        tenths(left),
        tenths(right),
        tenths(PADDING),
        tenths(label_width),
        tenths(left + PADDING),
        tenths(text_width),
    )
}

/// A text on one line that is not too long.
fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    if text.chars().count() <= MAX_TEXT {
        return text;
    }
    text.chars().take(MAX_TEXT - 1).chain(['…']).collect()
}

/// Tenths of a pixel as pixels.
fn tenths(number: usize) -> String {
    if number.is_multiple_of(10) { (number / 10).to_string() } else { format!("{}.{}", number / 10, number % 10) }
}

/// The width of a text in Verdana of 11 pixels, in tenths of a pixel.
fn width(text: &str) -> usize {
    text.chars().map(advance).sum()
}

fn advance(character: char) -> usize {
    match character {
        'i' | 'j' | 'l' | '\'' => 31,
        ' ' | 'f' | 't' | 'r' | 'I' | 'J' | '!' | ',' | '.' | ':' | ';' | '(' | ')' | '[' | ']' | '/' | '|' | '-' => 44,
        'c' | 's' | 'z' | 'k' | 'v' | 'x' | 'y' => 61,
        'a' | 'e' | 'b' | 'd' | 'g' | 'h' | 'n' | 'o' | 'p' | 'q' | 'u' | '0'..='9' | '_' => 69,
        'L' | 'T' | 'F' | 'E' | 'P' | 'S' | 'X' | 'Y' | 'Z' => 70,
        'A' | 'B' | 'C' | 'K' | 'R' | 'V' => 76,
        'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' => 86,
        'w' | '+' | '=' | '<' | '>' | '~' => 90,
        'm' | 'M' | 'W' | '%' | '@' => 107,
        // Latin letters with accents are as wide as those without; others may fill a square.
        '\u{a1}'..='\u{24f}' => 69,
        '\u{300}'..='\u{36f}' => 0,
        '\u{370}'..='\u{10ff}' => 72,
        _ => 110,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_text() {
        let badge = svg("owner", "<script>&\"'\n x", BLUE);
        assert!(badge.contains("&lt;script&gt;&amp;"), "{badge}");
        assert!(roxmltree::Document::parse(&badge).is_ok());
        assert!(shortened(&"é".repeat(100)).ends_with('…'));
    }

    #[test]
    fn the_gravest_is_told() {
        for (errors, warnings, notes, expected) in
            [(2, 1, 0, "2 errors"), (0, 1, 5, "1 warning"), (0, 0, 1, "1 note"), (0, 0, 0, "no findings")]
        {
            assert_eq!(findings(Tally { errors, warnings, notes }).0, expected);
        }
    }

    #[test]
    fn widths_are_pixels() {
        assert_eq!(tenths(1234), "123.4");
        assert_eq!(tenths(1230), "123");
        assert!(width("mmmm") > width("iiii") * 3);
    }
}
