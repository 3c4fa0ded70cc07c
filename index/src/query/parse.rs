//! Reading what a person typed. Nothing is an error: what cannot be meant is read as plain text, with a note.
//!
//! ```text
//! either   = all { OR all }
//! all      = list { AND list }
//! list     = { [ - | + | NOT ] operand }          plain words of a list are one loose query
//! operand  = ( either ) | text [ NEAR/n text ] | field:text | date:from..to | word*
//! ```

use super::lex::{Lexeme, lex};
use super::{Field, Query};
use crate::analysis::has_tokens;

/// Longest input that is read, in characters.
const LONGEST_INPUT: usize = 4_000;
/// Most words, phrases and fields that are read.
const MOST_CLAUSES: usize = 256;
/// Deepest nesting of parentheses that is read.
const DEEPEST: usize = 16;
/// Widest NEAR, in tokens.
const WIDEST_NEAR: u32 = 100;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The query; `None` when there is nothing to look for.
    pub query: Option<Query>,
    /// How unclear places were read, for the person who typed it.
    pub notes: Vec<String>,
}

/// Reads a query. Never fails: whatever is typed is read as something, and the notes say how.
pub fn parse(input: &str) -> Parsed {
    let mut notes = Vec::new();
    let input = match input.char_indices().nth(LONGEST_INPUT) {
        Some((end, _)) => {
            notes.push(format!("only the first {LONGEST_INPUT} characters were read"));
            input.get(..end).unwrap_or_default()
        }
        None => input,
    };
    let lexemes = lex(input, &mut notes);
    let mut parser = Parser { lexemes: lexemes.into_iter().peekable(), notes, clauses: 0, depth: 0 };
    let query = parser.either();
    Parsed { query, notes: parser.notes }
}

struct Parser {
    lexemes: std::iter::Peekable<std::vec::IntoIter<Lexeme>>,
    notes: Vec<String>,
    clauses: usize,
    depth: usize,
}

impl Parser {
    fn note(&mut self, note: &str) {
        if !self.notes.iter().any(|known| known == note) {
            self.notes.push(note.to_owned());
        }
    }

    fn either(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        loop {
            let part = self.all();
            let more = self.lexemes.next_if_eq(&Lexeme::Or).is_some();
            match part {
                Some(part) => parts.push(part),
                None if more || !parts.is_empty() => self.note("an OR without something on both sides was left out"),
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
                None if more || !parts.is_empty() => self.note("an AND without something on both sides was left out"),
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
            Lexeme::Open => self.group(),
            Lexeme::Near(_) => {
                self.note("a NEAR without something on both sides was left out");
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
                self.note("a NOT without something after it was left out");
                None
            }
            positive => positive,
        }
    }

    fn group(&mut self) -> Option<Query> {
        if self.depth >= DEEPEST {
            self.note("parentheses nested too deep were left out");
            self.skip_group();
            return None;
        }
        self.depth += 1;
        let query = self.either();
        self.depth -= 1;
        if self.lexemes.next_if_eq(&Lexeme::Close).is_none() {
            self.note("a parenthesis that was not closed was closed at the end");
        }
        query
    }

    fn skip_group(&mut self) {
        let mut open = 1_usize;
        while open > 0 {
            match self.lexemes.next() {
                Some(Lexeme::Open) => open += 1,
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
            _ => return None,
        };
        let leaf = self.near(leaf);
        if !is_searchable(&leaf) {
            return None;
        }
        self.clauses += 1;
        if self.clauses > MOST_CLAUSES {
            self.note("a query may have 256 words, phrases and fields; the rest was left out");
            return None;
        }
        Some(leaf)
    }

    /// `a NEAR/3 b`, where `leaf` is the `a`.
    fn near(&mut self, leaf: Query) -> Query {
        let Some(Lexeme::Near(distance)) = self.lexemes.next_if(|next| matches!(next, Lexeme::Near(_))) else {
            return leaf;
        };
        let right = self.lexemes.next_if(|next| matches!(next, Lexeme::Word(_) | Lexeme::Quoted(_)));
        let (Some(left), Some(Lexeme::Word(right) | Lexeme::Quoted(right))) = (single_text(&leaf), right) else {
            self.note("NEAR stands between two words or phrases; elsewhere it was left out");
            return leaf;
        };
        let distance = distance.min(WIDEST_NEAR);
        Query::Near { left: left.to_owned(), right: quotable(&right), distance }
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

fn single_text(query: &Query) -> Option<&str> {
    match query {
        Query::Text(text) => Some(text),
        Query::Words(words) => match words.as_slice() {
            [word] => Some(word),
            _ => None,
        },
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
        Query::Field { field: Field::Kind | Field::Language, text } => !text.is_empty(),
        Query::Field { text, .. } => has_tokens(text),
        _ => true,
    }
}
