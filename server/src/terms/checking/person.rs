//! A report for a person to read.

use std::fmt::Write as _;

use super::report::{CheckReport, FindingKind, Severity};

/// A finding in a sentence.
pub fn message(kind: FindingKind, term: &str, used: &[String], expected: &[String]) -> String {
    let quoted = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
        texts.join(" or ")
    };
    let (has, wants) = (quoted(used), quoted(expected));
    match kind {
        FindingKind::Deprecated if expected.is_empty() => format!("{term}: {has} is deprecated"),
        FindingKind::Deprecated => format!("{term}: {has} is deprecated; use {wants}"),
        FindingKind::Superseded if expected.is_empty() => format!("{term}: {has} is superseded"),
        FindingKind::Superseded => format!("{term}: {has} is superseded; use {wants}"),
        FindingKind::Missing => format!("{term}: no known rendering is used; expected {wants}"),
        FindingKind::Rejected => format!("{term}: {has} was rejected as a rendering; expected {wants}"),
        FindingKind::Candidate => format!("{term}: {has} was never reviewed; expected {wants}"),
        FindingKind::Admitted => format!("{term}: {has} is only admitted; preferred is {wants}"),
        FindingKind::Covered => {
            format!("{term}: {wants} stands only inside of the rendering of a longer term; is it rendered?")
        }
        FindingKind::Fewer => format!("{term}: stands in the source more than twice as often as its renderings"),
    }
}

/// The report as text: findings by segment, then terms that vary, then a summary.
pub fn told(report: &CheckReport) -> String {
    let mut text = String::new();
    let mut last = 0;
    for finding in &report.findings {
        if finding.segment != last {
            last = finding.segment;
            let segment = report.segments.get(finding.segment.saturating_sub(1));
            let (source, target) = segment.map_or(("", ""), |found| (found.source.as_str(), found.target.as_str()));
            let id =
                segment.filter(|found| !found.id.is_empty()).map_or(String::new(), |found| format!(" ({})", found.id));
            // Writing to a string cannot fail.
            let _ = write!(text, "\nsegment {}{id}\n  {source}\n  {target}\n", finding.segment);
        }
        let _ = writeln!(text, "  {}: {}", finding.severity.name(), finding.message);
    }
    for variation in &report.variations {
        let _ = write!(text, "\n{}: {} is rendered in several ways\n", variation.severity.name(), variation.term);
        for way in &variation.renderings {
            let segments: Vec<String> = way.segments.iter().map(usize::to_string).collect();
            let _ = writeln!(text, "  \"{}\" ({}): segment {}", way.text, way.status.name(), segments.join(", "));
        }
    }
    let _ = writeln!(text, "\n{}", summary(report));
    text.trim_start().to_owned()
}

fn summary(report: &CheckReport) -> String {
    let counts = &report.counts;
    let some = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    let mut parts = vec![
        format!("{} with {}", some(counts.segments, "segment"), some(counts.terms, "term")),
        some(counts.errors, Severity::Error.name()),
        some(counts.warnings, Severity::Warning.name()),
        some(counts.notes, Severity::Note.name()),
    ];
    if report.untranslated > 0 {
        parts.push(format!("{} without a translation", report.untranslated));
    }
    if report.other_languages > 0 {
        parts.push(format!("{} in other languages", report.other_languages));
    }
    parts.join(", ")
}
