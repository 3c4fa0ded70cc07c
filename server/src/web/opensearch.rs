//! The description by which a browser adds this server as a search engine (OpenSearch 1.1, draft 6).

use axum::Router;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::App;
use super::problem::{Problem, Thing};

/// The longest host and port that is written into the description.
const LONGEST_HOST: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/opensearch.xml", get(description))
}

/// Addresses in it are whole, as the browser knows this server: they are made of the Host header, which the guard has let
/// through, so it is a name of this machine.
async fn description(headers: HeaderMap) -> Result<Response, Problem> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b':' | b'-' | b'[' | b']');
    if host.is_empty() || host.len() > LONGEST_HOST || !host.bytes().all(is_plain) {
        return Err(Problem::Missing(Thing::Page));
    }
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>Policyglot</ShortName>\n\
         <Description>Chinese and English standards and policy documents</Description>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <Language>zh</Language>\n\
         <Language>en</Language>\n\
         <Image type=\"image/svg+xml\">http://{host}/favicon.svg</Image>\n\
         <Url type=\"text/html\" method=\"get\" template=\"http://{host}/search?q={{searchTerms}}\"/>\n\
         <Url type=\"application/x-suggestions+json\" method=\"get\" \
         template=\"http://{host}/api/v1/search/suggest?form=opensearch&amp;q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"http://{host}/opensearch.xml\"/>\n\
         </OpenSearchDescription>\n"
    );
    Ok(([(header::CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8")], body).into_response())
}
