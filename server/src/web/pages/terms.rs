//! Looking terms up, and browsing the most seen.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::Error;
use crate::data::Data;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::{App, link};

use super::{Pager, check_length};
use corpus::document::Language;
use corpus::store::Lookup;
use corpus::term::{Concept, Status, Term};

/// How many concepts a page shows.
const SIZE: usize = 50;
/// How many renderings of a concept a line shows.
const RENDERINGS: usize = 3;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    q: String,
    page: String,
}

#[derive(Template)]
#[template(path = "terms.html")]
struct TermsPage {
    shell: Shell,
    query: String,
    search: String,
    total: usize,
    capped: bool,
    lines: Vec<Line>,
    pager: Pager,
}

/// A concept in a line: designations, the best first.
struct Line {
    href: String,
    zh: Vec<String>,
    en: Vec<String>,
    status: Status,
    seen: u32,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let query = params.q.trim().to_owned();
    check_length(&query)?;
    let here = super::page_number(Some(&params.page));
    let sought = query.clone();
    let (concepts, total) = app.run(move |data| find(data, &sought, here)).await?;
    super::page(&TermsPage {
        lines: concepts.iter().map(line).collect(),
        pager: Pager::new(here, SIZE, if query.is_empty() { total } else { 0 }, |page| {
            link::url("/terms", &[("page", page)])
        }),
        search: link::search(&query),
        total,
        capped: !query.is_empty() && total == SIZE,
        query,
        shell,
    })
}

/// The concepts of a look-up, or of a page of all of them; and how many there are in all.
fn find(data: &Data, query: &str, page: usize) -> Result<(Vec<Concept>, usize), Error> {
    data.with_store(|store| {
        if query.is_empty() {
            return Ok((store.concepts(SIZE, (page - 1) * SIZE)?, store.concept_count()?));
        }
        let found = store.lookup(query, Lookup::Substring, SIZE)?;
        let total = found.len();
        Ok((found, total))
    })
}

fn line(concept: &Concept) -> Line {
    let texts = |language| {
        let terms = concept.terms.iter().filter(move |term: &&Term| term.language == language);
        terms.take(RENDERINGS).map(|term| term.text.clone()).collect::<Vec<_>>()
    };
    let best = concept.term(Language::Zh).or(concept.terms.first());
    Line {
        href: link::concept(concept.id),
        zh: texts(Language::Zh),
        en: texts(Language::En),
        status: best.map_or(Status::Candidate, |term| term.status),
        seen: best.map_or(0, |term| term.count),
    }
}
