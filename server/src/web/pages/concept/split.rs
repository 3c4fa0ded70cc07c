//! Making a concept of its own of some designations.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::terms::editing::{self, Refused, Seen};
use crate::web::App;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::who::Who;
use crate::web::words::ConceptWords;

use corpus::edit::Deed;
use corpus::term::{Concept, Status};

use super::sent::{Sent, again};

#[derive(Template)]
#[template(path = "concept_split.html")]
struct SplitPage {
    shell: Shell,
    c: &'static ConceptWords,
    id: i64,
    heads: Vec<Said>,
    terms: Vec<Choice>,
    mark: String,
    who: String,
    fault: Option<&'static str>,
}

/// A designation that may leave.
struct Choice {
    id: i64,
    text: String,
    lang: &'static str,
    status: Status,
    count: u32,
    chosen: bool,
}

fn page(shell: Shell, concept: &Concept, chosen: &[i64], who: &Who) -> SplitPage {
    let terms = concept.terms.iter().map(|term| Choice {
        id: term.id,
        text: term.text.clone(),
        lang: term.language.code(),
        status: term.status,
        count: term.count,
        chosen: chosen.contains(&term.id),
    });
    SplitPage {
        c: ConceptWords::of(shell.ui()),
        id: concept.id,
        heads: super::heads(concept),
        terms: terms.collect(),
        mark: editing::mark(concept),
        who: who.0.clone(),
        fault: None,
        shell,
    }
}

async fn known(app: &App, id: i64) -> Result<Concept, Problem> {
    let known = app.run(move |data| data.with_store(|store| Ok(store.whole_concept(id)?)));
    known.await?.ok_or(Problem::Missing(Thing::Concept))
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let concept = known(&app, Thing::Concept.number(&id)?).await?;
    crate::web::pages::page(&page(shell, &concept, &[], &who))
}

pub(super) async fn split(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Path(id): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::new(form);
    let who = who.or_named(&sent.get("by"));
    let concept = known(&app, Thing::Concept.number(&id)?).await?;
    let terms = sent.numbers("term");
    if terms.is_empty() || concept.terms.iter().all(|term| terms.contains(&term.id)) {
        let fault = Some(shell.w.split_fault());
        let page = SplitPage { fault, ..page(shell, &concept, &terms, &who) };
        return again(StatusCode::UNPROCESSABLE_ENTITY, crate::web::pages::page(&page));
    }
    let id = concept.id;
    let seen = vec![Seen { concept: id, mark: sent.get("seen") }];
    let (deed, by) = (Deed::Split { concept: id, terms }, who.0.clone());
    match app.run(move |data| editing::edit(data, &deed, &seen, &by)).await? {
        Ok(edit) => {
            let made = edit.after.iter().find(|concept| concept.id != id).map_or(id, |concept| concept.id);
            Ok(super::back_to(made, "split", &who))
        }
        Err(Refused::Missing(_)) => Err(Problem::Missing(Thing::Concept)),
        Err(Refused::Changed(_)) => Ok(super::back_to(id, "changed", &who)),
    }
}
