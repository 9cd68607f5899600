//! What templates get: plain data with ready links. The theme's README says the same in words.

use serde::Serialize;

/// A named way to somewhere.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Way {
    pub(super) title: String,
    pub(super) href: Option<String>,
}

/// A format of a page for programs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Alternate {
    #[serde(rename = "type")]
    pub(super) media: &'static str,
    pub(super) href: String,
    pub(super) title: &'static str,
}

/// A path of the site behind its address: the first page has the site's own.
pub(super) fn address(path: &str) -> String {
    crate::base::hosts::encoded(if path == "index.html" { "" } else { path })
}

/// What every page has.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Common {
    pub(super) title: String,
    /// Where the page is below the address of the site; nothing of one that is shown at any.
    pub(super) path: Option<String>,
    pub(super) root: String,
    pub(super) section: &'static str,
    pub(super) description: Option<String>,
    pub(super) alternates: Vec<Alternate>,
}

/// An entity by its title. Without `href` it is not in view.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    #[serde(rename = "ref")]
    pub(super) reference: String,
    pub(super) kind: String,
    pub(super) kind_label: String,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) href: Option<String>,
}

/// Findings by severity.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Tally {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
}

/// A tag.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Tag {
    pub(super) label: String,
    pub(super) href: Option<String>,
}

/// An entity in a table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    #[serde(flatten)]
    pub(super) link: Link,
    pub(super) description: Option<String>,
    #[serde(rename = "type")]
    pub(super) spec_type: Option<String>,
    pub(super) lifecycle: Option<String>,
    pub(super) owner: Option<Link>,
    pub(super) system: Option<Link>,
    pub(super) tags: Vec<Tag>,
    pub(super) via: Option<Link>,
    pub(super) contents: Option<String>,
    pub(super) findings: Option<Tally>,
    pub(super) initials: Option<String>,
}

/// A table with its heading.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Table {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) note: Option<String>,
    pub(super) count: usize,
    pub(super) layout: &'static str,
    pub(super) columns: Vec<&'static str>,
    pub(super) rows: Vec<Row>,
    pub(super) more: Option<Way>,
    pub(super) empty: Option<String>,
}

/// One value of a fact.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct FactValue {
    pub(super) text: Option<String>,
    pub(super) href: Option<String>,
    pub(super) style: &'static str,
    pub(super) entity: Option<Link>,
}

/// A labelled fact with its values.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) entries: Vec<FactValue>,
}

impl Fact {
    pub(super) fn text(label: &str, text: impl Into<String>) -> Self {
        Self::styled(label, text, "text", None)
    }

    pub(super) fn mono(label: &str, text: impl Into<String>) -> Self {
        Self::styled(label, text, "mono", None)
    }

    pub(super) fn styled(label: &str, text: impl Into<String>, style: &'static str, href: Option<String>) -> Self {
        let value = FactValue { text: Some(text.into()), href, style, entity: None };
        Self { label: label.to_owned(), entries: vec![value] }
    }

    pub(super) fn entities(label: &str, links: impl IntoIterator<Item = Link>) -> Option<Self> {
        let entries: Vec<FactValue> = links
            .into_iter()
            .map(|link| FactValue { entity: Some(link), style: "text", ..FactValue::default() })
            .collect();
        (!entries.is_empty()).then(|| Self { label: label.to_owned(), entries })
    }
}

/// A line of a source excerpt.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ExcerptLine {
    pub(super) number: usize,
    pub(super) before: String,
    pub(super) mark: String,
    pub(super) after: String,
    pub(super) label: Option<String>,
}

/// Another place of a finding.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RelatedView {
    pub(super) message: String,
    pub(super) place: Option<String>,
    pub(super) href: Option<String>,
}

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FindingView {
    pub(super) severity: &'static str,
    pub(super) code: &'static str,
    pub(super) rule_href: Option<String>,
    pub(super) anchor: Option<String>,
    pub(super) message: String,
    pub(super) repository: String,
    pub(super) file: Option<String>,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) href: Option<String>,
    pub(super) entity: Option<Link>,
    pub(super) excerpt: Vec<ExcerptLine>,
    pub(super) help: Option<String>,
    pub(super) related: Vec<RelatedView>,
}

/// The other pages of a long list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Pages {
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) total: usize,
    pub(super) numbers: Vec<PageNumber>,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PageNumber {
    pub(super) label: String,
    pub(super) href: Option<String>,
    pub(super) current: bool,
}

/// A group of the organisation's tree.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TreeNode {
    #[serde(flatten)]
    pub(super) link: Link,
    #[serde(rename = "type")]
    pub(super) spec_type: Option<String>,
    pub(super) members: usize,
    pub(super) owned: usize,
    pub(super) children: Vec<TreeNode>,
    /// The way to those below it that are not listed here.
    pub(super) more: Option<Way>,
    pub(super) open: bool,
}

/// A button.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Action {
    pub(super) title: String,
    pub(super) icon: &'static str,
    pub(super) href: String,
}

/// A heading with its entries, in a sidebar.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Facet {
    pub(super) title: String,
    pub(super) options: Vec<FacetOption>,
    pub(super) more: Option<Way>,
}

/// An entry of a sidebar.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FacetOption {
    pub(super) label: String,
    pub(super) icon: Option<String>,
    pub(super) count: usize,
    pub(super) href: String,
    pub(super) current: bool,
}
