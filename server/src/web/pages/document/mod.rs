//! A document: what it says of itself, and its text beside its counterpart's.

mod facts;
mod instrument;
mod lists;
mod rows;
mod topics;
mod watched;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::Error;
use crate::data::Data;
use crate::derive::taxonomy_for_names;
use crate::pictures::has_pictures;
use crate::reading::{self, Reading};
use crate::search::widen;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::words::{SearchWords, SimilarWords};
use crate::web::{App, link};

use corpus::bitext::Bitext;
use corpus::document::{Document, TextState};
use corpus::instrument::Instrument;
use corpus::topic::{Taxonomy, TopicClass};
use index::query::{self, parse};

use facts::{Fact, WarningView};
use instrument::FellowView;
use lists::{DefinitionView, GlossView, MentionView, TargetView};
use rows::{Entry, RowView};
use topics::TopicView;

/// How many rows a part of a document has: more would be slow to lay out on a phone.
const PART: usize = 1_500;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    q: String,
    block: Option<String>,
    page: Option<String>,
    sentence: Option<String>,
    part: Option<String>,
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    shell: Shell,
    title: Said,
    translated: Option<Said>,
    kicker: Vec<Said>,
    facts: Vec<Fact>,
    /// Where the document is had in the forms of tools for citing.
    cite: String,
    cite_word: &'static str,
    warnings: Vec<WarningView>,
    targets: Vec<TargetView>,
    definitions: Vec<DefinitionView>,
    glosses: Vec<GlossView>,
    mentions: Vec<MentionView>,
    /// The documents of its instrument, this one among them; none where it is the only one.
    fellows: Vec<FellowView>,
    topics: Vec<TopicView>,
    /// How many of them have none below them.
    topic_count: usize,
    contents: Vec<Entry>,
    /// What OCR has read, and how sure it is.
    read_by_ocr: Option<String>,
    /// What OCR has yet to read.
    waiting: Option<String>,
    needs_ocr: bool,
    own: Side,
    other: Option<Side>,
    /// The page of its bitext.
    bitext: Option<String>,
    /// What the link to the passages that are like one is called.
    similar: &'static str,
    rows: Vec<RowView>,
    parts: Parts,
}

/// One side of the text.
struct Side {
    id: i64,
    lang: &'static str,
    name: &'static str,
    has_pictures: bool,
    /// What was searched.
    query: String,
}

impl Side {
    /// The picture of a page, with what was searched marked.
    fn picture(&self, page: &u32) -> String {
        link::page_picture(self.id, *page, None, &self.query)
    }
}

/// Which part of a long document is shown, counted from 1.
struct Parts {
    here: usize,
    count: usize,
    addresses: Vec<String>,
}

/// What the store has on a document.
struct Found {
    reading: Reading,
    bitext: Option<Bitext>,
    instrument: Option<Instrument>,
    classes: Vec<TopicClass>,
    taxonomy: Taxonomy,
    has_file: bool,
    has_pictures: bool,
    other_has_pictures: bool,
    /// What was searched, with its renderings in the other language.
    query: Option<query::Query>,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let id = Thing::Document.number(&id)?;
    super::check_length(&params.q)?;
    if let Some(sentence) = number(params.sentence.as_deref()) {
        let block = app.run(move |data| block_of(data, id, sentence)).await?;
        let block = block.ok_or(Problem::Missing(Thing::Document))?;
        return Ok(Redirect::to(&link::block(id, block, &params.q)).into_response());
    }
    let query = params.q.clone();
    let Some(found) = app.run(move |data| find(data, id, &query)).await? else {
        return Err(Problem::Missing(Thing::Document));
    };
    super::page(&document_page(shell, &params, &found))
}

fn number<T: std::str::FromStr>(given: Option<&str>) -> Option<T> {
    given.and_then(|given| given.parse().ok())
}

fn block_of(data: &Data, id: i64, sentence: usize) -> Result<Option<usize>, Error> {
    data.with_store(|store| Ok(store.sentences(id)?.get(sentence).map(|sentence| sentence.block)))
}

fn find(data: &Data, id: i64, query: &str) -> Result<Option<Found>, Error> {
    let query = parse(query).query.map(|literal| widen(data, &literal, &[])).transpose()?.map(|(query, _)| query);
    data.with_store(|store| {
        let Some(reading) = reading::read(store, id)? else { return Ok(None) };
        let bitext = store.bitext_of(id)?;
        let instrument = store.instrument_of(id)?;
        let (classes, taxonomy) = (store.topics(id)?, taxonomy_for_names(data.folder()));
        let has_file = store.file_path(&reading.document.hash).is_file();
        let own_pictures = has_pictures(store, &reading.document.hash);
        let other_pictures = reading.counterpart.as_ref().is_some_and(|other| has_pictures(store, &other.hash));
        Ok(Some(Found {
            reading,
            bitext,
            instrument,
            classes,
            taxonomy,
            has_file,
            has_pictures: own_pictures,
            other_has_pictures: other_pictures,
            query,
        }))
    })
}

fn document_page(shell: Shell, params: &Params, found: &Found) -> DocumentPage {
    let w = shell.w;
    let reading = &found.reading;
    let document = &reading.document;
    let counterpart = reading.counterpart.as_ref();
    let parts = parts(params, reading);
    let start = (parts.here - 1) * PART;
    let shown = reading.rows.get(start..reading.rows.len().min(start + PART)).unwrap_or_default();
    let kind = document.facts.kind.map(|kind| Said::plain(w.kind(kind)));
    let issuers = document.facts.issuers.iter().map(|agency| view::agency(agency, document.language));
    DocumentPage {
        title: view::title(document),
        translated: view::title_translated(document, counterpart),
        kicker: kind.into_iter().chain(issuers).collect(),
        facts: facts::facts(w, document, found.bitext.as_ref(), found.has_file)
            .into_iter()
            .chain(watched::watched(&shell, document, &found.taxonomy, &found.classes))
            .collect(),
        cite: format!("{}/cite", link::document(document.id)),
        cite_word: SearchWords::of(shell.ui()).cite,
        warnings: facts::warnings(document),
        targets: lists::targets(w, document),
        definitions: lists::definitions(document),
        glosses: lists::glosses(document),
        mentions: lists::mentions(w, document),
        fellows: instrument::fellows(w, found.instrument.as_ref(), document.id),
        topics: topics::topics(w, &found.taxonomy, document.id, &found.classes),
        topic_count: topics::count(&found.taxonomy, &found.classes),
        contents: rows::contents(&reading.rows, |row| address(params, document.id, row / PART + 1)),
        read_by_ocr: w.read_by_ocr(&document.ocr, document.page_count),
        waiting: (document.ocr.waiting > 0).then(|| w.pages_waiting(document.ocr.waiting)),
        needs_ocr: document.state == TextState::NeedsOcr,
        own: side(w.language(document.language), document, found.has_pictures, params),
        other: counterpart.map(|other| side(w.language(other.language), other, found.other_has_pictures, params)),
        bitext: found.bitext.as_ref().map(|bitext| link::bitext(bitext.id)),
        similar: SimilarWords::of(shell.ui()).link,
        rows: rows::rows(shown, found.query.as_ref()),
        parts,
        shell,
    }
}

fn side(name: &'static str, document: &Document, has_pictures: bool, params: &Params) -> Side {
    Side { id: document.id, lang: document.language.code(), name, has_pictures, query: params.q.trim().to_owned() }
}

/// The part that holds the block or the page that is asked for, or the part itself.
fn parts(params: &Params, reading: &Reading) -> Parts {
    let count = reading.rows.len().div_ceil(PART).max(1);
    let block: Option<usize> = number(params.block.as_deref());
    let page: Option<u32> = number(params.page.as_deref());
    let row = match (block, page) {
        (Some(block), _) => reading.rows.iter().position(|row| row.block == Some(block)),
        (None, Some(page)) => reading.rows.iter().position(|row| row.page == Some(page)),
        (None, None) => None,
    };
    let given = number(params.part.as_deref()).unwrap_or(1);
    let here = row.map_or(given, |row| row / PART + 1).clamp(1, count);
    let addresses = (1..=count).map(|part| address(params, reading.document.id, part)).collect();
    Parts { here, count, addresses }
}

fn address(params: &Params, id: i64, part: usize) -> String {
    let part = if part == 1 { String::new() } else { part.to_string() };
    link::url(&link::document(id), &[("q", params.q.trim()), ("part", &part)])
}
