//! The designations of a concept, each with what is said of it and how it was used.

use corpus::document::Language;
use corpus::term::{Concept, Field, Status, Term};

use crate::terms::seen::{Use, by_year, span};
use crate::web::chart::{Spark, Years, years};
use crate::web::words::Words;
use crate::web::{link, view};

/// The designations of one language.
pub(super) struct Designations {
    pub(super) name: &'static str,
    pub(super) lang: &'static str,
    pub(super) rows: Vec<Designation>,
    /// Those that were rejected, and candidates of which little is known.
    pub(super) folded: Vec<Designation>,
    /// How many of each kind are folded.
    pub(super) folded_told: String,
}

/// A designation in the table.
pub(super) struct Designation {
    pub(super) id: i64,
    pub(super) text: String,
    pub(super) search: String,
    pub(super) edit: String,
    pub(super) status: Status,
    pub(super) part_of_speech: Option<&'static str>,
    pub(super) note: Option<String>,
    pub(super) region: Option<String>,
    pub(super) source: Option<String>,
    pub(super) variants: Vec<String>,
    pub(super) other: Vec<Field>,
    pub(super) count: u32,
    /// How sure mining was, in hundredths, of what nobody has reviewed.
    pub(super) percent: Option<u32>,
    pub(super) spark: Option<Spark>,
    /// When it was first and last seen.
    pub(super) span: Option<String>,
    /// The statuses that a person may give it at once.
    pub(super) deeds: Vec<Status>,
}

/// The designations in both languages; `shown` are those that need no unfolding.
pub(super) fn designations(w: &'static Words, concept: &Concept, shown: &[i64], uses: &[Use]) -> Vec<Designations> {
    let all = by_year(uses.iter());
    let years = years([&all].into_iter());
    let languages = [(w.chinese, Language::Zh), (w.english, Language::En), (w.other_language(), Language::Other)];
    let designations = languages.into_iter().map(|(name, language)| {
        let terms = concept.terms_in(language);
        let (rows, folded): (Vec<&Term>, Vec<&Term>) = terms.partition(|term| is_shown(term, shown));
        let rejected = folded.iter().filter(|term| term.status == Status::Rejected).count();
        Designations {
            name,
            lang: language.code(),
            folded_told: w.folded(rejected, folded.len() - rejected),
            rows: rows.into_iter().map(|term| designation(w, concept.id, term, uses, years)).collect(),
            folded: folded.into_iter().map(|term| designation(w, concept.id, term, uses, years)).collect(),
        }
    });
    designations.filter(|group| !group.rows.is_empty() || !group.folded.is_empty()).collect()
}

/// Whether a designation is shown before anybody unfolds the rest.
pub(super) fn is_shown(term: &Term, shown: &[i64]) -> bool {
    term.status != Status::Rejected && shown.contains(&term.id)
}

fn designation(w: &'static Words, concept: i64, term: &Term, uses: &[Use], years: Option<Years>) -> Designation {
    let own = || uses.iter().filter(|used| used.term == term.id);
    let deeds = [Status::Preferred, Status::Admitted, Status::Deprecated, Status::Rejected];
    Designation {
        id: term.id,
        text: term.text.clone(),
        search: link::search(&format!("\"{}\"", term.text.replace('"', " "))),
        edit: format!("{}/term/{}", link::concept(concept), term.id),
        status: term.status,
        part_of_speech: term.part_of_speech.map(|part| w.part_of_speech(&part)),
        note: term.note.clone(),
        region: term.region.clone(),
        source: term.source.clone(),
        variants: term.variants.clone(),
        other: term.other.clone(),
        count: term.count,
        percent: (term.status == Status::Candidate).then(|| view::percent(term.confidence)),
        spark: years.and_then(|years| Spark::new(&by_year(own()), years)),
        span: span(own()).map(|(first, last)| w.between(first, last)),
        deeds: deeds.into_iter().filter(|status| *status != term.status).collect(),
    }
}
