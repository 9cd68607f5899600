//! Diagrams good and bad, what the page's policy forbids, and that no text makes it fail.

use proptest::prelude::*;

use super::mermaid::draw;
use super::*;
use crate::base::NoMemo;

/// Diagrams of every kind that is drawn; each shows the words after it.
const GOOD: &[(&str, &[&str])] = &[
    (
        "flowchart TD\n A[Start] --> B{Is it?}\n B -->|Yes| C[OK]\n B -- No ----> E[End]\n E -.-> F((Round))\n",
        &["Is it?", "Yes", "No", "Round"],
    ),
    ("graph TD; A-->B; B-->C; C-->A;", &[">A<", ">B<", ">C<"]),
    (
        "flowchart TD\n A-->A\n a & b --> c & d\n e x--x f\n g o--o h <--> i == thick ==> j -. dotted .-> k --- l ~~~ m\n",
        &["thick", "dotted", ">m<"],
    ),
    (
        "flowchart LR\n subgraph one[\"Front end\"]\n direction TB\n a --> b\n end\n subgraph two [Back]\n c[(db)]\n end\n one --> two\n b --> c\n",
        &["Front end", "Back", ">db<"],
    ),
    (
        "flowchart LR\n A[\"a &lt;b&gt; #quot;c#quot;<br/>d\"] --> B@{ shape: cyl, label: \"Store\" }\n",
        &["a &lt;b&gt; ", "d</tspan>", "Store"],
    ),
    ("---\ntitle: A title\n---\n%%{init: {'theme': 'dark'}}%%\nflowchart LR\n A --> B\n", &["<title>A title</title>"]),
    ("flowchart LR\n accTitle: T\n accDescr: D e\n A --> B\n", &["<title>T</title>", "<desc>D e</desc>"]),
    (
        "sequenceDiagram\n participant A as Web\n A->>+B: hello\n alt yes\n B-->>-A: there\n else no\n B--xA: none\n end\n Note over A,B: noted\n loop x\n A-)B: ping\n end\n",
        &["Web", "hello", "noted", "ping"],
    ),
    (
        "classDiagram\n class Duck{\n +String beak\n +swim()\n }\n <<interface>> Animal\n Animal <|-- Duck : inherits\n",
        &["Duck", "beak", "inherits"],
    ),
    (
        "stateDiagram-v2\n [*] --> Still\n Still --> Moving : push\n state Moving {\n [*] --> Slow\n }\n",
        &["Still", "push", "Slow"],
    ),
    ("erDiagram\n CUSTOMER ||--o{ ORDER : places\n CUSTOMER {\n string name PK\n }\n", &["CUSTOMER", "places", "name"]),
    (
        "gantt\n title Plan\n dateFormat YYYY-MM-DD\n section S\n Task : a1, 2024-01-01, 30d\n Other : after a1, 20d\n",
        &["Plan", "Task", "Other"],
    ),
    ("pie showData\n title Pets\n \"Dogs\" : 386\n \"Cats\" : 85\n", &["Pets", "Dogs", "Cats"]),
    ("gitGraph\n commit id: \"one\"\n branch dev\n commit\n checkout main\n merge dev\n", &["main", "dev"]),
    ("journey\n title Day\n section Go\n Make tea: 5: Me\n", &["Make tea", "Me"]),
    ("mindmap\n root((middle))\n  Left\n  Right\n", &["middle", "Left"]),
    ("timeline\n title H\n 2002 : LinkedIn\n", &["LinkedIn"]),
    ("quadrantChart\n title R\n x-axis Low --> High\n y-axis Few --> Many\n A: [0.3, 0.6]\n", &["Low", ">A<"]),
    ("C4Context\n Person(a, \"Ann\", \"x\")\n System(s, \"Shop\", \"y\")\n Rel(a, s, \"uses\")\n", &["Ann", "Shop"]),
    ("sankey-beta\na,b,10\nb,c,5\n", &[">a ", ">b "]),
    (
        "requirementDiagram\n requirement r {\n id: 1\n text: t\n risk: high\n verifymethod: test\n }\n element e {\n type: sim\n }\n e - satisfies -> r\n",
        &["satisfies"],
    ),
    ("xychart-beta\n title \"Sales\"\n x-axis [jan, feb]\n y-axis \"R\" 0 --> 10\n bar [5, 6]\n", &["Sales", "jan"]),
    ("kanban\n Todo\n  [Write]\n", &["Todo", "Write"]),
    ("packet-beta\n0-15: \"Port\"\n16-31: \"Other\"\n", &["Port"]),
    (
        "radar-beta\n axis m[\"Math\"], s[\"Art\"], e[\"PE\"]\n curve a[\"Ann\"]{85, 90, 80}\n max 100\n",
        &["Math", "Art"],
    ),
    // Forms of real documentation, kind by kind.
    (
        "sequenceDiagram\n autonumber 10 5\n participant SQS queue\n participant U as 사용자\n actor L as \"Long name\"\n box rgb(200,220,255) Back end\n participant DB\n end\n SQS queue->>+U : a; U-->>-SQS queue: b\n rect rgba(0, 0, 255, .1)\n U<<->>L: both\n end\n par one\n L--)DB: async\n and two\n L-xDB: lost\n end\n critical c\n DB->DB: self<br/>two lines\n option o\n DB-->L: x\n end\n break stop\n DB->>L: A->>B: #quot;q#quot; &lt;b&gt;\n end\n create participant D as Temp\n L->>D: make\n destroy D\n D-->>L: done\n activate L\n deactivate L\n Note right of L: n1\n note left of L: n2\n links L: {}\n",
        &[
            "SQS queue",
            "사용자",
            "Long name",
            "Back end",
            ">10<",
            ">15<",
            "both",
            "[two]",
            "two lines",
            "[o]",
            "[stop]",
            "A-&gt;&gt;B: &quot;q&quot; &lt;b&gt;",
            "Temp",
            "n1",
            "n2",
        ],
    ),
    (
        "classDiagram\n direction LR\n class Task~T,R~ {\n <<interface>>\n +then(Task~R,V~ next) List~int~\n +get()$ int\n }\n class `a b`\n class L[\"A label\"]:::x\n Bank \"1\" *-- \"0..*\" Account : has\n Account <|.. Savings\n Account --> Bank : uses\n Bird : +eat()\n note for Bird \"can fly\"\n namespace N {\n class 用户\n }\n style Bird fill:#f9f\n click Bird href \"https://x\"\n",
        &[
            "Task&lt;T,R&gt;",
            "next) : List&lt;int&gt;",
            "{static}",
            ">a b<",
            "A label",
            "0..*",
            "uses",
            "+eat()",
            "can fly",
            "用户",
            ">N<",
        ],
    ),
    (
        "stateDiagram-v2\n direction LR\n [*] --> Запуск\n Запуск --> P : a<br/>b\n state \"Long name\" as P\n state A {\n [*] --> x\n --\n [*] --> y\n }\n P --> A\n state c <<choice>>\n A --> c\n c --> Q: yes\n state f <<fork>>\n Q --> f\n note right of Q : a note\n note left of P\n many\n lines\n end note\n R : first\n R : second\n f --> R:::bad\n classDef bad fill:#f00\n Q --> [*]\n",
        &["Запуск", "Long name", ">x<", ">y<", "yes", "a note", "many", "first", "second", "#ff0000"],
    ),
    (
        "erDiagram\n Map ||--o{Layer : has\n Map{\n JSON p \"a comment\"\n }\n U { number id PK, FK  string role }\n A[\"Alias\"] {\n varchar(255) n\n string[] t UK\n }\n \"Order Item\" }|..|{ A : \"is in\"\n A one or more to zero or one U : words\n S |o--o{ S : self\n",
        &["Layer", "a comment", "id PK,FK", "role", "Alias", "varchar(255)", "Order Item", "is in", "words", "self"],
    ),
    (
        "C4Container\n title Big Bank\n Person(c, \"Customer\", \"one, two\")\n Container_Boundary(b, \"Bank\") {\n ContainerDb(d, \"Store\", \"SQL, 9\", \"Keeps\")\n }\n System_Ext(m, \"Mail\")\n Rel(c, d, \"Uses\", \"HTTPS\")\n BiRel(d, m, \"Sends\")\n UpdateLayoutConfig($c4ShapeInRow=\"3\")\n",
        &["Big Bank", "one, two", "[Container: SQL, 9]", "[External System]", "[HTTPS]", "Sends"],
    ),
    (
        "architecture-beta\n group api(cloud)[API]\n service db(database)[Database] in api\n service s(server)[Server] in api\n junction j\n db:L -- R:s\n s:T --> B:j\n",
        &[">API<", "Database", "Server"],
    ),
];

/// Graphviz and PlantUML; each shows the words after it, or is not drawn for what is said.
const OTHERS: &[(Language, &str, Result<&[&str], &str>)] = &[
    (
        Language::Graphviz,
        "digraph G { rankdir=LR; node [shape=box, fillcolor=lightblue]; // no\n subgraph cluster_0 { label=\"one\"; a -> b -> c; } s -> {a b}; a:n -> \"x y\" [label=\"go\\nthere\" style=dashed]; h [label=<<b>B</b><br/>t>]; r [shape=record label=\"{<f0> l|m}\"] h -> r [dir=both] }",
        Ok(&["one", "x y", "go", "there", ">B<", "#add8e6"]),
    ),
    (Language::Graphviz, "strict graph { a -- b [label=x]; /* c */ }", Ok(&[">a<", ">x "])),
    (Language::Graphviz, "digraph { a -> b", Err("`}` is missing")),
    (Language::Graphviz, "digraph { a -> }", Err("a name is missing")),
    (Language::Graphviz, "flow { a }", Err("begin with")),
    (
        Language::PlantUml,
        "@startuml\ntitle T\nautonumber\nskinparam x y\nactor User as u\nparticipant \"First\\nClass\" as A #99FF99\nu -> A ++: Do\nalt yes\nA --> u -- : ok\nelse no\nu <- A : back\nend\nnote over A, u\nmany\nend note\n== Part ==\n@enduml",
        Ok(&["User", "First", "Do", "[no]", "back", "many", "Part"]),
    ),
    (
        Language::PlantUml,
        "@startuml\npackage \"P\" {\n HTTP - [First One]\n [Two] as t\n}\n[First One] ..> t : uses\nactor U\nU --> (Case)\n@enduml",
        Ok(&[">P<", "HTTP", "First One", "uses", "Case"]),
    ),
    (Language::PlantUml, "@startuml\nclass A {\n}\n@enduml", Err("")),
    (Language::PlantUml, "@startuml\nA -> B\nwhat\n@enduml", Err("")),
];

const BAD: &[(&str, &str)] = &[
    ("", "empty"),
    ("not a diagram", "`not`"),
    ("graphics\n A", "`graphics`"),
    ("flowchart TD\n A[open --> B\n", "the box `A` is not closed"),
    ("flowchart TD\n A -->\n", "nowhere"),
    ("flowchart TD\n subgraph x\n A\n", "no `end`"),
    ("flowchart TD\n A\n end\n", "too many"),
    ("flowchart TD\n A ?? B\n", "`??"),
    ("flowchart TD\n", "no boxes"),
    ("flowchart TD\n subgraph a\n b\n end\n a --> a\n", "itself"),
    ("flowchart TD\n A -->|x| B\n B ==> => C\n", "`=> C"),
    ("sequenceDiagram\n A->>B: x\n\n %% y\n what is this\n", "line 5: `what is this` is not understood"),
    ("sequenceDiagram\n loop x\n A->>B: y\n", "`end` is missing"),
    ("sequenceDiagram\n A->>B: y\n end\n", "line 3: an `end` too many"),
    ("sequenceDiagram\n Note A: y\n", "line 2"),
    ("classDiagram\n A --> B\n what is this\n", "line 3"),
    ("classDiagram\n class A {\n +x\n", "`}` is missing"),
    ("classDiagram\n A --> B : x\n A --|> B\n A --* B\n", "more than two lines"),
    ("stateDiagram-v2\n A --> B\n what is this\n", "line 3"),
    ("stateDiagram-v2\n state A {\n B --> C\n", "not closed"),
    ("stateDiagram-v2\n A --> B\n --\n C --> D\n", "outside of a state"),
    ("erDiagram\n A ||--x{ B : y\n", "line 2"),
    ("erDiagram\n A {\n string\n }\n", "line 3"),
    ("gantt\n dateFormat YYYY-MM-DD\n A : 2024-01-01, 3d\n no task\n", "line 4"),
    ("pie\n \"a\" : 3\n b 4\n", "line 3"),
    ("journey\n section A\n no task\n", "line 3"),
    ("quadrantChart\n A: [0.1, 0.2]\n B [0.3]\n", "line 3"),
    ("gitGraph\n commit\n reset x\n", "line 3"),
    ("C4Context\n Person(a, \"A\")\n Rel(a, b, \"x\")\n", "line 3"),
    ("architecture-beta\n service a(server)[A] in b\n", "no group `b`"),
    ("architecture-beta\n group a(cloud)[A] in b\n group b(cloud)[B] in a\n service s(x)[S] in a\n", "within itself"),
    ("pie\n \"a\" : x\n", "line 2"),
    ("classDiagram\n class {\n", "no name"),
    ("block-beta\n a b\n", "no kind"),
];

#[test]
fn every_kind_is_drawn() {
    for (source, words) in GOOD {
        let svg = draw(source).unwrap_or_else(|why| panic!("{why}\n{source}"));
        for word in *words {
            assert!(svg.contains(word), "{word} not in {svg}\n{source}");
        }
        assert!(svg.len() < 15_000, "{} bytes\n{source}", svg.len());
    }
}

#[test]
fn other_languages_are_drawn_where_they_are_understood() {
    for (language, source, wanted) in OTHERS {
        match (render(*language, source, &NoMemo), wanted) {
            (Ok(svg), Ok(words)) => {
                for word in *words {
                    assert!(svg.contains(word.trim_end()), "{word} not in {svg}\n{source}");
                }
                roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
            }
            (Err(Why::Failed(why)), Err(words)) => assert!(why.contains(words), "{words} not in {why}"),
            (Err(Why::Language), Err(_)) => {}
            (other, _) => panic!("{other:?}\n{source}"),
        }
    }
}

#[test]
fn a_drawing_obeys_the_policy_of_the_page() {
    let hostile = "flowchart LR\n A[\"<script>alert(1)</script><img src=x onerror=alert(1)>\"] --> B\n click A \"javascript:alert(1)\"\n click B \"https://example.com/?a&b\"\n style A fill:url(http://evil/x)\n style B fill:#ff0000\n";
    for source in GOOD.iter().map(|(source, _)| *source).chain([hostile]) {
        let svg = draw(source).unwrap();
        for bad in
            ["<style", " style=", "<script", "<img", "foreignObject", " id=", "url(", "href=\"javascript", " on", "NaN"]
        {
            assert!(
                !svg.contains(bad) || (bad == " on" && !svg.contains(" on=") && !svg.contains(" onload")),
                "{bad} in {svg}"
            );
        }
        roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
    }
    let svg = draw(hostile).unwrap();
    assert!(svg.contains("<a href=\"https://example.com/?a&amp;b\">"), "{svg}");
    assert!(svg.contains("fill=\"#ff0000\""), "the author's colour stays: {svg}");
}

#[test]
fn what_cannot_be_drawn_says_why() {
    for (source, words) in BAD {
        let why = draw(source).expect_err(source);
        assert!(why.contains(words), "{words} not in {why}\n{source}");
    }
}

#[test]
fn a_drawing_is_the_same_each_time() {
    for (source, _) in GOOD {
        let first = draw(source);
        for _ in 0..3 {
            assert_eq!(draw(source), first, "{source}");
        }
    }
}

#[test]
fn results_are_remembered() {
    let memo = crate::base::MemoryMemo::default();
    for source in [GOOD[0].0, BAD[0].0] {
        let first = render(Language::Mermaid, source, &memo);
        assert_eq!(render(Language::Mermaid, source, &memo), first);
        assert_eq!(first, render(Language::Mermaid, source, &NoMemo));
    }
    for _ in 0..2 {
        assert_eq!(render(Language::PlantUml, "@startuml\nclass A\n@enduml", &memo), Err(Why::Language));
        assert_eq!(render(Language::Graphviz, "digraph {}", &memo), Err(Why::Failed("it has no boxes".to_owned())));
    }
}

#[test]
fn a_page_counts_its_diagrams_and_says_where_one_failed() {
    use crate::markdown::{Href, Options, UndrawnKind, render};
    let text = "# T\n\n```mermaid\ngraph TD; A-->B\n```\n\n- x\n\n  ```mermaid\n  nothing\n  ```\n\n```plantuml\nclass A\n```\n";
    let rendered = render(text, &Options::PAGE, &NoMemo);
    assert_eq!((rendered.diagrams.drawn, rendered.diagrams.shown), (1, 2));
    let found: Vec<_> = rendered
        .undrawn
        .iter()
        .map(|undrawn| (undrawn.kind, &text[undrawn.span.start as usize..undrawn.span.end as usize]))
        .collect();
    assert_eq!(found, [(UndrawnKind::Diagram, "```mermaid"), (UndrawnKind::Language, "```plantuml")]);
    let html = rendered.html(&mut |_| Href::Unlinked, &NoMemo);
    for wanted in [
        "<svg class=\"drawing",
        "<details class=\"diagram-source\">",
        "This diagram could not be drawn: ",
        "PlantUML diagram, shown as source.",
    ] {
        assert!(html.contains(wanted), "{wanted} not in {html}");
    }
}

/// Inputs at and beyond the limits, and shapes that layouts fail on. Each must end.
#[test]
fn large_and_odd_diagrams_end() {
    let chain: String = (0..149).map(|n| format!(" n{n} --> n{}\n", n + 1)).collect();
    let dense: String = (0..290).map(|n| format!(" n{} --> n{}\n", n % 40, (n * 7 + 3) % 40)).collect();
    let star: String = (0..140).map(|n| format!(" a --> n{n}\n")).collect();
    let nested: String = (0..12).map(|n| format!("subgraph s{n}\n x{n}\n")).collect::<String>() + &"end\n".repeat(12);
    let mut sources: Vec<String> = [chain, dense, star, nested].map(|body| format!("flowchart TD\n{body}")).into();
    sources.push(format!("flowchart TD\n{}", (0..10_000).map(|n| format!(" n{n}\n")).collect::<String>()));
    sources.push(format!("sequenceDiagram\n{}", "loop x\nA->>B: y\n".repeat(150)));
    sources.push(format!("stateDiagram-v2\n{}", "state a {\n".repeat(300)));
    sources.push(format!(
        "stateDiagram-v2\n{}",
        (0..200).map(|n| format!("s{} --> s{}\n", n % 50, (n * 3) % 50)).collect::<String>()
    ));
    sources.push(format!(
        "classDiagram\n{}",
        (0..200).map(|n| format!("c{} --> c{}\n", n % 50, (n * 3) % 50)).collect::<String>()
    ));
    sources.push(format!(
        "erDiagram\n{}",
        (0..200).map(|n| format!("c{} ||--o{{ c{} : x\n", n % 50, (n * 3) % 50)).collect::<String>()
    ));
    sources.push(format!("mindmap\n{}", (0..390).map(|n| format!("{}n{n}\n", " ".repeat(n))).collect::<String>()));
    sources.push(format!("mindmap\n root\n{}", (0..390).map(|n| format!("  n{n}\n")).collect::<String>()));
    sources.push("sankey-beta\na,b,1\nb,a,1\nc,c,3\n".to_owned());
    sources.push(
        "gantt\n dateFormat YYYY-MM-DD\n a : a, after b, 1d\n b : b, after a, 99999999d\n c : 9999-12-31, 9999999w\n"
            .to_owned(),
    );
    sources.push("pie\n \"a\" : 1e308\n \"b\" : 1e308\n".to_owned());
    sources.push("xychart-beta\n x-axis 0 --> 1e300\n y-axis 0 --> 0\n bar [1e308, -1e308]\n".to_owned());
    sources.push("packet-beta\n0-4294967295: \"x\"\n".to_owned());
    sources.push("radar-beta\n axis a\n curve c{1}\n ticks 4000000000\n".to_owned());
    sources.push("quadrantChart\n A: [1e308, NaN]\n".to_owned());
    sources.push("gitGraph\n merge main\n checkout nowhere\n branch main\n cherry-pick id: \"x\"\n".to_owned());
    for source in sources {
        let drawn = draw(&source);
        assert!(drawn.as_ref().err().is_none_or(|why| !why.contains("the renderer failed")), "{drawn:?}");
    }
}

/// The place itself, or the next before it that is not within a letter.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// A diagram with a piece taken out, doubled or replaced.
    #[test]
    fn mutated_diagrams_end(which in 0..GOOD.len(), at in 0.0..1.0_f64, size in 0..12_usize, with in "[-a-z0-9 \\[\\](){}<>|:;,.\"'&#%@=*~\n\u{1F600}]{0,6}") {
        let source = GOOD[which].0;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short text")]
        let at = boundary(source, (source.len() as f64 * at) as usize);
        let end = boundary(source, (at + size).min(source.len()));
        let mutated = format!("{}{with}{}", &source[..at], &source[end..]);
        if let Ok(svg) = draw(&mutated) {
            prop_assert!(roxmltree::Document::parse(&svg).is_ok(), "{}\n{}", mutated, svg);
        }
    }

    /// The same of Graphviz and PlantUML.
    #[test]
    fn mutated_sources_of_other_languages_end(which in 0..OTHERS.len(), at in 0.0..1.0_f64, size in 0..12_usize, with in "[-a-z0-9 \\[\\](){}<>|:;,.\"'&#%@=*~\n\u{1F600}]{0,6}") {
        let (language, source, _) = OTHERS[which];
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short text")]
        let at = boundary(source, (source.len() as f64 * at) as usize);
        let end = boundary(source, (at + size).min(source.len()));
        if let Ok(svg) = render(language, &format!("{}{with}{}", &source[..at], &source[end..]), &NoMemo) {
            prop_assert!(roxmltree::Document::parse(&svg).is_ok(), "{}", svg);
        }
    }
}
