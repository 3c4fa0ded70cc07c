//! The form by which a watch is made, tried and changed.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use corpus::document::Language;
use corpus::facts::DocumentKind;
use corpus::watch::{Schedule, Subject, WatchSettings};

use super::form::{KINDS, LANGUAGES, WatchForm};
use super::subject::{agency_name, concept_name, lang_of};
use super::trial::{TrialView, trial};
use crate::Error;
use crate::data::Data;
use crate::derive::{
    AddedWatch, WatchFault, WatchField, add_watch, check_watch, edit_watch, taxonomy_for_names, usual_since,
};
use crate::terms::cached::{Termbase, termbase};
use crate::web::pages::concept::{TopicChoice, topic_choices};
use crate::web::pages::page;
use crate::web::problem::{Dressed, Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::words::{WatchWords, Words};
use crate::web::{App, link};

/// So many concepts are asked about where a term is not one of a single concept.
const MOST_CONCEPTS: usize = 8;
/// So many issuers are offered while one is typed.
const MOST_ISSUERS: usize = 200;

type Fields = Vec<(String, String)>;

/// A field with what was typed and what is wrong with it. Its element's id is its name and, in a list, its row.
struct Input {
    id: String,
    value: String,
    fault: Option<String>,
    /// Of a webhook: whether it is there already, with its secret.
    is_kept: bool,
}

/// A kind of subject to choose, with its own field.
struct SubjectField {
    kind: &'static str,
    label: &'static str,
    about: &'static str,
    hint: &'static str,
    chosen: bool,
    value: String,
    fault: Option<String>,
}

/// Something to tick or to choose.
struct Tick {
    value: String,
    label: String,
    about: &'static str,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "watch_edit.html")]
struct EditPage {
    shell: Shell,
    ws: &'static WatchWords,
    id: Option<i64>,
    /// What is wrong, each with the element that it is about.
    faults: Vec<(String, String)>,
    subjects: Vec<SubjectField>,
    issuers: Vec<String>,
    topics: Vec<TopicChoice>,
    /// The concepts that a term may mean.
    concepts: Vec<Tick>,
    /// The one that it is taken to mean, and the text that stands for it.
    concept: Option<(i64, Said)>,
    concept_text: String,
    languages: Vec<Tick>,
    kinds: Vec<Tick>,
    documents_fault: Option<String>,
    since: String,
    trial: Option<TrialView>,
    schedules: Vec<Tick>,
    mails: Vec<Input>,
    webhooks: Vec<Input>,
    channels_fault: Option<String>,
    name: Input,
    note: Input,
    paused: bool,
}

/// A watch that was saved with webhooks that are new.
#[derive(Template)]
#[template(path = "watch_saved.html")]
struct SavedPage {
    shell: Shell,
    ws: &'static WatchWords,
    id: i64,
    /// Each webhook with its secret.
    secrets: Vec<(String, String)>,
    warning: Option<String>,
}

/// What the store and the termbase say of a form.
#[derive(Default)]
struct Looked {
    /// The settings, where nothing is wrong with them.
    settings: Option<WatchSettings>,
    faults: Vec<(String, String)>,
    /// The concepts that the term may mean.
    concepts: Vec<(i64, String)>,
    /// What the chosen concept is called.
    concept: Option<(i64, String)>,
    issuers: Vec<String>,
    topics: Vec<TopicChoice>,
    /// The webhooks that the watch has.
    kept: Vec<String>,
    trial: Option<TrialView>,
}

/// What is to be done with a form besides showing it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// Nothing: it was just opened, or wants more rows.
    Show,
    Try,
    Save,
}

pub(super) async fn show_new(
    State(app): State<App>,
    shell: Shell,
    Query(fields): Query<Fields>,
) -> Result<Response, Problem> {
    let mut form = WatchForm { id: None, ..WatchForm::read(&fields) };
    form.settle_rows(1, 1);
    let (form, looked) = look(&app, &shell, form, Aim::Show).await?;
    page(&edit_page(shell, &form, looked))
}

pub(super) async fn show(State(app): State<App>, shell: Shell, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Thing::Watch.number(&id)?;
    let known = app.run(move |data| {
        let base = termbase(data)?;
        let Some(watch) = data.with_store(|store| Ok(store.watch(id)?))? else { return Ok(None) };
        let name = match watch.subject {
            Subject::Concept(concept) => concept_name(&base, concept),
            _ => String::new(),
        };
        Ok(Some(WatchForm::of(&watch, &name)))
    });
    let mut form = known.await?.ok_or(Problem::Missing(Thing::Watch))?;
    form.settle_rows(1, 1);
    let (form, looked) = look(&app, &shell, form, Aim::Show).await?;
    page(&edit_page(shell, &form, looked))
}

/// Shows what the watch would have found, or one more row for an address; nothing is saved.
pub(super) async fn try_it(
    State(app): State<App>,
    shell: Shell,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let mut form = WatchForm::read(&fields);
    let more = fields.iter().find(|(name, _)| name == "more").map(|(_, value)| value.as_str());
    let empty = |rows: &[String]| rows.iter().filter(|row| row.is_empty()).count().max(1);
    let (mails, webhooks) = (empty(&form.mails), empty(&form.webhooks));
    form.settle_rows(mails + usize::from(more == Some("mail")), webhooks + usize::from(more == Some("webhook")));
    let aim = if more.is_some() { Aim::Show } else { Aim::Try };
    let (form, looked) = look(&app, &shell, form, aim).await?;
    again(shell, &form, looked)
}

/// Makes a watch. The form on the list has a query only, and leads back there.
pub(super) async fn make(
    State(app): State<App>,
    shell: Shell,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let is_short = fields.iter().all(|(name, _)| name == "query");
    let form = WatchForm { id: None, ..WatchForm::read(&fields) };
    let saved = save(app, shell, form).await?;
    if is_short && saved.status() == StatusCode::SEE_OTHER {
        return Ok(Redirect::to("/watches").into_response());
    }
    Ok(saved)
}

pub(super) async fn keep(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let id = Thing::Watch.number(&id)?;
    save(app, shell, WatchForm { id: Some(id), ..WatchForm::read(&fields) }).await
}

async fn save(app: App, shell: Shell, form: WatchForm) -> Result<Response, Problem> {
    let (form, looked) = look(&app, &shell, form, Aim::Save).await?;
    let Some(settings) = looked.settings else {
        let mut form = form;
        // The rows keep their places, which the faults name.
        if form.mails.is_empty() || form.webhooks.is_empty() {
            form.mails.push(String::new());
            form.webhooks.push(String::new());
        }
        return again(shell, &form, looked);
    };
    let (id, paused) = (form.id, form.paused);
    let saved = app.run(move |data| {
        let saved = match id {
            Some(id) => edit_watch(data, id, settings)?,
            None => Some(add_watch(data, settings)?),
        };
        if let Some(AddedWatch { watch, .. }) = &saved {
            let (id, rests) = (watch.id, watch.paused);
            if paused != rests {
                data.with_store(|store| Ok(store.pause_watch(id, paused, &crate::now())?))?;
            }
        }
        Ok(saved)
    });
    let saved = saved.await?.ok_or(Problem::Missing(Thing::Watch))?;
    if saved.secrets.is_empty() {
        let said = if id.is_some() { "saved" } else { "made" };
        let address = link::url(&format!("/watches/{}", saved.watch.id), &[("said", said)]);
        return Ok(Redirect::to(&address).into_response());
    }
    let mut response = page(&SavedPage {
        ws: WatchWords::of(shell.ui()),
        id: saved.watch.id,
        secrets: saved.secrets,
        warning: saved.common.map(|common| shell.w.common(common)),
        shell,
    })?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The form shown again, with what was typed.
fn again(shell: Shell, form: &WatchForm, looked: Looked) -> Result<Response, Problem> {
    let status = if looked.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut response = (status, page(&edit_page(shell, form, looked))?).into_response();
    response.extensions_mut().insert(Dressed);
    Ok(response)
}

/// Looks at a form, and tries it where that is the aim.
async fn look(app: &App, shell: &Shell, mut form: WatchForm, aim: Aim) -> Result<(WatchForm, Looked), Problem> {
    let shell = shell.clone();
    app.run(move |data| {
        let mut looked = Looked::default();
        let base = termbase(data)?;
        let subject = subject(data, shell.w, &base, &mut form, &mut looked)?;
        if aim == Aim::Show {
            looked.faults.clear();
            looked.concepts.clear();
        } else {
            check(data, shell.w, &form, subject, &mut looked)?;
        }
        if let (Aim::Try, Some(settings)) = (aim, &looked.settings) {
            looked.trial = Some(trial(data, &shell, settings.clone(), form.since_year())?);
        }
        if aim != Aim::Save || looked.settings.is_none() {
            offer(data, &shell, &form, &mut looked)?;
        }
        Ok((form, looked))
    })
    .await
}

/// What is tracked; `None` where the term of a concept is not that of a single one, which is noted as a fault.
fn subject(
    data: &Data,
    w: &'static Words,
    base: &Termbase,
    form: &mut WatchForm,
    looked: &mut Looked,
) -> Result<Option<Subject>, Error> {
    if form.kind() != "concept" {
        return Ok(Subject::of(form.kind(), form.value()));
    }
    let typed = form.value().to_owned();
    let number = typed.strip_prefix('#').unwrap_or(&typed).parse::<i64>().ok();
    let concept = match (form.chosen(), number) {
        (Some(chosen), _) => Some(chosen.concept),
        (None, Some(number)) => Some(number),
        (None, None) => None,
    };
    if let Some(concept) = concept {
        let name = concept_name(base, concept);
        looked.concept = (!name.is_empty()).then_some((concept, name));
        return Ok(Some(Subject::Concept(concept)));
    }
    let mut found = data.with_store(|store| {
        let mut found = store.concepts_designated(&typed, Language::Zh)?;
        found.extend(store.concepts_designated(&typed, Language::En)?);
        Ok(found)
    })?;
    found.sort_unstable();
    found.dedup();
    let named = |concept: i64| (concept, concept_name(base, concept));
    let mut concepts: Vec<_> = found.into_iter().map(named).filter(|(_, name)| !name.is_empty()).collect();
    if let [(concept, name)] = &concepts[..] {
        form.choose(*concept, typed);
        looked.concept = Some((*concept, name.clone()));
        return Ok(Some(Subject::Concept(*concept)));
    }
    let is_known = !concepts.is_empty();
    if !is_known && !typed.is_empty() {
        concepts = base.lookup.find(&typed, MOST_CONCEPTS).iter().map(|found| named(found.concept)).collect();
    }
    concepts.truncate(MOST_CONCEPTS);
    looked.faults.push(("concept".to_owned(), w.concept_fault(&typed, is_known, !concepts.is_empty())));
    looked.concepts = concepts;
    Ok(None)
}

/// Checks all of a form, whatever is wrong with its subject.
fn check(
    data: &Data,
    w: &'static Words,
    form: &WatchForm,
    subject: Option<Subject>,
    looked: &mut Looked,
) -> Result<(), Error> {
    let is_settled = subject.is_some();
    // Where there is no subject, any one has the other parts checked.
    let settings = form.settings(subject.unwrap_or_else(|| Subject::Query("a".to_owned())));
    match check_watch(data, settings.clone())? {
        // What is saved is checked once more, which makes the secrets.
        Ok(_) if is_settled => looked.settings = Some(settings),
        Ok(_) => {}
        Err(faults) => {
            let told = |(field, fault): (WatchField, WatchFault)| (form.element(field), w.watch_fault(&fault));
            looked.faults.extend(faults.into_iter().map(told));
        }
    }
    Ok(())
}

/// What the form offers to choose from.
fn offer(data: &Data, shell: &Shell, form: &WatchForm, looked: &mut Looked) -> Result<(), Error> {
    let w = shell.w;
    let counted = data.index.search(&index::SearchRequest { limit: 1, ..index::SearchRequest::default() })?;
    let issuers = counted.facets.issuers.iter().take(MOST_ISSUERS);
    looked.issuers = issuers.map(|issuer| agency_name(w, &issuer.value)).collect();
    looked.topics = topic_choices(shell, &taxonomy_for_names(data.folder()));
    if let Some(id) = form.id {
        let watch = data.with_store(|store| Ok(store.watch(id)?))?;
        let channels = watch.into_iter().flat_map(|watch| watch.channels);
        let webhooks = channels.filter(|channel| channel.kind.name() == "webhook");
        looked.kept = webhooks.map(|channel| channel.kind.target().to_owned()).collect();
    }
    Ok(())
}

fn edit_page(shell: Shell, form: &WatchForm, looked: Looked) -> EditPage {
    let (w, ws) = (shell.w, WatchWords::of(shell.ui()));
    let faults = looked.faults;
    let fault = |id: &str| faults.iter().find(|(element, _)| element == id).map(|(_, told)| told.clone());
    let input = |id: String, value: &str| Input {
        fault: fault(&id),
        is_kept: looked.kept.iter().any(|kept| kept == value),
        value: value.to_owned(),
        id,
    };
    let rows = |name: &str, rows: &[String]| {
        let row = |(row, value): (usize, &String)| input(format!("{name}-{row}"), value);
        rows.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    let subject = |kind: &'static str| {
        let (label, about, hint) = subject_words(ws, kind);
        let value = form.value_of(kind).to_owned();
        SubjectField { kind, label, about, hint, chosen: form.kind() == kind, value, fault: fault(kind) }
    };
    EditPage {
        ws,
        id: form.id,
        subjects: KINDS.into_iter().map(subject).collect(),
        issuers: looked.issuers,
        topics: looked.topics,
        concepts: looked.concepts.into_iter().map(concept_tick).collect(),
        concept: looked
            .concept
            .map(|(id, name)| (id, Said { lang: lang_of(&name), ..Said::plain(name) }.to(link::concept(id)))),
        concept_text: form.value_of("concept").to_owned(),
        languages: LANGUAGES.map(|one| tick(one.code(), w.language(one), form.languages.contains(&one))).into(),
        kinds: DocumentKind::ALL.map(|one| tick(one.name(), w.kind(one), form.kinds.contains(&one))).into(),
        documents_fault: fault("documents"),
        since: if form.since.is_empty() { usual_since().to_string() } else { form.since.clone() },
        trial: looked.trial,
        schedules: Schedule::ALL
            .map(|one| Tick { about: w.schedule_about(one), ..tick(one.name(), w.schedule(one), form.schedule == one) })
            .into(),
        mails: rows("mail", &form.mails),
        webhooks: rows("webhook", &form.webhooks),
        channels_fault: fault("channels"),
        name: input("name".to_owned(), &form.name),
        note: input("note".to_owned(), &form.note),
        paused: form.paused,
        faults,
        shell,
    }
}

fn tick(value: &str, label: &str, chosen: bool) -> Tick {
    Tick { value: value.to_owned(), label: label.to_owned(), about: "", chosen }
}

fn concept_tick((id, name): (i64, String)) -> Tick {
    Tick { value: id.to_string(), about: lang_of(&name), label: name, chosen: false }
}

fn subject_words(ws: &'static WatchWords, kind: &str) -> (&'static str, &'static str, &'static str) {
    match kind {
        "concept" => (ws.concept, ws.concept_about, ws.concept_hint),
        "issuer" => (ws.issuer, ws.issuer_about, ws.issuer_hint),
        "standard" => (ws.standard, ws.standard_about, ws.standard_hint),
        "topic" => (ws.topic, ws.topic_about, ws.topic_hint),
        "rendering" => (ws.rendering, ws.rendering_about, ws.rendering_hint),
        _ => (ws.query, ws.query_about, ws.query_hint),
    }
}
