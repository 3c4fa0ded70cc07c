//! One page of paper: its picture and what is drawn over it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use corpus::document::{Document, Language};
use corpus::store::Store;
use index::query::{Query, parse};

use super::Params;
use crate::Error;
use crate::data::Data;
use crate::pictures::{Pictures, WIDTHS, has_pictures};
use crate::places::{Aligned, Outline, Passage, PlacedBox, PlacedHit, aligned, sheet};
use crate::search::widen;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Said};
use crate::web::words::PictureWords;
use crate::web::{App, link};

/// What the store has on a page and on the page of its translation.
pub(super) struct Found {
    pub(super) has_pictures: bool,
    /// Whether something was searched.
    pub(super) searched: bool,
    /// How many places the query meets on the page, and on which pages it meets any.
    pub(super) hits: usize,
    pub(super) hit_pages: BTreeSet<u32>,
    /// The block that is asked for, or the first that is met or stands on the page.
    pub(super) block: Option<usize>,
    pub(super) own: Paper,
    pub(super) other: Option<Paper>,
}

/// A page of a document with what is marked on it, in points.
pub(super) struct Paper {
    pub(super) document: Document,
    pub(super) page: u32,
    file: PathBuf,
    ocr: Option<f32>,
    hits: Vec<PlacedBox>,
    outlines: Vec<Outline>,
    /// The block whose text is led to.
    block: Option<usize>,
    /// The page's width and height, or why they are not known.
    size: Result<(f32, f32), String>,
}

/// A page as it is shown.
pub(super) struct Leaf {
    pub(super) lang: &'static str,
    pub(super) name: &'static str,
    pub(super) title: Said,
    pub(super) page: u32,
    pub(super) of: u32,
    /// How sure an OCR engine is of it, in hundredths.
    pub(super) ocr: Option<u32>,
    pub(super) alt: String,
    pub(super) picture: Result<Picture, String>,
    pub(super) text: String,
    pub(super) file: String,
    /// This page alone.
    pub(super) here: String,
    /// Whether there is another beside it.
    pub(super) paired: bool,
}

/// A picture and the marks over it, in points.
pub(super) struct Picture {
    pub(super) src: String,
    pub(super) srcset: String,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) hits: Vec<Mark>,
    /// Paths of SVG.
    pub(super) outlines: Vec<String>,
}

/// A rectangle of SVG.
pub(super) struct Mark {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// What is on a page, and on the page of its translation; `None` where there is no such document.
pub(super) fn find(data: &Data, id: i64, page: u32, params: &Params) -> Result<Option<Found>, Error> {
    let query = query(data, &params.q)?;
    data.with_store(|store| {
        let Some(document) = store.document(id)? else { return Ok(None) };
        let (blocks, sentences) = (store.blocks(id)?, store.sentences(id)?);
        let sheet = sheet(&blocks, page, query.as_ref());
        let number = |given: &Option<String>| given.as_deref().and_then(|given| given.parse().ok());
        let asked = Passage::of(&blocks, &sentences, number(&params.block), number(&params.sentence));
        let passages: Vec<Passage> = match &asked {
            Some(asked) => vec![asked.clone()],
            None => {
                let met = sheet.hits.iter().map(|hit| hit.block).take(1);
                let running = sheet.blocks.iter().filter(|block| block.kind.is_running_text()).map(|block| block.block);
                let candidates = met.chain(running);
                candidates.filter_map(|block| Passage::of(&blocks, &sentences, Some(block), None)).collect()
            }
        };
        let other = match aligned(store, id, page, (&blocks, &sentences), &passages)? {
            Some(other) if has_pictures(store, &other.document.hash) => {
                Some(other_paper(store, other, query.as_ref())?)
            }
            _ => None,
        };
        let outlines = asked.as_ref().map_or_else(Vec::new, |asked| asked.outlines(&blocks, page));
        let block = passages.first().map(|passage| passage.block);
        let has_pictures = has_pictures(store, &document.hash);
        let hits = sheet.hits.len();
        let own = paper(store, document, page, sheet.hits, outlines, block)?;
        let (searched, hit_pages) = (query.is_some(), sheet.hit_pages);
        Ok(Some(Found { has_pictures, searched, hits, hit_pages, block, own, other }))
    })
}

/// What was searched, with its renderings in the other language.
pub(in crate::web) fn query(data: &Data, typed: &str) -> Result<Option<Query>, Error> {
    match parse(typed).query {
        Some(literal) => Ok(Some(widen(data, &literal, &[])?.0)),
        None => Ok(None),
    }
}

fn other_paper(store: &Store, other: Aligned, query: Option<&Query>) -> Result<Paper, Error> {
    let hits = sheet(&other.blocks, other.page, query).hits;
    let outlines = other.passages.iter().flat_map(|passage| passage.outlines(&other.blocks, other.page)).collect();
    let block = other.passages.first().map(|passage| passage.block);
    paper(store, other.document, other.page, hits, outlines, block)
}

fn paper(
    store: &Store,
    document: Document,
    page: u32,
    hits: Vec<PlacedHit>,
    outlines: Vec<Outline>,
    block: Option<usize>,
) -> Result<Paper, Error> {
    Ok(Paper {
        page,
        file: store.file_path(&document.hash),
        ocr: store.pages_by_ocr(document.id)?.get(&page).copied(),
        hits: hits.into_iter().flat_map(|hit| hit.boxes).collect(),
        outlines,
        block,
        size: Err(String::new()),
        document,
    })
}

/// Finds out how large a page is, which a worker may have to be asked for.
pub(super) async fn measure(app: &App, paper: &mut Paper) -> Result<(), Problem> {
    let (document, file, page) = (paper.document.clone(), paper.file.clone(), paper.page);
    let sizes = sizes(app, document, file).await?;
    paper.size = sizes.and_then(|sizes| {
        let at = usize::try_from(page).ok().and_then(|page| page.checked_sub(1));
        let size = at.and_then(|at| sizes.get(at)).copied();
        size.ok_or_else(|| "the file does not show where this page begins".to_owned())
    });
    Ok(())
}

/// The sizes of a document's pages in points, or why they are not known.
pub(in crate::web) async fn sizes(
    app: &App,
    document: Document,
    file: PathBuf,
) -> Result<Result<Vec<(f32, f32)>, String>, Problem> {
    let hash = document.hash.clone();
    if let Some(sizes) = app.run(move |data| Ok(data.pictures.kept_sizes(&hash))).await? {
        return Ok(Ok(sizes));
    }
    let turn = app.data.pictures.turn().await;
    let sizes = app.run(move |data| {
        let _turn = turn;
        data.pictures.sizes(&document, &file)
    });
    Ok(sizes.await?.map_err(|failure| failure.message))
}

/// A page as it is shown; a large one always has its largest picture.
pub(super) fn view(shell: &Shell, paper: &Paper, query: &str, large: bool, paired: bool) -> Leaf {
    let (document, page) = (&paper.document, paper.page);
    let pw = PictureWords::of(shell.ui());
    let alt = format!("{} {}{}{}", pw.picture_of, document.display_title(), shell.w.comma, shell.w.page_number(&page));
    Leaf {
        lang: if document.language == Language::Other { "" } else { document.language.code() },
        name: shell.w.language(document.language),
        title: view::title(document),
        page,
        of: document.page_count,
        ocr: paper.ocr.map(view::percent),
        alt,
        picture: paper.size.clone().map(|size| picture(paper, size, large)),
        text: match paper.block {
            Some(block) => link::block(document.id, block, query),
            None => link::page(document.id, page),
        },
        file: format!("{}#page={page}", link::file(document.id)),
        here: link::page_picture(document.id, page, paper.block, query),
        paired,
    }
}

fn picture(paper: &Paper, (width, height): (f32, f32), large: bool) -> Picture {
    let address = |wide: u32| drawn_address(&paper.document, paper.page, wide);
    let [_, usual, largest] = WIDTHS;
    let sources = WIDTHS.iter().map(|wide| format!("{} {wide}w", address(*wide)));
    Picture {
        src: address(if large { largest } else { usual }),
        srcset: if large { String::new() } else { sources.collect::<Vec<_>>().join(", ") },
        width,
        height,
        hits: paper.hits.iter().map(|hit| mark(*hit)).collect(),
        outlines: paper.outlines.iter().map(path).collect(),
    }
}

/// The address of a picture; it changes with what it shows.
pub(in crate::web) fn drawn_address(document: &Document, page: u32, width: u32) -> String {
    format!("{}/page/{page}.png?w={width}&v={}", link::document(document.id), Pictures::mark(&document.hash))
}

/// A mark is a little larger than the letters.
fn mark(hit: PlacedBox) -> Mark {
    const MORE: f32 = 0.8;
    let tenth = |points: f32| (points * 10.0).round() / 10.0;
    Mark {
        x: tenth(hit.x0 - MORE),
        y: tenth(hit.y0 - MORE),
        width: tenth(hit.x1 - hit.x0 + 2.0 * MORE),
        height: tenth(hit.y1 - hit.y0 + 2.0 * MORE),
    }
}

fn path(outline: &Outline) -> String {
    let mut path = String::new();
    for (at, (x, y)) in outline.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" });
    }
    path.push('Z');
    path
}
