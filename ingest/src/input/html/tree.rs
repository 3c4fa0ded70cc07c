//! A page as a tree, built from the tokens of html5ever.
//!
//! The tree is a flat list in which every node stands behind its parent, so that nothing here or in what reads it
//! recurses without bounds: its depth, its nodes and what an element keeps are limited. Tags that should be closed are
//! closed as browsers do it; text that stands loose in a table stays where it is, where browsers would move it.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Elements deeper than this are left out and their text stays, as in browsers, whose limit is 512.
const DEEPEST: usize = 200;
/// A page with more nodes is read up to here.
const MOST_NODES: usize = 1_000_000;
/// Longer values of attributes are pictures written into the page.
const LONGEST_VALUE: usize = 2_000;
/// A tag with more white space, slashes and quotation marks has more attributes than a page needs.
const MOST_SEPARATORS: usize = 4_000;

/// The index of a node in its tree.
pub(super) type NodeId = usize;

/// The root of every tree, which is the `html` element.
pub(super) const ROOT: NodeId = 0;

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Whether nodes were left out since there were too many.
    pub(super) is_cut: bool,
}

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: NodeId,
    pub(super) children: Vec<NodeId>,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    Element(Element),
    Text(String),
}

#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute; its name is lower case.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

impl Tree {
    /// Reads a page. Whatever it holds, there is a tree.
    pub(super) fn parse(page: &str) -> Self {
        let is_xml = page.trim_start().starts_with("<?xml");
        let tokenizer = Tokenizer::new(Builder::new(is_xml), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(without_crowded_tags(page).as_ref()));
        while !input.is_empty() {
            // Scripts are not run and encodings are settled: the tokenizer has nothing to wait for.
            if matches!(tokenizer.feed(&input), TokenizerResult::Done) {
                break;
            }
        }
        tokenizer.end();
        let state = tokenizer.sink.state.into_inner();
        Self { nodes: state.nodes, is_cut: state.is_cut }
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    pub(super) fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.nodes.get(id)?.content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        }
    }

    /// The name of an element; empty for a text.
    pub(super) fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |element| element.name.as_str())
    }

    pub(super) fn parent(&self, id: NodeId) -> NodeId {
        self.nodes.get(id).map_or(ROOT, |node| node.parent)
    }

    pub(super) fn children(&self, id: NodeId) -> &[NodeId] {
        self.nodes.get(id).map(|node| node.children.as_slice()).unwrap_or_default()
    }

    /// All elements with one of these names, in order.
    pub(super) fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = (NodeId, &'a Element)> {
        self.nodes.iter().enumerate().filter_map(move |(id, node)| match &node.content {
            Content::Element(element) if names.contains(&element.name.as_str()) => Some((id, element)),
            _ => None,
        })
    }

    /// The nodes below one, itself first, in order.
    pub(super) fn below(&self, id: NodeId) -> Below<'_> {
        Below { tree: self, waiting: vec![id] }
    }

    /// The text below a node, white space made single spaces.
    pub(super) fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for id in self.below(id) {
            match self.node(id).map(|node| &node.content) {
                Some(Content::Text(part)) => text.push_str(part),
                Some(Content::Element(_)) => text.push_str(if self.is_inline(id) { "" } else { " " }),
                None => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether an element runs on in its line.
    pub(super) fn is_inline(&self, id: NodeId) -> bool {
        matches!(
            self.name(id),
            "" | "a"
                | "abbr"
                | "acronym"
                | "b"
                | "bdi"
                | "bdo"
                | "big"
                | "cite"
                | "code"
                | "data"
                | "del"
                | "dfn"
                | "em"
                | "font"
                | "i"
                | "ins"
                | "kbd"
                | "label"
                | "mark"
                | "nobr"
                | "q"
                | "rp"
                | "rt"
                | "ruby"
                | "s"
                | "samp"
                | "small"
                | "span"
                | "strike"
                | "strong"
                | "sub"
                | "sup"
                | "time"
                | "tt"
                | "u"
                | "var"
                | "wbr"
                | "o:p"
                | "st1:chsdate"
                | "ucaptitle"
                | "img"
        )
    }
}

/// See [`Tree::below`].
pub(super) struct Below<'a> {
    tree: &'a Tree,
    waiting: Vec<NodeId>,
}

impl Iterator for Below<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let id = self.waiting.pop()?;
        self.waiting.extend(self.tree.children(id).iter().rev());
        Some(id)
    }
}

/// Receives tokens.
struct Builder {
    state: RefCell<State>,
    is_xml: bool,
}

struct State {
    nodes: Vec<Node>,
    /// The elements that are open, the root first.
    open: Vec<NodeId>,
    is_cut: bool,
}

impl Builder {
    fn new(is_xml: bool) -> Self {
        let root = Element { name: "html".to_owned(), attributes: Vec::new() };
        let nodes = vec![Node { parent: ROOT, children: Vec::new(), content: Content::Element(root) }];
        Self { state: RefCell::new(State { nodes, open: vec![ROOT], is_cut: false }), is_xml }
    }
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => state.end(&tag.name),
            Token::TagToken(tag) => return state.start(&tag, self.is_xml),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn current(&self) -> NodeId {
        self.open.last().copied().unwrap_or(ROOT)
    }

    fn name(&self, id: NodeId) -> &str {
        match self.nodes.get(id).map(|node| &node.content) {
            Some(Content::Element(element)) => &element.name,
            _ => "",
        }
    }

    fn text(&mut self, text: &str) {
        let parent = self.current();
        let last = self.nodes.get(parent).and_then(|node| node.children.last().copied());
        if let Some(Content::Text(before)) =
            last.and_then(|last| self.nodes.get_mut(last)).map(|node| &mut node.content)
        {
            before.push_str(text);
            return;
        }
        self.add(Content::Text(text.to_owned()));
    }

    fn add(&mut self, content: Content) -> Option<NodeId> {
        if self.nodes.len() >= MOST_NODES {
            self.is_cut = true;
            return None;
        }
        let (parent, id) = (self.current(), self.nodes.len());
        self.nodes.push(Node { parent, children: Vec::new(), content });
        self.nodes.get_mut(parent)?.children.push(id);
        Some(id)
    }

    fn start(&mut self, tag: &Tag, is_xml: bool) -> TokenSinkResult<()> {
        let name = &*tag.name;
        match name {
            "html" => self.describe_root(tag),
            "head" | "body" => {}
            _ => {
                self.close_for(name);
                let id = self.add(Content::Element(element(tag)));
                // Word writes <o:p/> into pages that are no XML.
                let closed = is_void(name) || tag.self_closing && (is_xml || name.contains(':'));
                if let Some(id) = id.filter(|_| !closed && self.open.len() < DEEPEST) {
                    self.open.push(id);
                }
                if !closed {
                    return raw_text(name);
                }
            }
        }
        TokenSinkResult::Continue
    }

    fn describe_root(&mut self, tag: &Tag) {
        if let Some(Content::Element(root)) = self.nodes.first_mut().map(|node| &mut node.content) {
            root.attributes.extend(element(tag).attributes);
        }
    }

    /// Closes what a start tag ends without saying so.
    fn close_for(&mut self, name: &str) {
        const CELLS: &[&str] = &["td", "th", "caption", "table"];
        match name {
            "li" => self.close(&["li"], &["ul", "ol", "menu", "dir", "td", "th", "table"]),
            "dd" | "dt" => self.close(&["dd", "dt"], &["dl", "td", "th", "table"]),
            "tr" => self.close(&["tr"], &["table"]),
            "td" | "th" => self.close(&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => self.close(&["tbody", "thead", "tfoot", "tr"], &["table"]),
            "option" => self.close(&["option"], &["select", "td", "th", "table"]),
            "a" => self.close(&["a"], CELLS),
            _ => {}
        }
        if closes_paragraph(name) {
            self.close(&["p"], CELLS);
        }
    }

    /// Closes the innermost open element with one of these names, and what is open in it, unless a barrier stands
    /// between.
    fn close(&mut self, names: &[&str], barriers: &[&str]) {
        let named = |id: &NodeId, names: &[&str]| names.contains(&self.name(*id));
        let place = self.open.iter().rposition(|id| named(id, names) || named(id, barriers)).filter(|place| *place > 0);
        if let Some(place) = place.filter(|place| self.open.get(*place).is_some_and(|id| named(id, names))) {
            self.open.truncate(place);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "html" | "head" | "body" => {}
            "br" => _ = self.add(Content::Element(Element { name: "br".to_owned(), attributes: Vec::new() })),
            // Old pages end paragraphs that they did not begin.
            "p" if !self.open.iter().any(|id| self.name(*id) == "p") => {
                self.add(Content::Element(Element { name: "p".to_owned(), attributes: Vec::new() }));
            }
            "table" => self.close(&["table"], &[]),
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" => self.close(&[name], &["table"]),
            _ => self.close(&[name], &["td", "th", "caption", "table"]),
        }
    }
}

/// The page without tags that are crowded with attributes: the tokenizer compares each attribute of a tag with all
/// others, which takes minutes for a tag of some megabytes.
fn without_crowded_tags(page: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut from = 0;
    let mut tag: Option<(usize, usize)> = None;
    for (at, pair) in page.as_bytes().windows(2).enumerate() {
        match (&mut tag, pair) {
            (None, [b'<', next]) if next.is_ascii_alphabetic() => tag = Some((at, 0)),
            (Some((start, separators)), [b'>', _]) => {
                if *separators > MOST_SEPARATORS {
                    kept.push_str(page.get(from..*start).unwrap_or_default());
                    // What follows "a < b" in a script is no tag, and the tag that ends the script has to stay.
                    from = page.get(*start..at).and_then(|tag| tag.rfind("</")).map_or(at + 1, |end| *start + end);
                }
                tag = None;
            }
            (Some((_, separators)), [b' ' | b'\t' | b'\n' | b'\r' | b'/' | b'"' | b'\'', _]) => *separators += 1,
            _ => {}
        }
    }
    // A tag that does not end is none, whatever it holds.
    let to = tag.filter(|(_, separators)| *separators > MOST_SEPARATORS).map_or(page.len(), |(start, _)| start);
    if from == 0 && to == page.len() {
        return Cow::Borrowed(page);
    }
    kept.push_str(page.get(from..to.max(from)).unwrap_or_default());
    Cow::Owned(kept)
}

fn element(tag: &Tag) -> Element {
    let kept = |value: &str| value.get(..value.floor_char_boundary(LONGEST_VALUE)).unwrap_or_default().to_owned();
    let attributes =
        tag.attrs.iter().take(60).map(|attribute| (attribute.name.local.to_string(), kept(&attribute.value)));
    Element { name: tag.name.to_string(), attributes: attributes.collect() }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

fn closes_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "td"
            | "th"
            | "tr"
            | "ul"
    )
}

/// What the tokenizer has to know of an element whose content is no markup.
fn raw_text(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
        "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as nested brackets.
    fn shape(tree: &Tree, id: NodeId) -> String {
        match tree.node(id).map(|node| &node.content) {
            Some(Content::Text(text)) => text.trim().to_owned(),
            Some(Content::Element(element)) => {
                let children = tree.children(id).iter().map(|child| shape(tree, *child)).collect::<Vec<_>>().concat();
                if id == ROOT { children } else { format!("{}({children})", element.name) }
            }
            None => String::new(),
        }
    }

    #[track_caller]
    fn check(page: &str, wanted: &str) {
        assert_eq!(shape(&Tree::parse(page), ROOT), wanted);
    }

    #[test]
    fn tags_that_pages_leave_out() {
        check("<p>a<p>b<div>c</div>d", "p(a)p(b)div(c)d");
        check("<ul><li>a<li>b<ul><li>c</ul></ul>", "ul(li(a)li(bul(li(c))))");
        check("<table><tr><td>a<td>b<tr><td>c</table>d", "table(tr(td(a)td(b))tr(td(c)))d");
        check("<td><font>a</td></font></div>b", "td(font(a))b");
        check("a</p>b", "ap()b");
    }

    #[test]
    fn what_is_no_markup() {
        check("<script>if(a<b){'</p>'}</script><!-- <p> -->c<br/>d", "script(if(a<b){'</p>'})cbr()d");
        check("<?xml version='1.0'?><html><a name='x'/>b", "a()b");
        check("<p>a &amp; b&nbsp;&#8220;c&#8221;\0</p>", "p(a & b\u{a0}“c”)");
    }

    #[test]
    fn hostile_pages_end() {
        let deep = "<div>".repeat(100_000) + "text";
        let tree = Tree::parse(&deep);
        assert_eq!(tree.below(ROOT).count(), tree.nodes.len());
        assert!(tree.text(ROOT).contains("text"));
        Tree::parse(&"<b a=1><table>".repeat(50_000));
        Tree::parse(&"</div>".repeat(50_000));
        Tree::parse("<");
        Tree::parse(&format!("<p {}>", "a=".repeat(1_000)));
        Tree::parse(&"<!--".repeat(1_000));
    }

    #[test]
    fn a_tag_crowded_with_attributes_is_left_out() {
        let crowd: String = (0..5_000).map(|number| format!("a{number}=1 ")).collect();
        check(&format!("<p {crowd}>text</p><p id=b>more</p>"), "textp()p(more)");
        check(&format!("<script>a <b {crowd}</script><p>text"), "script(a)p(text)");
        check(&format!("<p>text</p><p {crowd}"), "p(text)");
    }
}
