//! Words of the page of alerts.

use corpus::watch::Occasion;
use jiff::civil::{Date, Weekday};

words! {
    AlertsWords;
    is_english: "yes", "no";
    feed: "Feed", "订阅源";
    feed_title: "These alerts as an Atom feed", "以 Atom 订阅源接收这些提醒";
    deliveries: "Deliveries", "发送记录";
    filters: "Watches", "关注";
    filter_counts: "unseen / all", "未读 / 全部";
    filters_below: "Watches", "按关注筛选";
    all_watches: "All watches", "全部关注";
    more_watches: "More watches", "更多关注";
    show: "Show", "显示范围";
    all: "All", "全部";
    unseen_only: "Unseen", "未读";
    unseen: "unseen", "未读";
    of_watch: "Alerts of the watch", "关注项：";
    remove_filter: "show the alerts of all watches", "显示全部关注的提醒";
    mark_all: "Mark all as seen", "全部标为已读";
    mark_older: "Mark these and older as seen", "将这些及更早的标为已读";
    mark_hint: "Alerts that have come since this page was loaded stay unseen.", "此页载入之后产生的提醒仍为未读。";
    older: "Older alerts", "更早的提醒";
    newest: "Newest alerts", "最新提醒";
    today: "Today", "今天";
    yesterday: "Yesterday", "昨天";
    watch: "Watch", "关注";
    met_by: "met by", "命中";
    rendering_of: ", a rendering of ", "（“";
    rendering_after: "", "”的译名）";
    see_changes: "all changes of renderings", "全部译法变化";

    no_watches: "Nothing is watched yet", "还没有关注";
    no_watches_help: "A watch tracks a topic, a term, an issuer or a standard. Each document that is read in later and meets it makes one alert here, with the sentence that met it.",
        "可以关注一个主题、一条术语、一个发布机构或一项标准。此后读入的文献如果符合，就会在这里产生一条提醒，并附上命中的句子。";
    make_watch: "Make a watch", "添加关注";
    no_alerts: "There are no alerts yet", "还没有提醒";
    no_alerts_help: "Your watches look at documents that come from now on, not at those that were there before. Read in more documents, or leave a folder under watch:",
        "关注只看此后读入的文献，不看已有的文献。请读入更多文献，或让程序监视一个文件夹：";
    see_watches: "See what is watched", "查看关注";
    none_of_watch: "This watch has made no alerts yet", "这项关注还没有产生提醒";
    none_of_watch_help: "It looks at documents that come from now on. The watch's page can try it on the documents that are there.",
        "关注只看此后读入的文献。可以在该关注的页面上用已有文献试一试。";
    see_watch: "To the watch", "查看这项关注";
    none_unseen: "Nothing is unseen", "没有未读的提醒";
    none_unseen_help: "Every alert has been marked as seen.", "所有提醒都已标为已读。";
    all_alerts: "All alerts", "全部提醒";
    no_older: "There is nothing older", "没有更早的提醒";

    new_one: "1 new alert", "有 1 条新提醒";
    new_many: "{n} new alerts", "有 {n} 条新提醒";
    show_new: "show", "显示";
}

/// Why there is an alert, in words, with a version in their middle that they speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct OccasionSaid {
    pub(in crate::web) before: &'static str,
    /// What the version before is called, and its number.
    pub(in crate::web) earlier: Option<(&'static str, i64)>,
    pub(in crate::web) after: &'static str,
}

impl AlertsWords {
    fn pick<T>(&self, en: T, zh: T) -> T {
        if self.is_english == "yes" { en } else { zh }
    }

    /// "12 unseen of 140".
    pub(in crate::web) fn counted(&self, unseen: &usize, total: &usize) -> String {
        let (unseen, total) = (super::grouped(*unseen), super::grouped(*total));
        self.pick(format!("{unseen} unseen of {total}"), format!("共 {total} 条，{unseen} 条未读"))
    }

    /// "12 alerts were marked as seen."
    pub(in crate::web) fn marked(&self, count: usize) -> String {
        let digits = super::grouped(count);
        match count {
            0 => self.pick("Nothing was unseen.", "没有未读的提醒。").to_owned(),
            1 => self.pick("1 alert was marked as seen.", "已将 1 条提醒标为已读。").to_owned(),
            _ => self.pick(format!("{digits} alerts were marked as seen."), format!("已将 {digits} 条提醒标为已读。")),
        }
    }

    /// "3 deliveries failed for good".
    pub(in crate::web) fn dead_counted(&self, count: &usize) -> String {
        let digits = super::grouped(*count);
        let noun = if *count == 1 { "delivery" } else { "deliveries" };
        self.pick(format!("{digits} {noun} failed for good"), format!("{digits} 次发送彻底失败"))
    }

    /// A day with its weekday, and whether it is today or the day before.
    pub(in crate::web) fn day(&self, day: Date, today: Date) -> String {
        let said = self.pick(english_day(day), chinese_day(day));
        let near = match today.yesterday() {
            _ if day == today => Some(self.today),
            Ok(yesterday) if day == yesterday => Some(self.yesterday),
            _ => None,
        };
        match near {
            Some(near) => self.pick(format!("{near}, {said}"), format!("{near} · {said}")),
            None => said,
        }
    }

    /// Why there is an alert.
    pub(in crate::web) fn occasion(&self, occasion: Occasion) -> OccasionSaid {
        let version = self.pick("the version before", "上一版本");
        let (before_en, before_zh, after_en, after_zh) = match occasion {
            Occasion::NewDocument => ("new document", "新文献", "", ""),
            Occasion::NewMention { .. } => {
                ("new mention in a new version; ", "新版本中新出现，", " did not have it", "中没有")
            }
            Occasion::NewVersion { .. } => ("new version; ", "新版本，", " met the watch as well", "也符合这项关注"),
            Occasion::NewEdition => ("new edition of the standard", "标准的新版本", "", ""),
            Occasion::Replaced => {
                ("replaces the standard, or says what does", "代替该标准，或说明由何标准代替", "", "")
            }
            Occasion::Cited => ("cites the standard", "引用了该标准", "", ""),
            Occasion::NewRendering => ("new rendering of the term", "术语的新译法", "", ""),
        };
        let (before, after) = (self.pick(before_en, before_zh), self.pick(after_en, after_zh));
        OccasionSaid { before, earlier: occasion.earlier().map(|id| (version, id)), after }
    }
}

fn english_day(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let weekday = match day.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let month = usize::try_from(day.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    format!("{weekday} {} {} {}", day.day(), month.unwrap_or(&""), day.year())
}

fn chinese_day(day: Date) -> String {
    let weekday = match day.weekday() {
        Weekday::Monday => "一",
        Weekday::Tuesday => "二",
        Weekday::Wednesday => "三",
        Weekday::Thursday => "四",
        Weekday::Friday => "五",
        Weekday::Saturday => "六",
        Weekday::Sunday => "日",
    };
    format!("{}年{}月{}日 星期{weekday}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Ui;
    use jiff::civil::date;

    #[track_caller]
    fn check(day: Date, en: &str, zh: &str) {
        let today = date(2026, 11, 23);
        assert_eq!(AlertsWords::of(Ui::En).day(day, today), en);
        assert_eq!(AlertsWords::of(Ui::Zh).day(day, today), zh);
    }

    #[test]
    fn a_day_is_said_with_its_weekday() {
        check(date(2026, 11, 23), "Today, Monday 23 November 2026", "今天 · 2026年11月23日 星期一");
        check(date(2026, 11, 22), "Yesterday, Sunday 22 November 2026", "昨天 · 2026年11月22日 星期日");
        check(date(2025, 12, 31), "Wednesday 31 December 2025", "2025年12月31日 星期三");
    }
}
