//! Tokens: giving, finding and revoking them.

use rusqlite::{OptionalExtension as _, TransactionBehavior, params};

use super::{Role, SecretHash, TOKEN, Token, token_row};
use crate::store::documents::as_i64;
use crate::store::{Error, Store};

impl Store {
    /// Keeps a new token, of which only the hash is given. Times are RFC 3339, UTC.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn add_token(
        &mut self,
        name: &str,
        role: Role,
        hash: &SecretHash,
        expires: Option<&str>,
        now: &str,
    ) -> Result<Token, Error> {
        let sql = format!(
            "INSERT INTO token (hash, name, role, created, expires) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING {TOKEN}"
        );
        let values = params![hash.as_str(), name, role.name(), now, expires];
        Ok(self.connection.query_row(&sql, values, token_row)?)
    }

    /// Tokens, the newest first, those that are no longer good as well.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tokens(&self, limit: usize) -> Result<Vec<Token>, Error> {
        let sql = format!("SELECT {TOKEN} FROM token ORDER BY id DESC LIMIT ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([as_i64(limit)], token_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The token of a number, also when it is no longer good.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn token(&self, id: i64) -> Result<Option<Token>, Error> {
        let sql = format!("SELECT {TOKEN} FROM token WHERE id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], token_row).optional()?)
    }

    /// The token of a secret, if it is good at `now`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn live_token(&self, hash: &SecretHash, now: &str) -> Result<Option<Token>, Error> {
        let sql = format!("SELECT {TOKEN} FROM token WHERE hash = ?1");
        let found = self.connection.prepare_cached(&sql)?.query_row([hash.as_str()], token_row).optional()?;
        Ok(found.filter(|token| token.is_live(now)))
    }

    /// Whether any token is good at `now`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_live_token(&self, now: &str) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM token WHERE revoked IS NULL AND (expires IS NULL OR expires > ?1))";
        Ok(self.connection.prepare_cached(sql)?.query_row([now], |row| row.get(0))?)
    }

    /// Ends a token and the sessions that were opened with it; whether there is one that was not revoked.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn revoke_token(&mut self, id: i64, now: &str) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sql = "UPDATE token SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL";
        let revoked = transaction.execute(sql, params![id, now])? > 0;
        transaction.execute("DELETE FROM session WHERE token = ?1", [id])?;
        transaction.commit()?;
        Ok(revoked)
    }

    /// Notes that a token was used.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn token_used(&mut self, id: i64, now: &str) -> Result<(), Error> {
        self.connection.execute("UPDATE token SET last_used = ?2 WHERE id = ?1", params![id, now])?;
        Ok(())
    }
}
