//! Putting another concept into one, with a look at what will be.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::Error;
use crate::data::Data;
use crate::terms::editing::{self, Refused, Seen};
use crate::terms::lookup::lookup;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::who::Who;
use crate::web::words::ConceptWords;
use crate::web::{App, link};

use corpus::document::Language;
use corpus::edit::{Deed, Numbers, apply};
use corpus::term::{Concept, Status, Term, fold};

use super::sent::Sent;

/// How many concepts are offered.
const OFFERED: usize = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    /// What the other concept is looked up by: a designation, or its number.
    q: String,
    /// The other concept, once it is chosen.
    with: String,
}

#[derive(Template)]
#[template(path = "concept_merge.html")]
struct MergePage {
    shell: Shell,
    c: &'static ConceptWords,
    id: i64,
    heads: Vec<Said>,
    query: String,
    offered: Vec<Offered>,
    preview: Option<Preview>,
    who: String,
}

/// A concept that could be put into this one.
struct Offered {
    href: String,
    heads: Vec<Said>,
    id: i64,
}

/// What will be.
struct Preview {
    other: i64,
    mark: String,
    other_mark: String,
    heads: Vec<Said>,
    subject: Option<String>,
    note: Option<String>,
    definitions: Vec<Said>,
    terms: Vec<Kept>,
    /// Whether there are candidates besides that are not worth a look.
    weak: bool,
    /// What the other concept says, and this one says otherwise: it stays in the history only.
    dropped: Vec<Said>,
}

/// A designation of the concept that will be.
struct Kept {
    text: String,
    lang: &'static str,
    status: Status,
    count: u32,
    /// Which of the two has it: this one, the other, both.
    ours: bool,
    theirs: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let id = Thing::Concept.number(&id)?;
    crate::web::pages::check_length(&params.q)?;
    let (query, with) = (params.q.trim().to_owned(), params.with.parse::<i64>().ok());
    let sought = query.clone();
    let found = app.run(move |data| looked(data, id, &sought, with)).await?;
    let (concept, offered, other) = found.ok_or(Problem::Missing(Thing::Concept))?;
    if with.is_some() && other.is_none() {
        return Err(Problem::Missing(Thing::Concept));
    }
    crate::web::pages::page(&MergePage {
        c: ConceptWords::of(shell.ui()),
        id,
        heads: super::heads(&concept),
        offered: offered.iter().map(|other| offer(id, other)).collect(),
        preview: other.map(|other| preview(&concept, &other)),
        query,
        who: who.0,
        shell,
    })
}

type Looked = (Concept, Vec<Concept>, Option<Concept>);

/// The concept, those that the query finds beside it, and the one that is chosen.
fn looked(data: &Data, id: i64, query: &str, with: Option<i64>) -> Result<Option<Looked>, Error> {
    let by_number: Option<i64> = query.trim_start_matches('#').parse().ok();
    let found = lookup(data, query, OFFERED)?;
    data.with_store(|store| {
        let Some(concept) = store.whole_concept(id)? else { return Ok(None) };
        let mut offered = Vec::new();
        for other in by_number.into_iter().chain(found.iter().map(|found| found.concept)).filter(|other| *other != id) {
            offered.extend(store.concept(other)?.filter(|other| !other.terms.is_empty()));
        }
        let other = with.filter(|with| *with != id).map(|with| store.whole_concept(with)).transpose()?.flatten();
        Ok(Some((concept, offered, other)))
    })
}

fn offer(id: i64, other: &Concept) -> Offered {
    let href = link::url(&format!("{}/merge", link::concept(id)), &[("with", &other.id.to_string())]);
    Offered { href, heads: super::heads(other), id: other.id }
}

fn preview(concept: &Concept, other: &Concept) -> Preview {
    let deed = Deed::Merge { into: concept.id, from: vec![other.id] };
    let both = [concept.clone(), other.clone()];
    // What cannot be merged is told when it is tried; the designations of both are shown all the same.
    let merged = apply(&deed, &both, &mut Numbers::default(), "").unwrap_or_default();
    let whole = merged.into_iter().next().unwrap_or_else(|| concept.clone());
    let has = |concept: &Concept, text: &str, language: Language| {
        concept.terms.iter().any(|term| term.language == language && fold(&term.text) == fold(text))
    };
    let (shown, weak): (Vec<&Term>, Vec<&Term>) =
        whole.terms.iter().partition(|term| term.status != Status::Candidate || term.count > 0);
    let terms = shown.into_iter().map(|term| Kept {
        text: term.text.clone(),
        lang: term.language.code(),
        status: term.status,
        count: term.count,
        ours: has(concept, &term.text, term.language),
        theirs: has(other, &term.text, term.language),
    });
    let definitions = |concept: &Concept| -> Vec<Said> {
        let said = |definition: &corpus::term::Definition| Said::new(&definition.text, definition.language);
        concept.definitions.iter().map(said).collect()
    };
    let kept = definitions(&whole);
    let lost = definitions(other).into_iter().filter(|lost| !kept.iter().any(|kept| kept.text == lost.text));
    let fields = [(&other.subject, &whole.subject), (&other.note, &whole.note)];
    let fields = fields.into_iter().filter(|(said, kept)| said != kept).filter_map(|(said, _)| said.as_ref());
    Preview {
        other: other.id,
        mark: editing::mark(concept),
        other_mark: editing::mark(other),
        heads: super::heads(other),
        terms: terms.collect(),
        weak: !weak.is_empty(),
        dropped: lost.chain(fields.map(Said::by_script)).collect(),
        definitions: kept,
        subject: whole.subject,
        note: whole.note,
    }
}

/// Puts the other concept into this one.
pub(super) async fn merge(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = Thing::Concept.number(&id)?;
    let sent = Sent::new(form);
    let who = who.or_named(&sent.get("by"));
    let other = Thing::Concept.number(&sent.get("with"))?;
    let seen =
        vec![Seen { concept: id, mark: sent.get("seen") }, Seen { concept: other, mark: sent.get("seen_other") }];
    let (deed, by) = (Deed::Merge { into: id, from: vec![other] }, who.0.clone());
    match app.run(move |data| editing::edit(data, &deed, &seen, &by)).await? {
        Ok(_) => Ok(super::back_to(id, "merged", &who)),
        Err(Refused::Missing(_)) => Err(Problem::Missing(Thing::Concept)),
        Err(Refused::Changed(_)) => Ok(super::back_to(id, "changed", &who)),
    }
}
