//! The concepts that an import touches, as they would be after it.

use std::collections::{BTreeSet, HashMap};

use corpus::document::Language;
use corpus::edit::{Deed, Fault, Numbers, apply};
use corpus::store::Store;
use corpus::term::{Concept, Term, fold};

use crate::Error;

use super::merge::merge;
use super::prepare::Prepared;
use super::{Conflict, Line, Outcome, Why, Wishes, find};

/// A concept that an import touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    /// One of the termbase, by its number.
    Stored(i64),
    /// The new one of that place.
    New(usize),
}

/// A concept on its way.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// As it is in the termbase; `None` for a new one.
    pub(super) before: Option<Concept>,
    /// As it would be.
    pub(super) after: Concept,
    /// The line of the entry that came first; 0 before any did.
    pub(super) line: usize,
    /// The number that the file gives the concept.
    pub(super) file_id: i64,
    is_changed: bool,
}

/// All concepts that an import touches.
pub(super) struct Drafts<'a> {
    store: &'a Store,
    /// Whether the file gives pairs, so that entries with one Chinese designation are one concept.
    pub(super) pairs: bool,
    drafts: HashMap<Key, Draft>,
    /// Those that are new or changed, in the order of the file.
    order: Vec<Key>,
    new: usize,
    /// The new concepts by their designations.
    designated: HashMap<(Language, String), Vec<Key>>,
    /// Concepts of the termbase that an entry has a designation of each language of, or the number.
    pub(super) claimed: BTreeSet<i64>,
    /// The lines of the pairs that were met.
    met: HashMap<(String, String, i64), usize>,
}

impl<'a> Drafts<'a> {
    pub(super) fn new(store: &'a Store, pairs: bool) -> Self {
        Self {
            store,
            pairs,
            drafts: HashMap::new(),
            order: Vec::new(),
            new: 0,
            designated: HashMap::new(),
            claimed: BTreeSet::new(),
            met: HashMap::new(),
        }
    }

    /// Notes which concept of the termbase an entry surely is.
    pub(super) fn claim(&mut self, entry: &Prepared) -> Result<(), Error> {
        if !self.pairs
            && let Some(concept) = find::surely(self, entry)?
        {
            self.claimed.insert(concept);
        }
        Ok(())
    }

    /// The concepts of the termbase with a designation.
    pub(super) fn stored(&self, text: &str, language: Language) -> Result<Vec<i64>, Error> {
        Ok(self.store.concepts_designated(text, language)?)
    }

    /// The new concepts with a designation.
    pub(super) fn made(&self, folded: &str, language: Language) -> &[Key] {
        self.designated.get(&(language, folded.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The concept of the termbase of that number, as it would be.
    pub(super) fn load(&mut self, id: i64) -> Result<Option<&Draft>, Error> {
        let key = Key::Stored(id);
        if !self.drafts.contains_key(&key) {
            let Some(concept) = self.store.whole_concept(id)? else { return Ok(None) };
            let draft = Draft { before: Some(concept.clone()), after: concept, line: 0, file_id: 0, is_changed: false };
            self.drafts.insert(key, draft);
        }
        Ok(self.drafts.get(&key))
    }

    /// A concept that was touched.
    pub(super) fn get(&self, key: Key) -> Option<&Draft> {
        self.drafts.get(&key)
    }

    /// Begins a new concept with an entry.
    pub(super) fn begin(&mut self, entry: &Prepared, wishes: &Wishes) -> Outcome {
        let key = Key::New(self.new);
        self.new += 1;
        let mut concept = entry.concept.clone();
        for term in &mut concept.terms {
            term.id = 0;
            term.source.get_or_insert_with(|| wishes.source.clone());
        }
        concept.id = 0;
        self.designate(key, &concept.terms);
        let file_id = entry.concept.id;
        self.drafts.insert(key, Draft { before: None, after: concept, line: entry.line, file_id, is_changed: true });
        self.order.push(key);
        self.meet(entry);
        Outcome::Added
    }

    /// Puts what an entry says to a concept.
    pub(super) fn add(&mut self, key: Key, entry: &Prepared, wishes: &Wishes, line: &mut Line) -> Outcome {
        let Some(draft) = self.drafts.get(&key) else { return Outcome::Skipped { why: Why::Empty } };
        let merged = merge(draft, entry, wishes);
        let is_changed = !merged.changes.is_empty();
        let first_line = if draft.line == 0 { entry.line } else { draft.line };
        let (was_changed, is_refused) = (draft.is_changed, merged.conflicts.iter().all(Conflict::is_rejection));
        let after =
            Draft { after: merged.after, line: first_line, is_changed: was_changed || is_changed, ..draft.clone() };
        if let Some(fault) = fault(&after).filter(|_| is_changed) {
            return Outcome::Skipped { why: Why::Refused { text: fault.to_string() } };
        }
        let earlier = self.meet(entry);
        let has_conflicts = !merged.conflicts.is_empty();
        (line.changes, line.conflicts) = (merged.changes, merged.conflicts);
        if is_changed && !was_changed {
            self.order.push(key);
        }
        if let Key::New(_) = key {
            self.designate(key, &after.after.terms);
        }
        self.drafts.insert(key, after);
        match (key, is_changed, earlier) {
            (Key::Stored(concept), false, _) if has_conflicts && is_refused => {
                Outcome::Skipped { why: Why::Rejected { concept } }
            }
            (_, false, Some(of)) => Outcome::Duplicate { of },
            (Key::Stored(concept), true, _) => Outcome::Changed { concept },
            (Key::Stored(concept), false, None) => Outcome::Unchanged { concept },
            (Key::New(_), true, _) => Outcome::Joined { with: first_line },
            (Key::New(_), false, None) => Outcome::Duplicate { of: first_line },
        }
    }

    fn designate(&mut self, key: Key, terms: &[Term]) {
        for term in terms {
            for text in std::iter::once(&term.text).chain(&term.variants) {
                let keys = self.designated.entry((term.language, fold(text))).or_default();
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
    }

    /// Notes the pairs of an entry; the line where all of them were met before.
    fn meet(&mut self, entry: &Prepared) -> Option<usize> {
        let (zh, en) = (entry.folded(Language::Zh), entry.folded(Language::En));
        let id = if self.pairs { 0 } else { entry.concept.id };
        let mut earlier = Some(0);
        for pair in zh.iter().flat_map(|zh| en.iter().map(move |en| (zh.clone(), en.clone(), id))) {
            let line = *self.met.entry(pair).or_insert(entry.line);
            earlier = earlier.filter(|_| line != entry.line).map(|_| line);
        }
        earlier.filter(|line| *line != 0)
    }

    /// What is to be done.
    pub(super) fn deeds(&self) -> Vec<Deed> {
        self.order.iter().filter_map(|key| self.drafts.get(key)).filter(|draft| draft.is_changed).map(deed).collect()
    }
}

/// Why the termbase would not take a draft.
fn fault(draft: &Draft) -> Option<Fault> {
    apply(&deed(draft), draft.before.as_slice(), &mut Numbers::default(), "").err()
}

/// What makes a concept what its draft is: only what the entries have changed of its designations.
fn deed(draft: &Draft) -> Deed {
    let Some(before) = &draft.before else { return Deed::Create { concept: draft.after.clone() } };
    let mut concept = draft.after.clone();
    concept.terms.retain(|term| !before.terms.contains(term));
    Deed::Set { concept }
}
