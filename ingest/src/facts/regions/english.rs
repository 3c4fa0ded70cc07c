//! English names of local agencies: Hefei Municipal Bureau of …, Shenzhen Data Bureau, Department of … of Anhui Province.

use std::collections::BTreeSet;
use std::ops::Range;

use corpus::facts::Agency;

use super::Own;
use super::places::{Level, OFFICES, PLACES, Place};

const RANKS: &[&str] = &["Municipal", "Provincial", "District", "County", "Regional"];
/// What may stand behind a place that is named last.
const KINDS: &[&str] = &["Province", "Municipality", "City", "Autonomous"];
const BODIES: &[&str] =
    &["Bureau", "Administration", "Commission", "Department", "Office", "Authority", "Government", "Center"];
/// Bodies that follow the bare name of a place: Shenzhen Data Bureau, but not Beijing Office.
const BODIES_OF_PLACE: &[&str] = &["Bureau", "Administration", "Commission", "Department"];

/// A word and where it stands.
type Word<'a> = (Range<usize>, &'a str);

/// The local agencies that a text names.
pub(super) fn agencies(text: &str) -> Vec<(Range<usize>, Agency)> {
    if !BODIES.iter().any(|body| text.contains(body)) {
        return Vec::new();
    }
    let words = words(text);
    let mut found: Vec<(Range<usize>, Agency)> = Vec::new();
    for (at, (span, word)) in words.iter().enumerate() {
        if found.last().is_some_and(|(last, _)| last.end > span.start) {
            continue;
        }
        let name = if RANKS.contains(word) {
            end_of_name(text, &words, at, BODIES).map(|end| start_of_name(text, &words, at)..end)
        } else if BODIES.contains(word) {
            place_last(text, &words, at)
        } else {
            place_first(text, &words, at)
        };
        let Some(span) = name else { continue };
        let said = text.get(span.clone()).unwrap_or_default().to_owned();
        found.push((span, Agency { name_en: Some(said), ..Agency::default() }));
    }
    found
}

/// Shenzhen Data Bureau.
fn place_first(text: &str, words: &[Word], at: usize) -> Option<Range<usize>> {
    let (span, word) = words.get(at)?;
    let place = PLACES.iter().find(|place| place.en == *word)?;
    let next = words.get(at + 1).filter(|(_, next)| is_capital(next) && !RANKS.contains(next))?;
    adjoins(text, span, &next.0).then_some(())?;
    // One word may part the place from the rest: Hefei City Development and Reform Commission.
    let from = if matches!(next.1, "City" | "Province" | "Municipality") { at + 1 } else { at };
    let end = end_of_name(text, words, from, BODIES_OF_PLACE)?;
    let topic = text.get(span.end..end)?;
    (place.level != Level::Corps && topic.split_whitespace().count() >= 2).then_some(span.start..end)
}

/// Department of Science and Technology of Anhui Province.
fn place_last(text: &str, words: &[Word], body: usize) -> Option<Range<usize>> {
    let (first, _) = words.get(body)?;
    let mut last = first.clone();
    for (at, (span, word)) in words.iter().enumerate().skip(body + 1).take(14) {
        let gap = text.get(last.end..span.start)?;
        if !matches!(gap, " " | ", ") || !(is_capital(word) || matches!(*word, "of" | "and" | "for" | "the" | "in")) {
            return None;
        }
        let place =
            PLACES.iter().find(|place| text.get(span.start..).is_some_and(|rest| starts_with_word(rest, place.en)));
        let joined = matches!(words.get(at - 1)?.1, "of" | "in") && at > body + 1;
        if let (Some(place), true) = (place, joined) {
            let mut end = span.start + place.en.len();
            let next = words
                .iter()
                .find(|(next, _)| next.start > end)
                .filter(|(next, word)| text.get(end..next.start) == Some(" ") && KINDS.contains(word));
            if let Some((next, word)) = next {
                let region = text.get(next.start..).is_some_and(|rest| rest.starts_with("Autonomous Region"));
                end = if *word == "Autonomous" && region { next.start + "Autonomous Region".len() } else { next.end };
            }
            return Some(first.start..end);
        }
        last = span.clone();
    }
    None
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|char: char| char.is_alphanumeric()))
}

/// The words of a text, apostrophes and hyphens included, possessive endings not.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
        if char.is_ascii_alphanumeric() || matches!(char, '\'' | '’' | '-') {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            found.push((from..at, text.get(from..at).unwrap_or_default()));
        }
    }
    found
}

fn is_capital(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_uppercase())
}

/// Whether nothing but a space stands between two words.
fn adjoins(text: &str, left: &Range<usize>, right: &Range<usize>) -> bool {
    text.get(left.end..right.start).is_some_and(|gap| gap == " ")
}

fn start_of_name(text: &str, words: &[Word], rank: usize) -> usize {
    let mut start = words.get(rank).map_or(0, |(span, _)| span.start);
    let mut at = rank;
    while let Some((span, word)) = at.checked_sub(1).and_then(|before| words.get(before)) {
        let next = words.get(at).map_or(0..0, |(span, _)| span.clone());
        let small = matches!(
            *word,
            "The" | "By" | "In" | "Notice" | "Under" | "And" | "From" | "To" | "All" | "Each" | "Relevant" | "Other"
        );
        if rank - at >= 2 || !is_capital(word) || small || !adjoins(text, span, &next) {
            break;
        }
        start = span.start;
        at -= 1;
    }
    start
}

/// The end of a name behind its rank: … Bureau, Bureau of X and Y, Data Resources Administration.
fn end_of_name(text: &str, words: &[Word], rank: usize, bodies: &[&str]) -> Option<usize> {
    let mut end = None;
    let mut last = words.get(rank)?.0.clone();
    let mut open = false;
    for (at, (span, word)) in words.iter().enumerate().skip(rank + 1).take(12) {
        let joined = adjoins(text, &last, span) || (open && text.get(last.end..span.start) == Some(", "));
        let next_capital = words.get(at + 1).is_some_and(|(_, next)| is_capital(next) && !RANKS.contains(next));
        let body = bodies.contains(word);
        if !joined || RANKS.contains(word) {
            break;
        }
        match *word {
            "of" | "for" if end == Some(last.end) => open = true,
            "and" if next_capital && (open || end.is_none()) => {}
            "People's" | "People’s" => {}
            _ if is_capital(word) && (end.is_none() || open) => {
                if body || open {
                    end = Some(span.end);
                }
            }
            _ => break,
        }
        // A comma list inside a name ends before a name that has a rank of its own.
        if open && text.get(span.end..).is_some_and(|rest| rest.starts_with(',')) && !comma_goes_on(text, words, at) {
            break;
        }
        last = span.clone();
    }
    end
}

/// Culture, Radio and Tourism: behind the comma stands one word and then "and".
fn comma_goes_on(text: &str, words: &[Word], at: usize) -> bool {
    let (Some((first, one)), Some((second, and)), Some((_, three))) =
        (words.get(at + 1), words.get(at + 2), words.get(at + 3))
    else {
        return false;
    };
    is_capital(one) && *and == "and" && is_capital(three) && !RANKS.contains(three) && adjoins(text, first, second)
}

/// The place in a name: Hefei of Hefei Municipal Education Bureau.
pub(super) fn place_of(name: &str) -> Option<String> {
    if let Some(place) = known_place(name) {
        return Some(place.en.to_owned());
    }
    let (place, _) = name.split_once(" Municipal ").or_else(|| name.split_once(" Provincial "))?;
    (!place.is_empty()).then(|| place.to_owned())
}

fn known_place(name: &str) -> Option<&'static Place> {
    let first = |place: &&Place| starts_with_word(name, place.en);
    let last = |place: &&Place| {
        let rest = name.rsplit(" of ").next().unwrap_or_default();
        name.contains(" of ") && starts_with_word(rest, place.en)
    };
    let province = name.contains(" Provincial ") || name.ends_with(" Province");
    let mut found: Vec<&Place> = PLACES.iter().filter(|place| first(place) || last(place)).collect();
    found.sort_by_key(|place| (std::cmp::Reverse(place.en.len()), (place.level == Level::Province) != province));
    found.first().copied()
}

/// Gives Municipal Education Bureau its city, Provincial Department of Education its province.
pub(super) fn put_place(agency: &mut Agency, own: &Own) {
    let Some(name) = &mut agency.name_en else { return };
    let above = own.place.and_then(|place| place.province);
    let province =
        above.and_then(|short| PLACES.iter().find(|place| place.short == short && place.level != Level::City));
    let is_province = own.place.is_some_and(|place| place.level == Level::Province);
    if name.starts_with("Municipal ") && !is_province {
        name.insert_str(0, &format!("{} ", own.name));
    } else if name.starts_with("Provincial ")
        && let Some(place) = if is_province { own.place } else { province }
    {
        name.insert_str(0, &format!("{} ", place.en));
    }
}

/// The Chinese name of Hefei Municipal Bureau of Science and Technology, where place and office are in the tables.
pub(super) fn chinese_name(name: &str) -> Option<String> {
    let place = known_place(name)?;
    let without_place = name.replace(place.en, " ");
    let wanted = topic(&without_place)?;
    let office = OFFICES.iter().find(|office| topic(office.en).as_ref() == Some(&wanted))?;
    Some(format!("{}{}", place.full, office.full))
}

/// What an office is for, and what it is called: the words that tell it apart, in any order.
fn topic(name: &str) -> Option<(BTreeSet<&str>, &'static str)> {
    const IDLE: &[&str] = &[
        "of",
        "for",
        "and",
        "the",
        "in",
        "Municipal",
        "Provincial",
        "Province",
        "Municipality",
        "City",
        "Region",
        "Autonomous",
    ];
    const CLASSES: &[(&str, &str)] = &[
        ("Office", "办"),
        ("Department", "厅"),
        ("Commission", "委"),
        ("Committee", "委"),
        ("Bureau", "局"),
        ("Administration", "局"),
        ("Authority", "局"),
        ("Government", "府"),
        ("Center", "心"),
    ];
    let words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty() && !IDLE.contains(word)).collect();
    let class = CLASSES.iter().find(|(body, _)| words.contains(body))?.1;
    let topic = words.into_iter().filter(|word| !CLASSES.iter().any(|(body, _)| body == word));
    Some((topic.map(|word| word.trim_end_matches('s')).collect(), class))
}
