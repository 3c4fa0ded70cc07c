//! Webhooks as the Standard Webhooks specification has them: a signed POST with an id that stays the same.

mod body;
mod guarded;
pub(crate) mod networks;
mod signature;
#[cfg(test)]
mod tests;

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use ureq::http::{HeaderMap, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

pub(super) use self::body::body;
use self::guarded::{Guarded, Refused};
use self::networks::Network;
use super::outcome::{Again, Failure, shortened};

/// The longest that an attempt may take, from looking the name up to the last byte of the answer.
pub(super) const LIMIT: Duration = Duration::from_secs(15);
/// How much of an answer is read, in bytes: a receiver that answers more is not listened to.
const MOST_ANSWER: u64 = 1024;

/// What sends webhooks.
#[derive(Debug)]
pub(super) struct Webhooks {
    agent: Agent,
}

/// One message to one receiver.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'a> {
    /// The receiver's address.
    pub(super) url: &'a str,
    /// The receiver's secret, `whsec_…`.
    pub(super) secret: &'a str,
    /// The delivery's id, the same on every attempt.
    pub(super) id: &'a str,
    /// JSON.
    pub(super) body: &'a str,
}

impl Webhooks {
    /// `allowed` are networks of one's own that may be reached; `limit` is the longest that an attempt may take.
    pub(super) fn new(allowed: Vec<Network>, limit: Duration) -> Self {
        Self::with_resolver(Guarded { allowed, resolver: DefaultResolver::default() }, limit)
    }

    fn with_resolver(resolver: impl Resolver, limit: Duration) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .user_agent(concat!("policyglot/", env!("CARGO_PKG_VERSION")))
            .timeout_global(Some(limit))
            .http_status_as_error(false)
            // A redirect is a receiver's way to have us ask somebody else.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would look names up for us, and not keep us from private networks.
            .proxy(None)
            .max_idle_connections(0)
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), resolver) }
    }

    /// Sends a message. `now` is the time of this attempt, which is signed.
    pub(super) fn send(&self, message: Message<'_>, now: Timestamp) -> Result<(), Failure> {
        let Message { url, secret, id, body } = message;
        let timestamp = now.as_second();
        let signature =
            signature::sign(secret, id, timestamp, body.as_bytes()).map_err(|why| Failure::new(Again::Never, why))?;
        let answer = self
            .agent
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signature)
            .send(body);
        match answer {
            Ok(answer) => judge(answer, now),
            Err(error) => Err(Failure::new(Again::Silent, unanswered(&error))),
        }
    }
}

/// What an answer means.
fn judge(mut answer: ureq::http::Response<Body>, now: Timestamp) -> Result<(), Failure> {
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    if status.is_redirection() {
        let why =
            format!("it answered {}: redirects are not followed; give the address that it leads to", told(status));
        return Err(Failure::new(Again::Later, why));
    }
    let again = match status {
        StatusCode::GONE => Again::Never,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            pause_asked(answer.headers(), now).map_or(Again::Later, Again::After)
        }
        _ => Again::Later,
    };
    let mut said = Vec::new();
    // What cannot be read is not told; the status was.
    let _ = answer.body_mut().as_reader().take(MOST_ANSWER).read_to_end(&mut said);
    let said = shortened(&String::from_utf8_lossy(&said));
    let why = if said.is_empty() {
        format!("it answered {}", told(status))
    } else {
        format!("it answered {}: {said}", told(status))
    };
    Err(Failure::new(again, why))
}

fn told(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

/// The pause that `Retry-After` asks for, in seconds or as a date (RFC 9110, section 10.2.3).
fn pause_asked(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let asked = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::parse(asked).ok()?.timestamp();
    Duration::try_from(until.duration_since(now)).ok()
}

/// Why there was no answer, without the address, which may hold a secret.
fn unanswered(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Other(why) if why.is::<Refused>() => why.to_string(),
        ureq::Error::Timeout(_) => "it did not answer in time".to_owned(),
        ureq::Error::HostNotFound => "its host is not known; check the address".to_owned(),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::RequireHttpsOnly(_) => {
            "its address cannot be used; give one such as https://example.org/hook".to_owned()
        }
        ureq::Error::ConnectionFailed => "it cannot be connected to".to_owned(),
        ureq::Error::Io(error) if error.to_string().contains("lookup") => {
            "its host is not known; check the address".to_owned()
        }
        ureq::Error::Io(error) => format!("it cannot be reached: {error}"),
        ureq::Error::Rustls(error) => format!("its TLS is not accepted: {error}"),
        ureq::Error::Tls(error) => format!("its TLS is not accepted: {error}"),
        ureq::Error::Protocol(_) => "its answer is not HTTP".to_owned(),
        _ => "it could not be asked".to_owned(),
    }
}
