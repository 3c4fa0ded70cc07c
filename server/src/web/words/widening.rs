//! Words of what is searched besides what was typed.

words! {
    WideningWords;
    remove: "Do not search for", "不检索";
    removed: "Not searched", "未检索";
    put_back: "Search for it again:", "重新检索";
    sure: "candidate, confidence", "候选译法，可信度";
    deprecated: "not to be used any more", "已不再使用";
}
