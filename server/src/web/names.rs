//! The names of what facts, terms and pairs can be, in the language of the interface.

use corpus::bitext::PairedBy;
use corpus::document::Script;
use corpus::facts::{AdoptionDegree, Comparator, DateKind, DocumentKind, DocumentStatus, Interval, MentionKind};
use corpus::instrument::{Relation, Tie};
use corpus::term::{EvidenceKind, Status};

use super::bitext::Fault;
use super::words::Words;

impl Words {
    /// How far a document has come; a final text needs no word.
    pub(super) fn document_status(&self, status: DocumentStatus) -> Option<&'static str> {
        match status {
            DocumentStatus::Draft => Some(self.pick("draft", "征求意见稿或草案")),
            DocumentStatus::Trial => Some(self.pick("on trial", "试行")),
            DocumentStatus::Repealed => Some(self.pick("repealed", "已废止")),
            DocumentStatus::Final => None,
        }
    }

    /// The characters of a Chinese text, where they are not the usual ones.
    pub(super) fn script(&self, script: Script) -> Option<&'static str> {
        (script == Script::Hant).then(|| self.pick("traditional characters", "繁体字"))
    }

    /// What a document is to its instrument.
    pub(super) fn relation(&self, relation: Relation) -> &'static str {
        let (en, zh) = match relation {
            Relation::Original => ("Text", "正式文本"),
            Relation::LanguageVersion => ("Language version", "另一语言文本"),
            Relation::Translation => ("Translation", "译文"),
            Relation::Annex => ("Annex", "附件"),
            Relation::Draft => ("Draft", "征求意见稿或草案"),
            Relation::Report => ("Report", "报道"),
        };
        self.pick(en, zh)
    }

    /// What tied a document to its instrument.
    pub(super) fn tie(&self, tie: Tie) -> &'static str {
        let (en, zh) = match tie {
            Tie::Bitext => ("the sentences agree", "句子对应"),
            Tie::Number => ("the same document number", "文号相同"),
            Tie::Title => ("the same title", "标题相同"),
            Tie::Draft => ("the same title, one as a draft", "标题相同，其一为草案"),
            Tie::Annex => ("listed as an annex", "列为附件"),
            Tie::Report => ("named in a report", "报道中提及"),
            Tie::Targets => ("the same targets", "量化目标相同"),
        };
        self.pick(en, zh)
    }

    /// How closely a standard follows the one that it adopts.
    pub(super) fn degree(&self, degree: AdoptionDegree) -> &'static str {
        let (en, zh) = match degree {
            AdoptionDegree::Identical => ("identical, IDT", "等同采用，IDT"),
            AdoptionDegree::Modified => ("modified, MOD", "修改采用，MOD"),
            AdoptionDegree::NotEquivalent => ("not equivalent, NEQ", "非等效采用，NEQ"),
        };
        self.pick(en, zh)
    }

    /// What kind of thing a text names.
    pub(super) fn mention_kind(&self, kind: MentionKind) -> &'static str {
        let (en, zh) = match kind {
            MentionKind::Agency => ("Agency", "机构"),
            MentionKind::Standard => ("Standard", "标准"),
            MentionKind::Committee => ("Committee", "技术委员会"),
            MentionKind::PlanPeriod => ("Plan period", "规划期"),
        };
        self.pick(en, zh)
    }

    /// What the number of a target does not say: that it counts from the beginning, or is promised every year.
    pub(super) fn target_notes(&self, comparator: Comparator, every: Option<Interval>, cumulative: bool) -> String {
        let every = every.map(|every| match every {
            Interval::Year => self.pick("every year", "每年"),
            Interval::HalfYear => self.pick("every half year", "每半年"),
            Interval::Quarter => self.pick("every quarter", "每季度"),
            Interval::Month => self.pick("every month", "每月"),
        });
        let cumulative = cumulative.then(|| self.pick("in all", "累计"));
        let growth = match comparator {
            Comparator::GrowBy => Some(self.pick("more than before", "增长")),
            Comparator::CutBy => Some(self.pick("less than before", "下降")),
            _ => None,
        };
        [every, cumulative, growth].into_iter().flatten().collect::<Vec<_>>().join(self.comma)
    }

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
            Status::Rejected => ("rejected", "已否决"),
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
            EvidenceKind::Mention => ("mention", "提及"),
        };
        self.pick(en, zh)
    }

    /// How a bitext came to be paired.
    pub(super) fn paired_by(&self, paired_by: PairedBy) -> &'static str {
        match paired_by {
            PairedBy::Manifest => self.pick("a list of translations", "清单指定"),
            PairedBy::Number => self.pick("the same document number", "文号相同"),
            PairedBy::Content => self.pick("content", "内容相符"),
        }
    }

    /// What has just been done to a bead, by the name that an address carries.
    pub(super) fn correction_notice(&self, said: &str) -> Option<&'static str> {
        match said {
            "kept" => Some(self.pick(
                "Kept. The bead stays as it is now; what stands around it was aligned anew.",
                "已保存。此句对将保持不变，其余部分已重新对齐。",
            )),
            "undone" => {
                Some(self.pick("Undone. The bead is the aligner's again.", "已撤销。此句对恢复为自动对齐的结果。"))
            }
            "changed" => Some(self.pick(
                "The beads had changed since you opened the page, so nothing was done. This is how they are now.",
                "您打开页面之后句对已有变化，因此未作任何更改。以下是目前的状态。",
            )),
            "same" => Some(self.pick(
                "Nothing was changed: the sentences are together as they were.",
                "未作更改：句子的组合与原来相同。",
            )),
            _ => None,
        }
    }

    /// Why beads cannot be made as a reader wants them, and what to do.
    pub(super) fn fault(&self, fault: Fault) -> &'static str {
        let (en, zh) = match fault {
            Fault::Changed => (
                "They have changed since you opened the page. Go back, load the page again, and repeat the change.",
                "打开页面之后句对已有变化。请返回并重新载入页面，再作修改。",
            ),
            Fault::Unreadable => (
                "The form came incomplete. Go back, load the page again, and repeat the change.",
                "表单不完整。请返回并重新载入页面，再作修改。",
            ),
            Fault::Sentences => (
                "Sentences are missing or stand twice. Go back, load the page again, and repeat the change.",
                "有句子缺失或重复。请返回并重新载入页面，再作修改。",
            ),
            Fault::Order => (
                "The sentences of a bead must follow each other, and beads must come in the same order on both sides. Go back and put what crosses into one bead.",
                "同一句对的句子必须相连，两侧句对的次序须一致。请返回，把交叉的部分合并为一个句对。",
            ),
            Fault::Size => (
                "A bead has at least one sentence and at most twenty on a side. Go back and make it smaller or larger.",
                "一个句对至少有一句，每侧至多二十句。请返回调整。",
            ),
        };
        self.pick(en, zh)
    }
}
