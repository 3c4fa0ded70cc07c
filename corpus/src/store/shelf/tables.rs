//! The tables that the shelf and the table of targets are listed from: what of each document's facts a list is sorted
//! and filtered by, in rows of their own. Triggers keep them, so that nothing else has to know of them.

/// A migration.
pub(in crate::store) const SHELF: &str = "
-- What a list of documents shows and is sorted by. The facts themselves are long; a list of thousands does not read them.
CREATE TABLE shelf (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    title TEXT NOT NULL,
    -- All names that it is looked for by, a line each.
    named TEXT NOT NULL,
    number TEXT,
    -- The date that it goes by: issued, or else published, or else in force.
    date TEXT,
    kind TEXT,
    language TEXT NOT NULL,
    pages INTEGER NOT NULL,
    added TEXT NOT NULL,
    has_text INTEGER NOT NULL,
    -- The OCR engine that has gone through its pages.
    tried TEXT
) STRICT;
CREATE INDEX shelf_date ON shelf (date);
CREATE INDEX shelf_added ON shelf (added);

CREATE TABLE shelf_issuer (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    -- Its identity, or its name where it is not in the table of agencies.
    issuer TEXT NOT NULL,
    ord INTEGER NOT NULL,
    id TEXT NOT NULL,
    name_zh TEXT,
    name_en TEXT,
    PRIMARY KEY (document, issuer)
) STRICT, WITHOUT ROWID;
CREATE INDEX shelf_issuer_issuer ON shelf_issuer (issuer, document);

CREATE TABLE target (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    ord INTEGER NOT NULL,
    year INTEGER,
    unit TEXT,
    -- What is counted and the sentence, to be looked in.
    said TEXT NOT NULL,
    -- The target as JSON.
    content TEXT NOT NULL,
    PRIMARY KEY (document, ord)
) STRICT, WITHOUT ROWID;
CREATE INDEX target_year ON target (year);

CREATE VIEW shelf_read AS SELECT
    id AS document,
    coalesce(nullif(facts ->> '$.title', ''), name) AS title,
    concat_ws(char(10), facts ->> '$.title', facts ->> '$.title_translated', facts ->> '$.document_number',
        facts ->> '$.standard.number', name) AS named,
    coalesce(facts ->> '$.document_number', nullif(facts ->> '$.standard.number', '')) AS number,
    (SELECT value ->> '$.date' FROM json_each(facts, '$.dates')
        WHERE value ->> '$.kind' IN ('issued', 'published', 'effective')
        ORDER BY CASE value ->> '$.kind' WHEN 'issued' THEN 0 WHEN 'published' THEN 1 ELSE 2 END, key
        LIMIT 1) AS date,
    facts ->> '$.kind' AS kind,
    language, page_count AS pages, added, readable_since IS NOT NULL AS has_text, tried
    FROM document;
CREATE VIEW shelf_issuer_read AS SELECT
    document.id AS document,
    coalesce(nullif(value ->> '$.id', ''), value ->> '$.name_zh', value ->> '$.name_en', '') AS issuer,
    key AS ord,
    coalesce(value ->> '$.id', '') AS id,
    value ->> '$.name_zh' AS name_zh,
    value ->> '$.name_en' AS name_en
    FROM document, json_each(document.facts, '$.issuers');
CREATE VIEW target_read AS SELECT
    document.id AS document,
    key AS ord,
    value ->> '$.by' AS year,
    nullif(value ->> '$.unit', '') AS unit,
    concat_ws(char(10), value ->> '$.what', value ->> '$.sentence') AS said,
    value AS content
    FROM document, json_each(document.facts, '$.targets');

INSERT INTO shelf SELECT * FROM shelf_read;
INSERT OR IGNORE INTO shelf_issuer SELECT * FROM shelf_issuer_read;
INSERT INTO target SELECT * FROM target_read;

CREATE TRIGGER document_comes_to_shelf AFTER INSERT ON document BEGIN
    INSERT INTO shelf SELECT * FROM shelf_read WHERE document = new.id;
    INSERT OR IGNORE INTO shelf_issuer SELECT * FROM shelf_issuer_read WHERE document = new.id;
    INSERT INTO target SELECT * FROM target_read WHERE document = new.id;
END;
CREATE TRIGGER document_changes_on_shelf AFTER UPDATE OF name, language, page_count, readable_since, tried ON document
BEGIN
    DELETE FROM shelf WHERE document = new.id;
    INSERT INTO shelf SELECT * FROM shelf_read WHERE document = new.id;
END;
CREATE TRIGGER document_is_shelved_anew AFTER UPDATE OF facts ON document BEGIN
    DELETE FROM shelf WHERE document = new.id;
    INSERT INTO shelf SELECT * FROM shelf_read WHERE document = new.id;
    DELETE FROM shelf_issuer WHERE document = new.id;
    INSERT OR IGNORE INTO shelf_issuer SELECT * FROM shelf_issuer_read WHERE document = new.id;
    DELETE FROM target WHERE document = new.id;
    INSERT INTO target SELECT * FROM target_read WHERE document = new.id;
END;
";
