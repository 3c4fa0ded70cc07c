//! The targets of all documents: a table with filters, how many there are for each year, and the same as CSV.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use corpus::document::Language;
use corpus::facts::Agency;
use corpus::store::{FoundTarget, ShelfDocument, TargetFacets, TargetFilter};
use serde::Deserialize;

use super::Pager;
use crate::amount::amount;
use crate::export::write_targets;
use crate::web::chart::{MOST_SERIES, Stacked, years};
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::words::{CorpusWords, Words};
use crate::web::{App, link};

/// How many targets a page shows.
const SIZE: usize = 50;
/// How many targets a file holds at most.
const MOST_EXPORTED: usize = 50_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/targets", get(show)).route("/targets/export", get(export))
}

/// What the address says; empty is what was not said.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(in crate::web) struct TargetParams {
    /// What the target or its sentence holds.
    q: String,
    /// The year by which it is to be met.
    #[schemars(regex(pattern = "^([0-9]{4})?$"))]
    year: String,
    /// The unit.
    unit: String,
    /// The id of an issuer.
    issuer: String,
    /// The language of the document.
    #[schemars(extend("enum" = ["", "zh", "en"]))]
    lang: String,
    /// Of pages only.
    #[schemars(skip)]
    page: String,
}

impl TargetParams {
    /// The filter that is meant.
    pub(in crate::web) fn filter(&self) -> Result<TargetFilter, Problem> {
        for text in [&self.q, &self.unit, &self.issuer] {
            super::check_length(text)?;
        }
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let year = given(&self.year).map(|year| {
            let wrong = || Problem::Input("the year is no number; give four digits".to_owned());
            year.parse().map_err(|_| wrong())
        });
        let language = match self.lang.trim() {
            "" => None,
            "zh" => Some(Language::Zh),
            "en" => Some(Language::En),
            _ => return Err(Problem::Input("there is no such lang; use zh or en".to_owned())),
        };
        Ok(TargetFilter {
            language,
            text: self.q.trim().to_owned(),
            year: year.transpose()?,
            unit: given(&self.unit),
            issuer: given(&self.issuer),
        })
    }

    fn address(&self, path: &str, page: &str) -> String {
        let own = [
            ("q", self.q.as_str()),
            ("year", &self.year),
            ("unit", &self.unit),
            ("issuer", &self.issuer),
            ("lang", &self.lang),
            ("page", page),
        ];
        link::url(path, &own)
    }
}

#[derive(Template)]
#[template(path = "targets.html")]
struct TargetsPage {
    shell: Shell,
    c: &'static CorpusWords,
    params: TargetParams,
    is_filtered: bool,
    summary: String,
    filters: Vec<Filter>,
    chart: Option<Chart>,
    lines: Vec<Line>,
    csv: String,
    pager: Pager,
}

struct Filter {
    field: &'static str,
    label: &'static str,
    choices: Vec<(String, String, bool)>,
}

/// How many targets there are for each year.
struct Chart {
    drawing: Stacked,
    series: Vec<(Said, u32)>,
    /// The same as a table: a year, and the count of each series in it.
    rows: Vec<(u16, Vec<u32>)>,
}

struct Line {
    year: Option<i32>,
    amount: String,
    notes: String,
    what: Said,
    document: Said,
    about: Vec<String>,
    sentence: Said,
    page: u32,
    href: String,
}

struct Found {
    total: usize,
    documents: usize,
    facets: TargetFacets,
    by_year: Vec<(i32, Option<Agency>, usize)>,
    targets: Vec<(FoundTarget, Option<ShelfDocument>)>,
}

async fn show(State(app): State<App>, shell: Shell, Query(params): Query<TargetParams>) -> Result<Response, Problem> {
    let filter = params.filter()?;
    let is_filtered = filter != TargetFilter::default();
    let here = super::page_number(Some(&params.page));
    let found = app.run(move |data| {
        data.with_store(|store| {
            let (total, documents) = store.target_counts(&filter)?;
            let mut targets = Vec::new();
            for found in store.targets(&filter, SIZE, (here - 1) * SIZE)? {
                let document = store.shelf_document(found.document)?;
                targets.push((found, document));
            }
            let (facets, by_year) = (store.target_facets(&filter)?, store.targets_by_year(&filter)?);
            Ok(Found { total, documents, facets, by_year, targets })
        })
    });
    let found = found.await?;
    let (w, c) = (shell.w, CorpusWords::of(shell.ui()));
    super::page(&TargetsPage {
        c,
        is_filtered,
        summary: c.targets_in(found.total, found.documents),
        filters: filters(w, &params, &found.facets),
        chart: chart(w, c, &found.by_year),
        lines: found.targets.iter().map(|(found, document)| line(w, found, document.as_ref())).collect(),
        csv: params.address("/targets/export", ""),
        pager: Pager::new(here, SIZE, found.total, |page| params.address("/targets", page)),
        params,
        shell,
    })
}

fn filters(w: &'static Words, params: &TargetParams, facets: &TargetFacets) -> Vec<Filter> {
    let choice = |value: String, name: &str, count: usize, given: &str| {
        let chosen = value == given;
        (value, format!("{name} ({count})"), chosen)
    };
    let years =
        facets.years.iter().map(|(year, count)| choice(year.to_string(), &year.to_string(), *count, &params.year));
    let units = facets.units.iter().map(|(unit, count)| choice(unit.clone(), unit, *count, &params.unit));
    let issuers = facets
        .issuers
        .iter()
        .map(|(agency, count)| choice(identity(agency), &view::agency(agency, w.reads()).text, *count, &params.issuer));
    let languages = [Language::Zh, Language::En].map(|language| {
        let code = language.code();
        (code.to_owned(), w.language(language).to_owned(), params.lang == code)
    });
    let all = [
        Filter { field: "year", label: w.year, choices: years.collect() },
        Filter { field: "unit", label: w.pick("Unit", "单位"), choices: units.collect() },
        Filter { field: "issuer", label: w.issuer, choices: issuers.collect() },
        Filter { field: "lang", label: w.language, choices: languages.into() },
    ];
    all.into_iter().filter(|filter| !filter.choices.is_empty()).collect()
}

/// By what an issuer is filtered: its identity, or its name where it has none.
fn identity(agency: &Agency) -> String {
    if agency.id.is_empty() {
        return agency.name_zh.as_ref().or(agency.name_en.as_ref()).cloned().unwrap_or_default();
    }
    agency.id.clone()
}

/// The years by which, in a stacked column each: the issuers with the most targets, then all others.
fn chart(w: &'static Words, c: &'static CorpusWords, by_year: &[(i32, Option<Agency>, usize)]) -> Option<Chart> {
    let mut issuers: Vec<(Option<&Agency>, BTreeMap<u16, u32>)> = Vec::new();
    for (year, agency, count) in by_year {
        let Some(year) = u16::try_from(*year).ok().filter(|year| (1900..2200).contains(year)) else { continue };
        let count = u32::try_from(*count).unwrap_or(u32::MAX);
        let same = |known: &Option<&Agency>| known.map(identity) == agency.as_ref().map(identity);
        let at = issuers.iter().position(|(known, _)| same(known)).unwrap_or_else(|| {
            issuers.push((agency.as_ref(), BTreeMap::new()));
            issuers.len() - 1
        });
        if let Some((_, counts)) = issuers.get_mut(at) {
            let sum = counts.entry(year).or_insert(0_u32);
            *sum = sum.saturating_add(count);
        }
    }
    let total = |counts: &BTreeMap<u16, u32>| counts.values().fold(0_u32, |sum, count| sum.saturating_add(*count));
    // Those of no known issuer are among the others, which come last.
    issuers.sort_by_key(|(agency, counts)| (agency.is_none(), std::cmp::Reverse(total(counts))));
    let named = issuers.iter().filter(|(agency, _)| agency.is_some()).count().min(MOST_SERIES);
    let mut others = BTreeMap::new();
    for (year, count) in issuers.iter().skip(named).flat_map(|(_, counts)| counts) {
        let sum = others.entry(*year).or_insert(0_u32);
        *sum = sum.saturating_add(*count);
    }
    issuers.truncate(named);
    let mut names: Vec<Said> =
        issuers.iter().filter_map(|(agency, _)| Some(view::agency((*agency)?, w.reads()))).collect();
    let mut counts: Vec<BTreeMap<u16, u32>> = issuers.into_iter().map(|(_, counts)| counts).collect();
    if !others.is_empty() {
        names.push(Said::plain(if counts.is_empty() { c.all_issuers } else { c.other_issuers }));
        counts.push(others);
    }
    let years = years(counts.iter())?;
    let rows = (years.0..=years.1).map(|year| {
        (year, counts.iter().map(|counts| counts.get(&year).copied().unwrap_or_default()).collect::<Vec<u32>>())
    });
    // One year is no timeline.
    if years.0 == years.1 {
        return None;
    }
    Some(Chart {
        rows: rows.filter(|(_, counts)| counts.iter().any(|count| *count > 0)).collect(),
        drawing: Stacked::new(&counts, years),
        series: names.into_iter().zip(counts.iter().map(total)).collect(),
    })
}

fn line(w: &'static Words, found: &FoundTarget, document: Option<&ShelfDocument>) -> Line {
    let target = &found.target;
    let issuers = document.map(|document| document.issuers.as_slice()).unwrap_or_default();
    let issuer = issuers.first().map(|agency| view::agency(agency, w.reads()).text);
    let date = document.and_then(|document| document.date.clone());
    Line {
        year: target.by,
        amount: amount(target),
        notes: w.target_notes(target.comparator, target.every, target.cumulative),
        what: Said::by_script(&target.what),
        document: document.map_or_else(|| Said::plain(found.document.to_string()), super::documents::title),
        about: [issuer, date].into_iter().flatten().collect(),
        sentence: Said::by_script(&target.sentence),
        page: target.page,
        href: link::page(found.document, target.page),
    }
}

/// The targets that are meant as CSV, for a spreadsheet.
async fn export(State(app): State<App>, Query(params): Query<TargetParams>) -> Result<Response, Problem> {
    let filter = params.filter()?;
    let file = app.run(move |data| {
        let found = data.with_store(|store| Ok(store.targets(&filter, MOST_EXPORTED, 0)?))?;
        let mut file = Vec::new();
        write_targets(data, &found, true, &mut file)?;
        Ok(file)
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"targets.csv\""),
    ];
    Ok((headers, file.await?).into_response())
}
