//! Words of the page of deliveries.

use corpus::watch::DeliveryState;

words! {
    DeliveriesWords;
    is_english: "yes", "no";
    title: "Deliveries", "发送记录";
    intro: "What was sent of the alerts, what is to be sent, and what could not be.",
        "提醒的发送情况：已发送的、待发送的和发送失败的。";
    of_watch: "Deliveries of the watch", "关注项：";
    remove_filter: "show the deliveries of all watches", "显示全部关注的发送记录";
    states: "States", "状态";
    all: "All", "全部";
    watch: "Watch", "关注";
    mail: "Mail", "邮件";
    webhook: "Webhook", "Webhook";
    to: "to", "至";
    made: "made", "创建于";
    next: "tried next", "下次尝试";
    done: "sent", "发送于";
    given_up: "given up", "放弃于";
    first_try: "not tried yet", "尚未尝试";
    now: "now", "即将";
    last_error: "The last attempt failed", "上次尝试失败";
    resend: "Send again", "重新发送";
    older: "Older deliveries", "更早的发送记录";
    newest: "Newest deliveries", "最新的发送记录";
    no_older: "There is nothing older", "没有更早的发送记录";
    sent_again: "It is sent again with the next pass, under the same id.", "将在下一轮以相同编号重新发送。";
    not_dead: "It was not given up, so there is nothing to send again.", "该项并未放弃发送，无需重新发送。";
    none: "Nothing has been sent yet", "还没有发送记录";
    none_help: "Alerts are on their page and in the feeds in any case. Give a watch a mail address or a webhook, and they are sent there as well, at once or as a digest.",
        "提醒总会出现在提醒页面和订阅源中。给关注添加邮件地址或 Webhook 后，还会即时或定期汇总发送。";
    none_such: "There is none like that", "没有符合条件的发送记录";
    see_watches: "See what is watched", "查看关注";
    see_all: "All deliveries", "全部发送记录";
}

/// What may be wrong, as the log says it and as a Chinese reader is told.
const FAULTS: [(&str, &str); 12] = [
    ("it answered ", "对方返回 "),
    ("it did not answer in time", "对方未及时应答"),
    ("its host is not known; check the address", "找不到该主机，请检查地址"),
    ("it cannot be connected to", "无法连接对方"),
    ("it cannot be reached: ", "无法到达对方："),
    ("its TLS is not accepted: ", "对方的 TLS 证书不被接受："),
    ("its address has no TLS; give one that begins with https://", "地址未使用 TLS，请改用以 https:// 开头的地址"),
    ("its answer is not HTTP", "对方的应答不是 HTTP"),
    ("the mail server refused it ", "邮件服务器拒收"),
    ("the mail server did not take it ", "邮件服务器未接收"),
    ("the mail server named by POLICYGLOT_SMTP was not reached: ", "无法连接 POLICYGLOT_SMTP 指定的邮件服务器："),
    (
        "no mail server is named; set POLICYGLOT_SMTP and POLICYGLOT_MAIL_FROM for the process that delivers",
        "未指定邮件服务器，请为发送进程设置 POLICYGLOT_SMTP 和 POLICYGLOT_MAIL_FROM",
    ),
];

impl DeliveriesWords {
    fn pick<T>(&self, en: T, zh: T) -> T {
        if self.is_english == "yes" { en } else { zh }
    }

    /// What a state is called.
    pub(in crate::web) fn state(&self, state: DeliveryState) -> &'static str {
        let (en, zh) = match state {
            DeliveryState::Pending => ("to be sent", "待发送"),
            DeliveryState::Delivered => ("sent", "已发送"),
            DeliveryState::Dead => ("failed for good", "彻底失败"),
        };
        self.pick(en, zh)
    }

    /// "12 alerts".
    pub(in crate::web) fn alerts(&self, count: &usize) -> String {
        let noun = if *count == 1 { "alert" } else { "alerts" };
        self.pick(format!("{} {noun}", super::grouped(*count)), format!("{} 条提醒", super::grouped(*count)))
    }

    /// "3 attempts".
    pub(in crate::web) fn attempts(&self, count: &usize) -> String {
        match count {
            0 => self.first_try.to_owned(),
            1 => self.pick("1 attempt", "已尝试 1 次").to_owned(),
            _ => self.pick(format!("{count} attempts"), format!("已尝试 {count} 次")),
        }
    }

    /// "and 40 more".
    pub(in crate::web) fn and_more(&self, count: &usize) -> String {
        self.pick(format!("and {} more", super::grouped(*count)), format!("另有 {} 条", super::grouped(*count)))
    }

    /// "in 12 minutes".
    pub(in crate::web) fn wait(&self, seconds: i64) -> String {
        let (amount, en, zh) = match seconds {
            ..60 => return self.now.to_owned(),
            60..3600 => (seconds / 60, "minute", "分钟"),
            3600..172_800 => (seconds / 3600, "hour", "小时"),
            _ => (seconds / 86400, "day", "天"),
        };
        let plural = if amount == 1 { "" } else { "s" };
        self.pick(format!("in {amount} {en}{plural}"), format!("{amount} {zh}后"))
    }

    /// Why an attempt failed, and the language of that: what receivers say is not translated.
    pub(in crate::web) fn fault(&self, error: &str) -> (String, &'static str) {
        let known = FAULTS.iter().find_map(|(en, zh)| Some((zh, error.strip_prefix(en)?)));
        match known {
            Some((zh, rest)) if self.is_english == "no" => (format!("{zh}{rest}"), "zh-Hans"),
            _ => (error.to_owned(), "en"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Ui;

    #[track_caller]
    fn check(error: &str, zh: &str, lang: &str) {
        assert_eq!(DeliveriesWords::of(Ui::En).fault(error), (error.to_owned(), "en"));
        assert_eq!(
            DeliveriesWords::of(Ui::Zh).fault(error),
            (zh.to_owned(), if lang == "zh" { "zh-Hans" } else { "en" })
        );
    }

    #[test]
    fn a_fault_is_said_in_the_readers_language_where_it_is_known() {
        check("it answered 410 Gone", "对方返回 410 Gone", "zh");
        check("it did not answer in time", "对方未及时应答", "zh");
        check("something else", "something else", "en");
    }

    #[test]
    fn a_wait_is_said_roughly() {
        let [en, zh] = [Ui::En, Ui::Zh].map(DeliveriesWords::of);
        let said: Vec<String> = [-5, 59, 60, 3600, 7300, 172_800].iter().map(|seconds| en.wait(*seconds)).collect();
        assert_eq!(said, ["now", "now", "in 1 minute", "in 1 hour", "in 2 hours", "in 2 days"]);
        assert_eq!((zh.wait(720), zh.wait(0)), ("12 分钟后".to_owned(), "即将".to_owned()));
    }
}
