//! The noun phrases that English sentences count.

use std::sync::LazyLock;

use regex::Regex;

use super::super::Place;
use super::{is_past_form, words};
use crate::facts::clauses;
use crate::pattern::pattern;

/// What is counted: the noun behind the number, or else the subject or object before it.
pub(in crate::facts::targets) fn what(place: &Place) -> String {
    let unit = place.number.unit.as_deref();
    let measured = unit.is_some_and(|unit| {
        unit == "%" || unit.starts_with("percentage") || unit.ends_with("FLOPS") || unit == "times" || unit == "P"
    }) || place.is_time();
    let money = unit.is_some_and(|unit| matches!(unit, "yuan" | "US dollars" | "euro" | "pounds"));
    if let Some(own) = of_row(place) {
        return own;
    }
    if money && let Some(purpose) = purpose(place.after) {
        return purpose;
    }
    if let Some(object) = multiplied(place).or_else(|| raised(place)) {
        return object;
    }
    if money && let Some(purpose) = spent(place) {
        return purpose;
    }
    let behind = noun_behind(place.after);
    if let Some(role) = role(place.after) {
        return role;
    }
    let share = place.after.trim_start().starts_with("of ");
    let of_which = place.before.trim_end().ends_with("of which") || place.before.trim_end().ends_with("of whom");
    if of_which {
        return noun_behind(place.before);
    }
    if !behind.is_empty() && (!measured && !money || share) {
        return with_subject_of_share(place, behind, share && measured);
    }
    let own = subject(clause_after_verb(place.before));
    if !own.is_empty() {
        return own;
    }
    let earlier = earlier(place.left);
    if earlier.is_empty() { behind } else { earlier }
}

/// "double the number of lakes": the object of the verb that multiplies.
fn multiplied(place: &Place) -> Option<String> {
    let verb = place.own.trim_start().to_ascii_lowercase();
    if !["doubl", "tripl", "quadrupl", "halv"].iter().any(|stem| verb.starts_with(stem)) {
        return None;
    }
    Some(noun_behind(strip_lead(place.after))).filter(|noun| !noun.is_empty())
}

/// "raise the share of boats from 8% to about 15%": the object of the verb, before "from".
fn raised(place: &Place) -> Option<String> {
    if place.before.trim() != "to" {
        return None;
    }
    let (object, base) = place.left.rsplit_once(" from ")?;
    if base.len() > 40 || base.contains([',', ';']) {
        return None;
    }
    static RAISES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:raise|increase|lift|boost|expand|grow|reduce|cut|lower|bring)\s(?:the\s)?")
    });
    let object = object.rsplit([',', ';', ':']).next()?;
    let behind = RAISES.find_iter(object).last().map_or(0, |verb| verb.end());
    let object = subject(object.get(behind..)?);
    Some(object).filter(|object| object.len() > 3)
}

/// "is invested in libraries": what money is for.
fn purpose(after: &str) -> Option<String> {
    static FOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\s(?:(?:is|are|be|will be|shall be|to be)\s)?(?:invested|spent|allocated|earmarked)\s(?:in|on|for|to)\s",
        )
    });
    let found = FOR.find(after)?;
    Some(noun_behind(after.get(found.end()..)?)).filter(|noun| !noun.is_empty())
}

/// "commit £2 billion to research": what money is for, behind a verb of giving.
fn spent(place: &Place) -> Option<String> {
    static GIVES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:commit|invest|spend|allocat|dedicat|devot|earmark|set(?:ting)? aside|put)\w*\s(?:an? (?:additional|further|extra)\s)?$",
        )
    });
    let before = format!("{} ", place.before.trim_end());
    let after = place.after.strip_prefix(" to ").or_else(|| place.after.strip_prefix(" in "));
    let after = after.or_else(|| place.after.strip_prefix(" on ")).or_else(|| place.after.strip_prefix(" for "))?;
    let named = GIVES.is_match(&before) && !after.starts_with(|char: char| char.is_ascii_digit());
    named.then(|| noun_behind(after)).filter(|noun| !noun.is_empty())
}

/// "10,000 people will be trained as divers": it is divers that there will be.
fn role(after: &str) -> Option<String> {
    static AS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[^,;.:]{0,60}?\btrained (?:as|to become|to be)\s"));
    let found = AS.find(after)?;
    Some(noun_behind(after.get(found.end()..)?)).filter(|noun| !noun.is_empty())
}

/// Behind "so that", "with" and their like a new clause begins.
fn clause_after_verb(before: &str) -> &str {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i),\s(?:so that|with|so as to|in order that)\b"));
    OPENS.find_iter(before).last().and_then(|found| before.get(found.end()..)).unwrap_or(before)
}

/// What the clause before is about: its subject where it is passive, or else its object.
fn earlier(left: &str) -> String {
    static PASSIVE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s(?:shall|will|should|must)\sbe\s"));
    static ACTIVE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s(?:shall|will|should|must)\s"));
    let passive = PASSIVE.find_iter(left).last();
    let active = ACTIVE.find_iter(left).last();
    if let (Some(passive), Some(active)) = (passive, active)
        && passive.start() == active.start()
    {
        let subject = left.get(..passive.start()).unwrap_or_default();
        let subject = subject.rsplit([';', ':']).next().unwrap_or_default();
        let subject = subject.rsplit(", and ").next().unwrap_or_default();
        let subject = strip_lead(subject);
        return subject.strip_prefix("development of ").unwrap_or(subject).to_owned();
    }
    object_before(left)
}

/// "green power will make up 70 percent of consumption": it is green power whose share is promised.
fn with_subject_of_share(place: &Place, behind: String, share: bool) -> String {
    static MAKES_UP: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:account(?:s|ing)? for|mak(?:e|es|ing) up|represent(?:s|ing)?|constitut(?:e|es|ing)|compris(?:e|es|ing)|cover(?:s|ing)?|reach(?:es|ing)?|exceed(?:s|ing)?|be)\s*$",
        )
    });
    let Some(verb) = share.then(|| MAKES_UP.find(place.before.trim_end())).flatten() else { return behind };
    let subject = subject(place.before.get(..verb.start()).unwrap_or_default());
    if subject.is_empty() { behind } else { subject }
}

/// "A, B and C shall reach 1, 2 and 3 respectively": each number has its own name.
fn of_row(place: &Place) -> Option<String> {
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\s(?:will|shall|should|to be|to)\s(?:be |respectively )?(?:\w+ed to |reach|exceed|total|number|stand at|be)?\b",
        )
    });
    if !place.after.contains("respectively") && !place.before.contains("respectively") {
        return None;
    }
    let verb = VERB.find_iter(place.left).last()?;
    let row = place.left.get(verb.end()..)?;
    if row.contains(';') || words(row).len() > 18 {
        return None;
    }
    let at = crate::facts::quantities::quantities(row, false).len();
    let subject = place.left.get(..verb.start())?.rsplit([';', ':']).next()?;
    let subject = strip_lead(subject);
    let names: Vec<&str> =
        subject.split(", and ").flat_map(|part| part.split(", ")).flat_map(|part| part.split(" and ")).collect();
    let name = names.get(at)?.trim();
    (names.len() > 1 && !name.is_empty()).then(|| name.trim_start_matches("the ").to_owned())
}

/// The words of a noun phrase behind a number.
pub(in crate::facts::targets) fn noun_behind(after: &str) -> String {
    const ENDS: &[&str] = &[
        "by",
        "to",
        "across",
        "with",
        "that",
        "throughout",
        "per",
        "each",
        "from",
        "at",
        "into",
        "through",
        "respectively",
        "annually",
        "nationwide",
        "before",
        "after",
        "until",
        "over",
        "yearly",
        "every",
    ];
    let trimmed = after.trim_start();
    if trimmed.starts_with("and ") || trimmed.starts_with("or ") {
        return String::new();
    }
    let end = trimmed.find([',', ';', ':', '.', '(', ')', '—', '–']).unwrap_or(trimmed.len());
    let phrase = trimmed.get(..end).unwrap_or_default();
    let of = phrase.starts_with("of ");
    let phrase = phrase.strip_prefix("of ").unwrap_or(phrase);
    let phrase = if of { phrase.strip_prefix("the ").unwrap_or(phrase) } else { phrase };
    let words: Vec<&str> = phrase.split_whitespace().take(14).collect();
    let mut kept: Vec<&str> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(['“', '”', '"', '’']);
        let next = words.get(at + 1).copied().unwrap_or_default();
        let plural = kept
            .last()
            .is_some_and(|last| last.ends_with('s') || last.ends_with("people") || last.ends_with("personnel"));
        let joined = matches!(bare, "and" | "or") && (clauses::is_number(next) || is_verb_after_and(next, plural));
        let participle =
            plural && (is_past_form(bare) && !matches!(bare, "embedded" | "advanced") || clauses::is_gerund(bare));
        if joined
            || participle
            || ENDS.contains(&bare)
            || clauses::is_auxiliary(bare) && bare != "or"
            || clauses::is_preposition(bare)
        {
            break;
        }
        kept.push(word.trim_end_matches(['¹', '²', '³']));
    }
    while kept.last().is_some_and(|word| matches!(*word, "and" | "or" | "of" | "the" | "a" | "newly")) {
        kept.pop();
    }
    let noun = kept.join(" ");
    let whole = kept.len() == words.len();
    if whole && let Some(row) = coordinated(trimmed, end, &noun) {
        row
    } else if is_only_verb(&kept) {
        String::new()
    } else {
        noun
    }
}

fn is_verb_after_and(next: &str, plural: bool) -> bool {
    let verb = clauses::is_achieving(next) || clauses::is_verb(next);
    verb && (plural || !is_past_form(next))
}

/// "released before the end of": a participle is no noun.
fn is_only_verb(kept: &[&str]) -> bool {
    kept.len() == 1
        && kept.iter().all(|word| is_past_form(word) || clauses::is_gerund(word) || matches!(*word, "more" | "new"))
}

/// "national standards, industry standards, and local standards shall be": a row of one head.
fn coordinated(text: &str, first_end: usize, noun: &str) -> Option<String> {
    let head = noun.split_whitespace().last()?;
    let rest = text.get(first_end..)?;
    let mut end = 0;
    for (at, _) in rest.match_indices(head).take(6) {
        let part = rest.get(end..at)?;
        let short = words(part).len() <= 5
            && !part.contains([';', '.', ':', '('])
            && !part.chars().any(|char| char.is_ascii_digit());
        let verbal = words(part).iter().any(|word| {
            clauses::is_auxiliary(word) && *word != "or" || clauses::is_achieving(word) || clauses::is_number(word)
        });
        if !short || verbal {
            break;
        }
        end = at + head.len();
    }
    let row = rest.get(..end)?;
    (row.contains(" and ") || row.contains(" or ")).then(|| format!("{noun}{row}"))
}

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^[\s,;]*(?:[(（]?[0-9ivx]{1,4}[.)）]\s|and |or |also |further |then |each year,?|every year,?|(?:by|in|before|until|through|from|during)\s(?:the (?:end|middle) of |the )?(?:[a-z]+ )?(?:[0-9]{1,2}, )?(?:20[0-9]{2}(?:\s?[-–]\s?20[0-9]{2})?|[0-9a-z]+ five-year plan(?: period)?),?",
        r"|of which|of whom|which|where|with|while|strive to|aim to|we (?:will|shall)|ensure(?: that)?|it is (?:recommended|planned) (?:that|to)|efforts (?:will|shall) be made to|there (?:shall|will|should) be|(?:raise|increase|boost|lift|expand|improve|grow|reduce|cut|lower|shorten|keep|bring|hold|maintain|limit|control|compress)\s|the (?:cumulative |total )?number of |a total of |at least |the )\s*"
    ))
});

fn strip_lead(text: &str) -> &str {
    let mut text = text.trim();
    for _ in 0..10 {
        let Some(found) = LEAD.find(text).filter(|found| !found.is_empty()) else { break };
        text = text.get(found.end()..).unwrap_or_default();
    }
    text.trim()
}

/// The subject of which a number is said, without the year that leads in and the verb.
fn subject(before: &str) -> String {
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|\s+)(?:shall|will|would|should|must|to|is|are|be|being|has|have|been|reach(?:es|ed|ing)?|exceed(?:s|ed|ing)?|increas(?:e|es|ed|ing)|reduced?|raised?|brought|cut|lowered|risen?|rises?|grow|grown|growing|fallen|stands?|remains?|total(?:s|ing)?|not|up|down|at|above|kept|held|controlled|shortened|expanded|surpass(?:ed)?|rewarded|with|approximately|about|also|further|fall(?:s|en)?|drop(?:s|ped)?|by|receive[ds]?|of|a|an|the|one-off|no|more|less|than|and|make|mak(?:es|ing)|account(?:s|ing)? for|for|on average|average|every|each|year|annually|an?other|additional|least|maintained|within|below|ha(?:s|ve)|in|level|limited|restricted|add|train|build|develop|create|invest|allocate|arrange|release|publish|set aside|spend|allocating|investing|some|around|nearly|number(?:s|ing)?|form(?:ulated|ulate|s)?|around|from)\s*$",
        )
    });
    let mut subject = before.rsplit([';', ':', '.']).next().unwrap_or_default().trim();
    // The last clause of a row of clauses that each have a number.
    static MODAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:shall|will|should|must|is|are)\b"));
    if let Some((_, last)) =
        subject.rsplit_once(", ").filter(|(first, last)| words(last).len() >= 3 && MODAL.is_match(first))
    {
        subject = last;
    }
    subject = strip_lead(subject);
    for _ in 0..16 {
        let Some(found) = VERB.find(subject).filter(|found| !found.is_empty()) else { break };
        subject = subject.get(..found.start()).unwrap_or_default().trim_end_matches([',', ' ', '(', '¹', '²', '³']);
    }
    let kept: Vec<&str> = behind_verb(subject).split_whitespace().collect();
    let joined = kept.get(kept.len().saturating_sub(18)..).unwrap_or_default().join(" ");
    let cleaned = strip_lead(joined.trim_matches([',', ' ']));
    unclosed(without_participle(cleaned)).to_owned()
}

/// "the authority shall complete the filing": behind a modal verb the object is what is meant.
fn behind_verb(subject: &str) -> &str {
    static MODAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:shall|will|should|must)\s(?:also |jointly |then |make |be )?"));
    let Some(modal) = MODAL.find_iter(subject).last() else { return subject };
    let object = subject.get(modal.end()..).unwrap_or_default().trim();
    if words(object).len() >= 2 { object } else { subject }
}

/// "standards formulated": what is done to them is no part of their name.
fn without_participle(text: &str) -> &str {
    let cut = text.rsplit_once(' ').filter(|(rest, last)| is_past_form(last) && rest.ends_with('s'));
    cut.map_or(text, |(rest, _)| rest)
}

/// Without a bracket that was cut off.
fn unclosed(text: &str) -> &str {
    match (text.rfind('('), text.rfind(')')) {
        (Some(open), close) if close.is_none_or(|close| close < open) => text.get(..open).unwrap_or_default().trim(),
        _ => text.trim_end_matches([')', ',', ' ']),
    }
}

/// The object of the clause before: "build a network of lakes, with 30 in total".
fn object_before(left: &str) -> String {
    let mut parts = left.rsplit([',', ';', ':']);
    parts.next();
    parts
        .map(|part| {
            let words = words(part);
            let verb = words.iter().rposition(|word| {
                clauses::is_achieving(word) || clauses::is_verb(word) || *word == "of" || *word == "for"
            });
            words.get(verb.map_or(0, |at| at + 1)..).unwrap_or_default().join(" ")
        })
        .map(|part| strip_lead(&part).to_owned())
        .find(|part| part.len() > 3)
        .unwrap_or_default()
}
