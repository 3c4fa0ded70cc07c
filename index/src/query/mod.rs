//! The query language, free of any search engine.
//!
//! [`parse()`] reads what a person typed into a [`Query`], [`Query`]'s `Display` writes it back so that it reads the
//! same, [`Query::expand`] adds renderings in the other language, [`Query::strict`] gives the reading of a watch.

mod expand;
mod lex;
mod parse;
mod print;
#[cfg(test)]
mod tests;

pub use expand::Expansion;
pub use parse::{Parsed, parse};

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
    /// A word that begins so.
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
    /// A standard that the document names.
    Standard,
    /// The kind of document, by the name that the store uses.
    Kind,
    /// A topic that the document is classed under.
    Topic,
    /// The language, by ISO 639-1 code.
    Language,
    /// The file's name.
    Name,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 8] =
        [Self::Title, Self::Issuer, Self::Number, Self::Standard, Self::Kind, Self::Topic, Self::Language, Self::Name];

    /// The name in the query language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Issuer => "issuer",
            Self::Number => "number",
            Self::Standard => "standard",
            Self::Kind => "kind",
            Self::Topic => "topic",
            Self::Language => "lang",
            Self::Name => "name",
        }
    }
}

/// A span of dates, both ends included, as numbers of the form `20240605`.
///
/// A date that is known to the year or month only has zeros for the rest (`20240600`); the end of a span that is
/// given to the year or month has nines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The first date.
    pub from: u32,
    /// The last date.
    pub to: u32,
}

impl DateRange {
    /// The earliest and the latest date there is.
    pub const ALL: Self = Self { from: 0, to: 99_999_999 };

    /// The span of `2023`, `2023-06`, `2023-06-05`, `2023..2025`, `2023..` or `..2025`; `None` when it is none of these.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (from, to.trim_start_matches('.')),
            None => (text, text),
        };
        let from = if from.is_empty() { Self::ALL.from } else { date_key(from)? };
        let to = if to.is_empty() { Self::ALL.to } else { last_day(date_key(to)?) };
        Some(Self { from: from.min(to), to: to.max(from) })
    }

    /// The span from the first to the last of these years; `None` when neither is given.
    pub fn years(first: Option<i32>, last: Option<i32>) -> Option<Self> {
        let key = |year: i32| u32::try_from(year.clamp(0, 9999)).unwrap_or(0).saturating_mul(10_000);
        (first.is_some() || last.is_some()).then(|| Self {
            from: first.map_or(Self::ALL.from, key),
            to: last.map_or(Self::ALL.to, |year| last_day(key(year))),
        })
    }

    /// Whether a date, as [`date_key`] gives it, lies within.
    pub fn contains(self, key: u32) -> bool {
        (self.from..=self.to).contains(&key)
    }
}

/// The number of an ISO 8601 date that is exact to the year, month or day: `2024-06` gives `20240600`.
///
/// `None` when it is no such date.
pub fn date_key(date: &str) -> Option<u32> {
    let mut parts = date.trim().split('-');
    let year = number(parts.next()?, 4, 9999)?;
    let month = parts.next().map_or(Some(0), |part| number(part, 2, 12))?;
    let day = parts.next().map_or(Some(0), |part| number(part, 2, 31))?;
    (parts.next().is_none()).then_some(year * 10_000 + month * 100 + day)
}

/// The last date of the year or month that a key stands for.
fn last_day(key: u32) -> u32 {
    match (key / 100 % 100, key % 100) {
        (0, _) => key + 9_999,
        (_, 0) => key + 99,
        _ => key,
    }
}

/// A number of at most so many digits and at most so large.
fn number(digits: &str, width: usize, largest: u32) -> Option<u32> {
    let fits = !digits.is_empty() && digits.len() <= width && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|&value| fits && value <= largest)
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
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.collect_atoms(atoms)),
            Self::Weighted { query, .. } => query.collect_atoms(atoms),
            Self::Field { .. } | Self::Date(_) | Self::Not(_) => {}
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
