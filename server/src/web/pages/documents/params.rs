//! What the address of a shelf says: filters and the order.

use corpus::document::Language;
use corpus::facts::DocumentKind;
use corpus::store::{ShelfFilter, ShelfOrder, ShelfState};
use serde::Deserialize;

use crate::web::link;
use crate::web::problem::Problem;

/// What the address of a shelf says; empty is what was not said.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(in crate::web) struct ShelfParams {
    /// How far its text has come.
    #[schemars(extend("enum" = ["", "text", "ocr", "needs_ocr", "unreadable"]))]
    pub(super) state: String,
    /// The language.
    #[schemars(extend("enum" = ["", "zh", "en", "und"]))]
    pub(super) lang: String,
    /// The kind of document.
    pub(super) kind: String,
    /// The id of an issuer.
    pub(super) issuer: String,
    /// The year of its date.
    #[schemars(regex(pattern = "^([0-9]{4})?$"))]
    pub(super) year: String,
    /// A part of its title.
    pub(super) title: String,
    /// The order.
    #[schemars(extend("enum" = ["", "name", "date", "title", "added"]))]
    pub(in crate::web) sort: String,
    /// Of pages only.
    #[schemars(skip)]
    pub(super) page: String,
}

/// The text that was given, without what is around it; `None` where it is empty.
fn given(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

impl ShelfParams {
    /// The filter that is meant.
    pub(in crate::web) fn filter(&self) -> Result<ShelfFilter, Problem> {
        for text in [&self.kind, &self.issuer, &self.title] {
            crate::web::pages::check_length(text)?;
        }
        let state = given(&self.state).map(|name| {
            ShelfState::from_name(&name).ok_or_else(|| wrong("state", "text, ocr, needs_ocr or unreadable"))
        });
        let language = given(&self.lang).map(|code| match code.as_str() {
            "zh" | "en" | "und" => Ok(Language::from_code(&code)),
            _ => Err(wrong("lang", "zh, en or und")),
        });
        let kinds = || DocumentKind::ALL.map(DocumentKind::name).join(", ");
        let kind = given(&self.kind).map(|name| match DocumentKind::ALL.into_iter().find(|kind| kind.name() == name) {
            Some(_) => Ok(name),
            None => Err(wrong("kind", &kinds())),
        });
        let is_year = |year: &String| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let year =
            given(&self.year).map(|year| if is_year(&year) { Ok(year) } else { Err(wrong("year", "four digits")) });
        Ok(ShelfFilter {
            state: state.transpose()?,
            language: language.transpose()?,
            kind: kind.transpose()?,
            issuer: given(&self.issuer),
            year: year.transpose()?,
            title: self.title.trim().to_owned(),
        })
    }

    /// The order that is meant.
    pub(in crate::web) fn order(&self) -> Result<ShelfOrder, Problem> {
        match self.sort.as_str() {
            "" | "date" => Ok(ShelfOrder::Date),
            "title" => Ok(ShelfOrder::Title),
            "added" => Ok(ShelfOrder::Added),
            "name" => Ok(ShelfOrder::Name),
            _ => Err(wrong("sort", "date, title, added or name")),
        }
    }

    /// The address of the shelf with one thing said otherwise, from its first page on.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let own = [
            ("title", &self.title),
            ("state", &self.state),
            ("lang", &self.lang),
            ("kind", &self.kind),
            ("issuer", &self.issuer),
            ("year", &self.year),
            ("sort", &self.sort),
        ];
        let others = own.into_iter().filter(|(own, _)| *own != name).map(|(name, value)| (name, value.as_str()));
        let all: Vec<_> = others.chain([(name, value)]).collect();
        link::url("/documents", &all)
    }
}

fn wrong(name: &str, allowed: &str) -> Problem {
    Problem::Input(format!("there is no such {name}; use {allowed}"))
}
