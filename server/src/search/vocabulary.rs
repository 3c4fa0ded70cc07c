//! The vocabulary that ships with the program, for words of a query that the termbase does not know.

use std::sync::LazyLock;

use corpus::document::Language;
use corpus::store::ListedTerm;
use corpus::term::Status;
use index::terms::{Mark, Marker};
use ingest::align::{PartOfSpeech, headwords};

use crate::terms::cached::Terms;

/// What a rendering of a word counts less for every one before it.
const LATER: f32 = 0.5;

/// The vocabulary, ready to be found in queries.
pub(super) struct Vocabulary {
    marker: Marker,
    terms: Terms,
}

/// The vocabulary of this process, read when it is first asked for.
pub(super) fn vocabulary() -> &'static Vocabulary {
    static SHARED: LazyLock<Vocabulary> = LazyLock::new(|| {
        // Connectives and set phrases (可以, 期间) would look for words that say nothing.
        let words = headwords().filter(|word| word.part != PartOfSpeech::Phrase);
        let terms: Vec<ListedTerm> = (0_i64..)
            .zip(words)
            .flat_map(|(concept, word)| {
                let zh = listed(concept, 0, Language::Zh, word.zh);
                let en =
                    (1_i64..).zip(word.renderings()).map(move |(rank, text)| listed(concept, rank, Language::En, text));
                std::iter::once(zh).chain(en).collect::<Vec<_>>()
            })
            .collect();
        // As candidates, so that single characters and words that say nothing are left out.
        Vocabulary { marker: Marker::new(&terms, 0.0), terms: Terms::new(terms) }
    });
    &SHARED
}

/// Designations are numbered by how usual they are: 0 the Chinese word, its renderings from 1.
fn listed(concept: i64, rank: i64, language: Language, text: &str) -> ListedTerm {
    let (text, variants) = (text.to_owned(), Vec::new());
    let confidence = 1.0 / (1.0 + LATER * (rank - 1).max(0) as f32);
    ListedTerm { term: rank, concept, language, text, variants, status: Status::Candidate, confidence, count: 1 }
}

impl Vocabulary {
    /// The words of a text, the longest first.
    pub(super) fn mark_all(&self, text: &str) -> Vec<Mark> {
        self.marker.mark_all(text)
    }

    /// What a word is in the other language with how usual that is, from 0 to 1.
    pub(super) fn renderings<'v>(&'v self, mark: &Mark) -> Vec<(&'v ListedTerm, f32)> {
        let mut found = Vec::new();
        for &(concept, term) in &mark.designates {
            let terms = self.terms.of(concept);
            let Some(own) = terms.iter().find(|one| one.term == term) else { continue };
            let others = terms.iter().filter(|other| other.language != own.language);
            found.extend(others.map(|other| (other, own.confidence.min(other.confidence))));
        }
        found
    }
}
