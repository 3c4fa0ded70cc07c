//! The signs of the query language.

use super::{DateRange, Field};
use crate::analysis::is_unspaced;

/// A sign of the query language.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lexeme {
    Word(String),
    Quoted(String),
    Prefix(String),
    Field(Field, String),
    Date(DateRange),
    And,
    Or,
    /// `NOT`, or a hyphen before a word.
    Not,
    /// A plus before a word.
    Must,
    Near(u32),
    Open,
    Close,
}

/// How far apart the sides of a plain `NEAR` may stand.
const USUAL_NEAR: u32 = 10;

/// Takes the input apart.
pub(super) fn lex(input: &str, notes: &mut Vec<String>) -> Vec<Lexeme> {
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
    notes: &'n mut Vec<String>,
}

impl<'i> Lexer<'i, '_> {
    fn step(&mut self, c: char) {
        let after = self.rest.get(c.len_utf8()..).unwrap_or_default();
        let before_word = after.chars().next().is_some_and(|next| !next.is_whitespace());
        match c {
            '"' | '＂' | '“' | '「' | '『' => self.quoted(c, after),
            '(' | '（' => {
                self.open += 1;
                self.sign(Lexeme::Open, after);
            }
            ')' | '）' => self.close(after),
            '-' | '－' if before_word => self.sign(Lexeme::Not, after),
            '+' | '＋' if before_word => self.sign(Lexeme::Must, after),
            '&' if after.starts_with('&') => self.sign(Lexeme::And, after.trim_start_matches('&')),
            '|' if after.starts_with('|') => self.sign(Lexeme::Or, after.trim_start_matches('|')),
            c if c.is_alphanumeric() => self.word(),
            // Punctuation before a word: 《, #, ….
            _ => self.rest = after,
        }
    }

    fn sign(&mut self, sign: Lexeme, rest: &'i str) {
        self.lexemes.push(sign);
        self.rest = rest;
    }

    fn close(&mut self, after: &'i str) {
        match self.open.checked_sub(1) {
            Some(open) => {
                self.open = open;
                self.sign(Lexeme::Close, after);
            }
            None => {
                self.notes.push("a closing parenthesis without an opening one was left out".to_owned());
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
                self.notes.push("a quotation mark that was not closed was closed at the end".to_owned());
                (after, "")
            }
            None => ("", after),
        };
        self.rest = rest;
        let text = phrase(text);
        if !text.is_empty() {
            self.lexemes.push(Lexeme::Quoted(text));
        }
    }

    fn word(&mut self) {
        let length = word_length(self.rest);
        let (word, rest) = self.rest.split_at(length);
        if let Some(lexeme) = operator(word) {
            self.sign(lexeme, rest);
        } else if let Some((name, colon)) = field_name(self.rest) {
            self.field(name, self.rest.get(colon..).unwrap_or_default());
        } else {
            self.rest = rest;
            self.lexemes.extend(plain(word));
        }
    }

    /// `name:value`, where `after` begins behind the colon.
    fn field(&mut self, name: &'i str, after: &'i str) {
        let quote = after.chars().next().filter(|&c| matches!(c, '"' | '＂' | '“' | '「'));
        let (value, rest) = match quote {
            Some(open) => {
                let inner = after.get(open.len_utf8()..).unwrap_or_default();
                let end = inner.find(|c| closes(open, c)).unwrap_or(inner.len());
                let (value, rest) = inner.split_at(end);
                (value, rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default())
            }
            None => after.split_at(word_length(after)),
        };
        self.rest = rest;
        let lexeme = match named(name) {
            Some(Name::Field(field)) => field_value(field, value).map(|text| Lexeme::Field(field, text)),
            Some(Name::Date) => DateRange::parse(value).map(Lexeme::Date),
            None => None,
        };
        match lexeme {
            Some(lexeme) => self.lexemes.push(lexeme),
            None => self.unread_field(name, value),
        }
    }

    fn unread_field(&mut self, name: &str, value: &str) {
        if matches!(named(name), Some(Name::Date)) {
            self.notes.push(format!("date:{value} is no date; write date:2023, date:2023-06..2025 or date:2023.."));
        } else {
            self.notes.push(format!("{name}: has nothing after it and was left out"));
        }
    }
}

fn closes(open: char, c: char) -> bool {
    match open {
        '"' | '＂' => matches!(c, '"' | '＂'),
        '“' => c == '”',
        '「' => c == '」',
        _ => c == '』',
    }
}

/// The text of a phrase, in the form in which it prints.
fn phrase(text: &str) -> String {
    text.replace(['"', '＂'], " ").trim().to_owned()
}

/// Bytes up to the end of a word or of a field's value.
fn word_length(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '＂' | '(' | '（' | ')' | '）')).unwrap_or(text.len())
}

fn operator(word: &str) -> Option<Lexeme> {
    match word {
        "AND" => Some(Lexeme::And),
        "OR" => Some(Lexeme::Or),
        "NOT" => Some(Lexeme::Not),
        "NEAR" => Some(Lexeme::Near(USUAL_NEAR)),
        _ => {
            let distance = word.strip_prefix("NEAR/")?;
            (!distance.is_empty() && distance.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| Lexeme::Near(distance.parse().unwrap_or(u32::MAX)))
        }
    }
}

/// A word without the punctuation at its end; a prefix when that is an asterisk.
fn plain(word: &str) -> Option<Lexeme> {
    let kept = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = kept.chars().next_back()?;
    let starred = word.get(kept.len()..).is_some_and(|end| end.starts_with(['*', '＊']));
    if operator(kept).is_some() {
        return Some(Lexeme::Word(kept.to_lowercase()));
    }
    Some(match starred {
        // A Chinese text is a substring already.
        true if is_unspaced(last) => Lexeme::Quoted(kept.to_owned()),
        true => Lexeme::Prefix(kept.to_owned()),
        false => Lexeme::Word(kept.to_owned()),
    })
}

enum Name {
    Field(Field),
    Date,
}

fn named(name: &str) -> Option<Name> {
    let field = match name.to_ascii_lowercase().as_str() {
        "title" | "标题" | "題名" => Field::Title,
        "issuer" | "agency" | "机构" | "发文机关" => Field::Issuer,
        "number" | "文号" => Field::Number,
        "standard" | "标准" => Field::Standard,
        "kind" | "类型" => Field::Kind,
        "topic" | "主题" => Field::Topic,
        "lang" | "language" | "语言" => Field::Language,
        "name" | "file" => Field::Name,
        "date" | "year" | "日期" => return Some(Name::Date),
        _ => return None,
    };
    Some(Name::Field(field))
}

/// The known field name that `text` begins with, and where the value begins; the value must follow at once.
fn field_name(text: &str) -> Option<(&str, usize)> {
    let colon = text.find([':', '：'])?;
    let name = text.get(..colon)?;
    named(name)?;
    let after = text.get(colon..)?;
    let value = colon + after.chars().next()?.len_utf8();
    let begins = text.get(value..)?.chars().next()?;
    (!begins.is_whitespace()).then_some((name, value))
}

fn field_value(field: Field, value: &str) -> Option<String> {
    let value = phrase(value).trim_end_matches(['*', '＊']).to_owned();
    match field {
        Field::Kind => Some(kind_name(&value)),
        Field::Language => Some(value.to_lowercase()),
        _ => Some(value),
    }
    .filter(|value| value.chars().any(char::is_alphanumeric))
}

/// The store's name of a kind that was given in Chinese or with other letters.
fn kind_name(value: &str) -> String {
    let name = match value {
        "通知" => "notice",
        "指南" => "guidelines",
        "意见" => "opinions",
        "办法" | "规定" | "条例" => "measures",
        "规划" | "计划" | "行动方案" => "plan",
        "标准" => "standard",
        "公告" => "announcement",
        "白皮书" => "white_paper",
        "译文" => "translation",
        "新闻" => "news",
        _ => return value.to_lowercase().replace([' ', '-'], "_"),
    };
    name.to_owned()
}
