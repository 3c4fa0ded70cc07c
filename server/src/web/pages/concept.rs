//! A concept: its designations in each language, its definition, and the sentences where they were seen.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::{self, Part, Said};
use crate::web::{App, link};

use corpus::document::Language;
use corpus::term::{Concept, Evidence, EvidenceKind, Place, Status};

/// How many places are shown.
const PLACES: usize = 50;

#[derive(Template)]
#[template(path = "concept.html")]
struct ConceptPage {
    shell: Shell,
    heads: Vec<Said>,
    definition: Option<Said>,
    languages: Vec<Designations>,
    evidence: Vec<SeenAs>,
    capped: bool,
}

/// The designations of one language.
struct Designations {
    name: &'static str,
    lang: &'static str,
    terms: Vec<Designation>,
}

struct Designation {
    text: String,
    search: String,
    status: Status,
    count: u32,
    percent: u32,
}

/// Places of one kind.
struct SeenAs {
    kind: EvidenceKind,
    places: Vec<Seen>,
}

/// A place where two designations were seen together.
struct Seen {
    zh: Option<Side>,
    en: Option<Side>,
    /// The place in the bitext, where the two stand in one.
    aligned: Option<String>,
}

struct Side {
    parts: Vec<Part>,
    title: String,
    href: String,
    page: u32,
    ocr: bool,
}

pub(super) async fn show(State(app): State<App>, shell: Shell, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Thing::Concept.number(&id)?;
    let found = app.run(move |data| data.with_store(|store| Ok((store.concept(id)?, store.evidence(id, PLACES + 1)?))));
    let (Some(concept), mut evidence) = found.await? else { return Err(Problem::Missing(Thing::Concept)) };
    let capped = evidence.len() > PLACES;
    evidence.truncate(PLACES);
    let w = shell.w;
    let languages = [(w.chinese, Language::Zh), (w.english, Language::En)];
    let heads = [Language::Zh, Language::En].into_iter().filter_map(|language| concept.term(language));
    super::page(&ConceptPage {
        heads: heads.map(|term| Said::new(&term.text, term.language)).collect(),
        definition: concept.definition.as_ref().map(Said::by_script),
        languages: languages.into_iter().map(|(name, language)| designations(name, language, &concept)).collect(),
        evidence: by_kind(&evidence),
        capped,
        shell,
    })
}

fn designations(name: &'static str, language: Language, concept: &Concept) -> Designations {
    let terms = concept.terms.iter().filter(|term| term.language == language).map(|term| Designation {
        text: term.text.clone(),
        search: link::search(&format!("\"{}\"", term.text.replace('"', " "))),
        status: term.status,
        count: term.count,
        percent: view::percent(term.confidence),
    });
    Designations { name, lang: language.code(), terms: terms.collect() }
}

/// What has no sentence to show (a term from an imported file) is left out: the table above counts it.
fn by_kind(evidence: &[Evidence]) -> Vec<SeenAs> {
    let kinds = [EvidenceKind::Definition, EvidenceKind::Gloss, EvidenceKind::Bead, EvidenceKind::Import];
    let groups = kinds.into_iter().map(|kind| {
        let places = evidence.iter().filter(|evidence| evidence.kind == kind).map(seen);
        SeenAs { kind, places: places.filter(|seen| seen.zh.is_some() || seen.en.is_some()).collect() }
    });
    groups.filter(|group| !group.places.is_empty()).collect()
}

fn seen(evidence: &Evidence) -> Seen {
    Seen {
        zh: evidence.zh_place.as_ref().map(|place| side(place, &evidence.zh)),
        en: evidence.en_place.as_ref().map(|place| side(place, &evidence.en)),
        aligned: aligned(evidence),
    }
}

/// Two sentences of different documents were seen together because their documents are a bitext.
fn aligned(evidence: &Evidence) -> Option<String> {
    let (zh, en) = (evidence.zh_place.as_ref()?, evidence.en_place.as_ref()?);
    (zh.document != en.document).then(|| link::aligned_sentence(zh.document, zh.sentence))
}

fn side(place: &Place, term: &str) -> Side {
    Side {
        parts: view::marked(&place.text, &[term.to_owned()]),
        title: place.title.clone(),
        href: link::sentence(place.document, place.sentence),
        page: place.page,
        ocr: place.ocr,
    }
}
