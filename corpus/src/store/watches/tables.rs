//! The tables of watches, alerts and deliveries, as a migration (see [`crate::store::schema`]).

/// Lists of alerts and deliveries, the newest first, however many there are.
pub(in crate::store) const ALERT_LISTS: &str = "
CREATE INDEX alert_watch ON alert (watch);
CREATE INDEX alert_unseen_newest ON alert (seen) WHERE seen IS NULL;
-- By both columns, so that what is unseen of a watch is never looked for among all that it has.
DROP INDEX alert_unseen;
CREATE INDEX alert_unseen ON alert (watch, seen) WHERE seen IS NULL;
CREATE INDEX delivery_created ON delivery (created);
";

/// From version 8 to 9.
pub(in crate::store) const WATCHES_AND_OUTBOX: &str = "
-- What feeds and messages are named by; it moves with a backup.
CREATE TABLE identity (id TEXT NOT NULL) STRICT;
INSERT INTO identity (id) VALUES (lower(hex(randomblob(16))));

-- Feeds and messages speak of watches and alerts by number, so that no number is ever given twice.
CREATE TABLE former_watch AS SELECT * FROM watch;
CREATE TABLE former_alert AS SELECT * FROM alert;
DROP TABLE alert;
DROP TABLE watch;

CREATE TABLE watch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    -- What is tracked: a kind of thing and which one.
    subject TEXT NOT NULL,
    value TEXT NOT NULL,
    -- Which documents are told of, as JSON: codes of languages and names of kinds; all when empty.
    languages TEXT NOT NULL DEFAULT '[]',
    kinds TEXT NOT NULL DEFAULT '[]',
    schedule TEXT NOT NULL DEFAULT 'at_once',
    paused INTEGER NOT NULL DEFAULT 0,
    created TEXT NOT NULL,
    -- Since when it tracks this without a rest: documents that were readable before make no alerts.
    since TEXT NOT NULL
) STRICT;
INSERT INTO watch (id, subject, value, created, since)
    SELECT id, iif(query LIKE 'rendering:%', 'rendering', 'query'),
           iif(query LIKE 'rendering:%', trim(substr(query, 11)), query), created, created
    FROM former_watch;
DROP TABLE former_watch;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    watch INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    occasion TEXT NOT NULL,
    earlier INTEGER REFERENCES document ON DELETE SET NULL,
    atoms TEXT NOT NULL,
    renderings TEXT NOT NULL DEFAULT '[]',
    sentence INTEGER NOT NULL,
    created TEXT NOT NULL,
    -- When somebody marked it as seen.
    seen TEXT,
    UNIQUE (watch, document)
) STRICT;
INSERT INTO alert (id, watch, document, occasion, atoms, sentence, created, seen)
    SELECT former_alert.id, watch, document, iif(watch.subject = 'rendering', 'new_rendering', 'new_document'), atoms,
           sentence, former_alert.created, former_alert.created
    FROM former_alert JOIN watch ON watch.id = former_alert.watch;
DROP TABLE former_alert;
CREATE INDEX alert_document ON alert (document);
CREATE INDEX alert_earlier ON alert (earlier) WHERE earlier IS NOT NULL;
CREATE INDEX alert_unseen ON alert (watch) WHERE seen IS NULL;

-- One row: a version that grows with every change of what is matched.
CREATE TABLE watching (version INTEGER NOT NULL) STRICT;
INSERT INTO watching (version) VALUES (1);
CREATE TRIGGER watch_comes AFTER INSERT ON watch BEGIN UPDATE watching SET version = version + 1; END;
CREATE TRIGGER watch_goes AFTER DELETE ON watch BEGIN UPDATE watching SET version = version + 1; END;
CREATE TRIGGER watch_changes AFTER UPDATE OF subject, value, languages, kinds, paused ON watch BEGIN
    UPDATE watching SET version = version + 1;
END;

-- Whether watches have seen all of a document's text; whatever is read out of it later makes no alerts.
ALTER TABLE document ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
UPDATE document SET told = 1 WHERE watched = 1 AND readable_since IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM page WHERE page.document = document.id AND page.kind <> 'ocr');
-- Whether its renderings have been compared with those of others; a change that is noticed later makes no alerts.
ALTER TABLE document ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;
UPDATE document SET compared = 1 WHERE id IN (SELECT en FROM bitext WHERE mined = 1);

CREATE TABLE channel (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    watch INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    secret TEXT,
    -- Who answers for it: one that is slow holds up no others.
    receiver TEXT NOT NULL,
    UNIQUE (watch, kind, target)
) STRICT;

CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
    created TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt TEXT NOT NULL,
    -- Until when nobody else may try it.
    leased_until TEXT,
    state TEXT NOT NULL DEFAULT 'pending',
    last_error TEXT
) STRICT;
CREATE INDEX delivery_due ON delivery (next_attempt, id) WHERE state = 'pending';
CREATE INDEX delivery_state ON delivery (state, created);
CREATE INDEX delivery_channel ON delivery (channel);

-- The alerts of each channel, each in one delivery; in none while it waits for a digest.
CREATE TABLE delivery_alert (
    channel INTEGER NOT NULL REFERENCES channel ON DELETE CASCADE,
    alert INTEGER NOT NULL REFERENCES alert ON DELETE CASCADE,
    delivery TEXT REFERENCES delivery ON DELETE CASCADE,
    PRIMARY KEY (channel, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_alert_waiting ON delivery_alert (channel) WHERE delivery IS NULL;
CREATE INDEX delivery_alert_delivery ON delivery_alert (delivery, alert) WHERE delivery IS NOT NULL;
CREATE INDEX delivery_alert_alert ON delivery_alert (alert);
";
