//! What each kind of problem means: where the `type` of a problem leads.

use askama::Template;
use axum::response::{Html, IntoResponse as _, Response};

use crate::web::problem::{Kind, Problem};
use crate::web::shell::Shell;
use crate::web::words::ApiWords;

#[derive(Template)]
#[template(path = "api_problems.html")]
struct ProblemsHtml {
    shell: Shell,
    a: &'static ApiWords,
    kinds: Vec<KindView>,
}

struct KindView {
    name: &'static str,
    status: u16,
    title: &'static str,
    meaning: &'static str,
    example: &'static str,
}

pub(super) async fn show(shell: Shell) -> Result<Response, Problem> {
    let a = ApiWords::of(shell.ui());
    let kinds = Kind::ALL.map(|kind| KindView {
        name: kind.name(),
        status: kind.status(),
        title: kind.title(),
        meaning: a.meaning(kind),
        example: kind.example(),
    });
    match (ProblemsHtml { a, kinds: kinds.into(), shell }).render() {
        Ok(html) => Ok(Html(html).into_response()),
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            Err(Problem::Broken)
        }
    }
}
