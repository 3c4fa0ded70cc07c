//! What a watch tracks.

/// What begins a watch on renderings as it is written; the designation follows, or `*` for all.
pub const RENDERING: &str = "rendering:";

/// What a watch tracks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// What a query of the search language finds.
    Query(String),
    /// Any designation of a concept, as the termbase has them when a document comes.
    Concept(i64),
    /// What an agency issues, or one that it took over from: its identity in the table of agencies, or its name.
    Issuer(String),
    /// A standard, with or without its year: a new edition, its replacement, a citation.
    Standard(String),
    /// What is classed under a topic or one below it, by identifier.
    Topic(String),
    /// Documents that render a term otherwise than those before them: the term in either language, or `*` for any.
    Rendering(String),
}

impl Subject {
    /// The subject as a line says it: a query, or a rendering after [`RENDERING`].
    pub fn read(written: &str) -> Self {
        let written = written.trim();
        match written.strip_prefix(RENDERING) {
            Some(term) => Self::Rendering(term.trim().to_owned()),
            None => Self::Query(written.to_owned()),
        }
    }

    /// The subject of a kind ([`Subject::kind`]); `None` when there is no such kind, or the value cannot be one of it.
    pub fn of(kind: &str, value: &str) -> Option<Self> {
        let value = value.trim();
        let text = || value.to_owned();
        Some(match kind {
            "query" => Self::Query(text()),
            "concept" => Self::Concept(value.parse().ok()?),
            "issuer" => Self::Issuer(text()),
            "standard" => Self::Standard(text()),
            "topic" => Self::Topic(text()),
            "rendering" => Self::Rendering(text()),
            _ => return None,
        })
    }

    /// The kind, as the store, the API and JSON name it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Query(_) => "query",
            Self::Concept(_) => "concept",
            Self::Issuer(_) => "issuer",
            Self::Standard(_) => "standard",
            Self::Topic(_) => "topic",
            Self::Rendering(_) => "rendering",
        }
    }

    /// What of that kind is tracked: a query, a number, an identity.
    pub fn value(&self) -> String {
        match self {
            Self::Concept(id) => id.to_string(),
            Self::Query(text)
            | Self::Issuer(text)
            | Self::Standard(text)
            | Self::Topic(text)
            | Self::Rendering(text) => text.clone(),
        }
    }

    /// It in a line: a query as it was typed, the others with their kind and a colon before them. What names an issuer,
    /// a standard or a topic is a query too.
    pub fn written(&self) -> String {
        match self {
            Self::Query(query) => query.clone(),
            Self::Issuer(value) | Self::Standard(value) if value.contains(char::is_whitespace) => {
                format!("{}:\"{value}\"", self.kind())
            }
            _ => format!("{}:{}", self.kind(), self.value()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(subject: &Subject, written: &str) {
        assert_eq!(subject.written(), written);
        assert_eq!(Subject::of(subject.kind(), &subject.value()).as_ref(), Some(subject));
    }

    #[test]
    fn a_subject_is_written_as_it_is_read() {
        check(&Subject::Query("灯塔 lamp".to_owned()), "灯塔 lamp");
        check(&Subject::Concept(12), "concept:12");
        check(&Subject::Issuer("MIIT".to_owned()), "issuer:MIIT");
        check(&Subject::Standard("GB/T 1.1".to_owned()), "standard:\"GB/T 1.1\"");
        check(&Subject::Topic("ai/chips".to_owned()), "topic:ai/chips");
        check(&Subject::read(" rendering: 河长 "), "rendering:河长");
        assert_eq!(Subject::read(" 灯塔 "), Subject::Query("灯塔".to_owned()));
        assert_eq!(Subject::of("concept", "many"), None);
        assert_eq!(Subject::of("colour", "red"), None);
    }
}
