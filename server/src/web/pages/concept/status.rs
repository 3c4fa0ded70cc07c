//! A designation's status, set by a button beside it.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::terms::editing::{self, Refused, Seen};
use crate::web::App;
use crate::web::problem::{Problem, Thing};
use crate::web::who::Who;

use corpus::edit::Deed;
use corpus::term::Status;

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    term: i64,
    status: String,
    /// The mark of the concept as it was seen.
    #[serde(default)]
    seen: String,
}

pub(super) async fn set(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Response, Problem> {
    let id = Thing::Concept.number(&id)?;
    let unknown = || Problem::Input(format!("'{}' is no status; use preferred or another name of TBX", asked.status));
    let status = Status::from_name(&asked.status).ok_or_else(unknown)?;
    let deed = Deed::SetStatus { terms: vec![asked.term], status };
    let (seen, by) = (vec![Seen { concept: id, mark: asked.seen }], who.0.clone());
    match app.run(move |data| editing::edit(data, &deed, &seen, &by)).await? {
        Ok(_) => Ok(super::back_to(id, "kept", &who)),
        Err(Refused::Missing(_)) => Err(Problem::Missing(Thing::Concept)),
        // Nothing was changed; the person is shown what is there now.
        Err(Refused::Changed(_)) => Ok(super::back_to(id, "changed", &who)),
    }
}
