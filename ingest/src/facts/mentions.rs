//! Where a text first names each agency, standard, committee and plan period, and how often it does.

use std::collections::HashMap;
use std::ops::Range;

use corpus::facts::{Agency, Facts, Mention, MentionKind};

use super::excerpt::sentence_round;
use super::{MOST, Text, agencies, committees, standards};

/// So many characters of the sentence are kept.
const SENTENCE: usize = 300;

/// The mentions so far, by what is named.
struct Places<'a> {
    text: &'a Text<'a>,
    found: Vec<Mention>,
    known: HashMap<(MentionKind, String), usize>,
}

impl Places<'_> {
    /// Counts a name, and keeps its first place.
    fn add(&mut self, kind: MentionKind, value: &str, block: usize, span: &Range<usize>) {
        if let Some(mention) = self.known.get(&(kind, value.to_owned())).and_then(|at| self.found.get_mut(*at)) {
            mention.count = mention.count.saturating_add(1);
            return;
        }
        let Some(block) = self.text.blocks.get(block).filter(|_| self.found.len() < MOST) else { return };
        self.known.insert((kind, value.to_owned()), self.found.len());
        self.found.push(Mention {
            kind,
            value: value.to_owned(),
            text: block.text.get(span.clone()).unwrap_or_default().to_owned(),
            sentence: sentence_round(&block.text, span, SENTENCE),
            page: crate::read::page_at(block, span.start),
            count: 1,
        });
    }
}

/// The mentions of what the facts hold already, the kinds one after the other, each in the order of the text.
pub(super) fn mentions(text: &Text, facts: &Facts, agencies: &[agencies::Mention]) -> Vec<Mention> {
    let mut places = Places { text, found: Vec::new(), known: HashMap::new() };
    for mention in agencies {
        if facts.agencies.iter().any(|agency| identity(agency) == identity(&mention.agency)) {
            places.add(MentionKind::Agency, identity(&mention.agency), mention.block, &mention.span);
        }
    }
    let kept = Kept::of(facts);
    let running = || text.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_running_text());
    for (at, block) in running() {
        for found in standards::find(&block.text) {
            if let Some(value) = kept.standard(&found.number) {
                places.add(MentionKind::Standard, value, at, &found.span);
            }
        }
    }
    for (at, block) in running() {
        for found in committees::find(&block.text) {
            places.add(MentionKind::Committee, kept.committee(&found.name), at, &found.span);
        }
    }
    for period in &facts.plan_periods {
        let value = format!("{}-{}", period.from, period.to);
        for (at, block) in running().filter(|_| !period.name.is_empty()) {
            for (start, name) in block.text.match_indices(&period.name) {
                places.add(MentionKind::PlanPeriod, &value, at, &(start..start + name.len()));
            }
        }
    }
    places.found
}

/// The identity in the table, or the name of an agency that is not in it.
fn identity(agency: &Agency) -> &str {
    let name = || agency.name_zh.as_deref().or(agency.name_en.as_deref()).unwrap_or_default();
    if agency.id.is_empty() { name() } else { &agency.id }
}

/// The standards and committees of the facts, under the numbers by which a text may name them.
struct Kept<'a> {
    standards: HashMap<String, &'a str>,
    committees: HashMap<String, &'a str>,
}

impl<'a> Kept<'a> {
    fn of(facts: &'a Facts) -> Self {
        let mut standards = HashMap::new();
        for standard in &facts.standards {
            let undated = standards::find(standard).first().map(|found| found.number.undated());
            standards.entry(undated.unwrap_or_default()).or_insert(standard.as_str());
            standards.insert(standard.clone(), standard.as_str());
        }
        let bare = |name: &str| name.strip_prefix("SAC/").unwrap_or(name).replace(' ', "");
        let committees = facts.committees.iter().map(|name| (bare(name), name.as_str())).collect();
        Self { standards, committees }
    }

    /// The standard under which a number is listed: a number without its year, or an own number, may be another's.
    fn standard(&self, number: &standards::Number) -> Option<&'a str> {
        let dated = self.standards.get(&number.normal());
        dated.or_else(|| if number.is_dated() { None } else { self.standards.get(&number.undated()) }).copied()
    }

    /// The committee under which a name is listed.
    fn committee<'n>(&self, name: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.committees.get(&name.strip_prefix("SAC/").unwrap_or(name).replace(' ', "")).copied().unwrap_or(name)
    }
}

#[cfg(test)]
mod tests {
    use corpus::document::DocumentHash;

    use super::*;
    use crate::read::read_text;

    #[test]
    fn the_first_place_and_the_count_of_each_name() {
        let text = "湖泊监测规划\n“十六五”期间，依据GB/T 80001—2031开展监测。水利部负责。\nTC988按GB/T 80001修订，水利部备案（SAC/TC 988）。\n";
        let read = read_text("t.txt", "t.txt", DocumentHash(String::new()), text.as_bytes()).expect("it is text");
        let found: Vec<(MentionKind, &str, &str, u32)> = read
            .facts
            .mentions
            .iter()
            .map(|mention| (mention.kind, mention.value.as_str(), mention.text.as_str(), mention.count))
            .collect();
        assert_eq!(
            found,
            [
                (MentionKind::Agency, "MWR", "水利部", 2),
                (MentionKind::Standard, "GB/T 80001-2031", "GB/T 80001—2031", 2),
                (MentionKind::Committee, "SAC/TC 988", "TC988", 2),
                (MentionKind::PlanPeriod, "2031-2035", "十六五", 1),
            ]
        );
        let sentence = read.facts.mentions.get(1).map(|mention| mention.sentence.as_str());
        assert_eq!(sentence, Some("“十六五”期间，依据GB/T 80001—2031开展监测。"));
    }
}
