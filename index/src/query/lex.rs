//! The signs of the query language.

use super::names::{Name, named};
use super::{DateRange, Field, Note, Pattern};
use crate::analysis::is_unspaced;

/// A sign of the query language.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lexeme {
    Word(String),
    Quoted(String),
    Prefix(String),
    Field(Field, String),
    Date(DateRange),
    Pattern(Option<Field>, Pattern),
    And,
    Or,
    /// `NOT`, or a hyphen before a word.
    Not,
    /// A plus before a word.
    Must,
    Near(u32),
    Open,
    /// `field:(`.
    OpenField(Field),
    /// `date:(`.
    OpenDate,
    Close,
}

/// How far apart the sides of a plain `NEAR` may stand.
const USUAL_NEAR: u32 = 10;

/// Takes the input apart.
pub(super) fn lex(input: &str, notes: &mut Vec<Note>) -> Vec<Lexeme> {
    let mut lexer = Lexer { rest: input, lexemes: Vec::new(), open: 0, notes };
    while let Some(c) = lexer.rest.chars().next() {
        lexer.step(c);
    }
    lexer.lexemes
}

struct Lexer<'i, 'n> {
    rest: &'i str,
    lexemes: Vec<Lexeme>,
    /// Parentheses that are open.
    open: usize,
    notes: &'n mut Vec<Note>,
}

impl<'i> Lexer<'i, '_> {
    fn step(&mut self, c: char) {
        let after = self.rest.get(c.len_utf8()..).unwrap_or_default();
        let before_word = after.chars().next().is_some_and(|next| !next.is_whitespace());
        match c {
            '"' | '＂' | '“' | '「' | '『' => self.quoted(c, after),
            '(' | '（' => self.opening(Lexeme::Open, after),
            ')' | '）' => self.close(after),
            '-' | '－' if before_word => self.sign(Lexeme::Not, after),
            '+' | '＋' if before_word => self.sign(Lexeme::Must, after),
            '/' | '／' if before_word => self.pattern(None, after),
            '&' | '＆' if after.starts_with(c) => self.sign(Lexeme::And, after.trim_start_matches(c)),
            '|' | '｜' if after.starts_with(c) => self.sign(Lexeme::Or, after.trim_start_matches(c)),
            c if c.is_alphanumeric() => self.word(),
            // Punctuation before a word: 《, #, ….
            _ => self.rest = after,
        }
    }

    fn sign(&mut self, sign: Lexeme, rest: &'i str) {
        self.lexemes.push(sign);
        self.rest = rest;
    }

    fn opening(&mut self, sign: Lexeme, rest: &'i str) {
        self.open += 1;
        self.sign(sign, rest);
    }

    fn close(&mut self, after: &'i str) {
        match self.open.checked_sub(1) {
            Some(open) => {
                self.open = open;
                self.sign(Lexeme::Close, after);
            }
            None => {
                self.notes.push(Note::StrayClosing);
                self.rest = after;
            }
        }
    }

    /// A phrase. Marks that come in pairs and are not closed are punctuation.
    fn quoted(&mut self, open: char, after: &'i str) {
        let (text, rest) = match after.find(|c| closes(open, c)) {
            Some(end) => {
                let (text, rest) = after.split_at(end);
                (text, rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default())
            }
            None if matches!(open, '"' | '＂') => {
                self.notes.push(Note::UnclosedQuote);
                (after, "")
            }
            None => ("", after),
        };
        self.rest = rest;
        self.lexemes.extend(phrase_lexeme(text));
    }

    fn word(&mut self) {
        let length = word_length(self.rest);
        let (word, rest) = self.rest.split_at(length);
        if let Some(lexeme) = operator(word) {
            self.sign(lexeme, rest);
        } else if let Some((name, value)) = field_name(word, rest) {
            self.field(name, value, self.rest.get(value..).unwrap_or_default());
        } else {
            self.rest = rest;
            self.plain(word);
        }
    }

    /// `name:value`, where `after` begins behind the colon, at `value`.
    fn field(&mut self, name: Name, value: usize, after: &'i str) {
        let written = self.rest.get(..value).unwrap_or_default();
        match (after.chars().next().unwrap_or_default(), name) {
            ('(' | '（', Name::Field(field)) => {
                self.opening(Lexeme::OpenField(field), after.get(paren_length(after)..).unwrap_or_default());
            }
            ('(' | '（', Name::Date) => {
                self.opening(Lexeme::OpenDate, after.get(paren_length(after)..).unwrap_or_default());
            }
            (slash @ ('/' | '／'), Name::Field(field)) if pattern_end(after).is_some() => {
                self.pattern(Some(field), after.get(slash.len_utf8()..).unwrap_or_default());
            }
            (quote, _) => self.field_text(name, written, after, quote),
        }
    }

    fn field_text(&mut self, name: Name, written: &str, after: &'i str, quote: char) {
        let (value, rest) = match quote {
            open @ ('"' | '＂' | '“' | '「') => {
                let inner = after.get(open.len_utf8()..).unwrap_or_default();
                let end = inner.find(|c| closes(open, c)).unwrap_or(inner.len());
                let (value, rest) = inner.split_at(end);
                (value, rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default())
            }
            _ => after.split_at(word_length(after)),
        };
        self.rest = rest;
        let lexeme = match name {
            Name::Field(field) => field_value(field, value, self.notes).map(|text| Lexeme::Field(field, text)),
            Name::Date => DateRange::parse(value).map(Lexeme::Date),
        };
        match lexeme {
            Some(lexeme) => self.lexemes.push(lexeme),
            None if name == Name::Date => self.notes.push(Note::NoDate(value.to_owned())),
            None => self.notes.push(Note::NoValue(written.trim_end_matches([':', '：']).to_owned())),
        }
    }

    /// `/pattern/`, where `after` begins behind the first slash; without a last one the slash is punctuation.
    fn pattern(&mut self, field: Option<Field>, after: &'i str) {
        let Some(end) = closing_slash(after) else { return self.rest = after };
        let (written, rest) = after.split_at(end);
        self.rest = rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        if let Some(field) = field.filter(|field| !field.holds_identifiers()) {
            self.notes.push(Note::PatternInField(field));
        }
        match Pattern::new(written) {
            Ok(pattern) => {
                self.lexemes.push(Lexeme::Pattern(field.filter(|field| field.holds_identifiers()), pattern));
            }
            Err(error) => {
                self.notes.push(Note::BadPattern { pattern: written.to_owned(), error });
                let words = written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                words.for_each(|word| self.plain(word));
            }
        }
    }

    /// A word without the punctuation at its end; a prefix when that is an asterisk; a span of dates.
    fn plain(&mut self, word: &str) {
        let kept = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let Some(last) = kept.chars().next_back() else { return };
        let starred = word.get(kept.len()..).is_some_and(|end| end.starts_with(STARS));
        match operator(kept) {
            // In capitals an operator; with punctuation behind it a word.
            Some(_) if kept.is_ascii() => return self.lexemes.push(Lexeme::Word(kept.to_lowercase())),
            Some(_) => return,
            None => {}
        }
        if let Some(range) = DateRange::parse_bare(kept) {
            self.lexemes.push(Lexeme::Date(range));
        } else if let Some(head) = inner_prefix(kept) {
            self.notes.push(Note::InnerAsterisk(kept.to_owned()));
            self.lexemes.push(Lexeme::Prefix(head.to_owned()));
        } else {
            self.lexemes.push(match starred {
                // A Chinese text is a substring already.
                true if is_unspaced(last) => Lexeme::Quoted(kept.to_owned()),
                true => Lexeme::Prefix(kept.to_owned()),
                false => Lexeme::Word(kept.to_owned()),
            });
        }
    }
}

const STARS: [char; 2] = ['*', '＊'];

fn closes(open: char, c: char) -> bool {
    match open {
        '"' | '＂' => matches!(c, '"' | '＂'),
        '“' => c == '”',
        '「' => c == '」',
        _ => c == '』',
    }
}

/// The text of a phrase, in the form in which it prints.
pub(super) fn phrase(text: &str) -> String {
    text.replace(['"', '＂'], " ").trim().to_owned()
}

/// A phrase, or with an asterisk at its end a prefix.
fn phrase_lexeme(text: &str) -> Option<Lexeme> {
    let text = phrase(text);
    if !text.ends_with(STARS) {
        return (!text.is_empty()).then_some(Lexeme::Quoted(text));
    }
    let kept = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = kept.chars().next_back()?;
    let kept = kept.to_owned();
    Some(if is_unspaced(last) { Lexeme::Quoted(kept) } else { Lexeme::Prefix(kept) })
}

/// The part of a word before an asterisk within it, where that is a word that is written with spaces.
fn inner_prefix(word: &str) -> Option<&str> {
    let (head, _) = word.split_once(STARS)?;
    let head = head.trim_end_matches(|c: char| !c.is_alphanumeric());
    head.chars().next_back().is_some_and(|last| !is_unspaced(last)).then_some(head)
}

/// Bytes up to the end of a word or of a field's value.
fn word_length(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '＂' | '(' | '（' | ')' | '）')).unwrap_or(text.len())
}

fn paren_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The end of a pattern behind the slash that `text` begins with.
fn pattern_end(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let inner = text.get(first.len_utf8()..)?;
    inner.chars().next().filter(|c| !c.is_whitespace())?;
    closing_slash(inner)
}

/// The slash that ends a pattern: not escaped, and before white space, a closing parenthesis or the end, so that
/// `/gb/t 41\d+/` needs no backslash.
fn closing_slash(text: &str) -> Option<usize> {
    let mut escaped = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = chars.peek().is_none_or(|&(_, next)| next.is_whitespace() || matches!(next, ')' | '）'));
        if !escaped && ends && at > 0 && matches!(c, '/' | '／') {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// What a word by itself joins or excludes. The Chinese ones are such only where they stand alone.
pub(super) fn operator(word: &str) -> Option<Lexeme> {
    // Operators are short: the others need not be looked at.
    if word.len() > 40 {
        return None;
    }
    let ascii: String = word.chars().map(half_width).collect();
    match ascii.as_str() {
        "AND" | "与" | "且" | "并且" => Some(Lexeme::And),
        "OR" | "或" | "或者" => Some(Lexeme::Or),
        "NOT" | "非" | "不含" => Some(Lexeme::Not),
        "NEAR" => Some(Lexeme::Near(USUAL_NEAR)),
        _ => {
            let distance = ascii.strip_prefix("NEAR/")?;
            (!distance.is_empty() && distance.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| Lexeme::Near(distance.parse().unwrap_or(u32::MAX)))
        }
    }
}

fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// The known field name that a word begins with, and where the value begins; the value must follow at once.
fn field_name(word: &str, rest: &str) -> Option<(Name, usize)> {
    let colon = word.find([':', '：'])?;
    let name = named(word.get(..colon)?)?;
    let value = colon + word.get(colon..)?.chars().next()?.len_utf8();
    let begins = word.get(value..)?.chars().next().or_else(|| rest.chars().next())?;
    (!begins.is_whitespace()).then_some((name, value))
}

/// The value of a field, in the form in which it prints; `None` when there is nothing to look for.
pub(super) fn field_value(field: Field, value: &str, notes: &mut Vec<Note>) -> Option<String> {
    let given = phrase(value).trim_end_matches(STARS).to_owned();
    // Twice, since what the first makes of quotation marks may be a writing of its own; asterisks may have stood before
    // such a mark.
    let value = phrase(&field.value(&phrase(&field.value(&given))));
    let value = value.trim_end_matches(STARS).trim_end().to_owned();
    let closed = field.closed_values();
    let is_something = value.chars().any(char::is_alphanumeric);
    if is_something && !closed.is_empty() && !closed.contains(&value.as_str()) {
        notes.push(Note::NoSuchValue { field, value: given });
    }
    is_something.then_some(value)
}
