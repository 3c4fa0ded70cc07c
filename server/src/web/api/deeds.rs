//! Concepts made, changed, merged and split by programs.
//!
//! What is given to be changed carries the `version` that was read. Where another changed the concept since, the answer
//! is 409 and nothing is done. `?by=` says who asks; without it, the name that the browser's cookie keeps.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};

use crate::terms::editing::{self, Refused, Seen};
use crate::web::App;
use crate::web::conditional::IfMatch;
use crate::web::openapi::{Api, says};
use crate::web::problem::{Kind, Problem, Thing};
use crate::web::who::Who;

use super::concepts::{ConceptView, concept_view};
use super::edits::EditView;
use corpus::document::Language;
use corpus::edit::{Deed, Edit};
use corpus::term::{Concept, Definition, Field, PartOfSpeech, Status, Term};

pub(super) fn routes() -> Api {
    Api::of("Concepts")
        .post("/concepts", make, says("makeConcept", "Makes a concept").makes::<Done>().may_conflict())
        .put(
            "/concepts/{id}",
            set,
            says("setConcept", "Sets what can be said of a concept and of its designations")
                .more("The version that was read comes in the body or as `If-Match`. What is missing in the body is said no more; designations that are not named stay as they are.")
                .of("id", "The number of the concept.")
                .may_conflict(),
        )
        .post(
            "/concepts/{id}/merge",
            merge,
            says("mergeConcepts", "Puts other concepts into a concept").of("id", "The concept that stays.").may_conflict(),
        )
        .post(
            "/concepts/{id}/split",
            split,
            says("splitConcept", "Makes a concept of its own of some designations")
                .of("id", "The concept that they leave.")
                .may_conflict(),
        )
        .put(
            "/terms/{id}/status",
            set_status,
            says("setStatus", "Gives a designation a status").of("id", "The number of the designation.").may_conflict(),
        )
}

/// What can be said of a concept. What is missing is said no more; only `other` stays as it is.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ConceptBody {
    /// The version that was read; needed to change a concept, of no use to make one.
    version: String,
    subject: Option<String>,
    definitions: Vec<Definition>,
    note: Option<String>,
    other: Option<Vec<Field>>,
    /// The designations to be set or, without an `id`, added; the others stay as they are.
    terms: Vec<TermBody>,
}

/// What can be said of a designation.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct TermBody {
    #[serde(default)]
    id: i64,
    text: String,
    language: Language,
    status: Status,
    #[serde(default)]
    part_of_speech: Option<PartOfSpeech>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    region: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    other: Vec<Field>,
}

impl ConceptBody {
    fn concept(self, id: i64, other: Vec<Field>) -> Result<Concept, Problem> {
        let terms = self.terms.into_iter().map(|term| Term {
            id: term.id,
            part_of_speech: term.part_of_speech,
            note: term.note,
            region: term.region,
            source: term.source,
            variants: term.variants,
            other: term.other,
            ..Term::new(term.text, term.language, term.status)
        });
        let concept = Concept {
            id,
            subject: self.subject,
            definitions: self.definitions,
            note: self.note,
            other: self.other.unwrap_or(other),
            terms: terms.collect(),
            changed: None,
        };
        let faults: Vec<String> = editing::check(&concept).iter().map(ToString::to_string).collect();
        if faults.is_empty() { Ok(concept) } else { Err(Problem::Input(faults.join("; "))) }
    }
}

/// Who asks.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(super) struct By {
    /// Who asks, for the history; without it the name of the token, or that of the browser's cookie.
    pub(super) by: String,
}

/// What an edit left: the edit, and the concepts as they are now.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Edited")]
struct Done {
    edit: EditView,
    concepts: Vec<Left>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "EditedConcept")]
struct Left {
    #[serde(flatten)]
    concept: ConceptView,
    version: String,
}

fn done(edit: &Edit) -> Json<Done> {
    let left = edit
        .after
        .iter()
        .map(|concept| Left { version: editing::mark(concept), concept: concept_view(concept.clone()) });
    Json(Done { concepts: left.collect(), edit: EditView::of(edit) })
}

/// The version that a request names, and whether it came as `If-Match`.
struct Read {
    version: String,
    by_header: bool,
}

impl Read {
    fn of(body: String, header: IfMatch) -> Result<Self, Problem> {
        match (body, header.0) {
            (version, None) if version.is_empty() => Err(Problem::Input(
                "version is missing; send the one that GET /api/v1/concepts/{id} gives, or its ETag as If-Match"
                    .to_owned(),
            )),
            (version, None) => Ok(Self { version, by_header: false }),
            (version, Some(named)) if version.is_empty() || version == named => {
                Ok(Self { version: named, by_header: true })
            }
            _ => Err(Problem::Input("version and If-Match name two versions; send one of them".to_owned())),
        }
    }

    /// What is said where it is not the current one.
    fn changed(&self, problem: Problem) -> Problem {
        match problem {
            Problem::Conflict(detail) if self.by_header => Problem::Named(Kind::Changed, detail),
            problem => problem,
        }
    }
}

async fn edit(app: &App, deed: Deed, seen: Vec<Seen>, who: Who) -> Result<Edit, Problem> {
    match app.run(move |data| editing::edit(data, &deed, &seen, &who.0)).await? {
        Ok(edit) => Ok(edit),
        Err(Refused::Missing(_)) => Err(Problem::Missing(Thing::Concept)),
        Err(Refused::Changed(id)) => Err(Problem::Conflict(format!(
            "concept {id} was changed since that version; GET /api/v1/concepts/{id} and change what is there now"
        ))),
    }
}

/// Makes a concept.
async fn make(
    State(app): State<App>,
    who: Who,
    Query(by): Query<By>,
    Json(body): Json<ConceptBody>,
) -> Result<Response, Problem> {
    let concept = body.concept(0, Vec::new())?;
    if concept.terms.is_empty() {
        return Err(Problem::Input("a concept needs a designation; give one in terms".to_owned()));
    }
    let made = edit(&app, Deed::Create { concept }, Vec::new(), who.or_named(&by.by)).await?;
    Ok((StatusCode::CREATED, done(&made)).into_response())
}

/// Sets what can be said of a concept, and of the designations that are given.
async fn set(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Query(by): Query<By>,
    if_match: IfMatch,
    Json(mut body): Json<ConceptBody>,
) -> Result<Json<Done>, Problem> {
    let id = Thing::Concept.number(&id)?;
    let there = app.run(move |data| data.with_store(|store| Ok(store.whole_concept(id)?))).await?;
    let there = there.ok_or(Problem::Missing(Thing::Concept))?;
    let read = Read::of(std::mem::take(&mut body.version), if_match)?;
    let seen = vec![Seen { concept: id, mark: read.version.clone() }];
    let deed = Deed::Set { concept: body.concept(id, there.other)? };
    let edited = edit(&app, deed, seen, who.or_named(&by.by)).await;
    Ok(done(&edited.map_err(|problem| read.changed(problem))?))
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct MergeBody {
    /// The version of the concept that stays; not needed with `If-Match`.
    #[serde(default)]
    version: String,
    /// The concepts that go into it.
    from: Vec<i64>,
}

/// Puts other concepts into this one.
async fn merge(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Query(by): Query<By>,
    if_match: IfMatch,
    Json(body): Json<MergeBody>,
) -> Result<Json<Done>, Problem> {
    let id = Thing::Concept.number(&id)?;
    let others = body.from.iter().map(|concept| Seen { concept: *concept, mark: String::new() });
    let read = Read::of(body.version, if_match)?;
    let seen = others.chain([Seen { concept: id, mark: read.version.clone() }]).collect();
    let deed = Deed::Merge { into: id, from: body.from };
    let edited = edit(&app, deed, seen, who.or_named(&by.by)).await;
    Ok(done(&edited.map_err(|problem| read.changed(problem))?))
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct SplitBody {
    /// The version that was read; not needed with `If-Match`.
    #[serde(default)]
    version: String,
    /// The designations that leave.
    terms: Vec<i64>,
}

/// Makes a concept of its own of some designations.
async fn split(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Query(by): Query<By>,
    if_match: IfMatch,
    Json(body): Json<SplitBody>,
) -> Result<Json<Done>, Problem> {
    let id = Thing::Concept.number(&id)?;
    let read = Read::of(body.version, if_match)?;
    let seen = vec![Seen { concept: id, mark: read.version.clone() }];
    let deed = Deed::Split { concept: id, terms: body.terms };
    let edited = edit(&app, deed, seen, who.or_named(&by.by)).await;
    Ok(done(&edited.map_err(|problem| read.changed(problem))?))
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct StatusBody {
    status: Status,
    /// The concept and the version of it that was read; without them whatever is there is changed.
    concept: Option<i64>,
    #[serde(default)]
    version: String,
}

/// Gives a designation a status.
async fn set_status(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Query(by): Query<By>,
    Json(body): Json<StatusBody>,
) -> Result<Json<Done>, Problem> {
    let term = Thing::Concept.number(&id)?;
    let seen = body.concept.map(|concept| Seen { concept, mark: body.version }).into_iter().collect();
    let deed = Deed::SetStatus { terms: vec![term], status: body.status };
    Ok(done(&edit(&app, deed, seen, who.or_named(&by.by)).await?))
}
