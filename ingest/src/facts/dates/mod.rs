//! Dates, and what each is of: signed, published, in force, repealed, translated.

mod columns;
mod dateline;
mod find;
mod kinds;

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use corpus::facts::{DateKind, DatedFact, DocumentKind};
use regex::Regex;

pub(super) use dateline::dateline;
pub(super) use find::{find, is_iso, is_only_a_date};

use super::excerpt::sentence_round;
use super::head::{Head, labelled};
use super::{MOST, Text, agencies};
use crate::pattern::pattern;
use columns::Columns;
use find::Found;
use kinds::Place;

/// A report gives the date of what it reports among so many first blocks.
const LEAD: usize = 14;
/// The brackets below a title stand among so many first blocks.
const FRONT: usize = 10;
/// So many characters of the sentence are kept.
const SENTENCE: usize = 200;
/// A line that is nothing but a date has no more bytes.
const LONGEST_DATE: usize = 200;

/// The dates of a document, each kind and date once.
pub(super) fn dates(text: &Text, kind: Option<DocumentKind>, head: &Head) -> Vec<DatedFact> {
    let translated =
        labelled(text, &["translation date", "date of translation", "translated on", "翻译日期", "译文日期"])
            .map(|(at, _)| at);
    let draft = is_draft(text);
    let mut columns = Columns::default();
    let mut all = Vec::new();
    for (at, block) in text.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_running_text()) {
        columns.read(block);
        let place = Place {
            leads: at < LEAD || head.title_block.is_some_and(|title| at > title && at <= title + FRONT),
            standard: kind == Some(DocumentKind::Standard),
            report: kind == Some(DocumentKind::News),
        };
        let line = at < 6 && dateline(&block.text).is_some();
        let found = find(&block.text);
        let title_year = if head.title_block == Some(at) { bracketed_year(&block.text) } else { None };
        for found in found.iter().chain(&title_year) {
            let kind = match () {
                () if translated == Some(at) => DateKind::Translated,
                () if line => DateKind::Published,
                () => kind_of(text, at, block, found, place, draft, &mut columns),
            };
            let page = crate::read::page_at(block, found.span.start);
            let sentence = sentence_round(&block.text, &found.span, SENTENCE);
            all.push(DatedFact { kind, date: found.iso.clone(), sentence, page });
        }
        if all.len() >= MOST {
            break;
        }
    }
    all.truncate(MOST);
    let mut kept = unique(&all);
    kept.extend(from_the_day_of_publication(text, &kept));
    kept
}

fn kind_of(
    text: &Text,
    at: usize,
    block: &Block,
    found: &Found,
    place: Place,
    draft: bool,
    columns: &mut Columns,
) -> DateKind {
    if let Some(kind) = columns.kind(block, found) {
        return kind;
    }
    let short = block.text.len() <= LONGEST_DATE;
    if short && block.kind != BlockKind::TableRow && find::only(&block.text).is_some() {
        return standing_alone(text, at, found, place, draft);
    }
    if at < FRONT
        && block.text.starts_with(['（', '('])
        && let Some(kind) = kinds::in_bracket(&block.text, found)
    {
        return kind;
    }
    if let Some(published) = signed(&block.text, found) {
        return if published { DateKind::Published } else { standing_alone(text, at, found, place, draft) };
    }
    if at < LEAD && found.is_day() && is_edition_line(&block.text, found) {
        return DateKind::Published;
    }
    kinds::kind_in_sentence(&block.text, found, place)
}

/// Whether a line is a signature with its date behind it, and whether it says that it is of the publication.
fn signed(text: &str, found: &Found) -> Option<bool> {
    let (before, after) = (text.get(..found.span.start)?.trim(), text.get(found.span.end..)?.trim());
    if !after.is_empty() || before.chars().count() > 60 {
        return None;
    }
    let named: usize = agencies::mentions_in(before, 0).iter().map(|mention| mention.span.len()).sum();
    let rest = before.len().saturating_sub(named);
    (named > 0 && rest <= 30).then(|| before.ends_with("发布") || before.ends_with("公布"))
}

/// "First edition 2031-04-15" on the cover of an international standard.
fn is_edition_line(text: &str, found: &Found) -> bool {
    let before = text.get(..found.span.start).unwrap_or_default().trim_end().to_lowercase();
    before.ends_with("edition") && before.len() <= 40
}

/// The year in the brackets that end an English title.
fn bracketed_year(title: &str) -> Option<Found> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"\((?P<year>(?:19|20)\d{2})\)\s*$"));
    let year = YEAR.captures(title)?.name("year")?;
    Some(Found { span: year.range(), iso: year.as_str().to_owned() })
}

/// Each kind and date once, and a date that is of something is not merely mentioned.
fn unique(all: &[DatedFact]) -> Vec<DatedFact> {
    let mut kept: Vec<DatedFact> = Vec::new();
    for fact in all {
        let known = all.iter().any(|other| other.date == fact.date && other.kind != DateKind::Mentioned);
        let again = kept.iter().any(|other| other.date == fact.date && other.kind == fact.kind);
        let told_better = fact.kind == DateKind::Mentioned && known;
        if !(again || told_better) {
            kept.push(fact.clone());
        }
    }
    kept
}

/// Whether the first blocks say that it is put out for comments.
fn is_draft(text: &Text) -> bool {
    text.blocks
        .iter()
        .take(6)
        .any(|block| block.text.contains("征求意见稿") || block.text.to_lowercase().contains("draft for comment"))
}

/// The kind of a date that is all of a line. Under a signature it is when the document was signed; a report's and a
/// draft's is when it came out; above or below a lone word it is what the word says.
fn standing_alone(text: &Text, at: usize, found: &Found, place: Place, draft: bool) -> DateKind {
    let beside = |at: Option<usize>| at.and_then(|at| text.blocks.get(at)).map_or("", |block| block.text.trim());
    let (before, after) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
    if let Some(kind) = word_alone(after).or_else(|| kinds::labelled(before, place).filter(|_| before.len() < 60)) {
        return kind;
    }
    let first_page = text.blocks.get(at).is_some_and(|block| block.page == 1) && at < LEAD;
    if !(found.is_day() || found.iso.len() == 7 && first_page) {
        return DateKind::Mentioned;
    }
    // A month on a cover is that of a report's publication.
    let published = draft || place.report || place.standard && first_page || !found.is_day();
    if published { DateKind::Published } else { DateKind::Issued }
}

/// The word below a date on a cover that is set in two lines.
fn word_alone(line: &str) -> Option<DateKind> {
    let bare: String = line.chars().filter(|char| !char.is_whitespace()).collect();
    match bare.to_lowercase().as_str() {
        "发布" | "發布" | "issued" | "published" => Some(DateKind::Published),
        "实施" | "實施" | "施行" | "implemented" | "implementation" | "effective" => Some(DateKind::Effective),
        _ => None,
    }
}

/// A document in force from the day of its publication is in force from a day that is known.
fn from_the_day_of_publication(text: &Text, dates: &[DatedFact]) -> Option<DatedFact> {
    static ZH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:本[^，。；]{1,14}|^)自(?:正式)?(?:发布|公布|颁布)之日起(?:正式)?(?:施行|实施|生效|执行|试行)")
    });
    static EN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:this|these|the) (?:[\w-]+ ){1,8}?(?:take|come|enter|be|is|are)s? (?:(?:in)?to |in )?(?:effect|force|effective|implemented)\b[^.;]{0,30}?(?:date|day|time) of (?:its |their |the )?(?:publication|release|promulgation)",
        )
    });
    if dates.iter().any(|date| date.kind == DateKind::Effective) {
        return None;
    }
    let published = dates.iter().find(|date| date.kind == DateKind::Published && date.date.len() == 10)?;
    text.blocks.iter().filter(|block| block.kind.is_running_text()).find_map(|block| {
        let clause = ZH.find(&block.text).or_else(|| EN.find(&block.text))?;
        Some(DatedFact {
            kind: DateKind::Effective,
            date: published.date.clone(),
            sentence: sentence_round(&block.text, &clause.range(), SENTENCE),
            page: crate::read::page_at(block, clause.start()),
        })
    })
}
