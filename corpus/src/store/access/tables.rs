//! The tables of tokens, sessions and the audit log, as a migration (see [`crate::store::schema`]).

/// From version 9 to 10.
pub(in crate::store) const TOKENS_AND_AUDIT: &str = "
-- Numbers are never given twice: the audit log and the keys of feeds speak of them.
CREATE TABLE token (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- SHA-256 of the secret, in hexadecimal.
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    created TEXT NOT NULL,
    expires TEXT,
    last_used TEXT,
    revoked TEXT
) STRICT;

-- Browsers that signed in with a token; they end with it.
CREATE TABLE session (
    hash TEXT PRIMARY KEY,
    token INTEGER NOT NULL REFERENCES token ON DELETE CASCADE,
    created TEXT NOT NULL,
    expires TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_token ON session (token, created);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    token INTEGER,
    role TEXT NOT NULL,
    address TEXT,
    method TEXT NOT NULL,
    what TEXT NOT NULL,
    outcome TEXT NOT NULL
) STRICT;

-- Adding a watch looks for the same one among those that there are.
CREATE INDEX watch_subject ON watch (subject, value);
";
