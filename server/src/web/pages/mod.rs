//! The pages, one a file.

mod alerts;
mod audit;
mod bitext;
mod bitexts;
mod changes;
mod concept;
mod concordance;
mod deliveries;
mod document;
mod documents;
mod exchange;
mod file;
mod help;
mod home;
mod jobs;
mod marking;
mod meant;
pub(super) mod picture;
mod reading;
mod review;
mod search;
mod sign_in;
mod similar;
mod status;
mod targets;
mod terms;
mod tokens;
mod unsubscribe;
mod watches;

use askama::Template;
use axum::Router;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use super::App;
use super::problem::Problem;

pub(super) use documents::ShelfParams;
pub(super) use marking::aligned_within;
pub(super) use search::SearchParams;
pub(super) use sign_in::ask_to_sign_in;
pub(super) use similar::SimilarParams;
pub(super) use targets::TargetParams;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .merge(search::routes())
        .merge(help::routes())
        .merge(documents::routes())
        .merge(jobs::routes())
        .merge(targets::routes())
        .merge(status::routes())
        .route("/document/{id}", get(document::show))
        .route("/document/{id}/bitext", get(bitext::of_document))
        .route("/bitexts", get(bitexts::show))
        .route("/bitext/{id}", get(bitext::show))
        .route("/bitext/{id}/bead", get(bitext::show_bead))
        .route("/bitext/{id}/tmx", get(super::tmx::download))
        .route("/bitext/{id}/correct", post(bitext::correct))
        .route("/terms", get(terms::show))
        .merge(concept::routes())
        .merge(review::routes())
        .merge(marking::routes())
        .merge(exchange::routes())
        .merge(concordance::routes())
        .merge(changes::routes())
        .merge(similar::routes())
        .merge(picture::routes())
        .merge(unsubscribe::routes())
        .merge(sign_in::routes())
        .merge(tokens::routes())
        .merge(audit::routes())
        .merge(watches::routes())
        .merge(alerts::routes())
        .merge(deliveries::routes())
        .route("/file/{id}", get(file::show))
}

/// The longest query, term or watch, in characters.
const MAX_QUERY: usize = 500;

/// Refuses what is longer than any query needs to be.
pub(super) fn check_length(query: &str) -> Result<(), Problem> {
    if query.chars().count() > MAX_QUERY {
        return Err(Problem::Input(format!("that is longer than {MAX_QUERY} characters; shorten it")));
    }
    Ok(())
}

/// A page as it is sent.
fn page(template: &impl Template) -> Result<Response, Problem> {
    match template.render() {
        Ok(html) => Ok(Html(html).into_response()),
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            Err(Problem::Broken)
        }
    }
}

/// Which page of a list, counted from 1, and the addresses of those beside it.
#[derive(Clone, Debug)]
struct Pager {
    back: Option<String>,
    forward: Option<String>,
    here: usize,
    last: usize,
}

impl Pager {
    /// The pager of a list of `total` things, `size` a page; `address` gives the address of a page.
    fn new(here: usize, size: usize, total: usize, address: impl Fn(&str) -> String) -> Self {
        let last = total.div_ceil(size).max(1);
        let back = (here > 1).then(|| address(&(here - 1).min(last).to_string()));
        let forward = (here < last).then(|| address(&(here + 1).to_string()));
        Self { back, forward, here, last }
    }

    /// Whether there is more than this page.
    fn is_needed(&self) -> bool {
        self.back.is_some() || self.forward.is_some()
    }
}

/// The number of a page as an address gives it: 1 where it gives none, within reason.
pub(super) fn page_number(given: Option<&str>) -> usize {
    given.and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 10_000)
}
