//! What a document is classed under, and what speaks for each class.

use corpus::topic::{Taxonomy, TopicClass, TopicEvidence};

use crate::web::link;
use crate::web::view;
use crate::web::words::Words;

/// A class of the document.
pub(super) struct TopicView {
    pub(super) name: String,
    /// How deep it stands in its framework, from 0.
    pub(super) level: usize,
    /// How much of the document speaks for it, in hundredths.
    pub(super) score: u32,
    /// The search for all documents of the topic.
    pub(super) href: String,
    pub(super) evidence: Vec<EvidenceView>,
}

/// A term that speaks for a class.
pub(super) struct EvidenceView {
    pub(super) term: String,
    pub(super) count: u32,
    pub(super) sentence: String,
    pub(super) page: u32,
    pub(super) href: String,
}

/// The classes in the order of the taxonomy.
pub(super) fn topics(w: &'static Words, taxonomy: &Taxonomy, document: i64, classes: &[TopicClass]) -> Vec<TopicView> {
    let view = |class: &TopicClass| TopicView {
        name: view::topic(w, taxonomy, &class.topic),
        level: taxonomy.topic(&class.topic).map_or(0, |topic| taxonomy.ancestors(topic).len().min(3)),
        score: view::percent(class.score),
        href: link::search(&format!("topic:{}", class.topic)),
        evidence: class.evidence.iter().map(|evidence| evidence_view(document, evidence)).collect(),
    };
    classes.iter().map(view).collect()
}

fn evidence_view(document: i64, evidence: &TopicEvidence) -> EvidenceView {
    EvidenceView {
        term: evidence.term.clone(),
        count: evidence.count,
        sentence: evidence.sentence.clone(),
        page: evidence.page,
        href: link::block(document, evidence.block, &quoted(&evidence.term)),
    }
}

/// The term as a query, so that it is marked where the link leads.
fn quoted(term: &str) -> String {
    format!("\"{}\"", term.replace('"', " "))
}

/// How many classes have none below them: what the document is about in the end.
pub(super) fn count(taxonomy: &Taxonomy, classes: &[TopicClass]) -> usize {
    let is_above = |class: &TopicClass| {
        let parents = classes.iter().filter_map(|below| taxonomy.topic(&below.topic)?.parent.as_deref());
        parents.into_iter().any(|parent| parent == class.topic)
    };
    classes.iter().filter(|class| !is_above(class)).count()
}
