//! A draft translation with what the termbase would have otherwise.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::Response;

use super::upload::{READERS, Sent, SentFile};
use super::{Linked, Piece, pieces};
use crate::Error;
use crate::data::Data;
use crate::terms::bilingual::{BilingualText, aligned, is_bilingual, read};
use crate::terms::checking::{
    CheckReport, CheckedSegment, CheckedTerm, Counts, Finding, Severity, Span, Variation, check,
};
use crate::terms::given::Given;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::words::MarkingWords;
use crate::web::{App, link};

/// So many sentences are shown; of a draft with more, only those with findings.
const SHOWN_SEGMENTS: usize = 300;
/// So many findings are listed.
const SHOWN_FINDINGS: usize = 300;
/// So many terms that vary are listed.
const SHOWN_VARIATIONS: usize = 100;
/// Longer texts are not aligned while somebody waits, in characters of both together.
pub(in crate::web) const LONGEST_TEXTS: usize = 300_000;

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    shell: Shell,
    m: &'static MarkingWords,
    source: String,
    draft: String,
    notes: bool,
    notice: Option<&'static str>,
    checked: Option<Checked>,
}

/// A report as the page shows it.
struct Checked {
    summary: String,
    unchecked: Option<String>,
    counts: Counts,
    source_lang: &'static str,
    target_lang: &'static str,
    findings: Vec<FindingLine>,
    more_findings: Option<String>,
    variations: Vec<VariationLine>,
    more_variations: Option<String>,
    rows: Vec<Row>,
    only_found: bool,
    more_rows: Option<String>,
}

struct FindingLine {
    severity: Severity,
    term: String,
    href: String,
    told: String,
    segment: usize,
    /// Whether the sentence is on the page.
    is_shown: bool,
}

struct VariationLine {
    severity: Severity,
    term: String,
    href: String,
    ways: Vec<Way>,
}

/// A rendering with the sentences that use it, each with whether it is on the page.
struct Way {
    text: String,
    segments: Vec<(usize, bool)>,
}

struct Row {
    number: usize,
    id: String,
    source: Vec<Piece>,
    target: Vec<Piece>,
    doubtful: bool,
    class: &'static str,
    findings: Vec<FindingLine>,
}

pub(super) async fn ask(shell: Shell) -> Result<Response, Problem> {
    let m = MarkingWords::of(shell.ui());
    let (source, draft) = (String::new(), String::new());
    crate::web::pages::page(&CheckPage { m, source, draft, notes: false, notice: None, checked: None, shell })
}

pub(super) async fn show(State(app): State<App>, shell: Shell, form: Multipart) -> Result<Response, Problem> {
    let mut sent = Sent::read(form).await?;
    let m = MarkingWords::of(shell.ui());
    let notes = sent.is_ticked("notes");
    let (source, draft) = (sent.text("source").unwrap_or_default(), sent.text("draft").unwrap_or_default());
    let files = [sent.file("both"), sent.file("source_file"), sent.file("draft_file")];
    let has = |text: &str, file: &Option<SentFile>| !text.is_empty() || file.is_some();
    if files[0].is_none() && !(has(&source, &files[1]) && has(&draft, &files[2])) {
        let notice = Some(m.both_or_file);
        return crate::web::pages::page(&CheckPage { m, source, draft, notes, notice, checked: None, shell });
    }
    let _turn = READERS.acquire().await.map_err(|_| Problem::Slow)?;
    let typed = (source.clone(), draft.clone());
    let done = app.run(move |data| {
        let mut report = check(data, &bilingual(data, files, typed)?)?;
        report.keep(if notes { Severity::Note } else { Severity::Warning });
        Ok(shown(&report, m))
    });
    let checked = Some(done.await?);
    crate::web::pages::page(&CheckPage { m, source, draft, notes, notice: None, checked, shell })
}

/// Both sides: of the file that has them, else each of its file, else as it was typed.
fn bilingual(
    data: &Data,
    [both, source, draft]: [Option<SentFile>; 3],
    typed: (String, String),
) -> Result<BilingualText, Error> {
    if let Some(file) = both {
        let failed = |error: Error| Error::Input(format!("{}: {error}", file.name));
        if !is_bilingual(&file.bytes) {
            return Err(failed(Error::Input("this is neither a TMX nor an XLIFF".to_owned())));
        }
        return read(&file.bytes).map_err(failed);
    }
    let given = |file: Option<SentFile>, typed: String| match file {
        Some(file) => file.given(data),
        None => Ok(Given::Plain(typed)),
    };
    aligned_within(&given(source, typed.0)?, &given(draft, typed.1)?)
}

/// Aligns two texts that are not too long to be aligned at once.
///
/// # Errors
/// When they are, and as [`aligned`].
pub(in crate::web) fn aligned_within(source: &Given, target: &Given) -> Result<BilingualText, Error> {
    let length = source.text().chars().count() + target.text().chars().count();
    if length > LONGEST_TEXTS {
        return Err(Error::Input(format!(
            "the texts have {length} characters together, and at most {LONGEST_TEXTS} are aligned at once; check them in parts, or use `policyglot terms check`"
        )));
    }
    aligned(source, target)
}

fn shown(report: &CheckReport, m: &'static MarkingWords) -> Checked {
    let found: HashSet<usize> = report.findings.iter().map(|finding| finding.segment).collect();
    let only_found = report.segments.len() > SHOWN_SEGMENTS;
    let kept: Vec<&CheckedSegment> =
        report.segments.iter().filter(|segment| !only_found || found.contains(&segment.number)).collect();
    let on_page: HashSet<usize> = kept.iter().take(SHOWN_SEGMENTS).map(|segment| segment.number).collect();
    let line = |finding: &Finding| FindingLine {
        severity: finding.severity,
        term: finding.term.clone(),
        href: link::concept(finding.concept),
        told: m.finding(finding.kind, &finding.used, &finding.expected),
        segment: finding.segment,
        is_shown: on_page.contains(&finding.segment),
    };
    let rows = kept.iter().take(SHOWN_SEGMENTS).map(|segment| {
        let own = report.findings.iter().filter(|finding| finding.segment == segment.number);
        row(segment, own.map(line).collect())
    });
    // The list begins with what matters most; the sentences below keep their order.
    let mut listed: Vec<&Finding> = report.findings.iter().collect();
    listed.sort_by_key(|finding| finding.severity);
    let more = |shown: usize, of: usize| (of > shown).then(|| m.first_of(shown, of));
    Checked {
        summary: m.checked(report.source_language, &report.counts),
        unchecked: m.unchecked(report.untranslated, report.other_languages),
        counts: report.counts,
        source_lang: report.source_language.code(),
        target_lang: report.target_language.code(),
        rows: rows.collect(),
        findings: listed.into_iter().take(SHOWN_FINDINGS).map(line).collect(),
        more_findings: more(SHOWN_FINDINGS, report.findings.len()),
        variations: report.variations.iter().take(SHOWN_VARIATIONS).map(|found| variation(found, &on_page)).collect(),
        more_variations: more(SHOWN_VARIATIONS, report.variations.len()),
        only_found,
        more_rows: more(SHOWN_SEGMENTS, kept.len()),
    }
}

fn variation(found: &Variation, on_page: &HashSet<usize>) -> VariationLine {
    /// So many sentences of each rendering are named.
    const NAMED: usize = 12;
    let ways = found.renderings.iter().map(|way| Way {
        text: way.text.clone(),
        segments: way.segments.iter().take(NAMED).map(|number| (*number, on_page.contains(number))).collect(),
    });
    VariationLine {
        severity: found.severity,
        term: found.term.clone(),
        href: link::concept(found.concept),
        ways: ways.collect(),
    }
}

fn row(segment: &CheckedSegment, findings: Vec<FindingLine>) -> Row {
    let worst = findings.iter().map(|finding| finding.severity).min();
    let mut source: Vec<_> = segment.terms.iter().flat_map(|term| marks(term, &term.places)).collect();
    source.sort_by_key(|(range, _)| range.start);
    let targets = segment.terms.iter().flat_map(|term| {
        let places: Vec<Span> = term.used.iter().map(|used| used.place).collect();
        marks(term, &places)
    });
    let mut targets: Vec<_> = targets.collect();
    targets.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    Row {
        number: segment.number,
        id: segment.id.clone(),
        source: pieces(&segment.source, source),
        target: pieces(&segment.target, targets),
        doubtful: segment.doubtful,
        class: worst.map_or("", Severity::name),
        findings,
    }
}

/// The places of a term or of its renderings, marked by what is wrong with it.
fn marks(term: &CheckedTerm, places: &[Span]) -> Vec<(std::ops::Range<usize>, Linked)> {
    let class = match term.finding {
        Some((severity, _)) => severity.name(),
        None => "good",
    };
    let renderings: Vec<&str> = term.renderings.iter().map(|rendering| rendering.text.as_str()).take(3).collect();
    let title = format!("{} – {}", term.text, renderings.join("; "));
    let href = link::concept(term.concept);
    let mark = |place: &Span| {
        let (title, href) = (title.clone(), href.clone());
        (place.start..place.end, Linked { class, href, title, anchor: String::new() })
    };
    places.iter().map(mark).collect()
}
