//! The index as a whole.

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
    assert!(text.starts_with("catalogSearch.directory({\"version\":3,\"language\":\"en\",\"total\":3,"), "{text}");
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

/// A table of the tests beside what is made of it: with `UPDATE`, it is written.
#[allow(clippy::disallowed_methods, reason = "a table of the tests, and no input")]
fn is_as_in(name: &str, least: usize, make: impl Fn(&str) -> String) {
    let path = format!("{}/tests/search/{name}", env!("CARGO_MANIFEST_DIR"));
    let known = std::fs::read_to_string(&path).unwrap();
    let made: String = known.lines().map(|line| make(line) + "\n").collect();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, made).unwrap();
        return;
    }
    assert!(known.lines().count() > least);
    for (made, known) in made.lines().zip(known.lines()) {
        assert_eq!(made, known);
    }
}

/// What a query is to be made of, for the script that does it.
#[test]
fn words_and_stems_are_those_that_the_page_makes() {
    let stems = Stems::new("en");
    is_as_in("words.tsv", 500, |line| {
        let text = line.split('\t').next().unwrap_or_default();
        let mut all = Vec::new();
        words(text, MAX_WORDS, &mut |word| all.push(stems.of(word).into_owned()));
        format!("{text}\t{}\t{}", all.join(" "), whole(text))
    });
}

/// The same of single words in other languages.
#[test]
fn stems_of_each_language_are_those_that_the_page_makes() {
    is_as_in("stems.tsv", 2_000, |line| {
        let mut parts = line.split('\t');
        let (tag, word) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        format!("{tag}\t{word}\t{}", Stems::new(tag).of(word))
    });
}

#[test]
fn a_word_is_found_with_and_without_its_accents() {
    let mut builder = Builder::new("es");
    builder.begin(Kind::Page);
    builder.add(&record("Configuración", "a.html"));
    let text: String = builder.finish().files.into_iter().map(|file| file.text).collect();
    for word in ["configur ", "configuracion "] {
        assert!(text.contains(word), "{word}");
    }
}
