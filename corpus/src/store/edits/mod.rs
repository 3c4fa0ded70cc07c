//! What people do to the termbase, with its history.

mod rows;
mod writes;

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};

use super::termbase::whole_concept;
use super::{Error, Store};
use crate::edit::{Deed, Edit, Fault, Numbers, apply, undo};
use crate::term::{Concept, fold};
use rows::{Stated, StatedBeside};

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Edit(fault.to_string())
    }
}

impl Store {
    /// Does a deed, and notes it in the history. `now` is RFC 3339.
    ///
    /// # Errors
    /// When what it names is not there, when it cannot be done so, and when the store cannot be written.
    pub fn edit(&mut self, deed: &Deed, by: &str, now: &str) -> Result<Edit, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let edit = perform(&transaction, deed, by, now, 0)?;
        transaction.commit()?;
        Ok(edit)
    }

    /// Does all the deeds as one batch, or none of them.
    ///
    /// # Errors
    /// As [`Store::edit`].
    pub fn edit_all(&mut self, deeds: &[Deed], by: &str, now: &str) -> Result<Vec<Edit>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut edits: Vec<Edit> = Vec::new();
        for deed in deeds {
            let batch = edits.first().map_or(0, |first| first.batch);
            edits.push(perform(&transaction, deed, by, now, batch)?);
        }
        transaction.commit()?;
        Ok(edits)
    }

    /// Takes an edit back, as an edit of its own; one that takes back can be taken back as well.
    ///
    /// # Errors
    /// When there is no such edit, when it was taken back already, when a later one changed the same things (it is
    /// named), and when the store cannot be written.
    pub fn undo(&mut self, edit: i64, by: &str, now: &str) -> Result<Edit, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let edit = take_back(&transaction, edit, by, now, 0)?;
        transaction.commit()?;
        Ok(edit)
    }

    /// Takes back all edits of a batch that have not been, the latest first, or none of them.
    ///
    /// # Errors
    /// As [`Store::undo`]; also when nothing of the batch is left to be taken back.
    pub fn undo_batch(&mut self, batch: i64, by: &str, now: &str) -> Result<Vec<Edit>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut edits: Vec<Edit> = Vec::new();
        for edit in rows::of_batch(&transaction, batch)? {
            let batch = edits.first().map_or(0, |first| first.batch);
            edits.push(take_back(&transaction, edit, by, now, batch)?);
        }
        if edits.is_empty() {
            return Err(match rows::find(&transaction, batch)? {
                Some(Edit { undone_by: Some(by), .. }) => Fault::Undone { edit: batch, by }.into(),
                _ => Fault::NoEdit(batch).into(),
            });
        }
        transaction.commit()?;
        Ok(edits)
    }

    /// Edits, the latest first: of a concept with those that were merged into it, or of all; those before the edit
    /// `before`, where it is given.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn history(&self, concept: Option<i64>, before: Option<i64>, limit: usize) -> Result<Vec<Edit>, Error> {
        rows::history(&self.connection, concept, before, limit)
    }

    /// The edit of that number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn edit_by_id(&self, id: i64) -> Result<Option<Edit>, Error> {
        rows::find(&self.connection, id)
    }
}

fn perform(transaction: &Transaction<'_>, deed: &Deed, by: &str, now: &str, batch: i64) -> Result<Edit, Error> {
    let mut named: BTreeSet<i64> = deed.concepts().into_iter().collect();
    for term in deed.terms() {
        named.insert(concept_of(transaction, *term)?.ok_or(Fault::NoTerm(*term))?);
    }
    let before = read(transaction, &named)?;
    let mut numbers = numbers(transaction)?;
    let after = apply(deed, &before, &mut numbers, now)?;
    transaction
        .prepare_cached("UPDATE termbase SET concepts = ?1, terms = ?2")?
        .execute([numbers.concept, numbers.term])?;
    let was = stated_in(transaction, &before)?;
    let mut is = deed.stated(&before, &after);
    is.extend(was.clone());
    pass_on(&before, &after, &mut is);
    let edit = edit_of(deed.name(), by, now, batch, None);
    finish(transaction, Edit { before, after, ..edit }, (was, is))
}

fn take_back(transaction: &Transaction<'_>, id: i64, by: &str, now: &str, batch: i64) -> Result<Edit, Error> {
    let taken = rows::find(transaction, id)?.ok_or(Fault::NoEdit(id))?;
    let mut touched = BTreeSet::new();
    for concept in taken.before.iter().chain(&taken.after) {
        touched.insert(concept.id);
        for term in &concept.terms {
            touched.extend(concept_of(transaction, term.id)?);
        }
    }
    let before = read(transaction, &touched)?;
    let later = rows::later(transaction, id, &touched.into_iter().collect::<Vec<_>>())?;
    let after = undo(&taken, &before, &later)?;
    let was = stated_in(transaction, &before)?;
    let mut is = was.clone();
    let (stated_before, stated_after) = rows::stated(transaction, id)?;
    for term in stated_before.keys().chain(stated_after.keys()) {
        match (stated_before.get(term), stated_after.get(term)) {
            (Some(sure), _) => is.insert(*term, *sure),
            (None, _) => is.remove(term),
        };
    }
    let edit = edit_of("undo", by, now, batch, Some(id));
    let edit = finish(transaction, Edit { before, after, ..edit }, (was, is))?;
    rows::note_undone(transaction, &taken, edit.id)?;
    Ok(edit)
}

fn edit_of(deed: &str, by: &str, now: &str, batch: i64, undoes: Option<i64>) -> Edit {
    Edit {
        id: 0,
        at: now.to_owned(),
        by: by.to_owned(),
        deed: deed.to_owned(),
        before: Vec::new(),
        after: Vec::new(),
        batch,
        undoes,
        undone_by: None,
    }
}

fn finish(transaction: &Transaction<'_>, edit: Edit, (was, mut is): StatedBeside) -> Result<Edit, Error> {
    let terms: BTreeSet<i64> = edit.after.iter().flat_map(|concept| &concept.terms).map(|term| term.id).collect();
    is.retain(|term, _| terms.contains(term));
    writes::write(transaction, &edit.before, &edit.after, &(was.clone(), is.clone()))?;
    rows::note(transaction, edit, &(was, is))
}

/// A designation into which one went that a person had put there is theirs as well.
fn pass_on(before: &[Concept], after: &[Concept], stated: &mut Stated) {
    let terms = || after.iter().flat_map(|concept| &concept.terms);
    for gone in before.iter().flat_map(|concept| &concept.terms) {
        let Some(sure) = stated.get(&gone.id).copied().filter(|_| terms().all(|term| term.id != gone.id)) else {
            continue;
        };
        let folded = fold(&gone.text);
        if let Some(heir) = terms().find(|term| term.language == gone.language && fold(&term.text) == folded) {
            stated.entry(heir.id).or_insert(sure);
        }
    }
}

fn concept_of(connection: &Connection, term: i64) -> Result<Option<i64>, Error> {
    let mut statement = connection.prepare_cached("SELECT concept FROM term WHERE id = ?1")?;
    Ok(statement.query_row([term], |row| row.get(0)).optional()?)
}

fn read(connection: &Connection, concepts: &BTreeSet<i64>) -> Result<Vec<Concept>, Error> {
    concepts.iter().filter_map(|id| whole_concept(connection, *id).transpose()).collect()
}

fn numbers(connection: &Connection) -> Result<Numbers, Error> {
    let mut statement = connection.prepare_cached("SELECT concepts, terms FROM termbase")?;
    Ok(statement.query_row([], |row| Ok(Numbers { concept: row.get(0)?, term: row.get(1)? }))?)
}

/// What a person or a file stated of the designations of some concepts.
fn stated_in(connection: &Connection, concepts: &[Concept]) -> Result<Stated, Error> {
    let mut statement =
        connection.prepare_cached("SELECT id, stated FROM term WHERE concept = ?1 AND stated IS NOT NULL")?;
    let mut stated = Stated::new();
    for concept in concepts {
        for row in statement.query_map([concept.id], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (id, sure): (i64, f32) = row?;
            stated.insert(id, sure);
        }
    }
    Ok(stated)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
