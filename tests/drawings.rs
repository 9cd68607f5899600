//! Drawings, as text: `drawings/CASE/` holds a catalog, and for each page that the case is about a file
//! `KIND-NAME.txt` with what is drawn there and where: a drawing begins with its id and its size, and
//! below it stand its frames, words, boxes, numbers and lines. An empty file: nothing is drawn.
//! Whatever is drawn on any page of a case lies within its drawing, and no box covers another.
//!
//! `UPDATE=1` writes the expectations anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::support;

#[test]
fn drawings_are_where_the_cases_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drawings");
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in listed(&root) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(case.join("catalog-info.yaml"), folder.path().join("catalog-info.yaml")).unwrap();
        let ran = support::run(folder.path(), &["build", "--out-dir", "site", "--quiet"]);
        assert!(folder.path().join("site/index.html").exists(), "{}: {}", case.display(), ran.stderr);
        for expected in listed(&case).iter().filter(|path| path.extension().is_some_and(|one| one == "txt")) {
            count += 1;
            let name = expected.file_stem().unwrap().to_str().unwrap();
            let (kind, name) = name.split_once('-').expect("KIND-NAME.txt");
            let page = folder.path().join(format!("site/catalog/default/{kind}/{name}.html"));
            let seen = outline(&std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{page:?}: {error}")));
            if support::updating() {
                std::fs::write(expected, seen).unwrap();
            } else if seen != std::fs::read_to_string(expected).unwrap() {
                wrong.push(format!("{}:\n{seen}", expected.display()));
            }
        }
        for page in pages(&folder.path().join("site/catalog")) {
            let drawings = read(&std::fs::read_to_string(&page).unwrap());
            wrong.extend(drawings.iter().flat_map(faults).map(|fault| format!("{}: {fault}", page.display())));
        }
    }
    assert!(count > 8, "only {count} pages");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort_unstable();
    paths
}

/// All pages below a folder.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) = listed(folder).into_iter().partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|one| one == "html"));
    files.chain(folders.iter().flat_map(|folder| pages(folder))).collect()
}

/// Where a box is: its left and upper edge, its width and its height.
type Place = [i32; 4];

/// What a drawing on a page says.
#[derive(Default)]
struct Drawing {
    id: String,
    size: (i32, i32),
    nodes: Vec<(Place, String)>,
    lines: Vec<String>,
}

/// The drawings of a page, read from the form that they are always written in.
fn read(html: &str) -> Vec<Drawing> {
    html.split("<svg class=\"graph").skip(1).map(|text| one(text.split("</svg>").next().unwrap())).collect()
}

fn one(svg: &str) -> Drawing {
    let mut drawing = Drawing {
        id: attribute(svg, "aria-labelledby").split("-title").next().unwrap().to_owned(),
        size: (number(svg, "width"), number(svg, "height")),
        ..Drawing::default()
    };
    let mut place = Place::default();
    let mut over = String::new();
    for tag in svg.split('<').skip(1) {
        let (head, text) = tag.split_once('>').unwrap_or((tag, ""));
        let class = attribute(head, "class");
        let (x, y) = (number(head, "x"), number(head, "y"));
        match (head.split(' ').next().unwrap(), class) {
            ("a" | "g", _) => over.clear(),
            ("rect", _) => place = [x, y, number(head, "width"), number(head, "height")],
            ("text", "g-kind") => text.clone_into(&mut over),
            ("text", "g-kind g-aside") => write!(over, " ({text})").unwrap(),
            ("text", "g-name") => {
                let words = if over.is_empty() { text.to_owned() } else { format!("{over} | {text}") };
                drawing.nodes.push((place, words));
            }
            ("text", "g-frame-name") => drawing.lines.push(format!("frame {} {text}", at(place))),
            ("text", "g-group") => drawing.lines.push(format!("words {x},{y} {text}")),
            ("text", "g-count") => drawing.lines.push(format!("number {x},{y} {text}")),
            ("path", "g-edge") => drawing.lines.push(format!("line {}", attribute(head, "d"))),
            _ => {}
        }
    }
    drawing
}

fn attribute<'a>(head: &'a str, name: &str) -> &'a str {
    let value = head.split(&format!(" {name}=\"")).nth(1);
    value.and_then(|value| value.split('"').next()).unwrap_or("")
}

/// A number without what comes after its point.
fn number(head: &str, name: &str) -> i32 {
    let value = attribute(head, name);
    value.split('.').next().unwrap().parse().unwrap_or(0)
}

fn at([x, y, width, height]: Place) -> String {
    format!("{x},{y} {width}x{height}")
}

/// The drawings of a page as text.
fn outline(html: &str) -> String {
    let mut out = String::new();
    for drawing in read(html) {
        writeln!(out, "{} {}x{}", drawing.id, drawing.size.0, drawing.size.1).unwrap();
        drawing.lines.iter().for_each(|line| writeln!(out, "  {line}").unwrap());
        drawing.nodes.iter().for_each(|(place, words)| writeln!(out, "  box {} {words}", at(*place)).unwrap());
    }
    out
}

/// What covers something else, or is cut off.
fn faults(drawing: &Drawing) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, (place, words)) in drawing.nodes.iter().enumerate() {
        let [x, y, width, height] = *place;
        if x < 0 || y < 0 || x + width > drawing.size.0 || y + height > drawing.size.1 {
            faults.push(format!("{words} is not within the drawing"));
        }
        let covers = |[a, b, wide, high]: Place| x < a + wide && a < x + width && y < b + high && b < y + height;
        faults.extend(
            drawing.nodes[..at].iter().filter(|one| covers(one.0)).map(|one| format!("{words} covers {}", one.1)),
        );
    }
    faults
}
