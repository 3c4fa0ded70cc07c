//! A page of a document as JSON: its size, its blocks and what a query meets, with their boxes.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::data::Data;
use crate::pictures::has_pictures;
use crate::places::{PlacedBlock, PlacedHit, Sheet, sheet};
use crate::web::openapi::{Api, says};
use crate::web::pages::picture::{drawn_address, query, sizes};
use crate::web::problem::{Problem, Thing};
use crate::web::{App, link};
use corpus::document::Document;

/// The width of the picture that is named, in pixels.
const WIDTH: u32 = 1200;

pub(super) fn routes() -> Api {
    Api::of("Documents").get(
        "/documents/{id}/pages/{page}",
        show,
        says("getPage", "Gives a page with its blocks and what a query meets on it, each with its place")
            .of("id", "The number of the document.")
            .of("page", "The page, counted from 1.")
            .tagged(),
    )
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Params {
    /// What is to be found on it, as a search has it.
    #[schemars(length(max = 500))]
    q: String,
}

/// A page. All places are in points from the top left corner of the page as it is displayed.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "DocumentPage")]
struct PageView {
    document: i64,
    page: u32,
    pages: u32,
    /// The page's width and height in points; null where its file is no PDF or cannot be opened.
    width: Option<f32>,
    height: Option<f32>,
    /// The address of its picture, as wide as `w` says, and of the page that shows it with hits marked.
    picture: Option<String>,
    href: String,
    /// How sure an OCR engine is of it, from 0 to 1; null where the text is the file's own.
    ocr: Option<f32>,
    blocks: Vec<PlacedBlock>,
    /// What the query meets on this page, and the pages where it meets anything.
    hits: Vec<PlacedHit>,
    hit_pages: BTreeSet<u32>,
}

/// What the store has on a page.
struct Found {
    document: Document,
    file: std::path::PathBuf,
    has_pictures: bool,
    ocr: Option<f32>,
    sheet: Sheet,
}

async fn show(
    State(app): State<App>,
    Path((id, page)): Path<(String, String)>,
    Query(params): Query<Params>,
) -> Result<Json<PageView>, Problem> {
    let id = Thing::Document.number(&id)?;
    let page = page.parse().map_err(|_| Problem::Missing(Thing::Picture))?;
    crate::web::pages::check_length(&params.q)?;
    let asked = params.q.clone();
    let found = app.run(move |data| find(data, id, page, &asked)).await?.ok_or(Problem::Missing(Thing::Document))?;
    let Found { document, file, has_pictures, ocr, sheet } = found;
    if !(1..=document.page_count).contains(&page) {
        return Err(Problem::Missing(Thing::Picture));
    }
    let sizes = match has_pictures {
        true => sizes(&app, document.clone(), file).await?.unwrap_or_default(),
        false => Vec::new(),
    };
    let size = usize::try_from(page).ok().and_then(|page| sizes.get(page.checked_sub(1)?)).copied();
    Ok(Json(PageView {
        document: id,
        page,
        pages: document.page_count,
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        picture: has_pictures.then(|| drawn_address(&document, page, WIDTH)),
        href: link::page_picture(id, page, None, &params.q),
        ocr,
        blocks: sheet.blocks,
        hits: sheet.hits,
        hit_pages: sheet.hit_pages,
    }))
}

fn find(data: &Data, id: i64, page: u32, typed: &str) -> Result<Option<Found>, Error> {
    let query = query(data, typed)?;
    data.with_store(|store| {
        let Some(document) = store.document(id)? else { return Ok(None) };
        Ok(Some(Found {
            file: store.file_path(&document.hash),
            has_pictures: has_pictures(store, &document.hash),
            ocr: store.pages_by_ocr(id)?.get(&page).copied(),
            sheet: sheet(&store.blocks(id)?, page, query.as_ref()),
            document,
        }))
    })
}
