//! A page of a document as its file shows it, with what was searched marked, beside the page of its translation.

mod drawn;
mod leaf;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Deserialize;

use crate::web::problem::{Dressed, Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::words::PictureWords;
use crate::web::{App, link};

use leaf::{Found, Leaf};
pub(in crate::web) use leaf::{drawn_address, query, sizes};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/document/{id}/page/{page}", get(show))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    q: String,
    block: Option<String>,
    #[serde(alias = "from")]
    sentence: Option<String>,
    /// How wide the picture is to be; as a page, whether it is shown larger than the window.
    w: Option<String>,
    /// What tells this picture from others: with it, a browser may keep the picture for good.
    v: String,
}

#[derive(Template)]
#[template(path = "page_picture.html")]
struct PicturePage {
    shell: Shell,
    pw: &'static PictureWords,
    own: Leaf,
    other: Option<Leaf>,
    nav: Nav,
    /// The place in the bitext.
    aligned: Option<String>,
    /// Whether the picture is shown larger than the window, and the page in the other size.
    large: bool,
    resized: String,
    /// What is said of the hits, where something was searched.
    hits: Option<String>,
}

/// Where one can turn to.
#[derive(Default)]
struct Nav {
    previous: Option<String>,
    next: Option<String>,
    previous_hit: Option<Turn>,
    next_hit: Option<Turn>,
}

struct Turn {
    page: u32,
    href: String,
}

/// What is shown where there is no picture.
#[derive(Template)]
#[template(path = "page_picture_none.html")]
struct NonePage {
    shell: Shell,
    title: Said,
    heading: &'static str,
    help: &'static str,
    links: Vec<(&'static str, String)>,
}

async fn show(
    State(app): State<App>,
    shell: Shell,
    Path((id, page)): Path<(String, String)>,
    Query(params): Query<Params>,
    headers: axum::http::HeaderMap,
) -> Result<Response, Problem> {
    let id = Thing::Document.number(&id)?;
    if let Some(page) = page.strip_suffix(".png") {
        let page = page.parse().map_err(|_| Problem::Missing(Thing::Page))?;
        return drawn::show(&app, &shell, id, page, &params, &headers).await;
    }
    let page = page.parse().map_err(|_| Problem::Missing(Thing::Page))?;
    super::check_length(&params.q)?;
    let asked = params.clone();
    let found = app.run(move |data| leaf::find(data, id, page, &asked)).await?;
    let Some(mut found) = found else { return Err(Problem::Missing(Thing::Document)) };
    if !found.has_pictures || page == 0 || page > found.own.document.page_count {
        return none(shell, &found, &params);
    }
    leaf::measure(&app, &mut found.own).await?;
    if let Some(other) = &mut found.other {
        leaf::measure(&app, other).await?;
    }
    super::page(&picture_page(shell, &found, &params))
}

fn picture_page(shell: Shell, found: &Found, params: &Params) -> PicturePage {
    let pw = PictureWords::of(shell.ui());
    let (document, page) = (&found.own.document, found.own.page);
    let paired = found.other.is_some();
    let pages = u32::try_from(found.hit_pages.len()).unwrap_or(u32::MAX);
    let large = params.w.as_deref() == Some("1600");
    let asked = [
        ("q", params.q.as_str()),
        ("block", params.block.as_deref().unwrap_or_default()),
        ("sentence", params.sentence.as_deref().unwrap_or_default()),
        ("w", if large { "" } else { "1600" }),
    ];
    PicturePage {
        nav: nav(found, &params.q),
        aligned: found.block.filter(|_| paired).map(|block| link::aligned_block(document.id, block)),
        large,
        resized: link::url(&format!("{}/page/{page}", link::document(document.id)), &asked),
        hits: found.searched.then(|| shell.w.hits_on_page(found.hits, pages)),
        own: leaf::view(&shell, &found.own, &params.q, large, paired),
        other: found.other.as_ref().map(|other| leaf::view(&shell, other, &params.q, large, paired)),
        pw,
        shell,
    }
}

fn nav(found: &Found, query: &str) -> Nav {
    let (document, page) = (&found.own.document, found.own.page);
    let href = |page: u32| link::page_picture(document.id, page, None, query);
    let turn = |page: &u32| Turn { page: *page, href: href(*page) };
    Nav {
        previous: (page > 1).then(|| href(page - 1)),
        next: (page < document.page_count).then(|| href(page + 1)),
        previous_hit: found.hit_pages.range(..page).next_back().map(turn),
        next_hit: found.hit_pages.range(page.saturating_add(1)..).next().map(turn),
    }
}

/// A document without pictures, or without the page: what there is instead.
fn none(shell: Shell, found: &Found, params: &Params) -> Result<Response, Problem> {
    let pw = PictureWords::of(shell.ui());
    let document = &found.own.document;
    let page = found.own.page;
    let (heading, help, links) = if found.has_pictures {
        let first = (pw.first_page, link::page_picture(document.id, 1, None, &params.q));
        (pw.no_page, pw.no_page_help, vec![first])
    } else {
        let text = match found.block {
            Some(block) => link::block(document.id, block, &params.q),
            None => link::page(document.id, page),
        };
        (pw.none, pw.none_help, vec![(pw.read_text, text)])
    };
    let title = crate::web::view::title(document);
    let mut response = super::page(&NonePage { shell, title, heading, help, links })?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response.extensions_mut().insert(Dressed);
    Ok(response.into_response())
}
