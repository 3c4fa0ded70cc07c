//! What can be decided of a rendering that waits.

use corpus::term::{PartOfSpeech, Status};

/// A rendering, by the texts that the reviewer saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The number of their concept.
    pub concept: i64,
    /// The Chinese designation; `None` for the concept's best one.
    pub zh: Option<String>,
    /// The English designation.
    pub en: String,
}

/// A decision on a rendering.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The rendering.
    pub pair: Pair,
    /// What is decided of it.
    pub decision: Decision,
}

/// What a reviewer decides.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// It is the rendering to use, or one that may be used; the Chinese designation is a term, then.
    Accept(Accept),
    /// It does not render the Chinese designation.
    Reject,
    /// The Chinese designation is no term, so that nothing renders it.
    RejectTerm,
    /// Not now: it comes back behind all others.
    Skip,
    /// It is accepted in other words.
    Edit(Box<Wording>),
    /// Its concept is the same as another one.
    Merge {
        /// The other concept, which stays.
        into: i64,
        /// Whether the rendering is accepted as well; it waits on otherwise.
        accept: Option<Accept>,
    },
    /// It renders the Chinese designation in another meaning: it becomes a concept of its own.
    Split {
        /// Whether the rendering is accepted as well; it waits on otherwise.
        accept: Option<Accept>,
    },
}

/// How a rendering is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// As the one to use.
    Preferred,
    /// As one that may be used.
    Admitted,
}

impl Accept {
    /// The status that the rendering gets.
    pub fn status(self) -> Status {
        match self {
            Self::Preferred => Status::Preferred,
            Self::Admitted => Status::Admitted,
        }
    }

    /// The one of that name: `preferred` or `admitted`.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Preferred, Self::Admitted].into_iter().find(|accept| accept.status().name() == name)
    }
}

/// A rendering in other words, with what else is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The Chinese designation.
    pub zh: String,
    /// The English designation.
    pub en: String,
    /// The part of speech of both; as it was where there is none.
    pub part_of_speech: Option<PartOfSpeech>,
    /// The subject field of the concept.
    pub subject: Option<String>,
    /// When and how the rendering is used.
    pub note: Option<String>,
    /// How it is accepted.
    pub accept: Accept,
    /// Whether a spelling that is changed goes on to count as the designation; it is rejected otherwise.
    pub keep_spelling: bool,
}

impl Decision {
    /// The names of the decisions that say all by themselves.
    pub const PLAIN: [&str; 5] = ["prefer", "admit", "reject", "reject_term", "skip"];

    /// The decision of a name in [`Decision::PLAIN`].
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "prefer" => Self::Accept(Accept::Preferred),
            "admit" => Self::Accept(Accept::Admitted),
            "reject" => Self::Reject,
            "reject_term" => Self::RejectTerm,
            "skip" => Self::Skip,
            _ => return None,
        })
    }

    /// The name of the decision.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Accept(Accept::Preferred) => "prefer",
            Self::Accept(Accept::Admitted) => "admit",
            Self::Reject => "reject",
            Self::RejectTerm => "reject_term",
            Self::Skip => "skip",
            Self::Edit(_) => "edit",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
        }
    }

    /// The status that the rendering has once this is done; `None` where it waits on, or is not there any more.
    pub(super) fn leads_to(&self) -> Option<Status> {
        match self {
            Self::Accept(accept) => Some(accept.status()),
            Self::Reject | Self::RejectTerm => Some(Status::Rejected),
            Self::Skip | Self::Edit(_) | Self::Merge { .. } | Self::Split { .. } => None,
        }
    }
}
