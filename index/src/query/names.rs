//! Names of fields and of their values, as people write them in Chinese and English.

use corpus::document::Language;
use corpus::facts::{DocumentKind, DocumentStatus};
use corpus::text::normalise::normal_form;

use super::Field;

/// What stands before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Field(Field),
    Date,
}

/// What a name before a colon means.
pub(super) fn named(name: &str) -> Option<Name> {
    // No name is longer, and most words are.
    if name.len() > 24 {
        return None;
    }
    let field = match normal_form(name).as_str() {
        "title" | "标题" | "题名" | "题目" => Field::Title,
        "issuer" | "agency" | "机构" | "发文机关" | "发布机关" | "发文单位" | "发布单位" => {
            Field::Issuer
        }
        "number" | "文号" | "发文字号" => Field::Number,
        "standard" | "标准" | "标准号" => Field::Standard,
        "committee" | "委员会" | "技术委员会" | "标委会" => Field::Committee,
        "kind" | "type" | "类型" | "种类" | "文种" => Field::Kind,
        "status" | "状态" => Field::Status,
        "topic" | "主题" => Field::Topic,
        "lang" | "language" | "语言" | "语种" => Field::Language,
        "name" | "file" | "文件名" => Field::Name,
        "date" | "year" | "日期" | "年份" | "时间" => return Some(Name::Date),
        _ => return None,
    };
    Some(Name::Field(field))
}

impl Field {
    /// The values of a field that has only these; none for the others.
    pub fn closed_values(self) -> Vec<&'static str> {
        match self {
            Self::Kind => DocumentKind::ALL.map(DocumentKind::name).to_vec(),
            Self::Status => DocumentStatus::ALL.map(DocumentStatus::name).to_vec(),
            Self::Language => vec![Language::Zh.code(), Language::En.code()],
            _ => Vec::new(),
        }
    }

    /// The store's name of a value, given in any language or writing.
    pub(super) fn value(self, given: &str) -> String {
        let plain = || normal_form(given).trim().to_owned();
        match self {
            Self::Kind => kind(&plain()),
            Self::Status => status(&plain()),
            Self::Language => language(&plain()),
            _ => given.to_owned(),
        }
    }
}

fn kind(value: &str) -> String {
    let kind = match value {
        "通知" | "notices" | "circular" | "circulars" => DocumentKind::Notice,
        "指南" | "指引" | "导则" | "指导" | "guideline" | "guide" | "guidance" => DocumentKind::Guidelines,
        "意见" | "指导意见" | "实施意见" | "opinion" => DocumentKind::Opinions,
        "办法" | "规定" | "条例" | "规则" | "细则" | "规章" | "measure" | "regulation" | "regulations"
        | "provisions" | "rules" => DocumentKind::Measures,
        "规划" | "计划" | "方案" | "纲要" | "行动方案" | "行动计划" | "实施方案" | "plans" | "program"
        | "programme" | "outline" | "action plan" => DocumentKind::Plan,
        "标准" | "规范" | "standards" => DocumentKind::Standard,
        "公告" | "通告" | "公示" | "announcements" | "bulletin" => DocumentKind::Announcement,
        "白皮书" | "whitepaper" | "white papers" => DocumentKind::WhitePaper,
        "译文" | "译本" | "翻译" | "translations" => DocumentKind::Translation,
        "新闻" | "报道" | "report" | "press" => DocumentKind::News,
        _ => return value.replace([' ', '-'], "_"),
    };
    kind.name().to_owned()
}

fn status(value: &str) -> String {
    let status = match value {
        "草案" | "草稿" | "征求意见" | "征求意见稿" | "送审稿" | "报批稿" | "drafts" => {
            DocumentStatus::Draft
        }
        "试行" | "暂行" | "on trial" | "provisional" | "interim" => DocumentStatus::Trial,
        "正式" | "现行" | "有效" | "in force" | "current" | "valid" => DocumentStatus::Final,
        "废止" | "失效" | "作废" | "被代替" | "withdrawn" | "revoked" | "replaced" => DocumentStatus::Repealed,
        _ => return value.to_owned(),
    };
    status.name().to_owned()
}

fn language(value: &str) -> String {
    match value {
        "中文" | "汉语" | "汉文" | "chinese" | "cn" | "zh-cn" | "zh-hans" => Language::Zh.code().to_owned(),
        "英文" | "英语" | "english" | "en-us" | "en-gb" => Language::En.code().to_owned(),
        _ => value.to_owned(),
    }
}
