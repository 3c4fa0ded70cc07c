//! The one normal form of text that is compared.

/// stub
pub struct Normalised {
    /// text
    pub text: String,
}
/// stub
pub fn normalise(text: &str) -> Normalised {
    Normalised { text: text.to_lowercase() }
}
