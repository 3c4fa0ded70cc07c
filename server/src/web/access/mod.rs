//! Who asks and whether they may: [`admit`] is the layer that every request passes before a handler sees it.
//!
//! A server that only this machine can reach asks for no token: whoever asks may do everything, as they could with the
//! files of the data folder. Any other ([`AccessSettings::why_tokens`]) lets in who brings a token, a session that was
//! opened with one, or, for feeds, a key made of one. A route that a caller may not see is answered as an address that
//! is not there, before anything is looked up; who has no token hears the same of every address.

mod caller;
mod credential;
mod deeds;
mod limits;
mod needs;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use corpus::access::{Role, Token};
use corpus::store::Store;
use tokio::sync::Semaphore;

use self::credential::Credential;
use self::limits::{Limit, block};
use self::needs::Need;
use super::App;
use super::problem::{Problem, Thing};
use super::who::Who;
use crate::Error;
use crate::access::{AccessSettings, feed_key};
use crate::data::Data;

pub(super) use caller::{Address, Caller, FeedKey};
pub(super) use credential::{SESSION_DAYS, feed_address, has_session_cookie, session, set_session, take_feed_key};
pub(super) use deeds::note;
pub(super) use needs::is_safe;

/// How many requests may look in the store at a time for who asks; it takes some microseconds.
const LOOKERS: usize = 8;

/// What the layer knows of the server.
pub(super) struct Access {
    settings: AccessSettings,
    needs_token: bool,
    /// Whether others than this machine can connect.
    is_reached_by_others: bool,
    per_token: Limit<i64>,
    per_address: Limit<IpAddr>,
    sign_ins: Limit<IpAddr>,
    lookers: Semaphore,
    /// What the keys of feeds are made with.
    identity: OnceLock<String>,
    /// Whether it is just being noted that a token was used.
    is_noting: Arc<AtomicBool>,
}

/// Why somebody is not let in.
enum Refusal {
    /// They bring nothing that says who they are.
    Nobody,
    /// What they bring is not, or no longer, good.
    NotGood,
    /// They ask too often; how long to wait.
    TooOften(Duration),
    /// It could not be found out.
    Failed(Problem),
}

impl Access {
    /// For a server that listens at an address.
    pub(super) fn new(settings: AccessSettings, listen: SocketAddr) -> Self {
        Self {
            needs_token: settings.why_tokens(listen).is_some(),
            is_reached_by_others: !listen.ip().to_canonical().is_loopback(),
            per_token: Limit::per_minute(settings.per_token),
            per_address: Limit::per_minute(settings.per_address),
            sign_ins: Limit::per_hour(settings.sign_ins),
            lookers: Semaphore::new(LOOKERS),
            identity: OnceLock::new(),
            is_noting: Arc::default(),
            settings,
        }
    }

    /// Whether every request needs a token.
    pub(super) fn needs_token(&self) -> bool {
        self.needs_token
    }

    /// Where readers reach this server, where its owner says so.
    pub(super) fn public_url(&self) -> Option<&str> {
        self.settings.public_url.as_ref().map(crate::access::PublicUrl::as_str)
    }

    /// Whether a request may name a host: this machine, the public address, and, where others can connect, a bare
    /// address, which no DNS server can make to mean another machine.
    pub(super) fn answers_to(&self, host: &Authority) -> bool {
        use crate::access::{host_address, is_loopback_host};
        !host.as_str().contains('@')
            && (is_loopback_host(host)
                || self.settings.public_url.as_ref().is_some_and(|url| url.is_host(host))
                || (self.is_reached_by_others && host_address(host).is_some()))
    }

    /// Whether an `Origin` header is that of a page of this server, asked for by a host.
    pub(super) fn is_own_origin(&self, origin: &str, host: &Authority) -> bool {
        match self.settings.public_url.as_ref().filter(|url| url.is_host(host)) {
            Some(url) => url.is_origin(origin),
            None => origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host.as_str())),
        }
    }

    /// Whether a browser reaches this server by TLS under the name that it asked for.
    pub(super) fn is_https(&self, headers: &HeaderMap) -> bool {
        let host = super::safety::host(headers);
        let url = self.settings.public_url.as_ref().filter(|url| url.is_https());
        host.is_some_and(|host| url.is_some_and(|url| url.is_host(&host)))
    }

    /// Counts an attempt to sign in; fails when there have been too many.
    pub(super) fn check_sign_in(&self, address: IpAddr) -> Result<(), Problem> {
        self.sign_ins.check(block(address)).map_err(too_often)
    }

    /// Where a request comes from: the other end of the connection, or, where that is one of the proxies of the
    /// settings, the last address before them. A request without a connection is a test's.
    fn address(&self, request: &Request) -> IpAddr {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let mut address = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip().to_canonical());
        let forwarded = request.headers().get_all("x-forwarded-for").iter().rev();
        let forwarded = forwarded.filter_map(|list| list.to_str().ok()).flat_map(|list| list.rsplit(','));
        for before in forwarded {
            let is_proxy = self.settings.proxies.iter().any(|proxy| proxy.holds(address));
            match before.trim().parse::<IpAddr>() {
                Ok(before) if is_proxy => address = before.to_canonical(),
                _ => break,
            }
        }
        address
    }

    /// Finds out who asks, by what they bring; `anybody` is who asks a server for this machine alone.
    async fn identify(
        &self,
        data: &Arc<Data>,
        brought: Option<Credential>,
        anybody: Caller,
    ) -> Result<Caller, Refusal> {
        let address = anybody.address;
        let (token, has_session) = match brought {
            None if self.needs_token => return Err(Refusal::Nobody),
            None => return Ok(anybody),
            Some(Credential::Unusable) => (None, false),
            Some(Credential::Token(hash)) => {
                (self.look(data, move |store| Ok(store.live_token(&hash, &crate::now())?)).await?, false)
            }
            Some(Credential::Session(hash)) => {
                let found = self.look(data, move |store| Ok(store.session_token(&hash, &crate::now())?)).await?;
                match found {
                    // A cookie is sent long after its session ended: that is no attempt at anything.
                    None if self.needs_token => return Err(Refusal::Nobody),
                    None => return Ok(anybody),
                    found => (found, true),
                }
            }
            Some(Credential::FeedKey(key)) => (self.look(data, move |store| of_feed_key(store, &key)).await?, false),
        };
        let Some(token) = token else {
            return Err(self.sign_ins.check(block(address)).map_or_else(Refusal::TooOften, |()| Refusal::NotGood));
        };
        self.per_token.check(token.id).map_err(Refusal::TooOften)?;
        self.note_use(data, &token);
        let identity = self.identity(data).await?;
        Ok(Caller {
            role: token.role,
            feed_key: Some(FeedKey(feed_key::of(&identity, token.id))),
            name: token.name,
            token: Some(token.id),
            address,
            has_session,
        })
    }

    /// Looks in the store; not in the queue of the requests' own work, which may be long.
    async fn look<T: Send + 'static>(
        &self,
        data: &Arc<Data>,
        work: impl FnOnce(&mut Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Refusal> {
        let _permit = self.lookers.acquire().await.map_err(|_| Refusal::Failed(Problem::Slow))?;
        let data = data.clone();
        let found = tokio::task::spawn_blocking(move || data.with_store(work)).await;
        let found = found.map_err(|_| Refusal::Failed(Problem::Broken))?;
        found.map_err(|error| Refusal::Failed(Problem::from(error)))
    }

    async fn identity(&self, data: &Arc<Data>) -> Result<String, Refusal> {
        if let Some(identity) = self.identity.get() {
            return Ok(identity.clone());
        }
        let identity = self.look(data, |store| Ok(store.identity()?)).await?;
        Ok(self.identity.get_or_init(|| identity).clone())
    }

    /// Notes when a token was last used, to a minute, beside the request: a store that is being written makes none wait.
    fn note_use(&self, data: &Arc<Data>, token: &Token) {
        let now = crate::now();
        let minute = |time: &str| time.get(..16).map(str::to_owned);
        let is_noted = token.last_used.as_deref().and_then(minute) == minute(&now);
        if is_noted || self.is_noting.swap(true, Ordering::Relaxed) {
            return;
        }
        let (data, id, is_noting) = (data.clone(), token.id, self.is_noting.clone());
        let noted = tokio::task::spawn_blocking(move || data.with_store(|store| Ok(store.token_used(id, &now)?)));
        tokio::spawn(async move {
            if let Ok(Err(error)) = noted.await {
                tracing::warn!(%error, "the use of a token was not noted");
            }
            is_noting.store(false, Ordering::Relaxed);
        });
    }
}

/// The token that a feed's key is made of, as one that is good for reading only.
fn of_feed_key(store: &mut Store, FeedKey(key): &FeedKey) -> Result<Option<Token>, Error> {
    let Some(id) = feed_key::token(&store.identity()?, key) else { return Ok(None) };
    let token = store.token(id)?.filter(|token| token.is_live(&crate::now()));
    Ok(token.map(|token| Token { role: Role::Read, ..token }))
}

impl App {
    /// Ends a token. The last good one of an administrator stays where every request needs one: nobody could give
    /// another but on the command line.
    pub(super) async fn revoke(&self, id: i64) -> Result<(), Problem> {
        let needs_token = self.access.needs_token;
        let work = move |data: &Data| {
            let now = crate::now();
            let is_other = |token: &Token| token.id != id && token.role == Role::Admin && token.is_live(&now);
            let is_left =
                !needs_token || data.with_store(|store| Ok(store.tokens(usize::MAX)?.iter().any(is_other)))?;
            if is_left { crate::access::revoke(data, id).map(Some) } else { Ok(None) }
        };
        match self.run(work).await? {
            Some(true) => Ok(()),
            Some(false) => Err(Problem::Missing(Thing::Page)),
            None => Err(Problem::Conflict(
                "this is the last token of an administrator; make another first, or run `policyglot token revoke`"
                    .to_owned(),
            )),
        }
    }
}

/// Lets a request through to its handler with its [`Caller`], or answers in the handler's place.
pub(super) async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let access = app.access.clone();
    let address = access.address(&request);
    request.extensions_mut().insert(Address(address));
    if access.needs_token
        && let Err(wait) = access.per_address.check(block(address))
    {
        return too_often(wait).into_response();
    }
    let route = route(&request);
    let Need::Role { see, ask } = needs::of(request.method(), route.as_deref()) else {
        return deeds::run_for_anybody(&app, request, next, route.as_deref()).await;
    };
    let brought = credential::of(&request, access.is_https(request.headers()));
    let anybody = Caller::of_this_machine(Who::remembered(request.headers()).0, address);
    let caller = match access.identify(&app.data, brought, anybody).await {
        Ok(caller) => caller,
        Err(refusal) => return refuse(refusal, &request),
    };
    if !caller.may(see) {
        return Problem::Missing(Thing::Page).into_response();
    }
    deeds::run(&app, request, next, route.as_deref(), caller, ask).await
}

/// The route of a request as the router has it; none where there is no such address.
pub(super) fn route(request: &Request) -> Option<String> {
    let route = request.extensions().get::<MatchedPath>()?.as_str();
    (!route.contains("__private")).then(|| route.to_owned())
}

/// A program is told to bring a token; a browser is shown where to sign in, and comes back to where it was.
fn refuse(refusal: Refusal, request: &Request) -> Response {
    let path = request.uri().path();
    let is_program = path == "/api" || path.starts_with("/api/") || needs::is_feed(path);
    match refusal {
        Refusal::TooOften(wait) => too_often(wait).into_response(),
        Refusal::Failed(problem) => problem.into_response(),
        Refusal::Nobody if !is_program => super::pages::ask_to_sign_in(request),
        Refusal::NotGood if !is_program && !request.headers().contains_key("authorization") => {
            super::pages::ask_to_sign_in(request)
        }
        Refusal::Nobody => Problem::Unauthorized { not_good: false }.into_response(),
        Refusal::NotGood => Problem::Unauthorized { not_good: true }.into_response(),
    }
}

/// Leaves out the methods of a route where the answer is that there is none, or that nobody knows who asks.
pub(super) async fn hide_methods(mut response: Response) -> Response {
    if matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED) {
        response.headers_mut().remove(header::ALLOW);
    }
    response
}

fn too_often(wait: Duration) -> Problem {
    Problem::TooOften(wait.as_secs().saturating_add(1))
}
