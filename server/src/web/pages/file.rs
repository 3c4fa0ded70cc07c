//! The file itself.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use crate::hidden::is_hidden;
use crate::web::App;
use crate::web::problem::{Problem, Thing};

/// The longest name that is proposed for a file, in bytes of its ASCII form.
const NAME_LIMIT: usize = 120;

/// PDF files are shown by the browser's own viewer, a page with scripts and styles of the browser's own that the policy
/// of our pages might forbid. What is declared to be a PDF is never read as markup, so nothing is lost.
const PDF_POLICY: &str = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(super) async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Thing::Document.number(&id)?;
    let found = app.run(move |data| {
        data.with_store(|store| {
            let Some(document) = store.document(id)? else { return Ok(None) };
            let bytes = store.file(&document.hash)?;
            Ok(Some((document.name, bytes)))
        })
    });
    let Some((name, bytes)) = found.await? else { return Err(Problem::Missing(Thing::Document)) };
    let Some(bytes) = bytes else { return Err(Problem::Missing(Thing::File)) };
    Ok(answer(&name, bytes))
}

/// A PDF is shown; anything else is only handed over, so that no foreign markup is ever shown as this server's own.
fn answer(name: &str, bytes: Vec<u8>) -> Response {
    let is_pdf = bytes.get(..1024.min(bytes.len())).is_some_and(|start| start.windows(5).any(|five| five == b"%PDF-"));
    let (kind, manner) =
        if is_pdf { ("application/pdf", "inline") } else { ("application/octet-stream", "attachment") };
    let disposition = format!("{manner}; {}", file_name(name));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    if is_pdf {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PDF_POLICY));
    }
    response
}

/// The name of a file as Content-Disposition carries it: plain for old programs, and encoded (RFC 6266, RFC 8187).
fn file_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut plain = String::new();
    let mut encoded = String::new();
    for char in name.chars().filter(|char| !is_hidden(*char)) {
        if encoded.len() > NAME_LIMIT * 3 {
            break;
        }
        let safe = char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_');
        if safe {
            plain.push(char);
            encoded.push(char);
            continue;
        }
        plain.push('_');
        for byte in char.encode_utf8(&mut [0; 4]).bytes() {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    let plain = plain.trim_start_matches('.');
    format!("filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}
