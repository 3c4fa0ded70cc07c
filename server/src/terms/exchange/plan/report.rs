//! What a plan comes to, in numbers.

use std::fmt;

use corpus::document::Language;
use serde::Serialize;

use super::{Change, Line, Outcome, Plan, What, Why};

/// How many of what there is in a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ImportCounts")]
pub struct Counts {
    /// Entries of the file.
    pub entries: usize,
    /// Entries that become new concepts.
    pub added: usize,
    /// Entries that change a concept of the termbase.
    pub changed: usize,
    /// Entries that add to the new concept of an earlier one.
    pub joined: usize,
    /// Entries of which the termbase has everything.
    pub unchanged: usize,
    /// Entries that an earlier one says as well.
    pub duplicates: usize,
    /// Entries with which nothing is done.
    pub skipped: usize,
    /// Designations that concepts of the termbase, or of earlier entries, get.
    pub designations: usize,
    /// Things that the file says otherwise than the termbase, which stays.
    pub conflicts: usize,
}

impl Plan {
    /// How many of what there is.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { entries: self.lines.len(), ..Counts::default() };
        for line in &self.lines {
            let count = match line.outcome {
                Outcome::Added => &mut counts.added,
                Outcome::Changed { .. } => &mut counts.changed,
                Outcome::Joined { .. } => &mut counts.joined,
                Outcome::Unchanged { .. } => &mut counts.unchanged,
                Outcome::Duplicate { .. } => &mut counts.duplicates,
                Outcome::Skipped { .. } => &mut counts.skipped,
            };
            *count += 1;
            counts.conflicts += line.conflicts.len();
            let is_designation = |change: &&Change| matches!(change.what, What::Designation(_));
            counts.designations += line.changes.iter().filter(is_designation).count();
        }
        counts
    }

    /// Whether it would change nothing.
    pub fn is_empty(&self) -> bool {
        self.deeds.is_empty()
    }
}

impl Counts {
    /// Why nothing is imported.
    pub fn nothing(&self) -> String {
        let parts = [
            (self.unchanged, "in the termbase already"),
            (self.duplicates, "duplicates"),
            (self.skipped, "skipped"),
            (self.conflicts, "conflicts in which the termbase stays"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        format!("nothing to import: of {} entries {}", self.entries, parts.collect::<Vec<_>>().join(", "))
    }

    /// What an import comes to, in a line.
    pub fn in_words(&self) -> String {
        let parts = [
            (self.added, "new concepts"),
            (self.changed, "change a concept"),
            (self.joined, "join a new concept"),
            (self.unchanged, "unchanged"),
            (self.duplicates, "duplicates"),
            (self.skipped, "skipped"),
            (self.conflicts, "conflicts in which the termbase stays"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        format!("{} entries: {}", self.entries, parts.collect::<Vec<_>>().join(", "))
    }
}

impl Line {
    /// Whether it is more than that the termbase has all of the entry.
    pub fn is_worth_telling(&self) -> bool {
        !matches!(self.outcome, Outcome::Unchanged { .. }) || !self.conflicts.is_empty() || !self.left_out.is_empty()
    }

    /// What becomes of the entry, in English.
    pub fn outcome_in_words(&self) -> String {
        match &self.outcome {
            Outcome::Added => "added".to_owned(),
            Outcome::Changed { concept } => format!("changes concept {concept}"),
            Outcome::Unchanged { concept } => format!("unchanged in concept {concept}"),
            Outcome::Joined { with } => format!("joins line {with}"),
            Outcome::Duplicate { of } => format!("as line {of}"),
            Outcome::Skipped { why } => format!("skipped: {why}"),
        }
    }

    /// What would change, what is kept as it is, and what is left out, in English.
    pub fn details(&self) -> Vec<String> {
        let of = |of: &Option<String>| of.as_ref().map_or(String::new(), |of| format!(" of {of}"));
        let changes = self.changes.iter().map(|change| match &change.before {
            Some(before) => format!("{}{}: {before} → {}", change.what, of(&change.of), change.after),
            None => format!("+ {}{}: {}", change.what, of(&change.of), change.after),
        });
        let conflicts = self.conflicts.iter().map(|conflict| {
            let (what, of) = (conflict.what, of(&conflict.of));
            format!("{what}{of} stays {}, the file says {}", conflict.termbase, conflict.file)
        });
        let left_out = self.left_out.iter().map(|left_out| format!("without {}: {}", left_out.text, left_out.why));
        changes.chain(conflicts).chain(left_out).collect()
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Designation(Language::Zh) => "Chinese designation",
            Self::Designation(_) => "English designation",
            Self::Status => "status",
            Self::PartOfSpeech => "part of speech",
            Self::Usage => "usage",
            Self::Region => "region",
            Self::Source => "source",
            Self::Variants => "variants",
            Self::Subject => "subject",
            Self::Definition(Language::Zh) => "Chinese definition",
            Self::Definition(Language::En) => "English definition",
            Self::Definition(Language::Other) => "definition",
            Self::Note => "note",
            Self::Field => "field",
        })
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoChinese => f.write_str("no Chinese designation"),
            Self::NoEnglish => f.write_str("no English designation"),
            Self::Empty => f.write_str("no designation"),
            Self::OtherLanguage { text } => write!(f, "`{text}` is not in the language that the file says"),
            Self::TooLong { text } => write!(f, "`{text}` is too long for a designation"),
            Self::Rejected { concept } => {
                write!(f, "a reviewer rejected it for concept {concept}; --override brings it back")
            }
            Self::Ambiguous { concepts } => {
                let concepts: Vec<String> = concepts.iter().map(i64::to_string).collect();
                write!(f, "it could be of concepts {}; --ambiguous new makes it one of its own", concepts.join(", "))
            }
            Self::Refused { text } => f.write_str(text),
        }
    }
}

/// A mark of what a plan would do, by which a person's consent is known to be to this plan and no other (FNV-1a, 64
/// bits).
pub fn fingerprint(plan: &Plan) -> String {
    let deeds = serde_json::to_vec(&plan.deeds).unwrap_or_default();
    let hash = deeds
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
