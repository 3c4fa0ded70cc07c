//! The targets of all documents, one after the other: by 2027 so many of this.

use rusqlite::{Row, ToSql, params_from_iter};

use super::{MOST_ISSUERS, MOST_YEARS, agency_row, as_i64, as_usize, holds};
use crate::document::Language;
use crate::facts::{Agency, Target};
use crate::store::{Error, Store};

/// Which targets are meant; what is `None` or empty leaves all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetFilter {
    /// What is counted or its sentence holds, ASCII case aside.
    pub text: String,
    /// The year by which.
    pub year: Option<i32>,
    /// The unit, as it is written.
    pub unit: Option<String>,
    /// An issuer of the document, by its identity, or its name where it has none.
    pub issuer: Option<String>,
    /// The language of the document: the versions of a policy set the same targets.
    pub language: Option<Language>,
}

/// A target and the document that sets it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundTarget {
    /// The document.
    pub document: i64,
    /// Its place among the targets of the document, from 0.
    pub ord: usize,
    /// The target.
    pub target: Target,
}

/// How many targets each value of a filter would leave, the other filters being as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetFacets {
    /// By year, the latest first; at most 40.
    pub years: Vec<(i32, usize)>,
    /// By unit, the most frequent first; at most 30.
    pub units: Vec<(String, usize)>,
    /// By issuer, the most frequent first; at most 30.
    pub issuers: Vec<(Agency, usize)>,
}

/// Whether a row of `target` is meant, by the parameters of a filter.
const MATCHES: &str = "(?1 IS NULL OR said LIKE ?1 ESCAPE '\\')
    AND (?2 IS NULL OR year = ?2)
    AND (?3 IS NULL OR unit = ?3)
    AND (?4 IS NULL OR EXISTS
        (SELECT 1 FROM shelf_issuer WHERE shelf_issuer.document = target.document AND issuer = ?4))
    AND (?5 IS NULL OR EXISTS
        (SELECT 1 FROM shelf WHERE shelf.document = target.document AND language = ?5))";

impl Store {
    /// A stretch of the targets that are meant: the latest year first, those without one last, then the newest document
    /// first, then as they stand in it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn targets(&self, filter: &TargetFilter, limit: usize, offset: usize) -> Result<Vec<FoundTarget>, Error> {
        let sql = format!(
            "SELECT target.document, ord, content FROM target
             WHERE {MATCHES}
             ORDER BY year DESC NULLS LAST,
                (SELECT date FROM shelf WHERE shelf.document = target.document) DESC NULLS LAST,
                target.document, ord
             LIMIT ?6 OFFSET ?7"
        );
        let rows = self.target_rows(&sql, filter, &[&as_i64(limit), &as_i64(offset)], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
        })?;
        rows.into_iter()
            .map(|(document, ord, content)| {
                Ok(FoundTarget { document, ord: as_usize(ord), target: serde_json::from_str(&content)? })
            })
            .collect()
    }

    /// How many targets are meant, and how many documents set them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn target_counts(&self, filter: &TargetFilter) -> Result<(usize, usize), Error> {
        let sql = format!("SELECT count(*), count(DISTINCT document) FROM target WHERE {MATCHES}");
        let counts = self.target_rows(&sql, filter, &[], |row| Ok((as_usize(row.get(0)?), as_usize(row.get(1)?))))?;
        Ok(counts.first().copied().unwrap_or_default())
    }

    /// How many targets each value of a filter would leave.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn target_facets(&self, filter: &TargetFilter) -> Result<TargetFacets, Error> {
        let years = TargetFilter { year: None, ..filter.clone() };
        let sql = format!(
            "SELECT year, count(*) FROM target WHERE {MATCHES} AND year IS NOT NULL
             GROUP BY 1 ORDER BY 1 DESC LIMIT ?6"
        );
        let years =
            self.target_rows(&sql, &years, &[&as_i64(MOST_YEARS)], |row| Ok((row.get(0)?, as_usize(row.get(1)?))))?;
        let units = TargetFilter { unit: None, ..filter.clone() };
        let sql = format!(
            "SELECT unit, count(*) FROM target WHERE {MATCHES} AND unit IS NOT NULL
             GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?6"
        );
        let units =
            self.target_rows(&sql, &units, &[&as_i64(MOST_ISSUERS)], |row| Ok((row.get(0)?, as_usize(row.get(1)?))))?;
        let issuers = TargetFilter { issuer: None, ..filter.clone() };
        let sql = format!(
            "SELECT max(id), max(name_zh), max(name_en), count(*) FROM target
             JOIN shelf_issuer ON shelf_issuer.document = target.document
             WHERE {MATCHES} AND issuer <> '' GROUP BY issuer ORDER BY 4 DESC, issuer LIMIT ?6"
        );
        let issuers = self.target_rows(&sql, &issuers, &[&as_i64(MOST_ISSUERS)], |row| {
            Ok((agency_row(row)?, as_usize(row.get(3)?)))
        })?;
        Ok(TargetFacets { years, units, issuers })
    }

    /// How many targets there are by the year by which and the issuer of the document, the earliest year first. A
    /// target of several issuers counts for the first of them; one of no known issuer comes with none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn targets_by_year(&self, filter: &TargetFilter) -> Result<Vec<(i32, Option<Agency>, usize)>, Error> {
        let sql = format!(
            "SELECT first.id, first.name_zh, first.name_en, year, count(*) FROM target
             LEFT JOIN shelf_issuer AS first ON first.document = target.document AND first.ord = 0
             WHERE {MATCHES} AND year IS NOT NULL
             GROUP BY year, first.issuer ORDER BY year, 5 DESC, first.issuer LIMIT ?6"
        );
        self.target_rows(&sql, filter, &[&10_000_i64], |row| {
            let issuer = row.get::<_, Option<String>>(0)?.map(|_| agency_row(row)).transpose()?;
            Ok((row.get(3)?, issuer, as_usize(row.get(4)?)))
        })
    }

    /// Runs a query with the parameters of a filter and then its own.
    fn target_rows<T>(
        &self,
        sql: &str,
        filter: &TargetFilter,
        own: &[&dyn ToSql],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let text = holds(&filter.text);
        let language = filter.language.map(Language::code);
        let parameters: [&dyn ToSql; 5] = [&text, &filter.year, &filter.unit, &filter.issuer, &language];
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(parameters.iter().chain(own)), read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
