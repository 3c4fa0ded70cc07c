//! Words of the pages of renderings that changed.

words! {
    ChangesWords;
    title: "Changes of rendering", "译法变化";
    intro: "Terms that a document renders otherwise than the documents before it, and is the first to do so.",
        "某篇文献首次采用与此前文献不同的译法时，列在这里。";
    none: "No document renders a term otherwise than those before it.", "尚未发现译法变化。";
    term: "Term", "术语";
    before: "Usual before", "此前译法";
    now: "New", "新译法";
    document: "First in", "首见于";
    noticed: "noticed", "发现于";
    watch_all: "Be told of every change", "关注全部译法变化";
    watched: "You are told of every change.", "已关注全部译法变化。";
    watch_one: "Be told of one term only", "只关注一条术语的译法变化";
}
