//! What was decided last: who, when, what, and whether it can be taken back.

use std::collections::BTreeMap;

use corpus::edit::Edit;
use corpus::term::{Concept, Status, Term};

use crate::web::link;
use crate::web::view::Said;
use crate::web::words::ReviewWords;

/// How many designations of a batch are named.
const NAMED: usize = 4;

/// Edits that were done in one go.
pub(super) struct Recent {
    pub(super) batch: i64,
    pub(super) date: String,
    pub(super) time: String,
    pub(super) by: String,
    /// What was done, where that is not only a status.
    pub(super) deed: &'static str,
    pub(super) items: Vec<Item>,
    pub(super) more: usize,
    pub(super) undone: bool,
    pub(super) can_be_undone: bool,
}

/// A designation with the status that it got.
pub(super) struct Item {
    pub(super) said: Said,
    pub(super) status: Option<Status>,
}

/// The latest batches among edits, the latest first.
pub(super) fn recent(r: &'static ReviewWords, edits: &[Edit], most: usize) -> Vec<Recent> {
    let mut batches: Vec<Vec<&Edit>> = Vec::new();
    for edit in edits {
        match batches.iter_mut().find(|batch| batch.first().is_some_and(|first| first.batch == edit.batch)) {
            Some(batch) => batch.push(edit),
            None => batches.push(vec![edit]),
        }
    }
    batches.iter().take(most).filter_map(|batch| told(r, batch)).collect()
}

/// The number of the last batch that somebody did and that stands.
pub(super) fn last_of(edits: &[Edit], who: &str) -> Option<i64> {
    let stands = |edit: &&Edit| edit.by == who && edit.undone_by.is_none() && edit.undoes.is_none();
    edits.iter().find(stands).map(|edit| edit.batch)
}

fn told(r: &'static ReviewWords, batch: &[&Edit]) -> Option<Recent> {
    let latest = batch.first()?;
    let deed = batch.iter().map(|edit| edit.deed.as_str()).find(|deed| *deed != "set_status");
    let mut items: Vec<Item> = batch.iter().rev().flat_map(|edit| items(edit)).collect();
    let more = items.len().saturating_sub(NAMED);
    items.truncate(NAMED);
    Some(Recent {
        batch: latest.batch,
        date: latest.at.chars().take(10).collect(),
        time: latest.at.chars().skip(11).take(5).collect(),
        by: latest.by.clone(),
        deed: r.deed(deed.unwrap_or_default()),
        items,
        more,
        undone: batch.iter().all(|edit| edit.undone_by.is_some()),
        can_be_undone: latest.deed != "undo" && batch.iter().any(|edit| edit.undone_by.is_none()),
    })
}

/// The designations of which the edit says something else than before; its concepts, where there are none.
fn items(edit: &Edit) -> Vec<Item> {
    let terms = |concepts: &'_ [Concept]| -> BTreeMap<i64, (Status, String)> {
        let terms = concepts.iter().flat_map(|concept| &concept.terms);
        terms.map(|term| (term.id, (term.status, term.text.clone()))).collect()
    };
    let before = terms(&edit.before);
    let mut items = Vec::new();
    for concept in &edit.after {
        let is_other = |term: &&Term| {
            before.get(&term.id).is_none_or(|(status, text)| *status != term.status || *text != term.text)
        };
        items.extend(concept.terms.iter().filter(is_other).map(|term| item(concept, term, Some(term.status))));
    }
    if items.is_empty() {
        let concepts = if edit.after.is_empty() { &edit.before } else { &edit.after };
        let heads = concepts.iter().filter_map(|concept| concept.terms.first().map(|term| item(concept, term, None)));
        items.extend(heads);
    }
    items
}

fn item(concept: &Concept, term: &Term, status: Option<Status>) -> Item {
    Item { said: Said::new(&term.text, term.language).to(link::concept(concept.id)), status }
}
