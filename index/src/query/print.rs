//! Writing a query so that it reads back the same.

use std::fmt::{Display, Formatter, Result};

use super::lex::operator;
use super::{DateRange, Query};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Words(words) => f.write_str(&words.join(" ")),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Prefix(prefix) if reads_bare(prefix) => write!(f, "{prefix}*"),
            Self::Prefix(prefix) => write!(f, "\"{prefix}*\""),
            Self::Near { left, right, distance } => write!(f, "\"{left}\" NEAR/{distance} \"{right}\""),
            Self::Field { field, text } => write!(f, "{}:\"{text}\"", field.name()),
            Self::Identifier { field: Some(field), pattern } => write!(f, "{}:/{}/", field.name(), pattern.written()),
            Self::Identifier { field: None, pattern } => write!(f, "/{}/", pattern.written()),
            Self::Date(range) => write!(f, "date:{range}"),
            Self::Weighted { query, .. } => Display::fmt(query, f),
            Self::And(parts) => print_and(parts, f),
            Self::Or(parts) | Self::Best(parts) => print_joined(parts, " OR ", f),
            Self::Not(query) => {
                f.write_str("-")?;
                print_operand(query, f)
            }
        }
    }
}

/// Whether a prefix reads as one without quotation marks.
fn reads_bare(prefix: &str) -> bool {
    prefix.chars().all(char::is_alphanumeric) && operator(prefix).is_none()
}

/// Side by side means all of them, but two lists of plain words side by side would be one list.
fn print_and(parts: &[Query], f: &mut Formatter<'_>) -> Result {
    let lists = parts.iter().filter(|part| matches!(part, Query::Words(_))).count();
    match parts.first() {
        Some(Query::Words(words)) if lists == 1 => {
            write!(f, "{} ", words.join(" "))?;
            print_joined(&parts[1..], " ", f)
        }
        _ => print_joined(parts, " AND ", f),
    }
}

fn print_joined(parts: &[Query], separator: &str, f: &mut Formatter<'_>) -> Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        print_operand(part, f)?;
    }
    Ok(())
}

fn print_operand(query: &Query, f: &mut Formatter<'_>) -> Result {
    match query {
        Query::And(_) | Query::Or(_) | Query::Best(_) | Query::Words(_) | Query::Near { .. } => write!(f, "({query})"),
        Query::Weighted { query, .. } => print_operand(query, f),
        leaf => Display::fmt(leaf, f),
    }
}

impl Display for DateRange {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.from != Self::ALL.from {
            print_date(self.from, 0, f)?;
        }
        f.write_str("..")?;
        if self.to != Self::ALL.to {
            print_date(self.to, 99, f)?;
        }
        Ok(())
    }
}

/// Writes as much of a date as is known.
fn print_date(key: u32, unknown: u32, f: &mut Formatter<'_>) -> Result {
    let (year, month, day) = (key / 10_000, key / 100 % 100, key % 100);
    match (year, month, day) {
        (_, month, _) if month == unknown => write!(f, "{year:04}"),
        (_, _, day) if day == unknown => write!(f, "{year:04}-{month:02}"),
        _ => write!(f, "{year:04}-{month:02}-{day:02}"),
    }
}
