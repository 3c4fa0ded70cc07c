//! Fonts: from the codes of a string to text and widths.

mod characters;
mod cmap;
mod codes;
mod composite;
mod encodings;
mod load;
mod names;
mod program;
mod repair;
mod simple;
mod widths;

use std::collections::HashMap;
use std::rc::Rc;

use codes::CodeSpaces;
pub(super) use load::{Library, embedded};
pub(super) use repair::{is_implausible, mend};

/// Texts that a font's glyphs stand for are kept in one string up to this size.
const MAX_TEXTS: usize = 1 << 24;

/// A font of the file, with what has been worked out of each code so far.
pub(super) struct Font {
    /// The base font's name without the tag of a subset.
    pub(super) name: String,
    pub(super) bold: bool,
    /// Whether it is set in columns from top to bottom.
    pub(super) vertical: bool,
    /// The part of the em above and below the baseline that a line of it takes.
    pub(super) ascent: f32,
    pub(super) descent: f32,
    /// The size of the em and of a unit of width, in text space at size 1.
    pub(super) em: f64,
    pub(super) unit: f64,
    codes: CodeSpaces,
    kind: Kind,
    to_unicode: Option<Rc<cmap::CMap>>,
    symbols: characters::Symbols,
    low: Vec<Option<Box<[Entry; 256]>>>,
    high: HashMap<u32, Entry>,
    texts: String,
}

enum Kind {
    Simple(simple::Simple),
    Composite(Box<composite::Composite>),
}

/// What a code is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    start: u32,
    length: u16,
    state: State,
    /// In units of [`Font::unit`].
    pub(super) width: f32,
    /// How often it was shown.
    pub(super) uses: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    /// Not looked up yet.
    #[default]
    Unknown,
    Text,
    /// No map gives a character.
    Unreadable,
}

impl Entry {
    pub(super) fn is_readable(&self) -> bool {
        self.state == State::Text
    }
}

impl Font {
    /// The first code of a string and its length in bytes.
    pub(super) fn next_code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        self.codes.next(bytes)
    }

    /// What the code is; looked up once.
    pub(super) fn entry(&mut self, code: u32, length: usize) -> Entry {
        let known = self.slot(code);
        if known.state != State::Unknown {
            known.uses = known.uses.saturating_add(1);
            return *known;
        }
        let entry = self.look_up(code, length);
        *self.slot(code) = entry;
        entry
    }

    /// What the code is, where it has been looked up before.
    pub(super) fn known(&self, code: u32) -> Entry {
        let entry = match self.low.get((code >> 8) as usize) {
            Some(page) => page.as_ref().and_then(|page| page.get((code & 0xff) as usize)),
            None => self.high.get(&code),
        };
        entry.copied().unwrap_or_default()
    }

    /// The text of an entry of this font: empty where it is unreadable or not seen.
    pub(super) fn text(&self, entry: Entry) -> &str {
        let start = entry.start as usize;
        self.texts.get(start..start + usize::from(entry.length)).unwrap_or_default()
    }

    /// How far a code moves the pen in vertical writing, in units of [`Font::unit`]; mostly negative.
    pub(super) fn vertical_advance(&self, code: u32, length: usize) -> f32 {
        match &self.kind {
            Kind::Composite(composite) => composite.vertical_advance(code, length),
            Kind::Simple(_) => -1000.0,
        }
    }

    /// The CID of a two-byte code and the glyph that the file maps it to, where it does; `None` for a simple font.
    pub(super) fn cid(&self, code: u32) -> Option<(u32, Option<u32>)> {
        let Kind::Composite(composite) = &self.kind else { return None };
        let cid = composite.cid(code, 2)?;
        Some((cid, composite.mapped_glyph(cid)))
    }

    fn slot(&mut self, code: u32) -> &mut Entry {
        match self.low.get_mut((code >> 8) as usize) {
            Some(page) => {
                let page = page.get_or_insert_with(|| Box::new([Entry::default(); 256]));
                &mut page[(code & 0xff) as usize]
            }
            None => self.high.entry(code).or_default(),
        }
    }

    /// The codes that were shown, with what they are.
    pub(super) fn shown(&self) -> impl Iterator<Item = (u32, Entry)> {
        let pages = (0_u32..).zip(&self.low).filter_map(|(high, page)| Some((high, page.as_ref()?)));
        let low = pages.flat_map(|(high, page)| (high << 8..).zip(page.iter().copied()));
        let high = self.high.iter().map(|(code, entry)| (*code, *entry));
        low.chain(high).filter(|(_, entry)| entry.state != State::Unknown)
    }

    /// The length in bytes of a code that was shown.
    fn length_of(&self, code: u32) -> usize {
        let bytes = code.to_be_bytes();
        let cut = |length: &usize| self.codes.next(bytes.get(4 - length..)?);
        // The longest first: what is left of a longer code would pass for a shorter one.
        (1..=4).rev().find(|length| cut(length) == Some((code, *length))).unwrap_or(2)
    }

    /// Changes what a code stands for; `None` makes it unreadable.
    pub(super) fn set(&mut self, code: u32, text: Option<&str>) {
        let text = text.filter(|text| self.texts.len() + text.len() < MAX_TEXTS);
        let start = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push_str(text.unwrap_or_default());
        let entry = self.slot(code);
        entry.start = start;
        entry.length = text.map_or(0, |text| u16::try_from(text.len()).unwrap_or(0));
        entry.state = if text.is_some() { State::Text } else { State::Unreadable };
    }

    fn look_up(&mut self, code: u32, length: usize) -> Entry {
        let width = match &self.kind {
            Kind::Simple(simple) => simple.width(code),
            Kind::Composite(composite) => composite.width(code, length),
        };
        let text = self.text_of(code, length);
        let start = self.texts.len();
        let state = if text.is_some() { State::Text } else { State::Unreadable };
        let text = text.filter(|text| start + text.len() < MAX_TEXTS).unwrap_or_default();
        self.texts.push_str(&text);
        Entry {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            length: u16::try_from(text.len()).unwrap_or(0),
            state,
            width,
            uses: 1,
        }
    }

    /// The text meant by a code, from the source that is trusted most and says something.
    fn text_of(&self, code: u32, length: usize) -> Option<String> {
        let meant = |text: &str| characters::meant(text, self.symbols);
        let mapped = || match self.to_unicode.as_ref()?.text(code)? {
            cmap::Text::Char(c) => meant(c.encode_utf8(&mut [0; 4])),
            cmap::Text::Str(text) => meant(text),
        };
        match &self.kind {
            Kind::Simple(simple) => mapped().or_else(|| meant(&simple.text(code)?)),
            // The name of a predefined CMap is true where a ToUnicode map that some rewriter added is not.
            Kind::Composite(composite) if composite.is_predefined() => {
                composite.text(code, length).and_then(|text| meant(&text)).or_else(mapped)
            }
            Kind::Composite(composite) => mapped().or_else(|| meant(&composite.text(code, length)?)),
        }
    }
}

/// The text meant by a replacement text (ActualText).
pub(super) fn replacement(text: &str) -> String {
    characters::meant(text, characters::Symbols::Latin).unwrap_or_default()
}
