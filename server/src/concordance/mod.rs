//! A phrase with its sentence pairs, the phrase and its counterpart marked: how it was translated wherever it stands.
//!
//! The index says which blocks hold the phrase, the store gives their beads; what the phrase became is told by the
//! renderings that the termbase knows, and else by the links between words.

mod counterpart;
mod gather;
mod write;

use std::collections::HashMap;
use std::ops::Range;

use corpus::document::Language;
use corpus::facts::{Agency, DocumentKind};
use corpus::text::normalise::normalise;
use index::stems;
use schemars::JsonSchema;
use serde::Serialize;

use crate::Error;
use crate::data::Data;
use crate::search::FacetCount;

pub use write::{write_csv, write_tmx};

/// So many values of a filter are given, the most frequent ones.
const VALUES: usize = 30;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct ConcordanceRequest {
    /// The phrase, in either language; Chinese is met anywhere, other words whole and in any form.
    pub phrase: String,
    /// Only documents issued by this agency (its id in the agencies table).
    pub issuer: Option<String>,
    /// Only documents of this kind.
    pub kind: Option<DocumentKind>,
    /// Only documents from this year on.
    pub year_from: Option<i32>,
    /// Only documents up to this year.
    pub year_to: Option<i32>,
    /// Only pairs that render the phrase so, as [`Concordance::renderings`] names it.
    pub rendering: Option<String>,
    /// Whether all pairs are gathered, up to a thousand, and not only the first hundred.
    pub thorough: bool,
    /// In what order.
    pub order: Order,
    /// How many pairs to give.
    pub limit: usize,
    /// How many pairs to pass over.
    pub offset: usize,
}

/// The order of the pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Order {
    /// By date, the newest documents first.
    #[default]
    Newest,
    /// By date, the oldest documents first.
    Oldest,
    /// By what stands before the phrase, read backwards.
    Before,
    /// By what stands after the phrase.
    After,
    /// The surest alignment first.
    Surest,
}

impl Order {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Newest, Self::Oldest, Self::Before, Self::After, Self::Surest];

    /// The name used in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Before => "before",
            Self::After => "after",
            Self::Surest => "surest",
        }
    }

    /// The order of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }
}

/// What is answered.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Concordance {
    /// The phrase as it was typed.
    pub phrase: String,
    /// How many pairs there are, as far as was looked.
    pub total: usize,
    /// Whether there may be more: pairs are gathered from the first documents only, unless all are asked for.
    pub capped: bool,
    /// The pairs asked for.
    pub pairs: Vec<SentencePair>,
    /// What the phrase was rendered by, the most frequent first, whatever rendering was asked for.
    pub renderings: Vec<FacetCount>,
    /// Pairs by issuer id.
    pub issuers: Vec<FacetCount>,
    /// Pairs by kind of document.
    pub kinds: Vec<FacetCount>,
    /// Pairs by year, the newest first.
    pub years: Vec<FacetCount>,
}

/// A bead that holds the phrase.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SentencePair {
    /// The bitext.
    pub bitext: i64,
    /// How sure the alignment is, from 0 to 1.
    pub score: f32,
    /// Whether it is so unsure that a reader should look.
    pub doubtful: bool,
    /// The side that holds the phrase.
    pub own: PairSide,
    /// The other side.
    pub other: PairSide,
    /// What the phrase was rendered by, where that can be told.
    pub rendering: Option<String>,
    /// When the document was issued or published.
    pub date: Option<String>,
    /// The kind of document.
    pub kind: Option<String>,
    /// The ids of its issuers.
    pub issuers: Vec<String>,
}

/// One side of a bead.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PairSide {
    /// The document.
    pub document: i64,
    /// Its title.
    pub title: String,
    /// `zh` or `en`.
    pub language: String,
    /// The index of the first sentence in the document.
    pub sentence: usize,
    /// The page of the first sentence, counted from 1.
    pub page: u32,
    /// Whether an OCR engine read that page.
    pub ocr: bool,
    /// The sentences.
    pub text: String,
    /// Byte ranges of the text that hold the phrase, or what renders it.
    pub marks: Vec<Range<usize>>,
}

/// The sentence pairs with a phrase.
///
/// # Errors
/// When the store or the index fails.
pub fn concordance(data: &Data, request: &ConcordanceRequest) -> Result<Concordance, Error> {
    let phrase = request.phrase.trim();
    let mut answer = Concordance { phrase: phrase.to_owned(), ..Concordance::default() };
    // A phrase of signs alone stands everywhere and nowhere.
    if !phrase.chars().any(char::is_alphanumeric) {
        return Ok(answer);
    }
    let gathered = data.with_store(|store| gather::gather(store, &data.index, phrase, request))?;
    answer.capped = gathered.capped;
    answer.renderings = counted(gathered.pairs.iter().filter_map(|pair| pair.rendering.as_deref()));
    let wanted = request.rendering.as_deref().map(stems);
    let mut pairs = gathered.pairs;
    pairs.retain(|pair| wanted.is_none() || pair.rendering.as_deref().map(stems) == wanted);
    answer.issuers = counted(pairs.iter().flat_map(|pair| pair.issuers.iter().map(String::as_str)));
    answer.kinds = counted(pairs.iter().filter_map(|pair| pair.kind.as_deref()));
    answer.years = counted(pairs.iter().filter_map(|pair| pair.date.as_deref()?.get(..4)));
    answer.years.sort_by(|a, b| b.value.cmp(&a.value));
    sort(&mut pairs, request.order);
    answer.total = pairs.len();
    answer.pairs = pairs.into_iter().skip(request.offset).take(request.limit).collect();
    Ok(answer)
}

/// How often each value stands, the most frequent first; of several forms and writings the most frequent one is shown.
fn counted<'a>(values: impl Iterator<Item = &'a str>) -> Vec<FacetCount> {
    let mut writings: HashMap<String, HashMap<&str, usize>> = HashMap::new();
    for value in values {
        *writings.entry(stems(value)).or_default().entry(value).or_default() += 1;
    }
    let most = |writings: HashMap<&str, usize>| {
        let count = writings.values().sum();
        let shown = writings.into_iter().max_by_key(|(writing, count)| (*count, std::cmp::Reverse(*writing)));
        shown.map(|(writing, _)| FacetCount { value: writing.to_owned(), count })
    };
    let mut counts: Vec<FacetCount> = writings.into_values().filter_map(most).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts.truncate(VALUES);
    counts
}

fn sort(pairs: &mut [SentencePair], order: Order) {
    match order {
        // They were gathered by date.
        Order::Newest | Order::Oldest => {}
        Order::Before => pairs.sort_by_cached_key(|pair| {
            let before = pair.own.marks.first().and_then(|mark| pair.own.text.get(..mark.start));
            normalise(before.unwrap_or_default()).text.chars().rev().filter(|c| c.is_alphanumeric()).collect::<String>()
        }),
        Order::After => pairs.sort_by_cached_key(|pair| {
            let after = pair.own.marks.first().and_then(|mark| pair.own.text.get(mark.end..));
            normalise(after.unwrap_or_default()).text.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
        }),
        Order::Surest => pairs.sort_by(|a, b| b.score.total_cmp(&a.score)),
    }
}

/// The language that a phrase is looked for in: Chinese where it has an ideograph.
fn language_of(phrase: &str) -> Language {
    let is_han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c);
    if phrase.chars().any(is_han) { Language::Zh } else { Language::En }
}

fn issuer_ids(issuers: &[Agency]) -> Vec<String> {
    let id = |agency: &Agency| {
        let name = agency.name_zh.clone().or_else(|| agency.name_en.clone());
        if agency.id.is_empty() { name } else { Some(agency.id.clone()) }
    };
    issuers.iter().filter_map(id).collect()
}
