//! What is wrong with what a person says of a watch, and where.

use std::fmt;

use corpus::watch::RENDERING;

/// A part of what a person says of a watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WatchField {
    /// What it is called.
    Name,
    /// The note to oneself.
    Note,
    /// What is tracked.
    Subject,
    /// The languages and kinds of documents.
    Documents,
    /// A channel, by its place in the list, from 0.
    Channel(usize),
    /// All channels together.
    Channels,
}

/// Why a part cannot be used. Its text says what to do, in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WatchFault {
    /// It has more characters than a name, note, subject, issuer or standard may have.
    TooLong(&'static str, usize),
    /// There is a control character in a name, an issuer or a standard, which are on one line.
    ControlCharacter(&'static str),
    /// A query holds nothing to look for.
    EmptyQuery(String),
    /// A query names no text that a document could mention.
    NoText(String),
    /// There is no concept of that number.
    NoConcept(i64),
    /// No issuer is named.
    NoIssuer,
    /// That is no number of a standard.
    NoStandard(String),
    /// There is no such topic.
    NoTopic(String),
    /// The termbase has no such term.
    NoTerm(String),
    /// A watch on renderings is limited to languages or kinds.
    LimitedRendering,
    /// There are more channels than a watch may have.
    TooManyChannels(usize),
    /// The address of a webhook has more bytes than it may.
    LongAddress(usize),
    /// It begins otherwise than `http://` or `https://`.
    NoWebAddress,
    /// It holds a user name or a password.
    UserInAddress,
    /// It has a fragment.
    FragmentInAddress,
    /// It cannot be used for another reason.
    UnusableAddress,
    /// That is no mail address.
    NoMailAddress,
    /// That is no secret of a webhook.
    NoSecret,
}

impl fmt::Display for WatchFault {
    /// The message names nothing of an address or a secret: either may be one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const FORM: &str = "give one such as https://example.org/hook";
        match self {
            Self::TooLong(what, longest) => write!(f, "the {what} is longer than {longest} characters; shorten it"),
            Self::ControlCharacter(what) => {
                write!(f, "the {what} holds a line break or another control character; take it out")
            }
            Self::EmptyQuery(query) => write!(f, "'{query}' holds nothing to look for; give a term, such as 具身智能"),
            Self::NoText(query) => {
                write!(f, "'{query}' names no text that a document could mention; add a term or a topic to it")
            }
            Self::NoConcept(concept) => {
                write!(f, "the termbase has no concept {concept}; `policyglot terms lookup` gives numbers")
            }
            Self::NoIssuer => write!(f, "no issuer is named; give an agency, such as MIIT"),
            Self::NoStandard(given) => write!(f, "'{given}' is no number of a standard; give one such as GB/T 1.1"),
            Self::NoTopic(asked) => write!(f, "there is no topic '{asked}'; `policyglot topics list` names them"),
            Self::NoTerm(term) => {
                write!(f, "the termbase has no term '{term}'; give one as it stands there, or {RENDERING}* for all")
            }
            Self::LimitedRendering => {
                write!(f, "a watch on renderings is for all documents; leave languages and kinds out")
            }
            Self::TooManyChannels(most) => write!(f, "a watch has {most} channels at most; leave some out"),
            Self::LongAddress(longest) => {
                write!(f, "the address of a webhook is longer than {longest} bytes; give a shorter one")
            }
            Self::NoWebAddress => write!(f, "the address of a webhook must begin with http:// or https://; {FORM}"),
            Self::UserInAddress => {
                write!(f, "the address of a webhook must not hold a user name or a password; take it out")
            }
            Self::FragmentInAddress => {
                write!(f, "the address of a webhook must not have a fragment; leave out what begins with #")
            }
            Self::UnusableAddress => write!(f, "the address of the webhook cannot be used; {FORM}"),
            Self::NoMailAddress => write!(f, "that is no mail address; give one such as keeper@example.org"),
            Self::NoSecret => write!(
                f,
                "the secret of a webhook is whsec_ and base64 of 24 to 64 bytes; leave it out to have one made"
            ),
        }
    }
}
