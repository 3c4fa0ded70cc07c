//! A query as the engine works on it: analysed once, each term with what it is worth.

use std::collections::BTreeMap;

use tantivy::postings::TermInfo;
use tantivy::schema::Field as IndexField;
use tantivy::{Searcher, TantivyError, Term};

use super::exact::PlacedTerm;
use super::rank::{SINGLES, Statistics, TITLE};
use crate::analysis::{Analysis, Kind, STEP, analyse};
use crate::document::topic_key;
use crate::function_words;
use crate::query::{DateRange, Field, Pattern, Query};
use crate::schema::{Fields, TermAt, exact_terms, flat_terms, written_terms};

/// A plain word of so many tokens at most ranks first where it stands whole.
const LONGEST_WHOLE: usize = 12;
/// A query as the engine works on it. What counts nothing has worth 0.
pub(super) enum Plan {
    Words(Vec<Word>),
    Text(Text),
    Prefix(Prefix),
    Near(Near),
    /// A fact of the document holds these terms, at their distances.
    Fact(Vec<PlacedTerm>),
    /// The text, or a fact, holds an identifier that meets a pattern.
    Identifier(Identifier),
    Date(DateRange),
    All(Vec<Plan>),
    Any(Vec<Plan>),
    /// Any of these; what counts is the best of them.
    Best(Vec<Plan>),
    Not(Box<Plan>),
}

/// A plain word: any of its parts counts.
pub(super) struct Word {
    /// Pairs and stems, the most telling first.
    pub(super) parts: Vec<Part>,
    /// Single characters, and words as written, the most telling first: they count for passages that have some of the
    /// parts.
    pub(super) singles: Vec<Part>,
    pub(super) title: Vec<Part>,
    /// The word as a whole, which counts above its parts.
    pub(super) whole: Option<Text>,
}

/// A term of a plain word.
pub(super) struct Part {
    pub(super) field: IndexField,
    /// Where its postings are, by segment.
    pub(super) places: Vec<Option<TermInfo>>,
    /// What it counts among documents.
    pub(super) worth: f32,
    /// What it counts among passages.
    pub(super) passage_worth: f32,
}

/// An exact text.
pub(super) struct Text {
    pub(super) body: Vec<PlacedTerm>,
    /// What it is worth, the weight of it included.
    pub(super) worth: f32,
    pub(super) title: Vec<PlacedTerm>,
    pub(super) title_worth: f32,
    /// Whether it is looked for in the title only.
    pub(super) in_title: bool,
}

/// Words that begin so.
pub(super) struct Prefix {
    pub(super) terms: Vec<TermAt>,
    pub(super) worth: f32,
}

/// Identifiers that meet a pattern.
pub(super) struct Identifier {
    pub(super) field: Option<Field>,
    pub(super) pattern: Pattern,
    pub(super) worth: f32,
}

/// Two texts near each other.
pub(super) struct Near {
    pub(super) left: Vec<PlacedTerm>,
    pub(super) left_span: u32,
    pub(super) right: Vec<PlacedTerm>,
    pub(super) right_span: u32,
    /// How many positions may stand between.
    pub(super) reach: u32,
    pub(super) worth: f32,
}

impl Plan {
    /// The plan of a query.
    pub(super) fn of(
        query: &Query,
        searcher: &Searcher,
        fields: &Fields,
        statistics: &Statistics,
    ) -> Result<Self, TantivyError> {
        Planner { searcher, fields, statistics }.plan(query, 1.0)
    }

    /// Whether plain words count, whose best passages are to be ranked.
    pub(super) fn has_words(&self) -> bool {
        match self {
            Self::Words(_) => true,
            Self::All(parts) | Self::Any(parts) | Self::Best(parts) => parts.iter().any(Self::has_words),
            _ => false,
        }
    }

    /// Whether it is plain words and nothing that must be there.
    pub(super) fn is_loose(&self) -> bool {
        match self {
            Self::Words(_) => true,
            Self::Any(parts) => parts.iter().any(Self::is_loose),
            _ => false,
        }
    }
}

struct Planner<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    statistics: &'a Statistics,
}

impl Planner<'_> {
    fn plan(&self, query: &Query, weight: f32) -> Result<Plan, TantivyError> {
        Ok(match query {
            Query::Words(words) => {
                Plan::Words(words.iter().map(|word| self.word(&analyse(word), weight)).collect::<Result<_, _>>()?)
            }
            Query::Text(text) => Plan::Text(self.text(&analyse(text), weight, false)?),
            Query::Prefix(prefix) => {
                let terms = written_terms(&analyse(prefix), self.fields.body.singles);
                // What a prefix is worth is what its words are; all together they are taken for a common one.
                Plan::Prefix(Prefix { terms, worth: weight })
            }
            Query::Near { left, right, distance } => {
                let (left, right) = (analyse(left), analyse(right));
                let (left_span, right_span) = (left.span(), right.span());
                let body = self.fields.body;
                let (left, right) = (self.placed(&exact_terms(&left, body))?, self.placed(&exact_terms(&right, body))?);
                let worth = weight * (self.worth(&left) + self.worth(&right));
                Plan::Near(Near { left, left_span, right, right_span, reach: distance.saturating_mul(STEP), worth })
            }
            Query::Field { field: Field::Title, text } => Plan::Text(self.text(&analyse(text), weight, true)?),
            Query::Field { field, text } => Plan::Fact(self.placed(&self.fact(*field, text))?),
            Query::Identifier { field, pattern } => {
                // Like a prefix: what is met is taken for common. Facts are not ranked by.
                let worth = if field.is_none() { weight } else { 0.0 };
                Plan::Identifier(Identifier { field: *field, pattern: pattern.clone(), worth })
            }
            Query::Date(range) => Plan::Date(*range),
            Query::Weighted { query, weight: factor } => self.plan(query, weight * factor)?,
            Query::And(parts) => Plan::All(self.plans(parts, weight)?),
            Query::Or(parts) => Plan::Any(self.plans(parts, weight)?),
            Query::Best(parts) => Plan::Best(self.plans(parts, weight)?),
            Query::Not(query) => Plan::Not(Box::new(self.plan(query, 0.0)?)),
        })
    }

    fn plans(&self, parts: &[Query], weight: f32) -> Result<Vec<Plan>, TantivyError> {
        parts.iter().map(|part| self.plan(part, weight)).collect()
    }

    fn placed(&self, terms: &[TermAt]) -> Result<Vec<PlacedTerm>, TantivyError> {
        PlacedTerm::all(self.searcher, terms)
    }

    /// What a text is worth: its terms together.
    fn worth(&self, terms: &[PlacedTerm]) -> f32 {
        let documents = terms.iter().filter_map(PlacedTerm::documents);
        documents.map(|documents| self.statistics.idf_of(documents)).sum()
    }

    fn text(&self, analysis: &Analysis, weight: f32, in_title: bool) -> Result<Text, TantivyError> {
        let body = self.placed(&exact_terms(analysis, self.fields.body))?;
        let title = self.placed(&exact_terms(analysis, self.fields.title))?;
        let (worth, title_worth) = match weight {
            0.0 => (0.0, 0.0),
            _ if in_title => (0.0, weight * TITLE * self.worth(&title)),
            _ => (weight * self.worth(&body), weight * TITLE * self.worth(&title)),
        };
        Ok(Text { body, worth, title, title_worth, in_title })
    }

    fn fact(&self, field: Field, text: &str) -> Vec<TermAt> {
        let Some(index_field) = self.fields.of_fact(field) else { return Vec::new() };
        let whole =
            |text: &str| vec![TermAt { offset: 0, term: Term::from_field_text(index_field, text), follows: false }];
        match field {
            Field::Kind | Field::Status | Field::Language => whole(text),
            Field::Topic => whole(&topic_key(text)),
            _ => flat_terms(&analyse(text), index_field),
        }
    }

    fn word(&self, analysis: &Analysis, weight: f32) -> Result<Word, TantivyError> {
        let mut found = self.parts(analysis, weight, true)?;
        if found.parts.is_empty() {
            found = self.parts(analysis, weight, false)?;
        }
        let tokens = analysis.tokens.len();
        if weight > 0.0 && (2..=LONGEST_WHOLE).contains(&tokens) {
            let whole = self.text(analysis, weight, false)?;
            found.whole = (whole.body.len() > 1).then_some(whole);
        }
        Ok(found)
    }

    /// A word without function words, or with them alike.
    fn parts(&self, analysis: &Analysis, weight: f32, without: bool) -> Result<Word, TantivyError> {
        let Fields { body, title, .. } = *self.fields;
        let texts = Texts::of(analysis, without);
        let mut parts = self.terms(&texts.pairs, body.pairs, weight)?;
        parts.extend(self.terms(&texts.lone, body.singles, weight * SINGLES)?);
        let mut singles = self.terms(&texts.singles, body.singles, weight * SINGLES)?;
        for of_kind in [&mut parts, &mut singles] {
            of_kind.sort_by(|a, b| b.passage_worth.total_cmp(&a.passage_worth));
        }
        Ok(Word { singles, title: self.terms(&texts.pairs, title.pairs, weight * TITLE)?, parts, whole: None })
    }

    /// Terms with their worth, without those that count nothing or are nowhere.
    fn terms(&self, texts: &BTreeMap<String, f32>, field: IndexField, weight: f32) -> Result<Vec<Part>, TantivyError> {
        let segments = self.searcher.segment_readers().iter();
        let indexes = segments.map(|segment| segment.inverted_index(field)).collect::<Result<Vec<_>, _>>()?;
        let mut parts = Vec::with_capacity(texts.len());
        for (text, &factor) in texts.iter().filter(|(_, factor)| **factor > 0.0) {
            let term = Term::from_field_text(field, text);
            let places = indexes.iter().map(|index| index.get_term_info(&term)).collect::<Result<Vec<_>, _>>()?;
            let documents: u64 = places.iter().flatten().map(|place| u64::from(place.doc_freq)).sum();
            if documents > 0 {
                let idf = self.statistics.idf_of(documents);
                let passage_worth = weight * factor * self.statistics.passage_idf(documents);
                parts.push(Part { field, places, worth: weight * factor * idf, passage_worth });
            }
        }
        Ok(parts)
    }
}

/// The terms of a plain word, each with how much it counts.
#[derive(Default)]
struct Texts {
    /// Pairs, stems and joined words.
    pairs: BTreeMap<String, f32>,
    /// Characters that have no other beside them.
    lone: BTreeMap<String, f32>,
    /// The other characters, and words as written.
    singles: BTreeMap<String, f32>,
}

impl Texts {
    fn of(analysis: &Analysis, without_function_words: bool) -> Self {
        let Self { mut pairs, mut lone, mut singles } = Self::default();
        let add = |to: &mut BTreeMap<String, f32>, text: String, weight: f32| {
            *to.entry(text).or_default() += if without_function_words { weight } else { 1.0 };
        };
        for (index, token) in analysis.tokens.iter().enumerate() {
            let text = analysis.text(token);
            let is_han = token.kind == Kind::Han;
            let of_single =
                if is_han { function_words::weight_of_character(text) } else { function_words::weight_of_word(text) };
            if !is_han {
                add(&mut pairs, analysis.stem(token).into_owned(), of_single);
            }
            if let Some(longer) = analysis.longer(index) {
                let of_pair = if is_han { function_words::weight_of_pair(&longer) } else { 1.0 };
                add(&mut pairs, longer, of_pair);
            }
            let beside = if analysis.is_lone_han(index) { &mut lone } else { &mut singles };
            add(beside, text.to_owned(), of_single);
        }
        Self { pairs, lone, singles }
    }
}
