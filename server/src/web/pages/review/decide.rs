//! What a reviewer sends.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::{Form, Json};
use corpus::document::Language;
use corpus::edit::Edit;
use corpus::term::{PartOfSpeech, Status};
use serde::Serialize;

use super::list::List;
use crate::terms::review::{Accept, Decision, Judgement, Outcome, Pair, Plan, Wording};
use crate::web::App;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::who::Who;
use crate::web::words::ReviewWords;

/// So many decisions in one go: a page of them, and more than that.
const MOST: usize = 200;

/// The form, read.
#[derive(Debug, Default)]
struct Sent {
    deed: String,
    /// The pairs that are decided on, and all that the page showed.
    pairs: Vec<String>,
    shown: Vec<String>,
    all: bool,
    /// The list to go back to, and the row of it.
    back: String,
    next: String,
    fields: Vec<(String, String)>,
}

impl Sent {
    fn of(form: Vec<(String, String)>) -> Self {
        let mut sent = Self::default();
        for (name, value) in form {
            match name.as_str() {
                "do" => sent.deed = value,
                "pair" => sent.pairs.push(value),
                "shown" => sent.shown.push(value),
                "all" => sent.all = true,
                "back" => sent.back = value,
                "next" => sent.next = value,
                _ => sent.fields.push((name, value)),
            }
        }
        if sent.all && !sent.shown.is_empty() {
            sent.pairs = std::mem::take(&mut sent.shown);
        }
        sent
    }

    fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.trim())
    }

    fn judgements(&self) -> Result<Vec<Judgement>, Problem> {
        if self.pairs.len() > MOST {
            return Err(Problem::Input(format!("these are more than {MOST} decisions at once; send fewer")));
        }
        let decision = self.decision()?;
        let pairs = self.pairs.iter().map(|pair| {
            let pair = read_pair(pair).ok_or_else(incomplete)?;
            Ok(Judgement { pair, decision: decision.clone() })
        });
        pairs.collect()
    }

    fn decision(&self) -> Result<Decision, Problem> {
        if let Some(decision) = Decision::from_name(&self.deed) {
            return Ok(decision);
        }
        let into = || self.field("into").parse().map_err(|_| incomplete());
        Ok(match self.deed.as_str() {
            "edit_preferred" => Decision::Edit(Box::new(self.wording(Accept::Preferred))),
            "edit_admitted" => Decision::Edit(Box::new(self.wording(Accept::Admitted))),
            "merge" => Decision::Merge { into: into()?, accept: None },
            "merge_accept" => Decision::Merge { into: into()?, accept: Some(Accept::Admitted) },
            "split" => Decision::Split { accept: None },
            "split_accept" => Decision::Split { accept: Some(Accept::Preferred) },
            _ => return Err(incomplete()),
        })
    }

    fn wording(&self, accept: Accept) -> Wording {
        let given = |name| Some(self.field(name).to_owned()).filter(|text| !text.is_empty());
        Wording {
            zh: self.field("zh").to_owned(),
            en: self.field("en").to_owned(),
            part_of_speech: PartOfSpeech::from_name(self.field("part")),
            subject: given("subject"),
            note: given("note"),
            accept,
            keep_spelling: !self.field("keep").is_empty(),
        }
    }
}

fn incomplete() -> Problem {
    Problem::Input("the form came incomplete; go back, load the page again, and repeat the decision".to_owned())
}

/// A pair as forms carry it: the concept and the texts that the reviewer saw.
pub(super) fn pair_value(concept: i64, zh: &str, en: &str) -> String {
    format!("{concept}\t{zh}\t{en}")
}

fn read_pair(value: &str) -> Option<Pair> {
    let mut parts = value.splitn(3, '\t');
    let concept = parts.next()?.parse().ok()?;
    let (zh, en) = (parts.next()?, parts.next()?);
    Some(Pair { concept, zh: Some(zh.to_owned()), en: en.to_owned() })
}

/// What the page's script is told.
#[derive(Serialize)]
struct Told {
    /// What was done, in the language of the interface.
    said: String,
    /// By which it can be taken back.
    batch: Option<i64>,
    /// The pairs that had been changed meanwhile.
    stale: Vec<String>,
}

pub(super) async fn decide(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    headers: HeaderMap,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::of(form);
    let judgements = sent.judgements()?;
    let name = judgements.first().map_or("", |judgement| judgement.decision.name());
    let none = judgements.is_empty();
    let done = app.run(move |data| {
        data.with_store(|store| Plan::new(store, judgements)?.carry_out(store, &who.0, &crate::now()))
    });
    let outcome = done.await?;
    if wants_json(&headers) {
        return Ok(Json(told(ReviewWords::of(shell.ui()), name, &outcome)).into_response());
    }
    let stale: Vec<String> = outcome.stale.iter().map(|stale| named(&stale.judgement.pair)).collect();
    let count = (outcome.decided + outcome.put_off).to_string();
    let batch = outcome.batch.map(|batch| batch.to_string()).unwrap_or_default();
    let said = match (none, outcome.decided + outcome.put_off, outcome.already) {
        (true, ..) => "none",
        (_, 0, 0) => "",
        (_, 0, _) => "already",
        _ => name,
    };
    let mut more = vec![("at", sent.next.as_str()), ("said", said), ("count", &count), ("batch", &batch)];
    more.extend(stale.iter().map(|stale| ("stale", stale.as_str())));
    Ok(leads_to(&List::read(&sent.back), &more, &sent.next))
}

/// A pair as a notice names it.
fn named(pair: &Pair) -> String {
    pair_value(pair.concept, pair.zh.as_deref().unwrap_or_default(), &pair.en)
}

fn told(r: &'static ReviewWords, name: &str, outcome: &Outcome) -> Told {
    let count = outcome.decided + outcome.put_off;
    let mut said = if count > 0 { r.done(name, count).unwrap_or_default() } else { String::new() };
    if count == 0 && outcome.already > 0 {
        said = r.already_said.to_owned();
    }
    let stale: Vec<String> = outcome.stale.iter().map(|stale| named(&stale.judgement.pair)).collect();
    if !stale.is_empty() {
        let pairs = outcome.stale.iter().map(|stale| stale.judgement.pair.en.as_str()).collect::<Vec<_>>();
        said = [said, r.changed_said.to_owned(), pairs.join(", ")].join(" ").trim().to_owned();
    }
    Told { said, batch: outcome.batch, stale }
}

/// A list, at one of its rows.
fn leads_to(list: &List, more: &[(&str, &str)], row: &str) -> Response {
    let row = row.parse::<i64>().map(|row| format!("#c{row}")).unwrap_or_default();
    Redirect::to(&format!("{}{row}", list.address(more))).into_response()
}

fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

/// Takes a batch of decisions back, or what was put off.
pub(super) async fn undo(
    State(app): State<App>,
    shell: Shell,
    who: Who,
    headers: HeaderMap,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::of(form);
    let r = ReviewWords::of(shell.ui());
    let pairs: Vec<Pair> = sent.pairs.iter().filter_map(|pair| read_pair(pair)).take(MOST).collect();
    let batch: Option<i64> = sent.field("batch").parse().ok();
    let (said, words) = match batch {
        Some(_) => ("undone", r.undone_said),
        None => ("forward", r.back_said),
    };
    let done = app.run(move |data| {
        data.with_store(|store| match batch {
            Some(batch) => Ok(first_waiting(&store.undo_batch(batch, &who.0, &crate::now())?)),
            None => {
                let terms = crate::terms::review::rows_of(store, &pairs)?;
                store.put_forward(&terms)?;
                Ok(terms.first().copied())
            }
        })
    });
    let row = done.await?.map(|row| row.to_string()).unwrap_or_default();
    if wants_json(&headers) {
        return Ok(Json(Told { said: words.to_owned(), batch: None, stale: Vec::new() }).into_response());
    }
    Ok(leads_to(&List::read(&sent.back), &[("at", &row), ("said", said)], &row))
}

/// The first rendering that waits again.
fn first_waiting(edits: &[Edit]) -> Option<i64> {
    let terms = edits.iter().rev().flat_map(|edit| &edit.after).flat_map(|concept| &concept.terms);
    let mut waiting = terms.filter(|term| term.language == Language::En && term.status == Status::Candidate);
    waiting.next().map(|term| term.id)
}

/// Remembers the reviewer's name.
pub(super) async fn name(Form(form): Form<Vec<(String, String)>>) -> Response {
    let sent = Sent::of(form);
    let mut response = leads_to(&List::read(&sent.back), &[("said", "named")], "");
    let cookie: HeaderValue = Who::named(sent.field("name")).set_cookie();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
