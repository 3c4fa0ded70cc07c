//! Candidates that a reviewer does not want to decide on now.

use rusqlite::{TransactionBehavior, params};

use super::{Error, Store};

impl Store {
    /// Puts candidates behind all others in the queue, those that were put off before as well. `now` is RFC 3339.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_off(&mut self, terms: &[i64], now: &str) -> Result<(), Error> {
        if terms.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut insert = transaction.prepare_cached(
            "INSERT INTO put_off (term, at) SELECT id, ?2 FROM term WHERE id = ?1 AND status = 'candidate'
             ON CONFLICT (term) DO UPDATE SET at = excluded.at",
        )?;
        for term in terms {
            insert.execute(params![term, now])?;
        }
        drop(insert);
        Ok(transaction.commit()?)
    }

    /// Takes candidates out from behind the others again.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_forward(&mut self, terms: &[i64]) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for term in terms {
            transaction.prepare_cached("DELETE FROM put_off WHERE term = ?1")?.execute([term])?;
        }
        Ok(transaction.commit()?)
    }
}
