//! English runs by their stems, so that number, case and articles do not part what is one rendering.

use std::collections::{HashMap, HashSet};

use super::{
    spans::LONGEST_EN,
    words::{self, Role, Word},
};
use crate::align::Dictionary;

/// A run of stems.
pub(crate) type Key = usize;

/// Numbers for stems and for runs of them. The maps are only asked, never walked, so their order shows nowhere.
pub(crate) struct Keys<'a> {
    dictionary: &'a Dictionary,
    stems: HashMap<String, u32>,
    runs: HashMap<Vec<u32>, Key>,
    /// Words that the bitext writes with a small letter.
    small: HashSet<String>,
    /// What was seen of each run of stems, by its key.
    seen: Vec<Seen>,
}

/// Where a run of stems was met.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// In how many beads.
    beads: u32,
    /// The last of them, counted from 1.
    last: usize,
    left: Neighbour,
    right: Neighbour,
}

/// What stood on one side of a run.
#[derive(Clone, Copy, Default, PartialEq)]
enum Neighbour {
    #[default]
    None,
    One(u32),
    Several,
}

impl Neighbour {
    /// `None` is a bound, which is never the same as another.
    fn and(self, word: Option<u32>) -> Self {
        match (self, word) {
            (Self::None, Some(word)) => Self::One(word),
            (Self::One(known), Some(word)) if known == word => self,
            _ => Self::Several,
        }
    }
}

impl<'a> Keys<'a> {
    pub(crate) fn new(dictionary: &'a Dictionary) -> Self {
        Self { dictionary, stems: HashMap::new(), runs: HashMap::new(), small: HashSet::new(), seen: Vec::new() }
    }

    /// The number of each word's stem; `None` for articles.
    pub(crate) fn stems(&mut self, words: &[Word]) -> Vec<Option<u32>> {
        words.iter().map(|word| self.stem(&word.text)).collect()
    }

    fn stem(&mut self, word: &str) -> Option<u32> {
        let lower = word.to_lowercase();
        if matches!(lower.as_str(), "the" | "a" | "an") {
            return None;
        }
        let plain = lower.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
        let stem = self.dictionary.stem(plain);
        let next = self.stems.len() as u32;
        Some(*self.stems.entry(stem).or_insert(next))
    }

    /// The key of a run.
    pub(crate) fn run(&mut self, stems: &[Option<u32>]) -> Key {
        let stems: Vec<u32> = stems.iter().flatten().copied().collect();
        let next = self.seen.len();
        let key = *self.runs.entry(stems).or_insert(next);
        if key == next {
            self.seen.push(Seen::default());
        }
        key
    }

    /// The key of a text.
    pub(crate) fn text(&mut self, text: &str) -> Key {
        let words = words::english(0, text);
        let stems = self.stems(&words);
        self.run(&stems)
    }

    /// Counts where the known runs stand in a bead's words.
    pub(crate) fn count(&mut self, bead: usize, words: &[Word], stems: &[Option<u32>]) {
        let small = words.iter().filter(|word| word.text.starts_with(char::is_lowercase));
        self.small.extend(small.map(|word| word.text.clone()));
        let plain: Vec<(u32, &Word)> =
            stems.iter().zip(words).filter_map(|(stem, word)| Some(((*stem)?, word))).collect();
        let numbers: Vec<u32> = plain.iter().map(|(stem, _)| *stem).collect();
        let neighbour = |at: Option<usize>, own: usize| {
            let (stem, word) = at.and_then(|at| plain.get(at))?;
            (word.role != Role::Outside && word.sentence == plain[own].1.sentence).then_some(*stem)
        };
        for start in 0..numbers.len() {
            for end in start + 1..=(start + LONGEST_EN).min(numbers.len()) {
                let Some(seen) = self.runs.get(&numbers[start..end]).and_then(|&key| self.seen.get_mut(key)) else {
                    continue;
                };
                seen.left = seen.left.and(neighbour(start.checked_sub(1), start));
                seen.right = seen.right.and(neighbour(Some(end), start));
                if seen.last != bead + 1 {
                    seen.last = bead + 1;
                    seen.beads += 1;
                }
            }
        }
    }

    /// A run from a title as it would be written in a sentence, where the bitext knows all its words with small letters.
    pub(crate) fn lowered(&self, en: &str) -> Option<String> {
        let own = |word: &str| word.chars().skip(1).any(char::is_uppercase);
        let lower = |word: &str| if own(word) { word.to_owned() } else { word.to_lowercase() };
        let known = |word: &str| own(word) || word.starts_with(char::is_lowercase) || self.small.contains(&lower(word));
        let words = || en.split_inclusive([' ', '-']);
        let bare = |word: &str| word.trim_end_matches([' ', '-']).to_owned();
        words().all(|word| known(&bare(word))).then(|| words().map(lower).collect())
    }

    /// In how many beads a run stands.
    pub(crate) fn beads(&self, key: Key) -> u32 {
        self.seen.get(key).map_or(0, |seen| seen.beads)
    }

    /// Whether a run that was met in several beads always stands beside the same word.
    pub(crate) fn locked(&self, key: Key) -> bool {
        let one = |neighbour| matches!(neighbour, Neighbour::One(_));
        self.seen.get(key).is_some_and(|seen| seen.beads > 1 && (one(seen.left) || one(seen.right)))
    }
}
