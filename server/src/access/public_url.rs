//! Where readers reach this server.

use std::net::IpAddr;

use axum::http::uri::Authority;

use crate::Error;
use crate::config::Config;

/// The address that readers reach this server by, such as `https://terms.example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    url: String,
    is_https: bool,
    authority: Authority,
}

impl PublicUrl {
    /// The variable that gives it.
    pub(crate) const VARIABLE: &str = "POLICYGLOT_PUBLIC_URL";

    /// Reads an address.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self, Error> {
        let url = text.trim().trim_end_matches('/');
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let usable = |rest: &&str| !rest.is_empty() && !rest.contains(['?', '#', ' ', '"', '<', '>', '@', '\\']);
        let authority = rest.filter(usable).and_then(|rest| rest.split('/').next()?.parse::<Authority>().ok());
        let Some(authority) = authority else {
            let message = format!("{} is no address; write https://policyglot.example.org", Self::VARIABLE);
            return Err(Error::Input(message));
        };
        Ok(Self { url: url.to_owned(), is_https: url.starts_with("https://"), authority })
    }

    /// The one that is configured.
    ///
    /// # Errors
    /// When it is none.
    pub(crate) fn of(config: &Config) -> Result<Option<Self>, Error> {
        config.get(Self::VARIABLE)?.map(|url| Self::read(&url)).transpose()
    }

    /// As it was given, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// Whether readers reach it by TLS, which a server in front of this one ends.
    pub(crate) fn is_https(&self) -> bool {
        self.is_https
    }

    /// Whether a request's Host is that of the address. The port is not compared: a name is what can be forged.
    pub(crate) fn is_host(&self, host: &Authority) -> bool {
        self.authority.host().eq_ignore_ascii_case(host.host())
    }

    /// Whether an `Origin` header is that of the address (RFC 6454).
    pub(crate) fn is_origin(&self, origin: &str) -> bool {
        let scheme = if self.is_https { "https" } else { "http" };
        origin.eq_ignore_ascii_case(&format!("{scheme}://{}", self.authority))
    }

    /// Whether only this machine is reached by it.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.authority)
    }
}

/// Whether a host is this machine by a name that no DNS server gives.
pub(crate) fn is_loopback(authority: &Authority) -> bool {
    match address(authority) {
        Some(address) => address.is_loopback(),
        None => {
            let host = authority.host().to_ascii_lowercase();
            host == "localhost" || host.ends_with(".localhost")
        }
    }
}

/// The address that a host is, where it is one and no name.
pub(crate) fn address(authority: &Authority) -> Option<IpAddr> {
    let host = authority.host();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, origin: &str, is_own: bool) {
        assert_eq!(PublicUrl::read(url).unwrap().is_origin(origin), is_own, "{url} {origin}");
    }

    #[test]
    fn origins_are_compared_with_scheme_and_port() {
        check("https://terms.example.org/", "https://terms.example.org", true);
        check("https://terms.example.org/", "http://terms.example.org", false);
        check("https://terms.example.org", "https://terms.example.org:8443", false);
        check("https://terms.example.org:8443", "https://terms.example.org:8443", true);
        check("https://terms.example.org", "https://terms.example.org.evil.example", false);
        check("http://10.1.2.3:8080", "http://10.1.2.3:8080", true);
        check("https://terms.example.org", "null", false);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for url in ["terms.example.org", "ftp://example.org", "https://", "https://a@example.org", "https://a b", ""] {
            assert!(PublicUrl::read(url).is_err(), "{url}");
        }
        assert_eq!(PublicUrl::read("https://example.org/").unwrap().as_str(), "https://example.org");
        assert!(PublicUrl::read("http://localhost:8080").unwrap().is_loopback());
        assert!(!PublicUrl::read("https://example.org").unwrap().is_loopback());
    }
}
