//! What tells of the instrument of a document, small enough for the store.

use corpus::document::{Block, BlockKind, Language, ReadDocument};
use corpus::facts::{DocumentKind, DocumentStatus, Facts, Target};
use serde::{Deserialize, Serialize};

use super::name::Name;

/// How many names that a document cites are kept, the first first.
const MOST_CITED: usize = 40;
/// How many annexes and how many targets are kept.
const MOST: usize = 60;

/// What tells of the instrument of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The language of most of the text.
    pub language: Language,
    /// What kind of document it is.
    pub kind: Option<DocumentKind>,
    /// How far it has come.
    pub status: Option<DocumentStatus>,
    /// The document number.
    pub number: Option<String>,
    /// The year in which it was signed or came out.
    pub year: Option<i32>,
    /// The agencies that issued it.
    pub issuers: Vec<String>,
    /// Its own names, in both languages where it gives both.
    pub(super) names: Vec<Name>,
    /// The names of what it cites, in order.
    pub(super) cited: Vec<Name>,
    /// The numbers of what it cites, in order.
    pub(super) cited_numbers: Vec<String>,
    /// The names of its annexes.
    pub(super) annexes: Vec<Name>,
    /// The commitments that it makes, or reports.
    pub(super) targets: Vec<TargetKey>,
}

/// A commitment as both languages and every report give it: the year and the bounds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TargetKey {
    /// The year by which.
    pub by: Option<i32>,
    /// The least and the most, as they are written.
    pub bounds: (Option<String>, Option<String>),
}

impl TargetKey {
    fn of(target: &Target) -> Option<Self> {
        let written = |bound: Option<f64>| bound.map(|bound| bound.to_string());
        // Reports say "500" of what the policy puts as "at least 500": one bound stands for both.
        let (min, max) = (target.min.or(target.max)?, target.max.or(target.min)?);
        Some(Self { by: target.by, bounds: (written(Some(min)), written(Some(max))) })
    }

    /// How much it tells that two documents share it: a range more than a number, a round number least.
    pub(super) fn weight(&self) -> f32 {
        let (min, max) = &self.bounds;
        let digits = |bound: &String| bound.chars().filter(|digit| !matches!(digit, '0' | '.')).count();
        match (min, max) {
            (Some(a), Some(b)) if a != b => 2.0,
            (Some(a), _) | (None, Some(a)) if digits(a) >= 2 => 1.5,
            (Some(a), _) if a.len() <= 1 => 0.5,
            _ => 1.0,
        }
    }
}

/// The profile of a document.
pub fn profile(document: &ReadDocument) -> Profile {
    of_facts(&document.facts, document.language, &document.blocks)
}

pub(super) fn of_facts(facts: &Facts, language: Language, blocks: &[Block]) -> Profile {
    let titles = [&facts.title, &facts.title_translated].into_iter().flatten();
    let names: Vec<Name> = titles.filter_map(|title| Name::of(title)).collect();
    let cited = facts.citations.iter().filter_map(|citation| citation.title.as_deref()).filter_map(Name::of);
    let cited_numbers = facts.citations.iter().filter_map(|citation| citation.number.clone());
    Profile {
        language,
        kind: facts.kind,
        status: facts.title.as_deref().and_then(draft).or(facts.status),
        number: facts.document_number.clone(),
        year: year(facts),
        issuers: facts.issuers.iter().map(identity).collect(),
        cited: cited.filter(|name| !names.contains(name)).take(MOST_CITED).collect(),
        cited_numbers: cited_numbers.take(MOST_CITED).collect(),
        annexes: annexes(blocks),
        targets: targets(facts),
        names,
    }
}

/// A document that has only its title to say so.
fn draft(title: &str) -> Option<DocumentStatus> {
    let marked = ["征求意见稿", "草案", "送审稿", "报批稿"].iter().any(|mark| title.contains(mark));
    (marked || title.to_lowercase().contains("draft")).then_some(DocumentStatus::Draft)
}

fn identity(agency: &corpus::facts::Agency) -> String {
    let names = [Some(&agency.id), agency.name_zh.as_ref(), agency.name_en.as_ref()];
    names.into_iter().flatten().find(|name| !name.is_empty()).cloned().unwrap_or_default()
}

fn year(facts: &Facts) -> Option<i32> {
    use corpus::facts::DateKind::{Issued, Published};
    let own = facts.dates.iter().find(|date| matches!(date.kind, Issued | Published))?;
    own.date.get(..4)?.parse().ok()
}

fn targets(facts: &Facts) -> Vec<TargetKey> {
    let mut keys: Vec<TargetKey> = facts.targets.iter().filter_map(TargetKey::of).collect();
    keys.sort();
    keys.dedup();
    keys.truncate(MOST);
    keys
}

/// The annexes that are listed under 附件： at the end of a notice, or behind "Annexes:".
fn annexes(blocks: &[Block]) -> Vec<Name> {
    let mut found = Vec::new();
    let mut inside = false;
    for block in blocks.iter().filter(|block| block.kind.is_running_text()) {
        let text = block.text.trim();
        let listed = match label(text) {
            Some(rest) => {
                inside = true;
                rest
            }
            None if inside && is_item(block) => text,
            None => {
                inside = false;
                continue;
            }
        };
        if let Some(name) = Name::of(without_mark(listed))
            && found.len() < MOST
        {
            found.push(name);
        }
    }
    found
}

/// What stands behind 附件： or "Annexes:".
fn label(text: &str) -> Option<&str> {
    let labels = ["附件：", "附件:", "Annex:", "Annexes:", "Attachment:", "Attachments:", "Appendices:"];
    labels.iter().find_map(|label| text.strip_prefix(label)).filter(|_| text.chars().count() < 300)
}

fn is_item(block: &Block) -> bool {
    block.kind == BlockKind::ListItem
        || crate::layout::numbering::mark(block.text.trim()).is_some_and(|_| block.text.chars().count() < 120)
}

fn without_mark(text: &str) -> &str {
    let text = text.trim();
    let mark = crate::layout::numbering::mark(text).map_or(0, |mark| mark.len);
    text.get(mark..).unwrap_or_default().trim()
}

impl Profile {
    /// Whether it reports what others have issued.
    pub(super) fn is_report(&self) -> bool {
        self.kind == Some(DocumentKind::News)
    }

    /// Whether it says that it is a draft.
    pub(super) fn is_draft(&self) -> bool {
        self.status == Some(DocumentStatus::Draft)
    }

    /// What this document may have in common with others of its instrument: names, numbers, commitments. Each begins
    /// with a letter for its kind; documents that share none of them need not be compared.
    pub fn keys(&self) -> Vec<String> {
        let numbers = self.number.iter().chain(&self.cited_numbers).map(|number| format!("n:{number}"));
        let names = self.names.iter().chain(&self.cited).chain(&self.annexes).flat_map(Name::keys);
        let targets = self.targets.iter().map(|key| {
            let written = |bound: &Option<String>| bound.clone().unwrap_or_default();
            format!("t:{}/{}/{}", key.by.unwrap_or_default(), written(&key.bounds.0), written(&key.bounds.1))
        });
        let mut keys: Vec<String> = numbers.chain(names).chain(targets).collect();
        keys.sort();
        keys.dedup();
        keys
    }
}
