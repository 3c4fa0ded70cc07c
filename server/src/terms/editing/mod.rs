//! Edits of the termbase, for the pages, the API and the command line: what may be said, a change that another made
//! meanwhile, and an edit told in words.
//!
//! Whoever changes a concept says by a mark what they saw of it, so that nothing is overwritten that they have not seen.

mod check;
mod told;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use corpus::edit::{Deed, Edit};
use corpus::store::Store;
use corpus::term::{Concept, Status, Term};

use crate::Error;
use crate::data::Data;

pub use check::{Fault, FaultKind, check, check_term};
pub use told::{Change, What, changes, differences};

/// Between the look at what is there and the edit nobody else's edit may come, at least not of this process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Why an edit was not made.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// There is no such concept.
    Missing(i64),
    /// Another changed the concept since it was seen.
    Changed(i64),
}

/// What a person saw of a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The concept.
    pub concept: i64,
    /// Its [`mark`] at that time; any, where it is empty.
    pub mark: String,
}

/// A mark of all that people can say of a concept: 16 hexadecimal digits that change with it. How often mining sees a
/// term and how sure it is leave the mark as it is, and so do candidates that nobody has touched.
pub fn mark(concept: &Concept) -> String {
    let mut terms: Vec<Term> = concept.terms.iter().filter(|term| is_touched(term)).cloned().collect();
    terms.sort_by_key(|term| term.id);
    for term in &mut terms {
        (term.confidence, term.count) = (0.0, 0);
    }
    let said = Concept { terms, changed: None, ..concept.clone() };
    // What has no JSON has no other mark than nothing: no such concept is there.
    let json = serde_json::to_vec(&said).unwrap_or_default();
    format!("{:016x}", fingerprint(&json))
}

fn is_touched(term: &Term) -> bool {
    let said = [&term.note, &term.region, &term.source].into_iter().any(Option::is_some);
    term.status != Status::Candidate || said || term.part_of_speech.is_some() || !term.variants.is_empty()
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Does a deed, if the concepts are still as they were seen.
///
/// # Errors
/// When the deed cannot be done, or the store cannot be written.
pub fn edit(data: &Data, deed: &Deed, seen: &[Seen], by: &str) -> Result<Result<Edit, Refused>, Error> {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    data.with_store(|store| {
        if let Some(refused) = refusal(store, seen)? {
            return Ok(Err(refused));
        }
        Ok(Ok(store.edit(deed, by, &crate::now())?))
    })
}

fn refusal(store: &Store, seen: &[Seen]) -> Result<Option<Refused>, Error> {
    for seen in seen {
        match store.whole_concept(seen.concept)? {
            None => return Ok(Some(Refused::Missing(seen.concept))),
            Some(concept) if !seen.mark.is_empty() && mark(&concept) != seen.mark => {
                return Ok(Some(Refused::Changed(seen.concept)));
            }
            Some(_) => {}
        }
    }
    Ok(None)
}

/// Takes an edit back.
///
/// # Errors
/// When it cannot be taken back, or the store cannot be written.
pub fn undo(data: &Data, edit: i64, by: &str) -> Result<Edit, Error> {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    data.with_store(|store| Ok(store.undo(edit, by, &crate::now())?))
}

/// Takes all edits of a batch back, or none.
///
/// # Errors
/// As [`undo`].
pub fn undo_batch(data: &Data, batch: i64, by: &str) -> Result<Vec<Edit>, Error> {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    data.with_store(|store| Ok(store.undo_batch(batch, by, &crate::now())?))
}

/// The concepts that an edit touched, before it or after it, each once.
pub fn touched(edit: &Edit) -> BTreeSet<i64> {
    edit.before.iter().chain(&edit.after).map(|concept| concept.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus::document::Language;

    fn concept(terms: &[(i64, &str, Language, Status)]) -> Concept {
        let term = |&(id, text, language, status): &(i64, &str, Language, Status)| Term {
            id,
            count: 3,
            ..Term::new(text, language, status)
        };
        Concept { id: 7, terms: terms.iter().map(term).collect(), ..Concept::default() }
    }

    #[test]
    fn a_mark_changes_with_what_people_say_and_not_with_what_mining_sees() {
        let seen =
            concept(&[(1, "水闸", Language::Zh, Status::Preferred), (2, "sluice", Language::En, Status::Admitted)]);
        let mut mined = seen.clone();
        mined.terms[0].count = 40;
        mined.terms.insert(0, Term { id: 9, ..Term::new("lock", Language::En, Status::Candidate) });
        assert_eq!(mark(&seen), mark(&mined));
        let mut said = seen.clone();
        said.terms[1].note = Some("of canals".to_owned());
        assert_ne!(mark(&seen), mark(&said));
        let noted = Concept { note: Some("built in the Song".to_owned()), ..seen.clone() };
        assert_ne!(mark(&seen), mark(&noted));
    }
}
