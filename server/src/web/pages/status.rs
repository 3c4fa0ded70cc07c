//! How much there is, what waits, and what is missing, for whoever looks after the corpus. Nothing here tells where on
//! the machine anything is.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::jobs::bytes_said;
use crate::ocr::Missing;
use crate::web::App;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::status::Status;
use crate::web::words::CorpusWords;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/status", get(show))
}

#[derive(Template)]
#[template(path = "status.html")]
struct StatusPage {
    shell: Shell,
    c: &'static CorpusWords,
    sections: Vec<Section>,
    engine: Result<&'static str, &'static str>,
    /// What waits for an OCR engine.
    waiting: Option<String>,
    version: &'static str,
}

/// Some figures that belong together.
struct Section {
    title: &'static str,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    value: String,
    href: Option<&'static str>,
    warns: bool,
}

fn row(name: &str, value: impl Into<String>, href: Option<&'static str>) -> Row {
    Row { name: name.to_owned(), value: value.into(), href, warns: false }
}

async fn show(State(app): State<App>, shell: Shell) -> Result<Response, Problem> {
    let (jobs, asked) = (app.jobs.counts(), app.ocr.clone());
    let low = app.jobs.limits().free_bytes;
    let status = app.run(move |data| Status::of(data, asked.as_ref())).await?;
    let (w, c) = (shell.w, CorpusWords::of(shell.ui()));
    let figures = &status.figures;
    let mut documents = vec![row(w.documents, w.number(figures.documents), Some("/documents"))];
    for (state, count) in &figures.states {
        let href = match state.name() {
            "text" => "/documents?state=text",
            "ocr" => "/documents?state=ocr",
            "needs_ocr" => "/documents?state=needs_ocr",
            _ => "/documents?state=unreadable",
        };
        documents.push(row(c.state(*state), w.number(*count), Some(href)));
    }
    documents.push(row(w.pages, w.number(figures.pages), None));
    let latest = figures.latest.as_deref().and_then(|time| time.get(..10)).unwrap_or("–");
    documents.push(row(c.latest, latest, Some("/documents?sort=added")));
    let mut languages = Vec::new();
    for counts in &figures.languages {
        let said = c.documents_and_sentences(&w.number(counts.documents), &w.number(counts.sentences));
        languages.push(row(w.language(counts.language), said, None));
    }
    let derived = vec![
        row(c.bitexts, w.number(figures.bitexts), Some("/bitexts")),
        row(c.concepts, w.number(figures.concepts), Some("/terms")),
        row(c.targets, w.number(figures.targets), Some("/targets")),
    ];
    let mut told = vec![
        row(w.watches, w.number(figures.watches), Some("/watches")),
        row(c.paused, w.number(figures.paused), None),
        row(w.alerts, w.number(figures.alerts), Some("/alerts")),
        row(c.deliveries_waiting, w.number(figures.waiting_deliveries), Some("/deliveries")),
        row(c.deliveries_dead, w.number(figures.dead_deliveries), Some("/deliveries?state=dead")),
    ];
    if let Some(dead) = told.last_mut() {
        dead.warns = figures.dead_deliveries > 0;
    }
    let mut jobs: Vec<Row> =
        jobs.into_iter().map(|(state, count)| row(c.job_state(state), w.number(count), None)).collect();
    if jobs.is_empty() {
        jobs.push(row(c.uploads, "0", Some("/documents/add")));
    }
    let mut disk = vec![
        row(c.database, bytes_said(figures.bytes), None),
        row(c.index, bytes_said(status.index_bytes), None),
        row(c.files, bytes_said(status.files_bytes), None),
    ];
    if let Some(free) = status.free_bytes {
        disk.push(Row { warns: free < low, ..row(c.free, bytes_said(free), None) });
    }
    let sections = vec![
        Section { title: w.documents, rows: documents },
        Section { title: w.language, rows: languages },
        Section { title: c.derived, rows: derived },
        Section { title: c.watching, rows: told },
        Section { title: c.uploads, rows: jobs },
        Section { title: c.disk, rows: disk },
    ];
    super::page(&StatusPage {
        c,
        sections: sections.into_iter().filter(|section| !section.rows.is_empty()).collect(),
        engine: status.engine.map_err(|missing| engine_help(c, &missing)),
        waiting: w.waiting(status.waiting),
        version: env!("CARGO_PKG_VERSION"),
        shell,
    })
}

/// What to do where there is no engine. What the program itself says of it names folders.
fn engine_help(c: &'static CorpusWords, missing: &Missing) -> &'static str {
    match missing {
        Missing::NotBuilt => c.ocr_not_built,
        Missing::Chinese => c.ocr_chinese,
        Missing::Any(_) | Missing::Tesseract | Missing::Models(_) => c.ocr_install,
    }
}
