//! Words of the pages that show a page's picture.

words! {
    PictureWords;
    page_of: "Page", "第";
    of: "of", "页，共";
    pages_end: "", "页";
    previous: "Previous page", "上一页";
    next: "Next page", "下一页";
    previous_hit: "Previous hit", "上一处命中";
    next_hit: "Next hit", "下一处命中";
    text: "Text at this place", "查看此处文本";
    file: "The file itself", "原文件";
    aligned: "The passage in the bitext", "在双语对照中查看";
    beside: "The page and its translation", "页面与对应译文";
    nav: "Pages", "翻页";
    larger: "Larger", "放大";
    smaller: "Fit to the window", "适应窗口";
    picture_of: "Page picture of", "页面图像：";
    cannot_draw: "This page cannot be drawn", "无法绘制此页";
    cannot_draw_help: "Read its text, or open the file in a viewer.", "请阅读文本，或用阅读器打开原文件。";
    reason: "The reason", "原因";
    none: "This document has no page pictures", "此文献没有页面图像";
    none_help: "Only PDF files have pages that can be shown as pictures. The text is all here:",
        "只有 PDF 文件才能显示页面图像。文本内容完整，请阅读：";
    read_text: "Read the text", "阅读文本";
    no_page: "This document has no such page", "此文献没有这一页";
    no_page_help: "Its pages are numbered as in the file, from 1:", "页码与文件一致，从 1 开始：";
    first_page: "The first page", "第一页";
}
