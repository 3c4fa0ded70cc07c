//! What a check reports: on the wire and in the program alike, as `policyglot terms check --schema` describes it.

use corpus::document::Language;
use corpus::term::Status;
use schemars::JsonSchema;
use serde::Serialize;

/// What a draft's check found.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "Policyglot terminology check", description = "A draft translation against the termbase.")]
pub struct CheckReport {
    /// The language that was translated from: `zh` or `en`.
    pub source_language: Language,
    /// The language of the draft.
    pub target_language: Language,
    /// How much was checked and found.
    pub counts: Counts,
    /// Source units without a translation, which were not checked.
    pub untranslated: usize,
    /// Units in other languages, which were not checked.
    pub other_languages: usize,
    /// What is to be looked at, in the order of the segments.
    pub findings: Vec<Finding>,
    /// Terms that the draft renders in several ways, in the order of their first places.
    pub variations: Vec<Variation>,
    /// All segments, with every term of their sources.
    pub segments: Vec<CheckedSegment>,
}

/// How much was checked and found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Segments with both sides.
    pub segments: usize,
    /// Terms in the sources, each once a segment, that the termbase renders in the language of the draft.
    pub terms: usize,
    /// Findings and variations that are errors.
    pub errors: usize,
    /// Findings and variations that are warnings.
    pub warnings: usize,
    /// Findings and variations that are notes.
    pub notes: usize,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// To be put right: the termbase says otherwise.
    Error,
    /// To be looked at.
    Warning,
    /// May be worth a look: most are right.
    Note,
}

impl Severity {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// How the target renders a term: the best that was found, where nothing that is not to be used was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// By a preferred rendering.
    Preferred,
    /// By an admitted one.
    Admitted,
    /// By one that nobody has reviewed.
    Candidate,
    /// By one that is not to be used any more.
    Superseded,
    /// By one that is not to be used.
    Deprecated,
    /// By none but one that a reviewer rejected.
    Rejected,
    /// Its rendering stands only inside of that of a longer term.
    Covered,
    /// By none that the termbase knows.
    Missing,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// A deprecated rendering is used.
    Deprecated,
    /// A superseded rendering is used.
    Superseded,
    /// No rendering that is known is used.
    Missing,
    /// Only a rendering that a reviewer rejected is used.
    Rejected,
    /// A rendering that nobody reviewed is used where a reviewed one is known.
    Candidate,
    /// An admitted rendering is used where a preferred one is known.
    Admitted,
    /// The rendering stands only inside of that of a longer term.
    Covered,
    /// The source has the term more than twice as often as the target its renderings.
    Fewer,
}

/// A term of a segment that is to be looked at.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub kind: FindingKind,
    /// The number of the segment.
    pub segment: usize,
    /// The term as the source writes it.
    pub term: String,
    /// Its concept.
    pub concept: i64,
    /// What the target has for it, as the target writes it.
    pub used: Vec<String>,
    /// What the termbase would have, best first.
    pub expected: Vec<String>,
    /// The same in a sentence, in English.
    pub message: String,
}

/// A term that the draft renders in several ways.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Variation {
    /// How much it matters.
    pub severity: Severity,
    /// The term as its first segment's source writes it.
    pub term: String,
    /// Its concept.
    pub concept: i64,
    /// The renderings, the one used most often first.
    pub renderings: Vec<UsedIn>,
}

/// A rendering with the segments that use it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct UsedIn {
    /// The rendering as the termbase writes it.
    pub text: String,
    /// Its status.
    #[schemars(with = "String")]
    pub status: Status,
    /// The numbers of the segments.
    pub segments: Vec<usize>,
}

/// A segment with the terms of its source.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CheckedSegment {
    /// Counted from 1, those without a translation left out.
    pub number: usize,
    /// What its file calls it; empty where it has no name.
    pub id: String,
    /// The source.
    pub source: String,
    /// The target.
    pub target: String,
    /// Whether the two were put together by an aligner that is not sure of it.
    pub doubtful: bool,
    /// The terms of the source, in the order of their first places.
    pub terms: Vec<CheckedTerm>,
}

/// A term of a source segment, and how the target renders it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CheckedTerm {
    /// The term as the source writes it first.
    pub text: String,
    /// Its concept.
    pub concept: i64,
    /// Its designation in the termbase.
    pub term: i64,
    /// Where it stands in the source.
    pub places: Vec<Span>,
    /// How it is rendered.
    pub outcome: Outcome,
    /// What is wrong with that, and how much it matters; `null` where nothing is.
    pub finding: Option<(Severity, FindingKind)>,
    /// The renderings of it in the target.
    pub used: Vec<Used>,
    /// The renderings that may be used, best first.
    pub renderings: Vec<Rendering>,
}

/// A stretch of a segment, in bytes of its UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct Span {
    /// Where it begins.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
}

/// A rendering that the target has.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Used {
    /// As the target writes it.
    pub text: String,
    /// As the termbase writes it.
    pub rendering: String,
    /// Its status.
    #[schemars(with = "String")]
    pub status: Status,
    /// How sure mining was of it, from 0 to 1; 1 for what was reviewed.
    pub confidence: f32,
    /// Where it stands in the target.
    pub place: Span,
}

/// A rendering that may be used.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Rendering {
    /// As the termbase writes it.
    pub text: String,
    /// Its status.
    #[schemars(with = "String")]
    pub status: Status,
    /// How sure mining was of it, from 0 to 1; 1 for what was reviewed.
    pub confidence: f32,
}

/// The findings of all segments.
pub(super) fn findings(segments: &[CheckedSegment]) -> Vec<Finding> {
    let found = segments.iter().flat_map(|segment| {
        segment.terms.iter().filter_map(|term| {
            let (severity, kind) = term.finding?;
            let used: Vec<String> = term.used.iter().map(|used| used.text.clone()).collect();
            let expected: Vec<String> = expected(term).map(|rendering| rendering.text.clone()).collect();
            let message = super::person::message(kind, &term.text, &used, &expected);
            let (term, concept) = (term.text.clone(), term.concept);
            Some(Finding { severity, kind, segment: segment.number, term, concept, used, expected, message })
        })
    });
    found.collect()
}

/// The renderings to use: the preferred ones, else the admitted ones, else the surest candidates.
fn expected(term: &CheckedTerm) -> impl Iterator<Item = &Rendering> {
    let first = term.renderings.first();
    let (best, sure) = first.map_or((Status::Candidate, 1.0), |first| (first.status, first.confidence));
    let kept = move |rendering: &&Rendering| rendering.status == best && rendering.confidence * 2.0 >= sure;
    term.renderings.iter().filter(kept).take(3)
}

pub(super) fn counts(segments: &[CheckedSegment], findings: &[Finding], variations: &[Variation]) -> Counts {
    let all = || findings.iter().map(|finding| finding.severity).chain(variations.iter().map(|found| found.severity));
    let count = |severity| all().filter(|found| *found == severity).count();
    Counts {
        segments: segments.len(),
        terms: segments.iter().map(|segment| segment.terms.len()).sum(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
    }
}

impl CheckReport {
    /// Leaves the notes out, or those of a severity that is not asked for; the counts stay.
    pub fn keep(&mut self, least: Severity) {
        self.findings.retain(|finding| finding.severity <= least);
        self.variations.retain(|variation| variation.severity <= least);
    }
}
