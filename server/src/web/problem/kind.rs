//! The kinds of problem that the API tells apart, each with an address that says what it means.

/// A kind of problem. Programs can tell them apart by `type`, which stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Kind {
    BadRequest,
    Parameter,
    Unauthorized,
    Forbidden,
    NotFound,
    Method,
    NotAcceptable,
    Conflict,
    KeyInUse,
    Changed,
    TooLarge,
    MediaType,
    WrongHost,
    Unprocessable,
    KeyReused,
    TooMany,
    Broken,
    Busy,
}

impl Kind {
    /// All, by status.
    pub(in crate::web) const ALL: [Self; 18] = [
        Self::BadRequest,
        Self::Parameter,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::Method,
        Self::NotAcceptable,
        Self::Conflict,
        Self::KeyInUse,
        Self::Changed,
        Self::TooLarge,
        Self::MediaType,
        Self::WrongHost,
        Self::Unprocessable,
        Self::KeyReused,
        Self::TooMany,
        Self::Broken,
        Self::Busy,
    ];

    /// The kind that a bare status tells of.
    pub(in crate::web) fn of_status(status: u16) -> Self {
        let other = if status < 500 { Self::BadRequest } else { Self::Broken };
        Self::ALL.into_iter().find(|kind| kind.status() == status).unwrap_or(other)
    }

    /// The status of its answers.
    pub(in crate::web) fn status(self) -> u16 {
        match self {
            Self::BadRequest | Self::Parameter => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Method => 405,
            Self::NotAcceptable => 406,
            Self::Conflict | Self::KeyInUse => 409,
            Self::Changed => 412,
            Self::TooLarge => 413,
            Self::MediaType => 415,
            Self::WrongHost => 421,
            Self::Unprocessable | Self::KeyReused => 422,
            Self::TooMany => 429,
            Self::Broken => 500,
            Self::Busy => 503,
        }
    }

    /// Its name in addresses.
    pub(in crate::web) fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::Parameter => "parameter",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::NotAcceptable => "not-acceptable",
            Self::Conflict => "conflict",
            Self::KeyInUse => "key-in-use",
            Self::Changed => "changed",
            Self::TooLarge => "too-large",
            Self::MediaType => "media-type",
            Self::WrongHost => "wrong-host",
            Self::Unprocessable => "unprocessable",
            Self::KeyReused => "key-reused",
            Self::TooMany => "too-many",
            Self::Broken => "broken",
            Self::Busy => "busy",
        }
    }

    /// Where it is said what it means: the `type` of a problem.
    pub(in crate::web) fn address(self) -> String {
        format!("/api/problems#{}", self.name())
    }

    /// It in a few words.
    pub(in crate::web) fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request cannot be used",
            Self::Parameter => "A parameter is unknown or out of bounds",
            Self::Unauthorized => "A token is needed",
            Self::Forbidden => "The caller may not do this",
            Self::NotFound => "There is no such thing",
            Self::Method => "The address does not take this method",
            Self::NotAcceptable => "There is no answer in the form that is asked for",
            Self::Conflict => "Things are not as the request takes them to be",
            Self::KeyInUse => "The request with this key is not to be repeated now",
            Self::Changed => "It was changed since it was read",
            Self::TooLarge => "The body is too large",
            Self::MediaType => "The body is of another media type",
            Self::WrongHost => "The request names another host",
            Self::Unprocessable => "The body does not have the form that is asked for",
            Self::KeyReused => "The key came with another request",
            Self::TooMany => "There were too many requests",
            Self::Broken => "The server failed",
            Self::Busy => "The server is busy",
        }
    }

    /// What the detail of such a problem may say.
    pub(in crate::web) fn example(self) -> &'static str {
        match self {
            Self::BadRequest => "there is no query; give one as ?q=",
            Self::Parameter => "there is no parameter 'offsets'; there are limit, after",
            Self::Unauthorized => "this server wants a token; send one as Authorization: Bearer",
            Self::Forbidden => "the request comes from another site; use this server's own pages",
            Self::NotFound => "there is no document of that number; GET /api/v1/documents lists them",
            Self::Method => "method not allowed",
            Self::NotAcceptable => "this is answered as application/json; accept that",
            Self::Conflict => {
                "concept 7 was changed since that version; GET /api/v1/concepts/7 and change what is there now"
            }
            Self::KeyInUse => "the request with this Idempotency-Key is being done; ask again soon",
            Self::Changed => {
                "concept 7 was changed since that version; GET /api/v1/concepts/7 and change what is there now"
            }
            Self::TooLarge => "length limit exceeded",
            Self::MediaType => "expected request with `Content-Type: application/json`",
            Self::WrongHost => "the Host header names another machine; use localhost or 127.0.0.1",
            Self::Unprocessable => "failed to deserialize the JSON body into the target type: missing field `text`",
            Self::KeyReused => "this Idempotency-Key came with another request; take a new key for this one",
            Self::TooMany => "too many requests; wait a little",
            Self::Broken => "the server failed; its log says why",
            Self::Busy => "the request took too long; try again, or ask for less at a time",
        }
    }
}
