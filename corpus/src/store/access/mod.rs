//! Tokens, the sessions of browsers that signed in with them, and the audit log.
//!
//! Secrets come here as hashes ([`SecretHash`]). Times are RFC 3339, UTC, to the second, so that they compare as text.

mod audit;
mod sessions;
pub(super) mod tables;
#[cfg(test)]
mod tests;
mod tokens;

use rusqlite::Row;
use rusqlite::types::Type;

use crate::access::{Role, SecretHash, Token};

/// The columns of [`token_row`].
const TOKEN: &str = "token.id, token.name, token.role, token.created, token.expires, token.last_used, token.revoked";

fn token_row(row: &Row<'_>) -> rusqlite::Result<Token> {
    Ok(Token {
        id: row.get(0)?,
        name: row.get(1)?,
        role: role(row, 2)?,
        created: row.get(3)?,
        expires: row.get(4)?,
        last_used: row.get(5)?,
        revoked: row.get(6)?,
    })
}

/// A role that this program does not know is an error, not some other role.
fn role(row: &Row<'_>, column: usize) -> rusqlite::Result<Role> {
    let name: String = row.get(column)?;
    Role::from_name(&name)
        .ok_or_else(|| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("no role {name}").into()))
}
