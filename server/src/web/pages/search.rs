//! Search: ranked documents with their passages in both languages, and filters with counts.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use index::query::DateRange;
use serde::Deserialize;

use crate::derive::taxonomy_for_names;
use crate::search::{AlsoSearched, FacetCount, Hit, HitPassage, SearchPage, SearchRequest};
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Part, Said};
use crate::web::{App, link};

use super::Pager;
use corpus::document::Language;
use corpus::topic::Taxonomy;

/// How many documents a page shows.
const SIZE: usize = 10;
/// How many values of a filter are shown.
const VALUES: usize = 8;

/// What an address of a search says; empty parts are as good as none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct SearchParams {
    q: String,
    lang: String,
    kind: String,
    issuer: String,
    topic: String,
    year: String,
    page: String,
    literal: String,
}

impl SearchParams {
    /// What is asked of the search.
    pub(in crate::web) fn request(&self, size: usize) -> Result<SearchRequest, Problem> {
        super::check_length(&self.q)?;
        let year = Some(self.year.trim()).filter(|year| !year.is_empty()).map(str::parse).transpose();
        let year = year.map_err(|_| Problem::Input("the year is not a number; write it as 2024".to_owned()))?;
        let given = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        Ok(SearchRequest {
            query: self.q.trim().to_owned(),
            expand: !self.is_literal(),
            language: given(&self.lang),
            kind: given(&self.kind),
            issuer: given(&self.issuer),
            topic: given(&self.topic),
            date: DateRange::years(year, year),
            limit: size,
            offset: (super::page_number(Some(&self.page)) - 1) * size,
            ..SearchRequest::default()
        })
    }

    /// Whether there is anything to search for.
    pub(in crate::web) fn is_empty(&self) -> bool {
        self.q.trim().is_empty()
    }

    fn is_literal(&self) -> bool {
        self.literal == "1"
    }

    /// The address of this search with one part changed; another page only where the page is what changes.
    fn with(&self, name: &str, value: &str) -> String {
        let mut parts = [
            ("q", self.q.as_str()),
            ("lang", &self.lang),
            ("kind", &self.kind),
            ("issuer", &self.issuer),
            ("topic", &self.topic),
            ("year", &self.year),
            ("literal", &self.literal),
            ("page", ""),
        ];
        for part in &mut parts {
            if part.0 == name {
                part.1 = value;
            }
        }
        link::url("/search", &parts)
    }
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchHtml {
    shell: Shell,
    query: String,
    literal: bool,
    switch: String,
    lookup: String,
    total: usize,
    notes: Vec<String>,
    also: Vec<AlsoSearched>,
    facets: Vec<Facet>,
    results: Vec<ResultView>,
    pager: Pager,
}

/// A filter with its values.
struct Facet {
    name: &'static str,
    values: Vec<FacetValue>,
}

struct FacetValue {
    text: String,
    count: Option<usize>,
    href: String,
    chosen: bool,
}

/// A document that matches.
struct ResultView {
    title: Said,
    translated: Option<Said>,
    about: Vec<Said>,
    passages: Vec<PassageView>,
}

struct PassageView {
    lang: &'static str,
    href: String,
    page: u32,
    ocr: bool,
    parts: Vec<Part>,
    other: Option<OtherSide>,
}

struct OtherSide {
    /// The passage in the bitext.
    aligned: String,
    lang: &'static str,
    href: String,
    page: u32,
    ocr: bool,
    parts: Vec<Part>,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(params): Query<SearchParams>,
) -> Result<Response, Problem> {
    let request = params.request(SIZE)?;
    let (found, taxonomy) = if params.is_empty() {
        Default::default()
    } else {
        app.run(move |data| Ok((crate::search::search(data, &request)?, taxonomy_for_names(data.folder())))).await?
    };
    super::page(&search_page(shell, &params, found, &taxonomy))
}

fn search_page(shell: Shell, params: &SearchParams, found: SearchPage, taxonomy: &Taxonomy) -> SearchHtml {
    let w = shell.w;
    let query = params.q.trim().to_owned();
    let here = super::page_number(Some(&params.page));
    let facets = [
        facet(w.language, params, "lang", &params.lang, &found.facets.language, &|code| {
            w.language(Language::from_code(code)).to_owned()
        }),
        facet(w.kind, params, "kind", &params.kind, &found.facets.kind, &|name| view::kind_by_name(w, name)),
        facet(w.issuer, params, "issuer", &params.issuer, &found.facets.issuer, &|id| issuer(w, id)),
        facet(w.topic, params, "topic", &params.topic, &below_the_top(&found.facets.topic, taxonomy), &|id| {
            view::topic(w, taxonomy, id)
        }),
        facet(w.year, params, "year", &params.year, &found.facets.year, &str::to_owned),
    ];
    SearchHtml {
        literal: params.is_literal(),
        switch: params.with("literal", if params.is_literal() { "" } else { "1" }),
        lookup: link::url("/terms", &[("q", &query)]),
        total: found.total,
        notes: found.notes,
        also: found.also_searched,
        facets: facets.into_iter().filter(|facet| !facet.values.is_empty()).collect(),
        results: found.hits.iter().map(|hit| result(shell.w, &query, hit)).collect(),
        pager: Pager::new(here, SIZE, found.total, |page| params.with("page", page)),
        query,
        shell,
    }
}

/// The counts of topics below the top of their framework, which would say little as a filter.
fn below_the_top(counts: &[FacetCount], taxonomy: &Taxonomy) -> Vec<FacetCount> {
    let has_parent = |count: &&FacetCount| taxonomy.topic(&count.value).is_none_or(|topic| topic.parent.is_some());
    counts.iter().filter(has_parent).cloned().collect()
}

/// A chosen value is shown even where nothing matches, so that it can be taken back.
fn facet(
    name: &'static str,
    params: &SearchParams,
    part: &str,
    chosen: &str,
    counts: &[FacetCount],
    say: &dyn Fn(&str) -> String,
) -> Facet {
    let value = |value: &str, count| {
        let is_chosen = value == chosen;
        let href = params.with(part, if is_chosen { "" } else { value });
        FacetValue { text: say(value), count, href, chosen: is_chosen }
    };
    let mut values: Vec<_> = counts.iter().take(VALUES).map(|count| value(&count.value, Some(count.count))).collect();
    if !chosen.is_empty() && !values.iter().any(|value| value.chosen) {
        values.insert(0, value(chosen, None));
    }
    Facet { name, values }
}

/// An issuer as readers of the interface's language know it: 工业和信息化部, MIIT. A local one has a name only.
pub(super) fn issuer(w: &'static crate::web::words::Words, id: &str) -> String {
    let name = ingest::facts::agency(id).filter(|_| w.lang.starts_with("zh")).and_then(|agency| agency.name_zh.clone());
    name.unwrap_or_else(|| id.to_owned())
}

fn result(w: &'static crate::web::words::Words, query: &str, hit: &Hit) -> ResultView {
    let language = Language::from_code(&hit.language);
    let other = language.counterpart().unwrap_or(Language::Other);
    let kind = hit.kind.as_deref().map(|kind| Said::plain(view::kind_by_name(w, kind)));
    let issuers = hit.issuers.iter().map(|name| Said::new(name, language));
    let about = kind.into_iter().chain(issuers).chain(hit.number.iter().map(Said::by_script));
    let title = Said::new(&hit.title, language).to(link::url(&link::document(hit.document), &[("q", query)]));
    ResultView {
        title,
        translated: hit.title_translated.as_ref().map(|title| Said::new(title, other)),
        about: about.chain(hit.date.iter().map(Said::plain)).collect(),
        passages: hit.passages.iter().map(|passage| passage_view(hit, query, language, passage)).collect(),
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
    PassageView {
        lang: language.code(),
        href: link::block(hit.document, passage.block, query),
        page: passage.page,
        ocr: passage.ocr,
        parts: passage.parts.clone(),
        other,
    }
}
