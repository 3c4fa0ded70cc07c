//! The style sheet, the script of review and the icon, in the program itself.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use super::App;
use super::bitext::GROUPS;

/// The style of every page, then that of the termbase's pages, a file each.
const OWN_STYLE: [&str; 17] = [
    include_str!("../../templates/style.css"),
    include_str!("../../templates/search.css"),
    include_str!("../../templates/reading.css"),
    include_str!("../../templates/concept.css"),
    include_str!("../../templates/review.css"),
    include_str!("../../templates/marking.css"),
    include_str!("../../templates/exchange.css"),
    include_str!("../../templates/concordance.css"),
    include_str!("../../templates/changes.css"),
    include_str!("../../templates/picture.css"),
    include_str!("../../templates/search_meant.css"),
    include_str!("../../templates/widening.css"),
    include_str!("../../templates/corpus.css"),
    include_str!("../../templates/watches.css"),
    include_str!("../../templates/alerts.css"),
    include_str!("../../templates/access.css"),
    include_str!("../../templates/api.css"),
];
/// Single keys for the pages of review, which work without it.
const SCRIPT: &str = include_str!("../../templates/keys.js");
/// Tells of alerts that come while their page is open; the page does without it.
const ALERTS_SCRIPT: &str = include_str!("../../templates/alerts.js");
/// Uploads with progress, and jobs that tell how far they are; both work without it.
const JOBS_SCRIPT: &str = include_str!("../../templates/jobs.js");
const ICON: &str = include_str!("../../templates/favicon.svg");

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/style.css", get(style))
        .route("/keys.js", get(script))
        .route("/alerts.js", get(alerts_script))
        .route("/jobs.js", get(jobs_script))
        .route("/favicon.svg", get(icon))
        .route("/favicon.ico", get(icon))
}

/// The style sheet, with what makes the words of a bead light up together: as there is no script, each group has a
/// rule of its own. A browser that does not know `:has` leaves these rules out and shows the text as it is.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    let lit = (0..GROUPS).map(|group| format!(".bead:has(.l{group}:is(:hover, :focus)) .l{group}"));
    format!("{}\n{} {{ background: var(--linked); }}\n", OWN_STYLE.concat(), lit.collect::<Vec<_>>().join(",\n"))
});

/// The address of the style sheet, with a mark of its contents.
pub(super) fn style_address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| format!("/style.css?v={:016x}", fingerprint(STYLE.as_bytes())));
    &ADDRESS
}

async fn style() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, STYLE.as_str())
}

/// The address of the script, with a mark of its contents.
pub(super) fn script_address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| format!("/keys.js?v={:016x}", fingerprint(SCRIPT.as_bytes())));
    &ADDRESS
}

/// The address of the script of the page of alerts, with a mark of its contents.
pub(super) fn alerts_script_address() -> &'static str {
    static ADDRESS: LazyLock<String> =
        LazyLock::new(|| format!("/alerts.js?v={:016x}", fingerprint(ALERTS_SCRIPT.as_bytes())));
    &ADDRESS
}

/// The address of the script of uploads and jobs, with a mark of its contents.
pub(super) fn jobs_script_address() -> &'static str {
    static ADDRESS: LazyLock<String> =
        LazyLock::new(|| format!("/jobs.js?v={:016x}", fingerprint(JOBS_SCRIPT.as_bytes())));
    &ADDRESS
}

async fn jobs_script() -> impl IntoResponse {
    (SCRIPT_HEADERS, JOBS_SCRIPT)
}

async fn script() -> impl IntoResponse {
    (SCRIPT_HEADERS, SCRIPT)
}

async fn alerts_script() -> impl IntoResponse {
    (SCRIPT_HEADERS, ALERTS_SCRIPT)
}

const SCRIPT_HEADERS: [(header::HeaderName, &str); 2] = [
    (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
    (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
];

async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")], ICON)
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): enough to tell one release's style sheet from the next.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
