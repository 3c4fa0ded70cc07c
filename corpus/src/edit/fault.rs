//! Why a deed cannot be done.

use super::tidy::{LONGEST_TERM, LONGEST_TEXT, MOST};

/// Why a deed cannot be done, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No concept of that number.
    #[error("there is no concept {0}; it may have been merged into another, which its history tells")]
    NoConcept(i64),
    /// No designation of that number, or not in this concept.
    #[error("there is no designation {0} in this concept; read the concept again")]
    NoTerm(i64),
    /// No edit of that number.
    #[error("there is no edit {0}; see the history")]
    NoEdit(i64),
    /// Nothing was named.
    #[error("nothing is named that could be changed; name a concept or a designation")]
    Nothing,
    /// A concept without designations.
    #[error("a concept needs a designation; give one in Chinese or English")]
    NoDesignation,
    /// A designation without text.
    #[error("a designation is empty; write it, or reject it instead")]
    Empty,
    /// A text that is too long; begins so.
    #[error("“{0}…” is too long; designations have at most {LONGEST_TERM} characters, other texts {LONGEST_TEXT}")]
    TooLong(String),
    /// Too many of something.
    #[error("too many {0}; at most {MOST} can be kept")]
    TooMany(&'static str),
    /// A designation in another language.
    #[error("“{0}” is in neither Chinese nor English; give the language zh or en")]
    Language(String),
    /// A designation that stands there in another language.
    #[error("“{0}” cannot change its language; reject it and add another")]
    LanguageChange(String),
    /// Two definitions in one language.
    #[error("there are two definitions in one language; keep one of them")]
    TwoDefinitions,
    /// A designation that is there already.
    #[error("“{0}” is a designation of this concept already; change that one")]
    Known(String),
    /// A spelling that two designations claim.
    #[error("“{spelling}” is a variant of “{term}” already; take it from the variants there first")]
    KnownVariant {
        /// The spelling.
        spelling: String,
        /// Whose variant it is.
        term: String,
    },
    /// A variant that is a reviewed designation.
    #[error("“{0}” is a designation of this concept; it cannot be a variant of another as well")]
    VariantIsTerm(String),
    /// A concept that is to go into itself.
    #[error("concept {0} cannot be merged into itself; name another")]
    IntoItself(i64),
    /// A split that leaves nothing behind.
    #[error(
        "a split must leave a designation of each language behind; leave out some, or give those of one language only"
    )]
    AllSplit,
    /// An edit that was taken back already.
    #[error("edit {edit} was taken back already, by edit {by}; take that one back to do it again")]
    Undone {
        /// The edit.
        edit: i64,
        /// What took it back.
        by: i64,
    },
    /// A later edit changed the same things.
    #[error("edit {later} of {at} by {by} changed the same later ({what}); take that one back first")]
    Later {
        /// The later edit.
        later: i64,
        /// When, RFC 3339.
        at: String,
        /// Who.
        by: String,
        /// What both changed.
        what: String,
    },
    /// Another edit or mining made it impossible, and none can be named.
    #[error("{0} is not as this edit left it; change it by hand instead")]
    Changed(String),
    /// The history cannot be read.
    #[error("the history of this edit is damaged: {0}; change the concept by hand instead")]
    Damaged(String),
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
