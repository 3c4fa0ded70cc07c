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
    if is_base(place) || is_description(clause, place) || (!place.normative && is_other_matter(place, clause)) {
        return false;
    }
    if place.in_row {
        return true;
    }
    let ahead = is_ahead(place, &words);
    let doing = governed(&words, last)
        || is_to_have(&words)
        || becomes(place) && !is_determined(last)
        || is_served(clause, last);
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
    dated && aims && sure && doing && noun && !place.is_time() && (is_to_have(&words) || !is_past_clause(place, &words))
}

/// "up from 9% today", "from 8% to about 15%": where it comes from is no commitment.
fn is_base(place: &Place) -> bool {
    static BASE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:(?:(?:up|down) from|compared (?:with|to)) (?:the current |a baseline of )?(?:just |only )?|from a baseline of )$|\b(?:up|down) from$|,\s(?:against|versus) $",
        )
    });
    static TO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^\s(?:in 20[0-9]{2}\s|today\s|now\s|at present\s|currently\s)?to\s(?:\w+\s){0,3}[0-9$£€]")
    });
    let up_to = place.own.to_ascii_lowercase().starts_with("up to") || place.before.ends_with("up to ");
    !up_to && BASE.is_match(place.before) || place.before.trim_end().ends_with(" from") && TO.is_match(place.after)
}

/// "and 60% by 2035", behind a number by an earlier year.
pub(super) fn is_later_step(place: &Place) -> bool {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\bby (?:the end of )?20[0-9]{2},?\s(?:and|and then|rising to|and to|increasing to|then)\s*$")
    });
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s(?:by|in) (?:the end of )?20[0-9]{2}\b"));
    BETWEEN.is_match(place.before) && YEAR.is_match(place.after)
}

/// "to have 75% of companies insured".
fn is_to_have(words: &[&str]) -> bool {
    let items = words.iter().position(|word| *word != "-").unwrap_or(words.len());
    match words.get(items..).unwrap_or_default() {
        [only] => only.eq_ignore_ascii_case("have"),
        [.., before, "have"] => matches!(*before, "to" | "will" | "should" | "shall" | "must"),
        _ => false,
    }
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
    static DONE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^[^,]{0,80}\b(?:had|has|have) been\b|^[^,]{0,80}\bwere\b"));
    (past || is_past(clause(place.before)) || DONE.is_match(head_of(place.after))) && !AHEAD.is_match(place.left)
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
        || clause.trim_start().starts_with("Having ")
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
    reward || applicant || history || DEFINES.is_match(clause) || is_admission(place, near) || is_threshold(sentence)
}

/// "Companies with at least 50 divers may apply": who is let in.
fn is_admission(place: &Place, near: &str) -> bool {
    static MAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:may|can|could|are (?:eligible|invited|entitled) to|(?:will|shall) be (?:eligible|entitled) to)\s(?:also |then )?(?:apply|bid|be (?:selected|nominated|recommended|considered))\b|\b(?:is|are|be) eligible\b",
        )
    });
    static OPEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:open (?:only )?to|eligible for|eligibility|qualify for|in order to qualify|exempt(?:s|ed)?)\b",
        )
    });
    MAY.is_match(near) || OPEN.is_match(clause(place.before)) || near.contains("would be exempt")
}

/// "Under the Lakes Act 2021, holders of more than 25% must notify": what the law asks of all.
fn is_threshold(sentence: &str) -> bool {
    static UNDER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\bunder (?:(?:section|article|part|schedule) [0-9]+|(?:the )?[A-Z][^,;]{2,80}\b(?:Act|Law|Code|Regulations?)(?: (?:19|20)[0-9]{2})?,)",
        )
    });
    static AIM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:will|aims?|targets?|goals?|plans?|by (?:the end of )?20[0-9]{2})\b"));
    UNDER.is_match(sentence) && !AIM.is_match(sentence)
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
    let stems = [
        "restor",
        "plant",
        "connect",
        "renovat",
        "hir",
        "protect",
        "convert",
        "invest",
        "deliver",
        "secur",
        "complet",
        "open",
        "place",
        "bring",
        "make",
        "grow",
        "doubl",
        "cover",
        "account",
        "remain",
        "stand",
        "retrofit",
        "repair",
        "educat",
        "recycl",
        "electrif",
        "decarbonis",
        "decarboniz",
    ];
    let base = matches!(
        lower.as_str(),
        "recover" | "capture" | "collect" | "target" | "targeting" | "commit" | "spend" | "supply" | "save" | "source"
    );
    base || stems.iter().any(|stem| lower.starts_with(stem) && lower.len() <= stem.len() + 5)
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
