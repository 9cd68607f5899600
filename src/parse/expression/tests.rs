//! What is read from expressions, and that nothing is too odd for the reader.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Expressions {
    expressions(text, Marks::Scaffolder)
}

fn paths(text: &str) -> Vec<String> {
    let path = |variable: &Variable| {
        let names = std::iter::once(&variable.root).chain(&variable.path);
        names.map(|name| name.name.clone()).collect::<Vec<_>>().join("/")
    };
    read(text).variables.iter().map(path).collect()
}

fn faults(text: &str) -> Vec<String> {
    read(text).faults.into_iter().map(|fault| format!("{}: {}", &text[fault.span], fault.what)).collect()
}

#[test]
fn variables_are_found_with_their_paths() {
    assert_eq!(
        paths("a ${{ parameters.name }} b ${{-steps['publish'].output.url-}}"),
        ["parameters/name", "steps/publish/output/url"]
    );
    assert_eq!(paths("${{ a if b.c else d[0] }}"), ["a", "b/c", "d/0"]);
    assert_eq!(paths("${{ x | pick('y') | default(values.z) }}"), ["x", "values/z"]);
    assert_eq!(paths("${{ { key: value, 'a': b } }}"), ["value", "b"]);
    assert_eq!(paths("${{ f(name=value) is defined and not g }}"), ["f", "value", "g"]);
    assert_eq!(paths("{% for k, v in values.l %}${{ k }}{% endfor %}"), ["values/l", "k"]);
    assert_eq!(paths("{{ not.ours }} {% raw %}${{ nor.this }}{% endraw %}${{ this }} {# ${{ no }} #}"), ["this"]);
    assert_eq!(paths("${{ s | replace(r/[a-z]\\/}}/g, '') }}"), ["s"]);
}

#[test]
fn filters_and_local_names_are_found() {
    let found =
        read("{% set a = b | upper %}{% macro m(x) %}{% endmacro %}{% for i in a %}${{ i|my.own }}{% endfor %}");
    let filters: Vec<&str> = found.filters.iter().map(|filter| filter.name.as_str()).collect();
    assert_eq!(filters, ["upper", "my.own"]);
    assert_eq!(found.locals.iter().collect::<Vec<_>>(), ["a", "i", "m", "x"]);
    assert!(found.faults.is_empty());
}

#[test]
fn a_hyphen_in_a_name_is_seen() {
    let found = read("${{ steps.fetch-the-base.output }}");
    assert_eq!(found.variables[0].hyphenated.as_ref().map(|name| name.name.as_str()), Some("-the-base"));
    assert_eq!(read("${{ a - b }}").variables[0].hyphenated, None);
}

#[test]
fn faults_point_at_what_is_wrong() {
    assert_eq!(faults("x ${{ a"), ["${{: `${{` is not closed by `}}`"]);
    assert_eq!(faults("${{ }}"), ["${{ }}: there is nothing in the expression"]);
    assert_eq!(faults("${{ (a }}"), ["(: `(` is not closed"]);
    assert_eq!(faults("${{ a] }}"), ["]: `]` closes nothing"]);
    assert_eq!(faults("${{ a b }}"), ["b: `b` follows a value with nothing between them"]);
    assert_eq!(faults("${{ a | }}"), ["| }}: nothing follows `|`"]);
    assert_eq!(faults("${{ 'a }}"), ["': a quoted text is not closed"]);
    assert_eq!(faults("{% include 'x' %}"), ["include: the scaffolder has no `{% include %}`"]);
    assert_eq!(faults("{% if a %}"), ["if: `{% if %}` is not closed by `{% endif %}`"]);
    assert_eq!(faults("{% endif %}"), ["endif: `{% endif %}` closes nothing"]);
    for good in [
        "${{ a.b(1)[2]('x') }}",
        "${{ { a: { b: 1 }} }}",
        "${{ a is not none and b }}",
        "${{ 'a' in b }}",
        "${{ -1 + a }}",
        "${#x[@]}",
        "{% set x %}a{% endset %}",
        "${{ a if b }}",
        "${{ 1.5 * (2 // 3) }}",
        "${{ a === 'b' }}",
        "${{ 1e5 + 0x1F }}",
        "${{ parameters.2fa }}",
        "${{ a is divisibleby 3 }}",
        "${{ github.ref == 'x' && !cancelled() || 'z' }}",
        "${{ (a | parseRepoUrl)['owner'] }}",
    ] {
        assert_eq!(faults(good), [""; 0], "{good}");
    }
}

#[test]
fn a_long_text_is_read_in_one_pass() {
    let text = "{# ${{ a }} {".repeat(200_000);
    assert!(!read(&text).variables.is_empty());
    assert!(read(&"${{ a }}{".repeat(200_000)).outputs > 1_000);
}

proptest! {
    #[test]
    fn nothing_is_too_odd(text in r#"([$]\{\{|\}\}|\{%|%\}|\{#|#\}|[-a-z.|'"()\[\]{}/\\ =r1é]|if|for|set|raw|endraw|in|is){0,40}"#) {
        for marks in [Marks::Scaffolder, Marks::Cookiecutter] {
            let found = expressions(&text, marks);
            let names = found.variables.iter().flat_map(|variable| std::iter::once(&variable.root).chain(&variable.path).chain(&variable.hyphenated));
            for name in names.chain(&found.filters).chain(&found.tags) {
                prop_assert_eq!(text.get(name.span.clone()), Some(name.name.as_str()));
            }
            for fault in &found.faults {
                prop_assert!(text.get(fault.span.clone()).is_some());
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,60}") {
        expressions(&format!("${{{{{text}"), Marks::Scaffolder);
        expressions(&text, Marks::Cookiecutter);
    }
}
