//! Where alerts are sent.

use std::fmt;

/// A channel of a watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// The row's number in the store; never given twice.
    pub id: i64,
    /// Where it leads.
    pub kind: ChannelKind,
}

/// Where a channel leads.
#[derive(Clone, PartialEq, Eq)]
pub enum ChannelKind {
    /// A POST as the Standard Webhooks specification has it.
    Webhook {
        /// The address, `http` or `https`.
        url: String,
        /// What messages are signed with: `whsec_` and base64. Shown once, to who made the channel.
        secret: String,
    },
    /// A mail.
    Mail {
        /// The address.
        address: String,
    },
}

/// Secrets stay out of logs.
impl fmt::Debug for ChannelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple(self.name()).field(&self.target()).finish()
    }
}

impl ChannelKind {
    /// The name used in the store, the API and JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Webhook { .. } => "webhook",
            Self::Mail { .. } => "mail",
        }
    }

    /// The address.
    pub fn target(&self) -> &str {
        match self {
            Self::Webhook { url, .. } => url,
            Self::Mail { address } => address,
        }
    }

    /// The address as whoever may look at a watch may see it: of a webhook the host alone, since what follows it is often
    /// a secret of its receiver.
    pub fn shown(&self) -> String {
        let Self::Webhook { url, .. } = self else { return self.target().to_owned() };
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let dots = if rest.trim_end_matches('/').len() > host.len() { "/…" } else { "" };
        format!("{scheme}://{host}{dots}")
    }

    /// Whether both lead to the same place, whatever their secrets.
    pub fn leads_where(&self, other: &Self) -> bool {
        self.name() == other.name() && self.target() == other.target()
    }

    /// Who answers for it: `mail`, or the scheme, host and port of a webhook in lower case.
    pub fn receiver(&self) -> String {
        match self {
            Self::Mail { .. } => "mail".to_owned(),
            Self::Webhook { url, .. } => origin(url),
        }
    }
}

/// The origin of an address (RFC 6454), its port always named.
fn origin(url: &str) -> String {
    let url = url.to_ascii_lowercase();
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", &url));
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let has_port = host.rsplit(']').next().is_some_and(|after| after.contains(':'));
    match (has_port, scheme) {
        (true, _) => format!("{scheme}://{host}"),
        (false, "http") => format!("http://{host}:80"),
        (false, _) => format!("{scheme}://{host}:443"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(url: &str) -> ChannelKind {
        ChannelKind::Webhook { url: url.to_owned(), secret: "whsec_c2VjcmV0".to_owned() }
    }

    #[track_caller]
    fn check(url: &str, receiver: &str) {
        assert_eq!(webhook(url).receiver(), receiver);
    }

    #[test]
    fn a_receiver_is_the_same_for_all_its_addresses() {
        check("https://Example.org/hook?a=1", "https://example.org:443");
        check("HTTPS://example.org:443", "https://example.org:443");
        check("http://example.org:8080/a", "http://example.org:8080");
        check("http://[::1]/a:b", "http://[::1]:80");
        check("http://[::1]:90", "http://[::1]:90");
        check("nonsense", "https://nonsense:443");
        assert_eq!(ChannelKind::Mail { address: "keeper@example.org".to_owned() }.receiver(), "mail");
    }

    #[test]
    fn of_a_webhook_the_host_is_shown() {
        assert_eq!(webhook("https://example.org/hook?key=1").shown(), "https://example.org/…");
        assert_eq!(webhook("http://example.org:80/").shown(), "http://example.org:80");
        assert_eq!(ChannelKind::Mail { address: "keeper@example.org".to_owned() }.shown(), "keeper@example.org");
    }

    #[test]
    fn a_secret_is_not_printed() {
        assert!(!format!("{:?}", webhook("https://example.org")).contains("whsec_"));
    }
}
