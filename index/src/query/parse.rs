//! Reading what a person typed. Nothing is an error: what cannot be meant is read as plain text, with a note.
//!
//! ```text
//! either   = all { OR all }
//! all      = list { AND list }
//! list     = { [ - | + | NOT ] operand }          plain words of a list are one loose query
//! operand  = group | text [ NEAR/n near ] | [ field: ] /pattern/ | field:text | field:( either ) | date:from..to | word*
//! group    = ( either ) [ NEAR/n near ]
//! near     = text | ( either )                    of texts only
//! ```

use super::lex::{Lexeme, lex};
use super::within::{within_date, within_field};
use super::{Field, Note, Query};
use crate::analysis::has_tokens;

/// Longest input that is read, in characters.
const LONGEST_INPUT: usize = 4_000;
/// Most words, phrases and fields that are read.
const MOST_CLAUSES: usize = 256;
/// Most prefixes and patterns, each of which may be met by many words.
const MOST_PATTERNS: usize = 16;
/// Most pairs of texts that groups beside a NEAR make.
const MOST_PAIRS: usize = 32;
/// Deepest nesting of parentheses that is read.
const DEEPEST: usize = 16;
/// Widest NEAR, in tokens.
const WIDEST_NEAR: u32 = 100;

/// Most notes that are given.
const MOST_NOTES: usize = 16;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The query; `None` when there is nothing to look for.
    pub query: Option<Query>,
    /// How unclear places were read, for the person who typed it.
    pub notes: Vec<Note>,
}

/// Reads a query. Never fails: whatever is typed is read as something, and the notes say how.
pub fn parse(input: &str) -> Parsed {
    let mut notes = Vec::new();
    let input = match input.char_indices().nth(LONGEST_INPUT) {
        Some((end, _)) => {
            notes.push(Note::Cut(LONGEST_INPUT));
            input.get(..end).unwrap_or_default()
        }
        None => input,
    };
    let lexemes = lex(input, &mut notes);
    let mut parser = Parser { lexemes: lexemes.into_iter().peekable(), notes, clauses: 0, patterns: 0, depth: 0 };
    let query = parser.either();
    let mut notes = Vec::with_capacity(parser.notes.len());
    for note in parser.notes {
        if !notes.contains(&note) && notes.len() < MOST_NOTES {
            notes.push(note);
        }
    }
    Parsed { query, notes }
}

struct Parser {
    lexemes: std::iter::Peekable<std::vec::IntoIter<Lexeme>>,
    notes: Vec<Note>,
    clauses: usize,
    /// Prefixes and patterns.
    patterns: usize,
    depth: usize,
}

impl Parser {
    fn either(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        loop {
            let part = self.all();
            let more = self.lexemes.next_if_eq(&Lexeme::Or).is_some();
            match part {
                Some(part) => parts.push(part),
                None if more || !parts.is_empty() => self.notes.push(Note::Dangling("OR")),
                None => {}
            }
            if !more {
                return operands(parts, Query::or);
            }
        }
    }

    fn all(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        loop {
            let part = self.list();
            let more = self.lexemes.next_if_eq(&Lexeme::And).is_some();
            match part {
                Some(part) => parts.push(part),
                None if more || !parts.is_empty() => self.notes.push(Note::Dangling("AND")),
                None => {}
            }
            if !more {
                return operands(parts, Query::and);
            }
        }
    }

    fn list(&mut self) -> Option<Query> {
        let mut words = Vec::new();
        let mut parts = Vec::new();
        while let Some(lexeme) = self.lexemes.peek() {
            if matches!(lexeme, Lexeme::Or | Lexeme::And | Lexeme::Close) {
                break;
            }
            match self.item() {
                Some(Query::Words(more)) => words.extend(more),
                Some(other) => parts.push(other),
                None => {}
            }
        }
        if !words.is_empty() {
            parts.insert(0, Query::Words(words));
        }
        (!parts.is_empty()).then(|| Query::and(parts))
    }

    fn item(&mut self) -> Option<Query> {
        match self.lexemes.next()? {
            Lexeme::Not => self.signed(true),
            Lexeme::Must => self.signed(false),
            Lexeme::Open => {
                let group = self.group()?;
                Some(self.near(group))
            }
            Lexeme::OpenField(field) => {
                let group = self.group()?;
                within_field(group, field, &mut self.notes)
            }
            Lexeme::OpenDate => {
                let group = self.group()?;
                within_date(group, &mut self.notes)
            }
            Lexeme::Near(_) => {
                self.notes.push(Note::Dangling("NEAR"));
                None
            }
            leaf => self.leaf(leaf),
        }
    }

    /// What a run of signs stands before: an odd number of NOTs excludes it, and a single word is meant exactly.
    fn signed(&mut self, mut negative: bool) -> Option<Query> {
        while let Some(sign) = self.lexemes.next_if(|next| matches!(next, Lexeme::Not | Lexeme::Must)) {
            negative ^= sign == Lexeme::Not;
        }
        let query = match self.lexemes.peek() {
            None | Some(Lexeme::Or | Lexeme::And | Lexeme::Close | Lexeme::Near(_)) => None,
            Some(_) => self.item(),
        };
        match query.map(exact) {
            Some(query) if negative => Some(Query::not(query)),
            None if negative => {
                self.notes.push(Note::Dangling("NOT"));
                None
            }
            positive => positive,
        }
    }

    fn group(&mut self) -> Option<Query> {
        if self.depth >= DEEPEST {
            self.notes.push(Note::TooDeep);
            self.skip_group();
            return None;
        }
        self.depth += 1;
        let query = self.either();
        self.depth -= 1;
        if self.lexemes.next_if_eq(&Lexeme::Close).is_none() {
            self.notes.push(Note::UnclosedParenthesis);
        }
        query
    }

    fn skip_group(&mut self) {
        let mut open = 1_usize;
        while open > 0 {
            match self.lexemes.next() {
                Some(Lexeme::Open | Lexeme::OpenField(_) | Lexeme::OpenDate) => open += 1,
                Some(Lexeme::Close) => open -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    fn leaf(&mut self, lexeme: Lexeme) -> Option<Query> {
        let leaf = match lexeme {
            Lexeme::Word(word) => Query::Words(vec![word]),
            Lexeme::Quoted(text) => Query::Text(text),
            Lexeme::Prefix(prefix) => Query::Prefix(prefix),
            Lexeme::Field(field, text) => Query::Field { field, text },
            Lexeme::Date(range) => Query::Date(range),
            Lexeme::Pattern(field, pattern) => Query::Identifier { field, pattern },
            _ => return None,
        };
        let leaf = self.near(leaf);
        (is_searchable(&leaf) && self.has_room(&leaf)).then_some(leaf)
    }

    /// Whether there may be one more; counts it.
    fn has_room(&mut self, leaf: &Query) -> bool {
        self.clauses += 1;
        if self.clauses > MOST_CLAUSES {
            self.notes.push(Note::TooManyClauses(MOST_CLAUSES));
            return false;
        }
        if matches!(leaf, Query::Prefix(_) | Query::Identifier { .. }) {
            self.patterns += 1;
            if self.patterns > MOST_PATTERNS {
                self.notes.push(Note::TooManyPatterns(MOST_PATTERNS));
                return false;
            }
        }
        true
    }

    /// `a NEAR/3 b`, where `left` is the `a`; of groups every text of the one with every text of the other.
    fn near(&mut self, left: Query) -> Query {
        let Some(Lexeme::Near(distance)) = self.lexemes.next_if(|next| matches!(next, Lexeme::Near(_))) else {
            return left;
        };
        let right = self.near_side();
        let sides = (texts(&left), right.as_ref().and_then(texts));
        let (Some(lefts), Some(rights)) = sides else {
            self.notes.push(Note::NearOfOther);
            return left;
        };
        let pairs = lefts.len() * rights.len();
        if pairs > MOST_PAIRS || self.clauses + pairs > MOST_CLAUSES {
            self.notes.push(Note::NearTooMany(MOST_PAIRS));
            return left;
        }
        self.clauses += pairs - 1;
        let distance = distance.min(WIDEST_NEAR);
        let pair = |left: &str, right: &str| Query::Near { left: left.to_owned(), right: quotable(right), distance };
        Query::or(lefts.iter().flat_map(|left| rights.iter().map(move |right| pair(left, right))).collect())
    }

    /// What stands behind a NEAR.
    fn near_side(&mut self) -> Option<Query> {
        let is_side = |next: &Lexeme| matches!(next, Lexeme::Word(_) | Lexeme::Quoted(_) | Lexeme::Open);
        match self.lexemes.next_if(is_side)? {
            Lexeme::Word(text) | Lexeme::Quoted(text) => Some(Query::Text(text)),
            _ => self.group(),
        }
    }
}

/// Joins what stood between operators. A single plain word beside an operator is meant exactly.
fn operands(mut parts: Vec<Query>, join: impl Fn(Vec<Query>) -> Query) -> Option<Query> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(join(parts.into_iter().map(exact).collect())),
    }
}

fn exact(query: Query) -> Query {
    match query {
        Query::And(parts) => Query::and(parts.into_iter().map(Query::exact_word).collect()),
        other => other.exact_word(),
    }
}

/// The texts of which any may be met; `None` when something else is asked for.
fn texts(query: &Query) -> Option<Vec<&str>> {
    match query {
        Query::Text(text) => Some(vec![text.as_str()]).filter(|_| has_tokens(text)),
        Query::Words(words) => Some(words.iter().map(String::as_str).collect()),
        Query::Or(parts) => Some(parts.iter().map(texts).collect::<Option<Vec<_>>>()?.concat()),
        _ => None,
    }
}

/// Text without the mark that would end it in print.
fn quotable(text: &str) -> String {
    text.replace('"', " ")
}

fn is_searchable(leaf: &Query) -> bool {
    match leaf {
        Query::Words(words) => words.iter().all(|word| has_tokens(word)),
        Query::Text(text) | Query::Prefix(text) => has_tokens(text),
        Query::Near { left, right, .. } => has_tokens(left) && has_tokens(right),
        Query::Field { field: Field::Kind | Field::Status | Field::Language, text } => !text.is_empty(),
        Query::Field { text, .. } => has_tokens(text),
        _ => true,
    }
}
