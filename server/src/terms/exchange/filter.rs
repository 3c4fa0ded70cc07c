//! Which concepts and designations are exported.

use std::collections::HashSet;

use corpus::document::{Document, Language};
use corpus::term::{Concept, Status, Term};

use crate::Error;
use crate::data::Data;
use crate::derive::date_of;

/// Candidates that are less sure than this are exported only when they are asked for.
pub const LEAST_CONFIDENCE: f32 = 0.5;

/// Which concepts and designations are wanted; what is `None` or empty does not matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// The statuses that designations may have.
    pub statuses: Vec<Status>,
    /// How sure a candidate must be, from 0 to 1.
    pub least_confidence: f32,
    /// The subject: a topic with those below it, or the words that a concept has.
    pub subject: Option<String>,
    /// Only concepts of which a designation was seen in a document of this issuer: its short name or a part of its name.
    pub issuer: Option<String>,
    /// Only concepts that a person has changed on this day or later, `YYYY-MM-DD`.
    pub changed_since: Option<String>,
    /// Only concepts of which a designation was seen in a document of this day or later, `YYYY-MM-DD`.
    pub seen_since: Option<String>,
}

impl Default for Filter {
    /// What people have reviewed, whatever they said short of rejecting it, and candidates that are rather sure.
    fn default() -> Self {
        let statuses = Status::ALL.into_iter().filter(|status| *status != Status::Rejected).collect();
        Self {
            statuses,
            least_confidence: LEAST_CONFIDENCE,
            subject: None,
            issuer: None,
            changed_since: None,
            seen_since: None,
        }
    }
}

impl Filter {
    /// What people have reviewed.
    pub fn reviewed() -> Self {
        let statuses = Status::ALL.into_iter().filter(|status| status.is_reviewed() && *status != Status::Rejected);
        Self { statuses: statuses.collect(), ..Self::default() }
    }

    /// What a translator may use: preferred and admitted.
    pub fn usable() -> Self {
        Self { statuses: vec![Status::Preferred, Status::Admitted], ..Self::default() }
    }

    /// What is wanted, in words, for the file to say; empty for everything.
    pub fn words(&self) -> String {
        let mut words = vec![format!(
            "status: {}",
            self.statuses.iter().map(|status| status.name()).collect::<Vec<_>>().join(", ")
        )];
        if self.statuses.contains(&Status::Candidate) {
            words.push(format!("candidates at least {} % sure", (self.least_confidence * 100.0).round()));
        }
        let mut say = |name: &str, said: &Option<String>| {
            words.extend(said.as_ref().map(|said| format!("{name}: {said}")));
        };
        say("subject", &self.subject);
        say("issuer", &self.issuer);
        say("changed since", &self.changed_since);
        say("seen since", &self.seen_since);
        words.join("; ")
    }

    fn keeps_term(&self, term: &Term) -> bool {
        self.statuses.contains(&term.status)
            && (term.status != Status::Candidate || term.confidence >= self.least_confidence)
    }

    /// The concept with those of its designations that are wanted; `None` where none is, and where a language is left
    /// without one.
    ///
    /// A rendering must stay a rendering of something: where all designations of a language are unwanted, the best that
    /// may be used stays, though no candidate in English.
    pub fn narrowed(&self, mut concept: Concept) -> Option<Concept> {
        if !self.keeps_concept(&concept) || !concept.terms.iter().any(|term| self.keeps_term(term)) {
            return None;
        }
        let mut spared = Vec::new();
        for language in [Language::Zh, Language::En, Language::Other] {
            let mut terms = concept.terms_in(language).filter(|term| term.status != Status::Rejected).peekable();
            if terms.peek().is_none() || concept.terms_in(language).any(|term| self.keeps_term(term)) {
                continue;
            }
            let may_stay =
                |term: &&Term| term.status.is_usable() && (term.status.is_reviewed() || language == Language::Zh);
            spared.push((language, terms.find(may_stay)?.text.clone()));
        }
        concept.terms.retain(|term| {
            self.keeps_term(term)
                || spared.iter().any(|(language, text)| term.language == *language && term.text == *text)
        });
        Some(concept)
    }

    fn keeps_concept(&self, concept: &Concept) -> bool {
        let of_subject = self.subject.as_deref().is_none_or(|wanted| {
            let subject = concept.subject.as_deref().unwrap_or_default();
            let below = subject.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            below || subject.eq_ignore_ascii_case(wanted)
        });
        // RFC 3339 in UTC is ordered as text, and a day is the beginning of its moments.
        let changed = concept.changed.as_deref().unwrap_or_default();
        of_subject && self.changed_since.as_deref().is_none_or(|since| changed >= since)
    }

    /// The documents in which a designation must have been seen; `None` where that does not matter.
    fn documents(&self, data: &Data) -> Result<Option<HashSet<i64>>, Error> {
        if self.issuer.is_none() && self.seen_since.is_none() {
            return Ok(None);
        }
        let documents = data.with_store(|store| Ok(store.documents()?))?;
        Ok(Some(
            documents.iter().filter(|document| self.keeps_document(document)).map(|document| document.id).collect(),
        ))
    }

    fn keeps_document(&self, document: &Document) -> bool {
        let facts = &document.facts;
        let by_issuer = self.issuer.as_deref().is_none_or(|wanted| {
            let wanted = wanted.to_lowercase();
            facts.issuers.iter().any(|agency| {
                let short = std::iter::once(&agency.id).chain(&agency.abbreviations);
                let mut names = agency.name_zh.iter().chain(&agency.name_en);
                short.into_iter().any(|short| short.to_lowercase() == wanted)
                    || names.any(|name| name.to_lowercase().contains(&wanted))
            })
        });
        let date = date_of(facts).unwrap_or_default();
        by_issuer && self.seen_since.as_deref().is_none_or(|since| date.as_str() >= since)
    }
}

/// The concepts that are wanted, one by one, in the order of their numbers.
///
/// # Errors
/// When the store cannot be read.
pub fn concepts<'a>(
    data: &'a Data,
    filter: &'a Filter,
) -> Result<impl Iterator<Item = Result<Concept, Error>> + 'a, Error> {
    let documents = filter.documents(data)?;
    let ids = data.with_store(|store| Ok(store.concept_ids()?))?;
    let with_rejected = filter.statuses.contains(&Status::Rejected);
    let read = move |id| -> Result<Option<Concept>, Error> {
        data.with_store(|store| {
            if let Some(documents) = &documents
                && !store.term_uses(id)?.iter().any(|seen| documents.contains(&seen.document))
            {
                return Ok(None);
            }
            Ok(if with_rejected { store.whole_concept(id)? } else { store.concept(id)? })
        })
    };
    Ok(ids.into_iter().filter_map(move |id| match read(id) {
        Ok(concept) => concept.and_then(|concept| filter.narrowed(concept)).map(Ok),
        Err(error) => Some(Err(error)),
    }))
}

/// A day as it is typed: a year, a month or a day of the calendar.
///
/// # Errors
/// When it is none.
pub fn day(text: &str) -> Result<String, Error> {
    let text = text.trim();
    let padded = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    match padded.parse::<jiff::civil::Date>() {
        Ok(date) => Ok(date.to_string()),
        Err(_) => Err(Error::Input(format!("`{text}` is no day; write it as 2026-11-22, or only the year"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(text: &str, language: Language, status: Status, confidence: f32) -> Term {
        Term { confidence, ..Term::new(text, language, status) }
    }

    #[track_caller]
    fn check(filter: &Filter, terms: &[Term], expected: Option<&[&str]>) {
        let concept = Concept { terms: terms.to_vec(), ..Concept::default() };
        let narrowed = filter.narrowed(concept);
        let texts: Option<Vec<&str>> =
            narrowed.as_ref().map(|concept| concept.terms.iter().map(|term| term.text.as_str()).collect());
        assert_eq!(texts.as_deref(), expected);
    }

    use Language::{En, Zh};
    use Status::{Admitted, Candidate, Deprecated, Preferred, Rejected};

    #[test]
    fn designations_are_kept_by_status_and_candidates_by_how_sure_they_are() {
        let terms = [
            term("潮汐", Zh, Preferred, 0.0),
            term("tide", En, Preferred, 0.0),
            term("tides", En, Candidate, 0.6),
            term("tidal", En, Candidate, 0.4),
            term("tied", En, Rejected, 0.0),
        ];
        check(&Filter::default(), &terms, Some(&["潮汐", "tide", "tides"]));
        check(&Filter::reviewed(), &terms, Some(&["潮汐", "tide"]));
        check(
            &Filter { least_confidence: 0.2, ..Filter::default() },
            &terms,
            Some(&["潮汐", "tide", "tides", "tidal"]),
        );
        check(&Filter { statuses: vec![Rejected], ..Filter::default() }, &terms, Some(&["潮汐", "tied"]));
    }

    #[test]
    fn a_rendering_stays_a_rendering_of_something() {
        let accepted = [term("潮汐", Zh, Candidate, 0.9), term("tide", En, Admitted, 0.9)];
        check(&Filter::reviewed(), &accepted, Some(&["潮汐", "tide"]));
        let deprecated = [term("潮汐", Zh, Preferred, 0.0), term("tied", En, Deprecated, 0.0)];
        check(&Filter::usable(), &deprecated, None);
        check(&Filter { statuses: vec![Deprecated], ..Filter::default() }, &deprecated, Some(&["潮汐", "tied"]));
        let proposed = [term("潮汐", Zh, Admitted, 0.0), term("tide", En, Candidate, 0.3)];
        check(&Filter::default(), &proposed, None);
        check(&Filter::default(), &[term("潮汐", Zh, Admitted, 0.0)], Some(&["潮汐"]));
    }

    #[test]
    fn concepts_are_kept_by_subject_and_day() {
        let concept = Concept {
            subject: Some("ocean/tides".to_owned()),
            changed: Some("2026-03-05T10:00:00Z".to_owned()),
            terms: vec![term("潮汐", Zh, Preferred, 0.0)],
            ..Concept::default()
        };
        for (subject, since, kept) in [
            (Some("ocean"), None, true),
            (Some("Ocean/Tides"), None, true),
            (Some("oce"), None, false),
            (None, Some("2026-03-05"), true),
            (None, Some("2026-03-06"), false),
        ] {
            let filter = Filter {
                subject: subject.map(str::to_owned),
                changed_since: since.map(str::to_owned),
                ..Filter::default()
            };
            assert_eq!(filter.narrowed(concept.clone()).is_some(), kept, "{subject:?} {since:?}");
        }
    }

    #[test]
    fn days_may_be_written_short() {
        assert_eq!(day("2026").unwrap(), "2026-01-01");
        assert_eq!(day(" 2026-03 ").unwrap(), "2026-03-01");
        assert!(day("2026-13-01").is_err());
        assert!(day("next week").is_err());
    }
}
