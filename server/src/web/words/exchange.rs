//! Words of the pages of import and export.

use crate::terms::exchange::plan::{Change, Conflict, Counts, Outcome, What, Why};
use crate::terms::exchange::table::columns::Column;
use crate::terms::exchange::{Caution, Format, MOST_ENTRIES};
use crate::web::words::Ui;
use corpus::document::Language;
use corpus::term::Status;

words! {
    ExchangeWords;
    lang: "en", "zh-Hans";
    title: "Import and export", "导入导出";
    // Export.
    export: "Export", "导出";
    export_intro: "The termbase as a file for other programs.", "把术语库导出为其他软件可用的文件。";
    format: "Format", "格式";
    which: "Which designations", "导出范围";
    which_usual: "reviewed, and candidates that are rather sure", "已审校的术语和置信度较高的候选";
    which_reviewed: "only what people have reviewed", "仅已审校的术语";
    which_all: "reviewed, and all candidates that are shown", "已审校的术语和全部候选";
    glossary_note: "Glossaries for OmegaT and TMX cannot warn: they hold preferred and admitted designations, unless candidates are asked for.",
        "OmegaT 词汇表和 TMX 无法标注状态，因此只含首选和许用的译名，除非另选候选。";
    subject: "Subject", "学科领域";
    issuer: "Seen in documents of the issuer", "见于该机构发布的文献";
    changed_since: "Changed since", "此日期之后有修改";
    seen_since: "Seen in documents since", "见于此日期之后的文献";
    date_hint: "2026-11-22, or a year", "2026-11-22，或只填年份";
    more: "More", "更多选项";
    direction: "OmegaT: direction", "OmegaT：方向";
    zh_en: "Chinese into English", "中译英";
    en_zh: "English into Chinese", "英译中";
    columns_two: "CSV, TSV: Chinese and English only", "CSV、TSV：仅中文、英文两列";
    for_spreadsheet: "CSV, TSV for Excel: byte order mark, no formulas", "供 Excel 使用的 CSV、TSV（带 BOM，不含公式）";
    with_evidence: "JSON Lines: with the places where terms were seen", "JSON Lines：包括术语的出处";
    download: "Download", "下载";
    // Import.
    import: "Import", "导入";
    import_intro: "First it is shown what would become of each entry. Nothing is written before you say so, and all of it can be undone at once.",
        "先显示每个条目的处理结果，确认之前不会写入任何内容；导入后可一次全部撤销。";
    file: "File", "文件";
    file_kinds: "TBX (2 or 3), TMX, CSV, TSV, XLSX, an OmegaT glossary or JSON Lines, up to 20 MB",
        "TBX（2 或 3）、TMX、CSV、TSV、XLSX、OmegaT 词汇表或 JSON Lines，不超过 20 MB";
    look_through: "Look through it", "预览";
    // The preview.
    preview: "Before it is imported", "导入前预览";
    taken_for: "Read as", "读作";
    columns: "Columns", "列";
    columns_help: "What each column holds, and its first rows", "各列的内容及前几行";
    first_row: "First row", "首行";
    first_row_guess: "as found out", "自动判断";
    first_row_heads: "heads", "标题行";
    first_row_data: "an entry", "数据行";
    sheet: "Sheet", "工作表";
    set_status: "Status where the file gives none", "文件未给出状态时";
    status_usual: "new ones are admitted, others stay", "新名称设为许用，已有的不变";
    overwrite: "Where both say something, the file counts", "与术语库不一致时以文件为准";
    readmit: "What a reviewer rejected may come back", "允许恢复已被拒绝的译名";
    ambiguous: "What several concepts could be", "对应多个概念的条目";
    ambiguous_skip: "is skipped", "跳过";
    ambiguous_new: "becomes a concept of its own", "建立新概念";
    no_split: "Semicolons are part of a term", "分号属于术语本身";
    look_again: "Look again", "重新预览";
    would_do: "What would be done", "处理结果";
    line: "Line", "行";
    what_becomes: "What becomes of it", "处理";
    details: "Details", "说明";
    warnings: "Warnings", "警告";
    only_first: "Only the first are listed; the command line lists all.", "仅列出前面的部分；命令行可列出全部。";
    not_listed: "Entries of which the termbase has everything are not listed.", "术语库已有全部内容的条目不列出。";
    another_file: "Another file", "换一个文件";
    nothing: "There is nothing to import", "没有可导入的内容";
    changed_meanwhile: "The termbase has changed since you looked. Look again before you import.",
        "预览之后术语库已有变动，请重新查看后再导入。";
    gone: "That file is not kept any more. Choose it again.", "该文件已不再保留，请重新选择。";
    no_file: "Choose a file.", "请选择文件。";
    // The result.
    done: "Imported", "已导入";
    undo: "Undo this import", "撤销本次导入";
    undone: "The import was undone; the termbase is as it was before.", "已撤销导入，术语库恢复原状。";
    to_terms: "To the terms", "查看术语";
}

impl ExchangeWords {
    /// The one word or the other, by the language of the interface.
    fn pick<'a>(&self, en: &'a str, zh: &'a str) -> &'a str {
        if self.lang == "en" { en } else { zh }
    }

    /// The name of a format.
    pub(in crate::web) fn format_name(&self, format: Format) -> &'static str {
        match format {
            Format::Tbx => "TBX-Basic 3 (ISO 30042:2019)",
            Format::Tbx2 => "TBX-Basic 2 (ISO 30042:2008)",
            Format::Tmx => "TMX 1.4b",
            Format::Omegat => self.pick("OmegaT glossary", "OmegaT 词汇表"),
            Format::Csv => "CSV",
            Format::Tsv => "TSV",
            Format::Xlsx => "XLSX (Excel)",
            Format::Skos => "SKOS (Turtle)",
            Format::Jsonl => "JSON Lines",
        }
    }

    /// What a column holds.
    pub(in crate::web) fn column(&self, column: Column) -> &'static str {
        match column {
            Column::Zh => self.pick("Chinese", "中文"),
            Column::En => self.pick("English", "英文"),
            Column::Also => self.pick("synonyms", "同义词、缩写"),
            Column::Status => self.pick("status", "状态"),
            Column::ZhStatus => self.pick("status of the Chinese", "中文状态"),
            Column::PartOfSpeech => self.pick("part of speech", "词性"),
            Column::Subject => self.pick("subject", "学科领域"),
            Column::Definition => self.pick("definition", "定义"),
            Column::DefinitionZh => self.pick("Chinese definition", "中文定义"),
            Column::DefinitionEn => self.pick("English definition", "英文定义"),
            Column::DefinitionSource => self.pick("source of the definition", "定义来源"),
            Column::Note => self.pick("note", "备注"),
            Column::Usage => self.pick("usage", "用法"),
            Column::Region => self.pick("region or issuer", "地区或机构"),
            Column::Source => self.pick("source", "来源"),
            Column::Ignore => self.pick("(ignore)", "（忽略）"),
            Column::Other => self.pick("other field, kept", "其他字段（保留）"),
        }
    }

    /// What an import comes to.
    pub(in crate::web) fn counts(&self, counts: &Counts) -> Vec<String> {
        let parts = [
            (counts.added, "new concepts", "个新概念"),
            (counts.changed, "change a concept", "条修改已有概念"),
            (counts.joined, "join a new concept", "条并入新概念"),
            (counts.unchanged, "in the termbase already", "条术语库已有"),
            (counts.duplicates, "duplicates", "条重复"),
            (counts.skipped, "skipped", "条跳过"),
            (counts.conflicts, "conflicts in which the termbase stays", "处不一致（保留术语库内容）"),
        ];
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
        parts.map(|(count, en, zh)| format!("{count} {}", self.pick(en, zh))).collect()
    }

    /// "Import 12 entries".
    pub(in crate::web) fn import_counted(&self, entries: &usize) -> String {
        match (self.lang, *entries) {
            ("en", 1) => "Import 1 entry".to_owned(),
            ("en", entries) => format!("Import {entries} entries"),
            (_, entries) => format!("导入 {entries} 条"),
        }
    }

    /// "12 concepts were made or changed."
    pub(in crate::web) fn carried(&self, concepts: &usize) -> String {
        match (self.lang, *concepts) {
            ("en", 1) => "1 concept was made or changed.".to_owned(),
            ("en", concepts) => format!("{concepts} concepts were made or changed."),
            (_, concepts) => format!("新建或修改了 {concepts} 个概念。"),
        }
    }

    /// What becomes of an entry.
    pub(in crate::web) fn outcome(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Added => self.pick("new", "新增").to_owned(),
            Outcome::Changed { .. } => self.pick("changes", "修改").to_owned(),
            Outcome::Unchanged { .. } => self.pick("unchanged", "不变").to_owned(),
            Outcome::Joined { with } => match self.lang {
                "en" => format!("joins line {with}"),
                _ => format!("并入第 {with} 行"),
            },
            Outcome::Duplicate { of } => match self.lang {
                "en" => format!("same as line {of}"),
                _ => format!("与第 {of} 行相同"),
            },
            Outcome::Skipped { .. } => self.pick("skipped", "跳过").to_owned(),
        }
    }

    /// Why an entry is skipped or a designation left out.
    pub(in crate::web) fn why(&self, why: &Why) -> String {
        let in_english = self.lang == "en";
        match why {
            Why::NoChinese => self.pick("there is no Chinese designation", "缺少中文").to_owned(),
            Why::NoEnglish => self.pick("there is no English designation", "缺少英文").to_owned(),
            Why::Empty => self.pick("there is no designation", "没有术语").to_owned(),
            Why::OtherLanguage { text } if in_english => format!("“{text}” is not in the language that the file says"),
            Why::OtherLanguage { text } => format!("“{text}”与文件所标的语言不符"),
            Why::TooLong { text } if in_english => format!("“{text}” is too long for a designation"),
            Why::TooLong { text } => format!("“{text}”过长，不像术语"),
            Why::Rejected { .. } => self.pick("a reviewer has rejected the pair", "该译名已被审校者拒绝").to_owned(),
            Why::Ambiguous { .. } => {
                self.pick("several concepts have the Chinese designation", "有多个概念使用该中文名称").to_owned()
            }
            Why::Refused { text } => text.clone(),
        }
    }

    fn what(&self, what: What) -> &'static str {
        match what {
            What::Designation(Language::Zh) => self.pick("Chinese designation", "中文名称"),
            What::Designation(_) => self.pick("English designation", "英文名称"),
            What::Status => self.pick("status", "状态"),
            What::PartOfSpeech => self.pick("part of speech", "词性"),
            What::Usage => self.pick("usage", "用法"),
            What::Region => self.pick("region or issuer", "地区或机构"),
            What::Source => self.pick("source", "来源"),
            What::Variants => self.pick("variants", "异写"),
            What::Subject => self.pick("subject", "学科领域"),
            What::Definition(Language::Zh) => self.pick("Chinese definition", "中文定义"),
            What::Definition(Language::En) => self.pick("English definition", "英文定义"),
            What::Definition(Language::Other) => self.pick("definition", "定义"),
            What::Note => self.pick("note", "备注"),
            What::Field => self.pick("field", "字段"),
        }
    }

    /// What is said of something: a status by the word that the pages use for it.
    fn said<'a>(&self, what: What, text: &'a str) -> &'a str {
        let words = if self.lang == "en" { Ui::En } else { Ui::Zh }.words();
        match Status::from_name(text).filter(|_| what == What::Status) {
            Some(status) => words.status(&status),
            None => text,
        }
    }

    /// "Line 7".
    pub(in crate::web) fn line_number(&self, line: &usize) -> String {
        if self.lang == "en" { format!("Line {line}") } else { format!("第 {line} 行") }
    }

    fn designated(&self, of: Option<&String>) -> String {
        match (of, self.lang) {
            (None, _) => String::new(),
            (Some(of), "en") => format!(" of “{of}”"),
            (Some(of), _) => format!("（{of}）"),
        }
    }

    /// What an entry changes.
    pub(in crate::web) fn change(&self, change: &Change) -> String {
        let (what, of) = (self.what(change.what), self.designated(change.of.as_ref()));
        let colon = self.pick(": ", "：");
        let after = self.said(change.what, &change.after);
        match &change.before {
            Some(before) => format!("{what}{of}{colon}{} → {after}", self.said(change.what, before)),
            None => format!("+ {what}{of}{colon}{after}"),
        }
    }

    /// What is kept though the file says otherwise.
    pub(in crate::web) fn conflict(&self, conflict: &Conflict) -> String {
        let (what, of) = (self.what(conflict.what), self.designated(conflict.of.as_ref()));
        let [stays, said] = [&conflict.termbase, &conflict.file].map(|text| self.said(conflict.what, text));
        match self.lang {
            "en" => format!("{what}{of} stays {stays}; the file says {said}"),
            _ => format!("{what}{of}保留“{stays}”，文件为“{said}”"),
        }
    }

    /// A warning.
    pub(in crate::web) fn caution(&self, caution: &Caution) -> String {
        if self.lang == "en" {
            return caution.to_string();
        }
        match caution {
            Caution::Said { text } => text.clone(),
            Caution::SwappedColumns => "两列的语言与标题相反，已对调".to_owned(),
            Caution::SwappedRow => "中英文位置颠倒，已对调".to_owned(),
            Caution::SpareCells { text } => format!("单元格多于标题，多余部分未读：{text}"),
            Caution::LooseQuotes => "引号不成对，已按普通字符读取".to_owned(),
            Caution::Unreadable { text } => format!("无法读取，已略过：{text}"),
            Caution::UnknownStatus { text } => format!("无法识别状态“{text}”，已作为字段保留"),
            Caution::TooMany => format!("每个文件最多读取 {MOST_ENTRIES} 条，其余未读"),
        }
    }
}
