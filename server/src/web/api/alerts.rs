//! Alerts, and what is sent of them, as JSON.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::derive::date_of_dates;
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::Problem;

use super::Size;
use super::watches::{ChannelView, channel_view};
use corpus::facts::{Agency, DocumentKind};
use corpus::store::Store;
use corpus::watch::{
    Alert, AlertCounts, AlertDocument, AlertFilter, Delivery, DeliveryCounts, DeliveryFilter, DeliveryState,
};

/// How many alerts of a delivery are told.
const TOLD: usize = 50;

pub(super) fn routes() -> Api {
    Api::of("Watches")
        .get("/alerts", list, says("listAlerts", "Lists the alerts, the newest first"))
        .post("/alerts/seen", mark_seen, says("markSeen", "Marks alerts as seen, up to one of them"))
        .get("/deliveries", deliveries, says("listDeliveries", "Lists the deliveries, the newest first"))
        .post(
            "/deliveries/{id}/resend",
            resend,
            says("resend", "Has a delivery sent again that was given up, or waits")
                .of_text("id", "The id of the delivery."),
        )
}

/// Which alerts are asked for.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct AlertParams {
    /// Only those of this watch.
    watch: Option<i64>,
    /// The `next` of the answer before.
    after: Option<i64>,
    /// Only those made before this one: the same as `after`.
    before: Option<i64>,
    /// `no` for those that nobody has seen.
    #[schemars(extend("enum" = ["", "no", "all"]))]
    seen: Option<String>,
}

/// Which deliveries are asked for.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct DeliveryParams {
    /// Only those of this watch.
    watch: Option<i64>,
    /// Only those in this state.
    #[schemars(extend("enum" = ["", "pending", "delivered", "dead"]))]
    state: Option<String>,
    /// The `next` of the answer before.
    after: Option<String>,
    /// Only those made before this one, by its id: the same as `after`.
    before: Option<String>,
}

impl AlertParams {
    fn filter(&self) -> Result<AlertFilter, Problem> {
        let unseen = match self.seen.as_deref() {
            None | Some("" | "all") => false,
            Some("no") => true,
            Some(_) => return Err(Problem::Input("seen is no or all".to_owned())),
        };
        Ok(AlertFilter { watch: self.watch, unseen })
    }
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "AlertList")]
struct Alerts {
    /// Of the watch, or of all.
    counts: AlertCounts,
    alerts: Vec<AlertView>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Alert")]
pub(super) struct AlertView {
    pub(super) id: i64,
    pub(super) watch: i64,
    watch_name: String,
    query: String,
    occasion: &'static str,
    /// Of a new version the one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<i64>,
    document: i64,
    title: String,
    language: &'static str,
    kind: Option<&'static str>,
    issuers: Vec<Agency>,
    number: Option<String>,
    /// Of a document that is a standard its number.
    standard: Option<String>,
    date: Option<String>,
    atoms: Vec<String>,
    renderings: Vec<String>,
    sentence: String,
    /// The sentence's index in the document, from 0.
    sentence_index: usize,
    page: u32,
    ocr: bool,
    created: String,
    seen: bool,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "DeliveryList")]
struct Deliveries {
    counts: DeliveryCounts,
    deliveries: Vec<DeliveryView>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Delivery")]
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

/// Alerts with what their documents say of themselves.
pub(super) fn views(store: &Store, alerts: Vec<Alert>) -> Result<Vec<AlertView>, Error> {
    let documents = store.alert_documents(&alerts)?;
    Ok(alerts.into_iter().map(|alert| alert_view(documents.get(&alert.document), alert)).collect())
}

fn alert_view(document: Option<&AlertDocument>, alert: Alert) -> AlertView {
    AlertView {
        kind: document.and_then(|document| document.kind).map(DocumentKind::name),
        issuers: document.map_or_else(Vec::new, |document| document.issuers.clone()),
        number: document.and_then(|document| document.number.clone()),
        standard: document.and_then(|document| document.standard.clone()),
        date: document.and_then(|document| date_of_dates(&document.dates)),
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
        sentence_index: alert.place,
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

/// Alerts, the newest first, with how many there are.
async fn list(
    State(app): State<App>,
    Query(params): Query<AlertParams>,
    Query(size): Query<Size>,
) -> Result<Json<Alerts>, Problem> {
    let (limit, filter) = (size.limit(), params.filter()?);
    let before = params.after.or(params.before).unwrap_or(i64::MAX);
    let found = app.run(move |data| {
        data.with_store(|store| {
            let alerts = store.alerts_before(filter, before, limit + 1)?;
            Ok((store.count_alerts(filter.watch)?, views(store, alerts)?))
        })
    });
    let (counts, mut alerts) = found.await?;
    let is_cut = alerts.len() > limit;
    alerts.truncate(limit);
    let next = alerts.last().filter(|_| is_cut).map(|alert| alert.id.to_string());
    Ok(Json(Alerts { counts, alerts, next }))
}

/// Up to which alert all are seen, of a watch or of all.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct SeenBody {
    /// Only those of this watch.
    watch: Option<i64>,
    /// The number of the last one.
    up_to: i64,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "MarkedSeen")]
struct Marked {
    marked: usize,
}

async fn mark_seen(State(app): State<App>, Json(body): Json<SeenBody>) -> Result<Json<Marked>, Problem> {
    let now = crate::now();
    let marked =
        app.run(move |data| data.with_store(|store| Ok(store.mark_alerts_seen(body.watch, body.up_to, &now)?))).await?;
    app.unseen.forget();
    Ok(Json(Marked { marked }))
}

/// Deliveries, the newest first, with how many there are in each state, of the watch or of all.
async fn deliveries(
    State(app): State<App>,
    Query(params): Query<DeliveryParams>,
    Query(size): Query<Size>,
) -> Result<Json<Deliveries>, Problem> {
    let limit = size.limit();
    let state = match params.state.as_deref() {
        None | Some("") => None,
        Some(name) => Some(DeliveryState::from_name(name).ok_or_else(|| {
            Problem::Input("there is no such state; there are pending, delivered and dead".to_owned())
        })?),
    };
    let filter = DeliveryFilter { watch: params.watch, state };
    let before = params.after.or(params.before).filter(|before| !before.is_empty());
    let found = app.run(move |data| {
        data.with_store(|store| {
            let counts = match filter.watch {
                Some(watch) => store.delivery_counts_of_watch(watch)?,
                None => store.delivery_counts()?,
            };
            Ok((counts, store.deliveries_before(filter, before.as_deref(), limit + 1, TOLD)?))
        })
    });
    let (counts, mut deliveries) = found.await?;
    let is_cut = deliveries.len() > limit;
    deliveries.truncate(limit);
    let next = deliveries.last().filter(|_| is_cut).map(|delivery| delivery.id.clone());
    Ok(Json(Deliveries { counts, deliveries: deliveries.into_iter().map(delivery_view).collect(), next }))
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
