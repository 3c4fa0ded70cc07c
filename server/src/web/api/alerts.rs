//! Alerts, and what is sent of them, as JSON.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::web::App;
use crate::web::problem::Problem;

use super::watches::{ChannelView, channel_view};
use super::{MOST, SIZE};
use corpus::watch::{Alert, Delivery, DeliveryCounts, DeliveryState};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/alerts", get(list))
        .route("/alerts/seen", post(mark_seen))
        .route("/deliveries", get(deliveries))
        .route("/deliveries/{id}/resend", post(resend))
}

/// Which alerts or deliveries are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    limit: Option<usize>,
    /// Only those of this watch.
    watch: Option<i64>,
    /// Only alerts that were made before this one.
    before: Option<i64>,
    /// Only deliveries in this state.
    state: Option<String>,
}

impl Params {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(SIZE).clamp(1, MOST)
    }
}

#[derive(Serialize)]
struct Alerts {
    alerts: Vec<AlertView>,
    /// Where the next stretch begins: `before`.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct AlertView {
    id: i64,
    watch: i64,
    watch_name: String,
    query: String,
    occasion: &'static str,
    /// Of a new version the one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<i64>,
    document: i64,
    title: String,
    language: &'static str,
    atoms: Vec<String>,
    renderings: Vec<String>,
    sentence: String,
    page: u32,
    ocr: bool,
    created: String,
    seen: bool,
}

#[derive(Serialize)]
struct Deliveries {
    counts: DeliveryCounts,
    deliveries: Vec<DeliveryView>,
}

#[derive(Serialize)]
struct DeliveryView {
    id: String,
    watch: i64,
    watch_name: String,
    channel: ChannelView,
    /// The first alerts, by number.
    alerts: Vec<i64>,
    total: usize,
    state: DeliveryState,
    attempts: usize,
    next_attempt: String,
    created: String,
    last_error: Option<String>,
}

pub(super) fn alert_view(alert: Alert) -> AlertView {
    AlertView {
        id: alert.id,
        watch: alert.watch,
        watch_name: alert.watch_name,
        query: alert.query,
        occasion: alert.occasion.name(),
        earlier: alert.occasion.earlier(),
        document: alert.document,
        title: alert.title,
        language: alert.language.code(),
        atoms: alert.atoms,
        renderings: alert.renderings,
        sentence: alert.sentence,
        page: alert.page,
        ocr: alert.ocr,
        created: alert.created,
        seen: alert.seen,
    }
}

fn delivery_view(delivery: Delivery) -> DeliveryView {
    DeliveryView {
        id: delivery.id,
        watch: delivery.watch,
        watch_name: delivery.watch_name,
        channel: channel_view(&delivery.channel),
        alerts: delivery.alerts.iter().map(|alert| alert.id).collect(),
        total: delivery.total,
        state: delivery.state,
        attempts: delivery.attempts,
        next_attempt: delivery.next_attempt,
        created: delivery.created,
        last_error: delivery.last_error,
    }
}

/// Alerts, the newest first.
async fn list(State(app): State<App>, Query(params): Query<Params>) -> Result<Json<Alerts>, Problem> {
    let limit = params.limit();
    let before = params.before.unwrap_or(i64::MAX);
    let mut alerts =
        app.run(move |data| data.with_store(|store| Ok(store.alerts_before(params.watch, before, limit + 1)?))).await?;
    let is_cut = alerts.len() > limit;
    alerts.truncate(limit);
    let next = alerts.last().filter(|_| is_cut).map(|alert| alert.id);
    Ok(Json(Alerts { alerts: alerts.into_iter().map(alert_view).collect(), next }))
}

/// Up to which alert all are seen, of a watch or of all.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenBody {
    watch: Option<i64>,
    up_to: i64,
}

#[derive(Serialize)]
struct Marked {
    marked: usize,
}

async fn mark_seen(State(app): State<App>, Json(body): Json<SeenBody>) -> Result<Json<Marked>, Problem> {
    let now = crate::now();
    let marked =
        app.run(move |data| data.with_store(|store| Ok(store.mark_alerts_seen(body.watch, body.up_to, &now)?))).await?;
    Ok(Json(Marked { marked }))
}

/// Deliveries, the newest first, with how many there are in each state.
async fn deliveries(State(app): State<App>, Query(params): Query<Params>) -> Result<Json<Deliveries>, Problem> {
    let limit = params.limit();
    let state = match params.state.as_deref() {
        None | Some("") => None,
        Some(name) => Some(DeliveryState::from_name(name).ok_or_else(|| {
            Problem::Input("there is no such state; there are pending, delivered and dead".to_owned())
        })?),
    };
    let (counts, deliveries) = app
        .run(move |data| {
            data.with_store(|store| {
                let deliveries = match params.watch {
                    Some(watch) => store.deliveries_of_watch(watch, limit)?,
                    None => store.deliveries(state, limit)?,
                };
                Ok((store.delivery_counts()?, deliveries))
            })
        })
        .await?;
    let is_asked_for = |delivery: &Delivery| state.is_none_or(|state| delivery.state == state);
    let deliveries = deliveries.into_iter().filter(is_asked_for).map(delivery_view).collect();
    Ok(Json(Deliveries { counts, deliveries }))
}

/// Has a delivery sent again that was given up, or waits.
async fn resend(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    let now = crate::now();
    if app.run(move |data| data.with_store(|store| Ok(store.resend(&id, &now)?))).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let reason = "no delivery of that id waits or was given up; GET /api/v1/deliveries lists them";
    Err(Problem::Refused(StatusCode::NOT_FOUND, reason))
}
