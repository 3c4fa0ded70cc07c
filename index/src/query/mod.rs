//! The query language, free of any search engine.
//!
//! [`parse()`] reads what a person typed into a [`Query`], [`Query`]'s `Display` writes it back so that it reads the
//! same, [`Query::expand`] adds renderings in the other language, [`Query::strict`] gives the reading of a watch.

mod date;
mod expand;
mod lex;
mod names;
mod note;
mod parse;
mod pattern;
mod print;
#[cfg(test)]
mod tests;
mod within;

pub use date::{DateRange, date_key};
pub use expand::{Expansion, Rendering, TermInText};
pub use note::{Note, PatternError};
pub use parse::{Parsed, parse};
pub use pattern::Pattern;

/// What is looked for.
///
/// A query is met by documents: an `And` is met when its parts are found anywhere in a document, its title included.
/// `Text` and `Near` are met within one passage or the title.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// Plain words, of which any may match, the best first. A Chinese word is also met by its parts.
    Words(Vec<String>),
    /// Exactly this text: Chinese as a substring, other words by stem and whole.
    Text(String),
    /// A word that begins so; where it is several, the words before the last stand as they are written.
    Prefix(String),
    /// Two texts with at most so many words or Chinese characters between them, in either order.
    Near {
        /// One text.
        left: String,
        /// The other.
        right: String,
        /// How many tokens may stand between.
        distance: u32,
    },
    /// A fact of the document holds this text.
    Field {
        /// Which fact.
        field: Field,
        /// The text, alike in its treatment to [`Query::Text`].
        text: String,
    },
    /// An identifier meets the pattern: of the document number, the standards or the committees among the facts, or
    /// without a field any that stands in the document or its facts.
    Identifier {
        /// [`Field::Number`], [`Field::Standard`], [`Field::Committee`], or all of them and the text.
        field: Option<Field>,
        /// The regular expression.
        pattern: Pattern,
    },
    /// The document's date lies within.
    Date(DateRange),
    /// The query, counted less (or more) in ranking.
    Weighted {
        /// The query.
        query: Box<Query>,
        /// The factor of its score.
        weight: f32,
    },
    /// All of these. Empty: every document.
    And(Vec<Query>),
    /// Any of these. Empty: no document.
    Or(Vec<Query>),
    /// Any of these, which say one thing: a passage has the score of the best that it holds, not of all together.
    Best(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
}

/// A fact of a document that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The title, or the name where there is none.
    Title,
    /// An issuer, by identity, name in either language or abbreviation.
    Issuer,
    /// The document number.
    Number,
    /// A standard that the document is or names.
    Standard,
    /// A technical committee that the document names.
    Committee,
    /// The kind of document, by the name that the store uses.
    Kind,
    /// How far the document has come, by the name that the store uses.
    Status,
    /// A topic that the document is classed under.
    Topic,
    /// The language, by ISO 639-1 code.
    Language,
    /// The file's name.
    Name,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Issuer,
        Self::Number,
        Self::Standard,
        Self::Committee,
        Self::Kind,
        Self::Status,
        Self::Topic,
        Self::Language,
        Self::Name,
    ];

    /// The name in the query language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Issuer => "issuer",
            Self::Number => "number",
            Self::Standard => "standard",
            Self::Committee => "committee",
            Self::Kind => "kind",
            Self::Status => "status",
            Self::Topic => "topic",
            Self::Language => "lang",
            Self::Name => "name",
        }
    }

    /// Whether the fact holds identifiers only, of which a pattern can be asked.
    pub fn holds_identifiers(self) -> bool {
        matches!(self, Self::Number | Self::Standard | Self::Committee)
    }
}

impl Query {
    /// All of these, nested conjunctions taken apart, plain words first.
    ///
    /// Beside another list of plain words a single one is no list: it is meant exactly.
    pub fn and(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.iter().filter(|part| matches!(part, Self::Words(_))).count() > 1 {
            flat = flat.into_iter().map(Self::exact_word).collect();
        }
        flat.sort_by_key(|part| !matches!(part, Self::Words(_)));
        single(flat, Self::And)
    }

    /// Any of these, nested disjunctions taken apart.
    pub fn or(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        single(flat, Self::Or)
    }

    /// The opposite; twice is none.
    #[expect(clippy::should_implement_trait, reason = "`!query` would read worse than `Query::not(query)`")]
    pub fn not(query: Self) -> Self {
        match query {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// A single plain word as exactly this text; any other query as it is.
    fn exact_word(self) -> Self {
        match self {
            Self::Words(mut words) if words.len() == 1 => words.pop().map_or(Self::Words(words), Self::Text),
            other => other,
        }
    }

    /// The reading of a watch: plain words must all be there, each exactly.
    #[must_use]
    pub fn strict(&self) -> Self {
        match self {
            Self::Words(words) => Self::and(words.iter().cloned().map(Self::Text).collect()),
            Self::And(parts) => Self::and(parts.iter().map(Self::strict).collect()),
            Self::Or(parts) => Self::or(parts.iter().map(Self::strict).collect()),
            Self::Best(parts) => Self::Best(parts.iter().map(Self::strict).collect()),
            Self::Not(query) => Self::not(query.strict()),
            Self::Weighted { query, weight } => Self::Weighted { query: Box::new(query.strict()), weight: *weight },
            leaf => leaf.clone(),
        }
    }

    /// The texts that a matching document may hold: words, phrases and prefixes, not what is excluded.
    pub fn atoms(&self) -> Vec<&str> {
        let mut atoms = Vec::new();
        self.collect_atoms(&mut atoms);
        atoms
    }

    fn collect_atoms<'q>(&'q self, atoms: &mut Vec<&'q str>) {
        match self {
            Self::Words(words) => atoms.extend(words.iter().map(String::as_str)),
            Self::Text(text) | Self::Prefix(text) => atoms.push(text),
            Self::Near { left, right, .. } => atoms.extend([left.as_str(), right.as_str()]),
            Self::And(parts) | Self::Or(parts) | Self::Best(parts) => {
                parts.iter().for_each(|part| part.collect_atoms(atoms));
            }
            Self::Weighted { query, .. } => query.collect_atoms(atoms),
            Self::Field { .. } | Self::Identifier { .. } | Self::Date(_) | Self::Not(_) => {}
        }
    }
}

fn single(mut parts: Vec<Query>, join: impl Fn(Vec<Query>) -> Query) -> Query {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            parts.extend(last);
            join(parts)
        }
    }
}
