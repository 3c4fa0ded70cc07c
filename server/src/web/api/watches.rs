//! Watches as JSON: made, tried, changed, paused, removed.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::derive::{AddedWatch, Commonness, Tried, add_watch, edit_watch, try_watch, usual_since};
use crate::search::AlsoSearched;
use crate::web::App;
use crate::web::access::Caller;
use crate::web::openapi::{Api, says};
use crate::web::problem::{Problem, Thing};

use corpus::access::Role;
use corpus::document::Language;
use corpus::facts::DocumentKind;
use corpus::watch::{ChannelKind, Schedule, Subject, Watch, WatchSettings};

pub(super) fn routes() -> Api {
    const ID: &str = "The number of the watch.";
    Api::of("Watches")
        .get("/watches", list, says("listWatches", "Lists all watches"))
        .post(
            "/watches",
            add,
            says("addWatch", "Adds a watch, or gives the one that watches for the same")
                .more("The secrets of webhooks that are new are shown this once."),
        )
        .post("/watches/try", try_it, says("tryWatch", "Tells what a watch would have found"))
        .get("/watches/{id}", show, says("getWatch", "Gives a watch").of("id", ID))
        .put(
            "/watches/{id}",
            edit,
            says("setWatch", "Puts other settings in place of those of a watch")
                .more("Webhooks that stay keep their secrets.")
                .of("id", ID),
        )
        .delete("/watches/{id}", remove, says("removeWatch", "Removes a watch with its alerts").of("id", ID))
        .post("/watches/{id}/pause", pause, says("pauseWatch", "Pauses a watch: it makes no alerts").of("id", ID))
        .post("/watches/{id}/resume", resume, says("resumeWatch", "Lets a paused watch go on").of("id", ID))
}

/// What is said of a watch. What is tracked is `subject`, or in short `query`.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct WatchBody {
    /// What is tracked, as it is written in a line.
    #[schemars(length(max = 500), example = &"具身智能")]
    query: Option<String>,
    /// What is tracked.
    subject: Option<SubjectBody>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    note: String,
    /// Codes, `zh` or `en`; all when empty.
    #[serde(default)]
    languages: Vec<String>,
    /// Names of kinds; all when empty.
    #[serde(default)]
    kinds: Vec<String>,
    /// `at_once`, `daily` or `weekly`.
    #[serde(default)]
    schedule: Schedule,
    #[serde(default)]
    channels: Vec<ChannelBody>,
    /// Of a trial: the year since which documents are counted.
    since_year: Option<i32>,
}

/// `query`, `concept`, `issuer`, `standard`, `topic` or `rendering`, and which.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct SubjectBody {
    kind: String,
    value: Value,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
enum Value {
    Number(i64),
    Text(String),
}

/// Without a secret, a webhook that is new gets one.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "snake_case")]
enum ChannelBody {
    Webhook {
        url: String,
        #[serde(default)]
        secret: String,
    },
    Mail {
        address: String,
    },
}

/// Secrets stay out of logs.
impl std::fmt::Debug for ChannelBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChannelBody")
    }
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "WatchList")]
struct Watches {
    /// All there are.
    watches: Vec<WatchView>,
}

/// A watch. The secrets of its webhooks are not shown.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Watch")]
pub(super) struct WatchView {
    id: i64,
    name: String,
    note: String,
    /// The subject as it is written in a line.
    query: String,
    subject: SubjectView,
    languages: Vec<&'static str>,
    kinds: Vec<&'static str>,
    schedule: &'static str,
    channels: Vec<ChannelView>,
    paused: bool,
    created: String,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Subject")]
struct SubjectView {
    kind: &'static str,
    value: String,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Channel")]
pub(super) struct ChannelView {
    id: i64,
    kind: &'static str,
    target: String,
}

/// A watch that was made or changed, with what meets it besides, and the secrets of webhooks that are new.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "AddedWatch")]
struct AddedView {
    #[serde(flatten)]
    watch: WatchView,
    also: Vec<AlsoSearched>,
    designations: Vec<String>,
    /// Shown this once.
    secrets: Vec<SecretView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "WebhookSecret")]
struct SecretView {
    url: String,
    secret: String,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "TriedWatch")]
struct TriedView {
    #[serde(flatten)]
    tried: Tried,
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<String>,
}

impl WatchBody {
    /// It as settings.
    fn settings(self) -> Result<WatchSettings, Problem> {
        let subject = match (self.query, self.subject) {
            (Some(query), None) => Subject::read(&query),
            (None, Some(given)) => given.subject()?,
            _ => return Err(Problem::Input("give either query or subject: what is to be tracked".to_owned())),
        };
        let languages = self.languages.iter().map(|code| language(code)).collect::<Result<_, _>>()?;
        let kinds = self.kinds.iter().map(|name| kind(name)).collect::<Result<_, _>>()?;
        let channels = self.channels.into_iter().map(ChannelBody::kind).collect();
        let (name, note, schedule) = (self.name, self.note, self.schedule);
        Ok(WatchSettings { name, note, subject, languages, kinds, schedule, channels })
    }
}

impl SubjectBody {
    fn subject(self) -> Result<Subject, Problem> {
        let value = match self.value {
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text,
        };
        Subject::of(&self.kind, &value).ok_or_else(|| {
            let kinds = "query, concept (a number), issuer, standard, topic and rendering";
            Problem::Input(format!("there is no such subject; kinds are {kinds}"))
        })
    }
}

impl ChannelBody {
    fn kind(self) -> ChannelKind {
        match self {
            Self::Webhook { url, secret } => ChannelKind::Webhook { url, secret },
            Self::Mail { address } => ChannelKind::Mail { address },
        }
    }
}

fn language(code: &str) -> Result<Language, Problem> {
    let language = [Language::Zh, Language::En].into_iter().find(|language| language.code() == code);
    language.ok_or_else(|| Problem::Input("there is no such language; give zh or en".to_owned()))
}

fn kind(name: &str) -> Result<DocumentKind, Problem> {
    let kind = DocumentKind::ALL.into_iter().find(|kind| kind.name() == name);
    kind.ok_or_else(|| {
        let names = DocumentKind::ALL.map(DocumentKind::name).join(", ");
        Problem::Input(format!("there is no such kind of document; there are {names}"))
    })
}

fn watch_view(watch: Watch) -> WatchView {
    WatchView {
        id: watch.id,
        query: watch.subject.written(),
        subject: SubjectView { kind: watch.subject.kind(), value: watch.subject.value() },
        languages: watch.languages.iter().map(|language| language.code()).collect(),
        kinds: watch.kinds.iter().map(|kind| kind.name()).collect(),
        schedule: watch.schedule.name(),
        channels: watch.channels.iter().map(channel_view).collect(),
        paused: watch.paused,
        created: watch.created,
        name: watch.name,
        note: watch.note,
    }
}

/// The watch as a caller may see it: of a webhook only the host, unless they may change it.
fn seen_by(caller: &Caller, watch: Watch) -> WatchView {
    let channels = watch.channels.clone();
    let mut view = watch_view(watch);
    if !caller.may(Role::Edit) {
        for (shown, channel) in view.channels.iter_mut().zip(&channels) {
            shown.target = channel.kind.shown();
        }
    }
    view
}

pub(super) fn channel_view(channel: &corpus::watch::Channel) -> ChannelView {
    ChannelView { id: channel.id, kind: channel.kind.name(), target: channel.kind.target().to_owned() }
}

fn added_view(added: AddedWatch) -> AddedView {
    let secrets = added.secrets.into_iter().map(|(url, secret)| SecretView { url, secret });
    AddedView {
        watch: watch_view(added.watch),
        also: added.also,
        designations: added.designations,
        secrets: secrets.collect(),
        warning: added.common.as_ref().map(Commonness::to_string),
    }
}

async fn list(State(app): State<App>, caller: Caller) -> Result<Json<Watches>, Problem> {
    let watches = app.run(|data| data.with_store(|store| Ok(store.watches()?))).await?;
    let views = watches.into_iter().map(|watch| seen_by(&caller, watch));
    Ok(Json(Watches { watches: views.collect() }))
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<String>) -> Result<Json<WatchView>, Problem> {
    let id = Thing::Watch.number(&id)?;
    let watch = app.run(move |data| data.with_store(|store| Ok(store.watch(id)?))).await?;
    Ok(Json(seen_by(&caller, watch.ok_or(Problem::Missing(Thing::Watch))?)))
}

/// Adds a watch, or gives the one that watches for the same.
async fn add(State(app): State<App>, Json(body): Json<WatchBody>) -> Result<(StatusCode, Json<AddedView>), Problem> {
    let settings = body.settings()?;
    let added = app.run(move |data| add_watch(data, settings)).await?;
    Ok((StatusCode::CREATED, Json(added_view(added))))
}

/// Tells what a watch would have found.
async fn try_it(State(app): State<App>, Json(body): Json<WatchBody>) -> Result<Json<TriedView>, Problem> {
    let since = body.since_year.unwrap_or_else(usual_since);
    let settings = body.settings()?;
    let tried = app.run(move |data| try_watch(data, settings, since)).await?;
    let warning = tried.common.as_ref().map(Commonness::to_string);
    Ok(Json(TriedView { tried, warning }))
}

/// Puts other settings in place of those of a watch; webhooks that stay keep their secrets.
async fn edit(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(body): Json<WatchBody>,
) -> Result<Json<AddedView>, Problem> {
    let id = Thing::Watch.number(&id)?;
    let settings = body.settings()?;
    let edited = app.run(move |data| edit_watch(data, id, settings)).await?;
    Ok(Json(added_view(edited.ok_or(Problem::Missing(Thing::Watch))?)))
}

async fn pause(state: State<App>, id: Path<String>) -> Result<StatusCode, Problem> {
    set_paused(state, id, true).await
}

async fn resume(state: State<App>, id: Path<String>) -> Result<StatusCode, Problem> {
    set_paused(state, id, false).await
}

async fn set_paused(State(app): State<App>, Path(id): Path<String>, paused: bool) -> Result<StatusCode, Problem> {
    let id = Thing::Watch.number(&id)?;
    let now = crate::now();
    found(app.run(move |data| data.with_store(|store| Ok(store.pause_watch(id, paused, &now)?))).await?)
}

async fn remove(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    let id = Thing::Watch.number(&id)?;
    found(app.run(move |data| data.with_store(|store| Ok(store.remove_watch(id)?))).await?)
}

fn found(is_there: bool) -> Result<StatusCode, Problem> {
    if is_there { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::Missing(Thing::Watch)) }
}
