//! A concept: what a translator shows a colleague, and the forms by which it is changed.

mod designations;
mod evidence;
mod form;
mod history;
mod merge;
mod new;
mod sent;
mod split;
mod status;
mod term_form;
mod usage;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::Error;
use crate::data::Data;
use crate::derive::taxonomy_for_names;
use crate::terms::editing;
use crate::terms::seen::{Documents, Use};
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::who::Who;
use crate::web::words::ConceptWords;
use crate::web::{App, link};

use corpus::document::Language;
use corpus::edit::Edit;
use corpus::term::{Concept, Evidence};
use corpus::topic::Taxonomy;

use designations::{Designations, designations};
use evidence::{Found, found};
pub(super) use form::{TopicChoice, topic_choices};
use history::{Told, told};
use usage::{Usage, usage};

/// How many edits the page tells.
const EDITS: usize = 10;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    /// Evidence for one designation only: its row.
    rendering: String,
    page: String,
    /// What has just been done.
    said: String,
}

#[derive(Template)]
#[template(path = "concept.html")]
struct ConceptPage {
    shell: Shell,
    c: &'static ConceptWords,
    id: i64,
    mark: String,
    notice: Option<&'static str>,
    heads: Vec<Said>,
    subject: Option<Said>,
    span: Option<String>,
    reviewed: Option<String>,
    searches: Vec<Said>,
    definitions: Vec<Defined>,
    note: Option<String>,
    other: Vec<corpus::term::Field>,
    languages: Vec<Designations>,
    usage: Usage,
    evidence: Found,
    edits: Vec<Told>,
    more_edits: bool,
}

/// A definition with its source.
struct Defined {
    text: Said,
    source: Option<String>,
}

/// All that the page needs of the store.
struct Known {
    concept: Concept,
    /// The designations that are shown at first.
    shown: Vec<i64>,
    uses: Vec<Use>,
    evidence: Vec<Evidence>,
    edits: Vec<Edit>,
    taxonomy: Taxonomy,
}

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/concept/new", get(new::show).post(new::make))
        .route("/concept/{id}", get(show))
        .route("/concept/{id}/edit", get(form::show).post(form::keep))
        .route("/concept/{id}/term", get(term_form::show_new).post(term_form::add))
        .route("/concept/{id}/term/{term}", get(term_form::show).post(term_form::keep))
        .route("/concept/{id}/status", post(status::set))
        .route("/concept/{id}/merge", get(merge::show).post(merge::merge))
        .route("/concept/{id}/split", get(split::show).post(split::split))
        .route("/edits", get(history::show))
        .route("/edits/{id}/undo", post(history::undo))
}

async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let id = Thing::Concept.number(&id)?;
    match app.run(move |data| known(data, id)).await? {
        Ok(known) => super::page(&page(shell, *known, &params)),
        // What was merged is found where it went.
        Err(Some(into)) => Ok(Redirect::to(&link::url(&link::concept(into), &[("said", "went")])).into_response()),
        Err(None) => Err(Problem::Missing(Thing::Concept)),
    }
}

/// What is known of a concept, or else the one that it was merged into.
fn known(data: &Data, id: i64) -> Result<Result<Box<Known>, Option<i64>>, Error> {
    data.with_store(|store| {
        let Some(concept) = store.whole_concept(id)? else {
            return Ok(Err(store.history(Some(id), None, 1)?.first().and_then(|edit| went_into(edit, id))));
        };
        let shown = store.concept(id)?.unwrap_or_default().terms.iter().map(|term| term.id).collect();
        Ok(Ok(Box::new(Known {
            shown,
            uses: Documents::default().uses(store, id)?,
            evidence: store.evidence(id, evidence::MOST)?,
            edits: store.history(Some(id), None, EDITS + 1)?,
            taxonomy: taxonomy_for_names(data.folder()),
            concept,
        })))
    })
}

/// The concept that another one became part of by its last edit.
fn went_into(edit: &Edit, id: i64) -> Option<i64> {
    let is_gone = edit.after.iter().all(|concept| concept.id != id);
    edit.after.first().filter(|_| is_gone).map(|concept| concept.id)
}

fn page(shell: Shell, known: Known, params: &Params) -> ConceptPage {
    let Known { concept, shown, uses, evidence, mut edits, taxonomy } = known;
    let w = shell.w;
    let more_edits = edits.len() > EDITS;
    edits.truncate(EDITS);
    ConceptPage {
        c: ConceptWords::of(shell.ui()),
        id: concept.id,
        mark: editing::mark(&concept),
        notice: w.concept_notice(&params.said),
        heads: heads(&concept),
        subject: concept.subject.as_deref().map(|subject| subject_said(&shell, &taxonomy, subject)),
        span: w.seen_span(&uses),
        reviewed: concept.changed.as_deref().map(|changed| w.changed_at(changed)),
        searches: searches(&concept),
        definitions: definitions(&concept),
        languages: designations(w, &concept, &shown, &uses),
        usage: usage(w, &concept, &shown, &uses),
        evidence: found(w, &concept, &evidence, &params.rendering, super::page_number(Some(&params.page))),
        edits: edits.iter().map(|edit| told(w, edit)).collect(),
        more_edits,
        note: concept.note,
        other: concept.other,
        shell,
    }
}

/// The best designation in each language.
fn heads(concept: &Concept) -> Vec<Said> {
    let heads = [Language::Zh, Language::En].into_iter().filter_map(|language| concept.term(language));
    heads.map(|term| Said::new(&term.text, term.language)).collect()
}

/// The name of a subject field, leading to the concepts of it.
fn subject_said(shell: &Shell, taxonomy: &Taxonomy, subject: &str) -> Said {
    let href = link::url("/terms", &[("subject", subject)]);
    match taxonomy.topic(subject) {
        Some(_) => Said::plain(view::topic(shell.w, taxonomy, subject)),
        None => Said::by_script(subject),
    }
    .to(href)
}

/// Searches for the best designations.
fn searches(concept: &Concept) -> Vec<Said> {
    heads(concept).into_iter().map(|head| head_search(&head)).collect()
}

fn head_search(head: &Said) -> Said {
    let phrase = format!("\"{}\"", head.text.replace('"', " "));
    Said { href: Some(link::search(&phrase)), ..head.clone() }
}

fn definitions(concept: &Concept) -> Vec<Defined> {
    let definitions = concept.definitions.iter().map(|definition| Defined {
        text: Said::new(&definition.text, definition.language),
        source: definition.source.clone(),
    });
    definitions.collect()
}

/// The page of a concept that tells what has just been done.
fn back_to(id: i64, said: &str, who: &Who) -> Response {
    leads_to(&link::url(&link::concept(id), &[("said", said)]), who)
}

/// Another page, with the name of the person kept.
fn leads_to(address: &str, who: &Who) -> Response {
    remembered(Redirect::to(address).into_response(), who)
}

/// A response that keeps the name of the person.
fn remembered(mut response: Response, who: &Who) -> Response {
    response.headers_mut().append(axum::http::header::SET_COOKIE, who.set_cookie());
    response
}
