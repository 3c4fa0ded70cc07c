//! The line above a report or on a web page: when it came out, and where.

use std::sync::LazyLock;

use regex::Regex;

use super::find::find;
use crate::pattern::pattern;

/// The line above a report: when, and by whom.
pub(in crate::facts) struct Dateline {
    /// Who published it.
    pub(in crate::facts) publisher: Option<String>,
}

/// Reads a line such as "Updated: May 30, 2024 09:39 China Daily".
pub(in crate::facts) fn dateline(text: &str) -> Option<Dateline> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[\s|丨])(?i:(?:last )?updated|published|posted|date|release date|publication date|发布时间|发布日期|发稿时间|更新时间|时间|日期)(?: on| at)?\s*[:：]?\s*$",
        )
    });
    static TIME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\s,]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"));
    if text.chars().count() > 110 {
        return None;
    }
    let date = find(text).into_iter().find(super::find::Found::is_day)?;
    let before = text.get(..date.span.start)?;
    let mut after = text.get(date.span.end..)?;
    let time = TIME.find(after).map(|found| found.end());
    after = after.get(time.unwrap_or(0)..)?;
    let label = LABEL.is_match(before);
    if !(label || before.trim().is_empty() && time.is_some()) {
        return None;
    }
    Some(Dateline { publisher: publisher(before, after) })
}

/// The name behind the date, or behind a label of its own before it.
fn publisher(before: &str, after: &str) -> Option<String> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:[Ss]ource|来源|稿源|信息来源)\s*[:：]\s*(?P<name>[^\s|丨:：]+(?: [A-Z][^\s|:]*)*)")
    });
    static END: LazyLock<Regex> = LazyLock::new(|| pattern(r"字体|字号|打印|分享|浏览|责任编辑|编辑[:：]|[【\[]"));
    if let Some(name) = NAMED.captures(after).or_else(|| NAMED.captures(before)).and_then(|found| found.name("name")) {
        return plausible(name.as_str());
    }
    let after = END.find(after).map_or(after, |end| after.get(..end.start()).unwrap_or_default());
    let name = after
        .trim_matches(|char: char| char.is_whitespace() || matches!(char, '|' | '丨' | '/' | '-' | ',' | ')' | '）'));
    plausible(name.strip_prefix("By ").unwrap_or(name).trim())
}

fn plausible(name: &str) -> Option<String> {
    let name = name.trim_matches(['《', '》', ' ']);
    let sound = name.chars().filter(|char| char.is_alphabetic()).count() >= 2 && name.chars().count() <= 40;
    sound.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::dateline;

    #[test]
    fn lines_above_reports() {
        let line = dateline("Updated: May 30, 2031 09:39 Lake Daily").expect("a dateline");
        assert_eq!(line.publisher.as_deref(), Some("Lake Daily"));
        let line = dateline("2031-05-30 09:39 来源： 水利部网站 字体： 大 中 小").expect("a dateline");
        assert_eq!(line.publisher.as_deref(), Some("水利部网站"));
        let line = dateline("来源：湖泊报 发布时间：2031年5月30日").expect("a dateline");
        assert_eq!(line.publisher.as_deref(), Some("湖泊报"));
        assert!(dateline("2031-03-16 发布").is_none() && dateline("June 18, 2031").is_none());
    }
}
