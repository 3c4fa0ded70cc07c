//! A bitext: its beads with what links their words, the doubtful ones marked; each can be corrected.

mod bead;
mod correct;
mod rows;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::Error;
use crate::data::Data;
use crate::web::bitext::Aligned;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::{App, link};

use super::Pager;
use corpus::bitext::Bead;
use corpus::document::Language;
use corpus::store::{BeadCounts, Store};

use rows::{BeadRow, ByOcr};

pub(super) use bead::show as show_bead;
pub(super) use correct::correct;

/// How many beads a part of a bitext shows: each brings a form and tens of linked words.
const PART: usize = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    /// `doubtful` for the doubtful beads only.
    only: String,
    /// Which part of the beads is shown, counted from 1.
    part: String,
    /// What has just been done, by the name of a notice.
    said: String,
    /// The sentence, bead or page that is looked for.
    zh: String,
    en: String,
    bead: String,
    side: String,
    page: String,
}

#[derive(Template)]
#[template(path = "bitext.html")]
struct BitextPage {
    shell: Shell,
    id: i64,
    titles: Vec<Said>,
    paired_by: &'static str,
    percent: u32,
    reasons: Vec<String>,
    counts: BeadCounts,
    only_doubtful: bool,
    /// The address with the doubtful beads only, or with all.
    switch: String,
    notice: Option<&'static str>,
    /// Whether the beads wait to be made.
    waits: bool,
    rows: Vec<BeadRow>,
    pager: Pager,
}

/// What the store has on a bitext.
struct Found {
    aligned: Aligned,
    counts: BeadCounts,
    by_ocr: ByOcr,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let id = Thing::Bitext.number(&id)?;
    let found = app.run(move |data| find(data, id)).await?;
    let found = found.ok_or(Problem::Missing(Thing::Bitext))?;
    let shown = params.shown(&found.aligned);
    if let Some(ord) = params.looked_for(&found.aligned)? {
        // In a list of the doubtful ones the next of them answers.
        let row = shown.iter().position(|shown| *shown >= ord).unwrap_or(shown.len().saturating_sub(1));
        let anchor = shown.get(row).map_or_else(String::new, |ord| format!("#b{ord}"));
        let address = format!("{}{anchor}", params.address(id, row / PART + 1, &params.said));
        return Ok(Redirect::to(&address).into_response());
    }
    super::page(&bitext_page(shell, &params, &found, &shown))
}

fn find(data: &Data, id: i64) -> Result<Option<Found>, Error> {
    data.with_store(|store| {
        let Some(aligned) = Aligned::read(store, id)? else { return Ok(None) };
        let by_ocr = by_ocr(store, &aligned)?;
        Ok(Some(Found { counts: store.bead_counts(id, Bead::DOUBTFUL)?, by_ocr, aligned }))
    })
}

fn by_ocr(store: &Store, aligned: &Aligned) -> Result<ByOcr, Error> {
    let of = |id| Ok::<_, Error>(store.pages_by_ocr(id)?.into_iter().collect());
    Ok(ByOcr { zh: of(aligned.zh.id)?, en: of(aligned.en.id)? })
}

fn bitext_page(shell: Shell, params: &Params, found: &Found, shown: &[usize]) -> BitextPage {
    let aligned = &found.aligned;
    let (id, only_doubtful) = (aligned.bitext.id, params.only_doubtful());
    let here = super::page_number(Some(&params.part));
    let pager = Pager::new(here, PART, shown.len(), |part| params.address(id, super::page_number(Some(part)), ""));
    let here: Vec<usize> = shown.iter().skip((here - 1).saturating_mul(PART)).take(PART).copied().collect();
    let other = if only_doubtful { "" } else { "doubtful" };
    BitextPage {
        id,
        titles: vec![view::title(&aligned.zh), view::title(&aligned.en)],
        paired_by: shell.w.paired_by(aligned.bitext.paired_by),
        percent: view::percent(aligned.bitext.score),
        reasons: aligned.bitext.reasons.clone(),
        counts: found.counts,
        only_doubtful,
        switch: link::url(&link::bitext(id), &[("only", other)]),
        notice: shell.w.correction_notice(&params.said),
        waits: aligned.beads.is_empty(),
        rows: rows::rows(aligned, &found.by_ocr, &here, !only_doubtful),
        pager,
        shell,
    }
}

/// A number in an address; nothing where there is none.
fn number<T: std::str::FromStr>(given: &str) -> Option<T> {
    given.trim().parse().ok()
}

impl Params {
    fn only_doubtful(&self) -> bool {
        self.only == "doubtful"
    }

    /// The beads that are listed, by their places.
    fn shown(&self, aligned: &Aligned) -> Vec<usize> {
        let beads = aligned.beads.iter().enumerate();
        let listed = beads.filter(|(_, bead)| !self.only_doubtful() || bead.is_doubtful());
        listed.map(|(ord, _)| ord).collect()
    }

    /// The place of the bead that is looked for, where one is.
    fn looked_for(&self, aligned: &Aligned) -> Result<Option<usize>, Problem> {
        let side = if self.side == "en" { Language::En } else { Language::Zh };
        let found = if let Some(sentence) = number(&self.zh) {
            aligned.bead_of(Language::Zh, sentence)
        } else if let Some(sentence) = number(&self.en) {
            aligned.bead_of(Language::En, sentence)
        } else if let Some(bead) = number::<usize>(&self.bead) {
            Some(bead).filter(|bead| *bead < aligned.beads.len())
        } else if let Some(page) = number(&self.page) {
            aligned.bead_at_page(side, page)
        } else {
            return Ok(None);
        };
        found.map(Some).ok_or(Problem::Missing(Thing::Bead))
    }

    /// The address of a part of the same list.
    fn address(&self, id: i64, part: usize, said: &str) -> String {
        let part = if part == 1 { String::new() } else { part.to_string() };
        let only = if self.only_doubtful() { "doubtful" } else { "" };
        link::url(&link::bitext(id), &[("only", only), ("part", &part), ("said", said)])
    }
}

/// Leads from a document, one of its blocks or one of its sentences to the same place in its bitext.
pub(super) async fn of_document(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Result<Response, Problem> {
    let id = Thing::Document.number(&id)?;
    let address = app.run(move |data| address_of(data, id, &place)).await?;
    Ok(Redirect::to(&address.ok_or(Problem::Missing(Thing::Bitext))?).into_response())
}

/// A place in a document.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Place {
    block: String,
    sentence: String,
}

fn address_of(data: &Data, id: i64, place: &Place) -> Result<Option<String>, Error> {
    data.with_store(|store| {
        let Some(bitext) = store.bitext_of(id)? else { return Ok(None) };
        let side = if bitext.zh == id { "zh" } else { "en" };
        let sentence = match (number::<usize>(&place.sentence), number::<usize>(&place.block)) {
            (Some(sentence), _) => Some(sentence),
            (None, Some(block)) => store.sentences(id)?.iter().position(|sentence| sentence.block >= block),
            (None, None) => None,
        };
        let sentence = sentence.map_or_else(String::new, |sentence| sentence.to_string());
        Ok(Some(link::url(&link::bitext(bitext.id), &[(side, &sentence)])))
    })
}
