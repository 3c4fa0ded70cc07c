//! Words of the pages of the concordance.

words! {
    ConcordanceWords;
    title: "Concordance", "双语例句";
    label: "A phrase in Chinese or in English", "中文或英文词语";
    show: "Show", "查询";
    intro: "Every aligned sentence pair with a phrase, the phrase and what renders it marked.",
        "列出包含某一词语的全部对齐句对，并标出该词语及其译文。";
    rendered: "Rendered by", "译作";
    order: "Order", "排序";
    newest: "newest first", "从新到旧";
    oldest: "oldest first", "从旧到新";
    before: "by what stands before", "按前文";
    after: "by what stands after", "按后文";
    surest: "surest alignment first", "按对齐置信度";
    from: "From year", "起始年份";
    to: "To year", "截止年份";
    none: "No aligned sentence holds that phrase.", "没有对齐句包含该词语。";
    none_help: "Try a shorter phrase, or search the documents: some have no translation here.",
        "请缩短词语，或检索文献：部分文献没有译本。";
    doubtful: "doubtful alignment", "对齐存疑";
    capped: "Only the first documents were looked through.", "仅查看了前面的部分文献。";
    all: "Look through all", "查看全部";
    download: "Download", "下载";
}
