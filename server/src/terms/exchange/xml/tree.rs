//! An element with all that is in it.

use super::text::Flow;

/// Elements of TMX, XLIFF and TBX whose content is code of the text's own format, and no text.
const CODES: [&str; 5] = ["bpt", "ept", "it", "ph", "ut"];

/// An element of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name without a prefix.
    pub(crate) name: String,
    /// The line of its start tag, counted from 1.
    pub(crate) line: usize,
    /// Its attributes, by their names as they are written.
    pub(crate) attributes: Vec<(String, String)>,
    /// What is in it.
    pub(crate) children: Vec<Node>,
}

/// What may be in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// Another element.
    Element(Element),
    /// Text whose white space may only be the file's layout.
    Text(String),
    /// Text that is meant as it stands: a character reference, a CDATA section.
    Exact(String),
}

impl Element {
    /// The value of an attribute, without white space around it; `None` for an empty one.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(other, _)| other == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Its language tag.
    pub(crate) fn language(&self) -> Option<&str> {
        self.attribute("xml:lang").or_else(|| self.attribute("lang"))
    }

    /// The elements in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Exact(_) => None,
        })
    }

    /// The elements of a name in it.
    pub(crate) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// Its text with that of what is in it, without the layout of the file and without code.
    pub(crate) fn text(&self) -> String {
        let mut flow = Flow::default();
        self.flow_into(&mut flow);
        flow.finished()
    }

    // The nesting of what is read is bounded, and so is this.
    fn flow_into(&self, flow: &mut Flow) {
        for node in &self.children {
            match node {
                Node::Element(element) if CODES.contains(&element.name.as_str()) => {}
                Node::Element(element) => element.flow_into(flow),
                Node::Text(text) => flow.push(text),
                Node::Exact(text) => flow.push_exact(text),
            }
        }
    }
}
