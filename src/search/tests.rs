//! The index as a whole.

use std::fmt::Write;

use super::*;

fn record<'a>(title: &'a str, href: &'a str) -> Record<'a> {
    Record { label: "Component", title, href, base: "catalog/", ..Record::default() }
}

#[test]
fn records_are_numbered_by_kind_and_the_directory_says_where_each_begins() {
    let mut builder = Builder::new("en");
    builder.begin(Kind::Entity);
    builder.add(&record("Payments API", "payments.html"));
    builder.add(&record("Ledger", "ledger.html"));
    builder.begin(Kind::Page);
    builder.add(&record("Retries", "retries.html"));
    let index = builder.finish();
    assert_eq!(index.total, 3);
    let text = &index.directory;
    assert!(text.starts_with("catalogSearch.directory({\"version\":2,\"language\":\"en\",\"total\":3,"), "{text}");
    assert!(text.contains(r#"{"id":"page","title":"Documentation","from":2}"#), "{text}");
    assert_eq!(index.files.len(), 3);
    assert!(index.files[0].text.contains("payments.html"));
    assert!(index.files[1].text.contains("paymentsapi "), "{}", index.files[1].text);
    assert!(index.files[2].text.contains("retri "), "{}", index.files[2].text);
}

#[test]
fn no_file_grows_with_the_site_and_every_build_is_the_same() {
    let build = || {
        let mut builder = Builder::new("en");
        builder.begin(Kind::Entity);
        let mut files = Vec::new();
        for number in 0..20_000 {
            let title = format!("service-{} {number}", number % 977);
            let text = "the service of all services";
            let words = [(Weight::Description, text)];
            let sections = [Section { heading: "", anchor: "", text }];
            let facets = [("kind", "component")];
            let more = record(&title, &title);
            builder.add(&Record { words: &words, sections: &sections, facets: &facets, text, ..more });
            files.extend(builder.take());
        }
        let index = builder.finish();
        files.extend(index.files);
        (files, index.directory)
    };
    let (files, directory) = build();
    let largest = files.iter().map(|file| file.text.len()).max().unwrap_or(0);
    assert!(largest < 2 * MAX_RECORDS, "{largest}");
    assert!(directory.len() < MAX_RECORDS, "{}", directory.len());
    assert!(files.len() > 10);
    assert_eq!((files, directory), build());
}

#[test]
fn a_word_says_more_of_a_short_text_that_has_it_often() {
    assert_eq!(body(1, 3_000), 1);
    assert!(body(1, 100) > body(1, 3_000));
    assert!(body(5, 300) > body(1, 300));
    assert_eq!(body(10_000, 300), u32::from(MAX_BODY));
}

/// What a query is to be made of, for the script that does it: `tests/search/words.tsv`.
#[test]
#[allow(clippy::disallowed_methods, reason = "a table of the tests, and no input")]
fn words_and_stems_are_those_that_the_page_makes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/search/words.tsv");
    let known = std::fs::read_to_string(path).unwrap();
    let stems = Stems::new("en");
    let mut made = String::new();
    for line in known.lines() {
        let text = line.split('\t').next().unwrap_or_default();
        let mut all = Vec::new();
        words(text, MAX_WORDS, &mut |word| all.push(stems.with(word, str::to_owned)));
        writeln!(made, "{text}\t{}\t{}", all.join(" "), whole(text)).unwrap();
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    assert!(known.lines().count() > 500);
    assert_eq!(made, known);
}
