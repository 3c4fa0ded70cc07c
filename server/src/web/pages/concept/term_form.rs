//! The form of a designation.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::terms::editing::{self, Refused, Seen, differences};
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::who::Who;
use crate::web::words::ConceptWords;
use crate::web::{App, link};

use corpus::document::Language;
use corpus::edit::Deed;
use corpus::term::{Concept, PartOfSpeech, Status, Term};

use super::history::{Line, line};
use super::sent::{Sent, again, faults_told};

/// A designation as a form holds it.
#[derive(Clone, Debug)]
struct Fields {
    text: String,
    language: Language,
    status: Status,
    part_of_speech: Option<PartOfSpeech>,
    note: String,
    region: String,
    source: String,
    /// One a line.
    variants: String,
}

impl Fields {
    fn of(term: &Term) -> Self {
        Self {
            text: term.text.clone(),
            language: term.language,
            status: term.status,
            part_of_speech: term.part_of_speech,
            note: term.note.clone().unwrap_or_default(),
            region: term.region.clone().unwrap_or_default(),
            source: term.source.clone().unwrap_or_default(),
            variants: term.variants.join("\n"),
        }
    }

    fn read(sent: &Sent) -> Self {
        Self {
            text: sent.get("text"),
            language: Language::from_code(&sent.get("language")),
            status: Status::from_name(&sent.get("status")).unwrap_or(Status::Candidate),
            part_of_speech: PartOfSpeech::from_name(&sent.get("part_of_speech")),
            note: sent.get("note"),
            region: sent.get("region"),
            source: sent.get("source"),
            variants: sent.get("variants"),
        }
    }

    /// Whether it has this part of speech.
    fn is_part(&self, part: &PartOfSpeech) -> bool {
        self.part_of_speech.as_ref() == Some(part)
    }

    /// A designation with these fields, and the rest as another has it.
    fn put_into(&self, term: &Term) -> Term {
        let some = |said: &String| Some(said.clone()).filter(|said| !said.is_empty());
        let variants = self.variants.lines().map(str::trim).filter(|variant| !variant.is_empty());
        Term {
            text: self.text.clone(),
            language: self.language,
            status: self.status,
            part_of_speech: self.part_of_speech,
            note: some(&self.note),
            region: some(&self.region),
            source: some(&self.source),
            variants: variants.map(str::to_owned).collect(),
            ..term.clone()
        }
    }
}

#[derive(Template)]
#[template(path = "concept_term.html")]
struct TermPage {
    shell: Shell,
    c: &'static ConceptWords,
    id: i64,
    heads: Vec<Said>,
    /// Where the form is sent.
    action: String,
    is_new: bool,
    fields: Fields,
    statuses: Vec<Status>,
    parts_of_speech: [PartOfSpeech; 5],
    mark: String,
    who: String,
    faults: Vec<String>,
    /// What another said meanwhile, and what the form says.
    conflict: Vec<Line>,
}

async fn known(app: &App, id: i64) -> Result<Concept, Problem> {
    let known = app.run(move |data| data.with_store(|store| Ok(store.whole_concept(id)?)));
    known.await?.ok_or(Problem::Missing(Thing::Concept))
}

fn page(shell: Shell, concept: &Concept, term: &Term, fields: Fields, who: &Who) -> TermPage {
    let is_new = term.id == 0;
    let own = if is_new { String::new() } else { format!("/{}", term.id) };
    let statuses = if is_new { super::new::STATUSES.to_vec() } else { Status::ALL.to_vec() };
    TermPage {
        c: ConceptWords::of(shell.ui()),
        id: concept.id,
        heads: super::heads(concept),
        action: format!("{}/term{own}", link::concept(concept.id)),
        is_new,
        statuses,
        parts_of_speech: PartOfSpeech::ALL,
        mark: editing::mark(concept),
        who: who.0.clone(),
        faults: Vec::new(),
        conflict: Vec::new(),
        fields,
        shell,
    }
}

/// The designation of that number, or a new one.
fn term_of(concept: &Concept, id: &str) -> Result<Term, Problem> {
    let id = Thing::Concept.number(id)?;
    concept.terms.iter().find(|term| term.id == id).cloned().ok_or(Problem::Missing(Thing::Concept))
}

fn new_term() -> Term {
    Term::new("", Language::En, Status::Admitted)
}

pub(super) async fn show_new(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let concept = known(&app, Thing::Concept.number(&id)?).await?;
    let term = new_term();
    crate::web::pages::page(&page(shell, &concept, &term, Fields::of(&term), &who))
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Path((id, term)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let concept = known(&app, Thing::Concept.number(&id)?).await?;
    let term = term_of(&concept, &term)?;
    crate::web::pages::page(&page(shell, &concept, &term, Fields::of(&term), &who))
}

pub(super) async fn add(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Path(id): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let concept = known(&app, Thing::Concept.number(&id)?).await?;
    let term = new_term();
    put(app, shell, who, concept, term, Sent::new(form)).await
}

pub(super) async fn keep(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Path((id, term)): Path<(String, String)>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let concept = known(&app, Thing::Concept.number(&id)?).await?;
    let term = term_of(&concept, &term)?;
    put(app, shell, who, concept, term, Sent::new(form)).await
}

/// Keeps what was typed; shows it again beside what is there where another came first.
async fn put(app: App, shell: Shell, who: Who, concept: Concept, term: Term, sent: Sent) -> Result<Response, Problem> {
    let who = who.or_named(&sent.get("by"));
    let fields = Fields::read(&sent);
    let wanted = fields.put_into(&term);
    let whole = with_term(&concept, &wanted);
    let faults = editing::check(&whole);
    if !faults.is_empty() {
        let faults = faults_told(shell.w, &faults);
        let page = TermPage { faults, mark: sent.get("seen"), ..page(shell, &concept, &term, fields, &who) };
        return again(StatusCode::UNPROCESSABLE_ENTITY, crate::web::pages::page(&page));
    }
    if differences(&concept, &whole).is_empty() {
        return Ok(super::back_to(concept.id, "same", &who));
    }
    let seen = vec![Seen { concept: concept.id, mark: sent.get("seen") }];
    let deed = Deed::Set { concept: Concept { terms: vec![wanted.clone()], ..concept.clone() } };
    let by = who.0.clone();
    match app.run(move |data| editing::edit(data, &deed, &seen, &by)).await? {
        Ok(_) => Ok(super::back_to(concept.id, "kept", &who)),
        Err(Refused::Missing(_)) => Err(Problem::Missing(Thing::Concept)),
        Err(Refused::Changed(_)) => {
            let now = known(&app, concept.id).await?;
            let changes = differences(&now, &with_term(&now, &wanted));
            let conflict = changes.iter().map(|change| line(shell.w, change)).collect();
            let page = TermPage { conflict, ..page(shell, &now, &term, fields, &who) };
            again(StatusCode::CONFLICT, crate::web::pages::page(&page))
        }
    }
}

/// A concept with one designation put in place, or added.
fn with_term(concept: &Concept, wanted: &Term) -> Concept {
    let mut whole = concept.clone();
    match whole.terms.iter_mut().find(|term| term.id == wanted.id && wanted.id != 0) {
        Some(term) => *term = wanted.clone(),
        None => whole.terms.push(wanted.clone()),
    }
    whole
}
