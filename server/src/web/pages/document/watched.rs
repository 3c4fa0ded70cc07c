//! What of a document is worth a watch: its issuers, the standard that it is, what it is about.

use corpus::document::Document;
use corpus::topic::{Taxonomy, TopicClass};
use index::DocumentFacts;

use super::facts::Fact;
use crate::web::pages::watches::new_address;
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::words::WatchWords;

/// So many issuers, and so many topics, are offered.
const MOST: usize = 3;

/// Links to the form of a watch, as a fact in a line; `None` where there is nothing to offer.
pub(super) fn watched(shell: &Shell, document: &Document, taxonomy: &Taxonomy, classes: &[TopicClass]) -> Option<Fact> {
    let w = shell.w;
    let issuers = document.facts.issuers.iter().take(MOST).map(|agency| {
        let address = new_address("issuer", DocumentFacts::issuer_identity(agency));
        Said { href: Some(address), ..view::agency(agency, w.reads()) }
    });
    let record = document.facts.standard.as_ref();
    let number = record.map(|record| record.number.as_str()).filter(|number| !number.is_empty());
    let standard = number.map(|number| Said::by_script(number).to(new_address("standard", number)));
    // Those that have none below them say most of what it is about.
    let is_below = |class: &&TopicClass| {
        let parents = classes.iter().filter_map(|other| taxonomy.topic(&other.topic)?.parent.as_deref());
        !parents.into_iter().any(|parent| parent == class.topic)
    };
    let mut topics: Vec<&TopicClass> = classes.iter().filter(is_below).collect();
    topics.sort_by(|a, b| b.score.total_cmp(&a.score));
    let topics = topics
        .into_iter()
        .take(MOST)
        .map(|class| Said::plain(view::topic(w, taxonomy, &class.topic)).to(new_address("topic", &class.topic)));
    let values: Vec<Said> = standard.into_iter().chain(issuers).chain(topics).collect();
    (shell.may_edit() && !values.is_empty()).then(|| Fact { name: WatchWords::of(shell.ui()).watch_for, values })
}
