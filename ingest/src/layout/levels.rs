//! The levels of headings, by how the kinds of marks and of type are nested in the whole document.
//!
//! What level 一、 or 1. has is not for the mark to say: it is deeper than what stands open above it. A kind that was
//! seen before keeps its level as long as its numbers go on; one that begins anew below an annex, or below a heading in
//! larger type, is a level of its own there.

use corpus::document::BlockKind;

use super::draft::{Draft, Face};
use super::numbering::{MarkKind, heading_mark, is_contents_title, ordinal};

/// Levels deeper than this are not told apart.
const DEEPEST: u8 = 9;
/// Sizes that differ by less, in points, are one.
const SAME_SIZE: f32 = 0.6;
/// So many numbers may be missing between two headings that follow each other.
const MISSED: u32 = 3;

/// Gives every heading its level, from 1; the title keeps its 0, and so do levels that the input gave keep theirs, at
/// least among themselves.
pub(crate) fn settle_levels(drafts: &mut [Draft]) {
    let decimal = uses_decimals(drafts);
    let mut tree = Tree { annexed: Vec::new(), open: Vec::new(), known: Vec::new() };
    for draft in drafts.iter_mut().filter(|draft| is_placed(draft)) {
        let heading = Heading::of(draft, decimal);
        draft.level = tree.place(&heading);
    }
    let least = drafts.iter().filter(|draft| is_placed(draft)).map(|draft| draft.level).min().unwrap_or(1);
    for draft in drafts.iter_mut().filter(|draft| is_placed(draft)) {
        draft.level = draft.level.saturating_sub(least.saturating_sub(1)).clamp(1, DEEPEST);
    }
}

/// Whether a draft is a heading with a level: not the title, and not that of the table of contents.
fn is_placed(draft: &Draft) -> bool {
    draft.kind == BlockKind::Heading && draft.level > 0 && !is_contents_title(&draft.text)
}

/// Whether 1. is the first level of 1.1 in this document.
fn uses_decimals(drafts: &[Draft]) -> bool {
    let clause =
        |draft: &Draft| heading_mark(&draft.text).is_some_and(|mark| matches!(mark.kind, MarkKind::Clause(2..)));
    drafts.iter().any(|draft| {
        draft.kind == BlockKind::Heading && clause(draft) && draft.text.starts_with(|char: char| char.is_ascii_digit())
    })
}

/// What decides how deep a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A level that the input gave.
    Given(u8),
    /// A heading without a mark.
    Plain,
    /// Foreword, References and their like.
    Named,
    Annex,
    /// 第一编, Part, Title
    Part,
    /// 3.1.2 has three; the letter of an annex counts as one.
    Decimal(u8),
    Marked(MarkKind),
}

struct Heading {
    class: Class,
    ordinal: Option<u32>,
    face: Option<Face>,
    /// A.1, which belongs to an annex.
    lettered: bool,
}

impl Heading {
    fn of(draft: &Draft, decimal: bool) -> Self {
        let found = heading_mark(&draft.text);
        let mark = found.and_then(|mark| draft.text.get(..mark.len)).unwrap_or_default();
        let class = match found.map(|mark| mark.kind) {
            _ if draft.given => Class::Given(draft.level),
            None | Some(MarkKind::Bullet) => Class::Plain,
            Some(MarkKind::Named) => Class::Named,
            Some(MarkKind::Annex) => Class::Annex,
            Some(MarkKind::Chapter) if mark.contains(['编', '编', '篇', '部']) || is_part(mark) => Class::Part,
            Some(MarkKind::BareNumber) => Class::Decimal(1),
            Some(MarkKind::Arabic) if decimal => Class::Decimal(1),
            Some(MarkKind::Clause(parts)) => Class::Decimal(parts),
            Some(kind) => Class::Marked(kind),
        };
        let lettered = mark.starts_with(|char: char| char.is_ascii_uppercase());
        Self { class, ordinal: ordinal(mark), face: draft.face, lettered }
    }

    fn is_plain(&self) -> bool {
        self.class == Class::Plain
    }
}

fn is_part(mark: &str) -> bool {
    ["Part", "PART", "Title", "TITLE", "Book", "BOOK", "Volume", "VOLUME", "Division", "DIVISION"]
        .iter()
        .any(|word| mark.starts_with(word))
}

/// A heading below which the next may stand.
#[derive(Clone, Copy)]
struct Open {
    class: Class,
    level: u8,
    face: Option<Face>,
}

/// A kind of heading that was seen in this part of the document.
#[derive(Clone, Copy)]
struct Known {
    class: Class,
    level: u8,
    ordinal: Option<u32>,
}

struct Tree {
    open: Vec<Open>,
    known: Vec<Known>,
    /// What was known before the annexes began.
    annexed: Vec<Known>,
}

impl Tree {
    fn place(&mut self, heading: &Heading) -> u8 {
        let level = match heading.class {
            Class::Given(level) => self.close_to(level),
            Class::Annex => self.place_annex(heading),
            Class::Named if self.is_outermost(heading) => self.close_to(1),
            Class::Decimal(parts) => self.place_decimal(heading, parts),
            _ => self.place_by_kind(heading),
        };
        let level = level.clamp(1, DEEPEST);
        self.open.push(Open { class: heading.class, level, face: heading.face });
        self.known.retain(|known| known.class != heading.class);
        self.known.push(Known { class: heading.class, level, ordinal: heading.ordinal });
        level
    }

    fn top(&self) -> Option<Open> {
        self.open.last().copied()
    }

    fn below_top(&self) -> u8 {
        self.top().map_or(1, |top| top.level.saturating_add(1))
    }

    /// Closes what stands at a level or deeper, and gives the level back.
    fn close_to(&mut self, level: u8) -> u8 {
        self.open.retain(|open| open.level < level);
        level
    }

    fn known(&self, class: Class) -> Option<Known> {
        self.known.iter().copied().find(|known| known.class == class)
    }

    /// An annex stands beside the chapters, whatever they are. What follows in it is counted anew.
    fn place_annex(&mut self, heading: &Heading) -> u8 {
        let level = match self.open.first() {
            Some(first) if first.class == Class::Plain && is_larger(first.face, heading.face) => {
                self.known(Class::Annex).map_or(1, |known| known.level)
            }
            Some(Open { class: Class::Given(level), .. }) => *level,
            _ => 1,
        };
        self.close_to(level);
        if self.known(Class::Annex).is_none() {
            self.annexed = std::mem::take(&mut self.known);
        }
        self.known.retain(|known| known.class == Class::Annex);
        level
    }

    /// Whether a heading such as Introduction is no part of a chapter: none of those is set in larger type.
    fn is_outermost(&self, heading: &Heading) -> bool {
        !self.open.first().is_some_and(|first| first.class != Class::Named && is_larger(first.face, heading.face))
    }

    fn place_decimal(&mut self, heading: &Heading, parts: u8) -> u8 {
        if heading.lettered
            && let Some(annex) = self.open.iter().find(|open| open.class == Class::Annex)
        {
            let level = annex.level.saturating_add(parts.saturating_sub(1)).max(2);
            return self.close_to(level);
        }
        self.restore(heading);
        let above = self.known.iter().filter_map(|known| match known.class {
            Class::Decimal(other) if other < parts => Some((other, known.level)),
            _ => None,
        });
        if let Some((other, level)) = above.max() {
            return self.close_to(level.saturating_add(parts - other));
        }
        if let Some(known) = self.known(heading.class).filter(|_| parts > 1) {
            return self.close_to(known.level);
        }
        self.place_by_kind(heading)
    }

    /// The numbers of the main part may go on behind an annex that was printed within it.
    fn restore(&mut self, heading: &Heading) {
        let before = self.annexed.iter().find(|known| known.class == heading.class);
        let goes_on = before.is_some_and(|before| follows(before.ordinal, heading.ordinal));
        if goes_on && self.known(heading.class).is_none() {
            self.known = std::mem::take(&mut self.annexed);
            self.open.clear();
        }
    }

    fn place_by_kind(&mut self, heading: &Heading) -> u8 {
        self.restore(heading);
        let known = self.known(heading.class).filter(|_| !heading.is_plain());
        // Chapters of a standard stand beside a heading without a number that has none below it: a foreword.
        if known.is_none()
            && heading.class == Class::Decimal(1)
            && self.top().is_some_and(|top| top.class == Class::Plain)
        {
            self.open.pop();
        }
        while let Some(top) = self.top() {
            if top.class == heading.class && !heading.is_plain() {
                return self.close_to(top.level);
            }
            if !self.stands_beside_or_above(heading, &top, known) {
                break;
            }
            self.open.pop();
        }
        self.below_top()
    }

    /// Whether a heading cannot stand below `top`.
    fn stands_beside_or_above(&self, heading: &Heading, top: &Open, known: Option<Known>) -> bool {
        match (heading.class, top.class) {
            (Class::Plain, Class::Annex) => is_larger(heading.face, top.face) || is_alike(heading.face, top.face),
            (_, Class::Annex | Class::Given(_)) => false,
            (Class::Plain, Class::Plain) => match (heading.face, top.face) {
                (Some(own), Some(other)) => {
                    let bolder = own.bold || !other.bold;
                    is_larger(heading.face, top.face) || !is_larger(top.face, heading.face) && bolder
                }
                _ => true,
            },
            (Class::Plain, _) => is_larger(heading.face, top.face) || is_alike(heading.face, top.face),
            (_, Class::Named) => true,
            (_, Class::Plain) => {
                let anew = heading.ordinal == Some(1) && is_larger(top.face, heading.face);
                let before = known.is_some_and(|known| top.level >= known.level) && !anew;
                before || is_larger(heading.face, top.face) || is_alike(heading.face, top.face)
            }
            _ => match known {
                Some(known) => top.level >= known.level && rank(heading.class) <= rank(top.class),
                None => rank(heading.class) < rank(top.class),
            },
        }
    }
}

/// How the kinds are nested where a document has them in that order; kinds that go with any others come last.
fn rank(class: Class) -> u8 {
    match class {
        Class::Part => 0,
        Class::Marked(MarkKind::Chapter) => 1,
        Class::Marked(MarkKind::Section) => 2,
        Class::Marked(MarkKind::Article) => 3,
        Class::Marked(MarkKind::HanComma | MarkKind::Roman) => 4,
        Class::Marked(MarkKind::HanBracket | MarkKind::Capital) => 5,
        _ => 6,
    }
}

fn follows(before: Option<u32>, own: Option<u32>) -> bool {
    before.zip(own).is_some_and(|(before, own)| own > before && own - before <= MISSED)
}

fn is_larger(one: Option<Face>, other: Option<Face>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.size > other.size + SAME_SIZE)
}

fn is_alike(one: Option<Face>, other: Option<Face>) -> bool {
    one.zip(other).is_some_and(|(one, other)| (one.size - other.size).abs() <= SAME_SIZE && one.bold == other.bold)
}

#[cfg(test)]
#[path = "levels_tests.rs"]
mod tests;
