//! Words of the pages of watches.

use corpus::document::Language;
use corpus::watch::{DeliveryCounts, Schedule};

use super::{Ui, Words};
use crate::derive::{Commonness, Tried, WatchFault};

words! {
    WatchWords;
    // The list.
    intro: "A watch tracks a topic of yours: each new document that meets it makes one alert, which says why.",
        "“关注”用来跟踪您关心的内容：每篇符合条件的新文献产生一条提醒，并说明命中之处。";
    quick: "Watch a query", "关注一条检索式";
    more_settings: "Concepts, issuers, standards, mails…", "关注概念、机构、标准，设置邮件等";
    new: "New watch", "新建关注";
    filter: "Find among the watches", "在关注中查找";
    show: "Find", "查找";
    show_all: "Show all", "显示全部";
    none_found: "No watch holds that.", "没有包含该内容的关注。";
    paused: "paused", "已暂停";
    also: "Also met by", "以下译名同样命中";
    any_of: "Met by", "命中词";
    and_more: "and more", "等";
    edit: "Edit", "编辑";
    pause: "Pause", "暂停";
    resume: "Resume", "恢复";
    remove: "Remove", "删除";
    feed: "Feed", "Atom 订阅源";
    deeds: "What can be done with", "操作：";
    no_alerts: "no alerts yet", "尚无提醒";
    newest: "newest", "最近";
    // An empty list.
    empty: "There are no watches yet", "还没有关注";
    empty_help: "A watch is a question that stays asked. When documents are read in later, the program holds each against your watches and tells you once: on the page of alerts, in a feed, by mail or to a webhook. What is there already makes no alerts; trying a watch shows what it would have found.",
        "“关注”相当于一个持续有效的提问。此后每读入一篇文献，程序都会与您的各项关注比对，符合的只提醒一次，可在提醒页、订阅源、邮件或 Webhook 中收到。已有的文献不会产生提醒；保存前可以先试运行，看看能找到哪些文献。";
    empty_examples: "Begin with one of these, or with a query above", "可以从下面的例子开始，也可以在上方输入检索式";
    example_query: "Whatever mentions embodied AI, in either language", "提到具身智能的中英文文献";
    example_issuer: "Whatever the Ministry of Industry and Information Technology issues", "工业和信息化部发布的文献";
    example_standard: "New editions of GB/T 1.1, and what cites it", "GB/T 1.1 的新版本，以及引用它的文献";
    // The editor.
    edit_title: "Edit the watch", "编辑关注";
    to_mend: "This has to be mended first", "请先更正以下内容";
    what: "What to watch for", "关注内容";
    query: "Query", "检索式";
    concept: "Concept", "概念";
    issuer: "Issuer", "发文机关";
    standard: "Standard", "标准";
    topic: "Topic", "主题";
    rendering: "Rendering", "译法变化";
    query_about: "what a search finds", "检索所得";
    concept_about: "a term with all its names in both languages, as the termbase has them", "一条术语，连同术语库中的全部中英文名称";
    issuer_about: "what an agency issues", "某机构发布的文献";
    standard_about: "new editions, replacements, citations", "新版本、代替和引用情况";
    topic_about: "what is classed under it", "归入该主题的文献";
    rendering_about: "a term is rendered otherwise than before", "术语出现与此前不同的译法";
    query_hint: "Words or phrases in either language; all of them must be there. Renderings in the other language are met as well.",
        "中英文词语或词组均可，须全部出现；另一种语言的译名同样命中。";
    concept_hint: "A term in either language, or the number of its concept.", "中文或英文术语，或概念编号。";
    issuer_hint: "A name or an abbreviation, such as 工业和信息化部 or MIIT. Its predecessors count as well.",
        "名称或缩写，例如 工业和信息化部 或 MIIT；其前身机构也包括在内。";
    standard_hint: "With the year only that edition, such as GB/T 1.1 or ISO/IEC 22989:2022.",
        "例如 GB/T 1.1 或 ISO/IEC 22989:2022；带年份时只关注该版本。";
    topic_hint: "Topics below it are met as well.", "下级主题也包括在内。";
    rendering_hint: "A term in either language as the termbase has it, or * for every term.",
        "术语库中的中文或英文术语；* 表示全部术语。";
    choose: "choose one", "请选择";
    which_concept: "Which of these?", "是哪一个？";
    chosen_concept: "That is", "即";
    how_to: "How to write a query", "检索式写法";
    documents: "Only these documents", "文献范围";
    languages: "Languages", "语言";
    kinds: "Kinds", "类型";
    all_if_none: "all if none is ticked", "都不选表示不限";
    try_legend: "Try it", "试运行";
    try_help: "Counts what would have been found, without saving anything.", "只统计会找到的文献，不保存。";
    since_year: "counting separately since", "另计此年以来";
    tried: "What it would have found", "试运行结果";
    understood: "Understood as", "理解为";
    too_common: "This will be met often", "此关注会频繁命中";
    telling: "Being told", "提醒方式";
    schedule: "How often", "频率";
    channels: "Where to", "发送到";
    channels_help: "The page of alerts and the watch's feed have every alert in any case.", "提醒页和该关注的订阅源始终包含全部提醒。";
    mail: "Mail address", "邮箱地址";
    webhook: "Address of a webhook", "Webhook 地址";
    empty_to_remove: "Empty a field to leave it out.", "清空即不再使用。";
    secret_kept: "Keeps its secret.", "沿用原有密钥。";
    secret_made: "A new address gets a secret, which is shown once after saving.", "新地址会分配密钥，仅在保存后显示一次。";
    add_mail: "Another mail address", "再加一个邮箱";
    add_webhook: "Another webhook", "再加一个 Webhook";
    naming: "Name and note", "名称与备注";
    name: "Name", "名称";
    name_hint: "Without one it is called what it watches for.", "不填则以关注内容为名。";
    note: "Note to yourself", "备注";
    pause_it: "Paused: what comes meanwhile makes no alerts, then or later", "暂停：其间读入的文献不产生提醒，恢复后也不补发";
    save: "Save", "保存";
    cancel: "Cancel", "取消";
    // One watch.
    tracks: "Watches for", "关注内容";
    of_documents: "Of documents", "文献范围";
    all_documents: "all", "全部文献";
    told: "Told", "提醒频率";
    sent_to: "Sent to", "发送到";
    nowhere: "nowhere; see the alerts here or in the feed", "不发送，在提醒页或订阅源查看";
    made: "Made", "创建于";
    there_already: "Find what is there already", "查看已有的文献";
    latest: "Latest alerts", "最近的提醒";
    all_alerts: "All alerts", "全部提醒";
    no_alerts_yet: "None yet. Documents that are read in from now on make them.", "尚无提醒。此后读入的文献符合条件时会产生提醒。";
    deliveries: "Deliveries", "发送记录";
    no_deliveries: "None yet.", "尚无发送记录。";
    // Saved.
    saved_title: "The watch is saved", "关注已保存";
    secret_title: "Keep this secret now", "请立即保存密钥";
    secret_help: "It is shown only this once. Messages to the webhook are signed with it, as the Standard Webhooks specification says; put it where your receiver reads its settings, and have the receiver check the headers webhook-id, webhook-timestamp and webhook-signature.",
        "密钥只显示这一次。发往该 Webhook 的消息按 Standard Webhooks 规范用它签名；请将其写入接收程序的配置，并由接收程序校验 webhook-id、webhook-timestamp 和 webhook-signature 三个请求头。";
    secret_lost: "If it is lost, remove the webhook from the watch, save, and add it again: it gets a new one.",
        "如果丢失，请从关注中删去该 Webhook 并保存，再重新添加，即可得到新的密钥。";
    to_watch: "Go to the watch", "查看该关注";
    // On other pages.
    watch_for: "Watch", "关注";
    // Removed.
    remove_title: "Remove this watch?", "删除这项关注？";
    remove_help: "It cannot be taken back. A watch that is paused keeps what it has and makes no alerts.",
        "删除后无法恢复。如果只是暂时不需要，可以暂停：已有的提醒会保留，不再产生新的提醒。";
    remove_yes: "Remove it", "确认删除";
    pause_instead: "Pause it instead", "改为暂停";
}

impl Words {
    /// What has just been done to a watch, by the name that an address carries.
    pub(in crate::web) fn watch_notice(&self, said: &str) -> Option<&'static str> {
        let (en, zh) = match said {
            "made" => (
                "The watch is saved. Documents that are read in from now on are held against it.",
                "关注已保存，此后读入的文献会与它比对。",
            ),
            "saved" => ("The changes are saved.", "修改已保存。"),
            "paused" => {
                ("The watch rests: what comes meanwhile makes no alerts.", "关注已暂停，其间读入的文献不产生提醒。")
            }
            "resumed" => ("The watch goes on.", "关注已恢复。"),
            "removed" => ("The watch is removed.", "关注已删除。"),
            _ => return None,
        };
        Some(self.pick(en, zh))
    }

    /// The name of a schedule.
    pub(in crate::web) fn schedule(&self, schedule: Schedule) -> &'static str {
        match schedule {
            Schedule::AtOnce => self.pick("At once", "即时"),
            Schedule::Daily => self.pick("Daily", "每天"),
            Schedule::Weekly => self.pick("Weekly", "每周"),
        }
    }

    /// When that is.
    pub(in crate::web) fn schedule_about(&self, schedule: Schedule) -> &'static str {
        match schedule {
            Schedule::AtOnce => self.pick("a message for each alert", "每条提醒单独发送"),
            Schedule::Daily => self.pick("at eight in the morning, all of a day together", "每天早上八点汇总发送"),
            Schedule::Weekly => self.pick("on Monday at eight, all of a week together", "每周一早上八点汇总发送"),
        }
    }

    /// "12 watches".
    pub(in crate::web) fn watches_counted(&self, count: usize) -> String {
        self.counted(count, "watch", "watches", "项关注")
    }

    /// "12 alerts".
    pub(in crate::web) fn alerts_counted(&self, count: usize) -> String {
        self.counted(count, "alert", "alerts", "条提醒")
    }

    /// "3 new".
    pub(in crate::web) fn unseen_counted(&self, count: usize) -> String {
        self.counted(count, "new", "new", "条未读")
    }

    /// "2 mails, 1 webhook"; nothing where there is neither.
    pub(in crate::web) fn channels_counted(&self, mails: usize, webhooks: usize) -> Option<String> {
        let mails = (mails > 0).then(|| self.counted(mails, "mail address", "mail addresses", "个邮箱"));
        let webhooks = (webhooks > 0).then(|| self.counted(webhooks, "webhook", "webhooks", "个 Webhook"));
        let parts: Vec<String> = mails.into_iter().chain(webhooks).collect();
        (!parts.is_empty()).then(|| parts.join(self.comma))
    }

    /// "12 delivered, 1 waiting, 2 failed"; `None` where there is none at all.
    pub(in crate::web) fn deliveries_counted(&self, counts: DeliveryCounts) -> Option<String> {
        let parts = [
            (counts.delivered, "delivered", "次已送达"),
            (counts.pending, "waiting", "次待发送"),
            (counts.dead, "failed", "次失败"),
        ];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, en, zh)| self.counted(count, en, en, zh)).collect();
        (!parts.is_empty()).then(|| parts.join(self.comma))
    }

    /// What goes with a watch that is removed.
    pub(in crate::web) fn goes_with_watch(&self, alerts: usize, unseen: usize, undelivered: usize) -> String {
        let (told, new) = (self.alerts_counted(alerts), self.unseen_counted(unseen));
        let waiting = self.counted(undelivered, "delivery", "deliveries", "次发送");
        match (self.english(), alerts, undelivered) {
            (true, 0, 0) => "It has made no alerts, and nothing waits to be delivered.".to_owned(),
            (true, _, 0) => format!("With it go {told} ({new}). Nothing waits to be delivered."),
            (true, ..) => format!("With it go {told} ({new}) and {waiting} that have not reached their receivers."),
            (false, 0, 0) => "它没有产生过提醒，也没有待发送的内容。".to_owned(),
            (false, _, 0) => format!("将一并删除 {told}（其中 {new}）。没有待发送的内容。"),
            (false, ..) => format!("将一并删除 {told}（其中 {new}），以及尚未送达的 {waiting}。"),
        }
    }

    /// How many documents a trial has found.
    pub(in crate::web) fn tried(&self, tried: &Tried) -> String {
        let (all, since) = (self.documents_counted(tried.total), self.documents_counted(tried.since));
        let year = tried.since_year;
        match (self.english(), tried.total, tried.since) {
            (true, 0, _) => "Nothing that is here would have met it.".to_owned(),
            (true, _, 0) => format!("It would have met {all}, none of them since {year}."),
            (true, ..) => format!("It would have met {since} since {year}, and {all} in all."),
            (false, 0, _) => "现有文献均不符合。".to_owned(),
            (false, _, 0) => format!("共有 {all}符合，其中 {year} 年以来没有。"),
            (false, ..) => format!("{year} 年以来有 {since}符合，总计 {all}。"),
        }
    }

    /// That a watch is met by many documents.
    pub(in crate::web) fn common(&self, common: Commonness) -> String {
        let quoted = |clause: Option<String>| match (self.english(), clause) {
            (_, None) => String::new(),
            (true, Some(clause)) => format!(" ({clause})"),
            (false, Some(clause)) => format!("（{clause}）"),
        };
        match (self.english(), common) {
            (true, Commonness::OneIn { documents: 1, clause }) => format!(
                "What it needs{} is in most documents. Add a rarer word, or choose daily or weekly mails.",
                quoted(clause)
            ),
            (true, Commonness::OneIn { documents, clause }) => format!(
                "The rarest part that it needs{} is in one of {documents} documents. Add a rarer word, or choose daily or weekly mails.",
                quoted(clause)
            ),
            (true, Commonness::NothingRequired) => {
                "There is no text that it needs. Add a word that must be there.".to_owned()
            }
            (false, Commonness::OneIn { documents: 1, clause }) => {
                format!("所需内容{}见于大多数文献。请加上较少见的词，或改为每天、每周汇总。", quoted(clause))
            }
            (false, Commonness::OneIn { documents, clause }) => format!(
                "其中最少见的部分{}也见于每 {documents} 篇文献中的一篇。请加上较少见的词，或改为每天、每周汇总。",
                quoted(clause)
            ),
            (false, Commonness::NothingRequired) => "没有必须出现的文字。请加上一个必须出现的词。".to_owned(),
        }
    }

    /// That a term is not that of a single concept: whether concepts have it, and whether there are others like it.
    pub(in crate::web) fn concept_fault(&self, typed: &str, is_known: bool, has_like: bool) -> String {
        match (self.english(), typed, is_known, has_like) {
            (true, "", ..) => "Type a term.".to_owned(),
            (true, _, true, _) => format!("Several concepts are called “{typed}”. Choose one."),
            (true, _, false, true) => {
                format!("The termbase has no term “{typed}”. Choose one that is like it, or watch the query instead.")
            }
            (true, ..) => format!("The termbase has no term “{typed}”. Type another, or watch the query instead."),
            (false, "", ..) => "请输入术语。".to_owned(),
            (false, _, true, _) => format!("有多个概念称为“{typed}”，请选择其一。"),
            (false, _, false, true) => format!("术语库中没有“{typed}”，请从相近的术语中选择，或改为关注检索式。"),
            (false, ..) => format!("术语库中没有“{typed}”，请换一个术语，或改为关注检索式。"),
        }
    }

    /// What is wrong with a part of a watch, and what to do.
    pub(in crate::web) fn watch_fault(&self, fault: &WatchFault) -> String {
        let ui = if self.reads() == Language::Zh { Ui::Zh } else { Ui::En };
        match ui {
            Ui::En => in_english(fault),
            Ui::Zh => in_chinese(fault),
        }
    }
}

fn in_english(fault: &WatchFault) -> String {
    match fault {
        WatchFault::EmptyQuery(query) if query.is_empty() => "Type what to watch for.".to_owned(),
        WatchFault::EmptyQuery(query) => format!("“{query}” holds nothing to look for. Type a term, such as 具身智能."),
        WatchFault::NoText(query) => {
            format!("“{query}” names no text that a document could mention. Add a term or a topic to it.")
        }
        WatchFault::NoConcept(concept) => format!("There is no concept {concept}. Type a term instead."),
        WatchFault::NoIssuer => "Type the name of an agency.".to_owned(),
        WatchFault::NoStandard(given) if given.is_empty() => {
            "Type the number of a standard, such as GB/T 1.1.".to_owned()
        }
        WatchFault::NoStandard(given) => format!("“{given}” is no number of a standard. Type one such as GB/T 1.1."),
        WatchFault::NoTopic(topic) if topic.is_empty() => "Choose a topic.".to_owned(),
        WatchFault::NoTopic(topic) => format!("There is no topic “{topic}”. Choose one from the list."),
        WatchFault::NoTerm(term) if term.is_empty() => "Type a term, or * for every term.".to_owned(),
        WatchFault::NoTerm(term) => {
            format!("The termbase has no term “{term}”. Type one as it stands there, or * for every term.")
        }
        WatchFault::LimitedRendering => {
            "A watch on renderings is for all documents. Take the ticks off languages and kinds.".to_owned()
        }
        // What programs are told is good for a person too.
        told => sentences(&told.to_string()),
    }
}

/// What programs are told, a sentence each part: `the name is too long; shorten it`.
fn sentences(told: &str) -> String {
    let sentence = |part: &str| {
        let mut letters = part.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    };
    told.split("; ").map(sentence).collect::<Vec<_>>().join(" ")
}

fn in_chinese(fault: &WatchFault) -> String {
    let part = |what: &str| match what {
        "name" => "名称",
        "note" => "备注",
        "issuer" => "机构名称",
        "standard" => "标准编号",
        _ => "关注内容",
    };
    match fault {
        WatchFault::TooLong(what, longest) => format!("{}超过 {longest} 个字符，请缩短。", part(what)),
        WatchFault::ControlCharacter(what) => format!("{}含有换行或其他控制字符，请删去。", part(what)),
        WatchFault::EmptyQuery(query) if query.is_empty() => "请输入要关注的内容。".to_owned(),
        WatchFault::EmptyQuery(query) => format!("“{query}”中没有可检索的内容，请输入词语，例如 具身智能。"),
        WatchFault::NoText(query) => format!("“{query}”没有指明文献中会出现的文字，请加上词语或主题。"),
        WatchFault::NoConcept(concept) => format!("没有编号为 {concept} 的概念，请改为输入术语。"),
        WatchFault::NoIssuer => "请输入机构名称。".to_owned(),
        WatchFault::NoStandard(given) if given.is_empty() => "请输入标准编号，例如 GB/T 1.1。".to_owned(),
        WatchFault::NoStandard(given) => format!("“{given}”不是标准编号，请输入例如 GB/T 1.1。"),
        WatchFault::NoTopic(topic) if topic.is_empty() => "请选择主题。".to_owned(),
        WatchFault::NoTopic(topic) => format!("没有“{topic}”这个主题，请从列表中选择。"),
        WatchFault::NoTerm(term) if term.is_empty() => "请输入术语，或用 * 表示全部术语。".to_owned(),
        WatchFault::NoTerm(term) => format!("术语库中没有“{term}”，请按术语库中的写法输入，或用 * 表示全部术语。"),
        WatchFault::LimitedRendering => "关注译法变化时不能限定文献范围，请取消所选的语言和类型。".to_owned(),
        WatchFault::TooManyChannels(most) => format!("一项关注最多有 {most} 个接收地址，请删去一些。"),
        WatchFault::LongAddress(longest) => format!("Webhook 地址超过 {longest} 个字节，请换用较短的地址。"),
        WatchFault::NoWebAddress => {
            "Webhook 地址须以 http:// 或 https:// 开头，例如 https://example.org/hook。".to_owned()
        }
        WatchFault::UserInAddress => "Webhook 地址中不能有用户名或密码，请删去。".to_owned(),
        WatchFault::FragmentInAddress => "Webhook 地址中不能有 # 及其后的部分，请删去。".to_owned(),
        WatchFault::UnusableAddress => "此 Webhook 地址无法使用，请输入例如 https://example.org/hook。".to_owned(),
        WatchFault::NoMailAddress => "这不是邮箱地址，请输入例如 keeper@example.org。".to_owned(),
        WatchFault::NoSecret => "密钥须为 whsec_ 加 24 至 64 个字节的 base64 编码；留空则自动生成。".to_owned(),
    }
}
