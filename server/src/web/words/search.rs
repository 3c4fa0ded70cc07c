//! Words of the pages of search.

words! {
    SearchWords;
    is_english: "yes", "no";
    status: "Status", "效力状态";
    standard: "Standard", "标准";
    committee: "Committee", "标委会";
    dates: "Dates", "日期";
    from_label: "The first date: 2023, 2023-06 or 2023-06-05", "起始日期：2023、2023-06 或 2023-06-05";
    to_label: "The last date: 2025, 2025-06 or 2025-06-05", "截止日期：2025、2025-06 或 2025-06-05";
    apply: "Apply", "应用";
    chosen: "Chosen filters", "已选筛选";
    clear: "Remove all", "全部取消";
    sort: "Order", "排序";
    relevance: "Best first", "相关度";
    recency: "Best and newest", "相关度兼顾新近";
    newest: "Newest first", "从新到旧";
    oldest: "Oldest first", "从旧到新";
    by_itself: "Show each document by itself", "按文献逐篇显示";
    grouped: "Put documents of one policy together", "按政策或标准归并";
    same_instrument: "Other documents of the same policy or standard", "同一政策或标准的其他文献";
    passage: "passage", "段落";
    more_passages: "All passages in this document", "本文献的全部命中段落";
    on_the_page: "on the page", "原页";
    on_the_page_title: "See the place on the picture of the page", "在页面图像上查看位置";
    final_text: "final", "正式";
    export: "Export", "导出";
    cite: "Cite", "引用";
    filters_below: "Filters", "筛选";
    first_exported: "the first 1,000", "前 1000 篇";
    similar: "similar", "相似段落";
    watch: "Watch this search", "关注此检索";
}

impl SearchWords {
    /// "12 results in 15 documents".
    pub(in crate::web) fn found(&self, results: usize, documents: usize) -> String {
        let of = |count: usize, one: &str, many: &str| {
            let digits = super::grouped(count);
            if count == 1 { format!("{digits} {one}") } else { format!("{digits} {many}") }
        };
        match (self.is_english, results == documents) {
            ("yes", true) => of(documents, "document", "documents"),
            ("yes", false) => {
                format!(
                    "{} in {}",
                    of(results, "policy or standard", "policies and standards"),
                    of(documents, "document", "documents")
                )
            }
            (_, true) => format!("{} 篇文献", super::grouped(documents)),
            (_, false) => format!("{} 项政策或标准，共 {} 篇文献", super::grouped(results), super::grouped(documents)),
        }
    }

    /// "5 more".
    pub(in crate::web) fn more(&self, count: usize) -> String {
        if self.is_english == "yes" { format!("{count} more") } else { format!("另 {count} 项") }
    }
}
