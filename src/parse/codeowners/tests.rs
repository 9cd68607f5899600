//! The grammars as tables: what GitHub's and GitLab's documents say, and what they leave to
//! `.gitignore` and `File.fnmatch`.

use proptest::prelude::*;

use super::*;

/// A pattern, paths that it matches, and paths that it does not.
type Row = (&'static str, &'static str, &'static str);

const GITHUB: &[Row] = &[
    ("*", "a a/b a/b/c.go .hidden .github/x", ""),
    ("*.js", "a.js src/a.js src/deep/a.js .js a.js/in", "a.jsx js a.ts"),
    ("*.go", "main.go cmd/x/main.go", "main.gox go"),
    ("*.tar.gz", "a.tar.gz x/b.tar.gz", "a.gz a.tar"),
    ("/build/logs/", "build/logs/a build/logs/deep/a", "build/logs x/build/logs/a build/log/a"),
    ("docs/*", "docs/a.md docs/.hidden", "docs/deep/a.md x/docs/a.md docs"),
    ("apps/", "apps/a x/apps/a x/apps/deep/a", "apps x/apps appsy/a"),
    ("/docs/", "docs/a docs/deep/a", "x/docs/a docs"),
    ("**/logs", "logs logs/a build/logs build/logs/a deep/x/logs/y", "catalogs logs.txt"),
    ("/apps/github", "apps/github apps/github/a", "apps/githubx x/apps/github"),
    ("logs", "logs a/logs a/logs/b logs/x/y", "logs.txt mylogs"),
    ("/logs", "logs logs/a", "a/logs a/logs/b"),
    ("a/b", "a/b a/b/c", "x/a/b a/bc"),
    ("/a/b", "a/b a/b/c", "x/a/b"),
    ("a/b/", "a/b/c a/b/c/d", "a/b x/a/b/c"),
    ("/*", "a .a", "a/b"),
    ("/*/", "a/b a/b/c", "a"),
    ("*/", "a/b a/b/c", "a"),
    ("/*.md", "README.md", "docs/README.md README.mdx"),
    ("/*/x", "a/x a/x/y", "x a/b/x"),
    ("a/*/c", "a/b/c a/b/c/d", "a/c a/b/b/c"),
    ("a/**", "a/b a/b/c", "a x/a/b"),
    ("a/**/", "a/b/c a/b", "a"),
    ("a/**/c", "a/c a/b/c a/b/b/c a/b/c/d", "x/a/c a/cc"),
    ("**/a/b", "a/b x/a/b x/y/a/b/c", "a/x/b"),
    ("**", "a a/b", ""),
    ("**/*", "a a/b a/b/c", ""),
    ("**/*.ts", "a.ts x/y/a.ts", "a.tsx"),
    ("src/**/*.test.js", "src/a.test.js src/x/y/a.test.js", "a.test.js src/a.js"),
    ("f?o", "foo f1o x/foo foo/x", "fo fooo"),
    ("f*", "f foo x/foo foo/x", "xf"),
    ("/f*", "foo foo/x", "x/foo"),
    ("f*o*r", "foobar fxoyr", "fbar foo"),
    (r"f\*o", "f*o x/f*o", "foo"),
    (r"f\?o", "f?o", "foo"),
    (r"a\ b", "a_b", ""),
    ("foo**bar", "foobar fooxbar", "foo/bar"),
    ("Makefile", "Makefile x/Makefile", "makefile Makefile.in"),
    ("README", "README", "readme"),
    ("/", "", "a a/b"),
    ("a//b", "", "a/b a//b a"),
    ("/.github/", ".github/CODEOWNERS", "x/.github/y"),
    ("{a,b}", "{a,b}", "a b"),
    ("größe/", "größe/a", "grosse/a"),
];

const GITLAB: &[Row] = &[
    ("*", "a a/b .hidden a/.b/c", ""),
    ("*.rb", "a.rb x/a.rb x/y/a.rb", "a.rbx a.rb/in"),
    ("/docs/", "docs/a docs/x/a", "docs x/docs/a"),
    ("/docs/*", "docs/a docs/.a", "docs/x/a x/docs/a"),
    ("/docs/**/*.md", "docs/a.md docs/x/a.md docs/x/y/a.md", "a.md docs/a.txt"),
    ("lib/", "lib/a x/lib/a x/y/lib/z/a", "lib libx/a"),
    ("/config/", "config/a", "x/config/a"),
    (r"path\ with\ spaces/", "path_", ""),
    (r"\#file.rb", "#file.rb x/#file.rb", "file.rb"),
    ("README.md", "README.md x/README.md", "README.mdx README.md/x"),
    ("/README.md", "README.md", "x/README.md"),
    ("ee/docs", "ee/docs x/ee/docs", "ee/docs/a"),
    ("internal/README.md", "internal/README.md x/y/internal/README.md", "internal/x/README.md"),
    ("model/", "model/a x/model/b", "models/a"),
    ("/x/**/index.md", "x/index.md x/y/index.md x/y/z/index.md", "index.md"),
    ("/x/**", "x/a x/.a", "x x/y/a"),
    ("/**/x/", "x/a y/x/a", "x"),
    ("**/x/*", "x/a y/x/a", "x/y/a"),
    ("/x/**/", "x/a x/y/a", "x"),
    ("docs", "docs x/docs", "docs/a"),
    ("/", "a a/b", ""),
    ("[a-c].rb", "a.rb c.rb x/b.rb", "d.rb ab.rb"),
    ("[^a-c].rb", "d.rb", "a.rb"),
    ("[!a].rb", "b.rb", "a.rb"),
    ("[].rb", "[].rb", "a.rb"),
    (r"\[a].rb", "[a].rb", "a.rb"),
    ("a?c", "abc x/abc", "ac a/c"),
    ("*.{js,ts}", "x.{js,ts}", "a.js"),
    ("/a/*/c", "a/b/c", "a/c a/b/b/c a/b/c/d"),
    (".gitlab-ci.yml", ".gitlab-ci.yml x/.gitlab-ci.yml", "gitlab-ci.yml"),
];

fn wrong(dialect: Dialect, compile: fn(&str) -> Pattern, rows: &[Row]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (text, yes, no) in rows {
        let pattern = compile(text);
        let paths =
            yes.split_whitespace().map(|path| (path, true)).chain(no.split_whitespace().map(|path| (path, false)));
        for (path, expected) in paths {
            // The blank of a path cannot stand in a table of paths divided by blanks.
            let path = if text.contains(r"\ ") {
                text.replace('\\', "") + if text.ends_with('/') { "x" } else { "" }
            } else {
                path.to_owned()
            };
            if pattern.matches(&path) != expected {
                wrong.push(format!("{dialect:?} `{text}` on `{path}`: should be {expected}"));
            }
            let file = parse(&format!("{text} @a\n"), dialect);
            let found = file.deciding(&path).len() == 1;
            if file.problems.is_empty() && found != expected {
                wrong.push(format!("{dialect:?} `{text}` looked up for `{path}`: should be {expected}"));
            }
        }
    }
    wrong
}

#[test]
fn patterns_match_as_the_hosts_say() {
    let mut all = wrong(Dialect::GitHub, github::compile, GITHUB);
    all.extend(wrong(Dialect::GitLab, gitlab::compile, GITLAB));
    assert!(all.is_empty(), "{}", all.join("\n"));
    assert!(GITHUB.len() + GITLAB.len() >= 60);
}

fn shown(file: &CodeOwners, path: &str) -> String {
    file.owners(path).iter().map(|owner| owner.kind.text()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_last_rule_of_github_wins_and_may_clear() {
    let text = "# all\n*  @all\t@o/team # both\n*.js @js\n/apps/ @apps\n/apps/free\nx\\ y/ a@b.example\n";
    let file = parse(text, Dialect::GitHub);
    assert_eq!(file.problems, []);
    let cases = [
        ("a.go", "@all @o/team"),
        ("a.js", "@js"),
        ("apps/a.js", "@apps"),
        ("apps/free/a", ""),
        ("x y/z", "a@b.example"),
    ];
    for (path, owners) in cases {
        assert_eq!(shown(&file, path), owners, "{path}");
    }
}

#[test]
fn each_section_of_gitlab_has_a_last_rule_of_its_own() {
    let text = "* @all\n[Docs] @docs\n*.md\n/x/a.md @x\n^[Data][2] @d1 @g/d2\n*.sql\n!/old/\n/old/keep.sql @d1\n[docs] @more\n/y/\n";
    let file = parse(text, Dialect::GitLab);
    assert_eq!(file.problems, []);
    let names: Vec<(&str, bool)> = file.sections.iter().map(|one| (one.name.as_str(), one.optional)).collect();
    assert_eq!(names, [("", false), ("Docs", false), ("Data", true)]);
    let cases = [
        ("a", "@all"),
        ("a.md", "@all @docs"),
        ("x/a.md", "@all @x"),
        ("y/a.md", "@all @more"),
        ("a.sql", "@all @d1 @g/d2"),
        ("old/a.sql", "@all"),
        ("old/keep.sql", "@all"),
    ];
    for (path, owners) in cases {
        assert_eq!(shown(&file, path), owners, "{path}");
    }
}

#[test]
fn faults_are_found_where_they_are() {
    use Fault::*;
    let cases: &[(Dialect, &str, &[(Fault, &str)])] = &[
        (Dialect::GitHub, "[Docs] @a", &[(SectionOfGitLab, "[Docs]")]),
        (Dialect::GitHub, "  ^[Docs][2]", &[(SectionOfGitLab, "^[Docs][2]")]),
        (Dialect::GitHub, "!a @a", &[(Negation, "!a")]),
        (Dialect::GitHub, "*.[ch] @a", &[(CharacterRange, "*.[ch]")]),
        (Dialect::GitHub, "\\#a @a", &[(EscapedHash, "\\#a")]),
        (Dialect::GitHub, "a/*** @a", &[(ThreeStars, "a/***")]),
        (Dialect::GitHub, "a b", &[(InvalidOwner, "b")]),
        (Dialect::GitHub, "a @", &[(InvalidOwner, "@")]),
        (Dialect::GitHub, "a @o/", &[(InvalidOwner, "@o/")]),
        (Dialect::GitHub, "a @o/p/t", &[(NestedTeam, "@o/p/t")]),
        (Dialect::GitHub, "a @@owner", &[(RoleOfGitLab, "@@owner")]),
        (Dialect::GitHub, "a # b", &[]),
        (Dialect::GitLab, "[Docs", &[(BrokenSection, "[Docs")]),
        (Dialect::GitLab, "[]", &[(BrokenSection, "[]")]),
        (Dialect::GitLab, "[a] @a # b", &[(CommentBehindSection, "[a] @a # b")]),
        (Dialect::GitLab, "[a][0] @a", &[(NoApprovals, "[a][0]")]),
        (Dialect::GitLab, "a @a # b @c", &[(InlineComment, "#")]),
        (Dialect::GitLab, "a", &[(NoOwner, "a")]),
        (Dialect::GitLab, "a @@friend", &[(UnknownRole, "@@friend")]),
        (Dialect::GitLab, "a @@Maintainers @g/h/i b", &[(InvalidOwner, "b")]),
        (Dialect::GitLab, "!a", &[]),
        (Dialect::GitLab, "[a-z]x @a", &[]),
    ];
    for (dialect, text, expected) in cases {
        let file = parse(text, *dialect);
        let found: Vec<(Fault, &str)> = file.problems.iter().map(|one| (one.fault, &text[one.span.range()])).collect();
        assert_eq!(found, *expected, "{dialect:?} `{text}`");
    }
}

#[test]
fn what_is_too_much_does_not_count() {
    let large = "# x\n".repeat(MOST_BYTES / 4 + 1);
    assert_eq!(parse(&large, Dialect::GitHub).unusable, Some(Unusable::TooLarge));
    assert_eq!(parse(&large, Dialect::GitLab).unusable, None);
    let many = parse(&"a @a\n".repeat(MOST_RULES + 1), Dialect::GitLab);
    assert_eq!((many.unusable, many.entries.len()), (Some(Unusable::TooManyRules), 0));
}

#[test]
fn a_pattern_covers_another() {
    let covers = [
        ("*", "/a/b"),
        ("/a/", "/a/b/"),
        ("/a", "/a/"),
        ("*.js", "/a/x.js"),
        ("/a/", "/a/*.js"),
        ("a", "/x/a/b"),
        ("**/x", "/x"),
    ];
    let not = [
        ("/a/", "/a"),
        ("/a/", "*"),
        ("*.js", "/a/"),
        ("/a/*", "/a/"),
        ("?.js", "*.js"),
        ("/a/*.js", "/a/*"),
        ("a/b", "b"),
    ];
    let of = |(a, b): (&str, &str)| github::compile(a).covers(&github::compile(b));
    assert_eq!(covers.into_iter().filter(|pair| !of(*pair)).collect::<Vec<_>>(), []);
    assert_eq!(not.into_iter().filter(|pair| of(*pair)).collect::<Vec<_>>(), []);
}

#[test]
fn a_thousand_rules_over_many_files_are_quick() {
    let text: String = (0..1_000)
        .map(|n| match n % 4 {
            0 => format!("/apps/app-{n}/ @o/t{n}\n"),
            1 => format!("*.e{n} @o/t{n}\n"),
            2 => format!("lib-{n}/ @o/t{n}\n"),
            _ => format!("/pkg-{n}/**/*.rs @o/t{n}\n"),
        })
        .collect();
    let file = parse(&text, Dialect::GitHub);
    let paths: Vec<String> =
        (0..20_000).map(|n| format!("apps/app-{}/src/deep/lib-{}/x.e{n}", n % 999, n % 777)).collect();
    assert!(paths.iter().map(|path| file.deciding(path).len()).sum::<usize>() > 0);
    // Tries and not time, which a busy machine would make longer.
    assert!(paths.iter().map(|path| file.lookup.tries(path)).max().unwrap() < 10);
}

proptest! {
    #[test]
    fn nothing_panics_and_spans_are_inside(
        text in "([@a-c/*?!^# \\[\\]\\\\.\n\t0-9]|ä|@o/t|\\*\\*|\\[S\\]|@@owner){0,60}",
        path in "[a-c./ä]{0,12}",
        gitlab in any::<bool>(),
    ) {
        let dialect = if gitlab { Dialect::GitLab } else { Dialect::GitHub };
        let file = parse(&text, dialect);
        let spans = file.problems.iter().map(|one| one.span)
            .chain(file.entries.iter().flat_map(|one| one.owners.iter().map(|owner| owner.span).chain([one.span])))
            .chain(file.headings.iter().flat_map(|one| one.owners.iter().map(|owner| owner.span).chain(one.span)));
        for span in spans {
            prop_assert!(text.get(span.range()).is_some_and(|part| !part.is_empty() && !part.contains('\n')));
        }
        // The index leaves out no rule.
        let all: Vec<usize> = (0..file.entries.len()).filter(|&at| file.entries[at].pattern.matches(&path)).collect();
        prop_assert_eq!(file.lookup.matching(&file, &path), all);
        for a in &file.entries {
            for b in &file.entries {
                if a.pattern.covers(&b.pattern) && b.pattern.matches(&path) {
                    prop_assert!(a.pattern.matches(&path), "{:?} covers {:?}", a.pattern, b.pattern);
                }
            }
        }
        let _ = backstage_owner(&text, &path);
    }

    #[test]
    fn any_text_at_all_is_read(text in "\\PC*", path in "\\PC*") {
        for dialect in [Dialect::GitHub, Dialect::GitLab] {
            parse(&text, dialect).deciding(&path);
        }
    }
}
