//! The passages most like one of a document's, in both languages.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use corpus::document::Language;
use serde::Deserialize;

use crate::search::{ComparedBy, Hit, Similar, SimilarIn, SimilarPage};
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::{self, Part, Said};
use crate::web::words::{SimilarWords, Words};
use crate::web::{App, link};

/// How many documents of each language a page shows.
const SIZE: usize = 10;
/// A smaller part, in hundredths, is not said to be word for word.
const LEAST_QUOTED: u32 = 10;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/similar", get(show))
}

/// Which passage is asked for.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(in crate::web) struct SimilarParams {
    /// The number of the document.
    #[schemars(example = &"1")]
    document: String,
    /// The index of the block, from 0.
    #[schemars(example = &"0")]
    block: String,
}

impl SimilarParams {
    /// The document and the index of the block.
    pub(in crate::web) fn place(&self) -> Result<(i64, usize), Problem> {
        let document = Thing::Document.number(self.document.trim())?;
        let block = self.block.trim().parse().map_err(|_| Problem::Missing(Thing::Document))?;
        Ok((document, block))
    }
}

#[derive(Template)]
#[template(path = "similar.html")]
struct SimilarHtml {
    shell: Shell,
    sw: &'static SimilarWords,
    of: Said,
    at: String,
    page: u32,
    lang: &'static str,
    text: String,
    groups: Vec<Group>,
}

/// What is like the passage in one language.
struct Group {
    name: &'static str,
    lang: &'static str,
    how: &'static str,
    was_compared: bool,
    passages: Vec<HitView>,
}

struct HitView {
    title: Said,
    translated: Option<Said>,
    about: Vec<Said>,
    /// In hundredths.
    likeness: u32,
    is_same: bool,
    /// In hundredths, where it is worth saying.
    quoted: Option<u32>,
    runs: Vec<String>,
    passages: Vec<PassageView>,
}

struct PassageView {
    lang: &'static str,
    href: String,
    similar: String,
    page: u32,
    ocr: bool,
    parts: Vec<Part>,
    other: Option<OtherSide>,
}

struct OtherSide {
    lang: &'static str,
    href: String,
    page: u32,
    ocr: bool,
    parts: Vec<Part>,
}

async fn show(State(app): State<App>, shell: Shell, Query(params): Query<SimilarParams>) -> Result<Response, Problem> {
    let (document, block) = params.place()?;
    let found = app.run(move |data| crate::search::similar(data, document, block, SIZE)).await?;
    let found = found.ok_or(Problem::Missing(Thing::Document))?;
    super::page(&similar_page(shell, &found))
}

fn similar_page(shell: Shell, found: &SimilarPage) -> SimilarHtml {
    let sw = SimilarWords::of(shell.ui());
    SimilarHtml {
        sw,
        of: Said::new(&found.title, found.language).to(link::document(found.document)),
        at: link::block(found.document, found.block, ""),
        page: found.page,
        lang: found.language.code(),
        text: found.text.clone(),
        groups: found.languages.iter().map(|similar| group(shell.w, sw, similar)).collect(),
        shell,
    }
}

fn group(w: &'static Words, sw: &'static SimilarWords, similar: &SimilarIn) -> Group {
    Group {
        name: match similar.language {
            Language::Zh => sw.in_zh,
            Language::En => sw.in_en,
            Language::Other => sw.in_other,
        },
        lang: similar.language.code(),
        how: match similar.by {
            ComparedBy::Text => sw.by_text,
            ComparedBy::Translation => sw.by_translation,
            ComparedBy::Terms => sw.by_terms,
            ComparedBy::Nothing => sw.by_nothing,
        },
        was_compared: similar.by != ComparedBy::Nothing,
        passages: similar.passages.iter().map(|passage| hit_view(w, passage)).collect(),
    }
}

fn hit_view(w: &'static Words, similar: &Similar) -> HitView {
    let hit = &similar.hit;
    let language = Language::from_code(&hit.language);
    let other = language.counterpart().unwrap_or(Language::Other);
    let kind = hit.kind.as_deref().map(|kind| Said::plain(view::kind_by_name(w, kind)));
    let issuers = hit.issuers.iter().map(|name| Said::new(name, language));
    let about = kind.into_iter().chain(issuers).chain(hit.number.iter().map(Said::by_script));
    HitView {
        title: Said::new(&hit.title, language).to(link::document(hit.document)),
        translated: hit.title_translated.as_ref().map(|title| Said::new(title, other)),
        about: about.chain(hit.date.iter().map(Said::plain)).collect(),
        likeness: view::percent(similar.likeness),
        is_same: similar.is_same,
        quoted: Some(view::percent(similar.quoted)).filter(|&quoted| quoted >= LEAST_QUOTED),
        runs: similar.runs.clone(),
        passages: passages(hit, language, other),
    }
}

fn passages(hit: &Hit, language: Language, other: Language) -> Vec<PassageView> {
    let passage = |passage: &crate::search::HitPassage| PassageView {
        lang: language.code(),
        href: link::block(hit.document, passage.block, ""),
        similar: link::similar(hit.document, passage.block),
        page: passage.page,
        ocr: passage.ocr,
        parts: passage.parts.clone(),
        other: passage.counterpart.as_ref().map(|side| OtherSide {
            lang: other.code(),
            href: link::block(side.document, side.block, ""),
            page: side.page,
            ocr: side.ocr,
            parts: side.parts.clone(),
        }),
    };
    hit.passages.iter().map(passage).collect()
}
