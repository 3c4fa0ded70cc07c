//! New documents against watches.

use std::collections::HashMap;

use corpus::document::Language;
use corpus::store::{Pending, RENDERING_WATCH, Store};
use corpus::text::normalise::normalise;
use corpus::topic::Taxonomy;
use corpus::watch::{Watch, WatchMatch};
use index::query::{Query, parse};
use index::watch::{Match, Matcher, WatchedDocument, WatchedSentence};

use super::topics;
use crate::Error;
use crate::data::Data;
use crate::search::AlsoSearched;
use crate::terms::cached::{Termbase, termbase};
use crate::terms::changes::rendering_watch;

/// A watch that was added, with what is watched besides.
#[derive(Debug)]
pub struct AddedWatch {
    /// The watch.
    pub watch: Watch,
    /// The renderings that meet it as well, as of now.
    pub also: Vec<AlsoSearched>,
}

/// Adds a watch.
///
/// # Errors
/// When the query holds nothing to look for, or the store fails.
pub fn add_watch(data: &Data, query: &str) -> Result<AddedWatch, Error> {
    let query = query.trim();
    if let Some(term) = rendering_watch(query) {
        return add_rendering_watch(data, term);
    }
    let Some(parsed) = parse(query).query else {
        return Err(Error::Input(format!("'{query}' holds nothing to look for; give a term, such as 具身智能")));
    };
    if parsed.atoms().is_empty() && topics::topics_asked(&parsed).is_empty() {
        return Err(Error::Input(format!(
            "'{query}' names no text that a document could mention; add a term or a topic to it"
        )));
    }
    let (_, also) = widened(&*termbase(data)?, &parsed);
    data.with_store(|store| Ok(AddedWatch { watch: store.add_watch(query, &crate::now())?, also }))
}

/// Adds a watch on how a term is rendered, or any (`*`): it alerts when a new document renders it otherwise than before.
fn add_rendering_watch(data: &Data, term: &str) -> Result<AddedWatch, Error> {
    data.with_store(|store| {
        let known = |language| Ok::<_, Error>(!store.concepts_designated(term, language)?.is_empty());
        if term != "*" && !known(Language::Zh)? && !known(Language::En)? {
            return Err(Error::Input(format!(
                "the termbase has no term '{term}'; give one as it stands there, or {RENDERING_WATCH}* for all"
            )));
        }
        let query = format!("{RENDERING_WATCH}{}", normalise(term).text);
        Ok(AddedWatch { watch: store.add_watch(&query, &crate::now())?, also: Vec::new() })
    })
}

/// The query as a watch reads it, with renderings of its terms in the other language.
pub(crate) fn widened(base: &Termbase, query: &Query) -> (Query, Vec<AlsoSearched>) {
    crate::search::widen_by_termbase(base, &query.strict())
}

/// Matches the documents that watches have not seen; how many alerts that makes.
pub(super) fn match_pending(data: &Data) -> Result<usize, Error> {
    let pending = data.with_store(|store| Ok(store.pending(Pending::Watches)?))?;
    if pending.is_empty() {
        return Ok(0);
    }
    let taxonomy = super::taxonomy_for_names(data.folder());
    let base = termbase(data)?;
    let queries: Vec<(i64, Query)> = data.with_store(|store| {
        let mut queries = Vec::new();
        for watch in store.watches()?.into_iter().filter(|watch| rendering_watch(&watch.query).is_none()) {
            if let Some(query) = parse(&watch.query).query {
                queries.push((watch.id, widened(&base, &query).0));
            }
        }
        Ok(queries)
    })?;
    let matcher = Matcher::new(queries.iter().cloned())?;
    let queries: HashMap<i64, Query> = queries.into_iter().collect();
    let mut alerts = 0;
    for id in pending {
        alerts += data.with_store(|store| match_one(store, &taxonomy, &matcher, &queries, id))?;
    }
    Ok(alerts)
}

fn match_one(
    store: &mut Store,
    taxonomy: &Taxonomy,
    matcher: &Matcher,
    queries: &HashMap<i64, Query>,
    id: i64,
) -> Result<usize, Error> {
    let Some(document) = store.document(id)? else { return Ok(0) };
    let facts = topics::facts_with_topics(store, taxonomy, &document)?;
    let classes = store.topics(id)?;
    let blocks = store.blocks(id)?;
    let sentences = store.sentences(id)?;
    let running = sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| blocks.get(sentence.block).is_none_or(|block| block.kind.is_running_text()));
    let (indexes, seen): (Vec<usize>, Vec<WatchedSentence<'_>>) = running
        .map(|(index, sentence)| (index, WatchedSentence { block: sentence.block, text: &sentence.text }))
        .unzip();
    let found = matcher.matches(&WatchedDocument { facts: &facts, sentences: &seen });
    let shown = |found: Match| {
        let sentence = found.sentence.and_then(|index| indexes.get(index).copied());
        let asked = queries.get(&found.watch).map(topics::topics_asked).unwrap_or_default();
        // A match of a topic is shown by what speaks for it, of the title or another fact by the first sentence.
        let of_topic = || topics::shown_for(&asked, &facts, &classes, &sentences);
        let (atoms, sentence) = match sentence {
            Some(sentence) => (found.atoms, sentence),
            None => of_topic().unwrap_or((found.atoms, 0)),
        };
        WatchMatch { watch: found.watch, atoms, sentence }
    };
    let matches: Vec<WatchMatch> = found.into_iter().map(shown).collect();
    Ok(store.record_watched(id, &matches, &crate::now())?)
}
