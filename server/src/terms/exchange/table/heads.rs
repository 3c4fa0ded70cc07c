//! What heads of columns mean, in English and in Chinese.

use super::columns::Column;

/// What a head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// What the column holds.
    Is(Column),
    /// That it holds one side of a pair, not in which language.
    Side,
}

/// Heads with everything but letters taken out.
const MEANINGS: [(Head, &str); 17] = [
    (
        Head::Is(Column::Zh),
        "zh zhcn zhhans zhhant zhtw cn chs chinese chineseterm chinesename simplifiedchinese termzh zhterm \
         中文 汉语 漢語 中文术语 中文名 中文名称 中文名词 中文词 中文词条 简体中文 中文简体 汉语术语 汉文 中文译文 中译 中文原文",
    ),
    (
        Head::Is(Column::En),
        "en enus engb eng english englishterm englishname termen enterm \
         英文 英语 英語 英文术语 英文名 英文名称 英文名词 英文词 英译 英文译名 英文译文 英语术语 英文对应词 英语对应词 英译名 英文原文",
    ),
    (
        Head::Is(Column::Also),
        "also synonym synonyms variants abbreviation abbreviations acronym abbr \
         同义词 别名 又称 简称 缩写 缩略语 异名 近义词",
    ),
    (
        Head::Is(Column::Status),
        "status termstatus enstatus englishstatus usagestatus administrativestatus approval \
         状态 术语状态 审定状态 审核状态 译名状态 英文状态 使用状态",
    ),
    (Head::Is(Column::ZhStatus), "zhstatus chinesestatus 中文状态"),
    (Head::Is(Column::PartOfSpeech), "pos partofspeech wordclass grammar 词性 词类"),
    (
        Head::Is(Column::Subject),
        "subject subjectfield domain field category topic 领域 学科 专业 主题 类别 分类 学科领域 专业领域 所属领域",
    ),
    (Head::Is(Column::Definition), "definition def meaning explanation 定义 释义 解释 含义"),
    (Head::Is(Column::DefinitionZh), "definitionzh zhdefinition chinesedefinition 中文定义 中文释义 定义中文"),
    (Head::Is(Column::DefinitionEn), "definitionen endefinition englishdefinition 英文定义 英文释义 定义英文"),
    (Head::Is(Column::DefinitionSource), "definitionsource sourceofdefinition 定义来源 释义来源"),
    (
        Head::Is(Column::Note),
        "note notes comment comments remark remarks description info 备注 注释 说明 注 附注 评论 注解",
    ),
    (Head::Is(Column::Usage), "usage usagenote usenote 用法 用法说明 使用说明"),
    (
        Head::Is(Column::Region),
        "region country geographicalusage issuer customer client 地区 区域 国家 发布机构 客户 使用地区",
    ),
    (Head::Is(Column::Source), "reference references provenance termsource 来源 出处 术语来源 参考 参考文献 依据"),
    (Head::Is(Column::Ignore), "ignore"),
    (
        Head::Side,
        "source sourceterm sourcetext sourcelanguage src target targetterm targettext targetlanguage tgt translation \
         term translatedterm equivalent 源语 源语言 原文 源术语 源文 术语 名词 词条 条目 译文 译名 目标语 目标语言 目标术语 翻译 译法 对应词 名称",
    ),
];

/// What a head means; `None` for what is not known.
pub(super) fn meaning(head: &str) -> Option<Head> {
    let head = letters(head);
    if head.is_empty() {
        return None;
    }
    let known = MEANINGS.iter().find(|(_, words)| words.split_whitespace().any(|word| word == head));
    known.map(|(meaning, _)| *meaning)
}

/// Whether a head may say where a term is from, unless it is a side of the pair.
pub(super) fn is_source(head: &str) -> bool {
    letters(head) == "source"
}

fn letters(head: &str) -> String {
    head.chars().filter(|char| char.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
