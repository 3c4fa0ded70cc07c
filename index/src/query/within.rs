//! A field before a group: `issuer:(a OR b)` is `issuer:a OR issuer:b`.

use super::lex::field_value;
use super::{DateRange, Field, Note, Query};
use crate::analysis::is_unspaced;

/// What a group asks of a field; what asks of another field already stays as it is.
///
/// Plain words of Latin letters side by side are one text, each Chinese one a text of its own, and any may be met.
pub(super) fn within_field(query: Query, field: Field, notes: &mut Vec<Note>) -> Option<Query> {
    let mut of_text = |text: &str| Some(Query::Field { field, text: field_value(field, text, notes)? });
    match query {
        Query::Words(words) => some_of(texts(&words).iter().filter_map(|text| of_text(text)).collect(), Query::or),
        Query::Text(text) => of_text(&text),
        Query::Prefix(text) => {
            let query = of_text(&text);
            notes.push(Note::NotInField(field));
            query
        }
        Query::Near { left, right, .. } => {
            let sides = [of_text(&left), of_text(&right)];
            notes.push(Note::NotInField(field));
            some_of(sides.into_iter().flatten().collect(), Query::and)
        }
        Query::Identifier { field: None, pattern } => {
            if !field.holds_identifiers() {
                notes.push(Note::PatternInField(field));
            }
            Some(Query::Identifier { field: Some(field).filter(|field| field.holds_identifiers()), pattern })
        }
        Query::And(parts) => some_of(each(parts, |part| within_field(part, field, notes)), Query::and),
        Query::Or(parts) => some_of(each(parts, |part| within_field(part, field, notes)), Query::or),
        Query::Not(query) => within_field(*query, field, notes).map(Query::not),
        other => Some(other),
    }
}

/// The dates of a group.
pub(super) fn within_date(query: Query, notes: &mut Vec<Note>) -> Option<Query> {
    let mut of_text = |text: &str| {
        let range = DateRange::parse(text);
        if range.is_none() {
            notes.push(Note::NoDate(text.to_owned()));
        }
        range.map(Query::Date)
    };
    match query {
        Query::Words(words) => some_of(words.iter().filter_map(|word| of_text(word)).collect(), Query::or),
        Query::Text(text) => of_text(&text),
        Query::And(parts) => some_of(each(parts, |part| within_date(part, notes)), Query::and),
        Query::Or(parts) => some_of(each(parts, |part| within_date(part, notes)), Query::or),
        Query::Not(query) => within_date(*query, notes).map(Query::not),
        other => Some(other),
    }
}

fn each(parts: Vec<Query>, within: impl FnMut(Query) -> Option<Query>) -> Vec<Query> {
    parts.into_iter().filter_map(within).collect()
}

fn some_of(parts: Vec<Query>, join: impl Fn(Vec<Query>) -> Query) -> Option<Query> {
    (!parts.is_empty()).then(|| join(parts))
}

/// Plain words as texts of a field.
fn texts(words: &[String]) -> Vec<String> {
    let is_chinese = |word: &String| word.chars().any(is_unspaced);
    let runs = words.chunk_by(|a, b| !is_chinese(a) && !is_chinese(b));
    runs.map(|run| run.join(" ")).collect()
}
