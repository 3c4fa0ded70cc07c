//! A reading in Chinese.

use index::query::{Field, Query};

use super::{Date, Span, Tongue};

pub(super) struct Chinese;

impl Tongue for Chinese {
    fn thing(&self, query: &Query) -> String {
        match query {
            Query::Words(words) => match words.as_slice() {
                [word] => format!("“{word}”或其中的部分字词"),
                words => format!("{}中的任意词", quoted(words)),
            },
            Query::Text(text) => format!("“{text}”"),
            Query::Prefix(prefix) if prefix.contains(' ') => format!("“{prefix}…”"),
            Query::Prefix(prefix) => format!("以“{prefix}”开头的词"),
            Query::Near { left, right, distance } => format!("相隔不超过 {distance} 个字词的“{left}”与“{right}”"),
            Query::Identifier { pattern, .. } => format!("符合 /{}/ 的编号", pattern.written()),
            _ => String::new(),
        }
    }

    fn having(&self, thing: &str, negative: bool) -> String {
        if negative { format!("不含{thing}") } else { format!("含有{thing}") }
    }

    fn fact(&self, field: Field, value: &str, is_pattern: bool, negative: bool) -> String {
        let name = name(field);
        if is_pattern {
            let fits = if negative { "不符合" } else { "符合" };
            return format!("{name}{fits} /{value}/ ");
        }
        let (has, is) = if negative { ("不含", "不是") } else { ("含", "为") };
        match field {
            Field::Title | Field::Number | Field::Name => format!("{name}{has}“{value}”"),
            Field::Standard | Field::Committee if negative => format!("未涉及{name}“{value}”"),
            Field::Standard | Field::Committee => format!("涉及{name}“{value}”"),
            _ => format!("{name}{is}“{}”", said(field, value)),
        }
    }

    fn dated(&self, span: &Span, negative: bool) -> String {
        let not = if negative { "不" } else { "" };
        match span {
            Span::One(date) => format!("日期{not}在{}", written(date)),
            Span::From(date) => format!("日期{not}在{}及以后", written(date)),
            Span::To(date) => format!("日期{not}在{}及以前", written(date)),
            Span::Between(from, to) => format!("日期{not}在{}至{}", written(from), written(to)),
            Span::Any if negative => "日期不详".to_owned(),
            Span::Any => "日期已知".to_owned(),
        }
    }

    fn all(&self, parts: &[String], apart: bool) -> String {
        parts.join(if apart { "、" } else { "和" })
    }

    fn any(&self, parts: &[String], apart: bool) -> String {
        parts.join(if apart { "，或" } else { "或" })
    }

    fn enclosed(&self, part: &str) -> String {
        format!("（{part}）")
    }

    fn sentence(&self, phrase: Option<&str>) -> String {
        match phrase {
            Some("") => "没有文献".to_owned(),
            Some(phrase) => format!("{phrase}的文献"),
            None => "全部文献".to_owned(),
        }
    }
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("“{word}”")).collect()
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Title => "标题",
        Field::Issuer => "发文机关",
        Field::Number => "文号",
        Field::Standard => "标准",
        Field::Committee => "技术委员会",
        Field::Kind => "类型",
        Field::Status => "状态",
        Field::Topic => "主题",
        Field::Language => "语言",
        Field::Name => "文件名",
    }
}

/// A value that the store names in English.
fn said(field: Field, value: &str) -> &str {
    match (field, value) {
        (Field::Kind, "notice") => "通知",
        (Field::Kind, "guidelines") => "指南",
        (Field::Kind, "opinions") => "意见",
        (Field::Kind, "measures") => "办法",
        (Field::Kind, "plan") => "规划",
        (Field::Kind, "standard") => "标准",
        (Field::Kind, "announcement") => "公告",
        (Field::Kind, "white_paper") => "白皮书",
        (Field::Kind, "translation") => "译文",
        (Field::Kind, "news") => "新闻",
        (Field::Status, "draft") => "草案",
        (Field::Status, "trial") => "试行",
        (Field::Status, "final") => "正式",
        (Field::Status, "repealed") => "废止",
        (Field::Language, "zh") => "中文",
        (Field::Language, "en") => "英文",
        (_, other) => other,
    }
}

fn written(date: &Date) -> String {
    match (date.month, date.day) {
        (0, _) => format!(" {} 年", date.year),
        (month, 0) => format!(" {} 年 {month} 月", date.year),
        (month, day) => format!(" {} 年 {month} 月 {day} 日", date.year),
    }
}
