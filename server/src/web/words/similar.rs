//! Words of the page of similar passages.

words! {
    SimilarWords;
    title: "Similar passages", "相似段落";
    link: "similar", "相似";
    of: "Passage", "原段落";
    in_zh: "In Chinese", "中文段落";
    in_en: "In English", "英文段落";
    in_other: "In other documents", "其他文献";
    by_text: "Compared by the passage’s own words.", "按段落原文比较。";
    by_translation: "Compared by the passage that this one is aligned with.", "按与本段对齐的译文比较。";
    by_terms: "Compared by the renderings of its terms only: the document has no counterpart.",
        "文献没有对应译本，仅按术语的译法比较。";
    by_nothing: "Not compared: the document has no counterpart, and too few of its terms have renderings.",
        "未比较：文献没有对应译本，可用的术语译法也太少。";
    none: "Nothing in other documents is like it.", "其他文献中没有相似的段落。";
    alike: "alike", "相似度";
    same: "same text", "文字相同";
    quoted: "of the shorter passage word for word", "逐字相同（占较短段落）";
    runs: "Both have", "共有文字";
}
