//! The elements of a page's text to blocks in the making: paragraphs, headings, lists, rows of tables, notes.

use std::collections::HashMap;

use corpus::document::{BlockKind, Rect};

use super::table;
use super::tree::{Content, Element, NodeId, Tree};
use crate::layout::classify::is_short;
use crate::layout::draft::{Draft, Vocabulary};
use crate::layout::drafts_of_lines;
use crate::layout::letters::{ends_clause, is_cjk};
use crate::layout::numbering::mark;

/// So many lines that `<br>` parts may have been broken at a width by a program.
const WRAPPED: usize = 4;

/// The blocks below an element, without what is dropped.
pub(super) fn drafts(tree: &Tree, dropped: &[bool], main: NodeId) -> Vec<Draft> {
    let notes = note_targets(tree);
    let mut flow = Flow::new(tree, dropped, &notes);
    flow.walk(main);
    flow.end_block();
    flow.drafts
}

/// The text of a cell on one line.
pub(super) fn cell_text(flow: &Flow, cell: NodeId) -> String {
    let mut inner = Flow::new(flow.tree, flow.dropped, flow.notes);
    for child in flow.tree.children(cell) {
        inner.walk(*child);
    }
    inner.end_block();
    let texts: Vec<String> = inner.drafts.into_iter().map(|draft| draft.text.replace('\t', " ")).collect();
    joined(BlockKind::TableRow, &texts).map_or_else(String::new, |draft| draft.text)
}

/// Where links with the mark of a note lead to, with that mark.
fn note_targets(tree: &Tree) -> HashMap<&str, String> {
    let mut targets = HashMap::new();
    let mut marks: HashMap<&str, (NodeId, String)> = HashMap::new();
    for (id, link) in tree.all(&["a"]) {
        let target = link.attribute("href").and_then(|href| href.rsplit_once('#')).map(|(_, target)| target);
        let text = tree.text(id);
        if let Some(target) = target.filter(|target| !target.is_empty() && is_note_mark(&text)) {
            marks.entry(target).or_insert((id, text));
        }
    }
    for (id, node) in tree.nodes.iter().enumerate() {
        let Content::Element(element) = &node.content else { continue };
        for name in [element.attribute("id"), element.attribute("name")].into_iter().flatten() {
            // A link back from the note to its mark leads upwards.
            if let Some((name, (_, text))) = marks.get_key_value(name).filter(|(_, (link, _))| *link < id) {
                targets.insert(*name, text.trim_matches(['[', ']', '(', ')', '〔', '〕']).to_owned());
            }
        }
    }
    targets
}

fn is_note_mark(text: &str) -> bool {
    let bare = text.trim().trim_matches(['[', ']', '(', ')', '〔', '〕', '^']);
    let is_mark =
        |char: char| char.is_ascii_digit() || matches!(char, '*' | '†' | '‡' | '①'..='⑳' | '⁰'..='⁹' | '¹' | '²' | '³');
    (1..=4).contains(&bare.chars().count()) && bare.chars().all(is_mark)
}

/// Text on its way into blocks.
pub(super) struct Flow<'a> {
    pub(super) tree: &'a Tree,
    dropped: &'a [bool],
    notes: &'a HashMap<&'a str, String>,
    pub(super) drafts: Vec<Draft>,
    /// The lines of the block so far that `<br>` ended.
    lines: Vec<String>,
    line: Line,
    kind: BlockKind,
    level: u8,
    /// What stands before the next line: the mark of a list's item or a note.
    mark: Option<String>,
    /// Letters of the block, all and in bold.
    letters: (usize, usize),
    bold: usize,
    /// The level of the last heading that had one.
    heading: u8,
}

impl<'a> Flow<'a> {
    fn new(tree: &'a Tree, dropped: &'a [bool], notes: &'a HashMap<&'a str, String>) -> Self {
        Self {
            tree,
            dropped,
            notes,
            drafts: Vec::new(),
            lines: Vec::new(),
            line: Line::default(),
            kind: BlockKind::Paragraph,
            level: 0,
            mark: None,
            letters: (0, 0),
            bold: 0,
            heading: 0,
        }
    }

    /// Reads a node. It recurses as deep as the tree is, which [`Tree`] limits.
    pub(super) fn walk(&mut self, id: NodeId) {
        let Some(node) = self.tree.node(id).filter(|_| !self.dropped.get(id).copied().unwrap_or_default()) else {
            return;
        };
        match &node.content {
            Content::Text(text) => self.text(text),
            Content::Element(element) => self.element(id, element),
        }
    }

    fn children(&mut self, id: NodeId) {
        let tree = self.tree;
        for child in tree.children(id) {
            self.walk(*child);
        }
    }

    fn element(&mut self, id: NodeId, element: &Element) {
        let name = element.name.as_str();
        let note = [element.attribute("id"), element.attribute("name")]
            .into_iter()
            .flatten()
            .find_map(|name| self.notes.get(name));
        match name {
            "br" => self.end_line(),
            "hr" => self.end_block(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let number = name.bytes().last().map_or(1, |digit| digit.saturating_sub(b'0'));
                self.heading = number.saturating_sub(1).max(1);
                self.block(id, BlockKind::Heading, self.heading);
            }
            "caption" | "figcaption" => self.block(id, BlockKind::Caption, 0),
            "ul" | "ol" | "menu" | "dir" => self.list(id, element),
            "table" if table::is_data(self.tree, id) => {
                self.end_block();
                table::rows(self, id);
            }
            "pre" | "xmp" | "listing" | "plaintext" => self.preformatted(id),
            "sup" => self.raised(id),
            "a" if note.is_some() && self.is_empty() => {
                self.kind = BlockKind::Footnote;
                self.children(id);
            }
            "a" if self.is_note_link(id, element) => {}
            "q" => {
                self.text("“");
                self.children(id);
                self.text("”");
            }
            "b" | "strong" => {
                self.bold += 1;
                self.children(id);
                self.bold -= 1;
            }
            _ if note.is_some() && !self.tree.is_inline(id) => self.note(id, note.map_or("", String::as_str)),
            _ if self.tree.is_inline(id) => self.children(id),
            _ => self.block(id, self.kind_inside(), self.level),
        }
    }

    /// A paragraph in a heading or a note is a part of it.
    fn kind_inside(&self) -> BlockKind {
        match self.kind {
            BlockKind::Heading | BlockKind::Footnote | BlockKind::Caption => self.kind,
            _ => BlockKind::Paragraph,
        }
    }

    fn block(&mut self, id: NodeId, kind: BlockKind, level: u8) {
        self.end_block();
        let outer = (self.kind, self.level);
        (self.kind, self.level) = (kind, level);
        self.children(id);
        self.end_block();
        (self.kind, self.level) = outer;
    }

    fn note(&mut self, id: NodeId, mark: &str) {
        self.end_block();
        self.mark = Some(format!("[{mark}] "));
        self.block(id, BlockKind::Footnote, 0);
        self.mark = None;
    }

    fn list(&mut self, id: NodeId, element: &Element) {
        self.end_block();
        let mut number: u32 = element.attribute("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        let tree = self.tree;
        for child in tree.children(id) {
            let item = tree.element(*child).filter(|child| child.name == "li");
            let is_note = item.and_then(|item| item.attribute("id")).is_some_and(|id| self.notes.contains_key(id));
            if item.is_some() && !is_note {
                self.end_block();
                self.mark = Some(if element.name == "ol" { format!("{number}. ") } else { "• ".to_owned() });
                number = number.saturating_add(1);
            }
            self.walk(*child);
            self.end_block();
            self.mark = None;
        }
    }

    fn preformatted(&mut self, id: NodeId) {
        self.end_block();
        let mut text = String::new();
        for id in self.tree.below(id) {
            match self.tree.node(id).map(|node| &node.content) {
                Some(Content::Text(part)) => text.push_str(part),
                Some(Content::Element(element)) if element.name == "br" => text.push('\n'),
                _ => {}
            }
        }
        let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
        self.drafts.extend(drafts_of_lines(&lines));
    }

    /// A raised text: the mark of a note that is known is left out, digits stay raised.
    fn raised(&mut self, id: NodeId) {
        let links = self
            .tree
            .below(id)
            .any(|id| self.tree.element(id).is_some_and(|e| e.name == "a" && self.is_note_link(id, e)));
        let text = self.tree.text(id);
        let digits: Option<String> = text.chars().map(superscript).collect();
        match digits.filter(|digits| !digits.is_empty()) {
            _ if links => {}
            Some(digits) => self.text(&digits),
            None => self.children(id),
        }
    }

    /// Whether a link is the mark of a note, or leads back from the note to its mark.
    fn is_note_link(&self, id: NodeId, element: &Element) -> bool {
        let Some((_, target)) = element.attribute("href").and_then(|href| href.rsplit_once('#')) else { return false };
        let text = self.tree.text(id);
        let is_arrow = !text.is_empty()
            && text.chars().all(|char| matches!(char, '↩' | '↑' | '^' | '⤴' | '\u{fe0e}' | '\u{fe0f}'));
        is_arrow || is_note_mark(&text) && self.notes.contains_key(target)
    }

    fn text(&mut self, text: &str) {
        let letters = text.chars().filter(|char| char.is_alphanumeric()).count();
        self.letters.0 += letters;
        self.letters.1 += if self.bold > 0 { letters } else { 0 };
        self.line.push(text);
    }

    fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.line.text.is_empty()
    }

    fn end_line(&mut self) {
        self.lines.push(self.line.take());
    }

    pub(super) fn end_block(&mut self) {
        self.end_line();
        let lines = std::mem::take(&mut self.lines);
        let is_bold = self.letters.0 > 0 && self.letters.0 == self.letters.1;
        self.letters = (0, 0);
        if lines.iter().all(|line| line.trim().is_empty()) {
            return;
        }
        match self.kind {
            BlockKind::Paragraph => self.paragraphs(&lines, is_bold),
            kind => {
                let before = self.mark.take().unwrap_or_default();
                if let Some(mut draft) = joined(kind, &lines) {
                    draft.text.insert_str(0, &before);
                    draft.level = self.level;
                    self.drafts.push(draft);
                }
            }
        }
        if self.kind == BlockKind::Footnote {
            self.kind = BlockKind::Paragraph;
        }
    }

    fn paragraphs(&mut self, lines: &[String], is_bold: bool) {
        if let Some(item) = self.mark.take() {
            return self.item(&item, lines);
        }
        if lines.len() >= WRAPPED {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            return self.drafts.extend(drafts_of_lines(&lines));
        }
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            let mut draft = Draft::new(BlockKind::Paragraph, line, 1, Rect::default());
            if is_bold && lines.len() == 1 && is_heading(&draft.text) {
                (draft.kind, draft.level) = (BlockKind::Heading, self.heading.saturating_add(1).min(6));
            }
            self.drafts.push(draft);
        }
    }

    /// An item of a list. One that has a mark of its own keeps that.
    fn item(&mut self, item: &str, lines: &[String]) {
        for (at, line) in lines.iter().filter(|line| !line.trim().is_empty()).enumerate() {
            let own = mark(line.trim()).is_some();
            let text = if at > 0 || own { line.trim().to_owned() } else { format!("{item}{}", line.trim()) };
            let kind = if at == 0 && !own { BlockKind::ListItem } else { BlockKind::Paragraph };
            self.drafts.push(Draft::new(kind, &text, 1, Rect::default()));
        }
    }
}

/// Lines that belong together, in one block.
fn joined(kind: BlockKind, lines: &[String]) -> Option<Draft> {
    let mut lines = lines.iter().filter(|line| !line.trim().is_empty());
    let mut draft = Draft::new(kind, lines.next()?, 1, Rect::default());
    for line in lines {
        draft.append(line, 1, Rect::default(), &Vocabulary::default());
    }
    Some(draft)
}

/// Whether a paragraph that is all bold heads what follows: an unnumbered heading of a page.
fn is_heading(text: &str) -> bool {
    is_short(text)
        && !ends_clause(text)
        && mark(text).is_none()
        && text.chars().filter(|char| char.is_alphabetic()).count() >= 4
}

fn superscript(char: char) -> Option<char> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match char {
        '-' | '−' => Some('⁻'),
        _ => DIGITS.get(usize::try_from(char.to_digit(10)?).ok()?).copied(),
    }
}

/// A line of text while white space is being made single.
#[derive(Default)]
struct Line {
    text: String,
    /// Columns of white space before the first character.
    indent: usize,
    /// White space that has been met and not yet written.
    space: Option<char>,
}

impl Line {
    fn push(&mut self, text: &str) {
        for char in text.chars() {
            match char {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    // A line's end in the source parts words, but not Han characters.
                    let end = if matches!(char, '\n' | '\r') { '\n' } else { ' ' };
                    self.space = Some(self.space.filter(|space| *space != '\n').unwrap_or(end));
                }
                '\u{a0}' | '\u{3000}' | '\u{2002}' | '\u{2003}' => {
                    self.indent += if char == '\u{3000}' { 2 } else { 1 };
                    self.space = Some(if char == '\u{3000}' { char } else { ' ' });
                }
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
                _ if char.is_control() => {}
                _ => self.push_visible(char),
            }
        }
    }

    fn push_visible(&mut self, char: char) {
        match (self.space.take(), self.text.chars().next_back()) {
            (Some('\n'), Some(last)) if !(is_cjk(last) && is_cjk(char)) => self.text.push(' '),
            (Some(space @ (' ' | '\u{3000}')), Some(_)) => self.text.push(space),
            _ => {}
        }
        self.text.push(char);
    }

    /// The line so far, an indent before it where it had one.
    fn take(&mut self) -> String {
        let line = std::mem::take(self);
        let is_indented = line.indent >= 2 && !line.text.is_empty();
        if is_indented { format!("\u{3000}\u{3000}{}", line.text) } else { line.text }
    }
}
