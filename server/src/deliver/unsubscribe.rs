//! Links by which the reader of a mail can have no more of them, without an account: who has the mail has the link.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The path of the link that ends a channel.
pub(crate) fn path(identity: &str, channel: i64) -> String {
    format!("/unsubscribe/{channel}/{}", token(identity, channel))
}

/// Whether a token is that of a channel, so that nobody can end another's.
pub(crate) fn is_token(identity: &str, channel: i64, given: &str) -> bool {
    let own = token(identity, channel);
    // As long for a near miss as for a far one.
    own.len() == given.len() && own.bytes().zip(given.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn token(identity: &str, channel: i64) -> String {
    // Keys may have any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(identity.as_bytes()) else { return String::new() };
    mac.update(format!("unsubscribe {channel}").as_bytes());
    mac.finalize().into_bytes().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_channel_only() {
        let own = token("cafe", 3);
        assert_eq!(own.len(), 32);
        assert!(is_token("cafe", 3, &own));
        assert!(!is_token("cafe", 4, &own) && !is_token("beef", 3, &own) && !is_token("cafe", 3, ""));
        assert_eq!(path("cafe", 3), format!("/unsubscribe/3/{own}"));
    }
}
