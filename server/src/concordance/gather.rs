//! The beads that hold a phrase, document by document.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use corpus::bitext::{Bead, Bitext, WordLink, WordPlace};
use corpus::document::{Language, Sentence};
use corpus::store::{AboutDocument, Store};
use index::query::{DateRange, Query};
use index::{Filters, Index, SearchRequest, Sort, highlight};

use super::counterpart::{counterpart, rendering};
use super::{ConcordanceRequest, Order, PairSide, SentencePair, issuer_ids, language_of};
use crate::Error;
use crate::derive::{LEAST_CONFIDENCE, date_of_dates};
use crate::reading::other_side;

/// A phrase is looked for in so many documents at most, the first by date.
const MOST_DOCUMENTS: usize = 1_000;
/// So many pairs are gathered and counted, which takes about as long as a search, and so many where all are asked for.
const QUICK: usize = 100;
const THOROUGH: usize = 1_000;

/// What was gathered.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) pairs: Vec<SentencePair>,
    pub(super) capped: bool,
}

/// The phrase, and what is known of it.
struct Sought {
    query: Query,
    language: Language,
    renderings: Vec<String>,
}

pub(super) fn gather(
    store: &Store,
    index: &Index,
    phrase: &str,
    request: &ConcordanceRequest,
) -> Result<Gathered, Error> {
    let sought = Sought {
        query: Query::Text(phrase.to_owned()),
        language: language_of(phrase),
        renderings: store.renderings(phrase, LEAST_CONFIDENCE)?,
    };
    let answer = index.search_everywhere(&SearchRequest {
        query: Some(&sought.query),
        filters: Filters {
            languages: vec![sought.language],
            kinds: request.kind.into_iter().collect(),
            issuers: request.issuer.iter().cloned().collect(),
            date: DateRange::years(request.year_from, request.year_to),
            ..Filters::default()
        },
        limit: MOST_DOCUMENTS,
        sort: if request.order == Order::Oldest { Sort::Oldest } else { Sort::Newest },
        ..SearchRequest::default()
    })?;
    let most = if request.thorough { THOROUGH } else { QUICK.max(request.offset + request.limit) };
    let mut gathered = Gathered { capped: answer.total_documents > MOST_DOCUMENTS, ..Gathered::default() };
    for hit in &answer.hits {
        if gathered.pairs.len() >= most {
            gathered.capped = true;
            break;
        }
        let blocks: Vec<usize> = hit.passages.iter().map(|passage| passage.block).collect();
        if let Some(bitext) = store.bitext_of(hit.document)?.filter(|_| !blocks.is_empty()) {
            of_document(store, &sought, &bitext, hit.document, &blocks, &mut gathered.pairs)?;
        }
    }
    Ok(gathered)
}

fn of_document(
    store: &Store,
    sought: &Sought,
    bitext: &Bitext,
    id: i64,
    blocks: &[usize],
    pairs: &mut Vec<SentencePair>,
) -> Result<(), Error> {
    let sentences = store.sentences_of_blocks(id, blocks)?;
    let holding: Vec<usize> = sentences
        .iter()
        .filter(|(_, sentence)| !highlight(&sentence.text, &sought.query).is_empty())
        .map(|(index, _)| *index)
        .collect();
    let beads = store.beads_holding(bitext.id, sought.language, &holding)?;
    let other_id = other_side(bitext, id);
    if beads.is_empty() {
        return Ok(());
    }
    let (Some(own), Some(other)) = (store.about_document(id)?, store.about_document(other_id)?) else {
        return Ok(());
    };
    let sides = |language| beads.iter().flat_map(move |(bead, _)| of(bead, language)).copied().collect::<BTreeSet<_>>();
    let other_language = sought.language.counterpart().unwrap_or(Language::En);
    let own = Side::read(store, id, &own, sought.language, &sides(sought.language))?;
    let other = Side::read(store, other_id, &other, other_language, &sides(other_language))?;
    pairs.extend(beads.iter().filter_map(|(bead, links)| pair(sought, bitext, bead, links, &own, &other)));
    Ok(())
}

/// What is shown of a document.
struct Side<'a> {
    document: i64,
    about: &'a AboutDocument,
    language: Language,
    sentences: HashMap<usize, Sentence>,
    by_ocr: HashMap<u32, f32>,
}

impl<'a> Side<'a> {
    fn read(
        store: &Store,
        document: i64,
        about: &'a AboutDocument,
        language: Language,
        at: &BTreeSet<usize>,
    ) -> Result<Self, Error> {
        let at: Vec<usize> = at.iter().copied().collect();
        let sentences = store.sentences_at(document, &at)?.into_iter().collect();
        Ok(Self { document, about, language, sentences, by_ocr: store.pages_by_ocr(document)? })
    }

    /// The sentences of a bead as one text, and where each begins in it.
    fn text(&self, bead: &Bead) -> (String, HashMap<usize, usize>) {
        let between = if self.language == Language::Zh { "" } else { " " };
        let (mut text, mut starts) = (String::new(), HashMap::new());
        for index in of(bead, self.language) {
            if let Some(sentence) = self.sentences.get(index) {
                if !text.is_empty() {
                    text.push_str(between);
                }
                starts.insert(*index, text.len());
                text.push_str(&sentence.text);
            }
        }
        (text, starts)
    }

    fn shown(&self, bead: &Bead, text: String, marks: Vec<Range<usize>>) -> Option<PairSide> {
        let first = of(bead, self.language).first()?;
        let page = self.sentences.get(first)?.page;
        Some(PairSide {
            document: self.document,
            title: self.about.title.clone(),
            language: self.language.code().to_owned(),
            sentence: *first,
            page,
            ocr: self.by_ocr.contains_key(&page),
            text,
            marks,
        })
    }
}

fn pair(
    sought: &Sought,
    bitext: &Bitext,
    bead: &Bead,
    links: &[WordLink],
    own: &Side<'_>,
    other: &Side<'_>,
) -> Option<SentencePair> {
    let (own_text, own_starts) = own.text(bead);
    let (other_text, other_starts) = other.text(bead);
    let marks = highlight(&own_text, &sought.query);
    let linked: Vec<Range<usize>> = links
        .iter()
        .filter_map(|link| {
            let (here, there) = if own.language == Language::Zh { (&link.zh, &link.en) } else { (&link.en, &link.zh) };
            let here = placed(here, &own_starts)?;
            let met = marks.iter().any(|mark| here.start < mark.end && mark.start < here.end);
            met.then(|| placed(there, &other_starts)).flatten()
        })
        .collect();
    let rendered = counterpart(&other_text, &sought.renderings, &linked);
    Some(SentencePair {
        bitext: bitext.id,
        score: bead.score,
        doubtful: bead.is_doubtful(),
        rendering: rendering(&other_text, &rendered),
        own: own.shown(bead, own_text, marks)?,
        other: other.shown(bead, other_text, rendered)?,
        date: date_of_dates(&own.about.dates),
        kind: own.about.kind.map(|kind| kind.name().to_owned()),
        issuers: issuer_ids(&own.about.issuers),
    })
}

/// A word's place in the text of its bead.
fn placed(place: &WordPlace, starts: &HashMap<usize, usize>) -> Option<Range<usize>> {
    let start = starts.get(&place.sentence)?;
    Some(start + place.range.start..start + place.range.end)
}

fn of(bead: &Bead, language: Language) -> &[usize] {
    if language == Language::Zh { &bead.zh } else { &bead.en }
}
