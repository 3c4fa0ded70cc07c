//! Fonts that lie: maps that give characters which no text has, found by their frequencies, and mended where another
//! way to read the font's codes gives a text.
//!
//! Start reading at [`mend`]. A font that is plausible, or of which too little is shown to tell, is not touched. For
//! one that is not, everything else that the file says of its codes is tried (`sources`), then the orders in which
//! fonts number their glyphs (`offsets`), and a repair is kept only if it convinces. What nothing mends is made
//! unreadable, so that it is reported, recognised by its shapes or left to OCR, and never passed on as text.

mod evidence;
mod founder;
mod han;
mod latin;
mod numbered;
mod offsets;
mod orders;
mod plausibility;
mod shifted;
mod shown;
mod sources;
mod stale;
mod words;

use lopdf::Dictionary;

use super::super::content::PageMarks;
use super::super::objects::Objects;
use super::super::stream::Budget;
use super::load::program_of;
use super::{Font, Kind};
use offsets::Run;
use plausibility::{Judgement, Opinion};
use shifted::{Number, Shift};
use shown::{Code, Reading};
use sources::Source;

/// Offsets are searched for in so many fonts of a file; further ones must do with what these gave.
const MAX_SEARCHES: usize = 48;
/// What a font of which little is shown must gain by another's repair, in bits.
const KIN_EVIDENCE: f64 = 8.0;
const OTHER_EVIDENCE: f64 = 20.0;

/// How a font's codes are read instead.
#[derive(Clone, Debug, PartialEq)]
enum Repair {
    Source(Source),
    Numbered(Vec<Run>),
    Shifted(Shift),
}

impl Repair {
    fn cause(&self) -> String {
        match self {
            Self::Source(source) => source.cause(),
            Self::Numbered(runs) if runs.len() > 1 => {
                format!("glyph numbers were read as characters; repaired by {} constant offsets", runs.len())
            }
            Self::Numbered(_) => "glyph numbers were read as characters; repaired by a constant offset".to_owned(),
            Self::Shifted(Shift { number: Number::Code, .. }) => {
                "its codes are off from ASCII; repaired by a constant offset".to_owned()
            }
            Self::Shifted(_) => "its glyphs are named by numbers; read by a constant offset from these".to_owned(),
        }
    }

    /// What this makes of a font.
    fn read_if(self, font: &Font, codes: Vec<Code>) -> Option<Mended> {
        let reading = self.read(font, &codes)?;
        let judgement = shown::judge(&codes, &reading);
        Some(Mended { repair: self, codes, reading, judgement })
    }

    /// The font read this way, where that needs nothing of the file.
    fn read(&self, font: &Font, codes: &[Code]) -> Option<Reading> {
        match self {
            Self::Source(_) => None,
            Self::Numbered(runs) if runs.is_empty() => None,
            Self::Numbered(runs) => Some(numbered::read(codes, &shown::reading(font, codes), runs)),
            Self::Shifted(shift) => Some(shift.read(font, codes)),
        }
    }
}

/// Asks the embedded programs of fonts for what their maps leave out, tests all maps by what the pages show, and mends
/// those that are implausible; gives the warnings that this deserves.
pub(in super::super) fn mend<'a>(
    objects: Objects<'a>,
    fonts: &mut [Font],
    dicts: &[&'a Dictionary],
    pages: &[PageMarks],
    budget: &Budget,
) -> Vec<String> {
    let mut work = Work::default();
    for (index, (font, dict)) in fonts.iter_mut().zip(dicts).enumerate() {
        font.ask_program(objects, dict, budget);
        work.messages.extend(stale::mend(font));
        match shown::judge_font(font).opinion() {
            Opinion::Plausible => {}
            Opinion::Unjudged => work.open.push(index),
            opinion => {
                let garbled = |font: &Font| opinion == Opinion::Implausible || words::are_garbled(font, index, pages);
                work.repair(index, font, garbled, |font| by_sources(font, objects, dict, budget));
            }
        }
    }
    work.repair_alike(fonts);
    for (index, uses) in founder::mend(fonts, pages) {
        let name = fonts.get(index).map_or("", |font| &font.name);
        let what = "italic letters of a Founder composition system were read as ideographs; repaired";
        work.messages.push(format!("font {name}: {what} ({})", characters(uses)));
    }
    work.messages
}

/// Whether texts, with how often each is shown, are no text's.
pub(in super::super) fn is_implausible<'t>(used: impl Iterator<Item = (&'t str, u32)>) -> bool {
    Judgement::of(used.map(|(text, uses)| (Some(text), uses))).opinion() == Opinion::Implausible
}

/// What has been found out about the fonts of a file so far.
#[derive(Default)]
struct Work {
    messages: Vec<String>,
    /// Repairs, with the font that they were found for.
    known: Vec<(Kin, Repair)>,
    /// Fonts of which too little is shown, or that nothing mends and nobody can call implausible.
    open: Vec<usize>,
    searches: usize,
}

impl Work {
    /// Mends a font that is not plausible, or makes it unreadable if it is garbled for sure.
    fn repair(
        &mut self,
        index: usize,
        font: &mut Font,
        garbled: impl Fn(&Font) -> bool,
        sources: impl Fn(&Font) -> Option<Mended>,
    ) {
        self.searches += 1;
        let may_search = self.searches <= MAX_SEARCHES;
        let numbered = |font: &Font| if may_search { by_numbers(font) } else { None };
        let mended = sources(font).or_else(|| numbered(font)).or_else(|| by_shift(font));
        if let Some(mended) = mended {
            self.messages.push(mended.apply(font));
            self.known.push((Kin::of(font), mended.repair));
        } else if garbled(font) {
            self.messages.push(silence(font));
        } else {
            self.open.push(index);
        }
    }

    /// Mends fonts that are too little shown to be judged alone as others of the file were mended.
    fn repair_alike(&mut self, fonts: &mut [Font]) {
        if self.known.is_empty() {
            return;
        }
        for index in std::mem::take(&mut self.open) {
            let Some(font) = fonts.get_mut(index) else { continue };
            let kin = Kin::of(font);
            let alike = self.known.iter().filter(|(other, _)| other.composite == kin.composite);
            let alike = alike.into_iter().find_map(|(other, repair)| as_another(font, repair, *other == kin));
            self.messages.extend(alike.map(|mended| mended.apply(font)));
        }
    }
}

/// A repair and what it makes of a font.
struct Mended {
    repair: Repair,
    codes: Vec<Code>,
    reading: Reading,
    judgement: Judgement,
}

impl Mended {
    /// Changes the font, and says so.
    fn apply(&self, font: &mut Font) -> String {
        for (code, text) in self.codes.iter().zip(&self.reading) {
            font.set(code.code, text.as_deref());
        }
        let Judgement { uses, unreadable, .. } = self.judgement;
        let left = if unreadable > 0 { format!("; {} stay unreadable", characters(unreadable)) } else { String::new() };
        format!(
            "font {}: {} ({}, {:.0} % plausible{left})",
            font.name,
            self.repair.cause(),
            characters(uses.saturating_sub(unreadable)),
            // Never more than is known: 99.6 % are not all.
            (self.judgement.plausible_share() * 100.0).floor(),
        )
    }
}

/// The best of what else the file says of the font's codes, if it convinces.
fn by_sources<'a>(font: &Font, objects: Objects<'a>, dict: &'a Dictionary, budget: &Budget) -> Option<Mended> {
    let codes = shown::codes(font);
    let before = shown::reading(font, &codes);
    let program = program_of(objects, dict, budget).unwrap_or_default();
    let mut best: Option<Mended> = None;
    for source in Source::of(font, shown::judge_font(font).is_accented()) {
        let reading: Reading = codes.iter().map(|code| source.text(font, &program, code)).collect();
        let judgement = shown::judge(&codes, &reading);
        let better = best.as_ref().is_none_or(|best| judgement.quality() > best.judgement.quality());
        if judgement.convinces() && better && shown::differ(&codes, &before, &reading) {
            best = Some(Mended { repair: Repair::Source(source), codes: codes.clone(), reading, judgement });
        }
    }
    best
}

/// The font read by constant offsets of its glyph numbers, if that convinces.
fn by_numbers(font: &Font) -> Option<Mended> {
    let codes = shown::codes(font);
    let runs = numbered::runs(&codes);
    let repair = Repair::Numbered(runs).read_if(font, codes)?;
    repair.judgement.convinces().then_some(repair)
}

/// The font read by a constant offset from ASCII, if that convinces.
fn by_shift(font: &Font) -> Option<Mended> {
    let codes = shown::codes(font);
    let repair = Repair::Shifted(Shift::find(font, &codes)?).read_if(font, codes)?;
    repair.judgement.convinces().then_some(repair)
}

/// The font read as another one of the file, if it says nothing plausible now and does then. A font of another family
/// must show several ideographs, and all of it be read.
fn as_another(font: &Font, repair: &Repair, kin: bool) -> Option<Mended> {
    let codes = shown::codes(font);
    let now = evidence::of(&codes, &shown::reading(font, &codes));
    if now >= 0.0 {
        return None;
    }
    let mended = repair.clone().read_if(font, codes)?;
    let then = evidence::of(&mended.codes, &mended.reading);
    let telling = mended.judgement.ideographs() >= 3 && mended.judgement.unreadable == 0;
    let enough = if kin { KIN_EVIDENCE } else { OTHER_EVIDENCE };
    (then > 0.0 && then - now > enough && (kin || telling)).then_some(mended)
}

/// Makes a font unreadable that nothing mends.
fn silence(font: &mut Font) -> String {
    let judgement = shown::judge_font(font);
    for code in shown::codes(font) {
        font.set(code.code, None);
    }
    let readable = judgement.uses.saturating_sub(judgement.unreadable);
    format!(
        "font {} has a wrong character map that nothing in the file mends ({}): its text needs OCR",
        font.name,
        characters(readable),
    )
}

fn characters(count: u32) -> String {
    let digits = count.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    format!("{} character{}", groups.join(","), if count == 1 { "" } else { "s" })
}

/// What fonts that one program wrote in one way have in common.
#[derive(PartialEq)]
struct Kin {
    /// The name without the style, in one spelling.
    family: String,
    composite: bool,
}

impl Kin {
    fn of(font: &Font) -> Self {
        let stem = font.name.split([',', '-']).next().unwrap_or(&font.name);
        let family = stem.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Self { family, composite: matches!(font.kind, Kind::Composite(_)) }
    }
}
