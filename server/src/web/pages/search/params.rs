//! What an address of a search says.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use index::Sort;
use index::query::DateRange;

use crate::search::{Chosen, SearchRequest, place};
use crate::web::link;
use crate::web::openapi::{Describing, Input};
use crate::web::pages::{check_length, page_number};
use crate::web::problem::Problem;

/// The parts of an address that choose values of a facet; each may stand several times.
pub(super) const FACETS: [&str; 8] = ["lang", "kind", "status", "issuer", "topic", "year", "standard", "committee"];
/// So many values may be chosen at most.
const MOST_CHOSEN: usize = 50;

/// What an address of a search says; empty parts are as good as none, and parts that are not known are passed over.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct SearchParams {
    /// The query as it was typed.
    pub(super) q: String,
    /// The chosen values, each with its part of the address.
    pub(super) chosen: Vec<(&'static str, String)>,
    /// The first date.
    pub(super) from: String,
    /// The last date.
    pub(super) to: String,
    pub(super) sort: String,
    literal: String,
    /// Renderings that are not searched besides.
    without: Vec<String>,
    group: String,
    pub(super) page: String,
    after: String,
    /// The form of an export.
    pub(super) format: String,
}

/// The same for the API's document.
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it is what the document says of what `read` reads")]
struct SearchQuery {
    /// The query.
    #[schemars(length(max = 500), example = &"人工智能 标准")]
    q: String,
    /// Only documents in these languages.
    lang: Option<Vec<String>>,
    /// Only documents of these kinds.
    kind: Option<Vec<String>>,
    /// Only documents that have come so far.
    status: Option<Vec<String>>,
    /// Only documents of these issuers, by id.
    issuer: Option<Vec<String>>,
    /// Only documents of these topics, by identifier; topics below them count.
    topic: Option<Vec<String>>,
    /// Only documents of these years.
    year: Option<Vec<u32>>,
    /// Only documents that are or name these standards.
    standard: Option<Vec<String>>,
    /// Only documents that name these technical committees.
    committee: Option<Vec<String>>,
    /// Only documents of this date and later: a year, a month or a day.
    #[schemars(regex(pattern = "^([0-9]{4}(-[0-9]{2}){0,2})?$"))]
    from: Option<String>,
    /// Only documents of this date and earlier.
    #[schemars(regex(pattern = "^([0-9]{4}(-[0-9]{2}){0,2})?$"))]
    to: Option<String>,
    /// The order.
    #[schemars(extend("enum" = ["", "relevance", "recency", "newest", "oldest"]))]
    sort: Option<String>,
    /// `1` to search only what is typed, and no renderings.
    literal: Option<String>,
    /// Renderings that are not searched besides.
    without: Option<Vec<String>>,
    /// `0` to give each document by itself, and not those of one policy or standard together.
    group: Option<String>,
    /// Which page of such length, counted from 1: another way to go on.
    page: Option<String>,
    /// The `next` of the answer before.
    after: Option<String>,
}

impl Input for SearchParams {
    fn describe(describing: &mut Describing<'_>) {
        describing.query::<SearchQuery>();
    }
}

impl<S: Sync> FromRequestParts<S> for SearchParams {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

impl SearchParams {
    /// The parts of the query of an address.
    pub(super) fn read(query: &str) -> Self {
        let mut params = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim().to_owned();
            let facet = FACETS.into_iter().find(|facet| *facet == name).filter(|_| !value.is_empty());
            match (facet, &*name) {
                (Some(facet), _) if !params.has(facet, &value) => params.chosen.push((facet, value)),
                (Some(_), _) => {}
                (None, "q") => params.q = value,
                (None, "from") => params.from = value,
                (None, "to") => params.to = value,
                (None, "sort") => params.sort = value,
                (None, "literal") => params.literal = value,
                (None, "without") if !value.is_empty() && !params.without.contains(&value) => {
                    params.without.push(value);
                }
                (None, "group") => params.group = value,
                (None, "page") => params.page = value,
                (None, "after") => params.after = value,
                (None, "format") => params.format = value,
                _ => {}
            }
        }
        params
    }

    /// What is asked of the search.
    pub(in crate::web) fn request(&self, size: usize) -> Result<SearchRequest, Problem> {
        check_length(&self.q)?;
        if self.chosen.len() > MOST_CHOSEN || self.without.len() > MOST_CHOSEN {
            return Err(Problem::Input(format!("more than {MOST_CHOSEN} filters are chosen; choose fewer")));
        }
        let mut request = SearchRequest {
            query: self.q.clone(),
            expand: !self.is_literal(),
            without: self.without.clone(),
            chosen: self.chosen()?,
            group: self.is_grouped(),
            sort: self.sort()?,
            limit: size,
            ..SearchRequest::default()
        };
        if self.after.is_empty() {
            request.offset = (page_number(Some(&self.page)) - 1) * size;
        } else {
            request.after = Some(place(&request, &self.after)?);
        }
        Ok(request)
    }

    fn chosen(&self) -> Result<Chosen, Problem> {
        let values = |part: &str| self.values(part).map(str::to_owned).collect::<Vec<_>>();
        let year = |year: &str| year.parse::<u32>();
        let years = self.values("year").map(year).collect::<Result<_, _>>();
        Ok(Chosen {
            languages: values("lang"),
            kinds: values("kind"),
            statuses: values("status"),
            issuers: values("issuer"),
            topics: values("topic"),
            standards: values("standard"),
            committees: values("committee"),
            years: years.map_err(|_| Problem::Input("the year is not a number; write it as 2024".to_owned()))?,
            date: self.date()?,
        })
    }

    fn date(&self) -> Result<Option<DateRange>, Problem> {
        if self.from.is_empty() && self.to.is_empty() {
            return Ok(None);
        }
        let is_date = |date: &str| date.is_empty() || !date.contains("..") && DateRange::parse(date).is_some();
        let range = DateRange::parse(&format!("{}..{}", self.from, self.to));
        match range.filter(|_| is_date(&self.from) && is_date(&self.to)) {
            Some(range) => Ok(Some(range)),
            None => Err(Problem::Input("that is no date; write it as 2024, 2024-06 or 2024-06-05".to_owned())),
        }
    }

    fn sort(&self) -> Result<Sort, Problem> {
        match &*self.sort {
            "" | "relevance" => Ok(Sort::Relevance),
            "recency" => Ok(Sort::Recency),
            "newest" => Ok(Sort::Newest),
            "oldest" => Ok(Sort::Oldest),
            _ => Err(Problem::Input("there is no such sort; use relevance, recency, newest or oldest".to_owned())),
        }
    }

    /// Whether there is anything to search for.
    pub(in crate::web) fn is_empty(&self) -> bool {
        self.q.is_empty()
    }

    /// Whether only what was typed is searched.
    pub(super) fn is_literal(&self) -> bool {
        self.literal == "1"
    }

    /// Whether documents of one policy or standard are one result.
    pub(super) fn is_grouped(&self) -> bool {
        self.group != "0"
    }

    /// The values that are chosen of a facet.
    pub(super) fn values(&self, facet: &str) -> impl Iterator<Item = &str> {
        self.chosen.iter().filter(move |(part, _)| *part == facet).map(|(_, value)| value.as_str())
    }

    /// Whether a value is chosen.
    pub(super) fn has(&self, facet: &str, value: &str) -> bool {
        self.values(facet).any(|chosen| chosen == value)
    }

    /// All parts that say what is searched and how, without those that say which page of it.
    pub(super) fn parts(&self) -> Vec<(&str, &str)> {
        let mut parts = vec![("q", self.q.as_str())];
        parts.extend(self.chosen.iter().map(|(part, value)| (*part, value.as_str())));
        let others = [
            ("from", self.from.as_str()),
            ("to", &self.to),
            ("sort", &self.sort),
            ("literal", &self.literal),
            ("group", &self.group),
        ];
        parts.extend(others.into_iter().filter(|(_, value)| !value.is_empty()));
        parts.extend(self.without.iter().map(|rendering| ("without", rendering.as_str())));
        parts
    }

    /// The address of this search, from its first page, with some parts as they are given here.
    pub(super) fn with(&self, changes: &[(&str, &str)]) -> String {
        let mut parts = self.parts();
        parts.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        parts.extend(changes);
        link::url("/search", &parts)
    }

    /// The address of this search with a value chosen, or not any more; of `without` too.
    pub(super) fn toggled(&self, facet: &str, value: &str) -> String {
        let mut parts = self.parts();
        let before = parts.len();
        parts.retain(|(name, own)| !(*name == facet && *own == value));
        if parts.len() == before {
            parts.push((facet, value));
        }
        link::url("/search", &parts)
    }

    /// The address of this search without filters.
    pub(super) fn without_filters(&self) -> String {
        let mut parts = self.parts();
        parts.retain(|(name, _)| !FACETS.contains(name) && !["from", "to"].contains(name));
        link::url("/search", &parts)
    }

    /// The address of the form of a watch on this: the query with the filters that a query can say, and the languages
    /// and kinds.
    pub(super) fn watch(&self) -> String {
        let quoted = |value: &str| match value.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c)) {
            true => value.to_owned(),
            false => format!("\"{}\"", value.replace('"', " ")),
        };
        let clause = |(part, field): (&str, &str)| {
            let values: Vec<String> = self.values(part).map(|value| format!("{field}:{}", quoted(value))).collect();
            match values.len() {
                0 => None,
                1 => values.into_iter().next(),
                _ => Some(format!("({})", values.join(" OR "))),
            }
        };
        let fields = [
            ("issuer", "issuer"),
            ("topic", "topic"),
            ("standard", "standard"),
            ("committee", "committee"),
            ("status", "status"),
            ("year", "date"),
        ];
        let mut clauses: Vec<String> = fields.into_iter().filter_map(clause).collect();
        if !self.from.is_empty() || !self.to.is_empty() {
            clauses.push(format!("date:{}..{}", self.from, self.to));
        }
        let own = match !clauses.is_empty() && self.q.contains(char::is_whitespace) {
            true => format!("({})", self.q),
            false => self.q.clone(),
        };
        clauses.insert(0, own);
        let query = clauses.join(" AND ");
        let mut parts = vec![("kind", "query"), ("value", query.as_str())];
        parts.extend(self.values("lang").map(|language| ("lang", language)));
        parts.extend(self.values("kind").map(|kind| ("doc", kind)));
        link::url("/watches/new", &parts)
    }

    /// The address of this search as a file.
    pub(super) fn export(&self, format: &str) -> String {
        let mut parts = self.parts();
        parts.push(("format", format));
        link::url("/search/export", &parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, same: &str) {
        assert_eq!(SearchParams::read(query).with(&[]), format!("/search?{same}"));
    }

    #[test]
    fn an_address_is_read_and_written() {
        check("q=a+b&lang=zh&lang=en&lang=zh&page=3&after=00", "q=a+b&lang=zh&lang=en");
        check("year=2024&q=%20x%20&kind=&sort=newest&nothing=1", "q=x&year=2024&sort=newest");
        let params = SearchParams::read("q=x&kind=notice&kind=plan&from=2023");
        assert_eq!(params.toggled("kind", "plan"), "/search?q=x&kind=notice&from=2023");
        assert_eq!(params.toggled("lang", "zh"), "/search?q=x&kind=notice&kind=plan&from=2023&lang=zh");
        assert_eq!(params.without_filters(), "/search?q=x");
        assert_eq!(params.export("ris"), "/search/export?q=x&kind=notice&kind=plan&from=2023&format=ris");
    }

    #[track_caller]
    fn check_watch(query: &str, watched: &str, also: &str) {
        let address = SearchParams::read(query).watch();
        assert_eq!(address, format!("{}{also}", link::url("/watches/new", &[("kind", "query"), ("value", watched)])));
        let parsed = index::query::parse(watched);
        assert_eq!(parsed.notes, [], "{watched}");
    }

    #[test]
    fn a_search_becomes_a_watch_with_its_filters() {
        check_watch("q=rain&sort=newest&page=3", "rain", "");
        check_watch("q=rain+OR+snow&lang=zh&kind=plan", "rain OR snow", "&lang=zh&doc=plan");
        check_watch("q=rain+OR+snow&issuer=MOW", "(rain OR snow) AND issuer:MOW", "");
        check_watch("q=rain&standard=GB/T+1.1", "rain AND standard:\"GB/T 1.1\"", "");
        check_watch("q=rain&year=2023&year=2024", "rain AND (date:2023 OR date:2024)", "");
        check_watch("q=rain&from=2023-06&to=", "rain AND date:2023-06..", "");
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for query in ["from=soon", "to=2023..2024", "sort=best", "year=x", "after=no"] {
            assert!(matches!(SearchParams::read(query).request(10), Err(Problem::Input(_))), "{query}");
        }
        assert!(SearchParams::read(&"year=1&".repeat(2_000)).request(10).is_ok());
        let many: String = (1..60).map(|year| format!("year={year}&")).collect();
        assert!(SearchParams::read(&many).request(10).is_err());
    }
}
