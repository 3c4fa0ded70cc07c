//! Numbers that count nothing: dates, standards, clauses, names.

use std::sync::LazyLock;

use regex::Regex;

use super::super::{dates, standards};
use crate::layout::numbering::{self, MarkKind};
use crate::pattern::pattern;

/// The sentence with blanks where numbers stand that count nothing; its bytes keep their places.
pub(in super::super) fn masked(sentence: &str) -> String {
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^\s*[0-9]{1,2}\s[A-Z]",
            r"|第\s?[0-9一二三四五六七八九十]{1,4}\s?(?:号|条|章|节|部分|版|页|届|次|个|批|款|项|类)?",
            r"|[表图式]\s?[A-Z]?\.?[0-9]{1,3}",
            r"|十[一二三四五六七]五(?:[”’」]|规划|计划|时期|期间|末)?",
            r"|“[^“”]{0,20}[+＋][^“”]{0,20}”",
            r"|(?-u:\b)(?i:Committees?|Subcommittees?|Articles?|Figures?|Fig\.|Tables?|Annex(?:es)?|Appendix|Parts?|Chapters?|Sections?|Clauses?|Items?|Nos?\.|Tasks?|Indicators?|Pages?|Version|Edition|Phase|Stage|Level|Class|Step|Goals?|Targets?|Objectives?|Pillars?|Volumes?|Vol\.|pp?\.|Title|Box|Notes?|Chart|Tier|Group|Priority)\s+[0-9]+(?:\.[0-9]+)*(?:(?:\s?[-–]\s?|\s(?:to|and)\s)[0-9]+)?",
            r"|(?-u:\b)(?i:top|first|last|past|next|previous|coming)[ -](?:[0-9]+|two|three|four|five|six|seven|eight|nine|ten|twelve)(?-u:\b)(?:\s(?i:years?|months?|weeks?|days?|decades?|quarters?)(?-u:\b))?",
            r"|[A-Za-z]+[-/]?[0-9]+[A-Za-z0-9]*|(?-u:\b)[0-9]+(?:st|nd|rd|th|D|G|s)(?-u:\b)",
            r"|[A-Za-z0-9-]*(?-u:\b)(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|[0-9]+)-(?:year|stop|dimensional|step|way|month|day|hour|tier|level|person|star|in|part|point|time|phase|stage|fifths|thirds|quarters)[a-z-]*",
            r"|(?-u:\b)(?:19|20)[0-9]{2}\s?[-–—/]\s?(?:19|20)?[0-9]{2}(?-u:\b)",
            r"|[（(]\s*[0-9]{1,3}(?:\.[0-9]{1,3})*\s*[)）]|(?:19|20)[0-9]{2}\s?(?:版|年度|Edition)",
            r"|(?i:(?-u:\b)(?:by|in|from|to|until|before|after|since|through|and|of|for|year|end-|mid-|FY|over|around|above|than|than in)[ ]?)(?:19|20)[0-9]{2}(?-u:\b)",
            r"|[0-9]+(?:\.[0-9]+){2,}|https?://\S+|〔[^〕]*〕\s?[0-9]+\s?号|\[(?:19|20)[0-9]{2}\] No\. ?[0-9]+",
            r"|(?-u:\b)(?i:one of|each one|one another|one or more|zero trust|one country|two sessions|at one time|one day|24/7)(?-u:\b)"
        ))
    });
    let mut bytes = sentence.as_bytes().to_vec();
    let spans = standards::spans(sentence)
        .chain(own_mark(sentence))
        .chain(note_marks(sentence))
        .chain(dates::find(sentence).into_iter().map(|found| found.span))
        .chain(OTHER.find_iter(sentence).map(|found| year_only(sentence, found.range())));
    for mut span in spans {
        span.end += note_mark_len(sentence.get(span.end..).unwrap_or_default());
        if let Some(part) = bytes.get_mut(span) {
            part.fill(b' ');
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The mark of a list item; "1.25 or lower" and "20 lakes" begin with numbers.
fn own_mark(sentence: &str) -> Option<std::ops::Range<usize>> {
    let mark = numbering::mark(sentence)?;
    let number = matches!(mark.kind, MarkKind::Clause(_) | MarkKind::BareNumber);
    (!number).then_some(0..mark.len)
}

/// Marks of notes in plain digits behind a stop: "300 boats.2 Piers"
fn note_marks(sentence: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z)”][.,;]([0-9]{1,2})(?:\s|$)"));
    MARK.captures_iter(sentence).filter_map(|captures| captures.get(1)).map(|mark| mark.range())
}

/// Of "over 2027" only the year: the words before it stay.
fn year_only(sentence: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let text = sentence.get(span.clone()).unwrap_or_default();
    let year = text.len() >= 4 && text.as_bytes().iter().rev().take(4).all(u8::is_ascii_digit);
    let worded = text.starts_with(|char: char| char.is_ascii_alphabetic());
    let start = if year && worded && text.contains(' ') { span.end.saturating_sub(4) } else { span.start };
    start..span.end
}

/// The length of a note's mark that stands in plain digits behind a number's full stop: GB/T 80001—2031.2
fn note_mark_len(after: &str) -> usize {
    let Some(rest) = after.strip_prefix(['.', ',', ';']) else { return 0 };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) { 1 + digits } else { 0 }
}
