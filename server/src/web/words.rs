//! Every word of the interface, in English and in Chinese: one table, a line each.

use corpus::bitext::PairedBy;
use corpus::document::{Language, OcrState, TextState};
use corpus::facts::{DateKind, DocumentKind};
use corpus::store::Waiting;
use corpus::term::{EvidenceKind, Status};

/// The language of the interface, not of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ui {
    /// English.
    En,
    /// Chinese in simplified characters.
    Zh,
}

impl Ui {
    /// The interface of a code as `?ui=` and the cookie carry it.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::En),
            "zh" => Some(Self::Zh),
            _ => None,
        }
    }

    /// The code that `?ui=` and the cookie carry.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// The other one, which the switch at the top leads to.
    pub(super) fn other(self) -> Self {
        match self {
            Self::En => Self::Zh,
            Self::Zh => Self::En,
        }
    }

    /// The words of the interface.
    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::En => &ENGLISH,
            Self::Zh => &CHINESE,
        }
    }
}

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// The words of the interface in one language.
        #[derive(Debug)]
        pub(super) struct Words {
            $(pub(super) $name: &'static str,)*
        }
        static ENGLISH: Words = Words { $($name: $en,)* };
        static CHINESE: Words = Words { $($name: $zh,)* };
    };
}

words! {
    // The frame.
    lang: "en", "zh-Hans";
    other_name: "中文", "English";
    skip: "Skip to the content", "跳到正文";
    sections: "Sections", "栏目";
    search: "Search", "检索";
    documents: "Documents", "文献";
    terms: "Terms", "术语";
    watches: "Watches", "关注";
    alerts: "Alerts", "提醒";
    comma: ", ", "、";
    colon: ": ", "：";

    // The first page.
    tagline: "Chinese and English standards and technology policy, read side by side.",
        "中英文标准与科技政策文献，对照检索与阅读。";
    search_label: "Search in Chinese or in English", "用中文或英文检索";
    search_hint: "A search in one language also finds the other.", "用一种语言检索，另一种语言的文献也能找到。";
    examples: "Try", "试试";
    newest: "Newest documents", "最新文献";
    all_documents: "All documents", "全部文献";
    empty_store: "There are no documents yet.", "还没有文献。";
    empty_store_help: "Stop the program with Ctrl-C and read a folder of PDFs in with:",
        "请按 Ctrl-C 停止程序，用下面的命令读入一个 PDF 文件夹：";

    // Search.
    filters: "Filters", "筛选";
    language: "Language", "语言";
    kind: "Kind", "类型";
    issuer: "Issuer", "发文机关";
    year: "Year", "年份";
    remove_filter: "remove this filter", "取消此筛选";
    also_searched: "Also searched", "同时检索了";
    only_typed: "Search only what I typed", "只检索输入的词";
    with_renderings: "Search its translations as well", "同时检索译名";
    literal_note: "Only what you typed was searched.", "只检索了输入的词。";
    nothing_found: "Nothing was found.", "没有找到相关文献。";
    nothing_found_help: "Try fewer words or the term in the other language, or remove a filter.",
        "请减少检索词，换用另一种语言的说法，或取消筛选。";
    type_something: "Type what you are looking for.", "请输入要检索的内容。";
    back: "Previous", "上一页";
    forward: "Next", "下一页";
    pages_nav: "Pages of the list", "分页";
    look_up_term: "Look this up among the terms", "在术语中查找";

    // A document.
    beside: "Text", "正文";
    number: "Document number", "文号";
    dates: "Dates", "日期";
    standards: "Standards cited", "引用标准";
    committees: "Technical committees", "标准化技术委员会";
    plan_periods: "Plan periods", "规划期";
    translator: "Translator", "译者";
    editor: "Editor", "编辑";
    taken_from: "Source", "来源";
    page_count: "Length", "篇幅";
    file: "File", "文件";
    paired: "Paired by", "配对依据";
    contents: "Contents", "目录";
    targets: "Targets", "量化目标";
    by_year: "By", "期限";
    amount: "Amount", "数量";
    what: "What", "内容";
    page: "Page", "页码";
    definitions: "Definitions", "术语定义";
    clause: "Clause", "条款";
    definition: "Definition", "定义";
    glosses: "Glosses", "括注译名";
    warnings: "What could not be read well", "未能正常读取之处";
    needs_ocr: "This file holds no text that can be read: it is a scan, or its fonts carry no text.",
        "此文件没有可读取的文字：它是扫描件，或其字体不含文字信息。";
    needs_ocr_help: "It is kept, and can be opened; it cannot be searched until its characters are recognised (OCR).",
        "文件已保存，可以打开；在识别文字（OCR）之前无法检索。";
    waiting_help: "With an OCR engine installed, read it with", "安装 OCR 引擎后，请运行";
    ocr_title: "read by OCR: characters may be wrong", "由 OCR 识别，文字可能有误";
    ocr_help: "Characters may be wrong: check against the file.", "文字可能有误，请核对原文件。";
    uncertain: "uncertain alignment", "对齐不确定";
    other_parts: "Parts of this document", "本文献的各部分";
    see_page: "See this page of the file", "查看文件的这一页";

    replaces: "Replaces", "代替";
    replaced_by: "Replaced by", "被代替";
    adopts: "Adopts", "采用国际标准";
    jurisdiction: "Under the jurisdiction of", "归口";
    document_cited: "Document", "文献";
    mentions: "Named in it", "文中提及";
    times: "Times", "次数";
    fellows: "Documents of this policy or standard", "同一政策或标准的文献";
    this_document: "this document", "本文献";
    also_called: "also", "又称";
    source_of: "Source", "来源";

    // Topics.
    topics: "Topics", "主题分类";
    topic: "Topic", "主题";
    topic_score: "Share", "相关度";

    // The shelf.
    title: "Title", "标题";
    date: "Date", "日期";
    pages: "Pages", "页数";
    pages_unit: "pages", "页";
    by_date: "By date", "按日期";
    by_title: "By title", "按标题";
    sorted: "Order", "排序";

    // Terms.
    term: "Term", "术语";
    look_up: "Look up", "查找";
    look_up_label: "Look up a term in Chinese or in English", "用中文或英文查找术语";
    most_seen: "Seen most often", "最常见的术语";
    no_terms: "There are no terms yet: they are found in pairs of documents, once both languages have been read in.",
        "还没有术语：读入同一文献的中英文本后，会从中提取术语。";
    no_such_term: "No term contains that.", "没有包含该内容的术语。";
    status: "Status", "状态";
    seen: "Seen", "出现次数";
    confidence: "Confidence", "置信度";
    evidence: "Where it was seen", "出处";
    first_only: "Only the first are shown.", "仅显示前面的部分。";
    search_documents: "Search the documents", "检索文献";
    chinese: "Chinese", "中文";
    english: "English", "英文";

    // Watches and alerts.
    watches_intro: "A watch is a search that is kept. Each new document that meets it makes one alert.",
        "“关注”是一条保存下来的检索式。每篇符合条件的新文献会产生一条提醒。";
    watch_label: "What to watch for", "关注内容";
    watch_hint: "Words or phrases in either language, such as \"embodied AI\" OR 具身智能",
        "中英文词语或词组均可，例如 \"embodied AI\" OR 具身智能";
    add: "Add", "添加";
    remove: "Remove", "删除";
    no_watches: "There are no watches yet.", "还没有关注。";
    no_alerts: "There are no alerts yet.", "还没有提醒。";
    no_alerts_help: "An alert is made when a document that is read in later meets one of your watches.",
        "此后读入的文献符合某项关注时，会产生提醒。";
    also_watched: "also watched", "同时关注";
    since: "since", "始于";
    met: "Met", "命中";

    // Problems.
    missing_page: "There is no such page", "没有这个页面";
    missing_document: "There is no such document", "没有这篇文献";
    missing_concept: "There is no such term", "没有这个术语";
    missing_watch: "There is no such watch", "没有这项关注";
    missing_file: "The file of this document was not kept", "此文献的文件没有保存";
    bad_request: "That could not be understood", "无法理解这个请求";
    busy: "Another program is writing to the collection", "另一个程序正在写入馆藏";
    slow: "That took too long", "处理时间过长";
    refused: "That was refused", "请求被拒绝";
    broken: "Something went wrong", "出错了";
    missing_help: "It may have been removed or renumbered. Search for it, or look through all documents.",
        "它可能已被删除或重新编号。请检索，或浏览全部文献。";
    bad_help: "Go back, change what you typed, and try again.", "请返回修改后重试。";
    busy_help: "Wait until it has finished and try again; nothing was changed.", "请等它结束后重试；未作任何更改。";
    slow_help: "Try again, or ask for less at a time.", "请重试，或缩小请求范围。";
    broken_help: "Try again; the program's log says more.", "请重试；程序日志中有详细信息。";
}

impl Words {
    fn english(&self) -> bool {
        self.lang == "en"
    }

    /// `one` or `many` things in English; the Chinese measure word and noun otherwise.
    fn counted(&self, count: usize, one: &str, many: &str, zh: &str) -> String {
        let digits = grouped(count);
        match (self.english(), count) {
            (true, 1) => format!("{digits} {one}"),
            (true, _) => format!("{digits} {many}"),
            (false, _) => format!("{digits} {zh}"),
        }
    }

    /// The language of documents that a reader of this interface reads best.
    pub(super) fn reads(&self) -> Language {
        if self.english() { Language::En } else { Language::Zh }
    }

    /// "12 documents".
    pub(super) fn documents_counted(&self, count: usize) -> String {
        self.counted(count, "document", "documents", "篇文献")
    }

    /// "12 terms".
    pub(super) fn terms_counted(&self, count: usize) -> String {
        self.counted(count, "term", "terms", "条术语")
    }

    /// "12 pages".
    pub(super) fn pages_counted(&self, count: u32) -> String {
        self.counted(count as usize, "page", "pages", "页")
    }

    /// "Needs OCR: 2 documents, 11 pages."; `None` where nothing waits.
    pub(super) fn waiting(&self, waiting: Waiting) -> Option<String> {
        let documents = self.documents_counted(waiting.documents);
        let pages = self.counted(waiting.pages, "page", "pages", "页");
        let text = match self.english() {
            true => format!("Needs OCR: {documents}, {pages}."),
            false => format!("需要 OCR：{documents}，共 {pages}。"),
        };
        (waiting.pages > 0).then_some(text)
    }

    /// "3 pages hold no text that can be read."
    pub(super) fn pages_waiting(&self, count: u32) -> String {
        let pages = self.pages_counted(count);
        match (self.english(), count) {
            (true, 1) => format!("{pages} holds no text that can be read."),
            (true, _) => format!("{pages} hold no text that can be read."),
            (false, _) => format!("有 {pages}没有可读取的文字。"),
        }
    }

    /// "Read by OCR, 87% sure.", or how many pages of it; `None` where no page was.
    pub(super) fn read_by_ocr(&self, ocr: &OcrState, of: u32) -> Option<String> {
        if ocr.read == 0 {
            return None;
        }
        let sure = ocr.confidence.map(super::view::percent);
        Some(if self.english() {
            let sure = sure.map_or(String::new(), |sure| format!(", {sure}% sure"));
            match ocr.read == of {
                true => format!("Read by OCR{sure}."),
                false => format!("{} of {} read by OCR{sure}.", ocr.read, self.pages_counted(of)),
            }
        } else {
            let sure = sure.map_or(String::new(), |sure| format!("，置信度 {sure}%"));
            match ocr.read == of {
                true => format!("由 OCR 识别{sure}。"),
                false => format!("共 {}，其中 {} 页由 OCR 识别{sure}。", self.pages_counted(of), ocr.read),
            }
        })
    }

    /// "p. 3".
    pub(super) fn page_number(&self, page: &u32) -> String {
        if self.english() { format!("p. {page}") } else { format!("第 {page} 页") }
    }

    /// "part 2 of 3".
    pub(super) fn part_number(&self, part: &usize, parts: &usize) -> String {
        if self.english() {
            format!("Part {part} of {parts}")
        } else {
            format!("第 {part} 部分，共 {parts} 部分")
        }
    }

    /// The name of a document's language.
    pub(super) fn language(&self, language: Language) -> &'static str {
        match (language, self.english()) {
            (Language::Zh, true) => "Chinese",
            (Language::Zh, false) => "中文",
            (Language::En, true) => "English",
            (Language::En, false) => "英文",
            (Language::Other, true) => "other",
            (Language::Other, false) => "其他",
        }
    }
}

/// A number with its thousands apart, as both languages write it.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

impl Words {
    /// The name of a kind of document.
    pub(super) fn kind(&self, kind: DocumentKind) -> &'static str {
        let (en, zh) = match kind {
            DocumentKind::Notice => ("Notice", "通知"),
            DocumentKind::Guidelines => ("Guidelines", "指南"),
            DocumentKind::Opinions => ("Opinions", "意见"),
            DocumentKind::Measures => ("Measures", "办法"),
            DocumentKind::Plan => ("Plan", "规划计划"),
            DocumentKind::Standard => ("Standard", "标准"),
            DocumentKind::Announcement => ("Announcement", "公告"),
            DocumentKind::WhitePaper => ("White paper", "白皮书"),
            DocumentKind::Translation => ("Translation", "译文"),
            DocumentKind::News => ("News", "新闻"),
        };
        self.pick(en, zh)
    }

    /// What a date is of.
    pub(super) fn date_kind(&self, kind: DateKind) -> &'static str {
        let (en, zh) = match kind {
            DateKind::Issued => ("issued", "成文"),
            DateKind::Published => ("published", "发布"),
            DateKind::Effective => ("in force from", "实施"),
            DateKind::Repealed => ("repealed", "废止"),
            DateKind::Translated => ("translated", "翻译"),
            DateKind::Mentioned => ("mentioned", "提及"),
        };
        self.pick(en, zh)
    }

    /// The name of a term's status.
    pub(super) fn status(&self, status: &Status) -> &'static str {
        let (en, zh) = match status {
            Status::Preferred => ("preferred", "首选"),
            Status::Admitted => ("admitted", "许用"),
            Status::Candidate => ("candidate", "候选"),
            Status::Superseded => ("superseded", "已取代"),
            Status::Deprecated => ("deprecated", "弃用"),
        };
        self.pick(en, zh)
    }

    /// The name of a kind of evidence.
    pub(super) fn evidence_kind(&self, kind: &EvidenceKind) -> &'static str {
        let (en, zh) = match kind {
            EvidenceKind::Definition => ("definition", "定义"),
            EvidenceKind::Gloss => ("gloss", "括注"),
            EvidenceKind::Bead => ("aligned sentences", "对齐句"),
            EvidenceKind::Import => ("imported", "导入"),
        };
        self.pick(en, zh)
    }

    /// Whether a document has text.
    pub(super) fn text_state(&self, state: &TextState) -> &'static str {
        match state {
            TextState::Text => self.pick("text", "有文字"),
            TextState::Ocr => self.pick("OCR", "OCR 识别"),
            TextState::NeedsOcr => self.pick("needs OCR", "需要 OCR"),
        }
    }

    /// How a bitext came to be paired.
    pub(super) fn paired_by(&self, paired_by: PairedBy) -> &'static str {
        match paired_by {
            PairedBy::Manifest => self.pick("a list of translations", "清单指定"),
            PairedBy::Number => self.pick("the same document number", "文号相同"),
            PairedBy::Content => self.pick("content", "内容相符"),
        }
    }

    /// The one word or the other, by the language of the interface.
    pub(super) fn pick(&self, en: &'static str, zh: &'static str) -> &'static str {
        if self.english() { en } else { zh }
    }
}
