//! Import and export as pages and programs ask for them.

pub(super) mod kept;

use corpus::term::Status;

use crate::Error;
use crate::terms::exchange::export::{Choice, Export};
use crate::terms::exchange::filter::day;
use crate::terms::exchange::omegat::Direction;
use crate::terms::exchange::plan::{Ambiguous, Wishes};
use crate::terms::exchange::reading::Asked;
use crate::terms::exchange::table::columns::Column;
use crate::terms::exchange::{Format, Imported};

/// A request may import so many entries, which takes about half of the time that a request may take.
const MOST_IN_REQUEST: usize = 10_000;

/// Refuses a file with more entries than a request has time for.
///
/// # Errors
/// When there are more; says what to do.
pub(super) fn check_size(imported: &Imported) -> Result<(), Error> {
    let entries = imported.entries.len();
    if entries <= MOST_IN_REQUEST {
        return Ok(());
    }
    Err(Error::Input(format!(
        "the file has {entries} entries, more than {MOST_IN_REQUEST}; import it with `policyglot terms import`"
    )))
}

/// The names and values of a query or a form, in their order; names may come again.
pub(super) type Pairs = Vec<(String, String)>;

fn first<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, value)| key == name && !value.trim().is_empty()).map(|(_, value)| value.trim())
}

fn is_ticked(pairs: &Pairs, name: &str) -> bool {
    first(pairs, name).is_some_and(|value| !matches!(value, "0" | "false" | "no"))
}

/// The values of a name, which come each by itself or with commas between them.
fn all<'a>(pairs: &'a Pairs, name: &str) -> impl Iterator<Item = &'a str> {
    let named = pairs.iter().filter(move |(key, _)| key == name);
    named.flat_map(|(_, value)| value.split(',')).map(str::trim).filter(|value| !value.is_empty())
}

fn no_such(what: &str, given: &str, known: &[&str]) -> Error {
    Error::Input(format!("there is no {what} `{given}`; give one of: {}", known.join(", ")))
}

fn format(given: &str) -> Result<Format, Error> {
    Format::from_name(given).ok_or_else(|| no_such("format", given, &Format::ALL.map(Format::name)))
}

fn status(given: &str) -> Result<Status, Error> {
    Status::from_name(given).ok_or_else(|| no_such("status", given, &Status::ALL.map(Status::name)))
}

fn column(given: &str) -> Result<Column, Error> {
    Column::from_name(given).ok_or_else(|| no_such("column", given, &Column::ALL.map(Column::name)))
}

/// The export that is asked for.
///
/// # Errors
/// When what is given is none of what can be given; says what can.
pub(super) fn asked_export(pairs: &Pairs) -> Result<Export, Error> {
    let known = Format::ALL.map(Format::name).join(", ");
    let given = first(pairs, "format")
        .ok_or_else(|| Error::Input(format!("there is no format; give one as ?format= of: {known}")))?;
    let least = first(pairs, "min_confidence").map(|given| {
        let share = given.parse::<f32>().ok().filter(|share| (0.0..=1.0).contains(share));
        share.ok_or_else(|| Error::Input(format!("`{given}` is no confidence; give a number from 0 to 1")))
    });
    let which = first(pairs, "which").unwrap_or_default();
    let choice = Choice {
        statuses: all(pairs, "status").map(status).collect::<Result<_, _>>()?,
        reviewed: is_ticked(pairs, "reviewed") || which == "reviewed",
        candidates: is_ticked(pairs, "candidates") || which == "candidates",
        // Whoever asks for all candidates on the page means those that are shown.
        least_confidence: least.transpose()?.or((which == "candidates").then_some(0.0)),
    };
    let mut asked = Export::new(format(given)?).with(&choice);
    let owned = |name| first(pairs, name).map(str::to_owned);
    asked.filter.subject = owned("subject");
    asked.filter.issuer = owned("issuer");
    asked.filter.changed_since = first(pairs, "changed_since").map(day).transpose()?;
    asked.filter.seen_since = first(pairs, "seen_since").map(day).transpose()?;
    asked.direction = match first(pairs, "direction") {
        None | Some("zh-en") => Direction::ZhEn,
        Some("en-zh") => Direction::EnZh,
        Some(other) => return Err(no_such("direction", other, &["zh-en", "en-zh"])),
    };
    // A page offers what only some formats have, whatever format is chosen.
    let is_table = matches!(asked.format, Format::Csv | Format::Tsv);
    if is_table {
        asked.columns = all(pairs, "columns").map(column).collect::<Result<_, _>>()?;
        asked.spreadsheet = is_ticked(pairs, "spreadsheet");
    }
    asked.evidence = is_ticked(pairs, "evidence");
    Ok(asked)
}

/// How a file is to be read, and what is to be done where it leaves something open. Columns are given as `map=zh=1,en=2`,
/// or each by itself as `c1=zh`.
///
/// # Errors
/// As [`asked_export`].
pub(super) fn asked_import(pairs: &Pairs) -> Result<(Asked, Wishes), Error> {
    let mut asked = Asked::default().with_map(first(pairs, "map").unwrap_or_default())?;
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        if let Some(number) = name.strip_prefix('c').and_then(|number| number.parse::<usize>().ok()) {
            asked.mapping.columns.push((column(value)?, number.to_string()));
        }
    }
    asked.format = first(pairs, "format").map(format).transpose()?;
    asked.sheet = first(pairs, "sheet").map(str::to_owned);
    asked.mapping.header = first(pairs, "header").map(|given| !matches!(given, "0" | "false" | "no"));
    asked.mapping.never_split = is_ticked(pairs, "no_split");
    let wishes = Wishes {
        status: first(pairs, "set_status").map(status).transpose()?,
        overwrite: is_ticked(pairs, "overwrite"),
        readmit: is_ticked(pairs, "override"),
        ambiguous: match first(pairs, "ambiguous") {
            None | Some("skip") => Ambiguous::Skip,
            Some("new") => Ambiguous::New,
            Some(other) => return Err(no_such("way with ambiguous entries", other, &["skip", "new"])),
        },
        ..Wishes::for_file(first(pairs, "name").unwrap_or("import"))
    };
    Ok((asked, wishes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &str) -> Pairs {
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    #[test]
    fn an_export_is_asked_for_in_a_query() {
        let asked =
            asked_export(&pairs("format=csv&status=preferred&status=admitted&columns=zh,en&seen_since=2024")).unwrap();
        assert_eq!(asked.filter.statuses, [Status::Preferred, Status::Admitted]);
        assert_eq!(asked.columns, [Column::Zh, Column::En]);
        assert_eq!(asked.filter.seen_since.as_deref(), Some("2024-01-01"));
        let asked = asked_export(&pairs("format=omegat&candidates=on&min_confidence=0.9&direction=en-zh")).unwrap();
        assert_eq!(asked.filter.statuses, [Status::Preferred, Status::Admitted, Status::Candidate]);
        assert_eq!(asked.direction, Direction::EnZh);
    }

    #[track_caller]
    fn refused(query: &str, expected: &str) {
        let failed = asked_export(&pairs(query)).unwrap_err().to_string();
        assert!(failed.contains(expected), "{failed}");
    }

    #[test]
    fn what_cannot_be_exported_is_refused_with_what_can() {
        refused("", "give one as ?format=");
        refused("format=doc", "tbx, tbx2, tmx");
        refused("format=csv&status=fine", "preferred, admitted");
        refused("format=csv&min_confidence=2", "from 0 to 1");
        refused("format=csv&changed_since=soon", "no day");
        refused("format=csv&direction=fr", "zh-en, en-zh");
    }

    #[test]
    fn columns_are_given_together_or_each_by_itself() {
        for query in ["map=zh%3D1,en%3D3", "c1=zh&c3=en&c2="] {
            let (asked, _) = asked_import(&pairs(query)).unwrap();
            assert_eq!(asked.mapping.columns, [(Column::Zh, "1".to_owned()), (Column::En, "3".to_owned())], "{query}");
        }
    }
}
