//! Text to sentences, for Chinese, English, and text that mixes them.
//!
//! A Chinese sentence ends at 。！？ and not at ；, as GB/T 15834 has it. An English full stop ends a sentence unless
//! it belongs to a number, an abbreviation, an initial or the mark of a list item. Quotation marks, brackets and note
//! marks that close behind the stop belong to the sentence. Line ends and tabs (table cells) end a sentence as well.

use std::ops::Range;

use super::is_han;

/// Abbreviations that are followed by more of the same sentence, lower case, without the last stop.
const NEVER_LAST: &[&str] = &[
    "e.g", "i.e", "cf", "vs", "viz", "al", "mr", "mrs", "ms", "dr", "prof", "st", "gen", "gov", "sen", "rep", "hon",
    "approx", "ca", "est", "resp", "incl",
];

/// Abbreviations that stop nothing when a number follows.
const BEFORE_NUMBERS: &[&str] = &[
    "no", "nos", "art", "arts", "fig", "figs", "sec", "secs", "ch", "chap", "vol", "vols", "p", "pp", "para", "paras",
    "eq", "eqs", "ed", "app", "tab", "pt", "cl", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec",
];

/// Abbreviations that end a sentence only when the next word is one that starts sentences.
const SOMETIMES_LAST: &[&str] =
    &["inc", "ltd", "co", "corp", "etc", "a.m", "p.m", "dept", "univ", "u.s", "u.k", "u.n", "e.u", "ph.d"];

/// Words that, with a capital, start a sentence and seldom continue a name.
const STARTERS: &[&str] = &[
    "A",
    "According",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "As",
    "At",
    "Both",
    "But",
    "By",
    "Each",
    "Every",
    "For",
    "From",
    "Furthermore",
    "Having",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Many",
    "Meanwhile",
    "Moreover",
    "No",
    "Not",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "Therefore",
    "These",
    "They",
    "This",
    "Those",
    "Through",
    "Thus",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "With",
    "You",
];

/// The sentences of a text as byte ranges: ascending, disjoint, trimmed of white space, none empty.
///
/// What lies between two ranges is white space only, so nothing of the text is lost.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for piece in pieces(text) {
        split_piece(text, piece, &mut found);
    }
    found
}

/// The parts between line ends and tabs, which end a sentence whatever stands there.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, char) in text.char_indices() {
        if matches!(char, '\n' | '\r' | '\t' | '\u{c}' | '\u{2028}' | '\u{2029}') {
            found.push(start..at);
            start = at + char.len_utf8();
        }
    }
    found.push(start..text.len());
    found
}

fn split_piece(text: &str, piece: Range<usize>, found: &mut Vec<Range<usize>>) {
    let Some(body) = text.get(piece.clone()) else { return };
    let chars: Vec<(usize, char)> = body.char_indices().collect();
    let mut first = 0;
    let mut depth = Brackets::default();
    let mut at = 0;
    while let Some(&(_, char)) = chars.get(at) {
        depth.see(char, at, at == first_visible(&chars, first));
        let mut next = at + 1;
        if is_stop(&chars, first, at) {
            let after = closers(&chars, next);
            depth.close(&chars, next, after);
            next = after;
            if depth.allows_end(at) {
                push(text, piece.start, &chars, first..next, found);
                first = next;
                depth = Brackets::default();
            }
        }
        at = next;
    }
    push(text, piece.start, &chars, first..chars.len(), found);
}

/// How far round brackets are open. A stop inside a bracket that opened in mid-sentence ends nothing.
#[derive(Default)]
struct Brackets {
    open: usize,
    opened_at: usize,
    whole: bool,
}

impl Brackets {
    /// A bracket that is never closed must not swallow the rest of the text.
    const LONGEST: usize = 300;

    fn see(&mut self, char: char, at: usize, first_of_sentence: bool) {
        match char {
            '(' | '（' => {
                if self.open == 0 {
                    self.opened_at = at;
                    self.whole = first_of_sentence;
                }
                self.open += 1;
            }
            ')' | '）' => self.open = self.open.saturating_sub(1),
            _ => {}
        }
    }

    fn close(&mut self, chars: &[(usize, char)], from: usize, to: usize) {
        for &(_, char) in chars.get(from..to).unwrap_or_default() {
            self.see(char, 0, false);
        }
    }

    fn allows_end(&self, at: usize) -> bool {
        self.open == 0 || self.whole || at.saturating_sub(self.opened_at) > Self::LONGEST
    }
}

fn first_visible(chars: &[(usize, char)], from: usize) -> usize {
    (from..chars.len()).find(|&at| chars.get(at).is_some_and(|(_, char)| !is_space(*char))).unwrap_or(from)
}

fn is_space(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{200b}' | '\u{feff}')
}

fn push(text: &str, base: usize, chars: &[(usize, char)], span: Range<usize>, found: &mut Vec<Range<usize>>) {
    let visible = |at: &usize| chars.get(*at).is_some_and(|(_, char)| !is_space(*char));
    let (Some(first), Some(last)) = (span.clone().find(visible), span.rev().find(visible)) else { return };
    let (Some((start, _)), Some((end, char))) = (chars.get(first), chars.get(last)) else { return };
    let range = base + start..base + end + char.len_utf8();
    debug_assert!(text.get(range.clone()).is_some());
    found.push(range);
}

/// Whether the character at `at` ends the sentence that began at `first`.
fn is_stop(chars: &[(usize, char)], first: usize, at: usize) -> bool {
    let Some(&(_, char)) = chars.get(at) else { return false };
    match char {
        '。' | '！' | '？' | '｡' => true,
        '!' | '?' => ends_word(chars, at),
        '.' => is_full_stop(chars, first, at),
        _ => false,
    }
}

/// Whether white space, a Han character or the end follows, closing marks left aside.
fn ends_word(chars: &[(usize, char)], at: usize) -> bool {
    match chars.get(closers(chars, at + 1)) {
        None => true,
        Some(&(_, next)) => is_space(next) || is_han(next) || matches!(next, '“' | '《' | '（'),
    }
}

/// A longer row of marks is no end of a sentence; the bound keeps the work linear.
const MOST_CLOSERS: usize = 32;
/// The mark of a list item is at most so many characters.
const LONGEST_MARK: usize = 12;

/// The position behind the closing marks and note marks that begin at `from`.
fn closers(chars: &[(usize, char)], from: usize) -> usize {
    let mut at = from;
    while let Some(&(_, char)) = chars.get(at).filter(|_| at < from + MOST_CLOSERS) {
        if !is_closer(char) && !is_note_mark(char) && !matches!(char, '。' | '！' | '？' | '!' | '?') {
            break;
        }
        // A straight quotation mark behind white space opens; here nothing but marks can precede it, so it closes.
        at += 1;
    }
    at
}

fn is_closer(char: char) -> bool {
    matches!(char, '”' | '’' | '"' | '\'' | ')' | '）' | ']' | '】' | '」' | '』' | '》' | '〉' | '〕' | '*')
}

fn is_note_mark(char: char) -> bool {
    matches!(char, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '①'..='⑳')
}

fn is_full_stop(chars: &[(usize, char)], first: usize, at: usize) -> bool {
    if !ends_word(chars, at) {
        return false;
    }
    let word = word_before(chars, first, at);
    if word.is_empty() {
        // An ellipsis ends a sentence only where a capital follows.
        let dotted = at > first && chars.get(at - 1).is_some_and(|(_, char)| *char == '.');
        return !dotted || matches!(next_word(chars, at).chars().next(), None | Some('A'..='Z'));
    }
    let only_a_mark = at - first <= LONGEST_MARK
        && chars.get(first..at).unwrap_or_default().iter().all(|(_, char)| is_mark_char(*char));
    if only_a_mark && is_list_mark(&word) {
        return chars.len() == at + 1 && first == 0;
    }
    !is_abbreviation(&word, &next_word(chars, at))
}

fn is_mark_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || is_space(char) || matches!(char, '.' | '(' | ')' | '-')
}

/// `1`, `3.1`, `IV`, `a`: what stands before the stop of a numbered item.
fn is_list_mark(word: &str) -> bool {
    let digits =
        word.split('.').all(|part| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()));
    let roman =
        word.len() <= 5 && word.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'i' | b'v' | b'x' | b'l' | b'c'));
    digits || roman || (word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// The letters, digits and inner stops directly before the stop.
fn word_before(chars: &[(usize, char)], first: usize, at: usize) -> String {
    let before = chars.get(first..at).unwrap_or_default();
    let letters = |char: &char| char.is_ascii_alphanumeric() || *char == '.';
    let mut word: Vec<char> = before.iter().rev().map(|(_, char)| *char).take_while(letters).take(32).collect();
    word.reverse();
    word.into_iter().collect::<String>().trim_matches('.').to_owned()
}

/// The first word behind the stop, with the punctuation that opens it left off.
fn next_word(chars: &[(usize, char)], at: usize) -> String {
    chars
        .get(closers(chars, at + 1)..)
        .unwrap_or_default()
        .iter()
        .map(|(_, char)| *char)
        .skip_while(|char| is_space(*char) || matches!(char, '“' | '‘' | '"' | '\'' | '(' | '[' | '*'))
        .take_while(|char| char.is_alphanumeric())
        .take(32)
        .collect()
}

fn is_abbreviation(word: &str, next: &str) -> bool {
    let Some(initial) = next.chars().next() else { return false };
    if initial.is_lowercase() {
        return true;
    }
    let lower = word.to_ascii_lowercase();
    if NEVER_LAST.contains(&lower.as_str()) {
        return true;
    }
    if BEFORE_NUMBERS.contains(&lower.as_str()) && word != "no" {
        return initial.is_ascii_digit() || (next.len() <= 4 && next.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')));
    }
    let initials = word.split('.').all(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase()));
    (initials || SOMETIMES_LAST.contains(&lower.as_str())) && !STARTERS.contains(&next) && !is_han(initial)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sentences;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn chinese_ends_at_its_three_stops() {
        check("加快建设；统筹推进。成效如何？很好！", &["加快建设；统筹推进。", "成效如何？", "很好！"]);
        check("他问：“能否互认？”答复是肯定的。", &["他问：“能否互认？”", "答复是肯定的。"]);
        check("　　一、总体要求\n（一）夯实基础。完善目录。", &["一、总体要求", "（一）夯实基础。", "完善目录。"]);
    }

    #[test]
    fn brackets_keep_their_stops() {
        check("制定目录（含附表。见附件）并公布。完。", &["制定目录（含附表。见附件）并公布。", "完。"]);
        check("（本件公开。）下一句。", &["（本件公开。）", "下一句。"]);
    }

    #[test]
    fn english_abbreviations_numbers_and_initials_end_nothing() {
        check("See Fig. 2 and No. 14, e.g. Annex B. It holds.", &["See Fig. 2 and No. 14, e.g. Annex B.", "It holds."]);
        check("The U.S. Congress met J. Smith et al. in May.", &["The U.S. Congress met J. Smith et al. in May."]);
        check("Sold by Acme Co. The rest followed.", &["Sold by Acme Co.", "The rest followed."]);
        check("PUE fell to 1.25 or lower.¹ Next.", &["PUE fell to 1.25 or lower.¹", "Next."]);
        check("He said “stop.” They did. Really?! Yes.", &["He said “stop.”", "They did.", "Really?!", "Yes."]);
    }

    #[test]
    fn abbreviations_of_the_field_end_nothing() {
        for whole in [
            "Lakes, e.g. Lake Tai, are sampled.",
            "The text, i.e. the draft, is long.",
            "See No. 12 of the list.",
            "As Art. 5 says, fees are due.",
            "Printed in vol. 3, pp. 12–14, of the gazette.",
            "Dr. Wang and Prof. Li agreed.",
            "Wang et al. (2031) and Li et al. 2032 disagree.",
            "Acme Inc. sells buoys, Lake Ltd. does not.",
            "The U.S. Geological Survey took part.",
            "J. R. Smith signed it.",
            "It uses version 3.1.2 at 12.5 degrees.",
            "See https://lakes.example/a.b?c=d. e.g. for the list.",
            "It is said ... and denied.",
            "Cf. Sec. 12, Fig. 3 and Tab. 4.",
        ] {
            check(whole, &[whole]);
        }
    }

    #[test]
    fn sentences_end_behind_what_closes_them() {
        check("他说：“湖泊很大。”我们同意。", &["他说：“湖泊很大。”", "我们同意。"]);
        check("他说“湖泊很大”。我们同意！”完。", &["他说“湖泊很大”。", "我们同意！”", "完。"]);
        check("He said, “Lakes are large.” We agree.", &["He said, “Lakes are large.”", "We agree."]);
        check("It was cold (very cold). It rained.", &["It was cold (very cold).", "It rained."]);
        check("It was cold. (It rained.) We left.", &["It was cold.", "(It rained.)", "We left."]);
        check("They sailed to the U.S. The lake froze.", &["They sailed to the U.S.", "The lake froze."]);
        check("Who knows?! Nobody.", &["Who knows?!", "Nobody."]);
        check("等等……下一步是采样。", &["等等……下一步是采样。"]);
    }

    #[test]
    fn what_is_counted_within_a_sentence_stays_in_it() {
        let whole = "监测包括：（1）采集水样；（2）报送数据；（3）公布结果。";
        check(whole, &[whole]);
        check("（一）采样。每月一次；（二）报送。", &["（一）采样。", "每月一次；（二）报送。"]);
        let whole = "The plan has (1) aims; (2) tasks; and (3) safeguards.";
        check(whole, &[whole]);
        check("湖泊很大。Lakes are large. 河流很长。", &["湖泊很大。", "Lakes are large.", "河流很长。"]);
    }

    #[test]
    fn marks_of_items_stay_with_their_text() {
        check("1. Scope is given. 2 sites.", &["1. Scope is given.", "2 sites."]);
        check("IV. Key directions", &["IV. Key directions"]);
        check("3. 建设平台。开展试点。", &["3. 建设平台。", "开展试点。"]);
    }

    #[test]
    fn mixed_text_and_addresses() {
        check(
            "符合GB/T 1.1—2020的要求。See www.example.org/a?b=c for more. 完",
            &["符合GB/T 1.1—2020的要求。", "See www.example.org/a?b=c for more.", "完"],
        );
        check("和而不同……继续前行。", &["和而不同……继续前行。"]);
        check("甲\t乙。\t1.25", &["甲", "乙。", "1.25"]);
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_lost(text in "[a-zA-Z0-9。.？！!?（）() \n“”一二三¹\u{3000}]{0,80}") {
            let ranges = sentences(&text);
            let kept: String = ranges.iter().map(|range| &text[range.clone()]).collect();
            let bare = |s: &str| s.chars().filter(|c| !super::is_space(*c)).collect::<String>();
            prop_assert_eq!(bare(&kept), bare(&text));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
