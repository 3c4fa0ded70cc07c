//! Watches and alerts as JSON.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::derive::add_watch;
use crate::search::AlsoSearched;
use crate::web::App;
use crate::web::pages::check_length;
use crate::web::problem::{Problem, Thing};

use super::Stretch;
use corpus::watch::{Alert, Watch};

#[derive(Serialize)]
pub(super) struct Watches {
    watches: Vec<WatchView>,
}

/// A watch that was added, with the renderings that meet it as well.
#[derive(Serialize)]
pub(super) struct AddedView {
    #[serde(flatten)]
    watch: WatchView,
    also: Vec<AlsoSearched>,
}

#[derive(Serialize)]
struct WatchView {
    id: i64,
    query: String,
    created: String,
}

#[derive(Serialize)]
pub(super) struct Alerts {
    alerts: Vec<AlertView>,
}

#[derive(Serialize)]
struct AlertView {
    id: i64,
    watch: i64,
    query: String,
    document: i64,
    title: String,
    atoms: Vec<String>,
    sentence: String,
    page: u32,
    ocr: bool,
    created: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct NewWatch {
    query: String,
}

fn watch_view(watch: Watch) -> WatchView {
    WatchView { id: watch.id, query: watch.query, created: watch.created }
}

fn alert_view(alert: Alert) -> AlertView {
    AlertView {
        id: alert.id,
        watch: alert.watch,
        query: alert.query,
        document: alert.document,
        title: alert.title,
        atoms: alert.atoms,
        sentence: alert.sentence,
        page: alert.page,
        ocr: alert.ocr,
        created: alert.created,
    }
}

pub(super) async fn list(State(app): State<App>) -> Result<Json<Watches>, Problem> {
    let watches = app.run(|data| data.with_store(|store| Ok(store.watches()?))).await?;
    Ok(Json(Watches { watches: watches.into_iter().map(watch_view).collect() }))
}

/// Adds a watch, or gives the one that watches for the same.
pub(super) async fn add(
    State(app): State<App>,
    Json(new): Json<NewWatch>,
) -> Result<(StatusCode, Json<AddedView>), Problem> {
    check_length(&new.query)?;
    let added = app.run(move |data| add_watch(data, &new.query)).await?;
    Ok((StatusCode::CREATED, Json(AddedView { watch: watch_view(added.watch), also: added.also })))
}

pub(super) async fn remove(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    let id = Thing::Watch.number(&id)?;
    if app.run(move |data| data.with_store(|store| Ok(store.remove_watch(id)?))).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::Missing(Thing::Watch))
}

/// Alerts, the newest first.
pub(super) async fn alerts(State(app): State<App>, Query(stretch): Query<Stretch>) -> Result<Json<Alerts>, Problem> {
    let limit = stretch.limit();
    let alerts = app.run(move |data| data.with_store(|store| Ok(store.alerts(limit)?))).await?;
    Ok(Json(Alerts { alerts: alerts.into_iter().map(alert_view).collect() }))
}
