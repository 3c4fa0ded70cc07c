//! Words of the pages of the corpus: the shelf, uploads, pairs by hand, targets, status.

use corpus::store::ShelfState;

use super::{Ui, Words, grouped};
use crate::jobs::{FileState, JobState};

words! {
    CorpusWords;
    english: "en", "";
    // The shelf.
    any: "Any", "不限";
    all: "All", "全部";
    show: "Show", "显示";
    filters: "Filter the documents", "筛选文献";
    title_holds: "Title or number contains", "标题或文号含";
    clear: "Clear all filters", "清除全部筛选";
    order: "Order", "排序";
    by_added: "By date added", "按入库时间";
    added: "Added", "入库";
    nothing_meets: "No document meets all of these filters.", "没有符合全部筛选条件的文献。";
    nothing_meets_help: "Take one away, or", "请减少筛选条件，或";
    add_documents: "Add documents", "添加文献";
    pair_by_hand: "Pair by hand", "手动配对";
    states_label: "What can be read", "可读情况";
    why_empty: "there is no text in the file", "文件中没有文字";
    empty_help: "Add PDFs, Word, Markdown, HTML or text files here: they are read, indexed, paired with their translations, and searched in both languages. Or read a folder in with:",
        "在此添加 PDF、Word、Markdown、HTML 或文本文件：系统会读取、建立索引、与译文配对，并支持双语检索。也可以用命令读入整个文件夹：";
    // Adding.
    add_title: "Add documents", "添加文献";
    add_intro: "Choose PDF, Word, Markdown, HTML or text files in Chinese or English. What a file is, is told by its content. The same file twice changes nothing.",
        "选择中文或英文的 PDF、Word、Markdown、HTML 或文本文件。文件类型按内容识别；重复上传同一文件不会产生任何改动。";
    choose: "Files", "文件";
    drop_here: "Drop files here, or choose them", "将文件拖到此处，或点击选择";
    quiet: "Make no alerts for these documents (for archives)", "不为这些文献生成提醒（适用于历史存档）";
    upload: "Upload", "上传";
    uploading: "Uploading", "正在上传";
    too_large: "is too large", "过大";
    too_many: "Too many files at a time", "一次选择的文件过多";
    broken_off: "The upload broke off; try again.", "上传中断，请重试。";
    elsewhere: "Another policyglot takes uploads into this corpus. Use that one, or stop it and start this one again.",
        "另一个 policyglot 进程正在接收此语料库的上传。请使用该进程，或将其停止后重新启动本进程。";
    latest_uploads: "Latest uploads", "最近上传";
    next_heading: "What happens then", "上传之后";
    next_read: "Each file is read by a process of its own: one that is damaged or hostile fails alone, and you see why.",
        "每个文件由独立进程读取：损坏或恶意的文件只影响自身，并会说明原因。";
    next_found: "What was read can be found at once, in both languages; translations are paired and mined for terms.",
        "读取后即可双语检索；译文会自动配对并提取术语。";
    next_watched: "Watches see the new documents, and alerts are sent.", "关注项会检查新文献并发出提醒。";
    // A job.
    cancel: "Stop after this file", "读完当前文件后停止";
    cancelling: "It stops after the file that is being read.", "正在读取的文件完成后即停止。";
    cancelled_kept: "What was read before stays.", "此前已读取的文献会保留。";
    waits: "It waits for the uploads before it.", "正在等待之前的上传任务。";
    step_lock: "Another policyglot is writing into this corpus; this goes on when it has finished.",
        "另一个 policyglot 进程正在写入此语料库；待其结束后继续。";
    step_deriving: "Indexing, pairing and matching watches", "正在建立索引、配对并匹配关注项";
    file: "File", "文件";
    size: "Size", "大小";
    result: "Result", "结果";
    files_done: "Files done", "已完成文件";
    server_failed: "The server failed before all files were read. Nothing that was read is lost; send the others again. The server's log says why.",
        "服务器在读完全部文件前出错。已读取的文献不会丢失；请重新上传其余文件。原因见服务器日志。";
    password_help: "Save a copy without a password, and upload that.", "请另存一份无密码的副本后再上传。";
    failed_help: "Files that failed changed nothing: mend them and upload them again.", "读取失败的文件未造成任何改动：修复后可重新上传。";
    add_more: "Add more documents", "继续添加文献";
    to_shelf: "To the documents", "查看文献";
    // Pairs.
    pair_title: "Pair documents by hand", "手动配对文献";
    pair_intro: "Two documents that are translations of each other are read side by side and mined for terms. Pairs are found by themselves; say here where that is wrong. Give a number, or words of the title.",
        "互为译文的两份文献可对照阅读并提取术语。系统会自动配对；如有错误，可在此更正。请输入编号或标题中的字词。";
    chinese_document: "Chinese document", "中文文献";
    english_document: "English document", "英文文献";
    pair_look: "Look", "查找";
    pair_choose: "Choose", "选择";
    pair_has: "already paired", "已配对";
    pair_missing: "There is no document of that number.", "没有该编号的文献。";
    pair_language: "That document is in another language.", "该文献不是此语种。";
    pair_nothing: "No title has these words.", "没有含这些字词的标题。";
    pair_meant: "Which is meant?", "请选择：";
    is_paired: "They are paired", "两者已配对";
    is_not_paired: "They are not paired", "两者未配对";
    agreement: "By their contents they are translations of each other with a likelihood of", "依内容判断，互为译文的可能性为";
    agreement_needed: "A pair needs 50%.", "达到 50% 才会配对。";
    reasons: "What speaks for it and against it", "依据";
    instead: "Paired instead", "现有配对";
    said_set: "A person said that they are translations of each other.", "有人指定两者互为译文。";
    said_forbidden: "A person said that they are not.", "有人指定两者不是译文关系。";
    listed_set: "A manifest says that they are translations of each other.", "清单指定两者互为译文。";
    listed_forbidden: "A manifest says that they are not.", "清单指定两者不是译文关系。";
    do_set: "They are translations of each other", "两者互为译文";
    do_forbid: "They are not, never pair them", "两者不是译文，禁止配对";
    do_forget: "Take back what was said", "撤销人工指定";
    pair_set: "They are paired now.", "已配对。";
    pair_forbidden: "They will not be paired.", "已禁止配对。";
    pair_forgotten: "What was said was taken back; their contents decide.", "已撤销人工指定，改由内容判断。";
    side_by_side: "Read side by side", "对照阅读";
    // Targets.
    targets_title: "Targets", "量化目标";
    targets_intro: "Numbers that policies promise: by when, how much, of what; with the sentence that says so.",
        "政策承诺的数字：到何时、多少、何事，并附原句。";
    no_targets: "No document sets a target in numbers yet. They are found in plans, opinions and guidelines as these are read in.",
        "尚无文献提出量化目标。读入规划、意见、指南等文献后会自动提取。";
    no_target_meets: "No target meets all of these filters.", "没有符合全部筛选条件的目标。";
    target_holds: "Target or sentence contains", "目标或原句含";
    by_year: "By", "截至";
    amount: "Amount", "数值";
    what: "What", "内容";
    document: "Document", "文献";
    targets_over_time: "Targets by the year they are to be met", "各目标年份的目标数";
    other_issuers: "Others", "其他";
    all_issuers: "All", "全部";
    as_table: "As a table", "以表格显示";
    csv: "Download as CSV", "下载 CSV";
    // Status.
    status_title: "Corpus status", "语料库状态";
    derived: "Derived", "派生数据";
    bitexts: "Pairs of documents", "双语文献对";
    concepts: "Concepts", "概念";
    targets: "Targets", "量化目标";
    watching: "Watching", "关注";
    paused: "Paused watches", "已暂停的关注";
    deliveries_waiting: "Deliveries on their way", "待发送";
    deliveries_dead: "Deliveries given up", "发送失败";
    uploads: "Uploads", "上传";
    disk: "Disk", "磁盘";
    database: "Database", "数据库";
    index: "Search index", "检索索引";
    files: "Copies of the files", "文件副本";
    free: "Free", "可用空间";
    latest: "Last document added", "最近入库";
    ocr: "OCR engine", "OCR 引擎";
    ocr_there: "is there: scans that are uploaded are read by it.", "可用：上传的扫描件会自动识别。";
    ocr_missing: "None is there: pictures of pages cannot be searched until one is.", "未安装：扫描页在安装引擎之前无法检索。";
    ocr_not_built: "This policyglot was built without OCR; install one that has it.", "此版本不含 OCR 功能；请安装含 OCR 功能的版本。";
    ocr_chinese: "tesseract is there, but not its Chinese: apt-get install tesseract-ocr-chi-sim", "已有 tesseract，但缺少中文数据：apt-get install tesseract-ocr-chi-sim";
    ocr_install: "On Debian and Ubuntu: apt-get install tesseract-ocr tesseract-ocr-chi-sim. Then: policyglot reocr", "Debian 或 Ubuntu：apt-get install tesseract-ocr tesseract-ocr-chi-sim，然后运行 policyglot reocr";
    help: "Help", "帮助";
}

impl CorpusWords {
    /// Words of one language or the other.
    fn pick(&self, en: String, zh: String) -> String {
        if self.english.is_empty() { zh } else { en }
    }

    /// "1 page", "3 pages": the English plural.
    fn many(count: usize, one: &str, many: &str) -> String {
        format!("{} {}", grouped(count), if count == 1 { one } else { many })
    }

    fn of_language(&self, en: &'static str, zh: &'static str) -> &'static str {
        if self.english.is_empty() { zh } else { en }
    }

    /// What of a document can be read.
    pub(in crate::web) fn state(&self, state: ShelfState) -> &'static str {
        match state {
            ShelfState::Text => self.of_language("text", "有文字"),
            ShelfState::Ocr => self.of_language("OCR", "OCR 识别"),
            ShelfState::NeedsOcr => self.of_language("needs OCR", "需要 OCR"),
            ShelfState::Unreadable => self.of_language("unreadable", "无法读取"),
        }
    }

    /// How far a job is.
    pub(in crate::web) fn job_state(&self, state: JobState) -> &'static str {
        match state {
            JobState::Waiting => self.of_language("waiting", "等待中"),
            JobState::Running => self.of_language("running", "进行中"),
            JobState::Done => self.of_language("done", "已完成"),
            JobState::Failed => self.of_language("failed", "失败"),
            JobState::Cancelled => self.of_language("stopped", "已停止"),
        }
    }

    /// What became of a file.
    pub(in crate::web) fn file_state(&self, state: FileState) -> &'static str {
        match state {
            FileState::Waiting => self.of_language("waiting", "等待中"),
            FileState::Reading => self.of_language("being read", "读取中"),
            FileState::New => self.of_language("new", "新增"),
            FileState::Known => self.of_language("already there", "已有"),
            FileState::Failed => self.of_language("failed", "失败"),
            FileState::Cancelled => self.of_language("not read", "未读取"),
        }
    }

    /// "3 of 12 pages".
    pub(in crate::web) fn pages_of(&self, count: u32, of: u32) -> String {
        self.pick(format!("{count} of {of} pages"), format!("共 {of} 页，其中 {count} 页"))
    }

    /// Why pages wait for an engine.
    pub(in crate::web) fn why_scans(&self, count: u32, of: u32) -> String {
        let en = if count == of {
            "all pages are pictures".to_owned()
        } else {
            format!("{count} of {of} pages are pictures")
        };
        let zh = if count == of {
            "全部页面为图像".to_owned()
        } else {
            format!("共 {of} 页，其中 {count} 页为图像")
        };
        self.pick(en, zh)
    }

    /// Why pages are unreadable: their fonts have no characters.
    pub(in crate::web) fn why_fonts(&self, count: u32, of: u32) -> String {
        self.pick(
            format!("the fonts of {count} of {of} pages carry no characters; OCR can read them"),
            format!("共 {of} 页，其中 {count} 页的字体不含字符信息；可用 OCR 识别"),
        )
    }

    /// Why pages are unreadable: an engine failed on them.
    pub(in crate::web) fn why_tried(&self, engine: &str, count: u32, of: u32) -> String {
        self.pick(
            format!("{engine} could not read {count} of {of} pages"),
            format!("{engine} 未能识别 {count} 页（共 {of} 页）"),
        )
    }

    /// What an upload may bring.
    pub(in crate::web) fn limits(&self, files: usize, file: &str, all: &str) -> String {
        self.pick(
            format!("At most {files} files at a time, {file} each and {all} together."),
            format!("一次最多 {files} 个文件，单个不超过 {file}，合计不超过 {all}。"),
        )
    }

    /// The title of an upload: the name of its first file, and how many more.
    pub(in crate::web) fn upload_of(&self, files: usize, first: &str) -> String {
        match files.saturating_sub(1) {
            0 => first.to_owned(),
            1 => self.pick(format!("{first} and 1 more file"), format!("{first} 等 2 个文件")),
            more => self.pick(format!("{first} and {more} more files"), format!("{first} 等 {files} 个文件")),
        }
    }

    /// "Reading a.pdf".
    pub(in crate::web) fn step_reading(&self, name: &str) -> String {
        self.pick(format!("Reading {name}"), format!("正在读取 {name}"))
    }

    /// "Reading page 3 of 12 by OCR".
    pub(in crate::web) fn step_ocr(&self, done: usize, total: usize) -> String {
        self.pick(format!("Pages read by OCR: {done} of {total}"), format!("OCR 识别：{done} / {total} 页"))
    }

    /// "3 of 12 files".
    pub(in crate::web) fn files_of(&self, done: &usize, total: &usize) -> String {
        self.pick(format!("{done} of {}", Self::many(*total, "file", "files")), format!("{done} / {total} 个文件"))
    }

    /// "1 pair of documents found".
    pub(in crate::web) fn pairs_found(&self, count: usize) -> String {
        let en = Self::many(count, "pair of documents found", "pairs of documents found");
        self.pick(en, format!("找到 {count} 对双语文献"))
    }

    /// "12 term pairs mined".
    pub(in crate::web) fn terms_mined(&self, count: usize) -> String {
        self.pick(Self::many(count, "term pair mined", "term pairs mined"), format!("提取 {count} 对术语"))
    }

    /// "1 alert made".
    pub(in crate::web) fn alerts_made(&self, count: usize) -> String {
        self.pick(Self::many(count, "alert made", "alerts made"), format!("生成 {count} 条提醒"))
    }

    /// "12 pages read by OCR".
    pub(in crate::web) fn pages_by_ocr(&self, count: usize) -> String {
        self.pick(Self::many(count, "page read by OCR", "pages read by OCR"), format!("OCR 识别 {count} 页"))
    }

    /// "No. 12".
    pub(in crate::web) fn number_of(&self, id: i64) -> String {
        self.pick(format!("No. {id}"), format!("编号 {id}"))
    }

    /// "213 targets in 34 documents".
    pub(in crate::web) fn targets_in(&self, targets: usize, documents: usize) -> String {
        let en =
            [Self::many(targets, "target", "targets"), Self::many(documents, "document", "documents")].join(" in ");
        self.pick(en, format!("{} 项目标，出自 {} 份文献", grouped(targets), grouped(documents)))
    }

    /// "12 documents, 3,400 sentences".
    pub(in crate::web) fn documents_and_sentences(&self, documents: &str, sentences: &str) -> String {
        self.pick(
            format!("{documents} documents, {sentences} sentences"),
            format!("{documents} 份文献，{sentences} 个句子"),
        )
    }

    /// What is shown of how many.
    pub(in crate::web) fn shown_of(&self, count: &usize, all: &usize) -> String {
        let (count, all) = (grouped(*count), grouped(*all));
        self.pick(format!("{count} of {all}"), format!("{count} / {all}"))
    }
}

impl Words {
    /// That there is no such job.
    pub(in crate::web) fn missing_job(&self) -> &'static str {
        self.pick("There is no such upload", "没有该上传任务")
    }

    /// Why a job may not be there.
    pub(in crate::web) fn missing_job_help(&self) -> &'static str {
        self.pick(
            "Uploads that ended long ago are forgotten; their documents are with the others.",
            "较早结束的上传任务记录已被清除；其文献仍在文献列表中。",
        )
    }

    /// A count with its thousands apart.
    pub(in crate::web) fn number(&self, count: usize) -> String {
        grouped(count)
    }

    /// The links at the foot of each page, without those that are of no use to who asks.
    pub(in crate::web) fn foot_links(&self, edits: bool, administers: bool) -> Vec<(&'static str, &'static str)> {
        let c = CorpusWords::of(if self.lang == "en" { Ui::En } else { Ui::Zh });
        let links = [
            (administers, "/status", c.status_title),
            (true, "/targets", c.targets_title),
            (true, "/changes", self.nav_changes),
            (true, "/review", self.nav_review),
            (edits, "/deliveries", self.pick("Deliveries", "发送记录")),
            (true, "/search/help", c.help),
            (true, "/api", self.pick("API", "接口")),
        ];
        links.into_iter().filter(|(shown, ..)| *shown).map(|(_, href, name)| (href, name)).collect()
    }
}
