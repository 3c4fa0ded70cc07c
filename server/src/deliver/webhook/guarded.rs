//! Names looked up for webhooks: only addresses that may be reached come out, so that nothing else is connected to.

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::networks::{Network, is_public};

/// Looks names up, and keeps the public addresses and those of networks that are allowed.
#[derive(Debug, Default)]
pub(super) struct Guarded<R = DefaultResolver> {
    /// Networks of one's own that webhooks may reach, also without TLS.
    pub(super) allowed: Vec<Network>,
    /// What looks names up. Nobody else does: what comes out here is what is connected to.
    pub(super) resolver: R,
}

/// Why nothing is connected to.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("its address is of a private network; POLICYGLOT_WEBHOOK_NETWORKS says which of these may be reached")]
    Private,
    #[error("its address has no TLS; give one that begins with https://")]
    Unencrypted,
}

impl<R: Resolver> Resolver for Guarded<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let refused = |why| Err(ureq::Error::Other(Box::new(why)));
        let found = self.resolver.resolve(uri, config, timeout)?;
        let is_encrypted = uri.scheme_str() == Some("https");
        let mut reachable = self.empty();
        let mut is_private = false;
        for address in &found {
            let ip = address.ip();
            if self.allowed.iter().any(|network| network.holds(ip)) || (is_encrypted && is_public(ip)) {
                reachable.push(*address);
            }
            is_private |= !is_public(ip);
        }
        match reachable.is_empty() {
            false => Ok(reachable),
            true if is_private => refused(Refused::Private),
            true => refused(Refused::Unencrypted),
        }
    }
}
