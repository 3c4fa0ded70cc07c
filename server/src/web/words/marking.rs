//! Words of the pages of marking a text and checking a draft.

use crate::terms::checking::{Counts, FindingKind, Severity};
use corpus::document::Language;

words! {
    MarkingWords;
    lang: "en", "zh-Hans";
    // Marking.
    mark_title: "Mark a text", "标注文本";
    mark_intro: "All terms of both languages that the termbase has are marked in it, with their renderings beside.",
        "标出文本中术语库收录的中英文术语，并在旁边列出译名。";
    text: "Text", "文本";
    text_hint: "Paste a text in Chinese or English", "粘贴中文或英文文本";
    or_file: "or a file", "或选择文件";
    file_kinds: "Text, Markdown, PDF, DOCX or a saved web page, up to 20 MB",
        "文本、Markdown、PDF、DOCX 或保存的网页，不超过 20 MB";
    all: "Also terms that are not sure", "包括置信度低的术语";
    mark: "Mark", "标注";
    another: "Another text", "换一篇文本";
    terms_here: "Terms in this text", "文中术语";
    no_terms: "The termbase has none of the terms of this text.", "术语库中没有这篇文本里的术语。";
    no_rendering: "no rendering known", "暂无译名";
    use_instead: "use", "应改用";
    also_means: "has other meanings too", "另有其他含义";
    to_first: "go to where it stands first", "转到首次出现处";
    legend: "What the marks mean", "标记说明";
    reviewed: "reviewed", "已审校";
    candidate: "not reviewed", "未审校";
    avoid: "not to be used", "不宜使用";
    whole_by: "The whole text is marked by", "标注全文请用";
    nothing_given: "Paste a text or choose a file.", "请粘贴文本或选择文件。";

    // Checking.
    check_title: "Check a draft", "检查译稿";
    check_intro: "Each term of the source is looked up, and its rendering looked for in the draft.",
        "查找原文中的每个术语，并核对译稿是否使用了规定的译名。";
    source: "Source", "原文";
    draft: "Draft translation", "译稿";
    source_hint: "Paste the source", "粘贴原文";
    draft_hint: "Paste its translation", "粘贴译文";
    bilingual_file: "or a file with both sides (TMX or XLIFF)", "或选择双语文件（TMX 或 XLIFF）";
    with_notes: "Show notes too", "同时显示提示";
    notes_help: "about renderings that nobody has reviewed", "关于未经审校的译名";
    check: "Check", "检查";
    another_draft: "Another draft", "换一篇译稿";
    findings: "Findings", "问题";
    varying: "Rendered in several ways", "译法不一致";
    sentences: "Sentences", "句子";
    only_found: "Only sentences with findings are shown, since there are many.", "句子较多，仅显示有问题的句子。";
    no_findings: "Nothing was found that the termbase would have otherwise.", "没有发现与术语库不符之处。";
    no_terms_in_source: "The termbase has none of the terms of this source.", "术语库中没有原文里的术语。";
    doubtful: "doubtful alignment", "对齐存疑";
    print: "Use your browser's Print to keep this report.", "可用浏览器的“打印”功能保存此报告。";
    both_or_file: "Give the source and its draft, as texts or files, or one file with both.",
        "请提供原文和译稿（文本或文件），或一个双语文件。";
}

/// So many renderings are named in a sentence.
const NAMED: usize = 3;

impl MarkingWords {
    fn english(&self) -> bool {
        self.lang == "en"
    }

    /// "312 terms, 58 different".
    pub(in crate::web) fn marked_counted(&self, marks: usize, terms: usize) -> String {
        match self.english() {
            true => format!("{marks} marked, {terms} different"),
            false => format!("标出 {marks} 处，共 {terms} 条术语"),
        }
    }

    /// Tells how much of a long text is shown.
    pub(in crate::web) fn cut(&self, shown: usize, of: usize) -> String {
        match self.english() {
            true => format!("The text is long: its first {shown} of {of} characters are shown."),
            false => format!("文本较长：共 {of} 个字符，仅显示前 {shown} 个。"),
        }
    }

    /// Tells how many of a long list are shown.
    pub(in crate::web) fn first_of(&self, shown: usize, of: usize) -> String {
        match self.english() {
            true => format!("The first {shown} of {of} are shown; the command line and the API give all:"),
            false => format!("共 {of} 项，仅显示前 {shown} 项；命令行和 API 可给出全部："),
        }
    }

    /// "×12".
    pub(in crate::web) fn times(&self, count: &usize) -> String {
        match self.english() {
            true => format!("{count}×"),
            false => format!("{count} 次"),
        }
    }

    /// "From Chinese into English: 12 sentences with 30 terms."
    pub(in crate::web) fn checked(&self, source: Language, counts: &Counts) -> String {
        let Counts { segments, terms, .. } = counts;
        match (self.english(), source) {
            (true, Language::En) => format!("From English into Chinese: {segments} sentences with {terms} terms."),
            (true, _) => format!("From Chinese into English: {segments} sentences with {terms} terms."),
            (false, Language::En) => format!("英译中：{segments} 个句子，{terms} 处术语。"),
            (false, _) => format!("中译英：{segments} 个句子，{terms} 处术语。"),
        }
    }

    /// What was not checked; `None` where all was.
    pub(in crate::web) fn unchecked(&self, untranslated: usize, other: usize) -> Option<String> {
        let parts =
            [(untranslated, "without a translation", "个没有译文"), (other, "in other languages", "个为其他语言")];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, en, zh)| if self.english() { format!("{count} {en}") } else { format!("{count} {zh}") })
            .collect();
        let told = match self.english() {
            true => format!("Not checked: {}.", parts.join(", ")),
            false => format!("未检查：{}。", parts.join("，")),
        };
        (!parts.is_empty()).then_some(told)
    }

    /// "2 errors".
    pub(in crate::web) fn severity_counted(&self, severity: Severity, count: &usize) -> String {
        let name = self.severity(&severity);
        match (self.english(), count) {
            (true, 1) => format!("1 {name}"),
            (true, _) => format!("{count} {name}s"),
            (false, _) => format!("{name} {count} 处"),
        }
    }

    /// The name of a severity.
    pub(in crate::web) fn severity(&self, severity: &Severity) -> &'static str {
        let (en, zh) = match severity {
            Severity::Error => ("error", "错误"),
            Severity::Warning => ("warning", "警告"),
            Severity::Note => ("note", "提示"),
        };
        if self.english() { en } else { zh }
    }

    /// What is wrong with a term's rendering.
    pub(in crate::web) fn finding(&self, kind: FindingKind, used: &[String], expected: &[String]) -> String {
        let quoted = |texts: &[String]| {
            let (open, close, between) = if self.english() { ("“", "”", " or ") } else { ("“", "”", "或") };
            let texts = texts.iter().take(NAMED).map(|text| format!("{open}{text}{close}"));
            texts.collect::<Vec<_>>().join(between)
        };
        let (has, wants) = (quoted(used), quoted(expected));
        let (en, zh) = match kind {
            FindingKind::Deprecated => (format!("{has} is deprecated"), format!("{has}已弃用")),
            FindingKind::Superseded => (format!("{has} is superseded"), format!("{has}已被取代")),
            FindingKind::Missing => ("no known rendering".to_owned(), "未见已知译名".to_owned()),
            FindingKind::Rejected => (format!("{has} was rejected"), format!("{has}已被否决")),
            FindingKind::Candidate => (format!("{has} was never reviewed"), format!("{has}未经审校")),
            FindingKind::Admitted => (format!("{has} is only admitted"), format!("{has}仅为许用")),
            FindingKind::Covered => {
                ("only inside of a longer term’s rendering".to_owned(), "仅出现在更长术语的译名中".to_owned())
            }
            FindingKind::Fewer => {
                ("stands far more often than its renderings".to_owned(), "出现次数远多于其译名".to_owned())
            }
        };
        match (self.english(), wants.is_empty() || kind == FindingKind::Fewer) {
            (true, true) => en,
            (true, false) => format!("{en}: use {wants}"),
            (false, true) => zh,
            (false, false) => format!("{zh}，应为{wants}"),
        }
    }

    /// "sentence 12".
    pub(in crate::web) fn sentence_number(&self, number: &usize) -> String {
        if self.english() { format!("sentence {number}") } else { format!("第 {number} 句") }
    }
}
