//! Review: the queue of candidates with their evidence, a decision each, and what was decided last.
//!
//! Everything works without script, by tab, enter and access keys. These pages alone may load one, our own: it turns
//! single keys into the decisions and sends them without loading the page anew.

mod decide;
mod evidence;
mod list;
mod pair;
mod recent;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post};
use corpus::document::Language;
use corpus::store::{QueueCounts, QueueOrder, Store, WaitingPair};
use corpus::term::{Concept, Status, Term, Tier};

use super::Pager;
use crate::Error;
use crate::terms::review::{TIERS, today};
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::who::{LONGEST, Who};
use crate::web::words::ReviewWords;
use crate::web::{App, assets, link, safety};
use decide::pair_value;
use evidence::{Seen, seen};
use list::List;
use recent::{Recent, last_of, recent};

/// How many candidates a page shows.
const SIZE: usize = 20;
/// How many places of each, and how many other designations.
const PLACES: usize = 2;
const OTHERS: usize = 8;
/// How many batches the page tells of, and how many edits are looked at for them.
const BATCHES: usize = 8;
const EDITS: usize = 60;
/// The least confidences to choose from, in hundredths.
const SHARES: [u8; 5] = [30, 50, 70, 80, 90];
/// How many pairs a notice names.
const NAMED: usize = 10;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/review", get(show).post(decide::decide))
        .route("/review/undo", post(decide::undo))
        .route("/review/name", post(decide::name))
        .route("/review/{concept}/{term}", get(pair::show))
}

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    shell: Shell,
    r: &'static ReviewWords,
    script: &'static str,
    list: List,
    back: String,
    /// The document or the bitext that the list is of.
    only_in: Option<OnlyIn>,
    counts: QueueCounts,
    rows: Vec<Row>,
    pager: Pager,
    told: Option<Told>,
    who: String,
    longest_name: usize,
    recent: Vec<Recent>,
    /// The reviewer's last batch, which can be taken back.
    last: Option<i64>,
    tiers: Vec<Choice>,
    shares: Vec<Choice>,
    /// The addresses of this list and of the one in this order without filters.
    here: String,
    everything: String,
}

/// One of several in a form's list.
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

struct OnlyIn {
    titles: Vec<Said>,
    without: String,
}

/// A candidate with its evidence.
struct Row {
    id: i64,
    pair: String,
    zh: String,
    en: String,
    percent: u32,
    count: u32,
    tier: Tier,
    others: Vec<Other>,
    more: usize,
    places: Vec<Seen>,
    href: String,
    concept_href: String,
    /// The row to go to from here, and whether this is the one where the reviewer is.
    next: i64,
    here: bool,
}

/// Another designation of a candidate's concept.
struct Other {
    text: String,
    lang: &'static str,
    status: Status,
}

/// What has just been done.
struct Told {
    said: String,
    batch: Option<i64>,
    stale: Vec<Stale>,
}

struct Stale {
    href: String,
    zh: String,
    en: String,
}

/// What the store gives for the page.
struct Found {
    counts: QueueCounts,
    rows: Vec<Row>,
    recent: Vec<Recent>,
    last: Option<i64>,
    only_in: Option<OnlyIn>,
}

async fn show(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let r = ReviewWords::of(shell.ui());
    let list = List::of(&query);
    let at = query.iter().find(|(name, _)| name == "at").and_then(|(_, at)| at.parse().ok());
    let (asked, name) = (list.clone(), who.0.clone());
    let found = app.run(move |data| data.with_store(|store| find(store, r, &asked, &name, at))).await?;
    let of_page = |page: &str| List { page: page.parse().unwrap_or(1), ..list.clone() }.address(&[]);
    scripted(super::page(&ReviewPage {
        pager: Pager::new(list.page, SIZE, found.counts.waiting, of_page),
        script: assets::script_address(),
        told: told(r, &query),
        back: list.query(),
        everything: List { order: list.order, ..List::default() }.address(&[]),
        only_in: found.only_in,
        counts: found.counts,
        rows: found.rows,
        recent: found.recent,
        last: found.last,
        tiers: TIERS.iter().map(|tier| tier_choice(r, tier, list.tier)).collect(),
        shares: SHARES.iter().map(|share| share_choice(*share, list.least)).collect(),
        here: list.address(&[]),
        longest_name: LONGEST,
        who: who.0,
        list,
        shell,
        r,
    })?)
}

fn tier_choice(r: &'static ReviewWords, tier: &Tier, chosen: Option<Tier>) -> Choice {
    Choice { value: tier.name().to_owned(), name: r.tier(tier).to_owned(), chosen: chosen == Some(*tier) }
}

fn share_choice(share: u8, chosen: u8) -> Choice {
    Choice { value: share.to_string(), name: format!("{share}%"), chosen: share == chosen }
}

/// Lets a page load our script and send what it sends to us.
fn scripted(mut response: Response) -> Result<Response, Problem> {
    let policy = HeaderValue::from_static(safety::SCRIPTED_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn find(store: &Store, r: &'static ReviewWords, list: &List, who: &str, at: Option<i64>) -> Result<Found, Error> {
    let filter = list.filter(store)?;
    let counts = store.queue_counts(&filter, &today())?;
    // Past the end, where the last of a page were decided on, is the last page that there is.
    let last_page = counts.waiting.div_ceil(SIZE).max(1);
    let offset = (list.page.min(last_page) - 1) * SIZE;
    let waiting = store.review_queue(&filter, SIZE, offset)?;
    let edits = store.history(None, None, EDITS)?;
    Ok(Found {
        counts,
        rows: rows(store, list, &waiting, at)?,
        last: last_of(&edits, who),
        recent: recent(r, &edits, BATCHES),
        only_in: only_in(store, list)?,
    })
}

fn only_in(store: &Store, list: &List) -> Result<Option<OnlyIn>, Error> {
    let documents = match (list.document, list.bitext) {
        (Some(document), _) => vec![document],
        (None, Some(bitext)) => store.bitext(bitext)?.map_or(Vec::new(), |bitext| vec![bitext.zh, bitext.en]),
        (None, None) => return Ok(None),
    };
    let mut titles = Vec::new();
    for id in documents {
        titles.extend(store.document(id)?.map(|document| view::title(&document)));
    }
    let without = List { document: None, bitext: None, page: 1, ..list.clone() }.address(&[]);
    Ok(Some(OnlyIn { titles, without }))
}

fn rows(store: &Store, list: &List, waiting: &[WaitingPair], at: Option<i64>) -> Result<Vec<Row>, Error> {
    let here = waiting.iter().position(|pair| Some(pair.en.id) == at).unwrap_or(0);
    let mut rows = Vec::new();
    for (index, pair) in waiting.iter().enumerate() {
        let beside = waiting.get(index + 1).or_else(|| waiting.get(index.checked_sub(1)?));
        let row = row(store, list, pair)?;
        rows.push(Row { next: beside.map_or(0, |beside| beside.en.id), here: index == here, ..row });
    }
    Ok(rows)
}

fn row(store: &Store, list: &List, pair: &WaitingPair) -> Result<Row, Error> {
    let mut others = store.concept(pair.concept)?.map_or(Vec::new(), |concept| others(&concept, &pair.zh, &pair.en));
    let more = others.len().saturating_sub(OTHERS);
    others.truncate(OTHERS);
    let WaitingPair { concept, zh, en, tier } = pair;
    Ok(Row {
        id: en.id,
        pair: pair_value(*concept, &zh.text, &en.text),
        zh: zh.text.clone(),
        en: en.text.clone(),
        percent: view::percent(en.confidence),
        count: en.count,
        tier: *tier,
        others,
        more,
        places: seen(&store.rendering_evidence(en.id, 3 * PLACES)?, PLACES, false),
        href: link::url(&format!("/review/{concept}/{}", en.id), &[("back", &list.query())]),
        concept_href: link::concept(*concept),
        next: 0,
        here: false,
    })
}

/// The designations that stand beside a pair in its concept: renderings first.
fn others(concept: &Concept, zh: &Term, en: &Term) -> Vec<Other> {
    let terms = concept.terms_in(Language::En).chain(concept.terms_in(Language::Zh));
    let others = terms.filter(|term| term.id != zh.id && term.id != en.id);
    others.map(|term| Other { text: term.text.clone(), lang: term.language.code(), status: term.status }).collect()
}

/// What an address says has been done.
fn told(r: &'static ReviewWords, query: &[(String, String)]) -> Option<Told> {
    let value = |name: &str| query.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.as_str());
    let stale: Vec<Stale> =
        query.iter().filter(|(name, _)| name == "stale").take(NAMED).filter_map(|(_, pair)| stale(pair)).collect();
    let said = match value("said") {
        "undone" => Some(r.undone_said.to_owned()),
        "forward" => Some(r.back_said.to_owned()),
        "already" => Some(r.already_said.to_owned()),
        "named" => Some(r.named_said.to_owned()),
        "none" => Some(r.nothing_chosen.to_owned()),
        said => r.done(said, value("count").parse().unwrap_or(0)),
    };
    if said.is_none() && stale.is_empty() {
        return None;
    }
    Some(Told { said: said.unwrap_or_default(), batch: value("batch").parse().ok(), stale })
}

fn stale(pair: &str) -> Option<Stale> {
    let mut parts = pair.splitn(3, '\t');
    let concept = parts.next()?.parse().ok()?;
    Some(Stale { href: link::concept(concept), zh: parts.next()?.to_owned(), en: parts.next()?.to_owned() })
}
