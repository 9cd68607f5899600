//! A page as a browser reads it: html5ever's tree, as far as the tests ask.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document};

/// A node: an element, or text without a name.
pub(super) struct Node {
    pub(super) name: Option<QualName>,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) parent: Option<usize>,
    pub(super) children: Vec<usize>,
    pub(super) text: String,
}

impl Node {
    pub(super) fn tag(&self) -> &str {
        self.name.as_ref().map_or("", |name| &name.local)
    }
}

#[derive(Default)]
pub(super) struct Dom(RefCell<Vec<Node>>);

/// Reads a whole page.
pub(super) fn parse(html: &str) -> Vec<Node> {
    let dom = Dom::default();
    dom.add(None, Vec::new(), "");
    parse_document(dom, ParseOpts::default()).one(html)
}

impl Dom {
    fn add(&self, name: Option<QualName>, attributes: Vec<(String, String)>, text: &str) -> usize {
        let mut nodes = self.0.borrow_mut();
        nodes.push(Node { name, attributes, parent: None, children: Vec::new(), text: text.to_owned() });
        nodes.len() - 1
    }

    fn node(&self, child: NodeOrText<usize>) -> usize {
        match child {
            NodeOrText::AppendNode(node) => node,
            NodeOrText::AppendText(text) => self.add(None, Vec::new(), &text),
        }
    }

    fn put(&self, parent: usize, at: Option<usize>, child: usize) {
        self.remove_from_parent(&child);
        let mut nodes = self.0.borrow_mut();
        nodes[child].parent = Some(parent);
        let end = nodes[parent].children.len();
        nodes[parent].children.insert(at.unwrap_or(end), child);
    }
}

fn pairs(attributes: Vec<Attribute>) -> Vec<(String, String)> {
    attributes.into_iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect()
}

impl TreeSink for Dom {
    type Handle = usize;
    type Output = Vec<Node>;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Vec<Node> {
        self.0.into_inner()
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> usize {
        0
    }
    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |nodes| nodes[*target].name.as_ref().unwrap())
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        self.add(Some(name), pairs(attributes), "")
    }
    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(Some(QualName::new(None, ns!(), "#comment".into())), Vec::new(), "")
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.create_comment(StrTendril::new())
    }
    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        let child = self.node(child);
        self.put(*parent, None, child);
    }
    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        if self.0.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }
    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_before_sibling(&self, sibling: &usize, node: NodeOrText<usize>) {
        let child = self.node(node);
        self.remove_from_parent(&child);
        let parent = self.0.borrow()[*sibling].parent.unwrap();
        let at = self.0.borrow()[parent].children.iter().position(|one| one == sibling);
        self.put(parent, at, child);
    }
    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        self.0.borrow_mut()[*target].attributes.extend(pairs(attributes));
    }
    fn remove_from_parent(&self, target: &usize) {
        let mut nodes = self.0.borrow_mut();
        if let Some(parent) = nodes[*target].parent.take() {
            nodes[parent].children.retain(|child| child != target);
        }
    }
    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let children = self.0.borrow()[*node].children.clone();
        for child in children {
            self.put(*new_parent, None, child);
        }
    }
}

/// Whether a node is an element of HTML of this name.
pub(super) fn is_html(node: &Node, name: &str) -> bool {
    node.name.as_ref().is_some_and(|known| known.ns == ns!(html) && &*known.local == name)
}

#[test]
fn the_tree_is_that_of_a_browser() {
    let nodes = parse("<p>a<table>b<tr><td>c</table><b><p>d</b>e");
    let names: Vec<&str> = nodes.iter().filter(|node| node.parent.is_some()).map(Node::tag).collect();
    assert!(names.contains(&"tbody"), "{names:?}");
    assert_ne!(local_name!("a"), local_name!("b"));
}
