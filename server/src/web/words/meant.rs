//! Words of what is offered beside a search: corrections and related terms.

words! {
    MeantWords;
    did_you_mean: "Did you mean", "您要找的是不是";
    by_pinyin: "read as pinyin", "按拼音理解";
    by_character: "one character changed", "改正一字";
    by_term: "almost this term", "近似术语";
    without_quotes: "Without quotation marks", "不加引号";
    without: "Without the filter", "不限";
    filter_date: "date", "日期";
    related: "Related terms", "相关术语";
}
