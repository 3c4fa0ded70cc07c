//! The same as JSON. What goes over the wire is defined here; only the facts and the text of a document go as the
//! domain has them, since those types are what `policyglot inspect` prints.

mod alerts;
mod audit;
mod bitexts;
mod changes;
mod concepts;
mod concordance;
mod deeds;
mod documents;
mod edits;
pub(super) mod exchange;
mod jobs;
mod lookup;
mod marking;
mod pages;
mod pairs;
mod review;
mod search;
mod similar;
mod status;
mod stream;
mod suggest;
mod targets;
mod terms;
mod tokens;
mod topics;
mod watches;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::App;
use super::openapi::{Api, says};
use super::problem::Problem;

pub(super) use jobs::JobView;

/// How many things a list gives unless more are asked for.
const SIZE: usize = 50;
/// How many things a list gives at most.
const MOST: usize = 500;

pub(super) fn routes() -> Api {
    Api::of("Server")
        .get("/health", health, says("health", "Tells whether the store answers, and how much it holds"))
        .merge(search::routes())
        .merge(documents::routes())
        .merge(bitexts::routes())
        .merge(terms::routes())
        .merge(concepts::routes())
        .merge(deeds::routes())
        .merge(edits::routes())
        .merge(lookup::routes())
        .merge(review::routes())
        .merge(marking::routes())
        .merge(exchange::routes())
        .merge(concordance::routes())
        .merge(changes::routes())
        .merge(similar::routes())
        .merge(suggest::routes())
        .merge(pages::routes())
        .merge(stream::routes())
        .merge(jobs::routes())
        .merge(pairs::routes())
        .merge(targets::routes())
        .merge(status::routes())
        .merge(topics::routes())
        .described(super::uploads::api())
        .merge(watches::routes())
        .merge(alerts::routes())
        .merge(tokens::routes())
        .merge(audit::routes())
}

/// How much of a list is asked for.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Size {
    /// How many are given.
    #[schemars(range(min = 1, max = 500), extend("default" = 50))]
    limit: Option<usize>,
}

impl Size {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(SIZE).clamp(1, MOST)
    }
}

/// Which stretch of a list is asked for, of a list that is counted through.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Stretch {
    /// How many are given.
    #[schemars(range(min = 1, max = 500), extend("default" = 50))]
    limit: Option<usize>,
    /// The `next` of the answer before.
    after: String,
    /// How many are passed over: another way to go on.
    #[schemars(range(max = 100_000_000))]
    offset: usize,
}

impl Stretch {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(SIZE).clamp(1, MOST)
    }

    /// How many are passed over.
    fn start(&self) -> Result<usize, Problem> {
        if self.after.is_empty() {
            return Ok(self.offset);
        }
        let start = self.after.parse::<u32>().ok().and_then(|start| usize::try_from(start).ok());
        start.ok_or_else(|| Problem::Input("after is no cursor; give the next of the answer before".to_owned()))
    }

    /// The cursor of what follows a stretch that begins at `start` and gives `given` of `total`.
    fn next(start: usize, given: usize, total: usize) -> Option<String> {
        let end = start.saturating_add(given);
        (given > 0 && end < total).then(|| end.to_string())
    }

    /// What was read with one more than is asked for, without that one, and the cursor of what follows.
    fn cut<T>(&self, mut read: Vec<T>, start: usize) -> (Vec<T>, Option<String>) {
        let next = Self::next(start, read.len().min(self.limit()), start.saturating_add(read.len()));
        read.truncate(self.limit());
        (read, next)
    }
}

/// That the server answers, and how much it holds.
#[derive(Serialize, schemars::JsonSchema)]
struct Health {
    /// `ok`.
    status: &'static str,
    /// The version of the program.
    version: &'static str,
    documents: usize,
    concepts: usize,
    needs_ocr: NeedsOcr,
}

/// How much waits for an OCR engine.
#[derive(Serialize, schemars::JsonSchema)]
struct NeedsOcr {
    documents: usize,
    pages: usize,
}

/// Whether the store answers, and how much it holds.
async fn health(State(app): State<App>) -> Result<Json<Health>, Problem> {
    let counted = app
        .run(|data| data.with_store(|store| Ok((store.document_count()?, store.concept_count()?, store.waiting()?))));
    let (documents, concepts, waiting) = counted.await?;
    let needs_ocr = NeedsOcr { documents: waiting.documents, pages: waiting.pages };
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), documents, concepts, needs_ocr }))
}
