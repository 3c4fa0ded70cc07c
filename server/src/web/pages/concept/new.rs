//! A concept that a person makes.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use crate::derive::taxonomy_for_names;
use crate::terms::editing;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::who::Who;
use crate::web::words::ConceptWords;
use crate::web::{App, link};

use corpus::document::Language;
use corpus::edit::Deed;
use corpus::term::{Concept, Status, Term};

use super::form::{Fields, TopicChoice, topic_choices};
use super::sent::{Sent, again, faults_told};

#[derive(Template)]
#[template(path = "concept_new.html")]
struct NewPage {
    shell: Shell,
    c: &'static ConceptWords,
    zh_term: String,
    en_term: String,
    status: Status,
    statuses: Vec<Status>,
    fields: Fields,
    topics: Vec<TopicChoice>,
    who: String,
    faults: Vec<String>,
    /// Concepts that have one of the designations already.
    alike: Vec<Said>,
}

/// What a person may say of a designation at once.
pub(super) const STATUSES: [Status; 5] =
    [Status::Preferred, Status::Admitted, Status::Superseded, Status::Deprecated, Status::Candidate];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    /// The designation that was looked up.
    q: String,
}

fn page(shell: Shell, topics: Vec<TopicChoice>, who: &Who) -> NewPage {
    NewPage {
        c: ConceptWords::of(shell.ui()),
        zh_term: String::new(),
        en_term: String::new(),
        status: Status::Preferred,
        statuses: STATUSES.to_vec(),
        fields: Fields::default(),
        topics,
        who: who.0.clone(),
        faults: Vec::new(),
        alike: Vec::new(),
        shell,
    }
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let taxonomy = app.run(|data| Ok(taxonomy_for_names(data.folder()))).await?;
    let topics = topic_choices(&shell, &taxonomy);
    let query = params.q.trim().to_owned();
    let is_chinese = crate::web::view::script(&query) == "zh";
    let (zh_term, en_term) = if is_chinese { (query, String::new()) } else { (String::new(), query) };
    crate::web::pages::page(&NewPage { zh_term, en_term, ..page(shell, topics, &who) })
}

/// Makes the concept; where one has such a designation already, only if the person says so.
pub(super) async fn make(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::new(form);
    let who = who.or_named(&sent.get("by"));
    let fields = Fields::read(&sent);
    let status = Status::from_name(&sent.get("status")).unwrap_or(Status::Preferred);
    let (zh_term, en_term) = (sent.get("zh_term"), sent.get("en_term"));
    let terms = [(&zh_term, Language::Zh), (&en_term, Language::En)].into_iter();
    let terms: Vec<Term> =
        terms.filter(|(text, _)| !text.is_empty()).map(|(text, language)| Term::new(text, language, status)).collect();
    let concept = Concept { terms, ..fields.put_into(&Concept::default()) };
    let mut faults = faults_told(shell.w, &editing::check(&concept));
    if concept.terms.is_empty() {
        faults.push(shell.w.no_designation().to_owned());
    }
    let anyway = sent.get("anyway") == "1";
    let asked = concept.clone();
    let looked = app.run(move |data| {
        let alike = if anyway { Vec::new() } else { alike(data, &asked)? };
        Ok((alike, taxonomy_for_names(data.folder())))
    });
    let (alike, taxonomy) = looked.await?;
    if !faults.is_empty() || !alike.is_empty() {
        let status_code = if faults.is_empty() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        let topics = topic_choices(&shell, &taxonomy);
        let page = NewPage { zh_term, en_term, status, fields, faults, alike, ..page(shell, topics, &who) };
        return again(status_code, crate::web::pages::page(&page));
    }
    let (deed, by) = (Deed::Create { concept }, who.0.clone());
    match app.run(move |data| editing::edit(data, &deed, &[], &by)).await? {
        Ok(edit) => Ok(super::back_to(edit.after.first().map_or(0, |made| made.id), "made", &who)),
        Err(_) => Err(Problem::Broken),
    }
}

/// Concepts with a designation of another one.
fn alike(data: &crate::data::Data, concept: &Concept) -> Result<Vec<Said>, crate::Error> {
    data.with_store(|store| {
        let mut alike = Vec::new();
        for term in &concept.terms {
            for id in store.concepts_designated(&term.text, term.language)? {
                let Some(other) = store.concept(id)? else { continue };
                let heads: Vec<String> = super::heads(&other).into_iter().map(|head| head.text).collect();
                let said = Said::by_script(heads.join(" · ")).to(link::concept(id));
                if !heads.is_empty() && !alike.iter().any(|known: &Said| known.href == said.href) {
                    alike.push(said);
                }
            }
        }
        Ok(alike)
    })
}
