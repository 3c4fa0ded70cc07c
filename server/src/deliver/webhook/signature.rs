//! The signature of a webhook: Standard Webhooks, symmetric (v1), HMAC-SHA256.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What secrets begin with.
const PREFIX: &str = "whsec_";

/// The value of `webhook-signature`: a signature of `id.timestamp.body`. `timestamp` is in seconds since 1970.
///
/// # Errors
/// When the secret is not `whsec_` and base64 of at least a byte. The message does not hold it.
pub(super) fn sign(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Result<String, &'static str> {
    const UNUSABLE: &str = "its secret is not whsec_ and base64; give the watch a new webhook";
    let key = STANDARD.decode(secret.strip_prefix(PREFIX).unwrap_or(secret)).map_err(|_| UNUSABLE)?;
    if key.is_empty() {
        return Err(UNUSABLE);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| UNUSABLE)?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_has_its_signature() {
        let signed = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );
        assert_eq!(signed.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn the_reference_library_signs_alike() {
        let secret = format!("{PREFIX}{}", STANDARD.encode([7; 32]));
        let reference = standardwebhooks::Webhook::new(&secret).unwrap();
        for body in ["", "{}", "{\"句\": \"潮汐能发电\"}", "two\nlines"] {
            let expected = reference.sign("msg_1", 1_790_000_000, body.as_bytes()).unwrap();
            assert_eq!(sign(&secret, "msg_1", 1_790_000_000, body.as_bytes()).unwrap(), expected);
        }
    }

    #[test]
    fn an_unusable_secret_is_refused_and_not_told() {
        for secret in ["whsec_", "", "whsec_not base64!"] {
            let why = sign(secret, "msg_1", 0, b"{}").unwrap_err();
            assert!(!why.contains("not base64!"));
        }
    }
}
