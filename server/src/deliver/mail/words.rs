//! The words of mails, in English and in Chinese.

use crate::deliver::notice::Item;

/// The words of a mail in one language.
#[derive(Debug)]
pub(super) struct Words {
    /// The language's tag.
    pub(super) lang: &'static str,
    /// Between a name and what is said of it.
    pub(super) colon: &'static str,
    pub(super) comma: &'static str,
    /// What follows the number of a page that an OCR engine read.
    pub(super) ocr: &'static str,
    pub(super) met: &'static str,
    pub(super) all: &'static str,
    pub(super) why: &'static str,
    pub(super) stop: &'static str,
    chinese: bool,
}

static ENGLISH: Words = Words {
    lang: "en",
    colon: ": ",
    comma: ", ",
    ocr: " (read by OCR)",
    met: "Met",
    all: "All alerts of this watch",
    why: "You receive this because a watch sends its alerts to this address.",
    stop: "Stop these mails",
    chinese: false,
};

static CHINESE: Words = Words {
    lang: "zh-Hans",
    colon: "：",
    comma: "、",
    ocr: "（由 OCR 识别）",
    met: "命中",
    all: "该关注的全部提醒",
    why: "您收到此邮件，是因为有一项关注将提醒发送到此地址。",
    stop: "不再接收",
    chinese: true,
};

impl Words {
    pub(super) fn of(chinese: bool) -> &'static Self {
        if chinese { &CHINESE } else { &ENGLISH }
    }

    /// How many alerts of one kind there are, or of several kinds where `occasion` is `None`.
    pub(super) fn count(&self, occasion: Option<&str>, number: usize) -> String {
        let (one, many, chinese) = match occasion {
            Some("new_document") => ("new document", "new documents", "篇新文献"),
            Some("new_mention" | "new_version") => ("new version", "new versions", "个新版本"),
            Some("new_edition") => ("new edition", "new editions", "个新版标准"),
            Some("replaced") => ("replacement", "replacements", "项标准代替"),
            Some("cited") => ("citation", "citations", "处引用"),
            Some("new_rendering") => ("new rendering", "new renderings", "种新译法"),
            _ => ("alert", "alerts", "条提醒"),
        };
        match (self.chinese, number) {
            (true, _) => format!("{number} {chinese}"),
            (false, 1) => format!("1 {one}"),
            (false, _) => format!("{number} {many}"),
        }
    }

    /// Why there is an alert; a new document needs no word.
    pub(super) fn occasion(&self, occasion: &str) -> Option<&'static str> {
        let (english, chinese) = match occasion {
            "new_mention" => ("first mentioned in this version", "该版本首次提及"),
            "new_version" => ("new version", "新版本"),
            "new_edition" => ("new edition", "新版标准"),
            "replaced" => ("replaced", "标准代替"),
            "cited" => ("cited", "被引用"),
            "new_rendering" => ("new rendering", "新译法"),
            _ => return None,
        };
        Some(if self.chinese { chinese } else { english })
    }

    /// The strings that were met, in a line.
    pub(super) fn met_in(&self, item: &Item) -> String {
        item.atoms.join(self.comma)
    }

    /// What a long digest says at its head; nothing where all is listed.
    pub(super) fn listed(&self, listed: usize, total: usize) -> Option<String> {
        let said = match self.chinese {
            true => format!("以下列出最早的 {listed} 条，共 {total} 条。"),
            false => format!("Listed below are the first {listed} of {total}."),
        };
        (listed < total).then_some(said)
    }

    pub(super) fn page(&self, page: &u32) -> String {
        if self.chinese { format!("第 {page} 页") } else { format!("page {page}") }
    }

    pub(super) fn left_out(&self, number: usize) -> String {
        if self.chinese {
            format!("另有 {number} 条未列出。")
        } else {
            format!("Not listed here: {number} more.")
        }
    }
}
