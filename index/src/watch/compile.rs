//! From a query to the condition that a document is held against, and its anchors.

use super::anchors::{Anchor, Place};
use super::vocabulary::{TokenId, Vocabulary};
use crate::analysis::{Kind, WordForm, analyse};
use crate::document::topic_key;
use crate::query::{DateRange, Field, Pattern, Query};

/// What stands for the number of documents where nothing is known: halved for each character of the text.
const UNKNOWN_FREQUENCY: usize = 1_000_000;

/// A query in terms of tokens. Small, since there are many.
pub(super) enum Condition {
    /// The run stands in a passage.
    Text(Box<[TokenId]>),
    Prefix(Box<Prefix>),
    Near(Box<Near>),
    Fact(Box<Fact>),
    /// An identifier of the fact, or without one any of the facts and the text, meets the pattern.
    Identifier(Box<(Option<Field>, Pattern)>),
    Date(DateRange),
    All(Box<[Condition]>),
    Any(Box<[Condition]>),
    Not(Box<Condition>),
}

/// Words as they are written, of which the last may go on.
pub(super) struct Prefix {
    /// The stems of the words before the last, with the gap behind them; of a Chinese character, which cannot go on,
    /// also the last.
    pub(super) run: Box<[TokenId]>,
    pub(super) words: Box<[Box<str>]>,
}

/// Two runs in one passage with at most so many tokens between them.
pub(super) struct Near {
    pub(super) left: Box<[TokenId]>,
    pub(super) right: Box<[TokenId]>,
    pub(super) distance: u32,
}

/// A value of a fact holds the run, or is the string.
pub(super) struct Fact {
    pub(super) field: Field,
    pub(super) value: FactValue,
}

pub(super) enum FactValue {
    Run(Box<[TokenId]>),
    Whole(Box<str>),
}

/// Anchors of which one at least is in every document that meets a condition, and how many documents hold them.
pub(super) struct Required {
    pub(super) anchors: Vec<Anchor>,
    pub(super) cost: usize,
}

/// A condition and what it cannot be met without, if there is such.
pub(super) struct Compiled {
    pub(super) condition: Condition,
    pub(super) required: Option<Required>,
}

/// How many documents hold a text; `None` where that is not known.
type Frequency<'f> = &'f dyn Fn(&str) -> Option<usize>;

/// How many documents hold the rarest part that a query cannot be met without, as `frequency` knows of texts.
///
/// `None` when there is no such part: the query asks for facts only, or for what is not there. A watch with a high
/// number, or none, is met by many documents, which its owner should be told.
pub fn rarest_required(query: &Query, frequency: &dyn Fn(&str) -> Option<usize>) -> Option<usize> {
    let mut compiler = Compiler { vocabulary: &mut Vocabulary::default(), frequency, to_match: false };
    compiler.compile(&query.strict()).required.map(|required| required.cost)
}

/// Compiles a watch's query; the words of its condition are kept in the vocabulary until [`forget`].
pub(super) fn compile(query: &Query, vocabulary: &mut Vocabulary, frequency: Frequency<'_>) -> Compiled {
    Compiler { vocabulary, frequency, to_match: true }.compile(&query.strict())
}

/// Whether a query requires several parts, of which one has to be chosen as what it is looked for by.
pub(super) fn has_choice(query: &Query) -> bool {
    match query {
        Query::Near { .. } => true,
        Query::And(parts) => parts.iter().filter(|part| !matches!(part, Query::Not(_))).count() > 1,
        Query::Words(words) => words.len() > 1,
        Query::Or(parts) | Query::Best(parts) => parts.iter().any(has_choice),
        Query::Weighted { query, .. } => has_choice(query),
        _ => false,
    }
}

/// Lets go of the words of a condition.
pub(super) fn forget(condition: &Condition, vocabulary: &mut Vocabulary) {
    match condition {
        Condition::Text(run) => vocabulary.forget(run),
        Condition::Prefix(prefix) => vocabulary.forget(&prefix.run),
        Condition::Near(near) => {
            vocabulary.forget(&near.left);
            vocabulary.forget(&near.right);
        }
        Condition::Fact(fact) => {
            if let FactValue::Run(run) = &fact.value {
                vocabulary.forget(run);
            }
        }
        Condition::Identifier(_) | Condition::Date(_) => {}
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| forget(part, vocabulary)),
        Condition::Not(inner) => forget(inner, vocabulary),
    }
}

struct Compiler<'c> {
    vocabulary: &'c mut Vocabulary,
    frequency: Frequency<'c>,
    /// Whether anchors are wanted that can be looked for, not only what is to be told of texts.
    to_match: bool,
}

impl Compiler<'_> {
    fn compile(&mut self, query: &Query) -> Compiled {
        match query {
            Query::Text(text) => {
                let (run, required) = self.text(text);
                Compiled { condition: Condition::Text(run), required: Some(required) }
            }
            Query::Prefix(prefix) => self.prefix(prefix),
            Query::Near { left, right, distance } => {
                let (left, of_left) = self.text(left);
                let (right, of_right) = self.text(right);
                let condition = Condition::Near(Box::new(Near { left, right, distance: *distance }));
                Compiled { condition, required: Some(rarer(of_left, of_right)) }
            }
            Query::Field { field, text } => self.fact(*field, text),
            Query::Identifier { field, pattern } => {
                Compiled { condition: Condition::Identifier(Box::new((*field, pattern.clone()))), required: None }
            }
            Query::Date(range) => Compiled { condition: Condition::Date(*range), required: None },
            Query::Weighted { query, .. } => self.compile(query),
            Query::And(parts) => self.all(parts),
            Query::Or(parts) | Query::Best(parts) => self.any(parts),
            Query::Not(query) => {
                Compiled { condition: Condition::Not(Box::new(self.compile(query).condition)), required: None }
            }
            // The strict reading has no plain words; one that is left is read in the same way.
            Query::Words(words) => self.all(&words.iter().cloned().map(Query::Text).collect::<Vec<_>>()),
        }
    }

    fn all(&mut self, parts: &[Query]) -> Compiled {
        let mut required: Option<Required> = None;
        let conditions = parts.iter().map(|part| {
            let part = self.compile(part);
            required = match (required.take(), part.required) {
                (Some(a), Some(b)) => Some(rarer(a, b)),
                (a, b) => a.or(b),
            };
            part.condition
        });
        let condition = Condition::All(conditions.collect());
        Compiled { condition, required }
    }

    fn any(&mut self, parts: &[Query]) -> Compiled {
        let mut required = Some(Required { anchors: Vec::new(), cost: 0 });
        let conditions = parts.iter().map(|part| {
            let part = self.compile(part);
            required = match (required.take(), part.required) {
                (Some(mut together), Some(more)) => {
                    together.anchors.extend(more.anchors);
                    together.cost = together.cost.saturating_add(more.cost);
                    Some(together)
                }
                _ => None,
            };
            part.condition
        });
        let condition = Condition::Any(conditions.collect());
        Compiled { condition, required }
    }

    /// The run of a text, and it as an anchor; a text without a token is met by nothing.
    fn text(&mut self, text: &str) -> (Box<[TokenId]>, Required) {
        let analysis = analyse(text);
        let run = self.vocabulary.learn(&analysis, analysis.tokens.len());
        if run.is_empty() {
            return (run, Required { anchors: Vec::new(), cost: 0 });
        }
        let cost = self.cost(text, &analysis.canonical(WordForm::Stem).text);
        let anchors = vec![Anchor::run(Place::Text, &run)];
        (run, Required { anchors, cost })
    }

    fn prefix(&mut self, text: &str) -> Compiled {
        let analysis = analyse(text);
        let words: Box<[Box<str>]> = analysis.tokens.iter().map(|token| analysis.text(token).into()).collect();
        let may_go_on = analysis.tokens.last().is_some_and(|token| token.kind != Kind::Han);
        let run = self.vocabulary.learn(&analysis, words.len().saturating_sub(usize::from(may_go_on)));
        let anchor = match words.last() {
            Some(last) if run.is_empty() => Some(Anchor::string(Place::Prefix(last.len()), last)),
            Some(_) => Some(Anchor::run(Place::Text, &run)),
            None => None,
        };
        let canonical = analysis.canonical(WordForm::Written).into_prefix();
        let cost = match anchor {
            None => 0,
            // How many documents hold the words does not tell how many hold words that begin so.
            Some(_) if self.to_match => guessed(canonical.chars().count()),
            Some(_) => self.cost(text, &canonical),
        };
        let required = Required { anchors: anchor.into_iter().collect(), cost };
        Compiled { condition: Condition::Prefix(Box::new(Prefix { run, words })), required: Some(required) }
    }

    fn fact(&mut self, field: Field, text: &str) -> Compiled {
        let place = Place::Fact(field);
        let (value, anchor, length) = match field {
            Field::Kind | Field::Status | Field::Language => {
                // Half of all documents may have it: any other anchor is better.
                (FactValue::Whole(text.into()), Some(Anchor::string(place, text)), 0)
            }
            Field::Topic => {
                let key = topic_key(text);
                (FactValue::Whole(key.as_str().into()), Some(Anchor::string(place, &key)), key.chars().count())
            }
            _ => {
                let analysis = analyse(text);
                let run = self.vocabulary.learn(&analysis, analysis.tokens.len());
                let anchor = (!run.is_empty()).then(|| Anchor::run(place, &run));
                (FactValue::Run(run), anchor, analysis.canonical(WordForm::Stem).text.chars().count())
            }
        };
        let cost = if anchor.is_some() { guessed(length) } else { 0 };
        let required = self.to_match.then(|| Required { anchors: anchor.into_iter().collect(), cost });
        Compiled { condition: Condition::Fact(Box::new(Fact { field, value })), required }
    }

    fn cost(&self, text: &str, canonical: &str) -> usize {
        (self.frequency)(text).unwrap_or_else(|| guessed(canonical.chars().count()))
    }
}

/// Where nothing is known, the longer text is taken for the rarer.
fn guessed(length: usize) -> usize {
    u32::try_from(length).ok().and_then(|length| UNKNOWN_FREQUENCY.checked_shr(length)).unwrap_or(0)
}

fn rarer(a: Required, b: Required) -> Required {
    if b.cost < a.cost { b } else { a }
}
