//! Documents as a shelf shows them: a stretch of a sorted list, filtered, with how many each filter would leave.
//!
//! Only what is shown is read; the facts of a document are long. Documents that are translations of each other are one
//! line, that of the Chinese one where both are meant.

mod figures;
pub(super) mod tables;
mod targets;
#[cfg(test)]
mod tests;

use rusqlite::{OptionalExtension as _, Row, ToSql, params_from_iter};

use super::documents::{as_i64, as_usize};
use super::{Error, Store};
use crate::document::Language;
use crate::facts::Agency;

pub use figures::{Figures, LanguageCounts};
pub use targets::{FoundTarget, TargetFacets, TargetFilter};

/// What of a document can be read. A document may be in several states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShelfState {
    /// All of it is the file's own text.
    Text,
    /// An OCR engine read some of its pages.
    Ocr,
    /// Some of its pages are pictures that no engine has read.
    NeedsOcr,
    /// Some of it cannot be read: fonts without characters, pages on which an engine failed, or nothing in it at all.
    Unreadable,
}

impl ShelfState {
    /// All of them, in the order that lists show them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Ocr, Self::NeedsOcr, Self::Unreadable];

    /// The name used in addresses and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Ocr => "ocr",
            Self::NeedsOcr => "needs_ocr",
            Self::Unreadable => "unreadable",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Which documents are meant; what is `None` or empty leaves all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShelfFilter {
    /// What can be read of them.
    pub state: Option<ShelfState>,
    /// Their language.
    pub language: Option<Language>,
    /// Their kind, by its name.
    pub kind: Option<String>,
    /// An issuer, by its identity, or its name where it has none.
    pub issuer: Option<String>,
    /// The year of the date that they go by, such as `2024`.
    pub year: Option<String>,
    /// What a title, a number or the file's name holds, ASCII case aside.
    pub title: String,
}

/// In which order documents are listed. What is equal comes by title and number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShelfOrder {
    /// The newest first, by the date that they go by; those without one last.
    #[default]
    Date,
    /// By title.
    Title,
    /// Those that were ingested last first.
    Added,
    /// By the file's name.
    Name,
}

impl ShelfOrder {
    fn sql(self) -> &'static str {
        match self {
            Self::Date => {
                "coalesce(date, (SELECT other.date FROM shelf AS other WHERE other.document = counterpart))
                    DESC NULLS LAST, title, document"
            }
            Self::Title => "title COLLATE NOCASE, document",
            Self::Added => "added DESC, document DESC",
            Self::Name => "(SELECT name FROM document WHERE id = document), document",
        }
    }
}

/// A document in short.
#[derive(Clone, Debug, PartialEq)]
pub struct ShelfDocument {
    /// Its number in the store.
    pub id: i64,
    /// Its title, or the file's name.
    pub title: String,
    /// Its language.
    pub language: Language,
    /// Its kind, by its name.
    pub kind: Option<String>,
    /// Its own number: a document number, or that of a standard.
    pub number: Option<String>,
    /// The date that it goes by.
    pub date: Option<String>,
    /// How many pages it has.
    pub pages: u32,
    /// When it was ingested, RFC 3339.
    pub added: String,
    /// Whether there is any text.
    pub has_text: bool,
    /// How many pages an OCR engine read.
    pub by_ocr: u32,
    /// How many pages are pictures that wait for an engine.
    pub scans: u32,
    /// How many pages have fonts without characters.
    pub unreadable: u32,
    /// The OCR engine that has gone through its pages.
    pub tried: Option<String>,
    /// The agencies that issued it.
    pub issuers: Vec<Agency>,
    /// The document that is its translation, or that it is one of.
    pub counterpart: Option<i64>,
}

/// How many documents each value of a filter would leave, the other filters being as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShelfFacets {
    /// By what can be read.
    pub states: Vec<(ShelfState, usize)>,
    /// By language, the most frequent first.
    pub languages: Vec<(Language, usize)>,
    /// By the name of the kind, the most frequent first.
    pub kinds: Vec<(String, usize)>,
    /// By issuer, the most frequent first; at most 30.
    pub issuers: Vec<(Agency, usize)>,
    /// By year, the latest first; at most 40.
    pub years: Vec<(String, usize)>,
}

/// The most issuers that are counted one by one.
const MOST_ISSUERS: usize = 30;
/// The most years that are counted one by one.
const MOST_YEARS: usize = 40;

/// Whether a row of `shelf` is meant, by the parameters of [`ShelfFilter::parameters`].
const MATCHES: &str = "(?1 IS NULL OR CASE ?1
        WHEN 'text' THEN has_text AND NOT EXISTS (SELECT 1 FROM page WHERE page.document = shelf.document)
        WHEN 'ocr' THEN EXISTS (SELECT 1 FROM page WHERE page.document = shelf.document AND page.kind = 'ocr')
        WHEN 'needs_ocr' THEN tried IS NULL AND
            EXISTS (SELECT 1 FROM page WHERE page.document = shelf.document AND page.kind = 'scan')
        ELSE EXISTS (SELECT 1 FROM page WHERE page.document = shelf.document
                AND (page.kind = 'unreadable' OR page.kind = 'scan' AND tried IS NOT NULL))
            OR NOT has_text AND NOT EXISTS (SELECT 1 FROM page WHERE page.document = shelf.document)
        END)
    AND (?2 IS NULL OR language = ?2)
    AND (?3 IS NULL OR kind = ?3)
    AND (?4 IS NULL OR EXISTS (SELECT 1 FROM shelf_issuer WHERE shelf_issuer.document = shelf.document AND issuer = ?4))
    AND (?5 IS NULL OR substr(date, 1, 4) = ?5)
    AND (?6 IS NULL OR named LIKE ?6 ESCAPE '\\')";

/// The number of a document's counterpart.
const COUNTERPART: &str = "coalesce((SELECT en FROM bitext WHERE zh = shelf.document),
    (SELECT zh FROM bitext WHERE en = shelf.document))";

/// A pattern for `LIKE` that matches what holds a text; `None` for none.
fn holds(text: &str) -> Option<String> {
    let text = text.trim();
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    (!text.is_empty()).then(|| format!("%{escaped}%"))
}

impl ShelfFilter {
    /// Whether all documents are meant.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn parameters(&self) -> [Option<String>; 6] {
        [
            self.state.map(|state| state.name().to_owned()),
            self.language.map(|language| language.code().to_owned()),
            self.kind.clone(),
            self.issuer.clone(),
            self.year.clone(),
            holds(&self.title),
        ]
    }
}

impl Store {
    /// A stretch of the lines of the shelf: a document, and its counterpart where it has one. Of two that are
    /// translations of each other and both are meant, the Chinese is the line's.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn shelf(
        &self,
        filter: &ShelfFilter,
        order: ShelfOrder,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<(ShelfDocument, Option<ShelfDocument>)>, Error> {
        let sql = format!(
            "WITH meant AS MATERIALIZED (SELECT document FROM shelf WHERE {MATCHES})
             SELECT document, {COUNTERPART} AS counterpart FROM shelf
             WHERE document IN meant
                AND NOT EXISTS (SELECT 1 FROM bitext WHERE en = shelf.document AND zh IN meant)
             ORDER BY {} LIMIT ?7 OFFSET ?8",
            order.sql()
        );
        let lines: Vec<(i64, Option<i64>)> =
            self.shelf_rows(&sql, filter, &[&as_i64(limit), &as_i64(offset)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut shown = Vec::with_capacity(lines.len());
        for (document, counterpart) in lines {
            let Some(document) = self.shelf_document(document)? else { continue };
            let counterpart = counterpart.map(|id| self.shelf_document(id)).transpose()?.flatten();
            shown.push((document, counterpart));
        }
        Ok(shown)
    }

    /// How many lines the shelf has, and how many documents are meant.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn shelf_counts(&self, filter: &ShelfFilter) -> Result<(usize, usize), Error> {
        let sql = format!(
            "WITH meant AS MATERIALIZED (SELECT document FROM shelf WHERE {MATCHES})
             SELECT count(*), (SELECT count(*) FROM bitext WHERE en IN meant AND zh IN meant) FROM meant"
        );
        let counts: Vec<(i64, i64)> = self.shelf_rows(&sql, filter, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (documents, pairs) = counts.first().copied().unwrap_or_default();
        Ok((as_usize(documents.saturating_sub(pairs)), as_usize(documents)))
    }

    /// The numbers of a stretch of the documents that are meant, each on its own.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn shelf_ids(
        &self,
        filter: &ShelfFilter,
        order: ShelfOrder,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<i64>, Error> {
        let sql = format!(
            "SELECT document, {COUNTERPART} AS counterpart FROM shelf WHERE {MATCHES}
             ORDER BY {} LIMIT ?7 OFFSET ?8",
            order.sql()
        );
        self.shelf_rows(&sql, filter, &[&as_i64(limit), &as_i64(offset)], |row| row.get(0))
    }

    /// A document in short.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn shelf_document(&self, id: i64) -> Result<Option<ShelfDocument>, Error> {
        let sql = format!(
            "SELECT document, title, language, kind, number, date, pages, added, has_text, tried,
                (SELECT count(*) FROM page WHERE page.document = shelf.document AND page.kind = 'ocr'),
                (SELECT count(*) FROM page WHERE page.document = shelf.document AND page.kind = 'scan'),
                (SELECT count(*) FROM page WHERE page.document = shelf.document AND page.kind = 'unreadable'),
                {COUNTERPART}
             FROM shelf WHERE document = ?1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let Some(mut document) = statement.query_row([id], shelf_row).optional()? else { return Ok(None) };
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, name_zh, name_en FROM shelf_issuer WHERE document = ?1 ORDER BY ord")?;
        let issuers = statement.query_map([id], agency_row)?;
        document.issuers = issuers.collect::<Result<_, _>>()?;
        Ok(Some(document))
    }

    /// How many documents each value of a filter would leave.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn shelf_facets(&self, filter: &ShelfFilter) -> Result<ShelfFacets, Error> {
        let mut facets = ShelfFacets::default();
        for state in ShelfState::ALL {
            let sql = format!("SELECT count(*) FROM shelf WHERE {MATCHES}");
            let filter = ShelfFilter { state: Some(state), ..filter.clone() };
            let counts: Vec<i64> = self.shelf_rows(&sql, &filter, &[], |row| row.get(0))?;
            facets.states.extend(counts.first().filter(|count| **count > 0).map(|count| (state, as_usize(*count))));
        }
        let languages = self.facet(&ShelfFilter { language: None, ..filter.clone() }, "language", "count(*) DESC")?;
        facets.languages = languages.into_iter().map(|(code, count)| (Language::from_code(&code), count)).collect();
        facets.kinds = self.facet(&ShelfFilter { kind: None, ..filter.clone() }, "kind", "count(*) DESC")?;
        let years = ShelfFilter { year: None, ..filter.clone() };
        facets.years = self.facet(&years, "substr(date, 1, 4)", "1 DESC")?;
        facets.years.truncate(MOST_YEARS);
        facets.issuers = self.issuer_facet(&ShelfFilter { issuer: None, ..filter.clone() })?;
        Ok(facets)
    }

    fn facet(&self, filter: &ShelfFilter, value: &str, order: &str) -> Result<Vec<(String, usize)>, Error> {
        let sql = format!(
            "SELECT {value}, count(*) FROM shelf WHERE {MATCHES} AND {value} IS NOT NULL
             GROUP BY 1 ORDER BY {order}, 1"
        );
        self.shelf_rows(&sql, filter, &[], |row| Ok((row.get(0)?, as_usize(row.get(1)?))))
    }

    fn issuer_facet(&self, filter: &ShelfFilter) -> Result<Vec<(Agency, usize)>, Error> {
        let sql = format!(
            "WITH meant AS MATERIALIZED (SELECT document FROM shelf WHERE {MATCHES})
             SELECT max(id), max(name_zh), max(name_en), count(*) FROM shelf_issuer
             WHERE document IN meant AND issuer <> '' GROUP BY issuer ORDER BY 4 DESC, issuer LIMIT ?7"
        );
        self.shelf_rows(&sql, filter, &[&as_i64(MOST_ISSUERS)], |row| Ok((agency_row(row)?, as_usize(row.get(3)?))))
    }

    /// Runs a query with the parameters of a filter and then its own.
    fn shelf_rows<T>(
        &self,
        sql: &str,
        filter: &ShelfFilter,
        own: &[&dyn ToSql],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let parameters = filter.parameters();
        let all = parameters.iter().map(|parameter| parameter as &dyn ToSql).chain(own.iter().copied());
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(all), read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn shelf_row(row: &Row<'_>) -> rusqlite::Result<ShelfDocument> {
    Ok(ShelfDocument {
        id: row.get(0)?,
        title: row.get(1)?,
        language: Language::from_code(&row.get::<_, String>(2)?),
        kind: row.get(3)?,
        number: row.get(4)?,
        date: row.get(5)?,
        pages: row.get(6)?,
        added: row.get(7)?,
        has_text: row.get(8)?,
        tried: row.get(9)?,
        by_ocr: row.get(10)?,
        scans: row.get(11)?,
        unreadable: row.get(12)?,
        counterpart: row.get(13)?,
        issuers: Vec::new(),
    })
}

fn agency_row(row: &Row<'_>) -> rusqlite::Result<Agency> {
    Ok(Agency { id: row.get(0)?, name_zh: row.get(1)?, name_en: row.get(2)?, abbreviations: Vec::new() })
}
