//! What is told the person who typed a query: how unclear places were read.

use std::fmt::{Display, Formatter, Result};

use super::Field;

/// How a place of a query was read that was unclear. Its `Display` says so in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Only so many characters were read.
    Cut(usize),
    /// A closing parenthesis had no opening one, and was left out.
    StrayClosing,
    /// A parenthesis was not closed; it was closed at the end.
    UnclosedParenthesis,
    /// A quotation mark was not closed; it was closed at the end.
    UnclosedQuote,
    /// An operator (`AND`, `OR`, `NOT`, `NEAR`) lacked something beside it, and was left out.
    Dangling(&'static str),
    /// NEAR stands between words, phrases and groups of them; elsewhere it was left out.
    NearOfOther,
    /// Groups beside a NEAR held too many words; so many pairs of them can be looked for.
    NearTooMany(usize),
    /// Parentheses that were nested too deep were left out.
    TooDeep,
    /// What was beyond so many words, phrases and fields was left out.
    TooManyClauses(usize),
    /// Prefixes or regular expressions beyond so many were left out.
    TooManyPatterns(usize),
    /// The value of a date is none, and was left out.
    NoDate(String),
    /// Nothing stands behind the name of a field, which was left out.
    NoValue(String),
    /// The field has no such value.
    NoSuchValue {
        /// The kind, status or language.
        field: Field,
        /// What was given.
        value: String,
    },
    /// Something that cannot be asked of a field was read as text.
    NotInField(Field),
    /// A regular expression that cannot be read was read as words.
    BadPattern {
        /// What stands between the slashes.
        pattern: String,
        /// What is wrong.
        error: PatternError,
    },
    /// Regular expressions are for identifiers; beside this field it was read for all of them.
    PatternInField(Field),
    /// An asterisk within a word: the word was read up to it.
    InnerAsterisk(String),
    /// A prefix or a regular expression is met by more words or identifiers than are looked at.
    TooManyMet,
}

/// What is wrong with a regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// There is nothing in it.
    Empty,
    /// It is longer than so many characters.
    TooLong(usize),
    /// It stands for too much, such as `\w{900}`.
    TooBig,
    /// It breaks the syntax; the reason is that of the `regex` crate.
    Syntax(String),
}

impl Display for PatternError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Empty => f.write_str("there is nothing in it"),
            Self::TooLong(most) => write!(f, "it is longer than {most} characters"),
            Self::TooBig => f.write_str("it stands for too much; repeat less"),
            Self::Syntax(reason) => f.write_str(reason),
        }
    }
}

impl Display for Note {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Cut(characters) => write!(f, "only the first {characters} characters were read"),
            Self::StrayClosing => f.write_str("a closing parenthesis without an opening one was left out"),
            Self::UnclosedParenthesis => f.write_str("a parenthesis that was not closed was closed at the end"),
            Self::UnclosedQuote => f.write_str("a quotation mark that was not closed was closed at the end"),
            Self::Dangling(name @ "NOT") => write!(f, "a {name} without something after it was left out"),
            Self::Dangling(name @ "NEAR") => write!(f, "a {name} without something on both sides was left out"),
            Self::Dangling(name) => write!(f, "an {name} without something on both sides was left out"),
            Self::NearOfOther => {
                f.write_str("NEAR stands between words, phrases or groups of them; elsewhere it was left out")
            }
            Self::NearTooMany(most) => {
                write!(f, "NEAR between groups can look for {most} pairs; it was left out here")
            }
            Self::TooDeep => f.write_str("parentheses nested too deep were left out"),
            Self::TooManyClauses(most) => {
                write!(f, "a query may have {most} words, phrases and fields; the rest was left out")
            }
            Self::TooManyPatterns(most) => {
                write!(f, "a query may have {most} prefixes and regular expressions; the rest was left out")
            }
            Self::NoDate(value) => {
                write!(f, "date:{value} is no date; write date:2023, date:2023-06..2025 or date:2023..")
            }
            Self::NoValue(name) => write!(f, "{name}: has nothing after it and was left out"),
            Self::NoSuchValue { field, value } => {
                write!(f, "there is no {} called {value}; there are {}", field.name(), field.closed_values().join(", "))
            }
            Self::NotInField(field) => {
                write!(f, "{}: takes words and phrases; what else stood there was read as those", field.name())
            }
            Self::BadPattern { pattern, error } => {
                write!(f, "/{pattern}/ is no regular expression and was read as words: {error}")
            }
            Self::PatternInField(field) => write!(
                f,
                "a regular expression can be asked of number:, standard: and committee:, or of all identifiers; {}: was left out",
                field.name()
            ),
            Self::InnerAsterisk(word) => {
                write!(f, "an asterisk stands at the end of a word; {word} was read up to the asterisk")
            }
            Self::TooManyMet => f.write_str(
                "too many words or identifiers begin or look like that; only the first were searched, so write more of it",
            ),
        }
    }
}
