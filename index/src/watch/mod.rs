//! Matching a new document with all watches at once.
//!
//! The reverse of search, with the same meaning: a watch is met by a document exactly when a search for its strict
//! reading ([`Query::strict`]) finds it. A document is read once. The anchors of all watches are looked for in it in
//! one pass, where the anchor of a watch is the rarest part that it cannot do without; only a watch whose anchor is
//! there, or that has none, is verified. Start reading at [`Matcher::matches`].

mod anchors;
mod compile;
mod evaluate;
mod facts;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod text;
mod vocabulary;

use std::collections::HashMap;

use anchors::{Anchor, Anchors, Slot};
pub use compile::rarest_required;
use compile::{Compiled, Condition};
use evaluate::Evaluator;
use facts::WatchedFacts;
use text::DocumentText;
use vocabulary::Vocabulary;

use crate::document::DocumentFacts;
use crate::error::Error;
use crate::query::Query;

/// A new document.
#[derive(Clone, Copy, Debug)]
pub struct WatchedDocument<'a> {
    /// Its facts, its title among them.
    pub facts: &'a DocumentFacts,
    /// Its sentences in reading order.
    pub sentences: &'a [WatchedSentence<'a>],
}

/// A sentence of a new document.
#[derive(Clone, Copy, Debug)]
pub struct WatchedSentence<'a> {
    /// The index of its block. The sentences of a block are one passage: a phrase may run over them.
    pub block: usize,
    /// The text.
    pub text: &'a str,
}

/// A watch that a document met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The watch.
    pub watch: i64,
    /// What was met, as the text writes it; empty when only facts were.
    pub atoms: Vec<String>,
    /// The index of the first sentence that holds one; `None` when only the title or facts were met.
    pub sentence: Option<usize>,
}

/// Many watches, to be matched with one document after another.
///
/// Watches come and go in microseconds: nothing is built again, and what a watch took is given back. It is meant to be
/// kept as long as a program runs, and to be told of each change of the watches that it was made from.
#[derive(Default)]
pub struct Matcher {
    vocabulary: Vocabulary,
    anchors: Anchors,
    /// By slot; `None` where one was removed.
    watches: Vec<Option<Watch>>,
    /// Slots to be used again.
    free: Vec<Slot>,
    slots: HashMap<i64, Slot>,
    /// The watches without an anchor, which every document may meet.
    unanchored: Vec<Slot>,
}

struct Watch {
    id: i64,
    condition: Condition,
    /// `None` when every document may meet it.
    anchors: Option<Box<[Anchor]>>,
}

impl Matcher {
    /// A matcher of watches by their number; of two with one number the later is kept.
    ///
    /// # Errors
    /// [`Error::TooManyWatches`] when there are 2³² or more.
    pub fn new(watches: impl IntoIterator<Item = (i64, Query)>) -> Result<Self, Error> {
        Self::with_frequencies(watches, &|_| None)
    }

    /// A matcher that anchors watches by how many documents hold a text; `None` where that is not known.
    ///
    /// # Errors
    /// [`Error::TooManyWatches`] when there are 2³² or more.
    pub fn with_frequencies(
        watches: impl IntoIterator<Item = (i64, Query)>,
        frequency: &dyn Fn(&str) -> Option<usize>,
    ) -> Result<Self, Error> {
        let mut matcher = Self::default();
        matcher.add_all(watches, frequency)?;
        Ok(matcher)
    }

    /// How many watches there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is no watch.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Adds a watch, in place of the one with its number.
    ///
    /// # Errors
    /// [`Error::TooManyWatches`] when there are 2³² or more.
    pub fn add(&mut self, watch: i64, query: Query) -> Result<(), Error> {
        self.add_all([(watch, query)], &|_| None)
    }

    /// Adds watches, each in place of the one with its number, anchored as in [`Matcher::with_frequencies`]; of those
    /// that require one part only, `frequency` is not asked.
    ///
    /// # Errors
    /// [`Error::TooManyWatches`] when there are 2³² or more; those before are added.
    pub fn add_all(
        &mut self,
        watches: impl IntoIterator<Item = (i64, Query)>,
        frequency: &dyn Fn(&str) -> Option<usize>,
    ) -> Result<(), Error> {
        for (watch, query) in watches {
            self.remove(watch);
            let slot = self.slot()?;
            let frequency = if compile::has_choice(&query) { frequency } else { &|_: &str| None };
            let Compiled { condition, required } = compile::compile(&query, &mut self.vocabulary, frequency);
            let anchors = required.map(|required| required.anchors.into_boxed_slice());
            match &anchors {
                Some(anchors) => anchors.iter().for_each(|anchor| self.anchors.insert(anchor, slot)),
                None => self.unanchored.push(slot),
            }
            if let Some(entry) = self.watches.get_mut(slot as usize) {
                *entry = Some(Watch { id: watch, condition, anchors });
            }
            self.slots.insert(watch, slot);
        }
        Ok(())
    }

    /// A slot without a watch.
    fn slot(&mut self) -> Result<Slot, Error> {
        if let Some(slot) = self.free.pop() {
            return Ok(slot);
        }
        let slot = Slot::try_from(self.watches.len()).map_err(|_| Error::TooManyWatches)?;
        self.watches.push(None);
        Ok(slot)
    }

    /// Removes a watch; nothing happens when it is not there.
    pub fn remove(&mut self, watch: i64) {
        let Some(slot) = self.slots.remove(&watch) else { return };
        let Some(watch) = self.watches.get_mut(slot as usize).and_then(Option::take) else { return };
        match &watch.anchors {
            Some(anchors) => anchors.iter().for_each(|anchor| self.anchors.remove(anchor, slot)),
            None => self.unanchored.retain(|&other| other != slot),
        }
        compile::forget(&watch.condition, &mut self.vocabulary);
        self.free.push(slot);
    }

    /// How many words, keys, anchors and watches are kept.
    #[cfg(test)]
    fn kept(&self) -> usize {
        let watches = self.watches.iter().flatten().count();
        self.vocabulary.len() + self.anchors.len() + self.unanchored.len() + watches
    }

    /// The watches that a document meets, by number, ascending.
    pub fn matches(&self, document: &WatchedDocument<'_>) -> Vec<Match> {
        let text = DocumentText::new(document, &self.vocabulary);
        let facts = WatchedFacts::new(document.facts, &self.vocabulary);
        let document = Evaluator { text, facts };
        let candidates = document.candidates(&self.anchors, &self.unanchored);
        let watches = candidates.into_iter().filter_map(|slot| self.watches.get(slot as usize)?.as_ref());
        let mut matches: Vec<Match> = watches.filter_map(|watch| document.verify(watch.id, &watch.condition)).collect();
        matches.sort_unstable_by_key(|found| found.watch);
        matches
    }
}
