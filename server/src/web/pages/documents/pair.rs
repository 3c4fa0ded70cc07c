//! Pairs by hand: two documents are chosen by number or by title, it is shown why they are paired or not, and a person
//! says otherwise.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use corpus::bitext::PairRule;
use corpus::document::Language;
use corpus::store::{SaidBy, ShelfDocument, ShelfFilter, ShelfOrder};
use serde::Deserialize;

use super::{side_of, title};
use crate::Error;
use crate::data::Data;
use crate::derive::{self, Explained};
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::words::CorpusWords;
use crate::web::{App, link};

/// How many documents are offered for a title.
const OFFERED: usize = 12;

/// What the address says: for each side a number, or a part of a title.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    zh: String,
    en: String,
    done: String,
}

#[derive(Template)]
#[template(path = "documents_pair.html")]
struct PairPage {
    shell: Shell,
    c: &'static CorpusWords,
    sides: [Side; 2],
    /// What was just done.
    done: Option<&'static str>,
    pair: Option<PairView>,
}

/// A side of the pair, as far as it is chosen.
struct Side {
    field: &'static str,
    label: &'static str,
    given: String,
    document: Option<Said>,
    /// What is said of the document.
    about: Vec<String>,
    /// The documents that may be meant.
    offered: Vec<Offer>,
    /// Why nothing is chosen.
    fault: Option<&'static str>,
}

/// A document that may be meant.
struct Offer {
    title: Said,
    about: Vec<String>,
    choose: String,
    is_paired: bool,
}

/// Why two documents are paired or not.
struct PairView {
    zh: i64,
    en: i64,
    paired: bool,
    percent: u32,
    said: Option<&'static str>,
    is_set: bool,
    is_forbidden: bool,
    reasons: Vec<String>,
    instead: Vec<Said>,
    bitext: Option<String>,
}

/// What was found of a side.
#[derive(Default)]
struct Chosen {
    document: Option<ShelfDocument>,
    offered: Vec<ShelfDocument>,
    fault: Option<Fault>,
}

#[derive(Clone, Copy)]
enum Fault {
    Missing,
    OtherLanguage,
    NothingFound,
}

struct Found {
    zh: Chosen,
    en: Chosen,
    pair: Option<(Explained, Vec<ShelfDocument>, Option<i64>)>,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    for text in [&params.zh, &params.en] {
        super::super::check_length(text)?;
    }
    let asked = params.clone();
    let found = app.run(move |data| find(data, &asked)).await?;
    let c = CorpusWords::of(shell.ui());
    let done = match params.done.as_str() {
        "set" => Some(c.pair_set),
        "forbid" => Some(c.pair_forbidden),
        "forget" => Some(c.pair_forgotten),
        _ => None,
    };
    let pair = found.pair.map(|(explained, instead, bitext)| pair_view(c, &explained, &instead, bitext));
    let (zh, en) = (params.zh.trim().to_owned(), params.en.trim().to_owned());
    let sides = [side(c, "zh", &found.zh, &zh, &en), side(c, "en", &found.en, &en, &zh)];
    super::super::page(&PairPage { c, sides, done, pair, shell })
}

fn find(data: &Data, params: &Params) -> Result<Found, Error> {
    let zh = choose(data, &params.zh, Language::Zh)?;
    let en = choose(data, &params.en, Language::En)?;
    let pair = match (&zh.document, &en.document) {
        (Some(zh), Some(en)) => {
            let explained = derive::explain_pair(data, zh.id, en.id)?;
            let (instead, bitext) = data.with_store(|store| {
                let mut instead = Vec::new();
                for id in &explained.instead {
                    instead.extend(store.shelf_document(*id)?);
                }
                Ok((instead, store.bitext_of(zh.id)?.map(|bitext| bitext.id)))
            })?;
            let bitext = bitext.filter(|_| explained.paired);
            Some((explained, instead, bitext))
        }
        _ => None,
    };
    Ok(Found { zh, en, pair })
}

/// The document of a number, or those whose title holds a text.
fn choose(data: &Data, given: &str, language: Language) -> Result<Chosen, Error> {
    let given = given.trim();
    if given.is_empty() {
        return Ok(Chosen::default());
    }
    data.with_store(|store| {
        if let Ok(id) = given.parse::<i64>() {
            let Some(document) = store.shelf_document(id)? else {
                return Ok(Chosen { fault: Some(Fault::Missing), ..Chosen::default() });
            };
            let is_right = document.language == language;
            return Ok(if is_right {
                Chosen { document: Some(document), ..Chosen::default() }
            } else {
                Chosen { fault: Some(Fault::OtherLanguage), ..Chosen::default() }
            });
        }
        let filter = ShelfFilter { language: Some(language), title: given.to_owned(), ..ShelfFilter::default() };
        let mut offered = Vec::new();
        for id in store.shelf_ids(&filter, ShelfOrder::Date, OFFERED, 0)? {
            offered.extend(store.shelf_document(id)?);
        }
        let fault = offered.is_empty().then_some(Fault::NothingFound);
        Ok(Chosen { offered, fault, ..Chosen::default() })
    })
}

fn side(c: &'static CorpusWords, field: &'static str, chosen: &Chosen, given: &str, other: &str) -> Side {
    let about = |document: &ShelfDocument| {
        let number = document.number.clone();
        [Some(c.number_of(document.id)), number, document.date.clone()].into_iter().flatten().collect::<Vec<_>>()
    };
    let offer = |document: &ShelfDocument| {
        let (id, own) = (document.id.to_string(), side_of(document.language).unwrap_or(field));
        let other_field = if own == "zh" { "en" } else { "zh" };
        Offer {
            title: title(document),
            about: about(document),
            choose: link::url("/documents/pair", &[(own, &id), (other_field, other)]),
            is_paired: document.counterpart.is_some(),
        }
    };
    Side {
        field,
        label: if field == "zh" { c.chinese_document } else { c.english_document },
        given: given.to_owned(),
        about: chosen.document.as_ref().map(about).unwrap_or_default(),
        document: chosen.document.as_ref().map(title),
        offered: chosen.offered.iter().map(offer).collect(),
        fault: chosen.fault.map(|fault| match fault {
            Fault::Missing => c.pair_missing,
            Fault::OtherLanguage => c.pair_language,
            Fault::NothingFound => c.pair_nothing,
        }),
    }
}

fn pair_view(c: &'static CorpusWords, found: &Explained, instead: &[ShelfDocument], bitext: Option<i64>) -> PairView {
    let said = found.said.map(|(rule, by)| match (rule, by) {
        (PairRule::Set, SaidBy::Person) => c.said_set,
        (PairRule::Forbid, SaidBy::Person) => c.said_forbidden,
        (PairRule::Set, SaidBy::Manifest) => c.listed_set,
        (PairRule::Forbid, SaidBy::Manifest) => c.listed_forbidden,
    });
    PairView {
        zh: found.zh,
        en: found.en,
        paired: found.paired,
        percent: view::percent(found.score),
        said,
        is_set: found.said.is_some_and(|(rule, _)| rule == PairRule::Set),
        is_forbidden: found.said.is_some_and(|(rule, _)| rule == PairRule::Forbid),
        reasons: found.reasons.clone(),
        instead: instead.iter().map(title).collect(),
        bitext: bitext.map(link::bitext),
    }
}

/// What a person says of two documents.
#[derive(Debug, Deserialize)]
pub(super) struct Deed {
    zh: String,
    en: String,
    deed: String,
}

pub(super) async fn say(State(app): State<App>, Form(form): Form<Deed>) -> Result<Response, Problem> {
    let (zh, en) = (Thing::Document.number(form.zh.trim())?, Thing::Document.number(form.en.trim())?);
    let rule = match form.deed.as_str() {
        "set" => Some(PairRule::Set),
        "forbid" => Some(PairRule::Forbid),
        "forget" => None,
        _ => return Err(Problem::Input("there is no such deed; use set, forbid or forget".to_owned())),
    };
    app.run(move |data| {
        let _lock = data.lock_for_writing()?;
        match rule {
            Some(rule) => derive::say_of_pair(data, zh, en, rule),
            None => derive::forget_pair(data, zh, en),
        }
    })
    .await?;
    let (zh, en) = (zh.to_string(), en.to_string());
    let address = link::url("/documents/pair", &[("zh", &zh), ("en", &en), ("done", &form.deed)]);
    Ok(Redirect::to(&address).into_response())
}
