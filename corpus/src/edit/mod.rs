//! What people do to the termbase, and how each deed can be taken back.
//!
//! An edit keeps the concepts that it touched as they were before and after. Only what a person can say counts: how sure
//! mining is and how often it saw a term are not part of an edit, and never stand in the way of undoing it.
//!
//! Everything here is a plain function of concepts, without a store: [`apply()`] does a deed, [`undo()`] takes an edit back.

mod apply;
mod fault;
mod join;
mod spellings;
mod state;
mod tidy;
mod undo;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::term::{Concept, Status, Term, fold};

pub use apply::{Numbers, apply};
pub use fault::Fault;
pub use undo::{trimmed, undo};

#[cfg(test)]
mod tests;

/// Something a person does to the termbase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "deed")]
pub enum Deed {
    /// Makes a concept of what is given; the numbers in it are not looked at.
    Create {
        /// The concept.
        concept: Concept,
    },
    /// Sets what can be said of a concept (subject, definitions, notes, other fields) and of its designations that are
    /// given with their numbers; those with the number 0 are added, those that are not given stay as they are.
    Set {
        /// The concept, with its number.
        concept: Concept,
    },
    /// Gives designations a status: accepts, deprecates or rejects them.
    SetStatus {
        /// The designations.
        terms: Vec<i64>,
        /// Their status from now on.
        status: Status,
    },
    /// Makes one concept of several; designations that fold alike become one, with the better status.
    Merge {
        /// The concept that stays.
        into: i64,
        /// Those that go into it.
        from: Vec<i64>,
    },
    /// Makes a concept of its own of some designations; mined pairs go with them.
    Split {
        /// The concept.
        concept: i64,
        /// The designations that leave it: some, and not all of a language. Those of one language may be given alone;
        /// then those of the other are copied, except for rejected ones. The subject goes to both concepts; definitions
        /// and notes stay.
        terms: Vec<i64>,
    },
}

/// How sure is who puts a candidate forward and does not say.
const STATED: f32 = 0.5;

impl Deed {
    /// The name in the store, the API and JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::Set { .. } => "set",
            Self::SetStatus { .. } => "set_status",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
        }
    }

    /// The concepts that it names.
    pub fn concepts(&self) -> Vec<i64> {
        match self {
            Self::Create { .. } | Self::SetStatus { .. } => Vec::new(),
            Self::Set { concept } => vec![concept.id],
            Self::Merge { into, from } => std::iter::once(*into).chain(from.iter().copied()).collect(),
            Self::Split { concept, .. } => vec![*concept],
        }
    }

    /// The designations that it names, of which the concepts are not named.
    pub fn terms(&self) -> &[i64] {
        match self {
            Self::SetStatus { terms, .. } => terms,
            _ => &[],
        }
    }

    /// The designations that it adds or words anew, with how sure a person or a file was of each: these stay even if
    /// mining never sees them.
    pub fn stated(&self, before: &[Concept], after: &[Concept]) -> BTreeMap<i64, f32> {
        let (Self::Create { concept } | Self::Set { concept }) = self else { return BTreeMap::new() };
        let former = |id: i64| before.iter().flat_map(|concept| &concept.terms).find(|term| term.id == id);
        let worded = concept.terms.iter().filter(|given| former(given.id).is_none_or(|term| term.text != given.text));
        let found = |given: &Term| {
            let folded = fold(&given.text.split_whitespace().collect::<Vec<_>>().join(" "));
            let mut terms = after.iter().flat_map(|concept| &concept.terms);
            let term = terms.find(|term| term.language == given.language && fold(&term.text) == folded)?;
            let sure = Some(given.confidence).filter(|sure| *sure > 0.0 && *sure <= 1.0);
            Some((term.id, sure.unwrap_or(STATED)))
        };
        worded.filter_map(found).collect()
    }
}

/// A deed that was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The row's number in the store; later edits have larger ones.
    pub id: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub by: String,
    /// What was done: `create`, `set`, `set_status`, `merge`, `split` or `undo`.
    pub deed: String,
    /// The concepts as they were; those that the edit made are missing, and so are candidates that it did not change,
    /// but for the best designation of each language.
    pub before: Vec<Concept>,
    /// The concepts as they are after it; those that it ended are missing.
    pub after: Vec<Concept>,
    /// The edits that were done with it in one go, such as an import, share this number: that of their first.
    pub batch: i64,
    /// The edit that this one takes back.
    pub undoes: Option<i64>,
    /// The edit that took this one back.
    pub undone_by: Option<i64>,
}
