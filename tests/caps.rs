//! What is too long for a page is cut, and says so; every such word leads to where the rest is.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use crate::support::{self, run};

const HEAD: &str = "---\napiVersion: backstage.io/v1alpha1\n";

/// The folder of the site of some descriptors.
fn built(descriptors: &str) -> tempfile::TempDir {
    let work = tempfile::tempdir().unwrap();
    support::write(&work.path().join("in"), &[("catalog-info.yaml", descriptors)]);
    run(work.path(), &["build", "in", "-o", "site", "--quiet"]);
    work
}

fn read(work: &Path, page: &str) -> String {
    std::fs::read_to_string(work.join("site").join(page)).unwrap()
}

/// Groups, each of them in the one that `parent` says.
fn groups(count: usize, parent: impl Fn(usize) -> Option<usize>) -> String {
    let mut text = String::new();
    for n in 0..count {
        let above = parent(n).map(|above| format!(", parent: group-{above}")).unwrap_or_default();
        let _ = write!(text, "{HEAD}kind: Group\nmetadata: {{name: group-{n}, title: Group {n} of many}}\n");
        let _ = writeln!(text, "spec: {{type: team, children: []{above}}}");
    }
    text
}

/// The groups in the list of a page, and those of them whose pages have more.
fn listed(html: &str) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let Some((_, list)) = html.split_once("chart-list") else { return Default::default() };
    let list = list.split_once("</section>").unwrap().0;
    let (mut named, mut deeper) = (BTreeSet::new(), BTreeSet::new());
    for part in list.split("/group-").skip(1).chain(list.split("\"group-").skip(1)) {
        let (number, end) = part.split_once(".html").unwrap();
        let Ok(number) = number.parse() else { continue };
        named.insert(number);
        if end.starts_with("#groups") {
            deeper.insert(number);
        }
    }
    (named, deeper)
}

/// The longest page of groups in bytes, and how many groups one comes to from list to list.
fn walked(work: &Path) -> (usize, usize) {
    let html = read(work, "lists/organisation.html");
    let mut longest = html.len();
    let (mut known, deeper) = listed(&html);
    let mut queue: Vec<usize> = deeper.into_iter().collect();
    let mut visited: BTreeSet<usize> = queue.iter().copied().collect();
    while let Some(at) = queue.pop() {
        let html = read(work, &format!("catalog/default/group/group-{at}.html"));
        longest = longest.max(html.len());
        let (named, deeper) = listed(&html);
        known.extend(named);
        queue.extend(deeper.into_iter().filter(|&one| visited.insert(one)));
    }
    (longest, known.len())
}

#[test]
fn an_organisation_of_3000_groups_is_light_and_leads_to_all_of_them() {
    let work = built(&groups(3_000, |n| n.checked_sub(1).map(|n| n / 7)));
    let (longest, reached) = walked(work.path());
    assert_eq!(reached, 3_000);
    assert!(longest < 200_000, "{longest} bytes");
    let page = read(work.path(), "lists/organisation.html");
    // Three levels of seven have room, the fourth has not.
    assert_eq!(listed(&page).0.len(), 57);
    assert!(page.contains("2,943 more are on the pages of the groups they are in."), "no count");
    assert!(page.contains("href=\"group.html\">All groups</a>"), "no way to the list");
}

#[test]
fn a_group_with_3000_groups_shows_the_first_and_leads_to_the_list() {
    let work = built(&groups(3_000, |n| (n > 0).then_some(0)));
    let page = read(work.path(), "lists/organisation.html");
    assert!(page.len() < 200_000, "{} bytes", page.len());
    let (named, deeper) = listed(&page);
    assert_eq!((named.len(), deeper), (240, BTreeSet::from([0])));
    let page = read(work.path(), "catalog/default/group/group-0.html");
    assert!(page.len() < 200_000, "{} bytes", page.len());
    assert!(page.contains("lists/group.html\">2,759 more groups"), "no way to the list");
    let mut reached = BTreeSet::new();
    for number in 1..=15 {
        let page = read(
            work.path(),
            &if number == 1 { "lists/group.html".to_owned() } else { format!("lists/group-{number}.html") },
        );
        reached.extend(
            page.split("/group/group-").skip(1).filter_map(|part| part.split_once(".html")?.0.parse::<usize>().ok()),
        );
    }
    assert_eq!(reached.len(), 3_000);
}

/// Texts that say how many more there are, and are neither in a link nor the name of what folds them.
fn loose(html: &str) -> Vec<&str> {
    let (mut links, mut folds) = (0, 0);
    let mut loose = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        match tag.split(' ').next().unwrap() {
            "a" => links += 1,
            "/a" => links -= 1,
            "summary" => folds += 1,
            "/summary" => folds -= 1,
            _ => {}
        }
        let mut words = text.split_whitespace().skip_while(|word| matches!(*word, "and" | "+"));
        let is_count = words.next().is_some_and(|word| word.chars().all(|c| c.is_ascii_digit() || c == ','));
        if is_count && words.next().is_some_and(|word| word == "more") && links == 0 && folds == 0 {
            loose.push(text);
        }
    }
    loose
}

/// One of everything that has more than its page shows.
fn abundance() -> String {
    let mut text = groups(1, |_| None);
    text.push_str(&format!("{HEAD}kind: System\nmetadata: {{name: whole}}\nspec: {{owner: group-0}}\n"));
    text.push_str(&format!("{HEAD}kind: System\nmetadata: {{name: other}}\nspec: {{owner: group-0}}\n"));
    let definition = r#"{"openapi": "3.0.0", "info": {"title": "A", "version": "1"}, "paths": {"/a": {"get": {"responses": {"200": {"description": "Found."}}}}}}"#;
    let _ = writeln!(
        text,
        "{HEAD}kind: API\nmetadata: {{name: api}}\nspec: {{type: openapi, lifecycle: deprecated, owner: group-0, system: other, definition: '{definition}'}}"
    );
    for n in 0..60 {
        let uses: Vec<String> = (0..12).map(|m| format!("component:part-{}", (n + m + 1) % 60)).collect();
        let _ = write!(
            text,
            "{HEAD}kind: Component\nmetadata: {{name: part-{n}}}\nspec: {{type: service, lifecycle: production, owner: owner-{n}, system: whole, consumesApis: [api], dependsOn: [{}]}}\n",
            uses.join(", ")
        );
        let _ = write!(text, "{HEAD}kind: Group\nmetadata: {{name: owner-{n}}}\nspec: {{type: team, children: []}}\n");
    }
    let choices: Vec<String> = (0..30).map(|n| format!("choice-{n}")).collect();
    let inputs: Vec<String> = (0..9).map(|n| format!("input-{n}: x")).collect();
    let _ = write!(
        text,
        "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {{name: new}}\nspec:\n  type: service\n  owner: group-0\n  parameters: [{{title: One, properties: {{kind: {{type: string, enum: [{}]}}}}}}]\n  steps: [{{id: a, name: A, action: fetch:template, input: {{{}}}}}]\n",
        choices.join(", "),
        inputs.join(", ")
    );
    text.replace("\napiVersion: scaffolder", "\n---\napiVersion: scaffolder")
}

#[test]
fn every_number_of_more_leads_to_them() {
    let work = built(&abundance());
    let mut said = 0;
    let mut queue = vec![work.path().join("site")];
    while let Some(folder) = queue.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                queue.push(path);
            } else if path.extension().is_some_and(|end| end == "html") {
                let html = std::fs::read_to_string(&path).unwrap();
                assert_eq!(loose(&html), Vec::<&str>::new(), "{}", path.display());
                said += html.matches(" more").count();
            }
        }
    }
    assert!(said > 100, "only {said}");
    for (page, words) in [
        ("catalog/default/system/whole.html", "part-0.html\">and 4 more</a>"),
        ("catalog/default/system/whole.html", "whole.html\">20 more parts use others. Their own pages say which.</a>"),
        ("catalog/default/system/whole.html", "whole.html\">and 56 more, on the pages of the entities themselves</a>"),
        ("catalog/default/api/api/index.html", "#dependencies\">and 40 more</a>"),
        ("catalog/default/template/new.html", "#descriptor\">and 18 more in the descriptor</a>"),
        ("catalog/default/template/new.html", "#descriptor\">4 more inputs are in the descriptor.</a>"),
        ("reports/deprecated.html", "/api/api.html\">and "),
    ] {
        assert!(read(work.path(), page).contains(words), "{page} does not have {words}");
    }
}
