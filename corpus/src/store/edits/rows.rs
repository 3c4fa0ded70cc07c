//! The history as it is kept.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::super::Error;
use super::super::documents::as_i64;
use crate::document::Language;
use crate::edit::{Edit, trimmed};
use crate::term::{Concept, Status};

const COLUMNS: &str = "edit.id, at, editor, deed, before, after, batch, undoes, undone_by";

/// How sure a person or a file was of designations that they put there, by number.
pub(super) type Stated = BTreeMap<i64, f32>;

/// What was stated before an edit, and after it.
pub(super) type StatedBeside = (Stated, Stated);

/// Notes an edit, with the number that it gets; a batch of 0 is begun by it.
pub(super) fn note(transaction: &Transaction<'_>, mut edit: Edit, stated: &StatedBeside) -> Result<Edit, Error> {
    let ended: Vec<i64> =
        edit.before.iter().map(|was| was.id).filter(|id| !edit.after.iter().any(|is| is.id == *id)).collect();
    let decided = if edit.undoes.is_none() { decisions(&edit) } else { 0 };
    trimmed(&mut edit.before, &mut edit.after)?;
    let next: i64 =
        transaction.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM edit")?.query_row([], |row| row.get(0))?;
    edit.id = next;
    if edit.batch == 0 {
        edit.batch = next;
    }
    let (before, after) = (serde_json::to_string(&edit.before)?, serde_json::to_string(&edit.after)?);
    let mut insert = transaction.prepare_cached(
        "INSERT INTO edit (id, at, editor, deed, before, after, stated, decided, batch, undoes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let stated = serde_json::to_string(stated)?;
    let decided = as_i64(decided);
    insert.execute(params![
        edit.id,
        edit.at,
        edit.by,
        edit.deed,
        before,
        after,
        stated,
        decided,
        edit.batch,
        edit.undoes
    ])?;
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO edited (concept, edit, ended) VALUES (?1, ?2, ?3)")?;
    for concept in edit.before.iter().chain(&edit.after) {
        insert.execute(params![concept.id, edit.id, ended.contains(&concept.id)])?;
    }
    Ok(edit)
}

/// How many renderings that waited were decided on.
fn decisions(edit: &Edit) -> usize {
    let renderings = |concepts: &[Concept], is_wanted: fn(Status) -> bool| {
        let terms = concepts.iter().flat_map(|concept| concept.terms_in(Language::En));
        terms.filter(|term| is_wanted(term.status)).map(|term| term.id).collect::<std::collections::BTreeSet<_>>()
    };
    let waited = renderings(&edit.before, |status| !status.is_reviewed());
    renderings(&edit.after, Status::is_reviewed).intersection(&waited).count()
}

/// Notes that an edit was taken back; what it had itself taken back stands again.
pub(super) fn note_undone(transaction: &Transaction<'_>, edit: &Edit, by: i64) -> Result<(), Error> {
    let mut update = transaction.prepare_cached("UPDATE edit SET undone_by = ?2 WHERE id = ?1")?;
    update.execute(params![edit.id, by])?;
    if let Some(former) = edit.undoes {
        update.execute(params![former, None::<i64>])?;
    }
    Ok(())
}

pub(super) fn find(connection: &Connection, id: i64) -> Result<Option<Edit>, Error> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM edit WHERE id = ?1"))?;
    statement.query_row([id], |row| Ok(edit_row(row))).optional()?.transpose()
}

/// What was stated of the designations of an edit.
pub(super) fn stated(connection: &Connection, id: i64) -> Result<StatedBeside, Error> {
    let mut statement = connection.prepare_cached("SELECT stated FROM edit WHERE id = ?1")?;
    let json: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
    Ok(json.map_or_else(|| Ok(StatedBeside::default()), |json| serde_json::from_str(&json))?)
}

/// The edits of a batch that have not been taken back, the latest first.
pub(super) fn of_batch(connection: &Connection, batch: i64) -> Result<Vec<i64>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM edit WHERE batch = ?1 AND undone_by IS NULL ORDER BY id DESC")?;
    let rows = statement.query_map([batch], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The edits after one that touched any of some concepts, and stand: neither taken back nor the taking back of one of
/// them.
pub(super) fn later(connection: &Connection, edit: i64, concepts: &[i64]) -> Result<Vec<Edit>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM edit WHERE id > ?1 AND undone_by IS NULL AND coalesce(undoes, 0) <= ?1
             AND id IN (SELECT edit FROM edited JOIN json_each(?2) ON edited.concept = json_each.value)
         ORDER BY id"
    ))?;
    collect(statement.query(params![edit, serde_json::to_string(concepts)?])?)
}

/// The latest edits before `before`, of a concept and those that went into it, or of all.
pub(super) fn history(
    connection: &Connection,
    concept: Option<i64>,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<Edit>, Error> {
    let (before, limit) = (before.unwrap_or(i64::MAX), as_i64(limit));
    let Some(concept) = concept else {
        let mut statement = connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM edit WHERE id < ?1 ORDER BY id DESC LIMIT ?2"))?;
        return collect(statement.query([before, limit])?);
    };
    let mut statement = connection.prepare_cached(&format!(
        "WITH RECURSIVE line (concept) AS (
             SELECT ?3
             UNION
             SELECT merged.concept FROM line
                 JOIN edited ON edited.concept = line.concept AND edited.ended = 0
                 JOIN edit ON edit.id = edited.edit AND deed = 'merge' AND undone_by IS NULL
                 JOIN edited merged ON merged.edit = edit.id AND merged.ended = 1
         )
         SELECT {COLUMNS} FROM edit
         WHERE id < ?1 AND id IN (SELECT edit FROM line JOIN edited ON edited.concept = line.concept)
         ORDER BY id DESC LIMIT ?2"
    ))?;
    collect(statement.query([before, limit, concept])?)
}

fn collect(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Edit>, Error> {
    let mut edits = Vec::new();
    while let Some(row) = rows.next()? {
        edits.push(edit_row(row)?);
    }
    Ok(edits)
}

fn edit_row(row: &Row<'_>) -> Result<Edit, Error> {
    Ok(Edit {
        id: row.get(0)?,
        at: row.get(1)?,
        by: row.get(2)?,
        deed: row.get(3)?,
        before: serde_json::from_str(row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?)?,
        after: serde_json::from_str(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?)?,
        batch: row.get(6)?,
        undoes: row.get(7)?,
        undone_by: row.get(8)?,
    })
}
