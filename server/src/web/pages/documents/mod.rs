//! The shelf: the documents of the corpus, those that are translations of each other on one line.

mod add;
mod pair;
mod params;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use corpus::document::Language;
use corpus::store::{ShelfDocument, ShelfFacets, ShelfState, Waiting};

use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::words::{CorpusWords, Words};
use crate::web::{App, link};

use super::Pager;
pub(in crate::web) use params::ShelfParams;

/// How many issuers a line names: joint notices may have a dozen.
const ISSUERS: usize = 2;
/// How many lines a page shows.
const SIZE: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/documents", get(show))
        .route("/documents/add", get(add::show))
        .route("/documents/pair", get(pair::show).post(pair::say))
}

#[derive(Template)]
#[template(path = "documents.html")]
struct DocumentsPage {
    shell: Shell,
    c: &'static CorpusWords,
    /// How many documents there are in all, and how many are meant.
    all: usize,
    count: usize,
    params: ShelfParams,
    is_filtered: bool,
    bitexts: usize,
    waiting: Option<String>,
    states: Vec<StateTab>,
    filters: Vec<Filter>,
    orders: Vec<Choice>,
    shelf: Vec<Line>,
    pager: Pager,
}

/// A state with how many documents are in it.
struct StateTab {
    name: &'static str,
    count: usize,
    href: String,
    here: bool,
}

/// A filter with the values that there are.
struct Filter {
    field: &'static str,
    label: &'static str,
    any: &'static str,
    choices: Vec<Choice>,
}

/// A value of a filter or an order.
struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

/// A document, or a document and its translation.
struct Line {
    titles: Vec<Said>,
    number: Option<Said>,
    languages: Vec<&'static str>,
    kind: Option<String>,
    issuers: Vec<Said>,
    more_issuers: usize,
    date: String,
    added: Option<String>,
    pages: String,
    marks: Vec<Mark>,
}

/// What of a text is worth a mark, and why.
#[derive(PartialEq)]
struct Mark {
    text: &'static str,
    warns: bool,
    why: Option<String>,
}

struct Found {
    all: usize,
    lines: usize,
    count: usize,
    bitexts: usize,
    waiting: Waiting,
    facets: ShelfFacets,
    shelf: Vec<(ShelfDocument, Option<ShelfDocument>)>,
}

async fn show(State(app): State<App>, shell: Shell, Query(params): Query<ShelfParams>) -> Result<Response, Problem> {
    let (filter, order) = (params.filter()?, params.order()?);
    let here = super::page_number(Some(&params.page));
    let asked = filter.clone();
    let found = app.run(move |data| {
        data.with_store(|store| {
            let (lines, count) = store.shelf_counts(&asked)?;
            Ok(Found {
                all: store.document_count()?,
                lines,
                count,
                bitexts: store.bitext_count()?,
                waiting: store.waiting()?,
                facets: store.shelf_facets(&asked)?,
                shelf: store.shelf(&asked, order, SIZE, (here - 1) * SIZE)?,
            })
        })
    });
    let found = found.await?;
    let (w, c) = (shell.w, CorpusWords::of(shell.ui()));
    let by_added = params.sort == "added";
    let page = DocumentsPage {
        c,
        all: found.all,
        count: found.count,
        is_filtered: !filter.is_empty(),
        bitexts: found.bitexts,
        waiting: w.waiting(found.waiting),
        states: states(c, &params, &found.facets),
        filters: filters(w, c, &params, &found.facets),
        orders: orders(w, c, &params),
        shelf: found.shelf.iter().map(|(one, other)| line(w, c, one, other.as_ref(), by_added)).collect(),
        pager: Pager::new(here, SIZE, found.lines, |page| params.with("page", page)),
        params,
        shell,
    };
    super::page(&page)
}

fn states(c: &'static CorpusWords, params: &ShelfParams, facets: &ShelfFacets) -> Vec<StateTab> {
    let tabs = facets.states.iter().map(|(state, count)| StateTab {
        name: c.state(*state),
        count: *count,
        href: params.with("state", state.name()),
        here: params.state == state.name(),
    });
    tabs.collect()
}

fn filters(w: &'static Words, c: &'static CorpusWords, params: &ShelfParams, facets: &ShelfFacets) -> Vec<Filter> {
    let choice = |value: &str, name: &str, count: usize, given: &str| Choice {
        value: value.to_owned(),
        text: format!("{name} ({count})"),
        chosen: value == given,
    };
    let languages = facets
        .languages
        .iter()
        .map(|(language, count)| choice(language.code(), w.language(*language), *count, &params.lang));
    let kinds =
        facets.kinds.iter().map(|(kind, count)| choice(kind, &view::kind_by_name(w, kind), *count, &params.kind));
    let issuers = facets.issuers.iter().map(|(agency, count)| {
        let name = view::agency(agency, w.reads()).text;
        let value = if agency.id.is_empty() {
            agency.name_zh.as_ref().or(agency.name_en.as_ref()).cloned().unwrap_or_default()
        } else {
            agency.id.clone()
        };
        choice(&value, &name, *count, &params.issuer)
    });
    let years = facets.years.iter().map(|(year, count)| choice(year, year, *count, &params.year));
    let all = [
        Filter { field: "lang", label: w.language, any: c.any, choices: languages.collect() },
        Filter { field: "kind", label: w.kind, any: c.any, choices: kinds.collect() },
        Filter { field: "issuer", label: w.issuer, any: c.any, choices: issuers.collect() },
        Filter { field: "year", label: w.year, any: c.any, choices: years.collect() },
    ];
    all.into_iter().filter(|filter| !filter.choices.is_empty()).collect()
}

fn orders(w: &'static Words, c: &'static CorpusWords, params: &ShelfParams) -> Vec<Choice> {
    let orders = [("", w.by_date), ("title", w.by_title), ("added", c.by_added)];
    let choice = |(value, text): (&str, &str)| Choice {
        value: value.to_owned(),
        text: text.to_owned(),
        chosen: params.sort == value,
    };
    orders.map(choice).into()
}

/// A document's title, leading to it.
pub(super) fn title(document: &ShelfDocument) -> Said {
    Said::new(&document.title, document.language).to(link::document(document.id))
}

fn line(
    w: &'static Words,
    c: &'static CorpusWords,
    one: &ShelfDocument,
    other: Option<&ShelfDocument>,
    by_added: bool,
) -> Line {
    let both = || [Some(one), other].into_iter().flatten();
    let issuers = both().map(|document| &document.issuers).find(|issuers| !issuers.is_empty());
    let issuers = issuers.map_or(&[][..], Vec::as_slice);
    let pages: Vec<String> = both().map(|document| document.pages.to_string()).collect();
    let mut all_marks = Vec::new();
    for mark in both().flat_map(|document| marks(c, document)) {
        if !all_marks.contains(&mark) {
            all_marks.push(mark);
        }
    }
    Line {
        titles: both().map(title).collect(),
        number: both().find_map(|document| document.number.as_ref()).map(Said::by_script),
        languages: both().map(|document| w.language(document.language)).collect(),
        kind: both().find_map(|document| document.kind.as_deref()).map(|kind| view::kind_by_name(w, kind)),
        issuers: issuers.iter().take(ISSUERS).map(|agency| view::agency(agency, w.reads())).collect(),
        more_issuers: issuers.len().saturating_sub(ISSUERS),
        date: both().find_map(|document| document.date.clone()).unwrap_or_default(),
        added: by_added.then(|| one.added.chars().take(10).collect()),
        pages: pages.join(" + "),
        marks: all_marks,
    }
}

/// What of a document's text is not the file's own, or is missing, and why.
fn marks(c: &'static CorpusWords, document: &ShelfDocument) -> Vec<Mark> {
    let of = document.pages;
    let mut marks = Vec::new();
    if document.by_ocr > 0 {
        let why = (document.by_ocr < of).then(|| c.pages_of(document.by_ocr, of));
        marks.push(Mark { text: c.state(ShelfState::Ocr), warns: false, why });
    }
    match &document.tried {
        None if document.scans > 0 => {
            let why = Some(c.why_scans(document.scans, of));
            marks.push(Mark { text: c.state(ShelfState::NeedsOcr), warns: true, why });
        }
        Some(engine) if document.scans > 0 => {
            let why = Some(c.why_tried(engine, document.scans, of));
            marks.push(Mark { text: c.state(ShelfState::Unreadable), warns: true, why });
        }
        _ => {}
    }
    if document.unreadable > 0 {
        let why = Some(c.why_fonts(document.unreadable, of));
        marks.push(Mark { text: c.state(ShelfState::Unreadable), warns: true, why });
    } else if !document.has_text && document.scans == 0 && document.by_ocr == 0 {
        marks.push(Mark { text: c.state(ShelfState::Unreadable), warns: true, why: Some(c.why_empty.to_owned()) });
    }
    marks
}

/// The newest documents, each with its translation, for the first page.
pub(super) fn newest(
    w: &'static Words,
    shelf: &[(ShelfDocument, Option<ShelfDocument>)],
) -> Vec<(Vec<Said>, Vec<Said>)> {
    let lines = shelf.iter().map(|(one, other)| {
        let both = || [Some(one), other.as_ref()].into_iter().flatten();
        let date = both().find_map(|document| document.date.clone()).map(Said::plain);
        let kind = both().find_map(|document| document.kind.as_deref());
        let kind = kind.map(|kind| Said::plain(view::kind_by_name(w, kind)));
        (both().map(title).collect(), date.into_iter().chain(kind).collect())
    });
    lines.collect()
}

/// Whether a document can stand at the Chinese side of a pair, or at the English.
fn side_of(language: Language) -> Option<&'static str> {
    match language {
        Language::Zh => Some("zh"),
        Language::En => Some("en"),
        Language::Other => None,
    }
}
