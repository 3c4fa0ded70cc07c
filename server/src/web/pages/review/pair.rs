//! One candidate with all that is known of it: to be accepted in other words, merged or split.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use corpus::document::Language;
use corpus::store::Store;
use corpus::term::{Concept, PartOfSpeech, Status, Term};

use super::Choice;
use super::decide::pair_value;
use super::evidence::{Seen, seen};
use super::list::List;
use crate::Error;
use crate::data::Data;
use crate::terms::cached::termbase;
use crate::terms::review::splits;
use crate::web::pages::check_length;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::words::ReviewWords;
use crate::web::{App, assets, link, view};

/// How many places are shown, how many concepts that look alike, and how many designations of each.
const PLACES: usize = 12;
const ALIKE: usize = 6;
const TERMS: usize = 4;

#[derive(Template)]
#[template(path = "review_pair.html")]
struct PairPage {
    shell: Shell,
    r: &'static ReviewWords,
    script: &'static str,
    back: String,
    list: String,
    /// This page's own address, without what was looked up.
    address: String,
    concept: Concept,
    concept_href: String,
    zh: Term,
    en: Term,
    pair: String,
    percent: u32,
    waits: bool,
    others: Vec<Term>,
    places: Vec<Seen>,
    parts: Vec<Choice>,
    sought: String,
    alike: Vec<Alike>,
    splits: bool,
}

/// A concept that may be the same.
struct Alike {
    id: i64,
    href: String,
    terms: Vec<Term>,
    more: usize,
}

/// The candidate, and what stands around it.
struct Found {
    concept: Concept,
    zh: Term,
    en: Term,
    others: Vec<Term>,
    places: Vec<Seen>,
    alike: Vec<Alike>,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path((concept, term)): Path<(String, String)>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (id, term) = (Thing::Concept.number(&concept)?, Thing::Concept.number(&term)?);
    let value = |name: &str| query.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.trim());
    let sought = value("q").to_owned();
    check_length(&sought)?;
    let text = sought.clone();
    let found = app.run(move |data| find(data, id, term, &text)).await?.ok_or(Problem::Missing(Thing::Concept))?;
    let r = ReviewWords::of(shell.ui());
    let list = List::read(value("back"));
    let Found { concept, zh, en, others, places, alike } = found;
    super::scripted(crate::web::pages::page(&PairPage {
        script: assets::script_address(),
        back: list.query(),
        list: list.address(&[]),
        address: format!("/review/{id}/{term}"),
        concept_href: link::concept(id),
        pair: pair_value(id, &zh.text, &en.text),
        percent: view::percent(en.confidence),
        waits: en.status == Status::Candidate && zh.status != Status::Rejected,
        others,
        places,
        parts: PartOfSpeech::ALL.iter().map(|part| part_choice(r, part, en.part_of_speech)).collect(),
        splits: splits(&concept, &en),
        r,
        shell,
        concept,
        zh,
        en,
        sought,
        alike,
    })?)
}

fn part_choice(r: &'static ReviewWords, part: &PartOfSpeech, chosen: Option<PartOfSpeech>) -> Choice {
    Choice { value: part.name().to_owned(), name: r.part(part).to_owned(), chosen: chosen == Some(*part) }
}

fn find(data: &Data, id: i64, term: i64, sought: &str) -> Result<Option<Found>, Error> {
    let found = data.with_store(|store| {
        let Some(concept) = store.whole_concept(id)? else { return Ok(None) };
        let is_it = |en: &&Term| en.id == term && en.language == Language::En;
        let Some(en) = concept.terms.iter().find(is_it).cloned() else { return Ok(None) };
        let Some(zh) = concept.term(Language::Zh).cloned() else { return Ok(None) };
        let others = others(store, &concept, &zh, &en)?;
        let places = seen(&store.rendering_evidence(term, 2 * PLACES)?, PLACES, true);
        Ok(Some(Found { concept, zh, en, others, places, alike: Vec::new() }))
    })?;
    let Some(found) = found else { return Ok(None) };
    let ids = if sought.is_empty() { alike(data, &found.zh, &found.en)? } else { looked_up(data, sought)? };
    let alike = data.with_store(|store| shown(store, id, &ids))?;
    Ok(Some(Found { alike, ..found }))
}

/// The other designations that are shown, and those that were rejected.
fn others(store: &Store, concept: &Concept, zh: &Term, en: &Term) -> Result<Vec<Term>, Error> {
    let shown = store.concept(concept.id)?.map_or(Vec::new(), |concept| concept.terms);
    let rejected = concept.terms.iter().filter(|term| term.status == Status::Rejected).cloned();
    let others = shown.into_iter().chain(rejected).filter(|term| term.id != zh.id && term.id != en.id);
    Ok(others.collect())
}

/// Concepts that have the same English or the same Chinese designation, and those with nearly the same.
fn alike(data: &Data, zh: &Term, en: &Term) -> Result<Vec<i64>, Error> {
    let mut ids = data.with_store(|store| {
        let mut ids = store.concepts_designated(&en.text, Language::En)?;
        ids.extend(store.concepts_designated(&zh.text, Language::Zh)?);
        Ok(ids)
    })?;
    let termbase = termbase(data)?;
    for text in [&zh.text, &en.text] {
        ids.extend(termbase.lookup.find(text, ALIKE).into_iter().map(|found| found.concept));
    }
    Ok(ids)
}

/// The concept of a number, or those that a look-up finds.
fn looked_up(data: &Data, sought: &str) -> Result<Vec<i64>, Error> {
    if let Ok(id) = sought.trim_start_matches('#').parse() {
        return Ok(vec![id]);
    }
    Ok(termbase(data)?.lookup.find(sought, ALIKE + 1).into_iter().map(|found| found.concept).collect())
}

/// The concepts of these numbers in their order, each once, without the candidate's own.
fn shown(store: &Store, own: i64, ids: &[i64]) -> Result<Vec<Alike>, Error> {
    let mut alike: Vec<Alike> = Vec::new();
    for id in ids {
        if *id == own || alike.len() == ALIKE || alike.iter().any(|alike| alike.id == *id) {
            continue;
        }
        let Some(concept) = store.concept(*id)?.filter(|concept| !concept.terms.is_empty()) else { continue };
        let side = |language| concept.terms_in(language).take(TERMS).cloned();
        let terms: Vec<Term> = side(Language::Zh).chain(side(Language::En)).collect();
        let more = concept.terms.len().saturating_sub(terms.len());
        alike.push(Alike { id: *id, href: link::concept(*id), terms, more });
    }
    Ok(alike)
}
