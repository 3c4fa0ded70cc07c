//! The audit log as JSON.

use axum::Json;
use axum::extract::{Query, State};
use corpus::access::{AuditEntry, Deed, Outcome, Role};
use serde::{Deserialize, Serialize};

use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::Problem;

pub(super) fn routes() -> Api {
    Api::of("Server").get(
        "/audit",
        list,
        says("listAudit", "Lists who did what, the newest first").more("For the role admin."),
    )
}

/// Which lines are asked for.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Asked {
    /// How many are given.
    #[schemars(range(min = 1, max = 500), extend("default" = 50))]
    limit: Option<usize>,
    /// The `next` of the answer before.
    after: Option<i64>,
    /// Only those before the line of this number: the same as `after`.
    before: Option<i64>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "AuditLog")]
struct Audit {
    /// The newest first.
    entries: Vec<EntryView>,
    /// What to give as `after` for those that follow, where there may be more.
    next: Option<String>,
}

/// Something that was asked for and would change something.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "AuditEntry")]
struct EntryView {
    id: i64,
    at: String,
    /// The name of the token, or that which a reader without one gave.
    who: String,
    /// The number of the token.
    token: Option<i64>,
    role: Role,
    /// Where the request came from.
    address: Option<String>,
    /// A method of HTTP, or `command` for the command line.
    method: String,
    /// The path without its query and without secrets, or the words of the command.
    what: String,
    /// `done`, `refused` or `failed`.
    outcome: Outcome,
}

async fn list(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Json<Audit>, Problem> {
    let limit = asked.limit.unwrap_or(super::SIZE).clamp(1, super::MOST);
    let before = asked.after.or(asked.before);
    let entries = app.run(move |data| data.with_store(|store| Ok(store.audit(before, limit)?))).await?;
    let next = entries.last().filter(|_| entries.len() == limit).map(|last| last.id.to_string());
    Ok(Json(Audit { entries: entries.into_iter().map(view).collect(), next }))
}

fn view(entry: AuditEntry) -> EntryView {
    let Deed { at, who, token, role, address, method, what, outcome } = entry.deed;
    EntryView { id: entry.id, at, who, token, role, address, method, what, outcome }
}
