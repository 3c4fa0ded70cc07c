//! Who may ask the server for what: tokens with roles, and the log of what was done with them.
//!
//! A token is a secret of 256 random bits, so that no slow hash is needed to keep it from being guessed: the store holds
//! its SHA-256 alone, and nothing here holds the secret.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What a caller may do; each may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Search, read, look up, follow the feeds.
    Read,
    /// Change what is shown as well: terms, beads, watches, documents.
    Edit,
    /// Give and revoke tokens as well, and read the audit log.
    Admin,
}

impl Role {
    /// All roles, the least first.
    pub const ALL: [Self; 3] = [Self::Read, Self::Edit, Self::Admin];

    /// The name that the store, the API and the command line have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Edit => "edit",
            Self::Admin => "admin",
        }
    }

    /// The role of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A token as its owner sees it: all but the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Token {
    /// Its number, never given twice.
    pub id: i64,
    /// Who or what it was given to; the history of edits names them so.
    pub name: String,
    /// What it is good for.
    pub role: Role,
    /// When it was made, RFC 3339.
    pub created: String,
    /// From when on it is no longer good, RFC 3339, UTC; never where there is none.
    pub expires: Option<String>,
    /// When it was last used, to a minute.
    pub last_used: Option<String>,
    /// When it was revoked.
    pub revoked: Option<String>,
}

impl Token {
    /// The longest name, in characters.
    pub const LONGEST_NAME: usize = 60;

    /// Whether it is good at a time, RFC 3339, UTC.
    pub fn is_live(&self, now: &str) -> bool {
        self.revoked.is_none() && self.expires.as_deref().is_none_or(|expires| now < expires)
    }
}

/// What the store has of a secret: of a token's, or of a session's.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SecretHash(String);

impl SecretHash {
    /// The SHA-256 of a secret, in hexadecimal.
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// As the store writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// It is not shown, so that no log has what a stolen store could be searched for.
impl fmt::Debug for SecretHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretHash(..)")
    }
}

/// What became of something that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AuditOutcome")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was not allowed, or could not be used as it was asked.
    Refused,
    /// The server failed at it.
    Failed,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 3] = [Self::Done, Self::Refused, Self::Failed];

    /// The name that the store and the API have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    /// The outcome of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// Something that was asked for and would change something: what the audit log has a line of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// When, RFC 3339, UTC.
    pub at: String,
    /// The name of the token, or that which a reader without one gave.
    pub who: String,
    /// The token; none on a server that asks for none, and on the command line.
    pub token: Option<i64>,
    /// The role of the caller.
    pub role: Role,
    /// The address that it came from; none on the command line.
    pub address: Option<String>,
    /// How it was asked for: a method of HTTP, or `command` for the command line.
    pub method: String,
    /// What was asked for: the path without its query and without secrets, or the words of the command.
    pub what: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// A line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditEntry {
    /// Its number: later lines have greater ones.
    pub id: i64,
    /// What was asked for.
    #[serde(flatten)]
    pub deed: Deed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_do_what_those_before_it_may() {
        assert!(Role::Read < Role::Edit && Role::Edit < Role::Admin);
        for role in Role::ALL {
            assert_eq!(Role::from_name(role.name()), Some(role));
        }
        assert_eq!(Role::from_name("root"), None);
    }

    #[track_caller]
    fn check(expires: Option<&str>, revoked: Option<&str>, now: &str, live: bool) {
        let token = Token {
            id: 1,
            name: "keeper".to_owned(),
            role: Role::Read,
            created: "2026-11-01T00:00:00Z".to_owned(),
            expires: expires.map(str::to_owned),
            last_used: None,
            revoked: revoked.map(str::to_owned),
        };
        assert_eq!(token.is_live(now), live, "{expires:?} {revoked:?} {now}");
    }

    #[test]
    fn a_token_is_good_until_it_expires_or_is_revoked() {
        let (before, then, after) = ("2026-11-22T08:00:00Z", "2026-11-23T00:00:00Z", "2026-11-23T00:00:01Z");
        check(None, None, after, true);
        check(Some(then), None, before, true);
        check(Some(then), None, then, false);
        check(Some(then), None, after, false);
        check(None, Some(before), after, false);
    }

    #[test]
    fn the_hash_of_a_secret_does_not_show() {
        let hash = SecretHash::of("abc");
        assert!(hash.as_str().starts_with("ba7816bf8f01cfea") && hash.as_str().len() == 64);
        assert_eq!(format!("{hash:?}"), "SecretHash(..)");
    }
}
