//! Filters with counts, those that are chosen, and the order.

use corpus::document::Language;
use corpus::facts::DocumentStatus;
use corpus::topic::Taxonomy;

use super::params::SearchParams;
use crate::search::{FacetCount, Facets};
use crate::web::view;
use crate::web::words::{SearchWords, Words};

/// So many values of a filter are shown at once.
const VALUES: usize = 6;
/// So many more are shown on demand.
const MORE_VALUES: usize = 24;

/// A filter with its values.
pub(super) struct Facet {
    pub(super) name: &'static str,
    pub(super) values: Vec<FacetValue>,
    /// Those that are shown on demand.
    pub(super) more: Vec<FacetValue>,
}

pub(super) struct FacetValue {
    pub(super) text: String,
    pub(super) lang: &'static str,
    pub(super) count: Option<usize>,
    pub(super) href: String,
    pub(super) chosen: bool,
}

/// A filter that is chosen, and how to take it back.
pub(super) struct Chip {
    pub(super) text: String,
    pub(super) href: String,
}

/// One of several ways to show the same.
pub(super) struct Choice {
    pub(super) text: &'static str,
    pub(super) href: String,
    pub(super) here: bool,
}

/// What the values of filters are called.
pub(super) struct Names<'a> {
    pub(super) w: &'static Words,
    pub(super) s: &'static SearchWords,
    pub(super) taxonomy: &'a Taxonomy,
}

impl Names<'_> {
    fn facet(&self, part: &str) -> &'static str {
        match part {
            "lang" => self.w.language,
            "kind" => self.w.kind,
            "status" => self.s.status,
            "issuer" => self.w.issuer,
            "topic" => self.w.topic,
            "year" => self.w.year,
            "standard" => self.s.standard,
            _ => self.s.committee,
        }
    }

    fn value(&self, part: &str, value: &str) -> String {
        match part {
            "lang" => self.w.language(Language::from_code(value)).to_owned(),
            "kind" => view::kind_by_name(self.w, value),
            "status" => self.status(value),
            "issuer" => issuer(self.w, value),
            "topic" => view::topic(self.w, self.taxonomy, value),
            _ => value.to_owned(),
        }
    }

    fn status(&self, name: &str) -> String {
        let status = DocumentStatus::ALL.into_iter().find(|status| status.name() == name);
        let said = status.map(|status| self.w.document_status(status).unwrap_or(self.s.final_text));
        said.unwrap_or(name).to_owned()
    }
}

/// An issuer as readers of the interface's language know it: 工业和信息化部, MIIT. A local one has a name only.
pub(in crate::web::pages) fn issuer(w: &'static Words, id: &str) -> String {
    let name = ingest::facts::agency(id).filter(|_| w.lang.starts_with("zh")).and_then(|agency| agency.name_zh.clone());
    name.unwrap_or_else(|| id.to_owned())
}

/// All filters that have a value to choose.
pub(super) fn facets(names: &Names<'_>, params: &SearchParams, counts: &Facets) -> Vec<Facet> {
    let topics = below_the_top(&counts.topic, names.taxonomy);
    let all = [
        ("lang", &counts.language),
        ("kind", &counts.kind),
        ("status", &counts.status),
        ("issuer", &counts.issuer),
        ("topic", &topics),
        ("year", &counts.year),
        ("standard", &counts.standard),
        ("committee", &counts.committee),
    ];
    let facets = all.into_iter().map(|(part, counts)| facet(names, params, part, counts));
    facets.filter(|facet| !facet.values.is_empty()).collect()
}

/// Values that are chosen come first, also where nothing has them, so that they can be taken back.
fn facet(names: &Names<'_>, params: &SearchParams, part: &'static str, counts: &[FacetCount]) -> Facet {
    let value = |value: &str, count| {
        let text = names.value(part, value);
        let lang = if matches!(part, "issuer" | "standard" | "committee") { view::script(&text) } else { "" };
        FacetValue { lang, text, count, href: params.toggled(part, value), chosen: params.has(part, value) }
    };
    let chosen = params.values(part).map(|own| {
        let count = counts.iter().find(|count| count.value == own);
        value(own, Some(count.map_or(0, |count| count.count)))
    });
    let others = counts.iter().filter(|count| !params.has(part, &count.value));
    let mut values: Vec<_> = chosen.chain(others.map(|count| value(&count.value, Some(count.count)))).collect();
    values.truncate(VALUES + MORE_VALUES);
    let more = values.split_off(VALUES.max(params.values(part).count()).min(values.len()));
    Facet { name: names.facet(part), values, more }
}

/// The counts of topics below the top of their framework, which would say little as a filter.
fn below_the_top(counts: &[FacetCount], taxonomy: &Taxonomy) -> Vec<FacetCount> {
    let has_parent = |count: &&FacetCount| taxonomy.topic(&count.value).is_none_or(|topic| topic.parent.is_some());
    counts.iter().filter(has_parent).cloned().collect()
}

/// The filters that are chosen.
pub(super) fn chips(names: &Names<'_>, params: &SearchParams) -> Vec<Chip> {
    let chosen = params.chosen.iter().map(|(part, value)| Chip {
        text: format!("{}{}{}", names.facet(part), names.w.colon, names.value(part, value)),
        href: params.toggled(part, value),
    });
    let dates = (!params.from.is_empty() || !params.to.is_empty()).then(|| Chip {
        text: format!("{}{}{}–{}", names.s.dates, names.w.colon, params.from, params.to),
        href: params.with(&[("from", ""), ("to", "")]),
    });
    chosen.chain(dates).collect()
}

/// The orders of the results.
pub(super) fn orders(s: &'static SearchWords, params: &SearchParams) -> [Choice; 4] {
    let orders = [("relevance", s.relevance), ("recency", s.recency), ("newest", s.newest), ("oldest", s.oldest)];
    let here = if params.sort.is_empty() { "relevance" } else { &params.sort };
    orders.map(|(name, text)| {
        let given = if name == "relevance" { "" } else { name };
        Choice { text, href: params.with(&[("sort", given)]), here: name == here }
    })
}
