//! What a date is of, from the words of its sentence.

use std::sync::LazyLock;

use corpus::facts::DateKind;
use regex::Regex;

use super::find::Found;
use crate::facts::{front, tail};
use crate::pattern::pattern;

/// So many bytes on either side of a date say what it is of.
const WINDOW: usize = 600;

/// Where a date stands, as far as that says what it is of.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// Among the first blocks, where a document speaks of itself and a report of what it reports.
    pub(super) leads: bool,
    /// In the document of a standard, on whose cover "issued" means that it came out.
    pub(super) standard: bool,
    /// In a report, whose own date is that of its publication.
    pub(super) report: bool,
}

/// What a date is of, by the words round it.
pub(super) fn kind_in_sentence(text: &str, found: &Found, place: Place) -> DateKind {
    let before = window_before(text, found.span.start);
    let after = window_after(text, found.span.end);
    if is_only_looked_up(before) {
        return DateKind::Mentioned;
    }
    labelled(before, place)
        .or_else(|| chinese_kind(before, after, found.is_day(), place))
        .or_else(|| english_kind(before, found, place))
        .or_else(|| if found.is_day() && place.leads { acted_on(before, after, place) } else { None })
        .unwrap_or(DateKind::Mentioned)
}

/// The part of the sentence before a place.
fn window_before(text: &str, at: usize) -> &str {
    let before = tail(text.get(..at).unwrap_or_default(), WINDOW);
    let start = before
        .rfind(['。', '；', ';'])
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let start = before.rfind(". ").map_or(start, |at| start.max(at + 2));
    before.get(start..).unwrap_or_default()
}

fn window_after(text: &str, at: usize) -> &str {
    let after = front(text.get(at..).unwrap_or_default(), WINDOW);
    let end = after.find(['。', '；', ';']).unwrap_or(after.len());
    let end = after.find(". ").map_or(end, |at| end.min(at));
    after.get(..end).unwrap_or_default()
}

/// The date on which somebody looked at a page: accessed 3 May 2031, 访问日期
fn is_only_looked_up(before: &str) -> bool {
    static LOOKED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:\b(?:accessed|retrieved|visited|viewed|consulted|archived|checked)(?: on| at)?|访问(?:日期|时间|于)?|引用日期|检索日期)\s*[:：,，]?\s*$",
        )
    });
    LOOKED.is_match(before)
}

/// What the label says that stands directly before a date; `None` for a text that ends with none.
pub(super) fn labelled(before: &str, place: Place) -> Option<DateKind> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)(?:^|[\s(（|/,，：:])(?:",
            r"(?P<effective>(?:实施|施行|生效|执行)(?:日期|时间)|(?:effective|implementation|commencement) date|date of (?:entry into force|implementation|commencement|effect|coming into (?:force|effect)))",
            r"|(?P<repealed>(?:废止|失效)(?:日期|时间)|date of (?:repeal|expiry|withdrawal)|(?:expiry|expiration|withdrawal|repeal) date)",
            r"|(?P<translated>(?:翻译|译文|译成)(?:日期|时间)|translation date|date of translation|translated(?: on)?)",
            r"|(?P<issued>(?:成文|发文|印发|签署|签发|制定|颁发)(?:日期|时间)|date of (?:issue|issuance|signature|signing|adoption|promulgation)|(?:issue|issuance|signature|signing|adoption|promulgation) date|date issued)",
            r"|(?P<published>(?:发布|公布|发稿|上传|公开|发表|出版|批准发布|刊发|更新)(?:日期|时间)|(?:date of publication|publication date|published(?: on| online)?|date published|posted(?: on)?|(?:press )?release(?: date|d)?(?: on)?|last (?:updated|modified)|updated(?: on)?))",
            r")\s*[:：\t]?\s*$"
        ))
    });
    let captures = LABEL.captures(before)?;
    let named = |name: &str| captures.name(name).is_some();
    let sure =
        before.trim_end().ends_with([':', '：']) || before.ends_with('\t') || before.trim().chars().count() <= 30;
    Some(match () {
        () if !sure => return None,
        () if named("effective") => DateKind::Effective,
        () if named("repealed") => DateKind::Repealed,
        () if named("translated") => DateKind::Translated,
        () if named("issued") && !place.standard => DateKind::Issued,
        () => DateKind::Published,
    })
}

fn chinese_kind(before: &str, after: &str, day: bool, place: Place) -> Option<DateKind> {
    static EFFECTIVE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\s*(?:零时|[0０]时)?(?:起|开始|正式|全面|分别|同步|统一)*\s*(?:施行|实\s?施|生效|执行|试行)(?:[^方计规细]|$)",
        )
    });
    static REPEALED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:起|予以|正式|自动)*\s*(?:废止|失效|停止执行|停止施行)"));
    static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\s*(?:正式|对外|公开|首次|批准|联合|在[^，。]{2,12}上?)*(?:发\s?布|公\s?布|刊发|上线|发表)(?:[^会]|$)",
        )
    });
    static ISSUED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:正式|联合)*(?:印发|签发|签署|成文|颁布|制定|通过)"));
    static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"本[^，。；\d]{1,14}?(?:自|于|从|至|到|，|$)"));
    let is = |regex: &Regex| regex.is_match(after);
    // The words speak of the document itself where they say so, or where nothing else stands before the date.
    let own = DOCUMENT.is_match(before) || before.trim().chars().count() <= 2;
    match () {
        () if is(&EFFECTIVE) => Some(DateKind::Effective),
        () if is(&REPEALED) && own => Some(DateKind::Repealed),
        () if day && is(&PUBLISHED) && (own || place.leads) => {
            Some(if place.report && !DOCUMENT.is_match(before) && !before.trim().is_empty() {
                DateKind::Issued
            } else {
                DateKind::Published
            })
        }
        () if day && is(&ISSUED) && (own || place.leads) => Some(DateKind::Issued),
        () => None,
    }
}

/// The kind by the last verb before a date: "dated", "uploaded to the website on", "takes effect on".
fn english_kind(before: &str, found: &Found, place: Place) -> Option<DateKind> {
    let (day, exact) = (found.is_day(), found.iso.len() > 4);
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:(?P<effective>effective|(?:take|takes|took|taking|taken|enter|enters|entered|entering|come|comes|came|coming)s? (?:in)?(?:to )?(?:effect|force)|(?:be |is |are )?implemented|in force|apply|applies|shall apply)",
            r"|(?P<repealed>repealed|abolished|annulled|expires?d?|withdrawn|cease to (?:have effect|be in force))",
            r"|(?P<issued>dated|issued|signed|adopted|promulgated|enacted|approved)",
            r"|(?P<published>made public|published|released|uploaded|posted|announced|unveiled))\b"
        ))
    });
    static OWN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:this|these|the present)\s(?:\w+\s){0,6}?(?:document|standard|notice|measures|provisions|regulations?|rules|guidelines|opinions|plan|policy|announcement|order|act|law|report|version|edition|decision|paper)\b|^\W*$",
        )
    });
    let captures = VERB.captures_iter(before).last()?;
    let verb = captures.get(0)?;
    let gap = before.get(verb.end()..).unwrap_or_default();
    let near = gap.split_whitespace().count() <= 6 && gap.len() <= 48 && !gap.contains([',', ';']);
    let named = |name: &str| captures.name(name).is_some();
    let subject = before.get(..verb.start()).unwrap_or_default();
    let own = OWN.is_match(subject);
    // In a report "made public on …" speaks of what it reports, unless it names itself.
    let of_itself = own && !subject.trim().is_empty();
    let publication = if place.report && !of_itself { DateKind::Issued } else { DateKind::Published };
    // A bare year is that in which some law or other came into force.
    let dated = exact;
    match () {
        () if !near => None,
        // "apply by 30 June" is what applicants do.
        () if named("effective") && gap.trim_start().starts_with("by ") => None,
        () if named("effective") => (dated || own).then_some(DateKind::Effective),
        () if named("repealed") => own.then_some(DateKind::Repealed),
        () if !day || !(own || place.leads) => None,
        () if named("issued") => Some(if place.standard { DateKind::Published } else { DateKind::Issued }),
        () => Some(publication),
    }
}

/// On a day, somebody issued: the date stands at the sentence's beginning and the verb follows.
fn acted_on(before: &str, after: &str, place: Place) -> Option<DateKind> {
    static ACT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?P<issued>\bissued\b|\bpromulgated\b|\badopted\b|印发|制定|通过)|(?P<published>\breleased\b|\bpublished\b|\bunveiled\b|\bannounced\b|发布|公布)",
        )
    });
    let opens = before.trim().is_empty() || matches!(before.trim(), "On" | "on" | "At" | "于" | "（" | "(");
    if !opens {
        return None;
    }
    let captures = ACT.captures(after)?;
    let issued = captures.name("issued").is_some() || place.report;
    Some(if issued { DateKind::Issued } else { DateKind::Published })
}

/// What a line in brackets below the title says of each of its dates: 2031年4月2日水利部令第9号公布 自2031年5月1日起施行
pub(super) fn in_bracket(text: &str, found: &Found) -> Option<DateKind> {
    static ACT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[^，。；、]{0,60}?(?:(?P<published>公布|发布)|(?P<issued>通过|印发|颁布|制定|签署)|(?P<amended>修订|修正|修改))",
        )
    });
    let text_after = text.get(found.span.end..)?;
    // Up to the next date only, or to the mark between two acts.
    let next = super::find::find(text_after).first().map_or(text_after.len(), |next| next.span.start);
    let captures = ACT.captures(text_after.get(..next)?)?;
    let named = |name: &str| captures.name(name).is_some();
    Some(match () {
        () if named("published") => DateKind::Published,
        () if named("issued") => DateKind::Issued,
        () => DateKind::Mentioned,
    })
}

#[cfg(test)]
mod tests {
    use super::super::find::find;
    use super::*;
    use DateKind::{Effective, Issued, Mentioned, Published, Repealed, Translated};

    #[track_caller]
    fn check_at(text: &str, place: Place, wanted: &[(&str, DateKind)]) {
        let found = find(text);
        let kinds: Vec<(&str, DateKind)> =
            found.iter().map(|found| (found.iso.as_str(), kind_in_sentence(text, found, place))).collect();
        assert_eq!(kinds, wanted, "{text}");
    }

    #[track_caller]
    fn check(text: &str, wanted: &[(&str, DateKind)]) {
        check_at(text, Place { leads: true, ..Place::default() }, wanted);
    }

    #[track_caller]
    fn check_in_body(text: &str, wanted: &[(&str, DateKind)]) {
        check_at(text, Place::default(), wanted);
    }

    #[test]
    fn chinese_words() {
        check("本办法自2031年5月1日起施行。", &[("2031-05-01", Effective)]);
        check("二〇三一年十一月二十日", &[("2031-11-20", Mentioned)]);
        check("2031-03-16 发布", &[("2031-03-16", Published)]);
        check("2031-03-16 发 布\t2031-10-01 实 施", &[("2031-03-16", Published), ("2031-10-01", Effective)]);
        check("到2033年，建成湖泊10个。", &[("2033", Mentioned)]);
        check("2031年4月2日，水利部印发通知。", &[("2031-04-02", Issued)]);
        check(
            "本通知自2031年5月1日起实施，2033年4月30日废止。",
            &[("2031-05-01", Effective), ("2033-04-30", Repealed)],
        );
        check("发布日期：2031年4月2日", &[("2031-04-02", Published)]);
        check("成文日期：2031年4月2日 实施日期：2031-05-01", &[("2031-04-02", Issued), ("2031-05-01", Effective)]);
        check_in_body("《湖泊法》2029年4月2日发布。", &[("2029-04-02", Mentioned)]);
        check_in_body("自2031年10月1日起，SL/T 1—2020废止。", &[("2031-10-01", Mentioned)]);
        check_in_body("有效期至2033年12月31日。", &[("2033-12-31", Mentioned)]);
        check_in_body("2031年实施方案和2032年实施细则", &[("2031", Mentioned), ("2032", Mentioned)]);
    }

    #[test]
    fn english_words() {
        check(
            "The rules are dated June 5, 2031 and were uploaded to the site on 2 July 2031.",
            &[("2031-06-05", Issued), ("2031-07-02", Published)],
        );
        check("These rules take effect on May 1, 2031.", &[("2031-05-01", Effective)]);
        check("Effective Date: May 1, 2031", &[("2031-05-01", Effective)]);
        check("Date of issue: 1 May 2031", &[("2031-05-01", Issued)]);
        check("Translation date: 1 May 2031", &[("2031-05-01", Translated)]);
        check("By the end of 2033 and in March 2034", &[("2033", Mentioned), ("2034-03", Mentioned)]);
        check("Lake Journal, accessed 3 May 2031", &[("2031-05-03", Mentioned)]);
        check("Retrieved on 3 May 2031", &[("2031-05-03", Mentioned)]);
        check("Applicants must apply by 30 June 2031.", &[("2031-06-30", Mentioned)]);
        check_in_body("The Lake Order was signed on May 12, 2021.", &[("2021-05-12", Mentioned)]);
        check_in_body("SL/T 1-2020 shall be repealed as of October 1, 2031.", &[("2031-10-01", Mentioned)]);
        check_in_body("This notice shall be repealed as of October 1, 2031.", &[("2031-10-01", Repealed)]);
    }

    #[test]
    fn standards_and_reports_have_their_own_words() {
        let standard = Place { leads: true, standard: true, ..Place::default() };
        check_at("Issued on 2031-03-16", standard, &[("2031-03-16", Published)]);
        check_at(
            "Issue date: 2031-03-16\tImplementation date: 2031-10-01",
            standard,
            &[("2031-03-16", Published), ("2031-10-01", Effective)],
        );
        let report = Place { leads: true, report: true, ..Place::default() };
        check_at("Made public on May 30, 2031, the plan has goals.", report, &[("2031-05-30", Issued)]);
    }

    #[test]
    fn brackets_below_a_title() {
        let text = "（2031年4月2日水利部令第9号公布 自2031年5月1日起施行）";
        let kinds: Vec<Option<DateKind>> = find(text).iter().map(|found| in_bracket(text, found)).collect();
        assert_eq!(kinds, [Some(Published), None]);
    }
}
