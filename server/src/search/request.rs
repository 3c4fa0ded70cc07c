//! What is asked of the search, as the command line, a page or the API has it.

use corpus::document::Language;
use corpus::facts::{DocumentKind, DocumentStatus};
use index::query::DateRange;
use index::{Filters, Place, Sort};

/// What is asked.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// The query as it was typed.
    pub query: String,
    /// Whether renderings in the other language are searched as well.
    pub expand: bool,
    /// Renderings that are not, though they would be.
    pub without: Vec<String>,
    /// Which documents may answer.
    pub chosen: Chosen,
    /// Whether documents of one policy or standard are one result.
    pub group: bool,
    /// In what order.
    pub sort: Sort,
    /// How many results to give.
    pub limit: usize,
    /// The place after which to go on, from an earlier answer.
    pub after: Option<Place>,
    /// How many results to pass over.
    pub offset: usize,
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            query: String::new(),
            expand: false,
            without: Vec::new(),
            chosen: Chosen::default(),
            group: true,
            sort: Sort::default(),
            limit: 0,
            after: None,
            offset: 0,
        }
    }
}

/// Which documents may answer: those with any of the values of each list. An empty list lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Chosen {
    /// Languages (`zh`, `en`).
    pub languages: Vec<String>,
    /// Kinds ([`DocumentKind::name`]).
    pub kinds: Vec<String>,
    /// How far they have come ([`DocumentStatus::name`]).
    pub statuses: Vec<String>,
    /// Agencies that issued them, by their ids in the agencies table, or by name.
    pub issuers: Vec<String>,
    /// Topics, by identifier; those below are meant too.
    pub topics: Vec<String>,
    /// Standards that they are or name, in their normal form (`GB/T 1.1-2020`).
    pub standards: Vec<String>,
    /// Technical committees that they name, in their normal form (`SAC/TC 28/SC 42`).
    pub committees: Vec<String>,
    /// Years of their dates.
    pub years: Vec<u32>,
    /// The dates within which their own lie.
    pub date: Option<DateRange>,
}

impl Chosen {
    /// What the index is to let through. A value that nothing can have lets everything through.
    pub(super) fn filters(&self) -> Filters {
        let language = |code: &String| Some(Language::from_code(code)).filter(|language| *language != Language::Other);
        let kind = |name: &String| DocumentKind::ALL.into_iter().find(|kind| kind.name() == name);
        let status = |name: &String| DocumentStatus::ALL.into_iter().find(|status| status.name() == name);
        Filters {
            languages: self.languages.iter().filter_map(language).collect(),
            kinds: self.kinds.iter().filter_map(kind).collect(),
            statuses: self.statuses.iter().filter_map(status).collect(),
            issuers: self.issuers.clone(),
            topics: self.topics.clone(),
            standards: self.standards.clone(),
            committees: self.committees.clone(),
            years: self.years.clone(),
            date: self.date,
        }
    }
}
