//! What is asked of the search, as the command line, a page or the API has it.

use corpus::document::Language;
use corpus::facts::{DocumentKind, DocumentStatus};
use index::query::DateRange;
use index::{Filters, Place, Sort};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// The query as it was typed.
    pub query: String,
    /// Whether renderings in the other language are searched as well.
    pub expand: bool,
    /// Only documents in this language (`zh`, `en`).
    pub language: Option<String>,
    /// Only documents of this kind ([`corpus::facts::DocumentKind::name`]).
    pub kind: Option<String>,
    /// Only documents issued by this agency (its id in the agencies table).
    pub issuer: Option<String>,
    /// Only documents classed under this topic (its identifier) or one below it.
    pub topic: Option<String>,
    /// Only documents that this standard is, or that name it, in its normal form (`GB/T 1.1-2020`).
    pub standard: Option<String>,
    /// Only documents that name this technical committee, in its normal form (`SAC/TC 28/SC 42`).
    pub committee: Option<String>,
    /// Only documents that have come so far ([`corpus::facts::DocumentStatus::name`]).
    pub status: Option<String>,
    /// Only documents with a date within.
    pub date: Option<DateRange>,
    /// In what order.
    pub sort: Sort,
    /// How many instruments to give.
    pub limit: usize,
    /// The place after which to go on, from an earlier answer.
    pub after: Option<Place>,
    /// How many instruments to pass over.
    pub offset: usize,
}

impl SearchRequest {
    /// What the index is to let through. A value that nothing can have lets everything through.
    pub(super) fn filters(&self) -> Filters {
        let (kind, status) = (self.kind.as_deref(), self.status.as_deref());
        Filters {
            language: self.language.as_deref().map(Language::from_code).filter(|language| *language != Language::Other),
            kind: kind.and_then(|name| DocumentKind::ALL.into_iter().find(|kind| kind.name() == name)),
            issuer: self.issuer.clone(),
            topic: self.topic.clone(),
            standard: self.standard.clone(),
            committee: self.committee.clone(),
            status: status.and_then(|name| DocumentStatus::ALL.into_iter().find(|status| status.name() == name)),
            date: self.date,
        }
    }
}
