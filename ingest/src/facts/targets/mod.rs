//! Commitments with a number: a year, a bound, a unit and what is counted.
//!
//! Not every number is one. The grammar is: a year that holds (named in the sentence, by the line that leads in, by a
//! heading, by the plan as a whole); a number that is compared or that a verb of achieving governs; a noun that it
//! counts. History, conditions, rewards, limits for applicants and time limits of a procedure are numbers too, and none
//! of them is a commitment.

mod chinese;
mod english;
mod leads;
mod scope;
mod tables;

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind, Language, Sentence};
use corpus::facts::{Comparator, DocumentKind, Interval, Target};
use regex::Regex;

use super::quantities::{Quantity, quantities};
use super::{MOST, Text, add_once};
use crate::layout::numbering;
use crate::pattern::pattern;
use leads::{Lead, LeadKind};
use scope::{Region, Scope};

/// A sentence with more numbers is a table that was misread.
const MOST_IN_SENTENCE: usize = 100;

/// The targets of a document. `by_default` is the last year of the period in its title.
pub(super) fn targets(text: &Text, kind: Option<DocumentKind>, by_default: Option<i32>) -> Vec<Target> {
    // What a standard requires of a product nobody promises.
    if kind == Some(DocumentKind::Standard) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut scope = Scope::new(text, kind, by_default);
    let tables = tables::find(text.blocks);
    let mut tables = tables.iter().peekable();
    let mut sentences = text.sentences;
    let mut inside = 0;
    for (index, block) in text.blocks.iter().enumerate() {
        let own = sentences.iter().position(|sentence| sentence.block > index).unwrap_or(sentences.len());
        let (here, rest) = sentences.split_at(own);
        sentences = rest;
        scope.enter(index, block);
        if let Some(table) = tables.next_if(|table| table.blocks.start == index) {
            inside = table.blocks.end;
            tables::read(table, &mut scope, is_chinese(text, block.language), &mut found);
        }
        if index < inside || !speaks(block, kind) {
            continue;
        }
        for sentence in here {
            let reader = Reader { sentence, chinese: is_chinese(text, sentence.language) };
            reader.read(&mut scope, &mut found);
        }
    }
    found
}

fn is_chinese(text: &Text, language: Language) -> bool {
    (if text.language == Language::Other { language } else { text.language }) == Language::Zh
}

/// Headings promise nothing, but a headline may.
fn speaks(block: &Block, kind: Option<DocumentKind>) -> bool {
    match block.kind {
        BlockKind::Footnote | BlockKind::Header | BlockKind::Footer | BlockKind::Caption | BlockKind::TableRow => false,
        BlockKind::Heading => kind == Some(DocumentKind::News) && block.level == 0,
        BlockKind::Paragraph | BlockKind::ListItem => true,
    }
}

/// A number in its sentence, with all that decides whether it is a commitment.
struct Place<'a> {
    number: &'a Quantity,
    /// The number as it is written, with its comparator and unit.
    own: &'a str,
    /// The sentence before the number.
    left: &'a str,
    /// The part of it behind the number before this one.
    before: &'a str,
    /// The sentence behind the number and its unit.
    after: &'a str,
    /// How the year by which it is promised is known.
    year: YearKnown,
    region: Region,
    /// Measures bind from the first day: what they require is what they promise.
    normative: bool,
    /// Whether the document is of a kind that promises.
    policy: bool,
    /// Whether it stands in a row with a number that is promised: 10, 20 and 30.
    in_row: bool,
}

/// How a year is known, the surest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum YearKnown {
    Not,
    /// It is the year of the whole plan.
    Plan,
    /// The sentence names it, or the line that leads in.
    Named,
}

struct Reader<'a> {
    sentence: &'a Sentence,
    chinese: bool,
}

impl Reader<'_> {
    fn read(&self, scope: &mut Scope, found: &mut Vec<Target>) {
        let text = self.sentence.text.as_str();
        let leads = leads::leads(text, self.chinese);
        let mut numbers = quantities(text, self.chinese);
        numbers.truncate(MOST_IN_SENTENCE);
        let (mut promised, mut last_is_promised) = (false, false);
        let mut from = 0;
        for number in &numbers {
            // What stands before 产值超百亿元企业3家 is said of the number that counts.
            if self.chinese && chinese::is_size(number, text) {
                continue;
            }
            let Some(by) = self.year(number, &leads, scope) else {
                (from, last_is_promised) = (number.span.end, false);
                continue;
            };
            let mut place = self.place(number, from, by, scope);
            place.in_row = last_is_promised && (is_row(place.before) || self.chinese && chinese::is_item(&place));
            if !self.chinese && last_is_promised && self.goes_on(&place, by.map(|(year, _)| year), found) {
                from = number.span.end;
                continue;
            }
            last_is_promised = place.is_promised(self.chinese);
            promised |= last_is_promised && self.add(&place, by.map(|(year, _)| year), found);
            from = number.span.end;
        }
        let opening = leads.iter().find(|lead| lead.kind == LeadKind::By && self.opens(lead.at, numbers.is_empty()));
        if numbers.is_empty()
            && let Some(lead) = leads.first().filter(|lead| lead.kind == LeadKind::By)
        {
            self.add_batch(lead.year, found);
        }
        scope.leave(text, self.sentence.block, opening.map(|lead| lead.year), promised);
    }

    /// A year at the sentence's beginning leads in what follows; a deadline inside it is its own.
    fn opens(&self, place: usize, alone: bool) -> bool {
        let before = self.sentence.text.get(..place).unwrap_or_default();
        let few = if self.chinese {
            before.chars().filter(|char| char.is_alphanumeric()).count() <= 8
        } else {
            before.split_whitespace().count() <= 5
        };
        alone || few
    }

    /// The year by which a number is promised, and how it is known; `None` where the number is history.
    fn year(&self, number: &Quantity, leads: &[Lead], scope: &Scope) -> Option<Option<(i32, YearKnown)>> {
        let text = self.sentence.text.as_str();
        let behind = leads.iter().find(|lead| lead.kind != LeadKind::Past && lead.at >= number.span.end);
        let same_clause = |lead: &&Lead| {
            let between = text.get(number.span.end..lead.at).unwrap_or_default();
            !between.contains([',', ';', '，', '；', '。', ':']) && !between.contains(" and ")
        };
        let trailing = behind.filter(|lead| !self.chinese && same_clause(lead));
        let before = leads.iter().rfind(|lead| lead.at < number.span.start);
        if self.chinese && before.is_none() && chinese::is_this_year(text.get(..number.span.start).unwrap_or_default())
        {
            return Some(scope.written().map(|year| (year, YearKnown::Named)));
        }
        let later = behind.filter(|lead| lead.kind == LeadKind::By);
        match trailing.or(before).or(later) {
            Some(lead) if scope.is_history(lead) => None,
            Some(lead) => Some(Some((lead.year, YearKnown::Named))),
            None => Some(scope.inherited(self.sentence.block)),
        }
    }

    fn place<'b>(
        &'b self,
        number: &'b Quantity,
        from: usize,
        by: Option<(i32, YearKnown)>,
        scope: &Scope,
    ) -> Place<'b> {
        let text = self.sentence.text.as_str();
        Place {
            number,
            own: text.get(number.span.clone()).unwrap_or_default(),
            left: text.get(..number.span.start).unwrap_or_default(),
            before: text.get(from..number.span.start).unwrap_or_default(),
            after: text.get(number.span.end..).unwrap_or_default(),
            year: by.map_or(YearKnown::Not, |(_, known)| known),
            region: scope.region(),
            normative: scope.normative,
            policy: scope.policy,
            in_row: false,
        }
    }

    fn add(&self, place: &Place, by: Option<i32>, found: &mut Vec<Target>) -> bool {
        let what = if self.chinese { chinese::what(place) } else { english::what(place) };
        self.push(target_of(place, by, what), found)
    }

    /// "collect 45% by 2030 and 60% by 2035": the second number is of what the first is of.
    fn goes_on(&self, place: &Place, by: Option<i32>, found: &mut Vec<Target>) -> bool {
        let unit = &place.number.unit;
        let Some(last) = found.last().filter(|last| english::is_later_step(place) && last.unit == *unit) else {
            return false;
        };
        let step = Target { every: None, cumulative: false, ..target_of(place, by, last.what.clone()) };
        self.push(step, found)
    }

    fn push(&self, target: Target, found: &mut Vec<Target>) -> bool {
        // The subject of a list item stands behind the item's mark.
        let mark = numbering::mark(&target.what).map_or(0, |mark| mark.len);
        let what = target.what.get(mark..).unwrap_or_default().trim().to_owned();
        if what.is_empty() {
            return false;
        }
        add_once(found, Target { what, sentence: self.sentence.text.clone(), page: self.sentence.page, ..target });
        found.len() < MOST
    }

    /// "By 2027, the release of a batch of …": a promise without a number.
    fn add_batch(&self, year: i32, found: &mut Vec<Target>) {
        static BATCH: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"\ba (?:batch|number|group) of ((?:[\w’'-]+ ?){1,8})|一批([\x{4e00}-\x{9fff}]{2,20})")
        });
        let Some(captures) = BATCH.captures(&self.sentence.text) else { return };
        let what = match (captures.get(1), captures.get(2)) {
            (Some(english), _) => english::noun_behind(english.as_str()),
            (_, Some(chinese)) => chinese::noun_behind(chinese.as_str()),
            _ => return,
        };
        self.push(Target { by: Some(year), what, ..Target::default() }, found);
    }
}

impl Place<'_> {
    fn is_promised(&self, chinese: bool) -> bool {
        let told = match self.region {
            Region::Penalties => false,
            _ if self.normative => true,
            Region::Conditions => false,
            Region::Background => self.year == YearKnown::Named,
            Region::Plain => true,
        };
        told && if chinese { chinese::is_promised(self) } else { english::is_promised(self) }
    }

    /// Whether the number counts things, as a classifier says.
    fn is_counted(&self) -> bool {
        let unit = self.number.unit.as_deref();
        unit.is_some_and(|unit| {
            unit.chars().count() == 1 && "个项家名人条套种类件座所台处支部张篇场次户门位只辆艘架块组批册".contains(unit)
        })
    }

    /// Whether the number measures time.
    fn is_time(&self) -> bool {
        let Some(unit) = self.number.unit.as_deref() else { return false };
        ["day", "hour", "second", "minute", "month", "year", "week"].iter().any(|time| unit.contains(time))
            && !unit.contains("milli")
            && !unit.contains("person")
            || matches!(
                unit,
                "年" | "天" | "秒" | "小时" | "分钟" | "个月" | "个小时" | "个工作日" | "个自然日" | "工作日"
            )
    }
}

/// How often it is promised.
fn every(place: &Place) -> Option<Interval> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"每年|年均(?:增长|增速|新增|增加|下降|降低)|逐年|(?i)\b(?:(?:each|every|per|a) year|annually|yearly|per annum|annual (?:growth|increase|average))\b",
        )
    });
    static HALF: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"每半年|(?i)\b(?:every (?:six months|half[- ]year)|twice a year|semi-?annually)\b"));
    static QUARTER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"每季度?|(?i)\b(?:(?:each|every|per) quarter|quarterly)\b"));
    static MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"每个?月|(?i)\b(?:(?:each|every|per) month|monthly)\b"));
    let before = place.before.rsplit(['；', ';', '。']).next().unwrap_or_default();
    let after = place.after.split(['，', '；', '。', ',', ';', '.']).next().unwrap_or_default();
    let kinds = [
        (&*HALF, Interval::HalfYear),
        (&*QUARTER, Interval::Quarter),
        (&*MONTH, Interval::Month),
        (&*YEAR, Interval::Year),
    ];
    kinds.iter().find(|(regex, _)| regex.is_match(before) || regex.is_match(after)).map(|(_, interval)| *interval)
}

/// The commitment that a place makes.
fn target_of(place: &Place, by: Option<i32>, what: String) -> Target {
    let number = place.number;
    Target {
        by,
        comparator: number.comparator,
        min: number.min,
        max: number.max,
        unit: number.unit.clone(),
        what,
        every: every(place),
        cumulative: is_cumulative(place),
        ..Target::default()
    }
}

/// Whether the number counts from the beginning.
fn is_cumulative(place: &Place) -> bool {
    static TOTAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"累计|(?i)\b(?:cumulative(?:ly)?|accumulated|in total|in all)\b"));
    let after = place.after.split(['，', '；', '。', ',', ';', '.']).next().unwrap_or_default();
    TOTAL.is_match(place.before) || (!after.contains("累计") && TOTAL.is_match(after))
}

/// Whether nothing but a comma or "and" stands between two numbers.
fn is_row(between: &str) -> bool {
    matches!(between.trim(), "、" | "和" | "及" | "与" | "," | "and" | ", and")
}

/// Whether a comparator says that the number is a limit of what is let in, not of what is done.
fn is_limit(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::AtMost | Comparator::LessThan)
}

#[cfg(test)]
mod tests;
