//! The names of what facts can be, in the language of the interface.

use corpus::document::Script;
use corpus::facts::{AdoptionDegree, Comparator, DocumentStatus, Interval, MentionKind};
use corpus::instrument::{Relation, Tie};

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
}
