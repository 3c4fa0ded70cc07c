//! RIS, as EndNote, Zotero and Mendeley read it: a tag, two spaces, a hyphen, a space and a value a line.

use std::fmt::Write as _;

use super::{Citation, CitedAs, one_line};

/// The record of a document.
pub(in crate::search) fn ris(citation: &Citation) -> String {
    let kind = match citation.kind {
        CitedAs::Report => "RPRT",
        CitedAs::Standard => "STAND",
        CitedAs::News => "NEWS",
    };
    let mut lines: Vec<(&str, String)> = vec![("TY", kind.to_owned()), ("ID", citation.key.clone())];
    lines.extend(citation.authors.iter().map(|author| ("AU", name(author))));
    lines.push(("TI", citation.title.clone()));
    let given = [
        ("TT", citation.title_translated.clone()),
        ("A4", citation.translator.as_deref().map(name)),
        ("PY", citation.date_parts().next().map(str::to_owned)),
        ("DA", citation.date.as_ref().map(|_| date(citation))),
        ("SN", citation.number.clone()),
        ("M3", citation.genre.map(str::to_owned)),
        ("PB", Some(citation.authors.join("; ")).filter(|names| !names.is_empty())),
        ("LA", Some(citation.language).filter(|code| !["", "und"].contains(code)).map(str::to_owned)),
        ("UR", citation.url.clone()),
    ];
    lines.extend(given.into_iter().filter_map(|(tag, value)| Some((tag, value?))));
    let mut record = String::new();
    for (tag, value) in lines {
        // Writing to a string cannot fail.
        let _ = write!(record, "{tag}  - {}\r\n", one_line(&value));
    }
    record.push_str("ER  - \r\n\r\n");
    record
}

/// A name. An asterisk is not allowed in one.
fn name(name: &str) -> String {
    name.replace('*', " ")
}

/// `YYYY/MM/DD/other`, with what is not known left empty.
fn date(citation: &Citation) -> String {
    let mut parts = citation.date_parts();
    let mut part = || parts.next().unwrap_or_default().to_owned();
    format!("{}/{}/{}/", part(), part(), part())
}
