//! Examples as tabs: called what their author calls them, and never so long that a page passes its
//! size. What is cut says so; the definition, which can be downloaded, has all of it.

use crate::api::model::Example;

use super::texts::Texts;
use super::views::Tab;

/// Most bytes of one example, and of all that stand in one box.
const MOST: usize = 24 * 1024;
const MOST_IN_BOX: usize = 40 * 1024;
/// What is shown of each where there are very many.
const LEAST: usize = 512;
/// Longest summary that is a name as well, in characters.
const LONGEST_NAME: usize = 40;

/// What an example is called: by a short summary, which is written for readers, else by its name.
pub(super) fn name(example: &Example) -> Option<&str> {
    let summary = example.summary.as_deref();
    let short = summary.filter(|summary| summary.chars().count() <= LONGEST_NAME);
    short.or(example.name.as_deref()).or(summary)
}

/// How much of each example is shown where so many stand together.
pub(super) fn share(count: usize) -> usize {
    (MOST_IN_BOX / count.max(1)).clamp(LEAST, MOST)
}

/// An example as a tab, with at most so many bytes of it.
pub(super) fn tab(example: &Example, texts: &Texts<'_>, most: usize) -> Tab {
    let summary = example.summary.as_deref().filter(|summary| name(example) != Some(summary));
    let shown = beginning(&example.text, most);
    let html = (!shown.is_empty() || example.external.is_none()).then(|| texts.code(shown, example.language));
    let href = example.external.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    let text = [summary, example.description.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    let text = Some(text.as_str()).filter(|text| !text.is_empty());
    Tab {
        label: name(example).unwrap_or_default().to_owned(),
        html,
        text_html: texts.html(text.or(example.external.as_deref().filter(|_| href.is_none()))),
        href,
        generated: example.generated,
        cut: shown.len() < example.text.len(),
    }
}

/// Whole lines from the beginning of a text, or what there is room for of its first one.
fn beginning(text: &str, most: usize) -> &str {
    let shown = &text[..text.floor_char_boundary(most)];
    if shown.len() == text.len() {
        return text;
    }
    shown.rsplit_once('\n').map_or(shown, |(lines, _)| lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::NoMemo;

    fn example(name: &str, summary: &str, text: &str) -> Example {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Example {
            name: some(name),
            summary: some(summary),
            text: text.to_owned(),
            language: "json",
            ..Example::default()
        }
    }

    #[test]
    fn a_short_summary_is_a_name_and_a_long_one_a_text() {
        let texts = Texts::new(&NoMemo);
        let of = |name: &str, summary: &str| {
            let tab = tab(&example(name, summary, "1"), &texts, MOST);
            (tab.label, tab.text_html.unwrap_or_default())
        };
        assert_eq!(of("apple", "An apple"), ("An apple".to_owned(), String::new()));
        let long = "An apple that is far too long for the label of a tab";
        assert_eq!(of("apple", long), ("apple".to_owned(), format!("<p>{long}</p>")));
        assert_eq!(of("", long), (long.to_owned(), String::new()));
        let told = Example { description: Some("On the quay".to_owned()), ..example("apple", long, "1") };
        let text = tab(&told, &texts, MOST).text_html.unwrap();
        assert!(text.contains(&format!("<p>{long}</p>")) && text.contains("<p>On the quay</p>"), "{text}");
    }

    #[test]
    fn what_is_long_is_cut_at_a_line_and_says_so() {
        let texts = Texts::new(&NoMemo);
        let lines = "\"é\",\n".repeat(100);
        let cut = tab(&example("a", "", &lines), &texts, 33);
        assert!(cut.cut && cut.html.unwrap().matches('é').count() == 5);
        assert!(!tab(&example("a", "", &lines), &texts, lines.len()).cut);
        assert_eq!(beginning("ééé", 3), "é");
        assert_eq!([share(0), share(1), share(4), share(10_000)], [MOST, MOST, 10 * 1024, LEAST]);
    }
}
