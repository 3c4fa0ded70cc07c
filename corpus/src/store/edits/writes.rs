//! Concepts written as an edit leaves them, with what mining saw of them put where it belongs then.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};

use super::super::routing::{self, SeenPair};
use super::super::{Error, candidates};
use super::rows::StatedBeside;
use crate::document::Language;
use crate::term::{Concept, Term, fold};

/// A designation with the concept that it is in.
type Placed<'a> = (i64, &'a Term);

/// Puts concepts in the place of those that were read before, in the same transaction; none of either may be missing.
pub(super) fn write(
    transaction: &Transaction<'_>,
    before: &[Concept],
    after: &[Concept],
    stated: &StatedBeside,
) -> Result<(), Error> {
    let (was, is) = (by_number(before), by_number(after));
    let pairs = pairs_to_route(transaction, before, after)?;
    let before_concepts: BTreeMap<i64, &Concept> = before.iter().map(|concept| (concept.id, concept)).collect();
    for concept in after {
        write_words(transaction, before_concepts.get(&concept.id).copied(), concept)?;
    }
    // Designations may change places or spellings with one another, so that all are moved out of the way first.
    for (id, (home, term)) in &was {
        let moves = is.get(id).is_none_or(|(now, other)| now != home || other.text != term.text);
        if moves {
            transaction.prepare_cached("UPDATE term SET folded = char(1) || id WHERE id = ?1")?.execute([id])?;
        }
        if moves || is.get(id).is_none_or(|(_, other)| other.variants != term.variants) {
            transaction.prepare_cached("DELETE FROM variant WHERE term = ?1")?.execute([id])?;
        }
    }
    for (id, placed) in &is {
        write_term(transaction, was.get(id).copied(), *placed)?;
        let sure = stated.1.get(id);
        if sure != stated.0.get(id) || !was.contains_key(id) {
            transaction.prepare_cached("UPDATE term SET stated = ?2 WHERE id = ?1")?.execute(params![id, sure])?;
            transaction.prepare_cached("INSERT OR IGNORE INTO unsettled (term) VALUES (?1)")?.execute([id])?;
        }
    }
    let mut concepts = routing::route(transaction, pairs)?;
    for id in was.keys().filter(|id| !is.contains_key(id)) {
        transaction.prepare_cached("DELETE FROM term WHERE id = ?1")?.execute([id])?;
    }
    for id in before_concepts.keys().filter(|id| !after.iter().any(|concept| concept.id == **id)) {
        transaction.prepare_cached("DELETE FROM concept WHERE id = ?1")?.execute([id])?;
    }
    concepts.extend(before.iter().chain(after).map(|concept| concept.id));
    // What stayed only because a person had touched the concept may go when that is taken back.
    let mut unsettle = transaction.prepare_cached(
        "INSERT OR IGNORE INTO unsettled (term)
         SELECT id FROM term WHERE concept = ?1 AND status = 'candidate' AND seen = 0",
    )?;
    for concept in &concepts {
        unsettle.execute([concept])?;
    }
    candidates::settle_concepts(transaction, &concepts)?;
    candidates::note_changed(transaction, &concepts)
}

fn by_number(concepts: &[Concept]) -> BTreeMap<i64, Placed<'_>> {
    concepts.iter().flat_map(|concept| concept.terms.iter().map(|term| (term.id, (concept.id, term)))).collect()
}

/// What tells where a mined pair belongs: spellings, and what was decided on them.
fn signposts(concepts: &[Concept]) -> BTreeSet<(i64, i64, &str, bool, Option<&str>)> {
    let mut signposts = BTreeSet::new();
    for concept in concepts {
        for term in &concept.terms {
            let status = term.status.name();
            signposts.insert((concept.id, term.id, term.text.as_str(), false, Some(status)));
            signposts.extend(term.variants.iter().map(|text| (concept.id, term.id, text.as_str(), true, Some(status))));
        }
    }
    signposts
}

/// The pairs of which an edit may change where they belong: those of the concepts that it touches, and those of others
/// that have a Chinese designation of theirs.
fn pairs_to_route(
    transaction: &Transaction<'_>,
    before: &[Concept],
    after: &[Concept],
) -> Result<Vec<SeenPair>, Error> {
    let (was, is) = (signposts(before), signposts(after));
    if was == is {
        return Ok(Vec::new());
    }
    let touched: BTreeSet<i64> = before.iter().chain(after).map(|concept| concept.id).collect();
    let mut keys = BTreeSet::new();
    for term in before.iter().chain(after).flat_map(|concept| concept.terms_in(Language::Zh)) {
        keys.extend(std::iter::once(&term.text).chain(&term.variants).map(|text| fold(text)));
    }
    let mut others = BTreeSet::new();
    for key in &keys {
        others.extend(routing::concepts_with(transaction, Language::Zh, key)?.into_keys());
    }
    others.retain(|concept| !touched.contains(concept));
    // What was decided matters only where a pair has a choice.
    let spellings = |signposts: &BTreeSet<(i64, i64, &str, bool, Option<&str>)>| {
        signposts.iter().map(|(concept, term, text, kind, _)| (*concept, *term, text.to_string(), *kind)).collect()
    };
    let (was, is): (BTreeSet<_>, BTreeSet<_>) = (spellings(&was), spellings(&is));
    if was == is && others.is_empty() && before.len() == 1 {
        return Ok(Vec::new());
    }
    let mut pairs = Vec::new();
    for concept in before {
        pairs.extend(routing::pairs_of(transaction, concept.id, None)?);
    }
    for concept in others {
        pairs.extend(routing::pairs_of(transaction, concept, Some(&keys))?);
    }
    Ok(pairs)
}

fn write_words(transaction: &Transaction<'_>, was: Option<&Concept>, is: &Concept) -> Result<(), Error> {
    if was.is_none() {
        transaction.prepare_cached("INSERT INTO concept (id) VALUES (?1)")?.execute([is.id])?;
    }
    let mut update = transaction
        .prepare_cached("UPDATE concept SET subject = ?2, note = ?3, other = ?4, changed = ?5 WHERE id = ?1")?;
    update.execute(params![is.id, is.subject, is.note, serde_json::to_string(&is.other)?, is.changed])?;
    if was.is_some_and(|was| was.definitions == is.definitions) {
        return Ok(());
    }
    transaction.prepare_cached("DELETE FROM definition WHERE concept = ?1")?.execute([is.id])?;
    let mut insert = transaction.prepare_cached(
        "INSERT OR REPLACE INTO definition (concept, language, text, source) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for definition in &is.definitions {
        insert.execute(params![is.id, definition.language.code(), definition.text, definition.source])?;
    }
    Ok(())
}

fn write_term(transaction: &Transaction<'_>, was: Option<Placed<'_>>, (home, term): Placed<'_>) -> Result<(), Error> {
    let unchanged = was.is_some_and(|(former, old)| {
        let mined = (old.confidence, old.count);
        former == home && *old == (Term { confidence: mined.0, count: mined.1, ..term.clone() })
    });
    if unchanged {
        return Ok(());
    }
    if was.is_none() {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO term (id, concept, language, text, folded, status, confidence)
             VALUES (?1, ?2, ?3, ?4, char(1) || ?1, ?5, ?6)",
        )?;
        let status = term.status.name();
        insert.execute(params![term.id, home, term.language.code(), term.text, status, term.confidence])?;
    }
    let mut update = transaction.prepare_cached(
        "UPDATE term SET concept = ?2, text = ?3, folded = ?4, status = ?5, part_of_speech = ?6, note = ?7,
             region = ?8, source = ?9, variants = ?10, other = ?11 WHERE id = ?1",
    )?;
    let (variants, other) = (serde_json::to_string(&term.variants)?, serde_json::to_string(&term.other)?);
    update.execute(params![
        term.id,
        home,
        term.text,
        fold(&term.text),
        term.status.name(),
        term.part_of_speech.map(crate::term::PartOfSpeech::name),
        term.note,
        term.region,
        term.source,
        variants,
        other
    ])?;
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO variant (folded, language, term) VALUES (?1, ?2, ?3)")?;
    for variant in &term.variants {
        insert.execute(params![fold(variant), term.language.code(), term.id])?;
    }
    // A rejected designation speaks for none, so that those that were seen with it are weighed anew as well.
    if was.is_none_or(|(_, old)| old.status != term.status) {
        let mut unsettle = transaction.prepare_cached(
            "INSERT OR IGNORE INTO unsettled (term) SELECT ?1 UNION SELECT en_term FROM seen_pair WHERE zh_term = ?1
             UNION SELECT zh_term FROM seen_pair WHERE en_term = ?1",
        )?;
        unsettle.execute([term.id])?;
    }
    Ok(())
}
