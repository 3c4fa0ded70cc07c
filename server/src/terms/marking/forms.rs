//! The forms in which a marked text is handed on: text with brackets, HTML, JSON, a table.

use std::fmt::Write as _;

use corpus::document::Language;
use corpus::store::ListedTerm;
use schemars::JsonSchema;
use serde::Serialize;

use super::{MarkedTerm, MarkedText};

/// The text with the best rendering behind each term: `数据要素【data elements】`. A term that is not to be used has a
/// `×` before it, and what to use instead where that is known.
pub fn bracketed(marked: &MarkedText<'_>) -> String {
    let mut text = String::with_capacity(marked.text.len() * 2);
    pieces(marked, |piece, term| {
        text.push_str(piece);
        let Some(term) = term else { return };
        let instead = term.instead.first().map(|found| found.text.as_str());
        let best = instead.or(term.renderings.first().map(|found| found.text.as_str()));
        let cross = if term.status.is_usable() { "" } else { "×" };
        if best.is_some() || !cross.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(text, "【{cross}{}】", best.unwrap_or_default());
        }
    });
    text
}

/// The text as a fragment of HTML: a paragraph a line, each term a `mark` with its status as class and its renderings
/// as title.
pub fn html(marked: &MarkedText<'_>) -> String {
    let mut text = String::with_capacity(marked.text.len() * 3);
    text.push_str("<p>");
    pieces(marked, |piece, term| match term {
        Some(term) => {
            let title = escaped(&told(&term.renderings));
            let (class, lang) = (term.status.name(), term.language.code());
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "<mark class=\"{class}\" lang=\"{lang}\" title=\"{title}\" data-concept=\"{}\">{}</mark>",
                term.concept,
                escaped(piece)
            );
        }
        None => text.push_str(&escaped(piece).replace('\n', "</p>\n<p>")),
    });
    text.push_str("</p>\n");
    text
}

/// A line a term: how often, the term, its language, its status, its renderings, its concept.
pub fn tsv(marked: &MarkedText<'_>) -> String {
    let mut text = "count\tterm\tlanguage\tstatus\trenderings\tconcept\n".to_owned();
    for term in &marked.terms {
        let renderings = term.renderings.iter().map(|found| cell(&found.text)).collect::<Vec<_>>().join("; ");
        let (language, status) = (term.language.code(), term.status.name());
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}\t{}\t{language}\t{status}\t{renderings}\t{}",
            term.count,
            cell(&term.text),
            term.concept
        );
    }
    text
}

/// A marked text on the wire.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MarkedText")]
pub struct MarkedJson<'a> {
    /// The text that the places refer to.
    text: &'a str,
    /// Its terms, each once, in the order of their first places.
    terms: Vec<TermJson<'a>>,
    /// Where they stand, in order; places never overlap.
    marks: Vec<MarkJson>,
}

/// A term of a text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MarkedTerm")]
struct TermJson<'a> {
    /// The designation as the termbase writes it.
    text: &'a str,
    language: Language,
    status: &'static str,
    confidence: f32,
    concept: i64,
    /// The other concepts that the same designation has.
    homographs: &'a [i64],
    count: usize,
    /// The best renderings in the other language, best first.
    renderings: Vec<RenderingJson<'a>>,
    /// What to use in its place, where it is not to be used.
    instead: Vec<RenderingJson<'a>>,
}

/// A rendering of a term.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MarkedRendering")]
struct RenderingJson<'a> {
    text: &'a str,
    status: &'static str,
    confidence: f32,
    count: u32,
}

/// A place of a term.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Mark")]
struct MarkJson {
    /// Where it begins, in bytes of the text's UTF-8.
    start: usize,
    /// Where it ends, exclusive.
    end: usize,
    /// Where it begins, in characters (Unicode scalar values).
    start_char: usize,
    /// Where it ends, exclusive.
    end_char: usize,
    /// The index of its term in `terms`, from 0.
    term: usize,
}

/// The marked text as it goes over the wire.
pub fn json<'a>(marked: &'a MarkedText<'_>) -> MarkedJson<'a> {
    let mut counted = (0, 0);
    let mut chars = |at: usize| {
        let (from, before) = counted;
        counted = (at, before + marked.text.get(from..at).map_or(0, |piece| piece.chars().count()));
        counted.1
    };
    let marks = marked.marks.iter().map(|mark| {
        let (start, end) = (mark.range.start, mark.range.end);
        MarkJson { start, end, start_char: chars(start), end_char: chars(end), term: mark.term }
    });
    let marks = marks.collect();
    let rendering = |found: &'a ListedTerm| RenderingJson {
        text: &found.text,
        status: found.status.name(),
        confidence: found.confidence,
        count: found.count,
    };
    let terms = marked.terms.iter().map(|term| TermJson {
        text: &term.text,
        language: term.language,
        status: term.status.name(),
        confidence: term.confidence,
        concept: term.concept,
        homographs: &term.homographs,
        count: term.count,
        renderings: term.renderings.iter().map(rendering).collect(),
        instead: term.instead.iter().map(rendering).collect(),
    });
    MarkedJson { text: marked.text, terms: terms.collect(), marks }
}

/// Each piece of the text with the term that it is, or none.
fn pieces<'a>(marked: &'a MarkedText<'_>, mut each: impl FnMut(&'a str, Option<&'a MarkedTerm>)) {
    let mut at = 0;
    for mark in &marked.marks {
        each(marked.text.get(at..mark.range.start).unwrap_or_default(), None);
        each(marked.text.get(mark.range.clone()).unwrap_or_default(), marked.terms.get(mark.term));
        at = mark.range.end;
    }
    each(marked.text.get(at..).unwrap_or_default(), None);
}

fn told(renderings: &[ListedTerm]) -> String {
    let told = renderings.iter().map(|found| format!("{} ({})", found.text, found.status.name()));
    told.collect::<Vec<_>>().join("; ")
}

fn cell(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
