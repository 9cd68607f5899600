//! Any text goes through the line pass without losing a word, becomes a page without panic, and
//! every place on the page lies inside of the text.

#![no_main]

use catalog::base::NoMemo;
use catalog::markdown::{Href, Options, lost_words, render};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    assert_eq!(lost_words(text), [""; 0]);
    let page = render(text, &Options::PAGE, &NoMemo);
    let _ = page.html(&mut |link| Href::To(page.links[link].target.clone()), &NoMemo);
    let links = page.links.iter().map(|link| link.span);
    for span in links.chain(page.problems.iter().map(|problem| problem.span)) {
        assert!(text.get(span.range()).is_some(), "{span:?}");
    }
});
