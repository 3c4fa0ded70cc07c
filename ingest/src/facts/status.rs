//! How far a document has come: a draft, a trial, in its final form, repealed.

use std::sync::LazyLock;

use corpus::facts::{DocumentKind, DocumentStatus};
use regex::Regex;

use super::Text;
use super::head::Head;
use crate::pattern::pattern;

/// What a document says of its stage stands among so many first blocks.
const FRONT: usize = 14;
/// A line that says the stage and little else has at the most so many characters.
const SHORT: usize = 60;

/// The stage of a document, by its title and the lines round it. A report has none.
pub(super) fn status(text: &Text, head: &Head, kind: Option<DocumentKind>) -> Option<DocumentStatus> {
    let kind = kind?;
    if kind == DocumentKind::News {
        return None;
    }
    let title = head.title.iter().chain(&head.title_translated).map(String::as_str);
    let front =
        text.blocks.iter().take(FRONT).map(|block| block.text.trim()).filter(|line| line.chars().count() <= SHORT);
    let lines: Vec<&str> = title.chain(front).collect();
    let says = |regex: &Regex| lines.iter().any(|line| regex.is_match(line));
    let own_title = |regex: &Regex| head.title.as_deref().is_some_and(|title| regex.is_match(title));
    Some(match () {
        () if says(&REPEALED) || text.blocks.iter().take(FRONT).any(|block| REPEALED_SELF.is_match(&block.text)) => {
            DocumentStatus::Repealed
        }
        () if says(&DRAFT) => DocumentStatus::Draft,
        () if own_title(&TRIAL) || lines.iter().any(|line| TRIAL_LINE.is_match(line)) => DocumentStatus::Trial,
        () => DocumentStatus::Final,
    })
}

/// The stages of Chinese standards and rules before approval, and those of ISO and IEC (Directives, Part 1, 2.1.3).
static DRAFT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"征求意见稿|送审稿|报批稿|讨论稿|送审讨论稿|工作组草案|公开征求意见|[（(]草案[）)]|草案$|草案[（(]",
        r"|(?i:\((?:\w+ ){0,3}draft(?: \w+){0,4}\)|draft for (?:public )?(?:comments?|approval|review|solicitation|consultation)|exposure draft|consultation draft|(?:initial|final|\d(?:st|nd|rd)) public draft|committee draft|working draft|draft international standard)",
        r"|(?:ISO|IEC)(?:/IEC)?[/ ](?:DIS|FDIS|CDV?|WD)(?-u:\b)|^(?:DRAFT|Draft)$|^Draft (?:[A-Z]\w+ )+(?:Standard|Law|Regulation|Measures|Guidelines)"
    ))
});

static TRIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[（(](?:试行|暂行|试点|修订试行)[）)]|暂行(?:办法|规定|条例|管理|规则|措施|细则|通知|标准)|试行(?:办法|规定|意见|方案|标准|细则|规则)|(?i:\b(?:interim|provisional|tentative|trial)\b (?:\w+ ){0,3}?(?:measures|provisions|regulations|rules|guidelines|implementation|guide|standards?|administrative)|\((?:for )?(?:trial|interim|provisional)(?: \w+)*\))",
    )
});

static TRIAL_LINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[（(](?:试行|暂行)[）)]$"));

static REPEALED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[（(【\[]?已(?:废止|失效|作废)[）)】\]]?$|^(?:状态|时效性|有效性)[:：]\s*(?:已?废止|失效|作废)|^(?i:withdrawn|repealed|superseded|status:\s*(?:withdrawn|superseded|repealed))$",
    )
});

static REPEALED_SELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"本(?:标准|文件|办法|规定|通知|意见|条例|指南|规范)(?:现|业)?已(?:经)?(?:废止|失效|作废|被[^，。；]{2,60}(?:代替|替代|取代|废止))|(?i:\bthis (?:\w+ ){1,4}(?:has been|is|was) (?:withdrawn|repealed|superseded|rescinded)\b)",
    )
});

#[cfg(test)]
mod tests {
    use corpus::document::DocumentHash;
    use corpus::facts::DocumentStatus::{Draft, Final, Repealed, Trial};

    use super::*;
    use crate::read::read_text;

    #[track_caller]
    fn check(text: &str, wanted: Option<DocumentStatus>) {
        let read = read_text("test.txt", "test.txt", DocumentHash(String::new()), text.as_bytes()).expect("it is text");
        assert_eq!(read.facts.status, wanted, "{text}");
    }

    #[test]
    fn stages() {
        check("湖泊数据管理暂行办法（征求意见稿）\n第一条 为了湖泊，制定本办法。\n", Some(Draft));
        check("湖泊数据管理暂行办法\n第一条 为了湖泊，制定本办法。\n", Some(Trial));
        check("湖泊数据管理指南（试行）\n一、总则\n", Some(Trial));
        check("湖泊数据管理办法\n第一条 为了湖泊，制定本办法。本办法由水利部解释。\n", Some(Final));
        check("湖泊数据管理办法\n（已废止）\n第一条 为了湖泊，制定本办法。\n", Some(Repealed));
        check("Interim Measures for the Management of Lakes\nArticle 1 These Measures are for lakes.\n", Some(Trial));
        check(
            "Measures for the Management of Lakes (Draft for Comments)\nArticle 1 These Measures are for lakes.\n",
            Some(Draft),
        );
    }
}
