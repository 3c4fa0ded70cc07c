//! An edit taken back: field by field, as long as no later edit changed the same field.

use std::collections::{BTreeMap, BTreeSet};

use super::spellings::Spellings;
use super::state::{self, HOME, Key, State, difference, state};
use super::{Edit, Fault};
use crate::term::{Concept, Term, fold};

/// When a concept was changed last is put back where nobody changed it since, and stands in the way of nothing.
const CHANGED: &str = "changed";

/// The concepts as they are without an edit, by number; those that it made are missing.
///
/// `current` holds the whole concepts that the edit and its designations are in now, and `later` the edits after it
/// that touched any of them and have not been taken back, in order. What mining added since stays where it can; what
/// mining let go of comes back.
///
/// # Errors
/// When a later edit changed the same things; it is named.
pub fn undo(edit: &Edit, current: &[Concept], later: &[Edit]) -> Result<Vec<Concept>, Fault> {
    if let Some(by) = edit.undone_by {
        return Err(Fault::Undone { edit: edit.id, by });
    }
    let (was, is) = (state(&edit.before)?, state(&edit.after)?);
    let mut now = state(current)?;
    let later = Later::of(later)?;
    restore_dropped(&is, &mut now, &later);
    for key in difference(&was, &is) {
        let is_soft = matches!(&key, Key::Concept(_, field) if field == CHANGED);
        if now.get(&key) != is.get(&key) {
            if is_soft {
                continue;
            }
            later.refuse(&key)?;
        }
        match was.get(&key) {
            Some(value) => now.insert(key, value.clone()),
            None => now.remove(&key),
        };
    }
    let mined = state::mined(edit.before.iter().chain(&edit.after).chain(current));
    let (concepts, homeless) = state::concepts(&now, &mined)?;
    for term in &homeless {
        later.refuse(&Key::Term(term.id, HOME.to_owned()))?;
        if !state::is_only_mined(term) {
            return Err(Fault::Changed(format!("“{}”", term.text)));
        }
    }
    let own: BTreeSet<i64> = mined_in(&edit.before).chain(mined_in(&edit.after)).collect();
    concepts.into_iter().map(|concept| without_clashes(concept, &own, &later)).collect()
}

fn mined_in(concepts: &[Concept]) -> impl Iterator<Item = i64> {
    concepts.iter().flat_map(|concept| &concept.terms).map(|term| term.id)
}

/// Puts back the candidates, and their concepts, that mining let go of since the edit: they are part of what it left.
fn restore_dropped(is: &State, now: &mut State, later: &Later<'_>) {
    let gone: Vec<(&Key, &serde_json::Value)> = is
        .iter()
        .filter(|(key, _)| {
            let whole = match key {
                Key::Concept(id, _) => Key::Concept(*id, "id".to_owned()),
                Key::Term(id, _) => Key::Term(*id, HOME.to_owned()),
            };
            !now.contains_key(&whole) && later.last(&whole).is_none()
        })
        .collect();
    for (key, value) in gone {
        now.insert(key.clone(), value.clone());
    }
}

/// A candidate that mining added since gives way to a designation that comes back with the same spelling.
fn without_clashes(mut concept: Concept, own: &BTreeSet<i64>, later: &Later<'_>) -> Result<Concept, Fault> {
    let mut claimed: BTreeMap<(&str, String), i64> = BTreeMap::new();
    for term in concept.terms.iter().filter(|term| own.contains(&term.id)) {
        for spelling in std::iter::once(&term.text).chain(&term.variants) {
            claimed.insert((term.language.code(), fold(spelling)), term.id);
        }
    }
    let clashes =
        |term: &Term| !own.contains(&term.id) && claimed.contains_key(&(term.language.code(), fold(&term.text)));
    concept.terms.retain(|term| !(clashes(term) && state::is_only_mined(term)));
    let Err(fault) = Spellings::check(&concept.terms) else { return Ok(concept) };
    for term in concept.terms.iter().filter(|term| !own.contains(&term.id)) {
        later.refuse(&Key::Term(term.id, HOME.to_owned()))?;
        later.refuse(&Key::Term(term.id, "text".to_owned()))?;
        later.refuse(&Key::Term(term.id, "variants".to_owned()))?;
    }
    Err(fault)
}

/// What later edits changed.
struct Later<'a>(Vec<(&'a Edit, BTreeSet<Key>)>);

impl<'a> Later<'a> {
    fn of(edits: &'a [Edit]) -> Result<Self, Fault> {
        let changes = edits.iter().map(|edit| Ok((edit, difference(&state(&edit.before)?, &state(&edit.after)?))));
        Ok(Self(changes.collect::<Result<_, Fault>>()?))
    }

    fn last(&self, key: &Key) -> Option<&'a Edit> {
        self.0.iter().rev().find(|(_, changed)| changed.contains(key)).map(|(edit, _)| *edit)
    }

    /// Names the last edit that changed a field, if any did.
    fn refuse(&self, key: &Key) -> Result<(), Fault> {
        let Some(edit) = self.last(key) else { return Ok(()) };
        let (Key::Concept(_, what) | Key::Term(_, what)) = key;
        let what = match key {
            Key::Concept(..) if what == "id" => "the concept itself".to_owned(),
            Key::Term(..) if what == HOME => "the designation itself".to_owned(),
            Key::Concept(..) => format!("the concept's {what}"),
            Key::Term(..) => format!("a designation's {what}"),
        };
        Err(Fault::Later { later: edit.id, at: edit.at.clone(), by: edit.by.clone(), what })
    }
}

/// What an edit changed, without the candidates that it left as they were; the best designation of each language stays,
/// by which a reader knows the concept.
pub fn trimmed(before: &mut [Concept], after: &mut [Concept]) -> Result<(), Fault> {
    let changed = difference(&state(before)?, &state(after)?);
    let mut kept: BTreeSet<i64> = changed
        .into_iter()
        .filter_map(|key| match key {
            Key::Term(id, _) => Some(id),
            Key::Concept(..) => None,
        })
        .collect();
    for concept in before.iter().chain(after.iter()) {
        let mut named = BTreeSet::new();
        let best = concept.terms.iter().filter(|term| named.insert(term.language));
        kept.extend(best.map(|term| term.id));
    }
    // The same on either side, or a designation would seem to have come or gone.
    for concept in before.iter_mut().chain(after) {
        concept.terms.retain(|term| kept.contains(&term.id) || !state::is_only_mined(term));
    }
    Ok(())
}
