//! Drafts against an invented termbase.

use std::collections::BTreeSet;

use corpus::document::Language::{self, En, Zh};
use corpus::store::ListedTerm;
use corpus::term::Status::{self, Admitted, Candidate, Deprecated, Preferred, Rejected, Superseded};
use index::terms::Marker;

use super::{CheckReport, Designations, FindingKind, Outcome, Severity, source_terms, told};
use crate::terms::bilingual::{BilingualText, Segment};

/// Concepts, each with its designations: language, text, status, confidence.
const TERMS: &[&[(Language, &str, Status, f32)]] = &[
    &[
        (Zh, "云量", Preferred, 0.0),
        (En, "cloud cover", Preferred, 0.0),
        (En, "cloudiness", Admitted, 0.0),
        (En, "cloud amount", Deprecated, 0.0),
        (En, "nebulosity", Superseded, 0.0),
        (En, "clouds", Rejected, 0.0),
        (En, "cloud coverage", Candidate, 0.9),
    ],
    &[(Zh, "总云量", Admitted, 0.0), (En, "total cloud cover", Admitted, 0.0), (En, "overall cloud", Candidate, 0.4)],
    &[(Zh, "雨量", Candidate, 0.9), (En, "rainfall", Candidate, 0.95), (En, "precipitation", Candidate, 0.85)],
    &[(Zh, "风速", Candidate, 0.6), (En, "wind speed", Candidate, 0.7), (En, "wind rate", Candidate, 0.6)],
    &[(Zh, "气象站", Preferred, 0.0), (En, "weather station", Preferred, 0.0), (En, "cloud amount", Admitted, 0.0)],
    &[(Zh, "生产力", Preferred, 0.0), (En, "productive forces", Preferred, 0.0)],
    &[(Zh, "新生产力", Preferred, 0.0), (En, "new productive forces", Preferred, 0.0)],
    &[(Zh, "霜", Preferred, 0.0), (Zh, "白霜", Deprecated, 0.0)],
];

fn listed() -> Vec<ListedTerm> {
    let concepts = TERMS.iter().zip(1..);
    let terms = concepts.flat_map(|(terms, concept)| terms.iter().map(move |term| (concept, *term)));
    let listed = terms.zip(1..).map(|((concept, (language, text, status, confidence)), term)| ListedTerm {
        term,
        concept,
        language,
        text: text.to_owned(),
        variants: Vec::new(),
        status,
        confidence,
        count: 1,
    });
    listed.collect()
}

fn report(source: Language, segments: &[(&str, &str)]) -> CheckReport {
    let segment = |(source, target): &(&str, &str)| Segment {
        source: (*source).to_owned(),
        target: (*target).to_owned(),
        ..Segment::default()
    };
    let text = BilingualText {
        source,
        target: source.counterpart().expect("one of the two"),
        segments: segments.iter().map(segment).collect(),
        untranslated: 0,
        other_languages: 0,
    };
    checked(&text)
}

fn checked(text: &BilingualText) -> CheckReport {
    let listed = listed();
    let shown: Vec<ListedTerm> = listed.iter().filter(|term| term.status != Rejected).cloned().collect();
    let marked = source_terms(text, &Marker::new(&shown, 0.5));
    let mut known = Designations::new();
    for term in listed {
        known.entry(term.concept).or_default().push(term);
    }
    super::report_of(text, &marked, &known)
}

/// One segment with one term: how it is rendered, and what is wrong with that.
#[track_caller]
fn check(source: &str, target: &str, outcome: Outcome, finding: Option<(Severity, FindingKind)>) {
    let direction = if source.is_ascii() { En } else { Zh };
    let report = report(direction, &[(source, target)]);
    let found: Vec<_> = report.segments[0].terms.iter().map(|term| (term.outcome, term.finding)).collect();
    assert_eq!(found, [(outcome, finding)], "{source} – {target}");
}

#[test]
fn a_term_is_judged_by_the_best_rendering_that_is_known() {
    use FindingKind as Kind;
    use Severity::{Error, Note, Warning};
    check("观测云量。", "Observe the Cloud-Covers.", Outcome::Preferred, None);
    check("观测云量。", "Observe cloudiness.", Outcome::Admitted, Some((Warning, Kind::Admitted)));
    check("观测云量。", "Observe the cloud amount.", Outcome::Deprecated, Some((Error, Kind::Deprecated)));
    check("观测云量。", "Observe nebulosity.", Outcome::Superseded, Some((Error, Kind::Superseded)));
    check("观测云量。", "Observe cloud coverage.", Outcome::Candidate, Some((Error, Kind::Candidate)));
    check("观测云量。", "Observe the sky.", Outcome::Missing, Some((Error, Kind::Missing)));
    check("观测云量。", "Observe clouds.", Outcome::Rejected, Some((Error, Kind::Rejected)));
    check("观测总云量。", "Observe the total cloud cover.", Outcome::Admitted, None);
    check("观测总云量。", "Observe the overall cloud.", Outcome::Candidate, Some((Warning, Kind::Candidate)));
    check("观测总云量。", "Observe all of it.", Outcome::Missing, Some((Warning, Kind::Missing)));
    check("雨量很大。", "The precipitation is large.", Outcome::Candidate, None);
    check("雨量很大。", "It rains much.", Outcome::Missing, Some((Warning, Kind::Missing)));
    check("风速很大。", "It is windy.", Outcome::Missing, Some((Note, Kind::Missing)));
}

#[test]
fn it_works_from_english_too() {
    check("Observe cloud covers daily.", "每日观测雲量。", Outcome::Preferred, None);
    check(
        "Observe cloud cover daily.",
        "每日观测天空。",
        Outcome::Missing,
        Some((Severity::Error, FindingKind::Missing)),
    );
}

#[test]
fn a_good_rendering_beside_a_bad_one_makes_it_a_warning() {
    let warning = Some((Severity::Warning, FindingKind::Deprecated));
    check("观测云量。", "Observe cloud cover, once called cloud amount.", Outcome::Deprecated, warning);
    let error = Some((Severity::Error, FindingKind::Deprecated));
    check("云量与云量。", "Cloud cover and cloud amount.", Outcome::Deprecated, error);
    check("观测云量。", "Observe cloud cover under clouds.", Outcome::Preferred, None);
}

#[test]
fn a_bad_rendering_may_be_the_good_one_of_another_term() {
    let report = report(Zh, &[("气象站观测云量。", "The cloud amount observes cloud cover.")]);
    let found: Vec<_> = report.segments[0].terms.iter().map(|term| term.outcome).collect();
    assert_eq!(found, [Outcome::Admitted, Outcome::Preferred]);
}

#[test]
fn a_longer_term_covers_the_shorter_inside_of_it() {
    check("总云量。", "Total cloud cover.", Outcome::Admitted, None);
    let report = report(
        Zh,
        &[
            ("新生产力与生产力。", "New productive forces."),
            ("新生产力与生产力。", "New productive forces and productive forces."),
        ],
    );
    let found: Vec<Vec<_>> =
        report.segments.iter().map(|s| s.terms.iter().map(|term| term.finding).collect()).collect();
    assert_eq!(found, [vec![None, Some((Severity::Warning, FindingKind::Covered))], vec![None, None]]);
}

#[test]
fn fewer_renderings_than_terms_are_no_finding_until_they_are_far_fewer() {
    check("云量、云量。", "Cloud cover; it varies.", Outcome::Preferred, None);
    let note = Some((Severity::Note, FindingKind::Fewer));
    check("云量、云量、云量。", "Cloud cover; it varies, and so on.", Outcome::Preferred, note);
}

#[test]
fn terms_that_nothing_renders_are_left_out() {
    let report = report(Zh, &[("霜与白霜。", "Frost.")]);
    assert_eq!((report.counts.terms, report.findings.len()), (0, 0));
}

#[test]
fn what_an_aligner_is_not_sure_of_makes_notes() {
    let segment = |target: &str| Segment {
        source: "观测云量。".to_owned(),
        target: target.to_owned(),
        doubtful: true,
        ..Segment::default()
    };
    let segments = vec![segment("Observe the sky."), segment("Observe the cloud amount.")];
    let text = BilingualText { source: Zh, target: En, segments, untranslated: 2, other_languages: 0 };
    let report = checked(&text);
    let found: Vec<_> = report.findings.iter().map(|finding| finding.severity).collect();
    assert_eq!(found, [Severity::Note, Severity::Error]);
    assert!(told(&report).ends_with("1 error, 0 warnings, 1 note, 2 without a translation\n"), "{}", told(&report));
}

#[test]
fn terms_that_vary_are_listed_with_their_segments() {
    let mut report = report(
        Zh,
        &[
            ("云量大。", "Cloud cover is large."),
            ("雨量大。", "Rainfall is large."),
            ("云量小。", "Cloudiness is small."),
            ("云量大。", "Cloud covers are large."),
            ("雨量小。", "Precipitation is small."),
            ("风速大。", "The wind speed is large."),
            ("风速小。", "The wind rate is small."),
        ],
    );
    let ways: Vec<Vec<_>> = report
        .variations
        .iter()
        .map(|found| found.renderings.iter().map(|way| (way.text.as_str(), way.segments.clone())).collect())
        .collect();
    assert_eq!(
        ways,
        [
            vec![("cloud cover", vec![1, 4]), ("cloudiness", vec![3])],
            vec![("rainfall", vec![2]), ("precipitation", vec![5])],
            vec![("wind speed", vec![6]), ("wind rate", vec![7])],
        ]
    );
    let severities: Vec<_> = report.variations.iter().map(|found| found.severity).collect();
    assert_eq!(severities, [Severity::Warning, Severity::Warning, Severity::Note]);
    report.keep(Severity::Warning);
    assert_eq!((report.variations.len(), report.counts.notes), (2, 1));
}

#[test]
fn a_report_reads_well() {
    let report = report(Zh, &[("观测云量。", "Observe the cloud amount."), ("云量大。", "Cloudiness is large.")]);
    insta::assert_snapshot!(told(&report));
    let places: BTreeSet<_> =
        report.segments[0].terms[0].used.iter().map(|used| (used.place.start, used.place.end)).collect();
    assert_eq!(places, BTreeSet::from([(12, 24)]));
}
