//! Concepts in a list as JSON.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::terms::listing::{Listed, Order, Wanted, listed};
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::pages::check_length;
use crate::web::problem::Problem;

use super::Stretch;
use super::concepts::{ConceptView, concept_view};
use corpus::term::{Status, Tier};
use index::terms::How;

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(super) struct Params {
    /// What is looked up: a designation in either language, a part of it, pinyin, or almost; all where it is empty.
    #[schemars(length(max = 500))]
    q: String,
    /// Only concepts with a designation of this status.
    #[schemars(extend("enum" = ["", "preferred", "admitted", "candidate", "superseded", "deprecated", "rejected"]))]
    status: String,
    /// Only concepts of this subject field.
    subject: String,
    /// The order, where nothing is looked up.
    #[schemars(extend("enum" = ["", "seen", "reviewed", "text"]))]
    sort: String,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "ConceptList")]
pub(super) struct List {
    /// How many there are; a look-up finds 500 at most.
    total: usize,
    concepts: Vec<Line>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "ListedConcept")]
struct Line {
    #[serde(flatten)]
    concept: ConceptView,
    /// How the look-up met it: `exact`, `pinyin`, `fuzzy` and so on.
    how: Option<&'static str>,
    /// The designation that it met.
    met: Option<i64>,
    /// What stands behind it, where nobody has reviewed it: `given`, `recurrent` or `single`.
    tier: Option<&'static str>,
}

pub(super) fn routes() -> Api {
    Api::of("Terms").get(
        "/terms",
        list,
        says("listConcepts", "Lists the concepts that a look-up finds, or all")
            .more("A look-up finds 500 at most, best first.")
            .tagged(),
    )
}

/// Concepts that a look-up finds, best first; without one, all of them in an order.
async fn list(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<List>, Problem> {
    check_length(&params.q)?;
    let wanted = Wanted {
        status: named(&params.status, "status", Status::from_name)?,
        order: named(&params.sort, "sort", Order::from_name)?.unwrap_or_default(),
        subject: Some(params.subject).filter(|subject| !subject.is_empty()),
        query: params.q,
    };
    let (start, limit) = (stretch.start()?, stretch.limit());
    let (listed, total) = app.run(move |data| listed(data, &wanted, limit, start)).await?;
    let next = Stretch::next(start, listed.len(), total);
    Ok(Json(List { total, concepts: listed.into_iter().map(line).collect(), next }))
}

/// What a parameter names; nothing where it is empty.
fn named<T>(name: &str, parameter: &str, from_name: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
    if name.is_empty() {
        return Ok(None);
    }
    let unknown = || Problem::Input(format!("'{name}' is no {parameter}; leave it out, or use one that the API gives"));
    from_name(name).map(Some).ok_or_else(unknown)
}

fn line(listed: Listed) -> Line {
    Line {
        how: listed.met.map(|(_, how)| How::name(how)),
        met: listed.met.map(|(term, _)| term),
        tier: listed.tier.map(Tier::name),
        concept: concept_view(listed.concept),
    }
}
