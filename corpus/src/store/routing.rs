//! To which concept and designations a pair belongs that mining saw: a rule of its two texts and of the termbase as
//! people have made it, which mining and editing share.
//!
//! A pair belongs to a concept that has its Chinese text as a designation or as a variant of one. Of several, it is the
//! one that has its English text as well, unless that is a candidate of a concept that no person has touched; then the
//! one that has the Chinese text as a designation; then the lowest number.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::Error;
use crate::document::Language;
use crate::term::{Status, fold};

/// A concept that has the Chinese text of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Home {
    concept: i64,
    /// Whether the text is a variant only.
    is_variant: bool,
    /// The status of the English text there, where the concept has it; not where only mining made the concept.
    en: Option<Status>,
}

/// Where a pair belongs, if anywhere.
fn choose(homes: &[Home]) -> Option<i64> {
    let rank = |home: &Home| match home.en {
        Some(Status::Candidate) => 2,
        Some(Status::Rejected) => 1,
        Some(_) => 0,
        None => 3,
    };
    homes.iter().min_by_key(|home| (rank(home), home.is_variant, home.concept)).map(|home| home.concept)
}

/// A designation that a mined text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    /// Its row.
    pub(super) term: i64,
    /// Whether the text is another than the designation's.
    pub(super) is_other: bool,
}

impl Seat {
    /// What is to be kept of the mined text: nothing where the designation tells it.
    pub(super) fn kept(self, text: &str) -> Option<&str> {
        Some(text).filter(|_| self.is_other)
    }
}

/// The concept of a pair with its designations there, made where they are missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    /// The concept's row.
    pub(super) concept: i64,
    /// The Chinese designation.
    pub(super) zh: Seat,
    /// The English one.
    pub(super) en: Seat,
}

/// Finds, or makes, where a pair belongs.
pub(super) fn place(transaction: &Transaction<'_>, zh: &str, en: &str) -> Result<Placed, Error> {
    let (zh_folded, en_folded) = (fold(zh), fold(en));
    let concept = match concept_of(transaction, &zh_folded, &en_folded)? {
        Some(concept) => concept,
        None => new_concept(transaction)?,
    };
    Ok(Placed {
        concept,
        zh: seat(transaction, concept, Language::Zh, zh, &zh_folded)?,
        en: seat(transaction, concept, Language::En, en, &en_folded)?,
    })
}

fn concept_of(connection: &Connection, zh: &str, en: &str) -> Result<Option<i64>, Error> {
    let found = concepts_with(connection, Language::Zh, zh)?;
    if found.len() == 1 {
        return Ok(found.into_keys().next());
    }
    let mut homes = Vec::new();
    for (concept, is_variant) in found {
        let status = match standing(connection, concept, Language::En, en)? {
            Some(seat) => status_of(connection, seat.term)?,
            None => None,
        };
        homes.push(Home { concept, is_variant, en: status });
    }
    Ok(choose(&homes))
}

/// The concepts that have a folded text as a designation, or as a variant only.
pub(super) fn concepts_with(
    connection: &Connection,
    language: Language,
    folded: &str,
) -> Result<BTreeMap<i64, bool>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT concept, 1 FROM variant JOIN term ON term.id = variant.term
         WHERE variant.folded = ?1 AND variant.language = ?2
         UNION ALL SELECT concept, 0 FROM term WHERE folded = ?1 AND language = ?2",
    )?;
    // Designations come last, and so take the place of variants.
    let rows = statement.query_map([folded, language.code()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn standing(connection: &Connection, concept: i64, language: Language, folded: &str) -> Result<Option<Seat>, Error> {
    let mut known =
        connection.prepare_cached("SELECT id FROM term WHERE concept = ?1 AND language = ?2 AND folded = ?3")?;
    if let Some(term) = known.query_row(params![concept, language.code(), folded], |row| row.get(0)).optional()? {
        return Ok(Some(Seat { term, is_other: false }));
    }
    let mut variant = connection.prepare_cached(
        "SELECT term.id FROM variant JOIN term ON term.id = variant.term
         WHERE variant.folded = ?3 AND variant.language = ?2 AND term.concept = ?1 ORDER BY term.id LIMIT 1",
    )?;
    let found = variant.query_row(params![concept, language.code(), folded], |row| row.get(0)).optional()?;
    Ok(found.map(|term| Seat { term, is_other: true }))
}

/// The status of a designation, unless nobody but mining has said anything of its concept.
fn status_of(connection: &Connection, term: i64) -> Result<Option<Status>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT status FROM term JOIN concept ON concept.id = term.concept
         WHERE term.id = ?1 AND (status <> 'candidate' OR changed IS NOT NULL)",
    )?;
    let name: Option<String> = statement.query_row([term], |row| row.get(0)).optional()?;
    Ok(name.as_deref().and_then(Status::from_name))
}

fn seat(
    transaction: &Transaction<'_>,
    concept: i64,
    language: Language,
    text: &str,
    folded: &str,
) -> Result<Seat, Error> {
    if let Some(seat) = standing(transaction, concept, language, folded)? {
        return Ok(seat);
    }
    let id: i64 = transaction
        .prepare_cached("UPDATE termbase SET terms = terms + 1 RETURNING terms")?
        .query_row([], |row| row.get(0))?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO term (id, concept, language, text, folded, status, confidence)
         VALUES (?1, ?2, ?3, ?4, ?5, 'candidate', 0)",
    )?;
    insert.execute(params![id, concept, language.code(), text, folded])?;
    Ok(Seat { term: id, is_other: false })
}

fn new_concept(transaction: &Transaction<'_>) -> Result<i64, Error> {
    let mut number = transaction.prepare_cached("UPDATE termbase SET concepts = concepts + 1 RETURNING concepts")?;
    let id: i64 = number.query_row([], |row| row.get(0))?;
    transaction.prepare_cached("INSERT INTO concept (id) VALUES (?1)")?.execute([id])?;
    Ok(id)
}

/// A pair as mining wrote it, and where it is.
#[derive(Debug)]
pub(super) struct SeenPair {
    id: i64,
    concept: i64,
    zh: i64,
    en: i64,
    mined_zh: String,
    mined_en: String,
}

/// The pairs of a concept; only those of which the Chinese text folds to one of `keys`, where they are given.
pub(super) fn pairs_of(
    connection: &Connection,
    concept: i64,
    keys: Option<&BTreeSet<String>>,
) -> Result<Vec<SeenPair>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT pair.id, zh.id, en.id, coalesce(mined_zh, zh.text), coalesce(mined_en, en.text)
         FROM term zh JOIN seen_pair pair ON pair.zh_term = zh.id JOIN term en ON en.id = pair.en_term
         WHERE zh.concept = ?1",
    )?;
    let rows = statement.query_map([concept], |row| {
        Ok(SeenPair {
            id: row.get(0)?,
            concept,
            zh: row.get(1)?,
            en: row.get(2)?,
            mined_zh: row.get(3)?,
            mined_en: row.get(4)?,
        })
    })?;
    let mut folded: HashMap<String, bool> = HashMap::new();
    let mut pairs = Vec::new();
    for row in rows {
        let pair = row?;
        let is_wanted = keys.is_none_or(|keys| {
            *folded.entry(pair.mined_zh.clone()).or_insert_with(|| keys.contains(&fold(&pair.mined_zh)))
        });
        if is_wanted {
            pairs.push(pair);
        }
    }
    Ok(pairs)
}

/// Puts pairs where they belong now; the concepts that they came from and came to.
pub(super) fn route(transaction: &Transaction<'_>, mut pairs: Vec<SeenPair>) -> Result<BTreeSet<i64>, Error> {
    // In the order in which they were seen, since the first gives a new designation its spelling.
    pairs.sort_by_key(|pair| pair.id);
    let mut update = transaction.prepare_cached(
        "UPDATE seen_pair SET zh_term = ?2, en_term = ?3, mined_zh = ?4, mined_en = ?5 WHERE id = ?1",
    )?;
    let mut placed: HashMap<(String, String), Placed> = HashMap::new();
    let mut concepts = BTreeSet::new();
    for pair in pairs {
        let texts = (pair.mined_zh.clone(), pair.mined_en.clone());
        let found = match placed.get(&texts) {
            Some(found) => *found,
            None => place(transaction, &pair.mined_zh, &pair.mined_en)?,
        };
        placed.insert(texts, found);
        concepts.extend([pair.concept, found.concept]);
        if (found.zh.term, found.en.term) != (pair.zh, pair.en) || found.zh.is_other || found.en.is_other {
            let (zh, en) = (found.zh.kept(&pair.mined_zh), found.en.kept(&pair.mined_en));
            update.execute(params![pair.id, found.zh.term, found.en.term, zh, en])?;
        }
    }
    Ok(concepts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(concept: i64, is_variant: bool, en: Option<Status>) -> Home {
        Home { concept, is_variant, en }
    }

    #[track_caller]
    fn check(homes: &[Home], expected: Option<i64>) {
        assert_eq!(choose(homes), expected, "{homes:?}");
        let reversed: Vec<Home> = homes.iter().rev().copied().collect();
        assert_eq!(choose(&reversed), expected, "the order does not matter: {homes:?}");
    }

    #[test]
    fn a_pair_belongs_where_its_rendering_is_known() {
        check(&[], None);
        check(&[home(4, false, None), home(7, false, None)], Some(4));
        check(&[home(4, true, None), home(7, false, None)], Some(7));
        check(&[home(4, false, None), home(7, true, Some(Status::Candidate))], Some(7));
        check(&[home(4, false, Some(Status::Candidate)), home(7, false, Some(Status::Deprecated))], Some(7));
    }

    #[test]
    fn a_rejected_pair_stays_rejected_unless_a_person_uses_it_elsewhere() {
        check(&[home(4, false, Some(Status::Candidate)), home(7, false, Some(Status::Rejected))], Some(7));
        check(&[home(4, false, Some(Status::Rejected)), home(7, false, Some(Status::Admitted))], Some(7));
        check(&[home(4, false, None), home(7, false, Some(Status::Rejected))], Some(7));
    }
}
