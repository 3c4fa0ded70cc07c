//! How much running text each element of a page holds, and how much of it is links.
//!
//! The measure is one of Kohlschütter, Fankhauser and Nejdl (2010), "Boilerplate detection using shallow text
//! features": length and link density of the blocks between tags, to which punctuation is added, since what Chinese
//! pages have in their margins has none.

use corpus::text::is_han;

use super::tree::{Content, ROOT, Tree};

/// The weight of a Latin letter beside that of a Han character.
const LATIN: f32 = 0.4;
/// A block of less than this is no sentence.
const SENTENCE: f32 = 8.0;

/// What an element and all below it hold. A weight of 1 is a Han character.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    /// All text.
    pub(super) text: f32,
    /// Text in links to other pages.
    pub(super) links: f32,
    /// Text in blocks that read as sentences.
    pub(super) prose: f32,
    /// How many such blocks there are.
    pub(super) paragraphs: u32,
    /// How many links there are.
    pub(super) link_count: u32,
}

impl Weight {
    /// The share of the text that is links, from 0 to 1.
    pub(super) fn link_share(self) -> f32 {
        if self.text > 0.0 { self.links / self.text } else { 0.0 }
    }

    /// The mean length of a paragraph.
    pub(super) fn mean(self) -> f32 {
        if self.paragraphs > 0 { self.prose / self.paragraphs as f32 } else { 0.0 }
    }

    fn add(&mut self, other: Self) {
        self.text += other.text;
        self.links += other.links;
        self.prose += other.prose;
        self.paragraphs += other.paragraphs;
        self.link_count += other.link_count;
    }
}

/// The weights of all nodes, without what is `dropped`. A paragraph counts in the block that it stands in.
pub(super) fn weigh(tree: &Tree, dropped: &[bool]) -> Vec<Weight> {
    let count = tree.nodes.len();
    let mut own: Vec<Own> = vec![Own::default(); count];
    let (mut block_of, mut in_link, mut gone) = (vec![ROOT; count], vec![false; count], vec![false; count]);
    for (id, node) in tree.nodes.iter().enumerate() {
        let of = |flags: &[bool]| flags.get(node.parent).copied().unwrap_or_default();
        let is_gone = dropped.get(id).copied().unwrap_or_default() || (id != ROOT && of(&gone));
        let block = block_of.get(node.parent).copied().unwrap_or(ROOT);
        let block = if id == ROOT || tree.is_inline(id) { block } else { id };
        let link = of(&in_link)
            || tree.element(id).is_some_and(|e| e.name == "a" && e.attribute("href").is_some_and(leads_away));
        if let Some(flag) = gone.get_mut(id) {
            *flag = is_gone;
        }
        if let Some((place, flag)) = block_of.get_mut(id).zip(in_link.get_mut(id)) {
            (*place, *flag) = (block, link);
        }
        let Some(own) = own.get_mut(block).filter(|_| !is_gone) else { continue };
        match &node.content {
            Content::Text(text) => own.read(text, link),
            Content::Element(element) => own.link_count += u32::from(link && element.name == "a"),
        }
    }
    let mut weights: Vec<Weight> = own.iter().map(Own::weight).collect();
    // Every node stands behind its parent.
    for (id, node) in tree.nodes.iter().enumerate().skip(1).rev() {
        let weight = weights.get(id).copied().unwrap_or_default();
        if let Some(parent) = weights.get_mut(node.parent) {
            parent.add(weight);
        }
    }
    weights
}

/// Whether a link leads to another page, not to an attachment or a note.
fn leads_away(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let file = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".ofd", ".zip", ".rar"];
    !href.starts_with('#') && !file.iter().any(|ending| path.ends_with(ending))
}

/// What stands in a block itself, between the blocks in it.
#[derive(Clone, Copy, Debug, Default)]
struct Own {
    text: f32,
    links: f32,
    /// Marks of punctuation that sentences have.
    marks: u32,
    link_count: u32,
}

impl Own {
    fn read(&mut self, text: &str, link: bool) {
        let mut weight = 0.0;
        let mut before = ' ';
        for char in text.chars() {
            match char {
                _ if is_han(char) => weight += 1.0,
                _ if char.is_alphanumeric() => weight += LATIN,
                '，' | '。' | '；' | '？' | '！' => self.marks += 1,
                ' ' | '\n' if matches!(before, ',' | '.' | ';' | '?' | '!') => self.marks += 1,
                _ => {}
            }
            before = char;
        }
        self.marks += u32::from(before == '.' && text.len() > 40);
        self.text += weight;
        if link {
            self.links += weight;
        }
    }

    fn weight(&self) -> Weight {
        let plain = self.text - self.links;
        let is_prose = plain >= SENTENCE && self.marks > 0 && self.links < self.text * 0.5;
        Weight {
            text: self.text,
            links: self.links,
            prose: if is_prose { plain } else { 0.0 },
            paragraphs: u32::from(is_prose),
            link_count: self.link_count,
        }
    }
}
