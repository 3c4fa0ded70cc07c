//! The shelf: all documents, those that are translations of each other on one line.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::derive::date_of;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::words::Words;
use crate::web::{App, link};

use super::Pager;
use corpus::bitext::Bitext;
use corpus::document::{Document, TextState};

/// How many issuers a line names: joint notices may have a dozen.
const ISSUERS: usize = 2;
/// How many lines a page shows.
const SIZE: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    sort: String,
    page: String,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct DocumentsPage {
    shell: Shell,
    count: usize,
    bitexts: usize,
    by_title: bool,
    waiting: Option<String>,
    shelf: Vec<Line>,
    pager: Pager,
}

/// A document, or a document and its translation.
struct Line {
    titles: Vec<Said>,
    languages: Vec<&'static str>,
    kind: Option<&'static str>,
    issuers: Vec<Said>,
    more_issuers: usize,
    date: String,
    pages: String,
    states: Vec<TextState>,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let found = app.run(|data| data.with_store(|store| Ok((store.documents()?, store.bitexts()?, store.waiting()?))));
    let (documents, bitexts, waiting) = found.await?;
    let by_title = params.sort == "title";
    let mut works = works(&documents, &bitexts);
    if !by_title {
        // The newest first; those without a date last.
        works.sort_by_cached_key(|work| std::cmp::Reverse(work_date(work)));
    }
    let here = super::page_number(Some(&params.page));
    let pager =
        Pager::new(here, SIZE, works.len(), |page| link::url("/documents", &[("sort", &params.sort), ("page", page)]));
    let shown = works.iter().skip((here - 1) * SIZE).take(SIZE);
    let shelf = shown.map(|work| line(shell.w, work)).collect();
    let waiting = shell.w.waiting(waiting);
    super::page(&DocumentsPage {
        shell,
        count: documents.len(),
        bitexts: bitexts.len(),
        by_title,
        waiting,
        shelf,
        pager,
    })
}

/// Documents that are translations of each other together, the Chinese first, in the order in which they came.
pub(super) fn works<'a>(documents: &'a [Document], bitexts: &[Bitext]) -> Vec<Vec<&'a Document>> {
    let by_id: HashMap<i64, &Document> = documents.iter().map(|document| (document.id, document)).collect();
    let pairs: HashMap<i64, &Bitext> = bitexts.iter().flat_map(|pair| [(pair.zh, pair), (pair.en, pair)]).collect();
    let mut placed = HashSet::new();
    let mut works = Vec::new();
    for document in documents {
        if placed.contains(&document.id) {
            continue;
        }
        let work: Vec<&Document> = match pairs.get(&document.id) {
            Some(pair) => [pair.zh, pair.en].iter().filter_map(|id| by_id.get(id).copied()).collect(),
            None => vec![document],
        };
        placed.extend(work.iter().map(|document| document.id));
        works.push(work);
    }
    works
}

/// The date that a document or its translation goes by.
pub(super) fn work_date(work: &[&Document]) -> Option<String> {
    work.iter().find_map(|document| date_of(&document.facts))
}

/// What of a work is worth a mark: text that OCR read, pages that wait for it.
fn states(work: &[&Document]) -> Vec<TextState> {
    let read = work.iter().any(|document| document.ocr.read > 0).then_some(TextState::Ocr);
    let waits = work.iter().any(|document| document.ocr.waiting > 0).then_some(TextState::NeedsOcr);
    read.into_iter().chain(waits).collect()
}

fn line(w: &'static Words, work: &[&Document]) -> Line {
    let only = if work.len() == 1 { work.first() } else { None };
    let translated = only.and_then(|document| view::title_translated(document, None));
    let pages: Vec<String> = work.iter().map(|document| document.page_count.to_string()).collect();
    let issuers = work.iter().map(|document| &document.facts.issuers).find(|issuers| !issuers.is_empty());
    let issuers = issuers.map_or(&[][..], Vec::as_slice);
    Line {
        titles: work.iter().map(|document| view::title(document)).chain(translated).collect(),
        languages: work.iter().map(|document| w.language(document.language)).collect(),
        kind: work.iter().find_map(|document| document.facts.kind).map(|kind| w.kind(kind)),
        issuers: issuers.iter().take(ISSUERS).map(|agency| view::agency(agency, w.reads())).collect(),
        more_issuers: issuers.len().saturating_sub(ISSUERS),
        date: work_date(work).unwrap_or_default(),
        pages: pages.join(" + "),
        states: states(work),
    }
}
