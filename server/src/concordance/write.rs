//! A concordance as a file: CSV for a spreadsheet, TMX for a CAT tool.

use std::io::Write;

use super::{Concordance, PairSide, SentencePair};
use crate::Error;
use crate::sheet::Sheet;
use crate::tmx::{self, Unit, UnitSide};

const COLUMNS: [&str; 13] = [
    "phrase",
    "rendering",
    "text",
    "translation",
    "language",
    "score",
    "doubtful",
    "date",
    "kind",
    "issuers",
    "title",
    "page",
    "page_of_translation",
];

/// Writes the pairs as CSV (RFC 4180), a row each; `spreadsheet` as [`crate::export::export()`] has it.
///
/// # Errors
/// When the output cannot be written.
pub fn write_csv(concordance: &Concordance, spreadsheet: bool, out: impl Write) -> Result<(), Error> {
    let mut sheet = Sheet::new(out, b',', spreadsheet)?;
    sheet.row(COLUMNS)?;
    for pair in &concordance.pairs {
        sheet.row(row(&concordance.phrase, pair))?;
    }
    sheet.finish()
}

fn row(phrase: &str, pair: &SentencePair) -> [String; 13] {
    [
        phrase.to_owned(),
        pair.rendering.clone().unwrap_or_default(),
        pair.own.text.clone(),
        pair.other.text.clone(),
        pair.own.language.clone(),
        format!("{:.2}", pair.score),
        pair.doubtful.to_string(),
        pair.date.clone().unwrap_or_default(),
        pair.kind.clone().unwrap_or_default(),
        pair.issuers.join("; "),
        pair.own.title.clone(),
        pair.own.page.to_string(),
        pair.other.page.to_string(),
    ]
}

/// The pairs as TMX 1.4b, a unit each; the side of the phrase is the source.
///
/// # Errors
/// When the text cannot be put together.
pub fn write_tmx(concordance: &Concordance) -> Result<String, Error> {
    let source = concordance.pairs.first().map_or("zh", |pair| pair.own.language.as_str());
    let properties = [("x-phrase".to_owned(), concordance.phrase.clone())];
    tmx::write(source, &properties, concordance.pairs.iter().enumerate().map(|(number, pair)| unit(number, pair)))
        .map_err(|source| Error::Io { action: "write", path: "the TMX file".into(), source })
}

fn unit(number: usize, pair: &SentencePair) -> Unit {
    let mut properties = vec![("x-score".to_owned(), format!("{:.2}", pair.score))];
    if pair.doubtful {
        properties.push(("x-doubtful".to_owned(), "yes".to_owned()));
    }
    properties.extend(pair.rendering.iter().map(|rendering| ("x-rendering".to_owned(), rendering.clone())));
    properties.extend(pair.date.iter().map(|date| ("x-date".to_owned(), date.clone())));
    Unit { id: format!("{}-{}", pair.bitext, number + 1), properties, sides: [side(&pair.own), side(&pair.other)] }
}

fn side(side: &PairSide) -> UnitSide {
    let properties = vec![("x-document".to_owned(), side.title.clone()), ("x-page".to_owned(), side.page.to_string())];
    UnitSide { language: side.language.clone(), properties, text: side.text.clone() }
}
