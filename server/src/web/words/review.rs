//! Words of the pages of review.

use corpus::term::{PartOfSpeech, Tier};

words! {
    ReviewWords;
    title: "Review", "审校";
    intro: "Renderings that mining proposes and nobody has reviewed. Accept what a translator may use, reject what is wrong.",
        "以下译名由程序提取，尚未经人审定。可用的请采纳，有误的请否决。";
    nothing: "Nothing waits that meets these filters.", "没有符合筛选条件的待审译名。";
    nothing_at_all: "Nothing waits: every rendering has been reviewed.", "没有待审的译名，已全部审定。";
    all: "Show everything that waits", "显示全部待审译名";

    // Filters.
    filters: "Filters", "筛选";
    order: "Order", "排序";
    by_confidence: "surest first", "按置信度";
    by_frequency: "most often seen first", "按出现次数";
    tier: "Evidence", "依据";
    any: "any", "不限";
    least: "Sure at least", "置信度不低于";
    holds: "Holds", "包含文字";
    document: "Document number", "文献编号";
    show: "Show", "显示";
    only_in: "Only what was seen in", "仅限出自";
    remove_filter: "remove this filter", "取消此筛选";

    // Who.
    who: "Your name", "您的姓名";
    remember: "Remember", "记住";

    // Decisions.
    waiting: "Candidates", "待审译名";
    tally_waiting: "waiting", "条待审";
    tally_today: "decided today", "条今日已审";
    preferred: "Preferred", "首选";
    admitted: "Admitted", "许用";
    reject: "Reject", "否决";
    reject_term: "Not a term", "非术语";
    edit: "Edit", "修改";
    merge: "Merge", "合并";
    skip: "Skip", "跳过";
    undo: "Undo", "撤销";
    undo_last: "Undo my last decision", "撤销我的上一项";
    select: "Select", "选择";
    all_here: "All on this page", "本页全部";
    all_selected: "What is selected", "所选各项";
    others: "Also in this concept", "同一概念的其他译名";
    none_seen: "No sentence was kept for it.", "没有留存例句。";
    to_list: "Back to the list", "返回列表";
    settled: "This rendering does not wait any more.", "此译名已不在待审之列。";

    // Editing.
    edit_title: "Accept it in other words", "修改后采纳";
    edit_help: "The Chinese and the English designation as they should be.", "请填写正确的中文和英文名称。";
    part_of_speech: "Part of speech", "词性";
    unsaid: "not said", "未注明";
    subject: "Subject field", "学科领域";
    note: "When and how it is used", "用法说明";
    keep_spelling: "The old spelling counts as this one, so that it is still recognised in texts; otherwise it is rejected.",
        "原写法仍视为此名称的变体，在文中照样识别；不选则予以否决。";
    accept_preferred: "Accept as preferred", "采纳为首选";
    accept_admitted: "Accept as admitted", "采纳为许用";

    // Merging and splitting.
    merge_title: "Merge with another concept", "与另一概念合并";
    merge_help: "The two are the same thing under different names. The other concept stays and takes over all designations of this one.",
        "两者名称不同而所指相同时，合并为一个概念。另一概念保留，并接收此概念的全部名称。";
    merge_find: "A term, or the number of a concept", "术语或概念编号";
    find: "Find", "查找";
    no_alike: "No concept looks alike. Find one by a term or its number.", "没有相近的概念，可按术语或编号查找。";
    none_found: "No other concept was found.", "没有找到其他概念。";
    merge_accept: "Merge and admit", "合并并许用";
    merge_only: "Merge only", "仅合并";
    split_title: "Make it a concept of its own", "拆分为独立概念";
    split_help: "The English renders the Chinese in another meaning than the other renderings do.",
        "此英文所译的是中文的另一个含义，与其他译名所指不同。";
    split_accept: "Split and prefer", "拆分并设为首选";
    split_only: "Split only", "仅拆分";

    // What was done.
    recent: "Recent decisions", "最近的审定";
    no_recent: "Nothing has been decided yet.", "尚无审定记录。";
    undone: "taken back", "已撤销";
    undone_said: "Taken back.", "已撤销。";
    back_said: "It waits in its place again.", "已放回原来的位置。";
    changed_said: "This had been changed meanwhile, and was not done:", "以下各项已被他人更改，未作处理：";
    already_said: "This had been decided so already.", "此前已如此审定。";
    named_said: "Your name is remembered.", "已记住您的姓名。";
    nothing_chosen: "Nothing was selected, so nothing was done.", "没有选择任何一项，未作处理。";
    failed: "This could not be saved, so it still waits. Load the page again.", "未能保存，仍在待审之列。请重新载入页面。";
    nothing_to_undo: "There is nothing to take back.", "没有可以撤销的审定。";

    // Keys.
    keys: "Keys", "快捷键";
    keys_help: "On the candidate that is marked; with some selected, a decision is for all of them.",
        "作用于标出的译名；选中多项时，作用于所选各项。";
    keys_plain: "Without script, the same letters work as access keys on the marked candidate (Alt, or Alt and Shift, with P, A, R, T, E, M, S; U takes back).",
        "不用脚本时，可对标出的译名使用访问键：Alt（或 Alt+Shift）加 P、A、R、T、E、M、S；U 为撤销。";
    keys_on: "Single keys decide", "启用单键操作";
    key_next: "next", "下一项";
    key_before: "the one before", "上一项";
    key_select: "select", "选择";
    key_help: "these keys", "显示快捷键";
}

impl ReviewWords {
    fn english(&self) -> bool {
        self.title == "Review"
    }

    /// What stands behind a rendering.
    pub(in crate::web) fn tier(&self, tier: &Tier) -> &'static str {
        let (en, zh) = match tier {
            Tier::Given => ("given in a text", "文中写明"),
            Tier::Recurrent => ("met repeatedly", "多次出现"),
            Tier::Single => ("met once", "仅见一次"),
        };
        if self.english() { en } else { zh }
    }

    /// The name of a part of speech.
    pub(in crate::web) fn part(&self, part: &PartOfSpeech) -> &'static str {
        let (en, zh) = match part {
            PartOfSpeech::Noun => ("noun", "名词"),
            PartOfSpeech::Verb => ("verb", "动词"),
            PartOfSpeech::Adjective => ("adjective", "形容词"),
            PartOfSpeech::Adverb => ("adverb", "副词"),
            PartOfSpeech::Other => ("other", "其他"),
        };
        if self.english() { en } else { zh }
    }

    /// "seen 12 times".
    pub(in crate::web) fn seen(&self, count: &u32) -> String {
        match (self.english(), count) {
            (true, 1) => "seen once".to_owned(),
            (true, _) => format!("seen {count} times"),
            (false, _) => format!("出现 {count} 次"),
        }
    }

    /// "98% sure".
    pub(in crate::web) fn sure(&self, percent: &u32) -> String {
        if self.english() { format!("{percent}% sure") } else { format!("置信度 {percent}%") }
    }

    /// What a decision did, by its name: "Rejected: 3."
    pub(in crate::web) fn done(&self, decision: &str, count: usize) -> Option<String> {
        let (en, zh) = match decision {
            "prefer" => ("Accepted as preferred", "已采纳为首选"),
            "admit" => ("Accepted as admitted", "已采纳为许用"),
            "reject" => ("Rejected", "已否决"),
            "reject_term" => ("Rejected as no term", "已判为非术语"),
            "skip" => ("Put off to the end of the queue", "已移到队列末尾"),
            "edit" => ("Accepted in other words", "已修改并采纳"),
            "merge" => ("Merged", "已合并"),
            "split" => ("Split", "已拆分"),
            _ => return None,
        };
        Some(match (self.english(), count) {
            (true, 0 | 1) => format!("{en}."),
            (true, _) => format!("{en}: {count}."),
            (false, 0 | 1) => format!("{zh}。"),
            (false, _) => format!("{zh} {count} 项。"),
        })
    }

    /// What an edit did, by its name in the history.
    pub(in crate::web) fn deed(&self, deed: &str) -> &'static str {
        let (en, zh) = match deed {
            "create" => ("new concept", "新建概念"),
            "set" => ("changed", "修改"),
            "merge" => ("merged", "合并"),
            "split" => ("split", "拆分"),
            "undo" => ("took back", "撤销"),
            _ => ("", ""),
        };
        if self.english() { en } else { zh }
    }

    /// "and 17 more".
    pub(in crate::web) fn and_more(&self, count: &usize) -> String {
        if self.english() { format!("and {count} more") } else { format!("等，另有 {count} 项") }
    }

    /// A number with its thousands apart.
    pub(in crate::web) fn number(&self, count: &usize) -> String {
        super::grouped(*count)
    }

    /// "concept 12".
    pub(in crate::web) fn concept_number(&self, number: &i64) -> String {
        if self.english() { format!("concept {number}") } else { format!("概念 {number}") }
    }
}
