//! Results as the page shows them.

use corpus::document::Language;
use corpus::facts::DocumentStatus;
use corpus::instrument::Relation;

use crate::search::{Hit, HitPassage};
use crate::web::link;
use crate::web::view::{self, Part, Said};
use crate::web::words::Words;

/// So many passages of a document are given; where there are as many, there may be more.
const PASSAGES: usize = 3;

/// A policy or standard: its best document, the others in short.
pub(super) struct ResultView {
    pub(super) title: Said,
    pub(super) translated: Option<Said>,
    /// What the document is, where it is not simply the text: a draft, a report.
    pub(super) tags: Vec<Tag>,
    pub(super) about: Vec<Said>,
    pub(super) passages: Vec<PassageView>,
    /// Where its citation is.
    pub(super) cite: String,
    /// Where all passages of the document are marked, if there may be more.
    pub(super) all_passages: Option<String>,
    pub(super) others: Vec<OtherView>,
    /// How many others there are that are not shown.
    pub(super) others_left: usize,
}

pub(super) struct Tag {
    pub(super) text: &'static str,
    pub(super) warns: bool,
}

/// Another document of the same policy or standard.
pub(super) struct OtherView {
    pub(super) relation: &'static str,
    pub(super) title: Said,
    pub(super) about: Vec<Said>,
    pub(super) passage: Option<PassageView>,
}

pub(super) struct PassageView {
    pub(super) lang: &'static str,
    /// Its place in the text.
    pub(super) href: String,
    /// Its place on the picture of the page, where that is known.
    pub(super) picture: Option<String>,
    /// The passages that are like it.
    pub(super) similar: String,
    pub(super) page: u32,
    pub(super) ocr: bool,
    pub(super) parts: Vec<Part>,
    pub(super) other: Option<OtherSide>,
}

pub(super) struct OtherSide {
    /// The passage in the bitext.
    pub(super) aligned: String,
    pub(super) lang: &'static str,
    pub(super) href: String,
    pub(super) page: u32,
    pub(super) ocr: bool,
    pub(super) parts: Vec<Part>,
}

pub(super) fn result(w: &'static Words, query: &str, hit: &Hit) -> ResultView {
    let language = Language::from_code(&hit.language);
    let other = language.counterpart().unwrap_or(Language::Other);
    ResultView {
        title: title(query, hit, language),
        translated: hit.title_translated.as_ref().map(|translated| {
            let said = Said::new(translated, other);
            match hit.counterpart {
                Some(counterpart) => said.to(marked(counterpart, query)),
                None => said,
            }
        }),
        tags: tags(w, hit),
        about: about(w, hit, language),
        passages: hit.passages.iter().map(|passage| passage_view(hit, query, language, passage)).collect(),
        cite: format!("{}/cite", link::document(hit.document)),
        all_passages: (hit.passages.len() >= PASSAGES).then(|| marked(hit.document, query)),
        others: hit.others.iter().map(|hit| other_view(w, query, hit)).collect(),
        others_left: hit.others_in_all.saturating_sub(hit.others.len()),
    }
}

/// A document with what was searched marked.
fn marked(document: i64, query: &str) -> String {
    link::url(&link::document(document), &[("q", query)])
}

fn title(query: &str, hit: &Hit, language: Language) -> Said {
    Said::new(&hit.title, language).to(marked(hit.document, query))
}

fn tags(w: &'static Words, hit: &Hit) -> Vec<Tag> {
    let status = DocumentStatus::ALL.into_iter().find(|status| Some(status.name()) == hit.status.as_deref());
    let status_tag = status.and_then(|status| {
        let warns = matches!(status, DocumentStatus::Repealed);
        w.document_status(status).map(|text| Tag { text, warns })
    });
    // A draft says so by its status already.
    let relation = hit.relation.as_deref().and_then(Relation::from_name);
    let telling = |relation: &Relation| matches!(relation, Relation::Translation | Relation::Annex | Relation::Report);
    let relation = relation.filter(telling).map(|relation| Tag { text: w.relation(relation), warns: false });
    status_tag.into_iter().chain(relation).collect()
}

fn about(w: &'static Words, hit: &Hit, language: Language) -> Vec<Said> {
    let kind = hit.kind.as_deref().map(|kind| Said::plain(view::kind_by_name(w, kind)));
    let issuers = hit.issuers.iter().map(|name| Said::new(name, language));
    let number = hit.number.as_ref().or(hit.standard.as_ref()).map(Said::by_script);
    kind.into_iter().chain(issuers).chain(number).chain(hit.date.iter().map(Said::plain)).collect()
}

fn other_view(w: &'static Words, query: &str, hit: &Hit) -> OtherView {
    let language = Language::from_code(&hit.language);
    let relation = hit.relation.as_deref().and_then(Relation::from_name);
    let said = Said::plain(w.language(language));
    OtherView {
        relation: relation.map_or("", |relation| w.relation(relation)),
        title: title(query, hit, language),
        about: std::iter::once(said).chain(hit.date.iter().map(Said::plain)).collect(),
        passage: hit.passages.first().map(|passage| passage_view(hit, query, language, passage)),
    }
}

fn passage_view(hit: &Hit, query: &str, language: Language, passage: &HitPassage) -> PassageView {
    let other = passage.counterpart.as_ref().map(|other| OtherSide {
        aligned: link::aligned_block(hit.document, passage.block),
        lang: language.counterpart().unwrap_or(Language::Other).code(),
        href: link::block(other.document, other.block, query),
        page: other.page,
        ocr: other.ocr,
        parts: other.parts.clone(),
    });
    let picture = || link::page_picture(hit.document, passage.page, Some(passage.block), query);
    PassageView {
        similar: link::similar(hit.document, passage.block),
        lang: language.code(),
        href: link::block(hit.document, passage.block, query),
        picture: passage.placed.then(picture),
        page: passage.page,
        ocr: passage.ocr,
        parts: passage.parts.clone(),
        other,
    }
}
