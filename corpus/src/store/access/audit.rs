//! The audit log: what was asked for that would change something, by whom, and what became of it.

use rusqlite::types::Type;
use rusqlite::{Row, TransactionBehavior, params};

use super::role;
use crate::access::{AuditEntry, Deed, Outcome};
use crate::store::documents::as_i64;
use crate::store::{Error, Store};

/// So many lines are kept; the oldest go.
const MOST_ENTRIES: i64 = 50_000;
/// The longest that is kept of each text, in characters.
const LONGEST: usize = 300;

impl Store {
    /// Writes a line of the audit log; the oldest beyond 50,000 go.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_deed(&mut self, deed: &Deed) -> Result<(), Error> {
        self.note_deed_among(deed, MOST_ENTRIES)
    }

    pub(super) fn note_deed_among(&mut self, deed: &Deed, most: i64) -> Result<(), Error> {
        let Deed { at, who, token, role, address, method, what, outcome } = deed;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction
            .prepare_cached(
                "INSERT INTO audit (at, who, token, role, address, method, what, outcome)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                at,
                short(who),
                token,
                role.name(),
                address,
                short(method),
                short(what),
                outcome.name()
            ])?;
        let last = transaction.last_insert_rowid();
        transaction.prepare_cached("DELETE FROM audit WHERE id <= ?1")?.execute([last.saturating_sub(most)])?;
        Ok(transaction.commit()?)
    }

    /// Lines of the audit log, the newest first: those before the one of a number, where it is given.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn audit(&self, before: Option<i64>, limit: usize) -> Result<Vec<AuditEntry>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, at, who, token, role, address, method, what, outcome FROM audit
             WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map([before.unwrap_or(i64::MAX), as_i64(limit)], entry_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn entry_row(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    let deed = Deed {
        at: row.get(1)?,
        who: row.get(2)?,
        token: row.get(3)?,
        role: role(row, 4)?,
        address: row.get(5)?,
        method: row.get(6)?,
        what: row.get(7)?,
        outcome: outcome(row, 8)?,
    };
    Ok(AuditEntry { id: row.get(0)?, deed })
}

fn outcome(row: &Row<'_>, column: usize) -> rusqlite::Result<Outcome> {
    let name: String = row.get(column)?;
    Outcome::from_name(&name).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("no outcome {name}").into())
    })
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
