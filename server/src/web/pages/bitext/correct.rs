//! What a reader sends from the page of a bitext or of a bead.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::web::bitext::{self, Fault, Sides, arranged, merged, read_sides, split_after};
use crate::web::problem::{Problem, Thing};
use crate::web::{App, link};

/// The form, read.
#[derive(Debug, Default)]
struct Asked {
    /// What is to be done.
    deed: String,
    /// The beads as the reader saw them.
    seen: String,
    /// The bead after them, or before them, with which they are merged.
    next: String,
    before: String,
    /// The list from which the reader came.
    only: String,
    /// How many sentences of a side stay in the first part, or the letter of each sentence.
    zh: Vec<String>,
    en: Vec<String>,
}

impl Asked {
    fn of(form: Vec<(String, String)>) -> Self {
        let mut asked = Self::default();
        for (name, value) in form {
            match name.as_str() {
                "do" => asked.deed = value,
                "seen" => asked.seen = value,
                "next" => asked.next = value,
                "before" => asked.before = value,
                "only" => asked.only = value,
                "zh" => asked.zh.push(value),
                "en" => asked.en.push(value),
                _ => {}
            }
        }
        asked
    }

    /// The beads as the reader saw them, and as they are wanted.
    fn change(&self) -> Result<(Vec<Sides>, Vec<Sides>), Fault> {
        let seen = read_sides(&self.seen)?;
        match self.deed.as_str() {
            "confirm" | "undo" => Ok((seen.clone(), seen)),
            "merge" => together(seen, read_sides(&self.next)?),
            "merge_before" => together(read_sides(&self.before)?, seen),
            "split" => {
                let (bead, None) = (seen.first().ok_or(Fault::Unreadable)?, seen.get(1)) else {
                    return Err(Fault::Unreadable);
                };
                let at = |side: &[String]| side.first().and_then(|at| at.parse().ok()).ok_or(Fault::Unreadable);
                let parts = split_after(bead, at(&self.zh)?, at(&self.en)?)?;
                Ok((seen, parts.into()))
            }
            "arrange" => {
                let wanted = arranged(&seen, &self.zh, &self.en)?;
                Ok((seen, wanted))
            }
            _ => Err(Fault::Unreadable),
        }
    }
}

fn together(mut first: Vec<Sides>, second: Vec<Sides>) -> Result<(Vec<Sides>, Vec<Sides>), Fault> {
    if first.is_empty() || second.is_empty() {
        return Err(Fault::Unreadable);
    }
    first.extend(second);
    let merged = merged(&first);
    Ok((first, vec![merged]))
}

pub(in crate::web::pages) async fn correct(
    State(app): State<App>,
    Path(id): Path<String>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let id = Thing::Bitext.number(&id)?;
    let asked = Asked::of(form);
    let (seen, wanted) = asked.change().map_err(Problem::Bead)?;
    let place = wanted.first().or(seen.first()).cloned().unwrap_or_default();
    let only = if asked.only == "doubtful" { "doubtful" } else { "" };
    // An arrangement that leaves everything as it was confirms nothing: the reader only looked.
    if asked.deed == "arrange" && wanted == seen {
        return Ok(leads_to(id, &place, only, "same"));
    }
    let changed = seen.iter().zip(&wanted).find(|(seen, wanted)| seen != wanted);
    let place = changed.map_or(place, |(_, wanted)| wanted.clone());
    let undo = asked.deed == "undo";
    let done = if undo {
        app.run(move |data| bitext::put_back(data, id, &seen)).await?
    } else {
        app.run(move |data| bitext::correct(data, id, &seen, &wanted)).await?
    };
    match done {
        Ok(()) => Ok(leads_to(id, &place, only, if undo { "undone" } else { "kept" })),
        // Nothing was changed; the reader is shown what is there now.
        Err(Problem::Bead(Fault::Changed)) => Ok(leads_to(id, &place, only, "changed")),
        Err(problem) => Err(problem),
    }
}

fn leads_to(id: i64, place: &Sides, only: &str, said: &str) -> Response {
    let (side, sentence) = match (place.zh.first(), place.en.first()) {
        (Some(zh), _) => ("zh", zh.to_string()),
        (None, Some(en)) => ("en", en.to_string()),
        (None, None) => ("zh", String::new()),
    };
    let address = link::url(&link::bitext(id), &[(side, &sentence), ("only", only), ("said", said)]);
    Redirect::to(&address).into_response()
}
