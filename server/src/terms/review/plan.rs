//! From decisions to the deeds that they take, on the termbase as it is now.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use corpus::document::Language;
use corpus::edit::Deed;
use corpus::store::Store;
use corpus::term::{Concept, Status, Term};

use super::decision::{Accept, Decision, Judgement, Pair};
use super::wording::reworded;
use crate::Error;

/// What is to be done for some decisions.
#[derive(Debug, Default)]
pub struct Plan {
    /// The decisions that cannot be done any more.
    pub stale: Vec<Stale>,
    deeds: Vec<Deed>,
    put_off: Vec<i64>,
    decided: usize,
    already: usize,
    /// The concepts as they will be, and the status that each designation had when the plan was made.
    concepts: BTreeMap<i64, Option<Concept>>,
    found: BTreeMap<i64, Status>,
    /// The designations that are decided on, and the concepts that become others.
    touched: BTreeSet<i64>,
    remade: BTreeSet<i64>,
}

/// A decision that cannot be done any more.
#[derive(Clone, Debug, PartialEq)]
pub struct Stale {
    /// The decision.
    pub judgement: Judgement,
    /// What has happened.
    pub why: Why,
}

/// Why a decision cannot be done any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The concept has gone, or has no such designation any more.
    Gone,
    /// It was decided on otherwise.
    Is(Status),
}

impl fmt::Display for Why {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => formatter.write_str("the concept has no such designation any more"),
            Self::Is(status) => write!(formatter, "it is {} by now", status.name()),
        }
    }
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The batch of edits, by which it can be undone; `None` where no edit was needed.
    pub batch: Option<i64>,
    /// How many renderings were decided on.
    pub decided: usize,
    /// How many were decided on so before.
    pub already: usize,
    /// How many were put off.
    pub put_off: usize,
    /// The decisions that could not be done any more.
    pub stale: Vec<Stale>,
}

impl Plan {
    /// What the decisions take. Nothing is done yet.
    ///
    /// # Errors
    /// When the decisions contradict each other or cannot be done at all, and when the store cannot be read.
    pub fn new(store: &Store, judgements: Vec<Judgement>) -> Result<Self, Error> {
        let mut plan = Self::default();
        for judgement in judgements {
            if let Some(why) = plan.add(store, &judgement)? {
                plan.stale.push(Stale { judgement, why });
            }
        }
        Ok(plan)
    }

    /// Does what is planned: all of it as one batch, or nothing. `now` is RFC 3339.
    ///
    /// # Errors
    /// When somebody decided on one of the designations since the plan was made, and when the store cannot be written.
    pub fn carry_out(self, store: &mut Store, by: &str, now: &str) -> Result<Outcome, Error> {
        let edits = if self.deeds.is_empty() { Vec::new() } else { store.edit_all(&self.deeds, by, now)? };
        let batch = edits.first().map(|edit| edit.batch);
        let mut met = BTreeSet::new();
        for term in edits.iter().flat_map(|edit| &edit.before).flat_map(|concept| &concept.terms) {
            let stood = self.found.get(&term.id).is_none_or(|found| *found == term.status);
            if let (true, false, Some(batch)) = (met.insert(term.id), stood, batch) {
                store.undo_batch(batch, by, now)?;
                let reason =
                    format!("'{}' was decided on in this moment by somebody else; look at it again", term.text);
                return Err(corpus::store::Error::Edit(reason).into());
            }
        }
        store.put_off(&self.put_off, now)?;
        let Self { decided, already, stale, put_off, .. } = self;
        Ok(Outcome { batch, decided, already, put_off: put_off.len(), stale })
    }

    fn add(&mut self, store: &Store, judgement: &Judgement) -> Result<Option<Why>, Error> {
        let Pair { concept: id, zh, en } = &judgement.pair;
        let Some(concept) = self.concept(store, *id)? else { return Ok(Some(Why::Gone)) };
        let named = |language, text: &str| concept.terms_in(language).find(|term| term.text == text);
        let zh = match zh {
            Some(text) => named(Language::Zh, text),
            None => concept.term(Language::Zh),
        };
        let (Some(zh), Some(en)) = (zh, named(Language::En, en)) else { return Ok(Some(Why::Gone)) };
        let (zh, en) = (zh.clone(), en.clone());
        if self.touched.contains(&en.id) || self.remade.contains(id) {
            return self.again(judgement, &en);
        }
        if en.status != Status::Candidate {
            let is_so = judgement.decision.leads_to() == Some(en.status);
            self.already += usize::from(is_so);
            return Ok((!is_so).then_some(Why::Is(en.status)));
        }
        if zh.status == Status::Rejected && !matches!(judgement.decision, Decision::Reject | Decision::RejectTerm) {
            return Ok(Some(Why::Is(zh.status)));
        }
        self.plan(store, &concept, &zh, &en, &judgement.decision)?;
        Ok(None)
    }

    /// A rendering that another of the decisions has settled: the same may be said of it twice.
    fn again(&mut self, judgement: &Judgement, en: &Term) -> Result<Option<Why>, Error> {
        if !self.remade.contains(&judgement.pair.concept) && judgement.decision.leads_to() == Some(en.status) {
            self.decided += 1;
            return Ok(None);
        }
        let Pair { concept, en, .. } = &judgement.pair;
        Err(Error::Input(format!(
            "there are two decisions on '{en}' of concept {concept}; send them one after the other"
        )))
    }

    fn plan(
        &mut self,
        store: &Store,
        concept: &Concept,
        zh: &Term,
        en: &Term,
        decision: &Decision,
    ) -> Result<(), Error> {
        match decision {
            Decision::Accept(accept) => self.accept(concept, zh, en, Some(*accept)),
            Decision::Reject => self.set(concept, &[en.id], Status::Rejected),
            Decision::RejectTerm => self.set(concept, &of_no_term(concept, zh, en), Status::Rejected),
            Decision::Skip => self.put_off.push(en.id),
            Decision::Edit(wording) => {
                self.remake(store, concept.id)?;
                self.deeds.push(Deed::Set { concept: reworded(concept, zh, en, wording)? });
            }
            Decision::Merge { into, accept } => {
                if *into == concept.id {
                    return Err(Error::Input("a concept cannot be merged with itself; name another one".to_owned()));
                }
                if self.concept(store, *into)?.is_none() {
                    return Err(Error::Input(format!("there is no concept {into}; look another one up")));
                }
                self.remake(store, concept.id)?;
                self.remake(store, *into)?;
                self.accept(concept, zh, en, *accept);
                self.deeds.push(Deed::Merge { into: *into, from: vec![concept.id] });
            }
            Decision::Split { accept } => {
                if !splits(concept, en) {
                    let reason =
                        format!("'{}' is the only rendering of its concept, so nothing is left to part", en.text);
                    return Err(Error::Input(format!("{reason}; accept or reject it")));
                }
                self.remake(store, concept.id)?;
                self.accept(concept, zh, en, *accept);
                self.deeds.push(Deed::Split { concept: concept.id, terms: vec![en.id] });
            }
        }
        self.decided += usize::from(*decision != Decision::Skip);
        Ok(())
    }

    /// The Chinese designation of an accepted rendering is a term, and the one to use where there is none yet.
    fn accept(&mut self, concept: &Concept, zh: &Term, en: &Term, accept: Option<Accept>) {
        let Some(status) = accept.map(Accept::status) else { return };
        if zh.status != Status::Candidate {
            return self.set(concept, &[en.id], status);
        }
        let has_preferred = concept.terms_in(Language::Zh).any(|term| term.status == Status::Preferred);
        let zh_status = if has_preferred { Status::Admitted } else { Status::Preferred };
        if zh_status == status {
            return self.set(concept, &[zh.id, en.id], status);
        }
        self.set(concept, &[zh.id], zh_status);
        self.set(concept, &[en.id], status);
    }

    fn set(&mut self, concept: &Concept, terms: &[i64], status: Status) {
        self.deeds.push(Deed::SetStatus { terms: terms.to_vec(), status });
        self.touched.extend(terms);
        let planned = self.concepts.get_mut(&concept.id).and_then(Option::as_mut);
        for term in planned.into_iter().flat_map(|concept| &mut concept.terms) {
            if terms.contains(&term.id) {
                term.status = status;
            }
        }
    }

    /// A concept that becomes another one has to be the only one that is decided on.
    fn remake(&mut self, store: &Store, id: i64) -> Result<(), Error> {
        let concept = self.concept(store, id)?;
        let is_touched =
            concept.is_some_and(|concept| concept.terms.iter().any(|term| self.touched.contains(&term.id)));
        if !self.remade.insert(id) || is_touched {
            return Err(Error::Input(format!(
                "there are two decisions on concept {id}; send them one after the other"
            )));
        }
        Ok(())
    }

    fn concept(&mut self, store: &Store, id: i64) -> Result<Option<Concept>, Error> {
        if let Some(concept) = self.concepts.get(&id) {
            return Ok(concept.clone());
        }
        let concept = store.whole_concept(id)?;
        let terms = concept.iter().flat_map(|concept| &concept.terms);
        self.found.extend(terms.map(|term| (term.id, term.status)));
        self.concepts.insert(id, concept.clone());
        Ok(concept)
    }
}

/// The rows of renderings that are there as the reviewer saw them.
///
/// # Errors
/// When the store cannot be read.
pub fn rows_of(store: &Store, pairs: &[Pair]) -> Result<Vec<i64>, Error> {
    let mut rows = Vec::new();
    for pair in pairs {
        let concept = store.whole_concept(pair.concept)?;
        let terms = concept.iter().flat_map(|concept| concept.terms_in(Language::En));
        rows.extend(terms.filter(|term| term.text == pair.en).map(|term| term.id));
    }
    Ok(rows)
}

/// Whether a rendering can leave its concept: another one must stay.
pub fn splits(concept: &Concept, en: &Term) -> bool {
    concept.terms_in(Language::En).any(|term| term.id != en.id && term.status != Status::Rejected)
}

/// What goes with a Chinese designation that is no term: all of its concept, unless the concept has another one.
fn of_no_term(concept: &Concept, zh: &Term, en: &Term) -> Vec<i64> {
    let stays = |term: &&Term| term.id != zh.id && term.status != Status::Rejected;
    if concept.terms_in(Language::Zh).find(stays).is_some() {
        return vec![zh.id, en.id];
    }
    concept.terms.iter().filter(|term| term.status != Status::Rejected).map(|term| term.id).collect()
}
