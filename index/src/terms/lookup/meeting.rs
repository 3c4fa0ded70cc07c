//! What of a segment meets what was typed, tier by tier: nothing is looked for before it is asked for.

use std::cell::OnceCell;

use super::How;
use super::asked::Asked;
use super::fuzzy::MOST_EDITS;
use super::pinyin::Sound;
use super::segment::{Entry, Segment};
use super::words::WithWords;

/// A designation, and how it was met.
pub(super) type Met<'s> = (&'s Entry, How);

/// Designations in one tier are met equally well; what they are worth decides among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tier {
    Exact,
    /// The same words, or the same sounds: `min` is an abbreviation and a syllable.
    Same,
    /// The same beginning, or the beginning of the sounds.
    Begins,
    Holds,
    HasWords,
    Initials,
    InitialsBegin,
    OneEdit,
    TwoEdits,
    /// The words, some of them with slips, among others or not.
    HasWordsAlmost,
}

impl Tier {
    /// All, the best first.
    pub(super) const ALL: [Self; 10] = [
        Self::Exact,
        Self::Same,
        Self::Begins,
        Self::Holds,
        Self::HasWords,
        Self::Initials,
        Self::InitialsBegin,
        Self::OneEdit,
        Self::TwoEdits,
        Self::HasWordsAlmost,
    ];
}

/// A segment and what was typed.
pub(super) struct Meeting<'s> {
    segment: &'s Segment,
    asked: &'s Asked,
    words: OnceCell<WithWords>,
    sounds: OnceCell<Vec<(u32, Sound)>>,
    almost: OnceCell<[Vec<u32>; MOST_EDITS]>,
}

impl<'s> Meeting<'s> {
    pub(super) fn new(segment: &'s Segment, asked: &'s Asked) -> Self {
        let (words, sounds, almost) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { segment, asked, words, sounds, almost }
    }

    /// The designations of a tier, best first.
    pub(super) fn tier(&self, tier: Tier) -> impl Iterator<Item = Met<'s>> {
        self.numbers(tier).filter_map(|(id, how)| Some((self.segment.entry(id)?, how)))
    }

    fn numbers(&self, tier: Tier) -> Box<dyn Iterator<Item = (u32, How)> + '_> {
        let key = self.asked.key.as_str();
        match tier {
            Tier::Exact => met(self.segment.exact(key), How::Exact),
            Tier::Same => in_order(met(&self.words().no_more, How::SameWords).chain(self.read(Sound::Whole))),
            Tier::Begins => in_order(met(self.segment.prefix(key), How::Prefix).chain(self.read(Sound::Begins))),
            Tier::Holds => Box::new(self.segment.substring(key).map(|id| (id, How::Substring))),
            Tier::HasWords => met(&self.words().among_others, How::Words),
            Tier::Initials => self.read(Sound::Initials),
            Tier::InitialsBegin => self.read(Sound::InitialsBegin),
            Tier::OneEdit => met(&self.almost()[0], How::Fuzzy),
            Tier::TwoEdits => met(&self.almost()[1], How::Fuzzy),
            Tier::HasWordsAlmost => {
                let ids = self.segment.with_words_almost(self.asked);
                Box::new(ids.into_iter().map(|id| (id, How::Fuzzy)))
            }
        }
    }

    fn words(&self) -> &WithWords {
        self.words.get_or_init(|| self.segment.with_words(self.asked))
    }

    fn almost(&self) -> &[Vec<u32>; MOST_EDITS] {
        self.almost.get_or_init(|| self.segment.almost(self.asked))
    }

    fn read(&self, wanted: Sound) -> Box<dyn Iterator<Item = (u32, How)> + '_> {
        let how = match wanted {
            Sound::Whole => How::Pinyin,
            Sound::Begins => How::PinyinPrefix,
            Sound::Initials | Sound::InitialsBegin => How::Initials,
        };
        let sounds = self.sounds.get_or_init(|| self.segment.by_sound(self.asked));
        Box::new(sounds.iter().filter(move |(_, sound)| *sound == wanted).map(move |&(id, _)| (id, how)))
    }
}

fn met(ids: &[u32], how: How) -> Box<dyn Iterator<Item = (u32, How)> + '_> {
    Box::new(ids.iter().map(move |&id| (id, how)))
}

/// The same, best first.
fn in_order<'i>(met: impl Iterator<Item = (u32, How)>) -> Box<dyn Iterator<Item = (u32, How)> + 'i> {
    let mut met: Vec<_> = met.collect();
    met.sort_unstable();
    Box::new(met.into_iter())
}
