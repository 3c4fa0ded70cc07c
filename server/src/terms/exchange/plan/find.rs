//! The concept that an entry of a file is about.
//!
//! Surely it is the one with the entry's number, if the entry comes from our own export and still has one of its
//! designations; then one that has a designation of the entry in each language. Otherwise it is the only one that has the
//! Chinese designation, which the entry gives another rendering.

use std::collections::BTreeSet;

use corpus::document::Language;
use corpus::term::{Concept, Status, Term, fold};

use crate::Error;

use super::Wishes;
use super::drafts::{Drafts, Key};
use super::prepare::Prepared;

/// What was found for an entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// No concept: it is new.
    Nothing,
    /// One.
    Draft(Key),
    /// Several that it could be; those of the termbase.
    Ambiguous(Vec<i64>),
    /// One of which its Chinese designation was rejected.
    Rejected(i64),
}

/// Finds the concept of an entry.
pub(super) fn find(drafts: &mut Drafts<'_>, entry: &Prepared, wishes: &Wishes) -> Result<Found, Error> {
    if let Some(concept) = surely(drafts, entry)? {
        let draft = drafts.load(concept)?;
        let is_rejected = draft.is_some_and(|draft| has(&draft.after, entry, Language::Zh, Status::Rejected))
            && !draft.is_some_and(|draft| is_designated(&draft.after, entry, Language::Zh));
        if is_rejected && !wishes.readmit {
            return Ok(Found::Rejected(concept));
        }
        return Ok(Found::Draft(Key::Stored(concept)));
    }
    if let Some(key) = made(drafts, entry) {
        return Ok(Found::Draft(key));
    }
    likely(drafts, entry)
}

/// The concept of the termbase that an entry surely is.
pub(super) fn surely(drafts: &mut Drafts<'_>, entry: &Prepared) -> Result<Option<i64>, Error> {
    let id = entry.concept.id;
    if id != 0 {
        let leading = leading(entry);
        let same = drafts.load(id)?.is_some_and(|draft| is_designated(&draft.after, entry, leading));
        if same {
            return Ok(Some(id));
        }
    }
    let both = &with(drafts, entry, Language::Zh)? & &with(drafts, entry, Language::En)?;
    let mut best = None;
    for concept in both {
        let Some(draft) = drafts.load(concept)? else { continue };
        let rejected = [Language::Zh, Language::En]
            .into_iter()
            .filter(|language| !is_designated(&draft.after, entry, *language))
            .count();
        if best.is_none_or(|(fewest, _)| rejected < fewest) {
            best = Some((rejected, concept));
        }
    }
    Ok(best.map(|(_, concept)| concept))
}

/// The concepts of the termbase that have a designation of the entry in a language.
fn with(drafts: &Drafts<'_>, entry: &Prepared, language: Language) -> Result<BTreeSet<i64>, Error> {
    let mut concepts = BTreeSet::new();
    for term in entry.concept.terms_in(language) {
        concepts.extend(drafts.stored(&term.text, language)?);
    }
    Ok(concepts)
}

/// The language by which a concept is known: Chinese, where the entry has it.
fn leading(entry: &Prepared) -> Language {
    if entry.concept.term(Language::Zh).is_some() { Language::Zh } else { Language::En }
}

/// The new concept that an earlier entry made of the same: with a designation in each language, or, where the file gives
/// concepts, by the number that it gives them.
fn made(drafts: &Drafts<'_>, entry: &Prepared) -> Option<Key> {
    let (zh, en) = (entry.folded(Language::Zh), entry.folded(Language::En));
    let of = |texts: &[String], language| -> Vec<Key> {
        texts.iter().flat_map(|text| drafts.made(text, language).to_vec()).collect()
    };
    let (by_zh, by_en) = (of(&zh, Language::Zh), of(&en, Language::En));
    let same = by_zh.into_iter().find(|key| by_en.contains(key))?;
    let (ours, theirs) = (entry.concept.id, drafts.get(same)?.file_id);
    (drafts.pairs || ours == theirs || ours == 0 || theirs == 0).then_some(same)
}

/// The only concept that has the entry's Chinese designation, or its English one where it has no other.
fn likely(drafts: &mut Drafts<'_>, entry: &Prepared) -> Result<Found, Error> {
    let language = leading(entry);
    let mut stored = Vec::new();
    for concept in with(drafts, entry, language)? {
        let designated = drafts.load(concept)?.is_some_and(|draft| is_designated(&draft.after, entry, language));
        // A concept that another entry of the file surely is, is not this one: the file keeps them apart.
        if designated && !drafts.claimed.contains(&concept) {
            stored.push(concept);
        }
    }
    let mut made: BTreeSet<Key> = BTreeSet::new();
    if drafts.pairs {
        made.extend(entry.folded(language).iter().flat_map(|text| drafts.made(text, language)));
    }
    let found: Vec<Key> = stored.iter().map(|concept| Key::Stored(*concept)).chain(made).collect();
    Ok(match found.as_slice() {
        [] => Found::Nothing,
        [one] => Found::Draft(*one),
        _ => Found::Ambiguous(stored),
    })
}

/// Whether a concept has a designation of the entry in a language, and it was not rejected.
fn is_designated(concept: &Concept, entry: &Prepared, language: Language) -> bool {
    Status::ALL.into_iter().any(|status| status != Status::Rejected && has(concept, entry, language, status))
}

fn has(concept: &Concept, entry: &Prepared, language: Language, status: Status) -> bool {
    let folded = entry.folded(language);
    concept.terms_in(language).any(|term| term.status == status && folded.iter().any(|text| is_spelt(term, text)))
}

/// Whether a folded text is a designation or one of its variants.
pub(super) fn is_spelt(term: &Term, folded: &str) -> bool {
    fold(&term.text) == folded || term.variants.iter().any(|variant| fold(variant) == folded)
}
