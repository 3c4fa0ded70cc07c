//! Words of how a query was read, and of the help with queries.

use index::query::{Field, Note, PatternError};

use super::Ui;

words! {
    ReadingWords;
    read_as: "Read as", "理解为";
    how_to: "How to search", "检索说明";
    intro: "Type what you are looking for, in Chinese or English: that is all most searches need. What follows is for those who want to say it exactly. Each example is a search of this collection.",
        "直接用中文或英文输入要找的内容即可，多数检索不需要别的写法。需要精确表达时可使用下列写法；每个示例都可点击，直接在本馆藏中检索。";
    forgiving: "Nothing is an error. What cannot be read as it stands is read as words; how the query was read is shown above the results.",
        "任何输入都不会报错：不能按语法理解的部分按普通词处理，检索结果上方会显示系统的理解。";
}

/// A remark on how a query was read, in the language of the interface.
pub(in crate::web) fn note(ui: Ui, note: &Note) -> String {
    match ui {
        Ui::En => note.to_string(),
        Ui::Zh => in_chinese(note),
    }
}

fn in_chinese(note: &Note) -> String {
    match note {
        Note::Cut(characters) => format!("只读取了前 {characters} 个字符。"),
        Note::StrayClosing => "多余的右括号已忽略。".to_owned(),
        Note::UnclosedParenthesis => "未闭合的括号视为在末尾闭合。".to_owned(),
        Note::UnclosedQuote => "未闭合的引号视为在末尾闭合。".to_owned(),
        Note::Dangling("NOT") => "NOT（非）后面没有内容，已忽略。".to_owned(),
        Note::Dangling(name) => format!("{name} 两侧须有内容，此处已忽略。"),
        Note::NearOfOther => "NEAR 只能用于词、词组或由它们组成的括号之间，此处已忽略。".to_owned(),
        Note::NearTooMany(most) => format!("NEAR 两侧的组合超过 {most} 个，此处已忽略。"),
        Note::TooDeep => "嵌套过深的括号已忽略。".to_owned(),
        Note::TooManyClauses(most) => format!("检索式最多含 {most} 个词、词组和字段，其余已忽略。"),
        Note::TooManyPatterns(most) => format!("检索式最多含 {most} 个前缀和正则表达式，其余已忽略。"),
        Note::NoDate(value) => format!("“{value}”不是日期；请写作 date:2023、date:2023年6月..2025 或 date:2023..。"),
        Note::NoValue(name) => format!("“{name}:”后面没有内容，已忽略。"),
        Note::NoSuchValue { field, value } => {
            format!("{}没有“{value}”这个值；可用的值：{}。", field_name(*field), field.closed_values().join("、"))
        }
        Note::NotInField(field) => format!("“{}:”只能检索词和词组，其他写法按词组处理。", field.name()),
        Note::BadPattern { pattern, error } => {
            format!("/{pattern}/ 不是有效的正则表达式，已按普通词检索：{}。", pattern_error(error))
        }
        Note::PatternInField(field) => format!(
            "正则表达式可用于 number:、standard:、committee:，或不加字段检索全部编号；已忽略“{}:”。",
            field.name()
        ),
        Note::InnerAsterisk(word) => format!("星号须在词尾；“{word}”只按星号前的部分检索。"),
        Note::TooManyMet => "符合的词或编号过多，只检索了前面的部分；请写得更具体些。".to_owned(),
    }
}

fn pattern_error(error: &PatternError) -> String {
    match error {
        PatternError::Empty => "内容为空".to_owned(),
        PatternError::TooLong(most) => format!("超过 {most} 个字符"),
        PatternError::TooBig => "展开后过大，请减少重复次数".to_owned(),
        PatternError::Syntax(reason) => reason.clone(),
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Kind => "类型",
        Field::Status => "状态",
        Field::Language => "语言",
        _ => "该字段",
    }
}
