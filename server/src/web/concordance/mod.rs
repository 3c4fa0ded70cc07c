//! What an address asks of the concordance, and the answer as a file; pages and API share both.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use corpus::facts::DocumentKind;
use serde::Deserialize;

use super::pages::{check_length, page_number};
use super::problem::Problem;
use super::{App, link};
use crate::concordance::{ConcordanceRequest, Order, concordance, write_csv, write_tmx};

/// So many pairs are written to a file at most, which is all that are gathered.
const MOST_IN_FILE: usize = 1_000;

/// What an address of a concordance says; empty parts are as good as none.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(super) struct Params {
    /// The phrase, in either language.
    #[schemars(length(max = 500), example = &"标准化")]
    pub(super) q: String,
    /// Only documents of this issuer, by its id.
    pub(super) issuer: String,
    /// Only documents of this kind.
    pub(super) kind: String,
    /// Only documents of this year and later.
    #[schemars(regex(pattern = "^([0-9]{4})?$"))]
    pub(super) from: String,
    /// Only documents of this year and earlier.
    #[schemars(regex(pattern = "^([0-9]{4})?$"))]
    pub(super) to: String,
    /// Only pairs in which the phrase is rendered so.
    pub(super) rendering: String,
    /// The order.
    #[schemars(extend("enum" = ["", "newest", "oldest", "before", "after", "surest"]))]
    pub(super) sort: String,
    /// Which page of such length, counted from 1: another way to go on.
    pub(super) page: String,
    /// Of a file, its form.
    #[schemars(extend("enum" = ["csv", "tmx"]), example = &"csv")]
    pub(super) format: String,
    /// `1` for all pairs, and not only the first hundred.
    pub(super) all: String,
}

impl Params {
    /// What is asked, `size` pairs a page.
    pub(super) fn request(&self, size: usize) -> Result<ConcordanceRequest, Problem> {
        check_length(&self.q)?;
        let given = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        let kind = given(&self.kind).map(|name| {
            let found = DocumentKind::ALL.into_iter().find(|kind| kind.name() == name);
            found.ok_or_else(|| Problem::Input(format!("there is no kind of document called '{name}'; leave it out")))
        });
        let order = given(&self.sort).map(|name| {
            let orders = Order::ALL.map(Order::name).join(", ");
            Order::from_name(&name)
                .ok_or_else(|| Problem::Input(format!("there is no order called '{name}'; take one of {orders}")))
        });
        Ok(ConcordanceRequest {
            phrase: self.q.trim().to_owned(),
            issuer: given(&self.issuer),
            kind: kind.transpose()?,
            year_from: year(&self.from)?,
            year_to: year(&self.to)?,
            rendering: given(&self.rendering),
            thorough: self.all == "1",
            order: order.transpose()?.unwrap_or_default(),
            limit: size,
            offset: (page_number(Some(&self.page)) - 1) * size,
        })
    }

    /// The address `path` of this with one part changed; another page only where the page is what changes.
    pub(super) fn with(&self, path: &str, name: &str, value: &str) -> String {
        let mut parts = [
            ("q", self.q.trim()),
            ("issuer", &self.issuer),
            ("kind", &self.kind),
            ("from", &self.from),
            ("to", &self.to),
            ("rendering", &self.rendering),
            ("sort", &self.sort),
            ("all", &self.all),
            ("page", ""),
            ("format", ""),
        ];
        for part in &mut parts {
            if part.0 == name {
                part.1 = value;
            }
        }
        link::url(path, &parts)
    }
}

fn year(text: &str) -> Result<Option<i32>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Problem::Input(format!("'{text}' is not a year; write it as 2024")))
}

/// The pairs as a file, `format` CSV (`csv`, for a spreadsheet) or TMX (`tmx`).
pub(super) async fn download(State(app): State<App>, Query(params): Query<Params>) -> Result<Response, Problem> {
    let request = ConcordanceRequest { offset: 0, thorough: true, ..params.request(MOST_IN_FILE)? };
    let as_tmx = match params.format.as_str() {
        "tmx" => true,
        "csv" => false,
        other => return Err(Problem::Input(format!("there is no format '{other}'; take csv or tmx"))),
    };
    let (text, media, name) = if as_tmx {
        let text = app.run(move |data| write_tmx(&concordance(data, &request)?).map(String::into_bytes)).await?;
        (text, "application/x-tmx+xml; charset=utf-8", "concordance.tmx")
    } else {
        let written = app.run(move |data| {
            let mut bytes = Vec::new();
            write_csv(&concordance(data, &request)?, true, &mut bytes)?;
            Ok(bytes)
        });
        (written.await?, "text/csv; charset=utf-8", "concordance.csv")
    };
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, text).into_response())
}
