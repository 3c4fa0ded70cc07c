//! Text with its cells kept apart by commas, semicolons, tabs or bars (RFC 4180 and what else is called CSV).

use std::collections::BTreeMap;

use csv::{Position, ReaderBuilder};

use crate::terms::exchange::{Caution, MOST_ENTRIES};

use super::{MOST_COLUMNS, Row, Rows};

/// What may keep cells apart.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// So many lines tell what keeps the cells apart.
const SAMPLE: usize = 200;

/// The rows of a text; `delimiter` where it is known.
pub fn read(text: &str, delimiter: Option<u8>) -> Rows {
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = delimiter.unwrap_or_else(|| likely_delimiter(text));
    let mut rows = Rows::default();
    let quoted = quotes_pair(text, delimiter);
    if !quoted {
        rows.cautions.push((0, Caution::LooseQuotes));
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoted)
        .from_reader(text.as_bytes());
    for record in reader.records() {
        match record {
            Ok(_) if rows.rows.len() > MOST_ENTRIES => {
                rows.cautions.push((0, Caution::TooMany));
                break;
            }
            Ok(record) => {
                let line = record.position().map_or(0, |position| line_at(text, position));
                let cells = record.iter().take(MOST_COLUMNS).map(str::to_owned).collect();
                rows.rows.push(Row { line, cells });
            }
            Err(error) => rows.cautions.push((0, Caution::Unreadable { text: error.to_string() })),
        }
    }
    rows
}

/// The line of a record, counted from 1: the reader says where it began to look, before any empty lines.
fn line_at(text: &str, position: &Position) -> usize {
    let number = |number: u64| usize::try_from(number).unwrap_or(0);
    let rest = text.as_bytes().get(number(position.byte())..).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    number(position.line()) + empty
}

/// Whether a quotation mark at the beginning of a cell always has its end at the end of one. Where it has not, as in
/// glossaries that quote words, a reader that minds the marks would take many lines for one cell.
fn quotes_pair(text: &str, delimiter: u8) -> bool {
    let mut at_start = true;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if !(at_start && byte == b'"') {
            at_start = byte == delimiter || byte == b'\n' || byte == b'\r';
            continue;
        }
        loop {
            match (bytes.next(), bytes.peek()) {
                (None, _) => return false,
                (Some(b'"'), Some(b'"')) => {
                    bytes.next();
                }
                (Some(b'"'), None) => return true,
                (Some(b'"'), Some(&after)) if after == delimiter || after == b'\n' || after == b'\r' => break,
                (Some(b'"'), Some(_)) => return false,
                (Some(_), _) => {}
            }
        }
        at_start = false;
    }
    true
}

/// What keeps the cells of the first lines apart: what gives the largest share of them the same number of cells, at least
/// two; of those that do as well, what comes first in the text.
fn likely_delimiter(text: &str) -> u8 {
    let mut best = (b',', 0, usize::MAX);
    for delimiter in DELIMITERS {
        let (share, first) = (evenness(text, delimiter), text.find(char::from(delimiter)).unwrap_or(usize::MAX));
        if share > best.1 || (share == best.1 && first < best.2) {
            best = (delimiter, share, first);
        }
    }
    best.0
}

/// How many of a thousand lines have the most usual number of cells above one.
fn evenness(text: &str, delimiter: u8) -> usize {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quotes_pair(text, delimiter))
        .from_reader(text.as_bytes());
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    for record in reader.into_records().take(SAMPLE).flatten() {
        *lengths.entry(record.len()).or_default() += 1;
    }
    let all: usize = lengths.values().sum();
    let most = lengths.iter().filter(|(length, _)| **length > 1).map(|(_, count)| *count).max().unwrap_or(0);
    most * 1000 / all.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let rows: Vec<Vec<String>> = read(text, None).rows.into_iter().map(|row| row.cells).collect();
        assert_eq!(rows, expected, "{text}");
    }

    #[test]
    fn cells_are_kept_apart_by_whatever_does_so_evenly() {
        check("潮汐,tide\r\n海湾,bay, inner\n", &[&["潮汐", "tide"], &["海湾", "bay", " inner"]]);
        check("潮汐,tide; tides\n海湾,bay; bays\n", &[&["潮汐", "tide; tides"], &["海湾", "bay; bays"]]);
        check("潮汐;tide, the\n海湾;bay, the\n", &[&["潮汐", "tide, the"], &["海湾", "bay, the"]]);
        check("\u{feff}潮汐\ttide; tides\n海湾\tbay; bays", &[&["潮汐", "tide; tides"], &["海湾", "bay; bays"]]);
        check("潮汐|tide\n海湾|bay\n", &[&["潮汐", "tide"], &["海湾", "bay"]]);
        check("潮汐\n海湾\n", &[&["潮汐"], &["海湾"]]);
    }

    #[test]
    fn quotation_marks_hold_cells_together_where_they_pair() {
        check("潮汐,\"tide, \"\"the\"\"\nagain\"\n海湾,bay\n", &[&["潮汐", "tide, \"the\"\nagain"], &["海湾", "bay"]]);
        check("智慧港\t\"smart\" port\n海湾\tbay\n", &[&["智慧港", "\"smart\" port"], &["海湾", "bay"]]);
        check("管\t\"open\n海湾\tbay\n", &[&["管", "\"open"], &["海湾", "bay"]]);
        assert_eq!(read("管\t\"open\n", None).cautions, [(0, Caution::LooseQuotes)]);
    }

    #[test]
    fn rows_know_their_lines() {
        let lines: Vec<usize> = read("a,b\n\n\"c\nd\",e\nf,g\n", None).rows.into_iter().map(|row| row.line).collect();
        assert_eq!(lines, [1, 3, 5]);
    }

    proptest! {
        #[test]
        fn any_text_gives_rows(text in "[a\",;\t|\r\n潮\u{0}]{0,40}") {
            read(&text, None);
        }

        #[test]
        fn what_is_written_is_read(
            rows in prop::collection::vec(prop::collection::vec("[a\",;\t\r\n潮 ]{0,6}", 2..5), 1..6),
            delimiter in prop::sample::select(DELIMITERS.to_vec()),
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let read: Vec<Vec<String>> = read(&text, Some(delimiter)).rows.into_iter().map(|row| row.cells).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
