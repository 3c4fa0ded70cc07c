//! The tables, as a list of migrations: `PRAGMA user_version` counts how many a store has seen.

use std::path::Path;

use rusqlite::Connection;

use super::Error;
use super::access::tables::TOKENS_AND_AUDIT;
use super::shelf::tables::SHELF;
use super::watches::tables::{ALERT_LISTS, WATCHES_AND_OUTBOX};

/// Each entry is run once, in order; an entry that has been released is never changed.
pub(super) const MIGRATIONS: &[&str] = &[
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
-- Why two documents were paired, and whether the pair has been aligned and mined since it last changed: all wait, since
-- what earlier versions mined holds no word links.
ALTER TABLE bitext ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
ALTER TABLE bitext ADD COLUMN mined INTEGER NOT NULL DEFAULT 0;
CREATE INDEX bitext_waiting ON bitext (id) WHERE mined = 0;
-- Who made a bead, and the word links inside it, as JSON.
ALTER TABLE bead ADD COLUMN made_by TEXT NOT NULL DEFAULT 'aligner';
ALTER TABLE bead ADD COLUMN links TEXT NOT NULL DEFAULT '[]';
-- Whether the glosses and definitions that a document gives by itself have been mined.
ALTER TABLE document ADD COLUMN mined INTEGER NOT NULL DEFAULT 0;
UPDATE document SET mined = paired;
CREATE TRIGGER document_is_mined_anew AFTER UPDATE OF facts ON document BEGIN
    UPDATE document SET mined = 0 WHERE id = new.id;
    UPDATE bitext SET mined = 0 WHERE zh = new.id OR en = new.id;
END;
CREATE TRIGGER bitext_leaves_documents AFTER DELETE ON bitext BEGIN
    UPDATE document SET mined = 0 WHERE id IN (old.zh, old.en);
END;

-- What a person or a manifest has said of two documents: that they are translations of each other, or that they are
-- not.
CREATE TABLE pair_rule (
    zh INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    en INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    rule TEXT NOT NULL,
    said_by TEXT NOT NULL,
    PRIMARY KEY (zh, en)
) STRICT, WITHOUT ROWID;
INSERT INTO pair_rule (zh, en, rule, said_by) SELECT zh, en, 'set', 'person' FROM bitext WHERE paired_by = 'manifest';

-- Hashes of what is rare in a document, times two, and one more for English: two documents that share few of them are
-- never compared. Documents of before have none, so all are paired anew.
CREATE TABLE sketch (
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketch_document ON sketch (document);
UPDATE document SET fingerprint = NULL, paired = 0;

-- A bead that a reader made, by its sentences as they are written: it outlives another reading of its documents.
CREATE TABLE corrected_bead (
    id INTEGER PRIMARY KEY,
    zh_document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    en_document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    -- The texts of the sentences as JSON, and where the first stood when the bead was made.
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    zh_at INTEGER,
    en_at INTEGER,
    made TEXT NOT NULL
) STRICT;
CREATE INDEX corrected_bead_documents ON corrected_bead (zh_document, en_document);

-- How often words were linked over all bitexts, in thousandths, so that what is taken back leaves nothing behind.
CREATE TABLE word_pair (
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (zh, en)
) STRICT, WITHOUT ROWID;
-- What each bitext gives to that, as [[zh, en, count], ...]; fresh is what its latest mining gave, which counts when
-- all that is mined together is through.
CREATE TABLE bitext_words (
    bitext INTEGER PRIMARY KEY REFERENCES bitext ON DELETE CASCADE,
    pairs TEXT NOT NULL DEFAULT '[]',
    fresh TEXT
) STRICT;
CREATE INDEX bitext_words_fresh ON bitext_words (bitext) WHERE fresh IS NOT NULL;
CREATE TRIGGER bitext_words_count AFTER UPDATE OF pairs ON bitext_words BEGIN
    INSERT INTO word_pair (zh, en, count)
        SELECT zh, en, sum(count) FROM (
            SELECT value ->> 0 AS zh, value ->> 1 AS en, value ->> 2 AS count FROM json_each(new.pairs)
            UNION ALL
            SELECT value ->> 0, value ->> 1, -(value ->> 2) FROM json_each(old.pairs)
        ) GROUP BY zh, en HAVING sum(count) <> 0
        ON CONFLICT (zh, en) DO UPDATE SET count = count + excluded.count;
    DELETE FROM word_pair WHERE count <= 0 AND (zh, en) IN (SELECT value ->> 0, value ->> 1 FROM json_each(old.pairs));
END;
CREATE TRIGGER bitext_words_go AFTER DELETE ON bitext_words BEGIN
    INSERT INTO word_pair (zh, en, count)
        SELECT value ->> 0, value ->> 1, -(value ->> 2) FROM json_each(old.pairs) WHERE true
        ON CONFLICT (zh, en) DO UPDATE SET count = count + excluded.count;
    DELETE FROM word_pair WHERE count <= 0 AND (zh, en) IN (SELECT value ->> 0, value ->> 1 FROM json_each(old.pairs));
END;

-- A pair of designations and what saw it: a bitext, a document by itself, or neither where a file said so.
CREATE TABLE seen_pair (
    id INTEGER PRIMARY KEY,
    zh_term INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
    en_term INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
    bitext INTEGER REFERENCES bitext ON DELETE CASCADE,
    document INTEGER REFERENCES document ON DELETE CASCADE,
    -- How sure mining was of the pair there, from 0 to 1, and in how many places it is.
    confidence REAL NOT NULL,
    count INTEGER NOT NULL
) STRICT;
INSERT INTO seen_pair (zh_term, en_term, bitext, document, confidence, count)
    SELECT zh_term, en_term, bitext, iif(bitext IS NULL, coalesce(zh_document, en_document), NULL) AS alone,
           max(confidence), count(*)
    FROM evidence GROUP BY zh_term, en_term, bitext, alone;
CREATE INDEX seen_pair_terms ON seen_pair (zh_term, en_term);
CREATE INDEX seen_pair_en ON seen_pair (en_term);
CREATE INDEX seen_pair_bitext ON seen_pair (bitext) WHERE bitext IS NOT NULL;
CREATE INDEX seen_pair_document ON seen_pair (document) WHERE document IS NOT NULL;
-- The first places of each.
CREATE TABLE sighting (
    pair INTEGER NOT NULL REFERENCES seen_pair ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    kind TEXT NOT NULL,
    zh_sentence INTEGER,
    en_sentence INTEGER,
    PRIMARY KEY (pair, ord)
) STRICT, WITHOUT ROWID;
INSERT INTO sighting (pair, ord, kind, zh_sentence, en_sentence)
    SELECT seen_pair.id, evidence.id, kind, zh_sentence, en_sentence
    FROM evidence JOIN seen_pair ON seen_pair.zh_term = evidence.zh_term AND seen_pair.en_term = evidence.en_term
        AND seen_pair.bitext IS evidence.bitext
        AND seen_pair.document IS iif(evidence.bitext IS NULL, coalesce(zh_document, en_document), NULL);
DROP TABLE evidence;

-- In how many places a term was seen, and the terms of which that or how sure they are may have changed.
ALTER TABLE term ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
UPDATE term SET seen = coalesce((SELECT sum(count) FROM seen_pair WHERE zh_term = term.id), 0)
    + coalesce((SELECT sum(count) FROM seen_pair WHERE en_term = term.id), 0);
CREATE INDEX term_seen ON term (language, seen);
CREATE TABLE unsettled (term INTEGER PRIMARY KEY REFERENCES term ON DELETE CASCADE) STRICT;
CREATE TRIGGER seen_pair_comes AFTER INSERT ON seen_pair BEGIN
    INSERT OR IGNORE INTO unsettled (term) VALUES (new.zh_term), (new.en_term);
END;
CREATE TRIGGER seen_pair_goes AFTER DELETE ON seen_pair BEGIN
    INSERT OR IGNORE INTO unsettled (term) SELECT id FROM term WHERE id IN (old.zh_term, old.en_term);
END;

-- A re-mining of the whole corpus, and the difference that it made.
CREATE TABLE remining (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    bitexts INTEGER NOT NULL,
    counts TEXT NOT NULL DEFAULT '{}'
) STRICT;
-- The term pairs as they were before the one that is under way.
CREATE TABLE remining_before (
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    confidence REAL NOT NULL,
    best INTEGER NOT NULL,
    PRIMARY KEY (zh, en)
) STRICT, WITHOUT ROWID;
CREATE TABLE remining_change (
    remining INTEGER NOT NULL REFERENCES remining ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    kind TEXT NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    en_before TEXT,
    before REAL,
    after REAL,
    PRIMARY KEY (remining, ord)
) STRICT, WITHOUT ROWID;
",
    "
-- What people say of concepts and their designations.
ALTER TABLE concept ADD COLUMN subject TEXT;
ALTER TABLE concept ADD COLUMN note TEXT;
-- Categories of imported files that have no column here, as JSON: [{name, value}, ...].
ALTER TABLE concept ADD COLUMN other TEXT NOT NULL DEFAULT '[]';
ALTER TABLE concept ADD COLUMN changed TEXT;
CREATE TABLE definition (
    concept INTEGER NOT NULL REFERENCES concept ON DELETE CASCADE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT,
    PRIMARY KEY (concept, language)
) STRICT, WITHOUT ROWID;
INSERT INTO definition (concept, language, text)
    SELECT id, iif(definition GLOB '*[一-鿿]*', 'zh', 'en'), definition FROM concept WHERE definition IS NOT NULL;
ALTER TABLE concept DROP COLUMN definition;
ALTER TABLE term ADD COLUMN part_of_speech TEXT;
ALTER TABLE term ADD COLUMN note TEXT;
ALTER TABLE term ADD COLUMN region TEXT;
ALTER TABLE term ADD COLUMN source TEXT;
-- Other spellings that count as this one, as JSON: [text, ...].
ALTER TABLE term ADD COLUMN variants TEXT NOT NULL DEFAULT '[]';
ALTER TABLE term ADD COLUMN other TEXT NOT NULL DEFAULT '[]';

-- Candidates that a reviewer put off, and when: they come behind the others.
CREATE TABLE put_off (
    term INTEGER PRIMARY KEY REFERENCES term ON DELETE CASCADE,
    at TEXT NOT NULL
) STRICT;
-- How sure a person or a file was of a candidate that they put there; NULL for what only mining made.
ALTER TABLE term ADD COLUMN stated REAL;
-- Whether a gloss, a definition clause or a file of terms gives it together with its counterpart.
ALTER TABLE seen_pair ADD COLUMN given INTEGER NOT NULL DEFAULT 0;
ALTER TABLE term ADD COLUMN given INTEGER NOT NULL DEFAULT 0;
UPDATE seen_pair SET given = 1
    WHERE EXISTS (SELECT 1 FROM sighting WHERE pair = seen_pair.id AND kind <> 'bead');
UPDATE term SET given = 1 WHERE id IN
    (SELECT zh_term FROM seen_pair WHERE given = 1 UNION SELECT en_term FROM seen_pair WHERE given = 1);
-- What mining wrote, where it is not the designation that the pair is kept with.
ALTER TABLE seen_pair ADD COLUMN mined_zh TEXT;
ALTER TABLE seen_pair ADD COLUMN mined_en TEXT;
CREATE TRIGGER seen_pair_moves AFTER UPDATE OF zh_term, en_term ON seen_pair BEGIN
    INSERT OR IGNORE INTO unsettled (term)
        SELECT id FROM term WHERE id IN (old.zh_term, old.en_term, new.zh_term, new.en_term);
END;
-- The variants of all designations as they are compared.
CREATE TABLE variant (
    folded TEXT NOT NULL,
    language TEXT NOT NULL,
    term INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
    PRIMARY KEY (folded, language, term)
) STRICT, WITHOUT ROWID;
CREATE INDEX variant_term ON variant (term);
-- The review queue in its orders, with all that it is counted by; what is never shown; and the renderings that were put
-- there perhaps without a term.
CREATE INDEX term_waiting ON term (confidence DESC, seen DESC, id, concept, given)
    WHERE status = 'candidate' AND language = 'en';
CREATE INDEX term_waiting_often ON term (seen DESC, confidence DESC, id, concept, given)
    WHERE status = 'candidate' AND language = 'en';
CREATE INDEX term_stated ON term (concept)
    WHERE status = 'candidate' AND language = 'en' AND stated IS NOT NULL;
CREATE INDEX term_rejected ON term (concept, language) WHERE status = 'rejected';

-- One row: a version that grows with every change of what is shown, and the last numbers that were given to a concept
-- and to a designation. Numbers are never given twice, since the history speaks of them.
CREATE TABLE termbase (version INTEGER NOT NULL, concepts INTEGER NOT NULL, terms INTEGER NOT NULL) STRICT;
INSERT INTO termbase (version, concepts, terms)
    SELECT 1, coalesce((SELECT max(id) FROM concept), 0), coalesce((SELECT max(id) FROM term), 0);
-- The version that last changed each concept, of those that are gone as well.
CREATE TABLE concept_change (concept INTEGER PRIMARY KEY, version INTEGER NOT NULL) STRICT;
CREATE INDEX concept_change_version ON concept_change (version);

-- What people did. The concepts before and after are JSON: without the candidates that the edit left as they were, and
-- with numbers that are never used again. `stated` holds what the edit's designations have in that column.
CREATE TABLE edit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    editor TEXT NOT NULL,
    deed TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    stated TEXT NOT NULL,
    -- How many candidates it decided on.
    decided INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    undoes INTEGER,
    undone_by INTEGER
) STRICT;
CREATE INDEX edit_at ON edit (at);
CREATE INDEX edit_batch ON edit (batch);
-- The concepts that each edit touched, and whether it ended them.
CREATE TABLE edited (
    concept INTEGER NOT NULL,
    edit INTEGER NOT NULL REFERENCES edit ON DELETE CASCADE,
    ended INTEGER NOT NULL,
    PRIMARY KEY (concept, edit)
) STRICT, WITHOUT ROWID;
CREATE INDEX edited_edit ON edited (edit);

-- That the English document of a bitext renders a concept otherwise than was usual before.
CREATE TABLE rendering_change (
    concept INTEGER NOT NULL REFERENCES concept ON DELETE CASCADE,
    en_term INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
    before_term INTEGER NOT NULL REFERENCES term ON DELETE CASCADE,
    bitext INTEGER NOT NULL REFERENCES bitext ON DELETE CASCADE,
    sentence INTEGER,
    noticed TEXT NOT NULL,
    PRIMARY KEY (concept, en_term, before_term, bitext)
) STRICT, WITHOUT ROWID;
CREATE INDEX rendering_change_noticed ON rendering_change (noticed);
CREATE INDEX rendering_change_bitext ON rendering_change (bitext);
CREATE INDEX rendering_change_en ON rendering_change (en_term);
CREATE INDEX rendering_change_before ON rendering_change (before_term);
-- One row: the version of the termbase up to which renderings were compared.
CREATE TABLE renderings_compared (version INTEGER NOT NULL) STRICT;
INSERT INTO renderings_compared (version) VALUES (0);
-- All that is there has yet to be compared.
INSERT OR IGNORE INTO concept_change (concept, version) SELECT id, 1 FROM concept;

-- Designations of known concepts in documents without a counterpart: `mention` is the language of the side that was
-- seen. A bitext of the document takes their place.
ALTER TABLE seen_pair ADD COLUMN mention TEXT;
ALTER TABLE document ADD COLUMN mentioned INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER document_is_searched_anew AFTER UPDATE OF facts ON document BEGIN
    UPDATE document SET mentioned = 0 WHERE id = new.id;
END;
CREATE TRIGGER bitext_takes_from_mentions AFTER INSERT ON bitext BEGIN
    DELETE FROM seen_pair WHERE document IN (new.zh, new.en) AND mention IS NOT NULL;
END;
CREATE TRIGGER bitext_leaves_to_mentions AFTER DELETE ON bitext BEGIN
    UPDATE document SET mentioned = 0 WHERE id IN (old.zh, old.en);
END;
-- What is known of each concept, as documents were last searched for it: [{zh, en, sure}, ...]; and, in one row, the
-- version of the termbase as of which that is so.
CREATE TABLE sought (concept INTEGER PRIMARY KEY, known TEXT NOT NULL) STRICT;
CREATE TABLE sought_version (version INTEGER NOT NULL) STRICT;
INSERT INTO sought_version (version) VALUES (0);
",
    "
-- One row: a version that grows with every change of which documents are of one instrument.
CREATE TABLE grouping (version INTEGER NOT NULL) STRICT;
INSERT INTO grouping (version) VALUES (1);
CREATE TRIGGER member_comes AFTER INSERT ON member BEGIN UPDATE grouping SET version = version + 1; END;
CREATE TRIGGER member_goes AFTER DELETE ON member BEGIN UPDATE grouping SET version = version + 1; END;
CREATE TRIGGER member_moves AFTER UPDATE ON member BEGIN UPDATE grouping SET version = version + 1; END;
-- What single passages are aligned with is read without reading the whole bitext.
CREATE INDEX sentence_block ON sentence (document, block);
CREATE INDEX bead_zh ON bead (bitext, zh ->> 0);
CREATE INDEX bead_en ON bead (bitext, en ->> 0);
",
    WATCHES_AND_OUTBOX,
    TOKENS_AND_AUDIT,
    SHELF,
    ALERT_LISTS,
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
