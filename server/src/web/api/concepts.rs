//! A concept as JSON, with how it was used and where it was seen.

use std::collections::{BTreeMap, HashMap};

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::data::Data;
use crate::terms::editing;
use crate::terms::seen::{Documents, Use, by_issuer, by_year, span};
use crate::web::App;
use crate::web::conditional::Version;
use crate::web::openapi::{Api, says};
use crate::web::problem::{Problem, Thing};

use super::Stretch;
use corpus::document::{Block, Rect};
use corpus::place::sentence_boxes;
use corpus::store::Store;
use corpus::term::{Concept, Definition, Evidence, Field, PartOfSpeech, Place, Term};

/// How many places are looked through.
const MOST_PLACES: usize = 2_000;

/// A concept with its designations.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Concept")]
pub(super) struct ConceptView {
    id: i64,
    subject: Option<String>,
    definitions: Vec<Definition>,
    note: Option<String>,
    other: Vec<Field>,
    changed: Option<String>,
    terms: Vec<TermView>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "ConceptTerm")]
struct TermView {
    id: i64,
    text: String,
    language: &'static str,
    status: &'static str,
    part_of_speech: Option<&'static str>,
    note: Option<String>,
    region: Option<String>,
    source: Option<String>,
    variants: Vec<String>,
    other: Vec<Field>,
    confidence: f32,
    count: u32,
}

/// A concept with all its designations, rejected ones and weak candidates too.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "ConceptWithEvidence")]
struct Whole {
    #[serde(flatten)]
    concept: ConceptView,
    /// To be sent back with a change.
    version: String,
    usage: Vec<UsageView>,
    /// How many places there are, of which `evidence` is a stretch.
    evidence_total: usize,
    evidence: Vec<EvidenceView>,
    /// What to give as `after` for the evidence that follows, where there is more.
    next: Option<String>,
}

/// How a designation was used.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "TermUsage")]
struct UsageView {
    term: i64,
    text: String,
    documents: usize,
    count: u32,
    first: Option<String>,
    last: Option<String>,
    /// The counts by year of the document.
    years: BTreeMap<u16, u32>,
    issuers: Vec<IssuerView>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "IssuerCount")]
struct IssuerView {
    id: String,
    name_zh: Option<String>,
    name_en: Option<String>,
    count: u32,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Evidence")]
struct EvidenceView {
    kind: &'static str,
    zh: String,
    en: String,
    zh_place: Option<PlaceView>,
    en_place: Option<PlaceView>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "EvidencePlace")]
struct PlaceView {
    #[serde(flatten)]
    place: Place,
    /// Where the sentence stands, line by line; empty for text without pages.
    boxes: Vec<BoxView>,
}

/// A stretch of a line, in points from the top left corner of its page.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "PageBox")]
struct BoxView {
    page: u32,
    #[serde(rename = "box")]
    bbox: Rect,
}

pub(super) fn concept_view(concept: Concept) -> ConceptView {
    let terms = concept.terms.into_iter().map(|term| TermView {
        id: term.id,
        text: term.text,
        language: term.language.code(),
        status: term.status.name(),
        part_of_speech: term.part_of_speech.map(PartOfSpeech::name),
        note: term.note,
        region: term.region,
        source: term.source,
        variants: term.variants,
        other: term.other,
        confidence: term.confidence,
        count: term.count,
    });
    ConceptView {
        id: concept.id,
        subject: concept.subject,
        definitions: concept.definitions,
        note: concept.note,
        other: concept.other,
        changed: concept.changed,
        terms: terms.collect(),
    }
}

pub(super) fn routes() -> Api {
    Api::of("Concepts").get(
        "/concepts/{id}",
        show,
        says("getConcept", "Gives a concept with its designations, their use and the evidence")
            .more("The lists are stretches of the evidence; `term` keeps to that for one designation.")
            .of("id", "The number of the concept.")
            .answers::<Whole>()
            .tagged(),
    )
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Wanted {
    /// Evidence for one designation only: its number.
    term: Option<i64>,
}

/// A concept with everything; `limit` and `offset` choose a stretch of its evidence, `term` one designation of it.
async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    Query(stretch): Query<Stretch>,
) -> Result<Response, Problem> {
    let id = Thing::Concept.number(&id)?;
    let start = stretch.start()?;
    let found = app.run(move |data| whole(data, id, wanted.term, start, &stretch)).await?;
    let found = found.ok_or(Problem::Missing(Thing::Concept))?;
    let mut response = Json(&found).into_response();
    response.extensions_mut().insert(Version(found.version));
    Ok(response)
}

fn whole(data: &Data, id: i64, term: Option<i64>, start: usize, stretch: &Stretch) -> Result<Option<Whole>, Error> {
    data.with_store(|store| {
        let Some(concept) = store.whole_concept(id)? else { return Ok(None) };
        let text = term.map(|id| concept.terms.iter().find(|term| term.id == id).map_or("", |term| term.text.as_str()));
        let wanted = |seen: &Evidence| text.is_none_or(|text| seen.zh == text || seen.en == text);
        let evidence: Vec<Evidence> = store.evidence(id, MOST_PLACES)?.into_iter().filter(wanted).collect();
        let evidence_total = evidence.len();
        let mut boxes = Boxes::default();
        let shown = evidence.into_iter().skip(start).take(stretch.limit());
        let evidence = shown.map(|seen| evidence_view(store, &mut boxes, seen)).collect::<Result<Vec<_>, Error>>()?;
        let next = Stretch::next(start, evidence.len(), evidence_total);
        let uses = Documents::default().uses(store, id)?;
        let usage = concept.terms.iter().filter_map(|term| usage_view(term, &uses)).collect();
        let version = editing::mark(&concept);
        Ok(Some(Whole { version, usage, evidence_total, evidence, next, concept: concept_view(concept) }))
    })
}

fn usage_view(term: &Term, uses: &[Use]) -> Option<UsageView> {
    let own: Vec<Use> = uses.iter().filter(|used| used.term == term.id).cloned().collect();
    let (first, last) = span(own.iter()).map_or((None, None), |(first, last)| (Some(first), Some(last)));
    let issuers = by_issuer(&own).into_iter().map(|(agency, counts)| IssuerView {
        id: agency.id,
        name_zh: agency.name_zh,
        name_en: agency.name_en,
        count: counts.get(&term.id).copied().unwrap_or(0),
    });
    (!own.is_empty()).then(|| UsageView {
        term: term.id,
        text: term.text.clone(),
        documents: own.len(),
        count: own.iter().fold(0, |sum, used| sum.saturating_add(used.count)),
        first: first.map(str::to_owned),
        last: last.map(str::to_owned),
        years: by_year(own.iter()),
        issuers: issuers.collect(),
    })
}

/// The blocks of documents, read once each, in which the places of sentences are found.
#[derive(Default)]
struct Boxes {
    blocks: HashMap<i64, Vec<Block>>,
}

impl Boxes {
    fn of(&mut self, store: &Store, place: &Place) -> Result<Vec<BoxView>, Error> {
        let Some((_, sentence)) = store.sentences_at(place.document, &[place.sentence])?.into_iter().next() else {
            return Ok(Vec::new());
        };
        let blocks = match self.blocks.entry(place.document) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => new.insert(store.blocks(place.document)?),
        };
        let block = blocks.get(sentence.block);
        let boxes = block.map_or_else(Vec::new, |block| sentence_boxes(block, sentence.start, sentence.end));
        Ok(boxes.into_iter().map(|(page, bbox)| BoxView { page, bbox }).collect())
    }
}

fn evidence_view(store: &Store, boxes: &mut Boxes, seen: Evidence) -> Result<EvidenceView, Error> {
    let mut placed = |place: Option<Place>| match place {
        Some(place) => Ok::<_, Error>(Some(PlaceView { boxes: boxes.of(store, &place)?, place })),
        None => Ok(None),
    };
    let (zh_place, en_place) = (placed(seen.zh_place)?, placed(seen.en_place)?);
    Ok(EvidenceView { kind: seen.kind.name(), zh: seen.zh, en: seen.en, zh_place, en_place })
}
