//! Regular expressions that are written in the program.

use regex::Regex;

/// Compiles an expression that is a literal of this crate; `cargo test` compiles every one of them.
#[expect(clippy::unwrap_used, reason = "the expressions are literals, and each is compiled by a test")]
pub(crate) fn pattern(source: &str) -> Regex {
    Regex::new(source).unwrap()
}
