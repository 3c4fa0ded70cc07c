//! Whether two documents belong to one instrument.

use corpus::instrument::Tie;
use serde::{Deserialize, Serialize};

use super::name::Name;
use super::profile::Profile;

/// A tie between two documents.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// What ties them.
    pub tie: Tie,
    /// How sure, from 0 to 1.
    pub score: f32,
}

/// Commitments in common must weigh so much, be so many, and be so large a part of the shorter list.
const TARGET_WEIGHT: f32 = 4.5;
const FEWEST_TARGETS: usize = 3;
const TARGET_SHARE: f32 = 0.75;
/// What a report names first it is about; each later name counts so much less.
const LATER: f32 = 0.08;

/// What ties two documents, if anything does; the surest tie of several.
pub fn link(a: &Profile, b: &Profile) -> Option<Link> {
    let found = match (a.is_report(), b.is_report()) {
        (false, false) => anchored(a, b),
        (true, false) => reported(a, b),
        (false, true) => reported(b, a),
        (true, true) => shared_targets(a, b),
    };
    found.filter(|link| link.score > 0.0)
}

/// Two documents of which neither is a report.
fn anchored(a: &Profile, b: &Profile) -> Option<Link> {
    if same_number(a, b) {
        return Some(Link { tie: Tie::Number, score: 1.0 });
    }
    let likeness = best(&a.names, &b.names);
    if likeness > 0.0 {
        return match (a.is_draft(), b.is_draft()) {
            (true, false) | (false, true) => Some(Link { tie: Tie::Draft, score: likeness }),
            // Editions of one title that came out in different years, or with numbers of their own, are two.
            _ if differ(a.number.as_ref(), b.number.as_ref()) || differ(a.year.as_ref(), b.year.as_ref()) => None,
            _ => Some(Link { tie: Tie::Title, score: likeness }),
        };
    }
    let annex = best(&a.annexes, &b.names).max(best(&b.annexes, &a.names));
    Some(Link { tie: Tie::Annex, score: annex })
        .filter(|_| shares_issuer(a, b) || a.issuers.is_empty() || b.issuers.is_empty())
}

fn same_number(a: &Profile, b: &Profile) -> bool {
    let (Some(number), Some(other)) = (&a.number, &b.number) else { return false };
    // 2026年第14号 is a number of many agencies.
    a.language == b.language && number == other && (number.contains('〔') || shares_issuer(a, b))
}

fn shares_issuer(a: &Profile, b: &Profile) -> bool {
    a.issuers.iter().any(|issuer| b.issuers.contains(issuer))
}

fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// How far any name of the one is a name of the other. Where both have Chinese names, these decide: two policies whose
/// Chinese names differ may well have been given the same English one.
fn best(names: &[Name], others: &[Name]) -> f32 {
    let chinese = |names: &[Name]| names.iter().any(|name| matches!(name, Name::Chinese(_)));
    let both_chinese = chinese(names) && chinese(others);
    let compared = names.iter().filter(|name| !both_chinese || matches!(name, Name::Chinese(_)));
    compared.flat_map(|name| others.iter().map(|other| name.likeness(other))).fold(0.0, f32::max)
}

/// A report and what it may be about.
fn reported(report: &Profile, other: &Profile) -> Option<Link> {
    let by_number = report.cited_numbers.iter().position(|number| Some(number) == other.number.as_ref());
    let by_name = report.cited.iter().enumerate().map(|(at, name)| {
        let likeness = other.names.iter().map(|own| own.likeness(name)).fold(0.0, f32::max);
        likeness * place(at)
    });
    let by_title = best(&report.names, &other.names);
    let score = by_name.fold(by_number.map_or(by_title, place), f32::max);
    if score > 0.0 {
        return Some(Link { tie: Tie::Report, score });
    }
    shared_targets(report, other)
}

/// What the place of a name among those that a report gives is worth.
fn place(at: usize) -> f32 {
    let at = f32::from(u16::try_from(at).unwrap_or(u16::MAX));
    (1.0 - at * LATER).max(0.2)
}

#[expect(clippy::cast_precision_loss, reason = "a profile has few targets")]
fn shared_targets(a: &Profile, b: &Profile) -> Option<Link> {
    let same = |key: &&super::TargetKey| {
        b.targets.iter().any(|other| other.bounds == key.bounds && !differ(other.by.as_ref(), key.by.as_ref()))
    };
    let shared: Vec<_> = a.targets.iter().filter(same).collect();
    let weight: f32 = shared.iter().map(|key| key.weight()).sum();
    let share = shared.len() as f32 / a.targets.len().min(b.targets.len()).max(1) as f32;
    let enough = shared.len() >= FEWEST_TARGETS && weight >= TARGET_WEIGHT && share >= TARGET_SHARE;
    enough.then(|| Link { tie: Tie::Targets, score: (0.4 + weight / 40.0).min(0.7) })
}
