//! A rendering that is accepted in other words.

use corpus::document::Language;
use corpus::term::{Concept, Status, Term, fold};

use super::decision::{Accept, Wording};
use crate::Error;

/// The longest designation, in characters.
const LONGEST: usize = 200;

/// What is to be set of a concept so that it has the rendering in other words.
///
/// A spelling that counts on keeps what was seen of it, and mining takes it for the designation. One that does not is
/// rejected, so that mining does not bring it back.
pub(super) fn reworded(concept: &Concept, zh: &Term, en: &Term, wording: &Wording) -> Result<Concept, Error> {
    let has_preferred = |term: &Term| {
        concept.terms_in(term.language).any(|other| other.id != term.id && other.status == Status::Preferred)
    };
    let zh_status = match zh.status {
        Status::Candidate if has_preferred(zh) => Status::Admitted,
        Status::Candidate => Accept::Preferred.status(),
        status => status,
    };
    let mut terms = spelled(concept, zh, &wording.zh, zh_status, wording)?;
    let mut spelled_en = spelled(concept, en, &wording.en, wording.accept.status(), wording)?;
    if let Some(term) = spelled_en.last_mut() {
        term.note.clone_from(&wording.note);
    }
    terms.append(&mut spelled_en);
    Ok(Concept { subject: wording.subject.clone(), terms, ..concept.clone() })
}

/// The designation as it is from now on, after the spelling that is rejected, if one is.
fn spelled(concept: &Concept, term: &Term, text: &str, status: Status, wording: &Wording) -> Result<Vec<Term>, Error> {
    let text = checked(text, term.language)?;
    let folded = fold(&text);
    let part_of_speech = wording.part_of_speech.or(term.part_of_speech);
    let respelled = Term { status, part_of_speech, ..term.clone() };
    if folded == fold(&term.text) {
        return Ok(vec![Term { text, ..respelled }]);
    }
    let alike = |other: &&Term| other.id != term.id && fold(&other.text) == folded;
    if let Some(known) = concept.terms_in(term.language).find(alike) {
        // The concept has that designation already, so that the one is accepted and the other is not.
        let known = Term { status, part_of_speech: wording.part_of_speech.or(known.part_of_speech), ..known.clone() };
        return Ok(vec![Term { status: Status::Rejected, ..term.clone() }, known]);
    }
    if wording.keep_spelling {
        // The store makes a variant of a text that is given up.
        return Ok(vec![Term { text, ..respelled }]);
    }
    let fresh = Term { part_of_speech, ..Term::new(text, term.language, status) };
    Ok(vec![Term { status: Status::Rejected, ..term.clone() }, fresh])
}

fn checked(text: &str, language: Language) -> Result<String, Error> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let side = if language == Language::Zh { "Chinese" } else { "English" };
    match text.chars().count() {
        0 => Err(Error::Input(format!("the {side} designation is empty; write one, or reject the rendering"))),
        count if count > LONGEST => {
            Err(Error::Input(format!("the {side} designation is longer than {LONGEST} characters; shorten it")))
        }
        _ => Ok(text),
    }
}
