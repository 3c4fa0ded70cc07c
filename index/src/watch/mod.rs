//! Matching a new document with all watches at once.
//!
//! The reverse of search, with the same meaning: a watch is met by a document exactly when a search for its strict
//! reading ([`Query::strict`]) finds it. One automaton finds the atoms of all watches in one pass over the text
//! (Aho and Corasick 1975); a watch is looked at only when its anchor, the rarest part that it cannot do without,
//! was met.

mod compile;
mod evaluate;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use compile::Automaton;
pub use compile::rarest_required;

use crate::document::DocumentFacts;
use crate::error::Error;
use crate::query::Query;

/// So many new watches are kept in an automaton of their own before all are built into one.
const MOST_RECENT: usize = 500;

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
pub struct Matcher {
    watches: Vec<(i64, Query)>,
    /// How many of `watches`, from the first, are in `main`; the others are in `recent`.
    settled: usize,
    main: Automaton,
    recent: Automaton,
    removed: HashSet<i64>,
}

impl Matcher {
    /// A matcher of watches by their number.
    ///
    /// # Errors
    /// [`Error::TooManyWatches`] when they do not fit into one automaton.
    pub fn new(watches: impl IntoIterator<Item = (i64, Query)>) -> Result<Self, Error> {
        Self::with_frequencies(watches, &|_| None)
    }

    /// A matcher that anchors watches by how many documents hold a text; `None` where that is not known.
    ///
    /// # Errors
    /// [`Error::TooManyWatches`] when they do not fit into one automaton.
    pub fn with_frequencies(
        watches: impl IntoIterator<Item = (i64, Query)>,
        frequency: &dyn Fn(&str) -> Option<usize>,
    ) -> Result<Self, Error> {
        let watches: Vec<_> = watches.into_iter().collect();
        let main = Automaton::new(&watches, frequency)?;
        let recent = Automaton::new(&[], frequency)?;
        Ok(Self { settled: watches.len(), watches, main, recent, removed: HashSet::new() })
    }

    /// Adds a watch, in place of the one with its number.
    ///
    /// # Errors
    /// [`Error::TooManyWatches`] when they do not fit into one automaton.
    pub fn add(&mut self, watch: i64, query: Query) -> Result<(), Error> {
        let was_settled = self.watches.iter().take(self.settled).any(|(id, _)| *id == watch);
        let last = self.watches.len();
        self.watches.push((watch, query));
        if was_settled || last + 1 - self.settled > MOST_RECENT {
            return self.rebuild(watch, last);
        }
        let mut index = 0;
        self.watches.retain(|(id, _)| {
            index += 1;
            *id != watch || index > last
        });
        self.removed.remove(&watch);
        let recent = self.watches.get(self.settled..).unwrap_or_default();
        self.recent = Automaton::new(recent, &|_| None)?;
        Ok(())
    }

    /// Builds all watches into one automaton; of those numbered `watch` only the one at `last` is kept.
    fn rebuild(&mut self, watch: i64, last: usize) -> Result<(), Error> {
        let watches = std::mem::take(&mut self.watches).into_iter().enumerate();
        let removed = &self.removed;
        let kept = watches.filter(|(index, (id, _))| *index == last || (*id != watch && !removed.contains(id)));
        let kept: Vec<_> = kept.map(|(_, watch)| watch).collect();
        *self = Self::new(kept)?;
        Ok(())
    }

    /// Removes a watch; nothing happens when it is not there.
    pub fn remove(&mut self, watch: i64) {
        self.removed.insert(watch);
    }

    /// The watches that a document meets, by number, ascending.
    pub fn matches(&self, document: &WatchedDocument<'_>) -> Vec<Match> {
        let text = evaluate::DocumentText::new(document);
        let mut matches = text.matches(&self.main);
        matches.extend(text.matches(&self.recent));
        matches.retain(|found| !self.removed.contains(&found.watch));
        matches.sort_by_key(|found| found.watch);
        matches
    }
}
