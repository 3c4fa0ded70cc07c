//! Keys of feeds: readers of feeds cannot send a header, so the key stands in the address, as a part that is good for
//! nothing but feeds.
//!
//! A key is made of its token's number and of the data folder's identity, which is told to nobody. So it is not kept
//! anywhere, pages can show the address of a feed each time they are looked at, and it ends when its token does.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The key of a token.
pub(crate) fn of(identity: &str, token: i64) -> String {
    format!("{token}-{}", digits(identity, token))
}

/// The number of the token whose key this is; whether that is still good is for the store to say.
pub(crate) fn token(identity: &str, key: &str) -> Option<i64> {
    let (number, given) = key.split_once('-')?;
    let number = number.parse().ok()?;
    let own = digits(identity, number);
    // As long for a near miss as for a far one.
    let differs = own.bytes().zip(given.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b));
    (own.len() == given.len() && differs == 0).then_some(number)
}

/// 128 bits.
fn digits(identity: &str, token: i64) -> String {
    // Keys of this function may have any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(identity.as_bytes()) else { return String::new() };
    mac.update(format!("feeds of token {token}").as_bytes());
    mac.finalize().into_bytes().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_good_for_its_token_only() {
        let own = of("cafe", 3);
        assert_eq!(token("cafe", &own), Some(3));
        assert_eq!(token("beef", &own), None);
        for other in ["", "3", "3-", "-", "x-y", &own.replacen('3', "4", 1), &own[..own.len() - 1]] {
            assert_eq!(token("cafe", other), None, "{other}");
        }
    }
}
