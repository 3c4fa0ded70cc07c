//! What is offered beside a search: corrected queries, the search without a filter, related terms. It is part of the page
//! of a search.

use corpus::document::Language;

use crate::search::{Correction, Meant, RelatedTerm};
use crate::web::link;
use crate::web::shell::Shell;
use crate::web::view::{Part, Said};
use crate::web::words::MeantWords;

/// What is offered beside a search.
pub(in crate::web) struct MeantView {
    pub(in crate::web) words: &'static MeantWords,
    pub(in crate::web) corrections: Vec<Offer>,
    pub(in crate::web) unquoted: Option<Offer>,
    pub(in crate::web) unfiltered: Vec<Offer>,
    pub(in crate::web) related: Vec<RelatedView>,
}

/// Another search.
pub(in crate::web) struct Offer {
    pub(in crate::web) href: String,
    /// The query or the filter, with what differs from what was typed marked.
    pub(in crate::web) text: Vec<Part>,
    pub(in crate::web) lang: &'static str,
    /// Why it is offered, where that is not plain.
    pub(in crate::web) why: Option<&'static str>,
    /// How many documents it finds.
    pub(in crate::web) count: String,
}

/// A related term, leading to a search for it, and its rendering, leading to the concept.
pub(in crate::web) struct RelatedView {
    pub(in crate::web) term: Said,
    pub(in crate::web) rendering: Option<Said>,
}

impl MeantView {
    /// Whether nothing is offered in place of the search.
    pub(in crate::web) fn offers_nothing(&self) -> bool {
        self.corrections.is_empty() && self.unquoted.is_none() && self.unfiltered.is_empty()
    }
}

/// What is offered beside a search that was typed so. `with` gives the address of the same search with parts of the
/// address (`q`, or the names of filters) changed.
pub(in crate::web) fn view(
    shell: &Shell,
    typed: &str,
    meant: &Meant,
    related: &[RelatedTerm],
    with: impl Fn(&[(&str, &str)]) -> String,
) -> MeantView {
    let w = shell.w;
    let words = MeantWords::of(shell.ui());
    let offer = |correction: &Correction| Offer {
        href: with(&[("q", &correction.query)]),
        text: changed(typed, &correction.query),
        lang: crate::web::view::script(&correction.query),
        why: match correction.kind {
            "pinyin" => Some(words.by_pinyin),
            "character" => Some(words.by_character),
            "term" => Some(words.by_term),
            _ => None,
        },
        count: w.documents_counted(correction.documents),
    };
    let filter = |name: &str| match name {
        "lang" => w.language.to_owned(),
        "kind" => w.kind.to_owned(),
        "issuer" => w.issuer.to_owned(),
        "topic" => w.topic.to_owned(),
        "year" => w.year.to_owned(),
        "date" => words.filter_date.to_owned(),
        other => other.to_owned(),
    };
    let unfiltered = meant.unfiltered.iter().map(|without| Offer {
        href: match &without.query {
            Some(query) => with(&[("q", query)]),
            None if without.filter == "date" => with(&[("from", ""), ("to", "")]),
            None => with(&[(without.filter.as_str(), "")]),
        },
        text: vec![Part { text: filter(&without.filter), marked: false }],
        lang: w.lang,
        why: None,
        count: w.documents_counted(without.documents),
    });
    MeantView {
        words,
        corrections: meant.corrections.iter().map(offer).collect(),
        unquoted: meant.unquoted.as_ref().map(offer),
        unfiltered: unfiltered.collect(),
        related: related.iter().map(related_view).collect(),
    }
}

fn related_view(term: &RelatedTerm) -> RelatedView {
    let other = term.language.counterpart().unwrap_or(Language::Other);
    let rendering = term.rendering.as_ref();
    RelatedView {
        term: Said::new(&term.text, term.language).to(link::search(&term.text)),
        rendering: rendering.map(|text| Said::new(text, other).to(link::concept(term.concept))),
    }
}

/// A query with what differs from what was typed marked: what lies between the beginning and the end that both have.
fn changed(typed: &str, query: &str) -> Vec<Part> {
    if typed == query {
        return crate::web::view::parts(query, &[]);
    }
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let mut start: usize =
        typed.chars().zip(query.chars()).take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum();
    let ends =
        typed.get(start..).unwrap_or_default().chars().rev().zip(query.get(start..).unwrap_or_default().chars().rev());
    let mut end = query.len() - ends.take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum::<usize>();
    // Whole words are marked, not letters of them.
    while let Some(c) = query.get(..start).and_then(|before| before.chars().next_back()).filter(|&c| is_word(c)) {
        start -= c.len_utf8();
    }
    while let Some(c) = query.get(end..).and_then(|after| after.chars().next()).filter(|&c| is_word(c)) {
        end += c.len_utf8();
    }
    crate::web::view::parts(query, std::slice::from_ref(&(start..end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, query: &str, expected: &str) {
        let shown: String = changed(typed, query)
            .into_iter()
            .map(|part| if part.marked { format!("[{}]", part.text) } else { part.text })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_differs_is_marked_by_whole_words() {
        check("tidal barages here", "tidal barrages here", "tidal [barrages] here");
        check("部数统计", "步数统计", "[步]数统计");
        check("chaoxi", "潮汐", "[潮汐]");
        check("data set", "dataset", "[dataset]");
        check("same", "same", "same");
    }
}
