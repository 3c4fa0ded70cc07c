//! Pairs by hand as JSON: why two documents are paired or not, and what a person says of it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::data::Data;
use crate::derive::{self, Explained};
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::{Problem, Thing};
use corpus::bitext::PairRule;

pub(super) fn routes() -> Api {
    const ZH: &str = "The number of the Chinese document.";
    const EN: &str = "The number of the English document.";
    Api::of("Bitexts")
        .get(
            "/pairs/{zh}/{en}",
            explain,
            says("explainPair", "Tells why two documents are paired or are not").of("zh", ZH).of("en", EN),
        )
        .put(
            "/pairs/{zh}/{en}",
            say,
            says("sayPair", "Sets a pair by hand, or forbids it").of("zh", ZH).of("en", EN).may_conflict(),
        )
        .delete(
            "/pairs/{zh}/{en}",
            forget,
            says("forgetPair", "Takes back what was said of a pair").of("zh", ZH).of("en", EN),
        )
}

/// What is said of two documents.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// `set`: they are translations of each other; `forbid`: they are not, whatever their contents say.
    #[schemars(extend("enum" = ["set", "forbid"]))]
    rule: String,
}

/// What came of it.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "PairSaid")]
struct Said {
    /// How many term pairs were mined from what was paired anew.
    terms: usize,
    #[serde(flatten)]
    pair: Explained,
}

async fn numbers(app: &App, zh: &str, en: &str) -> Result<(i64, i64), Problem> {
    let (zh, en) = (Thing::Document.number(zh)?, Thing::Document.number(en)?);
    let there = move |data: &Data| {
        data.with_store(|store| Ok(store.shelf_document(zh)?.is_some() && store.shelf_document(en)?.is_some()))
    };
    if app.run(there).await? { Ok((zh, en)) } else { Err(Problem::Missing(Thing::Document)) }
}

/// Why a Chinese and an English document are paired, or are not.
async fn explain(State(app): State<App>, Path((zh, en)): Path<(String, String)>) -> Result<Json<Explained>, Problem> {
    let (zh, en) = numbers(&app, &zh, &en).await?;
    Ok(Json(app.run(move |data| derive::explain_pair(data, zh, en)).await?))
}

/// Sets or forbids a pair.
async fn say(
    State(app): State<App>,
    Path((zh, en)): Path<(String, String)>,
    Json(rule): Json<Rule>,
) -> Result<Json<Said>, Problem> {
    let (zh, en) = numbers(&app, &zh, &en).await?;
    let rule = match rule.rule.as_str() {
        "set" => PairRule::Set,
        "forbid" => PairRule::Forbid,
        _ => return Err(Problem::Input("there is no such rule; use set or forbid".to_owned())),
    };
    let said = app.run(move |data| {
        let _lock = data.lock_for_writing()?;
        let terms = derive::say_of_pair(data, zh, en, rule)?;
        Ok::<_, Error>(Said { terms, pair: derive::explain_pair(data, zh, en)? })
    });
    Ok(Json(said.await?))
}

/// Takes back what was said.
async fn forget(State(app): State<App>, Path((zh, en)): Path<(String, String)>) -> Result<StatusCode, Problem> {
    let (zh, en) = numbers(&app, &zh, &en).await?;
    app.run(move |data| {
        let _lock = data.lock_for_writing()?;
        derive::forget_pair(data, zh, en)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
