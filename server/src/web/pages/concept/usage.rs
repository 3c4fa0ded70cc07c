//! How the designations of a concept were used: year by year, and by whom.

use std::collections::BTreeMap;

use corpus::document::Language;
use corpus::term::{Concept, Term};

use crate::terms::seen::{Use, by_issuer, by_year};
use crate::web::chart::{MOST_SERIES, Stacked, years};
use crate::web::view::{self, Said};
use crate::web::words::Words;

use super::designations::is_shown;

/// How many issuers are shown.
const MOST_ISSUERS: usize = 10;
/// How many designations of an issuer are shown in each language.
const MOST_NAMED: usize = 4;

/// How the designations were used.
pub(super) struct Usage {
    pub(super) charts: Vec<Chart>,
    pub(super) issuers: Vec<Issuer>,
    /// What documents without a date hold.
    pub(super) undated: Option<String>,
}

/// The designations of one language over time.
pub(super) struct Chart {
    pub(super) title: &'static str,
    pub(super) lang: &'static str,
    pub(super) drawing: Stacked,
    pub(super) series: Vec<Series>,
    /// The same as a table: a year, and the count of each series in it.
    pub(super) rows: Vec<(u16, Vec<u32>)>,
}

/// One designation, or what is left of them.
pub(super) struct Series {
    pub(super) name: Said,
    pub(super) total: u32,
}

/// An issuer, and the designations that it used.
pub(super) struct Issuer {
    pub(super) name: Said,
    pub(super) zh: Vec<(String, u32)>,
    pub(super) en: Vec<(String, u32)>,
}

/// The charts of the renderings, and of the Chinese designations where there are several; and the issuers.
pub(super) fn usage(w: &'static Words, concept: &Concept, shown: &[i64], uses: &[Use]) -> Usage {
    let en = chart(w, w.renderings_over_time(), Language::En, concept, shown, uses);
    let zh = chart(w, w.designations_over_time(), Language::Zh, concept, shown, uses);
    let zh = zh.filter(|zh| zh.series.len() > 1 || en.is_none());
    let undated = uses.iter().filter(|used| used.year().is_none());
    let undated = undated.fold(0_u32, |sum, used| sum.saturating_add(used.count));
    Usage {
        charts: [en, zh].into_iter().flatten().collect(),
        issuers: issuers(w, concept, uses),
        undated: (undated > 0).then(|| w.undated(undated)),
    }
}

fn chart(
    w: &'static Words,
    title: &'static str,
    language: Language,
    concept: &Concept,
    shown: &[i64],
    uses: &[Use],
) -> Option<Chart> {
    let of = |term: &Term| by_year(uses.iter().filter(|used| used.term == term.id));
    let mut used: Vec<(&Term, BTreeMap<u16, u32>)> =
        concept.terms_in(language).map(|term| (term, of(term))).filter(|(_, counts)| !counts.is_empty()).collect();
    // What is folded away in the table is among the others, and so is what there is no pattern for.
    used.sort_by_key(|(term, counts)| (!is_shown(term, shown), std::cmp::Reverse(sum(counts))));
    let apart = used.iter().take_while(|(term, _)| is_shown(term, shown)).count().min(MOST_SERIES);
    let (first, rest) = used.split_at_checked(apart)?;
    let mut series: Vec<(Said, BTreeMap<u16, u32>)> =
        first.iter().map(|(term, counts)| (Said::new(&term.text, language), counts.clone())).collect();
    let others = together(rest.iter().map(|(_, counts)| counts));
    if !others.is_empty() {
        series.push((Said::plain(w.other_designations()), others));
    }
    let years = years(series.iter().map(|(_, counts)| counts))?;
    let (names, counts): (Vec<Said>, Vec<BTreeMap<u16, u32>>) = series.into_iter().unzip();
    let in_year = |year: u16| counts.iter().map(|counts| counts.get(&year).copied().unwrap_or(0)).collect::<Vec<_>>();
    let rows = (years.0..=years.1).map(|year| (year, in_year(year)));
    Some(Chart {
        title,
        lang: language.code(),
        rows: rows.filter(|(_, counts)| counts.iter().any(|count| *count > 0)).collect(),
        drawing: Stacked::new(&counts, years),
        series: names.into_iter().zip(&counts).map(|(name, counts)| Series { name, total: sum(counts) }).collect(),
    })
}

fn sum(counts: &BTreeMap<u16, u32>) -> u32 {
    counts.values().fold(0, |sum, count| sum.saturating_add(*count))
}

fn together<'a>(all: impl Iterator<Item = &'a BTreeMap<u16, u32>>) -> BTreeMap<u16, u32> {
    let mut sums: BTreeMap<u16, u32> = BTreeMap::new();
    for (year, count) in all.flatten() {
        let sum = sums.entry(*year).or_default();
        *sum = sum.saturating_add(*count);
    }
    sums
}

fn issuers(w: &'static Words, concept: &Concept, uses: &[Use]) -> Vec<Issuer> {
    let issuers = by_issuer(uses).into_iter().take(MOST_ISSUERS).map(|(agency, counts)| {
        let used = |language| {
            let terms = concept.terms_in(language);
            let mut used: Vec<(String, u32)> =
                terms.filter_map(|term| Some((term.text.clone(), *counts.get(&term.id)?))).collect();
            used.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            used.truncate(MOST_NAMED);
            used
        };
        Issuer { name: view::agency(&agency, w.reads()), zh: used(Language::Zh), en: used(Language::En) }
    });
    issuers.collect()
}
