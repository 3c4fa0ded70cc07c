//! Sessions: a browser holds a random secret in a cookie instead of the token that it signed in with.

use rusqlite::{OptionalExtension as _, TransactionBehavior, params};

use super::{SecretHash, TOKEN, Token, token_row};
use crate::store::{Error, Store};

/// So many browsers may be signed in with one token; the one that has been longest gives way.
const MOST_SESSIONS: i64 = 100;

impl Store {
    /// Opens a session for a token. Those that have expired go. Times are RFC 3339, UTC.
    ///
    /// # Errors
    /// When there is no such token, or the store cannot be written.
    pub fn open_session(&mut self, token: i64, hash: &SecretHash, expires: &str, now: &str) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM session WHERE expires <= ?1", [now])?;
        let sql = "DELETE FROM session WHERE hash IN
                (SELECT hash FROM session WHERE token = ?1 ORDER BY created DESC, hash LIMIT -1 OFFSET ?2)";
        transaction.execute(sql, [token, MOST_SESSIONS - 1])?;
        let sql = "INSERT INTO session (hash, token, created, expires) VALUES (?1, ?2, ?3, ?4)";
        transaction.execute(sql, params![hash.as_str(), token, now, expires])?;
        Ok(transaction.commit()?)
    }

    /// The token that a session was opened with, if both are good at `now`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn session_token(&self, hash: &SecretHash, now: &str) -> Result<Option<Token>, Error> {
        let sql = format!(
            "SELECT {TOKEN} FROM session JOIN token ON token.id = session.token
             WHERE session.hash = ?1 AND session.expires > ?2"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row([hash.as_str(), now], token_row).optional()?;
        Ok(found.filter(|token| token.is_live(now)))
    }

    /// Ends a session; whether there was one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn close_session(&mut self, hash: &SecretHash) -> Result<bool, Error> {
        Ok(self.connection.execute("DELETE FROM session WHERE hash = ?1", [hash.as_str()])? > 0)
    }
}
