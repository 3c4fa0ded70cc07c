//! A document that was found, with those of the same policy or standard, as an answer gives it.

use corpus::document::Language;
use corpus::facts::Agency;
use corpus::instrument::Relation;
use corpus::store::{Brief, Store};
use index::query::Query;

use super::Hit;
use super::passage::Shown;
use crate::Error;
use crate::derive::date_of_dates;
use crate::reading::other_side;

/// So many other documents of a policy or standard are given.
const MOST_OTHERS: usize = 20;
/// So many passages of each of those.
const PASSAGES_OF_OTHERS: usize = 1;

/// A result: the best document with its passages and what they are aligned with, the others in short.
pub(super) fn result(store: &Store, hit: &index::Hit, query: &Query) -> Result<Option<Hit>, Error> {
    let Some(mut found) = document(store, hit, query, true)? else { return Ok(None) };
    for other in hit.others.iter().take(MOST_OTHERS) {
        found.others.extend(document(store, other, query, false)?);
    }
    found.others_in_all = hit.others.len();
    Ok(Some(found))
}

fn document(store: &Store, hit: &index::Hit, query: &Query, leads: bool) -> Result<Option<Hit>, Error> {
    let Some(brief) = store.brief(hit.document)? else { return Ok(None) };
    let bitext = store.bitext_of(brief.id)?;
    let counterpart = bitext.as_ref().map(|bitext| other_side(bitext, brief.id));
    let title_translated = title_translated(store, &brief, counterpart)?;
    let met = if leads { &hit.passages[..] } else { hit.passages.get(..PASSAGES_OF_OTHERS).unwrap_or(&hit.passages) };
    let passages = Shown::new(store, query, brief.id, bitext.filter(|_| leads)).passages(met)?;
    let facts = &brief.facts;
    Ok(Some(Hit {
        document: brief.id,
        title: brief.display_title().to_owned(),
        title_translated,
        language: brief.language.code().to_owned(),
        kind: facts.kind.map(|kind| kind.name().to_owned()),
        status: facts.status.map(|status| status.name().to_owned()),
        issuers: issuers(&brief),
        date: date_of_dates(&facts.dates),
        number: facts.document_number.clone(),
        standard: facts.standard.as_ref().map(|record| record.number.clone()).filter(|number| !number.is_empty()),
        instrument: brief.member.map(|(instrument, _)| instrument),
        relation: brief.member.map(|(_, relation)| Relation::name(relation).to_owned()),
        counterpart,
        score: hit.score,
        passages,
        others: Vec::new(),
        others_in_all: 0,
        name: brief.name,
    }))
}

/// The title in the other language: as the document has it, or else as its counterpart is called.
pub(super) fn title_translated(
    store: &Store,
    brief: &Brief,
    counterpart: Option<i64>,
) -> Result<Option<String>, Error> {
    match (&brief.facts.title_translated, counterpart) {
        (Some(title), _) => Ok(Some(title.clone())),
        (None, Some(other)) => Ok(store.brief(other)?.and_then(|other| other.facts.title)),
        (None, None) => Ok(None),
    }
}

/// The names of the issuers in the document's own language.
pub(super) fn issuers(brief: &Brief) -> Vec<String> {
    brief.facts.issuers.iter().filter_map(|agency| issuer_name(agency, brief.language)).collect()
}

fn issuer_name(agency: &Agency, language: Language) -> Option<String> {
    let (own, other) = match language {
        Language::Zh => (&agency.name_zh, &agency.name_en),
        _ => (&agency.name_en, &agency.name_zh),
    };
    own.clone().or_else(|| other.clone())
}
