//! Bitexts as JSON: which there are, their beads with word links, and what a reader makes of them.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use corpus::bitext::{Bead, Bitext, WordLink, WordPlace};
use corpus::document::{Language, Sentence};
use corpus::store::{BeadCounts, Store};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::data::Data;
use crate::web::App;
use crate::web::bitext::{self, Aligned, Sides, side};
use crate::web::openapi::{Api, says};
use crate::web::problem::{Problem, Thing};

/// Which stretch of a list is asked for: what comes after the one that the last answer ended with.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Cursor {
    /// How many are given.
    #[schemars(range(min = 1, max = 500), extend("default" = 50))]
    limit: Option<usize>,
    /// The `next` of the answer before.
    after: Option<i64>,
}

/// Which bitexts are asked for.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct BitextParams {
    /// The least score.
    #[schemars(range(min = 0, max = 1), example = 0.5)]
    least: Option<f32>,
}

/// Which beads are asked for.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct BeadParams {
    /// `doubtful` for these only.
    #[schemars(extend("enum" = ["", "doubtful"]))]
    only: Option<String>,
}

pub(super) fn routes() -> Api {
    Api::of("Bitexts")
        .get("/bitexts", list, says("listBitexts", "Lists the bitexts").tagged())
        .get(
            "/bitexts/{id}",
            show,
            says("getBitext", "Gives a bitext with its beads").of("id", "The number of the bitext.").tagged(),
        )
        .get(
            "/bitexts/{id}/tmx",
            crate::web::tmx::download,
            says("exportBitext", "Gives a bitext as a translation memory (TMX 1.4b)")
                .of("id", "The number of the bitext.")
                .file("application/x-tmx+xml", "The beads as units.")
                .tagged(),
        )
        .put(
            "/bitexts/{id}/beads",
            correct,
            says("correctBeads", "Makes beads as a reader wants them")
                .more("Beads that follow each other are made anew of the same sentences in the same order, or confirmed as they are. It is refused where they are not as they were read.")
                .of("id", "The number of the bitext.")
                .may_conflict(),
        )
        .delete(
            "/bitexts/{id}/beads",
            undo,
            says("undoBeads", "Takes back what a reader made of a bead")
                .of("id", "The number of the bitext.")
                .may_conflict(),
        )
}

impl Cursor {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(super::SIZE).clamp(1, super::MOST)
    }
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "BitextList")]
struct List {
    bitexts: Vec<Summary>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

/// A bitext in a list.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Bitext")]
struct Summary {
    id: i64,
    zh: DocumentView,
    en: DocumentView,
    paired_by: &'static str,
    score: f32,
    reasons: Vec<String>,
    /// How many beads there are.
    bead_count: usize,
    doubtful: usize,
    one_sided: usize,
    by_reader: usize,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "BitextSide")]
struct DocumentView {
    id: i64,
    title: String,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "BitextWithBeads")]
struct Whole {
    #[serde(flatten)]
    summary: Summary,
    beads: Vec<BeadView>,
    /// What to give as `after` for the beads that follow, where there are more.
    next: Option<String>,
}

/// Beads as they stand after a correction.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "CorrectedBeads")]
struct Corrected {
    beads: Vec<BeadView>,
}

/// A bead with its sentences, and the links between their words.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Bead")]
struct BeadView {
    /// Its place among the beads, from 0.
    ord: usize,
    zh: Vec<SentenceView>,
    en: Vec<SentenceView>,
    score: f32,
    doubtful: bool,
    made_by: &'static str,
    links: Vec<LinkView>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "BeadSentence")]
struct SentenceView {
    /// The index of the sentence in its document.
    sentence: usize,
    page: u32,
    text: String,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "BeadLink")]
struct LinkView {
    zh: PlaceView,
    en: PlaceView,
    score: f32,
}

/// A word of a sentence, by what a program counts in: bytes of UTF-8 or characters, the end excluded.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "BeadWord")]
struct PlaceView {
    sentence: usize,
    bytes: [usize; 2],
    characters: [usize; 2],
    text: String,
}

/// What a reader makes of beads.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Beads that follow each other, as they were read.
    seen: Vec<Sides>,
    /// What they are to be: the same sentences in the same order. Where it is the same as `seen`, these are confirmed.
    beads: Vec<Sides>,
}

/// A bead, by one of its sentences.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct ByPlace {
    /// The index of one of its Chinese sentences, from 0.
    zh: Option<usize>,
    /// The index of one of its English sentences, from 0.
    en: Option<usize>,
}

async fn list(
    State(app): State<App>,
    Query(params): Query<BitextParams>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<List>, Problem> {
    let least = params.least.unwrap_or(0.0);
    Ok(Json(app.run(move |data| data.with_store(|store| listed(store, least, &cursor))).await?))
}

fn listed(store: &Store, least: f32, cursor: &Cursor) -> Result<List, Error> {
    let after = cursor.after.unwrap_or(i64::MIN);
    let bitexts = store.bitexts()?.into_iter();
    let mut rest = bitexts.filter(|bitext| bitext.id > after && bitext.score >= least);
    let mut bitexts = Vec::new();
    for bitext in rest.by_ref().take(cursor.limit()) {
        bitexts.extend(summary(store, bitext)?);
    }
    let last = bitexts.last().map(|bitext| bitext.id).filter(|_| rest.next().is_some());
    Ok(List { next: last.map(|last| last.to_string()), bitexts })
}

fn summary(store: &Store, bitext: Bitext) -> Result<Option<Summary>, Error> {
    let (Some(zh), Some(en)) = (store.document(bitext.zh)?, store.document(bitext.en)?) else { return Ok(None) };
    let view = |document: &corpus::document::Document| DocumentView {
        id: document.id,
        title: document.display_title().to_owned(),
    };
    let BeadCounts { all, doubtful, one_sided, by_reader } = store.bead_counts(bitext.id, Bead::DOUBTFUL)?;
    Ok(Some(Summary {
        id: bitext.id,
        zh: view(&zh),
        en: view(&en),
        paired_by: bitext.paired_by.name(),
        score: bitext.score,
        reasons: bitext.reasons,
        bead_count: all,
        doubtful,
        one_sided,
        by_reader,
    }))
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(params): Query<BeadParams>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<Whole>, Problem> {
    let id = Thing::Bitext.number(&id)?;
    let only_doubtful = params.only.as_deref() == Some("doubtful");
    let found = app.run(move |data| data.with_store(|store| whole(store, id, only_doubtful, &cursor))).await?;
    found.map(Json).ok_or(Problem::Missing(Thing::Bitext))
}

fn whole(store: &Store, id: i64, only_doubtful: bool, cursor: &Cursor) -> Result<Option<Whole>, Error> {
    let Some(aligned) = Aligned::read(store, id)? else { return Ok(None) };
    let Some(summary) = summary(store, aligned.bitext.clone())? else { return Ok(None) };
    let after = cursor.after.unwrap_or(-1);
    let listed = aligned.beads.iter().enumerate().filter(|(ord, bead)| {
        i64::try_from(*ord).is_ok_and(|ord| ord > after) && (!only_doubtful || bead.is_doubtful())
    });
    let ords: Vec<usize> = listed.map(|(ord, _)| ord).take(cursor.limit() + 1).collect();
    let beads: Vec<BeadView> = ords.iter().take(cursor.limit()).filter_map(|ord| bead_view(&aligned, *ord)).collect();
    let last = beads.last().filter(|_| ords.len() > beads.len()).and_then(|bead| i64::try_from(bead.ord).ok());
    let next = last.map(|last| last.to_string());
    Ok(Some(Whole { summary, beads, next }))
}

fn bead_view(aligned: &Aligned, ord: usize) -> Option<BeadView> {
    let bead = aligned.beads.get(ord)?;
    let sentences = |language| {
        let of_side = side(bead, language).iter();
        let found = of_side.filter_map(|index| Some((*index, aligned.sentences(language).get(*index)?)));
        found
            .map(|(index, sentence)| SentenceView { sentence: index, page: sentence.page, text: sentence.text.clone() })
            .collect()
    };
    Some(BeadView {
        ord,
        zh: sentences(Language::Zh),
        en: sentences(Language::En),
        score: bead.score,
        doubtful: bead.is_doubtful(),
        made_by: bead.made_by.name(),
        links: aligned.links(ord).iter().filter_map(|link| link_view(aligned, link)).collect(),
    })
}

fn link_view(aligned: &Aligned, link: &WordLink) -> Option<LinkView> {
    Some(LinkView {
        zh: place_view(aligned.sentences(Language::Zh), &link.zh)?,
        en: place_view(aligned.sentences(Language::En), &link.en)?,
        score: link.score,
    })
}

fn place_view(sentences: &[Sentence], place: &WordPlace) -> Option<PlaceView> {
    let sentence = &sentences.get(place.sentence)?.text;
    let text = sentence.get(place.range.clone())?;
    let start = sentence.get(..place.range.start)?.chars().count();
    Some(PlaceView {
        sentence: place.sentence,
        bytes: [place.range.start, place.range.end],
        characters: [start, start + text.chars().count()],
        text: text.to_owned(),
    })
}

/// Makes beads as a reader wants them; answers with how the sentences stand after that.
async fn correct(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(wanted): Json<Wanted>,
) -> Result<Json<Corrected>, Problem> {
    let id = Thing::Bitext.number(&id)?;
    let made = app.run(move |data| match bitext::correct(data, id, &wanted.seen, &wanted.beads)? {
        Ok(()) => Ok(Ok(holding(data, id, &wanted.beads)?)),
        Err(problem) => Ok(Err(problem)),
    });
    Ok(Json(Corrected { beads: made.await?? }))
}

/// The beads that hold any of these sentences.
fn holding(data: &Data, id: i64, sentences: &[Sides]) -> Result<Vec<BeadView>, Error> {
    let Some(aligned) = data.with_store(|store| Aligned::read(store, id))? else { return Ok(Vec::new()) };
    let holds = |bead: &Bead| {
        let shared = |own: &[usize], other: &[usize]| own.iter().any(|index| other.contains(index));
        sentences.iter().any(|sides| shared(&bead.zh, &sides.zh) || shared(&bead.en, &sides.en))
    };
    let found = aligned.beads.iter().enumerate().filter(|(_, bead)| holds(bead));
    Ok(found.filter_map(|(ord, _)| bead_view(&aligned, ord)).collect())
}

/// Takes back what a reader made of the bead that holds a sentence.
async fn undo(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(place): Query<ByPlace>,
) -> Result<StatusCode, Problem> {
    let id = Thing::Bitext.number(&id)?;
    let (language, sentence) = match (place.zh, place.en) {
        (Some(zh), None) => (Language::Zh, zh),
        (None, Some(en)) => (Language::En, en),
        _ => return Err(Problem::Input("name the bead by one sentence; give its index as ?zh= or as ?en=".to_owned())),
    };
    let undone = app.run(move |data| {
        let Some(aligned) = data.with_store(|store| Aligned::read(store, id))? else {
            return Ok(Err(Problem::Missing(Thing::Bitext)));
        };
        let bead = aligned.bead_of(language, sentence).and_then(|ord| aligned.beads.get(ord));
        match bead {
            Some(bead) => bitext::put_back(data, id, &[Sides::from(bead)]),
            None => Ok(Err(Problem::Missing(Thing::Bead))),
        }
    });
    undone.await??;
    Ok(StatusCode::NO_CONTENT)
}
