//! Review of candidates, as JSON.

use axum::Json;
use axum::extract::{Query, State};
use corpus::store::{QueueFilter, QueueOrder, Store, WaitingPair};
use corpus::term::{Evidence, PartOfSpeech, Place, Tier};
use serde::{Deserialize, Serialize};

use super::Stretch;
use crate::Error;
use crate::terms::review::{Accept, Decision, Judgement, Outcome, Pair, Plan, Stale, Wording, tier_named};
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::pages::check_length;
use crate::web::problem::Problem;
use crate::web::who::Who;

/// How many places each candidate is given with.
const PLACES: usize = 3;
/// How many decisions may be sent in one go.
const MOST: usize = 500;
/// How many stale ones are named.
const NAMED: usize = 20;

pub(super) fn routes() -> Api {
    Api::of("Review")
        .get(
            "/review",
            list,
            says("listCandidates", "Lists the candidates that wait for a person")
                .more("What is decided leaves the list, so that a cursor passes over as many as were decided meanwhile: begin anew after decisions."),
        )
        .post(
            "/review/decisions",
            decide,
            says("decide", "Decides on candidates, on all that are sent or on none").may_conflict(),
        )
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Params {
    /// The order.
    #[schemars(extend("enum" = ["confidence", "frequency"]))]
    order: QueueOrder,
    /// Only those that so much stands behind.
    #[schemars(extend("enum" = ["given", "recurrent", "single"]))]
    tier: Option<String>,
    /// Only those at least as sure.
    #[schemars(range(min = 0, max = 1))]
    least: f32,
    /// Only those seen in this document.
    document: Option<i64>,
    /// Only those seen in this bitext.
    bitext: Option<i64>,
    /// Only those with a designation that has this in it.
    #[schemars(length(max = 500))]
    q: String,
}

impl Params {
    fn filter(&self, store: &Store) -> Result<QueueFilter, Error> {
        let bitext = match self.bitext {
            // A document belongs to one bitext at most, so that its Chinese side stands for it.
            Some(bitext) => Some(store.bitext(bitext)?.map_or(0, |bitext| bitext.zh)),
            None => None,
        };
        Ok(QueueFilter {
            least_confidence: self.least,
            tier: self.tier.as_deref().map(tier_named).transpose()?,
            document: self.document.or(bitext),
            text: Some(self.q.trim().to_owned()).filter(|text| !text.is_empty()),
            order: self.order,
        })
    }
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "ReviewQueue")]
struct Queue {
    /// How many wait, of those asked for.
    waiting: usize,
    decided_today: usize,
    pairs: Vec<PairView>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

/// A candidate; `concept`, `zh` and `en` are what a decision names.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Candidate")]
struct PairView {
    concept: i64,
    zh: String,
    en: String,
    confidence: f32,
    count: u32,
    tier: Tier,
    others: Vec<OtherView>,
    evidence: Vec<EvidenceView>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "CandidateOther")]
struct OtherView {
    text: String,
    language: &'static str,
    status: &'static str,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "CandidateEvidence")]
struct EvidenceView {
    kind: &'static str,
    zh: Option<Place>,
    en: Option<Place>,
}

/// Candidates that wait, with some of their evidence.
async fn list(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<Queue>, Problem> {
    check_length(&params.q)?;
    let start = stretch.start()?;
    let found = app.run(move |data| {
        data.with_store(|store| {
            let filter = params.filter(store)?;
            let counts = store.queue_counts(&filter, &crate::terms::review::today())?;
            let pairs = store.review_queue(&filter, stretch.limit(), start)?;
            let pairs = pairs.into_iter().map(|pair| view(store, pair)).collect::<Result<Vec<_>, _>>()?;
            let next = Stretch::next(start, pairs.len(), counts.waiting);
            Ok(Queue { waiting: counts.waiting, decided_today: counts.today, pairs, next })
        })
    });
    Ok(Json(found.await?))
}

fn view(store: &Store, pair: WaitingPair) -> Result<PairView, Error> {
    let WaitingPair { concept, zh, en, tier } = pair;
    let terms = store.concept(concept)?.map_or(Vec::new(), |concept| concept.terms);
    let others = terms.into_iter().filter(|term| term.id != zh.id && term.id != en.id);
    let others = others
        .map(|term| OtherView { text: term.text, language: term.language.code(), status: term.status.name() })
        .collect();
    let evidence = store.rendering_evidence(en.id, PLACES)?.into_iter().map(evidence_view).collect();
    let (confidence, count) = (en.confidence, en.count);
    Ok(PairView { concept, zh: zh.text, en: en.text, confidence, count, tier, others, evidence })
}

fn evidence_view(evidence: Evidence) -> EvidenceView {
    EvidenceView { kind: evidence.kind.name(), zh: evidence.zh_place, en: evidence.en_place }
}

/// Decisions, done together or not at all.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Decisions {
    /// Who decides; by default the name that the cookie remembers.
    #[serde(default)]
    by: String,
    /// At most 500.
    decisions: Vec<DecisionView>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct DecisionView {
    concept: i64,
    /// The Chinese designation as it was seen; by default the concept's best one.
    zh: Option<String>,
    en: String,
    /// What is decided.
    #[schemars(extend("examples" = ["accept", "reject", "later", "edit", "merge", "split"]))]
    decision: String,
    /// For `edit`, `merge` and `split`: `preferred` or `admitted`.
    accept: Option<String>,
    /// For `merge`: the number of the concept that stays.
    into: Option<i64>,
    /// For `edit`.
    wording: Option<WordingView>,
}

/// What is left out stays as it is.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct WordingView {
    zh: Option<String>,
    en: Option<String>,
    part_of_speech: Option<PartOfSpeech>,
    subject: Option<String>,
    note: Option<String>,
    /// Whether the spelling of before is rejected; it counts as this one otherwise.
    reject_spelling: bool,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Decided")]
struct Done {
    batch: Option<i64>,
    decided: usize,
    already: usize,
    put_off: usize,
}

async fn decide(State(app): State<App>, who: Who, Json(sent): Json<Decisions>) -> Result<Json<Done>, Problem> {
    if sent.decisions.len() > MOST {
        return Err(Problem::Input(format!("these are more than {MOST} decisions; send fewer at a time")));
    }
    let who = who.or_named(&sent.by);
    let done = app.run(move |data| {
        data.with_store(|store| {
            let judgements = sent.decisions.into_iter().map(|view| view.judgement(store)).collect::<Result<_, _>>()?;
            let plan = Plan::new(store, judgements)?;
            if plan.stale.is_empty() {
                return Ok(Ok(plan.carry_out(store, &who.0, &crate::now())?));
            }
            Ok(Err(plan.stale))
        })
    });
    match done.await? {
        Ok(Outcome { batch, decided, already, put_off, .. }) => Ok(Json(Done { batch, decided, already, put_off })),
        Err(stale) => Err(Problem::Conflict(told(&stale))),
    }
}

/// What is said where decisions are stale: none was done.
fn told(stale: &[Stale]) -> String {
    let named = stale.iter().take(NAMED).map(|stale| {
        let Pair { concept, en, .. } = &stale.judgement.pair;
        format!("concept {concept}, '{en}': {}", stale.why)
    });
    let named = named.collect::<Vec<_>>().join("; ");
    let more = if stale.len() > NAMED { format!("; and {} more", stale.len() - NAMED) } else { String::new() };
    format!(
        "nothing was done, since some of these were changed meanwhile: {named}{more}; list the queue anew and send the rest"
    )
}

impl DecisionView {
    fn judgement(self, store: &Store) -> Result<Judgement, Error> {
        let decision = match Decision::from_name(&self.decision) {
            Some(decision) => decision,
            None => self.larger(store)?,
        };
        Ok(Judgement { pair: Pair { concept: self.concept, zh: self.zh, en: self.en }, decision })
    }

    /// A decision that says more than its name.
    fn larger(&self, store: &Store) -> Result<Decision, Error> {
        let accept = match self.accept.as_deref() {
            None => None,
            Some(name) => Some(Accept::from_name(name).ok_or_else(|| {
                Error::Input(format!("a rendering cannot be accepted as '{name}'; say preferred or admitted"))
            })?),
        };
        match self.decision.as_str() {
            "edit" => Ok(Decision::Edit(Box::new(self.wording(store, accept.unwrap_or(Accept::Preferred))?))),
            "merge" => {
                let into =
                    self.into.ok_or_else(|| Error::Input("a merge needs the concept to merge into".to_owned()))?;
                Ok(Decision::Merge { into, accept })
            }
            "split" => Ok(Decision::Split { accept }),
            other => {
                let plain = Decision::PLAIN.join(", ");
                Err(Error::Input(format!("there is no decision '{other}'; say {plain}, edit, merge or split")))
            }
        }
    }

    fn wording(&self, store: &Store, accept: Accept) -> Result<Wording, Error> {
        let none = WordingView::default();
        let given = self.wording.as_ref().unwrap_or(&none);
        let concept = store.whole_concept(self.concept)?;
        let zh = concept.as_ref().and_then(|concept| concept.term(corpus::document::Language::Zh));
        let zh = self.zh.clone().or_else(|| zh.map(|term| term.text.clone())).unwrap_or_default();
        let terms = concept.iter().flat_map(|concept| &concept.terms);
        let note = terms.filter(|term| term.text == self.en).find_map(|term| term.note.clone());
        Ok(Wording {
            zh: given.zh.clone().unwrap_or(zh),
            en: given.en.clone().unwrap_or_else(|| self.en.clone()),
            part_of_speech: given.part_of_speech,
            subject: given.subject.clone().or_else(|| concept.as_ref().and_then(|concept| concept.subject.clone())),
            note: given.note.clone().or(note),
            accept,
            keep_spelling: !given.reject_spelling,
        })
    }
}
