//! The one normal form of text that is compared.
