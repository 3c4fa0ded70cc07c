//! Who asks.

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use corpus::access::Role;

use crate::web::problem::Problem;

/// Who asks, as the layer of access found out; handlers get it as an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct Caller {
    /// What they may do.
    pub(in crate::web) role: Role,
    /// The name of the token, or the one that a reader without a token gave.
    pub(in crate::web) name: String,
    /// The number of the token; none where the server asks for none.
    pub(in crate::web) token: Option<i64>,
    /// Where the request comes from.
    pub(in crate::web) address: IpAddr,
    /// Whether a browser signed in.
    pub(in crate::web) has_session: bool,
    /// What opens the feeds to a reader that cannot send a token, for the caller's own; not to be logged.
    pub(in crate::web) feed_key: Option<FeedKey>,
}

impl Caller {
    /// Whoever asks a server that is for this machine alone: they may do everything, as with the files themselves.
    pub(super) fn of_this_machine(name: String, address: IpAddr) -> Self {
        Self { role: Role::Admin, name, token: None, address, has_session: false, feed_key: None }
    }

    /// Whether they may do what a role may.
    pub(in crate::web) fn may(&self, role: Role) -> bool {
        self.role >= role
    }
}

/// The key of a feed.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::web) struct FeedKey(pub(in crate::web) String);

/// It opens the feeds, so that no log is to have it.
impl std::fmt::Debug for FeedKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("FeedKey(..)")
    }
}

/// A route that is open to everybody has no caller; its handlers must not ask for one.
impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Broken)
    }
}

/// Where a request comes from; there for every request.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Address(pub(in crate::web) IpAddr);

impl<S: Sync> FromRequestParts<S> for Address {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().copied().ok_or(Problem::Broken)
    }
}
