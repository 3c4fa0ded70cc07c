//! Texts with their translation: two texts that are aligned here, a TMX, an XLIFF.
//!
//! All come to the same: segments, each with its source and its target. [`read`] is for files, [`aligned`] for texts.

mod texts;
mod tmx;
mod xliff;
mod xml;

#[cfg(test)]
mod tests;

use corpus::document::Language;

use crate::Error;

pub use texts::aligned;

/// Longer files are not read: the translation of a long standard has some megabytes.
pub const LARGEST: usize = 64 << 20;
/// More units are not read.
const MOST_UNITS: usize = 200_000;

/// A text with its translation.
#[derive(Clone, Debug, PartialEq)]
pub struct BilingualText {
    /// The language that was translated from: Chinese or English.
    pub source: Language,
    /// The other of the two.
    pub target: Language,
    /// What has both sides, in order.
    pub segments: Vec<Segment>,
    /// How many units have no target yet, or only a copy of the source that waits for one.
    pub untranslated: usize,
    /// How many units are in other languages than the two.
    pub other_languages: usize,
}

/// A stretch of a text with its translation: a sentence mostly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// What its file calls it; empty where it has no name.
    pub id: String,
    /// The source.
    pub source: String,
    /// The target.
    pub target: String,
    /// Whether an aligner put the two together and is not sure of it.
    pub doubtful: bool,
}

/// Whether bytes are a file with both sides: TMX or XLIFF, by its root element.
pub fn is_bilingual(bytes: &[u8]) -> bool {
    let head = bytes.get(..4096.min(bytes.len())).unwrap_or_default();
    // The root's name is ASCII: zeros between its letters are UTF-16.
    let letters: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let head = String::from_utf8_lossy(&letters).to_ascii_lowercase();
    let begins = |name: &str| {
        head.match_indices(name).any(|(at, _)| {
            let before = head.get(..at).and_then(|before| before.chars().next_back());
            let after = head.get(at + name.len()..).and_then(|after| after.chars().next());
            matches!(before, Some('<' | ':'))
                && after.is_none_or(|char| char.is_whitespace() || matches!(char, '>' | '/'))
        })
    };
    head.trim_start_matches(['\u{fffd}', '\u{feff}']).trim_start().starts_with('<')
        && (begins("tmx") || begins("xliff"))
}

/// Reads a TMX or an XLIFF.
///
/// # Errors
/// [`Error::Input`] when it is neither, is damaged (the line is named), or has no Chinese and English.
pub fn read(bytes: &[u8]) -> Result<BilingualText, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::Input(format!("the file is larger than {} MB; split it", LARGEST >> 20)));
    }
    let text = xml::decode(bytes)?;
    let read = match xml::root(&text)?.as_str() {
        "tmx" => tmx::read(&text)?,
        "xliff" => xliff::read(&text)?,
        other => return Err(Error::Input(format!("its root element is <{other}>; give a TMX or an XLIFF"))),
    };
    if read.segments.is_empty() && read.untranslated == 0 {
        let why = match read.other_languages {
            0 => "it has no translation units".to_owned(),
            count => format!("none of its {count} units is in Chinese and English"),
        };
        return Err(Error::Input(format!("{why}; give a file with both languages")));
    }
    Ok(read)
}

/// The language of a tag as files write it: `zh-CN`, `ZH_Hans`, `en-US`, `eng`, `zho`, `cmn-Hant`.
fn language(tag: &str) -> Language {
    let first = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match first.as_str() {
        "zho" | "chi" | "cmn" => Language::Zh,
        "eng" => Language::En,
        first => Language::from_code(first),
    }
}

/// The units as they are collected.
#[derive(Debug, Default)]
struct Units {
    direction: Option<(Language, Language)>,
    segments: Vec<Segment>,
    untranslated: usize,
    other_languages: usize,
    count: usize,
}

impl Units {
    /// Counts a unit.
    ///
    /// # Errors
    /// When there are more than are read.
    fn count(&mut self) -> Result<(), Error> {
        self.count += 1;
        if self.count > MOST_UNITS {
            return Err(Error::Input(format!("the file has more than {MOST_UNITS} units; split it")));
        }
        Ok(())
    }

    /// Takes a unit in. The first one settles the direction of the file; one of another direction is set aside.
    fn add(&mut self, direction: (Language, Language), id: &str, source: &str, target: Option<&str>) {
        let is_pair = direction.0 != Language::Other && direction.0.counterpart() == Some(direction.1);
        if !is_pair || *self.direction.get_or_insert(direction) != direction {
            self.other_languages += 1;
            return;
        }
        let (source, target) = (source.trim(), target.map(str::trim).unwrap_or_default());
        if source.is_empty() {
            return;
        }
        if target.is_empty() {
            self.untranslated += 1;
            return;
        }
        let (id, source, target) = (id.to_owned(), source.to_owned(), target.to_owned());
        self.segments.push(Segment { id, source, target, doubtful: false });
    }

    fn finish(self) -> BilingualText {
        let (source, target) = self.direction.unwrap_or((Language::Zh, Language::En));
        let Self { segments, untranslated, other_languages, .. } = self;
        BilingualText { source, target, segments, untranslated, other_languages }
    }
}
