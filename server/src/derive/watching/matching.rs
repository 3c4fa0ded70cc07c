//! New documents against the watches.

use std::collections::HashSet;

use corpus::document::{Block, Document, Sentence};
use corpus::instrument::Relation;
use corpus::store::{Pending, Store};
use corpus::topic::{Taxonomy, TopicClass};
use corpus::watch::{Occasion, Watch, WatchMatch, WatchSettings};
use index::DocumentFacts;
use index::watch::{WatchedDocument, WatchedSentence};

use super::editions::earlier_editions;
use super::kept::{Kept, Known};
use super::standards::{self, Named, Standard};
use crate::Error;
use crate::data::Data;
use crate::derive::topics;

/// Matches the documents that watches have not seen; how many alerts that makes. What a crash lost is among them.
pub(in crate::derive) fn match_pending(data: &Data) -> Result<usize, Error> {
    let pending = data.with_store(|store| Ok(store.pending(Pending::Watches)?))?;
    if pending.is_empty() {
        return Ok(0);
    }
    let taxonomy = crate::derive::taxonomy_for_names(data.folder());
    let mut kept = data.watching.kept();
    let mut alerts = 0;
    for id in pending {
        // Watches come and go while this goes on.
        kept.keep_in_step(data)?;
        alerts += data.with_store(|store| match_one(store, &taxonomy, &kept, id))?;
    }
    Ok(alerts)
}

fn match_one(store: &mut Store, taxonomy: &Taxonomy, kept: &Kept, id: i64) -> Result<usize, Error> {
    let Some(document) = Read::of(store, taxonomy, id)? else { return Ok(0) };
    let mut found = kept.met_by(&document);
    tell_versions(store, taxonomy, kept, &document, &mut found)?;
    Ok(store.record_watched(id, &found, &crate::now())?)
}

/// Has matches of a new version of a known document say so, and whether the version before met the watch as well.
fn tell_versions(
    store: &Store,
    taxonomy: &Taxonomy,
    kept: &Kept,
    document: &Read,
    found: &mut [WatchMatch],
) -> Result<(), Error> {
    let mut news = found.iter_mut().filter(|found| found.occasion == Occasion::NewDocument).peekable();
    if news.peek().is_none() {
        return Ok(());
    }
    let Some(before) = version_before(store, taxonomy, &document.document)? else { return Ok(()) };
    let met: HashSet<i64> = kept.met_by(&before).into_iter().map(|found| found.watch).collect();
    let earlier = before.document.id;
    for found in news {
        found.occasion = match met.contains(&found.watch) {
            true => Occasion::NewVersion { earlier },
            false => Occasion::NewMention { earlier },
        };
    }
    Ok(())
}

/// The version of a document that came last before it, or the former edition of a standard.
fn version_before(store: &Store, taxonomy: &Taxonomy, document: &Document) -> Result<Option<Read>, Error> {
    if let Some(version) = earlier_version(store, taxonomy, document)? {
        return Ok(Some(version));
    }
    for id in earlier_editions(store, document)? {
        if let Some(read) = Read::of(store, taxonomy, id)?.filter(|read| !read.sentences.is_empty()) {
            return Ok(Some(read));
        }
    }
    Ok(None)
}

/// The version of a document that came last before it: of its instrument, in its language, with text. Annexes and
/// reports are no versions.
fn earlier_version(store: &Store, taxonomy: &Taxonomy, document: &Document) -> Result<Option<Read>, Error> {
    let Some(instrument) = store.instrument_of(document.id)? else { return Ok(None) };
    let is_version = |relation: Relation| !matches!(relation, Relation::Annex | Relation::Report);
    if !instrument.members.iter().any(|member| member.document == document.id && is_version(member.relation)) {
        return Ok(None);
    }
    let others = instrument.members.iter().filter(|member| {
        member.document < document.id && member.language == document.language && is_version(member.relation)
    });
    let mut earlier: Vec<i64> = others.map(|member| member.document).collect();
    earlier.sort_unstable();
    while let Some(id) = earlier.pop() {
        if let Some(read) = Read::of(store, taxonomy, id)?.filter(|read| !read.sentences.is_empty()) {
            return Ok(Some(read));
        }
    }
    Ok(None)
}

/// What alerts of one watch would show, whether or not they are made.
pub(super) struct Shown {
    kept: Kept,
    taxonomy: Taxonomy,
}

impl Shown {
    pub(super) fn new(data: &Data, settings: &WatchSettings) -> Result<Self, Error> {
        let settings = settings.clone();
        let watch = Watch {
            id: 0,
            name: settings.name,
            note: settings.note,
            subject: settings.subject,
            languages: settings.languages,
            kinds: settings.kinds,
            schedule: settings.schedule,
            channels: Vec::new(),
            paused: false,
            created: String::new(),
        };
        let taxonomy = crate::derive::taxonomy_for_names(data.folder());
        Ok(Self { kept: Kept::of_one(data, watch)?, taxonomy })
    }

    /// The sentence of a document that an alert would show, and what is met in it; `None` where the document does not
    /// tell by itself, as of changed renderings.
    pub(super) fn of(&self, store: &Store, id: i64) -> Result<Option<(Sentence, Vec<String>)>, Error> {
        let Some(document) = Read::of(store, &self.taxonomy, id)? else { return Ok(None) };
        let found = self.kept.met_by(&document).pop();
        Ok(found.and_then(|found| Some((document.sentences.get(found.sentence)?.clone(), found.atoms))))
    }
}

/// A document as watches see it.
struct Read {
    document: Document,
    facts: DocumentFacts,
    classes: Vec<TopicClass>,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
}

impl Read {
    fn of(store: &Store, taxonomy: &Taxonomy, id: i64) -> Result<Option<Self>, Error> {
        let Some(document) = store.document(id)? else { return Ok(None) };
        Ok(Some(Self {
            facts: topics::facts_with_topics(store, taxonomy, &document)?,
            classes: store.topics(id)?,
            blocks: store.blocks(id)?,
            sentences: store.sentences(id)?,
            document,
        }))
    }

    /// The first sentence that holds a text; the first of all where none does.
    fn sentence_with(&self, text: &str) -> usize {
        self.sentences.iter().position(|sentence| sentence.text.contains(text)).unwrap_or(0)
    }
}

impl Kept {
    /// The watches that a document meets, by number, each as a new document.
    fn met_by(&self, document: &Read) -> Vec<WatchMatch> {
        let mut found = self.met_by_text(document);
        found.extend(self.met_by_issuer(document));
        found.extend(self.met_by_standards(document));
        found.sort_by_key(|found| found.watch);
        found
    }

    fn met_by_text(&self, document: &Read) -> Vec<WatchMatch> {
        let Read { facts, classes, blocks, sentences, .. } = document;
        let running = sentences
            .iter()
            .enumerate()
            .filter(|(_, sentence)| blocks.get(sentence.block).is_none_or(|block| block.kind.is_running_text()));
        let (indexes, seen): (Vec<usize>, Vec<WatchedSentence<'_>>) = running
            .map(|(index, sentence)| (index, WatchedSentence { block: sentence.block, text: &sentence.text }))
            .unzip();
        let found = self.matcher.matches(&WatchedDocument { facts, sentences: &seen });
        let told = |found: index::watch::Match| {
            let known = self.watches.get(&found.watch)?;
            let asked: Vec<&str> = known.topics.iter().map(String::as_str).collect();
            let sentence = found.sentence.and_then(|index| indexes.get(index).copied());
            // A match of a topic is shown by what speaks for it, of the title or another fact by the first sentence.
            let of_topic = || topics::shown_for(&asked, facts, classes, sentences);
            let (atoms, sentence) = match sentence {
                Some(sentence) => (found.atoms, sentence),
                None => of_topic().unwrap_or((found.atoms, 0)),
            };
            let renderings = met_renderings(known, &atoms);
            Some(WatchMatch { watch: found.watch, atoms, renderings, sentence, ..WatchMatch::default() })
        };
        found.into_iter().filter_map(told).collect()
    }

    /// Watches on the agencies that issued a document, or on those that took over from them.
    fn met_by_issuer(&self, document: &Read) -> Vec<WatchMatch> {
        let mut found: Vec<WatchMatch> = Vec::new();
        for agency in &document.facts.issuers {
            let identity = DocumentFacts::issuer_identity(agency);
            let names = [&agency.name_zh, &agency.name_en].into_iter().flatten();
            let name = names.chain(&agency.abbreviations).find(|name| document.names(name));
            let atom = name.map_or(identity, String::as_str);
            for watch in self.issuers.get(identity).into_iter().flatten() {
                if self.is_for(*watch, document) && !found.iter().any(|other| other.watch == *watch) {
                    let (atoms, sentence) = (vec![atom.to_owned()], document.sentence_with(atom));
                    found.push(WatchMatch { watch: *watch, atoms, sentence, ..WatchMatch::default() });
                }
            }
        }
        found
    }

    fn met_by_standards(&self, document: &Read) -> Vec<WatchMatch> {
        let facts = &document.document.facts;
        if self.standards.is_empty() {
            return Vec::new();
        }
        let named = Named::of(facts);
        let watches = named.numbers().into_iter().filter_map(|number| self.standards.get(number)).flatten();
        let met = |(watch, standard): &(i64, Standard)| {
            let occasion = named.occasion(standard).filter(|_| self.is_for(*watch, document))?;
            let (atom, sentence) = match standards::mention(facts, standard) {
                Some(mention) => (mention.text.clone(), document.sentence_with(&mention.text)),
                None => (facts.standard.as_ref()?.number.clone(), 0),
            };
            Some(WatchMatch { watch: *watch, atoms: vec![atom], sentence, occasion, ..WatchMatch::default() })
        };
        watches.filter_map(met).collect()
    }

    fn is_for(&self, watch: i64, document: &Read) -> bool {
        let Document { language, facts, .. } = &document.document;
        self.watches.get(&watch).is_some_and(|known| known.is_for(*language, facts.kind))
    }
}

impl Read {
    fn names(&self, text: &str) -> bool {
        self.sentences.iter().any(|sentence| sentence.text.contains(text))
    }
}

/// The designations of the termbase among what was met.
fn met_renderings(known: &Known, atoms: &[String]) -> Vec<String> {
    if known.renderings.is_empty() {
        return Vec::new();
    }
    let met: HashSet<String> = atoms.iter().map(|atom| index::stems(atom)).collect();
    known.renderings.iter().filter(|rendering| met.contains(&index::stems(rendering))).cloned().collect()
}
