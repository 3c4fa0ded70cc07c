//! An entry of a file made fit for the termbase: tidy, without what is no designation, each designation once.

use std::collections::BTreeSet;

use corpus::document::Language;
use corpus::edit::{Deed, Numbers, apply};
use corpus::term::{Concept, Status, Term, fold};

use crate::terms::exchange::language::plainly;
use crate::terms::exchange::{Entry, LONGEST_TERM};

use super::{LeftOut, Why, Wishes};

/// An entry that can be put to a concept.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    /// What it says.
    pub(super) concept: Concept,
    /// The designations, in the order of the concept's, whose status the file gives.
    pub(super) stated: Vec<bool>,
    /// Where it stands in the file.
    pub(super) line: usize,
    /// What was left out of it.
    pub(super) left_out: Vec<LeftOut>,
}

impl Prepared {
    /// The folded designations in a language.
    pub(super) fn folded(&self, language: Language) -> Vec<String> {
        self.concept.terms_in(language).map(|term| fold(&term.text)).collect()
    }
}

/// Makes an entry fit; says why where nothing is left of it.
pub(super) fn prepare(entry: &Entry, is_pair: bool, wishes: &Wishes) -> Result<Prepared, Why> {
    let mut terms: Vec<(Term, bool)> = Vec::new();
    let mut left_out = Vec::new();
    for (index, term) in entry.concept.terms.iter().enumerate() {
        match fault(term) {
            Some(Why::Empty) => {}
            Some(why) => left_out.push(LeftOut { text: beginning(&term.text), why }),
            None => {
                let is_stated = !entry.without_status.contains(&index);
                let status = if is_stated { term.status } else { wishes.status.unwrap_or(Status::Admitted) };
                add(&mut terms, Term { status, ..term.clone() }, is_stated);
            }
        }
    }
    let has = |language| terms.iter().any(|(term, _)| term.language == language);
    let missing = match (has(Language::Zh), has(Language::En)) {
        (false, false) => Some(Why::Empty),
        (false, true) if is_pair => Some(Why::NoChinese),
        (true, false) if is_pair => Some(Why::NoEnglish),
        _ => None,
    };
    if let Some(missing) = missing {
        return Err(left_out.into_iter().next().map_or(missing, |left_out| left_out.why));
    }
    let (terms, stated): (Vec<Term>, Vec<bool>) = terms.into_iter().unzip();
    let deed = Deed::Create { concept: Concept { terms: unclaimed(terms), ..entry.concept.clone() } };
    let tidy =
        apply(&deed, &[], &mut Numbers::default(), "").map_err(|fault| Why::Refused { text: fault.to_string() })?;
    let tidy = tidy.into_iter().next().ok_or(Why::Empty)?;
    Ok(Prepared { concept: Concept { id: entry.concept.id, ..tidy }, stated, line: entry.line, left_out })
}

/// Why a designation cannot be one.
fn fault(term: &Term) -> Option<Why> {
    let text = term.text.trim();
    if fold(text).is_empty() {
        return Some(Why::Empty);
    }
    if text.chars().nth(LONGEST_TERM).is_some() {
        return Some(Why::TooLong { text: beginning(text) });
    }
    let is_other = term.language == Language::Other || plainly(text).is_some_and(|language| language != term.language);
    is_other.then(|| Why::OtherLanguage { text: text.to_owned() })
}

fn beginning(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Adds a designation; one that is there already takes what it does not say yet.
fn add(terms: &mut Vec<(Term, bool)>, term: Term, is_stated: bool) {
    let folded = fold(&term.text);
    let alike = terms.iter_mut().find(|(known, _)| known.language == term.language && fold(&known.text) == folded);
    let Some((known, known_is_stated)) = alike else { return terms.push((term, is_stated)) };
    if is_stated && !*known_is_stated {
        (known.status, *known_is_stated) = (term.status, true);
    }
    known.part_of_speech = known.part_of_speech.or(term.part_of_speech);
    for (slot, said) in
        [(&mut known.note, term.note), (&mut known.region, term.region), (&mut known.source, term.source)]
    {
        if slot.is_none() {
            *slot = said;
        }
    }
    known.variants.extend(term.variants);
    for field in term.other {
        if !known.other.contains(&field) {
            known.other.push(field);
        }
    }
}

/// The designations without variants that another one is, or has before it.
fn unclaimed(mut terms: Vec<Term>) -> Vec<Term> {
    let mut claimed: BTreeSet<(Language, String)> =
        terms.iter().map(|term| (term.language, fold(&term.text))).collect();
    for term in &mut terms {
        let language = term.language;
        term.variants.retain(|variant| claimed.insert((language, fold(variant))));
    }
    terms
}
