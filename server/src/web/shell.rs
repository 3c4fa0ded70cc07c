//! What frames every page: the language of the interface, the sections, the search box at the top.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use corpus::access::Role;

use super::access::{Caller, feed_address};
use super::words::{Ui, Words};
use super::{App, assets, link, openapi, unseen};

const COOKIE: &str = "ui";

/// The sections that the top of each page leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Home,
    Search,
    Documents,
    Terms,
    Watches,
    Alerts,
    None,
}

/// The frame of a page.
#[derive(Clone, Debug)]
pub(super) struct Shell {
    /// The words of the interface.
    pub(super) w: &'static Words,
    ui: Ui,
    section: Section,
    path: String,
    query: Vec<(String, String)>,
    /// How many alerts nobody has seen, as it is shown.
    unseen: Option<String>,
    /// Who asks, where that matters to the page.
    caller: Option<Caller>,
}

impl Shell {
    /// The frame for an address in a language of the interface.
    pub(super) fn new(ui: Ui, uri: &Uri) -> Self {
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned();
        Self {
            w: ui.words(),
            ui,
            section: section(uri.path()),
            path: local_path(uri.path()),
            query: query.filter(|(name, _)| name != COOKIE).collect(),
            unseen: None,
            caller: None,
        }
    }

    /// This page in the other language of the interface.
    pub(super) fn switch(&self) -> String {
        let query = self.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let query: Vec<_> = query.chain([(COOKIE, self.ui.other().code())]).collect();
        link::url(&self.path, &query)
    }

    /// The language tag of the other language of the interface.
    pub(super) fn switch_lang(&self) -> &'static str {
        self.ui.other().words().lang
    }

    /// What the search box at the top holds.
    pub(super) fn searched(&self) -> &str {
        let shown = matches!(self.section, Section::Search) || self.path.starts_with("/document/");
        let query = self.query.iter().find(|(name, _)| shown && name == "q");
        query.map_or("", |(_, value)| value.as_str())
    }

    /// Whether the page is the first one, which has the search box in its middle.
    pub(super) fn is_home(&self) -> bool {
        self.section == Section::Home
    }

    /// The sections: address, name, whether the page belongs to it.
    pub(super) fn sections(&self) -> [(&'static str, &'static str, bool); 4] {
        [
            ("/documents", self.w.documents, self.section == Section::Documents),
            ("/terms", self.w.terms, self.section == Section::Terms),
            ("/watches", self.w.watches, self.section == Section::Watches),
            ("/alerts", self.w.alerts, self.section == Section::Alerts),
        ]
    }

    /// How many alerts nobody has seen, where there are any: the section that it stands beside is that of alerts.
    pub(super) fn unseen(&self, href: &str) -> Option<&str> {
        self.unseen.as_deref().filter(|_| href == "/alerts")
    }

    /// The pages of the termbase: address, name, whether this is one of them.
    pub(super) fn term_pages(&self) -> [(&'static str, &'static str, bool); 7] {
        let w = self.w;
        let pages = [
            ("/terms", w.nav_look_up),
            ("/concordance", w.nav_concordance),
            ("/mark", w.nav_mark),
            ("/check", w.nav_check),
            ("/review", w.nav_review),
            ("/changes", w.nav_changes),
            ("/exchange", w.nav_exchange),
        ];
        pages.map(|(href, name)| (href, name, self.path == href))
    }

    /// Whether who asks may do what a role may; where nobody is known, not.
    pub(super) fn caller_may(&self, role: Role) -> bool {
        self.caller.as_ref().is_some_and(|caller| caller.may(role))
    }

    /// Whether who asks may change what is shown.
    pub(super) fn may_edit(&self) -> bool {
        self.caller_may(Role::Edit)
    }

    /// Whether who asks may give tokens and see the audit log.
    pub(super) fn may_administer(&self) -> bool {
        self.caller_may(Role::Admin)
    }

    /// The name that a browser is signed in with, so that it can sign out.
    pub(super) fn signed_in(&self) -> Option<&str> {
        self.caller.as_ref().filter(|caller| caller.has_session).map(|caller| caller.name.as_str())
    }

    /// The address of a feed as a reader of feeds needs it: with the caller's key, where it takes one.
    pub(super) fn feed(&self, path: &str) -> String {
        feed_address(path, self.caller.as_ref().and_then(|caller| caller.feed_key.as_ref()))
    }

    /// The language of the interface.
    pub(super) fn ui(&self) -> Ui {
        self.ui
    }

    /// The address of the same as JSON, for programs.
    pub(super) fn json(&self) -> Option<String> {
        let path = match self.section {
            _ if self.path == "/documents/add" => "/api/v1/jobs".to_owned(),
            _ if self.path == "/documents/pair" => return None,
            Section::Search | Section::Watches | Section::Alerts => format!("/api/v1{}", self.path),
            Section::Documents | Section::Terms => {
                let path = self.path.replacen("/document/", "/documents/", 1).replacen("/concept/", "/concepts/", 1);
                let path = path.replacen("/bitext/", "/bitexts/", 1).replacen("/bead", "", 1);
                let path = path.replacen("/page/", "/pages/", 1);
                format!("/api/v1{path}")
            }
            Section::Home | Section::None => return None,
        };
        openapi::address(&path, &self.query)
    }

    /// The address of the style sheet; it changes with its contents, so that it can be cached for good.
    pub(super) fn style(&self) -> &'static str {
        assets::style_address()
    }
}

impl FromRequestParts<App> for Shell {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let ui = parts.extensions.get::<Ui>().copied().unwrap_or(Ui::En);
        let caller = parts.extensions.get::<Caller>().cloned();
        // Who is nobody is not told how much there is.
        let unseen = if caller.is_some() { app.unseen().await.and_then(unseen::shown) } else { None };
        Ok(Self { unseen, caller, ..Self::new(ui, &parts.uri) })
    }
}

/// Settles the language of the interface: as the address asks (and from then on), as a cookie says, as the browser
/// prefers.
pub(super) async fn settle_language(mut request: Request, next: Next) -> Response {
    let asked = asked(request.uri());
    let ui = asked.or_else(|| remembered(request.headers())).unwrap_or_else(|| preferred(request.headers()));
    request.extensions_mut().insert(ui);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    if let Some(ui) = asked {
        let cookie = match ui {
            Ui::En => "ui=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
            Ui::Zh => "ui=zh; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
        };
        headers.append(header::SET_COOKIE, HeaderValue::from_static(cookie));
    }
    response
}

fn asked(uri: &Uri) -> Option<Ui> {
    let mut query = form_urlencoded::parse(uri.query()?.as_bytes());
    query.find(|(name, _)| name == COOKIE).and_then(|(_, value)| Ui::from_code(&value))
}

fn remembered(headers: &HeaderMap) -> Option<Ui> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).and_then(|(_, value)| Ui::from_code(value))
}

/// The first of the two that the browser prefers most (RFC 9110, 12.5.4); English where it names neither.
fn preferred(headers: &HeaderMap) -> Ui {
    let mut best = (Ui::En, 0.0);
    let values = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    for range in values.flat_map(|value| value.split(',')) {
        let mut parameters = range.split(';').map(str::trim);
        let tag = parameters.next().unwrap_or_default();
        let quality = parameters.find_map(|parameter| parameter.strip_prefix("q="));
        let quality = quality.map_or(1.0, |quality| quality.parse::<f32>().unwrap_or(0.0));
        let ui = Ui::from_code(&tag.split('-').next().unwrap_or_default().to_ascii_lowercase());
        if let (Some(ui), true) = (ui, quality > best.1) {
            best = (ui, quality);
        }
    }
    best.0
}

fn section(path: &str) -> Section {
    match path.split('/').nth(1).unwrap_or_default() {
        "" => Section::Home,
        "search" | "similar" => Section::Search,
        "documents" | "document" | "bitexts" | "bitext" | "jobs" | "targets" | "status" => Section::Documents,
        "terms" | "concept" | "edits" | "review" | "mark" | "check" | "concordance" | "changes" | "exchange" => {
            Section::Terms
        }
        "watches" => Section::Watches,
        "alerts" | "deliveries" => Section::Alerts,
        _ => Section::None,
    }
}

/// A path that stays on this server: `//elsewhere` would be another host's address.
fn local_path(path: &str) -> String {
    if link::is_local(path) { path.to_owned() } else { "/".to_owned() }
}
