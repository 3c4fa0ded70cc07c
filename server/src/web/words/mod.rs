//! Every word of the interface, in English and in Chinese: one table, a line each.

use corpus::document::{Language, OcrState};
use corpus::store::{BeadCounts, Waiting};

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
        Words::of(self)
    }
}

/// A table of words: the name of the words in one language, then a line each.
macro_rules! words {
    ($table:ident; $($name:ident: $en:literal, $zh:literal;)*) => {
        /// Words of the interface in one language.
        #[derive(Debug)]
        pub(in crate::web) struct $table {
            $(pub(in crate::web) $name: &'static str,)*
        }

        impl $table {
            /// The words in a language of the interface.
            pub(in crate::web) fn of(ui: $crate::web::words::Ui) -> &'static Self {
                static ENGLISH: $table = $table { $($name: $en,)* };
                static CHINESE: $table = $table { $($name: $zh,)* };
                match ui {
                    $crate::web::words::Ui::En => &ENGLISH,
                    $crate::web::words::Ui::Zh => &CHINESE,
                }
            }
        }
    };
}

mod access;
mod alerts;
mod api;
mod changes;
mod concept;
mod concordance;
mod deliveries;
mod exchange;
mod help;
mod marking;
mod meant;
mod picture;
mod reading;
mod review;
mod search;
mod shelf;
mod similar;
mod watches;
mod widening;

pub(super) use access::AccessWords;
pub(super) use alerts::{AlertsWords, OccasionSaid};
pub(super) use api::ApiWords;
pub(super) use changes::ChangesWords;
pub(super) use concept::ConceptWords;
pub(super) use concordance::ConcordanceWords;
pub(super) use deliveries::DeliveriesWords;
pub(super) use exchange::ExchangeWords;
pub(super) use help::HELP;
pub(super) use marking::MarkingWords;
pub(super) use meant::MeantWords;
pub(super) use picture::PictureWords;
pub(super) use reading::{ReadingWords, note};
pub(super) use review::ReviewWords;
pub(super) use search::SearchWords;
pub(super) use shelf::CorpusWords;
pub(super) use similar::SimilarWords;
pub(super) use watches::WatchWords;
pub(super) use widening::WideningWords;

words! {
    Words;
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

    // Bitexts.
    bitext: "Bitext", "双语文本";
    bitexts: "Bitexts", "双语文本";
    all_bitexts: "All bitexts", "全部双语文本";
    no_bitexts: "There are no bitexts yet: they are made of documents that are translations of each other.",
        "还没有双语文本：读入互为译文的文献后会自动配对。";
    no_such_bitexts: "No bitext is as sure as that.", "没有达到该置信度的双语文本。";
    pair_score: "Sure", "置信度";
    pair_reasons: "For and against", "配对理由";
    beads: "Beads", "句对";
    beads_unit: "beads", "个句对";
    bead: "Bead", "句对";
    least_score: "Sure at least", "置信度不低于";
    any: "any", "不限";
    show: "Show", "显示";
    doubtful: "doubtful", "存疑";
    doubtful_beads: "Doubtful", "存疑";
    all_beads: "All beads", "全部句对";
    only_doubtful: "Only doubtful beads", "只看存疑句对";
    none_doubtful: "No bead is doubtful.", "没有存疑的句对。";
    beads_wait: "The sentences of this bitext are not aligned yet.", "此双语文本的句子尚未对齐。";
    by_a_reader: "by a reader", "读者校订";
    not_in_english: "not in the English", "英文中没有对应句";
    not_in_chinese: "not in the Chinese", "中文中没有对应句";
    check_alignment: "Check and correct the alignment", "核对并校订句子对齐";
    in_bitext: "in the bitext", "对照";
    download_tmx: "Download as TMX", "下载 TMX";
    go_to_page: "Go to page", "转到页";
    go_to: "Go", "转到";
    alignment_help: "Point at a word to see what it is linked with; terms lead to their renderings.",
        "指向词语可看到与它对应的词；术语可点开查看译名。";
    correct: "Correct", "校订";
    confirm: "It is right", "确认无误";
    merge_next: "Merge with the next", "与下一句对合并";
    merge_before: "Merge with the one before", "与上一句对合并";
    split: "Split in two", "拆成两个句对";
    take_apart: "These do not correspond", "两句并不对应";
    split_help: "How many sentences stay in the first of the two", "留在前一句对中的句数";
    undo: "Undo the correction", "撤销校订";
    rearrange: "Split or rearrange", "拆分或重新组合";
    arrange: "Put sentences together", "重新组合句子";
    arrange_help: "Sentences with the same letter are one bead. The letters must come in the same order on both sides; those that are free make new beads.",
        "字母相同的句子组成一个句对。两侧字母的先后次序须一致；未用的字母可用来建立新句对。";
    bead_of: "Bead of", "所属句对";
    keep: "Keep", "保存";
    back_to_bitext: "Back to the bitext", "返回双语文本";
    word_links: "Linked words", "对应词语";
    word_links_help: "Words that render each other; point at a line, or step to it with the Tab key, to see where they stand.",
        "互译的词语；用鼠标指向或用 Tab 键移到某一行，可看到它们在句中的位置。";
    no_word_links: "No words are linked.", "没有对应词语。";

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

    // Terms.
    term: "Term", "术语";
    look_up: "Look up", "查找";
    look_up_label: "Look up a term in Chinese or in English", "用中文或英文查找术语";
    nav_look_up: "Look up", "查找";
    nav_review: "Review", "审校";
    nav_mark: "Mark a text", "标注文本";
    nav_check: "Check a draft", "检查译稿";
    nav_concordance: "Concordance", "双语例句";
    nav_changes: "Changes", "译法变化";
    nav_exchange: "Import and export", "导入导出";
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
    watch_hint: "Words or phrases in either language, such as \"embodied AI\" OR 具身智能",
        "中英文词语或词组均可，例如 \"embodied AI\" OR 具身智能";
    add: "Add", "添加";

    // Problems.
    missing_page: "There is no such page", "没有这个页面";
    missing_document: "There is no such document", "没有这篇文献";
    missing_bitext: "There is no such bitext", "没有这个双语文本";
    missing_bead: "There is no such bead", "没有这个句对";
    missing_correction: "No reader has made that bead", "该句对没有经过校订";
    missing_bead_help: "The bitext may have been aligned anew. Open it and look again.",
        "双语文本可能已重新对齐。请打开后再看。";
    bead_refused: "The beads cannot be made like that", "不能这样组成句对";
    missing_concept: "There is no such term", "没有这个术语";
    missing_edit: "There is no such edit", "没有这次编辑";
    conflict: "The termbase was not changed", "术语库未作更改";
    conflict_help: "Go back, load the page again, and look at what is there now.", "请返回并重新载入页面，查看目前的内容。";
    missing_watch: "There is no such watch", "没有这项关注";
    missing_picture: "That page has no picture", "该页没有图像";
    missing_picture_help: "Only pages of PDF files have one. Read the document's text instead.", "只有 PDF 文件的页面才有图像，请阅读文献的文本。";
    missing_file: "The file of this document was not kept", "此文献的文件没有保存";
    bad_request: "That could not be understood", "无法理解这个请求";
    busy: "Another program is writing to the collection", "另一个程序正在写入馆藏";
    full: "The server has more to do than it can", "服务器目前过于繁忙";
    slow: "That took too long", "处理时间过长";
    refused: "That was refused", "请求被拒绝";
    unauthorized: "This takes a token", "需要访问令牌";
    unauthorized_help: "Sign in with a token, or ask who runs this server for one.", "请用访问令牌登录，或向服务器管理员索取。";
    forbidden: "Your token does not allow that", "您的令牌无权进行此操作";
    forbidden_help: "Ask who runs this server for a token with another role. Nothing was changed.",
        "请向服务器管理员索取具有相应权限的令牌。未作任何更改。";
    too_often: "That was asked too often", "请求过于频繁";
    too_often_help: "Wait a little and try again.", "请稍候再试。";
    broken: "Something went wrong", "出错了";
    missing_help: "It may have been removed or renumbered. Search for it, or look through all documents.",
        "它可能已被删除或重新编号。请检索，或浏览全部文献。";
    bad_help: "Go back, change what you typed, and try again.", "请返回修改后重试。";
    busy_help: "Wait until it has finished and try again; nothing was changed.", "请等它结束后重试；未作任何更改。";
    full_help: "Wait a few seconds and try again; nothing was changed.", "请等待几秒钟后重试；未作任何更改。";
    request_number: "If it goes on, tell whoever runs this server this number", "如果问题持续，请将此编号告知服务器管理员";
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

    /// "12 sentence pairs".
    pub(super) fn pairs_counted(&self, count: usize) -> String {
        self.counted(count, "sentence pair", "sentence pairs", "个句对")
    }

    /// "content (93% sure)".
    pub(super) fn paired_and_sure(&self, paired_by: &str, percent: &u32) -> String {
        if self.english() {
            format!("{paired_by} ({percent}% sure)")
        } else {
            format!("{paired_by}（置信度 {percent}%）")
        }
    }

    /// "12 bitexts".
    pub(super) fn bitexts_counted(&self, count: usize) -> String {
        self.counted(count, "bitext", "bitexts", "个双语文本")
    }

    /// "120 beads · 3 doubtful · 2 on one side only · 1 by a reader"; of what there is none, nothing is said.
    pub(super) fn beads_counted(&self, counts: &BeadCounts) -> String {
        let parts = [
            (counts.doubtful, "doubtful", "个存疑"),
            (counts.one_sided, "on one side only", "个仅有一侧"),
            (counts.by_reader, "by a reader", "个经读者校订"),
        ];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
        let parts = parts.map(|(count, en, zh)| self.counted(count, en, en, zh));
        let all = self.counted(counts.all, "bead", "beads", "个句对");
        std::iter::once(all).chain(parts).collect::<Vec<_>>().join(" · ")
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

    /// How many places a query meets on a page, and on how many pages it meets any.
    pub(super) fn hits_on_page(&self, hits: usize, pages: u32) -> String {
        if self.english() {
            let hits = match hits {
                0 => "No hit".to_owned(),
                1 => "1 hit".to_owned(),
                _ => format!("{} hits", grouped(hits)),
            };
            format!("{hits} on this page, {} with hits in all", self.pages_counted(pages))
        } else {
            format!("本页命中 {} 处，共 {pages} 页有命中", grouped(hits))
        }
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
    /// The one word or the other, by the language of the interface.
    pub(super) fn pick(&self, en: &'static str, zh: &'static str) -> &'static str {
        if self.english() { en } else { zh }
    }
}
