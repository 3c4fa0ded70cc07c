//! Search: policies and standards with the passages that were met in both languages, and filters with counts.

mod added;
mod export;
mod filters;
mod params;
mod result;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use corpus::topic::Taxonomy;

use crate::derive::taxonomy_for_names;
use crate::search::SearchPage;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::words::SearchWords;
use crate::web::{App, link};

use super::Pager;
use super::meant::MeantView;
use super::reading::ReadingView;
use added::Added;
use filters::{Chip, Choice, Facet, Names};
use result::ResultView;

pub(super) use filters::issuer;
pub(in crate::web) use params::SearchParams;

/// How many results a page shows.
const SIZE: usize = 10;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/search", get(show))
        .route("/search/export", get(export::download))
        .route("/document/{id}/cite", get(export::cite))
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchHtml {
    shell: Shell,
    s: &'static SearchWords,
    query: String,
    literal: bool,
    switch: String,
    lookup: String,
    /// The form of a watch on this search.
    watch: String,
    total: usize,
    results_in_all: usize,
    reading: ReadingView,
    added: Added,
    meant: MeantView,
    chips: Vec<Chip>,
    clear: String,
    orders: [Choice; 4],
    /// The same search with documents of one policy together, or each by itself.
    grouping: (&'static str, String),
    facets: Vec<Facet>,
    /// What the form of dates sends besides its dates.
    kept: Vec<(String, String)>,
    from: String,
    to: String,
    results: Vec<ResultView>,
    exports: [(&'static str, String); 5],
    pager: Pager,
}

async fn show(State(app): State<App>, shell: Shell, params: SearchParams) -> Result<Response, Problem> {
    let request = params.request(SIZE)?;
    let (found, taxonomy) = if params.is_empty() {
        Default::default()
    } else {
        app.run(move |data| Ok((crate::search::search(data, &request)?, taxonomy_for_names(data.folder())))).await?
    };
    super::page(&search_page(shell, &params, &found, &taxonomy))
}

fn search_page(shell: Shell, params: &SearchParams, found: &SearchPage, taxonomy: &Taxonomy) -> SearchHtml {
    let (w, s) = (shell.w, SearchWords::of(shell.ui()));
    let names = Names { w, s, taxonomy };
    let grouping = if params.is_grouped() { (s.by_itself, "0") } else { (s.grouped, "") };
    let kept = params.parts().into_iter().filter(|(name, _)| !["from", "to"].contains(name));
    SearchHtml {
        literal: params.is_literal(),
        switch: params.with(&[("literal", if params.is_literal() { "" } else { "1" })]),
        lookup: link::url("/terms", &[("q", &params.q)]),
        watch: params.watch(),
        total: found.total,
        results_in_all: found.results,
        chips: filters::chips(&names, params),
        clear: params.without_filters(),
        orders: filters::orders(s, params),
        grouping: (grouping.0, params.with(&[("group", grouping.1)])),
        facets: filters::facets(&names, params, &found.facets),
        kept: kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        from: params.from.clone(),
        to: params.to.clone(),
        results: found.hits.iter().map(|hit| result::result(w, &params.q, hit)).collect(),
        exports: export::FORMATS.map(|(name, format)| (name, params.export(format))),
        pager: pager(params, found),
        reading: super::reading::view(&shell, &found.reading),
        meant: super::meant::view(&shell, &params.q, &found.did_you_mean, &found.related, |changes| {
            params.with(changes)
        }),
        added: Added::new(shell.ui(), params, &found.also_searched),
        query: params.q.clone(),
        s,
        shell,
    }
}

/// Forward goes on after the last result, which holds also when documents are added in between; back counts results.
fn pager(params: &SearchParams, found: &SearchPage) -> Pager {
    let here = super::page_number(Some(&params.page));
    let next = found.next.as_deref().unwrap_or_default();
    Pager::new(here, SIZE, found.results, |page| {
        let forward = page.parse().is_ok_and(|page: usize| page > here);
        let after = if forward { next } else { "" };
        params.with(&[("page", if page == "1" { "" } else { page }), ("after", after)])
    })
}
