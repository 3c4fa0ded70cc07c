//! All bitexts: which documents are translations of each other, how sure that is, and how much of each is doubtful.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use corpus::bitext::{Bead, Bitext};
use corpus::document::Document;
use corpus::store::BeadCounts;
use serde::Deserialize;

use super::Pager;
use crate::Error;
use crate::data::Data;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::{App, link};

/// How many bitexts a page shows.
const SIZE: usize = 50;
/// The least scores that can be chosen, in hundredths.
const SCORES: [u32; 4] = [50, 70, 80, 90];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    /// The least score, in hundredths.
    least: String,
    page: String,
}

#[derive(Template)]
#[template(path = "bitexts.html")]
struct BitextsPage {
    shell: Shell,
    total: usize,
    least: u32,
    scores: [u32; 4],
    lines: Vec<Line>,
    pager: Pager,
}

struct Line {
    titles: Vec<Said>,
    href: String,
    paired_by: &'static str,
    percent: u32,
    counts: BeadCounts,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let least = params.least.trim().parse::<u32>().unwrap_or(0).min(100);
    let here = super::page_number(Some(&params.page));
    let (total, found) = app.run(move |data| find(data, least, here)).await?;
    let pager = Pager::new(here, SIZE, total, |page| {
        let least = if least == 0 { String::new() } else { least.to_string() };
        link::url("/bitexts", &[("least", &least), ("page", page)])
    });
    let lines = found.iter().map(|found| line(&shell, found)).collect();
    super::page(&BitextsPage { shell, total, least, scores: SCORES, lines, pager })
}

/// A bitext with its documents.
struct Found {
    bitext: Bitext,
    documents: Vec<Document>,
    counts: BeadCounts,
}

/// How many bitexts are as sure as that, and those of a page of the list: the surest first.
fn find(data: &Data, least: u32, here: usize) -> Result<(usize, Vec<Found>), Error> {
    data.with_store(|store| {
        let mut bitexts = store.bitexts()?;
        bitexts.retain(|bitext| view::percent(bitext.score) >= least);
        bitexts.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        let shown = bitexts.iter().skip((here - 1).saturating_mul(SIZE)).take(SIZE);
        let found = shown.map(|bitext| {
            let documents = [store.document(bitext.zh)?, store.document(bitext.en)?];
            let counts = store.bead_counts(bitext.id, Bead::DOUBTFUL)?;
            Ok(Found { bitext: bitext.clone(), documents: documents.into_iter().flatten().collect(), counts })
        });
        let found = found.collect::<Result<_, Error>>()?;
        Ok((bitexts.len(), found))
    })
}

fn line(shell: &Shell, found: &Found) -> Line {
    let title = |document| Said { href: Some(link::bitext(found.bitext.id)), ..view::title(document) };
    Line {
        titles: found.documents.iter().map(title).collect(),
        href: link::url(&link::bitext(found.bitext.id), &[("only", "doubtful")]),
        paired_by: shell.w.paired_by(found.bitext.paired_by),
        percent: view::percent(found.bitext.score),
        counts: found.counts,
    }
}
