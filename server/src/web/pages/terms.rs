//! Looking terms up, and browsing them.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::derive::taxonomy_for_names;
use crate::terms::listing::{Listed, MOST_FOUND, Order, Wanted, listed};
use crate::terms::seen::{Use, by_year, span};
use crate::web::chart::{Spark, Years, years};
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Part};
use crate::web::words::{ConceptWords, Words};
use crate::web::{App, link};

use super::{Pager, check_length};
use corpus::document::Language;
use corpus::term::{Concept, Status, Term};
use corpus::topic::Taxonomy;

/// How many concepts a page shows.
const SIZE: usize = 40;
/// How many designations in each language a line shows.
const RENDERINGS: usize = 3;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    q: String,
    page: String,
    status: String,
    subject: String,
    sort: String,
}

#[derive(Template)]
#[template(path = "terms.html")]
struct TermsPage {
    shell: Shell,
    c: &'static ConceptWords,
    query: String,
    search: String,
    make: String,
    total: usize,
    capped: bool,
    filtered: bool,
    statuses: Vec<Choice>,
    subjects: Vec<Choice>,
    orders: Vec<Choice>,
    lines: Vec<Line>,
    pager: Pager,
}

/// Something to choose in a filter.
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// A concept in a line: designations, the best first.
struct Line {
    href: String,
    zh: Vec<Named>,
    en: Vec<Named>,
    more: usize,
    subject: Option<String>,
    /// How the look-up met it.
    how: Option<&'static str>,
    /// What stands behind it, where nobody has reviewed it.
    tier: Option<&'static str>,
    seen: u32,
    spark: Option<Spark>,
    span: Option<String>,
}

/// A designation in a line.
struct Named {
    parts: Vec<Part>,
    /// Its status, where a person has said so.
    status: Option<Status>,
    count: u32,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let query = params.q.trim().to_owned();
    check_length(&query)?;
    check_length(&params.subject)?;
    let here = super::page_number(Some(&params.page));
    let wanted = Wanted {
        query: query.clone(),
        status: Status::from_name(&params.status),
        subject: Some(params.subject.clone()).filter(|subject| !subject.is_empty()),
        order: Order::from_name(&params.sort).unwrap_or_default(),
    };
    let asked = wanted.clone();
    let found = app.run(move |data| {
        let subjects = data.with_store(|store| Ok(store.concept_subjects()?))?;
        Ok((listed(data, &asked, SIZE, (here - 1) * SIZE)?, subjects, taxonomy_for_names(data.folder())))
    });
    let ((listed, total), subjects, taxonomy) = found.await?;
    let w = shell.w;
    super::page(&TermsPage {
        c: ConceptWords::of(shell.ui()),
        lines: lines(w, &taxonomy, &listed, &query),
        pager: Pager::new(here, SIZE, total, |page| address(&params, page)),
        search: link::search(&query),
        make: link::url("/concept/new", &[("q", &query)]),
        capped: !query.is_empty() && total == MOST_FOUND,
        filtered: wanted.status.is_some() || wanted.subject.is_some(),
        statuses: statuses(w, wanted.status),
        subjects: subject_choices(w, &taxonomy, subjects, &params.subject),
        orders: orders(w, wanted.order),
        total,
        query,
        shell,
    })
}

fn address(params: &Params, page: &str) -> String {
    let Params { q, status, subject, sort, .. } = params;
    link::url("/terms", &[("q", q), ("status", status), ("subject", subject), ("sort", sort), ("page", page)])
}

fn statuses(w: &'static Words, chosen: Option<Status>) -> Vec<Choice> {
    let statuses = Status::ALL.into_iter().filter(|status| *status != Status::Rejected).map(|status| Choice {
        value: status.name().to_owned(),
        name: w.status(&status).to_owned(),
        chosen: chosen == Some(status),
    });
    statuses.collect()
}

/// The subject fields that concepts have, by name.
fn subject_choices(w: &'static Words, taxonomy: &Taxonomy, subjects: Vec<(i64, String)>, chosen: &str) -> Vec<Choice> {
    let mut values: Vec<String> = subjects.into_iter().map(|(_, subject)| subject).collect();
    values.sort_unstable();
    values.dedup();
    let choices = values.into_iter().map(|value| Choice {
        name: view::topic(w, taxonomy, &value),
        chosen: value == chosen,
        value,
    });
    choices.collect()
}

fn orders(w: &'static Words, chosen: Order) -> Vec<Choice> {
    let orders = Order::ALL.into_iter().map(|order| Choice {
        value: order.name().to_owned(),
        name: w.order(order).to_owned(),
        chosen: order == chosen,
    });
    orders.collect()
}

fn lines(w: &'static Words, taxonomy: &Taxonomy, listed: &[Listed], query: &str) -> Vec<Line> {
    let all: Vec<_> = listed.iter().map(|listed| by_year(listed.uses.iter())).collect();
    let years = years(all.iter());
    listed.iter().map(|listed| line(w, taxonomy, listed, query, years)).collect()
}

fn line(w: &'static Words, taxonomy: &Taxonomy, listed: &Listed, query: &str, years: Option<Years>) -> Line {
    let concept = &listed.concept;
    let met = listed.met.map(|(term, _)| term);
    let (zh, en) = (named(concept, Language::Zh, met, query), named(concept, Language::En, met, query));
    // A document in each language counts alike: the years are of the language that has more of them.
    let of = |language: Language| -> Vec<&Use> {
        let is_in = |term: i64| concept.terms_in(language).any(|other| other.id == term);
        listed.uses.iter().filter(|used| is_in(used.term)).collect()
    };
    let sum = |uses: &[&Use]| uses.iter().fold(0_u32, |sum, used| sum.saturating_add(used.count));
    let (zh_uses, en_uses) = (of(Language::Zh), of(Language::En));
    let uses = if sum(&en_uses) >= sum(&zh_uses) { en_uses } else { zh_uses };
    let best = concept.term(Language::Zh).or(concept.terms.first());
    Line {
        href: link::concept(concept.id),
        more: concept.terms_in(Language::En).count().saturating_sub(en.len()),
        zh,
        en,
        subject: concept.subject.as_deref().map(|subject| view::topic(w, taxonomy, subject)),
        how: listed.met.and_then(|(_, how)| w.met(how)),
        tier: listed.tier.map(|tier| w.stands_behind(tier)),
        seen: best.map_or(0, |term| term.count),
        spark: years.and_then(|years| Spark::new(&by_year(uses.iter().copied()), years)),
        span: span(uses.iter().copied()).map(|(first, last)| w.between(first, last)),
    }
}

/// The best designations in a language, with the one that was met among them.
fn named(concept: &Concept, language: Language, met: Option<i64>, query: &str) -> Vec<Named> {
    let terms = concept.terms_in(language).enumerate();
    let shown = terms.filter(|(at, term)| *at < RENDERINGS || met == Some(term.id));
    shown.map(|(_, term)| named_as(term, met == Some(term.id), query)).collect()
}

/// What was typed is marked in the designation that it met; all of that, where it was met in another way.
fn named_as(term: &Term, is_met: bool, query: &str) -> Named {
    let needles = if is_met { vec![query.to_owned()] } else { Vec::new() };
    let mut parts = view::marked(&term.text, &needles);
    if is_met && parts.iter().all(|part| !part.marked) {
        parts = vec![Part { text: term.text.clone(), marked: true }];
    }
    let status = Some(term.status).filter(|status| status.is_reviewed());
    Named { parts, status, count: term.count }
}
