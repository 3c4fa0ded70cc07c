//! What English sentences promise: which numbers are commitments.

use std::sync::LazyLock;

use corpus::facts::Comparator;
use regex::Regex;

use super::{Place, YearKnown, is_limit};
use crate::facts::clauses;
use crate::pattern::pattern;

mod phrases;

pub(super) use phrases::{noun_behind, what};

/// Whether a number is a commitment.
pub(super) fn is_promised(place: &Place) -> bool {
    let number = place.number;
    let clause = clause(place.before);
    let words: Vec<&str> = words(clause);
    let last = words.last().copied().unwrap_or_default();
    if is_description(clause, place) || (!place.normative && is_other_matter(place, clause)) {
        return false;
    }
    if place.in_row {
        return true;
    }
    let ahead = is_ahead(place, &words);
    let doing = governed(&words, last) || becomes(place) && !is_determined(last) || is_served(clause, last);
    if number.compared {
        let named =
            place.after.trim_start().starts_with(|char: char| char.is_alphabetic() || matches!(char, '“' | '"'))
                || number.unit.is_some()
                || words.len() >= 2;
        if place.normative {
            return named && (!place.is_time() || !is_validity(clause));
        }
        let limit = is_limit(number.comparator)
            && number.unit.is_none()
            && !doing
            && !clause.contains("should be")
            && !clause.contains("shall")
            && !ahead;
        let sure = match place.year {
            YearKnown::Named => ahead || !is_past(place.left) && !is_past(head_of(place.after)),
            YearKnown::Plan => ahead,
            YearKnown::Not => ahead && doing && (place.policy || has_aim(place.left) || has_aim(head_of(place.after))),
        };
        return named && sure && !limit && (!place.is_time() || is_measured_time(clause));
    }
    let dated = place.year > YearKnown::Not;
    let aims = place.year == YearKnown::Named || ahead;
    let noun = number.unit.is_some() || has_noun(place.after) || is_reached(place, last);
    let sure = place.year == YearKnown::Named || !is_small(place);
    dated && aims && sure && doing && noun && !place.is_time() && !is_past_clause(place, &words)
}

/// "the number of lakes will reach 300": the number ends its clause.
fn is_reached(place: &Place, last: &str) -> bool {
    let ends = !place.after.trim_start().starts_with(|char: char| char.is_alphanumeric());
    ends && matches!(last, "reach" | "reaching" | "total" | "totaling" | "to" | "at" | "be" | "number")
}

/// "one" and the like are turns of speech where no year stands beside them.
fn is_small(place: &Place) -> bool {
    place.number.in_words && place.number.max == Some(1.0)
}

fn clause(before: &str) -> &str {
    before.rsplit([',', ';', ':', '(']).next().unwrap_or_default()
}

fn words(clause: &str) -> Vec<&str> {
    clause.split(|char: char| !(char.is_alphanumeric() || char == '-')).filter(|word| !word.is_empty()).collect()
}

/// Whether the words say that it is still to come: will, shall, to build, or an imperative.
fn is_ahead(place: &Place, words: &[&str]) -> bool {
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:will|shall|should|must|aims?|aiming|goals?|targets?|targeting|strives?|seeks?|plans? to|planned|pledge[sd]?|commit(?:s|ted|ment)?|ensure|expected to|intends?|need(?:s|ed)? to|hopes? to|calls? for|vows?|set to|is to|are to|to be)\b",
        )
    });
    let sentence = place.left;
    let opens = words_of(sentence).into_iter().find(|word| word.chars().any(char::is_alphabetic));
    let imperative = |word: &&str| clauses::is_verb(word) && !is_past_form(word) || is_base_achieving(word);
    AHEAD.is_match(sentence)
        || AHEAD.is_match(head_of(place.after))
        || opens.as_ref().is_some_and(imperative)
        || words
            .iter()
            .skip_while(|word| matches!(**word, "and" | "then" | "also" | "each" | "year" | "by"))
            .take(1)
            .any(imperative)
        || words.windows(2).any(|pair| matches!(pair, [to, verb] if *to == "to" && is_base_achieving(verb)))
}

fn words_of(text: &str) -> Vec<&str> {
    text.split(|char: char| !(char.is_alphabetic() || char == '-')).filter(|word| word.len() > 1).take(3).collect()
}

fn is_base_achieving(word: &str) -> bool {
    clauses::is_achieving(word) && !is_past_form(word) && !word.ends_with("ing") && !word.ends_with('s')
}

fn is_past_form(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.len() > 4 && lower.ends_with("ed")
        || matches!(lower.as_str(), "built" | "held" | "led" | "grew" | "rose" | "fell")
}

/// What stands behind a number up to the end of its clause.
fn head_of(after: &str) -> &str {
    let end = after.find([';', ':', '.']).unwrap_or(after.len());
    after.get(..end).unwrap_or_default()
}

fn is_past(left: &str) -> bool {
    static PAST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:was|were|had|has|have|already|currently|reached|exceeded|grew|rose|fell|totaled|totalled|stood|accounted|rising|according to)\b",
        )
    });
    PAST.is_match(left)
}

/// "the agency published 45": a past form with nothing that makes it a participle.
fn is_past_clause(place: &Place, words: &[&str]) -> bool {
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:will|shall|should|must|to be)\b"));
    let past = words.iter().any(|word| is_past_form(word) && clauses::is_achieving(word));
    (past || is_past(clause(place.before))) && !AHEAD.is_match(place.left)
}

fn has_aim(left: &str) -> bool {
    static AIM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:aims?|goals?|targets?|strives?|pledge[sd]?|commit(?:s|ted|ment)?|plans? to|recommend(?:s|ed|ations?)?|should)\b",
        )
    });
    AIM.is_match(left)
}

/// "may build up to two", "over the three years", "500 words": numbers that describe, wherever they stand.
fn is_description(clause: &str, place: &Place) -> bool {
    let after = place.after.trim_start();
    let typed = ["characters", "words", "pages", "copies"].iter().any(|word| after.starts_with(word));
    let over = place.is_time()
        && (clause.trim_end().ends_with(['r', 'f', 's', 't', 'h', 'g']) || clause.is_empty())
        && (clause.trim_end().ends_with(" over")
            || clause.trim_end().ends_with(" next")
            || clause.trim_end().ends_with(" past")
            || clause.trim_end().ends_with(" every")
            || place.number.comparator == Comparator::MoreThan);
    static CONDITION: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\W*(?:where|if|when|unless|in case)\b|\bwhose\b"));
    CONDITION.is_match(clause)
        || clause.contains(" may ")
        || clause.trim_start().starts_with("may ")
        || typed
        || over && !place.normative
}

/// "These Measures remain valid for 3 years", "within 2 years of": when, not how much.
fn is_validity(clause: &str) -> bool {
    clause.contains("valid") || clause.contains(" past") || clause.contains("effect")
}

/// Rewards, applicants, definitions, exceptions: numbers that are no commitment of a plan.
fn is_other_matter(place: &Place, clause: &str) -> bool {
    static REWARD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:reward\w*|subsid\w+|grants? of|bonus\w*|awarded|fines?|fined|penalt\w+|prizes?|reimburs\w+|one-off|one-time)\b",
        )
    });
    static APPLICANT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:no (?:applicant|unit|organization|enterprise|company|person|institution|project)|each (?:applicant|unit|organization|enterprise|company|province|institution|project|team|city|region|locality)|applicants?|recommend(?:s|ed)? (?:no|up|at)|public(?:ly)? (?:announce|notice|posted)|made public)\b",
        )
    });
    static DEFINES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:means?|refers? to|(?:is|are) defined as|(?:is|are) (?:industrial )?(?:legal (?:persons|entities)|enterprises|companies|institutions) with|divided into|consists? of|compris\w+|whose|(?:which|that|who) (?:is|are|has|have)|with (?:an? )?(?:annual|average|total|registered)?\s?(?:revenue|income|turnover|population|investment|assets|capacity|sales)\w*)\b",
        )
    });
    let sentence = last_sentence(place.left);
    let money = place
        .number
        .unit
        .as_deref()
        .is_some_and(|unit| matches!(unit, "yuan" | "US dollars" | "euro" | "pounds" | "%" | "times"));
    let near = head_of(place.after);
    let reward = money && (REWARD.is_match(sentence) || REWARD.is_match(near));
    let applicant = APPLICANT.is_match(sentence)
        && (is_limit(place.number.comparator) || place.is_time() || clause.contains(" more"));
    let history =
        place.year < YearKnown::Named && is_past(clause) && !sentence.contains("will") && !sentence.contains("shall");
    reward || applicant || history || DEFINES.is_match(clause)
}

fn last_sentence(left: &str) -> &str {
    left.rsplit(';').next().unwrap_or_default()
}

/// "cut the average cycle to 18 months": the time that something takes is what is promised.
fn is_measured_time(clause: &str) -> bool {
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:cycles?|durations?|life ?(?:span|times?|expectancy)|(?:average|processing|response|waiting|travel|development|approval|clearance|turnaround)\b.{0,30}\btimes?|latency|periods? (?:for|of) \w+ (?:to|shall|will))\b",
        )
    });
    TIME.is_match(clause) && !clause.contains(" report")
}

/// Whether a verb that achieves something stands before the number, and nothing that makes it a description.
fn governed(words: &[&str], last: &str) -> bool {
    let blocked = is_determined(last)
        || (clauses::is_preposition(last)
            && !matches!(last, "to" | "with" | "out" | "up" | "off" | "down" | "by" | "at"));
    !blocked && words.iter().any(|word| clauses::is_achieving(word) || is_more_achieving(word))
}

/// Verbs of targets that the list of policy verbs does not have.
fn is_more_achieving(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    [
        "restor", "plant", "connect", "renovat", "hir", "protect", "convert", "invest", "deliver", "secur", "complet",
        "open", "place", "bring", "make", "grow", "doubl", "cover", "account", "remain", "stand", "retrofit", "repair",
        "educat",
    ]
    .iter()
    .any(|stem| lower.starts_with(stem) && lower.len() <= stem.len() + 5)
}

/// "40 lakes shall be restored", "40 lakes restored": the verb stands behind the number.
fn becomes(place: &Place) -> bool {
    static MODAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s[^;.:]{3,120}?\b(?:shall|will|must|should|to be)\b"));
    static DONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s[^,;.:]{3,90}?\s(?:\w+ed|built|set up|held)\b"));
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:will|shall|should|must|to be)\b"));
    MODAL.is_match(place.after)
        || DONE.is_match(place.after) && (place.year == YearKnown::Named || AHEAD.is_match(place.left))
}

/// "maps will be drawn for 30 lakes": what is done is done for them.
fn is_served(clause: &str, last: &str) -> bool {
    static DONE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:will|shall|must|should) be \w+ed (?:for|in|at|on)\s*$"));
    matches!(last, "for" | "in" | "at" | "on") && DONE.is_match(clause)
}

fn is_determined(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let fixed = matches!(
        lower.as_str(),
        "following" | "other" | "above" | "under" | "these" | "those" | "first" | "last" | "all"
    );
    fixed || clauses::is_article(&lower) && !matches!(lower.as_str(), "each" | "every")
}

fn has_noun(after: &str) -> bool {
    const DESCRIBING: &[&str] = &[
        "parts",
        "areas",
        "aspects",
        "fields",
        "dimensions",
        "sectors",
        "links",
        "categories",
        "chapters",
        "sections",
        "pillars",
        "types",
        "principles",
        "levels",
        "stages",
        "phases",
        "ways",
        "steps",
        "directions",
        "themes",
        "times",
        "major",
        "key",
        "main",
        "core",
        "broad",
        "priority",
        "priorities",
        "objectives",
        "goals",
    ];
    let first = after.split(|char: char| !char.is_ascii_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    if DESCRIBING.contains(&first) && !describes_things(after, first) {
        return false;
    }
    after.trim_start().starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '“' | '"'))
}

/// "three key lakes" counts lakes, "three key areas" nothing.
fn describes_things(after: &str, first: &str) -> bool {
    let adjective = matches!(first, "major" | "key" | "main" | "core" | "priority");
    adjective
        && after
            .split_whitespace()
            .nth(1)
            .is_some_and(|second| has_noun(second) && !matches!(second, "tasks" | "actions" | "measures" | "projects"))
}
