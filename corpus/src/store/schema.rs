//! The tables, as a list of migrations: `PRAGMA user_version` counts how many a store has seen.

use std::path::Path;

use rusqlite::Connection;

use super::Error;

/// Each entry is run once, in order; an entry that has been released is never changed.
const MIGRATIONS: &[&str] = &[
    "
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    facts TEXT NOT NULL,
    warnings TEXT NOT NULL,
    fingerprint TEXT,
    added TEXT NOT NULL,
    quiet INTEGER NOT NULL,
    -- What has been derived from the document so far: a crash in between leaves these at 0 and the next run goes on.
    indexed INTEGER NOT NULL DEFAULT 0,
    paired INTEGER NOT NULL DEFAULT 0,
    watched INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE block (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    kind TEXT NOT NULL,
    level INTEGER NOT NULL,
    page INTEGER NOT NULL,
    box TEXT NOT NULL,
    text TEXT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (document, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentence (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    block INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    page INTEGER NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (document, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE bitext (
    id INTEGER PRIMARY KEY,
    zh INTEGER NOT NULL UNIQUE REFERENCES document ON DELETE CASCADE,
    en INTEGER NOT NULL UNIQUE REFERENCES document ON DELETE CASCADE,
    paired_by TEXT NOT NULL,
    score REAL NOT NULL
) STRICT;

CREATE TABLE bead (
    bitext INTEGER NOT NULL REFERENCES bitext ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (bitext, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE concept (
    id INTEGER PRIMARY KEY,
    definition TEXT
) STRICT;

CREATE TABLE term (
    id INTEGER PRIMARY KEY,
    concept INTEGER NOT NULL REFERENCES concept ON DELETE CASCADE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    status TEXT NOT NULL,
    confidence REAL NOT NULL,
    UNIQUE (concept, language, folded)
) STRICT;
CREATE INDEX term_folded ON term (folded, language);

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    zh_term INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
    en_term INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- How sure mining was of the pair in what it mined, from 0 to 1.
    confidence REAL NOT NULL,
    bitext INTEGER REFERENCES bitext ON DELETE CASCADE,
    zh_document INTEGER REFERENCES document ON DELETE CASCADE,
    zh_sentence INTEGER,
    en_document INTEGER REFERENCES document ON DELETE CASCADE,
    en_sentence INTEGER
) STRICT;
CREATE INDEX evidence_terms ON evidence (zh_term, en_term);
CREATE INDEX evidence_en ON evidence (en_term);
CREATE INDEX evidence_bitext ON evidence (bitext);

CREATE TABLE watch (
    id INTEGER PRIMARY KEY,
    query TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT;

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    watch INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    atoms TEXT NOT NULL,
    sentence INTEGER NOT NULL,
    created TEXT NOT NULL,
    UNIQUE (watch, document)
) STRICT;
",
    "
-- When the document first had text: a watch that came later does not alert on it.
ALTER TABLE document ADD COLUMN readable_since TEXT;
UPDATE document SET readable_since = added WHERE state = 'text';
-- The OCR engine that has gone through its pages: what it could not read waits for a person to ask again.
ALTER TABLE document ADD COLUMN tried TEXT;

-- The pages whose text is not the file's own.
CREATE TABLE page (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    engine TEXT,
    confidence REAL,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_kind ON page (kind, document);
-- A store of before knew only that a document has no text; its file tells why when it is read again.
INSERT INTO page (document, number, kind)
WITH RECURSIVE waiting (document, number, last) AS (
    SELECT id, 1, page_count FROM document WHERE state = 'needs_ocr' AND page_count > 0
    UNION ALL
    SELECT document, number + 1, last FROM waiting WHERE number < last
)
SELECT document, number, 'unreadable' FROM waiting;

-- What an engine saw, kept page by page, since each takes seconds: a document is made of them once all are read.
CREATE TABLE ocr_page (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    number INTEGER NOT NULL,
    engine TEXT NOT NULL,
    -- The page as JSON, compressed (zlib).
    content BLOB NOT NULL,
    UNIQUE (document, number)
) STRICT;
",
    "
-- A block of a bilingual page may be in another language than its document.
ALTER TABLE block ADD COLUMN language TEXT NOT NULL DEFAULT 'und';
UPDATE block SET language = (SELECT language FROM document WHERE document.id = block.document);
",
    "
-- What tells of a document's instrument, as JSON of its own, and whether it has been compared with the others.
ALTER TABLE document ADD COLUMN grouped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN profile TEXT;

CREATE TABLE instrument (id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE member (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    instrument INTEGER NOT NULL REFERENCES instrument ON DELETE CASCADE,
    relation TEXT NOT NULL,
    tie TEXT
) STRICT;
CREATE INDEX member_instrument ON member (instrument);

-- What two documents of one instrument have in common; documents that share none are never compared.
CREATE TABLE instrument_key (
    key TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX instrument_key_document ON instrument_key (document);

CREATE TABLE instrument_link (
    a INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    tie TEXT NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX instrument_link_b ON instrument_link (b);

-- The sides of a bitext are of one instrument, so that both are grouped anew when it comes or goes.
CREATE TRIGGER bitext_comes AFTER INSERT ON bitext BEGIN
    UPDATE document SET grouped = 0 WHERE id IN (new.zh, new.en);
END;
CREATE TRIGGER bitext_goes AFTER DELETE ON bitext BEGIN
    UPDATE document SET grouped = 0 WHERE id IN (old.zh, old.en);
END;
CREATE TRIGGER document_is_read_anew AFTER UPDATE OF facts ON document BEGIN
    UPDATE document SET grouped = 0 WHERE id = new.id;
END;
",
    "
-- What documents and passages are classed under. Topics are known by their identifiers in the taxonomy file.
ALTER TABLE document ADD COLUMN classed INTEGER NOT NULL DEFAULT 0;

-- The one taxonomy that documents were classed by, known by the hash of its file.
CREATE TABLE taxonomy (hash TEXT NOT NULL) STRICT;

CREATE TABLE document_topic (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    topic TEXT NOT NULL,
    score REAL NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (document, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_topic_topic ON document_topic (topic, document);

CREATE TABLE block_topic (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    block INTEGER NOT NULL,
    topic TEXT NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (document, block, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_topic_topic ON block_topic (topic, document);

-- Its blocks are others when a document is read anew, so their classes go with them.
CREATE TRIGGER document_is_classed_anew AFTER UPDATE OF facts ON document BEGIN
    DELETE FROM block_topic WHERE document = new.id;
    UPDATE document SET classed = 0 WHERE id = new.id;
END;
",
    "
-- Why two documents were paired, and whether the pair has been aligned and mined since it last changed.
ALTER TABLE bitext ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
ALTER TABLE bitext ADD COLUMN mined INTEGER NOT NULL DEFAULT 1;
-- Who made a bead, and the word links inside it, as JSON.
ALTER TABLE bead ADD COLUMN made_by TEXT NOT NULL DEFAULT 'aligner';
ALTER TABLE bead ADD COLUMN links TEXT NOT NULL DEFAULT '[]';

-- What a person has said of two documents: that they are translations of each other, or that they are not.
CREATE TABLE pair_rule (
    zh INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    en INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    rule TEXT NOT NULL,
    PRIMARY KEY (zh, en)
) STRICT, WITHOUT ROWID;

-- Hashes of what is rare in a document; two documents that share few of them are never compared.
CREATE TABLE sketch (
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketch_document ON sketch (document);

-- A bead that a reader made, by its sentences as they are written: it outlives another reading of its documents.
CREATE TABLE corrected_bead (
    id INTEGER PRIMARY KEY,
    zh_document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    en_document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    made TEXT NOT NULL
) STRICT;
CREATE INDEX corrected_bead_documents ON corrected_bead (zh_document, en_document);

-- How often words were linked over all bitexts, and what each bitext gave to that, so that it can be taken back.
CREATE TABLE word_pair (
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    count REAL NOT NULL,
    PRIMARY KEY (zh, en)
) STRICT, WITHOUT ROWID;
CREATE TABLE bitext_words (
    bitext INTEGER PRIMARY KEY REFERENCES bitext ON DELETE CASCADE,
    pairs TEXT NOT NULL
) STRICT;
",
];

/// Brings a store up to date in one transaction.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(Error::TooNew { path: path.to_owned(), found, known });
    }
    for migration in MIGRATIONS.iter().skip(found as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}
