//! The sentences where the designations of a concept were seen.

use corpus::term::{Concept, Evidence, EvidenceKind, Place, Status};

use crate::web::link;
use crate::web::pages::Pager;
use crate::web::view::{self, Part};
use crate::web::words::Words;

/// How many places are looked through.
pub(super) const MOST: usize = 2_000;
/// How many places a page shows.
const SIZE: usize = 20;
/// How many designations the filter names.
const MOST_FILTERS: usize = 12;

/// The places of a page, and those that could be asked for.
pub(super) struct Found {
    pub(super) filters: Vec<Filter>,
    pub(super) groups: Vec<SeenAs>,
    /// How many places there are, and whether there are more than were looked through.
    pub(super) total: usize,
    pub(super) capped: bool,
    pub(super) pager: Pager,
}

/// A designation that evidence can be asked for.
pub(super) struct Filter {
    pub(super) text: String,
    pub(super) lang: &'static str,
    pub(super) href: String,
    pub(super) count: usize,
    pub(super) here: bool,
}

/// Places of one kind.
pub(super) struct SeenAs {
    pub(super) kind: &'static str,
    pub(super) places: Vec<Seen>,
}

/// A place where two designations were seen together, or one alone.
pub(super) struct Seen {
    pub(super) zh: Option<Side>,
    pub(super) en: Option<Side>,
    /// The place in the bitext, where the two stand in one.
    pub(super) aligned: Option<String>,
}

/// A sentence with the designation in it marked.
pub(super) struct Side {
    pub(super) parts: Vec<Part>,
    pub(super) title: String,
    pub(super) href: String,
    /// The picture of the page, with the sentence framed.
    pub(super) picture: String,
    pub(super) page: u32,
    pub(super) ocr: bool,
}

/// The places of a page, of one designation where `rendering` is its row. What has no sentence to show, such as a term
/// from an imported file, is left out: the table of designations counts it.
pub(super) fn found(
    w: &'static Words,
    concept: &Concept,
    evidence: &[Evidence],
    rendering: &str,
    here: usize,
) -> Found {
    let placed = evidence.iter().filter(|seen| seen.zh_place.is_some() || seen.en_place.is_some());
    let placed: Vec<&Evidence> = placed.collect();
    let chosen = rendering.parse().ok().and_then(|id: i64| concept.terms.iter().find(|term| term.id == id));
    let is_chosen = |seen: &&&Evidence| chosen.is_none_or(|term| seen.zh == term.text || seen.en == term.text);
    let kept: Vec<&Evidence> = placed.iter().filter(is_chosen).copied().collect();
    let pages = kept.len().div_ceil(SIZE).max(1);
    let here = here.min(pages);
    let shown = kept.iter().skip((here - 1) * SIZE).take(SIZE).copied();
    let address = |page: &str| {
        let rendering = chosen.map_or(String::new(), |term| term.id.to_string());
        format!("{}#evidence", link::url(&link::concept(concept.id), &[("rendering", &rendering), ("page", page)]))
    };
    Found {
        filters: filters(w, concept, &placed, chosen.map(|term| term.id)),
        groups: groups(w, shown),
        total: kept.len(),
        capped: evidence.len() == MOST,
        pager: Pager::new(here, SIZE, kept.len(), address),
    }
}

fn filters(w: &'static Words, concept: &Concept, placed: &[&Evidence], chosen: Option<i64>) -> Vec<Filter> {
    let address = |id: String| format!("{}#evidence", link::url(&link::concept(concept.id), &[("rendering", &id)]));
    let all = Filter {
        text: w.all_designations().to_owned(),
        lang: "",
        href: address(String::new()),
        count: placed.len(),
        here: chosen.is_none(),
    };
    let known = concept.terms.iter().filter(|term| term.status != Status::Rejected || chosen == Some(term.id));
    let filters = known.map(|term| Filter {
        text: term.text.clone(),
        lang: term.language.code(),
        href: address(term.id.to_string()),
        count: placed.iter().filter(|seen| seen.zh == term.text || seen.en == term.text).count(),
        here: chosen == Some(term.id),
    });
    let named = filters.filter(|filter| filter.count > 0 && (filter.count < placed.len() || filter.here));
    std::iter::once(all).chain(named).take(MOST_FILTERS).collect()
}

/// Places that follow each other and are of one kind stand together.
fn groups<'a>(w: &'static Words, shown: impl Iterator<Item = &'a Evidence>) -> Vec<SeenAs> {
    let mut groups: Vec<(EvidenceKind, SeenAs)> = Vec::new();
    for evidence in shown {
        match groups.last_mut().filter(|(kind, _)| *kind == evidence.kind) {
            Some((_, group)) => group.places.push(seen(evidence)),
            None => {
                let group = SeenAs { kind: w.evidence_kind(&evidence.kind), places: vec![seen(evidence)] };
                groups.push((evidence.kind, group));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn seen(evidence: &Evidence) -> Seen {
    let sides = (evidence.zh_place.as_ref(), evidence.en_place.as_ref());
    // Where one document gives both in one sentence, it is shown once, with both marked.
    if let (Some(zh), Some(en)) = sides
        && (zh.document, zh.sentence) == (en.document, en.sentence)
    {
        let both = Some(side(zh, &[evidence.zh.clone(), evidence.en.clone()]));
        let is_chinese = view::script(&zh.text) == "zh";
        let (zh, en) = if is_chinese { (both, None) } else { (None, both) };
        return Seen { zh, en, aligned: None };
    }
    Seen {
        zh: sides.0.map(|place| side(place, std::slice::from_ref(&evidence.zh))),
        en: sides.1.map(|place| side(place, std::slice::from_ref(&evidence.en))),
        aligned: aligned(evidence),
    }
}

/// Two sentences of different documents were seen together because their documents are a bitext.
fn aligned(evidence: &Evidence) -> Option<String> {
    let (zh, en) = (evidence.zh_place.as_ref()?, evidence.en_place.as_ref()?);
    (zh.document != en.document).then(|| link::aligned_sentence(zh.document, zh.sentence))
}

fn side(place: &Place, terms: &[String]) -> Side {
    Side {
        parts: view::marked(&place.text, terms),
        title: place.title.clone(),
        href: link::sentence(place.document, place.sentence),
        picture: link::sentence_picture(place.document, place.page, place.sentence),
        page: place.page,
        ocr: place.ocr,
    }
}
