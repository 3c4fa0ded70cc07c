//! A query's way out: parse, widen through the termbase, ask the index, and show the passages with their counterparts.

use std::collections::HashMap;
use std::ops::Range;

use corpus::bitext::{Bead, Bitext};
use corpus::document::{Block, Document, Language, Sentence};
use corpus::facts::DocumentKind;
use corpus::store::Store;
use index::query::{Query, parse};
use index::{Filters, Sort, highlight, snippet};
use serde::Serialize;

use crate::Error;
use crate::data::Data;
use crate::derive::LEAST_CONFIDENCE;
use crate::reading::other_side;

/// A snippet is about three lines long.
const SNIPPET_CHARS: usize = 240;

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
    /// Only documents of this year.
    pub year: Option<i32>,
    /// How many documents to give.
    pub limit: usize,
    /// How many documents to pass over.
    pub offset: usize,
}

/// What is answered.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SearchPage {
    /// The query as it was typed.
    pub query: String,
    /// Remarks on how the query was read, where that is not obvious.
    pub notes: Vec<String>,
    /// Terms that were searched besides, through the termbase.
    pub also_searched: Vec<AlsoSearched>,
    /// How many documents match.
    pub total: usize,
    /// Documents, best first.
    pub hits: Vec<Hit>,
    /// Counts by value for each filter.
    pub facets: Facets,
}

/// A term of the query and its renderings that were searched as well.
#[derive(Clone, Debug, Serialize)]
pub struct AlsoSearched {
    /// The term as the query has it.
    pub term: String,
    /// Its renderings in the other language.
    pub renderings: Vec<String>,
}

/// Counts of matching documents by value, most first.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facets {
    /// By language code.
    pub language: Vec<FacetCount>,
    /// By kind.
    pub kind: Vec<FacetCount>,
    /// By issuer id.
    pub issuer: Vec<FacetCount>,
    /// By identifier of the topic, topics above included.
    pub topic: Vec<FacetCount>,
    /// By year.
    pub year: Vec<FacetCount>,
}

/// How many of what was found have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// How many documents, or sentence pairs in a concordance.
    pub count: usize,
}

/// A document that matches.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    /// The document.
    pub document: i64,
    /// Its name: the file's, or the JSONL record's id.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The title in the other language, where it is known from the document or its counterpart.
    pub title_translated: Option<String>,
    /// Its language code.
    pub language: String,
    /// Its kind.
    pub kind: Option<String>,
    /// Names of its issuers in its own language.
    pub issuers: Vec<String>,
    /// When it was issued or published.
    pub date: Option<String>,
    /// Its document number.
    pub number: Option<String>,
    /// Relevance.
    pub score: f32,
    /// Its best passages.
    pub passages: Vec<HitPassage>,
}

/// A passage that matches.
#[derive(Clone, Debug, Serialize)]
pub struct HitPassage {
    /// The index of its block.
    pub block: usize,
    /// The page, counted from 1.
    pub page: u32,
    /// Whether an OCR engine read that page.
    pub ocr: bool,
    /// The text, cut to what matters, with what was met marked.
    pub parts: Vec<Part>,
    /// The aligned passage on the other side, where the document has a counterpart.
    pub counterpart: Option<Counterpart>,
}

/// A stretch of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether it met the query.
    pub marked: bool,
}

/// The aligned passage in the other language.
#[derive(Clone, Debug, Serialize)]
pub struct Counterpart {
    /// The other document.
    pub document: i64,
    /// The page, counted from 1.
    pub page: u32,
    /// Whether an OCR engine read that page.
    pub ocr: bool,
    /// Its block.
    pub block: usize,
    /// Its text, with what the query's renderings meet marked.
    pub parts: Vec<Part>,
}

/// Answers a request.
///
/// # Errors
/// When the store or the index fails; a query that cannot be read well is read as well as it can be.
pub fn search(data: &Data, request: &SearchRequest) -> Result<SearchPage, Error> {
    let parsed = parse(&request.query);
    let mut page = SearchPage { query: request.query.clone(), notes: parsed.notes, ..SearchPage::default() };
    let Some(literal) = parsed.query else { return Ok(page) };
    let query = if request.expand {
        let (query, also) = data.with_store(|store| widen(store, &literal, LEAST_CONFIDENCE))?;
        page.also_searched = also;
        query
    } else {
        literal
    };
    let answer = data.index.search(&index::SearchRequest {
        query: Some(&query),
        filters: filters(request),
        limit: request.limit,
        offset: request.offset,
        sort: Sort::Relevance,
    })?;
    page.total = answer.total_documents;
    page.facets = facets(answer.facets);
    page.hits = data.with_store(|store| {
        let hits = answer.hits.iter().map(|hit| shown(store, hit, &query));
        hits.filter_map(Result::transpose).collect()
    })?;
    Ok(page)
}

/// The names of the best documents with their scores: what a ranking is judged by.
///
/// # Errors
/// When the store or the index fails.
pub fn rank(data: &Data, query: &str, limit: usize) -> Result<Vec<(String, f32)>, Error> {
    let Some(literal) = parse(query).query else { return Ok(Vec::new()) };
    data.with_store(|store| {
        let (query, _) = widen(store, &literal, LEAST_CONFIDENCE)?;
        let request = index::SearchRequest {
            query: Some(&query),
            filters: Filters::default(),
            limit,
            offset: 0,
            sort: Sort::Relevance,
        };
        let mut ranked = Vec::new();
        for hit in data.index.search(&request)?.hits {
            if let Some(document) = store.document(hit.document)? {
                ranked.push((document.name, hit.score));
            }
        }
        Ok(ranked)
    })
}

/// The query with renderings of its terms in the other language, and which they are.
pub(crate) fn widen(store: &Store, query: &Query, least_confidence: f32) -> Result<(Query, Vec<AlsoSearched>), Error> {
    let failure = std::cell::RefCell::new(None);
    let lookup = |text: &str| match store.renderings(text, least_confidence) {
        Ok(renderings) => renderings,
        Err(error) => {
            failure.borrow_mut().get_or_insert(error);
            Vec::new()
        }
    };
    let (query, expansions) = query.expand(&lookup);
    if let Some(error) = failure.into_inner() {
        return Err(error.into());
    }
    let also = expansions.into_iter().map(|expansion| AlsoSearched { term: expansion.of, renderings: expansion.added });
    Ok((query, also.collect()))
}

fn filters(request: &SearchRequest) -> Filters {
    let kind = request.kind.as_deref();
    Filters {
        language: request.language.as_deref().map(Language::from_code).filter(|language| *language != Language::Other),
        kind: kind.and_then(|name| DocumentKind::ALL.into_iter().find(|kind| kind.name() == name)),
        issuer: request.issuer.clone(),
        topic: request.topic.clone(),
        year_from: request.year,
        year_to: request.year,
    }
}

fn facets(facets: index::Facets) -> Facets {
    let counts = |counts: Vec<index::FacetCount>| {
        counts.into_iter().map(|count| FacetCount { value: count.value, count: count.count }).collect()
    };
    Facets {
        language: counts(facets.languages),
        kind: counts(facets.kinds),
        issuer: counts(facets.issuers),
        topic: counts(facets.topics),
        year: counts(facets.years),
    }
}

fn shown(store: &Store, hit: &index::Hit, query: &Query) -> Result<Option<Hit>, Error> {
    let Some(document) = store.document(hit.document)? else { return Ok(None) };
    let other = Other::of(store, &document)?;
    let blocks = store.blocks(document.id)?;
    let by_ocr = store.pages_by_ocr(document.id)?;
    let mut passages = Vec::with_capacity(hit.passages.len());
    for passage in &hit.passages {
        let Some(block) = blocks.get(passage.block) else { continue };
        let snippet = snippet(&block.text, query, SNIPPET_CHARS);
        let page = page_of(block, query).unwrap_or(passage.page);
        passages.push(HitPassage {
            block: passage.block,
            page,
            ocr: by_ocr.contains_key(&page),
            parts: parts(&snippet.text, &snippet.ranges),
            counterpart: other.as_ref().and_then(|other| other.passage(passage.block, query)),
        });
    }
    let facts = &document.facts;
    Ok(Some(Hit {
        document: document.id,
        name: document.name.clone(),
        title: document.display_title().to_owned(),
        title_translated: facts.title_translated.clone().or_else(|| other.as_ref()?.title.clone()),
        language: document.language.code().to_owned(),
        kind: facts.kind.map(|kind| kind.name().to_owned()),
        issuers: facts.issuers.iter().filter_map(|agency| issuer_name(agency, document.language)).collect(),
        date: crate::derive::date_of(facts),
        number: facts.document_number.clone(),
        score: hit.score,
        passages,
    }))
}

fn issuer_name(agency: &corpus::facts::Agency, language: Language) -> Option<String> {
    let (own, other) = match language {
        Language::Zh => (&agency.name_zh, &agency.name_en),
        _ => (&agency.name_en, &agency.name_zh),
    };
    own.clone().or_else(|| other.clone())
}

/// The page of the first thing that was met: a paragraph may run over a page.
fn page_of(block: &Block, query: &Query) -> Option<u32> {
    let first = highlight(&block.text, query).first()?.start;
    block.lines.iter().rev().find(|line| line.start <= first).map(|line| line.page)
}

/// Cuts a text at the ranges that were met.
pub(crate) fn parts(text: &str, ranges: &[Range<usize>]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut push = |range: Range<usize>, marked: bool| match text.get(range) {
        Some(part) if !part.is_empty() => parts.push(Part { text: part.to_owned(), marked }),
        _ => {}
    };
    let mut end = 0;
    for range in ranges {
        push(end..range.start, false);
        push(range.clone(), true);
        end = range.end;
    }
    push(end..text.len(), false);
    parts
}

/// The other side of a bitext, for the passages that are shown beside hits.
struct Other {
    document: i64,
    title: Option<String>,
    own_blocks: HashMap<usize, Vec<usize>>,
    own_is_zh: bool,
    beads: Vec<Bead>,
    sentences: Vec<Sentence>,
    by_ocr: HashMap<u32, f32>,
}

impl Other {
    fn of(store: &Store, document: &Document) -> Result<Option<Self>, Error> {
        let Some(bitext) = store.bitext_of(document.id)? else { return Ok(None) };
        Ok(Some(Self::read(store, document, &bitext)?))
    }

    fn read(store: &Store, document: &Document, bitext: &Bitext) -> Result<Self, Error> {
        let other = other_side(bitext, document.id);
        let mut own_blocks: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, sentence) in store.sentences(document.id)?.iter().enumerate() {
            own_blocks.entry(sentence.block).or_default().push(index);
        }
        Ok(Self {
            document: other,
            title: store.document(other)?.and_then(|other| other.facts.title),
            own_blocks,
            own_is_zh: bitext.zh == document.id,
            beads: store.beads(bitext.id)?,
            sentences: store.sentences(other)?,
            by_ocr: store.pages_by_ocr(other)?,
        })
    }

    /// What the sentences of a block are aligned with.
    fn passage(&self, block: usize, query: &Query) -> Option<Counterpart> {
        let own = self.own_blocks.get(&block)?;
        let sides =
            self.beads.iter().map(|bead| if self.own_is_zh { (&bead.zh, &bead.en) } else { (&bead.en, &bead.zh) });
        let aligned = sides.filter(|(side, _)| side.iter().any(|index| own.contains(index)));
        let sentences: Vec<&Sentence> =
            aligned.flat_map(|(_, other)| other).filter_map(|index| self.sentences.get(*index)).collect();
        let first = sentences.first()?;
        let between = if self.own_is_zh { " " } else { "" };
        let text = sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(between);
        let snippet = snippet(&text, query, SNIPPET_CHARS);
        Some(Counterpart {
            document: self.document,
            page: first.page,
            ocr: self.by_ocr.contains_key(&first.page),
            block: first.block,
            parts: parts(&snippet.text, &snippet.ranges),
        })
    }
}
