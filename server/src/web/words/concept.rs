//! Words of the pages of a concept, its editing and its history.

use corpus::term::{PartOfSpeech, Tier};
use index::terms::How;

use super::Words;
use crate::terms::editing::{Fault, FaultKind, What};
use crate::terms::listing::Order;
use crate::terms::seen::{Use, span};

words! {
    ConceptWords;
    // The page of a concept.
    subject: "Subject", "学科领域";
    note: "Note", "备注";
    source: "Source", "来源";
    edit: "Edit", "编辑";
    edit_concept: "Edit subject, definitions, note", "编辑学科、定义和备注";
    add_designation: "Add a designation", "添加名称";
    watch: "Watch", "关注";
    merge: "Merge with another", "与其他概念合并";
    split: "Split", "拆分";
    more_deeds: "Change this concept", "修改此概念";
    part_of_speech: "Part of speech", "词性";
    years: "Over time", "历年";
    variants: "Also spelt", "异写";
    region: "Region or issuer", "地区或机构";
    usage_note: "Usage note", "用法说明";
    edit_designation: "Edit this designation", "编辑此名称";
    from_file: "From an imported file", "来自导入文件";
    as_table: "As a table", "以表格显示";
    issuers: "By issuer", "按发文机关";
    filter_evidence: "Evidence for", "出处筛选";
    no_evidence: "No sentence of the documents holds it yet.", "文献中尚未见到。";
    most_looked: "Only the first 2,000 places were looked through.", "仅查看了前 2,000 处。";
    history: "History", "编辑历史";
    no_history: "Nobody has edited this concept yet; mining found it in the documents.", "尚无人编辑；由程序从文献中提取。";
    no_edits: "Nobody has edited the termbase yet.", "尚无人编辑术语库。";
    all_history: "The whole history", "全部历史";
    older: "Older edits", "更早的编辑";
    undo_batch: "Undo all that was done with it", "撤销同批全部编辑";
    taken_back_by: "taken back by", "已被撤销，见";
    more_changes: "more changes", "处其他更改";
    removed: "removed", "已移除";
    concept: "Concept", "概念";
    // Forms.
    your_name: "Your name, for the history", "您的姓名（记入历史）";
    save: "Save", "保存";
    cancel: "Cancel", "取消";
    topic_of: "A topic", "主题";
    own_subject: "or in your own words", "或自行填写";
    none: "none", "无";
    definition_zh: "Definition in Chinese", "中文定义";
    definition_en: "Definition in English", "英文定义";
    its_source: "Its source, such as a standard's clause", "定义来源，如标准条款";
    designation: "Designation", "名称";
    designation_zh: "Chinese designation", "中文名称";
    designation_en: "English designation", "英文名称";
    variants_help: "Other spellings that count as this one, one a line", "视同此名称的其他写法，每行一个";
    new_concept: "New concept", "新建概念";
    make: "Make the concept", "新建";
    make_anyway: "Make it all the same", "仍然新建";
    alike: "A concept with this designation is there already. Add to it, or make another one if it means something else.",
        "已有使用此名称的概念。请在其中添加；如含义不同，可另建概念。";
    faults: "Nothing was saved yet", "尚未保存";
    conflict: "Another changed this concept while you were writing", "您编辑期间，此概念已被他人修改";
    conflict_help: "Nothing of yours is lost or saved yet. This is what would change if you save now.",
        "您填写的内容没有丢失，也尚未保存。现在保存将作如下更改。";
    there_now: "There now", "目前";
    yours: "Yours", "您的";
    merge_help: "Look up the concept that means the same, by a designation or its number.", "按名称或编号查找同义的概念。";
    look_up: "Look up", "查找";
    merge_preview: "What will be", "合并结果";
    merge_now: "Merge", "合并";
    of_this: "this concept", "本概念";
    of_other: "the other", "另一概念";
    of_both: "both", "两者";
    had_by: "From", "来自";
    only_in_history: "Said by the other alone and left out; the history keeps it", "另一概念的下列内容不予保留，仅存于历史";
    merge_undo: "Its number leads here from then on. The merge can be undone from the history.", "此后其编号将指向本概念。合并可在历史中撤销。";
    merge_weak: "Candidates that are not shown go along.", "不显示的候选一并合入。";
    merge_none: "No concept was found.", "没有找到概念。";
    split_help: "Choose what leaves this concept and becomes one of its own. If you choose designations of one language only, the other language's go along as copies.",
        "选择要移出并自成一个概念的名称。若只选一种语言的名称，另一种语言的名称将复制过去。";
    split_now: "Make a concept of these", "拆分为新概念";
    // The list of terms.
    any_status: "any status", "不限状态";
    any_subject: "any subject", "不限学科";
    order: "Order", "排序";
    renderings: "Renderings", "译名";
    more_renderings: "more", "个其他译名";
    nothing_so: "No term is like that.", "没有符合条件的术语。";
    reviewed: "reviewed", "已审";
    candidate: "candidate", "候选";
    ways: "By a part, pinyin with or without tones (xin zhi sheng chan li, xzscl), traditional characters, other word order, or almost.",
        "可输入部分词语、拼音（带不带声调均可，如 xin zhi sheng chan li、xzscl）、繁体字，词序不同或略有出入也能找到。";
    clear: "Show all", "显示全部";
}

impl Words {
    /// What has just been done to a concept, by the name that an address carries.
    pub(in crate::web) fn concept_notice(&self, said: &str) -> Option<&'static str> {
        match said {
            "kept" => Some(self.pick("Saved.", "已保存。")),
            "same" => Some(self.pick("Nothing was changed: it was so already.", "未作更改：内容与原来相同。")),
            "made" => Some(self.pick("The concept is made.", "概念已新建。")),
            "merged" => Some(self.pick(
                "The two are one concept now. The history can take it back.",
                "两个概念已合并。可在历史中撤销。",
            )),
            "split" => Some(self.pick(
                "This is a concept of its own now. The history can take it back.",
                "已自成一个概念。可在历史中撤销。",
            )),
            "undone" => Some(self.pick("Undone.", "已撤销。")),
            "went" => {
                Some(self.pick("The concept that you asked for is part of this one now.", "您要找的概念已并入本概念。"))
            }
            "changed" => Some(self.pick(
                "Another changed the concept since you opened the page, so nothing was done. This is how it is now.",
                "您打开页面之后此概念已被他人修改，因此未作任何更改。以下是目前的状态。",
            )),
            _ => None,
        }
    }

    /// "Seen in 12 documents, 2024-06 to 2026-02"; `None` where it was seen nowhere.
    pub(in crate::web) fn seen_span(&self, uses: &[Use]) -> Option<String> {
        let mut documents: Vec<i64> = uses.iter().map(|used| used.document).collect();
        documents.sort_unstable();
        documents.dedup();
        let documents = (!documents.is_empty()).then(|| self.documents_counted(documents.len()))?;
        let when = span(uses.iter()).map(|(first, last)| self.between(first, last));
        let when = when.map_or(String::new(), |when| format!("{}{when}", self.pick(", ", "，")));
        Some(format!("{}{documents}{when}", self.pick("seen in ", "见于 ")))
    }

    /// "2024-06 – 2026-02", or one date where there is one.
    pub(in crate::web) fn between(&self, first: &str, last: &str) -> String {
        let month = |date: &str| date.chars().take(7).collect::<String>();
        let (first, last) = (month(first), month(last));
        if first == last { first } else { format!("{first} – {last}") }
    }

    /// "edited 2026-11-22".
    pub(in crate::web) fn changed_at(&self, at: &str) -> String {
        let day: String = at.chars().take(10).collect();
        format!("{}{day}", self.pick("edited ", "编辑于 "))
    }

    /// "2 rejected, 12 weak candidates".
    pub(in crate::web) fn folded(&self, rejected: usize, weak: usize) -> String {
        let parts = [
            (rejected, self.counted(rejected, "rejected", "rejected", "个已否决")),
            (weak, self.counted(weak, "weak candidate", "weak candidates", "个不可靠的候选")),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| part);
        parts.collect::<Vec<_>>().join(self.comma)
    }

    /// "4 times in documents without a date".
    pub(in crate::web) fn undated(&self, count: u32) -> String {
        let times = self.counted(usize::try_from(count).unwrap_or(usize::MAX), "time", "times", "次");
        if self.english() {
            format!("Besides, seen {times} in documents without a date.")
        } else {
            format!("另有 {times}见于无日期的文献。")
        }
    }

    /// The name of a part of speech.
    pub(in crate::web) fn part_of_speech(&self, part: &PartOfSpeech) -> &'static str {
        let (en, zh) = match part {
            PartOfSpeech::Noun => ("noun", "名词"),
            PartOfSpeech::Verb => ("verb", "动词"),
            PartOfSpeech::Adjective => ("adjective", "形容词"),
            PartOfSpeech::Adverb => ("adverb", "副词"),
            PartOfSpeech::Other => ("other", "其他"),
        };
        self.pick(en, zh)
    }

    /// What an edit did.
    pub(in crate::web) fn deed(&self, deed: &str) -> &'static str {
        let (en, zh) = match deed {
            "create" => ("made the concept", "新建概念"),
            "set" => ("edited", "编辑"),
            "set_status" => ("set the status", "设定状态"),
            "merge" => ("merged", "合并"),
            "split" => ("split", "拆分"),
            "undo" => ("undid", "撤销"),
            _ => ("changed", "更改"),
        };
        self.pick(en, zh)
    }

    /// What of a concept was changed.
    pub(in crate::web) fn field(&self, what: What) -> &'static str {
        let (en, zh) = match what {
            What::Concept => ("concept", "概念"),
            What::Subject => ("subject", "学科领域"),
            What::DefinitionZh => ("definition in Chinese", "中文定义"),
            What::DefinitionZhSource => ("source of the Chinese definition", "中文定义来源"),
            What::DefinitionEn => ("definition in English", "英文定义"),
            What::DefinitionEnSource => ("source of the English definition", "英文定义来源"),
            What::Note => ("note", "备注"),
            What::Other | What::TermOther => ("imported fields", "导入字段"),
            What::Designation => ("designation", "名称"),
            What::Text => ("spelling", "写法"),
            What::Status => ("status", "状态"),
            What::PartOfSpeech => ("part of speech", "词性"),
            What::UsageNote => ("usage note", "用法说明"),
            What::Region => ("region or issuer", "地区或机构"),
            What::Source => ("source", "来源"),
            What::Variants => ("variants", "异写"),
        };
        self.pick(en, zh)
    }

    /// Why something cannot be said so.
    pub(in crate::web) fn edit_fault(&self, fault: &Fault) -> String {
        let (en, zh) = match fault.field {
            "text" => ("The designation", "名称"),
            "subject" => ("The subject", "学科领域"),
            "definition" => ("The definition", "定义"),
            "definition_source" => ("The source of the definition", "定义来源"),
            "note" => ("The note", "备注或说明"),
            "region" => ("The region or issuer", "地区或机构"),
            "source" => ("The source", "来源"),
            "variants" => ("The list of variants", "异写"),
            _ => ("The list of designations", "名称"),
        };
        let field = self.pick(en, zh);
        match (fault.kind, self.english()) {
            (FaultKind::Empty, true) => format!("{field} is empty: write something."),
            (FaultKind::Empty, false) => format!("{field}不能为空。"),
            (FaultKind::TooLong(most), true) => format!("{field} is longer than {most} characters: shorten it."),
            (FaultKind::TooLong(most), false) => format!("{field}超过 {most} 个字符，请缩短。"),
            (FaultKind::TooMany(most), true) => format!("{field} has more than {most} entries: leave some out."),
            (FaultKind::TooMany(most), false) => format!("{field}超过 {most} 项，请减少。"),
            (FaultKind::Twice, true) => format!("{field} is in this concept already: edit the one that is there."),
            (FaultKind::Twice, false) => format!("{field}在此概念中已有，请编辑已有的一项。"),
        }
    }

    /// How a look-up met a designation; what is met as it was typed needs no word.
    pub(in crate::web) fn met(&self, how: How) -> Option<&'static str> {
        let (en, zh) = match how {
            How::Exact | How::Prefix | How::Substring => return None,
            How::SameWords => ("the same words", "词形或词序不同"),
            How::Words => ("has these words", "含这些词"),
            How::Pinyin => ("by pinyin", "拼音相同"),
            How::PinyinPrefix => ("by the beginning of its pinyin", "拼音开头相同"),
            How::Initials => ("by initials", "拼音首字母"),
            How::Fuzzy => ("almost the same", "近似"),
        };
        Some(self.pick(en, zh))
    }

    /// How all concepts are ordered.
    pub(in crate::web) fn order(&self, order: Order) -> &'static str {
        let (en, zh) = match order {
            Order::Seen => ("seen most often", "出现最多"),
            Order::Reviewed => ("reviewed first", "已审在先"),
            Order::Text => ("by the characters", "按字符"),
        };
        self.pick(en, zh)
    }

    /// What stands behind a candidate.
    pub(in crate::web) fn stands_behind(&self, tier: Tier) -> &'static str {
        let (en, zh) = match tier {
            Tier::Given => ("given in a text", "文中写明"),
            Tier::Recurrent => ("met repeatedly", "多次出现"),
            Tier::Single => ("met once", "仅见一次"),
        };
        self.pick(en, zh)
    }

    /// A new concept needs a designation.
    pub(in crate::web) fn no_designation(&self) -> &'static str {
        self.pick("Write a designation in Chinese or in English.", "请填写中文或英文名称。")
    }

    /// What must be chosen to split a concept.
    pub(in crate::web) fn split_fault(&self) -> &'static str {
        self.pick("Choose some of the designations, and not all.", "请选择部分名称，而不是全部。")
    }

    /// The button that takes an edit back.
    pub(in crate::web) fn undo_edit(&self) -> &'static str {
        self.pick("Undo", "撤销")
    }

    /// The button that takes an undoing back.
    pub(in crate::web) fn redo_edit(&self) -> &'static str {
        self.pick("Redo", "重做")
    }

    /// The heading of the chart of English designations.
    pub(in crate::web) fn renderings_over_time(&self) -> &'static str {
        self.pick("Renderings over time", "英文译名历年使用")
    }

    /// The heading of the chart of Chinese designations.
    pub(in crate::web) fn designations_over_time(&self) -> &'static str {
        self.pick("Chinese designations over time", "中文名称历年使用")
    }

    /// What has no bar of its own in a chart.
    pub(in crate::web) fn other_designations(&self) -> &'static str {
        self.pick("others", "其他")
    }

    /// No filter of the evidence.
    pub(in crate::web) fn all_designations(&self) -> &'static str {
        self.pick("all", "全部")
    }

    /// Designations in neither language.
    pub(in crate::web) fn other_language(&self) -> &'static str {
        self.pick("Other languages", "其他语言")
    }
}
