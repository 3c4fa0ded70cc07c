//! Concepts as JSON.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};

use crate::web::App;
use crate::web::pages::check_length;
use crate::web::problem::{Problem, Thing};

use super::Stretch;
use corpus::store::Lookup;
use corpus::term::{Concept, Evidence, Place};

/// How many places a concept is given with.
const PLACES: usize = 200;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    q: String,
}

#[derive(Serialize)]
pub(super) struct List {
    concepts: Vec<ConceptView>,
}

#[derive(Serialize)]
struct ConceptView {
    id: i64,
    definition: Option<String>,
    terms: Vec<TermView>,
}

#[derive(Serialize)]
struct TermView {
    text: String,
    language: &'static str,
    status: &'static str,
    confidence: f32,
    count: u32,
}

#[derive(Serialize)]
pub(super) struct Whole {
    #[serde(flatten)]
    concept: ConceptView,
    evidence: Vec<EvidenceView>,
}

#[derive(Serialize)]
struct EvidenceView {
    kind: &'static str,
    zh: String,
    en: String,
    zh_place: Option<Place>,
    en_place: Option<Place>,
}

fn concept_view(concept: Concept) -> ConceptView {
    let terms = concept.terms.into_iter().map(|term| TermView {
        text: term.text,
        language: term.language.code(),
        status: term.status.name(),
        confidence: term.confidence,
        count: term.count,
    });
    ConceptView { id: concept.id, definition: concept.definition, terms: terms.collect() }
}

fn evidence_view(evidence: Evidence) -> EvidenceView {
    EvidenceView {
        kind: evidence.kind.name(),
        zh: evidence.zh,
        en: evidence.en,
        zh_place: evidence.zh_place,
        en_place: evidence.en_place,
    }
}

/// Concepts with a designation that holds `q`, best first; without one, those that were seen most.
pub(super) async fn list(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<List>, Problem> {
    let query = params.q.trim().to_owned();
    check_length(&query)?;
    let found = app.run(move |data| {
        data.with_store(|store| {
            if query.is_empty() {
                return Ok(store.concepts(stretch.limit(), stretch.offset)?);
            }
            Ok(store.lookup(&query, Lookup::Substring, stretch.limit())?)
        })
    });
    Ok(Json(List { concepts: found.await?.into_iter().map(concept_view).collect() }))
}

pub(super) async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Whole>, Problem> {
    let id = Thing::Concept.number(&id)?;
    let found = app.run(move |data| data.with_store(|store| Ok((store.concept(id)?, store.evidence(id, PLACES)?))));
    let (Some(concept), evidence) = found.await? else { return Err(Problem::Missing(Thing::Concept)) };
    let evidence = evidence.into_iter().map(evidence_view).collect();
    Ok(Json(Whole { concept: concept_view(concept), evidence }))
}
