//! The style sheet and the icon, in the program itself.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use super::App;
use super::bitext::GROUPS;

const OWN_STYLE: &str = include_str!("../../templates/style.css");
const ICON: &str = include_str!("../../templates/favicon.svg");

pub(super) fn routes() -> Router<App> {
    Router::new().route("/style.css", get(style)).route("/favicon.svg", get(icon)).route("/favicon.ico", get(icon))
}

/// The style sheet, with what makes the words of a bead light up together: as there is no script, each group has a
/// rule of its own. A browser that does not know `:has` leaves these rules out and shows the text as it is.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    let lit = (0..GROUPS).map(|group| format!(".bead:has(.l{group}:is(:hover, :focus)) .l{group}"));
    format!("{OWN_STYLE}\n{} {{ background: var(--linked); }}\n", lit.collect::<Vec<_>>().join(",\n"))
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

async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")], ICON)
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): enough to tell one release's style sheet from the next.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
