//! Alerts: which new documents met which watch, and where.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::terms::changes::rendering_watch;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::view::{self, Part};
use crate::web::{App, link};

use corpus::watch::Alert;

/// How many alerts are shown.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    shell: Shell,
    alerts: Vec<Line>,
    capped: bool,
}

struct Line {
    title: String,
    lang: &'static str,
    href: String,
    page_href: String,
    page: u32,
    ocr: bool,
    parts: Vec<Part>,
    /// What became of a term's rendering, for a watch on that: the term, the former one, the new one.
    change: Option<[String; 3]>,
    query: String,
    search: String,
    date: String,
}

pub(super) async fn show(State(app): State<App>, shell: Shell) -> Result<Response, Problem> {
    let mut alerts = app.run(|data| data.with_store(|store| Ok(store.alerts(SHOWN + 1)?))).await?;
    let capped = alerts.len() > SHOWN;
    alerts.truncate(SHOWN);
    super::page(&AlertsPage { shell, alerts: alerts.into_iter().map(line).collect(), capped })
}

fn line(alert: Alert) -> Line {
    let rendering = rendering_watch(&alert.query);
    let search = if rendering.is_some() { "/changes".to_owned() } else { link::search(&alert.query) };
    Line {
        change: rendering.and_then(|_| alert.atoms.clone().try_into().ok()),
        lang: view::script(&alert.sentence),
        href: link::document(alert.document),
        page_href: link::page(alert.document, alert.page),
        page: alert.page,
        ocr: alert.ocr,
        parts: view::marked(&alert.sentence, &alert.atoms),
        search,
        date: alert.created.chars().take(10).collect(),
        title: alert.title,
        query: alert.query,
    }
}
