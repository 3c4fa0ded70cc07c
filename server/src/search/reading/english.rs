//! A reading in English.

use index::query::{Field, Query};

use super::{Date, Span, Tongue};

pub(super) struct English;

impl Tongue for English {
    fn thing(&self, query: &Query) -> String {
        match query {
            Query::Words(words) => match words.as_slice() {
                [word] => format!("“{word}” or parts of it"),
                words => format!("any of {}", quoted(words)),
            },
            Query::Text(text) => format!("“{text}”"),
            Query::Prefix(prefix) if prefix.contains(' ') => format!("“{prefix}…”"),
            Query::Prefix(prefix) => format!("words that begin with “{prefix}”"),
            Query::Near { left, right, distance } => {
                format!("“{left}” within {distance} words of “{right}”")
            }
            Query::Identifier { pattern, .. } => format!("an identifier that looks like /{}/", pattern.written()),
            _ => String::new(),
        }
    }

    fn having(&self, thing: &str, negative: bool) -> String {
        if negative { format!("without {thing}") } else { format!("that have {thing}") }
    }

    fn fact(&self, field: Field, value: &str, is_pattern: bool, negative: bool) -> String {
        let not = if negative { "not " } else { "" };
        if is_pattern {
            let with = if negative { "without" } else { "with" };
            let name = if field == Field::Number { "document number" } else { field.name() };
            return format!("{with} a {name} that looks like /{value}/");
        }
        let with = if negative { "without" } else { "with" };
        match field {
            Field::Title => format!("{with} “{value}” in the title"),
            Field::Issuer => format!("{not}issued by “{value}”"),
            Field::Number => format!("{not}numbered “{value}”"),
            Field::Standard if negative => format!("that neither are nor name the standard “{value}”"),
            Field::Standard => format!("that are or name the standard “{value}”"),
            Field::Committee if negative => format!("that do not name the committee “{value}”"),
            Field::Committee => format!("that name the committee “{value}”"),
            Field::Kind => format!("{not}of the kind “{}”", value.replace('_', " ")),
            Field::Status => format!("{not}with the status “{value}”"),
            Field::Topic => format!("{not}under the topic “{value}”"),
            Field::Language => format!("{not}in {}", language(value)),
            Field::Name => format!("{with} “{value}” in the file’s name"),
        }
    }

    fn dated(&self, span: &Span, negative: bool) -> String {
        let not = if negative { "not " } else { "" };
        match span {
            Span::One(date) => format!("{not}dated {}", written(date)),
            Span::From(date) => format!("{not}dated {} or later", written(date)),
            Span::To(date) => format!("{not}dated {} or earlier", written(date)),
            Span::Between(from, to) => format!("{not}dated {} to {}", written(from), written(to)),
            Span::Any if negative => "without a date".to_owned(),
            Span::Any => "with a date".to_owned(),
        }
    }

    fn all(&self, parts: &[String], apart: bool) -> String {
        parts.join(if apart { ", " } else { " and " })
    }

    fn any(&self, parts: &[String], apart: bool) -> String {
        parts.join(if apart { ", or " } else { " or " })
    }

    fn enclosed(&self, part: &str) -> String {
        format!("({part})")
    }

    fn sentence(&self, phrase: Option<&str>) -> String {
        match phrase {
            Some("") => "no documents".to_owned(),
            Some(phrase) => format!("documents {phrase}"),
            None => "all documents".to_owned(),
        }
    }
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ")
}

fn language(code: &str) -> &str {
    match code {
        "zh" => "Chinese",
        "en" => "English",
        other => other,
    }
}

fn written(date: &Date) -> String {
    match (date.month, date.day) {
        (0, _) => date.year.to_string(),
        (month, 0) => format!("{}-{month:02}", date.year),
        (month, day) => format!("{}-{month:02}-{day:02}", date.year),
    }
}
