//! A text with its terms marked.

use std::ops::Range;

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::Response;

use super::upload::{READERS, Sent};
use super::{Linked, Piece, pieces};
use crate::terms::cached::termbase;
use crate::terms::marking::{MarkedTerm, MarkedText, mark};
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::words::MarkingWords;
use crate::web::{App, link, view};

use corpus::store::ListedTerm;
use corpus::term::Status;

/// So much of a text is shown, in characters; all of it is marked and counted.
const SHOWN_TEXT: usize = 60_000;
/// So many terms are listed beside it.
const SHOWN_TERMS: usize = 500;

#[derive(Template)]
#[template(path = "mark.html")]
struct MarkPage {
    shell: Shell,
    m: &'static MarkingWords,
    text: String,
    all: bool,
    notice: Option<&'static str>,
    marked: Option<Marked>,
}

/// A text as the page shows it.
struct Marked {
    lines: Vec<TextLine>,
    terms: Vec<Line>,
    counted: String,
    /// What is said of a text that is not shown whole.
    cut: Option<String>,
    /// What is said of a list that is not shown whole.
    more: Option<String>,
}

/// A line of the text, with the language that its characters tell.
struct TextLine {
    lang: &'static str,
    pieces: Vec<Piece>,
}

/// A term in the list beside the text.
struct Line {
    text: String,
    lang: &'static str,
    other_lang: &'static str,
    class: &'static str,
    status: Option<Status>,
    href: String,
    /// Where it stands first, unless that is not shown.
    first: Option<String>,
    count: usize,
    renderings: Vec<ListedTerm>,
    instead: Vec<ListedTerm>,
    is_homograph: bool,
}

pub(super) async fn ask(shell: Shell) -> Result<Response, Problem> {
    let m = MarkingWords::of(shell.ui());
    crate::web::pages::page(&MarkPage { m, text: String::new(), all: false, notice: None, marked: None, shell })
}

pub(super) async fn show(State(app): State<App>, shell: Shell, form: Multipart) -> Result<Response, Problem> {
    let mut sent = Sent::read(form).await?;
    let (m, w) = (MarkingWords::of(shell.ui()), shell.w);
    let all = sent.is_ticked("all");
    let (typed, file) = (sent.text("text"), sent.file("file"));
    if typed.is_none() && file.is_none() {
        let notice = Some(m.nothing_given);
        return crate::web::pages::page(&MarkPage { m, text: String::new(), all, notice, marked: None, shell });
    }
    let _turn = READERS.acquire().await.map_err(|_| Problem::Slow)?;
    let done = app.run(move |data| {
        let text = match file {
            Some(file) => file.given(data)?.text(),
            None => typed.unwrap_or_default(),
        };
        let base = termbase(data)?;
        let shown = shown(&mark(&base, &text, all), m, w);
        // A text that is not shown whole is not sent back to be changed either.
        Ok((if shown.cut.is_none() { text } else { String::new() }, shown))
    });
    let (text, marked) = done.await?;
    crate::web::pages::page(&MarkPage { m, text, all, notice: None, marked: Some(marked), shell })
}

fn shown(marked: &MarkedText<'_>, m: &'static MarkingWords, w: &'static crate::web::words::Words) -> Marked {
    let end = end_of_shown(marked.text);
    let mut seen = vec![false; marked.terms.len()];
    let ranges = marked.marks.iter().take_while(|mark| mark.range.end <= end).filter_map(|mark| {
        let term = marked.terms.get(mark.term)?;
        let is_first = seen.get_mut(mark.term).is_some_and(|seen| !std::mem::replace(seen, true));
        let anchor = if is_first { format!("t{}", mark.term) } else { String::new() };
        let linked =
            Linked { class: class(term.status), href: link::concept(term.concept), title: title(term, m, w), anchor };
        Some((mark.range.clone(), linked))
    });
    let ranges = ranges.collect();
    let lines = lines(marked.text.get(..end).unwrap_or_default(), ranges);
    let terms = marked.terms.iter().enumerate().take(SHOWN_TERMS).map(|(at, term)| Line {
        text: term.text.clone(),
        lang: term.language.code(),
        other_lang: term.language.counterpart().map_or("", |other| other.code()),
        class: class(term.status),
        status: (!term.status.is_usable()).then_some(term.status),
        href: link::concept(term.concept),
        first: seen.get(at).is_some_and(|seen| *seen).then(|| format!("#t{at}")),
        count: term.count,
        renderings: term.renderings.clone(),
        instead: term.instead.clone(),
        is_homograph: !term.homographs.is_empty(),
    });
    let chars = |text: &str| text.chars().count();
    let is_cut = end < marked.text.len();
    Marked {
        terms: terms.collect(),
        lines,
        counted: m.marked_counted(marked.marks.len(), marked.terms.len()),
        cut: is_cut.then(|| m.cut(chars(marked.text.get(..end).unwrap_or_default()), chars(marked.text))),
        more: (marked.terms.len() > SHOWN_TERMS).then(|| m.first_of(SHOWN_TERMS, marked.terms.len())),
    }
}

/// How far a text is shown, in bytes: to the end of a line where one is near.
fn end_of_shown(text: &str) -> usize {
    let Some((end, _)) = text.char_indices().nth(SHOWN_TEXT) else { return text.len() };
    let line = text.get(..end).and_then(|shown| shown.rfind('\n'));
    line.filter(|line| *line > end / 2).unwrap_or(end)
}

/// The marked pieces of each line of a text; lines without text part paragraphs and are left out.
fn lines(text: &str, ranges: Vec<(Range<usize>, Linked)>) -> Vec<TextLine> {
    let mut ranges = ranges.into_iter().peekable();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let mut own = Vec::new();
        while let Some((range, linked)) = ranges.next_if(|(range, _)| range.start < end) {
            own.push((range.start - start..range.end.min(end) - start, linked));
        }
        if !line.trim().is_empty() {
            let line = line.trim_end_matches('\n');
            lines.push(TextLine { lang: view::script(line), pieces: pieces(line, own) });
        }
        start = end;
    }
    lines
}

/// Reviewed, not reviewed, or not to be used.
fn class(status: Status) -> &'static str {
    match status {
        Status::Preferred | Status::Admitted => "reviewed",
        Status::Candidate => "candidate",
        Status::Superseded | Status::Deprecated | Status::Rejected => "avoid",
    }
}

fn title(term: &MarkedTerm, m: &MarkingWords, w: &crate::web::words::Words) -> String {
    let told = |found: &ListedTerm| format!("{} ({})", found.text, w.status(&found.status));
    let renderings: Vec<String> = term.renderings.iter().map(told).collect();
    let renderings = if renderings.is_empty() { m.no_rendering.to_owned() } else { renderings.join("; ") };
    match term.instead.first() {
        Some(instead) => format!("{}{}{}; {renderings}", m.use_instead, w.colon, instead.text),
        None => renderings,
    }
}
