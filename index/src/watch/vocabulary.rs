//! The words of all watches as numbers, and texts as runs of them.
//!
//! A run says what [`Analysis::canonical`] writes: a text is met in another exactly when its run is a part of the
//! other's. A Chinese character is its code point, any other token the number of its stem, and [`GAP`] stands for
//! punctuation that parts. A word that no watch has is [`UNKNOWN`].

use std::collections::HashMap;
use std::sync::Arc;

use crate::analysis::{Analysis, Kind, STEP, Token};

/// The number of a token, or one of those below.
pub(super) type TokenId = u32;

/// Stands for punctuation between expressions.
pub(super) const GAP: TokenId = 0;
/// Ends a passage.
pub(super) const END: TokenId = 1;
/// A word of no watch.
pub(super) const UNKNOWN: TokenId = 2;
/// What stands in no document.
const NOWHERE: TokenId = 3;
/// Words are numbered from here, above all code points.
const FIRST_WORD: TokenId = 0x11_0000;

/// The stems that watches have, each with a number as long as one watch has it.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<Arc<str>, TokenId>,
    /// By number from [`FIRST_WORD`]: the word and how often watches have it.
    words: Vec<(Arc<str>, u32)>,
    free: Vec<TokenId>,
}

impl Vocabulary {
    /// The run of the first `whole` tokens, with the gap behind them when there is one and a token follows it.
    ///
    /// Its words are kept until it is forgotten.
    pub(super) fn learn(&mut self, analysis: &Analysis, whole: usize) -> Box<[TokenId]> {
        let mut run = Vec::with_capacity(whole);
        for (index, (parted, token)) in steps(analysis).enumerate().take(whole.saturating_add(1)) {
            if parted {
                run.push(GAP);
            }
            if index < whole {
                run.push(character(analysis, token).unwrap_or_else(|| self.learn_word(&analysis.stem(token))));
            }
        }
        run.into()
    }

    /// Lets go of the words of a run.
    pub(super) fn forget(&mut self, run: &[TokenId]) {
        for &id in run {
            let Some((word, uses)) = place(id).and_then(|at| self.words.get_mut(at)) else { continue };
            *uses = uses.saturating_sub(1);
            if *uses == 0 && self.numbers.remove(word).is_some() {
                *word = Arc::default();
                self.free.push(id);
            }
        }
    }

    /// Adds the run of a text to `run`, and for each part of it the number of its token, for a gap of the one behind.
    pub(super) fn read(&self, analysis: &Analysis, run: &mut Vec<TokenId>, tokens: &mut Vec<u32>) {
        for ((parted, token), number) in steps(analysis).zip(0..) {
            if parted {
                run.push(GAP);
                tokens.push(number);
            }
            run.push(character(analysis, token).unwrap_or_else(|| self.number(&analysis.stem(token))));
            tokens.push(number);
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    fn number(&self, word: &str) -> TokenId {
        self.numbers.get(word).copied().unwrap_or(UNKNOWN)
    }

    fn learn_word(&mut self, word: &str) -> TokenId {
        if let Some(&id) = self.numbers.get(word) {
            if let Some((_, uses)) = place(id).and_then(|at| self.words.get_mut(at)) {
                *uses = uses.saturating_add(1);
            }
            return id;
        }
        let word: Arc<str> = word.into();
        let id = match self.free.pop() {
            Some(id) => id,
            None => {
                let next = u32::try_from(self.words.len()).ok().and_then(|next| next.checked_add(FIRST_WORD));
                // More words than numbers would take hundreds of gigabytes.
                let Some(next) = next else { return NOWHERE };
                self.words.push((Arc::default(), 0));
                next
            }
        };
        if let Some(entry) = place(id).and_then(|at| self.words.get_mut(at)) {
            *entry = (Arc::clone(&word), 1);
        }
        self.numbers.insert(word, id);
        id
    }
}

/// Where the word of a number is kept; `None` when it is no word.
fn place(id: TokenId) -> Option<usize> {
    id.checked_sub(FIRST_WORD).map(|at| at as usize)
}

fn character(analysis: &Analysis, token: &Token) -> Option<TokenId> {
    let first = (token.kind == Kind::Han).then(|| analysis.text(token).chars().next())?;
    first.map(u32::from)
}

/// The tokens, each with whether punctuation parts it from the one before.
fn steps(analysis: &Analysis) -> impl Iterator<Item = (bool, &Token)> {
    let mut expected = analysis.tokens.first().map_or(0, |token| token.position);
    analysis.tokens.iter().map(move |token| {
        let parted = token.position != expected;
        expected = token.position.saturating_add(STEP);
        (parted, token)
    })
}
