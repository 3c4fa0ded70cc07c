//! The picture itself.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use corpus::document::Document;

use super::Params;
use crate::pictures::{Pictures, has_pictures, width};
use crate::web::App;
use crate::web::problem::{Dressed, Problem, Thing};
use crate::web::shell::Shell;
use crate::web::words::PictureWords;

/// A picture whose address tells its contents never changes.
const FOR_GOOD: &str = "private, max-age=31536000, immutable";

pub(super) async fn show(
    app: &App,
    shell: &Shell,
    id: i64,
    page: u32,
    params: &Params,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let found = app.run(move |data| {
        data.with_store(|store| {
            let Some(document) = store.document(id)? else { return Ok(None) };
            let drawable = has_pictures(store, &document.hash) && (1..=document.page_count).contains(&page);
            let file = store.file_path(&document.hash);
            Ok(Some((document, file, drawable)))
        })
    });
    let Some((document, file, drawable)) = found.await? else { return Err(Problem::Missing(Thing::Document)) };
    if !drawable {
        return Err(Problem::Missing(Thing::Picture));
    }
    let width = width(params.w.as_deref().and_then(|width| width.parse().ok()));
    let caching = Caching::of(&document, page, width, &params.v);
    if caching.is_known(headers) {
        return Ok(caching.dress(StatusCode::NOT_MODIFIED.into_response()));
    }
    let hash = document.hash.clone();
    if let Some(png) = app.run(move |data| Ok(data.pictures.kept(&hash, page, width))).await? {
        return Ok(caching.dress(answer(png)));
    }
    let turn = app.data.pictures.turn().await;
    let drawn = app.run(move |data| {
        let _turn = turn;
        data.pictures.draw(&document, &file, page, width)
    });
    match drawn.await? {
        Ok(png) => Ok(caching.dress(answer(png))),
        Err(failure) => Ok(placeholder(shell, &failure.message)),
    }
}

fn answer(png: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "image/png")], png).into_response()
}

/// What a browser is told of keeping a picture.
struct Caching {
    tag: String,
    for_good: bool,
}

impl Caching {
    fn of(document: &Document, page: u32, width: u32, asked: &str) -> Self {
        let mark = Pictures::mark(&document.hash);
        Self { tag: format!("\"{mark}-{page}-{width}\""), for_good: asked == mark }
    }

    /// Whether the browser has this picture (RFC 9110, 13.1.2).
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let mut tags = values.flat_map(|value| value.split(',')).map(|tag| tag.trim().trim_start_matches("W/"));
        tags.any(|tag| tag == self.tag || tag == "*")
    }

    fn dress(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::from_str(&self.tag) {
            headers.insert(header::ETAG, tag);
        }
        if self.for_good {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_GOOD));
        }
        response
    }
}

/// What stands in the place of a picture that cannot be drawn: why, and what to do.
fn placeholder(shell: &Shell, reason: &str) -> Response {
    let w = PictureWords::of(shell.ui());
    let lines = wrapped(&format!("{}{}{reason}", w.reason, shell.w.colon));
    let lines = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("<text x=\"400\" y=\"{}\" font-size=\"18\">{}</text>", 300 + 28 * at, escaped(line)));
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 1100\" width=\"800\" height=\"1100\">\
         <rect width=\"800\" height=\"1100\" fill=\"#f6f3ec\"/>\
         <g font-family=\"system-ui, sans-serif\" fill=\"#3a3f45\" text-anchor=\"middle\">\
         <text x=\"400\" y=\"200\" font-size=\"30\">{}</text><text x=\"400\" y=\"245\" font-size=\"20\">{}</text>{}</g></svg>",
        w.cannot_draw,
        w.cannot_draw_help,
        lines.collect::<String>()
    );
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (StatusCode::UNPROCESSABLE_ENTITY, headers, svg).into_response();
    response.extensions_mut().insert(Dressed);
    response
}

/// Lines that fit into the placeholder, a few of them.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < 70 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.chars().take(80).collect()),
        }
    }
    lines.truncate(6);
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
