//! Documents under topics, by the taxonomy in the data folder or the one that the program comes with.

use std::path::{Path, PathBuf};

use corpus::document::{Document, Sentence};
use corpus::store::{Pending, Store};
use corpus::topic::{Taxonomy, TopicClass};
use index::query::{Field, Query};
use index::{DocumentFacts, Topic};
use ingest::topics::{BUILT_IN, Classifier, built_in, fingerprint, read_taxonomy};

use super::facts_of;
use crate::Error;
use crate::data::Data;

/// The name of the taxonomy file in the data folder.
pub const FILE: &str = "topics.ini";
/// So many problems of a taxonomy file are told in one message.
const TOLD_PROBLEMS: usize = 5;
/// So many terms stand for a topic in an alert.
const ALERTED_TERMS: usize = 3;

/// The taxonomy by which documents are classed.
#[derive(Debug)]
pub struct InUse {
    /// The topics.
    pub taxonomy: Taxonomy,
    /// The file as it is written.
    pub text: String,
    /// Where it is; `None` for the one that the program comes with.
    pub file: Option<PathBuf>,
}

/// The taxonomy of a data folder: its own, or else the one that the program comes with.
///
/// # Errors
/// When the folder's own cannot be read, with what is wrong by line.
pub fn taxonomy_in_use(folder: &Path) -> Result<InUse, Error> {
    let file = folder.join(FILE);
    match file.try_exists() {
        Ok(false) => Ok(InUse { taxonomy: built_in().clone(), text: BUILT_IN.to_owned(), file: None }),
        _ => taxonomy_of(&file),
    }
}

/// The taxonomy in a file.
///
/// # Errors
/// When it cannot be read, with what is wrong by line.
pub fn taxonomy_of(file: &Path) -> Result<InUse, Error> {
    let failed = |source| Error::Io { action: "read the taxonomy", path: file.to_owned(), source };
    let text = std::fs::read_to_string(file).map_err(failed)?;
    let taxonomy = read_taxonomy(&text).map_err(|problems| {
        let told: Vec<String> = problems.iter().take(TOLD_PROBLEMS).map(ToString::to_string).collect();
        let file = file.display();
        Error::Input(format!("{file}: {}; mend it, or see all with `policyglot topics check {file}`", told.join("; ")))
    })?;
    Ok(InUse { taxonomy, text, file: Some(file.to_owned()) })
}

/// The topics of a data folder for their names; those that the program comes with where its own file cannot be read.
pub(crate) fn taxonomy_for_names(folder: &Path) -> Taxonomy {
    taxonomy_in_use(folder).map_or_else(|_| built_in().clone(), |found| found.taxonomy)
}

/// Classes the documents that have not been classed by this taxonomy; how many.
pub(super) fn class_pending(data: &Data) -> Result<usize, Error> {
    let used = taxonomy_in_use(data.folder())?;
    let pending = data.with_store(|store| {
        store.use_taxonomy(&fingerprint(&used.text))?;
        Ok(store.pending(Pending::Topics)?)
    })?;
    if pending.is_empty() {
        return Ok(0);
    }
    let classifier = Classifier::new(&used.taxonomy);
    for id in &pending {
        let document = data.with_store(|store| Ok(store.read_document(*id)?))?;
        if let Some(document) = document {
            let classed = classifier.classify(&document);
            data.with_store(|store| Ok(store.put_topics(*id, &classed)?))?;
        }
    }
    Ok(pending.len())
}

/// The facts of a document that search and watches see, its topics with their names among them.
pub(super) fn facts_with_topics(
    store: &Store,
    taxonomy: &Taxonomy,
    document: &Document,
) -> Result<DocumentFacts, Error> {
    let topics = store.topics(document.id)?.into_iter().map(|class| {
        let names = taxonomy.topic(&class.topic).map(|topic| vec![topic.zh.clone(), topic.en.clone()]);
        Topic { id: class.topic, names: names.unwrap_or_default() }
    });
    Ok(DocumentFacts { topics: topics.collect(), ..facts_of(document) })
}

/// The topics that a query asks for, as it writes them; not those that it excludes.
pub(super) fn topics_asked(query: &Query) -> Vec<&str> {
    match query {
        Query::Field { field: Field::Topic, text } => vec![text],
        Query::And(parts) | Query::Or(parts) | Query::Best(parts) => parts.iter().flat_map(topics_asked).collect(),
        Query::Weighted { query, .. } => topics_asked(query),
        _ => Vec::new(),
    }
}

/// What a document shows for a topic that a watch asks for: the terms that speak for it, and the first of their
/// sentences by its place among all.
pub(super) fn shown_for(
    asked: &[&str],
    facts: &DocumentFacts,
    classes: &[TopicClass],
    sentences: &[Sentence],
) -> Option<(Vec<String>, usize)> {
    let topic = facts.topics.iter().find(|topic| asked.iter().any(|text| topic.is_called(text)))?;
    let below = format!("{}/", topic.id);
    let of_topic = classes.iter().filter(|class| class.topic == topic.id);
    let class = of_topic.chain(classes.iter().filter(|class| class.topic.starts_with(&below)));
    let class = class.into_iter().find(|class| !class.evidence.is_empty())?;
    let terms = class.evidence.iter().take(ALERTED_TERMS).map(|evidence| evidence.term.clone()).collect();
    let first = class.evidence.first()?;
    let from = sentences.partition_point(|sentence| sentence.block < first.block);
    let own = sentences.iter().enumerate().skip(from).take_while(|(_, sentence)| sentence.block == first.block);
    let holding = own.into_iter().find(|(_, sentence)| sentence.text.starts_with(&first.sentence));
    Some((terms, holding.map_or(0, |(index, _)| index)))
}

#[cfg(test)]
mod tests {
    use corpus::store::Added;
    use index::query::parse;

    use super::*;
    use crate::search::{SearchRequest, search};

    const NOW: &str = "2026-11-22T08:00:00Z";
    const FLEET: &str =
        "[fleet]\nzh = 船队\nen = Fleet\n[fleet/ports]\nzh = 港口\nen = Ports\nstrong = 智慧港口; smart port\n";

    /// A data folder with a document in each language, and a taxonomy of its own.
    fn data(taxonomy: &str) -> (tempfile::TempDir, Data) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), taxonomy).unwrap();
        let data = Data::open(folder.path()).unwrap();
        for text in ["建设智慧港口。\n智慧港口有泊位。", "A smart port is built."] {
            add(&data, text);
        }
        (folder, data)
    }

    fn add(data: &Data, text: &str) -> i64 {
        let hash = corpus::document::DocumentHash(format!("{:064x}", text.len()));
        let read = ingest::read::read_text("notice.txt", "folder/notice.txt", hash, text.as_bytes()).unwrap();
        match data.with_store(|store| Ok(store.add_documents(&[read], false, NOW)?)).unwrap()[..] {
            [Added::New(id)] => id,
            ref other => unreachable!("{other:?}"),
        }
    }

    #[track_caller]
    fn check_found(data: &Data, query: &str, expected: &[i64]) {
        super::super::index_pending(data).unwrap();
        let request = SearchRequest { query: query.to_owned(), limit: 10, ..SearchRequest::default() };
        let mut found: Vec<i64> = search(data, &request).unwrap().hits.iter().map(|hit| hit.document).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn documents_are_classed_once_and_again_when_the_taxonomy_is_edited() {
        let (folder, data) = data(FLEET);
        assert_eq!(class_pending(&data).unwrap(), 2);
        assert_eq!(class_pending(&data).unwrap(), 0);
        check_found(&data, "topic:fleet/ports", &[1, 2]);
        check_found(&data, "topic:fleet", &[1, 2]);
        check_found(&data, "topic:fleet/berths", &[]);

        let edited = FLEET.replace("; smart port", "") + "[fleet/berths]\nzh = 泊位\nen = Berths\nstrong = 泊位\n";
        std::fs::write(folder.path().join(FILE), edited).unwrap();
        assert_eq!(class_pending(&data).unwrap(), 2);
        check_found(&data, "topic:fleet/ports", &[1]);
        check_found(&data, "topic:fleet/berths", &[1]);
        check_found(&data, "topic:泊位", &[1]);
    }

    #[test]
    fn a_taxonomy_that_cannot_be_read_is_told_with_its_lines_and_changes_nothing() {
        let (folder, data) = data(FLEET);
        class_pending(&data).unwrap();
        std::fs::write(folder.path().join(FILE), "[fleet/ports]\nzh = 港口\nen =\n").unwrap();
        let told = class_pending(&data).unwrap_err().to_string();
        assert!(told.contains("line 1: the topic fleet/ports is under fleet") && told.contains("line 3"), "{told}");
        assert_eq!(data.with_store(|store| Ok(store.topics(1)?)).unwrap().len(), 2);
    }

    #[test]
    fn a_watch_of_a_topic_alerts_on_it_and_those_below_and_shows_why() {
        let (_folder, data) = data(FLEET);
        for query in ["topic:fleet", "topic:fleet/ports", "topic:fleet/sails", "-topic:fleet/ports 泊位"] {
            data.with_store(|store| Ok(store.add_watch(query, "2026-11-01T08:00:00Z")?)).unwrap();
        }
        let derived = super::super::derive(&data, None, &|_| ()).unwrap();
        assert_eq!((derived.classed, derived.alerts), (2, 4));
        let alerts = data.with_store(|store| Ok(store.alerts(10)?)).unwrap();
        let shown: Vec<_> = alerts.iter().map(|alert| (alert.document, alert.query.as_str())).collect();
        assert_eq!(shown, [(2, "topic:fleet/ports"), (2, "topic:fleet"), (1, "topic:fleet/ports"), (1, "topic:fleet")]);
        assert_eq!(
            (alerts[2].atoms.as_slice(), alerts[2].sentence.as_str()),
            (&["智慧港口".to_owned()][..], "建设智慧港口。")
        );
        assert!(super::super::add_watch(&data, "topic:fleet".into()).is_ok());
    }

    #[test]
    fn the_topics_that_a_query_excludes_are_not_asked_for() {
        let asked = |query: &str| {
            let query = parse(query).query.unwrap();
            topics_asked(&query).iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(asked("topic:fleet ports"), ["fleet"]);
        assert_eq!(asked("ports -topic:fleet"), Vec::<String>::new());
    }
}
