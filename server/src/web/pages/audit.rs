//! The audit log.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use corpus::access::{AuditEntry, Outcome};
use serde::Deserialize;

use crate::web::App;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::words::AccessWords;

/// How many lines a page has.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    shell: Shell,
    words: &'static AccessWords,
    lines: Vec<Line>,
    is_first: bool,
    older: Option<String>,
}

struct Line {
    at: String,
    who: String,
    role: &'static str,
    address: Option<String>,
    method: String,
    what: String,
    outcome: &'static str,
    is_done: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: Option<String>,
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/audit", get(show))
}

async fn show(State(app): State<App>, Query(asked): Query<Asked>, shell: Shell) -> Result<Response, Problem> {
    let words = AccessWords::of(shell.ui());
    let before = asked.before.and_then(|before| before.parse().ok());
    let found = app.run(move |data| data.with_store(|store| Ok(store.audit(before, SHOWN + 1)?)));
    let mut entries = found.await?;
    let has_more = entries.len() > SHOWN;
    entries.truncate(SHOWN);
    let older = entries.last().filter(|_| has_more).map(|last| format!("/audit?before={}", last.id));
    let lines = entries.into_iter().map(|entry| line(words, entry)).collect();
    super::page(&AuditPage { shell, words, lines, is_first: before.is_none(), older })
}

fn line(words: &'static AccessWords, AuditEntry { deed, .. }: AuditEntry) -> Line {
    let is_command = deed.method == "command";
    Line {
        at: deed.at.replace('T', " ").trim_end_matches('Z').to_owned(),
        who: if is_command { words.command_line.to_owned() } else { deed.who },
        role: words.role(deed.role).0,
        address: deed.address,
        method: if is_command { "policyglot".to_owned() } else { deed.method },
        what: deed.what,
        outcome: words.outcome(deed.outcome),
        is_done: deed.outcome == Outcome::Done,
    }
}
