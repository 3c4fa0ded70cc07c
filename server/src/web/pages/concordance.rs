//! A phrase with its sentence pairs, and filters with counts.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;

use super::Pager;
use crate::concordance::{Concordance, Order, PairSide, SentencePair, concordance};
use crate::search::FacetCount;
use crate::web::concordance::{Params, download};
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Part};
use crate::web::words::ConcordanceWords;
use crate::web::{App, link};

/// How many pairs a page shows.
const SIZE: usize = 50;
/// How many values of a filter are shown.
const VALUES: usize = 10;

const PATH: &str = "/concordance";

pub(super) fn routes() -> Router<App> {
    Router::new().route(PATH, get(show)).route("/concordance/export", get(download))
}

#[derive(Template)]
#[template(path = "concordance.html")]
struct ConcordancePage {
    shell: Shell,
    tw: &'static ConcordanceWords,
    params: Params,
    orders: Vec<(&'static str, &'static str, bool)>,
    total: usize,
    capped: bool,
    facets: Vec<Facet>,
    lines: Vec<Line>,
    pager: Pager,
    search: String,
    /// The same with all pairs, where these are not all and more can be asked for.
    all: Option<String>,
    csv: String,
    tmx: String,
}

/// A filter with its values.
struct Facet {
    name: &'static str,
    values: Vec<Value>,
}

struct Value {
    text: String,
    lang: &'static str,
    count: Option<usize>,
    href: String,
    chosen: bool,
}

struct Line {
    own: Side,
    other: Side,
    aligned: String,
    date: Option<String>,
    doubtful: bool,
}

struct Side {
    lang: String,
    parts: Vec<Part>,
    title: String,
    href: String,
    page: u32,
    ocr: bool,
}

async fn show(State(app): State<App>, shell: Shell, Query(params): Query<Params>) -> Result<Response, Problem> {
    let request = params.request(SIZE)?;
    let found = if request.phrase.is_empty() {
        Concordance::default()
    } else {
        app.run(move |data| concordance(data, &request)).await?
    };
    super::page(&concordance_page(shell, params, &found))
}

fn concordance_page(shell: Shell, params: Params, found: &Concordance) -> ConcordancePage {
    let (w, t) = (shell.w, ConcordanceWords::of(shell.ui()));
    let here = super::page_number(Some(&params.page));
    let facets = [
        facet(t.rendered, &params, "rendering", &params.rendering, &found.renderings, &str::to_owned),
        facet(w.issuer, &params, "issuer", &params.issuer, &found.issuers, &|id| super::search::issuer(w, id)),
        facet(w.kind, &params, "kind", &params.kind, &found.kinds, &|name| view::kind_by_name(w, name)),
    ];
    ConcordancePage {
        orders: orders(t, &params),
        total: found.total,
        capped: found.capped,
        facets: facets.into_iter().filter(|facet| !facet.values.is_empty()).collect(),
        lines: found.pairs.iter().map(line).collect(),
        pager: Pager::new(here, SIZE, found.total, |page| params.with(PATH, "page", page)),
        all: (found.capped && params.all != "1").then(|| params.with(PATH, "all", "1")),
        search: link::search(params.q.trim()),
        csv: params.with("/concordance/export", "format", "csv"),
        tmx: params.with("/concordance/export", "format", "tmx"),
        tw: t,
        params,
        shell,
    }
}

fn orders(t: &'static ConcordanceWords, params: &Params) -> Vec<(&'static str, &'static str, bool)> {
    let named = Order::ALL.map(|order| match order {
        Order::Newest => (order, t.newest),
        Order::Oldest => (order, t.oldest),
        Order::Before => (order, t.before),
        Order::After => (order, t.after),
        Order::Surest => (order, t.surest),
    });
    let chosen = Order::from_name(&params.sort).unwrap_or_default();
    named.into_iter().map(|(order, name)| (order.name(), name, order == chosen)).collect()
}

/// A chosen value is shown even where nothing matches, so that it can be taken back.
fn facet(
    name: &'static str,
    params: &Params,
    part: &str,
    chosen: &str,
    counts: &[FacetCount],
    say: &dyn Fn(&str) -> String,
) -> Facet {
    let value = |value: &str, count| {
        let is_chosen = value == chosen;
        let href = params.with(PATH, part, if is_chosen { "" } else { value });
        let text = say(value);
        Value { lang: view::script(&text), text, count, href, chosen: is_chosen }
    };
    let mut values: Vec<Value> =
        counts.iter().take(VALUES).map(|count| value(&count.value, Some(count.count))).collect();
    if !chosen.is_empty() && !values.iter().any(|value| value.chosen) {
        values.insert(0, value(chosen, None));
    }
    Facet { name, values }
}

fn line(pair: &SentencePair) -> Line {
    Line {
        own: side(&pair.own),
        other: side(&pair.other),
        aligned: link::aligned_sentence(pair.own.document, pair.own.sentence),
        date: pair.date.clone(),
        doubtful: pair.doubtful,
    }
}

fn side(side: &PairSide) -> Side {
    Side {
        lang: side.language.clone(),
        parts: view::parts(&side.text, &side.marks),
        title: side.title.clone(),
        href: link::sentence(side.document, side.sentence),
        page: side.page,
        ocr: side.ocr,
    }
}
