//! Agencies named in a text, by the table of the project and by the patterns of local agencies' names.

mod acronyms;
mod chinese;
mod english;
mod table;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use corpus::document::Language;
use corpus::facts::Agency;
use corpus::text::is_han;
use regex::Regex;

pub(super) use chinese::Plain;

use self::table::{Name, TABLE};
use super::{MOST, Text, regions};
use crate::pattern::pattern;

/// Where a text names an agency.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The index of the block.
    pub(super) block: usize,
    /// The bytes of the name in the block's text.
    pub(super) span: Range<usize>,
    pub(super) agency: Agency,
    /// The highest organs and standards bodies abroad, which too many texts name: kept only as issuers.
    pub(super) leader: bool,
    /// An acronym, and whether it also means other things.
    acronym: Option<bool>,
}

impl Mention {
    /// A mention of an organisation in full.
    pub(super) fn of(block: usize, span: Range<usize>, agency: Agency) -> Self {
        Self { block, span, agency, leader: false, acronym: None }
    }
}

/// The agency of the table with that identity, such as `MIIT`.
pub fn agency(id: &str) -> Option<&'static Agency> {
    TABLE.entries.iter().map(|entry| &entry.agency).find(|agency| agency.id == id)
}

/// The agency that took over the most of one that is no more: `MIIT` of `MII`.
pub fn successor(id: &str) -> Option<&'static Agency> {
    let entry = TABLE.entries.iter().find(|entry| entry.agency.id == id)?;
    agency(entry.successor.as_deref()?)
}

/// The agencies that one took over the most of, directly or by way of others: `MII` and those before it of `MIIT`.
pub fn predecessors(id: &str) -> Vec<&'static Agency> {
    let became = |agency: &&Agency| {
        let mut next = successor(&agency.id);
        // A chain of successors ends (see the tests of the table); the bound keeps a wrong table from hanging this.
        for _ in 0..TABLE.entries.len() {
            match next {
                Some(now) if now.id == id => return true,
                Some(now) => next = successor(&now.id),
                None => return false,
            }
        }
        false
    };
    TABLE.entries.iter().map(|entry| &entry.agency).filter(became).collect()
}

/// The agency of the table that a person means by its identity, a name or an abbreviation, whatever the case.
pub fn agency_called(name: &str) -> Option<&'static Agency> {
    let key = |text: &str| text.trim().to_lowercase();
    let name = key(name);
    let agencies = || TABLE.entries.iter().map(|entry| &entry.agency);
    let by = |is: &dyn Fn(&Agency) -> bool| agencies().find(|agency| is(agency));
    by(&|agency| key(&agency.id) == name)
        .or_else(|| by(&|agency| agency.name_zh.iter().chain(&agency.name_en).any(|own| key(own) == name)))
        .or_else(|| by(&|agency| agency.abbreviations.iter().any(|own| key(own) == name)))
}

/// All mentions, in the order of the text. Furniture is left out.
pub(super) fn mentions(text: &Text) -> Vec<Mention> {
    let mut found = Vec::new();
    for (at, block) in text.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_running_text()) {
        found.extend(mentions_in(&block.text, at));
        if found.len() > MOST {
            break;
        }
    }
    found.truncate(MOST);
    regions::complete(text, &mut found);
    let named = |of: fn(&Mention) -> bool| -> HashSet<String> {
        found.iter().filter(|mention| of(mention)).map(|mention| mention.agency.id.clone()).collect()
    };
    let in_full = named(|mention| mention.acronym.is_none());
    let chinese = is_about_china(text, &found);
    // An acronym that means other things, or stands in a Chinese text, is an agency only beside its name; of those that
    // count only as issuers the place decides.
    found.retain(|mention| match mention.acronym {
        None => chinese || !is_common(&mention.agency),
        Some(doubtful) => {
            let free = (mention.leader || !doubtful && chinese) && text.language != Language::Zh;
            free || in_full.contains(&mention.agency.id)
        }
    });
    found
}

/// Whether a text can mean a Chinese ministry when it says no more than Ministry of Finance: it is not about another
/// country alone.
fn is_about_china(text: &Text, mentions: &[Mention]) -> bool {
    static CHINA: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:China|Chinese|PRC|Beijing)\b"));
    static ABROAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:India|Indian|Japan|Japanese|Korea|Korean|Singapore|Vietnam|Russia|Russian|United Kingdom|UK|Malaysia|European|Israel|Germany|German|France|French|Canada|Canadian|Brazil|Australia|Australian|Taiwan)\b",
        )
    });
    let unmistakable = |mention: &Mention| mention.acronym.is_none() && !is_common(&mention.agency);
    let says = |expression: &Regex| text.blocks.iter().any(|block| expression.is_match(&block.text));
    text.language != Language::En
        || text.blocks.iter().any(|block| block.text.chars().any(is_han))
        || mentions.iter().any(|mention| unmistakable(mention) && !mention.leader)
        || says(&CHINA)
        || !says(&ABROAD)
}

/// Whether other countries have ministries of the same English name.
fn is_common(agency: &Agency) -> bool {
    let name = agency.name_en.as_deref().unwrap_or_default();
    !agency.id.is_empty()
        && name.starts_with("Ministry of")
        && name.split_whitespace().count() <= 6
        && agency.id != "MIIT"
}

/// The mentions in one text, leftmost first, none inside another.
pub(super) fn mentions_in(text: &str, block: usize) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut add = |span: Range<usize>, name: Name, acronym: Option<bool>| {
        if let Some(entry) = TABLE.entry(name) {
            found.push(Mention { block, span, agency: entry.agency.clone(), leader: entry.issuer_only, acronym });
        }
    };
    let plain = Plain::of(text);
    for (span, name) in plain.iter().flat_map(chinese::names) {
        add(span, name, None);
    }
    for (span, name) in english::names(text) {
        add(span, name, None);
    }
    for (span, name) in acronyms::acronyms(text) {
        add(span, name, Some(name.weak));
    }
    for (span, agency) in regions::local_agencies(text, plain.as_ref()) {
        found.push(Mention::of(block, span, agency));
    }
    found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    apart(text, found)
}

/// Of mentions that overlap the first; and no State Council in "SASAC of the State Council".
fn apart(text: &str, found: Vec<Mention>) -> Vec<Mention> {
    let mut kept: Vec<Mention> = Vec::new();
    for mention in found {
        let Some(last) = kept.last_mut() else {
            kept.push(mention);
            continue;
        };
        if mention.span.start < last.span.end {
            continue;
        }
        let gap = text.get(last.span.end..mention.span.start).unwrap_or_default();
        if mention.agency.id == "STATE-COUNCIL" && matches!(gap.trim(), "of the" | "under the" | "of") {
            last.span.end = mention.span.end;
        } else {
            kept.push(mention);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
