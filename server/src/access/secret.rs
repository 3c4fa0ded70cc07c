//! Secrets: 256 bits of the system's own randomness.

use crate::Error;

/// What a token begins with, so that a program that looks for leaked secrets knows one.
const PREFIX: &str = "pgt_";
const BYTES: usize = 32;

/// A new token: `pgt_` and 64 hexadecimal digits.
///
/// # Errors
/// When the system gives no random bytes.
pub(super) fn new_token() -> Result<String, Error> {
    Ok(format!("{PREFIX}{}", random_digits()?))
}

/// The secret of a new session: 64 hexadecimal digits.
///
/// # Errors
/// As [`new_token`].
pub(crate) fn new_session() -> Result<String, Error> {
    random_digits()
}

fn random_digits() -> Result<String, Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::Input(format!("the system gives no random bytes: {error}; try again")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_secrets_are_alike() {
        let (one, other) = (new_token().unwrap(), new_token().unwrap());
        assert!(one != other && one.len() == 68 && one.starts_with(PREFIX), "{one} {other}");
        assert_eq!(new_session().unwrap().len(), 64);
    }
}
