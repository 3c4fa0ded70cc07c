//! What a watch tracks, in words, and where what is there of it is found.

use corpus::document::Language;
use corpus::topic::Taxonomy;
use corpus::watch::{Subject, Watch};
use ingest::facts::agency;

use crate::derive::widening;
use crate::terms::cached::Termbase;
use crate::web::link;
use crate::web::view::{self, Said};
use crate::web::words::{WatchWords, Words};

/// So many designations that meet a watch are named.
const MOST_ALSO: usize = 12;

/// What a watch tracks.
pub(in crate::web::pages) struct SubjectView {
    /// What kind of thing.
    pub(in crate::web::pages) kind: &'static str,
    /// Which one, leading to what is there of it.
    pub(in crate::web::pages) said: Said,
}

/// What meets a watch besides what it says.
pub(super) struct AlsoView {
    pub(super) label: &'static str,
    pub(super) texts: Vec<Said>,
    /// Whether there are more.
    pub(super) more: bool,
}

/// What names subjects.
pub(in crate::web::pages) struct Names<'a> {
    pub(in crate::web::pages) w: &'static Words,
    pub(in crate::web::pages) ws: &'static WatchWords,
    pub(in crate::web::pages) base: &'a Termbase,
    pub(in crate::web::pages) taxonomy: &'a Taxonomy,
}

impl Names<'_> {
    pub(in crate::web::pages) fn subject(&self, subject: &Subject) -> SubjectView {
        let (w, ws) = (self.w, self.ws);
        let search = || link::search(&subject.written());
        let (kind, said) = match subject {
            Subject::Query(query) => (ws.query, Said { lang: lang_of(query), ..Said::plain(query) }.to(search())),
            Subject::Concept(id) => (ws.concept, self.concept(*id).to(link::concept(*id))),
            Subject::Issuer(issuer) => (ws.issuer, Said::by_script(agency_name(w, issuer)).to(search())),
            Subject::Standard(number) => (ws.standard, Said::by_script(number).to(search())),
            Subject::Topic(id) => (ws.topic, Said::plain(view::topic(w, self.taxonomy, id)).to(search())),
            Subject::Rendering(term) if term == "*" => {
                (ws.rendering, Said::plain(w.pick("every term", "全部术语")).to("/changes".to_owned()))
            }
            Subject::Rendering(term) => (ws.rendering, Said::by_script(term).to(link::url("/terms", &[("q", term)]))),
        };
        SubjectView { kind, said }
    }

    /// What a concept is called in both languages; its number where the termbase has it no more.
    fn concept(&self, id: i64) -> Said {
        let name = concept_name(self.base, id);
        if name.is_empty() { Said::plain(format!("#{id}")) } else { Said { lang: lang_of(&name), ..Said::plain(name) } }
    }

    /// What a watch is called: its name, or what it tracks.
    pub(super) fn title(&self, watch: &Watch) -> String {
        if watch.name.is_empty() { self.subject(&watch.subject).said.text } else { watch.name.clone() }
    }

    /// What meets the watch besides; `None` where nothing does.
    pub(super) fn also(&self, watch: &Watch) -> Option<AlsoView> {
        let (also, designations) = widening(self.base, watch);
        let label = if also.is_empty() { self.ws.any_of } else { self.ws.also };
        let own = match &watch.subject {
            Subject::Query(query) => query.to_lowercase(),
            _ => String::new(),
        };
        let renderings = also.into_iter().flat_map(|also| also.renderings).map(|rendering| rendering.text);
        let mut texts: Vec<Said> = Vec::new();
        for text in renderings.chain(designations) {
            if !own.contains(&text.to_lowercase()) && !texts.iter().any(|said| said.text == text) {
                texts.push(Said::by_script(text));
            }
        }
        let more = texts.len() > MOST_ALSO;
        texts.truncate(MOST_ALSO);
        (!texts.is_empty()).then_some(AlsoView { label, texts, more })
    }
}

/// The language of a text by its characters; none where it has those of both, as the name of a concept does.
pub(super) fn lang_of(text: &str) -> &'static str {
    let is_mixed = view::script(text) == "zh" && text.chars().any(|c| c.is_ascii_alphabetic());
    if is_mixed { "" } else { view::script(text) }
}

/// What a concept is called: its commonest designation in each language; empty where there is no such concept.
pub(super) fn concept_name(base: &Termbase, id: i64) -> String {
    let terms = base.terms.of(id);
    let first = |language| terms.iter().filter(move |term| term.language == language).max_by_key(|term| term.count);
    let names = [Language::Zh, Language::En].into_iter().filter_map(first).map(|term| term.text.as_str());
    names.collect::<Vec<_>>().join(" · ")
}

/// The name of an agency in the language of the interface, or what it goes by.
pub(super) fn agency_name(w: &'static Words, id: &str) -> String {
    let Some(agency) = agency(id) else { return id.to_owned() };
    let (own, other) = match w.reads() {
        Language::Zh => (&agency.name_zh, &agency.name_en),
        _ => (&agency.name_en, &agency.name_zh),
    };
    own.as_ref().or(other.as_ref()).unwrap_or(&agency.id).clone()
}
