//! The watches in memory, ready to be matched, and in step with the store and the termbase.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use corpus::document::Language;
use corpus::facts::DocumentKind;
use corpus::watch::{Subject, Watch};
use index::watch::Matcher;
use ingest::facts::predecessors;

use super::asked::{asked, limited};
use super::standards::Standard;
use crate::Error;
use crate::data::Data;
use crate::derive::topics;
use crate::terms::cached::{Termbase, termbase};

/// From so many documents on, how many of them hold a text tells more of what will come than its length does.
const TELLING: usize = 200;

/// In how many documents a text stands at most, where that can be told.
type Frequency<'f> = &'f dyn Fn(&str) -> Option<usize>;

/// The watches of a data folder in memory.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Kept>);

impl Cache {
    /// The watches, for one who matches at a time.
    pub(super) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The watches. Those that rest are among them: a document that came before they did may be matched only now.
#[derive(Default)]
pub(super) struct Kept {
    /// The versions of the watches and of the termbase that this is in step with.
    versions: Option<(i64, i64)>,
    pub(super) matcher: Matcher,
    pub(super) watches: HashMap<i64, Known>,
    /// Watches on issuers, by the identities of agencies.
    pub(super) issuers: HashMap<String, Vec<i64>>,
    /// Watches on standards, by their numbers without the year.
    pub(super) standards: HashMap<String, Vec<(i64, Standard)>>,
}

/// What is known of a watch.
pub(super) struct Known {
    subject: Subject,
    pub(super) languages: Vec<Language>,
    pub(super) kinds: Vec<DocumentKind>,
    /// Of the query that is matched, as the termbase widens it; `None` where it is matched by facts, or by nothing.
    query: Option<u64>,
    /// The topics that it asks for, as it writes them.
    pub(super) topics: Vec<String>,
    /// The designations of the termbase that meet it.
    pub(super) renderings: Vec<String>,
}

impl Kept {
    /// One watch alone, as of the termbase as it is now.
    pub(super) fn of_one(data: &Data, watch: Watch) -> Result<Self, Error> {
        let mut kept = Self::default();
        kept.replace(&*termbase(data)?, vec![watch], false, &|_| None)?;
        Ok(kept)
    }

    /// Brings the watches in step: only those that have changed are made again, or all whose renderings have when the
    /// termbase has changed.
    pub(super) fn keep_in_step(&mut self, data: &Data) -> Result<(), Error> {
        let now = data.with_store(|store| Ok((store.watching_version()?, store.termbase_version()?)))?;
        if self.versions == Some(now) {
            return Ok(());
        }
        let is_same_termbase = self.versions.is_some_and(|(_, termbase)| termbase == now.1);
        let base = termbase(data)?;
        let (watches, documents) = data.with_store(|store| Ok((store.watches()?, store.document_count()?)))?;
        let is_telling = documents >= TELLING;
        let frequency = |text: &str| data.index.documents_at_most(text).ok().filter(|_| is_telling);
        // Until it is through, this is in step with nothing.
        self.versions = None;
        self.replace(&base, watches, is_same_termbase, &frequency)?;
        self.versions = Some(now);
        Ok(())
    }

    fn replace(
        &mut self,
        base: &Termbase,
        watches: Vec<Watch>,
        is_same_termbase: bool,
        frequency: Frequency<'_>,
    ) -> Result<(), Error> {
        let mut former = std::mem::take(&mut self.watches);
        for watch in watches {
            let known = former.remove(&watch.id).filter(|known| known.is_of(&watch));
            let known = match known {
                Some(known) if is_same_termbase => known,
                known => self.known(base, &watch, known.and_then(|known| known.query), frequency)?,
            };
            self.watches.insert(watch.id, known);
        }
        former.keys().for_each(|id| self.matcher.remove(*id));
        self.list_facts();
        Ok(())
    }

    /// What is known of a watch, which is put into the matcher unless its query is there.
    fn known(
        &mut self,
        base: &Termbase,
        watch: &Watch,
        there: Option<u64>,
        frequency: Frequency<'_>,
    ) -> Result<Known, Error> {
        let asked = asked(base, &watch.subject);
        let mut known = Known {
            subject: watch.subject.clone(),
            languages: watch.languages.clone(),
            kinds: watch.kinds.clone(),
            query: None,
            topics: Vec::new(),
            renderings: Vec::new(),
        };
        let Some(asked) = asked else {
            self.matcher.remove(watch.id);
            return Ok(known);
        };
        known.topics = topics::topics_asked(&asked.query).into_iter().map(str::to_owned).collect();
        known.renderings = asked.renderings;
        let query = limited(asked.query, &watch.languages, &watch.kinds);
        let mut hasher = DefaultHasher::new();
        format!("{query:?}").hash(&mut hasher);
        known.query = Some(hasher.finish());
        if known.query != there {
            self.matcher.add_all([(watch.id, query)], frequency)?;
        }
        Ok(known)
    }

    /// Lists the watches that are matched by facts.
    fn list_facts(&mut self) {
        self.issuers.clear();
        self.standards.clear();
        for (id, known) in &self.watches {
            match &known.subject {
                Subject::Issuer(issuer) => {
                    for identity in identities(issuer) {
                        self.issuers.entry(identity).or_default().push(*id);
                    }
                }
                Subject::Standard(number) => {
                    let standard = Standard::read(number);
                    self.standards.entry(standard.number.clone()).or_default().push((*id, standard));
                }
                _ => {}
            }
        }
    }
}

impl Known {
    fn is_of(&self, watch: &Watch) -> bool {
        self.subject == watch.subject && self.languages == watch.languages && self.kinds == watch.kinds
    }

    /// Whether it is for documents in this language and of this kind.
    pub(super) fn is_for(&self, language: Language, kind: Option<DocumentKind>) -> bool {
        (self.languages.is_empty() || self.languages.contains(&language))
            && (self.kinds.is_empty() || kind.is_some_and(|kind| self.kinds.contains(&kind)))
    }
}

/// The identities of an agency: its own, and those of the agencies that it took over from.
pub(super) fn identities(issuer: &str) -> Vec<String> {
    let former = predecessors(issuer).into_iter().map(|agency| agency.id.clone());
    std::iter::once(issuer.to_owned()).chain(former).collect()
}
