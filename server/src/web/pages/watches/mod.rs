//! Watches: the list, the form by which one is made or changed, one with its latest alerts, and what is done with it.

mod deeds;
mod edit;
mod form;
mod list;
mod one;
pub(super) mod subject;
mod trial;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};
use corpus::watch::Watch;

use crate::web::App;
use crate::web::words::Words;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/watches", get(list::show).post(edit::make))
        .route("/watches/new", get(edit::show_new))
        // The switch of the interface's language leads here from a trial.
        .route("/watches/try", get(async || Redirect::to("/watches/new")).post(edit::try_it))
        .route("/watches/{id}", get(one::show))
        .route("/watches/{id}/edit", get(edit::show).post(edit::keep))
        .route("/watches/{id}/pause", post(deeds::pause))
        .route("/watches/{id}/resume", post(deeds::resume))
        .route("/watches/{id}/remove", get(deeds::ask_remove).post(deeds::remove))
}

/// The address of the form of a new watch with something in it.
pub(in crate::web::pages) fn new_address(kind: &str, value: &str) -> String {
    crate::web::link::url("/watches/new", &[("kind", kind), ("value", value)])
}

/// The languages and kinds that a watch is limited to; `None` where it is for all documents.
fn documents_told(w: &'static Words, watch: &Watch) -> Option<String> {
    let languages = watch.languages.iter().map(|language| w.language(*language));
    let kinds = watch.kinds.iter().map(|kind| w.kind(*kind));
    let told: Vec<&str> = languages.chain(kinds).collect();
    (!told.is_empty()).then(|| told.join(w.comma))
}
